"""Numbers that stay for ever: reading one, comparing two, and the number of what arrives between them.

Guide de légistique, 4th edition, sheet 3.4.1: what is inserted after article 17 is 17-1; after 42-2 and before 42-3,
42-2-1; between 4 and 4-1, « 4-1 A »; before the first, « 1er A », then « 1er AA » before it. Where the text in force
already says bis and ter, so does what arrives. A number that was borne once is never given to another division.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final, TypeAlias

from convgen.french.numbers import letter, roman


class Policy(StrEnum):
    """How a new version is numbered: numbers that stay for ever (Guide de légistique, 3.4.1), or 1, 2, 3 again."""

    FROZEN = "figee"
    RENUMBER = "renumerotation"


Rank: TypeAlias = tuple[tuple[int, int, int], ...]
"""A number as its parts, which compare in document order: the head, then what follows it, then an end mark."""

LATIN: Final = (
    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies", "undecies", "duodecies",
    "terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies", "octodecies", "novodecies", "vicies",
)  # fmt: skip
_BEFORE: Final = -1
_AFTER: Final = 1
_END: Final = (0, 0, 0)
_DASH: Final = 0
_BIS: Final = 1
_LETTERS: Final = 26
_MOST: Final = 99
_HEADS: Final = {"1": r"(\d+)(?:er|re)?", "I": r"([IVXLCDM]+)", "A": r"([A-Z]+)", "a": r"([a-z]+)"}
_TAIL: Final = re.compile(rf"-(?P<dash>\d+)| (?P<latin>{'|'.join(LATIN)})(?![a-z])| (?P<letters>[A-Z]+)(?![a-z])")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True)
class Style:
    """How a series counts.

    Attributes:
        form: "1", "I", "A" or "a", as `acte.nodes.Level.form`.
        first_ordinal: The first is « 1er ».
        latin: What arrives is « 17 bis » rather than « 17-1 ».
    """

    form: str = "1"
    first_ordinal: bool = False
    latin: bool = False


def read(own: str, form: str) -> Rank | None:
    """The rank of a number inside its series (« 17-1 », « 1er A », « IV bis »); None when it is none."""
    text = re.sub(r"\s", " ", own)
    head = re.match(_HEADS.get(form, _HEADS["1"]), text)
    value = _head_value(head[1], form) if head else None
    if head is None or value is None:
        return None
    parts: list[tuple[int, int, int]] = [(value, 0, 0)]
    place = head.end()
    while place < len(text):
        tail = _TAIL.match(text, place)
        if tail is None:
            return None
        parts.extend(_tail_parts(tail))
        place = tail.end()
    return (*parts, _END)


def _tail_parts(tail: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    if tail["dash"]:
        yield _AFTER, int(tail["dash"]), _DASH
    elif tail["latin"]:
        yield _AFTER, LATIN.index(tail["latin"]) + 1, _BIS
    else:
        for one in tail["letters"]:
            yield _BEFORE, ord(one) - ord("A") + 1, 0


def _head_value(text: str, form: str) -> int | None:
    match form:
        case "I":
            values = [_ROMAN[one] for one in text]
            total = sum(-a if a < b else a for a, b in zip(values, (*values[1:], 0), strict=True))
            return total if 0 < total < 4000 and roman(total) == text else None
        case "A" | "a":
            value = 0
            for one in text.lower():
                value = value * _LETTERS + ord(one) - ord("a") + 1
            return value
        case _:
            return int(text)


def write(rank: Rank, style: Style) -> str:
    """The number as printed: « 17-1 », « 1er A », « 17 bis »."""
    (head, _, _), *tail = rank[:-1]
    text = _write_head(head, style)
    after_letter = False
    for side, value, kind in tail:
        if side == _BEFORE:
            text += ("" if after_letter else " ") + letter(value).upper()
        else:
            text += f" {LATIN[value - 1]}" if kind == _BIS else f"-{value}"
        after_letter = side == _BEFORE
    return text


def _write_head(head: int, style: Style) -> str:
    match style.form:
        case "I":
            return roman(head)
        case "A":
            return letter(head).upper()
        case "a":
            return letter(head)
        case _:
            return "1er" if head == 1 and style.first_ordinal else str(head)


def says_bis(rank: Rank) -> bool:
    """Whether a number is a bis or a ter."""
    return any(kind == _BIS for _, _, kind in rank)


def fits(rank: Rank, low: Rank | None, high: Rank | None) -> bool:
    """Whether a number stands strictly between two others; None is no bound."""
    return (low is None or low < rank) and (high is None or rank < high)


def given(low: Rank | None, high: Rank | None, taken: Collection[Rank], style: Style) -> Rank | None:
    """The number of what arrives between two others.

    Args:
        low: The last number given before it, None at the beginning.
        high: The number of the next division that stays, None at the end.
        taken: Every number of the series, living or dead.
        style: How the series counts.

    Returns:
        The number; None when none is left.
    """
    candidates = _next_whole(low) if high is None else _between(low, high, style)
    return next((one for one in candidates if one not in taken and fits(one, low, high)), None)


def _next_whole(low: Rank | None) -> Iterator[Rank]:
    first = low[0][0] + 1 if low else 1
    return (((head, 0, 0), _END) for head in range(first, first + 10_000))


def _between(low: Rank | None, high: Rank, style: Style) -> Iterator[Rank]:
    before = ((*high[:-1], (_BEFORE, value, 0), _END) for value in range(1, _LETTERS + 1))
    if low is None:
        return before
    dashes = ((*low[:-1], (_AFTER, value, _DASH), _END) for value in range(1, _MOST + 1))
    if not style.latin:
        return chain(_siblings(low), dashes, before)
    latin = ((*low[:-1], (_AFTER, value, _BIS), _END) for value in range(1, len(LATIN) + 1))
    return chain(_siblings(low), latin, before, dashes)


def _siblings(low: Rank) -> Iterator[Rank]:
    """17-2 after 17-1, 17 ter after 17 bis, 5 B after 5 A."""
    if len(low) < 3:
        return
    side, value, kind = low[-2]
    last = _LETTERS if side == _BEFORE else len(LATIN) if kind == _BIS else value + _MOST
    for other in range(value + 1, last + 1):
        yield (*low[:-2], (side, other, kind), _END)


# --- sub-divisions ------------------------------------------------------------------------------------------


def stem(number: str) -> str:
    """What the number of a sub-division begins with: « 1 » under « 1er », « 1 A » under « 1er A »."""
    return re.sub(r"^1er\b", "1", number)


def follow(number: str, old_parent: str, new_parent: str) -> str:
    """« 4.1 » under an article 4 that becomes article 5 is « 5.1 »; « 1.1 » follows « 1er »."""
    old, new = stem(old_parent), stem(new_parent)
    if old and number.startswith(f"{old}."):
        return new + number[len(old) :]
    return number


def relabelled(label: str, old: str, new: str) -> str:
    """The label of a division with its new number: « ARTICLE 4 » becomes « ARTICLE 5 »."""
    if not old:
        return f"{label} {new}".strip() if new else label
    head, found, tail = label.rpartition(old)
    return f"{head}{new}{tail}".strip() if found else label
