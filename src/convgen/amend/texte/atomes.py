"""Atoms: runs of whole tokens that no change of words cuts: a value, an amount and its unit, a date, a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from convgen.acte.nodes import Text
from convgen.amend.texte.arbre import Alinea
from convgen.amend.texte.forme import Span
from convgen.amend.texte.inlines import leaves

_MONTHS: Final = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_PATTERNS: Final = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?:\s*(?:€|euros?\b|%))?"
    r"|\d+(?:,\d+)?\s*(?:€|euros?\b|%)"
    rf"|\d{{1,2}}(?:er)?\s(?:{_MONTHS})(?:\s\d{{4}})?"
    r"|\barticles?\s\d+(?:er)?(?:[.-]\d+)*"
)


def atoms(line: Alinea, fused: Iterable[Span] = ()) -> list[Span]:
    """The atoms of a line, in tokens, in order and without a hole.

    Args:
        line: The line.
        fused: Runs of tokens that must stay whole besides.
    """
    runs = sorted([*_of_values(line), *_of_patterns(line), *fused])
    merged: list[Span] = []
    for start, end in runs:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    out: list[Span] = []
    place = 0
    for start, end in merged:
        out.extend((one, one + 1) for one in range(place, start))
        out.append((start, end))
        place = end
    out.extend((one, one + 1) for one in range(place, len(line.tokens)))
    return out


def _of_values(line: Alinea) -> Iterator[Span]:
    """The tokens that a value, a blank or a reference touches, be it in part."""
    place = 0
    for text, node in leaves(line.inlines):
        end = place + len(text)
        if not isinstance(node, Text):
            touched = [rank for rank, (low, high) in enumerate(line.spans) if low < end and high > place]
            if touched:
                yield touched[0], touched[-1] + 1
        place = end


def _of_patterns(line: Alinea) -> Iterator[Span]:
    if not any(char.isdigit() for char in line.text):
        return
    starts = {low: rank for rank, (low, _) in enumerate(line.spans)}
    ends = {high: rank for rank, (_, high) in enumerate(line.spans)}
    for found in _PATTERNS.finditer(line.text):
        # What starts or ends inside a token is no atom: « 01/06/2024 500 € » holds no « 024 500 € ».
        first, last = starts.get(found.start()), ends.get(found.end())
        if first is not None and last is not None:
            yield first, last + 1
