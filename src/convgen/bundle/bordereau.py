"""The bordereau: what stands in a liasse, in order, as an act of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convgen.acte.nodes import Acte, Cell, Inlines, Paragraph, Provenance, Role, Row, Strong, Table, Text, Zone
from convgen.acte.runs import plain_text
from convgen.bundle.liasse import Liasse, Piece
from convgen.french.typography import typeset

#: The width of the columns: annexe, document, page.
_WIDTHS = (24, 96, 14)
_INDENT = "\u2003"


def bordereau(liasse: Liasse, pages: Mapping[int, int] | None = None) -> Acte:
    """The bordereau of a liasse.

    Args:
        liasse: the liasse.
        pages: the first page of each printed piece, by its rank in `liasse.pieces`; without them the table has no
            column for pages (in Word, the table of contents gives them).
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


def _table(pieces: Sequence[Piece], pages: Mapping[int, int] | None) -> Table:
    heads = ["Annexe", "Document", *(["Page"] if pages is not None else [])]
    rows = []
    for index, piece in enumerate(pieces):
        rows.append(_row(piece, str(pages.get(index, "")) if pages is not None else None))
        rows += [_inner(piece, title, label, paged=pages is not None) for label, title in own_annexes(piece)]
    return Table(
        header=(Row(tuple(_cell((Strong((Text(one),)),)) for one in heads)),),
        rows=tuple(rows),
        widths=_WIDTHS[: len(heads)],
        description="La liste des pièces de la liasse, dans l'ordre, avec leur numéro d'annexe.",
    )


def own_annexes(piece: Piece) -> tuple[tuple[str, str], ...]:
    """(label, title) of each annexe that an act prints itself, in order."""
    if piece.acte is None or not piece.printed:
        return ()
    kept = [one for one in piece.acte.annexes if not one.file and not one.external]
    return tuple((one.number.label if one.number is not None else "Annexe", plain_text(one.title)) for one in kept)


def _row(piece: Piece, page: str | None) -> Row:
    depth = max(len(piece.series) - 1, 0)
    title = typeset(piece.title)
    if not piece.printed:
        title = typeset(f"{piece.title} (voir {piece.refers[:1].lower()}{piece.refers[1:]})")
    document: Inlines = (Text(_INDENT * depth + title),)
    cells = [_cell((Text(typeset(piece.label)),)), _cell(document if piece.label else (Strong(document),))]
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
