"""A skeleton where it stands in its file: what waits for no value is made there, once for every act that prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from convgen.acte.nodes import Block, Origin
from convgen.compose.atoms import (
    Atom,
    BlankAtom,
    BlocksAtom,
    FillAtom,
    LineAtom,
    ListAtom,
    Mention,
    RefAtom,
    SeriesAtom,
    TextAtom,
    Word,
)
from convgen.compose.build import Builder, ComposeText
from convgen.compose.skeleton import (
    Heading,
    NoteSlot,
    Parts,
    Settled,
    SkBlock,
    Skeleton,
    SkHeading,
    SkItem,
    SkList,
    SkParagraph,
    SkTable,
    Slot,
    Wrap,
)

#: How many sets of values a text remembers: acts made from one library say the same parties, seldom the same amounts.
MAX_FILLED = 16
_PLAIN_ATOMS = frozenset({Word, BlankAtom, FillAtom, RefAtom})

#: The values of a text, then what the texts among them say.
Said: TypeAlias = tuple[Atom | tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class SettledText:
    """A text without its values.

    Attributes:
        blocks: those that wait for a value, and nodes of the tree.
        made: the same blocks when none waits for a value.
        problems: (line of the file, message) pairs about text that would be lost.
        mentions: the annexes that it names by a number typed by hand.
        filled: what the text said with some values. Nodes never change: acts may share them.
    """

    blocks: tuple[Settled, ...]
    made: tuple[Block | Heading, ...] | None
    problems: tuple[tuple[int, str], ...]
    mentions: tuple[Mention, ...] = ()
    filled: dict[Said, tuple[Block | Heading, ...]] = field(default_factory=dict)

    def fill(self, atoms: Sequence[Atom], compose_text: ComposeText) -> tuple[Block | Heading, ...]:
        """The blocks of the text with these values."""
        if self.made is not None:
            return self.made
        special = [atom for atom in atoms if type(atom) not in _PLAIN_ATOMS]
        # a text of the data depends on more than itself, on what it may name: it counts for what it says
        texts = {text: compose_text(text) for atom in special for text in _texts(atom)}
        if any(type(atom) is BlocksAtom for atom in special):  # tables come back seldom, and are long
            return self._built(atoms, texts)
        key = (*atoms, *texts.values())
        found = self.filled.get(key)
        if found is None:
            if len(self.filled) >= MAX_FILLED:
                self.filled.clear()
            found = self.filled[key] = self._built(atoms, texts)
        return found

    def _built(self, atoms: Sequence[Atom], texts: Mapping[TextAtom, tuple[Block, ...]]) -> tuple[Block | Heading, ...]:
        return tuple(Builder(atoms, texts.__getitem__).blocks(self.blocks))


def _texts(atom: str | Atom) -> Iterator[TextAtom]:
    """The texts of the data that an atom prints."""
    match atom:
        case TextAtom():
            yield atom
        case SeriesAtom(items=parts) | LineAtom(parts=parts) | ListAtom(lines=parts):
            for part in parts:
                yield from _texts(part)
        case _:
            pass


# « l'annexe 7 », « annexe n° 7 »; but « annexe 7 du règlement » is an annexe of that text. « 2024-7 » and « 7.1 » are
# other numberings.
_TYPED = re.compile(
    r"\bannexe[\s\u00a0\u202f]+(?:n°[\s\u00a0\u202f]*)?(\d{1,3})(?![\w/-]|[.,]\d)"
    r"(?![\s\u00a0\u202f]+(?:du|des|de|d['’]|au|aux|à)(?:\b|(?<=['’]))(?!\s+(?:la|le|cette|ce)?\s*présente?\b))",
    re.IGNORECASE,
)


def settle(skeleton: Skeleton, start: Origin, lines: Sequence[int], text: str = "") -> SettledText:
    """Give the blocks of a skeleton their origins, and make those that wait for no value.

    Args:
        skeleton: a parsed text.
        start: where the text starts; the line of each block is added to it.
        lines: for each rendered line, its line in the source.
        text: the rendered text.
    """
    settler = _Settler(start, lines)
    blocks = tuple(one for block in skeleton.blocks for one in settler.settled(block))
    made = tuple(one for one in blocks if not isinstance(one, SkBlock))
    problems = tuple((settler.at(line).line, message) for line, message in skeleton.problems)
    mentions = tuple(
        Mention(found[1], start.file, settler.at(text.count("\n", 0, found.start())).line)
        for found in _TYPED.finditer(text.replace("*", ""))
    )
    return SettledText(blocks, made if len(made) == len(blocks) else None, problems, mentions)


@dataclass(frozen=True, slots=True)
class _Settler:
    start: Origin
    lines: Sequence[int]

    def at(self, line: int) -> Origin:
        lines, start = self.lines, self.start
        offset = lines[line] if line < len(lines) else (lines[-1] if lines else 0)
        return Origin(start.file, start.line + offset, start.clause, start.version, start.what)

    def settled(self, block: Settled) -> Iterator[Settled]:
        if isinstance(block, SkBlock):
            placed = self._placed(block)
            yield from (placed,) if _waits(placed) else Builder(()).blocks((placed,))
        else:
            yield block

    def _placed(self, block: SkBlock) -> SkBlock:
        origin = self.at(block.line)
        if isinstance(block, SkList):
            inside = (tuple(one for inner in item.blocks for one in self.settled(inner)) for item in block.items)
            return replace(block, items=tuple(SkItem(blocks) for blocks in inside), origin=origin)
        return replace(block, origin=origin)


def _waits(block: Settled) -> bool:
    match block:
        case SkParagraph():
            return block.fixed is None
        case SkHeading():
            return _open(block.parts)
        case SkList():
            return any(_waits(inner) for item in block.items for inner in item.blocks)
        case SkTable():
            return any(_open(cell.parts) for row in (block.header, *block.rows) for cell in row)
        case _:
            return False


def _open(parts: Parts) -> bool:
    return any(isinstance(part, Slot | Wrap | NoteSlot) for part in parts)
