"""The skeleton of a text: its Markdown parsed once, values still open.

A skeleton depends on the words of a text, not on its values: two acts made from the same clause
share it, and it is cached. Typography is done inside it; a `Slot` is where a value comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from convgen.acte.nodes import Emphasis, Inline, Role, Strong, Superscript


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
class SkParagraph:
    """A paragraph; `line` counts from 0 in the rendered text. `fixed` holds its inlines when no value is in it."""

    line: int
    parts: Parts
    role: Role = Role.BODY
    fixed: tuple[Inline, ...] | None = None

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


@dataclass(frozen=True, slots=True)
class SkItem:
    """A list item."""

    blocks: tuple[SkBlock, ...]


@dataclass(frozen=True, slots=True)
class SkList:
    """A list."""

    line: int
    style: str
    start: int
    items: tuple[SkItem, ...]


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


SkBlock: TypeAlias = SkParagraph | SkHeading | SkList | SkTable


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A parsed text; `problems` are (line, message) pairs about text that would be lost."""

    blocks: tuple[SkBlock, ...]
    problems: tuple[tuple[int, str], ...] = ()
