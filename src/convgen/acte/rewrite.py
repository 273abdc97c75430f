"""Rewriting the lines of a tree. Untouched parts are shared, not copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from convgen.acte.nodes import (
    Acte,
    Block,
    Cell,
    Division,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Section,
    Signature,
    SignatureGrid,
    Table,
)

InlinesMap = Callable[[Inlines], Inlines]


def map_inlines(acte: Acte, change: InlinesMap) -> Acte:
    """The act with every line rewritten by `change`, in printed order (zones, then annexes)."""
    zones = tuple(replace(zone, blocks=map_blocks(zone.blocks, change)) for zone in acte.zones)
    annexes = tuple(
        replace(annexe, title=change(annexe.title), blocks=map_blocks(annexe.blocks, change)) for annexe in acte.annexes
    )
    return replace(acte, zones=zones, annexes=annexes)


def map_blocks(blocks: tuple[Block, ...], change: InlinesMap) -> tuple[Block, ...]:
    """The blocks with every line rewritten; the very same tuple when nothing changed."""
    new = tuple(_map_block(block, change) for block in blocks)
    return new if any(a is not b for a, b in zip(new, blocks, strict=True)) else blocks


def _map_block(block: Block, change: InlinesMap) -> Block:
    match block:
        case Paragraph():
            inlines = change(block.inlines)
            return block if inlines is block.inlines else replace(block, inlines=inlines)
        case Division():
            title, blocks = change(block.title), map_blocks(block.blocks, change)
            same = title is block.title and blocks is block.blocks
            return block if same else replace(block, title=title, blocks=blocks)
        case ListBlock():
            return _map_list(block, change)
        case Table():
            caption, header, rows = change(block.caption), block.header, block.rows
            return replace(block, caption=caption, header=_map_rows(header, change), rows=_map_rows(rows, change))
        case Section():
            blocks = map_blocks(block.blocks, change)
            return block if blocks is block.blocks else replace(block, blocks=blocks)
        case SignatureGrid():
            return replace(block, signatures=tuple(_map_signature(one, change) for one in block.signatures))
        case _:
            return block


def _map_list(block: ListBlock, change: InlinesMap) -> ListBlock:
    items: list[ListItem] = []
    for item in block.items:
        blocks = map_blocks(item.blocks, change)
        items.append(item if blocks is item.blocks else ListItem(blocks))
    same = all(a is b for a, b in zip(items, block.items, strict=True))
    return block if same else replace(block, items=tuple(items))


def _map_rows(rows: tuple[Row, ...], change: InlinesMap) -> tuple[Row, ...]:
    return tuple(_map_row(row, change) for row in rows)


def _map_row(row: Row, change: InlinesMap) -> Row:
    cells: list[Cell] = []
    for cell in row.cells:
        blocks = map_blocks(cell.blocks, change)
        cells.append(cell if blocks is cell.blocks else replace(cell, blocks=blocks))
    same = all(a is b for a, b in zip(cells, row.cells, strict=True))
    return row if same else replace(row, cells=tuple(cells))


def _map_signature(signature: Signature, change: InlinesMap) -> Signature:
    return replace(signature, lines=tuple(change(line) for line in signature.lines), name=change(signature.name))
