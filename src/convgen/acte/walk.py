"""Going through a tree in printed order, and the blanks found on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Blank,
    Block,
    Division,
    Note,
    Number,
    Origin,
    Reference,
    Section,
    Text,
    Tracked,
    Value,
    Zone,
)

#: What people call the parts of an act that are not articles.
ZONE_NAMES: dict[str, str] = {
    "en-tete": "en-tête",
    "cartouche": "cartouche",
    "intitule": "intitulé",
    "sommaire": "sommaire",
    "comparution": "comparution",
    "visas": "visas",
    "convenu": "formule",
    "preambule": "préambule",
    "articles": "articles",
    "signatures": "signatures",
    "reference": "référence",
    "executoire": "caractère exécutoire",
}


def walk(node: object) -> Iterator[object]:
    """Every node below `node`, itself included, in printed order."""
    if isinstance(node, (tuple, list)):
        for one in node:
            yield from walk(one)
    elif is_dataclass(node):
        yield node
        for one in fields(node):
            value = getattr(node, one.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield from walk(value)


def divisions_of(blocks: tuple[Block, ...]) -> list[Division]:
    """Every division below `blocks`, in printed order, parents before children."""
    found: list[Division] = []
    _divisions(blocks, found)
    return found


def _divisions(blocks: tuple[Block, ...], found: list[Division]) -> None:
    for block in blocks:
        if isinstance(block, Division):
            found.append(block)
        if isinstance(block, Division | Section | Tracked):
            _divisions(block.blocks, found)


def find_notes(acte: Acte) -> tuple[Note, ...]:
    """The footnotes of the act, by number."""
    notes = [one for one in walk((acte.zones, acte.annexes)) if isinstance(one, Note)]
    return tuple(sorted(notes, key=lambda note: note.number))


@dataclass(frozen=True, slots=True)
class FoundBlank:
    """A value still to complete: its key, its hint, and the places where it is printed, in words."""

    key: str
    hint: str
    where: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The blank as plain data for ``--json``."""
        return {"cle": self.key, "indice": self.hint, "ou": list(self.where)}


def find_blanks(acte: Acte) -> tuple[FoundBlank, ...]:
    """The blanks of the act, each key once, in the order where they are first printed."""
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for zone in acte.zones:
        _gather(zone, found)
    for annexe in acte.annexes:
        _gather(annexe, found)
    return tuple(FoundBlank(key, hint, tuple(places)) for key, (hint, places) in found.items())


def _gather(part: Zone | Annexe, found: dict[str, tuple[str, dict[str, None]]]) -> None:
    here = ZONE_NAMES.get(part.kind, part.kind) if isinstance(part, Zone) else _label(part.number, "annexe")
    for place, blank in _blanks(part, here):
        _, places = found.setdefault(blank.key, (blank.hint, {}))
        places[place] = None


_WITHOUT_BLANKS = (Text, Value, Origin, Number, Reference, str)


def _parts(node: object) -> Iterator[object]:
    """What a node holds that may hold blanks."""
    names = _FIELDS.get(type(node))
    if names is None:
        held = fields(node) if is_dataclass(node) else ()
        names = _FIELDS[type(node)] = tuple(one.name for one in held if one.name not in ("origin", "number"))
    return (getattr(node, name) for name in names)


#: The fields of each kind of node, found once.
_FIELDS: dict[type, tuple[str, ...]] = {}


def _blanks(node: object, here: str) -> Iterator[tuple[str, Blank]]:
    if isinstance(node, Blank):
        yield here, node
        return
    if isinstance(node, Division):
        here = _label(node.number, here)
    for child in node if isinstance(node, tuple) else _parts(node):
        if child and not isinstance(child, _WITHOUT_BLANKS):
            yield from _blanks(child, here)


def _label(number: Number | None, here: str) -> str:
    if number is None or not number.text:
        return here
    return f"{number.noun or 'article'} {number.text}"
