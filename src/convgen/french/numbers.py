"""Cardinals in words and in figures, Roman numerals and list letters. Amounts of money live in ``amounts``."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from convgen.french.errors import FrenchError

THIN = "\u202f"
"""Narrow no-break space: between thousands."""
NO_BREAK = "\u00a0"
"""No-break space: before a unit or a sign."""
SPACES = " \t\u00a0\u2007\u2009\u202f"
"""Every space that a keyboard, Word or a PDF puts inside a number."""
MAXIMUM = 10**15

_SPACES = re.compile(f"[{SPACES}]+")
_GROUPED = re.compile(rf"[0-9]+|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+")


class NumberError(FrenchError):
    """A text that is not a number, or a number that cannot be written."""


class Spelling(StrEnum):
    """The two spellings of compound numerals.

    ``REFORMEE`` joins every word with hyphens (Conseil supérieur de la langue française, Journal officiel,
    documents administratifs, 6 December 1990); ``TRADITIONNELLE`` is that of the Dictionnaire de l'Académie.
    """

    TRADITIONNELLE = "traditionnelle"
    REFORMEE = "1990"


def cardinal(n: int, *, feminine: bool = False, spelling: Spelling = Spelling.TRADITIONNELLE) -> str:
    """Spell a whole number: ``cardinal(21, feminine=True)`` is « vingt et une ».

    Args:
        n: From 0 to 10**15.
        feminine: Agree a final « un » with a feminine noun.
        spelling: Traditional, or with a hyphen everywhere.

    Raises:
        NumberError: For a negative number or one above the limit.
    """
    return _cardinal(n, feminine, spelling)


@lru_cache(maxsize=8192)
def _cardinal(n: int, feminine: bool, spelling: Spelling) -> str:
    if n < 0:
        raise NumberError("un nombre négatif ne s'écrit pas en lettres", remedy="donnez un nombre positif")
    if n > MAXIMUM:
        raise NumberError("ce nombre est trop grand pour être écrit en lettres", remedy="la limite est 10^15")
    # Imported on first use: the module loads sixty languages, which --help need not pay for.
    from num2words import num2words

    words: str = num2words(n, lang="fr")
    if feminine and re.search(r"(?:^|[ -])un$", words):
        words += "e"
    return words.replace(" ", "-") if spelling is Spelling.REFORMEE else words


_UNITS = {
    "zéro": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
_TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_SCALES = {"million": 10**6, "milliard": 10**9, "billion": 10**12, "billiard": 10**15}


def parse_cardinal(words: str) -> int:
    """Read a number written in words, in either spelling, with hyphens or spaces, masculine or feminine.

    Raises:
        NumberError: When the words are no number, or a misspelt one (« quatre-vingts-deux », « deux milles »);
            the remedy then gives the right spelling.
    """
    tokens = re.split(rf"[-\u2010\u2011{SPACES}]+", words.strip().casefold())
    if tokens[-1] == "une":
        tokens[-1] = "un"
    # « mil » is the old form of the thousand of dates.
    tokens = ["mille" if word == "mil" else word for word in tokens]
    value = _evaluate(tokens)
    if value is None or value > MAXIMUM:
        raise NumberError(
            f"« {words.strip()} » n'est pas un nombre écrit en lettres",
            remedy="écrivez par exemple « vingt et un » ou « deux cents »",
        )
    right = cardinal(value)
    if " ".join(tokens) != right.replace("-", " "):
        raise NumberError(f"« {words.strip()} » est mal écrit", remedy=f"écrivez « {right} »")
    return value


def _evaluate(tokens: list[str]) -> int | None:
    """Value of the tokens by the usual additive reading; None when a word is not a numeral.

    The reading is generous (the caller compares with the one right spelling), so that a misspelling can be named.
    """
    total = thousands = current = 0
    for word in tokens:
        if word == "et":
            continue
        singular = word.rstrip("s")
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            # « quatre-vingt »: the four just read multiplies; « cent quatre-vingt » only its last digit.
            four = singular == "vingt" and current % 20 == 4
            current += 76 if four else _TENS[word]
        elif singular == "cent":
            current = max(current, 1) * 100
        elif singular == "mille":
            thousands, current = max(current, 1) * 1000, 0
        elif singular in _SCALES:
            total, thousands, current = total + (thousands + max(current, 1)) * _SCALES[singular], 0, 0
        else:
            return None
    return total + thousands + current


def format_number(value: Decimal | int) -> str:
    """Figures the French way: « 84 934 », « 0,2049 »; thin no-break spaces between thousands, decimal comma."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    sign = "-" if text.startswith("-") else ""
    whole, _, decimals = text.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", THIN)
    return f"{sign}{grouped},{decimals}" if decimals else sign + grouped


def parse_number(text: str) -> Decimal:
    """Read figures: « 84 934 », « 0,2049 », « -3 », « 1466282.00 ».

    A dot is read as a decimal mark unless it could separate thousands: « 1.500 » and « 1.500,00 » are refused.

    Raises:
        NumberError: When the text is not a number, or its dot is ambiguous.
    """
    stripped = text.strip().strip(SPACES)
    negative = stripped.startswith(("-", "\u2212"))
    body = stripped[1:].lstrip(SPACES) if negative else stripped
    mark = "," if "," in body else "."
    whole, found, decimals = body.partition(mark)
    if mark == "." and found and _may_be_thousands(whole, decimals):
        raise NumberError(
            f"le point de « {stripped} » est ambigu",
            remedy="séparez les milliers par une espace et les décimales par une virgule",
        )
    if not _GROUPED.fullmatch(whole) or (found and not re.fullmatch(r"[0-9]+", decimals)):
        raise NumberError(
            f"« {stripped} » n'est pas un nombre" if stripped else "le nombre est vide",
            remedy="écrivez par exemple « 84 934 » ou « 0,2049 »",
        )
    number = Decimal(_SPACES.sub("", whole) + (f".{decimals}" if found else ""))
    # copy_negate: unary minus would round to the context's 28 digits.
    return number.copy_negate() if negative else number


def _may_be_thousands(whole: str, decimals: str) -> bool:
    return len(decimals) == 3 and len(whole) <= 3 and not whole.startswith("0")


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(n: int) -> str:
    """Roman numeral, in capitals, from 1 to 3999.

    Raises:
        NumberError: Outside that range.
    """
    if not 1 <= n <= 3999:
        raise NumberError(f"{n} n'a pas de chiffre romain", remedy="la numérotation romaine va de 1 à 3999")
    parts: list[str] = []
    for value, letters in _ROMAN:
        count, n = divmod(n, value)
        parts.append(letters * count)
    return "".join(parts)


def letter(n: int) -> str:
    """Letters of a list: a, b, …, z, aa, ab and so on.

    Raises:
        NumberError: Below 1.
    """
    if n < 1:
        raise NumberError(f"{n} n'a pas de lettre", remedy="la numérotation par lettres commence à 1")
    letters = ""
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
