"""The slots of the templates: what a sentence may print, its forms, and samples of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from convgen.acte.nodes import Inlines, Text
from convgen.compose.sandbox import View
from convgen.french.grammar import (
    FEMININE_SINGULAR,
    MASCULINE_PLURAL,
    MASCULINE_SINGULAR,
    Agreement,
    NounPhrase,
    capitalise,
    contract,
    join_list,
    parse_noun_phrase,
)


class Kind(StrEnum):
    """What a slot names; each kind has its own reading pattern."""

    ALINEAS = "alinéas"  # « le deuxième alinéa de l'article 4 », « les premier et second alinéas », a table
    DIVISION = "division"  # « l'article 4 », « le point 3 de l'annexe 2 », « la désignation des parties »
    PLURAL = "divisions du texte"  # one division or several: « les articles 5 à 8 »
    PLACE = "lieu"  # where words stand: alinéas or a division
    PLACES = "lieux"  # one such place or several
    ROWS = "lignes"  # « la troisième ligne (« Solde ») du tableau de l'article 4.2 »
    TABLE = "tableau"
    COUNT = "nombre"
    RANK = "rang"
    WORDS = "mots"  # quoted words
    TERMS = "termes"  # several quoted words
    NEW = "nouvelles divisions"  # « un article 3-1 »
    TARGET = "cible"  # the new name of a division
    TARGETS = "cibles"
    WHERE = "endroit"  # « après l'article 5 »
    JOINED = "annexe jointe"
    SCOPE = "portée"
    TEXT = "texte"
    VERB = "verbe"
    FLAG = "oui ou non"
    DATUM = "donnée"  # a noun phrase: « le montant de la subvention », a party
    VALUE = "valeur"  # before or after: a figure, a date
    SPAN = "période"  # « de mars à mai 2024 »
    LIST = "liste"


class Slot(View):
    """A slot with an agreement."""

    __slots__ = ()

    @property
    def agreement(self) -> Agreement:
        """Gender and number."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Named(Slot):
    """The name of one place, or of nothing when the sentence stands in a group that names it.

    Attributes:
        phrase: The name; that of the group when `implicit`.
        preposition: « à », or « dans » before what is no division.
        implicit: The group has said it: « il est complété… », « au début, … ».
        current: It must be told from a new one of the same number: « l'actuel article 4 ».
        becomes: The rank that an alinéa takes, said on the way: « au quatrième alinéa, qui devient le cinquième ».
    """

    phrase: NounPhrase
    preposition: str = "à"
    implicit: bool = False
    current: bool = False
    becomes: str = ""

    @property
    def agreement(self) -> Agreement:
        """Gender and number."""
        return self.phrase.agreement

    @property
    def le(self) -> str:
        """« l'article 4 »; « il » when implicit."""
        if not self.implicit:
            return str(self.phrase)
        return ("elle" if self.agreement.feminine else "il") + ("s" if self.agreement.plural else "")

    @property
    def du(self) -> str:
        """« de l'article 4 »."""
        return contract("de", self.phrase)

    @property
    def au(self) -> str:
        """« à l'article 4 », « dans le titre de la convention »."""
        return contract("à", self.phrase) if self.preposition == "à" else f"dans {self.phrase}"

    @property
    def actuel(self) -> str:
        """« l'actuel article 4 » where the number is given again, else « l'article 4 »."""
        if not self.current or self.implicit:
            return self.le
        word = "actuel" + ("le" if self.agreement.feminine else "") + ("s" if self.agreement.plural else "")
        return str(NounPhrase("", f"{word} {self.phrase.noun}", self.agreement).definite)

    def field(self, name: str) -> object:
        """The form of that name."""
        bridge = f", qui devient {self.becomes}" if self.becomes else ""
        locative = "" if self.implicit else f"{self.au}{bridge}"
        return forms_of(self.le, self.du, self.au, self.actuel, locative, self.implicit)[name]

    def names(self) -> Iterable[str]:
        """The forms."""
        return FORMS


FORMS: Final = ("le", "Le", "du", "au", "Au", "Au_v", "du_v", "actuel", "les")


def forms_of(le: str, du: str, au: str, actuel: str, locative: str, implicit: bool) -> Mapping[str, str]:
    """The forms of a designation, by name."""
    return {
        "le": le,
        "les": le,
        "Le": capitalise(le),
        "du": du,
        "au": au,
        "Au": capitalise(au),
        "Au_v": f"{locative}, " if locative else "",
        "du_v": "" if implicit else f" {du}",
        "actuel": actuel,
    }


@dataclass(frozen=True, slots=True)
class Several(Slot):
    """Several places: « à l'article 3.1 et au premier alinéa de l'article 3.2 »."""

    places: tuple[Named, ...]

    @property
    def agreement(self) -> Agreement:
        """Plural as soon as there are two."""
        if len(self.places) == 1:
            return self.places[0].agreement
        return Agreement(all(one.agreement.feminine for one in self.places), True)

    def field(self, name: str) -> object:
        """The form of that name, each place with its own preposition."""
        if len(self.places) == 1:
            return self.places[0].field(name)
        places = _together(self.places)
        le, du, au = (join_list([getattr(one, form) for one in places]) for form in ("le", "du", "au"))
        return forms_of(le, du, au, le, au, False)[name]

    def names(self) -> Iterable[str]:
        """The forms."""
        return FORMS


#: « article 3.1 », « annexe 2 »: a division with a number, and nothing else.
_PLAIN: Final = re.compile(r"(article|annexe|chapitre|titre|section|point|paragraphe) (\d[\w.-]*|[IVXLC]+)")


#: « deuxième alinéa de l'article 4 », « deuxième alinéa » in a group.
_ALINEA: Final = re.compile(r"([a-zà-ÿ -]+?) (alinéa(?: .+)?)")


def _together(places: Sequence[Named]) -> list[Named]:
    """The places, neighbours of one kind said at once.

    « les articles 3.1 et 5 », « les premier et quatrième alinéas de l'article 2 ».
    """
    groups: list[tuple[tuple[str, str], list[Named]]] = []
    for one in places:
        kind = _kind_of(one)
        if any(kind) and groups and groups[-1][0] == kind:
            groups[-1][1].append(one)
        else:
            groups.append((kind, [one]))
    return [group[0] if len(group) == 1 else _plural(*kind, group) for kind, group in groups]


def _kind_of(place: Named) -> tuple[str, str]:
    """What a place shares with those said at once: ("article", ""), ("", "alinéa de l'article 2"), else nothing."""
    if place.implicit or place.current or place.becomes:
        return "", ""
    found = _PLAIN.fullmatch(place.phrase.noun)
    if found:
        return found[1], ""
    alinea = _ALINEA.fullmatch(place.phrase.noun)
    return ("", alinea[2]) if alinea and not place.agreement.plural else ("", "")


def _plural(noun: str, alinea: str, places: Sequence[Named]) -> Named:
    if alinea:
        ranks = join_list([one.phrase.noun.removesuffix(f" {alinea}") for one in places])
        return Named(NounPhrase("les", f"{ranks} alinéas{alinea.removeprefix('alinéa')}", MASCULINE_PLURAL))
    numbers = join_list([one.phrase.noun.removeprefix(f"{noun} ") for one in places])
    return Named(NounPhrase("les", f"{noun}s {numbers}", Agreement(places[0].agreement.feminine, True)))


@dataclass(frozen=True, slots=True)
class Quoted(Slot):
    """Quoted words with what they are: « les mots », « la somme »."""

    words: tuple[Inlines, ...]
    nature: NounPhrase

    @property
    def agreement(self) -> Agreement:
        """That of « les mots », « la somme »."""
        return self.nature.agreement

    def field(self, name: str) -> object:
        """« les mots », « des mots »."""
        return {"le": str(self.nature), "du": contract("de", self.nature)}[name]

    def names(self) -> Iterable[str]:
        """The forms."""
        return ("le", "du")


@dataclass(frozen=True, slots=True)
class New(Slot):
    """Divisions that arrive: « un article 3-1 », « deux articles 3-1 et 3-2 »."""

    un: str
    de: str
    gender: Agreement

    @property
    def agreement(self) -> Agreement:
        """Gender and number."""
        return self.gender

    def field(self, name: str) -> object:
        """« un article 3-1 », « d'un article 3-1 »."""
        return {"un": self.un, "de": self.de}[name]

    def names(self) -> Iterable[str]:
        """The forms."""
        return ("un", "de")


@dataclass(frozen=True, slots=True)
class Where(View):
    """Where something arrives: « après l'article 5 », « avant l'article 1er »."""

    apres: str

    def field(self, name: str) -> object:
        """The phrase."""
        return {"apres": self.apres}[name]

    def names(self) -> Iterable[str]:
        """The only form."""
        return ("apres",)


@dataclass(frozen=True, slots=True)
class Joined(View):
    """An annexe to the avenant: « l'annexe 1 », « annexe 1 »."""

    number: str

    def field(self, name: str) -> object:
        """« l'annexe 1 », « annexe 1 »."""
        return {"le": f"l'annexe {self.number}", "nom": f"annexe {self.number}"}[name]

    def names(self) -> Iterable[str]:
        """The forms."""
        return ("le", "nom")


@dataclass(frozen=True, slots=True)
class Printed(View):
    """A value as printed, with « du » and « au » before a date."""

    text: str

    def field(self, name: str) -> object:
        """« du 31 janvier 2026 », « au 28 février 2026 »."""
        return {"du": f"du {self.text}", "au": f"au {self.text}"}[name]

    def names(self) -> Iterable[str]:
        """The forms."""
        return ("du", "au")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Listed(View):
    """A list read by rank: « objets[0] »."""

    items: tuple[str, ...]

    def field(self, name: str) -> object:
        """The item of that rank."""
        rank = int(name) if name.isdecimal() else -1
        if not 0 <= rank < len(self.items):
            raise KeyError(name)
        return self.items[rank]

    def names(self) -> Iterable[str]:
        """The ranks."""
        return tuple(str(rank) for rank in range(len(self.items)))

    def __iter__(self) -> Iterator[str]:
        return iter(self.items)


# --- slots from texts ---------------------------------------------------------------------------------------


def named(text: str, preposition: str = "à", *, feminine: bool | None = None, current: bool = False) -> Named:
    """The slot of a name with its article."""
    return Named(parse_noun_phrase(text, feminine=feminine), preposition, current=current)


#: What quoted words are called.
NATURES: Final[Mapping[str, NounPhrase]] = {
    "mot": NounPhrase("le", "mot", MASCULINE_SINGULAR),
    "mots": NounPhrase("les", "mots", MASCULINE_PLURAL),
    "somme": NounPhrase("la", "somme", FEMININE_SINGULAR),
    "taux": NounPhrase("le", "taux", MASCULINE_SINGULAR),
    "date": NounPhrase("la", "date", FEMININE_SINGULAR),
    "durée": NounPhrase("la", "durée", FEMININE_SINGULAR),
    "nombre": NounPhrase("le", "nombre", MASCULINE_SINGULAR),
    "référence": NounPhrase("la", "référence", FEMININE_SINGULAR),
}


def quoted(text: str, nature: str = "mot") -> Quoted:
    """The slot of quoted words."""
    return Quoted(((Text(text),),), NATURES[nature])
