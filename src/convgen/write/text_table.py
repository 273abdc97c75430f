"""A table as aligned text: columns between bars, merged cells spanning theirs."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from convgen.acte.nodes import Block, Cell, Row, Table
from convgen.write.plain import marked

#: A cell wider than this is wrapped, so that a table stays readable in an editor.
WIDEST: Final = 40
_BAR: Final = " | "


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell of a printed row: its first column, how many it covers, its lines of text."""

    column: int
    span: int
    lines: tuple[str, ...]
    align: str = "left"


def table_lines(table: Table, print_blocks: Callable[[Sequence[Block]], str]) -> Iterator[str]:
    """The lines of the table; `print_blocks` gives the text of a cell.

    Header rows are followed by a rule, and so are the rows that precede a total.
    """
    placed = _place((*table.header, *table.rows), print_blocks)
    widths = _widths(placed)
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    roles = ["entete"] * len(table.header) + [row.role for row in table.rows]
    for rank, (row, role) in enumerate(zip(placed, roles, strict=True)):
        if rank and (role in ("sous-total", "total", "bande") or rank == len(table.header)):
            yield rule
        yield from _row_lines(row, widths)


def _place(rows: Sequence[Row], print_blocks: Callable[[Sequence[Block]], str]) -> list[list[_Placed]]:
    covered: dict[int, int] = {}  # column -> rows that a cell above still covers
    placed: list[list[_Placed]] = []
    for row in rows:
        line: list[_Placed] = []
        column = 0
        started: dict[int, int] = {}
        for cell in row.cells:
            while covered.get(column, 0):
                line.append(_Placed(column, 1, ()))
                column += 1
            line.append(_Placed(column, cell.colspan, _cell_lines(cell, row.change, print_blocks), cell.align))
            started.update({column + n: cell.rowspan for n in range(cell.colspan)})
            column += cell.colspan
        line.extend(_Placed(further, 1, ()) for further in sorted(covered) if further >= column and covered[further])
        covered = {key: max(started.get(key, covered.get(key, 0)) - 1, 0) for key in covered | started}
        placed.append(line)
    return placed


def _cell_lines(cell: Cell, change: str, print_blocks: Callable[[Sequence[Block]], str]) -> tuple[str, ...]:
    lines: list[str] = []
    for line in marked(change, print_blocks(cell.blocks)).split("\n"):
        # textwrap breaks at plain spaces only: no-break spaces keep « 300 000 € » in one piece.
        lines.extend(textwrap.wrap(line, WIDEST, break_long_words=False, break_on_hyphens=False) or [""])
    return tuple(lines)


def _widths(placed: Sequence[Sequence[_Placed]]) -> list[int]:
    count = max((cell.column + cell.span for row in placed for cell in row), default=0)
    widths = [1] * count
    for cell in sorted((cell for row in placed for cell in row), key=lambda one: one.span):
        needed = max((len(line) for line in cell.lines), default=0)
        columns = range(cell.column, cell.column + cell.span)
        missing = needed - sum(widths[n] for n in columns) - len(_BAR) * (cell.span - 1)
        if missing > 0:
            widths[columns[-1]] += missing
    return widths


def _row_lines(row: Sequence[_Placed], widths: Sequence[int]) -> Iterator[str]:
    height = max((len(cell.lines) for cell in row), default=0)
    end = max((cell.column + cell.span for cell in row), default=0)
    cells = [*row, *(_Placed(column, 1, ()) for column in range(end, len(widths)))]
    for n in range(height):
        texts = [_aligned(cell, n, widths) for cell in cells]
        yield f"| {_BAR.join(texts)} |"


def _aligned(cell: _Placed, line: int, widths: Sequence[int]) -> str:
    width = sum(widths[cell.column : cell.column + cell.span]) + len(_BAR) * (cell.span - 1)
    text = cell.lines[line] if line < len(cell.lines) else ""
    match cell.align:
        case "right":
            return text.rjust(width)
        case "center":
            return text.center(width)
    return text.ljust(width)
