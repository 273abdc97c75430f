"""Figures found in words typed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.compose.figures import Figures, figures_of
from convgen.french.amounts import format_amount
from convgen.french.dates import format_date


@given(st.decimals(0, 10**9, places=2))
def test_a_printed_amount_is_found(amount: Decimal) -> None:
    assert figures_of(f"un montant de {format_amount(amount)}, au plus").amounts == {amount}


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_printed_date_is_found(day: date) -> None:
    assert figures_of(f"jusqu'au {format_date(day)} inclus").days == {day}


def test_a_day_takes_the_year_of_the_next_date() -> None:
    assert figures_of("du 1er juin au 31 décembre 2024").days == {date(2024, 6, 1), date(2024, 12, 31)}


def test_what_is_no_figure() -> None:
    assert figures_of("article 4, volet 3, chapitre 9344, le même jour, en euros") == Figures()


@pytest.mark.parametrize(
    "said", ["SIRET 220 600 019 00016", "220 600 019 00016", "SIREN : 220 600 019", "n° SIREN 220 600 019"]
)
def test_the_number_of_an_organisme_is_no_amount(said: str) -> None:
    assert figures_of(f"identifié sous le {said}, pour 500 €").amounts == {Decimal(500)}


def test_numbers_follow_their_sign() -> None:
    assert figures_of("la convention N° 2024 DGADSH, les actes n°s 88-22 et 7.").numbers == {"2024", "88-22", "7"}


def test_annexes_are_apart_from_numbers() -> None:
    found = figures_of("jointe en annexe n° 5, voir les annexes 1 et 17, et l'annexe 2 bis")
    assert (found.joined, found.annexes, found.numbers) == ({"5"}, {"5", "1", "17", "2 bis"}, set())


@pytest.mark.parametrize(
    "said",
    [
        "408 000 €", "408\u202f000\u00a0€", "408.000 €", "408'000 euros", "408000€", "408 000 EUR", "408 k€",
        "0,408 M€", "0,408 million d'euros", "408 milliers d'euros", "quatre cent huit mille euros",
        "Quatre-cent-huit-mille euros", "408 mille euros", "quatre cent huit k€",
        "quatre cent huit mille €", "soit 408 000 au volet 3", "€ 408 000",
    ],
)  # fmt: skip
def test_an_amount_however_it_is_written(said: str) -> None:
    assert figures_of(f"un montant de {said}.").amounts == {Decimal(408_000)}


@pytest.mark.parametrize("said", ["premier juillet 2023", "1er juillet 2023", "01/07/2023", "1.7.2023", "2023-07-01"])
def test_a_day_however_it_is_written(said: str) -> None:
    assert figures_of(f"à compter du {said},").days == {date(2023, 7, 1)}


def test_a_day_in_words() -> None:
    assert figures_of("le sept juin deux mille vingt-trois").days == {date(2023, 6, 7)}


def test_what_cannot_be_compared_is_kept() -> None:
    found = figures_of("le 31 février 2024, pour deux cent euros")
    assert (found.strange, found.days, found.amounts) == ({"31 février 2024", "deux cent euros"}, set(), set())


def test_years_lengths_and_rates() -> None:
    found = figures_of("de 2024 à 2026, pour trois ans, 18 mois et 2 semaines, à 35 % puis vingt pour cent")
    assert found.years == {2024, 2026}
    assert found.lengths == {"36 mois", "18 mois", "14 jours"}
    assert found.rates == {Decimal(35), Decimal(20)}


@pytest.mark.parametrize(
    ("said", "rate"), [("de la moitié", 50), ("d'un quart", 25), ("des trois quarts", 75), ("de 50 %", 50)]
)
def test_a_share_in_words_is_a_rate(said: str, rate: int) -> None:
    assert figures_of(f"financée à hauteur {said} du coût").rates == {Decimal(rate)}
    assert figures_of("la moitié des places, un quart d'heure").rates == set()


def test_the_years_of_a_span() -> None:
    assert figures_of("le protocole 2024-2026, la loi n° 2022-1567").years == {2024, 2026}
