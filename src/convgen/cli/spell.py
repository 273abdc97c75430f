"""`convgen lettres`: amounts in words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from convgen.cli.render import print_diagnostics
from convgen.errors import Diagnostic

if TYPE_CHECKING:
    from convgen.french.amounts import AmountError


def spell(amounts: Sequence[str], spelling: str) -> int:
    """Print each amount in words, one a line; without amounts or with « - », read them on the standard input.

    Returns:
        1 when at least one amount cannot be read; the others are printed all the same.
    """
    from convgen.french.amounts import AmountError, spell_lines
    from convgen.french.numbers import Spelling

    from_input = not amounts or list(amounts) == ["-"]
    lines: Iterable[str] = _input_lines() if from_input else amounts
    problems: list[Diagnostic] = []
    if not from_input:
        problems.extend(_empty(rank) for rank, amount in enumerate(amounts, start=1) if not amount.strip())
    for number, result in spell_lines(lines, Spelling(spelling)):
        if isinstance(result, AmountError):
            problems.append(_diagnostic(result, number if from_input else None))
        else:
            print(result.replace("'", "\u2019"))
    sys.stdout.flush()
    print_diagnostics(problems)
    return 1 if problems else 0


def _input_lines() -> Iterable[str]:
    # A spreadsheet's export may be in another encoding: its odd bytes become a bad amount, not a crash.
    for line in sys.stdin.buffer:
        yield line.decode("utf-8-sig", errors="replace")


def _diagnostic(error: AmountError, line: int | None) -> Diagnostic:
    code = "DON-02" if "décimales" in error.message else "DON-03" if "négatif" in error.message else "DON-01"
    where = f"ligne {line} : " if line else ""
    remedy = f"{error.remedy[0].upper()}{error.remedy[1:]}." if error.remedy else ""
    return Diagnostic(code, f"{where}{error.message}", remedy=remedy)


def _empty(rank: int) -> Diagnostic:
    return Diagnostic("DON-01", f"le montant n° {rank} est vide", remedy="Donnez un montant : 1466282,00.")
