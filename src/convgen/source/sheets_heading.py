"""Whether the first row of a sheet holds the titles of its columns: a row of data is not repeated on each page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import Final

#: A number, an amount, a share, a day.
_FIGURES: Final = re.compile(r"[-+(]?[\d\s.,:/%€$()-]*\d[\d\s.,:/%€$()-]*")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")
_PANE: Final = re.compile(rb"<(?:\w+:)?pane\s[^>]*>")
_FROZEN: Final = (b'ySplit="1"', b'state="frozen')
_FILTER: Final = re.compile(rb'<(?:\w+:)?(?:autoFilter|table)\s[^>]*?ref="\$?[A-Z]{1,3}\$?(\d+)')
_TABLE: Final = re.compile(rb'Target="([^"]*/tables/[^"]+\.xml)"')


def is_heading(rows: Sequence[Sequence[str]], *, marked: bool) -> bool:
    """Whether the first row is one of titles.

    Args:
        rows: the texts of the cells, as many in each row as in the longest one.
        marked: the file tells that row apart (`is_marked`).
    """
    if len(rows) < 2 or not all(rows[0]):
        return False
    if marked:
        return True
    first = [one.strip() for one in rows[0]]
    if len({one.casefold() for one in first}) < len(first):
        return False
    return all(_heads(title, [row[rank].strip() for row in rows[1:]]) for rank, title in enumerate(first))


def _heads(title: str, below: list[str]) -> bool:
    """Whether a text may be the title of a column: no figure, save a year above what is none; not found below."""
    if title in below:
        return False
    if not _FIGURES.fullmatch(title):
        return True
    return _YEAR.fullmatch(title) is not None and not any(_YEAR.fullmatch(one) for one in below)


def is_marked(path: Path, part: str, line: int, bold: Iterable[bool]) -> bool:
    """Whether a workbook tells a row apart from those below: bold, frozen, with a filter, or the head of a table.

    Args:
        path: the workbook.
        part: the XML of the sheet.
        line: the number of the row, from 1.
        bold: for each cell that is filled.
    """
    cells = list(bold)
    if cells and all(cells):
        return True
    with zipfile.ZipFile(path) as archive:
        for content in _parts(archive, part.removeprefix("/")):
            if any(int(one) == line for one in _FILTER.findall(content)):
                return True
            if line == 1 and any(all(one in pane for one in _FROZEN) for pane in _PANE.findall(content)):
                return True
    return False


def _parts(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The XML of a sheet without its cells, and that of its tables."""
    names = {*archive.namelist()}
    if part not in names:
        return
    before, _, after = archive.read(part).partition(b"sheetData")
    yield before
    yield after.rpartition(b"sheetData")[2]
    related = join(dirname(part), "_rels", f"{basename(part)}.rels")
    for found in _TABLE.findall(archive.read(related)) if related in names else ():
        target = found.decode()
        name = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        if name in names:
            yield archive.read(name)
