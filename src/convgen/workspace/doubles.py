"""Identifiers that are given twice, or are not those of their files."""

from __future__ import annotations

from pathlib import Path

from convgen.errors import Place, Report
from convgen.model.files import Loaded, Registered
from convgen.model.schema.textes import Textes


def report_double(kind: str, name: str, files: tuple[str, ...], report: Report, place: Place | None = None) -> None:
    """FIC-09: an identifier that several files have; `files` as messages name them, the first one keeps it."""
    for file in files[1:]:
        report.error(
            "FIC-09",
            f"l'identifiant « {name} » est en double",
            place or Place(file),
            kind,
            cause=f"Il est déjà celui de {files[0]}.",
            remedy="Donnez à chaque fichier son identifiant.",
        )


def report_name(declared: str, place: Place, kind: str, report: Report) -> None:
    """DEF-05: a file that declares another identifier than its name."""
    message = f"le fichier déclare « {declared} » et s'appelle « {Path(place.file).name} »"
    report.error("DEF-05", message, place, kind, remedy="L'identifiant et le nom du fichier doivent être les mêmes.")


def register(loaded: Loaded[Textes], registry: dict[str, Registered], report: Report) -> None:
    """Add the texts of a file to the registry; FIC-09 for one that another file already defines."""
    if loaded.model is None or loaded.node is None:
        return
    for name, text in loaded.model.root.items():
        place = loaded.node.key_place(name) or loaded.node.place
        if name in registry:
            report.error(
                "FIC-09",
                f"le texte « {name} » est en double",
                place,
                name,
                cause=f"Il est déjà défini à {registry[name].place}.",
                remedy="Retirez l'un des deux.",
            )
            continue
        registry[name] = Registered(name, text, place)
