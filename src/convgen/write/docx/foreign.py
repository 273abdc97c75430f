"""Pieces that convgen did not write, as sections of a file of ours: a Word file, a picture.

Their styles and lists are kept apart from those of the acts, their headers and footers stay theirs.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from convgen.errors import GabaritError
from convgen.write.docx import relations
from convgen.write.docx.bundle_build import Book, Bound, Look, names_of, outside_sections
from convgen.write.docx.bundle_marks import MC
from convgen.write.docx.bundle_parts import IMAGE, PICTURES, Relation, Source, read_relations
from convgen.write.docx.bundle_styles import restyle
from convgen.write.docx.foreign_clean import clean
from convgen.write.docx.package import read_package
from convgen.write.docx.shell import w
from convgen.write.docx.xml import HEADER, R, W, escape

MAX_FILE: Final = 20 * 1024 * 1024  # bytes
MAX_ELEMENTS: Final = 400_000  # of a document: about two thousand pages
_OLE: Final = b"\xd0\xcf\x11\xe0"  # how a file protected by a password begins, and an old .doc
_WORDS_A_PAGE: Final = 420
EMU: Final = 914_400  # English metric units in an inch
_PAGE: Final = (11906, 16838, 1134)  # A4 and its margins, in twentieths of a point
_PICTURE_DPI: Final = 150

EMPTY, DAMAGED, BIG, PROTECTED, REFUSED = "vide", "abîmé", "gros", "protégé", "refusé"


class ForeignError(ValueError):
    """A foreign file that cannot be taken.

    Attributes:
        reason: `EMPTY`, `DAMAGED`, `BIG`, `PROTECTED` or `REFUSED`.
        cause: why, in French.
    """

    def __init__(self, reason: str, cause: str) -> None:
        super().__init__(cause)
        self.reason = reason
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Foreign:
    """A foreign piece, checked and cleaned.

    Attributes:
        title: on one line.
        source: its parts; the document and what hangs on it are clean.
        label: what it is to the file (« Annexe 3 »), "" for nothing.
        level: its depth in the contents.
        remarks: what could not be kept, in French.
        pages: how many it has, estimated.
    """

    title: str
    source: Source
    label: str = ""
    level: int = 1
    remarks: tuple[str, ...] = ()
    pages: int = 1


def read_foreign(data: bytes, title: str, *, label: str = "", level: int = 1) -> Foreign:
    """A Word file as a piece.

    Args:
        data: the file.
        title: what the contents call it.
        label: « Annexe 3 ».
        level: its depth in the contents.

    Raises:
        ForeignError: it is empty, damaged, too big, protected, or holds macros or XML entities.
    """
    parts = _parts(data)
    document = read_relations(parts, "word/document.xml")
    remarks: list[str] = []
    cleaned = dict(parts)
    root = _parsed(parts, "word/document.xml")
    if root.nsmap.get("w") != W:
        raise ForeignError(DAMAGED, "Le document n'est pas écrit comme Word l'écrit.")
    clean(root, document, remarks)
    words = sum(len((one.text or "").split()) for one in root.iter(w("t")))
    cleaned["word/document.xml"] = relations.serialize(root)
    for one in document.values():
        kind = one.kind.rpartition("/")[2]
        if one.external or one.target not in parts or kind not in ("header", "footer", "footnotes", "endnotes"):
            continue
        inner = _parsed(parts, one.target)
        # Our footnotes have no relationships: what they link to is said as text.
        related = {} if kind.endswith("notes") else read_relations(parts, one.target)
        clean(inner, related, remarks, sections=False)
        cleaned[one.target] = relations.serialize(inner)
    if any(one.kind.endswith("/endnotes") for one in document.values()) and _calls(root, "endnoteReference"):
        remarks.append("notes de fin reprises en notes de bas de page")
    pages = max(1, -(-words // _WORDS_A_PAGE), 1 + sum(1 for one in root.iter(w("br")) if one.get(w("type")) == "page"))
    return Foreign(title, Source(cleaned, document), label, level, tuple(remarks), pages)


def _calls(root: etree._Element, tag: str) -> bool:
    return next(root.iter(w(tag)), None) is not None


def _parts(data: bytes) -> dict[str, bytes]:
    if not data:
        raise ForeignError(EMPTY, "Le fichier est vide.")
    if len(data) > MAX_FILE:
        raise ForeignError(BIG, f"Le fichier dépasse {MAX_FILE // 1024**2} Mo.")
    if data.startswith(_OLE):
        raise ForeignError(PROTECTED, "Le fichier est protégé par un mot de passe, ou à l'ancien format .doc.")
    try:
        parts = read_package(data, "la pièce")
    except GabaritError as error:
        cause = error.diagnostics[0].message
        if "limites" in cause:
            raise ForeignError(BIG, "Le fichier dépasse les limites de taille une fois décompressé.") from error
        raise ForeignError(DAMAGED, "Le fichier est abîmé, ou n'est pas un fichier .docx.") from error
    _check(parts)
    return parts


def _check(parts: Mapping[str, bytes]) -> None:
    for name in ("[Content_Types].xml", "word/document.xml"):
        if name not in parts:
            raise ForeignError(DAMAGED, f"La partie {name} manque : ce n'est pas un fichier .docx.")
    if b"macroEnabled" in parts["[Content_Types].xml"] or any("vbaProject" in name for name in parts):
        raise ForeignError(REFUSED, "Le fichier contient des macros.")
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            raise ForeignError(REFUSED, f"La partie {name} déclare des entités XML.")
    for name in [name for name in parts if name.endswith((".xml", ".rels")) and name.startswith(("word/", "_rels/"))]:
        _parsed(parts, name)


def _parsed(parts: Mapping[str, bytes], name: str) -> etree._Element:
    if parts[name].count(b"<") > 2 * MAX_ELEMENTS:
        raise ForeignError(BIG, "Le document a trop de contenu.")
    try:
        return relations.parse(parts[name])
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ForeignError(DAMAGED, f"La partie {name} n'est pas du XML correct.") from error


# --- pictures -----------------------------------------------------------------------------------------


def read_picture(data: bytes, title: str, *, label: str = "", level: int = 1) -> Foreign:
    """A PNG or JPEG file as a piece of one page, on its side when it is wider than high.

    Raises:
        ForeignError: it is empty, too big, damaged, or another kind of picture.
    """
    if not data:
        raise ForeignError(EMPTY, "Le fichier est vide.")
    if len(data) > MAX_FILE:
        raise ForeignError(BIG, f"Le fichier dépasse {MAX_FILE // 1024**2} Mo.")
    width, height, suffix = picture_size(data)
    wide = width > height
    across, down, margin = _PAGE if not wide else (_PAGE[1], _PAGE[0], _PAGE[2])
    room = across - 2 * margin, down - 2 * margin - 600  # and a line for what Word keeps below a picture
    scale = min(room[0] * 635 / width, room[1] * 635 / height, EMU / _PICTURE_DPI * 2)
    size = f'cx="{int(width * scale)}" cy="{int(height * scale)}"'
    name = escape(title)
    turned = ' w:orient="landscape"' if wide else ""
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="{name}" descr="{name}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdImage"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    document = (
        f'{HEADER}<w:document xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body><w:p><w:pPr>'
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r>{drawing}</w:r></w:p><w:sectPr><w:pgSz w:w="{across}" w:h="{down}"{turned}/>'
        f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" w:header="567" '
        'w:footer="454" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    part = f"word/media/image.{suffix}"
    source = Source({"word/document.xml": document.encode(), part: data}, {"rIdImage": Relation(IMAGE, part)})
    return Foreign(title, source, label, level)


def picture_size(data: bytes) -> tuple[int, int, str]:
    """The width and height of a picture in dots, and the end of its name.

    Raises:
        ForeignError: it is no PNG or JPEG, or is damaged.
    """
    size = None
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 33 and b"IEND" in data[-16:]:
        size = *struct.unpack(">II", data[16:24]), "png"
    elif data.startswith(b"\xff\xd8\xff"):
        size = _jpeg_size(data)
    if size is None or not 0 < size[0] <= 30_000 or not 0 < size[1] <= 30_000:
        raise ForeignError(DAMAGED, "L'image est abîmée, ou n'est ni au format PNG ni au format JPEG.")
    return size


def _jpeg_size(data: bytes) -> tuple[int, int, str] | None:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        kind = data[place + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height, "jpg"
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return None


# --- into the file ------------------------------------------------------------------------------------


def bind_foreign(book: Book, foreign: Foreign) -> tuple[tuple[str, int], ...]:
    """Put a foreign piece into the file, in sections of its own; returns what its pages are counted after."""
    source = foreign.source
    styles = book.new_book(source, f"{(foreign.label or foreign.title)[:24]} :")
    nums = book.take_lists(source.xml("numbering"), styles)
    book.books.append((styles, nums))
    root = relations.parse(source.parts["word/document.xml"])
    restyle(root, styles, nums)
    _name_styles(root, book.owner.styles["Normal"])
    look = Look(source, styles, nums)
    _take_notes(book, root, look)
    text = _body(book, root)
    text = re.sub(
        r"(<w:instrText\b[^>]*>\s*TOC\b[^<]*)", lambda found: f"{found[1]} \\b {names_of(book.count + 1)[0]} ", text
    )
    text = book.unique(text)
    text = outside_sections(text, lambda one: book.parts.body(one, source))
    return book.bind(Bound(text, look, {}, foreign.pages, foreign.label))


def _name_styles(root: etree._Element, usual: str) -> None:
    """A paragraph without a style would take the default of the file."""
    for one in root.iter(w("p")):
        properties = one.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            one.insert(0, properties)
        if properties.find(w("pStyle")) is None:
            style = etree.Element(w("pStyle"))
            style.set(w("val"), usual)
            properties.insert(0, style)


def _take_notes(book: Book, root: etree._Element, look: Look) -> None:
    """Footnotes after those of the acts before; endnotes among them."""
    found: dict[tuple[str, str], etree._Element] = {}
    for kind in ("footnote", "endnote"):
        part = look.source.xml(f"{kind}s")
        for one in part.iter(w(kind)) if part is not None else ():
            found[kind, one.get(w("id"), "")] = one
    for call in list(root.iter(w("footnoteReference"), w("endnoteReference"))):
        kind = "footnote" if call.tag == w("footnoteReference") else "endnote"
        note = found.get((kind, call.get(w("id"), "")))
        if note is None:
            parent = call.getparent()
            parent.remove(call) if parent is not None else None
            continue
        if look.book is not None:
            restyle(note, look.book, look.nums)
            found.pop((kind, call.get(w("id"), "")))
        _name_styles(note, book.owner.styles["FootnoteText"])
        note.tag = w("footnote")
        for mark in note.iter(w("endnoteRef")):
            mark.tag = w("footnoteRef")
        call.tag = w("footnoteReference")
        for name in ("id", "customMarkFollows"):
            call.attrib.pop(w(name), "")
        call.set(w("id"), str(len(book.notes) + 1))
        note.set(w("id"), str(len(book.notes) + 1))
        book.notes.append(book.unique(etree.tostring(note, encoding="unicode", with_tail=False)))


def _body(book: Book, root: etree._Element) -> str:
    """The text of a document, its namespaces declared by the file where they can be."""
    required = {prefix for one in root.iter(f"{{{MC}}}Choice") for prefix in one.get("Requires", "").split()}
    etree.cleanup_namespaces(root, keep_ns_prefixes=sorted(required | {"w", "r"}))
    for prefix, address in root.nsmap.items():
        if prefix:
            book.namespaces.setdefault(prefix, str(address))
    text = etree.tostring(root, encoding="unicode")
    body = text.partition("<w:body>")[2].rpartition("</w:body>")[0]
    clashing = {
        prefix: address for prefix, address in root.nsmap.items() if prefix and book.namespaces[prefix] != address
    }
    if clashing or not body:
        raise ForeignError(DAMAGED, "Le document n'est pas écrit comme Word l'écrit.")
    return body


__all__ = ["PICTURES", "Foreign", "ForeignError", "bind_foreign", "read_foreign", "read_picture"]
