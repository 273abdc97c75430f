"""What the printing of one body carries along: the paragraphs so far, notes, orientation, page estimate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from convgen.acte.memo import Memo
from convgen.acte.nodes import Inlines
from convgen.write.charte import Charte, Polices
from convgen.write.columns import Layouts
from convgen.write.docx.looks import Look
from convgen.write.docx.numbering import Numbering
from convgen.write.docx.pager import ORPHANS, Pager, Placed, Spot
from convgen.write.docx.plan import Mark, Plan
from convgen.write.metrics import count_lines


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its margins, in twentieths of a point."""

    width: int = 11906
    height: int = 16838
    left: int = 1417
    right: int = 1417
    top: int = 1417
    bottom: int = 1417
    text_width: int = field(init=False)  # of the lines
    text_height: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text_width", max(self.width - self.left - self.right, 1000))
        object.__setattr__(self, "text_height", max(self.height - self.top - self.bottom, 1000))

    def turned(self) -> Page:
        """The same sheet on its side."""
        return replace(self, width=self.height, height=self.width)


@lru_cache(maxsize=256)
def cell_page(width: int, height: int, top: int, bottom: int) -> Page:
    """What a cell is to the lines printed in it: a page without side margins. A column has one for all its rows."""
    return Page(width, height, 0, 0, top, bottom)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: the heading's mark, its label and its title, where it stands."""

    mark: Mark
    label: str
    title: Inlines
    spot: Spot


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree as printed in a style: its runs, its words as they read, and how many lines they take."""

    runs: str
    words: str
    height: int


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed, and the heights of its rows, header first."""

    xml: str
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks that print the same in every act: their paragraphs, what the pager is told of each, their bullets.

    `bullets` is the list that their bullets are in, 0 when they have none.
    """

    paragraphs: tuple[str, ...]
    placed: tuple[Placed, ...]
    bullets: int


_PLAIN = Look()
#: LibreOffice first deals paragraphs out, so many a page, before it measures any. One that must stay with the
#: next one and is dealt last on its page is forgotten at the foot of a real page.
DEALT = 20
HEAD, FOOT = 0.15, 0.75  # shares of a page: between them, what follows stays far from both its ends


@dataclass(frozen=True, slots=True)
class Cut:
    """Where an act leaves off for another piece: before which annexe, at which element of the body.

    `section` is the `w:sectPr` of what comes before; `page` the page that the annexe starts.
    """

    annexe: str
    index: int
    section: str
    page: int


@dataclass(slots=True)
class State:
    """The body being printed.

    Attributes:
        styles: our style key → id in the gabarit.
        style_names: our style key → name in the gabarit.
        section: the `w:sectPr` of the gabarit that governs the body.
        page: the page of the current orientation.
        out: the elements printed so far; swapped for a fresh list inside cells.
        break_before: the next paragraph starts a page.
        after_table: the next paragraph needs air above it.
        wanted: the orientation of what comes next; a section is closed when it differs from `current`.
        cell: the paragraph style key inside a table cell, "" outside; `cell_align` its alignment.
        cell_keep: the row must stay with the next one.
        stops: the annexes of the act that others stand before, in a file made of several pieces.
        held: what stays with what follows it, by identity: the end of a délibération or of an arrêté.
        dealt: the paragraphs and rows LibreOffice deals on the current page before it measures them.
        layouts: those of the tables.
        looks: our style key → the room it takes; pager: the pages filled so far, estimated.
        printed: the lines of the tree printed so far with this gabarit, by style and width; tables: its short tables;
            passages: its blocks that print the same in every act.
    """

    styles: Mapping[str, str]
    charte: Charte
    section: str
    page: Page
    numbering: Numbering
    plan: Plan
    pager: Pager
    printed: Memo[Line] = field(default_factory=Memo)
    tables: Memo[PrintedTable] = field(default_factory=Memo)
    passages: Memo[Passage] = field(default_factory=Memo)
    looks: Mapping[str, Look] = field(default_factory=dict)
    style_names: Mapping[str, str] = field(default_factory=dict)
    numbered_styles: frozenset[str] = frozenset()
    out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    lists: bool = False  # the act has a table of contents
    bundled: bool = False  # the act stands in a file with others: the list of them names its annexes
    contents: list[tuple[int, int, str]] = field(default_factory=list)  # index in out, depth, title
    break_before: bool = False
    after_table: bool = False
    wanted: str = "portrait"
    current: str = "portrait"
    sections: int = 0
    cell: str = ""
    cell_align: str = "left"
    layouts: Layouts = field(default_factory=lambda: Layouts(Polices()))
    cell_keep: bool = False
    stops: frozenset[str] = frozenset()
    cuts: list[Cut] = field(default_factory=list)
    held: frozenset[int] = frozenset()
    dense: bool = False  # inside a table of many columns: smaller words, less room around them
    bold: bool = False
    italic: bool = False
    dealt: int = 0
    changed: bool = False  # something printed comes or goes: `redline` has to go through the body
    listed: tuple[tuple[int, str], ...] = ()  # level and words of each line of the table of contents

    # --- page estimate ---

    def measure(self, key: str, text: str, indent: int = 0, keep: bool = False, before: int = -1) -> None:
        """Count a paragraph in the estimate of the pages.

        Args:
            key: its style, one of ours.
            text: its words, as they read.
            indent: what its lines lose on the left besides the indent of its style.
            keep: it stays with the next one, whatever its style says.
            before: the room above it when it is not its style's.
        """
        self.place(key, self.height(key, text, indent), keep, before)

    def height(self, key: str, text: str, indent: int = 0) -> int:
        """How many lines of the page a text takes in a style."""
        if not text:
            return 1
        look = self.looks.get(key) or _PLAIN
        width = max(self.page.text_width - look.indent - indent, 500) * 1000 // look.size
        return count_lines(text.upper() if look.capitals else text, width, look.serif, look.bold or self.bold)

    def place(self, key: str, lines: int, keep: bool = False, before: int = -1) -> None:
        """Count a paragraph of so many lines in the estimate of the pages."""
        look = self.looks.get(key) or _PLAIN
        above = look.before if before < 0 else before
        self.pager.place(lines, look.line, above, look.after, keep or look.keep, look.whole or lines <= ORPHANS)

    # --- paragraphs ---

    def emit(
        self, key: str, content: str, num: str = "", keep: bool = False, ppr: str = "", spaced: bool = False
    ) -> None:
        """Print a paragraph.

        Args:
            key: its style, one of ours.
            content: its runs.
            num: its `w:numPr`.
            keep: keep it with the next one.
            ppr: later properties (`w:spacing`, `w:ind`, `w:jc`, `w:rPr`).
            spaced: its style already has room above, nothing is added after a table.
        """
        quiet = not (self.cell or keep or self.break_before) and self.wanted == self.current
        head = "" if quiet else self._head(keep)
        if self.after_table:
            self.after_table = False
            if not spaced and not self.cell and "<w:spacing" not in ppr:
                ppr = '<w:spacing w:before="200"/>' + ppr
        self.out.append(_opening(self.styles[key], head, num, ppr) + content + "</w:p>")
        if not self.cell:
            self.dealt = self.dealt + 1 if self.dealt < DEALT else 0

    def replay(self, passage: Passage) -> None:
        """Print blocks printed before."""
        self.out += passage.paragraphs
        self.dealt = (self.dealt + len(passage.paragraphs)) % (DEALT + 1)
        place = self.pager.place
        for one in passage.placed:
            place(*one)

    def _head(self, keep: bool) -> str:
        if self.cell:
            return "<w:keepNext/>" if self.cell_keep else ""
        self.turn()
        head = "<w:keepNext/>" if keep else ""
        if self.break_before:
            self.break_before = False
            self.pager.turn()
            self.dealt = -1
            head += "<w:pageBreakBefore/>"
        return head

    def deal(self, frames: int) -> None:
        """Count paragraphs, or the rows of a table, as LibreOffice deals them out."""
        self.dealt += frames
        if self.dealt > DEALT:
            self.dealt = 0

    def steady(self, key: str, rows: int = 1) -> str:
        """See that a paragraph about to be printed stays with the next one in LibreOffice too.

        Where it would be dealt last on its page, near the foot of a real one, a line without height takes its place.

        Args:
            key: its style.
            rows: what comes next: a paragraph, or a table of so many rows.

        Returns:
            the properties that make up for the line.
        """
        if self.cell or self.break_before or self.wanted != self.current:
            return ""
        after = self.dealt + 1 if self.dealt < DEALT else 0
        if after + rows <= DEALT or HEAD < self.pager.y / self.pager.limit < FOOT:
            return ""
        above = self.pager.after
        self.emit("ActeSaut", "", keep=True, spaced=True)
        self.pager.place(1, 20.0, keep=True)
        return f'<w:spacing w:before="{max(round(self.looks[key].before - above - 20), 0)}"/>'

    def before_table(self) -> None:
        """Make room for a table: orientation, forced page, a paragraph between two tables."""
        self.turn() if not self.cell else None
        if self.break_before or (self.out and self.out[-1].endswith("</w:tbl>")):
            self.after_table = False
            self.emit("ActeSaut", "", spaced=True)

    # --- orientation ---

    def turn(self) -> None:
        """Close the current section when what comes next has the other orientation."""
        if self.wanted != self.current:
            self._close(self.last_section())
            self._leave()

    def cut(self, annexe: str) -> None:
        """Leave off where an annexe starts: the pages count on after what stands in between."""
        section = self.last_section()
        self._leave()
        self.cuts.append(Cut(annexe, len(self.out), section, self.pager.page))

    def _leave(self) -> None:
        """Go on in a new section."""
        self.sections += 1
        if self.wanted != self.current:
            self.current = self.wanted
            self.page = self.page.turned()
        self.pager.turn(self.page.text_height)
        self.dealt = -1
        self.break_before = False
        self.after_table = False

    def _close(self, section: str) -> None:
        if self.out and self.out[-1].startswith("<w:p><w:pPr>"):
            self.out[-1] = self.out[-1].replace("</w:pPr>", section + "</w:pPr>", 1)
        else:
            self.out.append(_opening(self.styles["ActeSaut"], "", "", section) + "</w:p>")

    def last_section(self) -> str:
        """The `w:sectPr` that ends the section the body ends in."""
        return section_variant(self.section, self.current, self.sections == 0)


@lru_cache(maxsize=512)
def _opening(style: str, head: str, num: str, ppr: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{head}{num}{ppr}</w:pPr>'


@lru_cache(maxsize=64)
def section_variant(section: str, orientation: str, first: bool) -> str:
    """The gabarit's section as it must stand: turned, and without what belongs to the first page only."""
    if not first:
        section = re.sub(r"<w:(titlePg|type)\b[^>]*/>", "", section)
        section = re.sub(r'(<w:pgNumType\b[^>]*?) w:start="\d+"', r"\1", section)
    if orientation == "portrait":
        return section
    return re.sub(r"<w:pgSz\b[^>]*/>", _turned_size, section)


def _turned_size(match: re.Match[str]) -> str:
    width = re.search(r'w:w="(\d+)"', match[0])
    height = re.search(r'w:h="(\d+)"', match[0])
    if width is None or height is None:
        return match[0]
    return f'<w:pgSz w:w="{height[1]}" w:h="{width[1]}" w:orient="landscape"/>'
