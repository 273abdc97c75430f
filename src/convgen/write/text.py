"""The act as plain text: one line a paragraph, numbers printed, tables aligned, notes at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Acte,
    Annexe,
    Block,
    Division,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    SignatureGrid,
    Table,
    TableOfContents,
    Tracked,
)
from convgen.acte.walk import find_notes
from convgen.write.plain import heading_label, list_label, marked, marked_change, marked_label, plain
from convgen.write.text_table import table_lines


def write_text(acte: Acte) -> str:
    """The whole act. Blocks are separated by an empty line; no-break spaces are kept; ends with a newline."""
    chunks = [*_heads(acte)]
    for zone in acte.zones:
        chunks.extend(_blocks(zone.blocks, acte))
    for annexe in acte.annexes:
        chunks.extend(_annexe(annexe, acte))
    chunks.extend(_notes(acte))
    return "\n\n".join(chunk for chunk in chunks if chunk.strip()) + "\n"


def _heads(acte: Acte) -> Iterator[str]:
    yield "PROJET" if acte.draft else ""
    yield acte.mention
    if not any(zone.kind == "en-tete" and zone.blocks for zone in acte.zones):
        yield "\n".join(acte.letterhead)
    if not any(zone.kind == "intitule" for zone in acte.zones):
        yield acte.title


def _blocks(blocks: Iterable[Block], acte: Acte) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Tracked):
            yield from (marked(block.change, chunk) for chunk in _blocks(block.blocks, acte))
        else:
            yield from _block(block, acte)


def _block(block: Block, acte: Acte) -> Iterator[str]:
    match block:
        case Paragraph(inlines=inlines):
            yield plain(inlines)
        case ListBlock():
            yield "\n".join(_list_lines(block, acte))
        case Table():
            if block.caption:
                yield plain(block.caption)
            yield "\n".join(table_lines(block, lambda blocks: "\n".join(_blocks(blocks, acte))))
        case SignatureGrid():
            yield from _signatures(block)
        case PageBreak() | Tracked():
            pass
        case TableOfContents():
            yield "\n".join((block.title, *_contents(acte, block.depth)))
        case Section(blocks=inner):
            yield from _blocks(inner, acte)
        case Division():
            yield from _division(block, acte)
        case _:
            assert_never(block)


def _division(division: Division, acte: Acte) -> Iterator[str]:
    label = marked_label(division.number)
    if division.title:
        yield f"{label}{plain(division.title)}"
        yield from _blocks(division.blocks, acte)
        return
    first, *others = division.blocks or (Paragraph(()),)
    if isinstance(first, Paragraph):
        yield f"{label}{plain(first.inlines)}".rstrip(" ")
    else:
        yield label.rstrip(" ")
        yield from _block(first, acte)
    yield from _blocks(others, acte)


def _list_lines(block: ListBlock, acte: Acte) -> Iterator[str]:
    for rank, item in enumerate(block.items, start=block.start):
        label = marked_change(item.former, item.marker or list_label(block.style, rank))
        lines = _item_text(item, acte).split("\n")
        yield f"{label} {lines[0]}"
        yield from (f"{' ' * (len(label) + 1)}{line}" if line else "" for line in lines[1:])


def _item_text(item: ListItem, acte: Acte) -> str:
    return "\n".join(_blocks(item.blocks, acte))


def _signatures(grid: SignatureGrid) -> Iterator[str]:
    for signature in grid.signatures:
        yield _signature(signature)
    if grid.reserved:
        yield f"[{plain(grid.reserved)}]"


def _signature(signature: Signature) -> str:
    lines = [plain(line) for line in signature.lines]
    name = plain(signature.name)
    ordered = [*lines, name, ""] if signature.name_first else [*lines, "", name]
    return "\n".join(ordered).rstrip("\n")


def _contents(acte: Acte, depth: int) -> Iterator[str]:
    """The lines of the table of contents: the entries of the Word file's."""
    for zone in acte.zones:
        found = tuple(_divisions(zone.blocks))
        # Articles go down a level under a titre or a chapitre.
        yield from _entries(found, depth, any(one.level == 0 for one in found))
    for annexe in acte.annexes:
        if annexe.change == DELETION:
            continue
        label = heading_label(annexe.number) if annexe.title else (annexe.number.label if annexe.number else "")
        yield f"{label}{plain(annexe.title, note_calls=False)}"
        yield from _entries(tuple(_divisions(annexe.blocks)), depth, True)


def _entries(divisions: Iterable[Division], depth: int, below: bool) -> Iterator[str]:
    for one in divisions:
        level = max(one.level + below, 1) if one.level else 1
        if one.title and level <= depth:
            yield f"{'  ' * (level - 1)}{heading_label(one.number)}{plain(one.title, note_calls=False)}"


def _divisions(blocks: Iterable[Block]) -> Iterator[Division]:
    """Every division, also on pages of another orientation, in printed order."""
    for block in blocks:
        if isinstance(block, Division):
            yield block
        if isinstance(block, Division | Section) or (isinstance(block, Tracked) and block.change == INSERTION):
            yield from _divisions(block.blocks)


def _annexe(annexe: Annexe, acte: Acte) -> Iterator[str]:
    yield marked(annexe.change, f"{marked_label(annexe.number)}{plain(annexe.title)}".rstrip(" "))
    if annexe.file:
        yield marked(annexe.change, f"(pièce jointe : {annexe.file})")
    yield from (marked(annexe.change, chunk) for chunk in _blocks(annexe.blocks, acte))


def _notes(acte: Acte) -> Iterator[str]:
    notes = find_notes(acte)
    if notes:
        lines = [f"({note.number}) {plain(note.children)}" for note in notes]
        yield "\n".join(("Notes", *lines))
