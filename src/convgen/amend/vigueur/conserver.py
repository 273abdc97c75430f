"""What an avenant does not touch keeps the text that was signed.

The new version of a signed convention is made from definitions and clauses, which may have been corrected since. What
is equal in the base made again and in the new version was not amended: it takes the words that were signed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Final

from convgen.acte.nodes import Acte, Annexe, Block, Division, Inlines, Reference, Zone

#: What is no text: where it comes from, and the number of the day.
_ASIDE: Final = frozenset({"origin", "number", "frozen_number"})
_ARTICLES: Final = "articles"


def over_signed(signed: Acte, again: Acte, new: Acte) -> Acte:
    """The new version, whose untouched parts are those that were signed.

    Args:
        signed: The text in force.
        again: The same, made again from the definitions of today.
        new: The new version, made the same day from the same definitions.
    """
    zones = tuple(_zone(zone, _zone_of(signed, zone.kind), _zone_of(again, zone.kind)) for zone in new.zones)
    annexes = _annexes(signed.annexes, again.annexes, new.annexes)
    return replace(
        new, zones=zones, annexes=annexes, number=signed.number if new.number == again.number else new.number
    )


def _zone_of(acte: Acte, kind: str) -> Zone | None:
    return next((zone for zone in acte.zones if zone.kind == kind), None)


def _zone(new: Zone, signed: Zone | None, again: Zone | None) -> Zone:
    if signed is None or again is None:
        return new
    return replace(new, blocks=_blocks(signed.blocks, again.blocks, new.blocks))


def _blocks(signed: Sequence[Block], again: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a part: its own, then its divisions, each signed unless it changes."""
    own = [_own(one) for one in (signed, again, new)]
    kept = own[0] if _same(own[1], own[2]) else own[2]
    return (*kept, *_divisions(*(_sub(one) for one in (signed, again, new))))


def _own(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Division))


def _sub(blocks: Iterable[Block]) -> tuple[Division, ...]:
    return tuple(block for block in blocks if isinstance(block, Division))


def _divisions(signed: Sequence[Division], again: Sequence[Division], new: Sequence[Division]) -> tuple[Division, ...]:
    olds, mades = {one.id: one for one in signed}, {one.id: one for one in again}
    made: list[Division] = []
    for one in new:
        if one.id in olds and one.id in mades:
            made.append(_division(olds[one.id], mades[one.id], one))
        elif one.id not in mades:
            made.append(one)  # the avenant brings it; what only the definitions of today have was not signed
    _put_back([one.id for one in signed], olds, mades, made)
    return tuple(made)


def _division(signed: Division, again: Division, new: Division) -> Division:
    if _same(again, new):
        return signed
    title = _inlines(signed.title, again.title, new.title)
    return replace(new, title=title, blocks=_blocks(signed.blocks, again.blocks, new.blocks))


def _inlines(signed: Inlines, again: Inlines, new: Inlines) -> Inlines:
    return signed if _same(again, new) else new


def _put_back(
    order: Sequence[str], olds: Mapping[str, Division], mades: Mapping[str, Division], made: list[Division]
) -> None:
    """What was signed and that the definitions of today no longer have stays after what it followed."""
    for rank, name in enumerate(order):
        if name in mades or any(one.id == name for one in made):
            continue
        before = set(order[:rank])
        place = max((place + 1 for place, one in enumerate(made) if one.id in before), default=0)
        made.insert(place, olds[name])


def _annexes(signed: Sequence[Annexe], again: Sequence[Annexe], new: Sequence[Annexe]) -> tuple[Annexe, ...]:
    olds, mades = {one.id: one for one in signed}, {one.id: one for one in again}
    made: list[Annexe] = []
    for one in new:
        old, same = olds.get(one.id), mades.get(one.id)
        if old is not None and same is not None:
            changed = replace(
                one,
                title=_inlines(old.title, same.title, one.title),
                blocks=_blocks(old.blocks, same.blocks, one.blocks),
            )
            made.append(old if _same(same, one) else changed)
        elif same is None:
            made.append(one)
    kept = {one.id for one in made}
    return (*made, *(one for one in signed if one.id not in kept and one.id not in mades))


def _same(a: object, b: object) -> bool:
    return _key(a) == _key(b)


def _key(node: object) -> Hashable:
    """What a node says, without its place, its number, nor the number that its references print."""
    if isinstance(node, tuple | list):
        return tuple(_key(one) for one in node)
    if isinstance(node, Reference):
        return ("renvoi", node.target, node.form, node.capital)
    if is_dataclass(node):
        return (type(node).__name__, *(_key(getattr(node, one.name)) for one in fields(node) if one.name not in _ASIDE))
    return node if isinstance(node, Hashable) else repr(node)
