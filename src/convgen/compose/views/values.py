"""Views on simple values: amounts, dates, texts, periods, persons, imputations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from convgen.compose.atoms import Atom, BlankAtom, SeriesAtom, TextAtom, Word
from convgen.compose.describe import describe
from convgen.compose.views.base import (
    NothingView,
    PrintableView,
    Printing,
    WordView,
    text_view,
    typeset_phrase,
)
from convgen.errors import fold
from convgen.french.amounts import format_amount
from convgen.french.dates import duration_phrase, format_date, format_duration
from convgen.french.dates import period as print_period
from convgen.french.numbers import format_number
from convgen.french.typography import typeset
from convgen.model.values import (
    Amount,
    BooleanValue,
    ChoiceValue,
    DataValue,
    DateValue,
    DurationValue,
    ImputationValue,
    NumberValue,
    Percentage,
    PeriodValue,
    PersonValue,
    TextValue,
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
            return _duration_word(value)
        case NumberValue():
            return Word(_number(value), None, "nombre", value.key, value.value)
        case ChoiceValue():
            return Word(typeset(value.label), None, "choix", value.key, value.value)
        case _:
            raise TypeError(type(value).__name__)


@lru_cache(maxsize=1024)
def _duration_word(value: DurationValue) -> Word:
    phrase = typeset_phrase(duration_phrase(value.value, words=False))
    said = format_duration(value.value)
    return Word(typeset(said), phrase, "durée", value.key, said)


def _number(value: NumberValue) -> str:
    """The number; a year ("exercice", "annee…") is never grouped by thousands."""
    if fold(value.key.rpartition(".")[2]).startswith(("exercice", "annee", "millesime")):
        return str(value.value)
    return format_number(value.value)


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
class YearsView(PrintableView):
    """`exercices`: the years of the act."""

    years: tuple[int, ...]

    def atom(self) -> Atom:
        """« 2024 et 2025 »."""
        if not self.years:
            return describe(NothingView("exercices.suivantes", "sans"))
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
        """« programme 102 « Accès et retour à l'emploi », action 02, … »."""
        text = typeset(self.text())
        return Word(text, None, "imputation", self.value.key, tuple(v for _, v in self.value.lines))

    def text(self) -> str:
        """The imputation on one line; a title stands in guillemets behind what it names."""
        text = ""
        for label, value in self.value.lines:
            if fold(label).startswith(("intitule", "libelle")) and text:
                text += f" « {value} »"
            else:
                text += f"{', ' if text else ''}{_lower(label)} {value}"
        return text

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


def with_bold(atom: Atom) -> Atom:
    """The same atom in bold, when it can be."""
    match atom:
        case Word() | BlankAtom() | TextAtom():
            return replace(atom, bold=True)
        case SeriesAtom():
            return SeriesAtom(tuple(with_bold(one) for one in atom.items), atom.conjunction)
        case _:
            return atom
