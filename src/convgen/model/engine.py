"""The engine that computes the trees of the data, each once and on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from convgen.errors import DefinitionError, Diagnostic, Place, Report, suggest
from convgen.french.errors import FrenchError
from convgen.french.grammar import NounPhrase, parse_noun_phrase
from convgen.model.declarations import Declaration, declare
from convgen.model.expressions import UnknownNameError, evaluate, parse_expression
from convgen.model.results import convert, fits, same_figure, shown
from convgen.model.schedule import build_schedule, is_expression
from convgen.model.scope import Facts, match_name, walk
from convgen.model.trees import Group, Item, Leaf, Tree, Years, base_declaration, grow
from convgen.model.typed import (
    guess_type,
    parse_block,
    parse_choice,
    parse_scalar,
    report_refusal,
    reserved,
    sentence,
    wrong_shape,
)
from convgen.model.values import (
    Absent,
    Amount,
    DataValue,
    Deferred,
    GroupItem,
    GroupValue,
    ListValue,
    ToFill,
    Unknown,
    YearlyValue,
)
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode


class Engine:
    """Computes trees on demand, each once; the stack of what is being computed shows the cycles."""

    def __init__(self, facts: Facts, report: Report, path: str, data: Mapping[str, DataValue] | None = None) -> None:
        self.facts = facts
        self.exercices = facts.exercices
        self.report = report
        self.path = path
        self.trees: dict[str, Tree] = {}
        self.data = data or {}
        # By the tree itself, not by its id: that of a tree no longer held would be given to another one.
        self.done: dict[Tree, DataValue] = {}
        self.stack: list[Tree] = []
        #: What each datum is computed from, by key.
        self.sources: dict[str, set[str]] = {}

    def value(self, tree: Tree) -> DataValue:
        """The typed value of a tree; `Unknown` within a cycle, which is reported once."""
        if self.stack and isinstance(self.stack[-1], Leaf):
            self.sources.setdefault(self.stack[-1].key, set()).add(tree.key)
        if tree in self.done:
            return self.done[tree]
        running = next((rank for rank, one in enumerate(self.stack) if one is tree), None)
        if running is not None:
            self._cycle(tree, running)
            return Unknown(tree.key)
        self.stack.append(tree)
        try:
            value = self._compute(tree)
        finally:
            self.stack.pop()
        return self.done.setdefault(tree, value)

    def _cycle(self, tree: Tree, start: int) -> None:
        keys = [one.key for one in self.stack[start:]]
        # A group is in the stack with its fields: only what the jurist wrote is told.
        keys = [key for key in keys if not any(other != key and other.startswith(f"{key}.") for other in keys)] or keys
        place = _place(tree)
        self.report.error(
            "DON-11",
            f"Calcul circulaire : {' → '.join([*keys, keys[0]])}",
            place,
            tree.path if isinstance(tree, Leaf) else f"{self.path}.{keys[0]}",
            remedy="Donnez la valeur d'une de ces données au lieu de la calculer.",
        )

    def _compute(self, tree: Tree) -> DataValue:
        match tree:
            case Years():
                return YearlyValue(tree.key, tuple((year, self.value(leaf)) for year, leaf in tree.years))
            case Item():
                fields = {name: self.value(one) for name, one in tree.fields.items()}
                return GroupItem(tree.key, tree.id, tree.rank, fields)
            case Group():
                return self._group(tree)
            case Leaf():
                return self._leaf(tree)

    def _group(self, group: Group) -> GroupValue:
        items: list[GroupItem] = []
        for item in group.items.values():
            value = self.value(item)
            if isinstance(value, GroupItem):
                items.append(value)
        return GroupValue(group.key, tuple(items), self._phrase(group))

    def _phrase(self, group: Group) -> NounPhrase | None:
        appellation = group.declaration.appellation
        if not appellation:
            return None
        try:
            return parse_noun_phrase(str(appellation))
        except FrenchError as error:
            self.report.error(
                "DEF-21",
                sentence(error.message),
                appellation.place,
                f"{self.path}.{group.key}",
                "",
                sentence(error.remedy),
            )
            return None

    def lookup(self, leaf: Leaf, parts: tuple[str, ...]) -> object:
        """The value of a dotted name, from the fields beside the leaf, then the data, then the facts."""
        beside = {name: tree for name, tree in leaf.names.items() if tree is not leaf}
        everywhere = {**self.facts.roots(), **self.data, **self.trees}
        try:
            return walk(parts, {**everywhere, **beside})
        except UnknownNameError:
            # A field may bear the name of a group (« volets ») and name only some of its items.
            if parts[0] in beside and match_name(parts[0], everywhere) is not None:
                return walk(parts, everywhere)
            raise

    def run(self, leaf: Leaf, text: str, place: Place, path: str) -> object:
        """The result of an expression; None when a problem was reported."""
        try:
            expression = parse_expression(text, place)
            return evaluate(expression, lambda parts: self.lookup(leaf, parts))
        except DefinitionError as error:
            self.report.extend(_with_path(one, path) for one in error.diagnostics)
            return None

    def _compute_node(self, leaf: Leaf, node: Scalar, path: str) -> object:
        text = node.text
        start = len(text) - len(text[1:].lstrip()) if text.startswith("=") else 0
        place = node.content_place
        return self.run(leaf, text[start:].rstrip(), Place(place.file, place.line, place.column + start), path)

    def _leaf(self, leaf: Leaf) -> DataValue:
        declaration = leaf.declaration
        given = declaration.donne if declaration.donne is not None else leaf.node
        if declaration.calcul:
            return self._calculated(leaf, declaration.calcul.node, given)
        if given is None:
            return Unknown(leaf.key, declaration.hint)
        special = reserved(given, leaf.key)
        if special is not None:
            return self._reserved(special, declaration)
        if is_expression(given) and isinstance(given, Scalar):
            return self._calculated(leaf, given, None)
        return self._typed(leaf, given)

    def _reserved(self, special: DataValue, declaration: Declaration) -> DataValue:
        if isinstance(special, Unknown) and not special.hint:
            return Unknown(special.key, declaration.hint)
        return special

    def _calculated(self, leaf: Leaf, formula: Scalar, given: Node | None) -> DataValue:
        """The calculated value; the given one, once verified, when both are known."""
        typed = None
        if given is not None:
            special = reserved(given, leaf.key)
            typed = special if special is not None else self._typed(leaf, given)
            if isinstance(typed, Absent | Deferred | ToFill):
                return typed
        result = self._compute_node(leaf, formula, leaf.path)
        value = self._converted(leaf, result, formula)
        if typed is None or isinstance(typed, Unknown):
            return value
        if given is not None and not isinstance(value, Unknown | Absent | Deferred) and not same_figure(typed, value):
            self.report.error(
                "DON-12",
                f"« {leaf.key} » est donné pour {shown(typed)} mais le calcul donne {shown(value)}",
                given.place,
                leaf.path,
                cause=f"Calcul : {formula.text.lstrip('= ')}",
                remedy="Corrigez le chiffre donné, ou une des données du calcul.",
            )
        return typed

    def _converted(self, leaf: Leaf, result: object, formula: Scalar) -> DataValue:
        if result is None or isinstance(result, Unknown):
            hint = leaf.declaration.hint or (result.hint if result is not None else "")
            return Unknown(leaf.key, hint)
        try:
            value = convert(result, leaf.declaration, leaf.key, formula.content_place)
        except DefinitionError as error:
            for one in error.diagnostics:
                self.report.add(replace(one, place=one.place or formula.content_place, path=leaf.path))
            return Unknown(leaf.key, leaf.declaration.hint)
        if value is None or not fits(leaf.declaration.type, value):
            message = f"Ce calcul ne donne pas le type attendu ({leaf.declaration.type or 'une valeur simple'})"
            self.report.error(
                "DON-18", message, formula.content_place, leaf.path, remedy="Revoyez le calcul ou le type."
            )
            return Unknown(leaf.key, leaf.declaration.hint)
        return value

    def _typed(self, leaf: Leaf, node: Node) -> DataValue:
        kind = leaf.declaration.type or guess_type(node)
        if kind == "liste de":
            return self._list(leaf, node)
        if kind in ("échéancier", "versements"):
            return self._schedule(leaf, kind, node)
        if isinstance(node, MappingNode):
            value = parse_block(kind, node, leaf.key, leaf.path, self.report)
            if value is not None:
                return value
        elif isinstance(node, Scalar) and kind not in ("groupe", "personne", "imputation"):
            return self._scalar(leaf, kind, node)
        wrong_shape(kind, node.place, leaf.path, self.report)
        return Unknown(leaf.key, leaf.declaration.hint)

    def _scalar(self, leaf: Leaf, kind: str, node: Scalar) -> DataValue:
        if kind == "choix":
            return parse_choice(leaf.declaration, node, leaf.key, leaf.path, self.report)
        try:
            return parse_scalar(leaf.declaration, kind, node, leaf.key)
        except FrenchError as error:
            report_refusal(kind, node, error, leaf.path, self.report)
            return Unknown(leaf.key, leaf.declaration.hint)

    def references(self, leaf: Leaf) -> tuple[Item, ...] | None:
        """The items of a group that a `liste de` names; unknown ones are reported."""
        name = leaf.declaration.parmi
        if leaf.declaration.type != "liste de" or not isinstance(name, Scalar) or leaf.node is None:
            return None
        if reserved(leaf.node, leaf.key) is not None:
            return None
        found = match_name(name.text, self.trees)
        group = self.trees[found] if found is not None else None
        if not isinstance(group, Group):
            remedy = suggest(name.text, [key for key, one in self.trees.items() if isinstance(one, Group)], "Groupes")
            self.report.error("DON-10", f"« {name.text} » n'est pas un groupe", name.place, leaf.path, remedy=remedy)
            return ()
        nodes = leaf.node.items if isinstance(leaf.node, SequenceNode) else (leaf.node,)
        return tuple(item for node in nodes if (item := self._reference(group, node, leaf)) is not None)

    def _reference(self, group: Group, node: Node, leaf: Leaf) -> Item | None:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        found = match_name(text, group.items)
        if found is None:
            remedy = suggest(text, group.items, "Éléments possibles")
            self.report.error("DEF-04", f"« {text} » n'est pas dans « {group.key} »", node.place, leaf.path, "", remedy)
            return None
        return group.items[found]

    def _list(self, leaf: Leaf, node: Node) -> DataValue:
        items = self.references(leaf)
        if items is not None:
            name = leaf.declaration.parmi
            of = match_name(name.text, self.trees) if isinstance(name, Scalar) else None
            return ListValue(leaf.key, tuple(self.value(item) for item in items), of or "")
        nodes = node.items if isinstance(node, SequenceNode) else (node,)
        kind = "choix" if leaf.declaration.parmi is not None else leaf.declaration.de
        one = declare(kind, parmi=leaf.declaration.parmi)
        trees = [
            grow(f"{leaf.key}.{rank}", one, item, self, f"{leaf.path}[{rank - 1}]", leaf.names)
            for rank, item in enumerate(nodes, start=1)
        ]
        return ListValue(leaf.key, tuple(self.value(tree) for tree in trees))

    def _schedule(self, leaf: Leaf, kind: str, node: Node) -> DataValue:
        payments, base, path = node, leaf.names.get("base"), leaf.path
        if kind == "échéancier":
            base, path = self._base(leaf, node), f"{leaf.path}.versements"
            found = node.get("versements") if isinstance(node, MappingNode) else None
            if found is None:
                remedy = "Écrivez « base: » et « versements: »."
                self.report.error("DON-14", "L'échéancier n'a pas de versements", node.place, leaf.path, remedy=remedy)
                return Unknown(leaf.key, leaf.declaration.hint)
            payments = found
        if base is None:
            self.report.error(
                "DON-14",
                "L'échéancier n'a pas de base",
                node.place,
                leaf.path,
                remedy="Ajoutez « base: » (la somme à verser).",
            )
            return Unknown(leaf.key, leaf.declaration.hint)
        return build_schedule(
            leaf.key,
            _euros(self.value(base)),
            payments,
            lambda one, where: self._compute_node(leaf, one, where),
            self.report,
            path,
        )

    def _base(self, leaf: Leaf, node: Node) -> Tree | None:
        """The base of an échéancier: what was given, else that of the default."""
        default = leaf.declaration.defaut
        for block in (node, default):
            found = block.get("base") if isinstance(block, MappingNode) else None
            if isinstance(found, Scalar):
                key, path = f"{leaf.key}.base", f"{leaf.path}.base"
                if reserved(found, key) is not None:
                    return Leaf(key, declare("montant"), found, self, path, leaf.names)
                return Leaf(key, base_declaration(found), None, self, path, leaf.names)
        return None


def _euros(value: DataValue) -> Decimal | None:
    return value.value if isinstance(value, Amount) else None


def _place(tree: Tree) -> Place | None:
    if not isinstance(tree, Leaf):
        return None
    if tree.declaration.calcul:
        return tree.declaration.calcul.place
    return tree.node.place if tree.node is not None else None


def _with_path(diagnostic: Diagnostic, path: str) -> Diagnostic:
    return replace(diagnostic, path=path, message=sentence(diagnostic.message))
