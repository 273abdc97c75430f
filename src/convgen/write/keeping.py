"""What stays on the page of what: the same in Word and in the PDF."""

from __future__ import annotations

import re
from typing import Final

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Emphasis,
    ListBlock,
    Paragraph,
    Role,
    Section,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Tracked,
)
from convgen.acte.runs import plain_text

#: The acts that one authority takes.
UNILATERAL: Final = ("délibération", "arrêté")
#: The parts that end an act.
CLOSING: Final = frozenset({"vote", "signatures", "ampliation", "executoire", "tampon"})
#: A list of so many items at most goes with what ends the act; a longer one may go on over the next page.
_SHORT_LIST: Final = 6

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
    if isinstance(last, Emphasis):  # a line all in italics is the heading of the list below it
        return len(block.inlines) == 1 and _heads(block)
    return isinstance(last, Text) and _LEADS.search(last.text) is not None


def _heads(block: Paragraph) -> bool:
    return block.role in _PLAIN and not plain_text(block.inlines).rstrip().endswith((".", ";", ","))


def joined_apart(annexe: Annexe) -> bool:
    """A piece joined apart: here it has a title and a line only, several share a page."""
    return (annexe.external or bool(annexe.file)) and len(annexe.blocks) <= 1 and annexe.orientation == "portrait"


def held_together(acte: Acte) -> frozenset[int]:
    """What stays with what follows it, by identity, so that the end of an act never stands alone on a page.

    Vote, signature, mention « exécutoire » and box of the préfecture go together, and with the last lines of what was
    decided or agreed; « Après en avoir délibéré, » with the decision. Paragraphs, short lists, tables and signature
    grids are named.
    """
    first = len(acte.zones)
    while first and acte.zones[first - 1].kind in CLOSING:
        first -= 1
    ending = [block for zone in acte.zones[first:] for block in zone.blocks]
    last = last_leaf(acte.zones[first - 1].blocks) if first and ending else None
    before = [zone.blocks[-1] for zone in acte.zones if zone.kind == "avis" and zone.blocks]
    held = [id(one) for one in (last, *before) if one is not None]
    for block in ending[:-1]:
        held += _held(block)
    return frozenset(held)


def _held(block: Block) -> list[int]:
    match block:
        case Paragraph() | SignatureGrid() | Table():
            return [id(block)]
        case ListBlock(items=items) if len(items) <= _SHORT_LIST:
            return [id(block), *(held for item in items for one in item.blocks for held in _held(one))]
        case ListBlock():
            last = last_leaf((block,))
            return [id(last)] if last is not None else []
    return []


def last_leaf(blocks: tuple[Block, ...]) -> Paragraph | Table | None:
    """The last paragraph or table, lists and divisions being gone into."""
    last = blocks[-1] if blocks else None
    match last:
        case Paragraph() | Table():
            return last
        case ListBlock(items=items) if items:
            return last_leaf(items[-1].blocks)
        case Division() | Tracked():
            return last_leaf(last.blocks)
        case Section() if last.orientation == "portrait":
            return last_leaf(last.blocks)
    return None
