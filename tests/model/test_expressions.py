"""Bare expressions: figures as the French write them, exact results, clear refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.errors import DefinitionError, Place
from convgen.french.dates import Duration
from convgen.model.arithmetic import MONEY, NUMBER, PERCENT, CalculationError, Quantity, parse_rounding
from convgen.model.expressions import UnknownNameError, evaluate, parse_expression, truth
from convgen.model.values import Absent, Amount, ChoiceValue, DateValue, Deferred, NumberValue, Percentage, Unknown

PLACE = Place("f.yaml", 3, 10)
NAMES: dict[str, object] = {
    "a": Amount("a", Decimal("300000")),
    "tarif": Amount("tarif", Decimal("0.2049"), unit_price=True),
    "abonnes": NumberValue("abonnes", Decimal(84934)),
    "taux": Percentage("taux", Decimal(40)),
    "fin": DateValue("fin", date(2024, 12, 31)),
    "type": ChoiceValue("type", "association", "Association"),
    "blanc": Unknown("blanc", "indice"),
    "rien": Absent("rien"),
    "plus_tard": Deferred("plus_tard"),
    "v.montant": (Amount("v.1", Decimal(1)), Amount("v.2", Decimal("2.50"))),
    "subvention.2024": Amount("s", Decimal(7)),
    "vides": (),
    "oui_non": True,
}


def lookup(parts: tuple[str, ...]) -> object:
    try:
        return NAMES[".".join(parts)]
    except KeyError:
        raise UnknownNameError(".".join(parts), NAMES) from None


def value(text: str) -> object:
    return evaluate(parse_expression(text, PLACE), lookup)


def money(text: str) -> Quantity:
    return Quantity(Decimal(text), MONEY)


def number(text: str) -> Quantity:
    return Quantity(Decimal(text), NUMBER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", number("7")),
        ("(1 + 2) * 3", number("9")),
        ("10 - 2 - 3", number("5")),
        ("12 / 2 / 3", number("2")),
        ("-2 + 5", number("3")),
        ("10 % 4", number("2")),
        ("40 %", Quantity(Decimal("0.4"), PERCENT)),
        ("40 % * a", money("120000.0")),
        ("a * 40 % + 1 €", money("120001.0")),
        ("17 402 € - 402 €", money("17000")),
        ("84\u202f934 × 2", number("169868")),
        ("0,2049 * 10", number("2.0490")),
        ("tarif * abonnes", money("17402.9766")),
        ("taux * a / 2", money("60000.0")),
        ("a / 150 000 €", number("2")),
        ("somme(v.montant)", money("3.50")),
        ("somme(1 €, 2 €; 3 €)", money("6")),
        ("min(1,5, 2)", number("1.5")),
        ("max(v.montant)", money("2.50")),
        ('arrondi(tarif * abonnes, "euro inférieur")', money("17402")),
        ("arrondi(2 € / 3, 0,01)", money("0.67")),
        ("arrondi(1 / 3, 1 %)", Quantity(Decimal("0.33"), PERCENT)),
        ("fin + mois(3)", date(2025, 3, 31)),
        ("fin + 3 mois", date(2025, 3, 31)),
        ("2024-06-01 + jours(30)", date(2024, 7, 1)),
        ("fin - ans(1)", date(2023, 12, 31)),
        ("fin - 2024-12-01", number("30")),
        ("semaines(2)", Duration(weeks=2)),
        ("mois(3) * 2", Duration(months=6)),
        ("subvention.2024", money("7")),
        ('subvention["2024"]', money("7")),
        ("subvention[2000 + 24]", money("7")),
    ],
)
def test_results_are_exact(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 = 1,0", True),
        ("1 == 2", False),
        ("1 <> 2 et 2 ≠ 3", True),
        ("a >= 300 000 € et a <= 300 000 €", True),
        ("a > 300 000 € ou a < 300 000 €", False),
        ("40 % = 0,4", True),
        ("type = 'Association'", True),
        ('type != "société"', True),
        ("non type = « association »", False),
        ("oui et non non", True),
        ("non oui et non", False),
        ("oui_non = oui", True),
        ("oui_non = non", False),
        ("fin < 2025-01-01", True),
        ("12 mois = 1 an", True),
        ("3 semaines > 20 jours", True),
        ("oui ou non et non", True),
        ("(oui ou non) et non", False),
    ],
)
def test_conditions(text: str, expected: bool) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blanc + 1", None),
        ("blanc > 1", None),
        ("blanc et non", False),
        ("blanc ou oui", True),
        ("non blanc", None),
        ("blanc et oui", None),
        ("rien ou plus_tard", False),
        ("rien = 3", False),
        ("rien != 3", True),
        ("a > plus_tard", False),
        ("non rien", True),
    ],
)
def test_missing_values(text: str, expected: bool | None) -> None:
    found = value(text)
    assert isinstance(found, Unknown) if expected is None else found is expected


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a +", 13),
        ("(a", 12),
        ("a b", 12),
        ("a $ b", 12),
        ("", 10),
        ("foo(1)", 10),
        ("arrondi(1)", 10),
        ("1 < 2 < 3", 16),
        ("2024-02-30", 10),
        ("1.500", 10),
        ("a[1", 13),
        ("(" * 40 + "1", 40),
        ("1 +" * 500, 10),
        ("somme()", 16),
        ("mois(1, 2)", 10),
        ("a.", 12),
        ("1.500.000", 10),
        ("0,5 mois", 14),
    ],
)
def test_a_badly_written_expression_is_refused_at_its_column(text: str, column: int) -> None:
    with pytest.raises(DefinitionError) as raised:
        parse_expression(text, PLACE)
    (one,) = raised.value.diagnostics
    assert (one.code, one.place) == ("DON-09", Place("f.yaml", 3, column))


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("abonne + 1", "DON-10", "abonnes"),
        ("type = association", "DON-10", '"association"'),
        ("a + 1", "DON-18", "un montant et un nombre"),
        ("a * a", "DON-18", "multiplier"),
        ("a > 23 000", "DON-18", "comparer"),
        ("1 / 0", "DON-18", "zéro"),
        ("1 % 0", "DON-18", "zéro"),
        ("1 / a", "DON-18", "diviser"),
        ("fin + 1", "DON-18", "une date et un nombre"),
        ("fin + ans(9000)", "DON-18", "9999"),
        ("rien + 1", "DON-18", "vaut sans"),
        ("plus_tard * 2", "DON-18", "vaut par avenant"),
        ("somme(plus_tard, 1)", "DON-18", "par avenant"),
        ("somme(vides)", "DON-18", "rien"),
        ("mois(1,5)", "DON-18", "entiers"),
        ("1 mois = 30 jours", "DON-18", "ne se comparent pas"),
        ("arrondi(a, 'bidule')", "DON-18", "arrondi inconnu"),
        ("arrondi(a, 1 %)", "DON-18", "ne convient pas"),
        (" * ".join(["10000000000"] * 9), "DON-18", "trop"),
        ("-fin", "DON-18", "signe"),
    ],
)
def test_a_calculation_without_meaning_is_refused(text: str, code: str, words: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        value(text)
    (one,) = raised.value.diagnostics
    assert one.code == code
    assert words in f"{one.message} {one.cause} {one.remedy}"


def test_names_are_listed_once() -> None:
    found = parse_expression("a + somme(v.montant) * a + s[b.c]", PLACE)
    assert found.names == (("a",), ("v", "montant"), ("s",), ("b", "c"))


def test_an_error_points_to_the_wrong_part() -> None:
    with pytest.raises(DefinitionError) as raised:
        value("a + inconnue")
    assert raised.value.diagnostics[0].place == Place("f.yaml", 3, 14)


@pytest.mark.parametrize(
    ("name", "amount", "expected"),
    [
        ("centime", "0.005", "0.01"),
        ("centime", "-0.005", "-0.01"),
        ("euro", "1.5", "2"),
        ("euro inférieur", "1.99", "1"),
        ("euro supérieur", "1.01", "2"),
        ("dizaine d’euros", "15", "20"),
        ("centaine d'euros", "149", "100"),
        ("0,05 €", "0.07", "0.05"),
        ("1 %", "0.3978", "0.40"),
        ("0,01 %", "0.39775", "0.3978"),
        ("à l'euro inférieur", "1.99", "1"),
        ("0,01", "1.234", "1.23"),
        ("centaine d'euros inférieure", "199", "100"),
        ("unité", "2.5", "3"),
    ],
)
def test_declared_roundings(name: str, amount: str, expected: str) -> None:
    assert parse_rounding(name).apply(Decimal(amount)) == Decimal(expected)


@pytest.mark.parametrize("name", ["", "au pif", "0", "-1", "centimes d'or", "1e9", "%"])
def test_an_unknown_rounding_is_refused(name: str) -> None:
    with pytest.raises(CalculationError):
        parse_rounding(name)


def test_the_decimals_of_a_rounded_percentage() -> None:
    assert parse_rounding("1 %").percent_decimals == 0
    assert parse_rounding("0,01 %").percent_decimals == 2


def test_truth_of_values() -> None:
    assert truth(money("0")) is False
    assert truth("x") is True
    assert truth(()) is False


@given(st.text(alphabet="ab01 ,.%€+-*/()[]<>=!'\"«»etounmis;\u00a0é", max_size=40))
def test_no_text_crashes(text: str) -> None:
    try:
        value(text)
    except DefinitionError as error:
        assert error.diagnostics[0].code in ("DON-09", "DON-10", "DON-18")


@given(st.integers(1, 10**9), st.integers(1, 10**6), st.integers(1, 10**6))
def test_sums_and_products_are_those_of_exact_decimals(cents: int, times: int, more: int) -> None:
    text = f"{cents // 100},{cents % 100:02} € * {times} + {more} €"
    assert value(text) == Quantity(Decimal(cents).scaleb(-2) * times + more, MONEY)
