"""The figures of an act, with which those of words typed by hand are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from convgen.acte.nodes import Acte, Paragraph, Value
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.compose.figures_text import Figures, figures_of, length_of
from convgen.french.dates import Duration, format_duration
from convgen.model.resolved import ResolvedAct
from convgen.model.values import (
    Amount,
    DateValue,
    DurationValue,
    GroupItem,
    GroupValue,
    ListValue,
    Percentage,
    PeriodValue,
    ScheduleValue,
    YearlyValue,
)


@dataclass(slots=True)
class _Gathered:
    amounts: set[Decimal] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    rates: set[Decimal] = field(default_factory=set)
    lengths: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def figures(self) -> Figures:
        """As the figures of a text."""
        return Figures(
            amounts=frozenset(self.amounts),
            days=frozenset(self.days),
            rates=frozenset(self.rates),
            lengths=frozenset(self.lengths),
            years=frozenset(self.years),
        )

    def between(self, start: date, end: date) -> None:
        """A period: its days, its years, its length when it is made of whole months."""
        self.days |= {start, end}
        self.years |= set(range(start.year, end.year + 1))
        after = end + timedelta(days=1) if end < date.max else end
        months = (after.year - start.year) * 12 + after.month - start.month
        if after.day == start.day and months > 0:
            self.lengths.add(length_of(Decimal(months), "mois"))

    def lasting(self, length: Duration) -> None:
        """A duration, as the text that prints it would be read."""
        self.lengths |= figures_of(format_duration(length)).lengths


def figures_of_act(resolved: ResolvedAct, acte: Acte) -> Figures:
    """Every figure of an act: its data, its duration, its state, and what it prints."""
    own = _Gathered()
    _gather(resolved.data, own)
    term = resolved.term
    ends = (term.start, term.end) if term is not None else ()
    own.days |= {one for one in (*ends, *resolved.states.values()) if isinstance(one, date)}
    if term is not None:
        if isinstance(term.start, date) and isinstance(term.end, date) and term.start <= term.end:
            own.between(term.start, term.end)
        if term.length is not None:
            own.lasting(term.length)
    text: list[str] = [resolved.number] if isinstance(resolved.number, str) else []
    for node in walk((acte.zones, acte.annexes)):
        if isinstance(node, Value):
            _value(node, own)
        elif isinstance(node, Paragraph):
            text.append(plain_text(node.inlines))
    said = figures_of("\n".join(text))
    numbers = {acte.number, *([resolved.number] if isinstance(resolved.number, str) else [])}
    words = {word for number in numbers for word in number.split()}
    return replace(said, strange=frozenset()) | own.figures() | Figures(numbers=frozenset(numbers | words))


def amounts_of(data: object) -> frozenset[Decimal]:
    """The amounts of data, however deep."""
    own = _Gathered()
    _gather(data, own)
    return frozenset(own.amounts)


def every_amount(data: object) -> Iterator[Amount]:
    """The amounts of data, however deep, with their keys."""
    if isinstance(data, Amount):
        yield data
    for one in _inside(data):
        yield from every_amount(one)


def printed_amounts(acte: Acte) -> frozenset[Decimal]:
    """The amounts that an act prints, as values and as words typed by hand."""
    own, text = _Gathered(), []
    for node in walk((acte.zones, acte.annexes)):
        if isinstance(node, Value):
            _value(node, own)
        elif isinstance(node, Paragraph):
            text.append(plain_text(node.inlines))
    return own.figures().amounts | figures_of("\n".join(text)).amounts


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
            own.between(start, end)
        case DurationValue(value=length):
            own.lasting(length)
        case Percentage(value=rate):
            own.rates.add(rate)
        case ScheduleValue(base=base, payments=payments):
            own.amounts |= {base, *(one.amount for one in payments)}
            own.days |= {day for one in payments for day in (one.before, one.paid) if day is not None}
        case _:
            if isinstance(data, YearlyValue):
                own.years |= {year for year, _ in data.by_year}
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
