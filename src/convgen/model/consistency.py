"""Whether answers agree: the rules of a modèle, evaluated before there is an act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from convgen.errors import DefinitionError, Place, Report
from convgen.model.data import compute_data
from convgen.model.declarations import Declaration, read_declarations
from convgen.model.expressions import parse_expression
from convgen.model.files import Loaded
from convgen.model.rules import Rule, check_rules
from convgen.model.schema.modele import Modele
from convgen.model.scope import Facts, Scope
from convgen.source.yaml import MappingNode, Scalar, load_yaml


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A rule that does not hold: the jurist's message, the figures compared, the data it reads."""

    message: str
    figures: str
    names: frozenset[str]


def disagreements(modele: Loaded[Modele], definition: str, exercices: Iterable[int] = ()) -> tuple[Disagreement, ...]:
    """The rules of a modèle that the data of a definition break.

    Args:
        modele: the modèle, whose `verifier` says the rules.
        definition: the text of the definition.
        exercices: its years.

    Returns:
        None of the other problems: the definition is checked whole when it is read.
    """
    rules = modele.model.verifier if modele.model is not None else None
    if modele.node is None or not isinstance(rules, tuple):
        return ()
    typed = load_yaml(definition, "réponses", Report())
    given = typed.get("donnees") if isinstance(typed, MappingNode) else None
    declared = modele.node.get("donnees")
    declarations = read_declarations(declared if isinstance(declared, MappingNode) else None, Report())
    facts = Facts(tuple(exercices), {})
    data = compute_data(declarations, given if isinstance(given, MappingNode) else None, facts, Report())
    found = []
    for rule in rules:
        report = Report()
        check_rules([Rule(str(rule.regle), str(rule.sinon or ""), rule.regle.place)], Scope(data, facts), report)
        names = frozenset(_read(str(rule.regle), declarations))
        found += [Disagreement(one.message, one.cause, names) for one in report.errors if one.code == "DON-13"]
    return tuple(found)


def _read(expression: str, declarations: Mapping[str, Declaration]) -> Iterator[str]:
    """The data that an expression reads, and those that they are computed from."""
    seen: set[str] = set()
    waiting = [expression]
    while waiting:
        for name in _names(waiting.pop()):
            if name in seen:
                continue
            seen.add(name)
            yield name
            declaration = declarations.get(name)
            if declaration is None:
                continue
            if declaration.calcul is not None:
                waiting.append(str(declaration.calcul))
            elif isinstance(declaration.defaut, Scalar) and declaration.defaut.text.startswith("="):
                waiting.append(declaration.defaut.text[1:])


def _names(expression: str) -> tuple[str, ...]:
    try:
        return tuple(name[0] for name in parse_expression(expression.strip(), Place("réponses")).names)
    except DefinitionError:
        return ()
