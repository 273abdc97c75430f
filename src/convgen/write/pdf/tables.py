"""Tables as the data that the drawing reads: widths in points, cells placed, what may split."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from convgen.acte.nodes import DELETION, INSERTION, Block, Cell, Paragraph, Row, Table
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.write.columns import (
    CELL_PADDING,
    DENSE_PADDING,
    SHORT_TABLE,
    TEXT_ROW,
    placed,
)
from convgen.write.metrics import count_lines
from convgen.write.pdf.lines import Data

if TYPE_CHECKING:
    from convgen.write.pdf.content import Contents

_TWIP: Final = 20
#: A cell of more characters than would fill this share of a page may go on over the next one.
_TALL: Final = 0.6
_LAST: Final = 3
#: The narrowest that lines may be, in twentieths of a point: a column of one letter.
_NARROW: Final = 100
#: A table surely holds on a page when its estimated height is under this share of it: the drawing need not measure it.
_SURELY: Final = 0.75
#: What the end of a paragraph leaves empty on its line, in characters, at worst.
_SHORT_LINE: Final = 40
_CHANGES: Final = {INSERTION: "plus", DELETION: "moins"}


def table_data(contents: Contents, table: Table, *, held: bool = False) -> Iterator[Data]:
    """The caption, then the table, which stays with what follows it when it is `held`; nothing for one without rows."""
    if not table.header and not table.rows:
        return
    if table.caption:
        upper = contents.look.face("Caption").capitals
        yield {"k": "p", "s": "Caption", "r": contents.lines.line(table.caption, upper=upper), "colle": True}
    layout = contents.layouts.of(table, contents.width)
    dense = "Serre" if layout.dense else ""
    widths = layout.widths
    tight, contents.lines.tight = contents.lines.tight, not layout.fits
    head = _Printed(contents, widths, f"ActeTableauTitre{dense}")
    body = _Printed(contents, widths, f"ActeTableauTexte{dense}")
    heads, lines = head.rows(table.header), body.rows(table.rows)
    contents.lines.tight = tight
    short = len(table.rows) <= SHORT_TABLE
    room = contents.height * _SURELY
    yield {
        "k": "tableau",
        "l": [one / _TWIP for one in widths],
        "titre": f"ActeTableauTitre{dense}",
        "texte": f"ActeTableauTexte{dense}",
        "marge": (DENSE_PADDING if dense else CELL_PADDING) / _TWIP / 2 - 0.5,
        "court": short,
        "tient": short and head.height(table.header) + body.height(table.rows) <= room,
        "haut": contents.height / _TWIP,
        "tete": heads,
        "lignes": lines,
        "colle": held,
        "fin": _together(lines) if len(lines) > SHORT_TABLE else 0,
    }


def _together(rows: list[Data]) -> int:
    """How many rows stay together at the end of a long table: none where a cell hangs over them from above."""
    count = _LAST
    while count < len(rows) and rows[-count - 1]["bande"]:
        count += 1
    hangs = any(rank + cell["r"] > len(rows) - count for rank, row in enumerate(rows[:-count]) for cell in row["c"])
    return 0 if hangs or any(cell["tombe"] for row in rows[-count:] for cell in row["c"]) else count


class _Printed:
    """Prints the rows of one part of a table: its header, or its body."""

    def __init__(self, contents: Contents, widths: tuple[int, ...], style: str) -> None:
        self.contents = contents
        self.widths = widths
        self.style = style
        self.padding = DENSE_PADDING if style.endswith("Serre") else CELL_PADDING

    def rows(self, rows: tuple[Row, ...]) -> list[Data]:
        """The rows; every column is covered, no cell hangs below the last one."""
        hanging: dict[int, int] = {}
        made: list[Data] = []
        for rank, row in enumerate(rows):
            held = any(count > 0 for count in hanging.values())
            cells = [*placed(row, hanging)]
            made.append(self._row(row, cells, len(rows) - rank, held=held))
        # A title over the width goes with what follows it: the last row has nothing to lead to.
        if made:
            made[-1]["bande"] = False
        return made

    def _row(self, row: Row, cells: list[tuple[int, Cell]], left: int, *, held: bool) -> Data:
        end = max((place + cell.colspan for place, cell in cells), default=len(self.widths) if held else 0)
        made = [self._cell(row, cell, place, left) for place, cell in cells]
        missing = len(self.widths) - end
        if missing > 0 and not held:
            made.append({"b": [], "a": "left", "c": missing, "r": 1, "tombe": False})
        tall = row.role == TEXT_ROW or any(one["tombe"] for one in made)
        return {
            "c": [one | {"tombe": tall or one["r"] > 1} for one in made],
            "gras": row.role in ("total", "sous-total"),
            "fond": row.role in ("total", "bande"),
            "titre": row.role == "bande",
            "bande": row.role == "bande" and not held and all(cell.rowspan == 1 for _, cell in cells),
            "italique": row.role == "information",
            "texte": row.role == TEXT_ROW,
            "change": _CHANGES.get(row.change, ""),
        }

    def _cell(self, row: Row, cell: Cell, place: int, left: int) -> Data:
        contents = self.contents
        cell_before, contents.cell = contents.cell, self.style
        inside = self._inside(cell, place)
        before = contents.resize(inside)
        blocks = contents.blocks(cell.blocks)
        contents.cell = cell_before
        contents.resize(before)
        return {
            "b": blocks,
            "a": cell.align,
            "c": min(cell.colspan, len(self.widths) - place),
            "r": max(min(cell.rowspan, left), 1),
            "tombe": self._is_tall(cell, inside),
        }

    def height(self, rows: tuple[Row, ...]) -> float:
        """The height of rows, in twentieths of a point, as well as one may tell before they are drawn."""
        look, hanging, total = self.contents.look.face(self.style), dict[int, int](), 0.0
        for row in rows:
            total += max((self._height(cell, place) for place, cell in placed(row, hanging)), default=0.0)
            total += look.before + look.after
        return total

    def _inside(self, cell: Cell, place: int) -> int:
        return max(sum(self.widths[place : place + cell.colspan]) - self.padding, _NARROW)

    def _height(self, cell: Cell, place: int) -> float:
        """The height of what a cell holds, in the letters of the bundled fonts; endless when it is not all text."""
        contents, look = self.contents, self.contents.look.face(self.style)
        fonts = contents.look.fonts
        if fonts.own is not None or fonts.machine or any(not isinstance(block, Paragraph) for block in cell.blocks):
            return math.inf
        width = self._inside(cell, place) * 1000 // look.size
        texts = [plain_text(block.inlines) for block in cell.blocks if isinstance(block, Paragraph)]
        return sum(count_lines(text, width, contents.lines.serif, bold=True) for text in texts) * look.line

    def _is_tall(self, cell: Cell, inside: int) -> bool:
        """Whether a cell may need more than a page; an estimate that errs on that side."""
        look = self.contents.look.face(self.style)
        letters = sum(_length(block) for block in cell.blocks)
        lines = letters * look.size * 0.6 / inside + len(cell.blocks)
        return lines * look.line > self.contents.height * _TALL


def _length(block: Block) -> int:
    """The characters of what stands in a cell, lists and tables included."""
    if isinstance(block, Paragraph):  # nearly always
        return len(plain_text(block.inlines)) + _SHORT_LINE
    found = (plain_text(one.inlines) for one in walk(block) if isinstance(one, Paragraph))
    return sum(len(text) + _SHORT_LINE for text in found)
