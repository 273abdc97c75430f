"""YAML nodes and texts printed line by line, each with the file and line that it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from convgen.errors import Place, fold
from convgen.source.nodes import MappingNode, Node, Scalar, SequenceNode

_STEP: Final = "  "


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and its origin; None for what the program adds."""

    text: str
    place: Place | None = None

    def as_json(self) -> dict[str, object]:
        """The line as plain data."""
        return {
            "fichier": self.place.file if self.place else None,
            "ligne": self.place.line if self.place else None,
            "texte": self.text,
        }


def print_lines(lines: Iterable[Line], *, as_json: bool) -> None:
    """Print the lines, origins in a column on the left."""
    listed = list(lines)
    if as_json:
        print(json.dumps([one.as_json() for one in listed], ensure_ascii=False, indent=2))
        return
    origins = [f"{one.place.file}:{one.place.line}" if one.place else "" for one in listed]
    width = max((len(one) for one in origins), default=0)
    for origin, line in zip(origins, listed, strict=True):
        print(f"{origin.ljust(width)} | {line.text}".rstrip())


def text_lines(text: str, place: Place, indent: int) -> Iterator[Line]:
    """The lines of a text whose first line stands at `place`."""
    for rank, line in enumerate(text.rstrip("\n").split("\n")):
        yield Line(f"{_STEP * indent}{line}", place.down(rank) if rank else place)


def node_lines(node: Node, indent: int = 0, label: str = "", at: Place | None = None) -> Iterator[Line]:
    """A node as it would be typed; `label` (« objet: », « - ») opens its first line and stands at `at`."""
    margin = _STEP * indent
    place = at or node.place
    match node:
        case Scalar(block=True):
            yield Line(f"{margin}{label} |", place)
            yield from text_lines(node.text, node.content_place, indent + 1)
        case Scalar():
            yield Line(f"{margin}{label} {node.text}".rstrip(), place)
        case MappingNode() if label == "-":
            yield from _item(node, indent)
        case MappingNode(entries=entries):
            if label:
                yield Line(f"{margin}{label}", place)
            for key, value in entries:
                yield from node_lines(value, indent + 1 if label else indent, f"{key.text}:", key.place)
        case SequenceNode(items=items):
            if label:
                yield Line(f"{margin}{label}", place)
            for item in items:
                yield from node_lines(item, indent + 1 if label else indent, "-")


def _item(node: MappingNode, indent: int) -> Iterator[Line]:
    """A mapping as an item of a list: its first key stands on the line of the hyphen."""
    for rank, line in enumerate(node_lines(node, indent + 1)):
        yield line if rank else Line(f"{_STEP * indent}- {line.text.lstrip()}", line.place)


def overlay(layers: Sequence[Node], depth: int, indent: int, label: str, at: Place | None = None) -> Iterator[Line]:
    """Several values of one key, strongest first, merged as the engine does.

    Mappings merge key by key down to `depth`; a plain value over a mapping is the value of the datum
    that the mapping declares, so both are printed; anything else replaces what is below.
    """
    top, *below = layers
    maps = [one for one in layers if isinstance(one, MappingNode)]
    if isinstance(top, MappingNode) and depth and len(maps) > 1:
        yield Line(f"{_STEP * indent}{label}", at or top.place)
        yield from merged_entries(maps, depth - 1, indent + 1)
        return
    yield from node_lines(top, indent, label, at)
    if isinstance(top, Scalar) and below and isinstance(below[0], MappingNode):
        declared = tuple(entry for entry in below[0].entries if fold(entry[0].text) != "defaut")
        yield from node_lines(MappingNode(declared, below[0].place), indent + 1)


def merged_entries(
    maps: Sequence[MappingNode], depth: int, indent: int, skip: frozenset[str] = frozenset()
) -> Iterator[Line]:
    """The keys of several mappings, strongest first, each once; the weakest gives the order."""
    names = {fold(key.text): key.text for one in reversed(maps) for key, _ in one.entries}
    for folded, name in names.items():
        if folded not in skip:
            given = [one for one in maps if one.get(name) is not None]
            layers = [value for one in given if (value := one.get(name)) is not None]
            yield from overlay(layers, depth, indent, f"{name}:", given[0].key_place(name))
