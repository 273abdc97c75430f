"""Dates, periods and durations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.french.calendar_fr import public_holidays
from convgen.french.dates import (
    DateError,
    Duration,
    add_duration,
    add_months,
    date_in_words,
    duration_in_words,
    duration_phrase,
    end_date,
    format_date,
    format_duration,
    month_range,
    parse_date,
    parse_duration,
    period,
)
from convgen.french.grammar import contract


@pytest.mark.parametrize(
    "text", ["2024-06-01", "1er juin 2024", "01/06/2024", "le 1er juin 2024", "1er\u00a0Juin 2024"]
)
def test_dates_are_read_in_every_usual_form(text: str) -> None:
    assert parse_date(text) == date(2024, 6, 1)


@given(st.dates())
def test_a_printed_date_reads_back(day: date) -> None:
    if day.year >= 1000:
        assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31 février 2024", "le 31 février 2024 n'existe pas"),
        ("2023-02-29", "n'existe pas"),
        ("juin 2024", "n'est pas une date"),
        ("2024-13-01", "n'est pas une date"),
        ("01/06/24", "n'est pas une date"),
        ("", "vide"),
    ],
)
def test_a_wrong_date_says_why(text: str, says: str) -> None:
    with pytest.raises(DateError, match=says) as caught:
        parse_date(text)
    assert caught.value.remedy


def test_dates_in_figures_and_words() -> None:
    assert format_date(date(2024, 6, 1)) == "1er juin 2024"
    assert format_date(date(2024, 6, 11)) == "11 juin 2024"
    assert date_in_words(date(2024, 6, 1)) == "premier juin deux mille vingt-quatre"
    assert date_in_words(date(2021, 8, 21)) == "vingt et un août deux mille vingt et un"


def test_a_period_says_once_what_its_dates_share() -> None:
    assert period(date(2024, 6, 1), date(2024, 12, 31)) == "du 1er juin au 31 décembre 2024"
    assert period(date(2024, 6, 1), date(2025, 5, 31)) == "du 1er juin 2024 au 31 mai 2025"
    assert period(date(2024, 6, 1), date(2024, 6, 30)) == "du 1er au 30 juin 2024"
    assert period(date(2024, 6, 1), date(2024, 6, 1)) == "le 1er juin 2024"
    with pytest.raises(DateError):
        period(date(2024, 6, 2), date(2024, 6, 1))


def test_a_range_of_months_elides() -> None:
    assert month_range(date(2024, 6, 1), date(2024, 12, 31)) == "de juin à décembre 2024"
    assert month_range(date(2024, 4, 1), date(2024, 8, 31)) == "d'avril à août 2024"
    assert month_range(date(2024, 10, 1), date(2025, 3, 31)) == "d'octobre 2024 à mars 2025"
    assert month_range(date(2024, 6, 1), date(2024, 6, 30)) == "en juin 2024"


@pytest.mark.parametrize(
    ("text", "figures", "words"),
    [
        ("30 jours calendaires", "30 jours calendaires", "trente jours calendaires"),
        ("trois ans", "3 ans", "trois ans"),
        ("1 an", "1 an", "un an"),
        ("six mois", "6 mois", "six mois"),
        ("un an et six mois", "1 an et 6 mois", "un an et six mois"),
        ("un an et demi", "1 an et 6 mois", "un an et six mois"),
        ("48 heures", "48 heures", "quarante-huit heures"),
        ("21 semaines", "21 semaines", "vingt et une semaines"),
        ("1 jour franc", "1 jour franc", "un jour franc"),
        (
            "2 ans, 3 mois et 5 jours ouvrés",
            "2 ans, 3 mois et 5 jours ouvrés",
            "deux ans, trois mois et cinq jours ouvrés",
        ),
    ],
)
def test_durations_in_figures_and_words(text: str, figures: str, words: str) -> None:
    duration = parse_duration(text)
    assert format_duration(duration) == figures
    assert duration_in_words(duration) == words
    assert parse_duration(figures) == parse_duration(words) == duration


@pytest.mark.parametrize(
    "text", ["", "0 jours", "-3 ans", "bof", "trois", "deux ans et deux ans", "3 mois calendaires"]
)
def test_a_nil_or_broken_duration_is_refused(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_duration(text)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        (date(2024, 1, 1), "3 ans", date(2026, 12, 31)),
        (date(2024, 6, 7), "1 an", date(2025, 6, 6)),
        (date(2024, 1, 1), "30 jours", date(2024, 1, 30)),
        (date(2024, 1, 31), "un mois", date(2024, 2, 29)),
        (date(2024, 2, 29), "1 an", date(2025, 2, 28)),
        (date(2024, 4, 29), "5 jours ouvrés", date(2024, 5, 6)),
        (date(2024, 4, 29), "5 jours ouvrables", date(2024, 5, 4)),
    ],
)
def test_a_duration_ends_the_day_before_its_anniversary(start: date, text: str, end: date) -> None:
    assert end_date(start, parse_duration(text)) == end


def test_durations_add_to_a_date() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert add_duration(date(2024, 1, 1), Duration(hours=48)) == date(2024, 1, 3)
    assert add_duration(date(2024, 1, 1), Duration(days=10, kind="francs")) == date(2024, 1, 12)
    assert add_duration(date(2024, 5, 7), Duration(days=1, kind="ouvrés")) == date(2024, 5, 10)
    for bad in (Duration(hours=5), Duration(years=9000)):
        with pytest.raises(DateError):
            add_duration(date(2024, 1, 1), bad)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)), st.integers(1, 400))
def test_successive_durations_leave_no_gap(start: date, months: int) -> None:
    if start.day <= 28:
        end = end_date(start, Duration(months=months))
        assert end + timedelta(days=1) == add_months(start, months)


def test_public_holidays_follow_easter() -> None:
    assert {date(2024, 4, 1), date(2024, 5, 9), date(2024, 5, 20)} <= public_holidays(2024)
    assert {date(2025, 4, 21), date(2025, 5, 29), date(2025, 6, 9)} <= public_holidays(2025)
    assert len(public_holidays(2023)) == 11


def test_a_duration_is_a_noun_phrase() -> None:
    assert contract("de", duration_phrase(parse_duration("1 mois"), words=True)) == "d'un mois"
    assert contract("de", duration_phrase(parse_duration("3 mois"), words=True)) == "de trois mois"
    assert contract("de", duration_phrase(parse_duration("1 mois"))) == "de 1 mois"
    week = duration_phrase(parse_duration("une semaine")).agreement
    assert (week.feminine, week.plural) == (True, False)
    assert duration_phrase(parse_duration("2 jours")).agreement.plural
