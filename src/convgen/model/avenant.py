"""An avenant ready to be written: the convention before, the convention after, the avenant as an act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from convgen.errors import Report, fold
from convgen.model.avenant_act import Setting, merged_of, resolve_act
from convgen.model.avenant_chain import (
    Link,
    avenants_of,
    check_dates,
    find_convention,
    link_of,
    previous_links,
    typed_day,
)
from convgen.model.avenant_checks import (
    article_ids,
    check_begins,
    check_kinds,
    check_modifications,
    check_names,
    check_parties,
    events_of,
    unknown_texts,
)
from convgen.model.avenant_overlay import Version, amend_definition
from convgen.model.avenant_payments import Kept, check_paid, keep_payments, schedules_of
from convgen.model.avenant_terms import term_changes
from convgen.model.avenant_types import (
    PartyEvent,
    PaymentsChange,
    Presentation,
    ResolvedAvenant,
    TermChange,
)
from convgen.model.files import Files, Loaded
from convgen.model.merge import Amended, Merged
from convgen.model.reference_date import reference_date
from convgen.model.reserved import is_none, optional_source, source
from convgen.model.resolve import modele_of, resolve_version
from convgen.model.resolved import ResolvedAct
from convgen.model.schema.avenant import Avenant
from convgen.model.schema.convention import Convention
from convgen.model.values import Amount, DataValue, GroupItem, GroupValue, ScheduleValue, Unknown, YearlyValue

__all__ = [
    "Link",
    "PartyEvent",
    "PaymentsChange",
    "Presentation",
    "ResolvedAvenant",
    "TermChange",
    "avenants_of",
    "resolve_avenant",
    "version_after",
]

_EVENTS = ("signature", "notification")
_PACK = "legistique"


def resolve_avenant(files: Files, name: str | Path, today: date, report: Report) -> ResolvedAvenant | None:
    """An avenant, by path or by identifier.

    Args:
        files: the workspace.
        name: a definition of `conventions/avenants`.
        today: the day that stands for the avenant's own while it has none.
        report: receives every problem, none at a time; the caller stops on errors.

    Returns:
        None when too little could be read to go on.
    """
    resolver = _resolver(files, name, today, report)
    return resolver.avenant() if resolver is not None else None


def version_after(files: Files, name: str | Path, today: date, report: Report) -> tuple[Merged, date] | None:
    """The convention as an avenant leaves it, merged, and the day at which its names and clauses are looked at."""
    resolver = _resolver(files, name, today, report)
    steps = resolver.steps() if resolver is not None else None
    if steps is None:
        return None
    version = steps[1].version
    return merged_of(files, version), version.amended.on or today


def _resolver(files: Files, name: str | Path, today: date, report: Report) -> _Resolver | None:
    files = files.snapshot()
    loaded = files.avenant(name, report)
    for kind in ("avenant", "convention", "modele", "organisme", "clause"):
        files.check_unique(kind, report)
    link = link_of(loaded, report) if loaded is not None else None
    if link is None:
        return None
    convention = find_convention(files, link.model, report)
    if convention is None or convention.model is None:
        return None
    previous = previous_links(files, link, report)
    check_dates(link, convention.model, previous, report)
    return _Resolver(files, link, previous, convention, convention.model, today, report)


@dataclass(frozen=True, slots=True)
class _Step:
    """The convention at a moment of its history, and what led there."""

    version: Version
    act: ResolvedAct
    terms: tuple[TermChange, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class _Resolver:
    """What the stages of one avenant share."""

    files: Files
    link: Link
    previous: tuple[Link, ...]
    loaded: Loaded[Convention]
    convention: Convention
    today: date
    report: Report

    def avenant(self) -> ResolvedAvenant | None:
        """Every stage, in order."""
        steps = self.steps()
        if steps is None:
            return None
        step, after, terms = steps
        setting = Setting(
            self.files, self.link, self.previous, step.version, after.version, step.act, after.act, self.today
        )
        act = resolve_act(setting, self.report)
        if act is None:
            return None
        check_names(act, after.act, self.report)
        if step.act.id == self.convention.convention and self._signed() is None:
            check_begins(self.link.model, self.link.day, self._effect(Report()), step.act, self.report)
        return self._made(step, after, act, terms)

    def steps(self) -> tuple[_Step, _Step, tuple[tuple[TermChange, ...], ...]] | None:
        """The convention before and after, and the terms that each of the previous avenants has replaced."""
        step = self._first()
        terms = []
        for link in self.previous:
            step = self._next(step, link, Report()) if step is not None else None
            terms.append(step.terms if step is not None else ())
        if step is None:
            return None
        self._check_sources()
        after = self._next(step, self.link, self.report)
        return (step, after, tuple(terms)) if after is not None else None

    def _first(self) -> _Step | None:
        modele, known = modele_of(self.files, self.loaded, self.report)
        if not known:
            return None
        below = modele.model if modele is not None else None
        on = reference_date(Merged(self.convention, below), self.today)
        version = Version(self.loaded, Amended(on=on))
        act = self._resolved(version, self.report)
        return _Step(version, act) if act is not None else None

    def _resolved(self, version: Version, report: Report) -> ResolvedAct | None:
        return resolve_version(self.files, version.loaded, version.amended, self.today, report)

    def _next(self, before: _Step, link: Link, report: Report) -> _Step | None:
        """The convention after one more avenant."""
        if link.model.nouvelle is not None:
            return self._replaced(before, link, report)
        check_modifications(link.model, before.act, report)
        modele, _ = modele_of(self.files, before.version.loaded, Report())
        version = amend_definition(before.version, modele, link.model)
        own = Report()
        act = self._resolved(version, own)
        if act is None:
            report.extend(own)
            return None
        below = modele.model if modele is not None else None
        merged = Merged(version.loaded.model or self.convention, below)
        problems = len(report.errors)
        kept = keep_payments(link.model, before.act, act, merged, report, self._signed())
        if len(report.errors) > problems:
            # a schedule that could not be kept does not make its sum either: that has been said
            own.diagnostics[:] = [one for one in own if one.code != "DON-14"]
        if kept:
            # the sums are known: the schedules are written again, and everything that reads them with them
            version, own = version.with_data({one.key: one.value for one in kept}), Report()
            act = self._resolved(version, own) or act
        report.extend(own)
        check_parties(link.model, before.act, act, report)
        check_kinds(link.model, before.act, act, report)
        terms = term_changes(link.model.modifications, article_ids(act), report)
        return _Step(version, act, terms, tuple(kept))

    def _signed(self) -> date | None:
        """The day of the signature of the convention."""
        return self.convention.etat.signe if self.convention.etat is not None else None

    def _check_sources(self) -> None:
        """Exactly one of `modifications` and `nouvelle` (AVE-16)."""
        model = self.link.model
        both = model.modifications is not None and model.nouvelle is not None
        neither = model.modifications is None and model.nouvelle is None and not model.versements_effectues
        if both or neither:
            message = (
                "l'avenant dit de deux façons ce que la convention devient"
                if both
                else ("l'avenant ne dit pas ce que la convention devient")
            )
            remedy = (
                "Gardez « modifications » ou « nouvelle », pas les deux."
                if both
                else ("Ajoutez « modifications: », ou « nouvelle: » et le fichier de la nouvelle version.")
            )
            place = model.place_of("nouvelle") if both else model.place
            self.report.error("AVE-16", message, place, "nouvelle" if both else "", remedy=remedy)

    def _replaced(self, before: _Step, link: Link, report: Report) -> _Step | None:
        """The convention as another file says that it becomes."""
        name = link.model.nouvelle
        if name is None:
            return before
        own = Report()
        path = str(name).strip()
        loaded = self.files.definition(path if path.endswith((".yaml", ".yml")) else f"{path}.yaml", own)
        if loaded is None or loaded.model is None:
            report.extend(replace(one, place=one.place or name.place) for one in own)
            return None
        report.extend(own)
        version = Version(loaded, Amended(on=before.version.amended.on))
        act = self._resolved(version, report)
        if act is None:
            return None
        problem = ""
        if act.id != before.act.id:
            problem = f"« {name} » est la convention « {act.id} », et non « {before.act.id} »"
        elif fold(act.nature) != fold(before.act.nature):
            problem = f"« {name} » est de nature « {act.nature} », et la convention de nature « {before.act.nature} »"
        if problem:
            remedy = "La nouvelle version garde l'identifiant (« convention: ») et la nature de celle qu'elle remplace."
            report.error("AVE-16", problem, name.place, "nouvelle", remedy=remedy)
        check_paid(link.model, before.act, act, report, self._signed())
        return _Step(version, act)

    # --- the result -----------------------------------------------------------------------------------

    def _made(
        self, before: _Step, after: _Step, act: ResolvedAct, terms: tuple[tuple[TermChange, ...], ...]
    ) -> ResolvedAvenant:
        model = self.link.model
        presenter = presentation_of(model)
        announced = tuple((model.modifications.parties if model.modifications is not None else None) or ())
        objects = () if model.objet is None or (len(model.objet) == 1 and is_none(model.objet[0])) else model.objet
        return ResolvedAvenant(
            id=self.link.id,
            amends=before.act.id,
            number=self.link.number,
            previous=tuple(one.id for one in self.previous),
            act=act,
            base=before.act,
            new=after.act,
            terms=tuple(pair for change in after.terms for pair in change.pairs),
            objects=tuple(source(one, "définition") for one in objects),
            effect=self._effect(self.report),
            day=self.link.day,
            motif=optional_source(model.motif, "définition"),
            parties_announced=tuple(key for key in (fold(one) for one in announced)),
            pack=self._pack(),
            policy=presenter.policy,
            grain=presenter.grain,
            presenter=presenter,
            payments=tuple(_change(one, before.act, after.act) for one in after.kept),
            place=model.place or self.link.place,
            typed=self.link.loaded.node,
            events=tuple(events_of(model, before.act, after.act, self.report)),
            term_changes=after.terms,
            previous_terms=terms,
            unknown_texts=unknown_texts(before.act),
            executory=act.texts.get("executoire"),
            reference=act.texts.get("reference"),
            signed=self.link.signed,
        )

    def _effect(self, report: Report) -> date | str | Unknown:
        text = self.link.model.effet
        if text is None:
            return "signature"
        event = fold(text.strip())
        if event in _EVENTS:
            return event
        return typed_day(text, "effet", report) or Unknown("effet", "date de prise d'effet")

    def _pack(self) -> str:
        typed = self.link.model.formules or self.files.espace(Report()).formules
        return str(typed).strip() if typed is not None else _PACK


def presentation_of(model: Avenant) -> Presentation:
    """How the changes are to be said, with the defaults."""
    typed = model.presenter
    articles = model.modifications.articles if model.modifications is not None else None
    renumber = any(one.suivants == "renuméroter" for one in articles or ())
    if typed is None:
        return Presentation(policy="renumerotation" if renumber else "figee")
    return Presentation(
        grain="article" if typed.contenu == "entier" else typed.granularite or "",
        policy=typed.numerotation or ("renumerotation" if renumber else "figee"),
        group=typed.factoriser or "",
        name_in_object=typed.denomination == "à l'objet",
        ancestors=typed.ancetres,
        single_article=typed.unique,
        sub_article=typed.sous_article or "",
    )


def _change(kept: Kept, before: ResolvedAct, after: ResolvedAct) -> PaymentsChange:
    old, new = schedules_of(before.data)[kept.key], schedules_of(after.data)[kept.key]
    complement = next((one for one in new.payments if one.id == kept.complement), None)
    return PaymentsChange(kept.key, old, new, kept.paid, complement, kept.balance, _divided(new, after))


def _divided(schedule: ScheduleValue, act: ResolvedAct) -> str:
    """The datum that a schedule divides: an amount that it is computed from, near or far, and that is worth its sum."""
    amounts = {one.key: one.value for one in _amounts(act.data.values())}
    waiting, seen = [schedule.key], {schedule.key}
    for name in waiting:
        if amounts.get(name) == schedule.base and not name.startswith(f"{schedule.key}."):
            return name
        below = act.sources.get(name, frozenset()) - seen
        seen |= below
        waiting += sorted(below)
    return schedule.key


def _amounts(values: Iterable[DataValue]) -> Iterator[Amount]:
    for value in values:
        match value:
            case Amount():
                yield value
            case GroupValue(items=items):
                yield from _amounts(items)
            case GroupItem(fields=fields):
                yield from _amounts(fields.values())
            case YearlyValue(by_year=years):
                yield from _amounts(one for _, one in years)
