"""Who signs, in which order; the cartouche; the letterhead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from convgen.errors import Place, Report, fold, suggest
from convgen.french.dates import DateError, parse_date
from convgen.model.files import Asked, Files
from convgen.model.merge import Merged
from convgen.model.reserved import blank, is_none, optional_source, source
from convgen.model.resolved import FrameLine, Party, SignatureSpec
from convgen.model.schema.acte import Signatures
from convgen.model.schema.organisme import Organisme
from convgen.source.yaml import PlacedText


def resolve_signatures(act: Merged, parties: Sequence[Party], report: Report) -> SignatureSpec:
    """`signatures`, the definition's keys over the modèle's; every signatory in order."""
    place = _signatures_place(act)
    copies, presentation = _value(act, "exemplaires"), _value(act, "presentation")
    columns, visa, mention = _value(act, "colonnes"), _value(act, "visa"), _value(act, "mention")
    where = _layer(act, "lieu")
    reserved = _value(act, "reserve")
    return SignatureSpec(
        place_name=optional_source(where[0].lieu, where[1]) if where is not None else None,
        each_dates=_value(act, "date_par_signataire") is True,
        day=_day(act, report),
        copies=str(copies or ""),
        presentation=str(presentation or "qualite-nom"),
        columns=columns if isinstance(columns, int) and columns > 0 else 2,
        order=_order(act, parties, report),
        reserved="" if reserved is None else str(reserved),
        visa="" if visa is None else str(visa),
        mention="" if mention is None else str(mention),
        place=place,
    )


def second_signatories(act: Merged) -> Mapping[str, tuple[PlacedText, ...]]:
    """`signatures.plus`: keys of representatives by party."""
    found = _layer(act, "plus")
    plus = found[0].plus if found is not None else None
    return {fold(key): keys for key, keys in (plus or {}).items()}


def _layers(act: Merged) -> Iterator[tuple[Signatures, str]]:
    if act.definition.signatures is not None:
        yield act.definition.signatures, "définition"
    if act.modele is not None and act.modele.signatures is not None:
        yield act.modele.signatures, "modèle"


def _layer(act: Merged, key: str) -> tuple[Signatures, str] | None:
    return next(((layer, what) for layer, what in _layers(act) if layer.gives(key)), None)


def _value(act: Merged, key: str) -> object:
    found = _layer(act, key)
    value = getattr(found[0], key) if found is not None else None
    return None if isinstance(value, PlacedText) and is_none(value) else value


def _signatures_place(act: Merged) -> Place | None:
    return next((layer.place for layer, _ in _layers(act)), None)


def _day(act: Merged, report: Report) -> date | None:
    text = _value(act, "date")
    if not isinstance(text, PlacedText) or blank(text, "signatures.date") is not None:
        return None
    try:
        return parse_date(text)
    except DateError as error:
        report.error("DON-04", error.message, text.place, "signatures.date", remedy=error.remedy)
        return None


def _order(act: Merged, parties: Sequence[Party], report: Report) -> tuple[tuple[str, str], ...]:
    known = {party.key: party for party in parties}
    found = _layer(act, "ordre")
    if found is None:
        return tuple(pair for party in parties if party.signs for pair in _all_of(party))
    order: list[tuple[str, str]] = []
    for rank, entry in enumerate(found[0].ordre or ()):
        name, _, person = entry.strip().partition(".")
        path = f"signatures.ordre[{rank}]"
        if fold(name) in act.gone:
            continue
        if fold(name) not in known:
            remedy = suggest(name, known, "Parties")
            report.error("DEF-09", f"partie inconnue : « {name} »", entry.place, path, remedy=remedy)
            continue
        party = known[fold(name)]
        order += _one_of(party, person, entry, path, report) if person else _all_of(party)
    if not report.errors:
        _missing(found[0], order, parties, report)
    return tuple(order)


def _all_of(party: Party) -> list[tuple[str, str]]:
    people = (*party.representatives, *party.second_signatories)
    return [(party.key, person.key) for person in people] or [(party.key, "")]


def _one_of(party: Party, person: str, entry: PlacedText, path: str, report: Report) -> list[tuple[str, str]]:
    people = {one.key: one for one in (*party.representatives, *party.second_signatories)}
    found = next((key for key in people if fold(key) == fold(person)), None)
    if found is None:
        remedy = suggest(person, people, "Représentants dans cet acte")
        message = f"représentant inconnu : « {person} »"
        report.error("DEF-11", message, entry.place, path, remedy=remedy)
        return []
    return [(party.key, found)]


def _missing(keys: Signatures, order: Sequence[tuple[str, str]], parties: Sequence[Party], report: Report) -> None:
    signing = {party for party, _ in order}
    for party in parties:
        if party.signs and party.key not in signing:
            message = f"la partie « {party.key} » n'est pas dans l'ordre des signatures"
            remedy = "Ajoutez-la à « ordre », ou écrivez « signe: non » dans la partie si elle ne signe pas l'acte."
            report.warning("DEF-09", message, keys.place_of("ordre"), "signatures.ordre", remedy=remedy)


def resolve_frame(act: Merged) -> tuple[FrameLine, ...]:
    """The lines of the cartouche."""
    found = act.layer("cartouche")
    lines = []
    for line in (found[0].cartouche or ()) if found is not None else ():
        what = found[1] if found is not None else ""
        if isinstance(line, PlacedText):
            number = fold(line.strip()) == "numero"
            lines.append(FrameLine(None if number else source(line, what), number))
        else:
            text = source(line.ligne, what) if line.ligne is not None else None
            lines.append(FrameLine(text, line.numero, str(line.imputations or "")))
    return tuple(lines)


def resolve_letterhead(act: Merged, parties: Sequence[Party], files: Files, report: Report) -> tuple[str, ...]:
    """The chain of services of the letterhead, highest first; from the organisme that writes, else from a party."""
    found = act.layer("service")
    service = found[0].service if found is not None else None
    if service is None or is_none(service):
        return ()
    known: dict[str, tuple[str, ...]] = {}
    for organisme in _organismes(parties, files, report):
        for key, chain in (organisme.services or {}).items():
            known.setdefault(key, tuple(str(line) for line in chain))
    name = next((key for key in known if fold(key) == fold(service.strip())), None)
    if name is None:
        remedy = suggest(service, known, "Services")
        report.error("DEF-15", f"service inconnu : « {service} »", service.place, "service", remedy=remedy)
        return ()
    return known[name]


def _organismes(parties: Sequence[Party], files: Files, report: Report) -> Iterator[Organisme]:
    default = files.espace(report).organisme
    names = [str(default)] if default is not None else []
    names += [party.organisme for party in parties if party.organisme and party.organisme not in names]
    for name in names:
        loaded = files.organisme(name, Asked(default.place if default is not None else None, "organisme"), report)
        if loaded is not None and loaded.model is not None:
            yield loaded.model
