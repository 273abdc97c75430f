"""Marks of a list that have no words after them: « - » alone would be printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from convgen.acte.nodes import Block, ListBlock, Paragraph
from convgen.acte.runs import plain_text
from convgen.errors import Place
from convgen.model.values import TextSource

_LONE_MARK: Final = re.compile(r"^[ \t]*(?:[-*+\u2013\u2022]|\w{1,3}[.)°]\)?)[ \t]*$", re.MULTILINE)


def place_of_lone_mark(source: TextSource) -> Place:
    """The line of a mark without words; the text when it comes from a condition or a loop."""
    found = _LONE_MARK.search(source.text)
    lines = source.text.count("\n", 0, found.start()) if found is not None else 0
    return source.place.down(lines) if lines else source.place


def has_empty_item(blocks: Sequence[Block]) -> bool:
    """Whether a mark of a list, however deep, has no words after it."""
    lists = (block for block in blocks if isinstance(block, ListBlock))
    return any(
        not one.items or any(not _words(item.blocks) or has_empty_item(item.blocks) for item in one.items)
        for one in lists
    )


def _words(blocks: Sequence[Block]) -> bool:
    return any(not isinstance(one, Paragraph) or plain_text(one.inlines).strip(" \u00a0") for one in blocks)
