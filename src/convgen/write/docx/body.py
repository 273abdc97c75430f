"""The body of the act: blocks of the tree printed in the gabarit's styles."""

from __future__ import annotations

from convgen.acte.markers import markers_of
from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Inlines,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Role,
    Section,
    SignatureGrid,
    Table,
    TableOfContents,
    Tracked,
)
from convgen.write.docx.contents import listed, measure_contents, print_contents
from convgen.write.docx.inlines import is_steady, line_of
from convgen.write.docx.numbering import LIST_LEVELS, LIST_STEP
from convgen.write.docx.pager import Recorder
from convgen.write.docx.plan import Mark
from convgen.write.docx.revisions import changed_words, forget_entries, mark_changed, print_tracked, typed_mark
from convgen.write.docx.state import Entry, Passage, State
from convgen.write.docx.styles import ROLE_STYLES
from convgen.write.docx.tables import print_signatures, print_table
from convgen.write.docx.xml import num_pr, run
from convgen.write.keeping import announces, held_together, joined_apart, last_leaf

_NO_NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
_ALIGN = {"center": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}
#: Roles whose style leaves room above, so that none is added after a table.
_SPACED = frozenset({Role.FORMULA, Role.LINK, Role.NUMBER, Role.SUBHEAD, Role.CLOSING, Role.TITLE})
_ROLES = {role: (key, role in _SPACED) for role, key in ROLE_STYLES.items()}


def print_body(state: State, acte: Acte) -> None:
    """Print the zones in order, then the annexes, each on a new page (several joined apart share one)."""
    state.lists = any(isinstance(block, TableOfContents) for zone in acte.zones for block in zone.blocks)
    if state.lists:
        state.listed = tuple(listed(acte, state.plan))
    state.held = held_together(acte)
    for zone in acte.zones:
        _print_each(state, zone.blocks)
    for place, annexe in enumerate(acte.annexes):
        joined = place > 0 and joined_apart(annexe) and joined_apart(acte.annexes[place - 1])
        _annexe(state, annexe, joined)
    for index, depth, title in state.contents:
        state.out[index] = print_contents(state, depth, title)


def print_blocks(state: State, blocks: tuple[Block, ...]) -> None:
    """Print blocks one after the other. Those that print the same in every act are printed once, and found again."""
    aside = state.cell or state.after_table or state.break_before or state.wanted != state.current
    if not blocks or aside or id(last_leaf(blocks)) in state.held:
        _print_each(state, blocks)
        return
    use = state.page.text_width
    found = state.passages.find(blocks, use)
    if found is None or (found.bullets and found.bullets != state.numbering.bullets()):
        if not _is_plain(blocks):
            _print_each(state, blocks)
            return
        found = state.passages.keep(blocks, use, _passage(state, blocks))
    state.replay(found)


def _is_plain(blocks: tuple[Block, ...]) -> bool:
    """Whether blocks are lines that print the same wherever they stand, in paragraphs or with bullets."""
    if type(blocks[-1]) is Division:  # as often
        return False
    for block in blocks:
        if isinstance(block, ListBlock) and block.style == "-":
            plain = all(_is_plain_item(item) for item in block.items)
        else:
            plain = isinstance(block, Paragraph) and is_steady(block.inlines)
        if not plain:
            return False
    return True


def _is_plain_item(item: ListItem) -> bool:
    return not item.marker and item.former is None and (not item.blocks or _is_plain(item.blocks))


def _passage(state: State, blocks: tuple[Block, ...]) -> Passage:
    """Print blocks apart."""
    out, pager, dealt = state.out, state.pager, state.dealt
    recorder = Recorder(pager.limit)
    state.out, state.pager = [], recorder
    _print_each(state, blocks)
    bulleted = any(isinstance(block, ListBlock) for block in blocks)
    made = Passage(tuple(state.out), tuple(recorder.placed), state.numbering.bullets() if bulleted else 0)
    state.out, state.pager, state.dealt = out, pager, dealt
    return made


def _print_each(state: State, blocks: tuple[Block, ...]) -> None:
    for place, block in enumerate(blocks, start=1):
        if type(block) is Paragraph:
            _paragraph(state, block, place < len(blocks) and announces(block, blocks[place]))
        else:
            _block(state, block)


def _block(state: State, block: Block) -> None:
    match block:
        case Paragraph():
            _paragraph(state, block)
        case Division():
            _division(state, block)
        case ListBlock():
            _list(state, block, 0)
        case Table():
            print_table(state, block, print_blocks)
        case SignatureGrid():
            print_signatures(state, block)
        case PageBreak():
            state.break_before = bool(state.out)
        case TableOfContents():
            _contents(state, block)
        case Section():
            before, state.wanted = state.wanted, block.orientation
            print_blocks(state, block.blocks)
            state.wanted = before
        case Tracked():
            print_tracked(state, block, print_blocks)


def _paragraph(state: State, block: Paragraph, keep: bool = False) -> None:
    key, spaced = (state.cell, False) if state.cell else _ROLES[block.role]
    line = line_of(state, block.inlines, key)
    keep = keep or id(block) in state.held
    state.emit(key, line.runs, keep=keep, ppr=_ALIGN.get(state.cell_align, "") if state.cell else "", spaced=spaced)
    state.place(key, line.height, keep)


# --- divisions ----------------------------------------------------------------------------------------


def _division(state: State, block: Division) -> None:
    mark = state.plan.by_node[id(block)]
    rest = block.blocks
    separator = block.number.separator if block.number is not None else ""
    if block.title:
        _heading(state, mark, _heading_style(mark), block.title, separator, block.number is not None)
        _entry(state, mark, block.number.label + separator if block.number else "", block.title)
    elif mark.slot is not None and rest and isinstance(rest[0], Paragraph):
        _run_in(state, mark, rest, separator, bold=bool(block.number and block.number.noun))
        rest = rest[1:]
    elif mark.slot is not None:
        _heading(state, mark, _heading_style(mark), (), "", True)
    print_blocks(state, rest)


def _heading_style(mark: Mark) -> str:
    return f"Heading{mark.heading}" if mark.heading else "ActePartie"


def _heading(
    state: State, mark: Mark, style: str, title: Inlines, separator: str, numbered: bool, joined: int = -1
) -> None:
    line = line_of(state, title, style)
    opening = _opening(state, mark, style, separator if line.runs else "") if numbered else ""
    room = f'<w:spacing w:before="{joined}"/>' if joined >= 0 else state.steady(style)
    # Word and LibreOffice both print a label in the format of the paragraph mark.
    ppr = '<w:rPr><w:caps w:val="0"/></w:rPr>' if mark.slot is not None and mark.slot.exact else ""
    state.emit(style, _marked(mark, opening + line.runs), _number(state, mark, style), ppr=room + ppr, spaced=True)
    label = mark.label + separator if numbered else ""
    state.measure(style, label + line.words, before=joined)


def _opening(state: State, mark: Mark, style: str, separator: str, weight: str = "") -> str:
    """What stands in the text before a title: the separator, after the label when no list prints it."""
    typed = mark.slot.typed if mark.slot is not None else ""
    if typed or mark.former is not None:
        # « 1 bis » keeps its small letters; « Axe 1 » is in capitals like the title that it opens.
        small = any(letter.islower() for letter in (typed.split() or [""])[-1])
        as_it_reads = '<w:caps w:val="0"/>' if small and style in state.plan.capitals else ""
        if mark.former is None:
            return run(typed + separator, weight + as_it_reads)
        after = run(separator, weight) if separator else ""
        return changed_words(state, mark.former, typed, weight + as_it_reads) + after
    return run(separator, weight) if separator.strip() else ""


def _marked(mark: Mark, content: str) -> str:
    ident = mark.bookmark_id
    return f'<w:bookmarkStart w:id="{ident}" w:name="{mark.bookmark}"/>{content}<w:bookmarkEnd w:id="{ident}"/>'


def _number(state: State, mark: Mark, style: str) -> str:
    if mark.slot is not None and not mark.slot.typed:
        return num_pr(mark.slot.num_id, mark.slot.level)
    return _NO_NUMBER if style in state.numbered_styles else ""


def _run_in(state: State, mark: Mark, blocks: tuple[Block, ...], separator: str, bold: bool) -> None:
    """A division without a title: its number stands at the head of its first paragraph."""
    first = blocks[0]
    if not isinstance(first, Paragraph):
        return
    weight = "<w:b/><w:bCs/>" if bold else ""
    opening = _opening(state, mark, "", separator, weight)
    line = line_of(state, first.inlines, ROLE_STYLES[first.role])
    ppr = f"<w:rPr>{weight}</w:rPr>" if weight else ""
    content = _marked(mark, opening + line.runs)
    keep = id(first) in state.held or (len(blocks) > 1 and announces(first, blocks[1]))
    state.emit(ROLE_STYLES[first.role], content, _number(state, mark, ""), keep=keep, ppr=ppr)
    state.measure(ROLE_STYLES[first.role], mark.label + separator + line.words, keep=keep)


def _entry(state: State, mark: Mark, label: str, title: Inlines) -> None:
    if state.lists or (state.bundled and not mark.heading > 1):
        state.entries.append(Entry(mark, label, title, state.pager.spot()))


def _annexe(state: State, annexe: Annexe, joined: bool) -> None:
    mark = state.plan.by_node[id(annexe)]
    start, entries = len(state.out), len(state.entries)
    cut = annexe.id in state.stops
    if state.current == annexe.orientation and not joined:
        state.break_before = not cut
    state.wanted = annexe.orientation
    if cut:
        state.cut(annexe.id)
    number = annexe.number
    separator = number.separator if number is not None else ""
    _heading(state, mark, "ActeAnnexe", annexe.title, separator, number is not None, 480 if joined else -1)
    label = number.label + (separator if annexe.title else "") if number is not None else ""
    _entry(state, mark, label, annexe.title)
    print_blocks(state, annexe.blocks)
    state.wanted = "portrait"
    if annexe.change:
        mark_changed(state, start, annexe.change)
        forget_entries(state, entries, annexe.change)


# --- lists --------------------------------------------------------------------------------------------


def _list(state: State, block: ListBlock, depth: int, goes_on: bool = False) -> None:
    indent = LIST_STEP * (min(depth, LIST_LEVELS - 1) + 2)
    literal = any(item.marker or item.former is not None for item in block.items)
    num = "" if literal else _list_number(state, block, depth)
    for place, item in enumerate(block.items):
        numbered = goes_on
        typed = typed_mark(state, item, markers_of(block)[place], indent) if literal else ("", "")
        # The end of the whole list stands off like any paragraph.
        room = '<w:spacing w:after="120"/>' if depth == 0 and place == len(block.items) - 1 else ""
        for rank, inner in enumerate(item.blocks, start=1):
            match inner:
                case ListBlock():
                    if not numbered:
                        state.emit("ListParagraph", typed[0], num, ppr=typed[1])
                    _list(state, inner, depth + 1)
                case Paragraph():
                    line = line_of(state, inner.inlines, "ListParagraph", indent)
                    aside = f'<w:ind w:left="{indent}"/>' if numbered else typed[1]
                    runs = line.runs if numbered else typed[0] + line.runs
                    leads = rank < len(item.blocks) and announces(inner, item.blocks[rank])
                    keep = leads or id(inner) in state.held
                    state.emit("ListParagraph", runs, "" if numbered else num, keep, room + aside)
                    state.place("ListParagraph", line.height, keep)
                case Tracked():
                    start = len(state.out)
                    one = ListItem(inner.blocks, item.marker)
                    _list(state, ListBlock((one,), block.style, block.start + place), depth, numbered)
                    mark_changed(state, start, inner.change)
                case _:
                    _block(state, inner)
            numbered = True
    state.after_table = state.after_table and bool(state.out) and state.out[-1].endswith("</w:tbl>")


def _list_number(state: State, block: ListBlock, depth: int) -> str:
    slot = state.numbering.list(block.style, depth, block.start)
    return num_pr(slot.num_id, slot.level)


def _contents(state: State, block: TableOfContents) -> None:
    state.turn()
    if state.break_before:
        state.emit("ActeSaut", "", spaced=True)
    state.contents.append((len(state.out), block.depth, block.title))
    state.out.append("")
    measure_contents(state, block.depth, block.title)
