"""`voir` shows an avenant, then the convention as it leaves it, each line with the file that says it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from convgen.cli.app import run

BASE = Path(__file__).parents[1] / "erreurs" / "base"

AVENANT = """\
avenant: essai-1
modifie: essai
numero: 1
versements_effectues: {acompte: 2026-03-12}
modifications:
  donnees: {subvention: 36 000 €}
  articles:
    - {id: objet, titre: Objet de la convention}
"""


@pytest.mark.parametrize("name", ["essai-1", "conventions/avenants/essai-1.yaml"])
def test_an_avenant_and_what_it_makes_of_its_convention(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "espace"
    shutil.copytree(BASE, root)
    (root / "conventions" / "avenants").mkdir()
    (root / "conventions" / "avenants" / "essai-1.yaml").write_text(AVENANT, "utf-8")
    monkeypatch.chdir(root)
    assert run(["voir", name]) == 0
    lines = [[part.strip() for part in line.split("|", 1)] for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["conventions/avenants/essai-1.yaml:1", "avenant: essai-1"]
    assert ["", "# la convention « essai », telle que l'avenant la laisse :"] in lines
    assert ["conventions/avenants/essai-1.yaml:6", "subvention: 36 000 €"] in lines
    assert ["conventions/essai.yaml:4", "objet: le soutien d'ateliers de lecture"] in lines
    assert ["conventions/avenants/essai-1.yaml:8", "titre: Objet de la convention"] in lines
    assert any(text == "montant: 6 000 €" for _, text in lines), "the complement of the schedule"
