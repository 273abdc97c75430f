"""Applying changes to the base they were made for: every precondition is checked, then the tree is rebuilt once.

Nothing depends on the order of the changes: each is located on the base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from convgen.amend.changements.changements import Change, Delta, Insert
from convgen.amend.changements.plan import Own, Plan, check_claims, put, refused
from convgen.amend.changements.termes import substituted_line
from convgen.amend.numeros.numeros import follow, relabelled
from convgen.amend.texte.arbre import (
    Alinea,
    Line,
    Part,
    Path,
    TableAlinea,
    TableCell,
    TableRow,
    fingerprint,
    first_difference,
)
from convgen.amend.texte.couture import Stitch, stitched
from convgen.amend.texte.forme import Span
from convgen.amend.texte.lieux import index_of

_T = TypeVar("_T")
Where: TypeAlias = tuple[Path, int | None, int | None, int | None]


def apply(delta: Delta, base: Part) -> Part:
    """The new version.

    Raises:
        RefusError: AVE-03, the base is not the one the changes were made for.
    """
    if fingerprint(base) != delta.base:
        raise refused("ce texte n'est pas celui pour lequel les modifications ont été établies")
    return apply_changes(delta.changes, base)


def apply_changes(changes: Iterable[Change], base: Part) -> Part:
    """The base with the changes made, whatever the rest of it says.

    Raises:
        RefusError: AVE-03, the base differs where a change speaks, or two changes take the same words.
    """
    plan = Plan(index_of(base))
    for change in changes:
        put(plan, change)
    check_claims(plan)
    return _rebuilt(plan, (), "", "")


def verify(delta: Delta, base: Part, new: Part) -> None:
    """Check that the changes give the new version, « en droit ».

    Raises:
        RefusError: AVE-03, they do not; the place where they differ is named.
    """
    made = apply(delta, base)
    path = first_difference(made, new)
    if path is not None:
        raise refused("les modifications ne redonnent pas la nouvelle version", index_of(made), path)


def _rebuilt(plan: Plan, path: Path, old_parent: str, new_parent: str) -> Part:
    part, own = plan.index.parts[path], plan.own.get(path, Own())
    if own.whole is not None:
        return replace(own.whole.new, id=part.id)
    number = own.number if own.number is not None else follow(part.number, old_parent, new_parent)
    return replace(
        part,
        number=number,
        label=relabelled(part.label, part.number, number),
        file=part.file if own.file is None else own.file,
        title=own.heading.new if own.heading else _with_terms(plan, (path, None, None, None), part.title),
        lines=tuple(_rebuilt_lines(plan, path, part, own)),
        children=tuple(_rebuilt_children(plan, path, part, own, number)),
    )


def _rebuilt_children(plan: Plan, path: Path, part: Part, own: Own, number: str) -> Iterator[Part]:
    yield from _arrived(plan, own, "")
    for child in part.children:
        below = (*path, child.id)
        if below not in plan.moved and not plan.own.get(below, Own()).gone:
            yield _rebuilt(plan, below, part.number, number)
        yield from _arrived(plan, own, child.id)


def _arrived(plan: Plan, own: Own, after: str) -> Iterator[Part]:
    for change in sorted(own.arrivals.get(after, ()), key=lambda one: one.rank):
        if isinstance(change, Insert):
            yield from change.new
        else:
            yield _rebuilt(plan, change.division, "", "")


def _rebuilt_lines(plan: Plan, path: Path, part: Part, own: Own) -> Iterator[Line]:
    kept = [_rebuilt_line(plan, path, rank, line, own) for rank, line in enumerate(part.lines)]
    yield from _spliced(kept, [((one.start, one.end), one.new) for one in own.runs])


def _spliced(kept: Sequence[_T], runs: Iterable[tuple[Span, Sequence[_T]]]) -> Iterator[_T]:
    place = 0
    for (start, end), new in sorted(runs, key=lambda one: one[0]):
        yield from kept[place:start]
        yield from new
        place = end
    yield from kept[place:]


def _rebuilt_line(plan: Plan, path: Path, rank: int, line: Line, own: Own) -> Line:
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


def _cell(plan: Plan, where: Where, cell: TableCell) -> TableCell:
    return replace(cell, lines=tuple(_with_terms(plan, where, line) for line in cell.lines)) if plan.pairs else cell


def _with_terms(plan: Plan, where: Where, line: Alinea, stitches: Sequence[Stitch] = ()) -> Alinea:
    return stitched(line, stitches_at(plan, where, line, stitches))


def stitches_at(plan: Plan, where: Where, line: Alinea, stitches: Sequence[Stitch] = ()) -> Sequence[Stitch]:
    """What changes in a line: its changes of words, and the new terms where they say nothing."""
    if plan.pairs and not _excepted(plan, where):
        claimed = [(one.start, one.end) for one in stitches]
        return [*stitches, *substituted_line(line, plan.pairs, claimed)]
    return stitches


def _excepted(plan: Plan, where: Where) -> bool:
    path, rank, row, column = where
    levels = {(path, rank, None, None), (path, rank, row, None), (path, rank, row, column)}
    return not levels.isdisjoint(plan.exceptions)
