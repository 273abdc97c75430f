"""A small workspace whose convention has avenants, and the commands run in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from convgen.cli.app import run

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "erreurs" / "base"
CONVENTION = """\
convention: essai
numero: 2026-1
objet: le soutien d'ateliers de lecture
parties:
  ville: {organisme: defaut, representant: maire, role: financeur}
  association: {organisme: association, representant: president, designation: l'association, role: bénéficiaire}
duree: {effet: 2026-01-01, fin: 2026-12-31}
donnees:
  subvention: 30 000 €
articles:
  - id: objet
    titre: Objet
    texte: |
      L'association anime des ateliers de lecture dans les écoles de la ville.

      Elle propose :

      - un atelier par semaine pendant l'année scolaire ;
      - un prêt de livres aux familles des élèves ;
      - une fête du livre au mois de juin.
  - id: finances
    titre: Subvention
    texte: |
      La subvention de la ville s'élève à {{ subvention }} pour l'année civile, versés en une fois au mois de mars.

      Si l'association renonce à des ateliers, elle reverse à la ville la part des {{ subvention }} qui leur correspond.
  - id: duree
    titre: Durée
    texte: |
      La convention prend effet le {{ duree.effet }} et finit le {{ duree.fin }}.

      Elle n'est pas reconduite.
  - id: bilan
    titre: Bilan
    texte: L'association remet un bilan à la ville dans les six mois qui suivent la fin de l'année civile.
"""
AVENANT = """\
avenant: essai-1
modifie: essai
numero: 1
date: 2026-06-01
effet: signature
modifications:
  donnees: {subvention: 35 000 €}
"""
SECOND = """\
avenant: essai-2
modifie: essai
numero: 2
date: 2026-09-01
effet: 2026-10-01
modifications:
  duree: {fin: 2027-12-31}
"""
OUTPUTS = ("avenant", "consolidee", "modifications", "tableau-comparatif")
Capture = pytest.CaptureFixture[str]


def make(root: Path) -> Path:
    """The workspace."""
    shutil.copytree(BASE, root)
    shutil.copytree(ROOT / "templates/gabarits/neutre", root / "templates/gabarits/neutre")
    shutil.copytree(ROOT / "templates/formules", root / "templates/formules")
    put(root, "conventions/essai.yaml", CONVENTION)
    put(root, "conventions/avenants/essai-1.yaml", AVENANT)
    put(root, "conventions/avenants/essai-2.yaml", SECOND)
    return root


def put(root: Path, name: str, text: str) -> Path:
    """Write a file of the workspace."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def convgen(*arguments: str) -> int:
    """Run the program."""
    return run(list(arguments))


def printed(path: Path) -> str:
    """A text file, with plain spaces and apostrophes."""
    text = path.read_text("utf-8")
    return text.translate(str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"}))


def said(capsys: Capture) -> tuple[str, str]:
    """What the last command printed: on the output, on the error stream."""
    captured = capsys.readouterr()
    return captured.out.replace("’", "'"), captured.err.replace("’", "'")


def changes(folder: Path) -> dict[str, object]:
    """The JSON of the changes."""
    found: dict[str, object] = json.loads((folder / "modifications.json").read_text("utf-8"))
    return found


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder, whatever the machine is set to."""
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)
