"""What one sentence says: a change, or several that are said together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from convgen.amend.changements.changements import (
    Cell,
    Change,
    Heading,
    Insert,
    Mode,
    Move,
    Pair,
    Renumber,
    Repeal,
    ReplaceDivision,
    ReplaceFile,
    Rows,
    Term,
    Words,
)
from convgen.amend.changements.differer import place_of
from convgen.amend.changements.termes import substitute_row
from convgen.amend.texte.arbre import Part, Path, TableAlinea, TableRow
from convgen.amend.texte.forme import Tokens, balanced, says_something, tokens_of
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import Index

_LAST: Final = 3
_T = TypeVar("_T", Repeal, Renumber)


@dataclass(frozen=True, slots=True)
class Unit:
    """The changes that one sentence says: one; neighbours repealed or renumbered together; the same words elsewhere.

    Attributes:
        changes: The changes that are said, alike.
        carried: The identifiers of the changes that are carried out, more than those said for rows quoted whole.
    """

    changes: tuple[Change, ...]
    carried: tuple[str, ...]

    @property
    def first(self) -> Change:
        """The change that stands for all."""
        return self.changes[0]


def alone(change: Change) -> Unit:
    """One change said alone."""
    return Unit((change,), (change.id,))


def units_of(changes: Sequence[Change], index: Index, pairs: Sequence[Pair]) -> list[Unit]:
    """The sentences to come, in the order of the changes."""
    rows = _rows_to_quote(changes, index)
    together: dict[str, tuple[Change, ...]] = {**_neighbours(changes, Repeal, index)}
    together.update(_neighbours(changes, Renumber, index))
    out: list[Unit] = []
    done: set[str] = set()
    for change in changes:
        if change.id in done:
            continue
        if isinstance(change, Cell) and _row_of(change) in rows:
            cells = [one for one in changes if isinstance(one, Cell) and _row_of(one) == _row_of(change)]
            out.append(_row_unit(cells, index, pairs))
        elif change.id in together:
            out.append(Unit(together[change.id], tuple(one.id for one in together[change.id])))
        else:
            out.append(alone(change))
        done.update(out[-1].carried)
    return out


# --- rows ---------------------------------------------------------------------------------------------------


def _row_of(change: Cell) -> tuple[Path, int | None, int | None]:
    return change.place.division, change.place.alinea, change.place.row


def _rows_to_quote(changes: Iterable[Change], index: Index) -> set[tuple[Path, int | None, int | None]]:
    """The rows with a cell whose words cannot be quoted inside a sentence: they are quoted whole."""
    return {_row_of(one) for one in changes if isinstance(one, Cell) and not _quotable(one)}


def _quotable(change: Cell) -> bool:
    if len(change.old.lines) > 1 or len(change.new.lines) != 1:
        return False
    texts: list[Tokens] = [tokens_of(one.text) for one in (change.old, change.new) if one.text]
    return all(balanced(tokens) and says_something(tokens) for tokens in texts)


def _row_unit(cells: Sequence[Cell], index: Index, pairs: Sequence[Pair]) -> Unit:
    place = cells[0].place
    table = index.parts[place.division].lines[place.alinea or 0]
    row = place.row or 0
    if not isinstance(table, TableAlinea):
        raise TypeError(place)
    old = table.rows[row]
    new = [*substitute_row(old, pairs).cells]
    for one in cells:
        new[one.place.column or 0] = one.new
    made = Rows(cells[0].id, place.division, place.alinea or 0, row, row + 1, (old,), (TableRow(tuple(new)),))
    return Unit((made,), tuple(one.id for one in cells))


# --- neighbours ---------------------------------------------------------------------------------------------


def _neighbours(changes: Iterable[Change], kind: type[_T], index: Index) -> dict[str, tuple[_T, ...]]:
    """Runs of numbered siblings repealed (two or more) or renumbered by one (three or more), by their first change."""
    by_parent: dict[Path, dict[str, _T]] = {}
    for change in changes:
        if isinstance(change, kind):
            by_parent.setdefault(change.division[:-1], {})[change.division[-1]] = change
    found: dict[str, tuple[_T, ...]] = {}
    least = 2 if kind is Repeal else _LAST
    for parent, ones in by_parent.items():
        for run in _runs(parent, ones, index):
            if len(run) >= least:
                found.update({one.id: run for one in run})
    return found


def _runs(parent: Path, ones: dict[str, _T], index: Index) -> Iterator[tuple[_T, ...]]:
    run: list[_T] = []
    before: Part | None = None
    for child in index.parts[parent].children:
        change = ones.get(child.id)
        if change is not None and run and before is not None and _follows(before, child, run[-1], change):
            run.append(change)
        else:
            if run:
                yield tuple(run)
            run = [change] if change is not None and child.number else []
        before = child
    if run:
        yield tuple(run)


def _follows(before: Part, child: Part, last: Change, change: Change) -> bool:
    if not child.number or (before.noun, before.kind, before.level) != (child.noun, child.kind, child.level):
        return False
    if isinstance(last, Renumber) and isinstance(change, Renumber):
        return _next(last.old) == change.old and _next(last.number) == change.number
    return True


def _next(number: str) -> str:
    """« 9.7 » after « 9.6 »; "" for what does not count by one."""
    head, mark, last = number.removesuffix("er").rpartition(".")
    return f"{head}{mark}{int(last) + 1}" if last.isdecimal() else ""


# --- the same words -----------------------------------------------------------------------------------------


def same_words(units: Iterable[Unit], least: int = 2) -> list[Unit]:
    """The units, the same words changed in `least` places or more being said once."""
    units = list(units)
    groups: dict[tuple[object, ...], list[Unit]] = {}
    for unit in units:
        key = _said(unit)
        if key is not None:
            groups.setdefault(key, []).append(unit)
    out: list[Unit] = []
    for unit in units:
        key = _said(unit)
        mine = groups[key] if key is not None else []
        if len(mine) < least:
            out.append(unit)
        elif mine[0] is unit:
            out.append(Unit(tuple(one.first for one in mine), tuple(name for one in mine for name in one.carried)))
    return out


def _said(unit: Unit) -> tuple[object, ...] | None:
    change = unit.first
    if len(unit.changes) > 1 or not isinstance(change, Words) or change.mode not in (Mode.ONCE, Mode.EACH):
        return None
    return change.mode, tokens_of(text_of(change.old)), text_of(change.new)


# --- where --------------------------------------------------------------------------------------------------


def holder(unit: Unit) -> Path:
    """The lowest part that holds what a unit says: that of its alinéas; the parent of a part that comes or goes."""
    return common([_holder(one) for one in unit.changes])


def _holder(change: Change) -> Path:
    match change:
        case ReplaceDivision() | Repeal() | Move() | Renumber() | ReplaceFile():
            return change.division[:-1]
        case Heading(division=path) | Insert(parent=path):
            return path
        case Term():
            return ()
        case _:
            return place_of(change).division


def common(paths: Sequence[Path]) -> Path:
    """The lowest part that holds all of these."""
    first, *others = paths
    size = len(first)
    for one in others:
        size = min(size, next((rank for rank, (a, b) in enumerate(zip(first, one, strict=False)) if a != b), len(one)))
        size = min(size, len(one))
    return first[:size]
