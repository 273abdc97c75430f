"""The days of an act and who signs it, beside the session that authorises it and whom it authorises."""

from __future__ import annotations

from datetime import date

from convgen.compose.autorisation import AuthorisedAct
from convgen.errors import Report
from convgen.french.dates import format_date
from convgen.french.grammar import join_list
from convgen.model.deliberation_types import Decision, ResolvedDeliberation
from convgen.model.resolved import Representative
from convgen.model.values import Unknown


def check_day(act: AuthorisedAct, one: Decision, day: date | Unknown, report: Report) -> None:
    """An act is signed after the délibération that allows it (DEL-08), and what it amends before (DEL-10)."""
    signed = act.resolved.states.get("signe")
    if signed is not None and isinstance(day, date) and signed < day:
        message = f"l'acte « {act.resolved.id} » a été signé avant la séance qui autorise à le signer"
        cause = f"Il l'a été le {format_date(signed)}, et la séance est du {format_date(day)}."
        remedy = (
            "Corrigez « seance » dans la délibération, ou le jour de la signature de l'acte : « etat: signe » dans sa "
            f"définition ou, si « convgen signer » l'a figé, le dossier « {act.resolved.id}.signe » à retirer pour le "
            "signer de nouveau."
        )
        report.error("DEL-08", message, one.place, one.path, cause, remedy)
    base = act.amended[0] if act.amended is not None else None
    since = base.states.get("signe") if base is not None else None
    if base is not None and since is not None and isinstance(day, date) and since > day:
        message = f"l'acte « {base.id} », qu'un avenant modifie, a été signé après la séance"
        cause = f"Il l'a été le {format_date(since)}, et la séance est du {format_date(day)}."
        remedy = "Un avenant ne s'autorise qu'à un acte signé : corrigez l'une des dates."
        report.error("DEL-10", message, one.place, one.path, cause, remedy)


def check_signatory(act: AuthorisedAct, one: Decision, d: ResolvedDeliberation, report: Report) -> None:
    """DEL-13: the act is signed, for the organisme that decides, by another than the one who is authorised."""
    allowed = d.signatory.person if d.signatory is not None else None
    party = next((one for one in act.resolved.parties if one.organisme == d.organisme), None)
    if allowed is None or party is None or not party.representatives:
        return
    if any((who.key, who.last_name) == (allowed.key, allowed.last_name) for who in party.representatives):
        return
    names = join_list([_named(who) for who in party.representatives])
    message = f"l'acte « {act.resolved.id} » est signé par {names}, et la délibération autorise {_named(allowed)}"
    remedy = (
        "Mettez le même « representant » dans l'acte que « signataire » ici, ou dites la délégation avec « texte: »."
    )
    report.warning("DEL-13", message, one.place, one.path, remedy=remedy)


def _named(who: Representative) -> str:
    name = " ".join(part for part in (who.first_name, who.last_name) if part)
    capacity = ", ".join(who.capacities)
    return f"{name} ({capacity})" if name and capacity else name or capacity
