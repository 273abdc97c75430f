"""What a liasse is once it is put together: its pieces, in the order of the document. Only shapes live here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from convgen.acte.nodes import Acte
from convgen.errors import Place

#: Kinds of pieces: acts that convgen composes, then foreign files.
ACT, DELIBERATION, PDF, DOCX, IMAGE, XLSX = "acte", "deliberation", "pdf", "docx", "image", "xlsx"
COMPOSED: Final = frozenset((ACT, DELIBERATION))
STAMPS: Final = ("discret", "page de garde", "sans")
OUTPUTS: Final = ("docx", "pdf", "prefecture")


@dataclass(frozen=True, slots=True)
class Piece:
    """A document of a liasse.

    Attributes:
        id: the identifier of the act or of the foreign file.
        title: on one line.
        kind: `ACT`, `DELIBERATION`, `PDF`, `DOCX`, `IMAGE` or `XLSX`.
        series: the numbers from the outermost annexe down (`("2", "1 bis")`); empty for a délibération.
        label: what is printed of it (« Annexe 2 », « Annexe 1 bis de l'annexe 2 »); "" for a délibération.
        parents: the identifiers from the délibération down to what this piece is annexed to; empty for a délibération.
        acte: the tree of an act or of a délibération.
        path: the foreign file.
        code: its type for the préfecture (`99_DE`, `42_AC`…).
        file: the foreign file as named from the root of the workspace.
        frozen: the files of a signed act as they were signed, by format.
        gabarit: the name of the look of an act, and where it is named.
        refers: the label of the only copy of a piece that is shared; what bears one is listed, not printed again.
        place: where the piece is named.
        day: that of a délibération, None while it is not known.
    """

    id: str
    title: str
    kind: str
    series: tuple[str, ...] = ()
    label: str = ""
    parents: tuple[str, ...] = ()
    acte: Acte | None = None
    path: Path | None = None
    code: str = ""
    file: str = ""
    frozen: Mapping[str, bytes] = field(default_factory=dict)
    gabarit: str = ""
    gabarit_place: Place | None = None
    refers: str = ""
    place: Place | None = None
    day: date | None = None

    @property
    def foreign(self) -> bool:
        """Whether convgen did not write it."""
        return self.kind not in COMPOSED

    @property
    def printed(self) -> bool:
        """Whether it stands in the bundle; a shared piece stands there once only."""
        return not self.refers

    @property
    def number(self) -> str:
        """Its number in its own series, "" for a délibération."""
        return self.series[-1] if self.series else ""


@dataclass(frozen=True, slots=True)
class Teletransmission:
    """What @CTES asks for one délibération.

    Attributes:
        deliberation: the identifier.
        nature: « délibération »…
        matter: « 8.2 », "" while it is not given.
        number: `[0-9A-Z_]{2,15}`, "" while it is not known.
        object: at most 499 characters.
        day: the day of the act in ISO form, "" while it is not known.
        siren: nine digits, "" while it is not known.
        department: « 006 », « 02A », "" while it is not known.
    """

    deliberation: str
    nature: str = "délibération"
    matter: str = ""
    number: str = ""
    object: str = ""
    day: str = ""
    siren: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Liasse:
    """A liasse put together.

    Attributes:
        id: its identifier.
        title: what its bordereau is titled with.
        pieces: in the order of the document, nested series flattened; each délibération stands before its annexes.
        stamp: one of `STAMPS`.
        contents: a bordereau stands first.
        outputs: some of `OUTPUTS`.
        prefecture: what is sent, one for each délibération.
        gabarit: the name of the look of the bordereau, and where it is named.
        draft: PROJET is printed.
        mention: a text printed on every page, or "".
        place: its definition.
    """

    id: str
    title: str
    pieces: tuple[Piece, ...]
    stamp: str = "discret"
    contents: bool = True
    outputs: tuple[str, ...] = OUTPUTS
    prefecture: tuple[Teletransmission, ...] = ()
    gabarit: str = "neutre"
    gabarit_place: Place | None = None
    draft: bool = True
    mention: str = ""
    place: Place | None = None

    @property
    def deliberations(self) -> tuple[Acte, ...]:
        """The trees of the délibérations."""
        return tuple(one.acte for one in self.pieces if one.kind == DELIBERATION and one.acte is not None)

    @property
    def author(self) -> str:
        """Who decides, "" when the délibérations are those of several organismes."""
        names = {one.author for one in self.deliberations}
        return names.pop() if len(names) == 1 else ""

    @property
    def printed(self) -> tuple[Piece, ...]:
        """The pieces that stand in the bundle."""
        return tuple(one for one in self.pieces if one.printed)

    def below(self, piece: Piece) -> tuple[Piece, ...]:
        """What is annexed to a piece, at any depth."""
        line = (*piece.parents, piece.id)
        return tuple(one for one in self.pieces if one.parents[: len(line)] == line)
