"""An annexe that several acts print: one copy, and elsewhere a line that says where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from convgen.acte.nodes import Acte, Annexe, Paragraph, Text
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.errors import Report
from convgen.french.typography import typeset
from convgen.model.liasse_types import ResolvedLiasse

if TYPE_CHECKING:
    from convgen.bundle.pieces import Composed


def once(liasse: ResolvedLiasse, acts: Mapping[str, Composed], report: Report) -> dict[str, Composed]:
    """The acts, in which an annexe shared as « une seule » is printed the first time only.

    LIA-12: the copies are not the same, or an act already signed prints its own.
    """
    made = dict(acts)
    seen: dict[str, tuple[Annexe, str]] = {}
    for series in liasse.series:
        for entry in series.everything():
            found = made.get(entry.id)
            if found is None:
                continue
            where = liasse.pattern.replace("{n}", entry.number)
            acte = _refer(found.acte, where, seen, liasse, report, frozen=bool(found.frozen))
            made[entry.id] = replace(found, acte=acte)
    return made


def _refer(
    acte: Acte, where: str, seen: dict[str, tuple[Annexe, str]], liasse: ResolvedLiasse, report: Report, *, frozen: bool
) -> Acte:
    annexes = []
    for annexe in acte.annexes:
        if not liasse.shared.get(annexe.id) or annexe.file or annexe.external:
            annexes.append(annexe)
            continue
        number = annexe.number.label if annexe.number is not None else "annexe"
        first = seen.setdefault(annexe.id, (annexe, f"{number[:1].lower()}{number[1:].lower()} de l'{_small(where)}"))
        if first[0] is annexe:
            annexes.append(annexe)
        elif _text(first[0]) != _text(annexe):
            message = f"l'annexe « {annexe.id} » n'a pas le même texte dans tous les actes qui la partagent"
            remedy = f"Écrivez « {annexe.id}: une copie par acte » sous « partagees »."
            report.error("LIA-12", message, liasse.place, f"partagees.{annexe.id}", remedy=remedy)
            annexes.append(annexe)
        elif frozen:
            message = f"l'acte signé « {acte.id} » garde sa copie de l'annexe « {annexe.id} »"
            remedy = f"Écrivez « {annexe.id}: une copie par acte » sous « partagees »."
            report.warning("LIA-12", message, liasse.place, f"partagees.{annexe.id}", remedy=remedy)
            annexes.append(annexe)
        else:
            said = Paragraph((Text(typeset(f"Ce document est joint une seule fois : voir l'{first[1]}.")),))
            annexes.append(replace(annexe, blocks=(said,)))
    return replace(acte, annexes=tuple(annexes))


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _text(annexe: Annexe) -> str:
    return "\n".join(plain_text(node.inlines) for node in walk(annexe.blocks) if isinstance(node, Paragraph))
