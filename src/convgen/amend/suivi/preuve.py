"""The proof of an act that shows its changes: accepting everything gives the new version, refusing everything the base.

It compares the lines read in what was written with those of the two versions, « en droit ». What an avenant does not
carry is the base's in both readings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from convgen.acte.markers import markers_of
from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Emphasis,
    Inlines,
    ListBlock,
    Number,
    Paragraph,
    Row,
    Section,
    SignatureGrid,
    Table,
    Text,
    Zone,
)
from convgen.acte.walk import walk
from convgen.amend.numeros.tombes import GONE
from convgen.amend.texte.forme import ITEM_ENDS, Tokens, tokens_of
from convgen.amend.texte.inlines import lines_of, text_of
from convgen.amend.texte.normaliser import NOT_AMENDED_ROLES, ZONES
from convgen.errors import ConvgenError, Diagnostic

_FILL_IN: Final = re.compile("…{3,}")
_CELLS: Final = "¦"
_BARE: Final = frozenset({_CELLS, "/"})


class RedlineError(ConvgenError, ValueError):
    """A file of tracked changes that is not what it claims to be."""


@dataclass(frozen=True, slots=True)
class _Expected:
    """A line: its tokens, whether its last mark may differ, whether a style may print it in capitals.

    `marks` is how many of its tokens are the mark of a list item, which Word may count by itself.
    """

    tokens: Tokens
    item: bool = False
    heading: bool = False
    marks: int = 0

    def fits(self, tokens: Tokens) -> bool:
        if self.tokens == tokens:
            return True
        if self.heading:
            return _folded(self.tokens) == _folded(tokens)
        return self.item and _without_end(self.tokens) == _without_end(tokens)


def _folded(tokens: Tokens) -> Tokens:
    return tuple(token.casefold() for token in tokens)


def _without_end(tokens: Tokens) -> Tokens:
    return tokens[:-1] if tokens and tokens[-1] in ITEM_ENDS else tokens


def verify_tracked(accepted: Iterable[str], refused: Iterable[str], base: Acte, new: Acte) -> int:
    """Check what was written.

    Args:
        accepted: The lines that the file prints once every change is accepted; a row of a table is one line, its
            cells apart by « ¦ », the lines of a cell by « / ». Lines of the gabarit may stand before and after.
        refused: The same, every change refused.
        base: The text in force.
        new: The new version.

    Returns:
        How many lines are the gabarit's.

    Raises:
        RedlineError: AVE-28, they are not the lines of the two versions; the first one at fault is named.
    """
    alone = _marks_alone(base) | _marks_alone(new)
    outside = [one for one in _outside(base) if one.tokens not in alone]
    others: set[int] = set()
    for lines, act, what in ((refused, base, "en refusant"), (accepted, new, "en acceptant")):
        found = [tokens for tokens in map(_read, lines) if tokens not in alone]
        amendable = [one for one in _amendable(act) if one.tokens not in alone]
        fault = _fault(found, amendable, outside)
        # The lines of the gabarit are as many in both readings.
        others.add(len(found) - len(amendable) - len(outside))
        if fault is None and len(others) > 1:
            fault = "seulement les deux versions"
        if fault is not None:
            raise RedlineError(
                Diagnostic(
                    "AVE-28",
                    f"le document aux modifications apparentes n'est pas fidèle : {what} tout, on ne retrouve pas "
                    f"« {fault} »",
                    cause="chaque document est relu après son écriture",
                    remedy="Signalez cette erreur avec les deux versions du texte ; l'avenant lui-même est exact.",
                )
            )
    return others.pop()


def verify_consolidated(lines: Iterable[str], printed: Acte, base: Acte, new: Acte, gabarit: int) -> None:
    """Check that the consolidated text as written is the new version, and nothing else.

    Besides it may stand what no avenant amends, as it was, and what a consolidated text adds to be read: where each
    division comes from, what became of the numbers that are gone, the day.

    Args:
        lines: The lines that the file prints.
        printed: The consolidated text, with its notes and tombstones.
        base: The text in force before.
        new: The new version.
        gabarit: How many lines of the same gabarit stand in the text that shows the changes.

    Raises:
        RedlineError: AVE-28, it says something else; the first line at fault is named.
    """
    expected = _amendable(new)
    aside = Counter(line.tokens for line in _outside(base))
    added = {_folded(line.tokens) for line in _added(printed)}
    place, strays = 0, list[str]()
    for line in lines:
        tokens = _read(line)
        if place < len(expected) and (expected[place].fits(tokens) or _counted(expected[place]).fits(tokens)):
            place += 1
        elif aside[tokens]:
            aside[tokens] -= 1
        elif _folded(tokens) not in added:
            strays.append(line)
    if place == len(expected) and len(strays) <= gabarit:
        return
    fault = " ".join(expected[place].tokens) if place < len(expected) else strays[0]
    raise RedlineError(
        Diagnostic(
            "AVE-28",
            f"la version consolidée n'est pas fidèle à l'avenant : « {fault} »",
            cause="chaque document est relu après son écriture",
            remedy="Signalez cette erreur avec les deux versions du texte ; l'avenant lui-même est exact.",
        )
    )


def _counted(line: _Expected) -> _Expected:
    """A line whose mark Word counts."""
    return replace(line, tokens=line.tokens[line.marks :])


def _added(printed: Acte) -> Iterator[_Expected]:
    """The notes of source and the tombstones of a consolidated text, and its mention."""
    yield from _line(printed.mention)
    for node in walk((printed.zones, printed.annexes)):
        match node:
            case Paragraph(inlines=(Emphasis(children=(Text(text=text),)),)):
                yield from _line(text)
            case Division() | Annexe() if node.id.endswith(GONE):
                yield from _heading(node.number, node.title)


def _marks_alone(acte: Acte) -> frozenset[Tokens]:
    """The marks of list items that hold another list and no text: they are printed alone, and are no alinéa."""
    lists = (node for node in walk((acte.zones, acte.annexes)) if isinstance(node, ListBlock))
    return frozenset(
        tokens_of(marker)
        for block in lists
        for item, marker in zip(block.items, markers_of(block), strict=True)
        if item.blocks and isinstance(item.blocks[0], ListBlock)
    )


def _read(line: str) -> Tokens:
    return tokens_of(_FILL_IN.sub("____", line))


def _fault(lines: Sequence[Tokens], amendable: Sequence[_Expected], outside: Sequence[_Expected]) -> str | None:
    """The first line that is not found; None when the lines are the two sequences, one inside the other."""
    states = {(0, 0)}  # lines of each that are found so far
    best = (0, 0)
    done = False
    for tokens in lines:
        after: set[tuple[int, int]] = set()
        for one, other in states:
            if one < len(amendable) and amendable[one].fits(tokens):
                after.add((one + 1, other))
            if other < len(outside) and outside[other].fits(tokens):
                after.add((one, other + 1))
        if (0, 0) in states:
            after.add((0, 0))  # a line of the gabarit, above
        done = done or (len(amendable), len(outside)) in after
        if done:
            return None
        states = after
        best = max(best, max(states, key=sum, default=best), key=sum)
    if not amendable and not outside:
        return None
    rest = [*amendable[best[0] : best[0] + 1], *outside[best[1] : best[1] + 1]]
    return " ".join(rest[0].tokens) if rest else "la fin du texte"


# --- the lines of a version ---------------------------------------------------------------------------------


def _amendable(acte: Acte) -> list[_Expected]:
    zones = (line for zone in acte.zones if zone.kind in ZONES for line in _blocks(zone.blocks, amended=True))
    return [*zones, *(line for annexe in acte.annexes for line in _annexe(annexe))]


def _outside(acte: Acte) -> list[_Expected]:
    return [line for zone in acte.zones for line in _zone(zone)]


def _zone(zone: Zone) -> Iterator[_Expected]:
    if zone.kind in ZONES:
        yield from _blocks(zone.blocks, amended=False)
    else:
        yield from _blocks(zone.blocks, amended=None)


def _annexe(annexe: Annexe) -> Iterator[_Expected]:
    yield from _heading(annexe.number, annexe.title)
    yield from _blocks(annexe.blocks, amended=True)


def _heading(number: Number | None, title: Inlines) -> Iterator[_Expected]:
    words = text_of(title)
    label = (number.label + (number.separator if words else "")) if number is not None else ""
    yield from _line(label + words, heading=True)


def _line(text: str, *, item: bool = False, heading: bool = False, marks: int = 0) -> Iterator[_Expected]:
    tokens = tokens_of(text)
    if tokens:
        yield _Expected(tokens, item, heading, marks)


def _blocks(blocks: Iterable[Block], amended: bool | None, before: str = "") -> Iterator[_Expected]:
    """The lines of blocks: those that an avenant carries, the others, or all of them (None)."""
    for block in blocks:
        match block:
            case Division():
                yield from _division(block, amended)
            case Section():
                yield from _blocks(block.blocks, amended)
            case Paragraph(role=role) if amended is not None and (role in NOT_AMENDED_ROLES) == amended:
                pass
            case Paragraph(inlines=inlines):
                yield from _paragraph(inlines)
            case _ if amended is not False:
                yield from _block(block)


def _block(block: Block) -> Iterator[_Expected]:
    match block:
        case ListBlock():
            for item, marker in zip(block.items, markers_of(block), strict=True):
                yield from _item(item.blocks, marker)
        case Table():
            yield from _paragraph(block.caption)
            yield from (line for row in (*block.header, *block.rows) for line in _row(row))
        case SignatureGrid():
            yield from _signatures(block)


def _paragraph(inlines: Inlines, before: str = "", *, item: bool = False) -> Iterator[_Expected]:
    for place, line in enumerate(lines_of(inlines)):
        mark = before if not place else ""
        yield from _line(mark + text_of(line), item=item, marks=len(tokens_of(mark)) if item else 0)


def _division(division: Division, amended: bool | None) -> Iterator[_Expected]:
    blocks = division.blocks
    if amended is False:
        yield from _blocks(blocks, amended)
        return
    if division.title or not blocks or not isinstance(blocks[0], Paragraph):
        yield from _heading(division.number, division.title)
        yield from _blocks(blocks, amended)
        return
    number = division.number
    yield from _paragraph(blocks[0].inlines, f"{number.label}{number.separator}" if number is not None else "")
    yield from _blocks(blocks[1:], amended)


def _item(blocks: Iterable[Block], marker: str) -> Iterator[_Expected]:
    before = f"{marker} "
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph(block.inlines, before, item=True)
            before = ""
        else:
            yield from _blocks((block,), None)


def _row(row: Row) -> Iterator[_Expected]:
    cells = [" / ".join(_cell(cell.blocks)) for cell in row.cells]
    if any(cells):
        yield from _line(f" {_CELLS} ".join(cells))


def _cell(blocks: Iterable[Block]) -> Iterator[str]:
    for line in _blocks(blocks, None):
        yield " ".join(line.tokens)


def _signatures(grid: SignatureGrid) -> Iterator[_Expected]:
    """The frames as printed: side by side, the lines above the room to sign, then the names."""
    columns = max(grid.columns, 1)
    for start in range(0, len(grid.signatures), columns):
        group = grid.signatures[start : start + columns]
        above = [one.lines + ((one.name,) if one.name_first else ()) for one in group]
        below = [() if one.name_first else (one.name,) for one in group]
        missing = columns - len(group) if len(group) > 1 else 0
        for lines in (above, below):
            cells = [" / ".join(text_of(line) for inlines in one for line in lines_of(inlines)) for one in lines]
            if any(cells):
                yield from _line(f" {_CELLS} ".join([*cells, *[""] * missing]))
    yield from _paragraph(grid.reserved)
