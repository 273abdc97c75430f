"""An act is printed with the letterhead of an organisme that has a part in it, or a warning says so."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from convgen.cli.letterheads import check_letterhead
from convgen.errors import Report, Severity
from convgen.model.deliberation import resolve_deliberation
from convgen.model.resolve import resolve
from convgen.workspace import Workspace

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "erreurs" / "base"
DELIBERATION = """\
deliberation: cm-1
organe: le conseil municipal
seance: 2026-01-15
titre: Lecture
decisions:
  - texte: de soutenir la lecture
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "espace")
    gabarit = ROOT / "templates" / "gabarits" / "neutre"
    shutil.copytree(gabarit, tmp_path / "espace" / "templates" / "gabarits" / "neutre")
    folder = tmp_path / "espace" / "conventions" / "deliberations"
    folder.mkdir(exist_ok=True)
    (folder / "cm-1.yaml").write_text(DELIBERATION, encoding="utf-8")
    return tmp_path / "espace"


@pytest.mark.parametrize(
    ("organisme", "ours"),
    [
        ("", True),
        ("Commune de Belleville-sur-Exemple", True),
        ("Ville de Belleville", True),
        ("BELLEVILLE-SUR-EXEMPLE", True),
        ("Mairie", True),
        ("Département des Alpes-Maritimes", False),
        ("Commune de Valmont", False),
    ],
)
def test_the_charte_names_who_decides(root: Path, organisme: str, ours: bool) -> None:
    if organisme:
        with (root / "templates" / "gabarits" / "neutre" / "charte.yaml").open("a", encoding="utf-8") as charte:
            charte.write(f"organisme: {organisme}\n")
    workspace, report = Workspace(root), Report()
    deliberation = resolve_deliberation(workspace, "cm-1", date(2026, 1, 1), report)
    convention = resolve(workspace, "essai", date(2026, 1, 1), report)
    for one in (deliberation, convention):
        assert one is not None, [str(each) for each in report]
        check_letterhead(workspace, one, found := Report())
        assert [each.code for each in found] == ([] if ours else ["GAB-09"])
        assert all(each.severity is Severity.WARNING and organisme in each.message for each in found)
        assert all(each.place is not None and each.place.file == "convgen.yaml" for each in found)


def test_a_gabarit_of_the_command_line_is_not_placed_in_a_file(root: Path) -> None:
    folder = root / "templates" / "gabarits"
    shutil.copytree(folder / "neutre", folder / "departement")
    with (folder / "departement" / "charte.yaml").open("a", encoding="utf-8") as charte:
        charte.write("organisme: Département de Sylvanie\n")
    workspace = Workspace(root)
    convention = resolve(workspace, "essai", date(2026, 1, 1), Report())
    assert convention is not None
    check_letterhead(workspace, convention, found := Report(), "departement")
    (one,) = found
    assert (one.code, one.place, one.path) == ("GAB-09", None, "--gabarit")
    assert " a l'en-tête d'un autre organisme : Département de Sylvanie" in one.message
    assert "« --gabarit neutre »" in one.remedy
