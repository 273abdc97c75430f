"""Signature grids as the data that the drawing reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from convgen.acte.nodes import Inlines, Signature, SignatureGrid
from convgen.write.pdf.lines import Data

if TYPE_CHECKING:
    from convgen.write.pdf.content import Contents

_TWIP: Final = 20
_ROOM: Final = 71  # height left to sign and stamp, in points (2.5 cm)
_RESERVED: Final = 85


def signatures_data(contents: Contents, grid: SignatureGrid) -> Data:
    """The frames by lines; one alone on its line stands in the middle of it."""
    columns = max(grid.columns, 1)
    groups = [grid.signatures[start : start + columns] for start in range(0, len(grid.signatures), columns)]
    before = contents.resize(contents.width // columns)
    made: Data = {
        "k": "signatures",
        "colonnes": columns,
        "place": _ROOM,
        "haut": contents.height / _TWIP,
        "rangs": [[_frame(contents, one) for one in group] for group in groups],
        "reserve": _line(contents, grid.reserved),
        "cadre": _RESERVED,
    }
    contents.resize(before)
    return made


def _frame(contents: Contents, one: Signature) -> Data:
    lines = [_line(contents, line) for line in one.lines]
    name = [_line(contents, one.name)] if one.name else []
    return {"avant": [*lines, *name], "apres": []} if one.name_first else {"avant": lines, "apres": name}


def _line(contents: Contents, line: Inlines) -> list[Data]:
    return contents.lines.line(line, upper=contents.look.face("ActeSignature").capitals)
