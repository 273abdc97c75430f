"""Months and public holidays of the French calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from convgen.french.errors import FrenchError

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


class DateError(FrenchError):
    """A date, a period or a duration that cannot be read or worked out."""


def days_in_month(year: int, month: int) -> int:
    """Number of days of a month, 1 to 12."""
    return monthrange(year, month)[1]


def add_months(d: date, months: int) -> date:
    """The same day some months later; the last day of the month when that day is missing (31 January → 29 February).

    Raises:
        DateError: Past the year 9999.
    """
    years, month = divmod(d.month - 1 + months, 12)
    year = d.year + years
    if not 1 <= year <= 9999:
        raise DateError("cette durée dépasse l'an 9999", remedy="vérifiez la durée")
    return date(year, month + 1, min(d.day, days_in_month(year, month + 1)))


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """The eleven legal holidays of a year (code du travail, article L. 3133-1), in metropolitan France."""
    easter = _easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return frozenset(
        [date(year, month, day) for month, day in fixed] + [easter + timedelta(days=days) for days in (1, 39, 50)]
    )


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (algorithm of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    lunar = year % 19
    epact = (19 * lunar + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (lunar + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def is_workday(day: date, *, saturdays: bool) -> bool:
    """Whether a day is ouvrable (Saturdays counted) or ouvré (not counted)."""
    return day.weekday() < (6 if saturdays else 5) and day not in public_holidays(day.year)
