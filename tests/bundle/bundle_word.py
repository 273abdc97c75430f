"""Word files that the tests of the bundle make and read back."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path

from lxml import etree

from convgen.write.docx import Gabarit, load_gabarit

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
GABARITS = Path(__file__).parents[2] / "templates" / "gabarits"
_KNOWN: dict[str, Gabarit] = {}


def look(name: str = "departement") -> Gabarit:
    if name not in _KNOWN:
        _KNOWN[name] = load_gabarit(GABARITS / name)
    return _KNOWN[name]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(data: bytes) -> etree._Element:
    body = etree.fromstring(parts_of(data)["word/document.xml"]).find(f"{W}body")
    assert body is not None
    return body


def words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def value(element: etree._Element | None, name: str = "val") -> str:
    return element.get(f"{W}{name}", "") if element is not None else ""


def sections(data: bytes) -> list[tuple[etree._Element, list[etree._Element]]]:
    """Each section and the blocks in it."""
    found, blocks = [], []
    for one in body_of(data):
        if one.tag == f"{W}sectPr":
            found.append((one, blocks))
            continue
        blocks.append(one)
        end = one.find(f"{W}pPr/{W}sectPr")
        if end is not None:
            found.append((end, blocks))
            blocks = []
    return found


def starts(data: bytes) -> list[int]:
    """The rank of the first section of each act."""
    return [rank for rank, (one, _) in enumerate(sections(data)) if value(one.find(f"{W}pgNumType"), "start") == "1"]


def acts_in(data: bytes) -> list[list[etree._Element]]:
    """The blocks of each act."""
    found = sections(data)
    firsts = [*starts(data), len(found)]
    return [
        [block for _, blocks in found[first:after] for block in blocks] for first, after in itertools.pairwise(firsts)
    ]


def asides(data: bytes, section: etree._Element, kind: str) -> dict[str, str]:
    """use (« default », « first ») → XML of the headers or footers that a section names."""
    parts = parts_of(data)
    targets = {
        one.get("Id", ""): f"word/{one.get('Target', '')}"
        for one in etree.fromstring(parts["word/_rels/document.xml.rels"])
    }
    return {
        value(one, "type"): parts[targets[one.get(f"{R}id", "")]].decode()
        for one in section.findall(f"{W}{kind}Reference")
    }


class Lists:
    """Word's counters, played on a document."""

    def __init__(self, data: bytes) -> None:
        root = etree.fromstring(parts_of(data)["word/numbering.xml"])
        self.abstracts = {value(one, "abstractNumId"): one for one in root.findall(f"{W}abstractNum")}
        self.nums = {value(one, "numId"): one for one in root.findall(f"{W}num")}
        styles = etree.fromstring(parts_of(data)["word/styles.xml"])
        self.styles = {value(one, "styleId"): one.find(f"{W}pPr/{W}numPr") for one in styles.findall(f"{W}style")}
        self.counts: dict[str, list[int]] = {}
        self.seen: set[str] = set()

    def label(self, paragraph: etree._Element) -> str:
        num = paragraph.find(f"{W}pPr/{W}numPr")
        if num is None:
            num = self.styles.get(value(paragraph.find(f"{W}pPr/{W}pStyle")))
        if num is None or value(num.find(f"{W}numId")) == "0":
            return ""
        ident, level = value(num.find(f"{W}numId")), int(value(num.find(f"{W}ilvl")) or "0")
        instance = self.nums[ident]
        abstract = value(instance.find(f"{W}abstractNumId"))
        counts = self.counts.setdefault(abstract, [0] * 9)
        if ident not in self.seen:
            self.seen.add(ident)
            for one in instance.findall(f"{W}lvlOverride"):
                restart = one.find(f"{W}startOverride")
                if restart is not None:
                    counts[int(value(one, "ilvl"))] = int(value(restart)) - 1
        counts[level:] = [counts[level] + 1] + [0] * (8 - level)
        shape = self._level(instance, abstract, level)
        text = value(shape.find(f"{W}lvlText"))
        return re.sub(r"%(\d)", lambda one: str(counts[int(one[1]) - 1] or 1), text)

    def _level(self, instance: etree._Element, abstract: str, level: int) -> etree._Element:
        for one in instance.findall(f"{W}lvlOverride"):
            own = one.find(f"{W}lvl")
            if own is not None and int(value(one, "ilvl")) == level:
                return own
        return next(one for one in self.abstracts[abstract].findall(f"{W}lvl") if int(value(one, "ilvl")) == level)

    def labels(self, blocks: list[etree._Element]) -> list[str]:
        found = [self.label(one) for block in blocks for one in block.iter(f"{W}p")]
        return [one.replace("\xa0", " ") for one in found if one]
