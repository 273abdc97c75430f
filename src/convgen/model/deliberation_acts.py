"""A délibération and the acts it authorises: what it lends them, whether they exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from convgen.errors import Report, suggest
from convgen.french.dates import DateError, parse_date
from convgen.french.grammar import GenderUnknown, parse_noun_phrase
from convgen.model.files import Asked, DeliberationFacts, Files
from convgen.model.resolved import Habilitation, Party
from convgen.model.schema.acte import Etat
from convgen.model.schema.deliberation import Decision, Deliberation
from convgen.model.values import Unknown
from convgen.source.yaml import PlacedText


def facts_of(name: str, model: Deliberation) -> DeliberationFacts:
    """What an act takes from a délibération; a date or a number still to come is absent."""
    day = str(model.seance or "")
    number = str(model.numero or "")
    try:
        found: date | None = parse_date(day) if day else None
    except DateError:
        found = None
    known = number if number and not number.casefold().startswith(("à ", "a ", "sans")) else ""
    signed = tuple(str(one) for decision in decisions_of(model) for one in decision.signer or ())
    return DeliberationFacts(name, str(model.organe or ""), found, known, str(model.organisme or ""), signed)


def decisions_of(model: Deliberation) -> Iterator[Decision]:
    """Every decision of a definition, in printed order."""
    for theme in model.decisions or ():
        yield theme
        yield from theme.decisions or ()
        for part in theme.sous_themes or ():
            yield from part.decisions


def states_of(etat: Etat | None) -> dict[str, date]:
    """The days of `etat`, by name."""
    names = ("signe", "notifie", "transmis", "publie")
    return {name: day for name in names if etat is not None and (day := getattr(etat, name)) is not None}


def known_act(files: Files, name: PlacedText, path: str, report: Report) -> bool:
    """Whether an act of this name exists; DEL-02 otherwise."""
    wanted = str(name).strip()
    known = (*files.ids("convention"), *files.ids("avenant"))
    if wanted in known or (" " not in wanted and files.definition(wanted, Report()) is not None):
        return True
    cause = "Une délibération nomme les conventions et les avenants de l'espace de travail par leur identifiant."
    report.error("DEL-02", f"acte inconnu : « {wanted} »", name.place, path, cause, suggest(wanted, known, "Actes"))
    return False


def habilitated(parties: Sequence[Party], act: str, files: Files, report: Report) -> list[Party]:
    """The parties, each with the date, number and organe that its délibération gives where they were left blank.

    A délibération that authorises the act, taken by the organisme of the party, fills what the habilitation of this
    party leaves « à compléter »; what is typed stays.
    """
    if not any(_waits(party.habilitation) for party in parties):
        return [*parties]
    default = str(files.espace(report).organisme or "")
    taken = [one for one in files.deliberations() if act in one.authorised and one.day is not None]
    return [_given(party, taken, default) for party in parties]


def _given(party: Party, taken: Sequence[DeliberationFacts], default: str) -> Party:
    found = next((one for one in taken if (one.organisme or default) == party.organisme), None)
    held = party.habilitation
    if held is None or found is None or not _waits(held):
        return party
    return replace(party, habilitation=_filled(held, found))


def _waits(held: Habilitation | None) -> bool:
    return held is not None and isinstance(held.day, Unknown)


def _filled(held: Habilitation, found: DeliberationFacts) -> Habilitation:
    organe = held.organe
    if organe is None and found.organe:
        try:
            organe = parse_noun_phrase(found.organe)
        except GenderUnknown:
            organe = None
    number = held.number if held.number and not isinstance(held.number, Unknown) else found.number or held.number
    return replace(held, organe=organe, day=found.day, number=number, deliberation=held.deliberation or found.id)


def organe_name(typed: str, organisme: str, files: Files) -> str:
    """The organe with its article: as typed, or the one of that name at the organisme."""
    loaded = files.organisme(organisme, Asked(), Report())
    organes = (loaded.model.organes or {}) if loaded is not None and loaded.model is not None else {}
    return str(organes.get(typed, typed))
