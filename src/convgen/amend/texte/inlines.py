"""Lines of inlines cut and joined at character positions. Notes and looks of presentation are left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from convgen.acte.nodes import (
    Blank,
    Emphasis,
    FillIn,
    Inline,
    Inlines,
    LineBreak,
    Note,
    Reference,
    Strong,
    Superscript,
    Text,
    Value,
)

#: What a space to fill in by hand prints here, whatever its width.
FILL_IN = "____"


def text_of(inlines: Iterable[Inline]) -> str:
    """The printed words of a line."""
    return "".join(text for text, _ in leaves(inlines))


def leaves(inlines: Iterable[Inline]) -> Iterator[tuple[str, Inline]]:
    """The printed pieces of a line, in order, with the node that each comes from."""
    for node in inlines:
        match node:
            case Text() | Value() | Blank() | Reference():
                yield node.text, node
            case Strong() | Emphasis() | Superscript():
                yield from leaves(node.children)
            case FillIn():
                yield FILL_IN, node
            case _:
                pass


def lines_of(inlines: Inlines) -> list[Inlines]:
    """The line without its notes, cut at each forced break; empty lines are dropped."""
    lines: list[list[Inline]] = [[]]
    for node in inlines:
        match node:
            case LineBreak():
                lines.append([])
            case Note():
                pass
            case Strong() | Emphasis() | Superscript():
                first, *others = _kept(node.children)
                lines[-1].append(replace(node, children=first))
                lines.extend([replace(node, children=one)] for one in others)
            case Text(text=text) if not unicodedata.is_normalized("NFC", text):
                lines[-1].append(Text(unicodedata.normalize("NFC", text)))
            case _:
                lines[-1].append(node)
    return [tuple(line) for line in lines if text_of(line).strip()]


def _kept(children: Inlines) -> list[Inlines]:
    return lines_of(children) or [()]


def cut(inlines: Inlines, start: int, end: int) -> Inlines:
    """What is printed from one character to another; a node cut in two leaves plain text."""
    return tuple(_cut(inlines, start, end))


def _cut(inlines: Iterable[Inline], start: int, end: int) -> Iterator[Inline]:
    place = 0
    for node in inlines:
        size = len(text_of((node,)))
        low, high = max(start - place, 0), min(end - place, size)
        place += size
        if low >= high:
            continue
        if (low, high) == (0, size):
            yield node
            continue
        match node:
            case Strong() | Emphasis() | Superscript():
                yield replace(node, children=tuple(_cut(node.children, low, high)))
            case _:
                yield Text(text_of((node,))[low:high])


def merged(parts: Iterable[Inline]) -> Inlines:
    """The line with neighbouring texts made one."""
    out: list[Inline] = []
    for node in parts:
        if isinstance(node, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + node.text)
        elif not (isinstance(node, Text) and not node.text):
            out.append(node)
    return tuple(out)
