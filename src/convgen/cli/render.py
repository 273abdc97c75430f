"""Diagnostics as people read them: place, what, the line of the file, why, what to do. Colours on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from convgen.errors import Diagnostic, Place, Report, Severity

_COLOURS: Final = {"erreur": "1;31", "avertissement": "1;33", "note": "1;36", "fort": "1", "discret": "2", "vert": "32"}
_LONGEST_EXCERPT: Final = 110


def coloured(stream: TextIO) -> bool:
    """Whether the stream is a terminal that wants colours (see https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, colour: str, stream: TextIO) -> str:
    """The text in one of our colours, as it is when the stream wants none."""
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if text and coloured(stream) else text


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], root: Path | None = None, stream: TextIO | None = None
) -> None:
    """Print every diagnostic on the error stream, errors last so that they stay on the screen.

    Args:
        diagnostics: What to print.
        root: The workspace, to show the lines at fault; None shows none.
        stream: Another stream than the error stream.
    """
    out = stream or sys.stderr
    ordered = sorted(diagnostics, key=lambda one: one.severity is Severity.ERROR)
    for one in ordered:
        print("\n".join(_lines(one, root, out)), file=out)


def _lines(one: Diagnostic, root: Path | None, out: TextIO) -> Sequence[str]:
    severity = one.severity.value
    where = paint(f"{one.place} : ", "fort", out) if one.place else ""
    path = f" ({one.path})" if one.path else ""
    lines = [f"{where}{paint(f'{severity} {one.code}', severity, out)} : {one.message}{paint(path, 'discret', out)}"]
    if one.place and root:
        lines.extend(_excerpt(one.place, root, severity, out))
    if one.cause:
        lines.append(f"  Pourquoi : {_sentence(one.cause)}")
    if one.remedy:
        lines.append(f"  Remède : {paint(_sentence(one.remedy), 'vert', out)}")
    return lines


def _sentence(text: str) -> str:
    """With its capital and its full stop, whoever wrote it."""
    end = "" if text.endswith((".", "!", "?", "…", ":")) else "."
    # The name of the program is a command: it takes no capital.
    head = text[0] if text.startswith("convgen ") else text[0].upper()
    return f"{head}{text[1:]}{end}"


def _excerpt(place: Place, root: Path, severity: str, out: TextIO) -> Sequence[str]:
    """The line at fault and a caret under the column; nothing when the file cannot be read again."""
    try:
        lines = (root / place.file).read_text("utf-8").splitlines()
        line = lines[place.line - 1]
    except (OSError, ValueError, IndexError):
        return ()
    start = max(0, place.column - _LONGEST_EXCERPT + 20)
    shown = line.expandtabs(1)[start : start + _LONGEST_EXCERPT]
    if not shown.strip():
        return ()
    margin = f"{place.line:>6} | "
    # A place without a known column is the head of its line: the caret stands under a word, never under the indent.
    column = max(place.column - 1 - start, len(shown) - len(shown.lstrip()))
    caret = " " * min(column, len(shown)) + "^"
    return (
        f"{paint(margin, 'discret', out)}{shown}",
        f"{paint(' ' * 7 + '| ', 'discret', out)}{paint(caret, severity, out)}",
    )


def plural(count: int, singular: str, many: str = "") -> str:
    """« 1 fichier », « 2 fichiers »; zero is singular in French."""
    return f"{count} {singular if count < 2 else many or singular + 's'}"


def counts(report: Report) -> Iterator[str]:
    """« 1 erreur », « 2 avertissements », and « 3 notes » when there are some."""
    yield plural(len(report.errors), "erreur")
    yield plural(len(report.warnings), "avertissement")
    if report.notes:
        yield plural(len(report.notes), "note")


def shown(path: Path) -> str:
    """A path as short as can be: from the current folder when the file is below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
