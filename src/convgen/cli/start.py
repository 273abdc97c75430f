"""`convgen nouveau`: a workspace that works at once, copied from the files that travel with the program."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Final

from convgen.errors import Diagnostic, OutputError, system_cause
from convgen.source.shipped import shipped

#: Folders of the repository that the wheel carries beside `depart/` (see pyproject.toml).
_SHARED: Final = ("clauses", "templates")


def start(folder: Path) -> int:
    """Make the workspace and say what to type next.

    Raises:
        OutputError: FIC-08 when something is already there, FIC-06 when it cannot be written.
    """
    _refuse_occupied(folder)
    try:
        count = _fill(folder)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(
            Diagnostic(
                "FIC-06",
                f"impossible de créer « {folder} »",
                cause=system_cause(error),
                remedy="Choisissez un autre dossier, où vous pouvez écrire.",
            )
        ) from error
    print(f"Espace de travail créé dans « {folder} » ({count} fichiers). Pour produire la convention d'exemple :")
    print(f'  cd "{folder}"\n  convgen generer exemple')
    print("Ensuite : dites qui vous êtes dans convgen.yaml et dans conventions/organismes/ma-collectivite.yaml.")
    return 0


def _refuse_occupied(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            Diagnostic("FIC-08", f"« {folder} » est déjà un fichier", remedy="Choisissez un autre nom de dossier.")
        )
    # Hidden entries (.git) do not make a folder occupied.
    if folder.is_dir() and any(not one.name.startswith(".") for one in folder.iterdir()):
        raise OutputError(
            Diagnostic(
                "FIC-08",
                f"le dossier « {folder} » contient déjà des fichiers",
                cause="convgen nouveau ne remplace jamais rien.",
                remedy="Choisissez un dossier neuf ou vide.",
            )
        )


def _fill(folder: Path) -> int:
    """Copy everything beside its final place, then move it there: a failure leaves nothing half made."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".convgen-", dir=folder.parent) as name:
        prepared = Path(name)
        count = _copy_all(prepared)
        folder.mkdir(exist_ok=True)
        for one in sorted(prepared.iterdir()):
            shutil.move(os.fspath(one), os.fspath(folder / one.name))
    return count


def _copy_all(folder: Path) -> int:
    count = 0
    for relative, content in _starter_files():
        path = folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def _starter_files() -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file of a new workspace: its path from the root, its bytes."""
    starter = files("convgen") / "depart"
    for relative, one in _walk(starter, PurePosixPath()):
        if relative.parts[0] not in _SHARED:
            yield relative, one.read_bytes()
    for name in _SHARED:
        for relative, one in _walk(shipped(name), PurePosixPath(name)):
            yield relative, one.read_bytes()
    yield from _schemas()


def _walk(folder: Traversable, relative: PurePosixPath) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.name.startswith((".", "__")):
            continue
        if one.is_dir():
            yield from _walk(one, relative / one.name)
        else:
            yield relative / one.name, one


def _schemas() -> Iterator[tuple[PurePosixPath, bytes]]:
    """The schemas that the first line of each definition names, so that editors complete and check it."""
    from convgen.model.schema import KINDS, json_schema

    for kind in KINDS:
        text = json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"
        yield PurePosixPath("docs", "schemas", f"{kind}.json"), text.encode()
