"""The clause library: versions, which one is in force on a day, where each is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from convgen.errors import Diagnostic, Place, Report, suggest
from convgen.french.dates import format_date
from convgen.model.files import Asked, Files, Loaded
from convgen.model.merge import Merged, Piece, pieces
from convgen.model.reference_date import reference_date
from convgen.model.schema.clause import Clause
from convgen.model.values import TextSource
from convgen.source.front_matter import split_passages
from convgen.source.yaml import PlacedText


@dataclass(frozen=True, slots=True)
class ClauseVersion:
    """A version of a clause. `since` and `until` are its first and last days in force, supersession counted."""

    id: str
    version: str
    loaded: Loaded[Clause]
    model: Clause
    file: str
    place: Place
    text: TextSource
    passages: Mapping[str, TextSource]
    since: date = date.min
    until: date = date.max
    superseded_by: str = ""

    @property
    def name(self) -> str:
        """« resiliation@2 »."""
        return f"{self.id}@{self.version}"

    def in_force(self, on: date) -> bool:
        """Whether an act of that day may use it."""
        return self.since <= on <= self.until


@dataclass(frozen=True, slots=True)
class Use:
    """A clause used by a convention or a modèle. `version` is the one an act would print today."""

    clause: str
    version: str
    kind: str
    user: str
    place: Place
    pinned: bool
    outdated: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """The versions worked out of files; other files make other versions."""

    found: tuple[Loaded[Clause], ...]
    versions: tuple[ClauseVersion, ...]


def versions(files: Files, name: str, report: Report) -> tuple[ClauseVersion, ...]:
    """The versions of a clause, oldest first, with the days on which each is in force."""
    found = files.clause_versions(name, report)
    kept = found[0].memo.get("versions") if found else None
    if isinstance(kept, _Known) and kept.found == found:
        return kept.versions
    before = len(report.diagnostics)
    read = [_version(loaded, report) for loaded in found]
    known = sorted((one for one in read if one is not None), key=lambda one: _rank(one.version))
    bounded = tuple(_bounded(one, known) for one in known)
    if found and len(report.diagnostics) == before:
        found[0].memo["versions"] = _Known(found, bounded)
    return bounded


def choose(files: Files, wanted: PlacedText, on: date, path: str, report: Report) -> ClauseVersion | None:
    """The version of a clause that an act of a day prints.

    « resiliation » is the version in force that day; « resiliation@1 » is that one whatever the day.

    Args:
        files: the library.
        wanted: the identifier, as typed.
        on: the reference date of the act.
        path: where it is typed, in the definition.
        report: receives DEF-07 (unknown), and the warnings DEF-16 (not in force) and DEF-19 (superseded).
    """
    name, _, pinned = wanted.strip().partition("@")
    found = versions(files, name, report)
    if not found:
        if name not in files.ids("clause"):
            remedy = suggest(name, files.ids("clause"), "Clauses")
            report.error("DEF-07", f"clause inconnue : « {name} »", wanted.place, path, remedy=remedy)
        return None
    if not pinned:
        return _in_force(found, wanted, on, path, report)
    exact = next((one for one in found if one.version == pinned), None)
    if exact is None:
        known = ", ".join(one.version for one in found)
        message = f"la clause « {name} » n'a pas de version « {pinned} »"
        report.error("DEF-07", message, wanted.place, path, remedy=f"Versions : {known}.")
        return None
    if exact.superseded_by and exact.until < on:
        message = f"la clause « {exact.name} » est remplacée par « {exact.superseded_by} »"
        remedy = f"Écrivez « clause: {name} », ou gardez cette version si elle est voulue."
        report.warning("DEF-19", message, wanted.place, path, remedy=remedy)
    elif not exact.in_force(on):
        _warn_dates(exact, wanted, on, path, report)
    return exact


def _in_force(
    found: tuple[ClauseVersion, ...], wanted: PlacedText, on: date, path: str, report: Report
) -> ClauseVersion:
    current = [one for one in found if one.in_force(on)]
    if current:
        return current[-1]
    latest = next((one for one in reversed(found) if not one.superseded_by), found[-1])
    _warn_dates(latest, wanted, on, path, report)
    return latest


def _warn_dates(version: ClauseVersion, wanted: PlacedText, on: date, path: str, report: Report) -> None:
    bounds = []
    if version.since != date.min:
        bounds.append(f"à partir du {format_date(version.since)}")
    if version.until != date.max:
        bounds.append(f"jusqu'au {format_date(version.until)}")
    message = f"la clause « {version.name} » ne vaut pas à la date de l'acte ({format_date(on)})"
    cause = f"Elle vaut {' et '.join(bounds)}."
    report.warning("DEF-16", message, wanted.place, path, cause, "Vérifiez le texte, ou choisissez une autre version.")


def _version(loaded: Loaded[Clause], report: Report) -> ClauseVersion | None:
    model = loaded.model
    if model is None:
        return None
    main, main_place, named, problems = _parts(loaded.body, loaded.body_place)
    report.extend(problems)
    clause, version = str(model.clause), str(model.version).strip()
    mark = f"{clause}@{version}"
    return ClauseVersion(
        id=clause,
        version=version,
        loaded=loaded,
        model=model,
        file=loaded.file,
        place=main_place,
        text=TextSource(main, main_place, "clause", mark),
        passages={name: TextSource(text, place, "clause", mark) for name, text, place in named},
        since=model.du or date.min,
        until=model.au or date.max,
    )


@lru_cache(maxsize=1024)
def _parts(body: str, place: Place) -> tuple[str, Place, tuple[tuple[str, str, Place], ...], tuple[Diagnostic, ...]]:
    """A clause cut at its passages; the same clause serves many acts."""
    problems = Report()
    main, main_place, named = split_passages(body, place, problems)
    return main, main_place, tuple((name, text, at) for name, (text, at) in named.items()), tuple(problems)


def _bounded(one: ClauseVersion, known: Iterable[ClauseVersion]) -> ClauseVersion:
    """The version with its last day: its own, or the eve of the version that replaces it."""
    for other in known:
        if one.name in {str(name).strip() for name in other.model.remplace or ()}:
            eve = other.since - timedelta(days=1) if other.since != date.min else date.min
            return replace(one, until=min(one.until, eve), superseded_by=other.name)
    return one


def _rank(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def uses(files: Files, today: date, report: Report) -> tuple[Use, ...]:
    """Where each clause is used: by every modèle, and by every convention, its modèle's clauses included.

    A use is outdated when the version in force today is another one.
    """
    found: list[Use] = []
    for name in files.ids("modele"):
        modele = files.modele(name, Asked(), report)
        if modele is not None and modele.model is not None:
            merged, _ = pieces(Merged(modele.model), "articles", Report())
            annexes, _ = pieces(Merged(modele.model), "annexes", Report())
            found += _uses(files, (*merged, *annexes), "modele", name, today, today)
    for name in files.ids("convention"):
        loaded = files.definition(name, report)
        if loaded is None or loaded.model is None:
            continue
        convention = loaded.model
        below = files.modele(convention.modele, Asked(), report) if convention.modele else None
        act = Merged(convention, below.model if below is not None else None)
        on = reference_date(act, today)
        for kind in ("articles", "annexes"):
            merged, _ = pieces(act, kind, Report())
            found += _uses(files, merged, "convention", str(convention.convention), on, today)
    return tuple(sorted(found, key=lambda one: (one.clause, one.kind, one.user)))


def _uses(files: Files, merged: Iterable[Piece], kind: str, user: str, on: date, today: date) -> Iterator[Use]:
    for piece in merged:
        yield from _uses(files, piece.children, kind, user, on, today)
        content = piece.content
        if content is None or content[0] != "clause" or content[1].model.clause is None:
            continue
        wanted = content[1].model.clause
        chosen = choose(files, wanted, on, "", Report())
        name, _, pinned = wanted.strip().partition("@")
        if chosen is not None:
            found = versions(files, name, Report())
            current = [one for one in found if one.in_force(today)]
            outdated = bool(current) and current[-1].version != chosen.version
            yield Use(name, chosen.version, kind, user, wanted.place, bool(pinned), outdated)
