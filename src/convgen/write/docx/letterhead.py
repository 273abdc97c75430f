"""What a gabarit prints around an act, a letterhead mostly, and the room it takes, for estimates of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from convgen.write.docx.looks import Look
from convgen.write.docx.pager import Pager

_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_BLOCK = re.compile(r"<w:tbl>.*?</w:tbl>|<w:p\b.*?</w:p>", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p\b.*?</w:p>", re.DOTALL)
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_PICTURE = re.compile(r'<wp:extent [^>]*?cy="(\d+)"')
_SPACING = re.compile(r"<w:spacing\b([^>]*)/>")
EMU = 635  # English metric units in a twentieth of a point


@dataclass(frozen=True, slots=True)
class Shell:
    """A gabarit filled in for an act.

    Attributes:
        before, after: the XML of the document around the body.
        others: the text of its other parts (headers, footers), by name.
        rows: the paragraphs and rows above the body.
        height, below: what the first page holds, and the room below it; on page `page`.
    """

    before: str
    after: str
    others: Mapping[str, str]
    rows: int
    height: float
    below: float
    page: int


def rows_above(before: str) -> int:
    """The paragraphs outside tables, and the rows, of what stands above the act."""
    return _TABLE.sub("", before).count("</w:p>") + before.count("</w:tr>")


def page_below(before: str, limit: float, looks: Mapping[str, Look]) -> Pager:
    """The page the act starts on, filled with what stands above it.

    Args:
        before: the XML of the document up to the act.
        limit: the height of the lines of a page, in twentieths of a point.
        looks: of the styles of the gabarit, by id.
    """
    pager = Pager(limit)
    for block in _BLOCK.findall(before):
        if block.startswith("<w:tbl>"):
            pager.place(1, max((_cell(cell, looks) for cell in block.split("</w:tc>")), default=0.0))
        else:
            _place(pager, block, looks)
    return pager


def _cell(cell: str, looks: Mapping[str, Look]) -> float:
    inside = Pager(1e9)
    for paragraph in _PARAGRAPH.findall(cell):
        _place(inside, paragraph, looks)
    return inside.y + inside.after


def _place(pager: Pager, paragraph: str, looks: Mapping[str, Look]) -> None:
    style = _STYLE.search(paragraph)
    look = (looks.get(style[1]) if style else None) or looks["Normal"]
    tall = max([look.line, *(int(height) / EMU for height in _PICTURE.findall(paragraph))])
    own = _SPACING.search(paragraph.partition("</w:pPr>")[0])
    after = re.search(r'w:after="(\d+)"', own[1]) if own else None
    pager.place(1, tall, look.before, int(after[1]) if after else look.after)
