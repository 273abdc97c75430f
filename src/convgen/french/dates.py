"""Dates, periods and lengths of time: read, printed in figures and words, added up. The calendar is ``calendar_fr``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from convgen.french.agreement import Agreement
from convgen.french.calendar_fr import MONTHS, DateError, add_months, days_in_month, is_workday
from convgen.french.elision import elide
from convgen.french.grammar import NounPhrase, join_list
from convgen.french.numbers import SPACES, NumberError, Spelling, cardinal, parse_cardinal

__all__ = [
    "MONTHS",
    "DateError",
    "Duration",
    "add_duration",
    "add_months",
    "date_in_words",
    "duration_in_words",
    "duration_phrase",
    "end_date",
    "format_date",
    "format_duration",
    "month_range",
    "parse_date",
    "parse_duration",
    "period",
]

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_SLASHES = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})")
_WRITTEN = re.compile(r"(?:le )?(?P<day>1er|[0-9]{1,2}) (?P<month>[^\W\d_]+) (?P<year>[0-9]{4})", re.IGNORECASE)
_PLAIN = str.maketrans("éèûôâ", "eeuoa")
_MONTH_NUMBERS = {name.translate(_PLAIN): number for number, name in enumerate(MONTHS, start=1)}
_EXAMPLE = "écrivez par exemple « 1er juin 2024 » ou « 2024-06-01 »"


def parse_date(text: str) -> date:
    """Read « 2024-06-01 », « 1er juin 2024 », « 7 juin 2024 » or « 01/06/2024 » (day first).

    Raises:
        DateError: When it is not a date, or a day that does not exist.
    """
    stripped = re.sub(rf"[{SPACES}]+", " ", text.strip())
    found = _ISO.fullmatch(stripped) or _SLASHES.fullmatch(stripped) or _WRITTEN.fullmatch(stripped)
    month = 0
    if found:
        name = found["month"].casefold()
        month = int(name) if name.isdecimal() else _MONTH_NUMBERS.get(name.translate(_PLAIN), 0)
    if not found or not (1 <= month <= 12) or found["year"] == "0000":
        raise DateError(f"« {stripped} » n'est pas une date" if stripped else "la date est vide", remedy=_EXAMPLE)
    day, year = int(found["day"].removesuffix("er").removesuffix("ER")), int(found["year"])
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(
            f"le {day} {MONTHS[month - 1]} {year} n'existe pas",
            remedy=f"{MONTHS[month - 1]} {year} compte {days_in_month(year, month)} jours",
        ) from None


def _day(number: int) -> str:
    return "1er" if number == 1 else str(number)


def format_date(d: date) -> str:
    """« 1er juin 2024 », without the article."""
    return f"{_day(d.day)} {MONTHS[d.month - 1]} {d.year}"


def date_in_words(d: date, spelling: Spelling = Spelling.TRADITIONNELLE) -> str:
    """« premier juin deux mille vingt-quatre », without the article."""
    day = "premier" if d.day == 1 else cardinal(d.day, spelling=spelling)
    return f"{day} {MONTHS[d.month - 1]} {cardinal(d.year, spelling=spelling)}"


def month_range(start: date, end: date) -> str:
    """« de juin à décembre 2024 », « d'octobre 2024 à mars 2025 », « en juin 2024 » for a single month.

    Raises:
        DateError: When the end comes before the start.
    """
    _in_order(start, end)
    first, last = MONTHS[start.month - 1], f"{MONTHS[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"en {last}"
    first = first if start.year == end.year else f"{first} {start.year}"
    return f"{elide('de', first)} à {last}"


def period(start: date, end: date) -> str:
    """« du 1er juin au 31 décembre 2024 »: what both dates share is said once; « le 1er juin 2024 » for a single day.

    Raises:
        DateError: When the end comes before the start.
    """
    _in_order(start, end)
    if start == end:
        return f"le {format_date(start)}"
    if start.year != end.year:
        first = format_date(start)
    elif start.month != end.month:
        first = f"{_day(start.day)} {MONTHS[start.month - 1]}"
    else:
        first = _day(start.day)
    return f"du {first} au {format_date(end)}"


def _in_order(start: date, end: date) -> None:
    if end < start:
        raise DateError(
            f"la période finit le {format_date(end)}, avant de commencer le {format_date(start)}",
            remedy="vérifiez l'ordre des deux dates",
        )


_KINDS = ("calendaires", "ouvrés", "ouvrables", "francs")
# Field, singular, plural, feminine.
_UNITS = (
    ("years", "an", "ans", False),
    ("months", "mois", "mois", False),
    ("weeks", "semaine", "semaines", True),
    ("days", "jour", "jours", False),
    ("hours", "heure", "heures", True),
)
_UNIT_FIELDS = {form: field for field, one, many, _ in _UNITS for form in (one, many)} | {
    "année": "years",
    "années": "years",
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, kept as it was said: « 12 mois » is not « 1 an ».

    ``kind`` qualifies days: calendaires, ouvrés (Monday to Friday, public holidays out), ouvrables (Monday to
    Saturday, public holidays out), francs (neither the first nor the last day counts); empty for none.

    Raises:
        DateError: When negative or nil, or when the kind is unknown or qualifies no days.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    kind: str = ""

    def __post_init__(self) -> None:
        values = [value for _, value in self.parts()]
        if not values or min(values) < 0:
            raise DateError("la durée est nulle ou négative", remedy="donnez une durée d'au moins une unité")
        if self.kind and (self.kind not in _KINDS or not self.days):
            raise DateError(
                f"« {self.kind} » ne qualifie pas cette durée",
                remedy="écrivez par exemple « 30 jours calendaires », « ouvrés », « ouvrables » ou « francs »",
            )

    def parts(self) -> list[tuple[str, int]]:
        """The fields that are not nil, from the longest unit to the shortest."""
        values = (self.years, self.months, self.weeks, self.days, self.hours)
        return [(unit[0], value) for unit, value in zip(_UNITS, values, strict=True) if value]


_PART = re.compile(
    r"(?P<number>[0-9]+|[^\W\d_]+(?:[- ][^\W\d_]+)*?) (?P<unit>an|ans|années?|mois|semaines?|jours?|heures?)"
    r"(?: (?P<kind>calendaires?|ouvrés?|ouvrables?|francs?))?(?:,? et |, | |$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration:
    """Read « 30 jours calendaires », « trois ans », « un an et six mois », « un an et demi », « 48 heures ».

    Raises:
        DateError: When it is not a length of time, or it is nil.
    """
    stripped = re.sub(rf"[{SPACES}]+", " ", text.strip()).casefold()
    rest = re.sub(r"^(un an|une année|[^ ]+ ans|[^ ]+ années) et demie?$", r"\1 et six mois", stripped)
    values: dict[str, int] = {}
    kind = ""
    while rest:
        found = _PART.match(rest)
        field = _UNIT_FIELDS[found["unit"]] if found else ""
        if not found or field in values:
            raise _not_a_duration(text)
        try:
            number = found["number"]
            values[field] = int(number) if number.isdecimal() else parse_cardinal(number)
        except NumberError as error:
            raise DateError(f"« {text.strip()} » n'est pas une durée", remedy=error.remedy) from None
        if found["kind"]:
            kind = found["kind"].removesuffix("s") + "s"
        rest = rest[found.end() :]
    if not values:
        raise _not_a_duration(text)
    return Duration(**values, kind=kind)


def _not_a_duration(text: str) -> DateError:
    return DateError(
        f"« {text.strip()} » n'est pas une durée" if text.strip() else "la durée est vide",
        remedy="écrivez par exemple « 3 ans », « six mois » ou « 30 jours calendaires »",
    )


def _said(d: Duration, *, words: bool, spelling: Spelling) -> str:
    said: list[str] = []
    values = dict(d.parts())
    for field, one, many, feminine in _UNITS:
        value = values.get(field)
        if not value:
            continue
        number = cardinal(value, feminine=feminine, spelling=spelling) if words else str(value)
        text = f"{number} {one if value == 1 else many}"
        if field == "days" and d.kind:
            text += f" {d.kind.removesuffix('s') if value == 1 else d.kind}"
        said.append(text)
    return join_list(said)


def format_duration(d: Duration) -> str:
    """« 30 jours calendaires », « 1 an et 6 mois »."""
    return _said(d, words=False, spelling=Spelling.TRADITIONNELLE)


def duration_in_words(d: Duration, spelling: Spelling = Spelling.TRADITIONNELLE) -> str:
    """« trente jours calendaires », « vingt et une semaines »."""
    return _said(d, words=True, spelling=spelling)


@lru_cache(maxsize=1024)
def duration_phrase(d: Duration, words: bool = False, spelling: Spelling = Spelling.TRADITIONNELLE) -> NounPhrase:
    """The length as a noun phrase without article: joined to « de », « d'un mois », « de trois mois », « de 1 an »."""
    parts = d.parts()
    plural = len(parts) > 1 or parts[0][1] > 1
    feminine = all(field in ("weeks", "hours") for field, _ in parts)
    return NounPhrase("", _said(d, words=words, spelling=spelling), Agreement(feminine, plural))


def add_duration(start: date, d: Duration) -> date:
    """The day that lies a duration after another; the end of a shorter month stands for its missing days.

    Years and months are added first, then weeks and days, of the kind said.

    Raises:
        DateError: For hours that do not make whole days, or past the year 9999.
    """
    if d.hours % 24:
        raise DateError(
            f"{format_duration(d)} ne font pas un nombre entier de jours",
            remedy="donnez un délai en jours pour en calculer le terme",
        )
    day = add_months(start, 12 * d.years + d.months)
    try:
        day += timedelta(days=7 * d.weeks + d.hours // 24)
        if d.kind in ("ouvrés", "ouvrables"):
            return _add_workdays(day, d.days, saturdays=d.kind == "ouvrables")
        return day + timedelta(days=d.days + (d.kind == "francs"))
    except OverflowError:
        raise DateError("cette durée dépasse l'an 9999", remedy="vérifiez la durée") from None


def _add_workdays(day: date, count: int, *, saturdays: bool) -> date:
    while count:
        day += timedelta(days=1)
        count -= is_workday(day, saturdays=saturdays)
    return day


def end_date(start: date, d: Duration) -> date:
    """Last day of a duration that begins on a day, that day counted: three years from 1 January end on 31 December.

    It is the day before the anniversary. When the month has no such day (one month from 31 January), it is that
    month's last day.

    Raises:
        DateError: As ``add_duration``.
    """
    if d.kind in ("ouvrés", "ouvrables"):
        return add_duration(start - timedelta(days=1), d)
    after = add_duration(start, d)
    clamped = not (d.weeks or d.days or d.hours) and after.day < start.day
    return after if clamped else after - timedelta(days=1)
