"""What is checked of the annexes once they are numbered: two of one number, and numbers typed by hand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from convgen.acte.nodes import Acte
from convgen.compose.atoms import Mention
from convgen.errors import Place, Report


def check_annexes(acte: Acte, mentions: Iterable[Mention], report: Report) -> None:
    """Report annexes of one number (DEF-14), and annexes named by a number that none bears (warning TXT-06)."""
    _check_numbers(acte, report)
    known = {part for annexe in acte.annexes if annexe.number for part in re.findall(r"\d+", annexe.number.text)}
    known |= {str(rank) for rank in range(1, len(acte.annexes) + 1)}
    for mention in mentions:
        if mention.number not in known:
            report.warning(
                "TXT-06",
                f"le texte nomme l'annexe {mention.number}, que l'acte n'a pas",
                Place(mention.file, mention.line),
                remedy="Écrivez {{ ref('identifiant-de-l-annexe') }} : le numéro suivra.",
            )


def _check_numbers(acte: Acte, report: Report) -> None:
    seen: dict[str, str] = {}
    for annexe in acte.annexes:
        number = annexe.number.text if annexe.number is not None else ""
        if number and number in seen:
            message = f"deux annexes portent le numéro « {number} » : « {seen[number]} » et « {annexe.id} »"
            place = Place(annexe.origin.file, annexe.origin.line)
            remedy = "Changez le « numero: » de l'une, ou retirez-le : les annexes se numérotent seules."
            report.error("DEF-14", message, place, f"annexes.{annexe.id}.numero", remedy=remedy)
        seen.setdefault(number, annexe.id)
