"""Where a workspace is."""

from __future__ import annotations

import os
from pathlib import Path

from convgen.errors import Diagnostic, SourceError

MARK = "convgen.yaml"


def find_workspace(start: Path) -> Path:
    """The folder that holds `convgen.yaml`, at `start` or above it.

    Raises:
        SourceError: FIC-07, no workspace here.
    """
    here = Path(os.path.abspath(start))  # noqa: PTH100 - symlinks are kept: the root is where the user sees it
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return folder
    raise SourceError(
        Diagnostic(
            "FIC-07",
            f"aucun espace de travail ici : le fichier {MARK} est introuvable",
            cause=f"Il a été cherché dans « {here.name or here} » et dans les dossiers au-dessus.",
            remedy="Placez-vous dans un espace de travail, ou créez-en un : convgen nouveau DOSSIER",
        )
    )
