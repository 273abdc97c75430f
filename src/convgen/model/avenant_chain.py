"""The avenants of a convention, in order: numbered from 1 without a gap, each dated after the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from convgen.errors import Place, Report, suggest
from convgen.french.dates import DateError, format_date, parse_date
from convgen.model.files import Files, Loaded
from convgen.model.reserved import blank, is_none
from convgen.model.schema.avenant import Avenant
from convgen.model.schema.convention import Convention
from convgen.model.values import Unknown
from convgen.source.nodes import PlacedText


@dataclass(frozen=True, slots=True)
class Link:
    """An avenant in the chain of its convention.

    Attributes:
        number: its number, a blank while it has none.
        day: `etat.signe`, else `date`; None when nothing says it.
        signed: `etat.signe`.
    """

    id: str
    number: int | Unknown
    loaded: Loaded[Avenant]
    model: Avenant
    day: date | Unknown | None
    signed: date | None

    @property
    def place(self) -> Place:
        """Where its number is typed."""
        return self.model.place_of("numero") or Place(self.loaded.file)


def link_of(loaded: Loaded[Avenant], report: Report) -> Link | None:
    """An avenant of the chain; None when nothing of its file could be kept.

    Args:
        loaded: its file.
        report: receives AVE-14 for a number that is none, DON-04 for a wrong date.
    """
    model = loaded.model
    if model is None:
        return None
    signed = model.etat.signe if model.etat is not None else None
    day = signed or typed_day(model.date, "date", report)
    return Link(str(model.avenant), _number(model.numero, report), loaded, model, day, signed)


def _number(text: PlacedText, report: Report) -> int | Unknown:
    unknown = blank(text, "numero")
    if unknown is not None:
        return Unknown("numero", unknown.hint or "numéro de l'avenant")
    if text.strip().isdecimal() and int(text) > 0:
        return int(text)
    message = f"« {text} » n'est pas un numéro d'avenant"
    remedy = "Les avenants d'une convention sont numérotés 1, 2, 3…"
    report.error("AVE-14", message, text.place, "numero", remedy=remedy)
    return Unknown("numero", "numéro de l'avenant")


def typed_day(text: PlacedText | None, path: str, report: Report) -> date | Unknown | None:
    """A day as typed, a blank, or None."""
    if text is None or is_none(text):
        return None
    unknown = blank(text, path)
    if unknown is not None:
        return Unknown(path, unknown.hint or "date")
    try:
        return parse_date(text)
    except DateError as error:
        report.error("DON-04", error.message, text.place, path, remedy=f"{error.remedy[:1].upper()}{error.remedy[1:]}.")
        return None


def avenants_of(files: Files, convention: str) -> tuple[Link, ...]:
    """Every avenant of a convention, by number, those without one last. Nothing is checked."""
    links = [link_of(one, Report()) for one in files.avenants()]
    mine = [one for one in links if one is not None and str(one.model.modifie) == convention]
    return tuple(sorted(mine, key=_order))


def _order(link: Link) -> tuple[int, str]:
    return (link.number if isinstance(link.number, int) else 10**6, link.id)


def previous_links(files: Files, link: Link, report: Report) -> tuple[Link, ...]:
    """The avenants that come before another, in order.

    Args:
        files: the workspace.
        link: the avenant.
        report: receives AVE-14 (a gap, two avenants with one number), and what is wrong in their files.
    """
    others = [one for one in avenants_of(files, str(link.model.modifie)) if one.loaded.file != link.loaded.file]
    number = link.number
    before = [
        one for one in others if isinstance(one.number, int) and (not isinstance(number, int) or one.number <= number)
    ]
    _check_doubles(link, before, report)
    kept: dict[int, Link] = {}
    for one in before:
        if isinstance(one.number, int) and one.number != number:
            kept.setdefault(one.number, one)
    last = number - 1 if isinstance(number, int) else max(kept, default=0)
    missing = [rank for rank in range(1, last + 1) if rank not in kept]
    if missing:
        _report_gap(link, missing, report)
    for one in kept.values():
        report.extend(one.loaded.diagnostics)
    return tuple(kept[rank] for rank in sorted(kept))


def _check_doubles(link: Link, others: Sequence[Link], report: Report) -> None:
    seen: dict[int, Link] = {link.number: link} if isinstance(link.number, int) else {}
    for one in others:
        if not isinstance(one.number, int):
            continue
        first = seen.setdefault(one.number, one)
        if first is not one:
            message = f"deux avenants ont le numéro {one.number} : « {first.id} » et « {one.id} »"
            remedy = "Donnez à chaque avenant de la convention son numéro."
            report.error("AVE-14", message, first.place, "numero", f"L'autre est à {one.place}.", remedy)


def _report_gap(link: Link, missing: Sequence[int], report: Report) -> None:
    said = ", ".join(f"n° {rank}" for rank in missing)
    these = "l'avenant" if len(missing) == 1 else "les avenants"
    if isinstance(link.number, int):
        message = f"l'avenant n° {link.number} vient après {these} {said}, introuvable{'s' if len(missing) > 1 else ''}"
    else:
        message = f"il manque {these} {said}"
    remedy = "Écrivez-le dans conventions/avenants, ou corrigez le numéro."
    report.error("AVE-14", message, link.place, "numero", remedy=remedy)


def check_dates(link: Link, convention: Convention, previous: Sequence[Link], report: Report) -> None:
    """An avenant comes after what it amends (AVE-15)."""
    signed = convention.etat.signe if convention.etat is not None else None
    dated = [(signed, "la convention, signée"), *((one.day, f"l'avenant n° {one.number},") for one in previous)]
    place = link.model.etat.place_of("signe") if link.signed is not None and link.model.etat is not None else None
    place = place or link.model.place_of("date")
    for day, what in reversed(dated):
        if isinstance(day, date) and isinstance(link.day, date) and link.day < day:
            message = f"l'avenant est du {format_date(link.day)}, avant {what} le {format_date(day)}"
            report.error("AVE-15", message, place, "date", remedy="Vérifiez les deux dates.")
            return


def find_convention(files: Files, avenant: Avenant, report: Report) -> Loaded[Convention] | None:
    """The convention that an avenant amends (FIC-01)."""
    name = avenant.modifie
    own = Report()
    loaded = files.definition(str(name), own)
    if loaded is not None:
        report.extend(own)
        return loaded
    cause = ""
    if str(name) in files.ids("avenant"):
        cause = f"« {name} » est un avenant : on modifie la convention, telle que les autres l'ont laissée."
    remedy = suggest(name, files.ids("convention"), "Conventions")
    report.error("FIC-01", f"aucune convention ne s'appelle « {name} »", name.place, "modifie", cause, remedy)
    return None
