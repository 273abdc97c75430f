"""The act as the data that the typst drawing reads: plain lists and words, every label printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Blank,
    Block,
    Division,
    FillIn,
    Inline,
    LineBreak,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Role,
    Row,
    Section,
    Signature,
    SignatureGrid,
    Table,
    TableOfContents,
    Text,
)
from convgen.acte.runs import plain_text, runs
from convgen.acte.walk import walk
from convgen.write.charte import Charte
from convgen.write.plain import heading_label, list_label

Data = dict[str, Any]

#: Room to sign, in points: less where many sign.
_ROOM: Final = 62
_LITTLE_ROOM: Final = 44
_MANY: Final = 6
#: From so many columns on, the words of a table are smaller.
_WIDE: Final = 11


class Contents:
    """Prints the nodes of an act as data; knows the ids that a reference may point to."""

    def __init__(self, acte: Acte, charte: Charte) -> None:
        self.acte = acte
        self.charte = charte
        self.ids: set[str] = set()
        self.known = {one.id for one in walk((acte.zones, acte.annexes)) if isinstance(one, Division | Annexe)}

    def data(self) -> Data:
        """Everything that the drawing reads, the look excepted."""
        acte = self.acte
        kind = acte.kind[:1].upper() + acte.kind[1:]
        return {
            "titre": acte.title,
            "auteur": self.charte.organisme or "convgen",
            "objet": acte.title,
            "motscles": [one for one in (acte.kind, acte.number) if one],
            "courant": f"{kind} n°\u00a0{acte.number}" if acte.number else "",
            "projet": acte.draft,
            "mention": acte.mention,
            "entete": not any(zone.kind == "en-tete" and zone.blocks for zone in acte.zones),
            "services": list(acte.letterhead),
            "zones": [{"b": self._zone(zone.kind, zone.blocks)} for zone in acte.zones],
            "annexes": list(self._annexes()),
        }

    def _zone(self, kind: str, blocks: tuple[Block, ...]) -> list[Data]:
        made = self.blocks(blocks)
        return [{"k": "cartouche", "b": made}] if kind == "cartouche" and made else made

    def _annexes(self) -> Iterator[Data]:
        before: Annexe | None = None
        for annexe in self.acte.annexes:
            head = [*self._label(heading_label(annexe.number) if annexe.title else _bare(annexe)), *self.line(annexe.title)]
            yield {
                "k": "annexe",
                "r": head,
                "id": self._id(annexe.id),
                "orientation": annexe.orientation,
                "jointe": before is not None and _apart(before) and _apart(annexe),
                "b": self.blocks(annexe.blocks),
            }
            before = annexe

    # --- blocks ---------------------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> list[Data]:
        """The blocks, in order."""
        return [one for block in blocks for one in self._block(block)]

    def _block(self, block: Block) -> Iterator[Data]:
        match block:
            case Paragraph():
                yield {"k": "p", "role": block.role.value, "r": self.line(block.inlines)}
            case ListBlock():
                yield self._list(block)
            case Division():
                yield self._division(block)
            case Table():
                yield self._table(block)
            case SignatureGrid():
                yield self._signatures(block)
            case PageBreak():
                yield {"k": "saut"}
            case TableOfContents():
                yield {"k": "sommaire", "titre": block.title, "profondeur": block.depth}
            case Section():
                yield {"k": "section", "orientation": block.orientation, "b": self.blocks(block.blocks)}

    def _list(self, block: ListBlock) -> Data:
        items = [
            {"m": item.marker or list_label(block.style, rank), "b": self.blocks(item.blocks)}
            for rank, item in enumerate(block.items, start=block.start)
        ]
        return {"k": "liste", "serre": False, "items": items}

    def _division(self, division: Division) -> Data:
        label, ident = heading_label(division.number), self._id(division.id)
        if division.title:
            head = [*self._label(label), *self.line(division.title)]
            return {"k": "division", "titre": True, "r": head, "id": ident, "b": self.blocks(division.blocks)}
        blocks = self.blocks(division.blocks)
        if label:
            bold = bool(division.number and division.number.noun)
            mark = [{"t": label, "b": True}] if bold else [{"t": label}]
            if blocks and blocks[0]["k"] == "p":
                blocks[0] = blocks[0] | {"r": [*mark, *blocks[0]["r"]]}
            else:
                blocks.insert(0, {"k": "p", "role": Role.BODY.value, "r": mark})
        return {"k": "division", "titre": False, "r": [], "id": ident, "b": blocks}

    def _table(self, table: Table) -> Data:
        columns = max((_width(row) for row in (*table.header, *table.rows)), default=1)
        widths = table.widths if len(table.widths) == columns else (1,) * columns
        size = self.charte.polices.taille - (1 if columns < _WIDE else 3)
        return {
            "k": "tableau",
            "colonnes": list(widths),
            "corps": size,
            "legende": self.line(table.caption),
            "description": table.description or plain_text(table.caption) or "Tableau",
            "tete": [self._row(row, heading=True, headed=True) for row in table.header],
            "lignes": [self._row(row, heading=False, headed=bool(table.header)) for row in table.rows],
        }

    def _row(self, row: Row, *, heading: bool, headed: bool) -> Data:
        cells = [
            {
                "b": self.blocks(cell.blocks),
                "align": cell.align,
                "colspan": cell.colspan,
                "rowspan": cell.rowspan,
                "titre": not heading and headed and rank == 0 and len(row.cells) > 1,
                "portee": "row",
            }
            for rank, cell in enumerate(row.cells)
        ]
        return {
            "c": cells,
            "gras": row.role in ("total", "sous-total", "bande"),
            "fond": row.role in ("total", "bande"),
            "italique": row.role == "information",
        }

    def _signatures(self, grid: SignatureGrid) -> Data:
        return {
            "k": "signatures",
            "colonnes": grid.columns,
            "place": _ROOM if len(grid.signatures) <= _MANY else _LITTLE_ROOM,
            "cadres": [self._signature(one) for one in grid.signatures],
            "reserve": self.line(grid.reserved),
        }

    def _signature(self, one: Signature) -> Data:
        lines = [self.line(line) for line in one.lines]
        name = [self.line(one.name)] if one.name else []
        return {"avant": [*lines, *name], "apres": []} if one.name_first else {"avant": lines, "apres": name}

    # --- lines ----------------------------------------------------------------------------------------------

    def line(self, inlines: Iterable[Inline]) -> list[Data]:
        """The runs of a line."""
        made: list[Data] = []
        for run in runs(inlines):
            piece = self._piece(run.node, run.text)
            looks = {"b": run.bold, "i": run.italic, "x": run.superscript}
            made.append(piece | {name: True for name, on in looks.items() if on})
        return made

    def _piece(self, node: Inline, text: str) -> Data:
        match node:
            case LineBreak():
                return {"k": "saut"}
            case Note():
                return {"k": "note", "r": self.line(node.children)}
            case FillIn(width=width):
                return {"k": "remplir", "w": width}
            case Blank():
                return {"k": "blanc", "t": text}
            case Reference(target=target) if target in self.known and text:
                return {"k": "renvoi", "t": text, "cible": target}
            case _:
                return {"t": text}

    def _label(self, label: str) -> list[Data]:
        return self.line((Text(label),)) if label else []

    def _id(self, ident: str) -> str:
        """The label of a place; a second place of the same name has none."""
        if ident in self.ids:
            return ""
        self.ids.add(ident)
        return ident


def _bare(annexe: Annexe) -> str:
    return annexe.number.label if annexe.number else "Annexe"


def _apart(annexe: Annexe) -> bool:
    """A piece joined apart: here it has a title and a line only."""
    return (annexe.external or bool(annexe.file)) and len(annexe.blocks) <= 1 and annexe.orientation == "portrait"


def _width(row: Row) -> int:
    return sum(cell.colspan for cell in row.cells)


def look_data(charte: Charte, families: Mapping[str, str], logo: list[int] | None) -> Data:
    """The look: colours, fonts (families that the bundled files have), margins in millimetres, logo as bytes."""
    colours, fonts, margins = charte.couleurs, charte.polices, charte.marges
    return {
        "principale": colours.principale,
        "encre": colours.texte,
        "fond": colours.fond,
        "filet": colours.filet,
        "titres": families[fonts.titres],
        "texte": families[fonts.texte],
        "taille": fonts.taille,
        "haut": margins.haut,
        "bas": margins.bas,
        "gauche": margins.gauche,
        "droite": margins.droite,
        "organisme": charte.organisme,
        "pied": charte.pied,
        "logo": logo,
    }
