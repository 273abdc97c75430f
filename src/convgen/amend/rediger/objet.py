"""The object of an avenant: its causes, then the changes that have none; and what it amends, in one phrase."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from convgen.acte.nodes import Inlines
from convgen.amend.changements.changements import Cause, CauseKind, Change, Delta, Insert, Renumber, Repeal, Term
from convgen.amend.changements.differer import place_of
from convgen.amend.recueils.emplacements import Named, Printed
from convgen.amend.rediger.annonces import AMOUNTS, Shown, rises_of
from convgen.amend.rediger.designer import Names, noun_phrase, several
from convgen.amend.rediger.legistique import arrivals, quoted_terms
from convgen.amend.rediger.modele import Options, PartyNote
from convgen.amend.rediger.unites import Unit
from convgen.amend.texte.arbre import Path
from convgen.amend.texte.forme import balanced, tokens_of
from convgen.french.dates import format_date, month_range, period
from convgen.french.grammar import Agreement, NounPhrase, join_list

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack


_COUNTED: Final = AMOUNTS | {"pourcentage", "nombre", "durée"}


def objects_of(
    pack: Pack, names: Names, delta: Delta, data: Sequence[Shown], options: Options, units: Iterable[Unit]
) -> tuple[Inlines, ...]:
    """The object, item by item, without final punctuation.

    Args:
        pack: The templates.
        names: The names of the places.
        delta: The changes and their causes.
        data: The data that change, as printed.
        options: What changes in the parties, and the numbers that may come back.
        units: What the sentences say.
    """
    terms = [one for one in delta.changes if isinstance(one, Term)]
    said = {one.cause.id for one in data}
    parties = tuple(one.key for one in options.parties)
    caused = {name for one in delta.causes if _is_said(one, said, parties) for name in one.effects}
    units = [unit for unit in units if not caused & set(unit.carried)]
    retired, notes = options.retired, options.parties
    numbering = any(one.kind is CauseKind.NUMBERING for one in delta.causes)
    return (
        *(_party(pack, one, Named(names.part(()).phrase)) for one in _one_each(notes)),
        *(_datum(pack, one) for one in data),
        *(_term(pack, one) for one in terms),
        *_arrivals(pack, names, units, retired),
        *_departures(pack, names, units),
        *_others(pack, names, units),
        *((pack.say("cadre.objet_numerotation"),) if numbering else ()),
    )


def _is_said(cause: Cause, said: Collection[str], parties: Sequence[str]) -> bool:
    """Whether an object of its own says what a cause changes."""
    if cause.kind in (CauseKind.TERM, CauseKind.NUMBERING):
        return True
    of_party = any(cause.key == key or cause.key.startswith(f"{key}.") for key in parties)
    return of_party or cause.id in said or cause.of in said


def _one_each(notes: Iterable[PartyNote]) -> list[PartyNote]:
    """One note for each party: several changes of one are « le changement relatif à » it."""
    found: dict[str, PartyNote] = {}
    for note in notes:
        found[note.key] = note if note.key not in found else replace(note, what="")
    return list(found.values())


def _party(pack: Pack, note: PartyNote, act: Named) -> Inlines:
    """« de prendre acte de la nouvelle dénomination de l'association », « de constater l'adhésion de… »."""
    who = Named(note.party)
    match note.what:
        case "substituee" if note.former is not None:
            return pack.say("cadre.objet_partie_substituee", nouvelle=who, ancienne=Named(note.former))
        case "ajoutee" | "retiree":
            return pack.say(f"cadre.objet_partie_{note.what}", partie=who, acte=act)
        case "representant" | "adresse" | "denomination":
            return pack.say(f"cadre.objet_{note.what}", partie=who)
    return pack.say("cadre.objet_partie", partie=who)


def _datum(pack: Pack, one: Shown) -> Inlines:
    rises = rises_of(one.cause)
    if one.cause.data in _COUNTED and rises is not None:
        return pack.say("cadre.objet_montant" if rises else "cadre.objet_montant_baisse", **one.slots)
    if one.cause.data == "date" and rises is not None:
        return pack.say("cadre.objet_date" if rises else "cadre.objet_date_avancee", **one.slots)
    days = _days(one.cause)
    if days is not None:
        return _period(pack, Named(one.noun), *days)
    return pack.say("cadre.objet_donnee", donnee=one.slots["donnee"])


Days: TypeAlias = tuple[date, date]


def _days(cause: Cause) -> tuple[Days, Days] | None:
    """The first and last days of a period before and after."""
    if cause.data != "période" or not isinstance(cause.old, str) or not isinstance(cause.new, str):
        return None
    try:
        (one, two), (three, four) = (map(date.fromisoformat, side.split("/")) for side in (cause.old, cause.new))
    except ValueError:
        return None
    return (one, two), (three, four)


def _period(pack: Pack, noun: Named, old: Days, new: Days) -> Inlines:
    """« de reporter la phase test de la période de mars à mai 2024 à celle de juin à août 2024 »."""
    (start, end), (first, last) = old, new
    if start == first:
        key = "cadre.objet_periode_prolongee" if last > end else "cadre.objet_periode_fin_avancee"
        return pack.say(key, donnee=noun, apres=Printed(format_date(last)))
    if end == last:
        key = "cadre.objet_periode_debut_reporte" if first > start else "cadre.objet_periode_debut_avance"
        return pack.say(key, donnee=noun, apres=Printed(format_date(first)))
    key = "cadre.objet_periode_reportee" if first > start and last > end else "cadre.objet_periode"
    return pack.say(key, donnee=noun, avant=_from_day_to_day(start, end), apres=_from_day_to_day(first, last))


def _from_day_to_day(start: date, end: date) -> str:
    """« de mars à mai 2024 » for whole months, else « du 4 mars au 15 mai 2024 »."""
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and (start.year, start.month) != (end.year, end.month):
        return month_range(start, end)
    return period(start, end) if start != end else f"du {format_date(start)}"


def _term(pack: Pack, change: Term) -> Inlines:
    old, new = quoted_terms(change)
    return pack.say("cadre.objet_terme", anciens=old, nouveaux=new)


def _arrives(change: Change) -> bool:
    """Whether what arrives has a name of its own: a number, or its place right below the act (an annexe, a zone)."""
    return isinstance(change, Insert) and (not change.parent or all(part.number for part in change.new))


def _goes(change: Change) -> bool:
    return isinstance(change, Repeal) and (bool(change.old.number) or len(change.division) == 1)


def _arrivals(pack: Pack, names: Names, units: Iterable[Unit], retired: Mapping[str, str]) -> Iterator[Inlines]:
    for unit in units:
        change = unit.first
        if not isinstance(change, Insert) or not _arrives(change):
            continue
        for how, parts in arrivals(change, retired):
            title = parts[0].title.text if len(parts) == 1 and parts[0].number else ""
            new = names.new(change.parent, parts)
            if how == "rétabli":
                yield pack.say("cadre.objet_retablissement", lieu=names.target_of(change.parent, parts[0]))
            elif title and balanced(tokens_of(title)):
                yield pack.say("cadre.objet_insertion", divisions=new, titre=title)
            else:
                yield pack.say("cadre.objet_insertion_sans_titre", divisions=new)


def _departures(pack: Pack, names: Names, units: Iterable[Unit]) -> Iterator[Inlines]:
    for unit in units:
        paths = [one.division for one in unit.changes if isinstance(one, Repeal) and _goes(one)]
        if paths:
            numbered = bool(names.index.parts[paths[0]].number)
            yield pack.say(f"cadre.objet_{'abrogation' if numbered else 'suppression'}", lieu=names.parts(paths))


def _others(pack: Pack, names: Names, units: Iterable[Unit]) -> Iterator[Inlines]:
    changes = [one for unit in units for one in unit.changes if not (_arrives(one) or _goes(one))]
    places = touched(names, [one for one in changes if not isinstance(one, Term)])
    if places:
        yield pack.say("cadre.objet_modification", lieux=several(places))


def modified(names: Names, changes: Iterable[Change]) -> str:
    """What the changes amend: « les articles 1er, 2.2 et 3.2, l'annexe 2 et le bloc de signature »."""
    places = touched(names, [one for one in changes if not isinstance(one, Term | Renumber)])
    return str(several(places).field("les")) if places else ""


def touched(names: Names, changes: Iterable[Change]) -> list[Named]:
    """The parts touched, the smallest numbered ones, those called alike together."""
    paths: list[Path] = []
    for change in changes:
        path = _numbered(names, place_of(change).division)
        if path and path not in paths:
            paths.append(path)
    paths = [path for path in paths if not any(path[:size] in paths for size in range(1, len(path)))]
    groups: dict[object, list[Path]] = {}
    for path in paths:
        part = names.index.parts[path]
        alike = (names.noun(path), names.annexe_of(path[:-1])) if part.number else path
        groups.setdefault(alike, []).append(path)
    return [_together(names, group) for group in groups.values()]


def _numbered(names: Names, path: Path) -> Path:
    """The smallest part with a number, or zone, that holds a place."""
    while path and not names.index.parts[path].number and names.index.parts[path].kind == "division":
        path = path[:-1]
    return path


def _together(names: Names, paths: Sequence[Path]) -> Named:
    if len(paths) == 1:
        return names.part(paths[0])
    numbers = [names.index.parts[path].number for path in paths]
    noun = names.noun(paths[0])
    feminine = noun_phrase(noun).agreement.feminine
    name = f"{noun}s {join_list(numbers)}{names.annexe_of(paths[0][:-1])}"
    return Named(NounPhrase("les", name, Agreement(feminine, True)))
