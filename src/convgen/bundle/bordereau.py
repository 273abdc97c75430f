"""The bordereau: what stands in a liasse, in order, as an act of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Cell,
    Emphasis,
    Inlines,
    LineBreak,
    Paragraph,
    Provenance,
    Role,
    Row,
    Strong,
    Table,
    Text,
    Zone,
)
from convgen.acte.runs import plain_text
from convgen.bundle.liasse import Liasse, Piece
from convgen.french.dates import format_date
from convgen.french.typography import typeset

#: The width of the columns: piece, document, page.
_WIDTHS = (34, 86, 14)
_INDENT = "\u2003"
_FIRST = "Délibération"
_BETWEEN = " \u2013 "


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the bordereau, the same in Word and in PDF.

    Attributes:
        rank: that of the piece in `liasse.pieces`.
        label: what the piece is called (« Délibération n° 20 », « Annexe 2 – Annexe 1 »).
        title: what it is.
        depth: 0 for a délibération, 1 for its annexes, 2 for theirs…
        annexe: the annexe that an act prints itself; "" for a piece.
        see: where the only copy of a shared piece stands, "" for what is printed here.
    """

    rank: int
    label: str
    title: str
    depth: int
    annexe: str = ""
    see: str = ""


def lines(liasse: Liasse) -> Iterator[Line]:
    """The lines of the bordereau, each annexe where its number puts it, under what it is annexed to."""
    for rank, own in _listed(liasse.pieces):
        piece = liasse.pieces[rank]
        depth = len(piece.parents)
        if own is None:
            see = f"{piece.refers[:1].lower()}{piece.refers[1:]}"
            see = typeset(f"Document joint une seule fois : voir {see}") if see else ""
            yield Line(rank, typeset(name_of(piece)), typeset(piece.title), depth, see=see)
            continue
        label = f"{piece.label}{_BETWEEN}{_label(own)}" if piece.label else _label(own)
        yield Line(rank, typeset(label), plain_text(own.title) or _label(own), depth + 1, own.id)


def name_of(piece: Piece) -> str:
    """« Annexe 2 », « Délibération n° 20 du 7 juin 2024 »."""
    if piece.label:
        return piece.label
    number = piece.acte.number if piece.acte is not None else ""
    said = f" n° {number}" if number and "[" not in number else ""
    day = f" du {format_date(piece.day)}" if piece.day is not None else ""
    return f"{_FIRST}{said}{day}"


def full_name(piece: Piece, liasse: Liasse) -> str:
    """The same; an annexe is said to be that of its délibération when the liasse has several: « Annexe 1 » is twice."""
    above = next((one for one in liasse.pieces if piece.parents[:1] == (one.id,) and not one.parents), None)
    if above is None or len(liasse.deliberations) < 2:
        return name_of(piece)
    name = name_of(replace(above, day=None) if above.acte is not None and above.acte.number else above)
    return f"{name_of(piece)} de la {name[:1].lower()}{name[1:]}"


def bordereau(liasse: Liasse, pages: Mapping[tuple[int, str], int | str] | None = None) -> Acte:
    """The bordereau of a liasse.

    Args:
        liasse: the liasse.
        pages: the first page of each line, or a mark that stands for it, by the rank of its piece and its annexe;
            without them the table has no column for pages.
    """
    blocks = (
        Paragraph((Text("Bordereau des pièces"),), Role.TITLE),
        Paragraph((Text(typeset(liasse.title)),), Role.SUBTITLE),
        _table(tuple(lines(liasse)), pages),
    )
    return Acte(
        kind="bordereau",
        id=f"{liasse.id}-bordereau",
        number="",
        title=typeset(f"Bordereau des pièces : {liasse.title}"),
        zones=(Zone("intitule", blocks[:2]), Zone("articles", blocks[2:])),
        draft=liasse.draft,
        mention=liasse.mention,
        provenance=Provenance(liasse.place.file if liasse.place is not None else ""),
        author=liasse.author,
    )


def _table(listed: Sequence[Line], pages: Mapping[tuple[int, str], int | str] | None) -> Table:
    heads = ["Pièce", "Intitulé", *(["Page"] if pages is not None else [])]
    return Table(
        header=(Row(tuple(_cell((Strong((Text(one),)),)) for one in heads)),),
        rows=tuple(
            _row(one, str(pages.get((one.rank, one.annexe), "")) if pages is not None else None) for one in listed
        ),
        widths=_WIDTHS[: len(heads)],
        description="La liste des pièces de la liasse, dans l'ordre, avec leur numéro d'annexe.",
    )


def _row(line: Line, page: str | None) -> Row:
    indent = _INDENT * max(line.depth - 1, 0)
    title: Inlines = (Text(indent + line.title),)
    label: Inlines = (Text(line.label),)
    if line.depth == 0:
        title, label = (Strong(title),), (Strong(label),)
    if line.see:
        title = (*title, LineBreak(), Emphasis((Text(indent + line.see),)))
    cells = [_cell(label), _cell(title)]
    if page is not None:
        cells.append(_cell((Text(page),), "right"))
    return Row(tuple(cells))


def _listed(pieces: Sequence[Piece]) -> Iterator[tuple[int, Annexe | None]]:
    """The rank of each piece, in order, and of the act that prints an annexe itself, each where its number puts it."""

    def listed(index: int) -> Iterator[tuple[int, Annexe | None]]:
        yield index, None
        piece, children = pieces[index], [*_below(pieces, index)]
        for annexe in piece.acte.annexes if piece.acte is not None and piece.printed else ():
            if not annexe.file and not annexe.external:
                yield index, annexe
                continue
            for rank in [one for one in children if pieces[one].id == annexe.id]:
                children.remove(rank)
                yield from listed(rank)
        for rank in children:
            yield from listed(rank)

    for index, one in enumerate(pieces):
        if not one.parents:
            yield from listed(index)


def _below(pieces: Sequence[Piece], index: int) -> Iterator[int]:
    """The ranks of what is annexed to a piece, not of what is annexed to that."""
    depth = len(pieces[index].parents)
    for rank in range(index + 1, len(pieces)):
        deeper = len(pieces[rank].parents) - depth
        if deeper <= 0:
            return
        if deeper == 1:
            yield rank


def stretches(liasse: Liasse) -> Iterator[tuple[int, str]]:
    """What follows what in the file, annexes in the order of their numbers whoever wrote them.

    Yields:
        The rank of a printed piece, and the annexe of its own that its pages are taken from: "" for its head. A piece
        comes again when others, numbered before one of its annexes, stand in between.
    """
    last = -1
    for rank, own in _listed(liasse.pieces):
        if own is None and liasse.pieces[rank].printed:
            last = rank
            yield rank, ""
        elif own is not None and rank != last:
            last = rank
            yield rank, own.id


def _label(annexe: Annexe) -> str:
    """« Annexe 1 bis », however the act prints it."""
    number = annexe.number
    if number is None:
        return "Annexe"
    noun = number.label.removesuffix(number.text)
    return f"{noun[:1].upper()}{noun[1:].lower()}{number.text}"


def _cell(inlines: Inlines, align: str = "left") -> Cell:
    return Cell((Paragraph(inlines),), align)
