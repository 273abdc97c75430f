"""What stays on the page of what: the same in Word and in the PDF."""

from __future__ import annotations

import re

from convgen.acte.nodes import Annexe, Block, ListBlock, Paragraph, Table, Text

#: How a sentence ends that leads to the table or the list below it.
_LEADS = re.compile(r"(?::|\bsuivante?s?\b[^.;:]{0,60}\.|\bci-(?:après|dessous)[.,])\s*$")


def announces(block: Paragraph, after: tuple[Block, ...]) -> bool:
    """Whether a sentence leads to the table or the list that follows it (`after[0]`), and stays on its page."""
    if not after or not isinstance(after[0], Table | ListBlock) or not block.inlines:
        return False
    last = block.inlines[-1]
    return isinstance(last, Text) and _LEADS.search(last.text) is not None


def joined_apart(annexe: Annexe) -> bool:
    """A piece joined apart: here it has a title and a line only, several share a page."""
    return (annexe.external or bool(annexe.file)) and len(annexe.blocks) <= 1 and annexe.orientation == "portrait"
