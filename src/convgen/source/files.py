"""Reading a file of the workspace as text."""

from __future__ import annotations

from pathlib import Path

from convgen.errors import Place, Report, system_cause

MAXIMUM = 2_000_000
"""Bytes. A definition of 400 lines weighs 20 KB."""


def read_text(path: Path, file: str, report: Report) -> str | None:
    """The text of a UTF-8 file, with or without a byte order mark, with line feeds as line ends.

    Args:
        path: Where the file is.
        file: How messages name it, from the workspace root.
        report: Receives FIC-01 (absent, not a file, forbidden), FIC-04 (over 2 MB), FIC-05 (not UTF-8).

    Returns:
        None when a problem was reported.
    """
    try:
        if not path.is_file():
            what = "est un dossier, pas un fichier" if path.is_dir() else "est introuvable"
            report.error("FIC-01", f"Le fichier « {file} » {what}", remedy="Vérifiez son nom et son dossier.")
            return None
        with path.open("rb") as stream:
            # One byte more than allowed: the file may grow between a size check and the reading.
            data = stream.read(MAXIMUM + 1)
    except (OSError, ValueError) as error:
        cause = system_cause(error) if isinstance(error, OSError) else "Son nom contient un caractère interdit."
        report.error(
            "FIC-01",
            f"Le fichier « {file} » ne peut pas être lu",
            cause=cause,
            remedy="Vérifiez vos droits sur ce fichier.",
        )
        return None
    if len(data) > MAXIMUM:
        report.error(
            "FIC-04",
            f"Le fichier « {file} » est trop gros",
            Place(file),
            cause=f"La limite est de {MAXIMUM // 1_000_000} Mo.",
            remedy="Répartissez son contenu en plusieurs fichiers.",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        report.error(
            "FIC-05",
            "Ce fichier n'est pas du texte UTF-8",
            place,
            cause="Un caractère y est codé autrement (souvent « Windows-1252 » ou « ANSI »).",
            remedy="Dans votre éditeur, enregistrez-le avec l'encodage UTF-8.",
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
