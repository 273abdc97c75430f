"""The sections of a file made from several acts: each starts a page, counts from 1, has headers of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from convgen.write.docx.shell import w
from convgen.write.docx.xml import HEADER, R, W

SECTION: Final = re.compile(r"<w:sectPr\b[^>]*/>|<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_LAST: Final = re.compile(r"(?:<w:sectPr\b[^>]*/>|<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>)\s*\Z", re.DOTALL)
_ORDER: Final = tuple(w(tag) for tag in (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
    "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi",
    "rtlGutter", "docGrid", "printerSettings", "sectPrChange",
))  # fmt: skip
#: The identifier in our file of a header or footer: (kind, identifier in the other file or "" for an empty one).
Aside = Callable[[str, str], str]


def last_section(content: str) -> tuple[str, str]:
    """What stands in a body, and the section that ends it."""
    found = _LAST.search(content)
    if found is None:
        return content, "<w:sectPr/>"
    return content[: found.start()], found[0].rstrip()


def fit_section(section: str, start: int, even: bool, aside: Aside) -> str:
    """A section as it must stand.

    Args:
        section: its `w:sectPr`.
        start: the number of its first page, when it follows another act; 0 when it goes on with its own.
        even: the file has other headers on even pages.
        aside: gives headers and footers.
    """
    root = etree.fromstring(re.sub(r"<w:sectPr\b", f'<w:sectPr xmlns:w="{W}" xmlns:r="{R}"', section, count=1))
    for tag in ("printerSettings", "sectPrChange", "paperSrc"):
        for one in root.findall(w(tag)):
            root.remove(one)
    for one in (*root.findall(w("headerReference")), *root.findall(w("footerReference"))):
        kind = "header" if one.tag == w("headerReference") else "footer"
        one.set(f"{{{R}}}id", aside(kind, one.get(f"{{{R}}}id", "")))
    if start:
        _start(root, start)
        _complete(root, even, aside)
    else:
        for one in root.findall(w("pgNumType")):
            one.attrib.pop(w("start"), "")
    root[:] = sorted(root, key=lambda one: _ORDER.index(str(one.tag)) if one.tag in _ORDER else len(_ORDER))
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(root, encoding="unicode"))


def _start(root: etree._Element, first: int) -> None:
    # Footnotes go on from act to act: LibreOffice numbers them all 0 where a section asks them to restart.
    for tag in ("type", "footnotePr"):
        for one in root.findall(w(tag)):
            root.remove(one)
    etree.SubElement(root, w("type")).set(w("val"), "nextPage")
    pages = root.find(w("pgNumType"))
    if pages is None:
        pages = etree.SubElement(root, w("pgNumType"))
    pages.set(w("start"), str(first))


def _complete(root: etree._Element, even: bool, aside: Aside) -> None:
    """A section without a header takes that of the section before: ours has an empty one."""
    wanted = ["default", *(["first"] if root.find(w("titlePg")) is not None else []), *(["even"] if even else [])]
    for kind in ("header", "footer"):
        tag = w(f"{kind}Reference")
        known = {one.get(w("type"), "default"): one.get(f"{{{R}}}id", "") for one in root.findall(tag)}
        for use in wanted:
            if use in known:
                continue
            made = etree.SubElement(root, tag)
            made.set(w("type"), use)
            usual = known.get("default", "") if use == "even" else ""
            made.set(f"{{{R}}}id", usual or aside(kind, ""))


def empty_aside(kind: str, style: str) -> str:
    """A header or footer without words."""
    tag = "hdr" if kind == "header" else "ftr"
    return (
        f'{HEADER}<w:{tag} xmlns:w="{W}" xmlns:r="{R}"><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        f'<w:spacing w:before="0" w:after="0"/></w:pPr></w:p></w:{tag}>'
    )
