"""Reading back a tagged PDF as a screen reader does: by its structure, never by where the words stand on the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pikepdf


@dataclass(slots=True)
class Element:
    """An element of the structure: its tag ("Call" for the number of a note), its words in reading order."""

    tag: str
    children: list[Element | str] = field(default_factory=list)
    page: int = -1

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements of those tags, itself included, in reading order."""
        if self.tag in tags:
            yield self
        for one in self.children:
            if isinstance(one, Element):
                yield from one.all(*tags)

    def without(self, *tags: str) -> str:
        """The words outside the elements of those tags."""
        return "".join(
            one if isinstance(one, str) else one.without(*tags)
            for one in self.children
            if isinstance(one, str) or one.tag not in tags
        )


def structure(data: bytes) -> Element:
    """The whole structure of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: rank for rank, page in enumerate(pdf.pages)}
        marked = [_marked(page) for page in pdf.pages]
        root = Element("Document")
        _fill(root, pdf.Root.StructTreeRoot, pages, marked, -1)
        return root


def _fill(element: Element, node: pikepdf.Object, pages: dict, marked: list[dict[int, str]], page: int) -> None:
    if "/Pg" in node:
        page = pages[node.Pg.objgen]
    element.page = page
    if "/K" not in node:
        return
    kids = list(node.K) if isinstance(node.K, pikepdf.Array) else [node.K]
    for kid in kids:
        if isinstance(kid, int):
            element.children.append(marked[page].get(int(kid), ""))
        elif "/MCID" in kid:
            place = pages[kid.Pg.objgen] if "/Pg" in kid else page
            element.children.append(marked[place].get(int(kid.MCID), ""))
        elif "/S" in kid:
            tag = str(kid.S)[1:]
            child = Element("Call" if tag == "Lbl" and element.tag != "LI" else tag)
            element.children.append(child)
            _fill(child, kid, pages, marked, page)


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The words of a page, by marked content."""
    found: dict[int, str] = {}
    fonts = {str(name): _unicode(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    open_ids: list[int | None] = []
    actual: list[bool] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
                open_ids.append(int(properties["/MCID"]) if "/MCID" in properties else None)
                actual.append("/ActualText" in properties)
                if actual[-1]:
                    _add(found, open_ids, str(properties["/ActualText"]))
            case "EMC":
                open_ids.pop()
                actual.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if not any(actual):
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                for piece in pieces:
                    if isinstance(piece, pikepdf.String):
                        code = bytes(piece)
                        pairs = (code[place] << 8 | code[place + 1] for place in range(0, len(code), 2))
                        _add(found, open_ids, "".join(font.get(one, "\ufffd") for one in pairs))
    return found


def _add(found: dict[int, str], open_ids: list[int | None], text: str) -> None:
    ident = next((one for one in reversed(open_ids) if one is not None), None)
    if ident is not None:
        found[ident] = found.get(ident, "") + text


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    """What each glyph of a font stands for."""
    return _parsed(bytes(font.ToUnicode.read_bytes())) if "/ToUnicode" in font else {}


@cache
def _parsed(cmap: bytes) -> dict[int, str]:
    text = cmap.decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(value, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(start + step)
    return found


def page_words(data: bytes, page: int) -> str:
    """All the words of a page, header and foot included, in the order they are drawn."""
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(data)).pages[page].extract_text()
