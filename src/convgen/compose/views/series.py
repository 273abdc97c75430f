"""Views on series of the act itself: its annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convgen.compose.atoms import Atom, LineAtom, RefAtom, SeriesAtom
from convgen.compose.views.base import AtomView, PrintableView


@dataclass(frozen=True, slots=True)
class AnnexesView(PrintableView):
    """`annexes`: iterates over the annexes; `| liste` prints number and title of each."""

    ids: tuple[str, ...]

    def atom(self) -> Atom:
        """« l'annexe 1, l'annexe 2 et l'annexe 3 »."""
        return SeriesAtom(tuple(RefAtom(one) for one in self.ids))

    def __iter__(self) -> Iterator[AtomView]:
        # "annexe 1 : title": the article of a reference has no place at the head of a list item
        return (AtomView(LineAtom((RefAtom(one, "nu"), "\u00a0: ", RefAtom(one, "titre")))) for one in self.ids)

    def __len__(self) -> int:
        return len(self.ids)
