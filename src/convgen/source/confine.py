"""Paths named in files: never outside the workspace, by `..`, by an absolute name or by a link."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from convgen.errors import Place, Report


@dataclass(frozen=True, slots=True)
class Named:
    """A path as it is typed: its words, where they stand, and the path of their key in the definition."""

    words: str
    place: Place | None = None
    key: str = ""


def inside(root: Path, named: Named, report: Report) -> Path | None:
    """The path of a name, from the root; None when it leads out, which is reported (FIC-02, FIC-03)."""
    name = named.words
    if "\0" in name or name.startswith("~") or re.match(r"[A-Za-z]:|\\\\", name):
        _outside(named, report)
        return None
    return confined(root, Path(os.path.normpath(root / name)), named, report)


def confined(root: Path, path: Path, named: Named, report: Report) -> Path | None:
    """The path when it stands in the workspace, links followed; None, and FIC-02 or FIC-03, when it does not."""
    if not path.is_relative_to(root):
        _outside(named, report)
        return None
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        message = f"« {named.words} » est un lien vers un fichier hors de l'espace de travail"
        remedy = "Copiez le fichier dans l'espace de travail."
        report.error("FIC-03", message, named.place, named.key, remedy=remedy)
        return None
    return path


def _outside(named: Named, report: Report) -> None:
    shown = named.words.replace("\0", "\\0")
    report.error(
        "FIC-02",
        f"« {shown} » est hors de l'espace de travail",
        named.place,
        named.key,
        cause="convgen ne lit que les fichiers de son espace de travail.",
        remedy="Nommez un fichier depuis la racine de l'espace de travail, sans « .. ».",
    )
