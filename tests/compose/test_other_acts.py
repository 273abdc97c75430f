"""A text may name another act of the workspace, and its articles."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from convgen.cli.pipeline import make
from convgen.errors import Report
from convgen.workspace import Workspace
from convgen.write.text import write_text

BASE = Path(__file__).parents[1] / "erreurs" / "base"
GABARIT = Path(__file__).parents[2] / "templates" / "gabarits" / "neutre"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(GABARIT, tmp_path / "templates/gabarits/neutre", dirs_exist_ok=True)
    return Workspace(tmp_path)


def second(workspace: Workspace, text: str, more: str = "") -> None:
    first = (workspace.root / "conventions/essai.yaml").read_text("utf-8")
    article = f"articles:\n  - id: suite\n    titre: Suite\n    texte: |\n      {text}\n"
    made = first.replace("convention: essai", "convention: suite").replace("numero: 2026-1", "numero: 2026-2") + article
    (workspace.root / "conventions/suite.yaml").write_text(made + more, "utf-8")


def printed(workspace: Workspace, report: Report) -> str:
    made = make(workspace, "suite", report)
    return "" if made is None else write_text(made.acte).replace("\u00a0", " ")


def test_another_act_and_its_articles_are_named(workspace: Workspace) -> None:
    target = make(workspace, "essai", Report())
    assert target is not None
    name = target.acte.zones[-2].blocks[0].id  # type: ignore[union-attr]
    second(workspace, f"En application de {{{{ acte('essai') }}}}, à {{{{ acte('essai').ref('{name}') }}}}.")
    report = Report()
    text = printed(workspace, report)
    assert not report.errors
    assert "En application de la convention n° 2026-1, à l’article 1." in text


def test_an_act_called_by_its_own_name(workspace: Workspace) -> None:
    path = workspace.root / "conventions/essai.yaml"
    path.write_text(path.read_text("utf-8") + "nommer: la convention de lecture\n", "utf-8")
    second(workspace, "Voir {{ acte('essai') }}, {{ acte('essai').numero }}.")
    assert "Voir la convention de lecture, 2026-1." in printed(workspace, Report())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Voir {{ acte('esai') }}.", "esai"),
        ("Voir {{ acte('essai').ref('zut') }}.", "zut"),
        ("Voir {{ acte('suite') }}.", "suite"),
    ],
)
def test_what_cannot_be_named_is_said(workspace: Workspace, text: str, words: str) -> None:
    second(workspace, text)
    report = Report()
    assert printed(workspace, report) == ""
    assert any(one.code == "TXT-06" and words in one.message for one in report.errors)
