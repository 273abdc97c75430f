"""Views on data values: amounts, dates, lists, groups, schedules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from convgen.compose.atoms import Atom, BlankAtom, SeriesAtom, TextAtom, Word
from convgen.compose.sandbox import View
from convgen.compose.views.base import (
    BlankView,
    FillView,
    NothingView,
    PhraseView,
    PrintableView,
    Printing,
    WordView,
    text_view,
    typeset_phrase,
)
from convgen.french.amounts import format_amount
from convgen.french.dates import duration_phrase, format_date, format_duration
from convgen.french.dates import period as print_period
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
class DatumView(PrintableView):
    """A simple value (amount, percentage, date, duration, number, choice)."""

    value: Amount | Percentage | DateValue | DurationValue | NumberValue | ChoiceValue
    printing: Printing

    def atom(self) -> Atom:
        """The value as data."""
        return datum_word(self.value, self.printing)

    def __str__(self) -> str:
        if isinstance(self.value, ChoiceValue):
            return self.value.value
        return datum_word(self.value, self.printing).text

    def __bool__(self) -> bool:
        return not (isinstance(self.value, Amount | NumberValue) and self.value.value == 0)

    def _comparable(self) -> object:
        return self.value.value

    def __eq__(self, other: object) -> bool:
        own = self._comparable()
        if isinstance(other, DatumView):
            return own == other._comparable()
        return own == other

    def __lt__(self, other: object) -> bool:
        return _compared(self._comparable(), other) < 0

    def __gt__(self, other: object) -> bool:
        return _compared(self._comparable(), other) > 0

    def __le__(self, other: object) -> bool:
        return _compared(self._comparable(), other) <= 0

    def __ge__(self, other: object) -> bool:
        return _compared(self._comparable(), other) >= 0

    def __hash__(self) -> int:
        return hash(self.value)


def _compared(own: object, other: object) -> int:
    value = other._comparable() if isinstance(other, DatumView) else other
    if isinstance(value, bool) or not isinstance(own, Decimal) or not isinstance(value, int | Decimal):
        raise TypeError("on ne compare que des nombres avec des nombres")
    return (own > value) - (own < value)


def datum_word(value: DataValue, printing: Printing) -> Word:
    """The word that prints a simple value, with its kind, key and exact value."""
    match value:
        case Amount():
            kind = "prix unitaire" if value.unit_price else "montant"
            return Word(format_amount(value.value, cents=printing.cents), None, kind, value.key, value.value)
        case Percentage():
            text = f"{format_number(_at(value.value, value.decimals))}\u00a0%"
            return Word(text, None, "pourcentage", value.key, value.value)
        case DateValue():
            return Word(typeset(format_date(value.value)), None, "date", value.key, value.value.isoformat())
        case DurationValue():
            phrase = typeset_phrase(duration_phrase(value.value, words=False))
            return Word(typeset(format_duration(value.value)), phrase, "durée", value.key, format_duration(value.value))
        case NumberValue():
            return Word(format_number(value.value), None, "nombre", value.key, value.value)
        case ChoiceValue():
            return Word(typeset(value.label), None, "choix", value.key, value.value)
        case _:
            raise TypeError(type(value).__name__)


def _at(value: Decimal, decimals: int) -> Decimal:
    return value if decimals == 0 else value.quantize(Decimal(1).scaleb(-decimals))


@dataclass(frozen=True, slots=True)
class BooleanView(PrintableView):
    """oui or non."""

    value: BooleanValue

    def atom(self) -> Atom:
        """« oui » or « non »."""
        return Word("oui" if self.value.value else "non", None, "oui/non", self.value.key, self.value.value)

    def __bool__(self) -> bool:
        return self.value.value

    def __eq__(self, other: object) -> bool:
        return (self.value.value == other) or (("oui" if self.value.value else "non") == other)

    def __hash__(self) -> int:
        return hash(self.value)


@dataclass(frozen=True, slots=True)
class TextView(PrintableView):
    """A text of the data."""

    value: TextValue

    def atom(self) -> Atom:
        """The text, composed where it stands."""
        return TextAtom(self.value.source, self.value.key)

    def __str__(self) -> str:
        return self.value.source.text.strip()

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.value.key)


@dataclass(frozen=True, slots=True)
class PeriodView(PrintableView):
    """From a day to a day; prints « du 1er juin au 31 décembre 2024 »."""

    value: PeriodValue
    printing: Printing

    def atom(self) -> Atom:
        """The period."""
        start, end = self.value.start, self.value.end
        text = typeset(print_period(start, end))
        return Word(text, None, "période", self.value.key, f"{start.isoformat()}/{end.isoformat()}")

    def field(self, name: str) -> object:
        """`du` and `au`: its first and last day."""
        if name in ("du", "debut"):
            return DatumView(DateValue(f"{self.value.key}.du", self.value.start), self.printing)
        if name in ("au", "fin"):
            return DatumView(DateValue(f"{self.value.key}.au", self.value.end), self.printing)
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("du", "au")


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
        first = self.field("premiere")
        return first.atom() if isinstance(first, PrintableView) else Word("")

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
class YearsView(PrintableView):
    """`exercices`: the years of the act."""

    years: tuple[int, ...]

    def atom(self) -> Atom:
        """« 2024 et 2025 »."""
        return SeriesAtom(tuple(year_word(year) for year in self.years))

    def field(self, name: str) -> object:
        """`premiere`, `derniere`, `suivantes`."""
        match name:
            case "premiere" | "premier" if self.years:
                return WordView(year_word(self.years[0]))
            case "derniere" | "dernier" if self.years:
                return WordView(year_word(self.years[-1]))
            case "suivantes" | "suivants":
                return YearsView(self.years[1:])
            case _:
                raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("premiere", "derniere", "suivantes")

    def __iter__(self) -> Iterator[WordView]:
        return (WordView(year_word(year)) for year in self.years)

    def __len__(self) -> int:
        return len(self.years)


def year_word(year: int) -> Word:
    """A year, never grouped by thousands."""
    return Word(str(year), None, "exercice", f"exercices.{year}", year)


@dataclass(frozen=True, slots=True)
class ImputationView(PrintableView):
    """A budgetary imputation; prints on one line."""

    value: ImputationValue

    def atom(self) -> Atom:
        """« programme 102, action 02, … »."""
        text = ", ".join(f"{_lower(label)} {value}" for label, value in self.value.lines)
        return Word(typeset(text), None, "imputation", self.value.key, tuple(v for _, v in self.value.lines))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ImputationView) and self.value.lines == other.value.lines

    def __hash__(self) -> int:
        return hash(self.value.lines)


def _lower(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


@dataclass(frozen=True, slots=True)
class PersonView(PrintableView):
    """A person; prints « Madame Ada Lovelace »."""

    value: PersonValue

    def atom(self) -> Atom:
        """Civility, first name, last name."""
        person = self.value
        text = " ".join(part for part in (person.civility, person.first_name, person.last_name) if part)
        return Word(typeset(text), None, "personne", person.key, text)

    def field(self, name: str) -> object:
        """`nom`, `prenom`, `civilite`, `qualite`."""
        person = self.value
        parts = {
            "nom": person.last_name,
            "prenom": person.first_name,
            "civilite": person.civility,
            "qualite": person.capacity,
        }
        return text_view(parts[name], "personne", f"{person.key}.{name}")

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("nom", "prenom", "civilite", "qualite")


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


def with_bold(atom: Atom) -> Atom:
    """The same atom in bold, when it can be."""
    match atom:
        case Word() | BlankAtom() | TextAtom():
            return replace(atom, bold=True)
        case SeriesAtom():
            return SeriesAtom(tuple(with_bold(one) for one in atom.items), atom.conjunction)
        case _:
            return atom


__all__ = ["PhraseView", "view_of"]
