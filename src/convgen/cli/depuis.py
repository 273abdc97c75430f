"""A workspace as it was at a git revision: definitions, clauses, organismes, templates, all of that day."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from convgen.errors import ConvgenError, Diagnostic

_TOO_LONG: Final = 120


@contextlib.contextmanager
def workspace_at(root: Path, revision: str) -> Iterator[Path]:
    """A temporary folder that holds the workspace as it was at a revision.

    Args:
        root: The workspace, inside a git repository.
        revision: A commit, a tag, a branch, « HEAD~3 »…

    Raises:
        ConvgenError: AVE-22, git is absent, this is no repository, the revision is unknown or had no workspace.
    """
    top = _top(root)
    commit = _commit(root, revision)
    below = root.resolve().relative_to(top.resolve()).as_posix()
    with tempfile.TemporaryDirectory(prefix="convgen-", ignore_cleanup_errors=True) as folder:
        there = Path(folder) / "espace"
        _extract(_archive(top, commit, below, revision), there)
        found = there / below
        if not (found / "convgen.yaml").is_file():
            raise _refused(
                f"à la version « {revision} », cet espace de travail n'existait pas",
                "Le fichier convgen.yaml en est absent.",
                "Donnez une version plus récente.",
            )
        yield found


def _top(root: Path) -> Path:
    done = _git(root, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise _refused(
            f"« {root.name} » n'est pas suivi par git",
            "L'option --depuis reprend une version enregistrée dans un dépôt git.",
            "Donnez deux fichiers à la place : convgen avenant ANCIENNE.yaml NOUVELLE.yaml",
        )
    return Path(done.stdout.decode("utf-8", "replace").rstrip("\n"))


def _commit(root: Path, revision: str) -> str:
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode or not revision.strip():
        raise _refused(
            f"git ne connaît pas la version « {revision} »",
            "Aucun commit, aucune étiquette ni aucune branche ne porte ce nom.",
            "Donnez par exemple une étiquette, le début d'un numéro de commit, ou HEAD~1. « git log » les liste.",
        )
    return done.stdout.decode("ascii", "replace").strip()


def _archive(top: Path, commit: str, below: str, revision: str) -> bytes:
    # Without a path, git archives the whole tree; « . » would be refused at the top of a repository.
    paths = [] if below == "." else ["--", below]
    done = _git(top, "archive", "--format=tar", commit, *paths)
    if done.returncode:
        raise _refused(
            f"à la version « {revision} », cet espace de travail n'existait pas",
            f"Le dossier « {below} » en est absent.",
            "Donnez une version plus récente.",
        )
    return done.stdout


def _extract(archive: bytes, folder: Path) -> None:
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter=_kept)  # noqa: S202 - the filter keeps what stays inside


def _kept(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """A member that stays inside the folder; a link that leaves it is dropped, as the workspace would refuse it."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - see the import
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git is where the user has it
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _refused(
            "la commande git est introuvable",
            "L'option --depuis reprend une version enregistrée dans un dépôt git.",
            "Installez git, ou donnez deux fichiers : convgen avenant ANCIENNE.yaml NOUVELLE.yaml",
        ) from error


def _refused(message: str, cause: str, remedy: str) -> ConvgenError:
    short = message if len(message) <= _TOO_LONG else message[:_TOO_LONG] + "…"
    return ConvgenError(Diagnostic("AVE-22", short, cause=cause, remedy=remedy))
