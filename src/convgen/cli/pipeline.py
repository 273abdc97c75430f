"""From a name to a composed act: the steps that several commands share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.errors import Report

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.compose.text import TextCache
    from convgen.model.resolved import ResolvedAct
    from convgen.source.nodes import MappingNode
    from convgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Made:
    """An act: what it was resolved to, and the tree composed from it."""

    resolved: ResolvedAct
    acte: Acte


def open_workspace(names: tuple[str, ...] = ()) -> Workspace:
    """The workspace of the first existing file or folder among the names, else of the current folder.

    Raises:
        SourceError: FIC-07, when there is none.
    """
    from convgen.workspace import Workspace, find_workspace

    paths = [Path(name) for name in names if Path(name).exists()]
    return Workspace(find_workspace(located(paths[0]) if paths else Path.cwd()))


def located(path: Path) -> Path:
    """A path made absolute. A link stays a link: the workspace refuses those that lead out of it."""
    return path.parent.resolve() / path.name if path.is_symlink() else path.resolve()


def make(
    workspace: Workspace,
    name: str,
    report: Report,
    *,
    final: bool = False,
    cache: TextCache | None = None,
    within: tuple[str, ...] = (),
) -> Made | None:
    """Resolve and compose one act, None when it cannot be; everything said is in the report.

    Args:
        workspace: Where the files are.
        name: An identifier or a path.
        report: Collects the diagnostics.
        final: Refuse blanks.
        cache: The texts already compiled in this run.
        within: The acts being made that name this one, so that two acts do not name each other for ever.
    """
    from convgen.compose.acte import compose
    from convgen.errors import ConvgenError
    from convgen.model.resolve import resolve

    try:
        resolved = resolve(workspace, name, date.today(), report)
        if resolved is None:
            return None
        chain = (*within, resolved.id)

        def others(wanted: str) -> tuple[ResolvedAct, Acte] | None:
            made = make(workspace, wanted, report, cache=cache, within=chain) if wanted not in chain else None
            return (made.resolved, made.acte) if made is not None else None

        acte = compose(resolved, report, final=final, cache=cache, others=others)
    except ConvgenError as error:
        report.extend(error.diagnostics)
        return None
    return Made(resolved, acte) if acte is not None else None


def digests_of(acte: Acte, root: Path) -> dict[str, str]:
    """The digest of each annexe that is a foreign file; a file that is not there is known by its name."""
    found: dict[str, str] = {}
    for annexe in acte.annexes:
        path = root / annexe.file
        if annexe.file and path.is_file():
            found[annexe.id] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def labels_of(workspace: Workspace, modele: str, typed: MappingNode | None = None) -> dict[str, str]:
    """What a modèle calls its data, and what the definition itself does (`libelle` in its block « donnees »)."""
    from convgen.model.declarations import read_declarations
    from convgen.model.files import Asked
    from convgen.model.questions import Known, questions_of
    from convgen.source.nodes import MappingNode

    quiet = Report()
    known = {
        "duree.effet": "la date de prise d'effet",
        "duree.fin": "la date de fin",
        "duree.longueur": "la durée",
        "numero": "le numéro",
    }
    own = typed.get("donnees") if typed is not None else None
    if isinstance(own, MappingNode):
        known |= {name: one.hint for name, one in read_declarations(own, quiet).items() if one.hint}
    loaded = workspace.modele(modele, Asked(), quiet) if modele else None
    if loaded is None:
        return known
    asked = questions_of(loaded, Known({}), quiet)
    # What a question calls « Fin » is « la date de fin » in a sentence.
    return {".".join(one.path).removeprefix("donnees."): one.label for one in asked} | known


def is_avenant(workspace: Workspace, name: str) -> bool:
    """Whether a name is that of an avenant: its identifier, or a file that declares one."""
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        return name in workspace.ids("avenant") and name not in workspace.ids("convention")
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return path.parent.name == "avenants"
    return any(line.startswith("avenant:") for line in lines)
