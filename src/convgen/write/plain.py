"""Inlines as plain text, and the labels of lists: what the text and HTML writers share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from convgen.acte.nodes import FillIn, Inline, LineBreak, Note, Number
from convgen.acte.runs import runs

NO_BREAK: Final = "\u00a0"


def plain(inlines: Iterable[Inline], *, note_calls: bool = True) -> str:
    """The printed text, without looks: a forced line break is a newline, a note its call « (note 1) »."""
    parts: list[str] = []
    for run in runs(inlines):
        match run.node:
            case LineBreak():
                parts.append("\n")
            case FillIn(width=width):
                parts.append("_" * width)
            case Note(number=number):
                parts.append(f"{NO_BREAK}(note{NO_BREAK}{number})" if note_calls else "")
            case _:
                parts.append(run.text)
    return "".join(parts)


def heading_label(number: Number | None) -> str:
    """What stands before a title: « ARTICLE 4 : », separator included."""
    return f"{number.label}{number.separator}" if number else ""


def list_label(style: str, rank: int) -> str:
    """The mark of the item of that rank (from 1) in a list of that style: « - », « 3. », « c) », « 3° »."""
    match style:
        case "1.":
            return f"{rank}."
        case "1°":
            return f"{rank}°"
        case "a)":
            return f"{_letters(rank)})"
    return "-"


def _letters(rank: int) -> str:
    """a, b, … z, aa, ab…."""
    text = ""
    while rank > 0:
        rank, rest = divmod(rank - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
