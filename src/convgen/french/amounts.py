"""Amounts in euros: read from figures or words, printed in figures or words. Always exact: no rounding, no float."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from convgen.french.errors import FrenchError
from convgen.french.numbers import (
    NO_BREAK,
    SPACES,
    NumberError,
    Spelling,
    cardinal,
    format_number,
    parse_cardinal,
    parse_number,
)

_CURRENCY = re.compile(rf"[{SPACES}]*(?:€|euros?|EUR)$", re.IGNORECASE)
_EXAMPLE = "écrivez par exemple « 1 466 282,00 € »"


class AmountError(FrenchError):
    """An amount that cannot be read, or that cannot be written without changing it."""


def parse_amount(text: str) -> Decimal:
    """Read an amount in figures, with or without « € » or « euros » and with any kind of space.

    Returns:
        The exact value, in euros.

    Raises:
        AmountError: Empty, not a number, negative, or with more than two decimals.
    """
    value = parse_unit_price(text)
    if _too_fine(value):
        raise AmountError(
            f"le montant « {text.strip()} » a plus de deux décimales",
            remedy="arrondissez-le au centime, ou déclarez un prix unitaire",
        )
    return value


def parse_unit_price(text: str) -> Decimal:
    """Read a unit price: as an amount, with any number of decimals (« 0,2049 € »).

    Raises:
        AmountError: Empty, not a number, or negative.
    """
    stripped = text.strip()
    if not stripped:
        raise AmountError("le montant est vide", remedy=_EXAMPLE)
    try:
        value = parse_number(_CURRENCY.sub("", stripped))
    except NumberError as error:
        ambiguous = "ambigu" in error.message
        message = error.message if ambiguous else f"« {stripped} » n'est pas un montant"
        raise AmountError(message, remedy=error.remedy if ambiguous else _EXAMPLE) from None
    if value.is_signed():
        raise AmountError(f"le montant « {stripped} » est négatif", remedy="donnez un montant positif")
    return value


def format_amount(value: Decimal, *, cents: Literal["si besoin", "toujours"] = "si besoin", sign: str = "€") -> str:
    """Figures and sign: « 300 000 € », « 586 512,80 € »; a finer unit price keeps its decimals, « 0,2049 € ».

    Args:
        value: In euros.
        cents: Whether whole amounts print « ,00 ».
        sign: What follows the figures, after a no-break space; empty for the figures alone.
    """
    text = format(value, "f")
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    # One decimal never prints alone: 1,5 € is « 1,50 € ».
    if decimals or cents == "toujours":
        decimals = decimals.ljust(2, "0")
    figures = format_number(Decimal(f"{whole}.{decimals}" if decimals else whole))
    return f"{figures}{NO_BREAK}{sign}" if sign else figures


@lru_cache(maxsize=4096)
def amount_in_words(value: Decimal, spelling: Spelling = Spelling.TRADITIONNELLE) -> str:
    """Spell an amount: « un million d'euros », « un euro et dix centimes », « quatre-vingts centimes ».

    Plural from 2 on; « d'euros » after a round million or milliard (Dictionnaire de l'Académie, « million »); cents
    only when there are any; « zéro euro » for nothing. The apostrophe is the typewriter's.

    Raises:
        AmountError: With more than two decimals (nothing is rounded silently), or above 10**15.
    """
    if _too_fine(value):
        raise AmountError(
            f"{format_number(value)} a plus de deux décimales et ne peut s'écrire en lettres sans être arrondi",
            remedy="arrondissez le montant au centime",
        )
    if value.is_signed() and value:
        return "moins " + amount_in_words(value.copy_abs(), spelling)
    euros = int(value)
    cents = int(format(value, "f").partition(".")[2][:2].ljust(2, "0"))
    try:
        parts = [_euros(euros, spelling)] if euros or not cents else []
    except NumberError as error:
        raise AmountError(error.message, remedy=error.remedy) from None
    if cents:
        parts.append(f"{cardinal(cents, spelling=spelling)} centime{'s' if cents > 1 else ''}")
    return " et ".join(parts)


def _euros(euros: int, spelling: Spelling) -> str:
    words = cardinal(euros, spelling=spelling)
    if euros and euros % 1_000_000 == 0:
        return f"{words} d'euros"
    return f"{words} euro{'s' if euros > 1 else ''}"


def _too_fine(value: Decimal) -> bool:
    # Read off the digits: arithmetic would round in the context's precision.
    return bool(format(value, "f").partition(".")[2].rstrip("0")[2:])


_WORDS = re.compile(
    r"(?P<minus>moins )?(?:(?P<euros>.+?)(?: d['’]| )euros?)?(?: et )?(?:(?P<cents>.+?) centimes?)?", re.IGNORECASE
)


def parse_amount_words(words: str) -> Decimal:
    """Read an amount written in words, in either spelling.

    Raises:
        AmountError: When it is no amount, or a misspelt one (the remedy gives the right spelling).
    """
    text = re.sub(rf"[{SPACES}]+", " ", words.strip())
    found = _WORDS.fullmatch(text)
    if not found or not (found["euros"] or found["cents"]):
        raise AmountError(
            f"« {text} » n'est pas un montant en lettres", remedy="écrivez par exemple « trois cents euros »"
        )
    try:
        euros = parse_cardinal(found["euros"]) if found["euros"] else 0
        cents = parse_cardinal(found["cents"]) if found["cents"] else 0
    except NumberError as error:
        raise AmountError(error.message, remedy=error.remedy) from None
    value = Decimal(f"{'-' if found['minus'] else ''}{euros}.{cents:02}") if cents < 100 else Decimal(0)
    right = amount_in_words(value)
    if _same(right) != _same(text):
        raise AmountError(f"« {text} » est mal écrit", remedy=f"écrivez « {right} »")
    return value


def _same(words: str) -> str:
    return words.casefold().replace("-", " ").replace("’", "'")


_MINUS = ("-", "\u2212", "\u2013")


def _signed_amount(text: str) -> Decimal:
    """An amount that may be below zero: a difference, a recovery. What an act grants never is."""
    stripped = text.strip()
    return -parse_amount(stripped[1:]) if stripped.startswith(_MINUS) else parse_amount(stripped)


def spell_lines(
    lines: Iterable[str], spelling: Spelling = Spelling.TRADITIONNELLE
) -> Iterator[tuple[int, str | AmountError]]:
    """Spell one amount a line, also below zero (« moins deux cents euros »); blank lines are skipped.

    Yields:
        The line's number, from 1, and its words or the error that it makes.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, amount_in_words(_signed_amount(line), spelling)
        except AmountError as error:
            yield number, error
