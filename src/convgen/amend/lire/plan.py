"""What the sentences of an avenant take possession of: nothing is taken twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, TypeAlias

from convgen.amend.changements.changements import Pair
from convgen.amend.lire.base import Div
from convgen.amend.lire.lieux import Target, Unread, name_of, rank_of
from convgen.amend.numeros.numeros import follow
from convgen.amend.texte.forme import Span, Tokens, apart, occurrences, tokens_of
from convgen.amend.texte.imprime import PrintedLine

Stitch: TypeAlias = tuple[int, int, Tokens]
Where: TypeAlias = tuple[int, int | None, int | None, int | None]

_TWICE: Final = "deux phrases portent sur la même chose"


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

    # --- claims ---------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Check that no two sentences take the same thing.

        Raises:
            Unread: Two do, or one speaks inside what another removes or says again.
        """
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
        if own.number is not None:
            return own.number
        if div.parent is None:
            return div.number
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
