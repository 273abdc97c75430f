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
from pikepdf import Array, Dictionary, Object, Page, Pdf, String

from convgen.bundle.bordereau import full_name, lines, name_of, stretches
from convgen.bundle.liasse import DOCX, PDF, Liasse, Piece
from convgen.bundle.pdf_clean import clean
from convgen.bundle.pdf_draw import Looks, draw_pieces, write_piece_pdf
from convgen.bundle.pdf_foreign import open_pdf, saved
from convgen.bundle.pdf_links import (
    Bookmark,
    Target,
    bookmarks_of,
    headings_of,
    name_links,
    write_bookmarks,
    write_names,
)
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
        ranks: those of its own pages: others stand in between when it is annexed something before its last annexe.
        pages: its own pages in the file.
        targets: the places that its links lead to.
    """

    rank: int
    piece: Piece
    pdf: Pdf
    ours: bool
    cover: int = 0
    first: int = 0
    ranks: list[int] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    targets: Mapping[str, Target] = field(default_factory=dict)


#: Pages of a piece that follow one another in the file, by their ranks in the piece.
_Run = tuple[_Part, range]


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
            part.targets = _targets(part)
            part.cover = int(liasse.stamp == _COVER and bool(part.piece.label))
        head, runs = _heading(liasse), _runs(liasse, parts)
        base = stack.enter_context(pikepdf.open(io.BytesIO(_bordereau(liasse, parts, runs, head, look))))
        covers = None
        if any(part.cover for part in parts):
            sheets = [_cover(part, liasse) for part in parts if part.cover]
            covers = stack.enter_context(pikepdf.open(io.BytesIO(draw_covers(head, sheets, look))))
        archive = all(part.ours and not part.piece.foreign for part in parts)
        _assemble(base, covers, runs, liasse)
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


def _targets(part: _Part) -> dict[str, Target]:
    """The places that links lead to, those of the annexes that an act prints among them."""
    named = name_links(part.pdf, f"{part.rank}.")
    annexes = part.piece.acte.annexes if part.piece.acte is not None else ()
    openings = {
        f"{part.rank}.{one.id}": one.number.label + (one.number.separator if one.title else "")
        for one in annexes
        if one.number is not None and one.number.label and f"{part.rank}.{one.id}" not in named
    }
    return headings_of(part.pdf, openings) | named if openings else named


def _is_archive(pdf: Pdf) -> bool:
    held = pdf.Root.get("/Metadata")
    return isinstance(held, pikepdf.Stream) and all(one in held.read_bytes() for one in _ARCHIVE)


# --- the order of the pages ---------------------------------------------------------------------------------------


def _runs(liasse: Liasse, parts: Sequence[_Part]) -> list[_Run]:
    """Each act is cut where an annexe of its own starts a page, after what is annexed to it before that one."""
    by_rank = {part.rank: part for part in parts}
    order = [*stretches(liasse)]
    last = {part.rank: len(part.pdf.pages) for part in parts}
    runs: list[_Run] = []
    for rank, annexe in reversed(order):
        part, stop = by_rank[rank], last[rank]
        spot = part.targets.get(f"{rank}.{annexe}")
        # A signed act may name no place: all that it prints stands first.
        last[rank] = 0 if not annexe else max(1, min(stop, spot.page if spot is not None else stop))
        runs.append((part, range(last[rank], stop)))
    return runs[::-1]


def _place_pages(runs: Sequence[_Run], first: int) -> int:
    """Give each page its rank in the file, from `first` on; returns the next free one."""
    for part, pages in runs:
        if not pages.start:
            part.first, part.ranks = first, []
            first += part.cover
        part.ranks += range(first, first + len(pages))
        first += len(pages)
    return first


# --- the bordereau and the cover sheets ---------------------------------------------------------------------------


def _heading(liasse: Liasse) -> Heading:
    details = next((one.provenance.details for one in liasse.deliberations), {})
    return Heading(liasse.title, liasse.draft, liasse.mention, file_date(details)[:10], liasse.author)


def _bordereau(liasse: Liasse, parts: Sequence[_Part], runs: Sequence[_Run], head: Heading, look: PdfLook) -> bytes:
    """Drawn until its own length is the one that the folios count on."""
    length = 1 if liasse.contents else 0
    while True:
        folios = _place_pages(runs, length)
        made = draw_bordereau(head, list(_entries(liasse, parts)), _total(len(parts), folios), look)
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
            folio=(part.ranks[spot.page] if spot is not None else part.first) + 1,
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


def _assemble(base: Pdf, covers: Pdf | None, runs: Sequence[_Run], liasse: Liasse) -> None:
    """Pages, names and tags, in the order of the document."""
    own = list(base.pages)
    tags = Tags.of(base)
    held = _keep_bordereau(base, tags, own, liasse)
    names: dict[str, tuple[Page, tuple[object, ...]]] = {}
    parts = [part for part, pages in runs if not pages.start]
    sheets = iter(covers.pages if covers is not None else ())
    for part, pages in runs:
        if part.cover and not pages.start:
            base.pages.append(next(sheets))
        for rank in pages:
            base.pages.append(part.pdf.pages[rank])
    whole = list(base.pages)
    for part in parts:
        part.pages = [whole[rank] for rank in part.ranks]
        names[_place(part)] = (whole[part.first], ())
        names |= {name: (part.pages[one.page], one.spot) for name, one in part.targets.items()}
        _take_layers(base, part.pdf)
    titles = {_place(part): f"{name_of(part.piece)}, folio {part.first + 1}" for part in parts}
    for page in held:
        _lead(page, titles)
    _tag(tags, covers, {part.rank: whole[part.first] for part in parts if part.cover}, runs)
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


def _tag(tags: Tags, covers: Pdf | None, sheets: Mapping[int, Page], runs: Sequence[_Run]) -> None:
    """The structure of each piece, in that of the act which it interrupts when it stands between its annexes."""
    opened: dict[int, Object] = {}
    elements: dict[int, list[Object]] = {}
    fronts = tags.take(covers, list(sheets.values()), "g.") if covers is not None else []
    for place, (part, pages) in enumerate(runs):
        if not pages.start:
            left = {one.rank for one, _ in runs[place + 1 :]} - {part.rank}
            inside = next((opened[rank] for rank in reversed(opened) if rank in left), None)
            opened[part.rank] = tags.part(_title(part.piece), inside)
            if part.rank in sheets:
                own = sheets[part.rank].obj.objgen
                tags.give(opened[part.rank], [one for one in fronts if page_of(one) == own])
            elements[part.rank] = tags.take(part.pdf, part.pages, f"{part.rank}.") if part.ours else []
        for rank in pages if not part.ours else ():
            wrap_page(tags.pdf, part.pages[rank], tags.foreign(part.pages[rank], opened[part.rank]))
        further = {page.obj.objgen for page in part.pages[pages.stop :]}
        ends = next((n for n, one in enumerate(elements[part.rank]) if page_of(one) in further), None)
        tags.give(opened[part.rank], elements[part.rank][:ends])
        elements[part.rank] = elements[part.rank][ends:] if ends is not None else []


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
            count, name = len(part.pages), full_name(part.piece, liasse)
            above |= {rank: f"{name} – page {n}/{count}" for n, rank in enumerate(part.ranks, start=1)}
    foreign = {rank for part in parts if not part.ours for rank in part.ranks}
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
    pages: dict[tuple[str, ...], list[int]] = {}
    for rank, piece in enumerate(liasse.pieces):
        part = by_rank.get(rank) or only[piece.id]
        own = bookmarks_of(part.pdf, part.ranks) if part.ours and piece.printed else []
        made = Bookmark(_title(piece), part.first, (), own, open=not piece.parents)
        above = lines.get(piece.parents)
        beside = above.children if above is not None else roots
        further = {one for one in pages.get(piece.parents, ()) if piece.printed and one > part.first}
        beside.insert(next((n for n, one in enumerate(beside) if one.page in further), len(beside)), made)
        pages[(*piece.parents, piece.id)] = part.ranks if piece.printed else []
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
