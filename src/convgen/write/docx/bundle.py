"""Several acts in one Word file, printed from their trees: a file is never made by joining finished ones.

Each act has sections of its own, with the letterhead, headers and footers of its gabarit; its pages, articles and
lists count from 1. The gabarit of the first act owns the theme, the settings and the defaults of the file;
the styles that another one needs are copied under names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from convgen import __version__
from convgen.acte.nodes import Acte, Provenance
from convgen.acte.runs import plain_text
from convgen.write.docx import relations
from convgen.write.docx.bundle_build import Book, Bound, names_of, owner_look
from convgen.write.docx.bundle_marks import LIVE, live_folio, shifted_notes
from convgen.write.docx.bundle_parts import Parts
from convgen.write.docx.document import LEVEL, changes_of, footnotes_part, print_all, shell_of, start_state
from convgen.write.docx.foreign import Foreign, bind_foreign
from convgen.write.docx.gabarit import WORD, WRITTEN, Gabarit
from convgen.write.docx.letterhead import Shell
from convgen.write.docx.numbering import Numbering
from convgen.write.docx.package import write_package
from convgen.write.docx.plan import Plan, bookmark_name, make_plan
from convgen.write.docx.properties import core_part, custom_part
from convgen.write.docx.revisions import Revision
from convgen.write.docx.shell import SECTION_MARK
from convgen.write.docx.state import State, section_variant
from convgen.write.docx.xml import escape, run
from convgen.write.wide_tables import turn_pages

_CONTENTS_TITLE: Final = "Sommaire"
#: Where an act leaves off for another piece.
_CUT: Final = "<!--convgen:suite-->"
_FOLIO: Final = re.compile("<w:r>(?:(?!</w:r>).)*?\ue000([0-9]+):([0-9]+)\ue001</w:t></w:r>", re.DOTALL)
_TOC: Final = re.compile(r'(<w:instrText xml:space="preserve"> TOC [^<]*?)( </w:instrText>)')


@dataclass(frozen=True, slots=True)
class BoundAct:
    """An act of the file.

    Attributes:
        acte: numbered, its references resolved.
        gabarit: what it is printed in.
        label: what it is to the file (« Annexe 2 »): printed at the foot of its pages, and in the contents.
        level: its depth in the contents, from 1.
        title: what the contents call it; its number and its own title by default.
    """

    acte: Acte
    gabarit: Gabarit
    label: str = ""
    level: int = 1
    title: str = ""

    @property
    def words(self) -> str:
        """Its line in the contents."""
        names = (self.title,) if self.title else (self.acte.number, self.acte.title)
        return " – ".join(part for part in (self.label, *names) if part)


#: What a file is made from.
Member: TypeAlias = "tuple[Acte, Gabarit] | BoundAct | Foreign"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the contents: its depth, its words, the bookmark it leads to, in which act and on which page of it.

    `annexe` is that of the act which it stands for; `before` is what its page is counted after.
    """

    level: int
    words: str
    anchor: str
    act: int
    page: int
    annexe: str = ""
    before: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What goes into the file of an act before another piece, and its lines in the contents."""

    bound: Bound
    lines: tuple[_Line, ...]


def write_bundle(
    acts: Sequence[Member],
    *,
    title: str,
    contents: bool = True,
    cover: tuple[Acte, Gabarit] | None = None,
    folios: bool = True,
    revision: Revision | None = None,
    order: Sequence[tuple[int, str]] = (),
) -> bytes:
    """Several acts as one Word file. The same acts give the same bytes.

    Args:
        acts: in order; a foreign piece comes from `read_foreign`.
        title: of the file.
        contents: a list of the acts and of their annexes stands first, after the cover.
        cover: a first page, or a bordereau, as an act; a `folio_mark` in it becomes the page of a member.
        folios: the pages are counted from the head of the file too (shown by Word, which adds them up).
        revision: who makes the changes that the acts show; without one they are struck and underlined.
        order: rank of a member, and the annexe of its own that it is taken from, "" for its head: a member comes again
            when others stand before one of its annexes. One after the other by default.

    Raises:
        ValueError: no act of ours is given, whose gabarit would own the file.
    """
    members = [BoundAct(*one) if isinstance(one, tuple) else one for one in acts]
    front = [BoundAct(*cover)] if cover is not None else []
    owned = [one for one in (*front, *members) if isinstance(one, BoundAct)]
    if not owned:
        raise ValueError("a bundle needs an act of ours: its gabarit owns the file")
    book = _start(owned[0].gabarit, folios)
    for one in front:
        book.bind(next(_print_act(book, one, revision)).bound)
    listing = _Listing(book, owned[0].gabarit, title) if contents else None
    if listing is not None:
        listing.reserve(members)
    lines, known = _bind_all(book, members, order or [(rank, "") for rank in range(len(members))], revision)
    if listing is not None:
        listing.fill(lines)
    if front:
        place = len(front)  # an act takes two: the mark of its start, then its text
        spots = {(known[one.act], _order(members[known[one.act]], one.annexe)): one for one in lines}
        book.body[place] = _FOLIO.sub(lambda found: _found(spots.get((int(found[1]), int(found[2])))), book.body[place])
    return _finish(book, owned, title)


def _start(owner: Gabarit, folios: bool) -> Book:
    look = owner_look(owner)
    styles = look.source.xml("styles")
    if styles is None:
        raise ValueError("a compiled gabarit has styles")
    parts = Parts()
    parts.start(look.source, [name for name in look.source.parts if name.startswith("word/media/")])
    parts.kinds.update({**WRITTEN, owner.numbering.part: f"{WORD}.numbering+xml"})
    settings = look.source.xml("settings")
    even = settings is not None and any(
        isinstance(one.tag, str) and one.tag.endswith("}evenAndOddHeaders") for one in settings
    )
    made = Book(owner, parts, styles, folios, even)
    made.free = owner.numbering.first_abstract, owner.numbering.first_num
    made.look(owner)
    return made


# --- acts ---------------------------------------------------------------------------------------------


def _bind_all(
    book: Book, members: Sequence[BoundAct | Foreign], order: Sequence[tuple[int, str]], revision: Revision | None
) -> tuple[list[_Line], dict[int, int]]:
    """Put the members into the file; the lines of the contents, and the rank of each act of the file."""
    lines: list[_Line] = []
    ranks: dict[int, int] = {}
    left: dict[int, Iterator[_Stretch]] = {}
    for rank, annexe in order:
        member = members[rank]
        if isinstance(member, Foreign):
            if annexe:  # an act as it was signed stands whole
                continue
            before = bind_foreign(book, member)
            words = " – ".join(part for part in (member.label, member.title) if part)
            found: tuple[_Line, ...] = (_Line(member.level, words, names_of(book.count)[0], book.count, 1),)
        else:
            if not annexe:
                stops = frozenset(name for one, name in order if one == rank and name)
                left[rank] = _print_act(book, member, revision, stops)
            stretch = next(left[rank])
            before, found = book.bind(stretch.bound), stretch.lines
        if not annexe:
            ranks[book.count] = rank
        lines += (replace(line, before=before) for line in found)
    return lines, ranks


def _print_act(
    book: Book, one: BoundAct, revision: Revision | None, stops: frozenset[str] = frozenset()
) -> Iterator[_Stretch]:
    """An act, once as a whole, or as many times as it leaves off before an annexe."""
    look = book.look(one.gabarit)
    gabarit = look.gabarit or one.gabarit
    one = replace(one, acte=turn_pages(one.acte, gabarit.page, gabarit.layouts))
    shell = shell_of(one.acte, one.gabarit)
    before, after = book.shell(shell, look)
    number = book.count + 1
    numbering = Numbering(*book.free, f"{number}/{one.acte.id or one.acte.title}")
    plan = _own_marks(make_plan(one.acte, numbering, book.mark, gabarit.capital_styles), number)
    state = start_state(gabarit, shell, numbering, plan)
    state.bundled, state.stops = True, stops
    print_all(state, one.acte, gabarit)
    for cut in state.cuts:
        state.out[cut.index] = cut.section + _CUT + state.out[cut.index]
    body, notes = _printed(book, one.acte, state, revision)
    abstracts, nums = numbering.xml()
    book.abstracts.append(abstracts)
    book.nums.append(nums)
    book.free = numbering.free
    book.notes += notes
    content = before + body + after.replace(SECTION_MARK, state.last_section(), 1)
    first = _Line(one.level, one.words, names_of(number)[0], number, 1)
    lines = [first, *_annexes(number, one, state)]
    pages = [cut.page for cut in state.cuts]
    for stretch, part in enumerate(_own_contents(content, number).split(_CUT)):
        done = pages[stretch - 1] - 1 if stretch else 0
        until = pages[stretch] - 1 if stretch < len(pages) else 0
        here = tuple(line for line in lines if done < line.page and (not until or line.page <= until))
        resumed = (number, done) if stretch else (0, 0)
        yield _Stretch(Bound(part, look, shell.others, state.pager.page, one.label, until, resumed, stretch), here)


def _printed(book: Book, acte: Acte, state: State, revision: Revision | None) -> tuple[str, list[str]]:
    """The body and the footnotes, after those of the acts before."""
    body, notes = "".join(state.out), state.notes
    book.mark += len(state.plan.by_node)
    changes = changes_of(acte, state, revision)
    if changes is not None:
        body = changes.body(body)
        notes = changes.footnotes(notes)
        book.mark = max(book.mark, changes.last + 1)
    known = len(book.notes)
    return shifted_notes(body, known), [shifted_notes(one, known) for one in notes]


def _own_marks(plan: Plan, number: int) -> Plan:
    """Bookmarks that no other act has, whatever its articles are called."""
    new = {mark.bookmark: replace(mark, bookmark=bookmark_name(f"{number}/{mark.bookmark}"))
           for mark in plan.by_node.values()}  # fmt: skip
    plan.by_node = {node: new[mark.bookmark] for node, mark in plan.by_node.items()}
    plan.by_id = {ident: new[mark.bookmark] for ident, mark in plan.by_id.items()}
    return plan


def _own_contents(content: str, number: int) -> str:
    """The table of contents of an act lists the act only, and the headings of any gabarit."""
    if " TOC " not in content:
        return content
    content = content.replace("<w:docPartUnique/>", "")
    return _TOC.sub(lambda found: f"{found[1]} \\u \\b {names_of(number)[0]}{found[2]}", content)


def _annexes(number: int, one: BoundAct, state: State) -> Iterator[_Line]:
    spots = {entry.mark.bookmark: entry for entry in state.entries}
    for annexe in one.acte.annexes:
        entry = spots.get(state.plan.by_node[id(annexe)].bookmark)
        # What is joined apart has a line here, and stands in the file as a piece or nowhere.
        if entry is not None and not annexe.external and not annexe.file:
            words = entry.label + plain_text(entry.title)
            yield _Line(one.level + 1, words, entry.mark.bookmark, number, entry.spot.page, annexe.id)


# --- contents -----------------------------------------------------------------------------------------


class _Listing:
    """The contents of the file: their place is kept first, their pages are known last."""

    def __init__(self, book: Book, gabarit: Gabarit, title: str) -> None:
        self.book = book
        self.gabarit = gabarit
        self.title = title
        self.place = -1
        self.state = start_state(gabarit, Shell("", "", {}, 0, 0.0, 0.0, 1), Numbering(0, 0, ""), Plan())

    def reserve(self, members: Sequence[BoundAct | Foreign]) -> None:
        """Take the page of the contents, and count its lines."""
        self.state.measure("TOCHeading", _CONTENTS_TITLE)
        for one in members:
            known = one.acte.annexes if isinstance(one, BoundAct) else ()
            words = one.words if isinstance(one, BoundAct) else f"{one.label} – {one.title}"
            self.state.measure(f"TOC{min(one.level, 4)}", words)
            for annexe in known:
                if not annexe.external and not annexe.file:
                    self.state.measure(f"TOC{min(one.level + 1, 4)}", f"ANNEXE 1 – {plain_text(annexe.title)}")
        section = section_variant(self.gabarit.section, "portrait", first=False)
        section = re.sub(r"<w:(?:header|footer)Reference\b[^>]*/>", "", section)
        look = self.book.look(self.gabarit)
        self.book.bind(Bound(f"<w:p><w:pPr></w:pPr></w:p>{section}", look, {}, self.state.pager.page))
        self.place = len(self.book.body) - 1

    def fill(self, lines: Sequence[_Line]) -> None:
        """Print the contents at their place."""
        styles = self.gabarit.styles
        heading = f'<w:p><w:pPr><w:pStyle w:val="{styles["TOCHeading"]}"/></w:pPr>{run(_CONTENTS_TITLE)}</w:p>'
        printed = "".join(self._line(one, styles[f"TOC{min(one.level, 4)}"]) for one in lines)
        ending = self.book.body[self.place].replace(
            "<w:p><w:pPr>", f'<w:p><w:pPr><w:pStyle w:val="{styles["ActeSaut"]}"/>', 1
        )
        self.book.body[self.place] = heading + printed + ending

    def _line(self, line: _Line, style: str) -> str:
        page = _folio(line)
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:hyperlink w:anchor="{escape(line.anchor)}" '
            f'w:history="1">{run(line.words)}<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>'
        )


def folio_mark(rank: int, annexe: int = 0) -> str:
    """What a cover prints where the page of a member goes, no longer than a page number: its column is as narrow.

    Args:
        rank: that of the member, from 0.
        annexe: that of an annexe which it prints, from 1; 0 for the member itself.
    """
    return f"\ue000{rank}:{annexe}\ue001"


def _order(member: BoundAct | Foreign, annexe: str) -> int:
    """The rank of an annexe in its act, from 1; 0 for the act itself."""
    names = [one.id for one in member.acte.annexes] if isinstance(member, BoundAct) and annexe else []
    return names.index(annexe) + 1 if annexe in names else 0


def _found(line: _Line | None) -> str:
    """The page of a line; nothing for an annexe that has none (an act printed as it was signed)."""
    return _folio(line) if line is not None else run("")


def _folio(line: _Line) -> str:
    """The page a line leads to, counted from the head of the file: a field that Word updates, while it can."""
    before = line.before
    fixed = run(str(line.page + sum(pages for _, pages in before)))
    return live_folio(f"PAGEREF {line.anchor}", [*before], line.page, fixed) if len(before) < LIVE else fixed


# --- the file -----------------------------------------------------------------------------------------


def _finish(book: Book, owned: Sequence[BoundAct], title: str) -> bytes:
    owner, parts = book.owner, book.parts
    lists = owner.numbering
    ids = ", ".join(one.acte.id for one in owned if one.acte.id)
    made_of = Provenance(details={"actes": ids} if ids else {})
    about = Acte("liasse", "", "", title, (), provenance=made_of, author=owned[0].acte.author)
    numbering = "".join((lists.opening, lists.abstracts, *book.abstracts, lists.nums, *book.nums, lists.closing))
    texts = {
        "word/document.xml": book.document(),
        lists.part: numbering,
        "word/footnotes.xml": footnotes_part(owner.styles["ActeSaut"], book.notes),
        "docProps/core.xml": core_part(about, owner.charte),
        "docProps/custom.xml": custom_part(about, owner.digest, owner.name, __version__),
    }
    parts.texts.update({name: text.encode() for name, text in texts.items()})
    styles = relations.part_named(parts.texts, "styles", "word/styles.xml")
    parts.texts[styles] = book.styles_part()
    return write_package(parts.packed(LEVEL))


__all__ = ["BoundAct", "Foreign", "Member", "folio_mark", "write_bundle"]
