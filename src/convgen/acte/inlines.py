"""The inlines of the tree: what makes up a line of text. Every reader takes them from `acte.nodes`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Literal words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italics."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    """Raised text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, called at this place. `number` is given by `acte.references` (1, 2, … per act)."""

    children: tuple[Inline, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a paragraph (addresses, letterheads)."""


Exact: TypeAlias = Decimal | int | str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure, date, name… that comes from the data, not from the typist.

    Attributes:
        kind: the data type, in French as in definitions ("montant", "date", "partie"…).
        key: the dotted name of the datum ("volets.v1.montant", "parties.etat").
        exact: the exact value; a date is its ISO form, a party its identifier.
        text: the printed text, joints and typography done.
    """

    kind: str
    key: str
    exact: Exact
    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A value still unknown: highlighted in a draft, refused in a final version."""

    key: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class FillIn:
    """A space to fill in by hand after printing ("Nice, le ____"). Never a blank."""

    key: str
    width: int = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a division or an annexe.

    `before`, `noun` and `number` are empty until `acte.references` has resolved the target.
    Printed text = before + noun + number ("à l'" + "article " + "4.1").

    Attributes:
        target: the identifier of the division or annexe.
        form: "complet" (l'article 4.1), "nu" (article 4.1), "num" (4.1), "titre" (the title).
        capital: the printed text opens a sentence.
    """

    target: str
    form: str = "complet"
    capital: bool = False
    before: str = ""
    noun: str = ""
    number: str = ""

    @property
    def text(self) -> str:
        """The printed text."""
        return f"{self.before}{self.noun}{self.number}"


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words that a change brings, in a text that shows its changes. Never inside another inline."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """Words that a change takes away, in a text that shows its changes. Never inside another inline."""

    children: tuple[Inline, ...]


Inline: TypeAlias = (
    Text | Strong | Emphasis | Superscript | Note | LineBreak | Value | Blank | FillIn | Reference | Inserted | Deleted
)
Inlines: TypeAlias = tuple[Inline, ...]
