"""The file made from several acts while it is being put together: bodies one after the other, parts, lists, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from convgen.acte.memo import Memo
from convgen.write.docx import relations
from convgen.write.docx.bundle_marks import (
    LIVE,
    copied_lists,
    live_folio,
    paged,
    restarted_lists,
    unique_drawings,
    unique_marks,
)
from convgen.write.docx.bundle_parts import Parts, Source, source_of
from convgen.write.docx.bundle_sections import SECTION, empty_aside, fit_section, last_section
from convgen.write.docx.bundle_styles import StyleBook, copied_styles, restyle, style_book, used_styles
from convgen.write.docx.document import counted
from convgen.write.docx.gabarit import MAX_TABLES, Gabarit
from convgen.write.docx.letterhead import Shell
from convgen.write.docx.shell import w
from convgen.write.docx.xml import HEADER, R, W, run
from convgen.write.docx.xml import field as complex_field

_DECLARED: Final = re.compile(r'xmlns:(\w+)="([^"]*)"')
_HERE: Final = "<!--convgen:ici-->"
_NAMESPACES: Final = {"w": W, "r": R}


@dataclass(frozen=True, slots=True)
class Look:
    """A gabarit, or the look of a foreign file, in the file: its styles renamed unless it owns them.

    Attributes:
        source: the parts it comes with.
        book: its styles to copy; None for the owner.
        nums: its lists → ours.
        gabarit: prints acts with the renamed styles; None for a foreign file.
    """

    source: Source
    book: StyleBook | None
    nums: Mapping[int, int]
    gabarit: Gabarit | None = None

    def part(self, text: str) -> str:
        """A header or a footer in the styles of the file."""
        if self.book is None:
            return text
        root = relations.parse(text.encode())
        restyle(root, self.book, self.nums)
        return HEADER + etree.tostring(root, encoding="unicode")

    def style(self, key: str, owner: Gabarit) -> str:
        """The style of one of our keys."""
        return (self.gabarit or owner).styles[key]


@dataclass(frozen=True, slots=True)
class Bound:
    """One act as it goes into the file.

    Attributes:
        content: the XML of its body, its last section in the end.
        look: what it is printed in.
        asides: headers and footers filled in for it, by part.
        pages: how many it has, estimated.
        label: « Annexe 2 », printed at the foot of its pages; "" for none.
        until: its last page here, when others stand before the rest of it; 0 where it ends.
        after: of what is left of an act, the number of the act, and its last page before.
        stretch: how often it left off before.
    """

    content: str
    look: Look
    asides: Mapping[str, str] = field(default_factory=dict)
    pages: int = 1
    label: str = ""
    until: int = 0
    after: tuple[int, int] = (0, 0)
    stretch: int = 0


@dataclass(slots=True)
class Book:
    """The file while acts are put into it.

    Attributes:
        owner: the gabarit of its first act, which owns theme, settings and defaults.
        parts: its parts so far.
        namespaces: what the root of the document declares.
        body: the acts printed so far.
        notes: their footnotes.
        abstracts, nums, free: their lists, and the first free identifiers.
        mark, drawing: the first free identifiers.
        ends: the last bookmark of each act, and its page.
        opened: the identifier of the bookmark around each act that leaves off for another piece.
        looks: by gabarit.
        books: the styles of all looks but the first.
        folios: pages are counted from the head of the file too.
        even: even pages have headers of their own.
    """

    owner: Gabarit
    parts: Parts
    owner_styles: etree._Element
    folios: bool = True
    even: bool = False
    namespaces: dict[str, str] = field(default_factory=lambda: dict(_NAMESPACES))
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)
    nums: list[str] = field(default_factory=list)
    free: tuple[int, int] = (0, 1)
    mark: int = 1
    drawing: int = 1
    ends: list[tuple[str, int]] = field(default_factory=list)
    opened: dict[int, int] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    books: list[tuple[StyleBook, Mapping[int, int]]] = field(default_factory=list)
    count: int = 0
    _asides: dict[tuple[str, str, int, int], str] = field(default_factory=dict)

    # --- looks ---

    def look(self, gabarit: Gabarit) -> Look:
        """The look of a gabarit, made once."""
        key = f"{gabarit.name}/{gabarit.digest}"
        if key not in self.looks:
            self.looks[key] = self._adopt(gabarit) if self.looks else owner_look(gabarit)
        return self.looks[key]

    def _adopt(self, gabarit: Gabarit) -> Look:
        source = source_of(gabarit.static)
        book = self.new_book(source, f"{gabarit.name} :")
        lists = gabarit.numbering
        texts = f'<w:numbering xmlns:w="{W}">{lists.abstracts}{lists.nums}</w:numbering>'
        nums = self.take_lists(etree.fromstring(texts), book)
        self.books.append((book, nums))
        adopted = replace(
            gabarit,
            styles={key: book.rename(ident) for key, ident in gabarit.styles.items()},
            names={key: f"{book.label} {name}" for key, name in gabarit.names.items()},
            printed=Memo(),
            passages=Memo(),
            tables=Memo(MAX_TABLES),
        )
        return Look(source, book, nums, adopted)

    def new_book(self, source: Source, label: str) -> StyleBook:
        """The styles of another file under names of their own."""
        styles = source.xml("styles")
        number = len(self.books) + 2
        taken = {one.label for one, _ in self.books}
        unique = label if label not in taken else f"{label.removesuffix(' :')} {number} :"
        empty = etree.fromstring(f'<w:styles xmlns:w="{W}"/>')
        return style_book(empty if styles is None else styles, source.xml("theme"), f"L{number}", unique)

    def take_lists(self, numbering: etree._Element | None, book: StyleBook) -> dict[int, int]:
        """Copy the lists of another file; its numbers → ours."""
        if numbering is None:
            return {}
        restyle(numbering, book, {})
        abstracts, nums, known = copied_lists(
            numbering.findall(w("abstractNum")), numbering.findall(w("num")), self.free, book.prefix
        )
        self.abstracts += abstracts
        self.nums += nums
        self.free = self.free[0] + len(abstracts), self.free[1] + len(nums)
        return known

    # --- what a gabarit prints around an act ---

    def shell(self, shell: Shell, look: Look) -> tuple[str, str]:
        """What stands before and after an act, ready for the file."""
        opening, _, before = shell.before.partition("<w:body>")
        self.declare(opening)
        after = shell.after
        if look.book is not None:
            root = relations.parse(f"{shell.before}{_HERE}{after}".encode())
            restyle(root, look.book, look.nums)
            text = etree.tostring(root, encoding="unicode")
            before, _, after = text.partition("<w:body>")[2].partition(_HERE)
        after = after.rpartition("</w:body>")[0]
        if self.count and "<w:numId" in before + after:
            text, new = restarted_lists(
                f"{before}{_HERE}{after}", self.owner.numbering.nums + "".join(self.nums), self.free[1]
            )
            self.nums.append(new)
            self.free = self.free[0], self.free[1] + new.count("<w:num ")
            before, _, after = text.partition(_HERE)
        text = self.unique(f"{before}{_HERE}{after}")
        if look.book is not None:
            # Sections keep the identifiers of their own file until they are fitted.
            text = outside_sections(text, lambda one: self.parts.body(one, look.source))
        before, _, after = text.partition(_HERE)
        return before, after

    def declare(self, root: str) -> None:
        """Take over what the root of a document declares."""
        for prefix, address in _DECLARED.findall(root):
            self.namespaces.setdefault(prefix, address)

    def unique(self, xml: str, again: str = "") -> str:
        """A text whose bookmarks and drawings are like no other's; `again` tells apart what an act prints twice."""
        xml, self.mark = unique_marks(xml, self.mark, f"_{self.count + 1}{again}")
        xml, self.drawing = unique_drawings(xml, self.drawing)
        return xml

    # --- acts ---

    def bind(self, bound: Bound) -> tuple[tuple[str, int], ...]:
        """Put an act into the file, in sections of its own; or what comes next of one that left off.

        Returns:
            The last bookmark of each act before, and its page: what its pages are counted after.
        """
        number, done = bound.after
        if not number:
            self.count += 1
            number = self.count
        start, end = names_of(number)
        if done:  # the pages that it has already are in its page numbers
            self.ends.remove((_left_off(end, bound.stretch), done))
        ends = tuple(self.ends)
        content = bound.content
        if "NUMPAGES" in content:
            content = paged(counted(content, bound.pages), end)
        content, last = last_section(content)
        place = 0

        def fitted(section: str) -> str:
            nonlocal place
            place += 1
            first = done + 1 if place == 1 else 0
            return fit_section(section, first, self.even, lambda kind, ident: self._aside(kind, ident, bound))

        content = SECTION.sub(lambda found: fitted(found[0]), content)
        last = fitted(last)
        around = self.opened.setdefault(number, self.mark)
        opening = f'<w:bookmarkStart w:id="{around}" w:name="{start}"/>' if not done else ""
        here = _left_off(end, bound.stretch + 1) if bound.until else end
        ended = f'<w:bookmarkStart w:id="{self.mark + 1}" w:name="{here}"/>'
        closing = f'<w:bookmarkEnd w:id="{self.mark + 1}"/>'
        closing += "" if bound.until else f'<w:bookmarkEnd w:id="{around}"/>'
        self.mark += 2
        style = self.owner.styles["ActeSaut"]
        self.body += (opening, _closed(content, (ended, closing), last, style))
        self.ends.append((here, bound.until or bound.pages))
        return ends

    def _aside(self, kind: str, ident: str, bound: Bound) -> str:
        """The identifier of a header or a footer in the file."""
        relation = bound.look.source.document.get(ident)
        name = relation.target if relation is not None else ""
        text = bound.asides.get(name)
        if text is None:
            data = bound.look.source.parts.get(name)
            text = data.decode() if data is not None else ""
        own, again = bound.after[0] or self.count, f"_{bound.after[0]}_{bound.stretch}" if bound.stretch else ""
        number, stretch = (own, bound.stretch) if kind == "footer" or "NUMPAGES" in text else (0, 0)
        key = kind, f"{bound.look.book.prefix if bound.look.book else ''}{name}\n{text}", number, stretch
        if key in self._asides:
            return self._asides[key]
        made = bound.look.part(text) if text else empty_aside(kind, self.owner.styles["Normal"])
        made = paged(counted(made, bound.pages), names_of(own)[1])
        if kind == "footer":
            made = self._foliated(made, bound)
        links = bound.look.source.of_part(name) if text else {}
        self._asides[key] = self.parts.aside(kind, self.unique(made, again), links, bound.look.source)
        return self._asides[key]

    def _foliated(self, text: str, bound: Bound) -> str:
        words = self._stamp(bound) if bound.label or self.folios else ""
        if not words:
            return text
        style = self.owner.styles["Normal"]
        line = (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:spacing w:before="0" w:after="0" w:line="180" '
            f'w:lineRule="exact"/><w:jc w:val="right"/></w:pPr>{words}</w:p>'
        ).replace("<w:r>", '<w:r><w:rPr><w:color w:val="595959"/><w:sz w:val="14"/></w:rPr>')
        head, _, tail = text.rpartition("</w:ftr>")
        return f"{head}{line}</w:ftr>{tail}"

    def _stamp(self, bound: Bound) -> str:
        end = names_of(bound.after[0] or self.count)[1]
        out = ""
        if bound.label:
            total = complex_field(f"PAGEREF {end}", run(str(bound.pages)))
            out = run(f"{bound.label} – page\xa0") + complex_field("PAGE", run("1")) + run("/") + total
        if self.folios and len(self.ends) < LIVE:
            before = run(" – folio\xa0" if out else "Folio\xa0")
            folio = live_folio("PAGE", self.ends, 1, "")
            opening, choice, rest = folio.partition('<mc:Choice Requires="w15">')
            out += opening + choice + before + rest
        return out

    # --- the parts ---

    def styles_part(self) -> bytes:
        """The styles of the owner, and those used of the others."""
        texts = ["".join(self.body), *self.notes, *self.abstracts]
        texts += [data.decode() for name, data in self.parts.texts.items() if re.match(r"word/(header|footer)L", name)]
        used = used_styles(texts)
        extra = "".join(one for book, nums in self.books for one in copied_styles(book, used, self.owner_styles, nums))
        text = etree.tostring(self.owner_styles, encoding="unicode")
        head, closing, tail = text.rpartition("</w:styles>")
        return (HEADER + head + extra + closing + tail).encode()

    def document(self) -> str:
        """The document, its last section where the file ends."""
        declared = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in self.namespaces.items())
        body = "".join(self.body)
        # The last section of a file is no part of a paragraph.
        head, mark, section = body.rpartition("<w:sectPr")
        last, closing, rest = section.partition("</w:sectPr>")
        return f"{HEADER}<w:document{declared}><w:body>{head}{rest}{mark}{last}{closing}</w:body></w:document>"


def owner_look(gabarit: Gabarit) -> Look:
    """The look that owns the file."""
    return Look(source_of(gabarit.static), None, {}, gabarit)


def names_of(place: int) -> tuple[str, str]:
    """The bookmark around an act, and that of its last page."""
    return f"_Acte{place:04d}", f"_Fin{place:04d}"


def _left_off(end: str, times: int) -> str:
    """The bookmark of the page where an act leaves off."""
    return f"{end}_{times}"


def _closed(content: str, marks: tuple[str, str], section: str, style: str) -> str:
    """A body whose last paragraph ends its section; one without height is added where another one must not.

    The bookmark of the last page holds a run: LibreOffice forgets an empty one at the end of a file.
    """
    opened, closed = marks
    head, opening, last = content.rpartition("<w:p><w:pPr>")
    properties, mark, words = last.removesuffix("</w:p>").partition("</w:pPr>")
    simple = opening and last.endswith("</w:p>") and last.count("</w:p>") == 1 and "<w:r>" in words
    if simple and "<w:sectPr" not in properties and "<w:rPr>" not in properties:
        before, run_opening, run_words = words.rpartition("<w:r>")
        return f"{head}{opening}{properties}{section}{mark}{before}{opened}{run_opening}{run_words}{closed}</w:p>"
    blank = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    return f'{content}<w:p><w:pPr><w:pStyle w:val="{style}"/>{section}</w:pPr>{opened}{blank}{closed}</w:p>'


def outside_sections(text: str, change: Callable[[str], str]) -> str:
    """Change a text everywhere but in its sections."""
    out, place = [], 0
    for found in SECTION.finditer(text):
        out += [change(text[place : found.start()]), found[0]]
        place = found.end()
    return "".join((*out, change(text[place:])))
