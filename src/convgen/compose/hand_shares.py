"""Amounts typed by hand beside the part that they are: « 408 100 € pour le volet 3 », never those of another volet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from convgen.compose.figures_text import amounts_at
from convgen.compose.hand_names import bare_name, flat
from convgen.french.amounts import format_amount
from convgen.french.numbers import NumberError, cardinal, parse_cardinal

_S: Final = "[ \u00a0\u202f]"
#: A list has its own lines; « ; » and a full stop end what is said of a part.
_END: Final = re.compile(r"\n|;|\.\s")
_ORDINALS: Final = {
    "premier": 1, "premiere": 1, "1er": 1, "1re": 1, "second": 2, "seconde": 2,
    **{
        f"{stem}ieme": rank
        for rank, stem in enumerate(
            ("deux", "trois", "quatr", "cinqu", "six", "sept", "huit", "neuv", "dix", "onz", "douz"), 2
        )
    },
}  # fmt: skip
_CARDINALS: Final = "|".join(cardinal(one) for one in range(20, 0, -1))


@dataclass(frozen=True, slots=True)
class Part:
    """What has amounts of its own: a volet, an act among several.

    Attributes:
        said: how a message names it (« volet 3 »).
        noun: its appellation, "" for what is only named; `number`: which one.
        names: what else names it.
        amounts: in euros; every amount that is said of it.
    """

    said: str
    noun: str
    number: str
    names: tuple[str, ...]
    amounts: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Misplaced:
    """An amount beside a part that is not its own."""

    amount: Decimal
    beside: Part
    owner: Part

    def __str__(self) -> str:
        return f"le montant {format_amount(self.amount)} est écrit pour « {self.beside.said} »"

    @property
    def cause(self) -> str:
        """Whose it is."""
        own = ", ".join(format_amount(one) for one in sorted(self.beside.amounts))
        return f"C'est celui de « {self.owner.said} » ; celui de « {self.beside.said} » est de {own}."


@dataclass(frozen=True, slots=True)
class _Mention:
    """Parts named in one breath (« les volets 1 et 3 »)."""

    parts: tuple[Part, ...]


_Event: TypeAlias = "Decimal | _Mention"
_Pairs: TypeAlias = "list[tuple[Decimal, tuple[Part, ...]]]"


def misplaced_amounts(text: str, parts: Sequence[Part], total: frozenset[Decimal] = frozenset()) -> Iterator[Misplaced]:
    """The amounts of some parts that are written beside other parts.

    A sentence is refused when none of its readings is true: the amount after the part, before it, or in the order of
    an enumeration (« 106 000 € et 408 100 € pour les volets 1 et 3 »). One that cannot be read says nothing.

    Args:
        text: the words typed by hand.
        parts: those that share an amount.
        total: amounts of the whole, which may stand beside anything.
    """
    owned = frozenset(amount for part in parts for amount in part.amounts) - total
    for sentence in _END.split(text):
        events = [*_events(sentence, parts, owned)]
        readings = [pairs for read in (_listed, _before, _after) if (pairs := read(events))]
        wrongs = [[*_wrong(pairs, parts)] for pairs in readings]
        if wrongs and all(wrongs):
            yield from wrongs[0]


def _wrong(pairs: _Pairs, parts: Sequence[Part]) -> Iterator[Misplaced]:
    for amount, beside in pairs:
        if not any(amount in one.amounts for one in beside):
            yield Misplaced(amount, beside[0], next(one for one in parts if amount in one.amounts))


# --- what a sentence holds ------------------------------------------------------------------------------------------


def _events(sentence: str, parts: Sequence[Part], owned: frozenset[Decimal]) -> Iterator[_Event]:
    """Amounts and parts in the order of the words; a part that is named twice in a row is one."""
    found: list[tuple[int, _Event]] = []
    for start, end, amount in amounts_at(sentence):
        if amount in owned:
            found.append((start, amount))
        sentence = f"{sentence[:start]}{'|' * (end - start)}{sentence[end:]}"  # « volet 1, 2 000 € » is no volet 2
    found += _mentions(sentence, parts)
    last: _Event | None = None
    for _, event in sorted(found, key=lambda one: one[0]):
        if event != last or not isinstance(event, _Mention):
            yield event
        last = event


def _mentions(sentence: str, parts: Sequence[Part]) -> Iterator[tuple[int, _Mention]]:
    plain = flat(sentence).lower()
    for noun in dict.fromkeys(part.noun for part in parts if part.noun):
        numbered = {part.number: part for part in parts if part.noun == noun}
        for at, numbers in _numbers(plain, flat(noun).lower()):
            named = tuple(numbered[one] for one in numbers if one in numbered)
            if named:
                yield at, _Mention(named)
    titled = {flat(bare_name(name)).lower(): part for part in parts for name in part.names}
    for name in sorted(titled, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        yield from ((one.start(), _Mention((titled[name],))) for one in pattern.finditer(plain))
        plain = pattern.sub("\ufffc" * len(name), plain)


def _numbers(plain: str, noun: str) -> Iterator[tuple[int, list[str]]]:
    """« volet 3 », « volets n° 1, 2 et 3 », « volet trois », « troisième volet », « 3e volet »."""
    one = rf"(?:\d+|{_CARDINALS})"
    series = rf"(?<!\w){re.escape(noun)}[sx]?{_S}+(?:n[°º]s?{_S}*)?({one}(?:(?:,|{_S}et){_S}{one})*)(?![\w])"
    for found in re.finditer(series, plain):
        yield found.start(), [_figures(word) for word in re.split(rf",{_S}|{_S}et{_S}", found[1])]
    for found in re.finditer(rf"(?<!\w)([a-z]+|\d+(?:er|re|e|eme|nd|nde)){_S}{re.escape(noun)}(?!\w)", plain):
        rank = int(re.sub(r"\D", "", found[1])) if found[1][0].isdigit() else _ORDINALS.get(found[1])
        if rank:
            yield found.start(), [str(rank)]


def _figures(word: str) -> str:
    try:
        return word if word.isdigit() else str(parse_cardinal(word))
    except NumberError:
        return word


# --- readings: which part each amount is beside; none when the sentence cannot be read so ---------------------------


def _listed(events: list[_Event]) -> _Pairs:
    """As many parts as amounts, all of the ones before all of the others: each to each."""
    mentions = [rank for rank, one in enumerate(events) if isinstance(one, _Mention)]
    amounts = [rank for rank, one in enumerate(events) if not isinstance(one, _Mention)]
    if not mentions or not amounts or not (mentions[-1] < amounts[0] or amounts[-1] < mentions[0]):
        return []
    parts = [part for one in events if isinstance(one, _Mention) for part in one.parts]
    figures = [one for one in events if not isinstance(one, _Mention)]
    if len(parts) != len(figures):
        return []
    return [(amount, (part,)) for amount, part in zip(figures, parts, strict=True)]


def _before(events: list[_Event]) -> _Pairs:
    """Each amount belongs to the part named before it: « volet 1 : 106 000 € »."""
    pairs: _Pairs = []
    last: _Mention | None = None
    for one in events:
        if isinstance(one, _Mention):
            last = one
        elif last is None:
            return []
        else:
            pairs.append((one, last.parts))
    return pairs


def _after(events: list[_Event]) -> _Pairs:
    """Each amount is followed by its part: « 106 000 € pour le volet 1 »."""
    pairs: _Pairs = []
    for rank, one in enumerate(events):
        if isinstance(one, _Mention):
            continue
        following = events[rank + 1] if rank + 1 < len(events) else None
        if not isinstance(following, _Mention):
            return []
        pairs.append((one, following.parts))
    return pairs
