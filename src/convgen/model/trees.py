"""The shape of the data before they are computed: what was given, merged with the defaults, leaf by leaf.

Values are computed leaf by leaf, on demand, so that a field may read another field of the same group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, Union, cast

from convgen.errors import Place, Report, fold, slip, suggest
from convgen.model.declarations import Declaration, declare, is_declaration
from convgen.model.expressions import UnknownNameError
from convgen.model.problems import validate
from convgen.model.scope import Steppable, match_name, step, yearly_parts
from convgen.model.typed import guess_type, reserved
from convgen.model.values import DataValue
from convgen.source.yaml import MappingNode, Node, PlacedText, Scalar, SequenceNode, plain

_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_LIKE = re.compile(r"comme\s+(?P<item>\S+)")
_OWN_KEYS = frozenset({"retirer", "apres", "avant"})


class Computer(Protocol):
    """What trees ask of the engine that holds them."""

    report: Report
    exercices: tuple[int, ...]

    def value(self, tree: Tree) -> DataValue:
        """The typed value of a tree, computed once."""
        ...

    def references(self, leaf: Leaf) -> tuple[Item, ...] | None:
        """The items that a `liste de` names, before they are computed; None for another leaf."""
        ...


@dataclass(eq=False, slots=True)
class Leaf(Steppable):
    """A datum with one value. `names` are the fields beside it, which its expression sees first."""

    key: str
    declaration: Declaration
    node: Node | None
    engine: Computer
    path: str
    names: Mapping[str, Tree]

    @property
    def kind(self) -> str:
        """The declared type, else the type of its look; empty when it has neither."""
        if self.declaration.type:
            return self.declaration.type
        if self.declaration.calcul or self.node is None:
            return ""
        return guess_type(self.node)

    def step(self, part: str) -> object:
        """One name further, through the items it refers to or through its value."""
        items = self.engine.references(self)
        if items is not None and part != "nombre":
            named = match_name(part, [item.id for item in items])
            if named is not None:
                return next(item for item in items if item.id == named)
            return tuple(item.step(part) for item in items)
        return step(self.engine.value(self), part)

    def final(self) -> object:
        """Its value."""
        return self.engine.value(self)


@dataclass(eq=False, slots=True)
class Years(Steppable):
    """A datum with one value per exercice."""

    key: str
    years: tuple[tuple[int, Leaf], ...]
    engine: Computer

    def step(self, part: str) -> object:
        """A year, or `premiere`, `derniere`, `suivantes`."""
        parts = yearly_parts(self.years)
        if part not in parts:
            raise UnknownNameError(part, parts)
        return parts[part]

    def final(self) -> object:
        """Its value."""
        return self.engine.value(self)


@dataclass(eq=False, slots=True)
class Item(Steppable):
    """An item of a group, or a block of fields on its own."""

    key: str
    id: str
    rank: int
    engine: Computer
    fields: dict[str, Tree] = field(default_factory=dict)

    def step(self, part: str) -> object:
        """A field, or `id`, `rang`, `numero`."""
        name = match_name(part, self.fields)
        if name is not None:
            return self.fields[name]
        own: dict[str, object] = {"id": self.id, "rang": self.rank, "numero": self.rank}
        if part in own:
            return own[part]
        raise UnknownNameError(part, [*self.fields, *own])

    def final(self) -> object:
        """Its value."""
        return self.engine.value(self)


@dataclass(eq=False, slots=True)
class Group(Steppable):
    """A repeated block."""

    key: str
    declaration: Declaration
    items: dict[str, Item]
    engine: Computer
    place: Place | None = None

    def step(self, part: str) -> object:
        """An item, `nombre`, or one field of every item."""
        name = match_name(part, self.items)
        if name is not None:
            return self.items[name]
        if part == "nombre":
            return len(self.items)
        fields = [*(self.declaration.champs or ()), *(one for item in self.items.values() for one in item.fields)]
        if match_name(part, fields) is None:
            raise UnknownNameError(part, [*self.items, *dict.fromkeys(fields)])
        return tuple(item.step(part) for item in self.items.values())

    def final(self) -> object:
        """Its value."""
        return self.engine.value(self)


Tree: TypeAlias = Union[Leaf, Years, Item, Group]  # noqa: UP007 - the names are not all defined at run time


def plant(key: str, declaration: Declaration, node: Node | None, engine: Computer, path: str) -> Tree:
    """The tree of a datum from its declaration and what was given.

    A block with `type`, `calcul` or `donne` under a given name completes the declaration.
    """
    if node is not None and is_declaration(node) and not _takes_block(declaration):
        inline, _ = validate(Declaration, node, engine.report, path)
        declaration, node = _completed(declaration, inline), None
    return grow(key, declaration, node, engine, path, {})


def _takes_block(declaration: Declaration) -> bool:
    return declaration.type in ("groupe", "personne", "imputation", "échéancier", "versements")


def _completed(declaration: Declaration, inline: Declaration | None) -> Declaration:
    if inline is None:
        return declaration
    return declaration.model_copy(update={name: getattr(inline, name) for name in inline.model_fields_set})


def grow(
    key: str,
    declaration: Declaration,
    given: Node | None,
    engine: Computer,
    path: str,
    names: Mapping[str, Tree],
) -> Tree:
    """The tree of a datum or a field."""
    node = given if given is not None else declaration.defaut
    if declaration.par and reserved(node, key) is None:
        return _years(key, declaration, node, engine, path, names)
    if isinstance(node, MappingNode) and not declaration.type and _only_years(node):
        return _years(key, declaration, node, engine, path, names)
    kind = declaration.type or (guess_type(node) if node is not None and not declaration.calcul else "")
    if kind == "groupe" and isinstance(node, MappingNode | SequenceNode) and reserved(node, key) is None:
        return _group(key, declaration, given, engine, path)
    return Leaf(key, declaration, node, engine, path, names)


def _only_years(node: MappingNode) -> bool:
    return bool(node.entries) and all(_YEAR.fullmatch(name.text) for name, _ in node.entries)


def _years(
    key: str, declaration: Declaration, node: Node | None, engine: Computer, path: str, names: Mapping[str, Tree]
) -> Tree:
    single = declaration.model_copy(update={"par": None, "defaut": None})
    given = {name.text: value for name, value in node.entries} if isinstance(node, MappingNode) else {}
    years = engine.exercices or tuple(int(year) for year in given if _YEAR.fullmatch(year))
    if not years and not isinstance(node, Scalar):
        return Leaf(key, single, None, engine, path, names)
    if isinstance(node, Scalar):
        if not years:
            remedy = "Ajoutez à la définition les années de l'acte : « exercices: [2026] »."
            message = f"« {key} » a une valeur par exercice, et l'acte ne dit pas ses exercices"
            engine.report.error("DEF-02", message, node.place, path, remedy=remedy)
            return Leaf(key, single, None, engine, path, names)
        if len(years) != 1:
            engine.report.error(
                "DEF-03",
                "Une valeur par exercice est attendue ici",
                node.place,
                path,
                remedy=f"Écrivez une ligne par année ({', '.join(map(str, years))}), sous la clé.",
            )
            node = None
        else:
            given = {str(years[0]): node}
    if isinstance(node, MappingNode):
        for name, _ in node.entries:
            if name.text not in map(str, years):
                remedy = f"Ajoutez l'année à « exercices », ou retirez-la ({', '.join(map(str, years))})."
                engine.report.error(
                    "DEF-04",
                    f"« {name.text} » n'est pas un exercice de l'acte",
                    name.place,
                    f"{path}.{name.text}",
                    remedy=remedy,
                )
    leaves = tuple(
        (year, Leaf(f"{key}.{year}", single, given.get(str(year)), engine, f"{path}.{year}", names)) for year in years
    )
    return Years(key, leaves, engine)


def _group(key: str, declaration: Declaration, given: Node | None, engine: Computer, path: str) -> Tree:
    """Items of the default and given ones, by identifier, field by field."""
    default, typed = _items(declaration.defaut, engine, path), _items(given, engine, path)
    if not declaration.type and isinstance(given, MappingNode) and not _holds_blocks(given):
        return _item(key, key.rpartition(".")[2], 1, declaration, [given], {}, engine, path)
    blocks = {name: [one for one in (typed.get(name), default.get(name)) if one] for name in [*default, *typed]}
    kept = {name: found for name, found in blocks.items() if not _removed(found[0])}
    items = {
        name: _item(f"{key}.{name}", name, rank, declaration, found, kept, engine, f"{path}.{name}")
        for rank, (name, found) in enumerate(kept.items(), start=1)
    }
    place = given.place if given is not None else None
    return Group(key, declaration, items, engine, place)


def _holds_blocks(node: MappingNode) -> bool:
    return any(isinstance(value, MappingNode) for _, value in node.entries)


def _removed(block: MappingNode) -> bool:
    answer = block.get("retirer")
    return isinstance(answer, Scalar) and fold(answer.text) == "oui"


def _items(node: Node | None, engine: Computer, path: str) -> dict[str, MappingNode]:
    """The blocks of a group by identifier; a list of blocks names them by their `id`."""
    if isinstance(node, MappingNode):
        pairs = [(name.text, value) for name, value in node.entries]
    elif isinstance(node, SequenceNode):
        ids = [one.get("id") if isinstance(one, MappingNode) else None for one in node.items]
        pairs = [
            (name.text if isinstance(name, Scalar) else str(rank), one)
            for rank, (name, one) in enumerate(zip(ids, node.items, strict=True), start=1)
        ]
    else:
        return {}
    blocks: dict[str, MappingNode] = {}
    for name, value in pairs:
        if isinstance(value, MappingNode):
            blocks[name] = value
        elif isinstance(value, Scalar) and value.value is None:
            blocks[name] = MappingNode((), value.place)
        elif _holds_blocks(node) if isinstance(node, MappingNode) else True:
            remedy = "Écrivez ses champs en dessous, un par ligne."
            engine.report.error(
                "DEF-03", f"« {name} » doit être un bloc de champs", value.place, f"{path}.{name}", remedy=remedy
            )
    return blocks


def _item(
    key: str,
    name: str,
    rank: int,
    declaration: Declaration,
    blocks: list[MappingNode],
    siblings: Mapping[str, list[MappingNode]],
    engine: Computer,
    path: str,
) -> Item:
    item = Item(key, name, rank, engine)
    declared = declaration.champs or {}
    shared = declaration.chaque
    given = [one.text for block in blocks for one, _ in block.entries if fold(one.text) not in _OWN_KEYS | {"id"}]
    order = dict.fromkeys([*declared, *(shared.keys() if shared else ())])
    for one in given:
        if match_name(one, order) is None:
            order[one] = None
            _near_miss(one, declared, blocks, engine, f"{path}.{one}")
    for one in order:
        node = _field(one, blocks, siblings, engine, f"{path}.{one}", ())
        child = declared.get(one) or Declaration()
        if node is None and shared is not None:
            node = shared.get(one)
        # The base of payments can only be an expression: it needs no « = ».
        if one == "base" and isinstance(node, Scalar) and _has_payments(declared, order) and not reserved(node, one):
            child = base_declaration(node)
            node = None
        item.fields[one] = grow(f"{key}.{one}", child, node, engine, f"{path}.{one}", item.fields)
    return item


def base_declaration(node: Scalar) -> Declaration:
    """The declaration of the base of payments: an amount by an expression, with or without its « = »."""
    text = plain(Scalar(node.text, node.place, node.text))
    return declare("montant", calcul=cast(PlacedText, text))


def _has_payments(declared: Mapping[str, Declaration], order: Mapping[str, None]) -> bool:
    return any(one.type == "versements" for one in declared.values()) or "versements" in order


def _near_miss(
    name: str, declared: Mapping[str, Declaration], blocks: list[MappingNode], engine: Computer, path: str
) -> None:
    """A field that nobody declared is typed by its look; one that looks like a declared one is a slip."""
    free = [one for one in declared if not any(block.get(one) for block in blocks)]
    meant = slip(name, free)
    if meant:
        place = next((block.key_place(name) for block in blocks if block.key_place(name)), None)
        remedy = f"Vouliez-vous dire « {meant} » ?"
        engine.report.error("DON-17", f"Champ non déclaré : « {name} »", place, path, remedy=remedy)


def _field(
    name: str,
    blocks: list[MappingNode],
    siblings: Mapping[str, list[MappingNode]],
    engine: Computer,
    path: str,
    seen: tuple[str, ...],
) -> Node | None:
    """What was given for a field; « comme v1 » is what was given for the same field of the item v1."""
    node = next((found for block in blocks if (found := block.get(name)) is not None), None)
    like = _LIKE.fullmatch(node.text.strip()) if isinstance(node, Scalar) and not node.quoted else None
    if like is None or node is None or not siblings:
        return node
    other = match_name(like["item"], siblings)
    if other is None or other in seen:
        remedy = suggest(like["item"], siblings) if other is None else "Donnez la valeur à l'un des deux."
        message = f"« comme {like['item']} » ne mène à aucune valeur"
        engine.report.error("DON-10", message, node.place, path, remedy=remedy)
        return None
    return _field(name, siblings[other], siblings, engine, path, (*seen, other))
