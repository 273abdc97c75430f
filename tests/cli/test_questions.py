"""`convgen questions`: what a modèle asks; answers checked at once; a definition that generates."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from convgen.cli.app import run
from convgen.errors import Place, Report
from convgen.model.draft import quoted
from convgen.source.yaml import MappingNode, Scalar, load_yaml

ROOT = Path(__file__).parents[2]
ANSWERS = {
    "partenariat-insertion": [
        "essai-2024",
        "sans",
        "la fourniture de paniers repas",
        "2024, 2025",
        "soeau",
        "",  # the only representative is the default
        "2024-01-01",
        "2 ans",
        "Paniers : solidaires",
        "12 000,005 €",  # refused, asked again
        "12 000 €",
        "inconnu",
        "10 000 €",
        "2 000 €",
        "20 %",
        "150",
        "2024-13-01",  # refused
        "2025-03-01",
    ],
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("convgen.yaml", "clauses", "templates", "conventions"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def test_every_modele_says_what_it_needs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "--json"]) == 0
    modeles = json.loads(capsys.readouterr().out)["modeles"]
    assert set(modeles) == {path.stem for path in (workspace / "templates/modeles").glob("*.yaml")}
    for name in modeles:
        assert run(["questions", name, "--json"]) == 0
        asked = json.loads(capsys.readouterr().out)["questions"]
        assert asked[0]["chemin"] == "convention"
        assert all(one["libelle"] and one["type"] for one in asked), name


def test_a_question_has_label_type_help_and_default(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "insertion-emploi"]) == 0
    shown = capsys.readouterr().out
    assert "donnees.volets.v1.montant" in shown
    assert "(pourcentage ; par défaut : 50 %)" in shown
    assert "choix : nouveau | pilote" in shown
    assert "donnees.total" not in shown  # it is computed


def test_answers_make_a_definition_that_generates(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, ANSWERS["partenariat-insertion"])
    assert run(["questions", "partenariat-insertion", "-o", "conventions/essai-2024.yaml"]) == 0
    shown = capsys.readouterr().out
    assert "plus de deux décimales" in shown
    assert "n'est pas une date" in shown
    text = (workspace / "conventions/essai-2024.yaml").read_text("utf-8")
    assert "# Participation maximale du Département (montant)" in text
    assert "2025: à compléter (participation maximale du Département)" in text
    assert run(["generer", "essai-2024", "--format", "txt"]) == 0
    made = (workspace / "sortie/essai-2024.txt").read_text("utf-8").replace("\u202f", " ").replace("\u00a0", " ")
    assert "« Paniers : solidaires »" in made or "Paniers : solidaires" in made
    assert "12 000 € (douze mille euros)" in made


def test_a_conversation_cut_short_writes_nothing(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, ["essai-2024", "sans"])
    assert run(["questions", "partenariat-insertion", "-o", "conventions/essai-2024.yaml"]) == 1
    assert not (workspace / "conventions/essai-2024.yaml").exists()
    assert "rien n'a été écrit" in capsys.readouterr().err


def test_an_existing_file_is_never_replaced(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (workspace / "conventions/sante-mentale-2024.yaml").read_bytes()
    assert run(["questions", "partenariat-insertion", "-o", "conventions/sante-mentale-2024.yaml"]) == 1
    assert (workspace / "conventions/sante-mentale-2024.yaml").read_bytes() == before
    shown = capsys.readouterr()
    assert "FIC-08" in shown.out + shown.err


def test_an_unknown_modele_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", "partenariat"]) == 1
    shown = capsys.readouterr()
    assert "DEF-06" in shown.out + shown.err
    assert "partenariat-insertion" in shown.out + shown.err


@pytest.mark.parametrize(
    "text",
    [
        "simple",
        "a : b",
        "# dièse",
        "[crochet",
        "{{ x }}",
        "oui",
        "true",
        "12 000 €",
        "l'eau",
        'dit "x"',
        "- tiret",
        "1 an",
    ],
)
def test_an_answer_is_read_back_as_typed(text: str) -> None:
    report = Report()
    node = load_yaml(f"cle: {quoted(text)}\n", "essai.yaml", report)
    assert not report.errors
    assert isinstance(node, MappingNode)
    value = node.get("cle")
    assert isinstance(value, Scalar)
    assert value.text == text
    assert value.place == Place("essai.yaml", 1, 6)
