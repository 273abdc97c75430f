"""The act as plain text: one line a paragraph, numbers printed, tables aligned, notes at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from convgen.acte.nodes import (
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
)
from convgen.acte.walk import find_notes
from convgen.write.plain import heading_label, list_label, plain
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
        case PageBreak():
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
    label = heading_label(division.number)
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
        label = list_label(block.style, rank)
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
    for zone in acte.zones:
        yield from _headings(zone.blocks, depth, 0)
    for annexe in acte.annexes:
        yield f"{heading_label(annexe.number)}{plain(annexe.title, note_calls=False)}"


def _headings(blocks: Iterable[Block], depth: int, indent: int) -> Iterator[str]:
    if depth == 0:
        return
    for block in blocks:
        if isinstance(block, Division):
            if block.title:
                title = plain(block.title, note_calls=False)
                yield f"{'  ' * indent}{heading_label(block.number)}{title}"
            yield from _headings(block.blocks, depth - 1, indent + 1)


def _annexe(annexe: Annexe, acte: Acte) -> Iterator[str]:
    yield f"{heading_label(annexe.number)}{plain(annexe.title)}".rstrip(" ")
    if annexe.file:
        yield f"(pièce jointe : {annexe.file})"
    yield from _blocks(annexe.blocks, acte)


def _notes(acte: Acte) -> Iterator[str]:
    notes = find_notes(acte)
    if notes:
        lines = [f"({note.number}) {plain(note.children)}" for note in notes]
        yield "\n".join(("Notes", *lines))
