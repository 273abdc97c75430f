"""Which page things fall on, estimated: the rules of Word and LibreOffice on whole pages, played on heights only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

ORPHANS = 2  # lines of a paragraph that never stand alone at the foot or the head of a page


@dataclass(slots=True)
class Spot:
    """The page of a heading; it changes when the heading follows what it is kept with."""

    page: int


@dataclass(slots=True)
class Pager:
    """A column of pages being filled. Lengths are in twentieths of a point.

    Attributes:
        limit: the height of the lines of a page.
        y: what the page holds, without the room below the last paragraph, which is `after`.
        page: its number, from 1.
        chain: the height of the paragraphs at its foot that stay with what comes next; `spots` are theirs.
        repeated: the header rows of the table that goes on, printed again on each page.
    """

    limit: float
    y: float = 0.0
    after: float = 0.0
    page: int = 1
    chain: float = 0.0
    spots: list[Spot] = field(default_factory=list)
    repeated: float = 0.0

    def turn(self, limit: float = 0.0) -> None:
        """Go on to a new page, of another height when `limit` is given."""
        self.page += 1
        self.y = self.after = self.chain = 0.0
        self.spots = []
        self.limit = limit or self.limit

    def spot(self) -> Spot:
        """The page of the paragraph just placed."""
        made = Spot(self.page)
        if self.chain:
            self.spots.append(made)
        return made

    def place(
        self, lines: int, line: float, before: float = 0.0, after: float = 0.0, keep: bool = False, whole: bool = True
    ) -> None:
        """Place a paragraph of so many lines of the given height.

        Args:
            lines: how many.
            line: the height of each.
            before: room above, shared with the room below the paragraph before.
            after: room below.
            keep: it stays with the next one.
            whole: its lines stay together.
        """
        gap = max(before, self.after)
        height = lines * line
        if self.y + gap + height <= self.limit + 1:
            self.y += gap + height
            if keep:  # the room above the first one is lost at the head of a page
                self.chain += height + (gap if self.chain else 0.0)
            elif self.chain:
                self.chain, self.spots = 0.0, []
        else:
            head = min(int((self.limit + 1 - self.y - gap) // line), lines - ORPHANS)
            if whole or head < ORPHANS:
                self._move(height, gap, keep)
            else:
                self._split((lines - head) * line, keep)
        self.after = after

    def _move(self, height: float, gap: float, keep: bool) -> None:
        chain, spots = self.chain, self.spots
        if not 0 < chain + gap + height < min(self.y, self.limit) + height or chain + gap + height > self.limit:
            chain, spots = 0.0, []  # nothing to bring along, or too much of it
        self.page += 1
        for spot in spots:
            spot.page = self.page
        self.y = chain + (gap if chain else 0.0) + self.repeated + height
        pages, self.y = divmod(self.y, self.limit)
        self.page += int(pages)
        self.chain, self.spots = (self.y, spots) if keep else (0.0, [])

    def _split(self, rest: float, keep: bool) -> None:
        self.page += 1
        pages, self.y = divmod(rest, self.limit)
        self.page += int(pages)
        self.chain, self.spots = (self.y if keep else 0.0), []


#: A paragraph as `Pager.place` is told of it.
Placed: TypeAlias = tuple[int, float, float, float, bool, bool]


@dataclass(slots=True)
class Recorder(Pager):
    """A pager that only takes note of what it is told."""

    placed: list[Placed] = field(default_factory=list)

    def place(
        self, lines: int, line: float, before: float = 0.0, after: float = 0.0, keep: bool = False, whole: bool = True
    ) -> None:
        """Take note of a paragraph."""
        self.placed.append((lines, line, before, after, keep, whole))
