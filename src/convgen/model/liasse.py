"""A liasse ready to be composed: its délibérations, the series of their annexes, what is to be produced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from convgen.errors import Place, Report, suggest
from convgen.french.dates import format_date
from convgen.french.grammar import join_list
from convgen.model.deliberation import resolve_deliberation
from convgen.model.deliberation_types import ResolvedDeliberation
from convgen.model.files import Files
from convgen.model.liasse_series import series_of
from convgen.model.liasse_types import Entry, ResolvedLiasse, Sending, Series
from convgen.model.reserved import is_none
from convgen.model.schema.liasse import SORTIES, Liasse
from convgen.source.nodes import folded

__all__ = ["Entry", "ResolvedLiasse", "Sending", "Series", "resolve_liasse"]

#: What @CTES takes as the number of an act.
ACT_NUMBER: Final = re.compile(r"[0-9A-Z_]{2,15}")
_CODE: Final = re.compile(r"\d{2}_[A-Z]{2}")
#: As the schema of the exchange has it, less what is no département.
_DEPARTMENT: Final = re.compile(r"0\d{2}|02[AB]|9[78]\d")


def resolve_liasse(files: Files, name: str | Path, today: date, report: Report) -> ResolvedLiasse | None:
    """A liasse, by path or by identifier.

    Args:
        files: the workspace.
        name: a definition of `conventions/liasses`.
        today: the day that stands for those that are unknown.
        report: receives every problem (LIA-01 for the shape of the liasse); the caller stops on errors.

    Returns:
        None when too little could be read to go on.
    """
    files = files.snapshot()
    loaded = files.liasse_file(name, report)
    files.check_unique("liasse", report)
    if loaded is None or loaded.model is None:
        return None
    model, place = loaded.model, loaded.model.place or Place(loaded.file)
    deliberations = _deliberations(files, model, place, today, report)
    if not deliberations:
        return None
    espace = files.espace(report)
    gabarit = model.gabarit or espace.charte
    mention = model.mention if model.mention is not None else espace.mention
    return ResolvedLiasse(
        id=str(model.liasse),
        title=str(model.titre or "").strip() or _title(deliberations),
        series=tuple(series_of(model, deliberations, files, report)),
        pattern=_pattern(model, report),
        continued=model.numerotation is not None and model.numerotation.imbriquees == "à la suite",
        shared={name: how == "une seule" for name, how in (model.partagees or {}).items()},
        stamp=model.timbre,
        contents=model.bordereau,
        outputs=_outputs(model, report),
        codes=_codes(model, report),
        sendings=_sendings(model, [one.id for one in deliberations], report),
        gabarit=str(gabarit or "neutre").strip(),
        gabarit_place=gabarit.place if gabarit is not None else None,
        mention="" if mention is None or is_none(mention) else str(mention).strip(),
        place=place,
    )


def _title(deliberations: Sequence[ResolvedDeliberation]) -> str:
    """That of the only délibération; of several, their numbers, and their day when it is the same."""
    numbers = [one.number for one in deliberations if isinstance(one.number, str) and one.number]
    if len(deliberations) == 1:
        return deliberations[0].title.text.strip()
    if len(numbers) < len(deliberations):
        return " ; ".join(one.title.text.strip() for one in deliberations)
    days = {one.day for one in deliberations if isinstance(one.day, date)}
    when = f" du {format_date(next(iter(days)))}" if len(days) == 1 else ""
    return f"Délibérations {join_list([f'n° {one}' for one in numbers])}{when}"


def _deliberations(
    files: Files, model: Liasse, place: Place, today: date, report: Report
) -> list[ResolvedDeliberation]:
    typed = (*(model.deliberation or ()), *(model.deliberations or ()))
    if not typed:
        remedy = "Ajoutez une ligne « deliberation: identifiant »."
        report.error("LIA-01", "la liasse n'a aucune délibération", place, "deliberation", remedy=remedy)
    found: list[ResolvedDeliberation] = []
    known = files.ids("deliberation")
    for one in typed:
        name = str(one).strip()
        if name not in known and not name.endswith((".yaml", ".yml")):
            remedy = suggest(name, known, "Délibérations")
            report.error("LIA-01", f"délibération inconnue : « {name} »", one.place, "deliberation", remedy=remedy)
            continue
        if any(name == each.id for each in found):
            message = f"la délibération « {name} » est deux fois dans la liasse"
            report.error("LIA-01", message, one.place, "deliberation", remedy="Retirez-en une.")
            continue
        resolved = resolve_deliberation(files, name, today, report)
        if resolved is not None:
            found.append(resolved)
    _tell_apart(found, report)
    return found


def _tell_apart(deliberations: list[ResolvedDeliberation], report: Report) -> None:
    """LIA-08: two délibérations of one body, day and number. LIA-06: one organisme allows twice to sign an act."""
    numbers: dict[tuple[str, str, str, str], str] = {}
    allowed: dict[tuple[str, str], str] = {}
    for one in deliberations:
        if isinstance(one.day, date) and isinstance(one.number, str) and one.number.strip():
            body = folded(one.organe.noun)
            key = (one.organisme, body, one.day.isoformat(), folded(one.number.strip()))
            other = numbers.setdefault(key, one.id)
            if other != one.id:
                message = f"« {other} » et « {one.id} » sont du même organe, du même jour, et portent le même numéro"
                remedy = "Corrigez le « numero » de l'une des deux."
                report.error("LIA-08", f"{message} : {one.number}", one.place, "numero", remedy=remedy)
        for name in one.authorised:
            other = allowed.setdefault((one.organisme, name), one.id)
            if other != one.id:
                message = f"« {other} » et « {one.id} » autorisent toutes deux à signer « {name} »"
                remedy = f"Retirez « signer: {name} » de l'une des deux."
                place = next((each.place for each in one.decisions if name in each.acts), one.place)
                report.error("LIA-06", message, place, "decisions", remedy=remedy)


def _pattern(model: Liasse, report: Report) -> str:
    typed = model.numerotation.annexes if model.numerotation is not None else None
    if typed is None:
        return "Annexe {n}"
    if "{n}" not in typed:
        message = f"« {typed} » ne dit pas où va le numéro"
        remedy = 'Écrivez {n} à la place du numéro, entre guillemets : "Annexe {n}".'
        report.error("LIA-01", message, typed.place, "numerotation.annexes", remedy=remedy)
        return "Annexe {n}"
    return str(typed).strip()


def _outputs(model: Liasse, report: Report) -> tuple[str, ...]:
    wanted: list[str] = []
    if model.sorties is not None and not [*model.sorties]:
        asked = ", ".join(SORTIES)
        remedy = f"Écrivez ce qui doit l'être : sorties: [{asked}] ; ou retirez la ligne, pour les trois."
        place = model.place_of("sorties")
        report.error("LIA-01", "« sorties » ne demande rien à produire", place, "sorties", remedy=remedy)
    for one in model.sorties or ():
        found = next((each for each in SORTIES if each == folded(str(one).strip())), "")
        if not found:
            remedy = suggest(one, SORTIES, "Sorties")
            report.error("LIA-01", f"sortie inconnue : « {one} »", one.place, "sorties", remedy=remedy)
        elif found not in wanted:
            wanted.append(found)
    return tuple(wanted) or SORTIES


def _codes(model: Liasse, report: Report) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, code in (model.types or {}).items():
        if _CODE.fullmatch(code.strip()):
            found[name] = str(code).strip()
            continue
        message = f"« {code} » n'est pas un type de pièce"
        remedy = "Un type s'écrit avec deux chiffres, « _ » et deux capitales : 42_AC."
        report.error("LIA-11", message, code.place, f"types.{name}", remedy=remedy)
    return found


def _sendings(model: Liasse, deliberations: list[str], report: Report) -> dict[str, Sending]:
    found: dict[str, Sending] = {}
    for name, typed in (model.prefecture or {}).items():
        path = f"prefecture.{name}"
        if name not in deliberations:
            remedy = suggest(name, deliberations, "Délibérations")
            report.error(
                "LIA-01", f"« {name} » n'est pas une délibération de la liasse", typed.place, path, remedy=remedy
            )
            continue
        number, department = str(typed.numero or "").strip(), str(typed.departement or "").strip()
        if number and not ACT_NUMBER.fullmatch(number):
            message = f"« {number} » n'est pas un numéro que la télétransmission admet"
            remedy = "Écrivez 2 à 15 caractères parmi les chiffres, les capitales et « _ » : CP_2024_20."
            report.error("LIA-11", message, typed.place_of("numero"), f"{path}.numero", remedy=remedy)
            number = ""
        if department and not _DEPARTMENT.fullmatch(department):
            message = f"« {department} » n'est pas un département sur trois caractères"
            remedy = "Écrivez 006, 055, 02A ou 971."
            report.error("LIA-11", message, typed.place_of("departement"), f"{path}.departement", remedy=remedy)
            department = ""
        found[name] = Sending(number, department, typed.place)
    return found
