"""The styles of a second look in a file that has the first one's: copied under other names, their defaults said."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from convgen.write.docx.shell import w
from convgen.write.docx.xml import W

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: What Word does when neither a style nor the defaults of the file say anything.
_NEUTRAL_RUN: Final = {
    "rFonts": {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "cs": "Times New Roman"},
    "color": {"val": "auto"}, "sz": {"val": "20"}, "szCs": {"val": "20"}, "spacing": {"val": "0"}, "kern": {"val": "0"},
    "b": {"val": "0"}, "bCs": {"val": "0"}, "i": {"val": "0"}, "iCs": {"val": "0"}, "caps": {"val": "0"},
}  # fmt: skip
_NEUTRAL_PARAGRAPH: Final = {
    "spacing": {"before": "0", "after": "0", "line": "240", "lineRule": "auto"},
    "ind": {"left": "0", "right": "0", "firstLine": "0"}, "jc": {"val": "left"},
    "keepNext": {"val": "0"}, "keepLines": {"val": "0"}, "widowControl": {"val": "1"},
}  # fmt: skip
_RUN_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_PARAGRAPH_ORDER: Final = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_RUN_RANKS: Final = {w(name): rank for rank, name in enumerate(_RUN_ORDER)}
_PARAGRAPH_RANKS: Final = {w(name): rank for rank, name in enumerate(_PARAGRAPH_ORDER)}
_BEFORE_PROPERTIES: Final = ("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority",
                             "semiHidden", "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose",
                             "personalReply", "rsid")  # fmt: skip
_STYLE_TAGS: Final = tuple(w(tag) for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink",
                                              "numStyleLink"))  # fmt: skip
_THEMED: Final = ("themeColor", "themeShade", "themeTint", "themeFill", "themeFillShade", "themeFillTint")
_USED: Final = re.compile(r'<w:(?:pStyle|rStyle|tblStyle|styleLink|numStyleLink) w:val="([^"]*)"')


@dataclass(frozen=True, slots=True)
class StyleBook:
    """The styles of a file, to be copied into another.

    Attributes:
        root: its `w:styles`.
        prefix: of the identifiers in the other file; label: of the names.
        fonts: what « majorHAnsi »… stand for in its theme.
        paragraph, table: the identifiers of the default styles, "" for none.
    """

    root: etree._Element
    prefix: str
    label: str
    fonts: Mapping[str, str]
    paragraph: str
    table: str

    def rename(self, ident: str) -> str:
        """The identifier in the other file."""
        return f"{self.prefix}{ident}" if ident else ""


def style_book(root: etree._Element, theme: etree._Element | None, prefix: str, label: str) -> StyleBook:
    """The styles of a file, read for copying."""
    defaults = {
        one.get(w("type"), "paragraph"): one.get(w("styleId"), "")
        for one in root.findall(w("style"))
        if one.get(w("default")) in ("1", "true", "on")
    }
    return StyleBook(root, prefix, label, _theme_fonts(theme), defaults.get("paragraph", ""), defaults.get("table", ""))


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if theme is None:
        return found
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin")
        if latin is not None and latin.get("typeface"):
            found.update({f"{kind}{use}": latin.get("typeface", "") for use in ("HAnsi", "Ascii", "Bidi")})
    return found


# --- what uses the styles -----------------------------------------------------------------------------


def restyle(root: etree._Element, book: StyleBook, nums: Mapping[int, int]) -> None:
    """Make a tree name its styles as the other file has them, each paragraph and table, and its lists, in place.

    Args:
        root: a document, a header, the footnotes… or the styles themselves.
        book: its styles.
        nums: its lists → those of the other file.
    """
    known = {one.get(w("styleId"), "") for one in book.root.findall(w("style"))}
    for one in list(root.iter(*_STYLE_TAGS)):
        name = one.get(w("val"), "")
        if name in known:
            one.set(w("val"), book.rename(name))
        else:
            _drop(one)
    for one in list(root.iter(w("numId"))):
        old = one.get(w("val"), "0")
        one.set(w("val"), str(nums.get(int(old), 0) if old.isdigit() else 0))
    if book.paragraph:
        for one in root.iter(w("p")):
            _named(one, "pPr", "pStyle", book.rename(book.paragraph))
    if book.table:
        for one in root.iter(w("tbl")):
            _named(one, "tblPr", "tblStyle", book.rename(book.table))
    _settle_theme(root, book.fonts)
    _tidy(root)


def _tidy(root: etree._Element) -> None:
    """Say what LibreOffice writes loosely as the schema wants it."""
    for tag, order in (("rPr", _RUN_RANKS), ("pPr", _PARAGRAPH_RANKS)):
        for one in root.iter(w(tag)):
            if len(one) > 1:
                one[:] = sorted(one, key=lambda inner: order.get(str(inner.tag), len(order)))
    for one in root.iter(w("lvlJc")):
        one.set(w("val"), {"start": "left", "end": "right"}.get(one.get(w("val"), ""), one.get(w("val"), "left")))
    for one in root.iter(w("cantSplit"), w("tblHeader")):
        said = one.attrib.pop(w("val"), "true")
        if said in ("false", "0", "off"):
            one.set(w("val"), "off")


def _drop(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _named(one: etree._Element, properties: str, tag: str, name: str) -> None:
    found = one.find(w(properties))
    if found is None:
        found = etree.Element(w(properties))
        one.insert(0, found)
    if found.find(w(tag)) is None:
        style = etree.Element(w(tag))
        style.set(w("val"), name)
        found.insert(0, style)


def _settle_theme(root: etree._Element, fonts: Mapping[str, str]) -> None:
    """Say fonts and colours outright: the theme of the other file is another one."""
    for one in root.iter(w("rFonts")):
        for use in ("ascii", "hAnsi", "cs", "eastAsia"):
            name = one.attrib.pop(w("cstheme" if use == "cs" else f"{use}Theme"), "")
            if str(name) in fonts:
                one.set(w(use), fonts[str(name)])
    for one in root.iter(w("color"), w("shd"), w("u"), w("top"), w("bottom"), w("left"), w("right"), w("insideH"),
                         w("insideV"), w("start"), w("end"), w("between"), w("bar"), w("bdr")):  # fmt: skip
        for name in _THEMED:
            one.attrib.pop(w(name), "")


# --- the copies ---------------------------------------------------------------------------------------


def used_styles(texts: Iterable[str]) -> set[str]:
    """The identifiers of the styles that parts name."""
    return {name for text in texts for name in _USED.findall(text)}


def copied_styles(book: StyleBook, used: set[str], owner: etree._Element, nums: Mapping[int, int]) -> Iterator[str]:
    """The styles used, and those that they rest on, as the other file must hold them.

    Args:
        book: where they come from.
        used: the new identifiers that are named.
        owner: the `w:styles` of the other file, whose defaults they must not take.
        nums: the lists → those of the other file.
    """
    root = copy.deepcopy(book.root)
    elements = {one.get(w("styleId"), ""): one for one in root.findall(w("style"))}
    wanted: set[str] = set()
    todo = [name.removeprefix(book.prefix) for name in used if name.startswith(book.prefix)]
    while todo:
        name = todo.pop()
        if name in wanted or name not in elements:
            continue
        wanted.add(name)
        todo += [one.get(w("val"), "") for one in elements[name].iter(w("basedOn"), w("next"), w("link"))]
    run, paragraph = _defaults(book.root, owner)
    for name, one in elements.items():
        if name not in wanted:
            continue
        kind = one.get(w("type"), "paragraph")
        if kind == "paragraph" and one.find(w("basedOn")) is None:
            _fill(one, "rPr", run, _RUN_ORDER)
            _fill(one, "pPr", paragraph, _PARAGRAPH_ORDER)
        _rename(one, book)
        restyle(one, book, nums)
        yield re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(one, encoding="unicode", with_tail=False))


def _rename(one: etree._Element, book: StyleBook) -> None:
    one.attrib.pop(w("default"), "")
    one.set(w("customStyle"), "1")
    one.set(w("styleId"), book.rename(one.get(w("styleId"), "")))
    for tag in ("aliases", "rsid", "autoRedefine", "locked"):
        for found in one.findall(w(tag)):
            one.remove(found)
    for found in list(one):  # extensions that the root of the other file may not declare
        if not (isinstance(found.tag, str) and found.tag.startswith(f"{{{W}}}")):
            one.remove(found)
    name = one.find(w("name"))
    if name is None:
        return
    level = re.fullmatch(r"(?:heading|titre) ([1-9])", name.get(w("val"), "").casefold())
    if level:
        _fill(one, "pPr", {"outlineLvl": {w("val"): str(int(level[1]) - 1)}}, _PARAGRAPH_ORDER)
    name.set(w("val"), f"{book.label} {name.get(w('val'), '')}")


def _defaults(root: etree._Element, owner: etree._Element) -> tuple[dict[str, dict[str, str]], ...]:
    """What the first styles must say: the defaults of their file, and where it has none, what undoes the other's."""
    found = []
    for kind, tag, neutral in (("rPrDefault", "rPr", _NEUTRAL_RUN), ("pPrDefault", "pPr", _NEUTRAL_PARAGRAPH)):
        theirs, ours = _default(owner, kind, tag), _default(root, kind, tag)
        merged: dict[str, dict[str, str]] = {}
        for name in [*ours, *(one for one in theirs if one not in ours)]:
            if name == "lang":
                continue
            base = {w(key): value for key, value in neutral.get(name, {}).items()} if name in theirs else {}
            merged[name] = {**base, **ours.get(name, {})}
        found.append({name: values for name, values in merged.items() if values or name in ours})
    return tuple(found)


def _default(root: etree._Element, kind: str, tag: str) -> dict[str, dict[str, str]]:
    given = root.find(f"{w('docDefaults')}/{w(kind)}/{w(tag)}")
    if given is None:
        return {}
    return {
        etree.QName(one).localname: {str(key): str(value) for key, value in one.attrib.items()}
        for one in given
        if isinstance(one.tag, str) and one.tag.startswith(f"{{{W}}}") and not len(one)
    }


def _fill(style: etree._Element, tag: str, values: Mapping[str, Mapping[str, str]], order: tuple[str, ...]) -> None:
    """Put into a style what it does not say, in the order of the schema."""
    if not values:
        return
    found = style.find(w(tag))
    if found is None:
        found = etree.Element(w(tag))
        before = {w(name) for name in _BEFORE_PROPERTIES} | ({w("pPr")} if tag == "rPr" else set())
        place = max((rank for rank, one in enumerate(style, start=1) if one.tag in before), default=0)
        style.insert(place, found)
    for name, attributes in values.items():
        one = found.find(w(name))
        if one is None:
            one = etree.SubElement(found, w(name))
        for key, value in attributes.items():
            if not (name == "rFonts" and one.get(f"{key}Theme") is not None) and one.get(key) is None:
                one.set(key, value)
    rank_of = {w(name): rank for rank, name in enumerate(order)}
    found[:] = sorted(found, key=lambda one: rank_of.get(str(one.tag), len(order)))
