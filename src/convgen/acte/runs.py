"""Inlines flattened to runs of like formatting, for the writers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from convgen.acte.nodes import (
    Blank,
    Deleted,
    Emphasis,
    FillIn,
    Inline,
    Inserted,
    LineBreak,
    Note,
    Reference,
    Strong,
    Superscript,
    Text,
    Value,
)
from convgen.french.typography import exponents

# A cheap sieve before cutting: an ordinal ends in e, er, re… right after a digit or a Roman numeral.
_ORDINAL_ENDING = re.compile(r"[0-9IVXLC](?:er|re|e|nd)")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one format. `node` is the inline it comes from (a `Note`, `FillIn` or `LineBreak` has no text)."""

    text: str
    bold: bool
    italic: bool
    superscript: bool
    node: Inline


def runs(
    inlines: Iterable[Inline], bold: bool = False, italic: bool = False, superscript: bool = False
) -> Iterator[Run]:
    """The runs of a line; ordinals (« 1er ») are cut so that their ending is raised."""
    for node in inlines:
        match node:
            case Text(text=text) | Value(text=text):
                for part, raised in raised_parts(text):
                    yield Run(part, bold, italic, superscript or raised, node)
            case Strong(children=children):
                yield from runs(children, True, italic, superscript)
            case Emphasis(children=children):
                yield from runs(children, bold, True, superscript)
            case Superscript(children=children):
                yield from runs(children, bold, italic, True)
            case Inserted(children=children) | Deleted(children=children):
                yield from runs(children, bold, italic, superscript)
            case Blank() | Reference():
                yield Run(node.text, bold, italic, superscript, node)
            case _:
                yield Run("", bold, italic, superscript, node)


def raised_parts(text: str) -> list[tuple[str, bool]]:
    """A text cut where the ending of an ordinal is raised: the pieces, and whether each is."""
    if not _ORDINAL_ENDING.search(text):
        return [(text, False)]
    return exponents(text)


def plain_text(inlines: Iterable[Inline]) -> str:
    """The printed words of a line, without formatting; a line break is a space, a note is left out.

    Of words that change, the new ones are given.
    """
    parts: list[str] = []
    for node in inlines:
        match node:
            case Text() | Value() | Blank() | Reference():
                parts.append(node.text)
            case Strong() | Emphasis() | Superscript() | Inserted():
                parts.append(plain_text(node.children))
            case LineBreak():
                parts.append(" ")
            case FillIn(width=width):
                parts.append("_" * width)
            case Note() | Deleted():
                pass
    return "".join(parts)
