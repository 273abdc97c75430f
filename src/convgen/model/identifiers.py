"""Registered identifiers checked by their keys: SIRET and IBAN."""

from __future__ import annotations

import re

_LA_POSTE = "356000000"
# Length by country, from the IBAN registry (ISO 13616-1, SWIFT), for the countries of the SEPA area.
_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21,
    "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24,
    "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
_SEPARATORS = re.compile(r"[\s.\u2010-\u2015-]+")


class IdentifierError(ValueError):
    """An identifier that cannot be right.

    Attributes:
        message: What is wrong, in French, without a final full stop.
        cause: Why.
        remedy: How to mend it.
    """

    def __init__(self, message: str, cause: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.remedy = remedy


def check_siret(text: str) -> str:
    """Check a SIRET: 14 digits whose Luhn sum is a multiple of 10.

    The establishments of La Poste (SIREN 356 000 000) but its head office have a plain sum multiple of 5 instead
    (INSEE, « Numéro SIRET »).

    Returns:
        The number as it prints: « 220 600 019 00016 ».

    Raises:
        IdentifierError: Not 14 digits, or a wrong key.
    """
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{14}", digits):
        raise IdentifierError(
            f"« {text.strip()} » n'est pas un numéro SIRET",
            f"Un SIRET a 14 chiffres ; celui-ci a {len(digits)} caractères.",
            "Recopiez les 14 chiffres, par exemple : 220 600 019 00016.",
        )
    post = digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0
    if int(digits) == 0 or not (_luhn(digits) or post):
        raise IdentifierError(
            f"le numéro SIRET « {text.strip()} » est faux",
            "Sa clé de contrôle ne correspond pas : un chiffre est faux ou deux sont inversés.",
            "Vérifiez-le sur l'annuaire des entreprises.",
        )
    return f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}"


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + rank % 2) for rank, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def check_iban(text: str) -> str:
    """Check an IBAN: its country, its length there, and its key (ISO 7064, modulo 97).

    Returns:
        The number as it prints, in groups of four: « FR14 2004 1010 0505 0001 3M02 606 ».

    Raises:
        IdentifierError: Malformed, of the wrong length, or with a wrong key.
    """
    code = _SEPARATORS.sub("", text).upper().removeprefix("IBAN")
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", code):
        raise IdentifierError(
            f"« {text.strip()} » n'est pas un IBAN",
            "Un IBAN commence par deux lettres de pays et deux chiffres.",
            "Recopiez-le du relevé d'identité bancaire.",
        )
    length = _LENGTHS.get(code[:2], len(code))
    if len(code) != length:
        raise IdentifierError(
            f"l'IBAN « {text.strip()} » n'a pas la bonne longueur",
            f"Il compte {len(code)} caractères au lieu de {length} pour le pays {code[:2]}.",
            "Recopiez-le du relevé d'identité bancaire.",
        )
    if int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 != 1:
        raise IdentifierError(
            f"l'IBAN « {text.strip()} » est faux",
            "Sa clé de contrôle ne correspond pas : un caractère est faux ou deux sont inversés.",
            "Recopiez-le du relevé d'identité bancaire.",
        )
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
