"""`--pdf-par libreoffice` for avenants and consolidated texts: the PDF is made of the Word file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from avenants_tools import Capture, convgen, make, said

from convgen.errors import Diagnostic, PdfError

PAGES = ("avenant", "consolidee", "modifications", "tableau-comparatif")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "espace")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """LibreOffice that says what it was given; the logs that it was told to keep."""
    logs: list[Path] = []

    def convert(content: bytes, name: str, log: Path) -> bytes:
        assert content.startswith(b"PK"), f"{name} is no Word file"
        logs.append(log)
        return b"%PDF of " + name.encode()

    monkeypatch.setattr("convgen.write.pdf.libreoffice.convert_docx", convert)
    return logs


def test_every_file_of_an_avenant_is_converted(workspace: Path, office: list[Path]) -> None:
    assert convgen("avenant", "essai-1", "--format", "pdf", "--pdf-par", "libreoffice") == 0
    folder = workspace / "sortie/essai-1"
    assert all((folder / f"{one}.pdf").read_bytes().startswith(b"%PDF of ") for one in PAGES)
    assert [log.name for log in office] == [f"{one}.libreoffice.log" for one in PAGES]
    assert {log.parent for log in office} == {folder}


def test_convgen_draws_them_unless_it_is_asked(workspace: Path, office: list[Path]) -> None:
    assert convgen("avenant", "essai-1", "--format", "pdf") == 0
    assert not office
    assert b"PDF of" not in (workspace / "sortie/essai-1/avenant.pdf").read_bytes()


def test_the_text_in_force_is_converted(workspace: Path, office: list[Path]) -> None:
    assert convgen("consolider", "essai", "--au", "2026-07-01", "--format", "pdf", "--pdf-par", "libreoffice") == 0
    assert (workspace / "sortie/essai-consolidee.pdf").read_bytes().startswith(b"%PDF of ")
    assert [log.name for log in office] == ["essai-consolidee.libreoffice.log"]


def test_a_signed_avenant_is_converted_from_what_was_signed(
    workspace: Path, office: list[Path], capsys: Capture
) -> None:
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 0
    assert convgen("avenant", "essai-1", "--format", "pdf", "--pdf-par", "libreoffice") == 0
    assert (workspace / "sortie/essai-1/avenant.pdf").read_bytes() == b"%PDF of avenant"
    assert len(office) == len(PAGES)


def test_a_format_that_was_not_kept_is_said(workspace: Path, capsys: Capture) -> None:
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 0
    archive = workspace / "conventions/avenants/essai-1.signe"
    kept = json.loads((archive / "signature.json").read_text("utf-8"))
    for path in archive.glob("*.pdf"):  # as an archive made before there were PDFs
        path.unlink()
        del kept["fichiers"][path.name]
    (archive / "signature.json").write_text(json.dumps(kept), "utf-8")
    capsys.readouterr()
    assert convgen("avenant", "essai-1", "--format", "pdf") == 1
    assert "ACT-02" in (told := said(capsys)[1]) and "--pdf-par libreoffice" in told
    assert not (workspace / "sortie/essai-1").exists()


def test_nothing_is_written_when_it_fails(workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def fail(content: bytes, name: str, log: Path) -> bytes:
        raise PdfError(Diagnostic("PDF-04", f"LibreOffice n'a pas converti « {name} » en PDF"))

    monkeypatch.setattr("convgen.write.pdf.libreoffice.convert_docx", fail)
    assert convgen("avenant", "essai-1", "--format", "docx,pdf", "--pdf-par", "libreoffice") == 1
    assert "PDF-04" in said(capsys)[1]
    assert not list(workspace.glob("sortie/**/*.docx"))


def test_another_maker_is_a_misuse(workspace: Path, capsys: Capture) -> None:
    for command in (["avenant", "essai-1"], ["consolider", "essai"], ["generer", "essai"]):
        assert convgen(*command, "--pdf-par", "word") == 2
        assert "typst, libreoffice" in said(capsys)[1]
