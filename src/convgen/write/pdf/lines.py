"""Lines of text as the data that the drawing reads, and the signs that no font draws."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from convgen.acte.nodes import (
    Blank,
    Deleted,
    FillIn,
    Inline,
    Inserted,
    LineBreak,
    Note,
    Number,
    Reference,
    Text,
    Value,
)
from convgen.acte.runs import Run, raised_parts, runs
from convgen.write.docx.metrics import word_width

Data = dict[str, Any]

#: A word that may be wider than its line; a shorter one is not even measured.
_LONG_WORD: Final = re.compile(r"[^\s\u2011-]{12,}")
_CUT: Final = "\u200b"
_EXCERPT: Final = 30
_PLAIN: Final = {"t"}


@dataclass(frozen=True, slots=True)
class Missing:
    """A sign that no font draws, and where it stands."""

    sign: str
    place: str
    excerpt: str


@dataclass(slots=True)
class Lines:
    """Prints lines.

    Attributes:
        signs: What the fonts draw.
        targets: The ids that a reference may point to.
        serif: The letters are drawn like Times.
        room: The width of the lines, in thousandths of the size of the letters.
        place: Where the lines stand, for people.
        missing: The signs that no font draws, each once for a place.
    """

    signs: frozenset[str]
    targets: frozenset[str]
    serif: bool
    room: int
    place: str = ""
    missing: dict[tuple[str, str], Missing] = field(default_factory=dict)

    def line(self, inlines: Iterable[Inline], *, upper: bool = False, notes: bool = True) -> list[Data]:
        """The runs of a line, in capitals or as typed, with or without its notes."""
        made: list[Data] = []
        for node in inlines:
            if isinstance(node, Text | Value):  # nearly always
                for text, raised in raised_parts(node.text):
                    self._append(made, text, upper, raised=raised)
                continue
            change = {Inserted: "plus", Deleted: "moins"}.get(type(node), "")
            for run in runs((node,)):
                if notes or not isinstance(run.node, Note):
                    made += [self._looks(run, piece, change) for piece in self._pieces(run, upper)]
        return made

    def _append(self, made: list[Data], text: str, upper: bool, *, raised: bool) -> None:
        """Plain words: those that follow plain words go on with them, there is less to draw."""
        text = self._text(text, False, upper)
        if raised:
            made.append({"t": text, "x": True})
        elif made and made[-1].keys() == _PLAIN:
            made[-1]["t"] += text
        elif text:
            made.append({"t": text})

    def words(self, text: str, *, upper: bool = False, bold: bool = False) -> list[Data]:
        """The runs of a plain text."""
        return [one | {"b": True} if bold else one for one in self.line((Text(text),), upper=upper)] if text else []

    def label(self, number: Number | None, *, separator: bool = True, upper: bool = False) -> list[Data]:
        """What stands before a title, with the label that it takes the place of."""
        if number is None:
            return []
        after = number.separator if separator else ""
        if number.former is None:
            return self.words((_capitals(number) if upper else number.label) + after)
        return [*self.marker(number.former, number.label), *self.words(after)]

    def marker(self, former: str | None, new: str) -> list[Data]:
        """A mark, after the one that it takes the place of."""
        if former is None:
            return self.words(new)
        gone = self.line((Deleted((Text(former),)),)) if former else []
        return [*gone, *(self.line((Inserted((Text(new),)),)) if new else [])]

    def checked(self, text: str) -> str:
        """The text, its signs looked up in the fonts."""
        unknown = set(text) - self.signs
        for sign in sorted(unknown - {"\t"}):
            start = max(text.index(sign) - _EXCERPT, 0)
            excerpt = text[start : start + 2 * _EXCERPT].strip()
            self.missing.setdefault((sign, self.place), Missing(sign, self.place, excerpt))
        return text.replace("\t", " ") if unknown else text

    # --- pieces ---------------------------------------------------------------------------------------------

    def _looks(self, run: Run, piece: Data, change: str) -> Data:
        looks = {"b": run.bold, "i": run.italic, "x": run.superscript}
        piece |= {name: True for name, on in looks.items() if on}
        return piece | {"c": change} if change else piece

    def _pieces(self, run: Run, upper: bool) -> list[Data]:
        match run.node:
            case LineBreak():
                return [{"k": "saut"}]
            case Note() as note:
                return [{"k": "note", "r": self.line(note.children)}]
            case FillIn(width=width):
                return [{"k": "remplir", "l": min(width / 2, max(self.room / 1000 - 1, 2))}]
            case Blank():
                return [{"k": "blanc", "t": self._text(run.text, run.bold, upper)}]
            case Reference() as reference:
                return self._reference(reference, run.bold, upper)
            case _:
                return [{"t": self._text(run.text, run.bold, upper)}] if run.text else []

    def _reference(self, node: Reference, bold: bool, upper: bool) -> list[Data]:
        """The words before the number are no part of the link."""
        made = [{"t": self._text(node.before, bold, upper)}] if node.before else []
        for one in runs((Text(f"{node.noun}{node.number}"),)):
            if one.text:
                piece: Data = {"t": self._text(one.text, bold, upper)}
                piece |= {"x": True} if one.superscript else {}
                made.append(piece | {"k": "renvoi", "cible": node.target} if node.target in self.targets else piece)
        return made

    def _text(self, text: str, bold: bool, upper: bool) -> str:
        text = self.checked(text)
        if _LONG_WORD.search(text):
            text = _LONG_WORD.sub(lambda found: cut_word(found[0], self.room, self.serif, bold), text)
        return text.upper() if upper else text


def _capitals(number: Number) -> str:
    """A label in a title in capitals: the number keeps its small letters (« ARTICLE 1er », « ANNEXE 5 bis »)."""
    before, text, after = number.label.partition(number.text or number.label)
    return f"{before.upper()}{text if number.text else text.upper()}{after.upper()}"


@lru_cache(maxsize=4096)
def cut_word(word: str, room: int, serif: bool, bold: bool) -> str:
    """The word, with places where a line may end when it is wider than the line.

    Args:
        word: Without spaces.
        room: The width of the line, in thousandths of the size of the letters.
        serif: The letters are drawn like Times.
        bold: They are bold.
    """
    if word_width(word, serif, bold) <= room:
        return word
    size = max(len(word) * room // (4 * word_width(word, serif, bold)), 1)
    return _CUT.join(word[start : start + size] for start in range(0, len(word), size))
