"""Inlines as plain text, and the labels of lists: what the text and HTML writers share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from convgen.acte.nodes import DELETION, INSERTION, Deleted, FillIn, Inline, Inserted, LineBreak, Note, Number
from convgen.acte.runs import runs

NO_BREAK: Final = "\u00a0"
_CHANGES: Final = {Inserted: INSERTION, Deleted: DELETION}


def plain(inlines: Iterable[Inline], *, note_calls: bool = True) -> str:
    """The printed text, without looks: a forced line break is a newline, a note its call « (note 1) ».

    Words that change stand between brackets: « [-300 €-] [+500 €+] ».
    """
    parts: list[str] = []
    for node in inlines:
        text = _plain((node,), note_calls=note_calls)
        change = _CHANGES.get(type(node), "")
        # Two changes side by side would read as one.
        parts.append(" " if change and parts and parts[-1].endswith("]") else "")
        parts.append(marked(change, text))
    return "".join(parts)


def _plain(inlines: Iterable[Inline], *, note_calls: bool) -> str:
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


_SIGNS: Final = {INSERTION: "+", DELETION: "-"}


def marked(change: str, text: str) -> str:
    """A text that comes or goes: « [+500 €+] », « [-300 €-] »; nothing for nothing."""
    sign = _SIGNS.get(change, "")
    return f"[{sign}{text}{sign}]" if sign and text else text


def marked_label(number: Number | None) -> str:
    """`heading_label`, with the label that it takes the place of."""
    if number is None or number.former is None:
        return heading_label(number)
    return marked_change(number.former, number.label) + number.separator


def marked_change(former: str | None, new: str) -> str:
    """A label and the one that it takes the place of, None when it does not change: « [-2°-] [+3°+] »."""
    if former is None:
        return new
    return " ".join(one for one in (marked(DELETION, former), marked(INSERTION, new)) if one)


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
