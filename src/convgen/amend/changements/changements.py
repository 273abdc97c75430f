"""The changes: what each says, in terms of the base only, and what it takes possession of.

They are simultaneous: every position is one of the base, and the order of the set means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from convgen.acte.nodes import Exact, Inlines
from convgen.amend.texte.arbre import Alinea, Line, Part, Path, TableCell, TableRow
from convgen.amend.texte.forme import Tokens
from convgen.amend.texte.lieux import Place


class Mode(StrEnum):
    """How changed words are told from the other words of their alinéa."""

    ONCE = "once"  # the old words, which occur once
    EACH = "each"  # the old words wherever they occur, twice or more
    NTH = "nth"  # one stated occurrence of the old words
    AFTER = "after"  # new words after the old ones, which stay
    START = "start"  # new words at the beginning
    SENTENCE = "sentence"  # one more sentence at the end


@dataclass(frozen=True, slots=True)
class Words:
    """Other words in an alinéa. `count` occurrences of `old` are expected, `rank` (from 1) is the one meant."""

    id: str
    place: Place
    mode: Mode
    old: Inlines
    new: Inlines
    count: int = 1
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Alineas:
    """Alinéas `start` to `end` (excluded) of a part replaced; `start == end` is a gap."""

    id: str
    division: Path
    start: int
    end: int
    old: tuple[Line, ...]
    new: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table replaced; `start == end` is a gap."""

    id: str
    division: Path
    alinea: int
    start: int
    end: int
    old: tuple[TableRow, ...]
    new: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell replaced."""

    id: str
    place: Place
    old: TableCell
    new: TableCell


@dataclass(frozen=True, slots=True)
class Heading:
    """A title replaced, given or removed."""

    id: str
    division: Path
    old: Alinea
    new: Alinea


@dataclass(frozen=True, slots=True)
class ReplaceDivision:
    """A part rewritten whole: its title, alinéas and sub-parts, except those moved out of it."""

    id: str
    division: Path
    old: Part
    new: Part


@dataclass(frozen=True, slots=True)
class Insert:
    """Parts that arrive after the child `after` of a parent ("" for the first place).

    `rank` orders what arrives in one gap: it is the order of the new numbers, and serves parts without number too.
    """

    id: str
    parent: Path
    after: str
    rank: int
    new: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeal:
    """A part that goes with all it holds, except what is moved out of it."""

    id: str
    division: Path
    old: Part


@dataclass(frozen=True, slots=True)
class Move:
    """A part that goes elsewhere, and takes the number `number`."""

    id: str
    division: Path
    parent: Path
    after: str
    rank: int
    old: str
    number: str


@dataclass(frozen=True, slots=True)
class Renumber:
    """Another number, the place being the same. Sub-parts follow without a word: 4.1 becomes 5.1 with its article."""

    id: str
    division: Path
    old: str
    number: str


@dataclass(frozen=True, slots=True)
class ReplaceFile:
    """An annexe that is a foreign file, replaced as a whole."""

    id: str
    division: Path
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A term and the one that takes its place, as tokens: an explicit inflection, in lower case."""

    old: Tokens
    new: Tokens


@dataclass(frozen=True, slots=True)
class Term:
    """Terms replaced in the whole text, wherever no other change speaks, except at some places."""

    id: str
    pairs: tuple[Pair, ...]
    exceptions: tuple[Place, ...]


Change: TypeAlias = (
    Words | Alineas | Rows | Cell | Heading | ReplaceDivision | Insert | Repeal | Move | Renumber | ReplaceFile | Term
)


class CauseKind(StrEnum):
    """Why several changes exist."""

    DATA = "donnee"
    TERM = "terme"
    PARTY = "partie"
    NUMBERING = "numerotation"


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason of several changes.

    Attributes:
        id: « c1 ».
        kind: A datum, a term, a party, the numbering.
        key: The name of the datum, the identifier of the party.
        label: What people call it.
        data: The type of the datum ("montant", "date"…), "" for others.
        old: The exact value before, None when there was none.
        new: The exact value after.
        before: As printed before.
        after: As printed after.
        effects: The changes that it explains.
        absorbed: Where it shows inside a text that is replaced for other reasons too.
        of: The cause that a computed datum follows from (« c1 »), "" for one that somebody changed.
    """

    id: str
    kind: CauseKind
    key: str
    label: str
    data: str = ""
    old: Exact | None = None
    new: Exact | None = None
    before: str = ""
    after: str = ""
    effects: tuple[str, ...] = ()
    absorbed: tuple[Place, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference of two numbers, and its share of the first in hundredths (None from zero)."""

    difference: Decimal
    percentage: Decimal | None


@dataclass(frozen=True, slots=True)
class Delta:
    """The changes from a base to a new version. Their order means nothing.

    Attributes:
        base: The fingerprint of the base.
        new: The fingerprint of the new version.
        changes: The changes, in the order of the base.
        causes: Why.
        retouches: How many alinéas differ in typography only; no change carries them.
    """

    base: str
    new: str
    changes: tuple[Change, ...]
    causes: tuple[Cause, ...] = ()
    retouches: int = 0

    def of_substance(self) -> Iterator[Change]:
        """The changes that are not mere effects of a new numbering."""
        mere = {one for cause in self.causes if cause.kind is CauseKind.NUMBERING for one in cause.effects}
        return (change for change in self.changes if change.id not in mere)
