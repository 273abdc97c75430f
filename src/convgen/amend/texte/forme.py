"""Text as tokens: what two texts have in common once spaces, quotes, dashes and accents of initials are set aside.

A token is a number (« 12,5 », « 01/06/2024 »), a word (« peut-être », « l' ») or one other character. Spaces of every
kind, and their absence, say nothing: « 48 000 € » and « 48\u00a0000\u202f€ » are the same tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeAlias

Tokens: TypeAlias = tuple[str, ...]
Span: TypeAlias = tuple[int, int]

_TOKEN: Final = re.compile(
    r"\d+(?:[.,/]\d+)*(?!\w)"
    "|[\\w\u00ad]+(?:[-\u2011][\\w\u00ad]+)*['’]?"
    r"|\.\.\.|[^\s"
    "\u00ad\u200b]"
)
_SAME: Final = {"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-", "\u2011": "-"}
_NO_SPACE_BEFORE: Final = frozenset({",", ".", ")", "]", "°"})
_NO_SPACE_AFTER: Final = ("(", "[", "'", "’")
#: The marks that close a list item: they follow its place in the list, not what it says.
ITEM_ENDS: Final = frozenset({";", ",", "."})


@lru_cache(maxsize=65536)
def _normal(token: str) -> str:
    if token in _SAME:
        return _SAME[token]
    token = token.replace("\u00ad", "").replace("’", "'").replace("\u2011", "-")
    if token and not token[0].isascii() and token[0].isupper():
        # « État » is « Etat »; the other letters keep their accents.
        token = unicodedata.normalize("NFD", token[0])[0] + token[1:]
    return token


def tokenise(text: str) -> tuple[Tokens, tuple[Span, ...]]:
    """The tokens of a text and where each stands in it (start and end, in characters)."""
    tokens: list[str] = []
    spans: list[Span] = []
    for found in _TOKEN.finditer(text):
        token = _normal(found[0])
        if token:
            tokens.append(token)
            spans.append(found.span())
    return tuple(tokens), tuple(spans)


def tokens_of(text: str) -> Tokens:
    """The tokens alone."""
    return tokenise(text)[0]


def needs_space(before: str, after: str) -> bool:
    """Whether a space stands between two tokens when they are printed side by side."""
    return after not in _NO_SPACE_BEFORE and not before.endswith(_NO_SPACE_AFTER)


def join(tokens: Sequence[str]) -> str:
    """The tokens as a line; its own tokens are those given, unless a number would grow by the join."""
    out: list[str] = []
    for token in tokens:
        if out and needs_space(out[-1], token):
            out.append(" ")
        out.append(token)
    line = "".join(out)
    return line if tokens_of(line) == tuple(tokens) else " ".join(tokens)


def occurrences(needle: Tokens, hay: Tokens) -> list[int]:
    """Where `needle` starts in `hay`, overlaps included."""
    if not needle:
        return []
    first, size = needle[0], len(needle)
    last = len(hay) - size
    found: list[int] = []
    place = -1
    while True:
        try:
            place = hay.index(first, place + 1)
        except ValueError:
            return found
        if place > last:
            return found
        if hay[place : place + size] == needle:
            found.append(place)


def apart(places: Sequence[int], size: int) -> list[int]:
    """The occurrences that do not overlap, taken from the left."""
    kept: list[int] = []
    for place in places:
        if not kept or place >= kept[-1] + size:
            kept.append(place)
    return kept


def balanced(tokens: Tokens) -> bool:
    """Whether every « has its », in order: a quotation of these words ends where one reads that it ends."""
    depth = 0
    for token in tokens:
        depth += (token == "«") - (token == "»")  # noqa: S105 -- guillemets
        if depth < 0:
            return False
    return depth == 0


def says_something(tokens: Tokens) -> bool:
    """Whether there is a word or a figure among the tokens."""
    return any(token[0].isalnum() for token in tokens)
