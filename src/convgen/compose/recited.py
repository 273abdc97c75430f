"""Words of one act said in another: their keys, their joints, what a text may read of an act it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from convgen.acte.nodes import Blank, Emphasis, Inline, Inlines, Strong, Superscript, Text, Value
from convgen.acte.runs import plain_text
from convgen.compose.atoms import Atom, Word
from convgen.compose.build import Builder, Filler
from convgen.compose.context import printing_of
from convgen.compose.noun_lines import agreement_of, noun_atom
from convgen.compose.sandbox import View
from convgen.compose.views.base import NothingView, PrintableView
from convgen.compose.views.groups import view_of
from convgen.compose.views.others import OtherActView
from convgen.compose.views.parties import PartyView
from convgen.french.agreement import MASCULINE_SINGULAR, Agreement
from convgen.french.grammar import GenderUnknown, NounPhrase
from convgen.model.values import DataValue, DateValue, GroupItem, GroupValue, YearlyValue

#: What is not said: false in a condition.
MISSING = NothingView("", "sans")
_PREPOSITIONS = ("à ", "au ", "aux ", "de ", "du ", "des ", "d\u2019", "d'")


@dataclass(frozen=True, slots=True)
class InlinesView(PrintableView):
    """Inlines already made; `agreement` is what agrees with them."""

    inlines: Inlines
    agreement: Agreement = MASCULINE_SINGULAR

    @property
    def phrase(self) -> NounPhrase:
        """What agreement follows."""
        return NounPhrase("", "", self.agreement, False)

    def atom(self) -> Atom:
        """The inlines; each of their articles joins the word before: « à » + « le contrat » is « au contrat »."""
        return noun_atom(self.inlines, self.agreement)

    @staticmethod
    def of(atom: Atom) -> Inlines:
        """The inlines of an atom."""
        return Filler(Builder(())).line((atom,))

    @staticmethod
    def plain(text: str) -> Inlines:
        """Words alone."""
        return (Text(text),)


def nodes_view(inlines: Inlines) -> View:
    """A view on what was said; MISSING when nothing was."""
    return InlinesView(inlines) if inlines else MISSING


def named_view(inlines: Inlines, agreement: Agreement | None = None) -> View:
    """A view on a noun phrase in inlines; its article or its noun tell what agrees with it, unless it is given."""
    return InlinesView(inlines, agreement or _agreement(inlines)) if inlines else MISSING


def _agreement(inlines: Inlines) -> Agreement:
    try:
        return agreement_of(plain_text(inlines))
    except GenderUnknown:
        return Agreement(False, plain_text(inlines).casefold().startswith("les "))


def to_the(inlines: Inlines) -> Inlines:
    """« à » before a noun phrase, unless it has its preposition: « au report », « à la prolongation »."""
    first = inlines[0] if inlines else None
    if isinstance(first, Text) and first.text.startswith(_PREPOSITIONS):
        return inlines
    return Filler(Builder(())).line(("à ", InlinesView(inlines).atom()))


def keyed(inlines: Inlines, name: str) -> Inlines:
    """The same words, their keys under `actes.<name>`; those that are there already stay."""
    return tuple(_keyed(node, f"actes.{name}.") for node in inlines)


def _keyed(node: Inline, prefix: str) -> Inline:
    match node:
        case Value(key=key) | Blank(key=key) if not key.startswith(("actes.", "annexes.")):
            return replace(node, key=f"{prefix}{key}")
        case Strong() | Emphasis() | Superscript():
            return replace(node, children=tuple(_keyed(one, prefix) for one in node.children))
        case _:
            return node


def keyed_atom(atom: Atom, name: str) -> Atom:
    """The same word, its key under that of the act."""
    if isinstance(atom, Word) and atom.key:
        return replace(atom, key=f"actes.{name}.{atom.key}")
    return atom


def keyed_value(value: DataValue, prefix: str) -> DataValue:
    """A datum, its key and those of its parts under a prefix."""
    key = f"{prefix}{value.key}"
    match value:
        case GroupValue(items=items):
            made = tuple(one for item in items if isinstance(one := keyed_value(item, prefix), GroupItem))
            return replace(value, key=key, items=made)
        case GroupItem(fields=fields):
            return replace(value, key=key, fields={name: keyed_value(one, prefix) for name, one in fields.items()})
        case YearlyValue(by_year=years):
            return replace(value, key=key, by_year=tuple((year, keyed_value(one, prefix)) for year, one in years))
        case _:
            return replace(value, key=key)


@dataclass(frozen=True, slots=True)
class StatesView(View):
    """`x.etat`: the days of the life of an act."""

    owner: OtherActView

    def field(self, name: str) -> object:
        """`signe`, `notifie`, `transmis`, `publie`."""
        day = self.owner.act.states.get(name)
        if day is None:
            raise KeyError(name)
        return view_of(DateValue(f"actes.{self.owner.act.id}.etat.{name}", day), printing_of(self.owner.act))

    def names(self) -> Iterable[str]:
        """The days that are known."""
        return tuple(self.owner.act.states)


@dataclass(frozen=True, slots=True)
class RecitedActView(OtherActView):
    """An act named in a délibération: what its own texts may read of it, and its data."""

    def field(self, name: str) -> object:
        """`nommer`, `ref`, `etat`, a party, a datum."""
        if name == "etat":
            return StatesView(self)
        printing, prefix = printing_of(self.act), f"actes.{self.act.id}."
        if name in self.act.data:
            return view_of(keyed_value(self.act.data[name], prefix), printing)
        party = next((one for one in self.act.parties if one.key == name), None)
        if party is not None:
            return PartyView(party, printing)
        # Explicit: zero-argument super() does not survive slotted dataclasses.
        return OtherActView.field(self, name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        parties = (party.key for party in self.act.parties)
        return tuple(dict.fromkeys(("etat", *parties, *self.act.data, *OtherActView.names(self))))
