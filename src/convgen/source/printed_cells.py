"""The cells of a workbook as a spreadsheet in French shows them: formats of numbers and days, what is hidden left out.

Formats are those of ISO/IEC 29500-1, 18.8.30-31; colours, conditions, fractions and powers are not drawn.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final

_ROW: Final = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb'(\w+)="([^"]*)"')
_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_SHORT_MONTHS: Final = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
#: A literal, a currency, a mark that draws nothing.
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|(\[[^\]]*\])|_(.)|\*(.)')
_DIGITS: Final = re.compile(r"[#0?](?:[#0?,. ]*[#0?])?,*")
#: The short day of every spreadsheet; each shows it as its country writes it.
_SHORT_DAY: Final = ("mm-dd-yy", "m/d/yy", "m/d/yyyy", "general")
_GROUP: Final = "\u202f"


def shown(value: object, code: str = "General") -> str:
    """A value as it is seen.

    Args:
        value: as openpyxl reads it.
        code: its format (« #,##0.00 € », « 0.0% », « dd/mm/yyyy hh:mm »).
    """
    match value:
        case None:
            return ""
        case bool():
            return "VRAI" if value else "FAUX"
        case int() | float():
            return _number(value, code)
        case datetime() | date() | time():
            return _day(value, code)
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
        case _:
            return str(value).strip()


# --- numbers ----------------------------------------------------------------------------------------------


def _number(value: float, code: str) -> str:
    try:
        exact = Decimal(format(value, ".15g"))
    except ArithmeticError:
        return str(value)
    if not exact.is_finite():
        return str(value)
    sections = code.split(";")
    bare = code.strip().casefold()
    section, signed = sections[0], exact < 0
    if exact < 0 and len(sections) > 1:
        section, signed = sections[1], False
    elif exact == 0 and len(sections) > 2:
        section = sections[2]
    words: list[str] = []
    shape = _LITERAL.sub(lambda found: _kept(found, words), section)
    digits = _DIGITS.search(shape)
    if bare in ("general", "@") or re.search(r"general|[eE][+-]|/", shape, re.IGNORECASE):
        return _plain(exact)
    if digits is None:
        return _restored(shape, words).strip() or ("" if section == "" else _restored(shape, words))
    printed = _digits(abs(exact).scaleb(2 * shape.count("%")), digits[0])
    before, after = shape[: digits.start()], shape[digits.end() :]
    minus = "-" if signed and printed.strip("0,\u202f") else ""
    made = f"{minus}{_restored(before, words)}{printed}{_restored(after, words)}"
    return re.sub(r"[ \u00a0]*([%€])", "\u00a0\\1", made).strip()


def _kept(found: re.Match[str], words: list[str]) -> str:
    """A literal put aside, so that nothing in it is taken for a digit."""
    literal = next((found[rank] for rank in (1, 2, 3) if found[rank] is not None), " " if found[5] else "")
    words.append(literal)
    return f"\x00{chr(0xE000 + len(words) - 1)}"


def _restored(shape: str, words: list[str]) -> str:
    return re.sub(r"\x00(.)", lambda found: words[ord(found[1]) - 0xE000], shape, flags=re.DOTALL)


def _digits(value: Decimal, shape: str) -> str:
    scaled = value.scaleb(-3 * (len(shape) - len(shape.rstrip(","))))
    whole, _, decimals = shape.rstrip(",").partition(".")
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    left, _, right = format(rounded, "f").partition(".")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        left = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", _GROUP, left)
    while right.endswith("0") and len(right) > decimals.count("0"):
        right = right[:-1]
    return f"{left},{right}" if right else left


def _plain(value: Decimal) -> str:
    return format(value, "f").replace(".", ",")


# --- days and hours ---------------------------------------------------------------------------------------


def _day(value: datetime | date | time, code: str) -> str:
    words: list[str] = []
    shape = _LITERAL.sub(lambda found: _kept(found, words), code.split(";")[0])
    if shape.strip().casefold() in _SHORT_DAY:
        shape = "dd/mm/yyyy"
    if isinstance(value, time):
        value = datetime.combine(date(1900, 1, 1), value)
    elif not isinstance(value, datetime):
        value = datetime.combine(value, time())
    tokens = re.findall(r"\x00.|y+|m+|d+|h+|s+|AM/PM|A/P|.", shape, re.IGNORECASE | re.DOTALL)
    half = any(one.upper() in ("AM/PM", "A/P") for one in tokens)
    letters = [one[0].casefold() if one[0].casefold() in "ymdhs" else "" for one in tokens]
    made = [_token(value, one, _is_minutes(letters, rank), half) for rank, one in enumerate(tokens)]
    return _restored("".join(made), words).strip()


def _is_minutes(letters: list[str], rank: int) -> bool:
    """« m » counts minutes after hours or before seconds."""
    before = next((one for one in reversed(letters[:rank]) if one), "")
    after = next((one for one in letters[rank + 1 :] if one), "")
    return before == "h" or after == "s"


def _token(value: datetime, token: str, minutes: bool, half: bool) -> str:
    size = len(token)
    match token[0].casefold():
        case "y":
            return f"{value:%Y}" if size > 2 else f"{value:%y}"
        case "m" if minutes:
            return str(value.minute).rjust(min(size, 2), "0")
        case "m":
            return _name(value.month, _MONTHS[value.month - 1], _SHORT_MONTHS[value.month - 1], size)
        case "d":
            name = _DAYS[value.weekday()]
            return _name(value.day, name, f"{name[:3]}.", size)
        case "h":
            return str((value.hour % 12 or 12) if half else value.hour).rjust(min(size, 2), "0")
        case "s":
            return str(value.second).rjust(min(size, 2), "0")
        case "a" if token.upper() in ("AM/PM", "A/P"):
            return "AM" if value.hour < 12 else "PM"
    return token


def _name(number: int, name: str, short: str, size: int) -> str:
    if size <= 2:
        return str(number).rjust(size, "0")
    return name if size > 3 else short


# --- what is hidden ---------------------------------------------------------------------------------------


def hidden(path: Path, part: str) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the rows and of the columns that a sheet hides, from 1; openpyxl hides them row by row."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part.removeprefix("/"))
    rows = (int(held[b"r"]) for held in _held(_ROW, content) if b"r" in held)
    columns = (
        number
        for held in _held(_COLUMN, content)
        for number in range(int(held.get(b"min", b"1")), min(int(held.get(b"max", b"0")), 16_384) + 1)
    )
    return frozenset(rows), frozenset(columns)


def _held(pattern: re.Pattern[bytes], content: bytes) -> Iterator[dict[bytes, bytes]]:
    for found in pattern.finditer(content):
        held = dict(_ATTRIBUTE.findall(found[1]))
        if held.get(b"hidden") in (b"1", b"true"):
            yield held
