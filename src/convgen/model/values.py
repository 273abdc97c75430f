"""Typed data values, after parsing, computing and checking. No printing here.

`key` is the dotted name of the datum ("volets.v1.montant"); it follows the value into the tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from convgen.errors import Place
from convgen.french.dates import Duration
from convgen.french.grammar import NounPhrase


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text to compose (Jinja and Markdown), and where its first line stands.

    `what` is "définition", "modèle", "clause" or "formule"; `clause` is "id@version" for a clause.
    `indent` is the number of columns YAML stripped at the head of each line.
    """

    text: str
    place: Place
    what: str = "définition"
    clause: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """Euros, exact. `unit_price` allows more than two decimals."""

    key: str
    value: Decimal
    unit_price: bool = False


@dataclass(frozen=True, slots=True)
class Percentage:
    """`value` is 18.8 for « 18,80 % »; `decimals` is the declared precision (2 there)."""

    key: str
    value: Decimal
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class DateValue:
    """A day."""

    key: str
    value: date


@dataclass(frozen=True, slots=True)
class DurationValue:
    """A length of time."""

    key: str
    value: Duration


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """From a day to a day, both included."""

    key: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A plain number."""

    key: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class TextValue:
    """A text of the data; composed like any other text."""

    key: str
    source: TextSource


@dataclass(frozen=True, slots=True)
class BooleanValue:
    """oui or non."""

    key: str
    value: bool


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """One key among the declared ones, with its label."""

    key: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ListValue:
    """Several values; `of` names the group whose items they are, when they are references to items."""

    key: str
    items: tuple[DataValue, ...]
    of: str = ""


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One item of a group. `rank` counts from 1; `fields` hold typed values."""

    key: str
    id: str
    rank: int
    fields: Mapping[str, DataValue]


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A repeated block; `phrase` is its appellation ("le volet"), None when it has none."""

    key: str
    items: tuple[GroupItem, ...]
    phrase: NounPhrase | None = None


@dataclass(frozen=True, slots=True)
class YearlyValue:
    """One value per exercice, in the order of the years."""

    key: str
    by_year: tuple[tuple[int, DataValue], ...]


@dataclass(frozen=True, slots=True)
class PersonValue:
    """A person."""

    key: str
    civility: str
    first_name: str
    last_name: str
    capacity: str


@dataclass(frozen=True, slots=True)
class ImputationValue:
    """A budgetary imputation: (label, printed value) pairs in printed order ("Programme", "102")."""

    key: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a schedule.

    Attributes:
        amount: euros, exact to the cent.
        rate: the percentage of the base (70 for 70 %), None when an amount was given.
        rest: the balance, which takes what the others leave.
        when: the condition, a text; `before`: the deadline; `paid`: the day it was paid.
        share: the percentage of the base that an amount makes (two decimals), when it is to be printed: the amount is
            the master, the share follows.
    """

    id: str
    amount: Decimal
    rate: Decimal | None = None
    rest: bool = False
    when: TextSource | None = None
    before: date | None = None
    paid: date | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ScheduleValue:
    """An échéancier; the payments add up to `base`. `base_known` is False while the base is a blank."""

    key: str
    base: Decimal
    payments: tuple[Payment, ...]
    base_known: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """« à compléter (indice) », or a datum nobody gave: prints as a blank."""

    key: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """« sans »: there is none; false in conditions, prints nothing (and is an error where printed alone)."""

    key: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """« par avenant »: neither a blank nor zero, an avenant will say; false in conditions."""

    key: str


@dataclass(frozen=True, slots=True)
class ToFill:
    """A space to fill in by hand."""

    key: str


DataValue: TypeAlias = (
    Amount
    | Percentage
    | DateValue
    | DurationValue
    | PeriodValue
    | NumberValue
    | TextValue
    | BooleanValue
    | ChoiceValue
    | ListValue
    | GroupItem
    | GroupValue
    | YearlyValue
    | PersonValue
    | ImputationValue
    | ScheduleValue
    | Unknown
    | Absent
    | Deferred
    | ToFill
)
