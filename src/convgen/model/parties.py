"""The parties of an act: organismes as of a date, with what the act changes of them; sides, habilitations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from convgen.errors import Place, Report, suggest
from convgen.french.dates import DateError, parse_date
from convgen.french.grammar import MASCULINE_SINGULAR, NounPhrase, contract
from convgen.french.lexicon import FEMININE, MASCULINE
from convgen.model.files import Asked, Files
from convgen.model.merge import Merged
from convgen.model.organismes import address_of, details, naming, noun_phrase, on_one_line
from convgen.model.reserved import blank, is_none, source
from convgen.model.resolved import Habilitation, Party, Representative, Side
from convgen.model.schema.organisme import Organisme, Personne
from convgen.model.schema.parties import MENTIONS, Partie
from convgen.model.schema.parties import Habilitation as HabilitationKeys
from convgen.model.values import Unknown
from convgen.source.nodes import folded
from convgen.source.yaml import MappingNode, PlacedText


@dataclass(frozen=True, slots=True)
class PartyLayers:
    """A party as the definition, then the modèle, say it."""

    key: str
    layers: tuple[Partie, ...]

    def pick(self, name: str) -> Any:
        """The value of a key, from the strongest layer that gives it."""
        return next((getattr(layer, name) for layer in self.layers if layer.gives(name)), None)

    def strongest(self, *names: str) -> Partie | None:
        """The first layer that gives one of these keys."""
        return next((layer for layer in self.layers if any(layer.gives(name) for name in names)), None)

    def nodes(self, name: str) -> tuple[MappingNode, ...]:
        """The mappings of a key, strongest first."""
        found = (layer.node_of(name) for layer in self.layers)
        return tuple(node for node in found if isinstance(node, MappingNode))

    @property
    def place(self) -> Place | None:
        """Where the strongest layer stands."""
        return self.layers[0].place

    @property
    def path(self) -> str:
        """The path of the party."""
        return f"parties.{self.key}"


def party_layers(act: Merged) -> tuple[PartyLayers, ...]:
    """The parties in the order of the modèle, then those the definition adds."""
    own = {folded(key): party for key, party in (act.definition.parties or {}).items()}
    below = {folded(key): party for key, party in ((act.modele.parties if act.modele else None) or {}).items()}
    keys = [key for key in [*below, *(key for key in own if key not in below)] if key not in act.gone]
    return tuple(PartyLayers(key, tuple(one[key] for one in (own, below) if key in one)) for key in keys)


def resolve_party(
    layers: PartyLayers, on: date, files: Files, report: Report, plus: Sequence[PlacedText] = ()
) -> Party:
    """A party as it appears in the act.

    Args:
        layers: what the definition and the modèle say of it.
        on: the date of the act, which chooses the name it bears.
        files: the registry of organismes and délibérations.
        report: receives DEF-08 (organisme), DEF-11 (representative), DEF-21 (gender), DON-04.
        plus: the keys of those who sign without appearing.
    """
    organisme = _organisme(layers, files, report)
    if organisme is None:
        return _blank_party(layers, report)
    named = naming(organisme, layers.pick("denomination") or on, report)
    name, short = named.name, named.short
    if layers.pick("nom") is not None:
        name = noun_phrase(layers.pick("nom"), None, report, f"{layers.path}.nom", name)
    if layers.pick("court") is not None:
        short = noun_phrase(layers.pick("court"), None, report, f"{layers.path}.court", short)
    default = short if named.has_short and str(short) != str(name) else None
    facts = dict(details(organisme, named, report))
    for key in ("siret", "siege", "statut", "service"):
        if layers.pick(key) is not None:
            facts[key] = on_one_line(layers.pick(key))
    designation, bare_alias = _designation(layers, default, name, report)
    return Party(
        key=layers.key,
        organisme=str(organisme.organisme),
        kind=organisme.type,
        name=name,
        short=short,
        designation=designation,
        bare_alias=bare_alias,
        signs=layers.pick("signe") is not False,
        role=str(layers.pick("role") or ""),
        presentation=layers.pick("presentation") or "qualite-nom",
        mentions=_mentions(layers, report),
        wording=str(layers.pick("tournure") or ""),
        representatives=_representatives(layers, organisme, report, (named.name, name)),
        second_signatories=tuple(_persons(plus, organisme, f"signatures.plus.{layers.key}", report)),
        habilitation=_habilitation(layers, organisme, files, report),
        address=address_of(organisme, layers.pick("adresse"), f"{layers.path}.adresse", report),
        details=facts,
        place=layers.place,
    )


def _organisme(layers: PartyLayers, files: Files, report: Report) -> Organisme | None:
    wanted = layers.pick("organisme")
    if wanted is None or blank(wanted, layers.path) is not None:
        return None
    asked = Asked(wanted.place, f"{layers.path}.organisme")
    name = str(wanted).strip()
    if folded(name) == "defaut":
        default = files.espace(report).organisme
        if default is None:
            remedy = "Ajoutez « organisme: … » à convgen.yaml, ou nommez l'organisme ici."
            message = "convgen.yaml ne dit pas quel est l'organisme par défaut"
            report.error("DEF-08", message, asked.place, asked.path, remedy=remedy)
            return None
        name, asked = str(default), Asked(default.place, "organisme")
    loaded = files.organisme(name, asked, report)
    return loaded.model if loaded is not None else None


def _blank_party(layers: PartyLayers, report: Report) -> Party:
    """A place that nobody holds yet: a partner still unknown, or one that fills the act in by hand."""
    key = NounPhrase("", layers.key.replace("_", " "), MASCULINE_SINGULAR)
    designation, bare_alias = _designation(layers, None, key, report)
    typed = layers.pick("nom")
    unknown = blank(typed, f"{layers.path}.nom") or blank(layers.pick("organisme"), f"{layers.path}.organisme")
    name, known = designation or key, typed is not None and blank(typed, f"{layers.path}.nom") is None
    if known:
        name = noun_phrase(typed, layers.pick("genre"), report, f"{layers.path}.nom", name)
    usual = contract("nom de", designation) if designation is not None else f"nom de la partie « {key} »"
    return Party(
        key=layers.key,
        organisme="",
        kind="",
        name=name,
        short=name,
        designation=designation,
        bare_alias=bare_alias,
        signs=layers.pick("signe") is not False,
        role=str(layers.pick("role") or ""),
        presentation=layers.pick("presentation") or "qualite-nom",
        mentions=_mentions(layers, report),
        wording=str(layers.pick("tournure") or ""),
        blank=True,
        to_fill=bool(layers.pick("remplir")),
        hint="" if known else unknown.hint if unknown is not None and unknown.hint else usual,
        place=layers.place,
    )


def _designation(
    layers: PartyLayers, default: NounPhrase | None, name: NounPhrase, report: Report
) -> tuple[NounPhrase | None, bool]:
    """The defined term as texts say it, and whether it is quoted without its article in the comparution."""
    text = layers.pick("designation")
    if text is None:
        return default, False
    if is_none(text):
        return None, False
    term = noun_phrase(text, layers.pick("genre"), report, f"{layers.path}.designation", _like(text, name))
    if _is_common(term, name):
        return term.definite, True
    return term, False


def _is_common(term: NounPhrase, name: NounPhrase) -> bool:
    """A common noun typed alone (« Département »), which a sentence cannot use without its article.

    « France Travail » and « Horizon » (for the organisme « Horizon ») are proper names: they take none.
    """
    if term.determiner or " " in term.noun:
        return False
    proper = not name.determiner and folded(name.noun).split()[:1] == [folded(term.noun)]
    return not proper and term.noun.casefold() in MASCULINE | FEMININE


def _like(text: PlacedText, name: NounPhrase) -> NounPhrase | None:
    """A term made of the name's own words has its gender: « France Travail » for « France Travail PACA »."""
    words = text.split()
    return name if words and words[0] in name.noun.split() else None


def _mentions(layers: PartyLayers, report: Report) -> tuple[str, ...] | None:
    mentions = layers.pick("mentions")
    if mentions is None:
        return None
    kept = []
    for one in mentions:
        known = next((mention for mention in MENTIONS if folded(mention) == folded(one)), None)
        if known is not None:
            kept.append(known)
        elif not is_none(one):
            remedy = suggest(one, MENTIONS, "Mentions")
            path = f"{layers.path}.mentions"
            report.error("DEF-04", f"« {one} » n'est pas une mention possible", one.place, path, remedy=remedy)
    return tuple(kept)


def _representatives(
    layers: PartyLayers, organisme: Organisme, report: Report, names: tuple[NounPhrase, NounPhrase]
) -> tuple[Representative, ...]:
    """Who represents a party; `names` are the organisme's own, and the one it bears in the act."""
    layer = layers.strongest("representant", "representants")
    known = organisme.representants or {}
    if layer is None:
        # With a single known representative there is nothing to choose.
        found = [_person(key, person) for key, person in known.items()] if len(known) == 1 else []
    else:
        single = layer.representants is None and layer.representant is not None
        wanted = (layer.representant,) if single else layer.representants or ()
        path = f"{layers.path}.{'representant' if single else 'representants'}"
        found = list(_persons([one for one in wanted if one is not None], organisme, path, report))
    if layers.pick("nom") is not None:
        found = [_renamed(one, *names) for one in found]
    return _with_overrides(found, layers, report)


def _renamed(person: Representative, old: NounPhrase, new: NounPhrase) -> Representative:
    """The capacities under the name that the act gives: « président de la Métropole X » follows it."""

    def renamed(text: str) -> str:
        for preposition in ("de", "à"):
            wanted = contract(preposition, new).replace("\\", r"\\")
            text = re.sub(rf"\b{re.escape(contract(preposition, old))}(?!\w)", wanted, text)
        return text

    capacities = tuple(renamed(one) for one in person.capacities)
    return replace(person, capacities=capacities, signing_capacity=renamed(person.signing_capacity))


def _persons(wanted: Iterable[PlacedText], organisme: Organisme, path: str, report: Report) -> Iterable[Representative]:
    known = organisme.representants or {}
    for key in wanted:
        if is_none(key) or blank(key, path) is not None:
            continue
        person = next(((name, one) for name, one in known.items() if folded(name) == folded(key)), None)
        if person is None:
            cause = f"L'organisme « {organisme.organisme} » n'a pas de représentant de ce nom."
            remedy = suggest(key, known, "Représentants")
            report.error("DEF-11", f"représentant inconnu : « {key} »", key.place, path, cause, remedy)
            continue
        yield _person(*person)


def _person(key: str, person: Personne) -> Representative:
    civility = str(person.civilite or "")
    feminine = person.genre == "féminin" if person.genre is not None else folded(civility) in ("madame", "mme")
    capacities = tuple(str(one) for one in person.qualite)
    return Representative(
        key=key,
        civility=civility,
        first_name=str(person.prenom or ""),
        last_name=str(person.nom),
        capacities=capacities,
        signing_capacity=str(person.qualite_signature or (capacities[0] if capacities else "")),
        feminine=feminine,
        mandate=str(person.habilitation or ""),
    )


def _with_overrides(found: list[Representative], layers: PartyLayers, report: Report) -> tuple[Representative, ...]:
    capacities, signing = layers.pick("qualite"), layers.pick("qualite_signature")
    if capacities is None and signing is None:
        return tuple(found)
    if len(found) != 1:
        layer = layers.strongest("qualite", "qualite_signature")
        message = "« qualite » ne vaut que pour une partie qui a un seul représentant"
        place = layer.place_of("qualite" if capacities is not None else "qualite_signature") if layer else layers.place
        report.error("DEF-11", message, place, layers.path, remedy="Changez la qualité chez l'organisme.")
        return tuple(found)
    one = found[0]
    said = tuple(str(capacity) for capacity in capacities) if capacities is not None else one.capacities
    default = said[0] if capacities is not None and said else one.signing_capacity
    return (
        Representative(
            one.key,
            one.civility,
            one.first_name,
            one.last_name,
            said,
            str(signing) if signing is not None else default,
            one.feminine,
            one.mandate,
        ),
    )


def _habilitation(layers: PartyLayers, organisme: Organisme, files: Files, report: Report) -> Habilitation | None:
    keys: HabilitationKeys | None = layers.pick("habilitation")
    if keys is None:
        return None
    path = f"{layers.path}.habilitation"
    organe, day, number = keys.organe, _day(keys.date, f"{path}.date", report), keys.numero
    text = str(organe) if organe is not None else ""
    printed: str | Unknown = blank(number, f"{path}.numero") or str(number or "")
    if keys.deliberation is not None:
        facts = files.deliberation(str(keys.deliberation), report)
        if facts is None:
            otherwise = "Écrivez son fichier, ou donnez organe, date et numéro."
            remedy = suggest(keys.deliberation, files.ids("deliberation"), "Délibérations", otherwise)
            message = f"la délibération « {keys.deliberation} » n'est pas dans conventions/deliberations"
            report.warning("DEF-12", message, keys.deliberation.place, f"{path}.deliberation", "", remedy)
            day = day or Unknown(f"{path}.date", "date de la délibération")
        else:
            text, day, printed = text or facts.organe, day or facts.day, printed or facts.number
    phrase = None
    if text:
        text = str((organisme.organes or {}).get(text, text))
        phrase = noun_phrase(_placed(text, organe, keys), None, report, f"{path}.organe")
    return Habilitation(
        organe=phrase,
        day=day,
        number=printed,
        wording=str(keys.tournure or ""),
        deliberation=str(keys.deliberation or ""),
        place=keys.place,
    )


def _placed(text: str, like: PlacedText | None, keys: HabilitationKeys) -> PlacedText:
    """The text, standing where the typed one does."""
    placed = PlacedText(text)
    origin = like if like is not None else keys.deliberation
    if origin is not None:
        placed.node = origin.node
    return placed


def _day(text: PlacedText | None, path: str, report: Report) -> date | Unknown | None:
    if text is None or is_none(text):
        return None
    unknown = blank(text, path)
    if unknown is not None:
        return unknown
    try:
        return parse_date(text)
    except DateError as error:
        remedy = f"{error.remedy[:1].upper()}{error.remedy[1:]}."
        report.error("DON-04", error.message, text.place, path, remedy=remedy)
        return None


def resolve_sides(act: Merged, parties: Sequence[Party], report: Report) -> tuple[Side, ...]:
    """The sides of the act: `cotes`, else one per party, « d'une part » and « d'autre part » when there are two."""
    found = act.layer("cotes")
    if found is None or found[0].cotes is None:
        mentions = ("d'une part", "d'autre part") if len(parties) == 2 else ("",) * len(parties)
        return tuple(Side(party.key, (party.key,), mention) for party, mention in zip(parties, mentions, strict=True))
    layer, what = found
    cotes = layer.cotes or ()
    known = {party.key: party for party in parties}
    sides = []
    for rank, cote in enumerate(cotes):
        names = [name for name in cote.parties if folded(name) not in act.gone]
        keys = _side_parties(names, known, f"cotes[{rank}].parties", report)
        default = ("d'une part", "d'autre part")[rank] if len(cotes) == 2 else ""
        mention = default if cote.mention is None else "" if is_none(cote.mention) else str(cote.mention)
        like = known[keys[0]].name if keys else None
        group = None
        if cote.designation is not None and not is_none(cote.designation):
            group = noun_phrase(cote.designation, cote.genre, report, f"cotes[{rank}].designation", like)
        announce = source(cote.annonce, what) if cote.annonce is not None and not is_none(cote.annonce) else None
        sides.append(Side(folded(cote.id), keys, mention, announce, group))
    typed = {folded(name) for cote in cotes for name in cote.parties} - act.gone
    if typed - known.keys():
        # A misspelt party is said once, not again as a party of no side.
        return tuple(sides)
    for key in sorted(known.keys() - typed):
        message = f"la partie « {key} » n'est d'aucun côté"
        report.error("DEF-09", message, layer.place_of("cotes"), "cotes", remedy="Ajoutez-la à l'un des côtés.")
    return tuple(sides)


def _side_parties(names: Iterable[PlacedText], known: dict[str, Party], path: str, report: Report) -> tuple[str, ...]:
    keys = []
    for name in names:
        if folded(name) in known:
            keys.append(folded(name))
        else:
            remedy = suggest(name, known, "Parties")
            report.error("DEF-09", f"partie inconnue : « {name} »", name.place, path, remedy=remedy)
    return tuple(keys)
