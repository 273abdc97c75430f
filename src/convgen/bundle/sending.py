"""What @CTES asks for of a délibération: its number, its matter, its object, who sends it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from convgen.bundle.liasse import Teletransmission
from convgen.errors import Report
from convgen.model.deliberation_types import Prefecture, ResolvedDeliberation
from convgen.model.liasse import ACT_NUMBER
from convgen.model.liasse_types import ResolvedLiasse, Sending, Series
from convgen.source.nodes import folded

_LONGEST: Final = 15
_OBJECT: Final = 499
#: The words of a name that give it no initial.
_SMALL: Final = frozenset(("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"))
#: The first figures of the SIREN of a commune, a département, an EPCI: the two that follow are its département.
_LOCAL: Final = ("21", "22", "24")


def sending_of(
    liasse: ResolvedLiasse, series: Series, sirets: Mapping[str, str], report: Report, *, final: bool
) -> Teletransmission:
    """What is sent of a délibération; LIA-11 for what lacks, when the folder for the préfecture is asked for."""
    d = series.deliberation
    typed = liasse.sendings.get(d.id, Sending())
    said = d.prefecture or Prefecture()
    siren = sirets.get(d.organisme, "").replace(" ", "")[:9]
    made = Teletransmission(
        deliberation=d.id,
        nature=said.nature,
        matter=said.matter,
        number=typed.number or act_number(d),
        object=(said.object or " ".join(d.title.text.split()))[:_OBJECT],
        day=d.day.isoformat() if isinstance(d.day, date) else "",
        siren=siren,
        department=typed.department or department_of(siren),
    )
    if "prefecture" in liasse.outputs:
        _check(made, liasse, d, report, final=final)
    return made


def act_number(d: ResolvedDeliberation) -> str:
    """« CP_20240607_20 », from the body, the day and the number; "" when one is unknown or when they make no good one.

    Two bodies of one organisme may bear one number the same day: the initials of the body tell them apart, as long as
    there is room for them.
    """
    if not isinstance(d.day, date) or not isinstance(d.number, str) or not d.number:
        return ""
    number = re.sub(r"[^0-9A-Z]+", "_", d.number.upper()).strip("_")
    made = f"{d.day:%Y%m%d}_{number}"
    wanted = (f"{initials(d.organe.noun)}_{made}".strip("_"), made, number)
    return next((one for one in wanted if len(one) <= _LONGEST and ACT_NUMBER.fullmatch(one)), "")


def initials(name: str) -> str:
    """« CP » for « commission permanente », « CA » for « conseil d'arrondissement »."""
    words = re.findall(r"[a-z]+", folded(name).replace("\u2019", "'"))
    return "".join(one[0] for one in words if one not in _SMALL).upper()


def check_numbers(sendings: Sequence[Teletransmission], liasse: ResolvedLiasse, report: Report) -> None:
    """LIA-11: two délibérations of one sender would have one number, and the second would replace the first."""
    seen: dict[tuple[str, str], str] = {}
    for one in sendings:
        other = seen.setdefault((one.siren, one.number), one.deliberation) if one.number else one.deliberation
        if other != one.deliberation:
            message = f"« {other} » et « {one.deliberation} » auraient le même numéro pour la préfecture : {one.number}"
            remedy = f"Écrivez dans la liasse : prefecture: {{{one.deliberation}: {{numero: CP_2024_1}}}}"
            path = f"prefecture.{one.deliberation}"
            report.error("LIA-11", message, liasse.place, path, "", remedy)


def department_of(siren: str) -> str:
    """« 006 » for a SIREN of a commune, a département or an EPCI; "" for another."""
    return f"0{siren[2:4]}" if siren.startswith(_LOCAL) and siren[2:4] not in ("97", "98") else ""


def _check(
    made: Teletransmission, liasse: ResolvedLiasse, d: ResolvedDeliberation, report: Report, *, final: bool
) -> None:
    tell = report.error if final else report.warning
    path = f"prefecture.{d.id}"
    if not made.number:
        remedy = f"Écrivez dans la liasse : prefecture: {{{d.id}: {{numero: CP_2024_1}}}}"
        tell(
            "LIA-11", f"la délibération « {d.id} » n'a pas de numéro pour la préfecture", liasse.place, path, "", remedy
        )
    if not made.matter:
        remedy = "Ajoutez à la délibération « prefecture: », avec « matiere: 8.2 » ou une autre."
        tell("LIA-11", f"la délibération « {d.id} » n'a pas de matière", d.place, "prefecture.matiere", "", remedy)
    if not made.day:
        remedy = "Écrivez « seance: 2024-06-07 » dans la délibération."
        tell("LIA-11", f"la date de la délibération « {d.id} » n'est pas connue", d.place, "seance", "", remedy)
    if not made.siren:
        remedy = f"Ajoutez « siret: … » à l'organisme « {d.organisme} »."
        tell("LIA-11", f"l'organisme « {d.organisme} » n'a pas de SIRET", d.place, "organisme", "", remedy)
    elif not made.department:
        remedy = f"Écrivez dans la liasse : prefecture: {{{d.id}: {{departement: 006}}}}"
        tell("LIA-11", f"le département de « {d.organisme} » n'est pas connu", liasse.place, path, "", remedy)
