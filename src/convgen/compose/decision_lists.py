"""The lists that a sentence of a délibération opens: parts of an amount, several acts, what is typed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from convgen.acte.nodes import Block, Inlines, ListBlock, ListItem, Origin, Paragraph, Role
from convgen.compose.unilateral import ended


def with_shares(line: Inlines, shares: tuple[Inlines, ...], end: str, origin: Origin) -> Iterator[Block]:
    """A line, then the parts that it announces."""
    if not shares:
        yield Paragraph(ended(line, end), Role.BODY, origin)
        return
    yield Paragraph(line, Role.BODY, origin)
    yield parted_list([alone(one) for one in shares], " ;", end, origin)


def ended_list(block: ListBlock, end: str) -> ListBlock:
    """The list whose last line ends with the mark of the decision."""
    *items, last = block.items
    if not last.blocks:
        return block  # an item without words has an error of its own
    *before, line = last.blocks
    if isinstance(line, Paragraph):
        line = replace(line, inlines=ended(line.inlines, end))
    elif isinstance(line, ListBlock):
        line = ended_list(line, end)
    return replace(block, items=(*items, replace(last, blocks=(*before, line))))


Line: TypeAlias = tuple[Inlines, tuple[Inlines, ...]]


def alone(line: Inlines) -> Line:
    """A line that opens no list."""
    return line, ()


def parted_list(said: list[Line], between: str, end: str, origin: Origin) -> ListBlock:
    """A list whose items are parted by a mark, the last one followed by another."""
    items = []
    for rank, (line, shares) in enumerate(said):
        mark = end if rank == len(said) - 1 else between
        items.append(ListItem(tuple(with_shares(line, shares, mark, origin))))
    return ListBlock(tuple(items), "-", 1, origin)
