"""A jeu once typed: its lists as groups of values, references between them followed, its rules checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from convgen.errors import Place, Report, suggest
from convgen.french.errors import FrenchError
from convgen.model.declarations import Declaration
from convgen.model.files import Loaded
from convgen.model.schema.jeu import FormeFiche, Jeu
from convgen.model.scope import match_name
from convgen.model.typed import guess_type, parse_scalar, report_refusal, reserved
from convgen.model.values import DataValue, GroupItem, GroupValue, ListValue, Unknown, YearlyValue
from convgen.source.nodes import folded
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode

_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_OWN = frozenset(("jeu", "exercices", "exercice", "fiche", "verifier"))
_FIGURE = re.compile(r"[-\u2212]?[\d\s.,]+(?:€|euros?|%)", re.IGNORECASE)
_UNDECLARED = Declaration()


@dataclass(frozen=True, slots=True)
class JeuData:
    """A jeu as tables and texts read it.

    Attributes:
        names: every list by name, and `exercices`, `exercice`.
        form: how its fiches are printed, None when the jeu has no fiches to print.
        nodes: the YAML of each fiche, for its texts.
    """

    id: str
    file: str
    names: Mapping[str, object]
    exercices: tuple[int, ...]
    exercice: int | None
    form: FormeFiche | None
    nodes: Mapping[str, MappingNode]
    place: Place
    model: Jeu
    groups: Mapping[str, GroupValue] = field(default_factory=dict)

    @property
    def funders(self) -> Mapping[str, GroupItem]:
        """The financeurs by identifier."""
        group = self.groups.get("financeurs")
        return {item.id: item for item in group.items} if group is not None else {}


def read_jeu(loaded: Loaded[Jeu], report: Report) -> JeuData | None:
    """The jeu of a file, typed once per file.

    Args:
        loaded: the file.
        report: receives the DON- and DEF- codes of its values.
    """
    if loaded.model is None or loaded.node is None:
        return None
    kept = loaded.memo.get("jeu")
    if isinstance(kept, tuple):
        data, problems = kept
        report.extend(problems)
        return data if isinstance(data, JeuData) else None
    own = Report()
    made = _Reader(loaded.file, loaded.model, loaded.node, own).read()
    loaded.memo["jeu"] = (made, tuple(own))
    report.extend(own)
    return made


@dataclass(slots=True)
class _Reader:
    file: str
    model: Jeu
    node: MappingNode
    report: Report
    groups: dict[str, GroupValue] = field(default_factory=dict)

    def read(self) -> JeuData:
        names: dict[str, object] = {}
        entries = [(key.text, node) for key, node in self.node.entries if folded(key.text) not in _OWN]
        # The fiches name the other lists: they come last.
        for name, node in sorted(entries, key=lambda one: folded(one[0]) == "fiches"):
            value = self._top(name, node)
            if isinstance(value, GroupValue):
                self.groups[folded(name)] = value
            names[name] = value
        years = self.model.exercices or ()
        names["exercices"] = tuple(years)
        if self.model.exercice is not None:
            names["exercice"] = self.model.exercice
        fiches = self.node.get("fiches")
        nodes = _blocks(fiches) if fiches is not None else ()
        return JeuData(
            id=str(self.model.jeu),
            file=self.file,
            names=names,
            exercices=tuple(years),
            exercice=self.model.exercice,
            form=self.model.fiche,
            nodes=dict(nodes),
            place=self.node.place,
            model=self.model,
            groups=self.groups,
        )

    def _top(self, name: str, node: Node) -> DataValue:
        """A list of the jeu is a group of items, whatever its shape."""
        blocks = _blocks(node)
        if not blocks:
            return typed_value(node, name, self.report)
        items = []
        for rank, (ident, block) in enumerate(blocks, start=1):
            fields = {
                key.text: self._field(key.text, one, f"{name}.{ident}.{key.text}", name) for key, one in block.entries
            }
            items.append(GroupItem(f"{name}.{ident}", ident, rank, fields))
        return GroupValue(name, tuple(items))

    def _field(self, name: str, node: Node, key: str, own: str) -> DataValue:
        """A field named « axe » refers to an item of « axes »."""
        wanted = folded(name)
        group = next((self.groups[one] for one in (f"{wanted}s", f"{wanted}x") if one in self.groups), None)
        if group is None or group.key == own or not isinstance(node, Scalar) or reserved(node, key) is not None:
            return typed_value(node, key, self.report)
        found = match_name(node.text.strip(), [item.id for item in group.items])
        if found is not None:
            return next(item for item in group.items if item.id == found)
        remedy = suggest(node.text.strip(), [item.id for item in group.items], "Identifiants")
        self.report.error(
            "DEF-04", f"« {node.text.strip()} » n'est pas dans « {group.key} »", node.place, key, "", remedy
        )
        return Unknown(key, name)


def typed_value(node: Node, key: str, report: Report) -> DataValue:
    """Any value, typed by its look: a block of years is a value per year, a block of blocks a group, a list a list."""
    match node:
        case Scalar():
            return _scalar(node, key, report)
        case SequenceNode(items=items):
            blocks = _blocks(node)
            if blocks:
                return _group(blocks, key, report)
            return ListValue(
                key, tuple(typed_value(one, f"{key}.{rank}", report) for rank, one in enumerate(items, start=1))
            )
        case MappingNode(entries=entries):
            special = reserved(node, key)
            if special is not None:
                return special
            if entries and all(_YEAR.fullmatch(name.text) for name, _ in entries):
                years = ((int(name.text), typed_value(one, f"{key}.{name.text}", report)) for name, one in entries)
                return YearlyValue(key, tuple(years))
            if entries and all(isinstance(one, MappingNode) for _, one in entries):
                return _group(_blocks(node), key, report)
            return _item(node, key, key.rpartition(".")[2], 1, report)


def _group(blocks: Iterable[tuple[str, MappingNode]], key: str, report: Report) -> GroupValue:
    items = (_item(one, f"{key}.{ident}", ident, rank, report) for rank, (ident, one) in enumerate(blocks, start=1))
    return GroupValue(key, tuple(items))


def _item(node: MappingNode, key: str, ident: str, rank: int, report: Report) -> GroupItem:
    fields = {name.text: typed_value(one, f"{key}.{name.text}", report) for name, one in node.entries}
    return GroupItem(key, ident, rank, fields)


def _scalar(node: Scalar, key: str, report: Report) -> DataValue:
    special = reserved(node, key)
    if special is not None:
        return special
    if node.quoted and _FIGURE.fullmatch(node.text.strip()):
        # Between braces a decimal comma asks for quotes: « "15 000,50 €" » is still an amount.
        node = replace(node, quoted=False)
    kind = "texte" if node.block or node.quoted or _only_words(node) else guess_type(node)
    try:
        return parse_scalar(_UNDECLARED, kind, node, key)
    except FrenchError as error:
        report_refusal(kind, node, error, key, report)
        return Unknown(key)


def _only_words(node: Scalar) -> bool:
    """No figure and longer than « oui »: it can only be a text, and needs no trial of every reader."""
    return len(node.text) > 3 and not any(one.isdigit() for one in node.text)


def _blocks(node: Node) -> tuple[tuple[str, MappingNode], ...]:
    """The blocks of a mapping of blocks, or of a list of blocks, by identifier; none for another shape."""
    if isinstance(node, MappingNode) and node.entries:
        pairs = [(name.text, one) for name, one in node.entries]
        if all(_YEAR.fullmatch(name) for name, _ in pairs):
            return ()
    elif isinstance(node, SequenceNode) and node.items:
        ids = [one.get("id") if isinstance(one, MappingNode) else None for one in node.items]
        pairs = [
            (found.text if isinstance(found, Scalar) else str(rank), one)
            for rank, (found, one) in enumerate(zip(ids, node.items, strict=True), start=1)
        ]
    else:
        return ()
    return tuple((name, one) for name, one in pairs if isinstance(one, MappingNode)) if _all_blocks(pairs) else ()


def _all_blocks(pairs: list[tuple[str, Node]]) -> bool:
    return all(isinstance(one, MappingNode) for _, one in pairs)
