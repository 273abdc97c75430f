"""The new text built once, from the base and all that the sentences of an avenant ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from convgen.amend.changements.termes import found_terms
from convgen.amend.lire.base import Div, Unit, number_key, units_of
from convgen.amend.lire.lieux import Unread, rank_of
from convgen.amend.lire.plan import Claims, Given, Plan, Stitch, Where
from convgen.amend.numeros.numeros import follow, relabelled
from convgen.amend.texte.forme import Tokens, join, tokens_of
from convgen.amend.texte.imprime import ANNEXE, CHAPTER, FILE, ZONE, ZONE_SEPARATOR, PrintedLine

_T = TypeVar("_T")
_SEPARATOR: Final = " – "
#: Articles that arrive in a gap come before chapters, which would take them in; annexes come last.
_ORDER: Final = {CHAPTER: 1, ANNEXE: 2}


def built(plan: Plan) -> tuple[PrintedLine, ...]:
    """The new text.

    Raises:
        Unread: Two sentences take the same thing, or what is said of a rank is false.
    """
    plan.check()
    made = tuple(_Builder(plan).div(plan.root, "", ""))
    for place in plan.becoming:
        rank = plan.ranks.get((id(place.div), place.start or 0))
        if rank is None or rank_of(place.becomes, plan.counts[id(place.div)]) != rank:
            raise Unread(f"l'alinéa ne devient pas le « {place.becomes} »")
    return made


@dataclass(frozen=True, slots=True)
class _Builder:
    plan: Plan

    def div(self, div: Div, old_parent: str, new_parent: str) -> Iterator[PrintedLine]:
        own = self.plan.of(div)
        if own.whole is not None:
            yield from own.whole
            return
        number = own.number if own.number is not None else follow(div.number, old_parent, new_parent)
        if own.given is not None:
            yield from self._given(div, own.given, number)
            return
        if div is not self.plan.root:
            yield self._heading(div, own, number)
        if own.joined:
            yield PrintedLine(FILE, "fichier joint")
        else:
            if div.joined is not None:
                yield div.joined
            yield from self._units(div, own)
        yield from self._children(div, number)

    def _given(self, div: Div, given: Given, number: str) -> Iterator[PrintedLine]:
        yield given.heading
        yield from given.lines
        gap = 0
        for one in given.children:
            if isinstance(one, PrintedLine):
                yield one
                continue
            child = one if isinstance(one, Div) else one[0]
            place = div.children.index(child) + 1
            for before in range(gap, place):
                yield from self._arrived(div, before)
            gap = place
            if not isinstance(one, Div):
                yield from self._given(child, one[1], self.plan.new_number(child))
            elif not self.plan.of(child).gone and not self.plan.of(child).moved:
                yield from self.div(child, div.number, number)
        for before in range(gap, len(div.children) + 1):
            yield from self._arrived(div, before)

    def _children(self, div: Div, number: str) -> Iterator[PrintedLine]:
        for place, child in enumerate(div.children):
            yield from self._arrived(div, place)
            own = self.plan.of(child)
            if not own.gone and not own.moved:
                yield from self.div(child, div.number, number)
        yield from self._arrived(div, len(div.children))

    def _arrived(self, div: Div, place: int) -> Iterator[PrintedLine]:
        found = self.plan.arrivals.get(id(div), {}).get(place, [])
        for one in sorted(
            found, key=lambda one: (_ORDER.get(one.style, 0), number_key(one.number) if one.number else ())
        ):
            if one.moved is not None:
                yield from self.div(one.moved, "", "")
            else:
                yield from one.lines

    def _heading(self, div: Div, own: Claims, number: str) -> PrintedLine:
        title = div.text.title if own.title is None else own.title
        if own.title is None and (id(div), None, None, None) not in self.plan.exceptions:
            title = self._with_terms(title)
        label = relabelled(div.text.label, div.number, number) if number != div.number else div.text.label
        between = div.text.separator or (ZONE_SEPARATOR if div.style == ZONE else self._separator(div))
        text = f"{label}{between}{title}" if label and title else label or title
        return replace(div.heading, text=text)

    def _separator(self, div: Div) -> str:
        """What headings of that style print before their title."""
        usual = Counter(
            one.text.separator
            for one in self.plan.root.walk()
            if one.text.title and one.style == div.style and one.heading.level == div.heading.level
        )
        return usual.most_common(1)[0][0] if usual else _SEPARATOR

    def _with_terms(self, text: str) -> str:
        if not self.plan.pairs:
            return text
        tokens = tokens_of(text)
        found = found_terms(tokens, self.plan.pairs)
        return join(_sewn(tokens, [(*span, tokens_of(new)) for span, new in found])) if found else text

    # --- alinéas --------------------------------------------------------------------------------------------------

    def _units(self, div: Div, own: Claims) -> Iterator[PrintedLine]:
        new_rank, place = 0, 0
        for start, end, lines in [*sorted(own.runs, key=lambda one: one[:2]), (len(div.units), len(div.units), ())]:
            for rank in range(place, start):
                self.plan.ranks[id(div), rank] = new_rank
                new_rank += 1
                yield from self._unit(div, rank, own)
            new_rank += len(units_of(lines))
            yield from lines
            place = end
        self.plan.counts[id(div)] = new_rank

    def _unit(self, div: Div, rank: int, own: Claims) -> Iterator[PrintedLine]:
        unit = div.units[rank]
        if unit.is_table:
            yield from self._table(div, rank, own)
            return
        stitches = list(own.words.get(rank, ()))
        if self.plan.pairs and (id(div), rank, None, None) not in self.plan.exceptions:
            stitches.extend(self._terms(unit, stitches))
        if not stitches:
            yield unit.lines[0]
            return
        text = join(_sewn(tokens_of(unit.words), stitches))
        yield replace(unit.lines[0], text=unit.mark + text)

    def _terms(self, unit: Unit, claimed: Sequence[Stitch]) -> Iterator[Stitch]:
        for (start, end), new in found_terms(tokens_of(unit.words), self.plan.pairs):
            if not any(low < end and start < high for low, high, _ in claimed):
                yield start, end, tokens_of(new)

    def _table(self, div: Div, rank: int, own: Claims) -> Iterator[PrintedLine]:
        rows = div.units[rank].lines
        cells = own.cells.get(rank, {})
        made = []
        for row, line in enumerate(rows):
            texts = [
                cells[row, column] if (row, column) in cells else self._cell((id(div), rank, row, column), cell)
                for column, cell in enumerate(line.cells)
            ]
            made.append(replace(line, cells=tuple(texts), text=" · ".join(texts)))
        yield from _spliced(made, own.rows.get(rank, ()))

    def _cell(self, where: Where, text: str) -> str:
        div, rank, row, _ = where
        levels: set[Where] = {(div, rank, None, None), (div, rank, row, None), where}
        return text if not levels.isdisjoint(self.plan.exceptions) else self._with_terms(text)


def _sewn(tokens: Tokens, stitches: Sequence[Stitch]) -> Tokens:
    out: list[str] = []
    place = 0
    for start, end, new in sorted(stitches, key=lambda one: one[:2]):
        out.extend((*tokens[place:start], *new))
        place = end
    return (*out, *tokens[place:])


def _spliced(kept: Sequence[_T], runs: Sequence[tuple[int, int, Sequence[_T]]]) -> Iterator[_T]:
    place = 0
    for start, end, new in sorted(runs, key=lambda one: one[:2]):
        yield from kept[place:start]
        yield from new
        place = end
    yield from kept[place:]
