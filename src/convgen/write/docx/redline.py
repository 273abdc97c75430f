"""The printed text gone through once more, to make of its changes what Word expects.

With a revision they are tracked: a person accepts or refuses them. Without one they are looks: struck words,
underlined words.

Word joins a paragraph whose mark goes with the next one, which nothing can do before a table or at the end of a
cell, of a section or of the text: there, the last mark stays, the mark of the paragraph kept above goes in its
place, and each version keeps its looks (`w:pPrChange`).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from convgen.write.docx.revisions import CHANGE, END, FORMER, LATTER, Revision
from convgen.write.docx.shell import w
from convgen.write.docx.xml import R, W

_TITLE: Final = re.compile(f"{FORMER}([^{LATTER}]*){LATTER}([^{END}]*){END}")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_LOOKS: Final = {"ins": (("color", "1F5FA8"), ("u", "single")), "del": (("strike", ""), ("color", "B02A1E"))}
#: The formatting of a run in the order of the schema, as far as we write it.
_ORDER: Final = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "strike", "color", "sz", "highlight", "u",
                 "vertAlign")  # fmt: skip
_OPENING: Final = f'<w:body xmlns:w="{W}" xmlns:r="{R}">'
_RUNS: Final = frozenset({w("r"), w("hyperlink")})


@dataclass(slots=True)
class Redline:
    """The changes of one file being written.

    Attributes:
        revision: who and when; None to show the changes by looks.
        last: the last identifier given, in the order of the text; the bookmarks have those before.
        notes: the footnotes called by words that come or go, and which.
    """

    revision: Revision | None
    last: int
    notes: dict[str, str] = field(default_factory=dict)

    def body(self, xml: str) -> str:
        """The body as printed, made ready."""
        root = etree.fromstring(f"{_OPENING}{xml}</w:body>")
        self._spread(root)
        if self.revision is None:
            self._looks(root)
        else:
            for container in (root, *root.iter(w("tc"), w("sdtContent"))):
                self._marks(container)
            self._finish(root)
        text = etree.tostring(root, encoding="unicode")
        return text[text.index(">") + 1 : text.rindex("<")] if len(root) else ""

    def footnotes(self, notes: Sequence[str]) -> list[str]:
        """The footnotes, those of words that come or go with them."""
        return [self._footnote(xml, self.notes.get(str(number))) for number, xml in enumerate(notes, start=1)]

    def _footnote(self, xml: str, tag: str | None) -> str:
        if tag is None:
            return xml
        root = etree.fromstring(f"{_OPENING}{xml}</w:body>")
        for paragraph in root.iter(w("p")):
            runs = [one for one in paragraph if one.tag in _RUNS]
            _wrap(paragraph, runs[1:], tag)  # the first one is the number
        self._looks(root) if self.revision is None else self._finish(root)
        text = etree.tostring(root, encoding="unicode")
        return text[text.index(">") + 1 : text.rindex("<")]

    def titled(self, xml: str) -> str:
        """A part of the gabarit where the title of the act changes."""
        if FORMER not in xml:
            return xml
        root = etree.fromstring(xml.encode())
        for one in list(root.iter(w("t"))):
            if one.text and _TITLE.search(one.text):
                self._title(one)
        self._looks(root) if self.revision is None else self._finish(root)
        text = etree.tostring(root, encoding="unicode")
        # Elsewhere (the words that stand for a picture), the new title is enough.
        head = xml[: xml.index("?>") + 2] + "\n" if xml.startswith("<?xml") else ""
        return head + _TITLE.sub(lambda found: found[2], text)

    def _title(self, words: etree._Element) -> None:
        run = words.getparent()
        parent = run.getparent() if run is not None else None
        if run is None or parent is None or run.tag != w("r"):
            return
        text = words.text or ""
        found = _TITLE.search(text)
        if found is None:
            return
        pieces = [("", text[: found.start()]), ("del", found[1]), ("ins", found[2]), ("", text[found.end() :])]
        place = parent.index(run)
        for tag, piece in reversed([one for one in pieces if one[1]]):
            made = copy.deepcopy(run)
            for child in list(made):
                if child.tag not in (w("rPr"), w("t")):
                    made.remove(child)
            shown = made.find(w("t"))
            if shown is not None:
                shown.text = piece
                shown.set(_SPACE, "preserve")
            parent.insert(place, made)
            if tag:
                _wrap(parent, [made], tag)
        parent.remove(run)

    # --- what the attributes say, on the runs ---

    def _spread(self, root: etree._Element) -> None:
        for table in root.iter(w("tbl")):
            tag = _taken(table)
            for row in table.iterchildren(w("tr")) if tag else ():
                row.set(CHANGE, tag)
        for row in root.iter(w("tr")):
            tag = row.get(CHANGE, "")
            for paragraph in list(row.iter(w("p"))) if tag else ():
                _taken(paragraph)
                _wrap_all(paragraph, tag)
        for paragraph in list(root.iter(w("p"))):
            if paragraph.get(CHANGE):
                _wrap_all(paragraph, paragraph.get(CHANGE, ""))
        self._spread_inside(root)

    def _spread_inside(self, root: etree._Element) -> None:
        for tag in ("ins", "del"):
            for one in list(root.iter(w(tag))):
                _open_links(one)
                for call in one.iter(w("footnoteReference")):
                    self.notes[call.get(w("id"), "")] = tag

    def _looks(self, root: etree._Element) -> None:
        for tag, looks in _LOOKS.items():
            for one in list(root.iter(w(tag))):
                for run in one.iter(w("r")):
                    _format(run, looks)
                _unwrap(one)
        for one in root.iter(w("p"), w("tr")):
            _taken(one)

    # --- marks of paragraphs ---

    def _marks(self, container: etree._Element) -> None:
        row = container.getparent()
        if row is not None and row.get(CHANGE):
            return
        for group in _groups(container):
            if any(one.get(CHANGE) for one in group):
                self._group(group)

    def _group(self, group: list[etree._Element]) -> None:
        """Marks of paragraphs that follow one another up to something that none can be joined with."""
        kept = max((place for place, one in enumerate(group) if not one.get(CHANGE)), default=-1)
        tail = group[kept + 1 :]
        last = {one.get(CHANGE, ""): one for one in tail}
        if len(last) == 2:
            tail = [self._joined(last["del"], last["ins"])]
        elif tail:
            (tag,) = last
            if kept >= 0:
                self._carry(group[kept], tail[-1], tag)
        for one in group:
            tag = _taken(one)
            if tag and one.getparent() is not None and (not tail or one is not tail[-1]):
                _mark(one, tag)

    def _joined(self, gone: etree._Element, come: etree._Element) -> etree._Element:
        """A paragraph that goes and one that comes, in the one that stands last."""
        former = _plain_properties(gone)
        parent = gone.getparent()
        if parent is not None and parent.index(gone) < parent.index(come):
            place = 1 if come.find(w("pPr")) is not None else 0
            come[place:place] = [one for one in gone if one.tag != w("pPr")]
            stays, leaves = come, gone
        else:
            looks = _plain_properties(come)
            gone.extend([one for one in come if one.tag != w("pPr")])
            _set_properties(gone, looks)
            stays, leaves = gone, come
        self._change(stays, former)
        if parent is not None:
            parent.remove(leaves)
        return stays

    def _carry(self, kept: etree._Element, last: etree._Element, tag: str) -> None:
        """The mark of the last paragraph stays, that of the paragraph kept above goes."""
        _mark(kept, tag)
        above, below = _plain_properties(kept), _plain_properties(last)
        if tag == "del":
            _set_properties(last, above)
            self._change(last, below)
        else:
            self._change(last, above)

    def _change(self, paragraph: etree._Element, former: etree._Element) -> None:
        """The looks that a paragraph had."""
        if _same(_plain_properties(paragraph), former):
            return
        made = etree.SubElement(_properties(paragraph), w("pPrChange"))
        made.append(former)

    # --- what Word asks of each revision ---

    def _finish(self, root: etree._Element) -> None:
        for row in root.iter(w("tr")):
            tag = _taken(row)
            properties = row.find(w("trPr"))
            if tag and properties is not None:
                etree.SubElement(properties, w(tag))
        for one in root.iter(w("ins"), w("del"), w("pPrChange")):
            self._sign(one)
        for gone in root.iter(w("del")):
            for text in list(gone.iter(w("t"), w("instrText"))):
                text.tag = w("delText") if text.tag == w("t") else w("delInstrText")
                text.set(_SPACE, "preserve")

    def _sign(self, one: etree._Element) -> None:
        if self.revision is None:
            return
        self.last += 1
        one.set(w("id"), str(self.last))
        one.set(w("author"), self.revision.author)
        one.set(w("date"), self.revision.date)


def _taken(element: etree._Element) -> str:
    """What an element says of itself, which it says no more."""
    tag = element.get(CHANGE, "")
    if tag:
        del element.attrib[CHANGE]
    return tag


def _groups(container: etree._Element) -> Iterator[list[etree._Element]]:
    """The paragraphs that follow one another in a body or a cell; a break of section ends a group."""
    group: list[etree._Element] = []
    for child in container:
        if child.tag == w("p"):
            group.append(child)
        if child.tag != w("p") or child.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            yield group
            group = []
    yield group


def _properties(paragraph: etree._Element) -> etree._Element:
    found = paragraph.find(w("pPr"))
    if found is None:
        found = etree.Element(w("pPr"))
        paragraph.insert(0, found)
    return found


_NOT_LOOKS: Final = frozenset({w("rPr"), w("sectPr"), w("pPrChange")})


def _plain_properties(paragraph: etree._Element) -> etree._Element:
    """The looks of a paragraph, a copy."""
    made = etree.Element(w("pPr"))
    made.extend(copy.deepcopy(one) for one in _properties(paragraph) if one.tag not in _NOT_LOOKS)
    return made


def _set_properties(paragraph: etree._Element, looks: etree._Element) -> None:
    properties = _properties(paragraph)
    for one in [one for one in properties if one.tag not in _NOT_LOOKS]:
        properties.remove(one)
    for place, one in enumerate(looks):
        properties.insert(place, copy.deepcopy(one))


def _same(a: etree._Element, b: etree._Element) -> bool:
    return etree.tostring(a) == etree.tostring(b)


def _mark(paragraph: etree._Element, tag: str) -> None:
    """The mark of a paragraph comes or goes."""
    properties = _properties(paragraph)
    looks = properties.find(w("rPr"))
    if looks is None:
        looks = etree.Element(w("rPr"))
        later = [place for place, one in enumerate(properties) if one.tag in (w("sectPr"), w("pPrChange"))]
        properties.insert(later[0] if later else len(properties), looks)
    looks.insert(0, etree.Element(w(tag)))


def _wrap_all(paragraph: etree._Element, tag: str) -> None:
    _wrap(paragraph, [one for one in paragraph if one.tag in _RUNS], tag)


def _wrap(parent: etree._Element, runs: Iterable[etree._Element], tag: str) -> None:
    """Put neighbouring runs in one element, which takes their place."""
    made: etree._Element | None = None
    for one in runs:
        if made is None or made.getnext() is not one:
            made = etree.Element(w(tag))
            parent.insert(parent.index(one), made)
        made.append(one)


def _open_links(change: etree._Element) -> None:
    """A link stands in no change: its words alone do."""
    for link in list(change.iter(w("hyperlink"))):
        _unwrap(link)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


def _format(run: etree._Element, looks: Iterable[tuple[str, str]]) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    for name, value in looks:
        if properties.find(w(name)) is None:
            made = etree.SubElement(properties, w(name))
            if value:
                made.set(w("val"), value)
    properties[:] = sorted(properties, key=lambda one: _ORDER.index(etree.QName(one).localname))
