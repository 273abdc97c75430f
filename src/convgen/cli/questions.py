"""`convgen questions`: what a modèle asks, as a list, as JSON, or asked in the terminal and written as a definition."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.interview import Interview
from convgen.cli.pipeline import open_workspace
from convgen.cli.render import plural, print_diagnostics
from convgen.errors import ConvgenError, Diagnostic, OutputError, Report, system_cause
from convgen.model.consistency import disagreements
from convgen.model.draft import write_definition
from convgen.model.files import Asked, Loaded
from convgen.model.questions import UNKNOWN, Known, Question, problem_of, questions_of

if TYPE_CHECKING:
    from convgen.model.schema.modele import Modele
    from convgen.workspace import Workspace


def list_questions(modele: str, *, as_json: bool = False) -> int:
    """Print the questions of a modèle (or the modèles, without one).

    Returns:
        1 when the modèle is unknown or wrong, else 0.
    """
    report = Report()
    try:
        workspace = open_workspace()
        if not modele:
            return _list_modeles(workspace, report, as_json=as_json)
        asked = _questions(workspace, modele, report)
    except ConvgenError as error:
        report.extend(error.diagnostics)
        asked = ()
    if as_json:
        data = {"modele": modele, "questions": [one.as_json() for one in asked]}
        print(json.dumps(data | {"diagnostics": [one.as_json() for one in report]}, ensure_ascii=False, indent=2))
    else:
        for one in asked:
            print("\n".join(_described(one)))
        print_diagnostics(report)
        if asked:
            print(
                f"{plural(len(asked), 'question')}. Pour y répondre : convgen questions {modele} -o conventions/….yaml"
            )
    return 1 if report.errors else 0


def _list_modeles(workspace: Workspace, report: Report, *, as_json: bool) -> int:
    found = {name: workspace.modele(name, Asked(), report) for name in workspace.ids("modele")}
    labels = {name: str(one.model.libelle or "") for name, one in found.items() if one is not None and one.model}
    if as_json:
        print(json.dumps({"modeles": labels}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"{name:<28} {label}".rstrip() for name, label in labels.items()))
    print_diagnostics(report)
    return 1 if report.errors else 0


def _questions(workspace: Workspace, modele: str, report: Report) -> tuple[Question, ...]:
    loaded = workspace.modele(modele, Asked(), report)
    return () if loaded is None else questions_of(loaded, _known(workspace, report), report, (workspace, date.today()))


def _known(workspace: Workspace, report: Report) -> Known:
    names: dict[str, str] = {}
    for name in workspace.ids("organisme"):
        loaded = workspace.organisme(name, Asked(), report)
        if loaded is not None and loaded.model is not None:
            model = loaded.model
            names[name] = str(model.nom or model.court or (model.noms[0].nom if model.noms else name))
    return Known(names)


def _described(question: Question, margin: str = "") -> list[str]:
    extras = [question.kind]
    if question.yearly:
        extras.append("par exercice")
    if question.default:
        extras.append(f"par défaut : {question.shown_default}")
    if question.choices and question.kind != "organisme":
        extras.append("choix : " + " | ".join(value for value, _ in question.choices))
    lines = [f"{margin}{'.'.join(question.path)}", f"{margin}    {question.label} ({' ; '.join(extras)})"]
    if question.help:
        lines.append(f"{margin}    {question.help}")
    for one in question.fields:
        lines += _described(one, margin + "    ")
    return lines


# --- asking -------------------------------------------------------------------------------------------


def ask(modele: str, target: Path) -> int:
    """Ask the questions of a modèle in the terminal and write a commented definition.

    Returns:
        1 when the modèle is wrong, the file exists, or the conversation is cut short (nothing is then written).
    """
    report = Report()
    try:
        workspace = open_workspace()
        _refuse_existing(target)
        asked = _questions(workspace, modele, report)
        loaded = workspace.modele(modele, Asked(), Report())
        if not report.errors and loaded is not None:
            return _converse(workspace, modele, loaded, asked, target)
    except ConvgenError as error:
        report.extend(error.diagnostics)
    print_diagnostics(report)
    return 1


def _converse(
    workspace: Workspace, modele: str, loaded: Loaded[Modele], asked: Sequence[Question], target: Path
) -> int:
    from rich.console import Console

    if loaded.model is None:
        return 1
    console = Console(highlight=False, markup=False)
    console.print(f"Modèle « {modele} » : {plural(len(asked), 'question')}. « {UNKNOWN} » laisse un blanc.")
    interview = Interview(
        workspace,
        loaded.model,
        lambda prompt: console.input(prompt, markup=False),
        lambda text: console.print(text, soft_wrap=True),
    )
    asked = tuple(_named_after(one, target) for one in asked)
    try:
        interview.ask_all(asked)
        interview.settle(
            lambda: disagreements(loaded, write_definition(modele, interview.answers), interview.years()), asked
        )
    except (EOFError, KeyboardInterrupt):
        print("\nInterrompu : rien n'a été écrit.", file=sys.stderr)
        return 1
    text = write_definition(modele, interview.answers, schema=_schema(workspace, target))
    _create(target, text)
    for name in interview.newcomers:
        print(f"\n« {name} » n'a pas de fiche : son adresse et son représentant restent à compléter.")
        print("  Écrivez son fichier dans conventions/organismes/, puis « organisme: » à la place de « nom: ».")
    print(f"\nDéfinition écrite dans « {target} ». Pour la produire :\n  convgen generer {target}")
    return 0


def _named_after(question: Question, target: Path) -> Question:
    """The identifier of a definition is, by default, the name of its file."""
    if question.kind != "identifiant" or problem_of(question, target.stem):
        return question
    return replace(question, default=target.stem)


def _schema(workspace: Workspace, target: Path) -> str:
    schema = workspace.root / "docs/schemas/convention.json"
    return os.path.relpath(schema, target.resolve().parent).replace(os.sep, "/") if schema.is_file() else ""


def _refuse_existing(target: Path) -> None:
    if target.exists():
        message = f"le fichier « {target} » existe déjà"
        raise OutputError(Diagnostic("FIC-08", message, remedy="Choisissez un autre nom : rien n'est jamais remplacé."))
    if target.suffix not in (".yaml", ".yml"):
        raise OutputError(Diagnostic("FIC-06", f"« {target} » n'est pas un fichier YAML", remedy="Terminez par .yaml."))


def _create(target: Path, text: str) -> None:
    """Write the new file whole; it cannot replace one that appeared meanwhile.

    Raises:
        OutputError: FIC-06 or FIC-08.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        _refuse_existing(target)
    except OSError as error:
        message = f"« {target} » ne peut pas être écrit"
        raise OutputError(Diagnostic("FIC-06", message, cause=system_cause(error))) from error
