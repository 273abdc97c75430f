"""Figures found in words: amounts, days, years, durations, percentages, numbers, in figures or spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Final

from convgen.french.amounts import AmountError, format_amount, parse_amount_words
from convgen.french.dates import format_date
from convgen.french.numbers import NumberError, cardinal, format_number, parse_cardinal

_SPACE: Final = "[ \u00a0\u202f]"
_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_UNITS: Final = {"an": "mois", "année": "mois", "mois": "mois", "semaine": "jours", "jour": "jours", "heure": "heures"}
_SIZES: Final = {"an": 12, "année": 12, "semaine": 7}

#: Words that make a number, longest first; « et » joins two of them.
_WORD: Final = "|".join(
    sorted(
        {
            *(word for n in (*range(101), 1000) for word in re.split("[- ]", cardinal(n)) if word != "et"),
            "une", "cents", "mil", "milles", "vingts", "million", "millions", "milliard", "milliards",
        },
        key=len,
        reverse=True,
    )
)  # fmt: skip
_WORDS: Final = rf"\b(?:{_WORD})(?:(?:[-\u2010\u2011 \u00a0\u202f]|{_SPACE}et{_SPACE}|-et-)(?:{_WORD}))*\b"
_DIGITS: Final = rf"(?<![\d,.])\d{{1,3}}(?:(?:{_SPACE}|[.'’])\d{{3}})+(?!\d)(?:,\d+)?|(?<![\d,.])\d+(?:[,.]\d+)?"
_MONEY: Final = (
    rf"(?:k€|keuros?|kEUR|M€|MEUR|(?:milliers|millions?|milliards?){_SPACE}d['’]euros|mille{_SPACE}(?:euros?|€)"
    r"|€|EUR\b|euros?\b)"
)
_AMOUNT = re.compile(rf"({_DIGITS}){_SPACE}*({_MONEY})|(?:€|EUR){_SPACE}?({_DIGITS})", re.IGNORECASE)
#: « quinze k€ »: words before a sign.
_AMOUNT_MIXED = re.compile(rf"({_WORDS}){_SPACE}*(k€|keuros?\b|kEUR\b|M€|MEUR\b|€|EUR\b)", re.IGNORECASE)
_AMOUNT_WORDS = re.compile(
    rf"({_WORDS})(?:{_SPACE}|{_SPACE}d['’]|{_SPACE}de{_SPACE})euros?\b(?:{_SPACE}et{_SPACE}({_WORDS}){_SPACE}centimes?\b)?",
    re.IGNORECASE,
)
#: The number of an organisme is no amount.
_SIRET: Final = re.compile(
    rf"(?:\bSIRE[NT]\b\D{{0,6}})?(?<![\d,.])\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d{{5}}(?!\d)"
    rf"|\bSIREN\b\D{{0,6}}\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d{{3}}(?!\d)"
)
#: A number with its thousands parted is an amount whose unit is left out.
_BARE = re.compile(rf"(?<![\d,.])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d])(?:,\d+)?")
_DAY_NUMBER: Final = rf"1{_SPACE}?er|\d{{1,2}}|premier|{_WORDS}"
_DATE = re.compile(
    rf"(?<!\w)({_DAY_NUMBER}){_SPACE}({'|'.join(_MONTHS)})(?:{_SPACE}(\d{{4}}\b|deux{_SPACE}mille(?:[- ]{_WORDS})?))?",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_ISO_DATE = re.compile(r"(?<![\w/.-])((?:19|20)\d{2})-(\d{2})-(\d{2})(?![\w-])")
_ANNEXE_NUMBER: Final = rf"\d[\w.]*(?:{_SPACE}(?:bis|ter|quater)\b)?"
_ANNEXE = re.compile(
    rf"(en{_SPACE}+)?\bannexes?{_SPACE}+(?:n[°º]s?{_SPACE}*)?({_ANNEXE_NUMBER}(?:(?:,{_SPACE}|{_SPACE}et{_SPACE}){_ANNEXE_NUMBER})*)",
    re.IGNORECASE,
)
_ONE_NUMBER: Final = r"\w[\w./-]*\w|\w"
_NUMBER = re.compile(
    rf"\b(?:n[°º]s|numéros){_SPACE}+((?:{_ONE_NUMBER})(?:(?:,{_SPACE}|{_SPACE}et{_SPACE})(?:\d[\w./-]*\w|\d))*)"
    rf"|(?:\bn[°º]|\bnuméro\b){_SPACE}*({_ONE_NUMBER})",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"({_DIGITS}|{_WORDS}){_SPACE}*(?:%|pour{_SPACE}cent\b)", re.IGNORECASE)
#: Shares that are said in words.
_SHARE = re.compile(
    rf"\bà{_SPACE}hauteur{_SPACE}(?:de{_SPACE}la{_SPACE}(moitié)|d['’]un{_SPACE}(quart)|des{_SPACE}(trois{_SPACE}quarts))\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(rf"({_DIGITS}|{_WORDS}){_SPACE}({'|'.join(_UNITS)})s?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w./-])((?:19|20)\d{2})(?:[-/–]((?:19|20)\d{2}))?(?![\w])(?!/\d)")
_YEAR_WORDS = re.compile(
    rf"\b(?:années?|exercices?|en){_SPACE}(deux{_SPACE}mille(?:[-\u2010\u2011 ]{_WORDS})?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text says.

    Attributes:
        amounts: in euros.
        days: with their year; `dayless`: (month, day) whose year is not said.
        numbers: what follows « n° ».
        years: 1900 to 2099.
        lengths: "36 mois", "10 jours": years are said in months, weeks in days.
        rates: percentages.
        annexes: numbers of annexes; `joined`: those after « en annexe ».
        strange: dates and amounts that are none, as printed.
    """

    amounts: frozenset[Decimal] = frozenset()
    days: frozenset[date] = frozenset()
    numbers: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    lengths: frozenset[str] = frozenset()
    rates: frozenset[Decimal] = frozenset()
    annexes: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    dayless: frozenset[tuple[int, int]] = frozenset()
    strange: frozenset[str] = frozenset()

    def __or__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, one.name) | getattr(other, one.name) for one in fields(self)))

    def missing_from(self, known: Figures) -> Iterator[tuple[str, str]]:
        """(kind, printed) of each figure that is not known; annexes are for the caller."""
        yield from (("le montant", format_amount(one)) for one in sorted(self.amounts - known.amounts))
        yield from (("la date", f"du {format_date(one)}") for one in sorted(self.days - known.days))
        months = {(one.month, one.day) for one in known.days} | known.dayless
        for month, day in sorted(self.dayless - months):
            yield "la date", f"du {'1er' if day == 1 else day} {_MONTHS[month - 1]}"
        yield from (("le numéro", one) for one in sorted(self.numbers - known.numbers))
        years = known.years | {one.year for one in known.days}
        yield from (("l'année", str(one)) for one in sorted(self.years - years))
        yield from (("la durée", f"de {one}") for one in sorted(self.lengths - known.lengths))
        yield from (("le pourcentage", f"{format_number(one)} %") for one in sorted(self.rates - known.rates))
        yield from (("l'expression", f"« {one} »") for one in sorted(self.strange))


def figures_of(text: str) -> Figures:
    """The figures of a text. A day without its year takes that of the next date: « du 1er au 31 mai 2024 »."""
    return _Reader(text).read()


def amounts_at(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Each amount of a text, with where it begins and ends, in no order."""
    for wanted in (_AMOUNT, _AMOUNT_MIXED, _AMOUNT_WORDS, _BARE):
        for found in wanted.finditer(text):
            value = _spelt(found[0]) if wanted is _AMOUNT_WORDS else _amount_of(wanted, found)
            if value is not None:
                yield found.start(), found.end(), value
        text = wanted.sub(lambda one: "\ufffc" * len(one[0]), text)


def _amount_of(wanted: re.Pattern[str], found: re.Match[str]) -> Decimal | None:
    return _number(found[0]) if wanted is _BARE else _amount(found)


def _spelt(words: str) -> Decimal | None:
    try:
        return parse_amount_words(words)
    except AmountError:
        return None


class _Reader:
    """Takes each figure out of the text, so that no part of it is read twice."""

    __slots__ = ("strange", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.strange: set[str] = set()

    def read(self) -> Figures:
        """Most precise forms first."""
        joined, annexes = set[str](), set[str]()
        self.take(_SIRET)
        for found in self.take(_ANNEXE):
            said = _series(found[2])
            annexes |= said
            joined |= said if found[1] else set()
        numbers = {one for found in self.take(_NUMBER) for one in _series(found[1] or found[2])}
        amounts = {one for found in self.take(_AMOUNT) if (one := _amount(found)) is not None}
        amounts |= {one for found in self.take(_AMOUNT_MIXED) if (one := _amount(found)) is not None}
        amounts |= {spelt for found in self.take(_AMOUNT_WORDS) if (spelt := self.spelt(found[0])) is not None}
        days, dayless = self.days()
        rates = {one for found in self.take(_PERCENT) if (one := _number(found[1])) is not None}
        rates |= {Decimal(50 if found[1] else 25 if found[2] else 75) for found in self.take(_SHARE)}
        lengths = {length for found in self.take(_LENGTH) if (length := _length(found)) is not None}
        amounts |= {one for found in self.take(_BARE) if (one := _number(found[0])) is not None}
        years = {int(one) for found in self.take(_YEAR) for one in found.groups() if one}
        years |= {int(one) for found in self.take(_YEAR_WORDS) if (one := _number(found[1])) is not None}
        sets = (amounts, days, numbers, years, lengths, rates, annexes, joined, dayless, self.strange)
        return Figures(*(frozenset(one) for one in sets))  # type: ignore[arg-type]

    def take(self, wanted: re.Pattern[str]) -> list[re.Match[str]]:
        """What is found, now out of the text."""
        found = [*wanted.finditer(self.text)]
        self.text = wanted.sub(" \ufffc ", self.text)
        return found

    def spelt(self, words: str) -> Decimal | None:
        """An amount in words; a misspelt one cannot be compared."""
        found = _spelt(words)
        if found is None:
            self.strange.add(words)
        return found

    def days(self) -> tuple[set[date], set[tuple[int, int]]]:
        """The days, and those whose year is never said."""
        whole: set[date] = set()
        alone: set[tuple[int, int]] = set()
        for found in self.take(_NUMERIC_DATE):
            self.day(found[0], int(found[4]), int(found[3]), int(found[1]), whole)
        for found in self.take(_ISO_DATE):
            self.day(found[0], int(found[1]), int(found[2]), int(found[3]), whole)
        year = 0
        for found in reversed(self.take(_DATE)):
            said = _number(found[3]) if found[3] else None
            year = int(said) if said is not None else year
            rank = _number(found[1])
            number = 1 if rank is None else int(rank)
            month = _MONTHS.index(found[2].casefold()) + 1
            if year:
                self.day(found[0], year, month, number, whole)
            else:
                alone.add((month, number))
        return whole, alone

    def day(self, printed: str, year: int, month: int, day: int, days: set[date]) -> None:
        """A day; « 31 février 2024 » is none and cannot be compared."""
        try:
            days.add(date(year, month, day))
        except ValueError:
            self.strange.add(printed)


def _series(said: str) -> set[str]:
    """« 5, 6 et 7 »: each of them."""
    return {one.strip().rstrip(".") for one in re.split(rf",{_SPACE}|{_SPACE}et{_SPACE}", said) if one.strip()}


def _number(said: str) -> Decimal | None:
    """A number in figures, its thousands parted or not, or in words; None for neither."""
    if not said[0].isdigit():
        try:
            return Decimal(parse_cardinal(said))
        except NumberError:
            return None
    if re.fullmatch(rf"1{_SPACE}?er", said):
        return Decimal(1)
    bare = re.sub(rf"(?:{_SPACE}|['’])(?=\d)", "", said)
    bare = re.sub(r"\.(?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    return Decimal(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else None


def _amount(found: re.Match[str]) -> Decimal | None:
    value = _number(found[1] or found[found.re.groups])
    unit = (found[2] or "").casefold()
    if value is None:
        return None
    if unit.startswith(("k", "millier", "mille")):
        return value * 1000
    if unit.startswith("milliard"):
        return value * 1_000_000_000
    return value * 1_000_000 if unit.startswith("m") else value


def _length(found: re.Match[str]) -> str | None:
    value = _number(found[1])
    if value is None or 1900 <= value < 2100:
        return None  # « en 2024 jours »: a year, not a length
    unit = next(one for one in _UNITS if found[2].casefold() == one)
    return length_of(value, unit)


def length_as_typed(text: str, length: str) -> str:
    """The words of a text that say this length: « 3 ans » for "36 mois"."""
    return next((found[0] for found in _LENGTH.finditer(text) if _length(found) == length), length)


def length_of(value: Decimal, unit: str) -> str:
    """« 3 ans » is « 36 mois »: lengths are compared in months, days or hours."""
    return f"{format_number(value * _SIZES.get(unit, 1))} {_UNITS[unit]}"
