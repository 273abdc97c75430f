"""What must be one of a kind in a file made from several: bookmarks, drawings, lists, footnotes, page counts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from convgen.write.docx.shell import w
from convgen.write.docx.xml import W

MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
#: Above so many acts, sums of page numbers would weigh more than the acts: they are printed as they are.
LIVE: Final = 60
_MARK: Final = re.compile(r'<w:bookmark(?:Start|End)\b[^>]*? w:id="(-?\d+)"')
_MARK_NAME: Final = re.compile(r'<w:bookmarkStart\b[^>]*? w:name="([^"]*)"')
_DRAWING: Final = re.compile(r'(<(?:wp:docPr|pic:cNvPr)\b[^>]*? id=")\d+(")')
_SHAPE: Final = re.compile(r'<v:\w+\b[^>]*? id="([^"]+)"')
_NOTE_ID: Final = re.compile(r'(<w:footnote(?:Reference)?\b[^>]*? w:id=")(\d+)(")')
_NUM_USED: Final = re.compile(r'<w:numId w:val="(\d+)"/>')
_ORPHANED: Final = ("numStyleLink", "styleLink", "lvlPicBulletId")


def unique_marks(xml: str, first: int, suffix: str) -> tuple[str, int]:
    """Give the bookmarks of a text identifiers from `first` on and names with a suffix; return the next free one."""
    found = list(dict.fromkeys(_MARK.findall(xml)))
    if not found:
        return xml, first
    ids = {old: str(first + place) for place, old in enumerate(found)}
    names = {name for name in _MARK_NAME.findall(xml) if name}
    xml = re.sub(
        r'(<w:bookmark(?:Start|End)\b[^>]*? w:id=")(-?\d+)"', lambda one: f'{one[1]}{ids.get(one[2], one[2])}"', xml
    )
    if names:
        any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        where = rf'((?:w:name|w:anchor)=")({any_name})"'
        xml = re.sub(where, lambda one: f'{one[1]}{_suffixed(one[2], suffix)}"', xml)
        xml = re.sub(
            rf"(<w:instrText\b[^>]*>[^<]*?\b(?:REF|PAGEREF|NOTEREF|HYPERLINK \\l)\s+\"?)({any_name})(?=[\s\"<])",
            lambda one: one[1] + _suffixed(one[2], suffix),
            xml,
        )
    return xml, first + len(ids)


def _suffixed(name: str, suffix: str) -> str:
    """A name of 40 characters at most."""
    if len(name) + len(suffix) <= 40:
        return name + suffix
    return name[:20] + hashlib.sha256(name.encode()).hexdigest()[: 20 - len(suffix)] + suffix


def unique_drawings(xml: str, first: int) -> tuple[str, int]:
    """Give the drawings of a text identifiers from `first` on; return the next free one."""
    count = first
    shapes = set(_SHAPE.findall(xml))
    if shapes:  # older drawings have names
        any_shape = "|".join(re.escape(name) for name in sorted(shapes, key=len, reverse=True))
        xml = re.sub(rf'(<v:\w+\b[^>]*? id=")({any_shape})"', lambda found: f'{found[1]}{found[2]}_{first}"', xml)
        xml = re.sub(rf'(<v:\w+\b[^>]*? type="#)({any_shape})"', lambda found: f'{found[1]}{found[2]}_{first}"', xml)
        count += 1

    def next_one(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{found[1]}{count - 1}{found[2]}"

    return _DRAWING.sub(next_one, xml), count


def shifted_notes(xml: str, before: int) -> str:
    """A text whose footnotes come after so many others."""
    if not before or "<w:footnote" not in xml:
        return xml
    return _NOTE_ID.sub(lambda found: f"{found[1]}{int(found[2]) + before}{found[3]}", xml)


def paged(xml: str, end: str) -> str:
    """A text whose « sur N » is the number of the page of a bookmark."""
    return re.sub(r"\bNUMPAGES\b", f"PAGEREF {end} ", xml)


# --- lists --------------------------------------------------------------------------------------------


def copied_lists(
    abstracts: list[etree._Element], nums: list[etree._Element], free: tuple[int, int], seed: str
) -> tuple[list[str], list[str], dict[int, int]]:
    """The lists of another file as ours must hold them, and its numbers → ours.

    Args:
        abstracts: its `w:abstractNum`, styles already renamed.
        nums: its `w:num`.
        free: the first free abstract id and number id.
        seed: what makes its lists no continuation of others.
    """
    known = {one.get(w("abstractNumId"), ""): str(free[0] + place) for place, one in enumerate(abstracts)}
    made = [_copied_abstract(one, known, seed) for one in abstracts]
    numbers: dict[int, int] = {}
    instances: list[str] = []
    for one in nums:
        link = one.find(w("abstractNumId"))
        target = known.get(link.get(w("val"), "")) if link is not None else None
        if link is None or target is None:
            continue
        numbers[int(one.get(w("numId"), "0"))] = free[1] + len(instances)
        for extra in [name for name in one.attrib if not str(name).startswith(f"{{{W}}}")]:
            del one.attrib[extra]
        one.set(w("numId"), str(free[1] + len(instances)))
        link.set(w("val"), target)
        instances.append(_bare(one))
    return made, instances, numbers


def _copied_abstract(one: etree._Element, known: Mapping[str, str], seed: str) -> str:
    old = one.get(w("abstractNumId"), "")
    one.set(w("abstractNumId"), known[old])
    for extra in [name for name in one.attrib if not str(name).startswith(f"{{{W}}}")]:
        del one.attrib[extra]
    for found in list(one.iter(*(w(tag) for tag in _ORPHANED))):
        parent = found.getparent()
        if parent is not None:
            parent.remove(found)
    # Word takes two lists of one identifier for the same list.
    digest = hashlib.sha256(f"{seed}/{old}".encode()).hexdigest()[:8].upper()
    for found in (*one.findall(w("nsid")), *one.findall(w("tmpl"))):
        found.set(w("val"), digest)
    return _bare(one)


def _bare(one: etree._Element) -> str:
    for inner in list(one.iter()):
        foreign = isinstance(inner.tag, str) and not inner.tag.startswith(f"{{{W}}}")
        parent = inner.getparent()
        if (foreign or not isinstance(inner.tag, str)) and parent is not None:
            parent.remove(inner)
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(one, encoding="unicode", with_tail=False))


def restarted_lists(xml: str, nums: str, first: int) -> tuple[str, str]:
    """A text printed once more: its lists count from 1 again.

    Args:
        xml: what a gabarit prints around an act.
        nums: the `w:num` of the gabarit.
        first: the first free number id.

    Returns:
        the text, and the `w:num` elements to add.
    """
    used = list(dict.fromkeys(number for number in _NUM_USED.findall(xml) if number != "0"))
    abstracts: Mapping[str, str] = dict(
        re.findall(r'<w:num\b[^>]*? w:numId="(\d+)"[^>]*>\s*<w:abstractNumId w:val="(\d+)"', nums)
    )
    made = {old: str(first + place) for place, old in enumerate(one for one in used if one in abstracts)}
    restart = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(9)
    )
    new = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstracts[old]}"/>{restart}</w:num>'
        for old, number in made.items()
    )
    return _NUM_USED.sub(lambda one: f'<w:numId w:val="{made.get(one[1], one[1])}"/>', xml), new


# --- sums of pages ------------------------------------------------------------------------------------


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _field(instruction: str, result: str) -> str:
    return f"{_mark('begin')}{_typed(instruction)}{_mark('separate')}<w:r><w:t>{result}</w:t></w:r>{_mark('end')}"


def _typed(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


def live_folio(own: str, ends: list[tuple[str, int]], page: int, fallback: str) -> str:
    """The number of a page counted from the head of the file, in runs: Word adds up the pages of the acts before.

    LibreOffice does not know sums of fields, and prints their terms: it is given something else.

    Args:
        own: the instruction of the page in its act (« PAGE », « PAGEREF … »).
        ends: the last bookmark of each act before, and its page.
        page: the page in its act, as far as is known.
        fallback: runs for programs that do not do sums.
    """
    terms = _typed("=") + _field(own, str(page))
    terms += "".join(_typed("+") + _field(f"PAGEREF {name}", str(last)) for name, last in ends)
    total = page + sum(last for _, last in ends)
    live = f"{_mark('begin')}{terms}{_mark('separate')}<w:r><w:t>{total}</w:t></w:r>{_mark('end')}"
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:w15="{W15}"><mc:Choice Requires="w15">{live}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
