"""Signed acts: `convgen signer` freezes an act; `generer` then gives back what was signed.

Beside ``conventions/x.yaml``, the folder ``conventions/x.signe/`` keeps the composed tree (acte.json), the files as
they were on the day of signing, and ``signature.json``: the date, and digests that tell whether anything changed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.cli.outputs import FORMATS, write_format
from convgen.cli.pipeline import is_avenant, located, make, open_workspace
from convgen.cli.render import print_diagnostics
from convgen.errors import ConvgenError, DefinitionError, Diagnostic, Place, Report, Severity
from convgen.french.dates import DateError, format_date, parse_date
from convgen.source.nodes import place_of

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.source.nodes import MappingNode
    from convgen.workspace import Workspace

SIGNATURE: Final = "signature.json"


@dataclass(frozen=True, slots=True)
class SignedAct:
    """An act as signed: its tree, and its files by format (those that there were on that day)."""

    day: date
    acte: Acte
    files: dict[str, bytes]
    notes: tuple[Diagnostic, ...] = ()


def signed_folder(definition: Path) -> Path:
    """Where the signed act of a definition is kept."""
    return definition.with_suffix(".signe")


def read_signed(workspace: Workspace, name: str) -> SignedAct | None:
    """The signed act of a definition, None when it is not signed (or there is no such definition).

    Raises:
        DefinitionError: ACT-02, what was kept is damaged.
    """
    from convgen.write.json import read_json

    definition = workspace.definition_path(name, Report())
    if definition is None or not (signed_folder(definition) / SIGNATURE).is_file():
        return None
    folder = signed_folder(definition)
    place = Place(str(definition.relative_to(workspace.root)))
    try:
        kept = json.loads((folder / SIGNATURE).read_text("utf-8"))
        # An act signed when there were fewer formats keeps those that it was signed with.
        files = {one: (folder / f"acte.{one}").read_bytes() for one in FORMATS if one in kept["fichiers"]}
        day = date.fromisoformat(kept["signe"])
        whole = "json" in files and kept["fichiers"] == {one: _digest(content) for one, content in files.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, place) from error
    if not whole:
        raise _damaged(folder, place)
    changed = kept.get("definition") != _digest(definition.read_bytes())
    notes = (_changed_since(day, place),) if changed else ()
    return SignedAct(day, read_json(files["json"].decode()), files, notes)


def sign(name: str, day: str, *, as_json: bool = False) -> int:
    """Freeze an act, signed on `day`.

    Returns:
        1 when the act cannot be signed (blanks, errors, already signed), else 0.
    """
    report = Report()
    try:
        folder = _sign(name, day, report)
    except ConvgenError as error:
        report.extend(error.diagnostics)
        folder = None
    if as_json:
        data = {"diagnostics": [one.as_json() for one in report], "dossier": str(folder) if folder else None}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print_diagnostics(report)
        if folder is not None:
            print(f"Acte figé dans « {folder} ».")
    sys.stdout.flush()
    return 1 if report.errors else 0


def _sign(name: str, day: str, report: Report) -> Path | None:
    from convgen.write.docx.gabarit import load_gabarit
    from convgen.write.files import write_all

    try:
        signed_on = parse_date(day)
    except DateError as error:
        report.error("DON-04", str(error), remedy="Écrivez par exemple --le 2024-03-01.")
        return None
    workspace = open_workspace((name,))
    if is_avenant(workspace, name):
        from convgen.cli.sign_avenant import sign_avenant

        return sign_avenant(workspace, str(located(Path(name))) if Path(name).exists() else name, signed_on, report)
    definition = workspace.definition_path(name, report)
    if definition is None:
        return None
    place = Place(str(definition.relative_to(workspace.root)))
    folder = signed_folder(definition)
    if folder.exists():
        remedy = f"Un acte signé se modifie par un avenant. S'il s'agit d'une erreur, retirez « {folder.name} »."
        report.error("ACT-02", "cet acte est déjà signé", place, remedy=remedy)
        return None
    made = make(workspace, name, report, final=True)
    if made is None or report.errors:
        return None
    said = made.resolved.states.get("signe")
    if said is not None and said != signed_on:
        report.add(another_day(said, signed_on, made.resolved.typed, place))
        return None
    gabarit = load_gabarit(
        workspace.gabarit_folder(made.resolved.gabarit, made.resolved.gabarit_place), root=workspace.root
    )
    files = {one: write_format(one, made.acte, lambda: gabarit) for one in FORMATS}
    signature = {
        "signe": signed_on.isoformat(),
        "definition": _digest(definition.read_bytes()),
        "clauses": dict(made.resolved.clauses),
        "fichiers": {one: _digest(content) for one, content in files.items()},
    }
    text = json.dumps(signature, ensure_ascii=False, indent=2) + "\n"
    write_all({folder / f"acte.{one}": content for one, content in files.items()} | {folder / SIGNATURE: text.encode()})
    return folder


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _damaged(folder: Path, place: Place) -> DefinitionError:
    return DefinitionError(
        Diagnostic(
            "ACT-02",
            f"l'acte signé gardé dans « {folder.name} » est incomplet ou modifié",
            place,
            remedy="Rétablissez ce dossier tel qu'il était à la signature (sauvegarde, git).",
        )
    )


def another_day(said: date, day: date, typed: MappingNode | None, place: Place) -> Diagnostic:
    """ACT-02: the definition of an act tells another day of its signature than the one it is to be frozen with."""
    where = place_of(typed, ["etat", "signe"]) if typed is not None else place
    message = f"la définition dit cet acte signé le {format_date(said)}, et « --le » le {format_date(day)}"
    remedy = "Corrigez l'un des deux, ou retirez « etat: signe » : le jour de « --le » sera gardé."
    return Diagnostic("ACT-02", message, where, "etat.signe", remedy=remedy)


def _changed_since(day: date, place: Place) -> Diagnostic:
    return Diagnostic(
        "ACT-02",
        f"la définition a changé depuis la signature du {format_date(day)} : c'est le texte signé qui est produit",
        place,
        remedy="Un acte signé se modifie par un avenant.",
        severity=Severity.WARNING,
    )
