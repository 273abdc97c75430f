"""Reading back what the Word writer wrote."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

from convgen.acte.nodes import Acte
from convgen.write.docx import Gabarit, load_gabarit, write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HERE = Path(__file__).resolve().parent
GABARITS = HERE.parents[1] / "templates" / "gabarits"
RESAVED = HERE / "gabarits" / "libreoffice"


@cache
def gabarit(name: str = "neutre") -> Gabarit:
    return load_gabarit(RESAVED if name == "libreoffice" else GABARITS / name)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def written(acte: Acte, name: str = "neutre") -> dict[str, bytes]:
    return parts_of(write_docx(acte, gabarit(name)))


def document(acte: Acte, name: str = "neutre") -> etree._Element:
    return etree.fromstring(written(acte, name)["word/document.xml"])


def words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def paragraphs(root: etree._Element) -> list[tuple[str, str]]:
    """(style id, words) of every paragraph."""
    found = []
    for one in root.iter(f"{W}p"):
        style = one.find(f"{W}pPr/{W}pStyle")
        found.append((style.get(f"{W}val") if style is not None else "", words(one)))
    return found


def paragraph_with(root: etree._Element, text: str) -> etree._Element:
    return next(one for one in root.iter(f"{W}p") if text in words(one))


def num_of(paragraph: etree._Element) -> tuple[int, int]:
    """(num id, level) of a paragraph, (0, 0) without a list."""
    num = paragraph.find(f"{W}pPr/{W}numPr")
    if num is None:
        return 0, 0
    return int(num.find(f"{W}numId").get(f"{W}val")), int(num.find(f"{W}ilvl").get(f"{W}val"))


def instructions(root: etree._Element) -> list[str]:
    return [(one.text or "").strip() for one in root.iter(f"{W}instrText")]
