"""The changes of rows and cells that turn one table into another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from convgen.amend.changements.changements import Cell, Pair, Rows
from convgen.amend.changements.mots import PLACE_COST
from convgen.amend.changements.termes import substitute_row
from convgen.amend.texte.aligner import align, dice
from convgen.amend.texte.arbre import Path, TableAlinea, TableCell, TableRow
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.lieux import Place

_SAME_LABEL: Final = 0.9


@dataclass(slots=True)
class TableChanges:
    """What changes in a table, and the places where a term stays."""

    changes: list[Rows | Cell] = field(default_factory=list)
    exceptions: list[Place] = field(default_factory=list)


def table_changes(
    path: Path, rank: int, old: TableAlinea, new: TableAlinea, pairs: Sequence[Pair] = ()
) -> TableChanges | None:
    """The changes from one table to another with the same heading; None when it is better replaced whole."""
    if _uneven(old) or _uneven(new) or old.headings != new.headings:
        return None
    rows = [substitute_row(row, pairs) for row in old.rows] if pairs else list(old.rows)
    kept = _with_old_terms(old.rows, rows, new.rows)
    seen = [old.rows[place] if place in kept else row for place, row in enumerate(rows)]
    bags = [_bag(row) for row in seen], [_bag(row) for row in new.rows]
    found = align(
        [row.key for row in seen],
        [row.key for row in new.rows],
        lambda i, j: _alike(seen[i], new.rows[j], bags[0][i], bags[1][j]),
    )
    out = TableChanges(exceptions=[Place(path, rank, place) for place in sorted(kept)])
    clean: list[tuple[int, int]] = []
    for i, j in found:
        if i < old.headings and seen[i].key != new.rows[j].key:
            return None
        if (i < old.headings) == (j < new.headings) and _cells(out, Place(path, rank, i), old, seen[i], new.rows[j]):
            clean.append((i, j))
    if not _add_rows(out, path, rank, old, new, clean):
        return None
    return out if _worth(out, new) else None


def _uneven(table: TableAlinea) -> bool:
    """Whether rows cannot be quoted one by one: a cell covers several, or holds several alinéas."""
    return any(cell.rows != 1 or len(cell.lines) > 1 for row in table.rows for cell in row.cells)


def _with_old_terms(old: Sequence[TableRow], seen: Sequence[TableRow], new: Sequence[TableRow]) -> set[int]:
    """The rows that keep their old terms."""
    wanted = {row.key for row in new}
    return {
        place
        for place, (before, after) in enumerate(zip(old, seen, strict=True))
        if before.key != after.key and after.key not in wanted and before.key in wanted
    }


def _bag(row: TableRow) -> Counter[str]:
    return Counter(tokens_of(row.text))


def _shape(row: TableRow) -> tuple[int, ...]:
    return tuple(cell.columns for cell in row.cells)


def _alike(old: TableRow, new: TableRow, bag: Counter[str], other: Counter[str]) -> float:
    if _shape(old) != _shape(new):
        return 0.0
    if old.cells and old.cells[0].lines and old.cells[0].key == new.cells[0].key:
        return _SAME_LABEL
    return dice(bag, other) * _SAME_LABEL


def _cells(out: TableChanges, place: Place, old: TableAlinea, seen: TableRow, new: TableRow) -> bool:
    """The cells that change in a row; False when the row is better replaced."""
    if place.row is None:
        return False
    changes: list[Cell] = []
    exceptions: list[Place] = []
    for column, (before, shown, after) in enumerate(zip(old.rows[place.row].cells, seen.cells, new.cells, strict=True)):
        here = Place(place.division, place.alinea, place.row, column)
        if shown.key == after.key:
            continue
        if before.key == after.key:
            exceptions.append(here)
        else:
            changes.append(Cell("", here, before, after))
    if len(changes) > 1 and sum(map(_cost, changes)) > PLACE_COST + len(new.text):
        return False
    out.changes.extend(changes)
    out.exceptions.extend(exceptions)
    return True


def _cost(change: Rows | Cell) -> int:
    if isinstance(change, Cell):
        return PLACE_COST + _size(change.old) + _size(change.new)
    return PLACE_COST + sum(len(row.text) for row in change.new)


def _size(cell: TableCell) -> int:
    return len(cell.text)


def _add_rows(
    out: TableChanges, path: Path, rank: int, old: TableAlinea, new: TableAlinea, clean: Sequence[tuple[int, int]]
) -> bool:
    """The rows that arrive, go or are replaced; False when the heading is one of them."""
    before = (0, 0)
    for i, j in (*clean, (len(old.rows), len(new.rows))):
        start, other = before
        if start < i or other < j:
            if start < old.headings or other < new.headings:
                return False
            out.changes.append(Rows("", path, rank, start, i, old.rows[start:i], new.rows[other:j]))
        before = (i + 1, j + 1)
    return True


def _worth(out: TableChanges, new: TableAlinea) -> bool:
    return len(out.changes) < 2 or sum(map(_cost, out.changes)) <= PLACE_COST + len(new.text)
