"""An act that shows its changes: what a base says, what a new version says, told apart as an avenant tells them.

It is made from the changes, never by comparing two texts: what no change speaks of stays, be it printed otherwise.
Refusing everything gives the base, accepting everything the new version; what an avenant does not carry (visas,
letterhead) is the base's. Numbers and marks of lists are typed, so that none changes when a change is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeAlias

from convgen.acte.markers import markers_of
from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Acte,
    Annexe,
    Block,
    Deleted,
    Division,
    Inlines,
    Inserted,
    ListBlock,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    Tracked,
    Zone,
)
from convgen.amend.changements.changements import Delta, Insert, ReplaceFile
from convgen.amend.changements.plan import Own, Plan, put
from convgen.amend.suivi.alineas import Side, different, tracked_lines
from convgen.amend.suivi.blocs import units_of
from convgen.amend.suivi.titres import headed, run_in_label, typed_number
from convgen.amend.texte.arbre import Part, Path, part_key
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.lieux import index_of
from convgen.amend.texte.normaliser import ZONES, normal

_Node: TypeAlias = Division | Annexe | Zone


@dataclass(frozen=True, slots=True)
class View:
    """A part and the node it comes from, with its own blocks."""

    part: Part
    node: _Node
    blocks: tuple[Block, ...]
    children: tuple[View, ...] = ()
    zone: Zone | None = None


def tracked(base: Acte, new: Acte, delta: Delta, files: Mapping[str, str] | None = None) -> Acte:
    """The act that shows the changes.

    Args:
        base: The text in force.
        new: The new version, with its final numbers.
        delta: The changes from the one to the other.
        files: The digests of the annexes of the base that are foreign files, when the changes know them.

    Raises:
        RefusError: AVE-03, the changes do not apply to the base.
        DefinitionError: AVE-02, two parts have the same identifier.
    """
    part = normal(base, files)
    plan = Plan(index_of(part))
    for change in delta.changes:
        if not isinstance(change, ReplaceFile):
            put(plan, change)
    made = _Made()
    for change_kind, old, young in _sequence(plan, (), _views(base, part), _views(new, normal(new))):
        _place(plan, made, change_kind, old, young)
    named = joined_files(base, new, delta)
    annexes = [_with_files(one, *(lines.get(one.id, "") for lines in named)) for one in made.annexes]
    changes_title = tokens_of(base.title) != tokens_of(new.title)
    return replace(
        base,
        title=new.title,
        former_title=base.title if changes_title else "",
        zones=tuple(Zone(zone.kind, _typed(zone.blocks)) for zone in _zones(base, new, made)),
        annexes=tuple(replace(one, blocks=_typed(one.blocks)) for one in annexes),
    )


def joined_files(base: Acte, new: Acte, delta: Delta) -> tuple[dict[str, str], dict[str, str]]:
    """What names the file that an annexe is, before and after, by identifier; only for the files replaced.

    The acts themselves do not print it: the text that shows its changes has to.
    """
    olds, news = ({annexe.id: annexe for annexe in acte.annexes} for acte in (base, new))
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for change in delta.changes:
        name = change.division[-1] if isinstance(change, ReplaceFile) else ""
        if name not in olds or name not in news:
            continue
        old, young = (PurePosixPath(acts[name].file).name for acts in (olds, news))
        before[name] = f"Fichier joint : {old}" if old else ""
        after[name] = f"Fichier joint : {young}{' (nouvelle version)' if old == young else ''}" if young else ""
    return before, after


def naming_files(acte: Acte, lines: Mapping[str, str]) -> Acte:
    """One of the two versions, naming the files replaced as the text that shows its changes does."""
    named = (
        replace(one, blocks=(Paragraph((Text(lines[one.id]),)), *one.blocks)) if lines.get(one.id) else one
        for one in acte.annexes
    )
    return replace(acte, annexes=tuple(named))


def _with_files(annexe: Annexe, old: str, new: str) -> Annexe:
    if not old and not new:
        return annexe
    gone: Inlines = (Deleted((Text(old),)),) if old else ()
    come: Inlines = (Inserted((Text(new),)),) if new else ()
    return replace(annexe, file="", blocks=(Paragraph((*gone, *come)), *annexe.blocks))


@dataclass(slots=True)
class _Made:
    """The act being made."""

    zones: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    divisions: list[Block] = field(default_factory=list)
    annexes: list[Annexe] = field(default_factory=list)


_Step: TypeAlias = tuple[str, View | None, View | None]


def _sequence(plan: Plan, path: Path, old: Iterable[View], new: Iterable[View]) -> Iterator[_Step]:
    """The parts below a part, in order: those that stay with their new version, those that go, those that come."""
    own = plan.own.get(path, Own())
    olds, news = list(old), iter(list(new))
    if own.whole is not None:
        yield from _rewritten(plan, path, olds, list(news))
        return
    yield from _arrived(own, "", news)
    for one in olds:
        below = (*path, one.part.id)
        if below in plan.moved or plan.own.get(below, Own()).gone:
            yield DELETION, one, None
        else:
            yield "", one, next(news, None)
        yield from _arrived(own, one.part.id, news)


def _rewritten(plan: Plan, path: Path, olds: list[View], news: list[View]) -> Iterator[_Step]:
    """The parts below one that is rewritten whole: those that come back word for word stay."""
    keys = [() if (*path, one.part.id) in plan.moved else part_key(one.part) for one in olds]
    place = other = 0
    for start, end, count, _ in [*different(keys, [part_key(one.part) for one in news]), (len(olds), len(olds), 0, 0)]:
        for one in olds[place:start]:
            yield "", one, news[other]
            other += 1
        yield from ((DELETION, one, None) for one in olds[start:end])
        yield from ((INSERTION, None, one) for one in news[other : other + count])
        place, other = end, other + count


def _arrived(own: Own, after: str, news: Iterator[View]) -> Iterator[_Step]:
    for change in own.arrivals.get(after, ()):
        for _ in change.new if isinstance(change, Insert) else (change,):
            yield INSERTION, None, next(news, None)


def _place(plan: Plan, made: _Made, change: str, old: View | None, new: View | None) -> None:
    view = new if change == INSERTION else old
    if view is None:
        return
    match view.node:
        case Annexe():
            made.annexes.append(_annexe(plan, change, view, view.node, new))
        case Zone(kind=kind):
            made.zones[kind] = _whole(change, view) if change else _part(plan, (view.part.id,), view, new)
        case Division():
            blocks = _whole(change, view) if change else _part(plan, (view.part.id,), view, new)
            if view.zone is None:
                made.divisions.extend(blocks)
            else:
                around = (blocks if one is view.node else (one,) for one in view.zone.blocks)
                made.zones[view.zone.kind] = tuple(block for group in around for block in group)


def _whole(change: str, view: View) -> tuple[Block, ...]:
    """A part that comes or goes with all it holds."""
    return (Tracked(change, (view.node,) if isinstance(view.node, Division) else view.blocks),)


def _annexe(plan: Plan, change: str, view: View, node: Annexe, new: View | None) -> Annexe:
    if change or new is None or not isinstance(new.node, Annexe):
        number = typed_number(node.number)
        return replace(node, number=number, change=change)
    path = (view.part.id,)
    heading = headed(plan, path, (view.part, node.number, node.title), (new.part, new.node.number, new.node.title))
    return replace(node, number=heading.number, title=heading.title, blocks=_content(plan, path, view, new))


def _part(plan: Plan, path: Path, old: View, new: View | None) -> tuple[Block, ...]:
    """A division or a zone that stays."""
    if new is None or type(new.node) is not type(old.node):
        return _whole(DELETION, old) + (_whole(INSERTION, new) if new else ())
    content = _content(plan, path, old, new)
    node, other = old.node, new.node
    if not isinstance(node, Division) or not isinstance(other, Division):
        return content
    heading = headed(
        plan,
        path,
        (old.part, node.number, node.title),
        (new.part, other.number, other.title),
        run_in=(bool(run_in_label(node)), bool(run_in_label(other))),
    )
    made = replace(node, number=heading.number, title=heading.title, blocks=content)
    apart = (replace(node, number=None, title=heading.apart, blocks=()),) if heading.apart else ()
    return (*((Tracked(heading.change, apart),) if apart else ()), made)


def _content(plan: Plan, path: Path, old: View, new: View) -> tuple[Block, ...]:
    """The own blocks of a part that stays, then the parts below; what does not change keeps its own order."""
    if _text_after_parts(new) and part_key(old.part) == part_key(new.part):
        return new.node.blocks
    sides = Side(old.part, old.blocks, _label(old)), Side(new.part, new.blocks, _label(new))
    blocks = [*tracked_lines(plan, path, *sides)]
    for change, one, other in _sequence(plan, path, old.children, new.children):
        view = other if change == INSERTION else one
        if view is None or not isinstance(view.node, Division):
            continue
        if change:
            blocks.extend(_whole(change, view))
        else:
            blocks.extend(_part(plan, (*path, view.part.id), view, other))
    return tuple(blocks)


def _text_after_parts(view: View) -> bool:
    """Whether text follows a part below, which nothing could designate if it changed."""
    if isinstance(view.node, Zone):
        return False
    parts = [isinstance(block, Division) for block in view.node.blocks]
    return any(one and not other for one, other in pairwise(parts))


def _label(view: View) -> Inlines:
    return run_in_label(view.node) if isinstance(view.node, Division) else ()


# --- the parts and their nodes ------------------------------------------------------------------------------


def _views(acte: Acte, part: Part) -> list[View]:
    """The parts of an act with their nodes, in the order of `normaliser.normal`."""
    parts = iter(part.children)
    known = {child.id for child in part.children}
    out: list[View] = []
    for zone in acte.zones:
        if zone.kind not in ZONES:
            continue
        divisions = list(_divisions(zone.blocks))
        lines = any(unit.amendable for unit in units_of(zone.blocks))
        if zone.kind != "articles":
            if ZONES[zone.kind][0] in known:
                out.append(_zone_view(next(parts), zone, divisions, lines))
            continue
        if lines:
            out.append(View(next(parts), zone, _own(zone.blocks)))
        out.extend(_view(next(parts), node) for node in divisions)
    out.extend(
        View(found, annexe, annexe.blocks, _below(found, annexe.blocks))
        for annexe, found in zip(acte.annexes, parts, strict=True)
    )
    return out


def _zone_view(part: Part, zone: Zone, divisions: list[Division], lines: bool) -> View:
    if len(divisions) == 1 and not lines and not (divisions[0].number and divisions[0].number.text):
        # The normal form takes a lone division without a number for the zone itself.
        return replace(_view(part, divisions[0]), zone=zone)
    return View(part, zone, zone.blocks, _below(part, zone.blocks), zone)


def _view(part: Part, node: Division) -> View:
    return View(part, node, node.blocks, _below(part, node.blocks))


def _below(part: Part, blocks: Iterable[Block]) -> tuple[View, ...]:
    return tuple(_view(child, node) for child, node in zip(part.children, _divisions(blocks), strict=True))


def _divisions(blocks: Iterable[Block]) -> Iterator[Division]:
    """The divisions right below, those of sections too."""
    for block in blocks:
        if isinstance(block, Division):
            yield block
        elif isinstance(block, Section):
            yield from _divisions(block.blocks)


def _own(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks that hold no division."""
    return tuple(one for one in blocks if not isinstance(one, Division) and not any(_divisions((one,))))


def _zones(base: Acte, new: Acte, made: _Made) -> Iterator[Zone]:
    """The zones of the base, and each that comes after those that stand before it in the new version."""
    known = {zone.kind for zone in base.zones}
    coming = [zone for zone in new.zones if zone.kind in made.zones and zone.kind not in known]
    before = {zone.kind: {one.kind for one in new.zones[:place]} for place, zone in enumerate(new.zones)}
    places = {
        zone.kind: max((rank for rank, one in enumerate(base.zones) if one.kind in before[zone.kind]), default=-1)
        for zone in coming
    }
    for rank in range(-1, len(base.zones)):
        if rank >= 0:
            yield _zone(base.zones[rank], made)
        yield from (_zone(zone, made) for zone in coming if places[zone.kind] == rank)


def _zone(zone: Zone, made: _Made) -> Zone:
    if zone.kind not in ZONES:
        return zone
    if zone.kind != "articles":
        return Zone(zone.kind, made.zones.get(zone.kind, ()))
    return Zone(zone.kind, (*made.zones.get(zone.kind, _own(zone.blocks)), *made.divisions))


# --- nothing is counted any more ----------------------------------------------------------------------------


def _typed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with their numbers and the marks of their lists typed."""
    return tuple(_typed_block(block) for block in blocks)


def _typed_block(block: Block) -> Block:
    match block:
        case Division():
            return replace(block, number=typed_number(block.number), blocks=_typed(block.blocks))
        case Section() | Tracked():
            return replace(block, blocks=_typed(block.blocks))
        case ListBlock():
            items = zip(block.items, markers_of(block), strict=True)
            return replace(
                block, items=tuple(replace(one, blocks=_typed(one.blocks), marker=mark) for one, mark in items)
            )
        case Table():
            return replace(block, header=_typed_rows(block.header), rows=_typed_rows(block.rows))
    return block


def _typed_rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(
        replace(row, cells=tuple(replace(cell, blocks=_typed(cell.blocks)) for cell in row.cells)) for row in rows
    )
