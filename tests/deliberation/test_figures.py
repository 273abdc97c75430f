"""Figures found in words typed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
    assert figures_of("le 31 février 2024, article 4, volet 3, 2024") == Figures()


def test_numbers_follow_their_sign() -> None:
    assert figures_of("la convention n° 2024 DGADSH, l'annexe n° 5.").numbers == {"2024", "5"}
