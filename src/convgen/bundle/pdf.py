"""A liasse as one PDF: bordereau, then every piece, stamped, numbered from one end to the other, with its bookmarks."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Page, Pdf, String

from convgen.bundle.bordereau import full_name, lines, name_of
from convgen.bundle.liasse import DOCX, PDF, Liasse, Piece
from convgen.bundle.pdf_clean import clean
from convgen.bundle.pdf_draw import Looks, draw_pieces, write_piece_pdf
from convgen.bundle.pdf_foreign import open_pdf, saved
from convgen.bundle.pdf_links import Bookmark, Target, bookmarks_of, name_links, write_bookmarks, write_names
from convgen.bundle.pdf_stamps import put_stamps, stamp_of, wrap_page
from convgen.bundle.pdf_tags import Tags, is_tagged, page_of
from convgen.errors import Report
from convgen.french.typography import typeset
from convgen.write.docx.properties import file_date
from convgen.write.pdf import PdfLook
from convgen.write.pdf.liasse import (
    SCHEME,
    Cover,
    Entry,
    Heading,
    Stamp,
    draw_bordereau,
    draw_covers,
    draw_stamps,
)

__all__ = ["Looks", "draw_pieces", "write_liasse_pdf", "write_piece_pdf"]

_DISCREET: Final = "discret"
_COVER: Final = "page de garde"
#: What says that a file is PDF/A or PDF/UA.
_CLAIMS: Final = re.compile(rb"<(pdfaid|pdfuaid):(part|conformance|rev|amd|corr)>[^<]*</\1:\2>")
_ARCHIVE: Final = (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<")
_PAGES: Final = re.compile(rb"(<xmpTPg:NPages>)\d+(<)")
_IDENT: Final = re.compile(rb"(<(?:xmpMM|stEvt):(?:InstanceID|DocumentID|instanceID)>)[^<]*(<)", re.IGNORECASE)


@dataclass(slots=True)
class _Part:
    """A printed piece.

    Attributes:
        rank: its rank in the liasse, from 0: what its names begin with.
        piece: the piece.
        pdf: its pages.
        ours: convgen wrote every one of them, with tags.
        cover: 1 with a cover sheet.
        first: the rank of its first page in the file, cover sheet included.
        pages: its own pages in the file.
        targets: the places that its links lead to.
    """

    rank: int
    piece: Piece
    pdf: Pdf
    ours: bool
    cover: int = 0
    first: int = 0
    pages: list[Page] = field(default_factory=list)
    targets: Mapping[str, Target] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many pages it takes."""
        return self.cover + len(self.pdf.pages)


def write_liasse_pdf(
    liasse: Liasse,
    looks: Looks,
    report: Report,
    *,
    drawn: Mapping[str, bytes] | None = None,
    workers: int | None = None,
    log: Path | None = None,
) -> bytes:
    """The bytes of the whole liasse as one PDF; the same liasse gives the same bytes.

    It is PDF/A-2a and PDF/UA-1, and says so, when no foreign piece is in it.

    Args:
        liasse: Put together.
        looks: By the name of a gabarit; that of the liasse draws the bordereau and the cover sheets.
        report: Receives LIA-17, what is taken away from foreign pieces, when they are drawn here.
        drawn: The pieces as `draw_pieces` made them, so that they are not drawn twice.
        workers: How many processes draw the acts; chosen by default.
        log: The folder that keeps what LibreOffice says when it fails.

    Raises:
        ConvgenError: Every problem of every piece (LIA-03, LIA-05, LIA-13 to LIA-18, PDF-01, PDF-02).
    """
    if drawn is None:
        drawn = draw_pieces(liasse.pieces, looks, report, workers=workers, log=log)
    look = looks.get(liasse.gabarit) or PdfLook()
    with ExitStack() as stack:
        parts = [_open(stack, rank, one, drawn[one.id]) for rank, one in enumerate(liasse.pieces) if one.printed]
        for part in parts:
            part.targets = name_links(part.pdf, f"{part.rank}.")
            part.cover = int(liasse.stamp == _COVER and bool(part.piece.label))
        head = _heading(liasse)
        base = stack.enter_context(pikepdf.open(io.BytesIO(_bordereau(liasse, parts, head, look))))
        covers = None
        if any(part.cover for part in parts):
            sheets = [_cover(part, liasse) for part in parts if part.cover]
            covers = stack.enter_context(pikepdf.open(io.BytesIO(draw_covers(head, sheets, look))))
        archive = all(part.ours and not part.piece.foreign for part in parts)
        _assemble(base, covers, parts, liasse)
        pages = list(base.pages)
        stamps = draw_stamps(_stamps(parts, pages, liasse), look)
        put_stamps(base, stack.enter_context(pikepdf.open(io.BytesIO(stamps))), pages)
        write_bookmarks(base, _bookmarks(liasse, parts), pages)
        _describe(base, drawn, liasse, archive=archive)
        return saved(base)


def _open(stack: ExitStack, rank: int, piece: Piece, content: bytes) -> _Part:
    if piece.kind not in (PDF, DOCX):
        pdf = stack.enter_context(pikepdf.open(io.BytesIO(content)))
        return _Part(rank, piece, pdf, ours=is_tagged(pdf) and (piece.foreign or _is_archive(pdf)))
    pdf = stack.enter_context(open_pdf(piece, content))
    clean(pdf)
    return _Part(rank, piece, pdf, ours=False)


def _is_archive(pdf: Pdf) -> bool:
    held = pdf.Root.get("/Metadata")
    return isinstance(held, pikepdf.Stream) and all(one in held.read_bytes() for one in _ARCHIVE)


# --- the bordereau and the cover sheets ---------------------------------------------------------------------------


def _heading(liasse: Liasse) -> Heading:
    details = next((one.provenance.details for one in liasse.deliberations), {})
    return Heading(liasse.title, liasse.draft, liasse.mention, file_date(details)[:10], liasse.author)


def _bordereau(liasse: Liasse, parts: Sequence[_Part], head: Heading, look: PdfLook) -> bytes:
    """Drawn until its own length is the one that the folios count on."""
    length = 1 if liasse.contents else 0
    while True:
        first = length
        for part in parts:
            part.first, first = first, first + part.count
        made = draw_bordereau(head, list(_entries(liasse, parts)), _total(len(parts), first), look)
        with pikepdf.open(io.BytesIO(made)) as pdf:
            if not liasse.contents or len(pdf.pages) <= length:
                return made
            length = len(pdf.pages)


def _total(pieces: int, folios: int) -> str:
    return f"{pieces} pièce{'s' if pieces > 1 else ''}, {folios} folio{'s' if folios > 1 else ''}"


def _entries(liasse: Liasse, parts: Sequence[_Part]) -> Iterable[Entry]:
    by_rank = {part.rank: part for part in parts}
    only = {part.piece.id: part for part in reversed(parts)}
    for line in lines(liasse):
        part = by_rank.get(line.rank) or only[liasse.pieces[line.rank].id]
        name = f"{part.rank}.{line.annexe}"
        spot = part.targets.get(name) if line.annexe else None
        yield Entry(
            numero=line.label,
            titre=line.title,
            pages="" if line.annexe else len(part.pdf.pages),
            folio=part.first + (spot.page + part.cover if spot is not None else 0) + 1,
            niveau=line.depth,
            cible=name if spot is not None else _place(part),
            voir=line.see,
        )


def _place(part: _Part) -> str:
    return f"piece.{part.rank}"


def _cover(part: _Part, liasse: Liasse) -> Cover:
    above = part.piece.parents[0] if part.piece.parents else ""
    title = next((_title(one) for one in liasse.pieces if one.id == above and not one.parents), "")
    count = len(part.pdf.pages)
    return Cover(part.piece.label, part.piece.title, title, f"{count} page{'s' if count > 1 else ''}")


# --- putting together ---------------------------------------------------------------------------------------------


def _assemble(base: Pdf, covers: Pdf | None, parts: Sequence[_Part], liasse: Liasse) -> None:
    """Pages, names and tags, in the order of the document."""
    own = list(base.pages)
    tags = Tags.of(base)
    held = _keep_bordereau(base, tags, own, liasse)
    names: dict[str, tuple[Page, tuple[object, ...]]] = {}
    sheets: list[tuple[_Part, Page]] = []
    for part in parts:
        if part.cover and covers is not None:
            base.pages.append(covers.pages[len(sheets)])
            sheets.append((part, base.pages[-1]))
        start = len(base.pages)
        for page in part.pdf.pages:
            base.pages.append(page)
        part.pages = list(base.pages)[start:]
        names[_place(part)] = (base.pages[start - part.cover], ())
        names |= {name: (part.pages[one.page], one.spot) for name, one in part.targets.items()}
        _take_layers(base, part.pdf)
    titles = {_place(part): f"{name_of(part.piece)}, folio {part.first + 1}" for part in parts}
    for page in held:
        _lead(page, titles)
    _tag(tags, covers, sheets, parts)
    write_names(base, names)
    tags.close()


def _keep_bordereau(base: Pdf, tags: Tags, own: list[Page], liasse: Liasse) -> list[Page]:
    """The file starts as the bordereau: what describes it (colours, language, metadata) is that of our acts."""
    if liasse.contents:
        elements = tags.own(own)
        tags.give(tags.part("Bordereau des pièces"), elements)
        return own
    del base.pages[:]
    return []


def _lead(page: Page, titles: Mapping[str, str]) -> None:
    """Turn the addresses of the bordereau into places of the file."""
    for one in page.obj.get("/Annots", ()):
        action = one.get("/A")
        address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        if address.startswith(SCHEME):
            name = address.removeprefix(SCHEME)
            del one["/A"]
            one["/Dest"] = String(name)
            one["/Contents"] = String(titles.get(name, name))


def _tag(tags: Tags, covers: Pdf | None, sheets: Sequence[tuple[_Part, Page]], parts: Sequence[_Part]) -> None:
    opened = {part.rank: tags.part(_title(part.piece)) for part in parts}
    if covers is not None:
        by_page = {page.obj.objgen: part for part, page in sheets}
        for element in tags.take(covers, [page for _, page in sheets], "g."):
            place = page_of(element)
            if place in by_page:
                tags.give(opened[by_page[place].rank], [element])
    for part in parts:
        if part.ours:
            tags.give(opened[part.rank], tags.take(part.pdf, part.pages, f"{part.rank}."))
            continue
        for page in part.pages:
            wrap_page(tags.pdf, page, tags.foreign(page, opened[part.rank]))


def _title(piece: Piece) -> str:
    return f"{name_of(piece)} – {typeset(piece.title)}"


def _take_layers(base: Pdf, source: Pdf) -> None:
    """Layers of a plan that are hidden stay hidden."""
    held = source.Root.get("/OCProperties")
    if not isinstance(held, Dictionary) or "/OCGs" not in held:
        return
    copy = base.copy_foreign(held if held.is_indirect else source.make_indirect(held))
    mine = base.Root.get("/OCProperties")
    if not isinstance(mine, Dictionary):
        base.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(OFF=Array(), Order=Array()))
        mine = base.Root.OCProperties
    config = copy.get("/D")
    for layer in copy.OCGs:
        mine.OCGs.append(layer)
    if isinstance(config, Dictionary):
        hidden = list(config.get("/OFF", ()))
        if str(config.get("/BaseState", "/ON")) == "/OFF":
            shown = {one.objgen for one in config.get("/ON", ())}
            hidden = [one for one in copy.OCGs if one.objgen not in shown]
        for layer in hidden:
            mine.D.OFF.append(layer)


# --- stamps, bookmarks, metadata ----------------------------------------------------------------------------------


def _stamps(parts: Sequence[_Part], pages: Sequence[Page], liasse: Liasse) -> list[Stamp]:
    """The words of each page: those of its piece above, its folio below."""
    above: dict[int, str] = {}
    for part in parts:
        if liasse.stamp == _DISCREET and part.piece.label:
            count = len(part.pages)
            start = part.first + part.cover
            name = full_name(part.piece, liasse)
            above |= {start + n: f"{name} – page {n + 1}/{count}" for n in range(count)}
    foreign = {part.first + n for part in parts if not part.ours for n in range(part.cover, part.count)}
    return [
        stamp_of(page, above.get(rank, ""), f"folio {rank + 1}/{len(pages)}", foreign=rank in foreign)
        for rank, page in enumerate(pages)
    ]


def _bookmarks(liasse: Liasse, parts: Sequence[_Part]) -> list[Bookmark]:
    """Délibération > its annexes > theirs, each with the articles of our own acts."""
    by_rank = {part.rank: part for part in parts}
    only = {part.piece.id: part for part in reversed(parts)}
    roots = [Bookmark("Bordereau des pièces", 0)] if liasse.contents else []
    lines: dict[tuple[str, ...], Bookmark] = {}
    for rank, piece in enumerate(liasse.pieces):
        part = by_rank.get(rank) or only[piece.id]
        own = bookmarks_of(part.pdf, part.first + part.cover) if part.ours and piece.printed else []
        made = Bookmark(_title(piece), part.first, (), own, open=not piece.parents)
        above = lines.get(piece.parents)
        (above.children if above is not None else roots).append(made)
        lines[(*piece.parents, piece.id)] = made
    return roots


def _describe(pdf: Pdf, drawn: Mapping[str, bytes], liasse: Liasse, *, archive: bool) -> None:
    """What the file says of itself: its pages, an identifier of its own, PDF/A and PDF/UA when it is."""
    sealed = hashlib.sha256(liasse.id.encode())
    for name in sorted(drawn):
        sealed.update(hashlib.sha256(drawn[name]).digest())
    ident = b64encode(sealed.digest()[:16])
    held = pdf.Root.Metadata.read_bytes()
    held = _PAGES.sub(rb"\g<1>%d\g<2>" % len(pdf.pages), held)
    held = _IDENT.sub(rb"\g<1>%s\g<2>" % ident, held)
    if not archive:
        held = _CLAIMS.sub(b"", held)
    pdf.Root.Metadata = pdf.make_stream(held, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
