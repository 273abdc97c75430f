"""Anchors: what arrives between two parts that stay is placed after the one before, or before the one after.

One gap, one anchor, whatever arrives there: two arrivals that referred to two neighbours would be read in the wrong
order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from convgen.amend.changements.changements import Change, Move
from convgen.amend.texte.arbre import Path
from convgen.amend.texte.lieux import Index


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an arrival refers to: the part `path`, "apres" or "avant" it, or at the "fin" of it."""

    how: str
    path: Path


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a base where something arrives.

    Attributes:
        index: The base.
        moved: The parts that leave their place: none is an anchor.
        shared: The gaps in which a part is moved: parent and child before.
    """

    index: Index
    moved: frozenset[Path]
    shared: frozenset[tuple[Path, str]]

    def anchor(self, parent: Path, after: str) -> Anchor:
        """What arrives after the child `after` of a parent ("" for the first place) refers to."""
        children = self.index.parts[parent].children
        ranks = {child.id: rank for rank, child in enumerate(children)}
        place = ranks.get(after, -1) + 1
        following = [(*parent, child.id) for child in children[place:]]
        if after and self.index.parts[*parent, after].number:
            ending = not following and parent and (parent, after) not in self.shared
            return Anchor("fin", parent) if ending else Anchor("apres", (*parent, after))
        staying = next((path for path in following if path not in self.moved), None)
        if staying is not None:
            return Anchor("avant", staying)
        if after and children[place - 1 :] and (parent, after) in self.shared:
            return Anchor("apres", (*parent, after))
        return Anchor("fin", parent)


def gaps_of(changes: Iterable[Change], index: Index) -> Gaps:
    """The gaps where these changes make something arrive."""
    changes = list(changes)
    moves = [one for one in changes if isinstance(one, Move)]
    shared = {(one.parent, one.after) for one in moves}
    return Gaps(index, frozenset(one.division for one in moves), frozenset(shared))
