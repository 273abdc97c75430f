"""`convgen generer`: files, blanks, every diagnostic at once, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from convgen.cli.app import run


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("depart") / "espace"
    assert run(["nouveau", str(folder)]) == 0
    return folder


@pytest.fixture
def workspace(starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "espace"
    shutil.copytree(starter, folder)
    monkeypatch.chdir(folder)
    return folder


def outputs(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def copy(workspace: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Another definition, made from the example."""
    text = (
        (workspace / "conventions/exemple.yaml")
        .read_text("utf-8")
        .replace("convention: exemple", f"convention: {name}")
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = workspace / "conventions" / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_files_blanks_and_summary(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "conventions/exemple.yaml", "--format", "docx, txt"]) == 0
    seen = capsys.readouterr()
    assert seen.out.splitlines()[:3] == [
        "sortie/exemple.docx",
        "sortie/exemple.txt",
        "  exemple : 1 blanc à compléter",
    ]
    assert "numéro d'enregistrement" in seen.out
    assert seen.err == "1 acte produit sur 1, 2 fichiers, 1 blanc, 0 erreur, 0 avertissement.\n"
    assert "\x1b" not in seen.out + seen.err, "no colours in a pipe"


def test_another_folder_and_the_same_bytes(workspace: Path, tmp_path: Path) -> None:
    for name in ("un", "deux"):
        assert run(["generer", "exemple", "--format", "docx,html,txt,json", "-o", str(tmp_path / name)]) == 0
    assert outputs(workspace / "sortie") == []
    for one in (tmp_path / "un").iterdir():
        assert one.read_bytes() == (tmp_path / "deux" / one.name).read_bytes(), one.name


def test_from_another_folder(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["generer", "espace/conventions/exemple.yaml"]) == 0
    assert outputs(workspace / "sortie") == ["exemple.docx"]


def test_a_final_version_refuses_blanks_and_writes_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exemple", "--definitif"]) == 1
    assert "ACT-01" in capsys.readouterr().err
    assert outputs(workspace / "sortie") == []
    copy(workspace, "complet", ("numero: à compléter (numéro d'enregistrement)", "numero: 2026-12"))
    assert run(["generer", "complet", "--definitif", "--format", "txt"]) == 0
    text = (workspace / "sortie/complet.txt").read_text("utf-8")
    assert "PROJET" not in text and "2026-12" in text


def test_an_act_in_error_does_not_stop_the_others(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy(workspace, "faux-montant", ("personnel: 24 000 €", "personnel: 24 000,005 €"))
    copy(workspace, "faux-modele", ("modele: partenariat-insertion", "modele: partenariat-insertio"))
    assert run(["generer", "conventions", "--format", "txt"]) == 1
    seen = capsys.readouterr()
    assert outputs(workspace / "sortie") == ["exemple.txt"]
    assert "DON-02" in seen.err and "conventions/faux-montant.yaml:" in seen.err
    assert "personnel: 24 000,005 €" in seen.err, "the line at fault is shown"
    assert "DEF-06" in seen.err and "« partenariat-insertion »" in seen.err
    assert "1 acte produit sur 3, 1 fichier" in seen.err


def test_an_error_leaves_the_previous_file(workspace: Path) -> None:
    assert run(["generer", "exemple", "--format", "txt"]) == 0
    before = (workspace / "sortie/exemple.txt").read_bytes()
    copy(workspace, "exemple", ("personnel: 24 000 €", "personnel: beaucoup"))
    assert run(["generer", "exemple", "--format", "txt"]) == 1
    assert (workspace / "sortie/exemple.txt").read_bytes() == before


def test_json_for_machines(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy(workspace, "faux", ("personnel: 24 000 €", "personnel: 24 000,005 €"))
    assert run(["generer", "exemple", "faux", "--format", "txt", "--json"]) == 1
    seen = capsys.readouterr()
    data = json.loads(seen.out)
    assert seen.err == ""
    assert [Path(one).name for one in data["fichiers"]] == ["exemple.txt"]
    assert data["blancs"][0]["acte"] == "exemple"
    assert data["blancs"][0]["indice"] == "numéro d'enregistrement"
    (problem,) = [one for one in data["diagnostics"] if one["code"] == "DON-02"]
    assert problem["gravite"] == "erreur" and problem["fichier"] == "conventions/faux.yaml" and problem["ligne"]


def test_explains_where_each_article_comes_from(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exemple", "--format", "txt", "--explique"]) == 0
    out = capsys.readouterr().out
    assert "clause resiliation@2, clauses/execution/resiliation.md:" in out
    assert "définition, conventions/exemple.yaml:" in out
    assert "« contenu » (au lieu de templates/modeles/partenariat-insertion.yaml:" in out


def test_explains_in_json_too(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exemple", "--format", "txt", "--explique", "--json"]) == 0
    lines = json.loads(capsys.readouterr().out)["origines"]["exemple"]
    assert any("resiliation@2" in line for line in lines)


def test_a_folder_skips_acts_signed_elsewhere_and_nothing_else(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "conventions/signee-ailleurs.yaml").write_text(
        "convention: signee-ailleurs\nexterne: oui\nintitule: la convention\n", encoding="utf-8"
    )
    assert run(["generer", "conventions", "--format", "txt"]) == 0
    (workspace / "conventions/etourdi.yaml").write_text("convetion: etourdi\n", encoding="utf-8")
    assert run(["generer", "conventions", "--format", "txt"]) == 1
    assert "« convention »" in capsys.readouterr().err


def test_long_work_shows_its_progress_on_a_terminal_only(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for rank in range(4):
        copy(workspace, f"acte-{rank}")
    assert run(["generer", "conventions", "--format", "txt"]) == 0
    assert "Conventions" not in capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert run(["generer", "conventions", "--format", "txt"]) == 0
    assert "Conventions" in capsys.readouterr().err
    assert len(outputs(workspace / "sortie")) == 5


def test_another_gabarit(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exemple", "--gabarit", "departement"]) == 0
    assert run(["generer", "exemple", "--gabarit", "nulle-part"]) == 1
    assert "GAB-01" in capsys.readouterr().err


def test_nothing_to_generate_is_a_misuse(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "clauses"]) == 2
    assert "ne contient aucune convention" in capsys.readouterr().err


def test_an_unknown_convention_has_a_suggestion(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exempl"]) == 1
    err = capsys.readouterr().err
    assert "FIC-01" in err and "« exemple »" in err


def test_two_acts_of_one_name_do_not_replace_each_other(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(workspace / "conventions/exemple.yaml", workspace / "conventions/double.yaml")
    assert run(["generer", "conventions", "--format", "txt"]) == 1
    assert "FIC-09" in capsys.readouterr().err


def test_an_output_that_cannot_be_written(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generer", "exemple", "-o", "convgen.yaml/dedans"]) == 1
    err = capsys.readouterr().err
    assert "FIC-06" in err and "Remède" in err


@pytest.mark.parametrize("name", ["convention", "clause", "espace"])
def test_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


def test_schema_lists_its_kinds_and_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert "convention\n" in capsys.readouterr().out
    assert run(["schema", "conventoin"]) == 2
    assert "« convention »" in capsys.readouterr().err
