"""The act's own rules (`verifier`) and the conditions (`si`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from convgen.errors import DefinitionError, Place, Report, fold
from convgen.french.amounts import parse_amount
from convgen.french.dates import parse_date, parse_duration
from convgen.french.errors import FrenchError
from convgen.french.numbers import parse_number
from convgen.model import arithmetic
from convgen.model.arithmetic import MONEY, PERCENT, CalculationError, Quantity, show
from convgen.model.expressions import (
    Expression,
    UnknownNameError,
    evaluate,
    operand,
    parse_expression,
    truth,
)
from convgen.model.parsing import Call, Name
from convgen.model.scope import Scope
from convgen.model.typed import sentence
from convgen.model.values import Unknown
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode, as_node


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: an expression that must be true, what to say when it is not, and where it stands."""

    regle: str
    sinon: str
    place: Place
    path: str = "verifier"


def check_rules(rules: Iterable[Rule], scope: Scope, report: Report) -> None:
    """Check the rules of the act: DON-13 with the jurist's message and the figures compared.

    A rule that reads an unknown or deferred value says nothing yet.
    """
    for rule in rules:
        try:
            expression = parse_expression(rule.regle.strip(), rule.place)
            result = truth(evaluate(expression, scope.lookup))
        except DefinitionError as error:
            report.extend(
                replace(one, path=f"{rule.path}.regle", message=sentence(one.message)) for one in error.diagnostics
            )
            continue
        if result is False:
            report.error(
                "DON-13",
                sentence(rule.sinon or f"La règle « {rule.regle} » n'est pas respectée"),
                rule.place,
                rule.path,
                cause=f"Règle : {rule.regle}. {figures(expression, scope)}".strip(),
                remedy="Corrigez une de ces données.",
            )


def figures(expression: Expression, scope: Scope) -> str:
    """Both sides of the comparison and each name: « a + b = 290 000 €, a = 200 000 € »."""
    parts: dict[str, None] = {}
    root = expression.root
    sides = root.arguments if isinstance(root, Call) and len(root.arguments) == 2 else ()
    for side in sides:
        text = expression.text[side.start : side.end].strip()
        if isinstance(side, Call | Name):
            parts[f"{text} = {show(evaluate(replace(expression, root=side), scope.lookup))}"] = None
    for name in expression.names:
        try:
            value = operand(scope.lookup(name))
        except UnknownNameError:
            continue
        parts[f"{'.'.join(name)} = {show(value)}"] = None
    return f"Chiffres : {', '.join(parts)}." if parts else ""


def evaluate_condition(condition: object, scope: Scope, report: Report, path: str = "si") -> bool | Unknown:
    """Whether a condition holds.

    Args:
        condition: the YAML node (or placed text) of an expression, or of a mapping from dotted names to the value or
            the values that each must have.
        scope: the data and facts it may read.
        report: receives DON-09, DON-10, DON-18.
        path: where the condition stands.

    Returns:
        `Unknown` when it depends on an unknown value, or after a problem, which is reported.
    """
    node = as_node(condition, Place(""))
    try:
        match node:
            case Scalar():
                text = node.text.removeprefix("=").strip()
                place = node.content_place
                return truth(evaluate(parse_expression(text, place), scope.lookup))
            case MappingNode():
                return _all(node, scope)
            case SequenceNode(items=items):
                return _together([evaluate_condition(one, scope, report, path) for one in items])
    except DefinitionError as error:
        report.extend(replace(one, path=path, message=sentence(one.message)) for one in error.diagnostics)
        return Unknown(path)


def _together(results: list[bool | Unknown]) -> bool | Unknown:
    if False in results:
        return False
    return next((one for one in results if isinstance(one, Unknown)), True)


def _all(node: MappingNode, scope: Scope) -> bool | Unknown:
    results: list[bool | Unknown] = []
    for name, wanted in node.entries:
        value = evaluate(parse_expression(name.text, name.place), scope.lookup)
        if isinstance(value, Unknown):
            results.append(value)
            continue
        options = wanted.items if isinstance(wanted, SequenceNode) else (wanted,)
        results.append(any(_matches(value, one) for one in options))
    return _together(results)


def _matches(value: object, wanted: Node) -> bool:
    """Whether a value is the one typed; a list matches when one of its items does."""
    if not isinstance(wanted, Scalar):
        return False
    if isinstance(value, tuple):
        return any(_matches(one, wanted) for one in value)
    text = wanted.text.strip()
    if isinstance(value, bool):
        return fold(text) == ("oui" if value else "non")
    if fold(text) in ("oui", "non"):
        return truth(value) is (fold(text) == "oui")
    if isinstance(value, str):
        return fold(value) == fold(text)
    try:
        return arithmetic.equal(value, _read(value, text))
    except (FrenchError, CalculationError):
        return False


def _read(value: object, text: str) -> object:
    """The typed text as the value it is compared with."""
    if isinstance(value, Quantity):
        if value.kind == MONEY:
            return Quantity(parse_amount(text), MONEY)
        if text.endswith("%"):
            return Quantity(parse_number(text[:-1]) / 100, PERCENT)
        return Quantity(parse_number(text), value.kind)
    try:
        return parse_date(text)
    except FrenchError:
        return parse_duration(text)
