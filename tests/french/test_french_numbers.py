"""Cardinals, figures, Roman numerals, letters, ordinals."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.french.numbers import (
    NumberError,
    Spelling,
    cardinal,
    format_number,
    letter,
    parse_cardinal,
    parse_number,
    roman,
)
from convgen.french.ordinals import ordinal, ordinal_short


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "une"),
        (21, "vingt et une"),
        (81, "quatre-vingt-une"),
        (101, "cent une"),
        (80, "quatre-vingts"),
        (1_000_000, "un million"),
    ],
)
def test_a_final_un_agrees_with_a_feminine_noun(n: int, words: str) -> None:
    assert cardinal(n, feminine=True) == words
    assert parse_cardinal(words) == n


def test_the_1990_spelling_has_hyphens_everywhere() -> None:
    assert cardinal(21, feminine=True, spelling=Spelling.REFORMEE) == "vingt-et-une"
    assert cardinal(2_000_200, spelling=Spelling.REFORMEE) == "deux-millions-deux-cents"


@given(st.integers(0, 10**15), st.sampled_from(Spelling), st.booleans())
def test_words_of_a_cardinal_read_back(n: int, spelling: Spelling, feminine: bool) -> None:
    assert parse_cardinal(cardinal(n, feminine=feminine, spelling=spelling)) == n


@pytest.mark.parametrize("n", [-1, 10**15 + 1])
def test_a_number_out_of_range_has_no_words(n: int) -> None:
    with pytest.raises(NumberError):
        cardinal(n)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("quatre-vingts-deux", "quatre-vingt-deux"),
        ("deux milles", "deux mille"),
        ("deux cent", "deux cents"),
        ("quatre-vingt", "quatre-vingts"),
        ("vingt-un", "vingt et un"),
    ],
)
def test_a_misspelt_cardinal_is_refused_with_the_right_spelling(words: str, right: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_cardinal(words)
    assert right in caught.value.remedy


@pytest.mark.parametrize("words", ["", "patate", "deux patates", "un euro", "mille mille"])
def test_what_is_no_cardinal_is_refused(words: str) -> None:
    with pytest.raises(NumberError):
        parse_cardinal(words)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("84934"), "84\u202f934"),
        (Decimal("0.2049"), "0,2049"),
        (Decimal("1234567.50"), "1\u202f234\u202f567,50"),
        (999, "999"),
        (-1000, "-1\u202f000"),
    ],
)
def test_figures_are_printed_the_french_way_and_read_back(value: Decimal | int, text: str) -> None:
    assert format_number(value) == text
    assert parse_number(text) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_figures_read_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@pytest.mark.parametrize("text", ["84 934", "84\u00a0934", "84\u202f934", " 84934 ", "84934.0", "84934,000"])
def test_any_space_separates_thousands(text: str) -> None:
    assert parse_number(text) == 84934


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "84 93", "1,2,3", "1,5 6", "abc", "--3", "1.500", "12.000", "1.500,00", "٣"]
)
def test_an_ambiguous_or_broken_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert caught.value.remedy


def test_a_dot_is_a_decimal_mark_where_it_cannot_separate_thousands() -> None:
    assert parse_number("1.5") == Decimal("1.5")
    assert parse_number("0.205") == Decimal("0.205")


def test_roman_and_letters() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994)] == ["I", "IV", "IX", "XIV", "XL", "XC", "CD", "MCMXCIV"]
    assert [letter(n) for n in (1, 26, 27, 52, 53, 703)] == ["a", "z", "aa", "az", "ba", "aaa"]
    for bad in (roman, letter):
        with pytest.raises(NumberError):
            bad(0)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "premier"),
        (2, "deuxième"),
        (3, "troisième"),
        (4, "quatrième"),
        (5, "cinquième"),
        (6, "sixième"),
        (9, "neuvième"),
        (11, "onzième"),
        (21, "vingt et unième"),
        (80, "quatre-vingtième"),
        (200, "deux centième"),
        (1000, "millième"),
        (3_000_000, "trois millionième"),
    ],
)
def test_ordinals_in_words(n: int, words: str) -> None:
    assert ordinal(n) == words


def test_ordinals_agree_and_shorten() -> None:
    assert ordinal(1, feminine=True) == "première"
    assert ordinal(2, feminine=True) == "deuxième"
    assert [ordinal_short(1), ordinal_short(1, feminine=True), ordinal_short(2)] == ["1er", "1re", "2e"]
    with pytest.raises(NumberError):
        ordinal(0)


def test_num2words_is_only_loaded_when_a_number_is_spelt() -> None:
    code = "import sys, convgen.french.dates, convgen.french.amounts; print('num2words' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
