"""What stays on the page of what: the same in Word and in the PDF."""

from __future__ import annotations

import re
from typing import Final

from convgen.acte.nodes import Annexe, Block, ListBlock, Paragraph, Role, Strong, Table, Text
from convgen.acte.runs import plain_text

_LED_TO: Final = frozenset({Table, ListBlock, Paragraph})
_QUOTED: Final = frozenset({Role.QUOTE, Role.QUOTE_HEADING})

_PLAIN: Final = frozenset({Role.BODY, Role.QUOTE})

#: How a sentence ends that leads to the table or the list below it.
_LEADS = re.compile(r"(?::|\bsuivante?s?\b[^.;:]{0,60}\.|\bci-(?:après|dessous)[.,])\s*$")


def announces(block: Paragraph, after: Block) -> bool:
    """Whether a line leads to the table, the list or the quotation that follows it, and stays on its page.

    So does a line all in bold, which is the heading of whatever follows it.
    """
    if len(block.inlines) == 1 and type(block.inlines[0]) is Strong:
        return _heads(block)
    if type(after) not in _LED_TO or not block.inlines:
        return False
    if isinstance(after, Paragraph) and (after.role not in _QUOTED or block.role in _QUOTED):
        return False
    last = block.inlines[-1]
    return isinstance(last, Text) and _LEADS.search(last.text) is not None


def _heads(block: Paragraph) -> bool:
    return block.role in _PLAIN and not plain_text(block.inlines).rstrip().endswith((".", ";", ","))


def joined_apart(annexe: Annexe) -> bool:
    """A piece joined apart: here it has a title and a line only, several share a page."""
    return (annexe.external or bool(annexe.file)) and len(annexe.blocks) <= 1 and annexe.orientation == "portrait"
