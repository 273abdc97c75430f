"""The base as its reader sees it: divisions by printed designation, alinéas by rank, numbers with an order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from convgen.amend.numeros.motifs import ADDED, LATIN, LETTERED, ONE
from convgen.amend.texte.forme import ITEM_ENDS, Tokens, tokens_of
from convgen.amend.texte.imprime import (
    ANNEXE,
    ARTICLE,
    CHAPTER,
    HEADING_ROW,
    HEADINGS,
    ITEM,
    POINT,
    ROWS,
    ZONE,
    ZONE_SEPARATOR,
    PrintedLine,
)

# In a heading, what follows a letter tells whether it belongs to the number or to the title.
_LETTER: Final = r"(?:\s[A-Z]{1,2}(?=\s*(?:$|[.):/°]|[–—-]\s)))?"
_IN_HEADING: Final = rf"(?:1er|{ONE}){LETTERED}(?:[.-]{ONE}{LETTERED})*(?![\w'’]){ADDED}{_LETTER}"
_HEADING: Final = re.compile(
    rf"^(?P<noun>[^\W\d_]+(?:[\s'’-]+[^\W\d_]+){{0,3}}?\s+)?(?P<number>{_IN_HEADING})(?P<mark>\s*[.)/°]+)?"
    r"(?P<sep>\s*(?:[:–—]|-(?=\s))\s*|\s+|$)(?P<title>.*)$",
    re.DOTALL,
)
_MARKED: Final = r"(?P<sep>\s*(?:[:–—]|-(?=\s))\s*|$)(?P<title>.*)$"
_ANNEXE: Final = re.compile(
    rf"^(?P<noun>annexe)(?:\s(?P<number>{_IN_HEADING}(?:\s[a-zà-ÿœ-]{{2,}})?))?{_MARKED}", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading taken apart; `noun` is lower case, `number` empty for a heading that has none."""

    noun: str
    number: str
    label: str
    separator: str
    title: str


def parse_heading(line: PrintedLine) -> HeadingText:
    """« ARTICLE 4 : Durée » is an article 4 named « Durée »."""
    text = line.text.strip()
    if line.style == ZONE:
        name, found, title = text.partition(ZONE_SEPARATOR)
        return HeadingText(name, "", name, found, title)
    found_label = _ANNEXE.match(text) or _HEADING.match(text)
    if found_label is None:
        return HeadingText("", "", "", "", text)
    parts = found_label.groupdict()
    number, mark = parts.get("number") or "", parts.get("mark") or ""
    noun = (parts["noun"] or "").strip()
    # A lone letter or a roman figure before words is a number only with a noun or a mark: « A propos », « I : Aide ».
    if not noun and not number[:1].isdigit() and not mark and not parts["sep"].strip():
        return HeadingText("", "", "", "", text)
    label = text[: len(text) - len(parts["title"]) - len(parts["sep"])]
    return HeadingText(noun.casefold(), number, label, parts["sep"], parts["title"])


def number_key(number: str) -> tuple[tuple[int, str], ...]:
    """What orders frozen numbers: 4 < 4-1 < 4-1-1 < 4-2 < 5 A < 5 B < 5; 1er AA < 1er A < 1er; 17 < 17 bis < 18."""
    key: list[tuple[int, str]] = []
    for part in re.split(r"[.\s-]+", number.replace("1er", "1")):
        if part in LATIN:
            key.append((LATIN.index(part) + 2, "~"))
        elif part.isdigit():
            key.append((int(part), "~"))
        elif key and part.isupper() and len(part) <= 2 and " " in number:
            key[-1] = (key[-1][0], part + "~")
        else:
            key.append((_roman(part) or ord(part[:1] or " "), "~"))
    return tuple(key)


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    if not text or any(char not in values for char in text):
        return 0
    digits = [values[char] for char in text]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


# --- alinéas ------------------------------------------------------------------------------------------------


@dataclass(eq=False, slots=True)
class Unit:
    """An alinéa: a line of text, or a table with all its rows."""

    lines: list[PrintedLine]

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.lines[0].style in ROWS

    @property
    def mark(self) -> str:
        """The mark of a list item, with its space."""
        line = self.lines[0]
        return f"{line.cells[0]} " if line.style == ITEM and line.cells else ""

    @property
    def words(self) -> str:
        """The text without the mark of a list item."""
        return self.lines[0].text[len(self.mark) :]

    @property
    def droit(self) -> Tokens:
        """The tokens that count: without the final mark of a list item."""
        tokens = tokens_of(self.words)
        in_list = self.lines[0].style in {ITEM, "suite"}
        return tokens[:-1] if in_list and tokens and tokens[-1] in ITEM_ENDS else tokens


def units_of(lines: Sequence[PrintedLine]) -> list[Unit]:
    """The alinéas of these lines; a table begins at its heading row, and is one alinéa."""
    units: list[Unit] = []
    for line in lines:
        last = units[-1].lines[-1] if units and units[-1].is_table else None
        follows = (
            last is not None and line.style in ROWS and not (line.style == HEADING_ROW and last.style != line.style)
        )
        if follows:
            units[-1].lines.append(line)
        else:
            units.append(Unit([line]))
    return units


# --- divisions ----------------------------------------------------------------------------------------------


@dataclass(eq=False, slots=True)
class Div:
    """A division of the base; the root has no heading."""

    heading: PrintedLine
    text: HeadingText
    parent: Div | None = None
    units: list[Unit] = field(default_factory=list)
    children: list[Div] = field(default_factory=list)
    joined: PrintedLine | None = None

    @property
    def style(self) -> str:
        """The style of its heading."""
        return self.heading.style

    @property
    def number(self) -> str:
        """Its number."""
        return self.text.number

    def chain(self) -> Iterator[Div]:
        """The division and those that hold it, the root last."""
        here: Div | None = self
        while here is not None:
            yield here
            here = here.parent

    def walk(self) -> Iterator[Div]:
        """The division and all that it holds, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def annexe(self) -> Div | None:
        """The annexe that holds it, itself if it is one."""
        return next((one for one in self.chain() if one.style == ANNEXE), None)


ROOT: Final = "acte"
_DEPTH: Final = {ZONE: -1, ANNEXE: -1, CHAPTER: 0}


def depth_of(line: PrintedLine) -> int:
    """What holds what: chapters, then articles, then sub-articles by level; zones and annexes stand at the root."""
    return _DEPTH.get(line.style, max(line.level, 1))


def build_base(lines: Sequence[PrintedLine]) -> Div:
    """The divisions of a printed act, each with its alinéas."""
    root = Div(PrintedLine(ROOT, ""), HeadingText("", "", "", "", ""))
    open_ones = [root]
    own: list[PrintedLine] = []

    def close() -> None:
        holder = open_ones[-1]
        holder.joined = next((line for line in own if line.style == "fichier"), None)
        holder.units = units_of([line for line in own if line.style != "fichier"])
        own.clear()

    for line in lines:
        if line.style not in HEADINGS:
            own.append(line)
            continue
        close()
        while len(open_ones) > 1 and not _holds(open_ones[-1].heading, line):
            open_ones.pop()
        child = Div(line, parse_heading(line), open_ones[-1])
        open_ones[-1].children.append(child)
        open_ones.append(child)
    close()
    return root


def _holds(holder: PrintedLine, line: PrintedLine) -> bool:
    if line.style in {ZONE, ANNEXE}:
        return False
    if line.style == POINT:
        return holder.style == ANNEXE or (holder.style == POINT and holder.level < line.level)
    if holder.style == ANNEXE or (holder.style == ZONE and line.style in {CHAPTER, ARTICLE}):
        return False
    return depth_of(holder) < depth_of(line)
