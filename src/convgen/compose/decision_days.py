"""The days of an act, beside that of the session that authorises it."""

from __future__ import annotations

from datetime import date

from convgen.compose.autorisation import AuthorisedAct
from convgen.errors import Report
from convgen.french.dates import format_date
from convgen.model.deliberation_types import Decision
from convgen.model.values import Unknown


def check_day(act: AuthorisedAct, one: Decision, day: date | Unknown, report: Report) -> None:
    """An act is signed after the délibération that allows it (DEL-08), and what it amends before (DEL-10)."""
    signed = act.resolved.states.get("signe")
    if signed is not None and isinstance(day, date) and signed < day:
        message = f"l'acte « {act.resolved.id} » a été signé avant la séance qui autorise à le signer"
        cause = f"Il l'a été le {format_date(signed)}, et la séance est du {format_date(day)}."
        remedy = "Corrigez « etat: signe » dans l'acte, ou « seance » dans la délibération."
        report.error("DEL-08", message, one.place, one.path, cause, remedy)
    base = act.amended[0] if act.amended is not None else None
    since = base.states.get("signe") if base is not None else None
    if base is not None and since is not None and isinstance(day, date) and since > day:
        message = f"l'acte « {base.id} », qu'un avenant modifie, a été signé après la séance"
        cause = f"Il l'a été le {format_date(since)}, et la séance est du {format_date(day)}."
        remedy = "Un avenant ne s'autorise qu'à un acte signé : corrigez l'une des dates."
        report.error("DEL-10", message, one.place, one.path, cause, remedy)
