"""Exact arithmetic of expressions: euros, numbers, percentages, days and lengths of time, and what may be mixed.

Nothing is rounded but by a declared rounding; a division keeps 28 digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation, localcontext
from typing import TypeAlias

from convgen.errors import fold
from convgen.french.amounts import format_amount
from convgen.french.dates import DateError, Duration, add_duration, add_months, format_date, format_duration
from convgen.french.errors import FrenchError
from convgen.french.numbers import format_number, parse_number
from convgen.model.values import Absent, Deferred, ToFill, Unknown

MONEY, NUMBER, PERCENT = "montant", "nombre", "pourcentage"

# Sums and products stay exact, or fail; a quotient is as precise as Decimal's default.
_EXACT = Context(prec=80, traps=[Inexact, InvalidOperation])
_DIVISION = Context(prec=28, rounding=ROUND_HALF_UP)
_LARGEST = 25
"""Powers of ten: beyond, a figure is a mistake."""


class CalculationError(ValueError):
    """A calculation that has no meaning; the message is French, without a final full stop."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy or "Vérifiez le calcul et le type de chacune de ses données."


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and its kind: `MONEY` in euros, `NUMBER`, or `PERCENT` as a fraction of one (0.4 for « 40 % »)."""

    value: Decimal
    kind: str = NUMBER

    def __str__(self) -> str:
        if self.kind == MONEY:
            return format_amount(self.value)
        if self.kind == PERCENT:
            return f"{format_number(_plain(self.value * 100))}\u00a0%"
        return format_number(_plain(self.value))


Missing: TypeAlias = Unknown | Absent | Deferred | ToFill
Value: TypeAlias = "Quantity | date | Duration | str | bool | tuple[object, ...] | Missing | object"


def _plain(value: Decimal) -> Decimal:
    """Without the zeros that end its decimals."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else value


def show(value: object) -> str:
    """The value as a message prints it."""
    match value:
        case bool():
            return "oui" if value else "non"
        case date():
            return format_date(value)
        case Duration():
            return format_duration(value)
        case str():
            return f"« {value} »"
        case tuple():
            return ", ".join(show(one) for one in value)
        case Unknown():
            return "inconnu"
        case Absent():
            return "sans"
        case Deferred():
            return "par avenant"
        case _:
            return str(value)


_NAMES: tuple[tuple[type, str], ...] = (
    (bool, "oui ou non"),
    (date, "une date"),
    (Duration, "une durée"),
    (str, "un texte"),
    (tuple, "une liste"),
    (Absent, "« sans »"),
    (Deferred, "« par avenant »"),
)


def name_of(value: object) -> str:
    """The kind of a value, with its article."""
    if isinstance(value, Quantity):
        return f"un {value.kind}"
    return next((name for kind, name in _NAMES if isinstance(value, kind)), "une valeur composée")


def _mixed(verb: str, left: object, right: object) -> CalculationError:
    remedy = ""
    if {getattr(left, "kind", ""), getattr(right, "kind", "")} == {MONEY, NUMBER}:
        remedy = "Un montant s'écrit avec « € »."
    return CalculationError(f"on ne peut pas {verb} {name_of(left)} et {name_of(right)}", remedy)


def _exact(operation: Callable[[], Decimal]) -> Decimal:
    try:
        with localcontext(_EXACT):
            result = operation()
    except (Inexact, InvalidOperation):
        raise CalculationError("le résultat a trop de chiffres", "Arrondissez un résultat intermédiaire.") from None
    if result and result.adjusted() > _LARGEST:
        raise CalculationError("le résultat est trop grand", "Vérifiez les chiffres.")
    return result


def add(left: object, right: object) -> object:
    """Sum: same kinds, or a day and a length of time."""
    match left, right:
        case (Quantity(a, kind), Quantity(b, other)) if kind == other:
            return Quantity(_exact(lambda: a + b), kind)
        case (date(), Duration()):
            return _dated(lambda: add_duration(left, right))
        case (Duration(), date()):
            return add(right, left)
        case (Duration(), Duration()) if not (left.kind and right.kind and left.kind != right.kind):
            return _combined(left, right)
    raise _mixed("additionner", left, right)


def subtract(left: object, right: object) -> object:
    """Difference: same kinds; two days give a number of days; a day less a length of time gives a day."""
    match left, right:
        case (Quantity(a, kind), Quantity(b, other)) if kind == other:
            return Quantity(_exact(lambda: a - b), kind)
        case (date(), date()):
            return Quantity(Decimal((left - right).days))
        case (date(), Duration(kind="" | "calendaires", hours=0)):
            return _dated(lambda: _before(left, right))
    raise _mixed("soustraire", left, right)


def _before(day: date, length: Duration) -> date:
    start = add_months(day, -12 * length.years - length.months)
    try:
        return start - timedelta(days=7 * length.weeks + length.days)
    except OverflowError:
        raise CalculationError("le résultat sort du calendrier") from None


def _dated(operation: Callable[[], date]) -> date:
    try:
        return operation()
    except (DateError, ValueError, OverflowError) as error:
        if isinstance(error, CalculationError):
            raise
        message = error.message if isinstance(error, FrenchError) else "le résultat sort du calendrier"
        raise CalculationError(message) from None


def _combined(left: Duration, right: Duration) -> Duration:
    return Duration(
        left.years + right.years,
        left.months + right.months,
        left.weeks + right.weeks,
        left.days + right.days,
        left.hours + right.hours,
        left.kind or right.kind,
    )


def multiply(left: object, right: object) -> object:
    """Product: at most one amount; a percentage of something is of that something's kind."""
    match left, right:
        case (Quantity(a, kind), Quantity(b, other)) if not (kind == other == MONEY):
            return Quantity(_exact(lambda: a * b), _product_kind(kind, other))
        case (Quantity(a, "nombre"), Duration()) if a == a.to_integral_value() and a > 0:
            return _combined_times(right, int(a))
        case (Duration(), Quantity()):
            return multiply(right, left)
    raise _mixed("multiplier", left, right)


def _combined_times(length: Duration, times: int) -> Duration:
    if times > 10_000:
        raise CalculationError("la durée est trop longue")
    return Duration(
        length.years * times,
        length.months * times,
        length.weeks * times,
        length.days * times,
        length.hours * times,
        length.kind,
    )


def _product_kind(kind: str, other: str) -> str:
    if MONEY in (kind, other):
        return MONEY
    return PERCENT if kind == other == PERCENT else NUMBER


def divide(left: object, right: object) -> object:
    """Quotient: two figures of one kind give a number; an amount over a number or a percentage, an amount."""
    match left, right:
        case (Quantity(), Quantity(value=b)) if not b:
            raise CalculationError("division par zéro", "Vérifiez le diviseur.")
        case (Quantity(a, kind), Quantity(b, other)) if kind == other or other != MONEY:
            result = _DIVISION.divide(a, b)
            if result and result.adjusted() > _LARGEST:
                raise CalculationError("le résultat est trop grand")
            return Quantity(result, NUMBER if kind == other else _quotient_kind(kind, other))
    raise _mixed("diviser", left, right)


def _quotient_kind(kind: str, other: str) -> str:
    return NUMBER if (kind, other) == (NUMBER, PERCENT) else kind


def modulo(left: object, right: object) -> object:
    """Remainder of two figures of one kind."""
    match left, right:
        case (Quantity(), Quantity(value=b)) if not b:
            raise CalculationError("division par zéro", "Vérifiez le diviseur.")
        case (Quantity(a, kind), Quantity(b, other)) if kind == other:
            return Quantity(_exact(lambda: a % b), kind)
    raise _mixed("diviser", left, right)


def negate(value: object) -> object:
    """The opposite figure."""
    if isinstance(value, Quantity):
        return Quantity(value.value.copy_negate(), value.kind)
    raise CalculationError(f"on ne peut pas changer le signe : {name_of(value)}")


def equal(left: object, right: object) -> bool:
    """Equality: figures exactly, texts whatever their accents and case."""
    match left, right:
        case (str(), str()):
            return fold(left) == fold(right)
        case (bool(), bool()):
            return left == right
        case (tuple(), tuple()):
            return len(left) == len(right) and all(equal(a, b) for a, b in zip(left, right, strict=True))
    return compare(left, right) == 0


def compare(left: object, right: object) -> int:
    """-1, 0 or 1. Amounts with amounts, numbers with numbers or percentages, days, lengths of time."""
    match left, right:
        case (Quantity(a, kind), Quantity(b, other)) if kind == other or MONEY not in (kind, other):
            return (a > b) - (a < b)
        case (date(), date()):
            return (left > right) - (left < right)
        case (Duration(), Duration()):
            first, second = _length(left, right), _length(right, left)
            return (first > second) - (first < second)
    raise _mixed("comparer", left, right)


def _length(value: Duration, other: Duration) -> int:
    """In months or in hours, when both can be said so."""
    months, days = 12 * value.years + value.months, value.weeks or value.days or value.hours
    others, other_days = other.years or other.months, other.weeks or other.days or other.hours
    if not days and not other_days:
        return months
    if months or others or value.kind != other.kind:
        raise CalculationError(f"{format_duration(value)} et {format_duration(other)} ne se comparent pas")
    return 24 * (7 * value.weeks + value.days) + value.hours


_MODES = {"": ROUND_HALF_UP, "inferieur": ROUND_FLOOR, "superieur": ROUND_CEILING}
_STEPS = {
    "centime": ("0.01", MONEY),
    "dixieme": ("0.1", ""),
    "centieme": ("0.01", ""),
    "unite": ("1", ""),
    "entier": ("1", ""),
    "euro": ("1", MONEY),
    "dizaine d'euros": ("10", MONEY),
    "centaine d'euros": ("100", MONEY),
    "millier d'euros": ("1000", MONEY),
    "dizaine": ("10", ""),
    "centaine": ("100", ""),
    "millier": ("1000", ""),
}
_ROUNDING = re.compile(r"(?:[aà] l[ae']\s*|au\s+)?(?P<name>.*?)(?:\s+(?P<mode>inferieur|superieur)e?)?")


@dataclass(frozen=True, slots=True)
class Rounding:
    """A declared rounding: to a multiple of `step` (a fraction of one for percentages); to the nearest, half up."""

    step: Decimal
    kind: str
    mode: str = ROUND_HALF_UP

    def apply(self, value: Decimal) -> Decimal:
        """The rounded value."""
        with localcontext(Context(prec=80)):
            return (value / self.step).quantize(Decimal(1), rounding=self.mode) * self.step

    @property
    def percent_decimals(self) -> int:
        """How many decimals a percentage prints."""
        exponent = _plain(self.step * 100).as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(value: Quantity, rounding: Rounding) -> Quantity:
    """The rounded figure; a number rounded to « 1 % » becomes a percentage.

    Raises:
        CalculationError: an amount rounded to a percentage, or the converse.
    """
    if rounding.kind not in ("", value.kind) and (value.kind, rounding.kind) != (NUMBER, PERCENT):
        raise CalculationError(f"cet arrondi ne convient pas à {name_of(value)}")
    return Quantity(rounding.apply(value.value), rounding.kind or value.kind)


def parse_rounding(text: str) -> Rounding:
    """Read « centime », « euro inférieur », « dizaine d'euros », « 0,01 », « 0,05 € », « 1 % », « 0,01 % ».

    « inférieur » and « supérieur » may follow any of them.

    Raises:
        CalculationError: when it is none of these.
    """
    cleaned = fold(text.replace("’", "'")).strip()
    found = _ROUNDING.fullmatch(cleaned)
    name, mode = (found["name"], found["mode"] or "") if found else (cleaned, "")
    if name in _STEPS:
        step, kind = _STEPS[name]
        return Rounding(Decimal(step), kind, _MODES[mode])
    sign = re.search(r"\s*([%€])$", name)
    try:
        value = parse_number(name[: sign.start()] if sign else name)
    except FrenchError:
        value = Decimal(0)
    if value <= 0 or value.adjusted() > _LARGEST:
        raise CalculationError(
            f"arrondi inconnu : « {text} »",
            "Arrondis possibles : centime, euro, euro inférieur, euro supérieur, dizaine d'euros, 0,01, 1 %.",
        )
    kinds = {"%": PERCENT, "€": MONEY}
    return Rounding(value / 100 if sign and sign[1] == "%" else value, kinds[sign[1]] if sign else "", _MODES[mode])
