"""`convgen questions`: what a modèle asks, as a list, as JSON, or asked in the terminal and written as a definition."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.pipeline import open_workspace
from convgen.cli.render import plural, print_diagnostics
from convgen.errors import ConvgenError, Diagnostic, OutputError, Report
from convgen.model.draft import Answer, write_definition
from convgen.model.files import Asked
from convgen.model.questions import UNKNOWN, Known, Question, problem_of, questions_of

if TYPE_CHECKING:
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
    return () if loaded is None else questions_of(loaded, _known(workspace, report), report)


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
        extras.append(f"par défaut : {question.default}")
    if question.choices and question.kind != "organisme":
        extras.append("choix : " + " | ".join(value for value, _ in question.choices))
    lines = [f"{margin}{'.'.join(question.path)}", f"{margin}    {question.label} ({' ; '.join(extras)})"]
    if question.help:
        lines.append(f"{margin}    {question.help}")
    for one in question.fields:
        lines += _described(one, margin + "    ")
    return lines


# --- asking -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Interview:
    """A conversation: what was answered so far. `read` prints a prompt and gives the line typed."""

    workspace: Workspace
    read: Callable[[str], str]
    say: Callable[[str], None]
    answers: list[tuple[Question, Answer]] = field(default_factory=list)

    def ask_all(self, questions: Sequence[Question]) -> None:
        for number, question in enumerate(questions, start=1):
            self.say(f"\n[{number}/{len(questions)}] {question.label}")
            answer = self._answer(question)
            if answer is not None:
                self.answers.append((question, answer))

    def _answer(self, question: Question) -> Answer | None:
        if question.kind == "groupe":
            return self._group(question)
        if question.kind in ("échéancier", "versements"):
            return self._schedule(question)
        if question.fields:
            return self._fields(question)
        if question.yearly:
            return {year: self._one(question, f"{year} : ") for year in self._years()}
        return self._one(self._with_people(question))

    def _one(self, question: Question, prompt: str = "> ") -> str:
        if question.help:
            self.say(f"  {question.help}")
        for value, label in question.choices:
            self.say(f"  {value} : {label}" if label != value else f"  {value}")
        suffix = f"[{question.default}] " if question.default else ""
        while True:
            answer = self.read(f"  {suffix}{prompt}").strip() or question.default
            problem = problem_of(question, answer)
            if not problem and question.kind == "organisme" and answer != UNKNOWN:
                problem = self._organisme_problem(question, answer)
            if not problem:
                return answer
            self.say(f"  {problem}")

    def _organisme_problem(self, question: Question, answer: str) -> str:
        if answer in dict(question.choices):
            return ""
        return "Cet organisme n'a pas de fiche : donnez un identifiant de la liste, ou « inconnu »."

    def _with_people(self, question: Question) -> Question:
        """A representative is chosen among those of the organisme just given."""
        if question.kind != "représentant":
            return question
        path = (*question.path[:-1], "organisme")
        chosen = next((answer for asked, answer in self.answers if asked.path == path), "")
        loaded = self.workspace.organisme(str(chosen), Asked(), Report()) if chosen and chosen != UNKNOWN else None
        people = (loaded.model.representants or {}) if loaded is not None and loaded.model is not None else {}
        choices = tuple(
            (key, f"{one.civilite or ''} {one.prenom or ''} {one.nom or ''}".strip()) for key, one in people.items()
        )
        default = choices[0][0] if len(choices) == 1 else ""
        return Question(question.path, question.label, question.kind, question.help, default, choices)

    def _years(self) -> list[str]:
        given = next((answer for asked, answer in self.answers if asked.path == ("exercices",)), "")
        years = [part.strip() for part in str(given).split(",") if part.strip().isdigit()]
        return years or ["2024"]

    def _group(self, question: Question) -> Answer | None:
        count = self._count("Combien d'éléments ?")
        items: dict[str, Answer] = {}
        for rank in range(1, count + 1):
            self.say(f"  Élément {rank}")
            items[f"e{rank}"] = {one.path[-1]: self._nested(one) for one in question.fields}
        return items or None

    def _nested(self, question: Question) -> Answer:
        self.say(f"  {question.label} ({question.kind})")
        return self._answer(question) or UNKNOWN

    def _schedule(self, question: Question) -> Answer | None:
        count = self._count("Combien de versements ?")
        amount, when = question.fields[0], question.fields[1]
        payments: dict[str, Answer] = {}
        for rank in range(1, count + 1):
            name = "solde" if rank == count and count > 1 else f"versement-{rank}"
            payments[name] = {"montant": self._one(amount, "montant : "), "quand": self._one(when, "quand : ")}
        if not payments:
            return None
        if question.kind == "versements":
            return payments
        base = Question(("base",), "", "texte", "Le montant à répartir, ou le nom de la donnée qui le porte.")
        return {"base": self._one(base, "base : "), "versements": payments}

    def _fields(self, question: Question) -> Answer | None:
        given: dict[str, Answer] = {}
        for one in question.fields:
            answer = self.read(f"  {one.label} : ").strip()
            if answer:
                given[one.path[-1]] = answer
        return given or UNKNOWN

    def _count(self, label: str) -> int:
        while True:
            answer = self.read(f"  {label} ").strip()
            if answer.isdigit() and int(answer) <= 50:
                return int(answer)
            self.say("  Écrivez un nombre, de 0 à 50.")


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
        if not report.errors:
            return _converse(workspace, modele, asked, target)
    except ConvgenError as error:
        report.extend(error.diagnostics)
    print_diagnostics(report)
    return 1


def _converse(workspace: Workspace, modele: str, asked: Sequence[Question], target: Path) -> int:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(f"Modèle « {modele} » : {plural(len(asked), 'question')}. « {UNKNOWN} » laisse un blanc.")
    interview = _Interview(
        workspace, lambda prompt: console.input(prompt, markup=False), lambda text: console.print(text, soft_wrap=True)
    )
    try:
        interview.ask_all(asked)
    except (EOFError, KeyboardInterrupt):
        print("\nInterrompu : rien n'a été écrit.", file=sys.stderr)
        return 1
    text = write_definition(modele, interview.answers, schema=_schema(workspace, target))
    _create(target, text)
    print(f"\nDéfinition écrite dans « {target} ». Pour la produire :\n  convgen generer {target}")
    return 0


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
        raise OutputError(Diagnostic("FIC-06", message, cause=str(error.strerror or ""))) from error
