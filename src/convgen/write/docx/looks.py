"""What the styles of a gabarit say: room, for estimates of pages, and the looks that the PDF copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from convgen.write.docx.shell import w
from convgen.write.metrics import is_serif

#: Height of a line set solid, as a share of the size: ascent, descent and gap of Arial and Times New Roman.
SOLID = 1.15
_ALIGN = {"center": "center", "right": "right", "end": "right", "both": "both", "distribute": "both"}
_COLOUR = re.compile("[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """The room a style takes. Lengths are in twentieths of a point.

    Attributes:
        size: of the letters.
        line: the height of a line.
        before, after: room above and below.
        indent: what both indents take from the width of the lines.
        keep: stays with the next paragraph.
        whole: its lines stay together.
        serif, bold, capitals: how its letters are drawn.
        left, right: what each indent takes, `indent` being their sum.
        align: "left", "center", "right" or "both".
        italic: its letters slope.
        colour: of its letters, six hexadecimal digits, or "" for the usual one.
        family: of its letters, or "" for the usual one.
    """

    size: int = 220
    line: float = 273.0
    before: int = 0
    after: int = 120
    indent: int = 0
    keep: bool = False
    whole: bool = False
    serif: bool = False
    bold: bool = False
    capitals: bool = False
    left: int = 0
    right: int = 0
    align: str = "left"
    italic: bool = False
    colour: str = ""
    family: str = ""


def looks_of(root: etree._Element, ids: Mapping[str, str]) -> dict[str, Look]:
    """The look of each of our paragraph styles.

    Args:
        root: the `w:styles` of the gabarit, complete.
        ids: our key → style id.
    """
    elements = {style.get(w("styleId"), ""): style for style in root.findall(w("style"))}
    return {key: _look(root, elements, ident) for key, ident in ids.items()}


def _look(root: etree._Element, elements: Mapping[str, etree._Element], ident: str) -> Look:
    chain = list(_chain(root, elements, ident))

    def value(part: str, tag: str, name: str = "val") -> str | None:
        for one in chain:
            found = one.find(f"{w(part)}/{w(tag)}")
            if found is not None and (found.get(w(name)) is not None or name == "val"):
                return found.get(w(name), "1")
        return None

    def number(part: str, tag: str, name: str, default: int) -> int:
        text = value(part, tag, name) or ""
        return int(text) if text.lstrip("-").isdigit() else default

    def on(part: str, tag: str) -> bool:
        return (value(part, tag) or "0") not in ("0", "false", "off")

    size = number("rPr", "sz", "val", 20) * 10
    left = number("pPr", "ind", "left", 0) or number("pPr", "ind", "start", 0)
    right = number("pPr", "ind", "right", 0) or number("pPr", "ind", "end", 0)
    colour, family = value("rPr", "color") or "", value("rPr", "rFonts", "ascii") or ""
    return Look(
        size=size,
        line=_line(size, number("pPr", "spacing", "line", 240), value("pPr", "spacing", "lineRule") or "auto"),
        before=number("pPr", "spacing", "before", 0),
        after=number("pPr", "spacing", "after", 0),
        indent=max(left + right, 0),
        keep=on("pPr", "keepNext"),
        whole=on("pPr", "keepLines"),
        serif=is_serif(family),
        bold=on("rPr", "b"),
        capitals=on("rPr", "caps"),
        left=max(left, 0),
        right=max(right, 0),
        align=_ALIGN.get(value("pPr", "jc") or "", "left"),
        italic=on("rPr", "i"),
        colour=colour.upper() if _COLOUR.fullmatch(colour) else "",
        family=family,
    )


def _chain(root: etree._Element, elements: Mapping[str, etree._Element], ident: str) -> Iterator[etree._Element]:
    """The style, its parents, then the defaults of the document."""
    seen: set[str] = set()
    while ident in elements and ident not in seen:
        seen.add(ident)
        yield elements[ident]
        parent = elements[ident].find(w("basedOn"))
        ident = parent.get(w("val"), "") if parent is not None else ""
    for kind in ("rPrDefault", "pPrDefault"):
        found = root.find(f"{w('docDefaults')}/{w(kind)}")
        if found is not None:
            yield found


def _line(size: int, amount: int, rule: str) -> float:
    solid = size * SOLID
    if rule == "exact":
        return float(amount)
    return max(solid, amount) if rule == "atLeast" else solid * amount / 240
