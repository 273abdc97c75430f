"""Tables too wide for a page that stands upright: their page lies down, the same in Word and in the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Protocol

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    ListBlock,
    Paragraph,
    Section,
    Table,
    Tracked,
    Zone,
)
from convgen.acte.runs import plain_text
from convgen.errors import Diagnostic, Place, Severity
from convgen.write.columns import SEVERAL_COLUMNS, Layouts, count_columns
from convgen.write.keeping import announces

_PORTRAIT: Final = "portrait"
_LANDSCAPE: Final = "paysage"
#: So many lines about a table go on its page with it.
_LINES: Final = 2


class Sheet(Protocol):
    """A page of a gabarit."""

    @property
    def text_width(self) -> int:
        """The width of its lines, in twentieths of a point."""

    def turned(self) -> Sheet:
        """The same sheet on its side."""


def turn_pages(acte: Acte, sheet: Sheet, layouts: Layouts) -> Acte:
    """The act, each table too wide for its page standing on a page that lies down; the act itself when none is.

    A sentence that leads to the table goes with it. Tables inside lists and other tables stay where they are: no page
    is turned there.

    Args:
        acte: Any act.
        sheet: The page of its gabarit.
        layouts: Of the tables, in the letters of its gabarit.
    """
    width = sheet.text_width
    zones = tuple(_zone(one, width, layouts) for one in acte.zones)
    annexes = tuple(_annexe(one, width, layouts) for one in acte.annexes)
    same = all(new is old for new, old in zip((*zones, *annexes), (*acte.zones, *acte.annexes), strict=True))
    return acte if same else replace(acte, zones=zones, annexes=annexes)


def _zone(zone: Zone, width: int, layouts: Layouts) -> Zone:
    made = _turned(zone.blocks, width, layouts)
    return replace(zone, blocks=made) if made else zone


def _annexe(annexe: Annexe, width: int, layouts: Layouts) -> Annexe:
    if annexe.orientation != _PORTRAIT:
        return annexe
    if _is_a_table(annexe.blocks, width, layouts):
        return replace(annexe, orientation=_LANDSCAPE)
    made = _turned(annexe.blocks, width, layouts)
    return replace(annexe, blocks=made) if made else annexe


def _turned(blocks: tuple[Block, ...], width: int, layouts: Layouts, run_in: bool = False) -> tuple[Block, ...] | None:
    """The blocks with the pages turned that have to be; None when none has.

    Args:
        blocks: of a zone, a division, an annexe.
        width: of the lines, in twentieths of a point.
        layouts: of the tables.
        run_in: a number stands at the head of the first paragraph, which stays where it is.
    """
    made: list[Block] = []
    ours = changed = False  # ours: the last one is a section made here
    for block in blocks:
        new = _block(block, width, layouts)
        if new is block or not isinstance(new, Section):
            made.append(new)
            ours, changed = False, changed or new is not block
            continue
        if isinstance(block, Table) and len(made) > run_in and _leads(made[-1], block):
            new = Section((made.pop(), block), _LANDSCAPE)
        elif ours:
            new = Section((*_blocks_of(made.pop()), *new.blocks), _LANDSCAPE)
        made.append(new)
        ours = changed = True
    return tuple(made) if changed else None


def _block(block: Block, width: int, layouts: Layouts) -> Block:
    """The block, or what takes its place; itself when no page is turned."""
    match block:
        case Table() if is_too_wide(block, width, layouts):
            return Section((block,), _LANDSCAPE)
        case Division(blocks=blocks) if blocks:
            if _is_a_table(blocks, width, layouts):  # its heading goes with it
                return Section((block,), _LANDSCAPE)
            made = _turned(blocks, width, layouts, run_in=not block.title and isinstance(blocks[0], Paragraph))
            return replace(block, blocks=made) if made else block
    return block


def _is_a_table(blocks: tuple[Block, ...], width: int, layouts: Layouts) -> bool:
    """Whether blocks are tables too wide for the page, and a line or two about them."""
    tables = [one for one in blocks if isinstance(one, Table)]
    lines = [one for one in blocks if isinstance(one, Paragraph)]
    return (
        bool(tables)
        and len(tables) + len(lines) == len(blocks)
        and len(lines) <= _LINES
        and all(is_too_wide(one, width, layouts) for one in tables)
    )


def _blocks_of(block: Block) -> tuple[Block, ...]:
    return block.blocks if isinstance(block, Section) else ()


def _leads(before: Block, table: Table) -> bool:
    return isinstance(before, Paragraph) and announces(before, table)


def is_too_wide(table: Table, width: int, layouts: Layouts) -> bool:
    """Whether the words of a table of several columns do not fit in the lines, smaller ones being no help."""
    return count_columns(table) >= SEVERAL_COLUMNS and not layouts.of(table, width).fits


def check_widths(acte: Acte, sheet: Sheet, layouts: Layouts) -> Iterator[Diagnostic]:
    """ACT-03, a warning for each table whose words are cut: no page of the gabarit is wide enough.

    Args:
        acte: Any act.
        sheet: The page of its gabarit.
        layouts: Of the tables, in the letters of its gabarit.
    """
    acte = turn_pages(acte, sheet, layouts)
    widths = {_PORTRAIT: sheet.text_width, _LANDSCAPE: sheet.turned().text_width}
    parts = [(zone.blocks, _PORTRAIT) for zone in acte.zones]
    parts += [(annexe.blocks, annexe.orientation) for annexe in acte.annexes]
    for blocks, orientation in parts:
        for table, where in _tables(blocks, orientation):
            if not layouts.of(table, widths[where]).fits:
                yield _cut(acte, table)


def _tables(blocks: tuple[Block, ...], orientation: str) -> Iterator[tuple[Table, str]]:
    """The tables, and how the page of each one stands; those inside a cell have the width of the cell, not judged."""
    for block in blocks:
        match block:
            case Table():
                yield block, orientation
            case Section():
                yield from _tables(block.blocks, block.orientation)
            case Division() | Tracked():
                yield from _tables(block.blocks, orientation)
            case ListBlock():
                for item in block.items:
                    yield from _tables(item.blocks, orientation)


def _cut(acte: Acte, table: Table) -> Diagnostic:
    name = f"« {plain_text(table.caption)} »" if table.caption else f"de {count_columns(table)} colonnes"
    place = Place(table.origin.file, table.origin.line) if table.origin.file else None
    return Diagnostic(
        "ACT-03",
        f"« {acte.id} » : le tableau {name} est trop large, ses mots y sont coupés",
        place,
        cause="Même en petits caractères, sur une page couchée, ses colonnes sont plus étroites que leurs mots.",
        remedy="Partagez-le en plusieurs tableaux, ou abrégez ses intitulés et ses valeurs.",
        severity=Severity.WARNING,
    )
