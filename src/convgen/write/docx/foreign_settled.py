"""A foreign Word text that no longer changes: its revisions accepted, the fields that would be computed again frozen.

The Word file and the PDF of a liasse both print a foreign piece through here, so that they say the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from convgen.write.docx.shell import w

REVISED: Final = "modifications suivies : le texte est repris comme si elles étaient acceptées"
COMMENTED: Final = "commentaires non repris"
#: Fields that fetch something from elsewhere.
FETCHING: Final = re.compile(
    r"\s*(?:INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|MACROBUTTON|DATABASE|RD)\b", re.IGNORECASE
)
#: Fields whose text depends on the day, on who prints, or on the file that holds them (ECMA-376-1, 17.16.5). Pages,
#: references and tables of contents are not among them: they follow the place of the piece.
CHANGING: Final = re.compile(
    r"\s*(?:=|(?:DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|EDITTIME|AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS"
    r"|FILENAME|FILESIZE|TEMPLATE|TITLE|SUBJECT|KEYWORDS|COMMENTS|INFO|DOCPROPERTY|DOCVARIABLE|REVNUM|NUMWORDS|NUMCHARS"
    r"|IF|COMPARE|ASK|FILLIN|MERGEFIELD|MERGEREC|MERGESEQ|NEXT|NEXTIF|SKIPIF|ADDRESSBLOCK|GREETINGLINE|AUTOTEXT"
    r"|AUTOTEXTLIST)\b)",
    re.IGNORECASE,
)
#: What makes a field differ from page to page: its text is not the same everywhere, and stays computed.
_PAGED: Final = re.compile(r"\b(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|STYLEREF)\b", re.IGNORECASE)
_GONE: Final = ("del", "moveFrom")
_COME: Final = ("ins", "moveTo")
#: Former properties, and the marks of what comes, goes or moves.
_MARKS: Final = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
    "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
)  # fmt: skip
#: Dates that Word computes outside of fields (ECMA-376-1, 17.3.3).
_DATES: Final = ("dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong")
_PROPERTIES: Final = frozenset(w(one) for one in ("rPr", "trPr", "tcPr", "tblPr", "pPr"))


def is_revised(root: etree._Element) -> bool:
    """Whether a text holds changes that were neither accepted nor refused."""
    return bool(_each(root, (*_GONE, *_COME, "cellDel", "cellIns")))


def accept(root: etree._Element) -> None:
    """Accept every change that Word keeps track of, in place."""
    for one in _each(root, ("cellDel",)):
        _drop_cell(one)
    gone = _each(root, _GONE)
    for one in gone:
        if _parent_is(one, w("trPr")):
            _drop_row(one)
    ended = [_above(one, w("p")) for one in gone if _parent_is(one, w("rPr")) and _above(one, w("pPr")) is not None]
    for one in gone:
        remove(one)
    for paragraph in ended:
        if paragraph is not None:
            _join(paragraph)
    for one in _each(root, _COME):
        remove(one) if _in_properties(one) else unwrap(one)
    for one in _each(root, _MARKS):
        remove(one)


def _each(root: etree._Element, tags: tuple[str, ...]) -> list[etree._Element]:
    return list(root.iter(*(w(tag) for tag in tags)))


def settle_fields(root: etree._Element, kinds: re.Pattern[str]) -> bool:
    """Replace fields by the text that they were last seen with, in place.

    Args:
        root: a document, a header, the notes.
        kinds: matches the beginning of the instruction of the fields.

    Returns:
        Whether there was one.
    """
    found = False
    for one in list(root.iter(w("fldSimple"))):
        if kinds.match(one.get(w("instr"), "")):
            unwrap(one)
            found = True
    for each in list(_fields(root)):
        words = each.instruction
        if kinds.match(words) and not _PAGED.search("".join(each.nested)):
            found = True
            for mark in (*each.marks, *each.inner):
                remove(mark)
    return found


def settle_dates(root: etree._Element) -> None:
    """Take out the dates that Word computes outside of fields, in place: no file keeps what they were."""
    for one in _each(root, _DATES):
        remove(one)


def remove(one: etree._Element) -> None:
    """Take an element out of its parent."""
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def unwrap(one: etree._Element) -> None:
    """Leave what an element holds in its place."""
    parent = one.getparent()
    if parent is not None:
        place = parent.index(one)
        parent[place : place + 1] = list(one)


# --- revisions ------------------------------------------------------------------------------------------


def _parent_is(one: etree._Element, tag: str) -> bool:
    parent = one.getparent()
    return parent is not None and parent.tag == tag


def _in_properties(one: etree._Element) -> bool:
    parent = one.getparent()
    return parent is not None and parent.tag in _PROPERTIES


def _above(one: etree._Element, tag: str) -> etree._Element | None:
    return next(one.iterancestors(tag), None)


def _drop_cell(mark: etree._Element) -> None:
    cell = _above(mark, w("tc"))
    row = cell.getparent() if cell is not None else None
    if cell is None or row is None:
        return
    if len(row.findall(w("tc"))) > 1:
        remove(cell)
    else:
        _drop_row(cell)


def _drop_row(inside: etree._Element) -> None:
    """Remove a row, and a table that has no other."""
    row = _above(inside, w("tr"))
    table = _above(row, w("tbl")) if row is not None else None
    if row is None or table is None:
        return
    remove(row)
    if next(table.iter(w("tr")), None) is None:
        remove(table)


def _join(paragraph: etree._Element) -> None:
    """A paragraph whose end is gone goes on with the next one, which gives its look."""
    if next(paragraph.iter(w("sectPr")), None) is not None:
        return
    held = [one for one in paragraph if one.tag != w("pPr")]
    following = paragraph.getnext()
    while following is not None and following.tag not in (w("p"), w("tbl"), w("sectPr")):
        following = following.getnext()
    if following is not None and following.tag == w("p"):
        start = 1 if len(following) and following[0].tag == w("pPr") else 0
        following[start:start] = held
        remove(paragraph)
    elif _is_empty(paragraph) and not _is_needed(paragraph, following):
        remove(paragraph)


def _is_empty(paragraph: etree._Element) -> bool:
    held = (one for run in paragraph.iter(w("r")) for one in run)
    return all(one.tag == w("rPr") or (one.tag == w("t") and not one.text) for one in held)


def _is_needed(paragraph: etree._Element, following: etree._Element | None) -> bool:
    """Whether the file would not be right without a paragraph there: alone, or after a table."""
    before = paragraph.getprevious()
    while before is not None and before.tag not in (w("p"), w("tbl")):
        before = before.getprevious()
    if before is None:
        return following is None or following.tag == w("sectPr")
    return before.tag == w("tbl")


# --- fields ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Field:
    """A field: its marks, its own words, and what stands before its result, fields in fields included."""

    marks: list[etree._Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    inner: list[etree._Element] = field(default_factory=list)
    told: bool = False  # the instruction is over

    @property
    def instruction(self) -> str:
        return "".join(self.words)


def _fields(root: etree._Element) -> Iterator[_Field]:
    """Every field that begins and ends, those inside another one first."""
    stack: list[_Field] = []
    for one in root.iter(etree.Element):
        kind = one.get(w("fldCharType"), "") if one.tag == w("fldChar") else ""
        if not kind and not _printed(one):
            continue
        for open_field in stack[:-1] if kind in ("separate", "end") else stack:
            if not open_field.told:
                open_field.inner.append(one)
        if kind == "begin":
            stack.append(_Field([one]))
        elif kind and stack:
            stack[-1].marks.append(one)
            stack[-1].told = True
            if kind == "end":
                yield stack.pop()
        elif one.tag == w("instrText"):
            _tell(stack, one.text or "")


def _tell(stack: list[_Field], words: str) -> None:
    """Words of the last field, which those around it hear as well."""
    if stack and not stack[-1].told:
        stack[-1].words.append(words)
    for each in stack[:-1]:
        if not each.told:
            each.nested.append(words)


def _printed(one: etree._Element) -> bool:
    """What a run holds besides its look, and a field in one piece."""
    return one.tag == w("fldSimple") or (_parent_is(one, w("r")) and one.tag != w("rPr"))
