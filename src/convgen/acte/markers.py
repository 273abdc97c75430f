"""The marks of list items: « - », « 1° », « a) », « 1. »; typed in an item when they are frozen (« 2° bis »)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from convgen.acte.nodes import Block, Division, ListBlock, Section
from convgen.french.numbers import letter

#: Around the number of an item, by `ListBlock.style`.
_AROUND: Final = {"1°": ("", "°"), "a)": ("", ")"), "1.": ("", ".")}


def is_counted(style: str) -> bool:
    """Whether the items of such a list bear a number; those of others all bear the same mark."""
    return style in _AROUND


def natural_marker(style: str, rank: int) -> str:
    """The mark of the item of that rank, from 1: « 3° », « c) », « 3. », « - »."""
    if style not in _AROUND:
        return style
    before, after = _AROUND[style]
    return f"{before}{letter(rank) if style == 'a)' else rank}{after}"


def natural_markers(block: ListBlock) -> tuple[str, ...]:
    """The marks that the items of a list would have if nothing was typed."""
    return tuple(natural_marker(block.style, block.start + place) for place in range(len(block.items)))


def markers_of(block: ListBlock) -> tuple[str, ...]:
    """The marks that the items of a list print."""
    return tuple(item.marker or natural for item, natural in zip(block.items, natural_markers(block), strict=True))


def counted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with the marks of their lists left to Word to count, wherever it counts them so."""
    return tuple(_counted(block) for block in blocks)


def _counted(block: Block) -> Block:
    match block:
        case ListBlock():
            bare = is_natural(block)
            items = (replace(one, blocks=counted(one.blocks), marker="" if bare else one.marker) for one in block.items)
            return replace(block, items=tuple(items))
        case Division() | Section():
            return replace(block, blocks=counted(block.blocks))
        case _:
            return block


def is_natural(block: ListBlock) -> bool:
    """Whether Word can count the items by itself: no typed mark says otherwise."""
    return markers_of(block) == natural_markers(block)
