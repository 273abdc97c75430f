"""Rewriting the lines of a tree. Untouched parts are shared, not copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from convgen.acte.nodes import (
    Acte,
    Block,
    Cell,
    Division,
    Inlines,
    ListBlock,
    Paragraph,
    Row,
    Section,
    Signature,
    SignatureGrid,
    Table,
    Tracked,
)

InlinesMap = Callable[[Inlines], Inlines]
Concern = Callable[[Block], bool]


def map_inlines(acte: Acte, change: InlinesMap, concerns: Concern = lambda _: True) -> Acte:
    """The act with its lines rewritten by `change`, in printed order (zones, then annexes).

    Args:
        acte: any act.
        change: gives the new line, or the very same when nothing changes.
        concerns: whether a block holds a line that may change; the others are not gone through.
    """
    rewriter = _Rewriter(change, concerns)
    zones = tuple(replace(zone, blocks=rewriter.blocks(zone.blocks)) for zone in acte.zones)
    annexes = tuple(
        replace(annexe, title=change(annexe.title), blocks=rewriter.blocks(annexe.blocks)) for annexe in acte.annexes
    )
    return replace(acte, zones=zones, annexes=annexes)


@dataclass(frozen=True, slots=True)
class _Rewriter:
    change: InlinesMap
    concerns: Concern

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with their lines rewritten; the very same tuple when no block is concerned."""
        if not any(map(self.concerns, blocks)):
            return blocks
        return tuple(self._block(block) if self.concerns(block) else block for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph():
                return Paragraph(self.change(block.inlines), block.role, block.origin)
            case Division():
                title, blocks = self.change(block.title), self.blocks(block.blocks)
                return Division(block.id, block.level, title, blocks, block.number, block.frozen_number, block.origin)
            case ListBlock():
                return replace(
                    block, items=tuple(replace(item, blocks=self.blocks(item.blocks)) for item in block.items)
                )
            case Table():
                caption, header, rows = self.change(block.caption), self._rows(block.header), self._rows(block.rows)
                return replace(block, caption=caption, header=header, rows=rows)
            case Section() | Tracked():
                return replace(block, blocks=self.blocks(block.blocks))
            case SignatureGrid():
                return replace(block, signatures=tuple(self._signature(one) for one in block.signatures))
            case _:
                return block

    def _rows(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(row, cells=tuple(self._cell(cell) for cell in row.cells)) for row in rows)

    def _cell(self, cell: Cell) -> Cell:
        blocks = self.blocks(cell.blocks)
        return cell if blocks is cell.blocks else replace(cell, blocks=blocks)

    def _signature(self, one: Signature) -> Signature:
        return replace(one, lines=tuple(self.change(line) for line in one.lines), name=self.change(one.name))
