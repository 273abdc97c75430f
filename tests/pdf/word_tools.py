"""What a Word file reads like: its numbers counted as Word counts them, its signature frames read one by one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from convgen.write.docx.numbering import in_form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = {"decimal": "1", "upperRoman": "I", "lowerRoman": "i", "upperLetter": "A", "lowerLetter": "a"}


def word_text(data: bytes) -> tuple[str, list[str]]:
    """The words of the body, headers, feet and table of contents left out, then those of each note."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        numbering = etree.fromstring(archive.read("word/numbering.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    body = document.find(f"{W}body")
    counted = "\n".join(_Lists(numbering).lines(body))
    return counted, [_words(one) for one in notes if one.get(f"{W}type") is None]


def _words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def _value(element: etree._Element | None, default: str = "") -> str:
    return element.get(f"{W}val", default) if element is not None else default


@dataclass(slots=True)
class _Lists:
    """The lists of a file, counted while it is read."""

    numbering: etree._Element
    counts: dict[str, list[int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def lines(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            if child.tag == f"{W}p":
                yield self._label(child) + _words(child)
            elif child.tag == f"{W}sdt":
                titles = child.iterfind(f".//{W}pPr/{W}pStyle[@{W}val='TOCHeading']")
                yield from (_words(one.getparent().getparent()) for one in titles)
            elif child.tag == f"{W}tbl":
                style = _value(child.find(f"{W}tblPr/{W}tblStyle"))
                yield from self._frames(child) if style == "ActeGrille" else self._rows(child)

    def _rows(self, table: etree._Element) -> Iterator[str]:
        for cell in table.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tbl")) is table:
                yield from self.lines(cell)

    def _frames(self, table: etree._Element) -> Iterator[str]:
        """Each signatory's words together: Word has the capacities on one row, the names on another."""
        waiting: list[list[str]] = []
        for row in table.findall(f"{W}tr"):
            cells = [list(self.lines(cell)) for cell in row.findall(f"{W}tc")]
            height = row.find(f"{W}trPr/{W}trHeight")
            if height is None and len(cells) == len(waiting) and waiting[0][-1:] != ["|"]:
                for before, cell in zip(waiting, cells, strict=True):
                    before += [*cell, "|"]
                continue
            if height is not None and _value(height) == "1420":
                continue
            yield from (line for one in waiting for line in one if line != "|")
            waiting = cells
        yield from (line for one in waiting for line in one if line != "|")

    def _label(self, paragraph: etree._Element) -> str:
        found = paragraph.find(f"{W}pPr/{W}numPr")
        number = _value(found.find(f"{W}numId"), "0") if found is not None else "0"
        if found is None or number == "0":
            return ""
        level = int(_value(found.find(f"{W}ilvl"), "0"))
        num = next(one for one in self.numbering.findall(f"{W}num") if one.get(f"{W}numId") == number)
        abstract = _value(num.find(f"{W}abstractNumId"))
        counts = self.counts.setdefault(abstract, [0] * 9)
        restart = num.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        if restart is not None and (number, level) not in self.started:
            counts[level] = int(_value(restart)) - 1
        self.started.add((number, level))
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        return self._text(num, abstract, level, counts)

    def _text(self, num: etree._Element, abstract: str, level: int, counts: list[int]) -> str:
        def shape(rank: int) -> etree._Element:
            override = num.find(f"{W}lvlOverride[@{W}ilvl='{rank}']/{W}lvl")
            path = f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl[@{W}ilvl='{rank}']"
            return override if override is not None else self.numbering.find(path)

        def count(found: re.Match[str]) -> str:
            rank = int(found[1]) - 1
            return in_form(counts[rank] or 1, FORMS[_value(shape(rank).find(f"{W}numFmt"))])

        return re.sub(r"%(\d)", count, _value(shape(level).find(f"{W}lvlText")))
