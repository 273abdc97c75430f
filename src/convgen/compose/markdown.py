"""Markdown → skeleton. Only what acts need is Markdown; everything else stays text.

Headings (``## Titre [#id]``), lists (``- ``, ``1. ``, ``a) ``, ``1° ``), tables, bold, italics,
``^exposant^``, block quotes, hard line breaks, notes (``[^1]``). No HTML, no links, no code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from convgen.acte.nodes import Emphasis, LineBreak, Role, Strong, Superscript, Text
from convgen.compose.atoms import ATOM_CLASS, FIRST, LAST
from convgen.compose.skeleton import (
    NoteSlot,
    Part,
    Parts,
    SkBlock,
    SkCell,
    Skeleton,
    SkHeading,
    SkItem,
    SkList,
    SkParagraph,
    SkTable,
    Slot,
    Wrap,
    fixed_of,
)
from convgen.compose.terms import Terms
from convgen.compose.typed_lists import MARKER, gather_lists
from convgen.french.typography import typeset

NBSP = "\u00a0"
#: Note calls are characters of plane 15 too, from the top: never more than this many notes in a text.
MAX_NOTES = 500
_NOTE_FIRST = LAST - MAX_NOTES

_HEADING = re.compile(r"^(#{1,6})[ \t]*(.*?)[ \t]*(?:\[#([\w-]+)\])?[ \t]*$")
_NOTE_DEFINITION = re.compile(r"^\[\^([\w-]+)\]:[ \t]*(.*)$")
_NOTE_CALL = re.compile(r"[ \t]*\[\^([\w-]+)\]")
_ORDERED = re.compile(r"^([ \t]*)(\d{1,9})([.)])([ \t]+)")
_BULLET = re.compile(r"^([ \t]*)([*+])([ \t]+)")
_BOX = re.compile(r"^([ \t]*)- \[([ xX])\][ \t]+")
_SUPERSCRIPT = re.compile(r"\^([^\s^]{1,12})\^")
_PLANE_15 = re.compile(f"({ATOM_CLASS})")
_UNITS = re.compile(f"({ATOM_CLASS}) (jours?|mois|ans?|années?|euros?|heures?|semaines?|%|€)(?!\\w)")
_ANNOUNCED = re.compile(f"\\b(n°|nos|articles?|annexes?|alinéas?|page) ({ATOM_CLASS})")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:M|MM|art|cf|al|p|n|L|R|D|no)\.$")
_SENTENCE_END = (".", "!", "?", "…")


def parser() -> MarkdownIt:
    """The Markdown parser of texts."""
    markdown = MarkdownIt("zero", {"html": False})
    return markdown.enable(["heading", "list", "table", "emphasis", "escape", "newline", "blockquote"])


@dataclass(slots=True)
class _Prepared:
    lines: list[str]
    source: list[int] = field(default_factory=list)  # for each line, its number in the rendered text
    ids: dict[int, str] = field(default_factory=dict)
    empty_titles: set[int] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)


def skeleton_of(text: str, markdown: MarkdownIt, *, capital: bool = True, terms: Terms | None = None) -> Skeleton:
    """Parse a rendered text, atoms included.

    Args:
        text: the rendered text.
        markdown: the parser.
        capital: a value that opens a paragraph opens a sentence.
        terms: the defined terms to recognise where they were typed by hand.
    """
    prepared = _prepare(text)
    reader = _Reader(prepared, markdown, capital, terms)
    tokens = markdown.parse("\n".join(prepared.lines))
    blocks = gather_lists(list(reader.blocks(iter(tokens))))
    return Skeleton(tuple(blocks), tuple(prepared.problems))


def _prepare(text: str) -> _Prepared:
    """Take out what Markdown must not see: ids, notes, markers that are not lists here."""
    prepared = _Prepared([])
    expected: dict[int, int] = {}
    for number, line in enumerate(text.split("\n")):
        heading = _HEADING.match(line)
        note = _NOTE_DEFINITION.match(line)
        if note:
            prepared.notes[note[1]] = note[2]
            line = ""
        elif heading and line.startswith("#") and (heading[2] or heading[3]):
            line = _heading(heading, len(prepared.lines), prepared)
        elif box := _BOX.match(line):
            # « - [ ] oui » is a box to tick: a line of its own, without a bullet
            if prepared.lines and prepared.lines[-1].strip():
                prepared.lines.append("")
                prepared.source.append(number)
            line = f"{'☐' if box[2] == ' ' else '☑'}{NBSP}{line[box.end() :]}"
        elif MARKER.match(line) and prepared.lines and prepared.lines[-1].strip():
            # "a)" on a new line opens an item: it needs no blank line before it
            prepared.lines.append("")
            prepared.source.append(number)
        else:
            line = _escape_markers(line, expected)
        prepared.lines.append(line)
        prepared.source.append(number)
    return prepared


def _heading(found: re.Match[str], number: int, prepared: _Prepared) -> str:
    if found[3]:
        prepared.ids[number] = found[3]
    if not found[2]:
        prepared.empty_titles.add(number)
    return f"{found[1]} {found[2] or 'sans'}"


def _escape_markers(line: str, expected: dict[int, int]) -> str:
    """A list is ``- `` or ``1. `` and what follows in order; « 2024. », « * » and « + » are text."""
    bullet = _BULLET.match(line)
    if bullet:
        return f"{bullet[1]}\\{bullet[2]}{line[len(bullet[1]) + 1 :]}"
    ordered = _ORDERED.match(line)
    if not ordered:
        if line.strip() and not line.startswith((" ", "\t")):
            expected.clear()
        return line
    indent, value = len(ordered[1]), int(ordered[2])
    if ordered[3] == "." and (value == 1 or expected.get(indent) == value):
        expected[indent] = value + 1
        return line
    return f"{ordered[1]}{ordered[2]}\\{line[len(ordered[1]) + len(ordered[2]) :]}"


@dataclass(slots=True)
class _Reader:
    prepared: _Prepared
    markdown: MarkdownIt
    capital: bool
    terms: Terms | None

    def blocks(self, tokens: Iterator[Token], until: str = "", *, item: bool = False) -> Iterator[SkBlock]:
        for token in tokens:
            match token.type:
                case kind if kind == until:
                    return
                case "paragraph_open":
                    yield self._paragraph(tokens, self._line(token), item)
                case "heading_open":
                    yield self._heading(tokens, token)
                case "bullet_list_open" | "ordered_list_open":
                    yield self._list(tokens, token)
                case "table_open":
                    yield self._table(tokens, token)
                case "blockquote_open":
                    for block in self.blocks(tokens, "blockquote_close"):
                        yield replace(block, role=Role.QUOTE) if isinstance(block, SkParagraph) else block
                case _:
                    pass

    def _paragraph(self, tokens: Iterator[Token], line: int, item: bool) -> SkParagraph:
        inline = next(tokens)
        next(tokens)
        parts = self.inline(inline, opens=self.capital and not item)
        role = Role.SUBHEAD if not item and _is_subhead(parts) else Role.BODY
        return SkParagraph(line, parts, role, fixed_of(parts))

    def _heading(self, tokens: Iterator[Token], token: Token) -> SkHeading:
        inline = next(tokens)
        next(tokens)
        own = _line(token)
        empty = own in self.prepared.empty_titles
        parts = () if empty else self.inline(inline, opens=True)
        name = self.prepared.ids.get(own) or slug(inline.content)
        return SkHeading(self._line(token), int(token.tag[1:]), name, parts)

    def _list(self, tokens: Iterator[Token], token: Token) -> SkList:
        items: list[SkItem] = []
        closing = token.type.replace("_open", "_close")
        for inner in tokens:
            if inner.type == closing:
                break
            if inner.type == "list_item_open":
                blocks = tuple(gather_lists(list(self.blocks(tokens, "list_item_close", item=True))))
                items.append(SkItem(blocks))
        style = "-" if token.type.startswith("bullet") else "1."
        start = token.attrGet("start")
        return SkList(self._line(token), style, int(start) if isinstance(start, int) else 1, tuple(items))

    def _table(self, tokens: Iterator[Token], token: Token) -> SkTable:
        rows: list[tuple[SkCell, ...]] = []
        for inner in tokens:
            if inner.type == "table_close":
                break
            if inner.type == "tr_open":
                rows.append(self._row(tokens))
                self._check_width(_line(inner), len(rows[0]))
        return SkTable(self._line(token), rows[0], tuple(rows[1:]))

    def _row(self, tokens: Iterator[Token]) -> tuple[SkCell, ...]:
        cells: list[SkCell] = []
        for token in tokens:
            if token.type == "tr_close":
                break
            if token.type in ("td_open", "th_open"):
                style = str(token.attrGet("style") or "")
                cells.append(SkCell(self.inline(next(tokens), opens=True), style.rpartition(":")[2] or "left"))
        return tuple(cells)

    def _check_width(self, line: int, width: int) -> None:
        raw = self.prepared.lines[line].strip().strip("|").replace("\\|", "")
        if raw.count("|") + 1 > width:
            self.prepared.problems.append(
                (self.prepared.source[line], "cette ligne de tableau a plus de cellules que l'en-tête")
            )

    def _line(self, token: Token) -> int:
        return self.prepared.source[_line(token)]

    def inline(self, token: Token, *, opens: bool) -> Parts:
        """The parts of a line, typography done."""
        flat = _Inline(self.prepared, self.markdown, self.terms)
        return tuple(flat.parts(list(token.children or ()), _Tail("." if opens else "x")))


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def slug(text: str) -> str:
    """An identifier from a title: « Modalités de suivi » → "modalites-de-suivi"."""
    ascii_text = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text)[:8]) or "sans-titre"


def _is_subhead(parts: Parts) -> bool:
    if len(parts) != 1:
        return False
    only = parts[0]
    return isinstance(only, Strong) or (isinstance(only, Wrap) and only.kind is Strong)


@dataclass(slots=True)
class _Tail:
    """What stands just before, to know whether a sentence opens."""

    text: str

    def opens(self) -> bool:
        tail = self.text.rstrip(' \u00a0\u202f«»()"')
        if not tail.endswith(_SENTENCE_END):
            return False
        return self.text == "." or (self.text != tail and not _ABBREVIATION.search(tail))


_OPENING: dict[str, type[Strong] | type[Emphasis]] = {"strong_open": Strong, "em_open": Emphasis}


@dataclass(slots=True)
class _Inline:
    prepared: _Prepared
    markdown: MarkdownIt
    terms: Terms | None

    def parts(self, tokens: list[Token], tail: _Tail) -> Iterator[Part]:
        """The parts of a run of inline tokens; adjoining texts are set as one."""
        words: list[str] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            match token.type:
                case "text" | "text_special":
                    words.append(token.content)
                case "softbreak":
                    words.append(" ")
                case "hardbreak":
                    yield from self._flush(words, tail)
                    yield LineBreak()
                case "strong_open" | "em_open":
                    yield from self._flush(words, tail)
                    end = _closing(tokens, index)
                    inner = tuple(self.parts(tokens[index + 1 : end], tail))
                    yield _wrap(_OPENING[token.type], inner)
                    index = end
                case _:
                    words.append(token.content)
            index += 1
        yield from self._flush(words, tail)

    def _flush(self, words: list[str], tail: _Tail) -> Iterator[Part]:
        text = "".join(words)
        words.clear()
        if not text:
            return
        text = _NOTE_CALL.sub(self._note_mark, text)
        for piece, raised in _cut_superscripts(set_with_atoms(text)):
            if raised:
                inner = tuple(self._slots(piece, tail))
                yield _wrap(Superscript, inner)
            else:
                yield from self._slots(piece, tail)

    def _note_mark(self, found: re.Match[str]) -> str:
        names = list(self.prepared.notes)
        if found[1] not in self.prepared.notes:
            call = found[0].strip()
            line = next((number for number, one in enumerate(self.prepared.lines) if call in one), 0)
            self.prepared.problems.append((self.prepared.source[line], f"la note {call} est appelée mais pas écrite"))
            return ""
        return chr(_NOTE_FIRST + names.index(found[1]))

    def _slots(self, text: str, tail: _Tail) -> Iterator[Part]:
        for piece in _PLANE_15.split(text):
            if not piece:
                continue
            code = ord(piece[0]) if len(piece) == 1 else 0
            if code >= _NOTE_FIRST:
                yield self._note(list(self.prepared.notes.values())[code - _NOTE_FIRST])
            elif code >= FIRST:
                yield Slot(code - FIRST, tail.opens())
                tail.text = "x"
            else:
                yield from (Text(piece),) if self.terms is None else self.terms.cut(piece)
                # a space between bold words and a value does not hide the full stop before it
                tail.text = piece if piece.strip() else tail.text + piece

    def _note(self, text: str) -> NoteSlot:
        tokens = self.markdown.parseInline(text)
        return NoteSlot(tuple(self.parts(list(tokens[0].children or ()), _Tail("."))))


def _closing(tokens: list[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting if tokens[index].type[:3] == tokens[start].type[:3] else 0
        if depth == 0:
            return index
    return len(tokens) - 1


def _wrap(kind: type[Strong] | type[Emphasis] | type[Superscript], inner: Parts) -> Part:
    if any(isinstance(part, Slot | Wrap | NoteSlot) for part in inner):
        return Wrap(kind, inner)
    return kind(fixed_of(inner) or ())


def _cut_superscripts(text: str) -> Iterable[tuple[str, bool]]:
    for index, piece in enumerate(_SUPERSCRIPT.split(text)):
        if piece:
            yield piece, index % 2 == 1


def set_with_atoms(text: str) -> str:
    """Typography of a text that holds atoms."""
    text = typeset(text)
    if _PLANE_15.search(text):
        text = _UNITS.sub(f"\\1{NBSP}\\2", text)
        text = _ANNOUNCED.sub(f"\\1{NBSP}\\2", text)
    return text
