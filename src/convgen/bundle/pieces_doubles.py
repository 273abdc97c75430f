"""Foreign pieces that double what an act prints, or take its place: the reader would believe the wrong one."""

from __future__ import annotations

from pathlib import Path

from convgen.acte.nodes import Annexe
from convgen.errors import Place, Report
from convgen.model.liasse_types import Entry, ResolvedLiasse


def check_places_of_acts(liasse: ResolvedLiasse, report: Report, *, final: bool) -> None:
    """LIA-07 for a foreign file that bears the identifier of an act: its words are compared with nothing.

    A warning, an error when nothing may lack (`final`).
    """
    seen: set[str] = set()
    for one in (entry for series in liasse.series for entry in series.everything()):
        if not one.instead or one.id in seen:
            continue
        seen.add(one.id)
        message = f"le fichier « {one.file} » prend la place de l'acte « {one.id} »"
        cause = (
            "La délibération se rédige d'après la définition de l'acte ; ce que dit ce fichier n'est comparé à rien."
        )
        remedy = f"Retirez « {one.id} » de « pieces: » : l'acte est annexé de lui-même. Pour joindre aussi ce fichier, "
        remedy += "donnez-lui un autre identifiant."
        say = report.error if final else report.warning
        say("LIA-07", message, one.place, f"pieces.{one.id}", cause, remedy)


def check_annexe(annexe: Annexe, given: Entry, act: str, root: Path, report: Report) -> None:
    """LIA-12 when a piece and an act both give the content of one annexe.

    Args:
        annexe: of the act.
        given: the piece of that identifier under the act.
        act: its identifier.
        root: the workspace.
        report: receives LIA-12.
    """
    if annexe.external:
        return
    if annexe.file and given.path is not None and given.path.resolve() == (root / annexe.file).resolve():
        return
    number = f"annexe {annexe.number.text}" if annexe.number is not None and annexe.number.text else "annexe"
    own = f"y joint déjà « {annexe.file} »" if annexe.file else "la rédige déjà"
    message = f"« {given.id} » est l'{number} de « {act} », qui {own} : elle serait deux fois dans la liasse"
    remedy = f"Donnez un autre identifiant à la pièce, ou écrivez « externe: oui » pour l'annexe « {annexe.id} »."
    place = given.place or Place(annexe.origin.file, annexe.origin.line or 1)
    report.error("LIA-12", message, place, f"pieces.{given.id}", remedy=remedy)
