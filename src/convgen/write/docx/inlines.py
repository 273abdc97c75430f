"""Lines of text: inlines of the tree printed as runs, fields, links and note calls."""

from __future__ import annotations

from convgen.acte.nodes import Blank, FillIn, Inlines, LineBreak, Note, Reference, Text, Value
from convgen.acte.runs import Run, runs
from convgen.write.docx.numbering import same
from convgen.write.docx.state import State
from convgen.write.docx.xml import escape, field, run

_HIGHLIGHT = '<w:highlight w:val="yellow"/>'


def rpr_of(one: Run, extra: str = "") -> str:
    """The formatting of a run, in the order of the schema."""
    out = ""
    if one.bold:
        out += "<w:b/><w:bCs/>"
    if one.italic:
        out += "<w:i/><w:iCs/>"
    out += extra
    if one.superscript:
        out += '<w:vertAlign w:val="superscript"/>'
    return out


def print_line(state: State, inlines: Inlines) -> tuple[str, int]:
    """The runs of a line and its length in characters. Neighbours of the same format make one run."""
    parts: list[str] = []
    pending = ""
    format_: str = ""
    length = 0
    for one in runs(inlines, state.bold, state.italic):
        length += len(one.text)
        if isinstance(one.node, Text | Value):
            rpr = rpr_of(one)
            if pending and rpr != format_:
                parts.append(run(pending, format_))
                pending = ""
            format_ = rpr
            pending += one.text
            continue
        if pending:
            parts.append(run(pending, format_))
            pending = ""
        text, extra = _special(state, one)
        length += extra
        parts.append(text)
    if pending:
        parts.append(run(pending, format_))
    return "".join(parts), length


def _special(state: State, one: Run) -> tuple[str, int]:
    match one.node:
        case Blank():
            return run(one.text, rpr_of(one, _HIGHLIGHT)), 0
        case FillIn(width=width):
            return run("…" * max(3, width // 2), rpr_of(one)), width
        case LineBreak():
            return "<w:r><w:br/></w:r>", 40
        case Note():
            return _note(state, one.node), 0
        case Reference():
            return _reference(state, one.node, rpr_of(one)), 0
        case _:
            return run(one.text, rpr_of(one)), 0


def _note(state: State, note: Note) -> str:
    number = len(state.notes) + 1
    # The place is taken before the words are printed: they could hold a note themselves.
    state.notes.append("")
    style = state.styles["FootnoteReference"]
    call = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'
    bold, italic, state.bold, state.italic = state.bold, state.italic, False, False
    words, _ = print_line(state, note.children)
    state.bold, state.italic = bold, italic
    state.notes[number - 1] = (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{state.styles["FootnoteText"]}"/></w:pPr>'
        f"<w:r>{call}<w:footnoteRef/></w:r>{run(chr(160))}{words}</w:p></w:footnote>"
    )
    return f'<w:r>{call}<w:footnoteReference w:id="{number}"/></w:r>'


def _reference(state: State, node: Reference, rpr: str) -> str:
    """A REF field where the target's own label reads right in the sentence, else an internal link."""
    mark = state.plan.by_id.get(node.target)
    if mark is None:
        return run(node.text, rpr)
    label = mark.slot.reference if mark.slot is not None else ""
    if label and node.form != "titre":
        if same_case(label, f"{node.noun}{node.number}"):
            before, shown = node.before, f"{node.noun}{node.number}"
        elif same_case(label, node.number):
            before, shown = f"{node.before}{node.noun}", node.number
        else:
            before, shown = "", ""
        if shown:
            start = run(before, rpr) if before else ""
            return start + field(f"REF {mark.bookmark} \\r \\h", run(shown, rpr), rpr)
    start = run(node.before, rpr) if node.before and (node.noun or node.number) else ""
    shown = f"{node.noun}{node.number}" or node.text
    link = f'<w:hyperlink w:anchor="{escape(mark.bookmark)}" w:history="1">{run(shown, rpr)}</w:hyperlink>'
    return start + link


def same_case(label: str, shown: str) -> bool:
    """Equal up to the kind of spaces; a capital matters, a field would lose it."""
    return same(label, shown) and label[:1] == shown[:1]
