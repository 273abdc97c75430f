"""The marks of list items are numbers too: an item that stays keeps its own, one that arrives is « 2° bis ».

Otherwise each item inserted would amend all that follow. An item that takes the place of another takes its mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from convgen.acte.markers import is_counted, markers_of
from convgen.acte.nodes import Block, Division, ListBlock, ListItem, Paragraph, Section
from convgen.amend.numeros.numeros import Rank, Style, given, read, write
from convgen.amend.texte.aligner import align_lines, rising
from convgen.amend.texte.arbre import Alinea, Line
from convgen.amend.texte.inlines import lines_of
from convgen.amend.texte.normaliser import lines_in

_FORMS: Final = {"1°": "1", "1.": "1", "a)": "a"}


def frozen_markers(blocks: tuple[Block, ...], old: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a division with the marks of its counted lists typed.

    Args:
        blocks: Those of the new version, its sub-divisions included, which are left as they are.
        old: The alinéas of the division in the text in force; none when it is new.
    """
    if not any(isinstance(one, ListBlock) for one in _flat(blocks)):
        return blocks
    new = lines_in(blocks)
    return _Marker(old, {j: i for i, j in align_lines(old, new)}).blocks(blocks)


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _flat(block.blocks)
        else:
            yield block


def read_marker(marker: str, style: str) -> Rank | None:
    """The rank of a mark: « 2° bis », « c) », « 4. »."""
    form = _FORMS.get(style)
    sign = style[-1:]
    if form is None or sign not in marker:
        return None
    return read(marker.replace(sign, "", 1), form)


def write_marker(rank: Rank, style: str) -> str:
    """The mark as printed: « 2° bis », « a bis) », « 2 bis. »."""
    text = write(rank, Style(_FORMS[style]))
    if style != "1°":
        return f"{text}{style[-1]}"
    head, space, tail = text.partition(" ")
    return f"{head}°{space}{tail}"


@dataclass(slots=True)
class _Marker:
    """Goes through the lists in the order of their alinéas."""

    old: Sequence[Line]
    old_of: Mapping[int, int]
    cursor: int = 0
    used: set[int] = field(default_factory=set)

    def blocks(self, blocks: tuple[Block, ...], shape: str = "") -> tuple[Block, ...]:
        out: list[Block] = []
        for block in blocks:
            match block:
                case Section():
                    out.append(replace(block, blocks=self.blocks(block.blocks, shape)))
                case ListBlock():
                    out.append(self._list(block, f"{shape} {block.style}".strip()))
                case Division():
                    out.append(block)
                case _:
                    self.cursor += len(lines_in((block,)))
                    out.append(block)
        return tuple(out)

    def _list(self, block: ListBlock, shape: str) -> ListBlock:
        firsts: list[int | None] = []
        items: list[ListItem] = []
        for item in block.items:
            first, inner = self._item(item, shape)
            firsts.append(first)
            items.append(replace(item, blocks=inner))
        if not is_counted(block.style):
            return replace(block, items=tuple(items))
        marks = self._marks(block, shape, firsts)
        return replace(block, items=tuple(replace(one, marker=mark) for one, mark in zip(items, marks, strict=True)))

    def _item(self, item: ListItem, shape: str) -> tuple[int | None, tuple[Block, ...]]:
        first: int | None = None
        inner: list[Block] = []
        for block in item.blocks:
            if isinstance(block, Paragraph):
                count = len(lines_of(block.inlines))
                if first is None and count:
                    first = self.cursor
                self.cursor += count
                inner.append(block)
            else:
                inner.extend(self.blocks((block,), shape))
        return first, tuple(inner)

    def _marks(self, block: ListBlock, shape: str, firsts: Sequence[int | None]) -> tuple[str, ...]:
        """The mark of each item: that of the item it answers to, else one in between."""
        olds = [self._answer(first, shape, block.style) for first in firsts]
        kept = self._kept(olds, block.style)
        if not kept:
            return markers_of(block)
        ranks: list[Rank] = []
        fixed = sorted(kept)
        for low, high in pairwise((None, *fixed, None)):
            start, end = 0 if low is None else low + 1, len(olds) if high is None else high
            below, above = (None if one is None else olds[one] for one in (low, high))
            ranks.extend(self._between(end - start, below, above, shape, block.style, kept, ranks))
            if high is not None:
                ranks.append(kept[high])
        return tuple(write_marker(rank, block.style) for rank in ranks)

    def _answer(self, first: int | None, shape: str, style: str) -> int | None:
        """The alinéa of the text in force that an item answers to, when it is an item with such a mark."""
        place = self.old_of.get(first) if first is not None else None
        return place if place is not None and self._rank(place, shape, style) is not None else None

    def _rank(self, place: int, shape: str, style: str) -> Rank | None:
        line = self.old[place]
        if not isinstance(line, Alinea) or line.shape != shape:
            return None
        return read_marker(line.marker, style)

    def _kept(self, olds: Sequence[int | None], style: str) -> dict[int, Rank]:
        """The items that keep their mark, by place: as many as can in increasing order."""
        known: dict[int, Rank] = {}
        for place, old in enumerate(olds):
            line = self.old[old] if old is not None else None
            rank = read_marker(line.marker, style) if isinstance(line, Alinea) else None
            if rank is not None:
                known[place] = rank
        places = list(known)
        order = {rank: value for value, rank in enumerate(sorted(set(known.values())))}
        return {places[one]: known[places[one]] for one in rising([order[known[place]] for place in places])}

    def _between(
        self,
        count: int,
        low: int | None,
        high: int | None,
        shape: str,
        style: str,
        kept: Mapping[int, Rank],
        before: Sequence[Rank],
    ) -> Iterator[Rank]:
        """The marks of the items that arrive in a gap: those of the items gone from it, then bis and ter."""
        if not count:
            return
        free = self._gone(low, high, shape, style)
        ceiling = self._rank(high, shape, style) if high is not None else None
        floor = before[-1] if before else None
        taken = {*kept.values(), *before, *free}
        for left in range(count, 0, -1):
            own = next((one for one in free if floor is None or one > floor), None) if len(free) >= 1 else None
            if own is not None and left >= 1:
                free = [one for one in free if one > own]
            else:
                own = given(floor, ceiling, taken, Style(_FORMS[style], latin=True))
            if own is None:
                return
            taken.add(own)
            floor = own
            yield own

    def _gone(self, low: int | None, high: int | None, shape: str, style: str) -> list[Rank]:
        """The marks of the items of the list in force that stood in a gap and answer to nothing."""
        answered = set(self.old_of.values())
        start = low + 1 if low is not None else self._edge(high, shape, -1)
        end = high if high is not None else self._edge(low, shape, 1)
        found: list[Rank] = []
        for place in range(start, end):
            rank = self._rank(place, shape, style)
            if rank is not None and place not in answered:
                found.append(rank)
        return sorted(found)

    def _edge(self, place: int | None, shape: str, step: int) -> int:
        """Where the list that holds an alinéa begins or ends."""
        at = place if place is not None else 0
        while 0 <= at + step < len(self.old):
            line = self.old[at + step]
            if not isinstance(line, Alinea) or not f"{line.shape} ".startswith(f"{shape} "):
                break
            at += step
        return at if step < 0 else at + 1
