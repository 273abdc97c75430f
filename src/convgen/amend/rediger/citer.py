"""Quoting: the nature of words, blocks between guillemets, the punctuation that follows them.

Guide de légistique, 4th edition, sheet 3.4.1: each alinéa that is quoted opens with a guillemet, only the last one
closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from convgen.acte.nodes import (
    Block,
    Emphasis,
    Inline,
    Inlines,
    Note,
    Paragraph,
    Reference,
    Role,
    Row,
    Strong,
    Superscript,
    Table,
    Text,
    Value,
)
from convgen.acte.nodes import Cell as TableCellNode
from convgen.amend.recueils.emplacements import NATURES, Quoted
from convgen.amend.texte.arbre import FURTHER, Alinea, Line, Part, TableAlinea, TableCell
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.imprime import heading_text
from convgen.amend.texte.inlines import leaves, merged, text_of
from convgen.french.numbers import NO_BREAK, THIN

OPEN: Final = f"«{NO_BREAK}"
CLOSE: Final = f"{NO_BREAK}»"
_SPACE: Final = "[ \u00a0\u202f]"
_FIGURES: Final = rf"\d+(?:{_SPACE}\d{{3}})*(?:,\d+)?"
_MONTHS: Final = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_FORMS: Final = (
    ("somme", re.compile(rf"{_FIGURES}{_SPACE}?(?:€|euros?)")),
    ("taux", re.compile(rf"{_FIGURES}{_SPACE}?%")),
    ("date", re.compile(rf"\d{{1,2}}(?:er)?{_SPACE}(?:{_MONTHS})(?:{_SPACE}\d{{4}})?|\d{{2}}/\d{{2}}/\d{{4}}")),
    ("durée", re.compile(rf"{_FIGURES}{_SPACE}(?:jours?|semaines?|mois|ans?|années?|heures?|minutes?)")),
    ("nombre", re.compile(_FIGURES)),
    ("référence", re.compile(rf"(?:article|annexe){_SPACE}(?:\d[\w.-]*|[IVXLC]+)")),
)
_KINDS: Final = {
    "montant": "somme",
    "prix unitaire": "somme",
    "pourcentage": "taux",
    "date": "date",
    "durée": "durée",
    "nombre": "nombre",
}


# --- words --------------------------------------------------------------------------------------------------


def printed_inlines(inlines: Iterable[Inline]) -> Inlines:
    """Inlines as an avenant quotes them: references become plain words, notes are left out."""
    return merged(_printed(inlines))


def _printed(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for node in inlines:
        match node:
            case Reference(text=text):
                yield Text(text)
            case Note():
                pass
            case Strong() | Emphasis() | Superscript():
                yield replace(node, children=tuple(_printed(node.children)))
            case _:
                yield node


def nature(inlines: Inlines) -> str:
    """What quoted words are: "somme", "taux", "date", "durée", "nombre", "référence", else "mot" or "mots"."""
    found = [(text, node) for text, node in leaves(inlines) if text.strip()]
    if len(found) == 1:
        _, node = found[0]
        # « à compter du 1er juin » is no date, nor « mille euros » a sum; « trois ans » is a duration.
        if isinstance(node, Value) and node.kind in _KINDS and (node.text[:1].isdigit() or node.kind == "durée"):
            return _KINDS[node.kind]
    text = text_of(inlines).strip()
    return next((name for name, form in _FORMS if form.fullmatch(text)), _mots(inlines))


def _mots(inlines: Inlines) -> str:
    return "mot" if len(tokens_of(text_of(inlines))) == 1 else "mots"


def quotation(inlines: Inlines) -> Quoted:
    """Quoted words alone: an anchor, what is inserted, what is suppressed."""
    return Quoted((printed_inlines(inlines),), NATURES[nature(inlines)])


def two_quotations(old: Inlines, new: Inlines) -> tuple[Quoted, Quoted]:
    """Words and those that take their place, called alike: « la somme » and « la somme », else « les mots »."""
    one, other = nature(old), nature(new)
    if one != other:
        one, other = _mots(old), _mots(new)
    return Quoted((printed_inlines(old),), NATURES[one]), Quoted((printed_inlines(new),), NATURES[other])


# --- blocks -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A quoted line."""

    inlines: Inlines
    heading: bool = False


Pieces: TypeAlias = tuple[Piece | TableAlinea, ...]


def pieces_of(lines: Iterable[Line]) -> Iterator[Piece | TableAlinea]:
    """The lines to quote: a list item has its mark typed."""
    for line in lines:
        yield line if isinstance(line, TableAlinea) else Piece(_marked(line))


def _marked(line: Alinea) -> Inlines:
    inlines = printed_inlines(line.inlines)
    marks = line.shape.split()
    if not marks or marks[-1] == FURTHER:
        return inlines
    return (Text(f"{line.marker or marks[-1]} "), *inlines)


def pieces_of_part(part: Part, *, heading: bool = True) -> Iterator[Piece | TableAlinea]:
    """A part to quote whole: its heading as the act prints it, its alinéas, its sub-parts."""
    if heading:
        yield from heading_of(part)
    yield from pieces_of(part.lines)
    for child in part.children:
        yield from pieces_of_part(child)


def heading_of(part: Part) -> Iterator[Piece]:
    """The heading of a part, none for a zone without a title."""
    title = part.title.text
    if part.kind == "zone":
        if title:
            yield Piece(printed_inlines(part.title.inlines), heading=True)
        return
    said = heading_text(part)
    if not said:
        return
    label = said[: len(said) - len(title)] if title else said
    yield Piece(merged((Text(label), *printed_inlines(part.title.inlines))), heading=True)


def quoted_blocks(pieces: Sequence[Piece | TableAlinea], end: str) -> tuple[Block, ...]:
    """The lines between guillemets, and the punctuation of the sentence after the last one."""
    blocks: list[Block] = []
    for rank, piece in enumerate(pieces):
        last = rank == len(pieces) - 1
        if isinstance(piece, Piece):
            close = (Text(CLOSE + after(text_of(piece.inlines), end)),) if last else ()
            role = Role.QUOTE_HEADING if piece.heading else Role.QUOTE
            blocks.append(Paragraph(merged((Text(OPEN), *piece.inlines, *close)), role))
        else:
            blocks.append(_quoted_table(piece, end if last else None))
    return tuple(blocks)


def plain_blocks(pieces: Iterable[Piece | TableAlinea]) -> tuple[Block, ...]:
    """The same lines without guillemets."""
    return tuple(
        Paragraph(piece.inlines, Role.QUOTE_HEADING if piece.heading else Role.QUOTE)
        if isinstance(piece, Piece)
        else _table(piece, [[_lines(cell) for cell in row.cells] for row in piece.rows])
        for piece in pieces
    )


def after(quoted: str, end: str) -> str:
    """The punctuation of the sentence after a quotation: nothing when it is the full stop that the quotation has."""
    if end == "." and quoted.rstrip().endswith("."):
        return ""
    return end if end in (".", ",") or not end else THIN + end


def _lines(cell: TableCell) -> list[Inlines]:
    return [printed_inlines(line.inlines) for line in cell.lines]


def _quoted_table(table: TableAlinea, end: str | None) -> Table:
    texts = [[_lines(cell) for cell in row.cells] for row in table.rows]
    for row in texts:
        if row:
            row[0] = _opened(row[0])
    if end is not None and texts and texts[-1]:
        texts[-1][-1] = _closed(texts[-1][-1], end)
    return _table(table, texts)


def _opened(lines: list[Inlines]) -> list[Inlines]:
    first, *others = lines or [()]
    return [merged((Text(OPEN), *first)), *others]


def _closed(lines: list[Inlines], end: str) -> list[Inlines]:
    *others, last = lines or [()]
    return [*others, merged((*last, Text(CLOSE + after(text_of(last), end))))]


def _table(table: TableAlinea, texts: Sequence[Sequence[list[Inlines]]]) -> Table:
    rows = [
        Row(tuple(_cell(cell, lines) for cell, lines in zip(row.cells, some, strict=True)))
        for row, some in zip(table.rows, texts, strict=True)
    ]
    return Table(tuple(rows[: table.headings]), tuple(rows[table.headings :]))


def _cell(cell: TableCell, lines: Sequence[Inlines]) -> TableCellNode:
    blocks = tuple(Paragraph(line) for line in lines)
    return TableCellNode(blocks, colspan=cell.columns, rowspan=cell.rows)
