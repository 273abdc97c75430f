"""A table that stays, with the rows that come and go and the cells that change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from convgen.acte.nodes import DELETION, INSERTION, Block, Cell, Paragraph, Row, Table, Tracked
from convgen.amend.changements.appliquer import stitches_at
from convgen.amend.changements.plan import Own, Plan
from convgen.amend.suivi.blocs import KEPT, Shown, assembled, units_of
from convgen.amend.suivi.mots import marked_line, replaced_line
from convgen.amend.texte.arbre import Path, TableAlinea, TableCell

_Where: TypeAlias = tuple[Path, int]


def tracked_table(plan: Plan, where: _Where, line: TableAlinea, old: Table, new: Table) -> Table:
    """The table with its changes.

    Args:
        plan: The changes.
        where: The path of the part that holds the table, and the rank of the table.
        line: The table, as the changes know it.
        old: The table of the base.
        new: That of the new version.
    """
    path, rank = where
    own = plan.own.get(path, Own())
    runs = {one.start: (one.end, len(one.new)) for one in own.rows.get(rank, ())}
    if not runs and not own.cells.get(rank) and not plan.pairs:
        return old
    olds, news = (*old.header, *old.rows), iter((*new.header, *new.rows))
    rows: list[Row] = []
    gone = 0
    for place, row in enumerate(olds):
        if place in runs:
            gone, coming = runs[place]
            rows.extend(replace(one, change=DELETION) for one in olds[place:gone])
            rows.extend(replace(next(news), change=INSERTION) for _ in range(coming))
        if place >= gone:
            cells = enumerate(zip(line.rows[place].cells, row.cells, next(news).cells, strict=True))
            rows.append(
                replace(row, cells=tuple(_cell(plan, (*where, place, column), *three) for column, three in cells))
            )
    if len(olds) in runs:
        rows.extend(replace(next(news), change=INSERTION) for _ in range(runs[len(olds)][1]))
    heads = len(old.header)
    return replace(old, header=tuple(rows[:heads]), rows=tuple(rows[heads:]))


def _cell(plan: Plan, where: tuple[Path, int, int, int], line: TableCell, old: Cell, new: Cell) -> Cell:
    path, rank, row, column = where
    change = plan.own.get(path, Own()).cells.get(rank, {}).get((row, column))
    if change is not None:
        return replace(old, blocks=tuple(_replaced(change.old, change.new, old, new)))
    units = [one for one in units_of(old.blocks) if one.amendable]
    found = [stitches_at(plan, where, one) for one in line.lines]
    if not any(found) or len(units) != len(line.lines):
        return old
    lines = zip(units, line.lines, found, strict=True)
    shown = [Shown(unit, KEPT, marked_line(unit.inlines, one, stitches)) for unit, one, stitches in lines]
    return replace(old, blocks=assembled(shown))


def _replaced(before: TableCell, after: TableCell, old: Cell, new: Cell) -> Iterator[Block]:
    if _is_line(before, old) and _is_line(after, new):
        paragraph, other = old.blocks[0], new.blocks[0]
        if isinstance(paragraph, Paragraph) and isinstance(other, Paragraph):
            yield replace(paragraph, inlines=replaced_line(paragraph.inlines, before.lines[0], after.lines[0]))
            return
    yield from (Tracked(DELETION, old.blocks),) if old.blocks else ()
    yield from (Tracked(INSERTION, new.blocks),) if new.blocks else ()


def _is_line(cell: TableCell, node: Cell) -> bool:
    return len(cell.lines) == 1 and len(node.blocks) == 1
