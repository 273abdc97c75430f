"""Atoms: what a text prints in place of ``{{ … }}``.

While Jinja and Markdown work, a value is one opaque character of plane 15, an index into the atoms of
the render: data can thus never be taken for Markdown, and values reach the tree whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from convgen.acte.nodes import Block, Exact, Inline
from convgen.french.grammar import NounPhrase
from convgen.model.values import TextSource

FIRST = 0xF0000
LAST = 0xFFFFD
ATOM_CLASS = f"[{chr(FIRST)}-{chr(LAST)}]"


@dataclass(frozen=True, slots=True)
class Word:
    """A printed value or word.

    Attributes:
        text: as printed in the middle of a sentence, typography done.
        phrase: set when the word is a noun phrase, so that "de" + "le préfet" gives "du préfet".
        kind, key, exact: as in `Value`; without a kind the word is plain text, not data.
        capital: takes a capital at the head of a sentence.
    """

    text: str
    phrase: NounPhrase | None = None
    kind: str = ""
    key: str = ""
    exact: Exact = ""
    bold: bool = False
    capital: bool = True

    def __hash__(self) -> int:
        # the texts of an act are known by their words: what is printed, and of what, tells nearly all of them apart
        return hash((self.text, self.key))


@dataclass(frozen=True, slots=True)
class BlankAtom:
    """An unknown value."""

    key: str
    hint: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class FillAtom:
    """A space to fill in by hand."""

    key: str
    width: int = 20


@dataclass(frozen=True, slots=True)
class RefAtom:
    """A reference, worded once numbers are known."""

    target: str
    form: str = "complet"


@dataclass(frozen=True, slots=True)
class TextAtom:
    """A text of the data, composed where it is printed."""

    source: TextSource
    key: str
    bold: bool = False

    def __hash__(self) -> int:
        return hash((self.source.text, self.key))


@dataclass(frozen=True, slots=True)
class NodesAtom:
    """Inlines already made."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SeriesAtom:
    """« A, B et C »: a preposition before the series is said again before each item."""

    items: tuple[Atom, ...]
    conjunction: str = "et"


@dataclass(frozen=True, slots=True)
class LineAtom:
    """Words and atoms in a row, joined like a text ("un acompte de ", 70 %, ", soit ", 210 000 €)."""

    parts: tuple[str | Atom, ...]


@dataclass(frozen=True, slots=True)
class ListAtom:
    """A list that takes the place of the paragraph where it stands alone."""

    lines: tuple[LineAtom, ...]
    style: str = "-"


@dataclass(frozen=True, slots=True)
class BlocksAtom:
    """Blocks (a table) that take the place of the paragraph where they stand alone."""

    blocks: tuple[Block, ...]


Atom: TypeAlias = (
    Word | BlankAtom | FillAtom | RefAtom | TextAtom | NodesAtom | SeriesAtom | LineAtom | ListAtom | BlocksAtom
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An annexe named in a text by a number typed by hand, and where."""

    number: str
    file: str
    line: int


class Fragment(str):
    """Text already rendered with the atoms of the same render (a passage): parsed where it stands."""

    __slots__ = ()


@dataclass(slots=True)
class Atoms:
    """The atoms of one render. `describe` turns what Jinja hands over into an atom."""

    describe: Callable[[object], Atom]
    items: list[Atom] = field(default_factory=list)

    def mark(self, value: object) -> str:
        """The character that stands for `value` until the tree is made."""
        if isinstance(value, Fragment):
            return value
        self.items.append(self.describe(value))
        return chr(FIRST + len(self.items) - 1)
