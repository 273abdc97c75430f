"""From a name to a composed act: the steps that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.errors import Report

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.compose.text import TextCache
    from convgen.model.resolved import ResolvedAct
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
    workspace: Workspace, name: str, report: Report, *, final: bool = False, cache: TextCache | None = None
) -> Made | None:
    """Resolve and compose one act, None when it cannot be; everything said is in the report.

    Args:
        workspace: Where the files are.
        name: An identifier or a path.
        report: Collects the diagnostics.
        final: Refuse blanks.
        cache: The texts already compiled in this run.
    """
    from convgen.compose.acte import compose
    from convgen.errors import ConvgenError
    from convgen.model.resolve import resolve

    try:
        resolved = resolve(workspace, name, date.today(), report)
        acte = compose(resolved, report, final=final, cache=cache) if resolved is not None else None
    except ConvgenError as error:
        report.extend(error.diagnostics)
        return None
    return Made(resolved, acte) if resolved is not None and acte is not None else None
