"""The common ground of views: printing choices, words, blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from convgen.compose.atoms import Atom, BlankAtom, FillAtom, Word
from convgen.compose.sandbox import View
from convgen.french.grammar import NounPhrase
from convgen.french.numbers import Spelling
from convgen.french.typography import typeset
from convgen.model.values import GroupValue


@dataclass(frozen=True, slots=True)
class Printing:
    """How values are printed in this act; `groups` lets a list of items know the group it is part of."""

    spelling: Spelling = Spelling.TRADITIONNELLE
    cents: Literal["si besoin", "toujours"] = "si besoin"
    groups: Mapping[str, GroupValue] = field(default_factory=dict)


class PrintableView(View):
    """A view that prints itself where it stands."""

    __slots__ = ()

    def atom(self) -> Atom:
        """What it prints."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class WordView(PrintableView):
    """A word, data or not."""

    word: Word

    def atom(self) -> Atom:
        """The word."""
        return self.word

    def __str__(self) -> str:
        return self.word.text

    def __eq__(self, other: object) -> bool:
        return self.word.text == str(other)

    def __hash__(self) -> int:
        return hash(self.word.text)


@dataclass(frozen=True, slots=True)
class AtomView(PrintableView):
    """An atom made by a filter or a function."""

    held: Atom

    def atom(self) -> Atom:
        """The atom."""
        return self.held


@dataclass(frozen=True, slots=True)
class PhraseView(PrintableView):
    """A noun phrase: takes joints, gives its agreement to `accorde`."""

    phrase: NounPhrase
    kind: str = ""
    key: str = ""
    exact: str = ""

    def atom(self) -> Atom:
        """The phrase."""
        return phrase_word(self.phrase, self.kind, self.key, self.exact)

    def field(self, name: str) -> object:
        """`il`: the pronoun."""
        if name == "il":
            return pronoun(self.phrase)
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("il",)

    def __str__(self) -> str:
        return str(self.phrase)


@dataclass(frozen=True, slots=True)
class BlankView(PrintableView):
    """An unknown value: a blank wherever it is printed, whatever the filter."""

    key: str
    hint: str = ""

    def atom(self) -> Atom:
        """A blank."""
        return BlankAtom(self.key, self.hint)

    def field(self, name: str) -> object:
        """Everything about an unknown value is unknown."""
        return self

    def __iter__(self) -> Iterator[BlankView]:
        """An unknown list is one line to complete."""
        return iter((self,))

    def __len__(self) -> int:
        return 1


@dataclass(frozen=True, slots=True, eq=False)
class AbsentView(BlankView):
    """What the definition does not say: false in a condition, a blank where a text prints it all the same."""

    def field(self, name: str) -> object:
        """A blank."""
        return BlankView(self.key, self.hint)

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other == "sans"

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class FillView(PrintableView):
    """A space to fill in by hand."""

    key: str
    width: int = 20

    def atom(self) -> Atom:
        """The space."""
        return FillAtom(self.key, self.width)

    def field(self, name: str) -> object:
        """Everything about it is to fill in too."""
        return self


@dataclass(frozen=True, slots=True)
class NothingView(View):
    """« sans » or « par avenant »: false in a condition, an error where printed."""

    key: str
    why: str

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return self.why == other

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=4096)
def phrase_word(phrase: NounPhrase, kind: str = "", key: str = "", exact: str = "") -> Word:
    """The word that prints a noun phrase."""
    return Word(typeset(str(phrase)), typeset_phrase(phrase), kind, key, exact)


def typeset_phrase(phrase: NounPhrase) -> NounPhrase:
    """The phrase with its noun in final typography."""
    return NounPhrase(phrase.determiner, typeset(phrase.noun), phrase.agreement, phrase.elides)


def text_view(text: str, kind: str = "", key: str = "", capital: bool = True) -> WordView:
    """A view on plain words."""
    return WordView(Word(typeset(text), None, kind, key, text if kind else "", capital=capital))


def pronoun(phrase: NounPhrase) -> WordView:
    """« il », « elle », « ils », « elles »."""
    word = ("ils", "elles") if phrase.agreement.plural else ("il", "elle")
    return WordView(Word(word[phrase.agreement.feminine]))
