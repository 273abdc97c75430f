"""What a Word file reads like once its tracked changes are all accepted, or all refused.

It knows nothing of acts nor of how the file was written: it does what Word does, so that what was written can be
proved. Words in the margins, notes and the table of contents, which Word makes again, are not read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

from convgen.write.docx.relations import parse
from convgen.write.docx.shell import w

#: Between the cells of a row, and between the lines of a cell.
CELLS, LINES = " ¦ ", " / "
_INSIDE: Final = frozenset({w("hyperlink"), w("smartTag"), w("sdt"), w("sdtContent"), w("fldSimple")})


def accepted_lines(data: bytes) -> tuple[str, ...]:
    """The printed lines of a Word file, all changes accepted; a row of a table is one line."""
    return _lines(data, came="ins", gone="del")


def refused_lines(data: bytes) -> tuple[str, ...]:
    """The printed lines of a Word file, all changes refused."""
    return _lines(data, came="del", gone="ins")


def _lines(data: bytes, came: str, gone: str) -> tuple[str, ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = parse(archive.read("word/document.xml"))
    body = root.find(w("body"))
    reading = _Reading(came, gone)
    return tuple(reading.container(body)) if body is not None else ()


class _Reading:
    """One of the two ways to settle the changes: what is in `came` stays, what is in `gone` disappears."""

    def __init__(self, came: str, gone: str) -> None:
        self.came = w(came)
        self.gone = w(gone)

    def container(self, element: etree._Element) -> Iterator[str]:
        """The lines of a body or a cell."""
        waiting = ""  # the words of the paragraphs whose mark disappears
        for child in element:
            if child.tag == w("p"):
                waiting += "".join(self._words(child))
                if child.find(f"{w('pPr')}/{w('rPr')}/{self.gone}") is None:
                    yield from _cut(waiting)
                    waiting = ""
                continue
            if child.tag in (w("tbl"), w("sdt")):
                # Nothing joins with a table.
                yield from _cut(waiting)
                waiting = ""
                yield from self._table(child) if child.tag == w("tbl") else self._control(child)
        yield from _cut(waiting)

    def _control(self, control: etree._Element) -> Iterator[str]:
        content = control.find(w("sdtContent"))
        if content is not None and control.find(f"{w('sdtPr')}/{w('docPartObj')}") is None:
            yield from self.container(content)

    def _table(self, table: etree._Element) -> Iterator[str]:
        for row in table.iterchildren(w("tr")):
            if row.find(f"{w('trPr')}/{self.gone}") is None:
                own = (cell for cell in row.iterchildren(w("tc")) if not _goes_on(cell))
                cells = [LINES.join(self.container(cell)) for cell in own]
                line = CELLS.join(cells)
                if line.replace(CELLS.strip(), "").strip():
                    yield line

    def _words(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            if child.tag == self.came or child.tag in _INSIDE:
                yield from self._words(child)
            elif child.tag == w("r"):
                yield from _run(child)


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell only goes on with the one above it, which covers several rows."""
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return merge is not None and merge.get(w("val")) != "restart"


def _run(run: etree._Element) -> Iterator[str]:
    for child in run:
        match etree.QName(child).localname:
            case "t" | "delText":
                yield child.text or ""
            case "tab":
                yield " "
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"


def _cut(text: str) -> Iterator[str]:
    yield from (line for line in text.split("\n") if line.strip())
