"""The act as the data that the typst drawing reads: plain lists and words, every label printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from convgen.acte.markers import markers_of
from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    ListBlock,
    PageBreak,
    Paragraph,
    Role,
    Section,
    SignatureGrid,
    Table,
    TableOfContents,
    Tracked,
)
from convgen.acte.runs import plain_text
from convgen.acte.walk import ZONE_NAMES, divisions_of
from convgen.french.typography import typeset
from convgen.write.columns import Layouts
from convgen.write.docx.properties import file_date
from convgen.write.docx.styles import ROLE_STYLES
from convgen.write.keeping import UNILATERAL, announces, held_together, joined_apart
from convgen.write.metrics import is_serif
from convgen.write.pdf.bookmarks import bookmarks_of
from convgen.write.pdf.holding import hold_items
from convgen.write.pdf.lines import Data, Lines
from convgen.write.pdf.look import PdfLook
from convgen.write.pdf.signatures import signatures_data
from convgen.write.pdf.tables import table_data

_DEEPEST: Final = 5
_TWIP: Final = 20
#: Marks of so many characters (« 1° », « a) ») are narrower than the room before the item.
_SHORT_MARK: Final = 2


class Contents:
    """Prints the nodes of an act as data.

    Attributes:
        acte: The act.
        look: The look.
        layouts: Those of its tables.
        lines: Prints its lines.
        cell: The style of the paragraphs of the cell being printed, "" outside the tables.
        width: The width of the lines, in twentieths of a point.
    """

    def __init__(self, acte: Acte, look: PdfLook, layouts: Layouts | None = None) -> None:
        self.acte = acte
        self.look = look
        self.layouts = layouts or Layouts(look.charte.polices)
        parts = [zone.blocks for zone in acte.zones] + [annexe.blocks for annexe in acte.annexes]
        places: list[Division | Annexe] = [*acte.annexes, *(one for blocks in parts for one in divisions_of(blocks))]
        serif = is_serif(look.charte.polices.texte)
        self.lines = Lines(look.fonts.signs, frozenset(one.id for one in places if one.id), serif, 0)
        self.cell = ""
        self.width = 0
        self.height = 0
        self._turn("portrait")
        self._ids: set[str] = set()
        self._items = 0
        self._depth = 0
        self._shift = 0
        self._bookmarks = bookmarks_of(acte)
        self._held = held_together(acte)
        self._whole = False

    def data(self) -> Data:
        """Everything that the drawing reads, the look excepted."""
        acte, charte = self.acte, self.look.charte
        zones = [self._zone(zone.kind, zone.blocks) for zone in acte.zones]
        if self._held:
            hold_items([one for zone in zones for one in zone])
        made = {"zones": zones, "annexes": list(self._annexes())}
        self.lines.place = "titre, en-tête ou pied de page"
        kind = acte.kind[:1].upper() + acte.kind[1:]
        number = f"{acte.kind} n°\u00a0{acte.number}" if acte.number else ""
        texts = {
            "titre": acte.title or kind,
            "auteur": charte.organisme or acte.author or "convgen",
            "objet": f"{kind} n°\u00a0{acte.number}" if acte.number else kind,
            "courant": number.upper(),
            "mention": acte.mention,
            "pied": typeset(charte.pied),
            "entete": typeset(charte.en_tete),
            "organisme": charte.organisme.upper(),
        }
        return made | {
            **{name: self.lines.checked(text) for name, text in texts.items()},
            "motscles": [one for one in (acte.kind, acte.number) if one],
            "date": [int(one) for one in file_date(acte.provenance.details)[:10].split("-")],
            "projet": acte.draft,
            "services": [self.lines.checked(one) for one in acte.letterhead],
            # a foreign piece brings its own head; a délibération has the letterhead above its own, as in Word
            "tete": acte.kind in UNILATERAL or not any(one.kind == "en-tete" and one.blocks for one in acte.zones),
        }

    def _zone(self, kind: str, blocks: tuple[Block, ...]) -> list[Data]:
        self.lines.place = ZONE_NAMES.get(kind, kind)
        self._shift = 1 if any(one.level == 0 for one in divisions_of(blocks)) else 0
        return self.blocks(blocks)

    def _annexes(self) -> Iterator[Data]:
        before: Annexe | None = None
        self._shift = 1
        for annexe in self.acte.annexes:
            self.lines.place = annexe.number.label if annexe.number else "annexe"
            self._turn(annexe.orientation)
            head = self._head("ActeAnnexe", annexe, 1)
            self._depth = 1
            yield head | {
                "k": "annexe",
                "paysage": annexe.orientation == "paysage",
                "jointe": before is not None and joined_apart(before) and joined_apart(annexe),
                "c": _CHANGES.get(annexe.change, ""),
                "b": self.blocks(annexe.blocks),
            }
            self._depth = 0
            self._turn("portrait")
            before = annexe

    def _turn(self, orientation: str) -> None:
        page = self.look.page if orientation == "portrait" else self.look.page.turned()
        self.orientation = orientation
        self.height = page.text_height
        self.resize(page.text_width)

    def resize(self, width: int) -> int:
        """Print in lines of that width, in twentieths of a point, and return the former one."""
        before, self.width = self.width, width
        size = self.look.face(self.cell or "ActeCorps").size
        self.lines.room = max(width, size) * 1000 // size
        return before

    # --- blocks ---------------------------------------------------------------------------------------------

    def blocks(self, blocks: tuple[Block, ...]) -> list[Data]:
        """The blocks, in order."""
        made: list[Data] = []
        for place, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                self._paragraph(made, block, keep=place + 1 < len(blocks) and announces(block, blocks[place + 1]))
            else:
                made += self._block(block)
        return made

    def _paragraph(self, made: list[Data], block: Paragraph, *, keep: bool) -> None:
        style = self.cell or ("ListParagraph" if self._items and block.role is Role.BODY else ROLE_STYLES[block.role])
        line = self.lines.line(block.inlines, upper=self.look.face(style).capitals)
        one: Data = {"k": "p", "s": style, "r": line} | ({"colle": True} if keep else {})
        if id(block) in self._held and not self._whole:
            # A long list cannot stand with what follows it: its last item does.
            one["suivi" if self._items else "colle"] = [] if self._items else True
        if id(block) in self._bookmarks:
            level, words = self._bookmarks[id(block)]
            one["signet"] = [level, self.lines.checked(words)]
        if block.role is not Role.FRAME or self.cell:
            made.append(one)
        elif made and made[-1]["k"] == "cadre":
            made[-1]["b"].append(one)
        else:
            made.append({"k": "cadre", "b": [one]})

    def _block(self, block: Block) -> Iterator[Data]:
        match block:
            case ListBlock():
                yield self._list(block, held=id(block) in self._held)
            case Division():
                yield from self._division(block)
            case Table():
                yield from table_data(self, block, held=id(block) in self._held)
            case SignatureGrid():
                yield signatures_data(self, block) | {"colle": id(block) in self._held}
            case PageBreak():
                yield {"k": "saut"}
            case TableOfContents():
                yield {"k": "sommaire", "t": block.title, "n": max(1, min(block.depth, 4))}
            case Section():
                yield from self._section(block)
            case Tracked():
                yield {"k": "change", "c": _CHANGES.get(block.change, ""), "b": self.blocks(block.blocks)}

    def _section(self, block: Section) -> Iterator[Data]:
        before = self.orientation
        if block.orientation == before:
            yield from self.blocks(block.blocks)
            return
        self._turn(block.orientation)
        yield {"k": "section", "paysage": block.orientation == "paysage", "b": self.blocks(block.blocks)}
        self._turn(before)

    def _list(self, block: ListBlock, *, held: bool = False) -> Data:
        self._items += 1
        nested = self._items > 1
        whole, self._whole = self._whole, self._whole or held
        items = [
            {
                "m": self.lines.marker(item.former, "–" if nested and mark == "-" else mark),
                "court": item.former is None and len(mark) <= _SHORT_MARK,
                "b": self.blocks(item.blocks),
            }
            for item, mark in zip(block.items, markers_of(block), strict=True)
        ]
        self._items -= 1
        self._whole = whole
        return {"k": "liste", "items": items, "s": self.cell or "ListParagraph", "fin": not nested, "colle": held}

    def _division(self, division: Division) -> Iterator[Data]:
        before = self.lines.place
        if division.number is not None:
            self.lines.place = f"{division.number.noun or 'point'} {division.number.text}"
        titled = bool(plain_text(division.title).strip())
        alone = division.number is not None and not (division.blocks and isinstance(division.blocks[0], Paragraph))
        if titled or alone:
            style = "ActePartie" if division.level == 0 else f"Heading{min(division.level + self._shift, _DEEPEST)}"
            head = self._head(style, division, self._depth + 1)
            self._depth += 1
            yield head
            yield from self.blocks(division.blocks)
            self._depth -= 1
        else:
            yield from self._run_in(division)
        self.lines.place = before

    def _head(self, style: str, node: Division | Annexe, level: int) -> Data:
        """A heading: what is shown, and, where it differs, what the bookmarks and the table of contents say."""
        titled = bool(plain_text(node.title).strip())
        number = node.number
        upper = self.look.face(style).capitals
        shown = [*self.lines.label(number, separator=titled, upper=upper), *self.lines.line(node.title, upper=upper)]
        plain = [*self.lines.label(number, separator=titled), *self.lines.line(node.title, notes=False)]
        shown, plain = (one or self.lines.words("Annexe") for one in (shown, plain))
        return {"k": "titre", "s": style, "n": level, "r": plain, "vu": shown, "id": self._id(node.id)}

    def _run_in(self, division: Division) -> Iterator[Data]:
        """A division without a title: its number stands at the head of its first paragraph."""
        blocks = self.blocks(division.blocks)
        bold = bool(division.number and division.number.noun)
        mark = [one | {"b": True} if bold else one for one in self.lines.label(division.number)]
        ident = self._id(division.id)
        if blocks and blocks[0]["k"] == "p":
            blocks[0] = blocks[0] | {"r": [*mark, *blocks[0]["r"]], "id": ident}
        elif ident:
            yield {"k": "lieu", "id": ident}
        yield from blocks

    def _id(self, ident: str) -> str:
        """The label of a place; a second place of the same name has none."""
        if not ident or ident in self._ids:
            return ""
        self._ids.add(ident)
        return ident


_CHANGES: Final[dict[str, str]] = {"insertion": "plus", "suppression": "moins"}
