"""`duree`: effect, end, renewals, with computed dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from convgen.errors import Report, fold, suggest
from convgen.french.dates import DateError, Duration, add_duration, end_date, format_date, parse_date, parse_duration
from convgen.model.files import Asked, Files
from convgen.model.merge import Merged
from convgen.model.reserved import blank, source
from convgen.model.resolved import Renewal, Term
from convgen.model.schema.acte import Corps
from convgen.model.schema.parties import Duree, Reconduction
from convgen.model.values import Unknown
from convgen.source.yaml import PlacedText

_EVENTS = ("signature", "notification")
_MANY = 200


def resolve_term(act: Merged, files: Files, report: Report, seen: tuple[str, ...] = ()) -> Term | None:
    """The duration of an act, None when it says none.

    Args:
        act: the merged definition.
        files: finds the act of `comme`.
        report: receives DON-04, DON-05 and DON-08, and FIC-01 for an unknown act.
        seen: the acts already followed, against a circle of `comme` (DON-11).
    """
    found = act.layer("duree")
    if found is None or found[0].duree is None:
        return None
    duree, what = found[0].duree, found[1]
    if duree.comme is not None:
        return _followed(duree.comme, act, files, report, seen)
    start = _start(duree.effet, report)
    end, length = _end(duree.fin, start, report)
    renewal = _renewal(duree, start, end, length, what, report)
    return Term(start, end, length, renewal)


def _followed(name: PlacedText, act: Merged, files: Files, report: Report, seen: tuple[str, ...]) -> Term | None:
    own = _name(act.definition)
    if str(name) in (*seen, own):
        message, remedy = "deux actes suivent la durée l'un de l'autre", "Donnez des dates à l'un des deux actes."
        if str(name) == own and not seen:
            message, remedy = "l'acte suit sa propre durée", "Nommez un autre acte, ou donnez « effet » et « fin »."
        report.error("DON-11", message, name.place, "duree.comme", "", remedy)
        return None
    if name not in files.ids("convention"):
        remedy = suggest(name, files.ids("convention"), "Conventions")
        report.error("FIC-01", f"aucune convention ne s'appelle « {name} »", name.place, "duree.comme", "", remedy)
        return None
    other = files.definition(str(name), report)
    if other is None or other.model is None:
        return None
    modele = files.modele(other.model.modele, Asked(), Report()) if other.model.modele else None
    merged = Merged(other.model, modele.model if modele is not None else None)
    term = resolve_term(merged, files, report, (*seen, own))
    return replace(term, follows=str(name)) if term is not None else None


def _name(definition: Corps) -> str:
    return str(getattr(definition, "convention", "") or getattr(definition, "modele", ""))


def _start(text: PlacedText | None, report: Report) -> date | str | Unknown:
    if text is None:
        return Unknown("duree.effet", "date de prise d'effet")
    event = fold(text.strip())
    if event in _EVENTS:
        return event
    unknown = blank(text, "duree.effet")
    if unknown is not None:
        return unknown
    try:
        return parse_date(text)
    except DateError as error:
        remedy = f"{_sentence(error.remedy)} On peut aussi écrire « signature » ou « notification »."
        report.error("DON-04", error.message, text.place, "duree.effet", remedy=remedy)
        return Unknown("duree.effet")


def _end(
    text: PlacedText | None, start: date | str | Unknown, report: Report
) -> tuple[date | Unknown | None, Duration | None]:
    if text is None:
        return None, None
    unknown = blank(text, "duree.fin")
    if unknown is not None:
        return unknown, None
    try:
        length = parse_duration(text)
    except DateError:
        return _end_day(text, start, report), None
    if not isinstance(start, date):
        return None, length
    try:
        return end_date(start, length), length
    except DateError as error:
        report.error("DON-05", error.message, text.place, "duree.fin", remedy=_sentence(error.remedy))
        return None, length


def _end_day(text: PlacedText, start: date | str | Unknown, report: Report) -> date | Unknown | None:
    try:
        end = parse_date(text)
    except DateError as error:
        remedy = f"{_sentence(error.remedy)} On peut aussi écrire une durée : « 3 ans »."
        report.error("DON-04", error.message, text.place, "duree.fin", remedy=remedy)
        return Unknown("duree.fin")
    if isinstance(start, date) and end < start:
        report.error(
            "DON-08",
            f"l'acte finit le {format_date(end)}, avant de prendre effet le {format_date(start)}",
            text.place,
            "duree.fin",
            remedy="Vérifiez l'ordre des deux dates.",
        )
    return end


def _renewal(
    duree: Duree,
    start: date | str | Unknown,
    end: date | Unknown | None,
    length: Duration | None,
    what: str,
    report: Report,
) -> Renewal | None:
    renewal = duree.reconduction
    if renewal is None:
        return None
    period = _duration(renewal.periode, "periode", report)
    maximum = _duration(renewal.maximum, "maximum", report)
    letter = source(renewal.lettre, what) if renewal.lettre is not None else None
    last, times = _latest(renewal, period, maximum, start, end, length, report)
    return Renewal(renewal.forme, period, maximum, letter, last, times)


def _duration(text: PlacedText | None, key: str, report: Report) -> Duration | None:
    if text is None:
        return None
    try:
        return parse_duration(text)
    except DateError as error:
        path = f"duree.reconduction.{key}"
        report.error("DON-05", error.message, text.place, path, remedy=_sentence(error.remedy))
        return None


def _latest(
    renewal: Reconduction,
    period: Duration | None,
    maximum: Duration | None,
    start: date | str | Unknown,
    end: date | Unknown | None,
    length: Duration | None,
    report: Report,
) -> tuple[date | None, int | None]:
    """The last day once every renewal is used, and how many there are; None for what cannot be computed."""
    if period is None:
        return None, renewal.fois
    if not isinstance(start, date) or not isinstance(end, date):
        times = _times_by_lengths(length, period, maximum) if maximum is not None else renewal.fois
        return None, times
    try:
        limit = end_date(start, maximum) if maximum is not None else None
        if limit is not None and limit < end:
            place = renewal.place_of("maximum")
            message = f"le maximum s'arrête le {format_date(limit)}, avant la fin de la première période"
            report.error("DON-08", message, place, "duree.reconduction.maximum", remedy="Allongez le maximum.")
            return None, None
        return _count(end, period, limit, renewal.fois)
    except DateError as error:
        report.error("DON-05", error.message, renewal.place, "duree.reconduction", remedy=_sentence(error.remedy))
        return None, None


def _count(end: date, period: Duration, limit: date | None, asked: int | None) -> tuple[date | None, int | None]:
    if limit is None and asked is None:
        return None, None
    last, times = end, 0
    while times < (asked if asked is not None else _MANY):
        after = end_date(date.fromordinal(last.toordinal() + 1), period)
        if limit is not None and after > limit:
            break
        last, times = after, times + 1
    return last, times


def _times_by_lengths(length: Duration | None, period: Duration, maximum: Duration | None) -> int | None:
    """Renewals when the start is not a day yet: whole periods that fit between the length and the maximum."""
    if length is None or maximum is None:
        return None
    origin = date(2001, 1, 1)
    limit, day, times = add_duration(origin, maximum), add_duration(origin, length), 0
    while times < _MANY and add_duration(day, period) <= limit:
        day, times = add_duration(day, period), times + 1
    return times


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
