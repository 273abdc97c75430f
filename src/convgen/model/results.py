"""From the result of an expression to a typed value, with the declared rounding; and comparing the two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from convgen.errors import DefinitionError, Diagnostic, Place
from convgen.french.dates import Duration
from convgen.model.arithmetic import (
    MONEY,
    NUMBER,
    PERCENT,
    CalculationError,
    Quantity,
    Rounding,
    equal,
    parse_rounding,
    rounded,
    show,
)
from convgen.model.declarations import Declaration
from convgen.model.expressions import operand
from convgen.model.values import (
    Absent,
    Amount,
    BooleanValue,
    ChoiceValue,
    DataValue,
    DateValue,
    Deferred,
    DurationValue,
    GroupItem,
    GroupValue,
    ImputationValue,
    ListValue,
    NumberValue,
    Percentage,
    PeriodValue,
    PersonValue,
    ScheduleValue,
    TextSource,
    TextValue,
    ToFill,
    Unknown,
    YearlyValue,
)

_CLASSES: dict[str, type | tuple[type, ...]] = {
    "montant": Amount,
    "prix unitaire": Amount,
    "pourcentage": Percentage,
    "date": DateValue,
    "durée": DurationValue,
    "période": PeriodValue,
    "nombre": NumberValue,
    "texte": (TextValue, ChoiceValue),
    "oui/non": BooleanValue,
    "choix": (ChoiceValue, TextValue),
    "liste de": (ListValue, GroupValue),
    "groupe": (GroupValue, ListValue),
    "personne": PersonValue,
    "imputation": ImputationValue,
    "échéancier": ScheduleValue,
    "versements": ScheduleValue,
}
_MAX_DECIMALS = 10
"""Beyond, a number or a percentage comes from a division and needs a declared rounding."""


def fits(kind: str | None, value: DataValue) -> bool:
    """Whether a value may stand where this type is declared. Reserved values always may."""
    if isinstance(value, Unknown | Absent | Deferred | ToFill) or kind is None:
        return True
    wanted = _CLASSES.get(kind)
    if wanted is None or isinstance(value, wanted):
        return not (kind == "montant" and isinstance(value, Amount) and value.unit_price)
    # A yearly value is asked for as a whole by clauses that print every year.
    return isinstance(value, YearlyValue) and all(fits(kind, one) for _, one in value.by_year)


def convert(result: object, declaration: Declaration, key: str, place: Place) -> DataValue | None:
    """The typed value of a result; None when no data value can hold it.

    Args:
        result: what `expressions.evaluate` gave.
        declaration: its type and its rounding.
        key: the key of the value.
        place: where the calculation stands.

    Raises:
        DefinitionError: DON-18 for an unknown rounding, DON-19 when a rounding should be declared.
    """
    match result:
        case Quantity():
            return _figure(result, declaration, key)
        case bool():
            return BooleanValue(key, result)
        case date():
            return DateValue(key, result)
        case Duration():
            return DurationValue(key, result)
        case str():
            return TextValue(key, TextSource(result, place))
        case Absent():
            return Absent(key)
        case Deferred():
            return Deferred(key)
        case _:
            return _copied(result, key)


def _copied(result: object, key: str) -> DataValue | None:
    if isinstance(result, PeriodValue | ImputationValue | PersonValue | ScheduleValue | GroupValue | GroupItem):
        return replace(result, key=key)
    return None


def _refusal(code: str, message: str, remedy: str, place: Place | None = None) -> DefinitionError:
    return DefinitionError(Diagnostic(code, message, place, remedy=remedy))


def _figure(result: Quantity, declaration: Declaration, key: str) -> DataValue:
    rounding: Rounding | None = None
    try:
        if declaration.arrondi:
            rounding = parse_rounding(str(declaration.arrondi))
            result = rounded(result, rounding)
    except CalculationError as error:
        place = declaration.arrondi.place if declaration.arrondi else None
        raise _refusal("DON-18", error.message[:1].upper() + error.message[1:], error.remedy, place) from None
    if result.kind == NUMBER and declaration.type == "pourcentage":
        result = Quantity(result.value, PERCENT)
    if result.kind == MONEY:
        return _amount(result.value, declaration, key)
    decimals = _decimals(result.value * (100 if result.kind == PERCENT else 1))
    if decimals > _MAX_DECIMALS:
        remedy = (
            "Ajoutez par exemple « arrondi: 0,01 % »."
            if result.kind == PERCENT
            else "Ajoutez par exemple « arrondi: 0,01 »."
        )
        raise _refusal("DON-19", f"Le calcul de « {key} » ne tombe pas juste : il faut déclarer l'arrondi", remedy)
    if result.kind == PERCENT:
        return Percentage(key, _tidy(result.value * 100), _printed(rounding, declaration, decimals))
    return NumberValue(key, _tidy(result.value))


def _printed(rounding: Rounding | None, declaration: Declaration, decimals: int) -> int:
    if declaration.decimales is not None:
        return declaration.decimales
    return rounding.percent_decimals if rounding is not None and rounding.kind == PERCENT else decimals


def _amount(value: Decimal, declaration: Declaration, key: str) -> Amount:
    if declaration.type == "prix unitaire":
        return Amount(key, _tidy(value), unit_price=True)
    if _decimals(value) > 2:
        raise _refusal(
            "DON-19",
            f"Le calcul de « {key} » donne {_short(value)}, plus fin que le centime",
            "Déclarez l'arrondi à côté de « calcul: » : « arrondi: centime », « arrondi: euro inférieur »…",
        )
    if value < 0:
        raise _refusal("DON-03", f"Le calcul de « {key} » donne un montant négatif", "Vérifiez les données du calcul.")
    return Amount(key, _tidy(value))


def _short(value: Decimal) -> str:
    """An amount with four decimals at most: more say nothing to a reader."""
    cut = value.quantize(Decimal("0.0001"), ROUND_DOWN)
    return (
        show(Quantity(value, MONEY)) if cut == value else f"{show(Quantity(cut, MONEY)).removesuffix('€').rstrip()}… €"
    )


def _decimals(value: Decimal) -> int:
    return len(format(value, "f").partition(".")[2].rstrip("0"))


def _tidy(value: Decimal) -> Decimal:
    """Without the zeros that end its decimals, so that equal values compare and print alike."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)


def same_figure(left: DataValue, right: DataValue) -> bool:
    """Whether a given and a calculated value are the same."""
    try:
        return equal(operand(left), operand(right))
    except CalculationError:
        return left == right


def shown(value: DataValue) -> str:
    """A value as a message prints it."""
    match value:
        case Amount(value=figure):
            return show(Quantity(figure, MONEY))
        case _:
            return show(operand(value))
