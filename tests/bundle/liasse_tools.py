"""A small workspace with a délibération, two conventions, foreign files, and the commands run in it."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from convgen.bundle.liasse import Liasse
from convgen.cli.app import run
from convgen.cli.bundle import make_liasse
from convgen.errors import Report
from convgen.model.liasse import ResolvedLiasse, resolve_liasse
from convgen.workspace import Workspace

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "erreurs" / "base"

DELIBERATION = """\
deliberation: cm-1
organe: le conseil municipal
seance: 2025-12-15
numero: 4
titre: Soutien aux ateliers de lecture
decisions:
  - theme: les ateliers
    decisions:
      - approuver: le rapport de l'année 2025
        piece: rapport
      - signer: [essai, autre]
vote: sans
signataire: maire
prefecture:
  matiere: 7.5
  objet: Ateliers de lecture
"""
LIASSE = """\
liasse: cm-1
deliberation: cm-1
annexes: auto
pieces:
  rapport:
    fichier: conventions/annexes/rapport.pdf
    titre: Rapport de l'année 2025
sorties: [prefecture]
"""


def pdf(pages: int = 1, *, owner: str = "", user: str = "") -> bytes:
    """A PDF of blank pages, protected when a password is given."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    locked = pikepdf.Encryption(owner=owner or "maitre", user=user) if owner or user else None
    made.save(out, encryption=locked, deterministic_id=locked is None)
    return out.getvalue()


def write(root: Path, name: str, content: str | bytes) -> None:
    """A file of the workspace."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def convention(name: str, number: str, habilitation: str = "deliberation: cm-1", more: str = "") -> str:
    """A convention that gives money to an association; the commune says what allows it to sign."""
    text = (BASE / "conventions" / "essai.yaml").read_text("utf-8")
    held = f"parties:\n  ville:\n    habilitation: {{{habilitation}}}\n" if habilitation else "parties:\n"
    text = text.replace("convention: essai", f"convention: {name}").replace("numero: 2026-1", f"numero: {number}")
    return text.replace("parties:\n", held) + "finances:\n  sens: dépense\n  montant: subvention\n" + more


def make_workspace(root: Path) -> Path:
    """The workspace, right in every respect."""
    shutil.copytree(BASE, root)
    shutil.copytree(ROOT / "templates" / "gabarits" / "neutre", root / "templates" / "gabarits" / "neutre")
    shutil.copytree(ROOT / "templates" / "formules", root / "templates" / "formules")
    write(root, "conventions/essai.yaml", convention("essai", "2026-1"))
    write(root, "conventions/autre.yaml", convention("autre", "2026-2"))
    write(root, "conventions/deliberations/cm-1.yaml", DELIBERATION)
    write(root, "conventions/liasses/cm-1.yaml", LIASSE)
    write(root, "conventions/annexes/rapport.pdf", pdf(2))
    return root


def change(root: Path, name: str, old: str, new: str) -> None:
    """A word of a file, changed."""
    path = root / name
    text = path.read_text("utf-8")
    assert old in text, f"« {old} » is not in {name}"
    path.write_text(text.replace(old, new), "utf-8")


def resolved(root: Path, report: Report | None = None) -> ResolvedLiasse:
    """The liasse « cm-1 », resolved."""
    found = resolve_liasse(Workspace(root), "cm-1", date(2026, 1, 1), report if report is not None else Report())
    assert found is not None
    return found


def put(root: Path, *, final: bool = False) -> tuple[Liasse, Report]:
    """The liasse « cm-1 », put together and checked, and what was said."""
    report = Report()
    found = make_liasse(Workspace(root), "cm-1", report, final=final, formats=())
    assert found is not None, str(list(report))
    return found, report


def said(report: Report, code: str) -> list[str]:
    """The messages of a code."""
    return [one.message for one in report if one.code == code]


def convgen(command: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a command: exit code, what it printed, what it said."""
    capsys.readouterr()
    code = run(command)
    seen = capsys.readouterr()
    return code, seen.out, seen.err


def as_json(command: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    """Run a command with --json."""
    code, out, _ = convgen([*command, "--json"], capsys)
    found = json.loads(out)
    assert isinstance(found, dict)
    return code, found
