"""The annexes that words typed by hand cite: « l'annexe 5 », « les annexes 1, 2 bis et 17 », « l'annexe dix-sept »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from convgen.french.numbers import parse_cardinal

_S: Final = "[ \u00a0\u202f]"
_NUMBER: Final = rf"\d+(?:{_S}(?:bis|ter|quater)\b)?"
#: A number in words. « en annexe deux plans » is none: words are read after an article only.
_WORDS: Final = rf"[a-zé]+(?:-[a-zé]+)*(?:{_S}et{_S}(?:une?|onze)\b)?"
_BEFORE: Final = rf"(?:n(?:°|os?\b){_S}*|l['’]annexe{_S})?"
_ITEM: Final = rf"{_BEFORE}({_NUMBER}|{_WORDS})\b"
_LINK: Final = rf"(,{_S}(?:et{_S})?|{_S}(?:et|ou|à){_S})"
_ONE: Final = re.compile(rf"(l['’])?\bannexe{_S}{_ITEM}", re.IGNORECASE)
_FIRST: Final = re.compile(rf"(les{_S})?\bannexes{_S}{_ITEM}", re.IGNORECASE)
_NEXT: Final = re.compile(_LINK + _ITEM, re.IGNORECASE)
#: What follows the number of an annexe of something else: « l'annexe 3 du contrat ».
_ELSEWHERE: Final = re.compile(rf"{_S}(?:de|du|des|à|au|aux)\b(?! la présente délibération)|{_S}d['’]")
_MOST: Final = 200


def cited_annexes(text: str) -> tuple[str, ...]:
    """The numbers of the annexes that a text cites as its own, in figures (« 5 », « 1 bis »), in order.

    Those of another text are left out (« l'annexe 3 du contrat »); a range gives all that it covers.
    """
    found = sorted((*_ONE.finditer(text), *_FIRST.finditer(text)), key=lambda one: one.start())
    return tuple(dict.fromkeys(number for one in found for number in _read(text, one)))


def _read(text: str, found: re.Match[str]) -> Iterator[str]:
    first = _figures(found[2], words=bool(found[1]))
    if not first:
        return
    numbers, end = [first], found.end()
    if found.re is _FIRST:
        while following := _NEXT.match(text, end):
            number = _figures(following[2], words=bool(found[1]))
            if not number:
                break
            numbers += _range(numbers[-1], number) if "à" in following[1] else [number]
            end = following.end()
    if not _ELSEWHERE.match(text, end):
        yield from numbers


def _figures(typed: str, *, words: bool) -> str:
    """A number as the series has it, "" when these words are none."""
    bare = re.sub(_S, " ", typed).casefold()
    if bare[0].isdigit():
        return bare
    if not words:
        return ""
    try:
        return str(parse_cardinal(bare))
    except ValueError:
        return ""


def _range(first: str, last: str) -> list[str]:
    """What « 3 à 7 » covers after its first one."""
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _MOST:
        return [str(one) for one in range(int(first) + 1, int(last) + 1)]
    return [last]
