"""Lines of text: inlines of the tree printed as runs, fields, links and note calls."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Blank,
    Deleted,
    Emphasis,
    FillIn,
    Inlines,
    Inserted,
    LineBreak,
    Note,
    Reference,
    Strong,
    Superscript,
    Text,
    Value,
)
from convgen.acte.runs import Run, runs
from convgen.write.docx.numbering import same
from convgen.write.docx.revisions import changed_runs
from convgen.write.docx.state import Line, State
from convgen.write.docx.xml import escape, field, run

_HIGHLIGHT = '<w:highlight w:val="yellow"/>'


def _format(bold: bool, italic: bool, raised: bool, extra: str = "") -> str:
    """The formatting of a run, in the order of the schema."""
    out = "<w:b/><w:bCs/>" if bold else ""
    out += "<w:i/><w:iCs/>" if italic else ""
    return f'{out}{extra}<w:vertAlign w:val="superscript"/>' if raised else out + extra


_EITHER = (False, True)
_FORMATS = {(b, i, raised): _format(b, i, raised) for b, i, raised in product(_EITHER, _EITHER, _EITHER)}


def rpr_of(one: Run, extra: str = "") -> str:
    """The formatting of a run."""
    return _format(one.bold, one.italic, one.superscript, extra)


@lru_cache(maxsize=8192)
def _prepared(text: str) -> tuple[tuple[str, bool], ...]:
    """A text cut where ordinals are raised, and escaped. The sentences of the clauses come back in every act."""
    return tuple((escape(one.text), one.superscript) for one in runs((Text(text),)))


#: All but notes, references and spaces to fill in.
_STEADY = frozenset({Text, Value, Blank, LineBreak})


def line_of(state: State, inlines: Inlines, key: str, indent: int = 0) -> Line:
    """A line printed in a style, found again when an act before this one had it.

    Args:
        state: the body being printed.
        inlines: the line.
        key: the style, one of ours.
        indent: what its lines lose on the left besides the indent of the style.
    """
    use = key, indent, state.page.text_width
    found = None if state.cell else state.printed.find(inlines, use)
    if found is None:
        runs, words = print_line(state, inlines)
        found = Line(runs, words, state.height(key, words, indent))
        if not state.cell and is_steady(inlines):
            state.printed.keep(inlines, use, found)
    return found


def is_steady(inlines: Inlines) -> bool:
    """Whether a line prints the same wherever it stands."""
    return all(
        type(node) in _STEADY or (isinstance(node, Strong | Emphasis | Superscript) and is_steady(node.children))
        for node in inlines
    )


def print_line(state: State, inlines: Inlines) -> tuple[str, str]:
    """The runs of a line, and its words as they read. Neighbours of the same format make one run."""
    flat = _flat(inlines)
    if flat is not None:
        return _run(flat[0], _FORMATS[state.bold, state.italic, False]), flat[1]
    line = _Runs()
    for node in inlines:
        if type(node) is Text or type(node) is Value:  # nearly all of them
            line.add(node.text, state.bold, state.italic)
            continue
        if isinstance(node, Inserted | Deleted):
            inside, words = print_line(state, node.children)
            line.put(changed_runs(state, INSERTION if isinstance(node, Inserted) else DELETION, inside), words)
            continue
        for one in runs((node,), state.bold, state.italic):
            if isinstance(one.node, Text | Value) and not one.superscript:
                line.add(one.text, one.bold, one.italic)
            else:
                line.put(*_special(state, one))
    return line.close()


def _flat(inlines: Inlines) -> tuple[str, str] | None:
    """The words of a line, ready for XML, then as they read; None when some need a format of their own."""
    words: list[str] = []
    texts: list[str] = []
    for node in inlines:
        if type(node) is not Text and type(node) is not Value:
            return None
        prepared = _prepared(node.text)
        if len(prepared) != 1 or prepared[0][1]:
            return None
        words.append(prepared[0][0])
        texts.append(node.text)
    return "".join(words), "".join(texts)


def _run(words: str, rpr: str) -> str:
    """A run of words that are ready for XML."""
    props = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""


class _Runs:
    """A line being printed: what is done, and the run that may still grow."""

    __slots__ = ("done", "format", "pending", "texts")

    def __init__(self) -> None:
        self.done: list[str] = []
        self.pending = ""
        self.format = ""
        self.texts: list[str] = []

    def add(self, text: str, bold: bool, italic: bool) -> None:
        """Text of the given format."""
        self.texts.append(text)
        for words, raised in _prepared(text):
            rpr = _FORMATS[bold, italic, raised]
            if rpr != self.format:
                self.flush()
                self.format = rpr
            self.pending += words

    def flush(self) -> None:
        """Print the run that was growing."""
        if self.pending:
            self.done.append(_run(self.pending, self.format))
            self.pending = ""

    def put(self, xml: str, text: str) -> None:
        """Anything else, already printed, and how it reads."""
        self.flush()
        self.done.append(xml)
        self.texts.append(text)

    def close(self) -> tuple[str, str]:
        """The whole line, and its words as they read."""
        self.flush()
        return "".join(self.done), "".join(self.texts)


def _special(state: State, one: Run) -> tuple[str, str]:
    match one.node:
        case Blank():
            return run(one.text, rpr_of(one, _HIGHLIGHT)), one.text
        case FillIn(width=width):
            dots = "…" * _dots(state, width)
            return run(dots, rpr_of(one)), dots
        case LineBreak():
            return "<w:r><w:br/></w:r>", "\n"
        case Note():
            return _note(state, one.node), ""
        case Reference():
            return _reference(state, one.node, one), one.node.text
        case _:
            return run(one.text, rpr_of(one)), one.text


def _dots(state: State, width: int) -> int:
    """How many ellipses a space takes: half its width in characters, no more than a cell holds on one line."""
    if not state.cell:
        return max(3, width // 2)
    return max(3, min(width // 2, state.page.text_width // (state.charte.polices.taille * 20)))


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


def _words(text: str, like: Run) -> str:
    """The runs of a text in the format of another run, ordinals raised."""
    line = _Runs()
    line.add(text, like.bold, like.italic)
    return line.close()[0]


def _reference(state: State, node: Reference, like: Run) -> str:
    """A REF field where the target's own label reads right in the sentence, else an internal link."""
    mark = state.plan.by_id.get(node.target)
    if mark is None:
        return _words(node.text, like)
    label = mark.slot.reference if mark.slot is not None and node.form != "titre" else ""
    for before, shown in (
        (node.before, f"{node.noun}{node.number}"),
        (f"{node.before}{node.noun}", node.number),
    ):
        if label and shown and same_case(label, shown):
            result = field(f"REF {mark.bookmark} \\r \\h", _words(shown, like), rpr_of(like))
            return _words(before, like) + result
    shown = f"{node.noun}{node.number}"
    link = f'<w:hyperlink w:anchor="{escape(mark.bookmark)}" w:history="1">{_words(shown, like)}</w:hyperlink>'
    return _words(node.before, like) + (link if shown else "")


@lru_cache(maxsize=4096)
def same_case(label: str, shown: str) -> bool:
    """Equal up to the kind of spaces; a capital matters, a field would lose it."""
    return same(label, shown) and label[:1] == shown[:1]
