"""What is checked of the annexes once they are numbered: two of one number, and numbers typed by hand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convgen.acte.nodes import Acte, Emphasis, Inlines, Origin, Paragraph, Strong, Text
from convgen.acte.rewrite import map_inlines
from convgen.acte.walk import walk
from convgen.errors import Place, Report

# « l'annexe 7 », « annexe n° 7 »; but « annexe 7 du règlement » is an annexe of that text. « 2024-7 » and « 7.1 » are
# other numberings.
_TYPED = re.compile(
    r"\bannexe[\s\u00a0\u202f]+(?:n°[\s\u00a0\u202f]*)?(\d{1,3})(?![\w/-]|[.,]\d)"
    r"(?![\s\u00a0\u202f]+(?:du|des|de|d['’]|au|aux|à)(?:\b|(?<=['’]))(?!\s+(?:la|le|cette|ce)?\s*présente?\b))",
    re.IGNORECASE,
)


def check_annexes(acte: Acte, report: Report) -> None:
    """Report annexes of one number (DEF-14), and annexes named by a number that none bears (warning TXT-06)."""
    _check_numbers(acte, report)
    found = False

    def look(line: Inlines) -> Inlines:
        nonlocal found
        found = found or "nnexe" in _typed_words(line)
        return line

    # most acts name their annexes by references: they are not gone through twice
    map_inlines(acte, look)
    if found:
        _check_typed(acte, report)


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


def _check_typed(acte: Acte, report: Report) -> None:
    known = {part for annexe in acte.annexes if annexe.number for part in re.findall(r"\d+", annexe.number.text)}
    known |= {str(rank) for rank in range(1, len(acte.annexes) + 1)}
    said: set[tuple[str, Origin]] = set()
    for paragraph in _paragraphs(acte):
        for match in _TYPED.finditer(_typed_words(paragraph.inlines)):
            if match[1] in known or (match[1], paragraph.origin) in said:
                continue
            said.add((match[1], paragraph.origin))
            file = paragraph.origin.file or acte.provenance.definition
            report.warning(
                "TXT-06",
                f"le texte nomme l'annexe {match[1]}, que l'acte n'a pas",
                Place(file, paragraph.origin.line or 1),
                remedy="Écrivez {{ ref('identifiant-de-l-annexe') }} : le numéro suivra.",
            )


def _paragraphs(acte: Acte) -> Iterator[Paragraph]:
    return (node for node in walk((acte.zones, acte.annexes)) if isinstance(node, Paragraph))


def _typed_words(line: Inlines) -> str:
    """The words that somebody typed; a value or a reference is a mark, which no number follows."""
    parts = []
    for node in line:
        match node:
            case Text(text=text):
                parts.append(text)
            case Strong(children=children) | Emphasis(children=children):
                parts.append(_typed_words(children))
            case _:
                parts.append("\ufffc")
    return "".join(parts)
