"""Computing the data of an act: typed, completed, calculated and verified, every problem reported.

`trees` gives their shape, `typed` reads texts, `expressions` calculates, `rules` checks conditions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from convgen.errors import Report, slip
from convgen.model.declarations import Declaration, read_declarations
from convgen.model.engine import Engine
from convgen.model.expressions import UnknownNameError, operand
from convgen.model.results import convert, fits
from convgen.model.rules import Rule, check_rules, evaluate_condition
from convgen.model.scope import Facts, Scope, match_name
from convgen.model.trees import grow, plant
from convgen.model.values import DataValue, Unknown
from convgen.source.yaml import MappingNode, Node, Scalar

__all__ = [
    "Declaration",
    "Facts",
    "Rule",
    "Scope",
    "bind_value",
    "check_rules",
    "compute_data",
    "evaluate_condition",
    "parse_value",
    "read_declarations",
]

_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")


def compute_data(
    declarations: Mapping[str, Declaration],
    given: MappingNode | None,
    facts: Facts,
    report: Report,
    path: str = "donnees",
    sources: dict[str, set[str]] | None = None,
) -> dict[str, DataValue]:
    """Every datum of an act by name: those declared, in their order, then those only given.

    A datum given without a declaration is typed by its look (`typed.guess_type`); a block with `type`, `calcul` or
    `donne` declares it on the spot. A declared datum that nobody gave, without default or calculation, is `Unknown`.

    Args:
        declarations: what the modèle asks for (`read_declarations`).
        given: the `donnees` of the definition.
        facts: the exercices and the other names that expressions may read.
        report: receives DON-01 to DON-19, DEF-01, DEF-03, DEF-04, DEF-21.
        path: the path of `given`.
        sources: receives, for each datum, the keys of those it is computed from.
    """
    engine = Engine(facts, report, path)
    values = {name.text: value for name, value in given.entries} if given else {}
    names = {match_name(name, declarations) or name: name for name in values}
    for name in [*declarations, *(one for one in names if one not in declarations)]:
        typed = names.get(name)
        node = values[typed] if typed is not None else None
        if node is not None and isinstance(node, Scalar) and node.value is None and not node.quoted:
            report.error(
                "DEF-03",
                "Cette clé n'a pas de valeur",
                node.place,
                f"{path}.{name}",
                remedy="Donnez-la, ou retirez-la.",
            )
            node = None
        engine.trees[name] = plant(name, declarations.get(name) or Declaration(), node, engine, f"{path}.{name}")
    _slips(declarations, names, given, report, path)
    computed = {name: engine.value(tree) for name, tree in engine.trees.items()}
    if sources is not None:
        sources |= engine.sources
    return computed


def _slips(
    declarations: Mapping[str, Declaration],
    names: Mapping[str, str],
    given: MappingNode | None,
    report: Report,
    path: str,
) -> None:
    """A datum that nobody declared is fine, unless it looks like a declared one that nobody gave."""
    free = [one for one in declarations if one not in names]
    for name, typed in names.items():
        meant = slip(name, free) if name not in declarations else ""
        if meant:
            place = given.key_place(typed) if given else None
            remedy = f"Vouliez-vous dire « {meant} » ?"
            report.warning("DON-17", f"Donnée non déclarée : « {typed} »", place, f"{path}.{typed}", remedy=remedy)


def parse_value(declaration: Declaration, node: Node, key: str, report: Report, path: str = "") -> DataValue:
    """The typed value of a node that reads no other datum.

    Returns:
        `Unknown` after a problem, which is reported.
    """
    return bind_value(declaration, node, key, Scope({}, Facts()), report, path)


def bind_value(
    declaration: Declaration, node: Node | None, key: str, scope: Scope, report: Report, path: str = ""
) -> DataValue:
    """The value of a parameter: what was given, else its default, else a blank.

    A text without quotes that starts with the name of a datum (« subvention.premiere ») is that datum, which keeps its
    own key.

    Args:
        declaration: the parameter.
        node: what `avec` gives; None for nothing.
        key: the key of the value when it is no datum.
        scope: the data and facts that it may read.
        report: receives the problems; the value is then `Unknown`.
        path: where the problems are, `articles[3].avec.preavis`.
    """
    source = node if node is not None else declaration.defaut
    if isinstance(source, Scalar) and not source.quoted and _NAME.fullmatch(source.text.strip()):
        parts = tuple(source.text.strip().split("."))
        if scope.knows(parts[0]):
            return _named(declaration, parts, source, key, scope, report, path)
    engine = Engine(scope.facts, report, path or key, scope.data)
    tree = grow(key, declaration, node, engine, path or key, {})
    return engine.value(tree)


def _named(
    declaration: Declaration, parts: tuple[str, ...], node: Scalar, key: str, scope: Scope, report: Report, path: str
) -> DataValue:
    name = ".".join(parts)
    try:
        found = scope.lookup(parts)
    except UnknownNameError as error:
        report.error("DON-10", f"Nom inconnu : « {name} »", node.place, path, remedy=error.remedy)
        return Unknown(key, declaration.hint)
    value = convert(operand(found), declaration, key, node.content_place) if not isinstance(found, DataValue) else found
    if value is None or not fits(declaration.type, value):
        message = f"« {name} » n'est pas du type attendu ({declaration.type})"
        report.error("DEF-03", message, node.place, path, remedy="Donnez une autre donnée, ou une valeur.")
        return Unknown(key, declaration.hint)
    return value
