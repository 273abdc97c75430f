"""Views on values made of values: lists, groups, years, schedules; and `view_of`, which makes any view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from convgen.compose.atoms import Atom, SeriesAtom, Word
from convgen.compose.describe import describe
from convgen.compose.sandbox import View
from convgen.compose.views.base import (
    BlankView,
    FillView,
    NothingView,
    PrintableView,
    Printing,
    text_view,
    typeset_phrase,
)
from convgen.compose.views.values import (
    BooleanView,
    DatumView,
    ImputationView,
    PeriodView,
    PersonView,
    TextView,
    datum_word,
)
from convgen.french.grammar import Agreement, NounPhrase, join_list
from convgen.french.numbers import format_number
from convgen.french.typography import typeset
from convgen.model.values import (
    Absent,
    Amount,
    BooleanValue,
    ChoiceValue,
    DataValue,
    DateValue,
    Deferred,
    DurationValue,
    GroupItem,
    GroupValue,
    ImputationValue,
    ListValue,
    NumberValue,
    Percentage,
    PeriodValue,
    PersonValue,
    ScheduleValue,
    TextValue,
    ToFill,
    Unknown,
    YearlyValue,
)


@dataclass(frozen=True, slots=True)
class SeriesView(PrintableView):
    """Several values; prints « A, B et C »."""

    items: tuple[PrintableView, ...]
    total: int = 0  # how many there are in the group they come from
    phrase: NounPhrase | None = None  # the appellation of the group they come from
    numbers: tuple[str, ...] = ()
    key: str = ""

    def atom(self) -> Atom:
        """« les volets 1 et 2 » when the items are numbered items of a named group, else the list."""
        if self.phrase is not None and all(self.numbers):
            many = len(self.items) > 1
            noun = self.phrase.noun if not many else _plural(self.phrase.noun)
            agreement = Agreement(self.phrase.agreement.feminine, many)
            named = NounPhrase("", f"{noun} {join_list(self.numbers)}", agreement, self.phrase.elides).definite
            return Word(typeset(str(named)), typeset_phrase(named), "liste", self.key, self.numbers)
        return SeriesAtom(tuple(one.atom() for one in self.items))

    def field(self, name: str) -> object:
        """`partiel`: not every item of the group is there; `premiere`, `derniere`."""
        match name:
            case "partiel":
                return len(self.items) < self.total
            case "premiere" | "premier" if self.items:
                return self.items[0]
            case "derniere" | "dernier" if self.items:
                return self.items[-1]
            case _:
                raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("partiel", "premiere", "derniere")

    def __iter__(self) -> Iterator[PrintableView]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def _plural(noun: str) -> str:
    return noun if noun.endswith(("s", "x", "z")) else f"{noun}s"


@dataclass(frozen=True, slots=True)
class ItemView(PrintableView):
    """An item of a group; prints « le volet 2 » when the group has an appellation."""

    item: GroupItem
    group: GroupValue
    printing: Printing

    @property
    def number(self) -> str:
        """Its number: the field `numero`, else its rank."""
        given = self.item.fields.get("numero")
        return format_number(given.value) if isinstance(given, NumberValue) else str(self.item.rank)

    def atom(self) -> Atom:
        """Its appellation and number, else its title or name, else its identifier."""
        phrase = self.group.phrase
        if phrase is not None:
            named = NounPhrase(phrase.determiner, f"{phrase.noun} {self.number}", phrase.agreement, phrase.elides)
            return Word(typeset(str(named)), typeset_phrase(named), "élément", self.item.key, self.item.id)
        for name in ("titre", "nom"):
            if name in self.item.fields:
                found = view_of(self.item.fields[name], self.printing)
                if isinstance(found, PrintableView):
                    return found.atom()
        return Word(self.item.id, None, "élément", self.item.key, self.item.id)

    def field(self, name: str) -> object:
        """A field of the item, `id`, `rang`, `numero`."""
        if name in self.item.fields:
            return view_of(self.item.fields[name], self.printing)
        match name:
            case "id":
                return self.item.id
            case "rang":
                return self.item.rank
            case "numero":
                return text_view(self.number)
            case _:
                raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return (*self.item.fields, "id", "rang", "numero")


@dataclass(frozen=True, slots=True)
class GroupView(PrintableView):
    """A group: iterates over its items; `groupe.id` is an item, `groupe.champ` the values of a field."""

    value: GroupValue
    printing: Printing

    def atom(self) -> Atom:
        """Its items, as a list."""
        return self.series().atom()

    def series(self) -> SeriesView:
        """All the items."""
        return items_series(self, self.value.items)

    def field(self, name: str) -> object:
        """An item by its identifier, or the list of the values of a field."""
        for item in self.value.items:
            if item.id == name:
                return ItemView(item, self.value, self.printing)
        if name in ("premiere", "premier") and self.value.items:
            return ItemView(self.value.items[0], self.value, self.printing)
        if self.value.items and all(name in item.fields for item in self.value.items):
            views = [view_of(item.fields[name], self.printing) for item in self.value.items]
            return SeriesView(tuple(one for one in views if isinstance(one, PrintableView)))
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        fields = self.value.items[0].fields if self.value.items else ()
        return (*(item.id for item in self.value.items), *fields)

    def __iter__(self) -> Iterator[ItemView]:
        return (ItemView(item, self.value, self.printing) for item in self.value.items)

    def __len__(self) -> int:
        return len(self.value.items)


def items_series(group: GroupView, items: Iterable[GroupItem]) -> SeriesView:
    """Some items of a group as a series that knows the whole."""
    views = tuple(ItemView(item, group.value, group.printing) for item in items)
    return SeriesView(
        views, len(group.value.items), group.value.phrase, tuple(one.number for one in views), group.value.key
    )


@dataclass(frozen=True, slots=True)
class SubgroupView(PrintableView):
    """Items of a group that share the value of a field (`| groupe('periode')`)."""

    members: SeriesView
    name: str
    shared: View

    def atom(self) -> Atom:
        """« les volets 1 et 2 »."""
        return self.members.atom()

    def field(self, name: str) -> object:
        """The shared field, or `elements`."""
        if name == self.name:
            return self.shared
        if name == "elements":
            return self.members
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return (self.name, "elements")

    def __iter__(self) -> Iterator[PrintableView]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)


@dataclass(frozen=True, slots=True)
class YearlyView(PrintableView):
    """One value per exercice; prints the first one."""

    value: YearlyValue
    printing: Printing

    def atom(self) -> Atom:
        """The value of the first exercice."""
        return describe(self.field("premiere"))

    def field(self, name: str) -> object:
        """`premiere`, `derniere`, or a year."""
        years = dict(self.value.by_year)
        if name in ("premiere", "premier"):
            return view_of(self.value.by_year[0][1], self.printing)
        if name in ("derniere", "dernier"):
            return view_of(self.value.by_year[-1][1], self.printing)
        if name.isdigit() and int(name) in years:
            return view_of(years[int(name)], self.printing)
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("premiere", "derniere", *(str(year) for year, _ in self.value.by_year))


@dataclass(frozen=True, slots=True)
class ScheduleView(PrintableView):
    """An échéancier; `| liste` prints its payments."""

    value: ScheduleValue
    printing: Printing

    def atom(self) -> Atom:
        """Its base amount, alone."""
        if not self.value.base_known:
            return BlankView(f"{self.value.key}.base", "montant de base de l'échéancier").atom()
        return datum_word(Amount(f"{self.value.key}.base", self.value.base), self.printing)

    def field(self, name: str) -> object:
        """`base`, or the amount of a payment by its identifier."""
        if name == "base":
            return DatumView(Amount(f"{self.value.key}.base", self.value.base), self.printing)
        for payment in self.value.payments:
            if payment.id == name:
                return DatumView(Amount(f"{self.value.key}.{name}", payment.amount), self.printing)
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("base", *(payment.id for payment in self.value.payments))


def view_of(value: DataValue, printing: Printing) -> View:  # noqa: C901 — one line per kind of value
    """The view on a value."""
    match value:
        case Amount() | Percentage() | DateValue() | DurationValue() | NumberValue() | ChoiceValue():
            return DatumView(value, printing)
        case TextValue():
            return TextView(value)
        case BooleanValue():
            return BooleanView(value)
        case PeriodValue():
            return PeriodView(value, printing)
        case GroupValue():
            return GroupView(value, printing)
        case GroupItem():
            return ItemView(value, GroupValue(value.key.rpartition(".")[0], (value,)), printing)
        case ListValue():
            return _list_view(value, printing)
        case YearlyValue():
            return YearlyView(value, printing)
        case PersonValue():
            return PersonView(value)
        case ImputationValue():
            return ImputationView(value)
        case ScheduleValue():
            return ScheduleView(value, printing)
        case Unknown():
            return BlankView(value.key, value.hint)
        case ToFill():
            return FillView(value.key)
        case Absent():
            return NothingView(value.key, "sans")
        case Deferred():
            return NothingView(value.key, "par avenant")


def _list_view(value: ListValue, printing: Printing) -> View:
    group = printing.groups.get(value.of)
    if group is not None:
        items = tuple(one for one in value.items if isinstance(one, GroupItem))
        return replace(items_series(GroupView(group, printing), items), key=value.key)
    views = tuple(view_of(one, printing) for one in value.items)
    return SeriesView(tuple(one for one in views if isinstance(one, PrintableView)), len(views), key=value.key)
