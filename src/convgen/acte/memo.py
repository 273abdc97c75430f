"""What was worked out of a node, found again from one act to the next by the node itself."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from convgen.acte.nodes import Division, Scheme

MAX_KEPT = 8192
MAX_SCHEMES = 16

Made = TypeVar("Made")


class Memo(Generic[Made]):
    """Nodes never change, and the acts of one library share them: what one gave, it gives again.

    An entry belongs to a node (by identity) and a way of using it. The node is kept with it, so that no other node
    may ever have the same identity. Emptied when full.
    """

    __slots__ = ("_kept", "_limit")

    def __init__(self, limit: int = MAX_KEPT) -> None:
        self._limit = limit
        self._kept: dict[tuple[int, Hashable], tuple[object, Made]] = {}

    def find(self, node: object, use: Hashable) -> Made | None:
        """What the node gave, None when it was never seen."""
        found = self._kept.get((id(node), use))
        return None if found is None else found[1]

    def keep(self, node: object, use: Hashable, made: Made) -> Made:
        """Remember what the node gave."""
        if len(self._kept) >= self._limit:
            self._kept.clear()
        self._kept[id(node), use] = (node, made)
        return made


@dataclass(slots=True)
class TreeMemo:
    """What acts share of the work on whole trees.

    Attributes:
        numbered: by scheme, the divisions below the articles, numbered.
        holders: whether blocks, paragraphs apart, hold a reference or a note.
    """

    numbered: dict[Scheme, Memo[Division]] = field(default_factory=dict)
    holders: Memo[bool] = field(default_factory=Memo)

    def of_scheme(self, scheme: Scheme) -> Memo[Division]:
        """The divisions numbered with a scheme."""
        if len(self.numbered) > MAX_SCHEMES and scheme not in self.numbered:
            self.numbered.clear()
        return self.numbered.setdefault(scheme, Memo())
