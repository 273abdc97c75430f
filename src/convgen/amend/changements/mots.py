"""The changes of words that turn one line into another, when they are worth saying.

Guide de légistique, sheet 3.4.1: a limited change is worded as such, but a whole alinéa rather than scattered words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from convgen.amend.changements.changements import Mode, Pair, Words
from convgen.amend.changements.termes import found_terms, occurrences_of
from convgen.amend.texte.arbre import Alinea
from convgen.amend.texte.atomes import atoms
from convgen.amend.texte.couture import words_between
from convgen.amend.texte.forme import Span, Tokens, apart, balanced, occurrences, says_something, tokens_of
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import Place

#: What naming a place costs, in characters, beside the words quoted.
PLACE_COST: Final = 60
_MOST_EDITS: Final = 2
_JOINED: Final = 2
_WIDEST: Final = 6
_LONGEST_ANCHOR: Final = 8
_DEARER: Final = 1.2


@dataclass(frozen=True, slots=True)
class _Edit:
    """Atoms i0 to i1 of the base become atoms j0 to j1 of the new line."""

    i0: int
    i1: int
    j0: int
    j1: int


@dataclass(frozen=True, slots=True)
class _Two:
    """The two lines in atoms. Tokens are those that count: the final mark of a list item is left out."""

    place: Place
    old: Alinea
    new: Alinea
    a: list[Span]
    b: list[Span]

    def span(self, edit: _Edit) -> Span:
        """The tokens of the base."""
        return self._bounds(self.a, edit.i0, edit.i1)

    def new_span(self, edit: _Edit) -> Span:
        """The tokens of the new line."""
        return self._bounds(self.b, edit.j0, edit.j1)

    @staticmethod
    def _bounds(spans: list[Span], start: int, end: int) -> Span:
        low = spans[start][0] if start < len(spans) else (spans[-1][1] if spans else 0)
        return (low, spans[end - 1][1]) if start < end else (low, low)

    def words(self, edit: _Edit) -> tuple[Tokens, Tokens]:
        """The old words and the new ones."""
        (low, high), (start, end) = self.span(edit), self.new_span(edit)
        return self.old.tokens[low:high], self.new.tokens[start:end]

    def change(self, edit: _Edit, mode: Mode, count: int = 1, rank: int = 1) -> Words:
        """The change that says an edit."""
        span = self.span(edit)
        place = Place(self.place.division, self.place.alinea, words=span)
        new = words_between(self.new, *self.new_span(edit))
        return Words("", place, mode, words_between(self.old, *span), new, count, rank)


def words_between_lines(place: Place, old: Alinea, new: Alinea, pairs: Sequence[Pair] = ()) -> list[Words] | None:
    """The changes of words from one line to another.

    Args:
        place: The address of the alinéa.
        old: The base.
        new: The new line.
        pairs: Terms that are replaced where these changes say nothing.

    Returns:
        The changes; None when the whole alinéa is better replaced.
    """
    two, forms_a, forms_b = _in_atoms(place, old, new, pairs)
    edits = _edits(forms_a, forms_b)
    every = _each(two, edits)
    if every is not None:
        changes: list[Words] | None = [every]
    elif len(edits) > _MOST_EDITS:
        return None
    else:
        changes = _said(two, edits)
    if changes is None or sum(cost_of_words(one) for one in changes) > _DEARER * (PLACE_COST + len(new.text)):
        return None
    return changes


def cost_of_words(change: Words) -> int:
    """What a change of words costs to say, in characters."""
    return PLACE_COST + len(text_of(change.old)) + len(text_of(change.new))


def _in_atoms(place: Place, old: Alinea, new: Alinea, pairs: Sequence[Pair]) -> tuple[_Two, list[Tokens], list[Tokens]]:
    terms = dict(found_terms(old.tokens, pairs))
    here = _counted(old, atoms(old, terms))
    there = _counted(new, atoms(new, occurrences_of(new.tokens, [pair.new for pair in pairs])))
    forms_a = [_form(old, span, terms) for span in here]
    forms_b = [new.tokens[start:end] for start, end in there]
    return _Two(place, old, new, here, there), forms_a, forms_b


def _counted(line: Alinea, spans: list[Span]) -> list[Span]:
    """The atoms without the final mark of a list item."""
    size = len(line.droit)
    return [(start, min(end, size)) for start, end in spans if start < size]


def _form(line: Alinea, span: Span, terms: dict[Span, str]) -> Tokens:
    """An atom as it stands once the terms are replaced."""
    out: list[str] = []
    place = span[0]
    for (start, end), new in terms.items():
        if span[0] <= start and end <= span[1]:
            out.extend(line.tokens[place:start])
            out.extend(tokens_of(new))
            place = end
    return (*out, *line.tokens[place : span[1]])


def _edits(a: list[Tokens], b: list[Tokens]) -> list[_Edit]:
    """What differs; two edits that stand two atoms apart or less are one."""
    edits: list[_Edit] = []
    for tag, i0, i1, j0, j1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if edits and i0 - edits[-1].i1 <= _JOINED:
            edits[-1] = _Edit(edits[-1].i0, i1, edits[-1].j0, j1)
        else:
            edits.append(_Edit(i0, i1, j0, j1))
    return edits


def _quotable(tokens: Tokens) -> bool:
    return says_something(tokens) and balanced(tokens)


def _each(two: _Two, edits: list[_Edit]) -> Words | None:
    """The same edit wherever its words occur, twice or more."""
    if len(edits) < 2 or len({two.words(edit) for edit in edits}) > 1:
        return None
    old, new = two.words(edits[0])
    if not _quotable(old) or (new and not _quotable(new)):
        return None
    places = apart(occurrences(old, two.old.droit), len(old))
    if places != [two.span(edit)[0] for edit in edits] or places != occurrences(old, two.old.droit):
        return None
    return two.change(edits[0], Mode.EACH, len(places))


def _said(two: _Two, edits: list[_Edit]) -> list[Words] | None:
    changes: list[Words] = []
    floor = 0
    for rank, edit in enumerate(edits):
        ceiling = edits[rank + 1].i0 if rank + 1 < len(edits) else len(two.a)
        made = _one(two, edit, floor, ceiling)
        if made is None:
            return None
        change, floor = made
        changes.append(change)
    return changes


def _one(two: _Two, edit: _Edit, floor: int, ceiling: int) -> tuple[Words, int] | None:
    """One edit worded, between the atoms `floor` and `ceiling`; the atom up to which it speaks."""
    old, new = two.words(edit)
    if not old and _quotable(new):
        if edit.i0 == len(two.a) and _is_sentence(two.old, new):
            return two.change(edit, Mode.SENTENCE), edit.i1
        if edit.i0 == 0:
            return two.change(edit, Mode.START), edit.i1
        anchor = _anchor(two, edit, floor)
        if anchor is not None:
            return anchor, edit.i1
    return _widened(two, edit, floor, ceiling)


def _is_sentence(old: Alinea, new: Tokens) -> bool:
    full_stop = "."
    return (
        not old.shape
        and old.tokens[-1:] == (full_stop,)
        and new[0][:1].isupper()
        and new[-1] == full_stop
        and full_stop not in new[:-1]
    )


def _anchor(two: _Two, edit: _Edit, floor: int) -> Words | None:
    """An insertion after the words that precede it, as many as make them unique."""
    end = two.span(edit)[0]
    for start in range(edit.i0 - 1, max(floor, edit.i0 - _LONGEST_ANCHOR) - 1, -1):
        low = two.a[start][0]
        words = two.old.tokens[low:end]
        if _quotable(words) and len(occurrences(words, two.old.droit)) == 1:
            place = Place(two.place.division, two.place.alinea, words=(end, end))
            new = words_between(two.new, *two.new_span(edit))
            return Words("", place, Mode.AFTER, words_between(two.old, low, end), new)
    return None


def _widened(two: _Two, edit: _Edit, floor: int, ceiling: int) -> tuple[Words, int] | None:
    """The edit with the words around it, until what is quoted occurs once, has a word and closes its guillemets."""
    first: _Edit | None = None
    wide = edit
    for step in range(_WIDEST + 1):
        old, new = two.words(wide)
        if _quotable(old) and (not new or _quotable(new)):
            if len(occurrences(old, two.old.droit)) == 1:
                return two.change(wide, Mode.ONCE), wide.i1
            first = first or wide
        grown = _grown(wide, floor, ceiling, len(two.b), right=step % 2 == 0)
        if grown is None:
            break
        wide = grown
    return _nth(two, first) if first is not None else None


def _grown(edit: _Edit, floor: int, ceiling: int, size: int, *, right: bool) -> _Edit | None:
    """One atom more, on the right or on the left, on the other side at the edge of what may be taken."""
    can_right = edit.i1 < ceiling and edit.j1 < size
    can_left = edit.i0 > floor and edit.j0 > 0
    if can_right and (right or not can_left):
        return _Edit(edit.i0, edit.i1 + 1, edit.j0, edit.j1 + 1)
    if can_left:
        return _Edit(edit.i0 - 1, edit.i1, edit.j0 - 1, edit.j1)
    return None


def _nth(two: _Two, edit: _Edit) -> tuple[Words, int] | None:
    old, _ = two.words(edit)
    places = apart(occurrences(old, two.old.droit), len(old))
    start = two.span(edit)[0]
    if start not in places:
        return None
    return two.change(edit, Mode.NTH, len(places), places.index(start) + 1), edit.i1
