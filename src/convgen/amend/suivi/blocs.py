"""Blocks taken apart into the alinéas that changes speak of, and put together again with what comes and what goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from convgen.acte.markers import markers_of
from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Block,
    Deleted,
    Division,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Role,
    Section,
    Signature,
    SignatureGrid,
    Table,
    Tracked,
)
from convgen.amend.suivi.mots import pieces_of
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.normaliser import NOT_AMENDED_ROLES

KEPT: Final = ""
_PORTRAIT: Final = "portrait"


@dataclass(frozen=True, slots=True)
class Unit:
    """An alinéa where it stands, or a block that avenants do not speak of.

    Attributes:
        block: The paragraph that it is, or is a part of; the table, the signatures.
        inlines: Its words, with their notes; () for a table.
        amendable: It is one of the alinéas.
        group: What tells the lines of one paragraph.
        lists: The style of each list that it stands in, outermost first.
        marker: The mark of the list item that it begins.
        first: It begins a list item.
        orientation: Of its page.
    """

    block: Block
    inlines: Inlines
    amendable: bool
    group: int
    lists: tuple[str, ...] = ()
    marker: str = ""
    first: bool = False
    orientation: str = _PORTRAIT


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit as it is shown: it stays (`KEPT`), comes or goes; `content` is its line or its table.

    Attributes:
        unit: What is shown.
        change: `KEPT`, `INSERTION` or `DELETION`.
        content: Its words with their changes, or its table.
        former: The mark of list item that its own takes the place of.
    """

    unit: Unit
    change: str
    content: Inlines | Block
    former: str | None = None


# --- taken apart --------------------------------------------------------------------------------------------


def units_of(blocks: Iterable[Block]) -> list[Unit]:
    """The units of blocks, in the order of `normaliser.normal`; the divisions are left out."""
    return list(_units(blocks, count(), _PORTRAIT))


def _units(
    blocks: Iterable[Block], groups: Iterator[int], orientation: str, unit: Unit | None = None
) -> Iterator[Unit]:
    for block in blocks:
        base = replace(unit, block=block, first=False, marker="") if unit else None
        here = base or Unit(block, (), True, 0, orientation=orientation)
        match block:
            case Division():
                pass
            case Section():
                yield from _units(block.blocks, groups, block.orientation, unit)
            case Paragraph(role=role) if role in NOT_AMENDED_ROLES or not text_of(block.inlines).strip():
                yield replace(here, amendable=False)
            case Paragraph():
                yield from _paragraph(here, block.inlines, next(groups))
            case ListBlock():
                yield from _list(here, block, groups)
            case Table():
                caption = Paragraph(block.caption, Role.CAPTION)
                yield from _paragraph(replace(here, block=caption), block.caption, next(groups))
                yield replace(here, block=replace(block, caption=()), group=next(groups))
            case SignatureGrid():
                lines = [line for one in block.signatures for line in (*one.lines, one.name)]
                for line in (*lines, block.reserved):
                    yield from _paragraph(here, line, 0)
            case _:
                yield replace(here, amendable=False)


def _paragraph(unit: Unit, inlines: Inlines, group: int) -> Iterator[Unit]:
    for piece in pieces_of(inlines):
        if text_of(piece).strip():
            yield replace(unit, inlines=piece, group=group)


def _list(unit: Unit, block: ListBlock, groups: Iterator[int]) -> Iterator[Unit]:
    lists = (*unit.lists, block.style)
    for item, marker in zip(block.items, markers_of(block), strict=True):
        first = True
        for found in _units(item.blocks, groups, unit.orientation, replace(unit, lists=lists)):
            begins = first and found.lists == lists and found.amendable and _is_text(found.block)
            yield replace(found, first=True, marker=marker) if begins else found
            first = first and not begins


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is not Role.CAPTION


# --- put together -------------------------------------------------------------------------------------------


def assembled(shown: Sequence[Shown]) -> tuple[Block, ...]:
    """The blocks that show these units."""
    out: list[tuple[str, Block]] = []
    lists: list[_Line] = []
    for line in _lines(shown):
        if line.unit.lists:
            lists.append(line)
            continue
        out.extend(_listed(lists))
        lists = []
        out.append((line.unit.orientation, line.block))
    out.extend(_listed(lists))
    return _turned(_captioned(out))


def _turned(blocks: Sequence[tuple[str, Block]]) -> tuple[Block, ...]:
    out: list[Block] = []
    for orientation, block in blocks:
        last = out[-1] if out else None
        if orientation == _PORTRAIT:
            out.append(block)
        elif isinstance(last, Section):
            out[-1] = replace(last, blocks=(*last.blocks, block))
        else:
            out.append(Section((block,), orientation))
    return tuple(out)


def _captioned(blocks: Sequence[tuple[str, Block]]) -> list[tuple[str, Block]]:
    """A caption goes back into its table when both come, go or stay together."""
    out: list[tuple[str, Block]] = []
    for orientation, block in blocks:
        before = out[-1][1] if out else None
        made = _with_caption(before, block)
        if made is None:
            out.append((orientation, block))
        else:
            out[-1] = (orientation, made)
    return out


def _with_caption(before: Block | None, block: Block) -> Block | None:
    match before, block:
        case Paragraph(role=Role.CAPTION), Table(caption=()):
            return replace(block, caption=before.inlines)
        case Tracked(blocks=(Paragraph(role=Role.CAPTION) as caption,)), Tracked(blocks=(Table(caption=()) as table,)):
            if before.change == block.change:
                return Tracked(block.change, (replace(table, caption=caption.inlines),))
    return None


@dataclass(slots=True)
class _Line:
    """A block of its own: a whole paragraph, be it of several lines."""

    unit: Unit
    change: str
    former: str | None
    block: Block


def _lines(shown: Sequence[Shown]) -> Iterator[_Line]:
    """The units, those of one paragraph joined again."""
    place = 0
    while place < len(shown):
        one = shown[place]
        if not isinstance(one.content, tuple):
            place += 1
            yield _Line(one.unit, one.change, None, _tracked(one.change, one.content))
            continue
        end = _end(shown, place)
        group = shown[place:end]
        changes = {line.change for line in group}
        change = changes.pop() if len(changes) == 1 else KEPT
        role = one.unit.block.role if isinstance(one.unit.block, Paragraph) else Role.BODY
        block = Paragraph(_joined(group, change), role)
        yield _Line(one.unit, change, one.former, _tracked(change, block))
        place = end


def _tracked(change: str, block: Block) -> Block:
    return Tracked(change, (block,)) if change else block


def _end(shown: Sequence[Shown], start: int) -> int:
    """Where the paragraph ends that starts there; lines inserted between two of its lines are its own."""
    group, end = shown[start].unit, start + 1
    place = end
    while place < len(shown) and isinstance(shown[place].content, tuple):
        unit, change = shown[place].unit, shown[place].change
        same = (change == INSERTION) == (shown[start].change == INSERTION)
        if same and (unit.group, unit.lists) == (group.group, group.lists):
            end = place + 1
        elif same or change != INSERTION or unit.first or unit.lists != group.lists:
            break
        place += 1
    return end


def _joined(group: Sequence[Shown], change: str) -> Inlines:
    """The lines of a paragraph with a forced break between two that a version has."""
    out: list[Inline] = []
    before: set[str] = set()
    for line in group:
        content = line.content if isinstance(line.content, tuple) else ()
        out.extend(_break(line.change, before) if not change else ((LineBreak(),) if out else ()))
        if change or not line.change:
            out.extend(content)
        else:
            out.append(Inserted(content) if line.change == INSERTION else Deleted(content))
        before.add(line.change)
    return tuple(out)


def _break(change: str, before: set[str]) -> Inlines:
    after = change != DELETION and bool(before - {DELETION})
    prior = change != INSERTION and bool(before - {INSERTION})
    if after and prior:
        return (LineBreak(),)
    if after:
        return (Inserted((LineBreak(),)),)
    return (Deleted((LineBreak(),)),) if prior else ()


# --- lists --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Item:
    marker: str
    former: str | None
    blocks: list[_List | Block] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    style: str
    orientation: str
    items: list[_Item] = field(default_factory=list)


def _listed(lines: Iterable[_Line]) -> Iterator[tuple[str, Block]]:
    """Lists with their marks typed, from the lines of their items."""
    roots: list[_List] = []
    stack: list[_List] = []
    for line in lines:
        depth = len(line.unit.lists)
        del stack[depth:]
        if line.unit.first and stack[depth - 1 :] and stack[-1].style != line.unit.lists[-1]:
            del stack[depth - 1 :]
        while len(stack) < depth:
            made = _List(line.unit.lists[len(stack)], line.unit.orientation)
            if not stack:
                roots.append(made)
            else:
                if not stack[-1].items:
                    stack[-1].items.append(_Item(_NO_MARK, None))
                stack[-1].items[-1].blocks.append(made)
            stack.append(made)
        if line.unit.first or not stack[-1].items:
            stack[-1].items.append(_Item(line.unit.marker or _NO_MARK, line.former))
        stack[-1].items[-1].blocks.append(line.block)
    for one in roots:
        yield one.orientation, _frozen(one)


_NO_MARK: Final = "\u00a0"


def _frozen(found: _List) -> ListBlock:
    items = tuple(
        ListItem(
            tuple(_frozen(block) if isinstance(block, _List) else block for block in item.blocks),
            item.marker,
            item.former,
        )
        for item in found.items
    )
    return ListBlock(items, found.style)


def signed(grid: SignatureGrid, lines: Iterator[Inlines]) -> SignatureGrid:
    """The signatures with their lines as given, in order."""
    signatures = tuple(
        Signature(one.party, tuple(_fed(line, lines) for line in one.lines), _fed(one.name, lines), one.name_first)
        for one in grid.signatures
    )
    return replace(grid, signatures=signatures, reserved=_fed(grid.reserved, lines))


def _fed(inlines: Inlines, lines: Iterator[Inlines]) -> Inlines:
    pieces = [next(lines) if text_of(piece).strip() else piece for piece in pieces_of(inlines)]
    return tuple(node for place, piece in enumerate(pieces) for node in ((LineBreak(),) if place else ()) + piece)
