"""An organisme as of a date: the name it bore, and its printed facts. SIRET and IBAN are checked here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from convgen.errors import Report, suggest
from convgen.french.grammar import MASCULINE_SINGULAR, GenderUnknown, NounPhrase, parse_noun_phrase
from convgen.model.identifiers import IdentifierError, check_iban, check_siret
from convgen.model.reserved import blank, is_none
from convgen.model.schema.organisme import NomDate, Organisme
from convgen.source.nodes import folded
from convgen.source.yaml import PlacedText


@dataclass(frozen=True, slots=True)
class Naming:
    """A name as of a day: whole, short, and the former one."""

    name: NounPhrase
    short: NounPhrase
    has_short: bool
    acronym: str = ""
    former: str = ""


def naming(organisme: Organisme, on: date, report: Report) -> Naming:
    """The name an organisme bore on a day; the oldest known one before all of them."""
    dated = _dated(organisme, on)
    name = dated.nom if dated is not None else organisme.nom
    if name is None:
        remedy = "Ajoutez une ligne « nom: … », avec son article : « la Ville de Nice »."
        report.error("DEF-02", "il manque la clé « nom » (ou « noms »)", organisme.place, remedy=remedy)
        name = organisme.organisme
    gender = (dated.genre if dated is not None else None) or organisme.genre
    short = (dated.court if dated is not None else None) or (organisme.court if dated is None else None)
    acronym = (dated.sigle if dated is not None else None) or organisme.sigle
    former = (dated.ancien if dated is not None else None) or organisme.ancien
    phrase = noun_phrase(name, gender, report, "nom")
    brief = noun_phrase(short, gender, report, "court", phrase) if short is not None else phrase
    return Naming(phrase, brief, short is not None, str(acronym or ""), str(former or ""))


def _dated(organisme: Organisme, on: date) -> NomDate | None:
    names = sorted(organisme.noms or (), key=lambda one: one.depuis or date.min, reverse=True)
    if not names:
        return None
    return next((one for one in names if (one.depuis or date.min) <= on), names[-1])


def noun_phrase(
    text: PlacedText, gender: str | None, report: Report, path: str, like: NounPhrase | None = None
) -> NounPhrase:
    """A name with its article; a gender that nothing tells is taken from `like`, else it is an error (DEF-21)."""
    feminine = None if gender is None else gender == "féminin"
    words = " ".join(text.split())
    try:
        return parse_noun_phrase(words, feminine=feminine)
    except GenderUnknown as error:
        if like is not None:
            return parse_noun_phrase(words, feminine=like.agreement.feminine)
        report.error("DEF-21", error.message, text.place, path, remedy=f"{error.remedy[:1].upper()}{error.remedy[1:]}.")
        return NounPhrase("", words, MASCULINE_SINGULAR)


def details(organisme: Organisme, named: Naming, report: Report) -> Mapping[str, str]:
    """The printed facts of an organisme, by name; absent ones are absent.

    A wrong SIRET (DON-15) or IBAN (DON-16) is reported, and printed as typed.
    """
    bank, register = organisme.banque, organisme.rcs
    facts: dict[str, str | None] = {
        "siret": _checked(check_siret, organisme.siret, "DON-15", "siret", report),
        "chorus": organisme.chorus,
        "forme": organisme.forme,
        "capital": organisme.capital,
        "rcs_ville": register.ville if register is not None else None,
        "rcs_numero": register.numero if register is not None else None,
        "siege": organisme.siege,
        "statut": organisme.statut,
        "rna": organisme.rna,
        "iban": _checked(check_iban, bank.iban, "DON-16", "banque.iban", report) if bank is not None else None,
        "bic": bank.bic if bank is not None else None,
        "banque_titulaire": bank.titulaire if bank is not None else None,
        "domiciliation": bank.domiciliation if bank is not None else None,
        "territoire": organisme.territoire,
        "comptable": organisme.comptable,
        "ordonnateur": organisme.ordonnateur,
        "sigle": named.acronym,
        "ancien": named.former,
    }
    return {name: on_one_line(value) for name, value in facts.items() if value}


def _checked(check: Callable[[str], str], text: PlacedText | None, code: str, path: str, report: Report) -> str | None:
    """The number as it prints; as typed when it is wrong or still to be completed."""
    if text is None or blank(text, path) is not None:
        return None
    try:
        return check(text)
    except IdentifierError as error:
        report.error(code, error.message, text.place, path, error.cause, error.remedy)
        return str(text)


def on_one_line(text: str) -> str:
    """The lines of a text, joined by commas."""
    return ", ".join(line.strip() for line in text.splitlines() if line.strip())


def address_of(organisme: Organisme, wanted: PlacedText | None, path: str, report: Report) -> tuple[str, ...]:
    """The lines of the address an act asks for: a name among `adresses`, an address typed, else the usual one.

    A single word without a figure can only be a name: an unknown one is DEF-04.
    """
    named = organisme.adresses or {}
    if wanted is None:
        return lines_of(organisme.adresse if organisme.adresse is not None else next(iter(named.values()), None))
    if is_none(wanted):
        return ()
    found = next((text for name, text in named.items() if folded(name) == folded(wanted)), None)
    if found is None and re.fullmatch(r"[^\W\d]+(?:[-_][^\W\d]+)*", wanted.strip()):
        message = f"« {wanted} » n'est pas une adresse de l'organisme « {organisme.organisme} »"
        remedy = suggest(wanted, named, "Adresses") or "Écrivez l'adresse entière."
        report.error("DEF-04", message, wanted.place, path, remedy=remedy)
    return lines_of(wanted if found is None else found)


def lines_of(text: PlacedText | None) -> tuple[str, ...]:
    """The lines of an address; none while it is to be completed."""
    if text is None or blank(text, "") is not None:
        return ()
    return tuple(line.strip() for line in text.splitlines() if line.strip())
