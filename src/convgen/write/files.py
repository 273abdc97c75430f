"""Putting the outputs on the disk: all of them or none, never half a file, never over a source."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from convgen.errors import Diagnostic, OutputError, system_cause

#: Files that people type: an output never replaces one.
SOURCES: Final = frozenset({".yaml", ".yml", ".md"})
_MODE: Final = 0o666


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file under a temporary name beside it, then rename it: readers see the old file or the new one.

    Raises:
        OutputError: FIC-06, when it cannot be written or would replace a source.
    """
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files: every one is complete under a temporary name before any takes its own.

    Missing folders are made.

    Raises:
        OutputError: FIC-06; no file was changed, save when a rename itself fails.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            ready.append((_prepare(path, content), path))
        for temporary, path in ready:
            try:
                temporary.replace(path)
            except OSError as error:
                raise _unwritable(path, error) from error
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _prepare(path: Path, content: bytes) -> Path:
    if path.suffix.lower() in SOURCES:
        raise OutputError(
            Diagnostic(
                "FIC-06",
                f"« {path} » est un fichier source, il ne sera pas remplacé",
                remedy="Choisissez un autre nom ou un autre dossier avec « -o ».",
            )
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(_permissions(path))
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    return temporary


def _permissions(path: Path) -> int:
    """Those of the file it replaces, else the usual ones (a temporary file is private)."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return _MODE & ~mask


def _unwritable(path: Path, error: OSError) -> OutputError:
    match error:
        case PermissionError():
            cause = "Le fichier ou le dossier est protégé, ou le fichier est ouvert dans un autre programme."
            remedy = "Fermez le fichier s'il est ouvert, ou choisissez un autre dossier avec « -o »."
        case IsADirectoryError():
            cause = "Un dossier porte déjà ce nom."
            remedy = "Renommez ce dossier, ou choisissez un autre dossier avec « -o »."
        case NotADirectoryError() | FileExistsError():
            cause = "Un élément du chemin est un fichier, pas un dossier."
            remedy = "Vérifiez le chemin donné à « -o »."
        case _:
            cause = system_cause(error)
            remedy = "Vérifiez le chemin et la place libre sur le disque."
    return OutputError(Diagnostic("FIC-06", f"impossible d'écrire « {path} »", cause=cause, remedy=remedy))
