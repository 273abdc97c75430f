"""Names in expressions: from a dotted name to a value, through data already computed and the facts of the act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from convgen.model.arithmetic import MONEY, Quantity
from convgen.model.expressions import UnknownNameError
from convgen.model.values import (
    Absent,
    DataValue,
    Deferred,
    GroupItem,
    GroupValue,
    ListValue,
    PeriodValue,
    PersonValue,
    ScheduleValue,
    ToFill,
    Unknown,
    YearlyValue,
)
from convgen.source.nodes import folded


@dataclass(frozen=True, slots=True)
class Facts:
    """What expressions know besides the data.

    Attributes:
        exercices: the years of the act, in order: `exercices.premiere`, `.derniere`, `.suivantes`, `.nombre`.
        names: other names; values are data values, plain Python ones (date, Duration, str, bool, Decimal, int, tuple)
            or mappings of them: ``{"cocontractant": {"type": "association"}, "duree": {"fin": date(2025, 12, 31)}}``.
    """

    exercices: tuple[int, ...] = ()
    names: Mapping[str, object] = field(default_factory=dict)

    def roots(self) -> dict[str, object]:
        """Every first name."""
        return {"exercices": self._years(), **self.names}

    def _years(self) -> dict[str, object]:
        years = self.exercices
        if not years:
            return {name: Unknown("exercices", "année") for name in ("premiere", "derniere", "suivantes", "nombre")}
        return {"premiere": years[0], "derniere": years[-1], "suivantes": years[1:], "nombre": len(years)}


@dataclass(frozen=True, slots=True)
class Scope:
    """Computed data and facts, as conditions, rules and clause parameters see them."""

    data: Mapping[str, DataValue]
    facts: Facts

    def lookup(self, parts: tuple[str, ...]) -> object:
        """The value of a dotted name.

        Raises:
            UnknownNameError: when there is none.
        """
        return walk(parts, {**self.facts.roots(), **self.data})

    def knows(self, name: str) -> bool:
        """Whether a datum has this name."""
        return match_name(name, self.data) is not None


class Steppable:
    """A value not computed yet, that knows how to go one name further and how to be computed."""

    __slots__ = ()

    def step(self, part: str) -> object:
        """What the name leads to."""
        raise NotImplementedError

    def final(self) -> object:
        """The value itself."""
        raise NotImplementedError


def match_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that is this one, whatever its accents and case."""
    known = known if isinstance(known, Mapping) else tuple(known)
    if name in known:
        return name
    wanted = folded(name)
    return next((one for one in known if folded(one) == wanted), None)


def walk(parts: tuple[str, ...], roots: Mapping[str, object]) -> object:
    """Follow a dotted name from the roots.

    Raises:
        UnknownNameError: with the names known where it fails.
    """
    first = match_name(parts[0], roots)
    if first is None:
        raise UnknownNameError(parts[0], roots)
    value = roots[first]
    for rank, part in enumerate(parts[1:], start=1):
        try:
            value = step(value, part)
        except UnknownNameError as error:
            raise UnknownNameError(".".join(parts[: rank + 1]), error.known, _remedy(parts[:rank], error)) from None
    return final(value)


def _remedy(parts: tuple[str, ...], error: UnknownNameError) -> str:
    known = ", ".join(sorted(set(error.known))[:12])
    return f"« {'.'.join(parts)} » connaît : {known}." if known else f"« {'.'.join(parts)} » n'a pas de détail."


def final(value: object) -> object:
    """The value at the end of a name."""
    match value:
        case Steppable():
            return value.final()
        case tuple():
            return tuple(final(one) for one in value)
        case _:
            return value


def step(value: object, part: str) -> object:
    """One name further.

    Raises:
        UnknownNameError: when the value has no such part.
    """
    if isinstance(value, Steppable):
        return value.step(part)
    if isinstance(value, tuple):
        return tuple(step(one, part) for one in value)
    if isinstance(value, Unknown | Absent | Deferred | ToFill):
        return value
    parts = _PARTS.get(type(value))
    known = parts(value) if parts else dict(value) if isinstance(value, Mapping) else {}
    name = match_name(part, known)
    if name is not None:
        return known[name]
    if isinstance(value, GroupValue) and any(match_name(part, item.fields) for item in value.items):
        return tuple(step(item, part) for item in value.items)
    if isinstance(value, ListValue) and value.of:
        return tuple(step(item, part) for item in value.items)
    raise UnknownNameError(part, known)


def _group(value: GroupValue) -> dict[str, object]:
    return {item.id: item for item in value.items} | {"nombre": len(value.items)}


def _item(value: GroupItem) -> dict[str, object]:
    return {"id": value.id, "rang": value.rank, "numero": value.rank, **value.fields}


def _yearly(value: YearlyValue) -> dict[str, object]:
    return yearly_parts(value.by_year)


def yearly_parts(by_year: tuple[tuple[int, Any], ...]) -> dict[str, object]:
    """The names of values per exercice: the years, `premiere`, `derniere`, `suivantes`."""
    if not by_year:
        return {}
    values = tuple(value for _, value in by_year)
    ends: dict[str, object] = {"premiere": values[0], "derniere": values[-1], "suivantes": values[1:]}
    return ends | {str(year): value for year, value in by_year}


def _schedule(value: ScheduleValue) -> dict[str, object]:
    base: object = Quantity(value.base, MONEY) if value.base_known else Unknown(f"{value.key}.base")
    payments: dict[str, object] = {
        one.id: {"montant": Quantity(one.amount, MONEY) if value.base_known or one.rate is None else base}
        for one in value.payments
    }
    return {"base": base} | payments


_PARTS: dict[type, Callable[[Any], dict[str, object]]] = {
    GroupValue: _group,
    GroupItem: _item,
    YearlyValue: _yearly,
    ScheduleValue: _schedule,
    PeriodValue: lambda one: {"du": one.start, "au": one.end, "debut": one.start, "fin": one.end},
    PersonValue: lambda one: {"nom": one.last_name, "prenom": one.first_name, "qualite": one.capacity},
    ListValue: lambda one: {"nombre": len(one.items)},
    date: lambda one: {"annee": Decimal(one.year), "mois": Decimal(one.month), "jour": Decimal(one.day)},
}
