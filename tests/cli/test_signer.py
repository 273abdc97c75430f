"""`convgen signer`: a signed act no longer changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from convgen.cli.app import run as run_command
from espaces import copy_demonstration

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_demonstration(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    return run_command(list(arguments))


def test_a_signed_act_keeps_its_text_and_its_look(workspace: Path) -> None:
    assert run("signer", "fsl-eau-soeau-2024", "--le", "1er juillet 2024") == 0
    kept = workspace / "conventions/fsl-eau-soeau-2024.signe"
    assert json.loads((kept / "signature.json").read_text())["signe"] == "2024-07-01"
    signed = {one: (kept / f"acte.{one}").read_bytes() for one in ("docx", "pdf", "txt", "html", "json")}
    assert b"PROJET" not in signed["txt"]
    for clause in (workspace / "clauses").rglob("*.md"):
        clause.write_text(clause.read_text() + "\n\nAjout.\n")
    shutil.rmtree(workspace / "templates/gabarits")
    assert run("generer", "fsl-eau-soeau-2024", "--format", "docx,pdf,txt,html,json") == 0
    for one, content in signed.items():
        assert (workspace / f"sortie/fsl-eau-soeau-2024.{one}").read_bytes() == content


def test_a_changed_definition_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("signer", "fsl-eau-soeau-2024", "--le", "2024-07-01") == 0
    definition = workspace / "conventions/fsl-eau-soeau-2024.yaml"
    definition.write_text(definition.read_text().replace("84 934", "84 935"))
    assert run("generer", "fsl-eau-soeau-2024", "--format", "txt") == 0
    shown = capsys.readouterr()
    assert "ACT-02" in shown.out + shown.err
    assert "84\u202f934" in (workspace / "sortie/fsl-eau-soeau-2024.txt").read_text()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("signer", "sante-mentale-2024", "--le", "2024-07-01"), "ACT-01"),
        (("signer", "fsl-eau-soeau-2024", "--le", "31 février 2024"), "DON-04"),
        (("signer", "zut", "--le", "2024-07-01"), "FIC-01"),
    ],
)
def test_what_cannot_be_signed(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    assert run(*arguments) == 1
    shown = capsys.readouterr()
    assert code in shown.out + shown.err
    assert not list(workspace.glob("conventions/*.signe"))


def test_an_act_is_signed_once_and_keeps_its_gabarit(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("signer", "fsl-eau-soeau-2024", "--le", "2024-07-01") == 0
    assert run("signer", "fsl-eau-soeau-2024", "--le", "2024-07-02") == 1
    assert run("generer", "fsl-eau-soeau-2024", "--gabarit", "neutre") == 1
    assert not (workspace / "sortie").exists()
    shown = capsys.readouterr()
    assert (shown.out + shown.err).count("ACT-02") == 2


def test_a_damaged_signed_act_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("signer", "fsl-eau-soeau-2024", "--le", "2024-07-01") == 0
    text = workspace / "conventions/fsl-eau-soeau-2024.signe/acte.txt"
    text.write_text(text.read_text() + "x")
    assert run("generer", "fsl-eau-soeau-2024", "--format", "docx") == 1
    shown = capsys.readouterr()
    assert "modifié" in shown.out + shown.err


def test_an_act_archived_before_there_were_pdfs_stays_readable(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("signer", "fsl-eau-soeau-2024", "--le", "2024-07-01") == 0
    folder = workspace / "conventions/fsl-eau-soeau-2024.signe"
    (folder / "acte.pdf").unlink()
    kept = json.loads((folder / "signature.json").read_text())
    del kept["fichiers"]["pdf"]
    (folder / "signature.json").write_text(json.dumps(kept))
    assert run("generer", "fsl-eau-soeau-2024", "--format", "docx,txt") == 0
    assert run("generer", "fsl-eau-soeau-2024", "--format", "pdf") == 1
    said = capsys.readouterr().err
    assert "sans que son PDF soit gardé" in said
    assert "--pdf-par libreoffice" in said


def test_an_archive_whose_pdf_is_lost_is_damaged(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("signer", "fsl-eau-soeau-2024", "--le", "2024-07-01") == 0
    (workspace / "conventions/fsl-eau-soeau-2024.signe/acte.pdf").unlink()
    assert run("generer", "fsl-eau-soeau-2024") == 1
    assert "incomplet ou modifié" in capsys.readouterr().err
