"""Running bare expressions over exact values. Nothing of Python can be reached from here; `parsing` reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

from convgen.errors import DefinitionError, Diagnostic, fold, suggest
from convgen.french.dates import Duration
from convgen.french.errors import FrenchError
from convgen.model import arithmetic
from convgen.model.arithmetic import MONEY, NUMBER, PERCENT, CalculationError, Quantity, parse_rounding, rounded, show
from convgen.model.parsing import (
    UNITS,
    Call,
    Expression,
    Literal,
    Name,
    Node,
    key_text,
    length_of,
    parse_expression,
    place_at,
)
from convgen.model.values import (
    Absent,
    Amount,
    BooleanValue,
    ChoiceValue,
    DateValue,
    Deferred,
    DurationValue,
    GroupItem,
    GroupValue,
    ListValue,
    NumberValue,
    Percentage,
    TextValue,
    ToFill,
    Unknown,
    YearlyValue,
)

__all__ = ["Expression", "Lookup", "UnknownNameError", "evaluate", "operand", "parse_expression", "truth"]

Lookup = Callable[[tuple[str, ...]], object]


class UnknownNameError(LookupError):
    """A lookup that found nothing: the name that failed, and those that would have done."""

    def __init__(self, name: str, known: Iterable[str], remedy: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.known = tuple(known)
        self.remedy = remedy


def evaluate(expression: Expression, lookup: Lookup) -> object:
    """The value of an expression.

    Args:
        expression: what `parse_expression` gave.
        lookup: the value of a dotted name: a data value, a plain Python one, or a tuple of them; raises
            `UnknownNameError`.

    Returns:
        A `Quantity`, date, `Duration`, str, bool, tuple, or the reserved value alone (`Absent`, `Deferred`); `Unknown`
        as soon as an operand that matters is unknown; other data values as they are.

    Raises:
        DefinitionError: DON-10 for an unknown name, DON-18 for a calculation without meaning.
    """
    return _Evaluator(expression, lookup).run(expression.root)


def truth(value: object) -> bool | Unknown:
    """Whether a value counts as true in a condition: « sans », « par avenant », zero and nothing do not."""
    match value:
        case bool():
            return value
        case Unknown():
            return value
        case ToFill(key=key):
            return Unknown(key)
        case Absent() | Deferred():
            return False
        case Quantity(value=figure):
            return bool(figure)
        case str() | tuple():
            return bool(value)
        case _:
            return True


_OPERANDS: dict[type, Callable[[Any], object]] = {
    Amount: lambda one: Quantity(one.value, MONEY),
    Percentage: lambda one: Quantity(one.value / 100, PERCENT),
    NumberValue: lambda one: Quantity(one.value),
    DateValue: lambda one: one.value,
    DurationValue: lambda one: one.value,
    BooleanValue: lambda one: one.value,
    ChoiceValue: lambda one: one.value,
    TextValue: lambda one: one.source.text.strip(),
    ListValue: lambda one: tuple(operand(item) for item in one.items),
    YearlyValue: lambda one: tuple(operand(item) for _, item in one.by_year),
    tuple: lambda one: tuple(operand(item) for item in one),
    int: lambda one: Quantity(Decimal(one)),
    Decimal: Quantity,
}


def operand(value: object) -> object:
    """A data value, or a plain Python one, as expressions compute with it; what they cannot use stays as it is."""
    convert = _OPERANDS.get(type(value))
    return convert(value) if convert else value


_OPERATIONS: dict[str, Callable[[object, object], object]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "%": arithmetic.modulo,
    "<": lambda left, right: arithmetic.compare(left, right) < 0,
    "<=": lambda left, right: arithmetic.compare(left, right) <= 0,
    ">": lambda left, right: arithmetic.compare(left, right) > 0,
    ">=": lambda left, right: arithmetic.compare(left, right) >= 0,
    "=": arithmetic.equal,
    "!=": lambda left, right: not arithmetic.equal(left, right),
}


class _Evaluator:
    """Runs one expression; holds what error messages need."""

    def __init__(self, expression: Expression, lookup: Lookup) -> None:
        self.expression = expression
        self.lookup = lookup

    def run(self, node: Node) -> object:
        match node:
            case Literal(value=value):
                return value
            case Name():
                return self.name(node)
            case Call(name="et" | "ou"):
                return self.logic(node)
            case Call(name="non", arguments=(inner,)):
                value = truth(self.run(inner))
                return value if isinstance(value, Unknown) else not value
            case _:
                return self.call(node)

    def name(self, node: Name) -> object:
        parts = tuple(part if isinstance(part, str) else key_text(self.run(part)) for part in node.parts)
        try:
            return operand(self.lookup(parts))
        except UnknownNameError as error:
            remedy = error.remedy or suggest(error.name, error.known)
            if len(parts) == 1:
                remedy = f'{remedy} Si c\'est un texte, mettez-le entre guillemets : "{parts[0]}".'.strip()
            self.refuse(node, "DON-10", f"nom inconnu : « {error.name} »", remedy)

    def logic(self, node: Call) -> object:
        """Three-valued: an unknown operand matters only when the other does not decide."""
        decides = node.name == "ou"
        unknown: Unknown | None = None
        for argument in node.arguments:
            value = truth(self.run(argument))
            if isinstance(value, Unknown):
                unknown = unknown or value
            elif value is decides:
                return decides
        return unknown if unknown is not None else not decides

    def call(self, node: Call) -> object:
        values = [self.run(argument) for argument in node.arguments]
        if node.name in ("somme", "min", "max"):
            blocks = any(isinstance(one, GroupItem) for one in values)
            values = list(_flat(values))
            if blocks and not values:
                return Quantity(Decimal(), MONEY)  # nobody else finances: the sum of nothing is nothing
        unknown = next((one for one in values if isinstance(one, Unknown | ToFill)), None)
        if unknown is not None:
            return unknown if isinstance(unknown, Unknown) else Unknown(unknown.key)
        missing = next((one for one in values if isinstance(one, Absent | Deferred)), None)
        if missing is not None:
            return self.missing(node, values, missing)
        try:
            return self.apply(node, values)
        except CalculationError as error:
            self.refuse(node, "DON-18", error.message, error.remedy)
        except FrenchError as error:
            self.refuse(node, "DON-18", error.message, error.remedy)

    def missing(self, node: Call, values: list[object], one: Absent | Deferred) -> object:
        """What « sans » and « par avenant » do: no comparison with a figure is true, no calculation is possible."""
        if node.name in ("=", "!="):
            same = type(values[0]) is type(values[1])
            return same is (node.name == "=")
        if node.name in ("<", "<=", ">", ">="):
            return False
        return self.refuse(
            node,
            "DON-18",
            f"« {one.key} » vaut {show(one)} : aucun calcul n'est possible",
            "Donnez sa valeur, ou retirez-la du calcul.",
        )

    def apply(self, node: Call, values: list[object]) -> object:
        match node.name:
            case "opposé":
                return arithmetic.negate(values[0])
            case "somme":
                return _sum(values)
            case "min" | "max":
                return _extreme(values, -1 if node.name == "min" else 1)
            case "arrondi":
                return _rounded(values[0], values[1])
            case "autres":
                return _others(values[0], self.lookup(("financeurs",)))
            case "mois" | "jours" | "ans" | "semaines":
                if not isinstance(values[0], Quantity) or values[0].kind != NUMBER:
                    raise CalculationError(f"« {node.name} » attend un nombre", f"Exemple : {node.name}(3).")
                return length_of(values[0].value, UNITS[node.name])
            case sign:
                return _OPERATIONS[sign](values[0], values[1])

    def refuse(self, node: Node, code: str, message: str, remedy: str = "") -> NoReturn:
        text = self.expression.text
        part = text[node.start : node.end]
        cause = f"Dans l'expression : {text}" if part != text else ""
        place = place_at(self.expression.place, node.start)
        raise DefinitionError(Diagnostic(code, message, place, cause=cause, remedy=remedy))


def _flat(values: Iterable[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, tuple):
            yield from _flat(value)
        elif isinstance(value, GroupItem):
            yield from _flat(operand(one) for one in value.fields.values())
        else:
            yield value


def _others(value: object, funders: object) -> GroupItem:
    """The entries of a block that bear the name of a financeur declared « autre: oui »."""
    if not isinstance(value, GroupItem) or not isinstance(funders, GroupValue):
        raise CalculationError("« autres » attend un bloc de financeurs", "Exemple : autres(budget[2024].recettes).")
    flags = {fold(item.id): item.fields.get("autre") for item in funders.items}
    kept = {
        name: one
        for name, one in value.fields.items()
        if isinstance(flag := flags.get(fold(name)), BooleanValue) and flag.value
    }
    return GroupItem(value.key, value.id, value.rank, kept)


def _sum(values: list[object]) -> object:
    if not values:
        raise CalculationError("il n'y a rien à additionner")
    total = values[0]
    if not isinstance(total, Quantity | Duration):
        raise CalculationError(f"on ne peut pas additionner {arithmetic.name_of(total)}")
    for value in values[1:]:
        total = arithmetic.add(total, value)
    return total


def _extreme(values: list[object], sign: int) -> object:
    if not values:
        raise CalculationError("il n'y a rien à comparer")
    found = values[0]
    for value in values[1:]:
        if arithmetic.compare(value, found) == sign:
            found = value
    return found


def _rounded(value: object, how: object) -> object:
    if not isinstance(value, Quantity):
        raise CalculationError(f"on ne peut pas arrondir {arithmetic.name_of(value)}")
    return rounded(value, parse_rounding(how if isinstance(how, str) else str(how)))
