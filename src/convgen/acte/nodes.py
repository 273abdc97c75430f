"""The nodes of the tree, all immutable. No behaviour lives here, only shapes.

Inlines make up a line of text; blocks make up a division; zones (in the order of the act's
plan) make up the act. Every text already carries its final typography (no-break spaces, ’):
a writer prints it as it is, except ordinal exponents ("1er"), cut by `acte.runs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from convgen.acte.inlines import (
    Blank,
    Deleted,
    Emphasis,
    Exact,
    FillIn,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    Note,
    Reference,
    Strong,
    Superscript,
    Text,
    Value,
)

# fmt: off
__all__ = [
    "DELETION", "INSERTION", "Acte", "Annexe", "Blank", "Block", "Cell", "Deleted", "Division", "Emphasis", "Exact",
    "FillIn", "Inline", "Inlines", "Inserted", "Level", "LineBreak", "ListBlock", "ListItem", "Note", "Number",
    "Origin", "PageBreak", "Paragraph", "PartySummary", "Provenance", "Reference", "Role", "Row", "Scheme", "Section",
    "Signature", "SignatureGrid", "Strong", "Superscript", "Table", "TableOfContents", "Text", "Tracked", "Value",
    "Zone",
]
# fmt: on

# --- blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a division or a paragraph comes from.

    `clause` and `version` are set when it comes from the clause library; `what` says it in
    French for people ("définition", "modèle", "clause", "formule").
    """

    file: str = ""
    line: int = 0
    clause: str = ""
    version: str = ""
    what: str = ""

    def __hash__(self) -> int:
        return hash((self.file, self.line))


class Role(StrEnum):
    """What a paragraph is for; the writers give each role its style."""

    BODY = "corps"
    VISA = "visa"
    CONSIDERANT = "considérant"
    FORMULA = "formule"  # « Il est convenu ce qui suit : »
    PARTY = "comparution"
    LINK = "liaison"  # « Entre », « Et », « d'une part »
    TITLE = "titre"
    SUBTITLE = "sous-titre"
    NUMBER = "numéro"  # « Convention n° … »
    FRAME = "cadre"  # lines of the cartouche
    SUBHEAD = "intertitre"  # a bold line that is not a numbered division
    CAPTION = "légende"
    QUOTE = "citation"
    QUOTE_HEADING = "intitulé cité"  # the heading of a division that an avenant quotes
    CLOSING = "clôture"  # « Fait à Nice, le … », copies


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (an alinéa)."""

    inlines: Inlines
    role: Role = Role.BODY
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item: paragraphs, then possibly nested lists.

    `marker` is its mark when it is typed and not counted (« 2° bis »): a writer prints it as it is.
    `former` is the mark that it takes the place of, in a text that shows its changes.
    """

    blocks: tuple[Block, ...]
    marker: str = ""
    former: str | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. `style` is "-" (bullet), "1.", "a)" or "1°"."""

    items: tuple[ListItem, ...]
    style: str = "-"
    start: int = 1
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `align` is "left", "center" or "right"."""

    blocks: tuple[Block, ...]
    align: str = "left"
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `role` is "corps", "sous-total", "total", "bande" (a title over the width), "information" or "texte".

    A row of the last kind holds running text, which may go on over the next page.

    `change` is `INSERTION` or `DELETION` for a row that comes or goes, in a text that shows its changes.
    """

    cells: tuple[Cell, ...]
    role: str = "corps"
    change: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `widths` are relative (any unit) and may be empty; `header` rows repeat on each page.

    A cell covered by a rowspan above it is absent from its row.
    """

    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()
    caption: Inlines = ()
    description: str = ""  # alternative text for accessibility
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Signature:
    """One frame of the signature grid, lines in printed order.

    `lines` are paragraphs of inlines ("Pour la Ville de Nice", "Le Maire", then the name);
    room to sign is left between `lines` and `name`, or after both when `name_first`.
    """

    party: str
    lines: tuple[Inlines, ...]
    name: Inlines = ()
    name_first: bool = False


@dataclass(frozen=True, slots=True)
class SignatureGrid:
    """The signature frames, `columns` per line, kept together on one page."""

    signatures: tuple[Signature, ...]
    columns: int = 2
    reserved: Inlines = ()  # « Cadre réservé à l'administration », a last empty framed box
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A forced new page."""


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """A table of the divisions down to `depth` levels."""

    depth: int = 2
    title: str = "Sommaire"


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks on pages of another orientation ("portrait" or "paysage")."""

    blocks: tuple[Block, ...]
    orientation: str = "paysage"


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a division, an annexe.

    Attributes:
        text: the bare number ("4", "4.1", "1er", "IV", "a", "5 bis").
        label: what is printed before the title, separator excluded ("ARTICLE 4", "4.1.").
        separator: what stands between label and title (" : ", " – ", " ").
        noun: what a reference calls it, lower case, "" for a bare number ("article").
        ordinal: its rank among its siblings, from 1.
        frozen: typed in, not computed (bis numbers, external acts).
        former: the label that this one takes the place of, in a text that shows its changes.
    """

    text: str
    label: str
    separator: str = " "
    noun: str = "article"
    ordinal: int = 0
    frozen: bool = False
    former: str | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """A titre, chapitre, article, sous-article or point.

    `level` counts from 1 for the articles (0 for a titre or chapitre above them). Own blocks stand before
    the sub-divisions, which are `Division` blocks at the end of `blocks`. Without a title, the
    number is printed at the head of the first paragraph ("run-in").
    """

    id: str
    level: int
    title: Inlines
    blocks: tuple[Block, ...]
    number: Number | None = None
    frozen_number: str = ""
    origin: Origin = Origin()


INSERTION: Final = "insertion"
DELETION: Final = "suppression"


@dataclass(frozen=True, slots=True)
class Tracked:
    """Whole blocks that come (`INSERTION`) or go (`DELETION`), in a text that shows its changes. Never nested."""

    change: str
    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Paragraph | ListBlock | Table | SignatureGrid | PageBreak | TableOfContents | Section | Division | Tracked
)

# --- the act ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the plan.

    `kind` is one of: en-tete, cartouche, intitule, sommaire, comparution, visas, convenu,
    preambule, articles, signatures, reference, executoire; in a délibération or an arrêté also avis, decisions, vote,
    recours, ampliation, tampon.
    """

    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Annexe:
    """An annexe: its own blocks, or a foreign file (`file`, relative to the workspace)."""

    id: str
    title: Inlines
    blocks: tuple[Block, ...] = ()
    number: Number | None = None
    series: str = ""
    file: str = ""
    external: bool = False  # a piece joined to the act, whose content convgen does not hold
    rank_word: str = ""  # "bis", "ter"… as declared; the number follows the previous annexe's
    frozen_number: str = ""
    orientation: str = "portrait"
    origin: Origin = Origin()
    change: str = ""  # `INSERTION` or `DELETION` for one that comes or goes, in a text that shows its changes


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of divisions is numbered.

    Attributes:
        noun: what references call it ("article", "" for sub-articles: "l'article 4.1").
        prefix: printed before the number ("ARTICLE ", "Article ", "").
        form: "1", "I", "A", "a".
        suffix: printed after the number ("", ".", ")", "/", "°").
        separator: between label and title.
        first_ordinal: the first one is "1er".
        nested: the parent's number comes first ("4.1").
    """

    noun: str = "article"
    prefix: str = "ARTICLE "
    form: str = "1"
    suffix: str = ""
    separator: str = " : "
    first_ordinal: bool = False
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """The numbering scheme: `levels[0]` titres/chapitres (level 0), `levels[1]` articles, then sub-articles."""

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the act was made from; printed in the manifest of the Word file."""

    definition: str = ""
    clauses: tuple[tuple[str, str], ...] = ()  # (clause id, version), sorted
    modele: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartySummary:
    """A party as machines and other acts need it."""

    id: str
    organisme: str
    name: str
    designation: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Acte:
    """An act: convention, contrat, protocole… and later avenant, délibération, arrêté.

    Attributes:
        kind: the nature ("convention").
        id: the identifier of the definition.
        number: the registration number as printed ("2024 DGADSH CV 186"), "" when none; still to come, it is
            what is known of it ("DGADSH – CV […]").
        title: the full title on one line, as plain text (metadata, header).
        letterhead: the chain of services, highest first.
        zones: the parts in the order of the plan; annexes apart.
        draft: True prints PROJET in the header and highlights blanks.
        mention: a text printed on every page, or "".
        former_title: the title that `title` takes the place of, in a text that shows its changes.
        author: who takes the act (« Département de la Meuse »): the author of the files whose charte names nobody.
    """

    kind: str
    id: str
    number: str
    title: str
    zones: tuple[Zone, ...]
    annexes: tuple[Annexe, ...] = ()
    parties: tuple[PartySummary, ...] = ()
    letterhead: tuple[str, ...] = ()
    scheme: Scheme = Scheme(())
    draft: bool = True
    mention: str = ""
    provenance: Provenance = Provenance()
    former_title: str = ""
    author: str = ""
