"""The columns of a table and their widths, from what they hold: the same in Word and in the PDF. Nothing is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from convgen.acte.memo import Memo
from convgen.acte.nodes import Cell, Paragraph, Row, Table
from convgen.acte.runs import plain_text
from convgen.write.charte import Polices
from convgen.write.metrics import is_serif, word_width

CELL_PADDING: Final = 240  # both sides and the rules, twentieths of a point
DENSE_PADDING: Final = 90
#: From so many columns on words are set smaller, or a landscape page breaks them.
MANY_COLUMNS: Final = 11
#: From so many columns on words are set smaller where the usual ones do not fit, and the page is turned.
SEVERAL_COLUMNS: Final = 6
#: A word of more letters may be cut: no page is turned for an address of a site.
_LONGEST_WORD: Final = 30
#: A table of so many rows at most stays whole on a page.
SHORT_TABLE: Final = 12
#: The role of a row of running text, which may go on over the next page.
TEXT_ROW: Final = "texte"
#: A space to fill in by hand is as wide as its cell leaves room for: it counts for no word.
_BREAKS = re.compile(r"[ \n\u2011_-]")
_BOLD: Final = frozenset({"total", "sous-total", "bande"})


@dataclass(slots=True)
class Span:
    """A cell that goes on over the rows below."""

    rows: int
    columns: int


def dense_size(size: int) -> int:
    """The size of words in a table of many columns, in half-points: two thirds of the body's, 6.5 points at least."""
    return max(size * 2 * 2 // 3, 13)


def count_columns(table: Table) -> int:
    """How many columns the widest row has, cells covered from above included."""
    widest = len(table.widths)
    left: list[Span] = []
    for row in (*table.header, *table.rows):
        here = sum(cell.colspan for cell in row.cells) + sum(span.columns for span in left)
        widest = max(widest, here)
        left = [Span(span.rows - 1, span.columns) for span in left if span.rows > 1]
        left += [Span(cell.rowspan - 1, cell.colspan) for cell in row.cells if cell.rowspan > 1]
    return max(widest, 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table stands in lines of a given width.

    Attributes:
        widths: of its columns, in twentieths of a point; they fill the line.
        dense: its words are set smaller.
        fits: no column is narrower than its words, very long ones apart, which may be cut.
    """

    widths: tuple[int, ...]
    dense: bool
    fits: bool


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts of tables, each worked out once.

    Attributes:
        letters: those of the acts.
        known: what was worked out so far.
    """

    letters: Polices
    known: Memo[Layout] = field(default_factory=Memo)

    def of(self, table: Table, width: int) -> Layout:
        """The layout of a table in lines of that width, in twentieths of a point."""
        found = self.known.find(table, width)
        return found or self.known.keep(table, width, lay_out(table, width, self.letters))


def lay_out(table: Table, total: int, letters: Polices) -> Layout:
    """Widths that fill the line: as declared, else by the words they hold; smaller words where the usual ones do not.

    Args:
        table: The table.
        total: The width of the line, in twentieths of a point.
        letters: Those of the act.
    """
    columns = count_columns(table)
    longest, words = _measured(table, columns)
    if len(table.widths) >= columns:
        shares = [max(width, 1) for width in table.widths[:columns]]
    else:
        shares = [length + 4 for length in longest]
    dense = columns >= MANY_COLUMNS
    least = _roomy(words, letters.taille, dense=dense)
    if sum(least) <= total:
        return Layout(tuple(_fill(shares, least, total)), dense, True)
    # Nearly too narrow: the words are measured, letter by letter.
    drawn = _drawn(table, columns, letters)
    for small in sorted({dense, dense or columns >= SEVERAL_COLUMNS}):
        least = _least(drawn, letters.taille, dense=small)
        if sum(least) <= total:
            return Layout(tuple(_fill(shares, least, total)), small, True)
    # Too many words for the line: each column has its share of what they need.
    whole = sum(least)
    narrow = [max(one * total // whole, 1) for one in least]
    for rank in range(total - sum(narrow)):
        narrow[rank % columns] += 1
    return Layout(tuple(narrow), small, False)


def _roomy(words: list[int], size: int, *, dense: bool) -> list[int]:
    """The widths in which words of so many letters stand at ease, as long as their letters may be."""
    letters = dense_size(size) * 10 if dense else size * 20
    padding = DENSE_PADDING if dense else CELL_PADDING
    return [round(word * letters * 0.56) + padding for word in words]


def _least(drawn: list[int], size: int, *, dense: bool) -> list[int]:
    """The widths that words need, from the thousandths of their size that they take."""
    letters = dense_size(size) * 10 if dense else (size - 1) * 20
    padding = DENSE_PADDING if dense else CELL_PADDING
    return [word * letters // 1000 + padding + 1 for word in drawn]


def _drawn(table: Table, columns: int, letters: Polices) -> list[int]:
    """For each column, the widest word, in thousandths of the size of its letters; one too long for any is cut."""
    serif = is_serif(letters.texte)
    widest = [500] * columns
    hanging: dict[int, int] = {}
    for rank, row in enumerate((*table.header, *table.rows)):
        bold = rank < len(table.header) or row.role in _BOLD
        for place, cell in placed(row, hanging):
            if cell.colspan == 1:
                sizes = (word_width(word[:_LONGEST_WORD], serif, bold) for word in _words(cell))
                widest[place] = max(widest[place], *sizes, 0)
    return widest


def _words(cell: Cell) -> list[str]:
    return _BREAKS.split(_text(cell))


def _text(cell: Cell) -> str:
    return " ".join(plain_text(block.inlines) for block in cell.blocks if isinstance(block, Paragraph))


def _fill(shares: list[int], least: list[int], total: int) -> list[int]:
    """Widths in proportion of the shares, none under its least, that add up to `total`."""
    fixed: dict[int, int] = {}
    while True:
        free = [place for place in range(len(shares)) if place not in fixed]
        whole = sum(shares[place] for place in free) or 1
        left = total - sum(fixed.values())
        short = [place for place in free if left * shares[place] // whole < least[place]]
        if not short or len(short) == len(free):
            break
        fixed.update({place: least[place] for place in short})
    widths = [fixed.get(place, left * share // whole) for place, share in enumerate(shares)]
    widths[free[-1]] += total - sum(widths)
    return widths


def _measured(table: Table, columns: int) -> tuple[list[int], list[int]]:
    """For each column, the longest text (beyond 40 characters it counts for little) and the longest word."""
    longest, words = [6] * columns, [1] * columns
    hanging: dict[int, int] = {}
    for row in (*table.header, *table.rows):
        for place, cell in placed(row, hanging):
            if cell.colspan > 1:
                continue
            text = _text(cell)
            longest[place] = max(longest[place], min(len(text), 40 + len(text) // 8))
            words[place] = max(words[place], max(map(len, _BREAKS.split(text)), default=0))
    return longest, words


def placed(row: Row, hanging: dict[int, int]) -> Iterator[tuple[int, Cell]]:
    """Each cell and its column; `hanging` holds, by column, the rows that a cell from above still covers."""
    column = 0
    for cell in row.cells:
        while hanging.get(column, 0) > 0:
            hanging[column] -= 1
            column += 1
        yield column, cell
        if cell.rowspan > 1:
            hanging.update({column + rank: cell.rowspan - 1 for rank in range(cell.colspan)})
        column += cell.colspan
    while hanging.get(column, 0) > 0:
        hanging[column] -= 1
        column += 1
