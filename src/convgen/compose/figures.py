"""Figures in words typed by hand: amounts, dates and numbers, to be compared with those of an act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from convgen.acte.nodes import Acte, Paragraph, Value
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.french.amounts import format_amount
from convgen.french.dates import format_date
from convgen.model.resolved import ResolvedAct
from convgen.model.values import (
    Amount,
    DateValue,
    GroupItem,
    GroupValue,
    ListValue,
    PeriodValue,
    ScheduleValue,
    YearlyValue,
)

_SPACE = "[ \u00a0\u202f]"
_AMOUNT = re.compile(rf"(?<![\d,.])(\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+)(?:,(\d{{1,4}}))?{_SPACE}*(?:€|euros?\b)")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_DATE = re.compile(rf"\b(1er|\d{{1,2}}){_SPACE}({'|'.join(_MONTHS)})(?:{_SPACE}(\d{{4}}))?\b", re.IGNORECASE)
_NUMBER = re.compile(rf"n°{_SPACE}*([\w][\w./-]*[\w]|\w)")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text says: amounts in euros, days, numbers (what follows « n° »)."""

    amounts: frozenset[Decimal] = frozenset()
    days: frozenset[date] = frozenset()
    numbers: frozenset[str] = frozenset()

    def __or__(self, other: Figures) -> Figures:
        return Figures(self.amounts | other.amounts, self.days | other.days, self.numbers | other.numbers)

    def missing_from(self, known: Figures) -> Iterator[tuple[str, str]]:
        """(kind, printed) of each figure that is not known."""
        yield from (("le montant", format_amount(one)) for one in sorted(self.amounts - known.amounts))
        yield from (("la date", f"du {format_date(one)}") for one in sorted(self.days - known.days))
        yield from (("le numéro", one) for one in sorted(self.numbers - known.numbers))


def figures_of(text: str) -> Figures:
    """The figures of a text. A day without its year takes that of the next date: « du 1er au 31 mai 2024 »."""
    amounts = {_decimal(found) for found in _AMOUNT.finditer(text)}
    numbers = {found[1].rstrip(".") for found in _NUMBER.finditer(text)}
    return Figures(frozenset(amounts), frozenset(_days(text)), frozenset(numbers))


def _decimal(found: re.Match[str]) -> Decimal:
    whole = re.sub(_SPACE, "", found[1])
    return Decimal(f"{whole}.{found[2] or '0'}")


def _days(text: str) -> Iterator[date]:
    found = [*_DATE.finditer(text)]
    year = 0
    for one in reversed(found):
        year = int(one[3]) if one[3] else year
        if not year:
            continue
        day = 1 if one[1] == "1er" else int(one[1])
        month = _MONTHS.index(one[2].casefold()) + 1
        try:
            yield date(year, month, day)
        except ValueError:
            continue  # « 31 février 2024 » is no day: nothing can be compared


@dataclass(slots=True)
class _Gathered:
    amounts: set[Decimal] = field(default_factory=set)
    days: set[date] = field(default_factory=set)


def figures_of_act(resolved: ResolvedAct, acte: Acte) -> Figures:
    """Every figure of an act: its data, its duration, its state, and what it prints."""
    own = _Gathered()
    _gather(resolved.data, own)
    term = resolved.term
    ends = (term.start, term.end) if term is not None else ()
    own.days |= {one for one in (*ends, *resolved.states.values()) if isinstance(one, date)}
    text: list[str] = [resolved.number] if isinstance(resolved.number, str) else []
    for node in walk((acte.zones, acte.annexes)):
        if isinstance(node, Value):
            _value(node, own)
        elif isinstance(node, Paragraph):
            text.append(plain_text(node.inlines))
    said = figures_of("\n".join(text))
    numbers = {acte.number, *([resolved.number] if isinstance(resolved.number, str) else [])}
    words = {word for number in numbers for word in number.split()}
    return said | Figures(frozenset(own.amounts), frozenset(own.days), frozenset(numbers | words))


def _value(node: Value, own: _Gathered) -> None:
    if node.kind in ("montant", "prix unitaire") and isinstance(node.exact, Decimal):
        own.amounts.add(node.exact)
    elif node.kind in ("date", "période") and isinstance(node.exact, str):
        own.days |= set(_iso(node.exact.split("/")))


def _iso(texts: Iterable[str]) -> Iterator[date]:
    for one in texts:
        try:
            yield date.fromisoformat(one)
        except ValueError:
            continue


def _gather(data: object, own: _Gathered) -> None:
    """The amounts and days of data, however deep."""
    match data:
        case Amount(value=amount):
            own.amounts.add(amount)
        case DateValue(value=day):
            own.days.add(day)
        case PeriodValue(start=start, end=end):
            own.days |= {start, end}
        case ScheduleValue(base=base, payments=payments):
            own.amounts |= {base, *(one.amount for one in payments)}
            own.days |= {day for one in payments for day in (one.before, one.paid) if day is not None}
        case _:
            for one in _inside(data):
                _gather(one, own)


def _inside(data: object) -> Iterable[object]:
    match data:
        case Mapping():
            return data.values()
        case GroupItem(fields=fields):
            return fields.values()
        case GroupValue(items=items) | ListValue(items=items):
            return items
        case YearlyValue(by_year=years):
            return [one for _, one in years]
        case _:
            return ()
