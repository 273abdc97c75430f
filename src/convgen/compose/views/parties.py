"""Views on parties, sides and persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from convgen.acte.nodes import Blank, Inline, LineBreak, Text
from convgen.compose.atoms import Atom, BlankAtom, NodesAtom, SeriesAtom, Word
from convgen.compose.sandbox import View
from convgen.compose.views.base import (
    BlankView,
    FillView,
    NothingView,
    PhraseView,
    PrintableView,
    Printing,
    phrase_word,
    pronoun,
    text_view,
)
from convgen.compose.views.groups import SeriesView, view_of
from convgen.french.grammar import Agreement, NounPhrase
from convgen.french.typography import typeset
from convgen.model.resolved import Party, Representative, Side

_DETAILS = {"siret": "SIRET", "chorus": "identifiant Chorus", "iban": "IBAN", "bic": "BIC"}


@dataclass(frozen=True, slots=True)
class PartyView(PrintableView):
    """A party; prints its defined term (or its name when the act gives it none)."""

    party: Party
    printing: Printing
    _printed: Atom = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # A party is what the texts of an act print most.
        object.__setattr__(self, "_printed", self._atom())

    @property
    def phrase(self) -> NounPhrase:
        """The defined term, else the short name."""
        return self.party.designation or self.party.name

    def atom(self) -> Atom:
        """The defined term."""
        return self._printed

    def _atom(self) -> Atom:
        if self.party.blank and self.party.designation is None:
            return name_atom(self.party)
        return phrase_word(self.phrase, "partie", f"parties.{self.party.key}", self.party.organisme)

    def field(self, name: str) -> object:
        """What a text may read of a party, else its own data."""
        party = self.party
        if party.blank and name in _UNKNOWN and (party.hint or name not in ("nom", "court")):
            return unknown_of(party, name)
        match name:
            case "nom":
                return PhraseView(party.name, "partie", f"parties.{party.key}.nom", party.organisme)
            case "court":
                return PhraseView(party.short, "partie", f"parties.{party.key}.court", party.organisme)
            case "il":
                return pronoun(self.phrase)
            case "type" | "role":
                return text_view(party.kind if name == "type" else party.role)
            case "representant" | "representants" | "signataires":
                return self._people(name)
            case "adresse":
                return self._address()
            case "banque":
                return BankView(party)
            case _ if name in party.data:
                return view_of(party.data[name], self.printing)
            case _:
                return self._detail(name)

    def _people(self, name: str) -> View:
        people = tuple(PersonOfParty(one, self.party) for one in self.party.representatives)
        if not people:
            return BlankView(f"parties.{self.party.key}.representant", "représentant")
        if name == "representant":
            return people[0]
        if name == "signataires":
            return SeriesView(tuple(one.capacity() for one in people), len(people))
        return SeriesView(people, len(people))

    def _address(self) -> View:
        if not self.party.address:
            return BlankView(f"parties.{self.party.key}.adresse", "adresse")
        return text_view(", ".join(self.party.address), "adresse", f"parties.{self.party.key}.adresse")

    def _detail(self, name: str) -> View:
        if name not in self.party.details:
            if name in _OPTIONAL:
                return NothingView(f"parties.{self.party.key}.{name}", "sans")
            raise KeyError(name)
        return text_view(self.party.details[name], "partie", f"parties.{self.party.key}.{name}", capital=False)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        known = ("nom", "court", "il", "type", "role", "representant", "representants", "signataires", "adresse")
        return (*known, "banque", *self.party.details, *self.party.data)

    def __str__(self) -> str:
        return self.party.key

    def __eq__(self, other: object) -> bool:
        return self.party.key == (other.party.key if isinstance(other, PartyView) else other)

    def __hash__(self) -> int:
        return hash(self.party.key)


_OPTIONAL = frozenset(
    [
        "siret",
        "chorus",
        "forme",
        "capital",
        "rcs_ville",
        "rcs_numero",
        "siege",
        "statut",
        "iban",
        "bic",
        "comptable",
        "ordonnateur",
        "territoire",
        "ancien",
        "service",
        "sigle",
        "banque_titulaire",
    ]
)


#: What is unknown of a party that nobody holds yet.
_UNKNOWN = _OPTIONAL | {"nom", "court", "representant", "representants", "signataires", "adresse", "banque"}
_HINTS = {"court": "nom", "representants": "representant", "signataires": "representant"}
_SPACES = {"nom": 40, "adresse": 40, "representant": 30, "banque": 40}


def unknown_of(party: Party, name: str, hint: str = "") -> BlankView | FillView:
    """What is not known of a party: a blank, or a space when the act is filled in by hand."""
    name = _HINTS.get(name, name)
    key = f"parties.{party.key}.{name}"
    if party.to_fill:
        return FillView(key, _SPACES.get(name, 24))
    words = {"representant": "représentant", "siege": "siège"}.get(name, name.replace("_", " "))
    return BlankView(key, party.hint if name == "nom" else hint or words)


def name_atom(party: Party) -> Atom:
    """The name of a party where it appears: whole, else a blank or a space."""
    if party.blank and party.hint:
        return unknown_of(party, "nom").atom()
    return phrase_word(party.name, "partie", f"parties.{party.key}.nom", party.organisme)


@dataclass(frozen=True, slots=True)
class PartiesView(PrintableView):
    """A side with an alias, or several parties together: behaves as a party in the plural."""

    members: tuple[PartyView, ...]
    alias: NounPhrase | None = None
    key: str = "parties"

    @property
    def phrase(self) -> NounPhrase:
        """The alias, else « les parties »."""
        return self.alias or NounPhrase("les", "parties", Agreement(True, True))

    def atom(self) -> Atom:
        """The alias, else the list of the parties."""
        if self.alias is not None:
            return phrase_word(self.alias, "partie", self.key, tuple_text(self.members))
        return SeriesAtom(tuple(one.atom() for one in self.members))

    def field(self, name: str) -> object:
        """`il`, or a member by its key."""
        if name == "il":
            return pronoun(self.phrase)
        if name == "nom":
            return SeriesView(tuple(PhraseView(one.party.name) for one in self.members))
        for one in self.members:
            if one.party.key == name:
                return one
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("il", "nom", *(one.party.key for one in self.members))

    def __iter__(self) -> Iterator[PartyView]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)


def tuple_text(members: Iterable[PartyView]) -> str:
    """The keys of some parties on one line."""
    return ",".join(one.party.key for one in members)


def side_view(side: Side, parties: Iterable[PartyView]) -> PartiesView:
    """The view on a side."""
    members = tuple(one for one in parties if one.party.key in side.parties)
    return PartiesView(members, side.designation, f"cotes.{side.id}")


@dataclass(frozen=True, slots=True)
class PersonOfParty(PrintableView):
    """Who represents a party; prints « Monsieur Charles Ange GINÉSY »."""

    person: Representative
    party: Party

    def atom(self) -> Atom:
        """Civility and name."""
        return Word(person_name(self.person), None, "personne", self._key, self.person.key)

    @property
    def _key(self) -> str:
        return f"parties.{self.party.key}.representants.{self.person.key}"

    def capacity(self) -> PhraseView:
        """« le président du Conseil départemental »."""
        return PhraseView(capacity_phrase(self.person), "personne", f"{self._key}.qualite", self.person.key)

    @property
    def phrase(self) -> NounPhrase:
        """The capacity: what agreement follows."""
        return capacity_phrase(self.person)

    def field(self, name: str) -> object:
        """`nom`, `prenom`, `civilite`, `qualite`, `il`."""
        match name:
            case "qualite":
                return self.capacity()
            case "nom":
                return text_view(self.person.last_name.upper(), "personne", self._key)
            case "prenom":
                return text_view(self.person.first_name, "personne", self._key)
            case "civilite":
                return text_view(self.person.civility, "personne", self._key)
            case "il":
                return pronoun(self.phrase)
            case _:
                raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("nom", "prenom", "civilite", "qualite", "il")


def person_name(person: Representative, *, civility: bool = True) -> str:
    """« Monsieur Charles Ange GINÉSY », or without the civility."""
    parts = (person.civility if civility else "", person.first_name, person.last_name.upper())
    return typeset(" ".join(part for part in parts if part)).replace(" ", "\u00a0", 1 if civility else 0)


def capacity_phrase(person: Representative) -> NounPhrase:
    """« le président du Conseil départemental », « la directrice territoriale, … »."""
    agreement = Agreement(person.feminine)
    return NounPhrase("", ", ".join(person.capacities), agreement).definite


def _told(label: str, text: str) -> Word:
    return Word(text, None, "texte", label, text)


def _blank(atom: BlankAtom) -> Blank:
    return Blank(atom.key, atom.hint, f"[{atom.hint} à compléter]")


@dataclass(frozen=True, slots=True)
class BankView(PrintableView):
    """The account of a party; `| fiche` prints it as a list of lines."""

    party: Party

    def lines(self) -> tuple[tuple[str, Word | BlankAtom], ...]:
        """(label, value) pairs; what the fiche does not give is a blank."""
        details = self.party.details
        holder = details.get("banque_titulaire") or str(self.party.name.bare)
        pairs: list[tuple[str, Word | BlankAtom]] = [("Titulaire du compte", _told("Titulaire du compte", holder))]
        for name in ("iban", "bic"):
            label, value = _DETAILS[name], details.get(name, "")
            key = f"parties.{self.party.key}.banque.{name}"
            pairs.append((label, _told(label, value) if value else BlankAtom(key, label)))
        return tuple(pairs)

    def atom(self) -> Atom:
        """The lines, in one paragraph."""
        nodes: list[Inline] = []
        for label, value in self.lines():
            printed: Inline = Text(value.text) if isinstance(value, Word) else _blank(value)
            nodes += [Text(f"{label}\u00a0: "), printed, LineBreak()]
        return NodesAtom(tuple(nodes[:-1]))

    def __bool__(self) -> bool:
        return bool(self.party.details.get("iban"))
