"""The skeleton of a text: its Markdown parsed once, values still open.

A skeleton depends on the words of a text, not on its values: two acts made from the same clause
share it, and it is cached. Typography is done inside it; a `Slot` is where a value comes. Once settled
(`compose.settle`), its blocks know their origins, and those that wait for no value are nodes of the tree already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from convgen.acte.nodes import Block, Emphasis, Inline, Inlines, Origin, Role, Strong, Superscript

#: The origin of a block not settled yet.
NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Slot:
    """A value comes here. `opens` is True at the head of a sentence."""

    index: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Wrap:
    """Bold, italics or superscript around parts that hold a slot or a note."""

    kind: type[Strong] | type[Emphasis] | type[Superscript]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class NoteSlot:
    """A footnote whose text has parts of its own."""

    parts: tuple[Part, ...]


Part: TypeAlias = "Inline | Slot | Wrap | NoteSlot"
Parts: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-article heading, before divisions are nested; `line` is that of its file."""

    level: int
    id: str
    title: Inlines
    line: int


@dataclass(frozen=True, slots=True)
class SkParagraph:
    """A paragraph; `line` counts from 0 in the rendered text. `fixed` holds its inlines when no value is in it."""

    line: int
    parts: Parts
    role: Role = Role.BODY
    fixed: tuple[Inline, ...] | None = None
    origin: Origin = NOWHERE

    @property
    def alone(self) -> int | None:
        """The index of the value when it is all the paragraph holds."""
        match self.parts:
            case (Slot(index=index),):
                return index
            case _:
                return None


@dataclass(frozen=True, slots=True)
class SkHeading:
    """A sub-article heading."""

    line: int
    level: int
    id: str
    parts: Parts
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class SkItem:
    """A list item."""

    blocks: tuple[Settled, ...]


@dataclass(frozen=True, slots=True)
class SkList:
    """A list."""

    line: int
    style: str
    start: int
    items: tuple[SkItem, ...]
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class SkCell:
    """A table cell."""

    parts: Parts
    align: str


@dataclass(frozen=True, slots=True)
class SkTable:
    """A table; the first row is its heading."""

    line: int
    header: tuple[SkCell, ...]
    rows: tuple[tuple[SkCell, ...], ...]
    origin: Origin = NOWHERE


SkBlock: TypeAlias = SkParagraph | SkHeading | SkList | SkTable
Settled: TypeAlias = SkBlock | Block | Heading


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A parsed text; `problems` are (line, message) pairs about text that would be lost."""

    blocks: tuple[SkBlock, ...]
    problems: tuple[tuple[int, str], ...] = ()


def fixed_of(parts: Parts) -> tuple[Inline, ...] | None:
    """The parts as inlines when none waits for a value."""
    inlines = tuple(part for part in parts if not isinstance(part, Slot | Wrap | NoteSlot))
    return inlines if len(inlines) == len(parts) else None
