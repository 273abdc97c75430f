"""Small PDFs of others, pieces and liasses for the tests of the PDF bundle."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from convgen.acte.nodes import (
    Acte,
    Cell,
    Division,
    Number,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
    Zone,
)
from convgen.bundle.liasse import ACT, DELIBERATION, PDF, Liasse, Piece


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def article(ident: str, number: str, title: str, *blocks: Paragraph | Table) -> Division:
    return Division(ident, 1, (Text(title),), blocks, Number(number, f"ARTICLE {number}"))


def table(word: str) -> Table:
    def row(*texts: str) -> Row:
        return Row(tuple(Cell((p(text),)) for text in texts))

    return Table((row("Axe", "Somme"),), (row(word, "1 000 €"), row("Total", "2 000 €")))


def acte(ident: str, *, kind: str = "convention", pages: int = 1) -> Acte:
    """An act with a table, a link to its second article, and so many pages at least."""
    link = Paragraph((Text(f"Objet de {ident}, voir "), Reference("suite", "complet", False, "l'", "article ", "2")))
    filler = [p(f"Alinéa {n} de {ident}. " + "Les parties se concertent. " * 12) for n in range(9 * (pages - 1))]
    blocks = (
        article("objet", "1", "Objet", link, table(ident)),
        article("suite", "2", "Suite", p(f"Fin de {ident}."), *filler),
    )
    return Acte(kind, ident, "", f"Titre de {ident}", (Zone("articles", blocks),), draft=False)


def foreign(
    path: Path,
    pages: int = 2,
    *,
    size: tuple[float, float] = (595, 842),
    change: Callable[[Pdf], None] = lambda pdf: None,
    **saved: object,
) -> Path:
    """A PDF with a line on each page, changed before it is saved."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for rank in range(pages):
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        words = f"BT /F1 20 Tf 60 {size[1] / 2:.0f} Td ({path.stem} feuille {rank + 1}) Tj ET"
        page.obj.Contents = pdf.make_stream(words.encode())
    change(pdf)
    pdf.save(path, **saved)
    return path


def link(pdf: Pdf, page: int, **keys: object) -> None:
    """Put a link on a page."""
    one = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 90, 30]), **keys)
    held = pdf.pages[page].obj
    held.Annots = Array([*held.get("/Annots", ()), pdf.make_indirect(one)])


def action(kind: str, **keys: object) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **keys)


def javascript() -> Dictionary:
    return action("JavaScript", JS=String("app.alert(1)"))


def deliberation(ident: str = "d") -> Piece:
    return Piece(ident, "Insertion et emploi", DELIBERATION, acte=acte(ident, kind="délibération"))


def annexe(number: str, ident: str, *, above: tuple[str, ...] = (), parents: tuple[str, ...] = ("d",)) -> Piece:
    label = " – ".join(f"Annexe {one}" for one in (*above, number))
    return Piece(ident, f"Titre de {ident}", ACT, (*above, number), label, parents, acte(ident))


def joined(number: str, path: Path, kind: str = PDF, parents: tuple[str, ...] = ("d",)) -> Piece:
    return Piece(
        path.stem, f"Pièce {path.stem}", kind, (number,), f"Annexe {number}", parents, path=path, file=path.name
    )


def liasse(*pieces: Piece, stamp: str = "discret", contents: bool = True) -> Liasse:
    return Liasse("essai", "Séance d'essai", (deliberation(), *pieces), stamp, contents, draft=False)


def opened(data: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(data))


def words(data: bytes, page: int) -> str:
    """The words of a page, its stamps included."""
    from pypdf import PdfReader

    return " ".join(PdfReader(io.BytesIO(data)).pages[page].extract_text().replace("\u00a0", " ").split())


def outline(pdf: Pdf) -> list[tuple[int, str, int]]:
    """Every bookmark: depth, title, rank of its page."""
    ranks = {page.obj.objgen: rank for rank, page in enumerate(pdf.pages)}

    def below(node: object, depth: int) -> Iterator[tuple[int, str, int]]:
        while node is not None:
            yield depth, str(node.Title).replace("\u00a0", " "), ranks[node.Dest[0].objgen]
            yield from below(node.get("/First"), depth + 1)
            node = node.get("/Next")

    return list(below(pdf.Root.Outlines.First, 0))


def places(pdf: Pdf) -> dict[str, int]:
    """The named places and the rank of their pages."""
    ranks = {page.obj.objgen: rank for rank, page in enumerate(pdf.pages)}
    held = pdf.Root.Names.Dests.Names
    return {str(held[n]): ranks[held[n + 1][0].objgen] for n in range(0, len(held), 2)}


def dests(pdf: Pdf, page: int) -> list[str]:
    """The names that the links of a page lead to."""
    return [str(one.Dest) for one in pdf.pages[page].obj.get("/Annots", ()) if "/Dest" in one]
