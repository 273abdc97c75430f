"""Whose letterhead an act is printed with: that of one of its parties, or of the body that decides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from convgen.compose.hand_names import bare_name, names_of_organisme, names_of_party
from convgen.errors import ConvgenError, Place, Report
from convgen.model.deliberation_types import Unilateral
from convgen.source.files import read_text
from convgen.source.nodes import MappingNode, Scalar
from convgen.source.yaml import load_yaml

if TYPE_CHECKING:
    from convgen.model.resolved import ResolvedAct
    from convgen.workspace import Workspace

_WORD: Final = re.compile(r"\w{4,}")
#: The gabarit without a letterhead, delivered with convgen.
_PLAIN: Final = "neutre"
#: What says the kind of an organisme, and not which one it is.
_KINDS: Final = frozenset(
    (
        "agglomeration", "association", "centre", "commune", "communaute", "communes", "conseil", "departement",
        "departemental", "etablissement", "mairie", "metropole", "municipal", "public", "region", "regional",
        "syndicat", "ville",
    )
)  # fmt: skip


def check_letterhead(
    workspace: Workspace, resolved: ResolvedAct | Unilateral, report: Report, gabarit: str = ""
) -> None:
    """GAB-09, a warning: the charte of the gabarit names an organisme that has no part in the act.

    Args:
        workspace: where the gabarits and the organismes are.
        resolved: a convention, a délibération or an arrêté.
        report: receives the warning.
        gabarit: the name of the gabarit when it is not that of the definition.
    """
    name = gabarit or resolved.gabarit
    printed = _printed_name(workspace, name, resolved.gabarit_place)
    if not printed or _is_ours(printed, _names(workspace, resolved)):
        return
    who = (
        str(resolved.name) if isinstance(resolved, Unilateral) else ", ".join(str(one.name) for one in resolved.parties)
    )
    message = f"l'acte « {resolved.id} » a l'en-tête d'un autre organisme : {printed}"
    cause = f"Le gabarit « {name} » porte cet en-tête, et l'acte est celui de : {who}."
    if gabarit:  # typed on the command line: no file says it
        plain = "" if name == _PLAIN else f", ou « --gabarit {_PLAIN} », qui n'a pas d'en-tête"
        remedy = f"Donnez à « --gabarit » celui de cet organisme{plain}."
        report.warning("GAB-09", message, None, "--gabarit", cause, remedy)
        return
    plain = "" if name == _PLAIN else f", ou celui qui n'a pas d'en-tête : « gabarit: {_PLAIN} »"
    remedy = f"Écrivez dans la définition de l'acte le gabarit de cet organisme (clé « gabarit »){plain}."
    report.warning("GAB-09", message, resolved.gabarit_place or resolved.place, "gabarit", cause, remedy)


def _names(workspace: Workspace, resolved: ResolvedAct | Unilateral) -> set[str]:
    if isinstance(resolved, Unilateral):
        return {bare_name(str(resolved.name)), *names_of_organisme(workspace, resolved.organisme)}
    found = {name for party in resolved.parties for name in names_of_party(party)}
    return found | {name for party in resolved.parties for name in names_of_organisme(workspace, party.organisme)}


def _printed_name(workspace: Workspace, gabarit: str, place: Place | None) -> str:
    """The organisme that the charte of a gabarit names; "" for none, or a charte that says elsewhere what is wrong."""
    try:
        path = workspace.gabarit_folder(gabarit, place) / "charte.yaml"
    except ConvgenError:
        return ""
    quiet = Report()
    text = read_text(path, "charte.yaml", quiet) if path.is_file() else None
    node = load_yaml(text, "charte.yaml", quiet) if text is not None else None
    named = node.get("organisme") if isinstance(node, MappingNode) else None
    return named.text.strip() if isinstance(named, Scalar) else ""


def _is_ours(printed: str, names: Iterable[str]) -> bool:
    """Whether a name shares with another a word that tells which organisme it is: « Ville de Nice », « Nice »."""
    words = _telling(printed)
    return not words or any(words & _telling(name) for name in names)


def _telling(name: str) -> set[str]:
    return {*_WORD.findall(bare_name(name).casefold())} - _KINDS
