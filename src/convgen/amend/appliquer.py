"""Applying changes to the base they were made for: every precondition is checked, then the tree is rebuilt once.

Nothing depends on the order of the changes: each is located on the base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from convgen.amend.arbre import (
    Alinea,
    Line,
    Part,
    Path,
    TableAlinea,
    TableCell,
    TableRow,
    fingerprint,
    first_difference,
    part_key,
)
from convgen.amend.changements import (
    Alineas,
    Cell,
    Change,
    Delta,
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
from convgen.amend.couture import Stitch, stitched
from convgen.amend.forme import Span, apart, occurrences, tokens_of
from convgen.amend.inlines import text_of
from convgen.amend.lieux import Index, Place, designate_part, index_of
from convgen.amend.numeros import follow
from convgen.amend.termes import substituted_line
from convgen.errors import ConvgenError, Diagnostic

_T = TypeVar("_T")


class RefusError(ConvgenError, ValueError):
    """Changes that do not apply to this text; nothing is built."""


def apply(delta: Delta, base: Part) -> Part:
    """The new version.

    Raises:
        RefusError: AVE-03, the base is not the one the changes were made for.
    """
    if fingerprint(base) != delta.base:
        raise _refused("ce texte n'est pas celui pour lequel les modifications ont été établies")
    return apply_changes(delta.changes, base)


def apply_changes(changes: Iterable[Change], base: Part) -> Part:
    """The base with the changes made, whatever the rest of it says.

    Raises:
        RefusError: AVE-03, the base differs where a change speaks, or two changes take the same words.
    """
    plan = _Plan(index_of(base))
    for change in changes:
        _put(plan, change)
    _check_whole(plan)
    return _rebuilt(plan, (), "", "")


def _refused(message: str, index: Index | None = None, path: Path = (), change: str = "") -> RefusError:
    where = f", {designate_part(index, path).au}" if index is not None and path in index.parts and path else ""
    which = f" (modification {change})" if change else ""
    return RefusError(
        Diagnostic(
            "AVE-03",
            f"{message}{where}{which}",
            remedy="Comparez à nouveau les deux versions à partir du texte en vigueur.",
        )
    )


@dataclass(slots=True)
class _Own:
    """What changes in one part."""

    heading: Heading | None = None
    number: str | None = None
    file: str | None = None
    whole: ReplaceDivision | None = None
    gone: bool = False
    words: dict[int, list[Stitch]] = field(default_factory=dict)
    runs: list[Alineas] = field(default_factory=list)
    rows: dict[int, list[Rows]] = field(default_factory=dict)
    cells: dict[int, dict[tuple[int, int], Cell]] = field(default_factory=dict)
    arrivals: dict[str, list[Insert | Move]] = field(default_factory=dict)

    @property
    def speaks(self) -> bool:
        """Whether anything is claimed inside the part."""
        inside = self.heading, self.file, self.words, self.runs, self.rows, self.cells, self.arrivals
        return any(one for one in inside)


@dataclass(slots=True)
class _Plan:
    """The changes, located on the base."""

    index: Index
    own: dict[Path, _Own] = field(default_factory=dict)
    moved: set[Path] = field(default_factory=set)
    pairs: tuple[Pair, ...] = ()
    exceptions: frozenset[tuple[Path, int | None, int | None, int | None]] = frozenset()

    def part(self, path: Path, change: Change) -> Part:
        part = self.index.parts.get(path)
        if part is None:
            raise _refused(f"« {' > '.join(path)} » n'existe pas dans ce texte", change=change.id)
        return part

    def at(self, path: Path) -> _Own:
        return self.own.setdefault(path, _Own())

    def refused(self, change: Change, path: Path, message: str) -> RefusError:
        return _refused(message, self.index, path, change.id)


_DIFFERS = "le texte en vigueur n'est pas celui que la modification cite"
_TWICE = "deux modifications portent sur la même chose"


def _put(plan: _Plan, change: Change) -> None:
    """Check a change on the base and note it."""
    match change:
        case Words():
            _put_words(plan, change)
        case Alineas():
            _put_lines(plan, change)
        case Rows():
            _put_rows(plan, change)
        case Cell():
            _put_cell(plan, change)
        case Insert():
            plan.part(change.parent, change)
            _put_arrival(plan, change)
        case Term():
            plan.pairs += change.pairs
            keys = {(one.division, one.alinea, one.row, one.column) for one in change.exceptions}
            plan.exceptions |= keys
        case _:
            _put_part(plan, change)


def _put_part(plan: _Plan, change: Heading | ReplaceDivision | Repeal | Move | Renumber | ReplaceFile) -> None:
    path = change.division
    part, own = plan.part(path, change), plan.at(path)
    match change:
        case Heading():
            _expect(plan, change, path, part.title.key == change.old.key, own.heading is None)
            own.heading = change
        case ReplaceDivision():
            _expect(plan, change, path, part_key(part) == part_key(change.old), own.whole is None)
            own.whole = change
        case Repeal():
            _expect(plan, change, path, part_key(part) == part_key(change.old), not own.gone)
            own.gone = True
        case ReplaceFile():
            _expect(plan, change, path, part.file == change.old, own.file is None)
            own.file = change.new
        case Move() | Renumber():
            _expect(plan, change, path, part.number == change.old, own.number is None and path not in plan.moved)
            own.number = change.number
            if isinstance(change, Move):
                plan.part(change.parent, change)
                plan.moved.add(path)
                _put_arrival(plan, change)


def _expect(plan: _Plan, change: Change, path: Path, equal: bool, free: bool) -> None:
    if not equal:
        raise plan.refused(change, path, _DIFFERS)
    if not free:
        raise plan.refused(change, path, _TWICE)


def _put_arrival(plan: _Plan, change: Insert | Move) -> None:
    here = plan.at(change.parent).arrivals.setdefault(change.after, [])
    parent = plan.part(change.parent, change)
    known = not change.after or any(child.id == change.after for child in parent.children)
    _expect(plan, change, change.parent, known, all(one.rank != change.rank for one in here))
    here.append(change)


def _put_words(plan: _Plan, change: Words) -> None:
    path, rank = change.place.division, change.place.alinea
    lines = plan.part(path, change).lines
    line = lines[rank] if rank is not None and 0 <= rank < len(lines) else None
    if not isinstance(line, Alinea) or rank is None:
        raise plan.refused(change, path, _DIFFERS)
    spans = _located(line, change)
    if spans is None or (change.place.words not in spans):
        raise plan.refused(change, path, _DIFFERS)
    plan.at(path).words.setdefault(rank, []).extend(Stitch(*span, change.new) for span in spans)


def _located(line: Alinea, change: Words) -> list[Span] | None:
    """The tokens that a change of words takes; None when the alinéa is not the one it speaks of."""
    old, tokens = tokens_of(text_of(change.old)), line.droit
    match change.mode:
        case Mode.START:
            return [(0, 0)]
        case Mode.SENTENCE:
            return [(len(tokens), len(tokens))] if tokens[-1:] == (".",) else None
    every = occurrences(old, tokens)
    places = every if change.mode in (Mode.ONCE, Mode.AFTER) else apart(every, len(old))
    if len(places) != change.count or not places:
        return None
    size = len(old)
    match change.mode:
        case Mode.AFTER:
            return [(places[0] + size, places[0] + size)]
        case Mode.NTH:
            places = places[change.rank - 1 : change.rank]
    return [(place, place + size) for place in places]


def _put_lines(plan: _Plan, change: Alineas) -> None:
    lines = plan.part(change.division, change).lines
    equal = _same(lines[change.start : change.end], change.old) and change.end <= len(lines)
    _expect(plan, change, change.division, equal, True)
    plan.at(change.division).runs.append(change)


def _same(a: Sequence[Line | TableRow], b: Sequence[Line | TableRow]) -> bool:
    return [one.key for one in a] == [one.key for one in b]


def _table(plan: _Plan, change: Change, path: Path, rank: int | None) -> TableAlinea:
    lines = plan.part(path, change).lines
    line = lines[rank] if rank is not None and 0 <= rank < len(lines) else None
    if not isinstance(line, TableAlinea):
        raise plan.refused(change, path, _DIFFERS)
    return line


def _put_rows(plan: _Plan, change: Rows) -> None:
    rows = _table(plan, change, change.division, change.alinea).rows
    equal = _same(rows[change.start : change.end], change.old) and change.end <= len(rows)
    _expect(plan, change, change.division, equal, True)
    plan.at(change.division).rows.setdefault(change.alinea, []).append(change)


def _put_cell(plan: _Plan, change: Cell) -> None:
    place = change.place
    table = _table(plan, change, place.division, place.alinea)
    row, column = place.row or 0, place.column or 0
    inside = row < len(table.rows) and column < len(table.rows[row].cells)
    equal = inside and table.rows[row].cells[column].key == change.old.key
    cells = plan.at(place.division).cells.setdefault(place.alinea or 0, {})
    _expect(plan, change, place.division, equal, (row, column) not in cells)
    cells[row, column] = change


# --- claims -------------------------------------------------------------------------------------------------


def _check_whole(plan: _Plan) -> None:
    """Claims are disjoint, and nothing is claimed inside what goes or is rewritten, except what moves out of it."""
    for path, own in plan.own.items():
        taken = _taken(plan, path)
        if taken and (own.speaks or own.gone or own.whole or (own.number is not None and path not in plan.moved)):
            raise _refused(_TWICE, plan.index, path)
        rewritten = own.gone or own.whole is not None
        if (own.gone and (own.whole is not None or path in plan.moved)) or (rewritten and own.speaks):
            raise _refused(_TWICE, plan.index, path)
        _check_lines(plan, path, own)


def _taken(plan: _Plan, path: Path) -> bool:
    """Whether a part that holds this one goes or is rewritten; what moves takes all that it holds along."""
    for size in range(len(path), 0, -1):
        own = plan.own.get(path[:size])
        if size < len(path) and own is not None and (own.gone or own.whole):
            return True
        if path[:size] in plan.moved:
            return False
    return False


def _check_lines(plan: _Plan, path: Path, own: _Own) -> None:
    runs = sorted((one.start, one.end) for one in own.runs)
    inside = {rank for start, end in runs for rank in range(start, end)}
    wrong = _overlap(runs) or inside & {*own.words, *own.rows, *own.cells}
    for stitches in own.words.values():
        wrong = wrong or _overlap(sorted((one.start, one.end) for one in stitches))
    for rank, changes in own.rows.items():
        spans = sorted((one.start, one.end) for one in changes)
        rows = {row for row, _ in own.cells.get(rank, {})}
        wrong = wrong or _overlap(spans) or any(start <= row < end for start, end in spans for row in rows)
    if wrong:
        raise _refused(_TWICE, plan.index, path)


def _overlap(spans: Sequence[Span]) -> bool:
    """Whether two of these sorted spans share something; a gap is shared by none."""
    return any(two[0] < one[1] or one == two for one, two in pairwise(spans))


# --- rebuilding ---------------------------------------------------------------------------------------------


def _rebuilt(plan: _Plan, path: Path, old_parent: str, new_parent: str) -> Part:
    part, own = plan.index.parts[path], plan.own.get(path, _Own())
    if own.whole is not None:
        return replace(own.whole.new, id=part.id)
    number = own.number if own.number is not None else follow(part.number, old_parent, new_parent)
    return replace(
        part,
        number=number,
        file=part.file if own.file is None else own.file,
        title=own.heading.new if own.heading else _with_terms(plan, (path, None, None, None), part.title),
        lines=tuple(_rebuilt_lines(plan, path, part, own)),
        children=tuple(_rebuilt_children(plan, path, part, own, number)),
    )


def _rebuilt_children(plan: _Plan, path: Path, part: Part, own: _Own, number: str) -> Iterator[Part]:
    yield from _arrived(plan, own, "")
    for child in part.children:
        below = (*path, child.id)
        if below not in plan.moved and not plan.own.get(below, _Own()).gone:
            yield _rebuilt(plan, below, part.number, number)
        yield from _arrived(plan, own, child.id)


def _arrived(plan: _Plan, own: _Own, after: str) -> Iterator[Part]:
    for change in sorted(own.arrivals.get(after, ()), key=lambda one: one.rank):
        if isinstance(change, Insert):
            yield from change.new
        else:
            yield _rebuilt(plan, change.division, "", "")


def _rebuilt_lines(plan: _Plan, path: Path, part: Part, own: _Own) -> Iterator[Line]:
    kept = [_rebuilt_line(plan, path, rank, line, own) for rank, line in enumerate(part.lines)]
    yield from _spliced(kept, [((one.start, one.end), one.new) for one in own.runs])


def _spliced(kept: Sequence[_T], runs: Iterable[tuple[Span, Sequence[_T]]]) -> Iterator[_T]:
    place = 0
    for (start, end), new in sorted(runs, key=lambda one: one[0]):
        yield from kept[place:start]
        yield from new
        place = end
    yield from kept[place:]


def _rebuilt_line(plan: _Plan, path: Path, rank: int, line: Line, own: _Own) -> Line:
    if isinstance(line, Alinea):
        return _with_terms(plan, (path, rank, None, None), line, own.words.get(rank, ()))
    cells = own.cells.get(rank, {})
    rows = [
        TableRow(
            tuple(
                cells[place, column].new if (place, column) in cells else _cell(plan, (path, rank, place, column), cell)
                for column, cell in enumerate(row.cells)
            )
        )
        for place, row in enumerate(line.rows)
    ]
    return TableAlinea(
        tuple(_spliced(rows, [((one.start, one.end), one.new) for one in own.rows.get(rank, ())])), line.headings
    )


_Where = tuple[Path, int | None, int | None, int | None]


def _cell(plan: _Plan, where: _Where, cell: TableCell) -> TableCell:
    return replace(cell, lines=tuple(_with_terms(plan, where, line) for line in cell.lines)) if plan.pairs else cell


def _with_terms(plan: _Plan, where: _Where, line: Alinea, stitches: Sequence[Stitch] = ()) -> Alinea:
    """The line with its changes of words, and the new terms where they say nothing."""
    if plan.pairs and not _excepted(plan, where):
        claimed = [(one.start, one.end) for one in stitches]
        stitches = [*stitches, *substituted_line(line, plan.pairs, claimed)]
    return stitched(line, stitches)


def _excepted(plan: _Plan, where: _Where) -> bool:
    path, rank, row, column = where
    levels = {(path, rank, None, None), (path, rank, row, None), (path, rank, row, column)}
    return not levels.isdisjoint(plan.exceptions)


def verify(delta: Delta, base: Part, new: Part) -> None:
    """Check that the changes give the new version, « en droit ».

    Raises:
        RefusError: AVE-03, they do not; the place where they differ is named.
    """
    made = apply(delta, base)
    path = first_difference(made, new)
    if path is not None:
        raise _refused("les modifications ne redonnent pas la nouvelle version", index_of(made), path)
