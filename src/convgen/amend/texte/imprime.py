"""What a reader sees of an act and of an avenant: printed lines, each with its style. No identifier, no tree.

This is the interface between the writer of an avenant and its reader (AVE-12): the reader gets nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from convgen.acte.markers import markers_of
from convgen.acte.nodes import Block, ListBlock, Paragraph, Row, Section, Table
from convgen.amend.texte.arbre import FURTHER, Alinea, Line, Part, TableAlinea
from convgen.amend.texte.inlines import lines_of, text_of

ZONE: Final = "zone"
CHAPTER: Final = "chapitre"
ARTICLE: Final = "article"
SUB_ARTICLE: Final = "sous-article"
ANNEXE: Final = "annexe"
POINT: Final = "point"
ALINEA: Final = "alinea"
ITEM: Final = "item"
FURTHER_LINE: Final = "suite"
HEADING_ROW: Final = "ligne-titre"
ROW: Final = "ligne"
FILE: Final = "fichier"
QUOTE: Final = "citation"
QUOTE_HEADING: Final = "citation-intitule"

#: The styles of headings: what begins a division, a zone or an annexe.
HEADINGS: Final = frozenset({ZONE, CHAPTER, ARTICLE, SUB_ARTICLE, ANNEXE, POINT})
ROWS: Final = frozenset({HEADING_ROW, ROW})
#: What stands between the name of a zone and its title.
ZONE_SEPARATOR: Final = " – "


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed.

    Attributes:
        style: zone, chapitre (level 0), article (1), sous-article (2 and more), annexe, point (a division of an
            annexe), alinea, item (its marker at the head of the text), suite (a further line of an item), ligne-titre
            and ligne (rows of a table), fichier (what stands for a joined file), citation, citation-intitule.
        text: Its words; those of a row are its cells, put side by side.
        level: The level of a division, the depth of an item (1 for the outer list).
        cells: The cells of a row; the mark of an item, which a tabulation sets apart in print.
    """

    style: str
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()


def printed(part: Part) -> tuple[PrintedLine, ...]:
    """The lines of an act, or of a part with its heading.

    A heading is its label, its separator and its title; a zone is announced by its phrase (« la désignation des
    parties »). An untitled sub-article is its label, then its text on the next line.
    """
    return tuple(_part(part, in_annexe=False))


def _part(part: Part, *, in_annexe: bool) -> Iterator[PrintedLine]:
    if part.kind != "acte":
        yield _heading(part, in_annexe=in_annexe)
    if part.file:
        # What the act prints in its place is a note to the reader, not its text.
        yield PrintedLine(FILE, "fichier joint")
        return
    yield from printed_alineas(part.lines)
    for child in part.children:
        yield from _part(child, in_annexe=in_annexe or part.kind == "annexe")


def _heading(part: Part, *, in_annexe: bool) -> PrintedLine:
    if part.kind == "zone":
        return PrintedLine(ZONE, ZONE_SEPARATOR.join(text for text in (part.noun, part.title.text) if text))
    if part.kind == "annexe":
        return PrintedLine(ANNEXE, heading_text(part))
    style = POINT if in_annexe else (CHAPTER, ARTICLE, SUB_ARTICLE)[min(part.level, 2)]
    return PrintedLine(style, heading_text(part), part.level)


def heading_text(part: Part) -> str:
    """« ARTICLE 4 : Durée », « 4.1. Public », « 4.1. » without a title, « Objet » without a number."""
    label = part.label or (f"{part.noun} {part.number}".strip() if part.number else "")
    title = part.title.text
    return f"{label}{part.separator}{title}" if label and title else label or title


def printed_alineas(lines: Iterable[Line]) -> Iterator[PrintedLine]:
    """The lines of alinéas, a line a row for tables; the mark of an item is printed at its head."""
    for line in lines:
        if isinstance(line, TableAlinea):
            for place, row in enumerate(line.rows):
                cells = tuple(cell.text for cell in row.cells)
                yield PrintedLine(HEADING_ROW if place < line.headings else ROW, row.text, cells=cells)
        else:
            yield _line(line)


def _line(line: Alinea) -> PrintedLine:
    marks = line.shape.split()
    if not marks:
        return PrintedLine(ALINEA, line.text)
    if marks[-1] == FURTHER:
        return PrintedLine(FURTHER_LINE, line.text, len(marks) - 1)
    marker = line.marker or marks[-1]
    return PrintedLine(ITEM, f"{marker} {line.text}", len(marks), (marker,))


# --- an avenant ---------------------------------------------------------------------------------------------


class Titled(Protocol):
    """An article of an avenant, as far as its print goes."""

    @property
    def title(self) -> str:
        """Its heading, without label."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its sentences and quotations."""


def printed_articles(articles: Sequence[Titled]) -> tuple[PrintedLine, ...]:
    """The lines of the articles of an avenant, which has its own numbers."""
    found: list[PrintedLine] = []
    for rank, article in enumerate(articles, start=1):
        number = "1er" if rank == 1 else str(rank)
        found.append(PrintedLine(ARTICLE, f"Article {number} – {article.title}", 1))
        found.extend(printed_blocks(article.blocks))
    return tuple(found)


_QUOTES: Final = {"QUOTE": QUOTE, "QUOTE_HEADING": QUOTE_HEADING}


def printed_blocks(blocks: Iterable[Block], level: int = 0, mark: str = "") -> Iterator[PrintedLine]:
    """The lines of blocks: sentences, the items of a group, quoted texts and tables."""
    for block in blocks:
        match block:
            case Paragraph(role=role, inlines=inlines):
                for line in lines_of(inlines):
                    text, style = text_of(line), _QUOTES.get(role.name, ITEM if mark else ALINEA)
                    yield PrintedLine(style, f"{mark} {text}" if style == ITEM else text, level)
                    mark = "" if style == ITEM else mark
            case ListBlock():
                for item, marker in zip(block.items, markers_of(block), strict=True):
                    yield from printed_blocks(item.blocks, level + 1, marker)
            case Table():
                yield from (_row(row, HEADING_ROW) for row in block.header)
                yield from (_row(row, ROW) for row in block.rows)
            case Section():
                yield from printed_blocks(block.blocks, level)
            case _:
                pass


def _row(row: Row, style: str) -> PrintedLine:
    cells = tuple(" / ".join(line.text for line in printed_blocks(cell.blocks)) for cell in row.cells)
    return PrintedLine(style, " · ".join(cells), cells=cells)
