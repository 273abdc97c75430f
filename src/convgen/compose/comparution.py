"""Who appears: the comparution of the parties, one paragraph each, by type of organisme.

« Le Département des Alpes-Maritimes, représenté par le président du Conseil départemental, Monsieur
Charles Ange GINÉSY, domicilié en cette qualité …, agissant en vertu de la délibération de la commission permanente
en date du 7 juin 2024, ci-après dénommé « le Département », »
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from convgen.acte.nodes import Block, Inlines, Origin, Paragraph, Role, Text
from convgen.compose.atoms import Atom, BlankAtom, Word
from convgen.compose.build import Builder, Filler
from convgen.compose.text import Composer
from convgen.compose.views.base import phrase_word
from convgen.compose.views.parties import capacity_phrase, name_atom, person_name, unknown_of
from convgen.french.agreement import agree
from convgen.french.dates import format_date
from convgen.french.grammar import Agreement, NounPhrase, possessive
from convgen.french.typography import typeset
from convgen.model.resolved import Habilitation, Party, Representative, ResolvedAct, Side
from convgen.model.values import Unknown

Parts = list[str | Atom]
_COMPANY_KINDS = frozenset({"société", "entreprise", "bailleur"})
#: Common nouns that open the line of an address: a capital there, none in a sentence (« situés place Masséna »).
_PLACES = re.compile(
    r"(?:allée|avenue|bâtiment|boulevard|centre|chemin|cité|cours|domaine|esplanade|hôtel|immeuble|impasse|mairie|"
    r"maison|parc|passage|place|promenade|quai|résidence|route|rue|square|usine|zone)\b",
    re.IGNORECASE,
)


def comparution(act: ResolvedAct, composer: Composer) -> tuple[Block, ...]:
    """The zone « comparution »."""
    return tuple(_blocks(act, composer))


def _blocks(act: ResolvedAct, composer: Composer) -> Iterator[Block]:
    sides = act.sides or tuple(Side(party.key, (party.key,)) for party in act.parties)
    parties = {party.key: party for party in act.parties}
    for index, side in enumerate(sides):
        yield Paragraph((Text("Entre\u00a0:" if index == 0 else "Et\u00a0:"),), Role.LINK)
        if side.announce is not None:
            yield Paragraph(composer.inline(side.announce), Role.PARTY)
        members = [parties[key] for key in side.parties if key in parties]
        last_side = index == len(sides) - 1
        for party in members:
            more = side.mention or side.designation or act.together or party is not members[-1] or not last_side
            closing = "," if more else "."
            yield Paragraph(_line([*party_parts(party), closing]), Role.PARTY, _origin(party))
        if side.designation is not None:
            yield Paragraph(_line(_side_alias(side)), Role.PARTY)
        if side.mention:
            end = "," if not last_side or act.together else "."
            yield Paragraph((Text(f"{typeset(side.mention)}{end}"),), Role.LINK)
    if act.together:
        plural = Agreement(all(party.name.agreement.feminine for party in act.parties), True)
        text = f"ci-après {agree('dénommé', plural)} ensemble « {act.together} »."
        yield Paragraph((Text(typeset(text)),), Role.PARTY)


def _side_alias(side: Side) -> Parts:
    assert side.designation is not None  # noqa: S101 — the caller looked
    word = agree("dénommé", side.designation.agreement)
    return [f"ci-après {word} «\u00a0", phrase_word(side.designation, "partie", f"cotes.{side.id}"), "\u00a0»,"]


def _origin(party: Party) -> Origin:
    return Origin(party.place.file, party.place.line, what="définition") if party.place else Origin()


def _line(parts: Parts) -> Inlines:
    """Parts joined like a text."""
    return _joined(tuple(parts))


@lru_cache(maxsize=256)
def _joined(parts: tuple[str | Atom, ...]) -> Inlines:
    """The parties of a library come back in every act."""
    return Filler(Builder(())).line(
        [typeset(part) if isinstance(part, str) and part.strip() else part for part in parts]
    )


def party_parts(party: Party) -> Parts:
    """How a party appears, without its final punctuation."""
    if party.blank:
        return [*_unknown(party), *_alias(party)]
    key = f"parties.{party.key}"
    parts: Parts = [Word(*_name(party), kind="partie", key=f"{key}.nom", exact=party.organisme)]
    parts += _also_named(party)
    parts += _status(party)
    parts += _represented(party)
    parts += _domiciled(party)
    parts += _identifiers(party)
    parts += _empowered(party)
    return parts + _alias(party)


def _name(party: Party) -> tuple[str, None]:
    text = typeset(str(party.name))
    return text[:1].upper() + text[1:], None


def _unknown(party: Party) -> Parts:
    """A party that nobody holds yet: blanks, or spaces when the act is a model filled in by hand."""
    word = agree("représenté", party.name.agreement)
    parts: Parts = []
    if not party.hint:
        parts = [Word(*_name(party), kind="partie", key=f"parties.{party.key}.nom")]
    if not party.to_fill:
        parts += [name_atom(party)] if party.hint else []
        return [*parts, f", {word} par ", unknown_of(party, "representant").atom()]
    space = {name: unknown_of(party, name).atom() for name in ("nom", "adresse", "representant", "qualite")}
    parts += [" ", space["nom"]] if parts else [space["nom"]]
    parts += [", dont l'adresse est ", space["adresse"], f", {word} par ", space["representant"]]
    return [*parts, ", en qualité de ", space["qualite"]]


def _also_named(party: Party) -> Parts:
    """The service that bears the act, the former name when it is asked for."""
    details = party.details
    parts: Parts = []
    if details.get("service") and (party.mentions is None or _asked(party.mentions, "service")):
        parts += [f" – {details['service']}"]
    if details.get("ancien") and _asked(party.mentions, "ancien"):
        parts += [f" (anciennement {details['ancien']})"]
    return parts


def _status(party: Party) -> Parts:
    """Legal form, capital, RCS and seat of a company; seat and statute of the others when asked."""
    details, mentions = party.details, party.mentions
    parts: Parts = []
    company = party.kind in _COMPANY_KINDS
    if details.get("forme") and (company or _asked(mentions, "forme")):
        parts += [f", {details['forme']}"]
        parts += [f" au capital de {details['capital']}"] if details.get("capital") else []
    elif not details.get("forme") and _asked(mentions, "forme"):
        parts += [", ", _missing(party, "forme", "forme juridique")]
    if details.get("statut") and (_asked(mentions, "statut") or mentions is None):
        parts += [f", {details['statut']}"]
    elif _asked(mentions, "statut"):
        parts += [", ", _missing(party, "statut", "statut")]
    parts += _registered(party)
    if details.get("siege") and (company or mentions is None or _asked(mentions, "siege")):
        parts += [f", dont le siège est situé {_in_sentence(details['siege'])}"]
    elif _asked(mentions, "siege"):
        parts += [", dont le siège est situé ", _missing(party, "siege", "siège")]
    return parts


def _registered(party: Party) -> Parts:
    """The registers in which an association or a company is entered."""
    details, agreement, mentions = party.details, party.name.agreement, party.mentions
    parts: Parts = []
    if _asked(mentions, "rna"):
        entered = f", {agree('inscrit', agreement)} au répertoire national des associations sous le n°\u00a0"
        parts += [f"{entered}{details['rna']}"] if details.get("rna") else [entered, _missing(party, "rna", "n° RNA")]
    if details.get("rcs_numero"):
        registered = agree("immatriculé", agreement)
        town = f"de {details['rcs_ville']} " if details.get("rcs_ville") else ""
        parts += [f", {registered} au registre du commerce et des sociétés {town}sous le n° {details['rcs_numero']}"]
    elif _asked(mentions, "rcs"):
        entered = f", {agree('immatriculé', agreement)} au registre du commerce et des sociétés sous le n°\u00a0"
        parts += [entered, _missing(party, "rcs.numero", "n° RCS")]
    return parts


def _missing(party: Party, name: str, hint: str) -> BlankAtom:
    """A mention that the act asks for and that the fiche does not give."""
    return BlankAtom(f"parties.{party.key}.{name}", hint)


def _in_sentence(address: str) -> str:
    """An address inside a sentence: « hôtel du Département, place Gossin, 55000 Bar-le-Duc »."""
    return ", ".join(line[:1].lower() + line[1:] if _PLACES.match(line) else line for line in address.split(", "))


def _asked(mentions: tuple[str, ...] | None, name: str) -> bool:
    return mentions is not None and name in mentions


def _represented(party: Party) -> Parts:
    word = agree("représenté", party.name.agreement)
    if party.kind == "personne" and not party.representatives:
        return []
    if not party.representatives:
        return [f", {word} par ", BlankAtom(f"parties.{party.key}.representant", "représentant")]
    parts: Parts = [f", {word} par "]
    count = len(party.representatives)
    for index, person in enumerate(party.representatives):
        if index:
            parts.append(", et par " if index == count - 1 else ", par ")
        parts += _person(person, party)
    return parts


def _person(person: Representative, party: Party) -> Parts:
    key = f"parties.{party.key}.representants.{person.key}"
    name = Word(person_name(person), None, "personne", key, person.key)
    capacity = capacity_phrase(person)
    own = possessive(party.name.agreement.plural, capacity)
    match party.presentation:
        case "nom-qualite":
            parts: Parts = [name, f", {', '.join(person.capacities)}"]
        case "sa-qualite-nom":
            parts = [phrase_word(own), ", ", name]
        case "nom-sa-qualite":
            parts = [name, ", ", phrase_word(own)]
        case _:
            parts = [phrase_word(capacity), ", ", name]
    return [*parts, f", {person.mandate}"] if person.mandate else parts


def _domiciled(party: Party) -> Parts:
    if not _asked(party.mentions, "adresse") and (not party.address or party.mentions is not None):
        return []
    address: Atom = _missing(party, "adresse", "adresse")
    if party.address:
        whole = ", ".join(party.address)
        address = Word(typeset(_in_sentence(whole)), None, "adresse", f"parties.{party.key}.adresse", whole)
    if len(party.representatives) == 1:
        word = agree("domicilié", Agreement(party.representatives[0].feminine))
        return [f", {word} en cette qualité, ", address]
    if party.kind == "personne":
        return [", demeurant ", address]
    return [", dont les bureaux sont situés ", address]


def _identifiers(party: Party) -> Parts:
    parts: Parts = []
    for name, label in (("siret", "SIRET"), ("chorus", "identifiant Chorus")):
        if _asked(party.mentions, name):
            value = party.details.get(name, "")
            known = Word(value, None, "texte", f"parties.{party.key}.{name}", value)
            parts += [f", {label}\u00a0: ", known if value else _missing(party, name, label)]
    if _asked(party.mentions, "banque"):
        value = party.details.get("iban", "")
        known = Word(value, None, "texte", f"parties.{party.key}.iban", value)
        parts += [", compte bancaire (IBAN)\u00a0: ", known if value else _missing(party, "banque.iban", "IBAN")]
    return parts


def _empowered(party: Party) -> Parts:
    found = party.habilitation
    if found is None:
        return []
    plural = len(party.representatives) > 1
    wording = found.wording or ("agissant en vertu de" if not plural else "agissant chacun en vertu de")
    if found.organe is None and found.day is None and not found.number:
        return [f", {wording}"] if found.wording else []
    parts: Parts = [f", {wording} "]
    parts += [phrase_word(NounPhrase("la", "délibération", Agreement(True)))]
    if found.organe is not None:
        parts += [" de ", phrase_word(found.organe)]
    return [*parts, *_dated(found, party)]


def _dated(found: Habilitation, party: Party) -> Parts:
    key = f"parties.{party.key}.habilitation"
    parts: Parts = []
    match found.number:
        case Unknown(hint=hint):
            parts += [" n°\u00a0", BlankAtom(f"{key}.numero", hint or "numéro de la délibération")]
        case str() as number if number:
            parts += [" n°\u00a0", Word(number, None, "texte", f"{key}.numero", number)]
        case _:
            pass
    match found.day:
        case date() as day:
            parts += [" en date du ", Word(typeset(format_date(day)), None, "date", f"{key}.date", day.isoformat())]
        case Unknown(hint=hint):
            parts += [" en date du ", BlankAtom(f"{key}.date", hint or "date de la délibération")]
        case None:
            pass
    return parts


def _alias(party: Party) -> Parts:
    if party.designation is None:
        return []
    # the entity is masculine or feminine; it is the entity that is named
    word = agree("dénommé", party.name.agreement)
    wording = party.wording or f"ci-après {word}"
    term = party.designation.bare if party.bare_alias else party.designation
    alias = phrase_word(term, "partie", f"parties.{party.key}", party.organisme)
    return [f", {wording} «\u00a0", alias, "\u00a0»"]
