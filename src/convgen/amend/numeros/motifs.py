"""Patterns of numbers as printed: what the reader of an avenant and the patterns of a pack both look for."""

from __future__ import annotations

from typing import Final

LATIN: Final = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")
ONE: Final = r"(?:\d+|[IVXLCDM]+|[A-Z]|[a-z])"
#: « 1 A.2 » stands under « 1er A ».
LETTERED: Final = r"(?:\s[A-Z]{1,2}(?=\.\d))?"
ADDED: Final = rf"(?:\s(?:{'|'.join(LATIN)})\b)?"
#: A number as printed: « 4 », « 1er », « 4.1 », « II-1 », « 42-2-1 », « 17 bis », « 5 A ».
NUMBER: Final = rf"(?:1er|{ONE}){LETTERED}(?:[.-]{ONE}{LETTERED})*(?![\w]){ADDED}(?:\s[A-Z]{{1,2}}(?![\w'’-]))?"
#: The annexes of a part of the act are counted apart: « annexe 3 emploi ».
_SERIES: Final = (
    r"(?:\s(?!(?:et|à|de|du|des|par|est|sont|ainsi|au|en|qui|rédigée?s?|devien\w+)\b)[a-zà-ÿœ][a-zà-ÿœ-]+)?"
)
SERIES_NUMBER: Final = NUMBER + _SERIES
