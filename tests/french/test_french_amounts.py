"""Amounts in figures and in words."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.french.amounts import (
    AmountError,
    amount_in_words,
    format_amount,
    parse_amount,
    parse_amount_words,
    parse_unit_price,
    spell_lines,
)
from convgen.french.numbers import Spelling

AMOUNTS = st.integers(0, 10**14).map(lambda cents: Decimal(cents).scaleb(-2))


def test_every_amount_of_the_reference_table(reference_root: Path) -> None:
    with (reference_root / "data" / "montants.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) > 80
    for row in rows:
        for spelling in Spelling:
            expected = row[spelling.value].replace("’", "'")
            assert amount_in_words(Decimal(row["montant"]), spelling) == expected
            assert parse_amount_words(row[spelling.value]) == Decimal(row["montant"])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "zéro euro"),
        ("0.80", "quatre-vingts centimes"),
        ("1.50", "un euro et cinquante centimes"),
        ("300000", "trois cent mille euros"),
        ("1000000", "un million d'euros"),
        ("1000200", "un million deux cents euros"),
        ("1466282.00", "un million quatre cent soixante-six mille deux cent quatre-vingt-deux euros"),
    ],
)
def test_amounts_in_words(value: str, words: str) -> None:
    assert amount_in_words(Decimal(value)) == words


@given(AMOUNTS, st.sampled_from(Spelling))
def test_words_to_amount_to_words(value: Decimal, spelling: Spelling) -> None:
    words = amount_in_words(value, spelling)
    read = parse_amount_words(words)
    assert read == value
    assert amount_in_words(read, spelling) == words


@given(AMOUNTS)
def test_figures_to_amount_to_figures(value: Decimal) -> None:
    assert parse_amount(format_amount(value)) == value
    assert parse_amount(format_amount(value, cents="toujours")) == value


@pytest.mark.parametrize("value", ["0.001", "1.999", "10000000000000000", "1e40"])
def test_an_amount_that_words_would_change_is_refused(value: str) -> None:
    with pytest.raises(AmountError):
        amount_in_words(Decimal(value))


def test_trailing_zeros_are_no_decimals() -> None:
    assert amount_in_words(Decimal("2.5000")) == "deux euros et cinquante centimes"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 466 282,00 €", "1466282.00"),
        ("1\u202f466\u202f282,00\u00a0€", "1466282.00"),
        ("300 000", "300000"),
        ("0,80 €", "0.80"),
        ("1466282.00", "1466282.00"),
        ("12 euros", "12"),
        ("1 euro", "1"),
    ],
)
def test_amounts_are_read_exactly(text: str, value: str) -> None:
    read = parse_amount(text)
    assert read == Decimal(value)
    assert str(read) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "vide"),
        ("   ", "vide"),
        ("beaucoup", "n'est pas un montant"),
        ("€", "n'est pas un montant"),
        ("12,345", "plus de deux décimales"),
        ("-200 €", "négatif"),
        ("300.000", "ambigu"),
        ("1 5 €", "n'est pas un montant"),
    ],
)
def test_a_wrong_amount_says_why_and_how_to_mend_it(text: str, says: str) -> None:
    with pytest.raises(AmountError, match=says) as caught:
        parse_amount(text)
    assert caught.value.remedy
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("300000", "300\u202f000\u00a0€"),
        ("586512.80", "586\u202f512,80\u00a0€"),
        ("586512.8", "586\u202f512,80\u00a0€"),
        ("586512.00", "586\u202f512\u00a0€"),
        ("0.2049", "0,2049\u00a0€"),
        ("70.0000", "70\u00a0€"),
        ("0", "0\u00a0€"),
    ],
)
def test_amounts_are_printed_with_cents_if_any(value: str, text: str) -> None:
    assert format_amount(Decimal(value)) == text


def test_cents_may_always_print_and_the_sign_may_change() -> None:
    assert format_amount(Decimal(300), cents="toujours") == "300,00\u00a0€"
    assert format_amount(Decimal(300), sign="") == "300"
    assert format_amount(Decimal(300), sign="euros") == "300\u00a0euros"


def test_a_unit_price_keeps_all_its_decimals() -> None:
    assert parse_unit_price("0,2049 €") == Decimal("0.2049")
    with pytest.raises(AmountError):
        parse_amount("0,2049 €")


@pytest.mark.parametrize(
    "words", ["", "euros", "trois", "deux cent euros", "un million euros", "cent un centimes", "trois cents euro"]
)
def test_misspelt_amounts_in_words_are_refused(words: str) -> None:
    with pytest.raises(AmountError):
        parse_amount_words(words)


def test_lines_are_spelt_one_by_one_and_errors_keep_their_number() -> None:
    spelt = list(spell_lines(["1466282,00\n", "\n", "bof\n", "21"], Spelling.REFORMEE))
    assert [number for number, _ in spelt] == [1, 3, 4]
    assert str(spelt[0][1]).startswith("un-million-quatre-cent")
    assert isinstance(spelt[1][1], AmountError)
    assert spelt[2][1] == "vingt-et-un euros"
