"""A workbook of a liasse as tables, the same in its Word file and in its PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from convgen.acte.nodes import Acte, Block, Cell, Paragraph, Role, Row, Section, Table, Text, Zone
from convgen.bundle.liasse import Piece
from convgen.french.typography import typeset
from convgen.source.sheets import PrintedSheet

_WIDE: Final = 6
#: What the line of a page that lies down holds: columns, and letters, each column with the margins of its cells.
_COLUMNS: Final = 14
_LETTERS: Final = 150
_MARGIN: Final = 2


def sheets_acte(piece: Piece, sheets: Sequence[PrintedSheet]) -> Acte:
    """A workbook as a tree: a table for each sheet, those of many columns on pages that lie down."""
    title = Paragraph(_line(piece.title), Role.TITLE)
    printed = [_sheet(one, one.name if len(sheets) > 1 else "") for one in sheets]
    first: tuple[Block, ...] = (title,)
    if isinstance(printed[0], Section):  # the title goes with the first table, not on a page of its own
        first = (Section((title, *printed[0].blocks)),)
        printed = printed[1:]
    return Acte(
        "annexe",
        piece.id,
        "",
        piece.title,
        (Zone("en-tete", first), Zone("articles", tuple(printed))),
        draft=False,
    )


def _sheet(sheet: PrintedSheet, name: str) -> Section | Table:
    """A sheet; one of too many columns for a page is cut in several tables that all begin with its first column."""
    if len(sheet.rows[0]) < _WIDE:
        return _table(name, sheet.rows, headed=sheet.headed)
    parts = _parts(sheet.rows)
    if len(parts) == 1:
        return Section((_table(name, sheet.rows, headed=sheet.headed),))
    tables = []
    for rank, part in enumerate(parts, start=1):
        which = f"partie {rank} sur {len(parts)}"
        held = [[row[one] for one in part] for row in sheet.rows]
        tables.append(_table(f"{name} – {which}" if name else which.capitalize(), held, headed=sheet.headed))
    return Section(tuple(tables))


def _parts(rows: list[list[str]]) -> list[list[int]]:
    """The columns of each table: as many as a page that lies down has room for."""
    needs = [max(max(map(len, row[rank].split()), default=0) for row in rows) for rank in range(len(rows[0]))]
    parts = [[0]]
    for rank in range(1, len(needs)):
        last = [*parts[-1], rank]
        if len(parts[-1]) > 1 and (len(last) > _COLUMNS or sum(needs[one] + _MARGIN for one in last) > _LETTERS):
            last = [0, rank]
            parts.append([])
        parts[-1] = last
    return parts


def _table(name: str, rows: list[list[str]], *, headed: bool) -> Table:
    lines = [Row(tuple(_cell(text) for text in row)) for row in rows]
    head = (lines[0],) if headed else ()
    return Table(head, tuple(lines[len(head) :]), caption=_line(name), description=name)


def _cell(text: str) -> Cell:
    figures = re.sub("[ \u00a0\u202f,%€-]", "", text)
    return Cell((Paragraph(_line(text)),), "right" if figures.isdigit() else "left")


def _line(text: str) -> tuple[Text, ...]:
    return (Text(typeset(text)),) if text else ()
