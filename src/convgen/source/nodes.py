"""What the strict YAML loader yields: texts, mappings and lists that know where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias, Union

from convgen.errors import Place, fold

folded = lru_cache(maxsize=4096)(fold)
"""`fold`, remembered: the same few keys come back on every line."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, a whole number or nothing.

    Attributes:
        text: as typed, without its quotes.
        value: the text, or an int for plain digits, or None for an empty value, `~` and `null`.
        quoted: typed between quotes: never a reserved value, a number or an expression.
        block: a `|` or `>` text.
        text_place: the first character of the first line of a block text, None otherwise.
        indent: how many columns YAML strips at the head of each line of a block text.
    """

    text: str
    place: Place
    value: str | int | None
    quoted: bool = False
    block: bool = False
    text_place: Place | None = None
    indent: int = 0

    @property
    def content_place(self) -> Place:
        """Where the first character of the text stands."""
        if self.text_place is not None:
            return self.text_place
        return Place(self.place.file, self.place.line, self.place.column + 1) if self.quoted else self.place


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values in the order of the file. Keys ignore accents and case."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    _index: dict[str, Node] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # The first of two duplicate keys stands; the loader has reported the second.
        index = {folded(key.text): value for key, value in reversed(self.entries)}
        object.__setattr__(self, "_index", index)

    def get(self, key: str) -> Node | None:
        """The value of a key, whatever its accents and case; None when it is absent."""
        return self._index.get(folded(key))

    def keys(self) -> tuple[str, ...]:
        """The keys as typed."""
        return tuple(key.text for key, _ in self.entries)

    def key_place(self, key: str) -> Place | None:
        """Where a key stands; None when it is absent."""
        wanted = folded(key)
        return next((one.place for one, _ in self.entries if folded(one.text) == wanted), None)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """Items in the order of the file."""

    items: tuple[Node, ...]
    place: Place


Node: TypeAlias = Union[Scalar, MappingNode, SequenceNode]  # noqa: UP007 - the names are not all defined at run time


class PlacedText(str):
    """A text that remembers its node, so that models built on it can still point to the file."""

    __slots__ = ("node",)
    node: Scalar

    @property
    def place(self) -> Place:
        """Where its first character stands."""
        return self.node.content_place

    @property
    def indent(self) -> int:
        """How many columns YAML stripped at the head of each line."""
        return self.node.indent


class PlacedDict(dict[str, object]):
    """A plain mapping that remembers its node."""

    __slots__ = ("node",)
    node: MappingNode


class PlacedList(list[object]):
    """A plain list that remembers its node."""

    __slots__ = ("node",)
    node: SequenceNode


def plain(node: Node | None) -> object:
    """The node as dict, list, `PlacedText`, int or None, for a validator. Keys stay as typed."""
    match node:
        case Scalar(value=str() as value):
            text = PlacedText(value)
            text.node = node
            return text
        case Scalar(value=value):
            return value
        case MappingNode(entries=entries):
            mapping = PlacedDict((key.text, plain(value)) for key, value in entries)
            mapping.node = node
            return mapping
        case SequenceNode(items=items):
            listed = PlacedList(plain(item) for item in items)
            listed.node = node
            return listed
        case _:
            return None


def as_node(value: object, place: Place) -> Node:
    """The node of a plain value: the one it remembers, else a new one at `place`. The converse of `plain`."""
    match value:
        case PlacedText() | PlacedDict() | PlacedList():
            return value.node
        case Scalar() | MappingNode() | SequenceNode():
            return value
        case Mapping():
            pairs = ((Scalar(str(key), place, str(key)), as_node(item, place)) for key, item in value.items())
            return MappingNode(tuple(pairs), place)
        case str():
            return Scalar(value, place, value)
        case bool():
            text = "oui" if value else "non"
            return Scalar(text, place, text)
        case Iterable():
            return SequenceNode(tuple(as_node(item, place) for item in value), place)
        case int():
            return Scalar(str(value), place, value)
        case _:
            return Scalar("", place, None) if value is None else Scalar(str(value), place, str(value))


def _step(node: Node | None, key: str | int) -> Node | None:
    match node:
        case MappingNode():
            return node.get(str(key))
        case SequenceNode(items=items) if str(key).isdecimal() and int(key) < len(items):
            return items[int(key)]
        case _:
            return None


def find(node: Node | None, path: Sequence[str | int]) -> Node | None:
    """The node at the end of a path of keys and ranks (from 0); None when the path leads nowhere."""
    for key in path:
        node = _step(node, key)
        if node is None:
            return None
    return node


def place_of(node: Node, path: Sequence[str | int], *, key: bool = False) -> Place:
    """Where the value (or, with `key`, the key) at the end of a path stands; else its nearest parent that exists."""
    place = node.place
    for rank, name in enumerate(path):
        if key and rank == len(path) - 1 and isinstance(node, MappingNode):
            return node.key_place(str(name)) or place
        below = _step(node, name)
        if below is None:
            return place
        node, place = below, below.place
    return place
