"""The table of contents: a TOC field whose entries are already printed."""

from __future__ import annotations

from collections.abc import Iterator

from convgen.acte.nodes import Acte
from convgen.acte.runs import plain_text
from convgen.acte.walk import divisions_of
from convgen.write.docx.plan import Plan
from convgen.write.docx.state import Entry, State
from convgen.write.docx.xml import escape, field, run


def listed(acte: Acte, plan: Plan) -> Iterator[tuple[int, str]]:
    """The level and the words of every line, whatever the depth, before any page is known."""
    for zone in acte.zones:
        for one in divisions_of(zone.blocks):
            if one.title:
                yield max(plan.by_node[id(one)].heading, 1), plan.by_node[id(one)].label + plain_text(one.title)
    for annexe in acte.annexes:
        yield 1, plan.by_node[id(annexe)].label + plain_text(annexe.title)
        for one in divisions_of(annexe.blocks):
            if one.title:
                yield max(plan.by_node[id(one)].heading, 1), plan.by_node[id(one)].label + plain_text(one.title)


def measure_contents(state: State, depth: int, title: str) -> None:
    """Count the table in the estimate of the pages."""
    if title:
        state.measure("TOCHeading", title)
        state.deal(1)
    for level, words in state.listed:
        if level <= max(1, min(depth, 4)):
            state.measure(f"TOC{level}", words)
            state.deal(1)


def print_contents(state: State, depth: int, title: str) -> str:
    """The whole table, as the block Word offers to update. Page numbers are estimates until then."""
    depth = max(1, min(depth, 4))
    entries = [entry for entry in state.entries if _level(entry) <= depth]
    lines: list[str] = []
    if title:
        style = state.styles["TOCHeading"]
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(title)}</w:p>')
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(_instruction(state, depth))} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if not entries:
        style = state.styles["TOC1"]
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{begin}{end}</w:p>')
    for place, entry in enumerate(entries):
        first = begin if place == 0 else ""
        last = end if place == len(entries) - 1 else ""
        lines.append(_line(state, entry, first, last))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"
    )


def _instruction(state: State, depth: int) -> str:
    # Our two headings outside the built-in levels are named for programs that ignore outline levels.
    names = f"{state.style_names['ActePartie']};1;{state.style_names['ActeAnnexe']};1"
    return f'TOC \\o "1-{depth}" \\h \\z \\t "{names}"'


def _level(entry: Entry) -> int:
    return max(entry.mark.heading, 1)


def _line(state: State, entry: Entry, first: str, last: str) -> str:
    style = state.styles[f"TOC{_level(entry)}"]
    page = field(f"PAGEREF {entry.mark.bookmark} \\h", run(str(entry.spot.page)))
    link = (
        f'<w:hyperlink w:anchor="{entry.mark.bookmark}" w:history="1">'
        f"{run(entry.label + plain_text(entry.title))}<w:r><w:tab/></w:r>{page}</w:hyperlink>"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{first}{link}{last}</w:p>'
