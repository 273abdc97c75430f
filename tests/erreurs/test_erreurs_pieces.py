"""What no checked-in file can show of a foreign piece: protected, damaged, too big, a Word file left as it is."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pikepdf
import pytest
from erreurs_tools import check_manners, convgen, heard, make_workspace, overlay, read_fixture, snapshot

from convgen.bundle import pdf_foreign

HERE = Path(__file__).parent
COMMAND = "liasse conventions/liasses/cm-1.yaml -o sortie --definitif"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A liasse that approves a report, whose file each test makes."""
    root = make_workspace(tmp_path / "espace")
    overlay(root, read_fixture(HERE / "LIA-03-introuvable"))
    (root / "conventions" / "annexes").mkdir(exist_ok=True)
    monkeypatch.chdir(root)
    return root


LOG = ".libreoffice.log"


def piece(workspace: Path, suffix: str) -> Path:
    """Where the report is, under another extension."""
    definition = workspace / "conventions" / "liasses" / "cm-1.yaml"
    definition.write_text(definition.read_text("utf-8").replace("rapport.pdf", f"rapport{suffix}"), "utf-8")
    return workspace / "conventions" / "annexes" / f"rapport{suffix}"


def said(workspace: Path, capsys: pytest.CaptureFixture[str], code: str, command: str = COMMAND) -> str:
    before = snapshot(workspace)
    exit_code, _, err = convgen(command, capsys)
    (found,) = heard(err)
    assert (exit_code, found.said[0]) == (1, code), err
    check_manners([found], err)
    after = {name: content for name, content in snapshot(workspace).items() if not name.endswith(LOG)}
    assert after == before, "a failed run changes no file; what LibreOffice said is kept"
    return found.words


def blank() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def test_a_piece_that_its_author_protects(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rights = pikepdf.Permissions(modify_assembly=False)
    blank().save(piece(workspace, ".pdf"), encryption=pikepdf.Encryption(owner="o", user="", allow=rights))
    assert "sans protection" in said(workspace, capsys, "LIA-13")


def test_a_damaged_page(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = blank()
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"this is no deflate", Filter=pikepdf.Name.FlateDecode)
    pdf.save(piece(workspace, ".pdf"))
    assert "abîmé" in said(workspace, capsys, "LIA-14")


def word_file(path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Rapport")
    document.save(str(path))


def test_a_word_file_without_libreoffice(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    word_file(piece(workspace, ".docx"))
    monkeypatch.setattr(pdf_foreign, "find_soffice", lambda: None)
    assert "en PDF" in said(workspace, capsys, "LIA-15")


def test_a_word_file_that_libreoffice_does_not_convert(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    word_file(piece(workspace, ".docx"))
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf_foreign, "find_soffice", lambda: str(program))
    assert "rapport.docx" in said(workspace, capsys, "LIA-16")


def test_a_script_is_taken_away(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = blank()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.save(piece(workspace, ".pdf"))
    exit_code, _, err = convgen(COMMAND, capsys)
    (found,) = (one for one in heard(err) if one.said[0] == "LIA-17")
    assert exit_code == 0
    assert "JavaScript" in found.words
    check_manners([found], err)


def test_a_giant_picture(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    piece(workspace, ".png").write_bytes(PICTURE)
    assert "trop grande" in said(workspace, capsys, "LIA-18")


WORD = f"{COMMAND} --format docx"


def test_a_word_file_with_a_password(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    piece(workspace, ".docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "sans mot de passe" in said(workspace, capsys, "LIA-19", WORD)


def test_a_word_file_with_macros(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = piece(workspace, ".docx")
    word_file(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert "sans macros" in said(workspace, capsys, "LIA-20", WORD)


def test_a_word_file_that_loses_something(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from docx import Document

    document = Document()
    document.add_comment(document.add_paragraph("Rapport").runs, "À revoir", "Un agent")
    document.save(str(piece(workspace, ".docx")))
    exit_code, _, err = convgen(WORD, capsys)
    (found,) = (one for one in heard(err) if one.said[0] == "LIA-21")
    assert exit_code == 0
    assert "commentaires" in found.words
    check_manners([found], err)


def test_a_file_cut_short(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = piece(workspace, ".pdf")
    blank().save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(path.read_bytes()[:-120])
    assert "incomplet" in said(workspace, capsys, "LIA-14")
