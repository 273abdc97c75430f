"""Changes located on a base: their preconditions are checked, and what each takes possession of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from convgen.amend.changements.changements import (
    Alineas,
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
from convgen.amend.texte.arbre import Alinea, Line, Part, Path, TableAlinea, TableRow, part_key
from convgen.amend.texte.couture import Stitch
from convgen.amend.texte.forme import Span, apart, occurrences, tokens_of
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import Index, designate_part
from convgen.errors import ConvgenError, Diagnostic


class RefusError(ConvgenError, ValueError):
    """Changes that do not apply to this text; nothing is built."""


def refused(message: str, index: Index | None = None, path: Path = (), change: str = "") -> RefusError:
    """The refusal to raise, with the name of the place and of the change at fault."""
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
class Own:
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
class Plan:
    """The changes, located on the base."""

    index: Index
    own: dict[Path, Own] = field(default_factory=dict)
    moved: set[Path] = field(default_factory=set)
    pairs: tuple[Pair, ...] = ()
    exceptions: frozenset[tuple[Path, int | None, int | None, int | None]] = frozenset()

    def part(self, path: Path, change: Change) -> Part:
        """The part that a change speaks of.

        Raises:
            RefusError: AVE-03, the base has none.
        """
        part = self.index.parts.get(path)
        if part is None:
            raise refused(f"« {' > '.join(path)} » n'existe pas dans ce texte", change=change.id)
        return part

    def at(self, path: Path) -> Own:
        """What changes in a part, to be added to."""
        return self.own.setdefault(path, Own())

    def refusal(self, change: Change, path: Path, message: str) -> RefusError:
        """The refusal of a change."""
        return refused(message, self.index, path, change.id)


_DIFFERS: Final = "le texte en vigueur n'est pas celui que la modification cite"
_TWICE: Final = "deux modifications portent sur la même chose"


def put(plan: Plan, change: Change) -> None:
    """Check a change on the base and note it.

    Raises:
        RefusError: AVE-03, the base is not what the change says.
    """
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


def _put_part(plan: Plan, change: Heading | ReplaceDivision | Repeal | Move | Renumber | ReplaceFile) -> None:
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


def _expect(plan: Plan, change: Change, path: Path, equal: bool, free: bool) -> None:
    if not equal:
        raise plan.refusal(change, path, _DIFFERS)
    if not free:
        raise plan.refusal(change, path, _TWICE)


def _put_arrival(plan: Plan, change: Insert | Move) -> None:
    here = plan.at(change.parent).arrivals.setdefault(change.after, [])
    parent = plan.part(change.parent, change)
    known = not change.after or any(child.id == change.after for child in parent.children)
    _expect(plan, change, change.parent, known, all(one.rank != change.rank for one in here))
    here.append(change)


def _put_words(plan: Plan, change: Words) -> None:
    path, rank = change.place.division, change.place.alinea
    lines = plan.part(path, change).lines
    line = lines[rank] if rank is not None and 0 <= rank < len(lines) else None
    if not isinstance(line, Alinea) or rank is None:
        raise plan.refusal(change, path, _DIFFERS)
    spans = _located(line, change)
    if spans is None or (change.place.words not in spans):
        raise plan.refusal(change, path, _DIFFERS)
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


def _put_lines(plan: Plan, change: Alineas) -> None:
    lines = plan.part(change.division, change).lines
    equal = _same(lines[change.start : change.end], change.old) and change.end <= len(lines)
    _expect(plan, change, change.division, equal, True)
    plan.at(change.division).runs.append(change)


def _same(a: Sequence[Line | TableRow], b: Sequence[Line | TableRow]) -> bool:
    return [one.key for one in a] == [one.key for one in b]


def _table(plan: Plan, change: Change, path: Path, rank: int | None) -> TableAlinea:
    lines = plan.part(path, change).lines
    line = lines[rank] if rank is not None and 0 <= rank < len(lines) else None
    if not isinstance(line, TableAlinea):
        raise plan.refusal(change, path, _DIFFERS)
    return line


def _put_rows(plan: Plan, change: Rows) -> None:
    rows = _table(plan, change, change.division, change.alinea).rows
    equal = _same(rows[change.start : change.end], change.old) and change.end <= len(rows)
    _expect(plan, change, change.division, equal, True)
    plan.at(change.division).rows.setdefault(change.alinea, []).append(change)


def _put_cell(plan: Plan, change: Cell) -> None:
    place = change.place
    table = _table(plan, change, place.division, place.alinea)
    row, column = place.row or 0, place.column or 0
    inside = row < len(table.rows) and column < len(table.rows[row].cells)
    equal = inside and table.rows[row].cells[column].key == change.old.key
    cells = plan.at(place.division).cells.setdefault(place.alinea or 0, {})
    _expect(plan, change, place.division, equal, (row, column) not in cells)
    cells[row, column] = change


# --- claims -------------------------------------------------------------------------------------------------


def check_claims(plan: Plan) -> None:
    """Claims are disjoint, and nothing is claimed inside what goes or is rewritten, except what moves out of it.

    Raises:
        RefusError: AVE-03, two changes take the same thing.
    """
    for path, own in plan.own.items():
        taken = _taken(plan, path)
        if taken and (own.speaks or own.gone or own.whole or (own.number is not None and path not in plan.moved)):
            raise refused(_TWICE, plan.index, path)
        rewritten = own.gone or own.whole is not None
        if (own.gone and (own.whole is not None or path in plan.moved)) or (rewritten and own.speaks):
            raise refused(_TWICE, plan.index, path)
        _check_lines(plan, path, own)


def _taken(plan: Plan, path: Path) -> bool:
    """Whether a part that holds this one goes or is rewritten; what moves takes all that it holds along."""
    for size in range(len(path), 0, -1):
        own = plan.own.get(path[:size])
        if size < len(path) and own is not None and (own.gone or own.whole):
            return True
        if path[:size] in plan.moved:
            return False
    return False


def _check_lines(plan: Plan, path: Path, own: Own) -> None:
    runs = sorted((one.start, one.end) for one in own.runs)
    inside = {rank for start, end in runs for rank in range(start, end)}
    wrong = _overlap(runs) or bool(inside & {*own.words, *own.rows, *own.cells})
    for stitches in own.words.values():
        wrong = wrong or _overlap(sorted((one.start, one.end) for one in stitches))
    for rank, changes in own.rows.items():
        spans = sorted((one.start, one.end) for one in changes)
        rows = {row for row, _ in own.cells.get(rank, {})}
        wrong = wrong or _overlap(spans) or any(start <= row < end for start, end in spans for row in rows)
    if wrong:
        raise refused(_TWICE, plan.index, path)


def _overlap(spans: Sequence[Span]) -> bool:
    """Whether two of these sorted spans share something; a gap is shared by none."""
    return any(two[0] < one[1] or one == two for one, two in pairwise(spans))
