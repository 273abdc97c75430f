"""What the sentences of an avenant take possession of, and the new text built once from all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, TypeAlias, TypeVar

from convgen.amend.changements import Pair
from convgen.amend.forme import Span, Tokens, apart, join, occurrences, tokens_of
from convgen.amend.imprime import ANNEXE, CHAPTER, FILE, ZONE, ZONE_SEPARATOR, PrintedLine
from convgen.amend.lire_base import Div, Unit, number_key
from convgen.amend.lire_lieux import Target, Unread, name_of, rank_of
from convgen.amend.numeros import follow, relabelled
from convgen.amend.termes import found_terms

_T = TypeVar("_T")
Stitch: TypeAlias = tuple[int, int, Tokens]
Where: TypeAlias = tuple[int, int | None, int | None, int | None]

_TWICE: Final = "deux phrases portent sur la même chose"
_SEPARATOR: Final = " – "
#: Articles that arrive in a gap come before chapters, which would take them in; annexes come last.
_ORDER: Final = {CHAPTER: 1, ANNEXE: 2}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What arrives in a gap: printed lines, or a division of the base that moves there."""

    number: str
    style: str
    lines: tuple[PrintedLine, ...] = ()
    moved: Div | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A division given again by `pratique`: its heading, its own text, then its sub-divisions.

    Each sub-division is one left as it is (« (...) »), one given again too, or lines of the new text.
    """

    heading: PrintedLine
    lines: tuple[PrintedLine, ...]
    children: tuple[Div | tuple[Div, Given] | PrintedLine, ...]


@dataclass(slots=True)
class Claims:
    """What is said of a division."""

    title: str | None = None
    number: str | None = None
    gone: bool = False
    moved: bool = False
    joined: bool = False
    whole: tuple[PrintedLine, ...] | None = None
    given: Given | None = None
    words: dict[int, list[Stitch]] = field(default_factory=dict)
    runs: list[tuple[int, int, tuple[PrintedLine, ...]]] = field(default_factory=list)
    rows: dict[int, list[tuple[int, int, tuple[PrintedLine, ...]]]] = field(default_factory=dict)
    cells: dict[int, dict[tuple[int, int], str]] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        """Whether something is claimed inside."""
        return self.title is not None or self.joined or bool(self.words or self.runs or self.rows or self.cells)

    @property
    def taken(self) -> bool:
        """Whether the division goes, or is said again whole."""
        return self.gone or self.whole is not None or self.given is not None


@dataclass(slots=True)
class Plan:
    """The operations of an avenant, located on the base."""

    root: Div
    claims: dict[int, Claims] = field(default_factory=dict)
    divs: dict[int, Div] = field(default_factory=dict)
    arrivals: dict[int, dict[int, list[Arrival]]] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    exceptions: set[Where] = field(default_factory=set)
    becoming: list[Target] = field(default_factory=list)
    ranks: dict[tuple[int, int], int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)

    def at(self, div: Div) -> Claims:
        """What is said of a division, to be added to."""
        self.divs[id(div)] = div
        return self.claims.setdefault(id(div), Claims())

    def of(self, div: Div) -> Claims:
        """What is said of a division."""
        return self.claims.get(id(div), _NOTHING)

    # --- operations -----------------------------------------------------------------------------------------------

    def substitute(self, place: Target, old: str, new: str) -> None:
        """Words that occur once, replaced (removed when `new` is empty)."""
        self._stitch(place, self._once(place, old), new)

    def substitute_each(self, place: Target, old: str, new: str) -> None:
        """Words that occur twice or more, replaced wherever they do."""
        words = tokens_of(old)
        every = occurrences(words, self._tokens(place))
        if len(every) < 2 or apart(every, len(words)) != every:
            raise Unread(f"« {old} » n'a pas plusieurs occurrences distinctes")
        for start in every:
            self._stitch(place, (start, start + len(words)), new)

    def substitute_nth(self, place: Target, old: str, new: str, rank: str) -> None:
        """One occurrence of words that have several."""
        words = tokens_of(old)
        every = apart(occurrences(words, self._tokens(place)), len(words))
        start = every[rank_of(rank, len(every))]
        self._stitch(place, (start, start + len(words)), new)

    def add_after(self, place: Target, anchor: str, new: str) -> None:
        """Words inserted after others, which occur once."""
        _, end = self._once(place, anchor)
        self._stitch(place, (end, end), new)

    def add_first(self, place: Target, new: str) -> None:
        """Words added at the beginning."""
        self._stitch(place, (0, 0), new)

    def add_sentence(self, place: Target, new: str) -> None:
        """A sentence added at the end of an alinéa that ends with a full stop."""
        tokens, words = self._tokens(place), tokens_of(new)
        if tokens[-1:] != (".",) or words[-1:] != (".",) or not words[0][:1].isupper():
            raise Unread("une phrase s'ajoute après une phrase")
        self._stitch(place, (len(tokens), len(tokens)), new)

    def _tokens(self, place: Target) -> Tokens:
        if place.start is None or place.unit.is_table or place.title:
            raise Unread("des mots changent dans un alinéa de texte")
        return place.unit.droit

    def _once(self, place: Target, words: str) -> Span:
        wanted = tokens_of(words)
        found = occurrences(wanted, self._tokens(place))
        if len(found) != 1:
            raise Unread(f"« {words} » se trouve {len(found)} fois à cet endroit")
        return found[0], found[0] + len(wanted)

    def _stitch(self, place: Target, span: Span, new: str) -> None:
        self.note(place)
        self.at(place.div).words.setdefault(place.start or 0, []).append((*span, tokens_of(new)))

    def note(self, place: Target) -> None:
        """Keep what is said of the new rank of an alinéa, to be checked on the new text."""
        if place.becomes:
            self.becoming.append(place)

    def splice(self, div: Div, start: int, end: int, lines: Sequence[PrintedLine]) -> None:
        """Alinéas replaced, removed (no line) or inserted (`start == end`)."""
        self.at(div).runs.append((start, end, tuple(lines)))

    def splice_rows(self, place: Target, start: int, end: int, lines: Sequence[PrintedLine]) -> None:
        """Rows replaced, removed or inserted."""
        if not place.unit.is_table:
            raise Unread("ce n'est pas un tableau")
        self.at(place.div).rows.setdefault(place.start or 0, []).append((start, end, tuple(lines)))

    def set_cell(self, place: Target, old: str, new: str) -> None:
        """A cell replaced."""
        if place.rows is None or place.column is None or place.rows[1] - place.rows[0] != 1:
            raise Unread("il manque la ligne ou la colonne")
        row, column = place.rows[0], place.column
        if tokens_of(place.unit.lines[row].cells[column]) != tokens_of(old):
            raise Unread(f"cette case ne dit pas « {old} »")
        cells = self.at(place.div).cells.setdefault(place.start or 0, {})
        if (row, column) in cells:
            raise Unread(_TWICE)
        cells[row, column] = new

    def set_title(self, div: Div, title: str, *, had: bool) -> None:
        """Another title, a first one, or none (empty)."""
        if self.at(div).title is not None:
            raise Unread(_TWICE)
        if bool(div.text.title) != had:
            raise Unread(f"« {name_of(div)} » " + ("n'a pas d'intitulé" if had else "a déjà un intitulé"))
        self.at(div).title = title

    def renumber(self, div: Div, number: str) -> None:
        """Another number."""
        if self.at(div).number is not None:
            raise Unread(_TWICE)
        self.at(div).number = number

    def take(self, div: Div, *, whole: Sequence[PrintedLine] | None = None, given: Given | None = None) -> None:
        """A division repealed, or said again."""
        own = self.at(div)
        if own.taken or div.parent is None:
            raise Unread(_TWICE)
        own.whole = None if whole is None else tuple(whole)
        own.given = given
        own.gone = whole is None and given is None

    def arrive(self, parent: Div, place: int, arrival: Arrival) -> None:
        """Something that arrives before the child of that rank."""
        self.arrivals.setdefault(id(parent), {}).setdefault(place, []).append(arrival)

    def move(self, div: Div, parent: Div, place: int, number: str) -> None:
        """A division that goes elsewhere."""
        own = self.at(div)
        if own.moved or any(one is div for one in parent.chain()):
            raise Unread(_TWICE)
        own.moved = True
        if number and number != div.number:
            self.renumber(div, number)
        self.arrive(parent, place, Arrival(number or div.number, div.style, moved=div))

    # --- the new text ---------------------------------------------------------------------------------------------

    def build(self) -> tuple[PrintedLine, ...]:
        """The new text.

        Raises:
            Unread: Two sentences take the same thing, or what is said of a rank is false.
        """
        self._check()
        made = tuple(_Builder(self).div(self.root, "", ""))
        for place in self.becoming:
            rank = self.ranks.get((id(place.div), place.start or 0))
            if rank is None or rank_of(place.becomes, self.counts[id(place.div)]) != rank:
                raise Unread(f"l'alinéa ne devient pas le « {place.becomes} »")
        return made

    def _check(self) -> None:
        for key, own in self.claims.items():
            div = self.divs[key]
            if (own.taken and own.inside) or (own.gone and (own.moved or own.number is not None)):
                raise Unread(_TWICE)
            if (own.inside or own.taken) and self._above_is_taken(div):
                raise Unread(_TWICE)
            if own.number is not None and self._above_is_taken(div, arrival=True):
                raise Unread(_TWICE)
            _check_runs(own)
        for key in self.arrivals:
            div = next(one for one in self.root.walk() if id(one) == key)
            if self._above_is_taken(div, arrival=True) or (self.of(div).taken and self.of(div).given is None):
                raise Unread(_TWICE)

    def _above_is_taken(self, div: Div, *, arrival: bool = False) -> bool:
        """Whether what holds it goes or is said again; what moves takes all that it holds along."""
        chain = list(div.chain())
        for rank, one in enumerate(chain):
            own = self.of(one)
            if rank and own.taken and (own.given is None or not self._stays_in(own.given, one, chain[:rank], arrival)):
                return True
            if own.moved:
                return False
        return False

    def _stays_in(self, given: Given, holder: Div, below: Sequence[Div], arrival: bool) -> bool:
        """Whether a text given again leaves room for what a sentence says of a division inside."""
        left = {id(one) for one in _left_as_is(given)}
        if any(id(one) in left for one in below):
            return True
        said = {id(holder), *(id(one) for one in _given_too(given))}
        div = below[0]
        # What goes is not given again; what arrives has its place between what is.
        return (self.of(div).gone and div.parent is not None and id(div.parent) in said) or (
            arrival and id(div) in said
        )

    def new_number(self, div: Div) -> str:
        """The number that a division will have."""
        own = self.of(div)
        if own.number is not None or div.parent is None:
            return own.number or div.number
        return div.number if own.moved else follow(div.number, div.parent.number, self.new_number(div.parent))


_NOTHING: Final = Claims()


def _check_runs(own: Claims) -> None:
    runs = sorted((start, end) for start, end, _ in own.runs)
    taken = {rank for start, end in runs for rank in range(start, end)}
    wrong = _overlap(runs) or bool(taken & {*own.words, *own.rows, *own.cells})
    for stitches in own.words.values():
        wrong = wrong or _overlap(sorted((start, end) for start, end, _ in stitches))
    for rank, changes in own.rows.items():
        spans = sorted((start, end) for start, end, _ in changes)
        rows = {row for row, _ in own.cells.get(rank, {})}
        wrong = wrong or _overlap(spans) or any(start <= row < end for start, end in spans for row in rows)
    if wrong:
        raise Unread(_TWICE)


def _overlap(spans: Sequence[Span]) -> bool:
    return any(two[0] < one[1] or one == two for one, two in pairwise(spans))


def _left_as_is(given: Given) -> Iterator[Div]:
    """The sub-divisions for which « (...) » stands, at any depth."""
    for one in given.children:
        if isinstance(one, Div):
            yield one
        elif not isinstance(one, PrintedLine):
            yield from _left_as_is(one[1])


def _given_too(given: Given) -> Iterator[Div]:
    """The sub-divisions that are given again with the one that holds them."""
    for one in given.children:
        if not isinstance(one, Div | PrintedLine):
            yield one[0]
            yield from _given_too(one[1])


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
            new_rank += _count(lines)
            yield from lines
            place = end
        self.plan.counts[id(div)] = new_rank

    def _unit(self, div: Div, rank: int, own: Claims) -> Iterator[PrintedLine]:
        unit = div.units[rank]
        if unit.is_table:
            yield from self._table(div, rank, own)
            return
        stitches = list(own.words.get(rank, ()))
        if (id(div), rank, None, None) not in self.plan.exceptions:
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


def _count(lines: Sequence[PrintedLine]) -> int:
    from convgen.amend.lire_base import units_of

    return len(units_of(lines))


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
