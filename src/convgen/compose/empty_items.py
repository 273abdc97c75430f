"""What would print nothing: a mark of a list without words after it, a text that is empty once said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from convgen.acte.nodes import Block, Inlines, ListBlock, Paragraph, Reference
from convgen.acte.runs import plain_text
from convgen.errors import Place, Report
from convgen.model.values import TextSource
from convgen.source.nodes import MappingNode, Node, SequenceNode, folded

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


def silent(said: Inlines) -> bool:
    """Whether words print nothing; a reference is said later."""
    if any(isinstance(one, Reference) for one in said):
        return False
    return not any(one.isprintable() and not one.isspace() for one in plain_text(said))


def refuse_silence(said: Inlines, source: TextSource, report: Report, path: str = "") -> bool:
    """Whether a text prints nothing; DEL-01 where it stands, unless an error of its own tells why."""
    if not silent(said):
        return False
    if not any(within(one.place, source) for one in report.errors):
        remedy = "Écrivez-le, ou vérifiez la donnée qu'il imprime."
        report.error("DEL-01", "ce texte n'imprime rien", source.place, path, remedy=remedy)
    return True


def within(place: Place | None, source: TextSource) -> bool:
    """Whether a problem stands in a text."""
    if place is None or place.file != source.place.file:
        return False
    return source.place.line <= place.line <= source.place.line + source.text.count("\n")


def path_of(node: Node | None, place: Place, path: str = "") -> str:
    """The path of the text of a definition that stands there: « decisions[0].ajouter »; "" for none."""
    if isinstance(node, MappingNode):
        found = (path_of(value, place, f"{path}.{folded(key.text)}".lstrip(".")) for key, value in node.entries)
    elif isinstance(node, SequenceNode):
        found = (path_of(value, place, f"{path}[{rank}]") for rank, value in enumerate(node.items))
    else:
        return path if node is not None and place in (node.place, node.content_place) else ""
    return next((one for one in found if one), "")


def _words(blocks: Sequence[Block]) -> bool:
    return any(not isinstance(one, Paragraph) or plain_text(one.inlines).strip(" \u00a0") for one in blocks)
