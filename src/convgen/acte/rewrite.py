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
    Tracked,
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
    new: list[Block] | None = None
    for place, block in enumerate(blocks):
        changed = _map_block(block, change)
        if changed is not block:
            new = list(blocks) if new is None else new
            new[place] = changed
    return blocks if new is None else tuple(new)


def _map_block(block: Block, change: InlinesMap) -> Block:
    match block:
        case Paragraph():
            inlines = change(block.inlines)
            return block if inlines is block.inlines else Paragraph(inlines, block.role, block.origin)
        case Division():
            title, blocks = change(block.title), map_blocks(block.blocks, change)
            if title is block.title and blocks is block.blocks:
                return block
            return Division(block.id, block.level, title, blocks, block.number, block.frozen_number, block.origin)
        case ListBlock():
            return _map_list(block, change)
        case Table():
            caption, header, rows = change(block.caption), block.header, block.rows
            return replace(block, caption=caption, header=_map_rows(header, change), rows=_map_rows(rows, change))
        case Section() | Tracked():
            blocks = map_blocks(block.blocks, change)
            return block if blocks is block.blocks else replace(block, blocks=blocks)
        case SignatureGrid():
            return replace(block, signatures=tuple(_map_signature(one, change) for one in block.signatures))
        case _:
            return block


def _map_list(block: ListBlock, change: InlinesMap) -> ListBlock:
    items: list[ListItem] | None = None
    for place, item in enumerate(block.items):
        blocks = map_blocks(item.blocks, change)
        if blocks is not item.blocks:
            items = list(block.items) if items is None else items
            items[place] = replace(item, blocks=blocks)
    return block if items is None else replace(block, items=tuple(items))


def _map_rows(rows: tuple[Row, ...], change: InlinesMap) -> tuple[Row, ...]:
    return tuple(_map_row(row, change) for row in rows)


def _map_row(row: Row, change: InlinesMap) -> Row:
    cells: list[Cell] | None = None
    for place, cell in enumerate(row.cells):
        blocks = map_blocks(cell.blocks, change)
        if blocks is not cell.blocks:
            cells = list(row.cells) if cells is None else cells
            cells[place] = replace(cell, blocks=blocks)
    return row if cells is None else replace(row, cells=tuple(cells))


def _map_signature(signature: Signature, change: InlinesMap) -> Signature:
    return replace(signature, lines=tuple(change(line) for line in signature.lines), name=change(signature.name))
