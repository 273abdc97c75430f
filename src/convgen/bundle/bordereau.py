"""The bordereau: what stands in a liasse, in order, as an act of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from convgen.acte.nodes import Acte, Annexe, Cell, Inlines, Paragraph, Provenance, Role, Row, Strong, Table, Text, Zone
from convgen.acte.runs import plain_text
from convgen.bundle.liasse import Liasse, Piece
from convgen.french.typography import typeset

#: The width of the columns: annexe, document, page.
_WIDTHS = (24, 96, 14)
_INDENT = "\u2003"
#: What stands for the number of a délibération.
_FIRST = "Délibération"


def bordereau(liasse: Liasse, pages: Mapping[int, int | str] | None = None) -> Acte:
    """The bordereau of a liasse.

    Args:
        liasse: the liasse.
        pages: the first page of each printed piece, or a mark that stands for it, by its rank in `liasse.pieces`;
            without them the table has no column for pages.
    """
    blocks = (
        Paragraph((Text("Bordereau des pièces"),), Role.TITLE),
        Paragraph((Text(typeset(liasse.title)),), Role.SUBTITLE),
        _table(liasse.pieces, pages),
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
    )


def _table(pieces: Sequence[Piece], pages: Mapping[int, int | str] | None) -> Table:
    heads = ["Annexe", "Document", *(["Page"] if pages is not None else [])]
    rows = []
    for index, own in _listed(pieces):
        piece = pieces[index]
        if own is not None:
            rows.append(_inner(piece, plain_text(own.title), _label(own), paged=pages is not None))
        else:
            rows.append(_row(piece, str(pages.get(index, "")) if pages is not None else None))
    return Table(
        header=(Row(tuple(_cell((Strong((Text(one),)),)) for one in heads)),),
        rows=tuple(rows),
        widths=_WIDTHS[: len(heads)],
        description="La liste des pièces de la liasse, dans l'ordre, avec leur numéro d'annexe.",
    )


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


def _label(annexe: Annexe) -> str:
    return annexe.number.label if annexe.number is not None else "Annexe"


def _row(piece: Piece, page: str | None) -> Row:
    depth = max(len(piece.series) - 1, 0)
    title = typeset(piece.title)
    if not piece.printed:
        title = typeset(f"{piece.title} (voir {piece.refers[:1].lower()}{piece.refers[1:]})")
    document: Inlines = (Text(_INDENT * depth + title),)
    cells = [_cell((Text(typeset(piece.label or _FIRST)),)), _cell(document if piece.label else (Strong(document),))]
    if page is not None:
        cells.append(_cell((Text(page),), "right"))
    return Row(tuple(cells))


def _inner(piece: Piece, title: str, label: str, *, paged: bool) -> Row:
    shown = label[:1].upper() + label[1:].lower()
    depth = len(piece.series)
    cells = [_cell((Text(""),)), _cell((Text(f"{_INDENT * depth}{shown} : {title}" if title else shown),))]
    return Row((*cells, *((_cell((Text(""),)),) if paged else ())))


def _cell(inlines: Inlines, align: str = "left") -> Cell:
    return Cell((Paragraph(inlines),), align)
