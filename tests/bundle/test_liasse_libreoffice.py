"""`convgen liasse --pdf-par libreoffice`: our own acts drawn from their Word files, and what LibreOffice says kept."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pikepdf
import pytest
from liasse_tools import change, convgen, make_workspace, pdf

from convgen.bundle import pdf_foreign
from convgen.write.pdf import libreoffice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="le faux programme est un script")
COMMAND = ["liasse", "cm-1", "-o", "envoi", "--format", "pdf,prefecture"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path / "espace")
    monkeypatch.chdir(made)
    return made


def program(root: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program that stands for LibreOffice; it may copy `pages.pdf`."""
    path = root / "soffice"
    (root / "pages.pdf").write_bytes(pdf(3))
    head = f"#!{sys.executable}\nimport shutil, sys\nout = sys.argv[sys.argv.index('--outdir') + 1]\n"
    path.write_text(head + script.format(pages=root / "pages.pdf") + "\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: str(path))
    monkeypatch.setattr(pdf_foreign, "find_soffice", lambda: str(path))


COPY = "shutil.copy('{pages}', out + '/acte.pdf')"


def pages(path: Path) -> int:
    with pikepdf.open(path) as found:
        return len(found.pages)


def test_each_act_is_converted_and_the_foreign_pieces_are_not(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    program(root, monkeypatch, COPY)
    code, _, err = convgen([*COMMAND, "--pdf-par", "libreoffice"], capsys)
    assert code == 0, err
    sent = sorted((root / "envoi/prefecture/cm-1").glob("*.pdf"))
    assert sorted(pages(one) for one in sent) == [2, 3, 3, 3]  # the report is a PDF of two pages, as it was
    assert pages(root / "envoi/cm-1.pdf") == 1 + 3 * 3 + 2
    again = (root / "envoi/cm-1.pdf").read_bytes()
    assert convgen([*COMMAND, "--pdf-par", "libreoffice"], capsys)[0] == 0
    assert (root / "envoi/cm-1.pdf").read_bytes() == again


def test_what_it_said_of_each_act_is_kept_beside_the_outputs(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    program(root, monkeypatch, "print('filtre inconnu'); sys.exit(3)")
    code, _, err = convgen([*COMMAND, "--pdf-par", "libreoffice"], capsys)
    assert (code, err.count("PDF-04")) == (1, 3)
    names = ["autre.libreoffice.log", "cm-1.libreoffice.log", "essai.libreoffice.log"]
    assert sorted(one.name for one in (root / "envoi").iterdir()) == names
    assert "filtre inconnu" in (root / "envoi/cm-1.libreoffice.log").read_text("utf-8")


def test_what_it_said_of_a_word_piece_is_kept_there_too(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from docx import Document

    Document().save(str(root / "conventions/annexes/rapport.docx"))
    change(root, "conventions/liasses/cm-1.yaml", "rapport.pdf", "rapport.docx")
    program(root, monkeypatch, "sys.exit(3)")
    code, _, err = convgen(COMMAND, capsys)
    assert (code, "LIA-16" in err) == (1, True)
    assert [one.name for one in (root / "envoi").iterdir()] == ["rapport.libreoffice.log"]


def test_its_absence_is_said_once_and_another_program_is_none(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    code, _, err = convgen([*COMMAND, "--pdf-par", "libreoffice"], capsys)
    assert (code, err.count("PDF-03"), (root / "envoi").exists()) == (1, 1, False)
    code, _, err = convgen([*COMMAND, "--pdf-par", "word"], capsys)
    assert (code, "libreoffice" in err) == (2, True)


def test_a_signed_act_is_converted_as_it_was_signed(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert convgen(["signer", "essai", "--le", "2025-12-20"], capsys)[0] == 0
    read = "data = open(sys.argv[-1], 'rb').read(); open('{pages}' + str(len(data)), 'wb')\n"
    program(root, monkeypatch, read + COPY)
    assert convgen([*COMMAND, "--pdf-par", "libreoffice"], capsys)[0] == 0
    signed = next(root.glob("conventions/essai.signe/*.docx"), None) or next(root.rglob("*signe*/**/*.docx"))
    assert (root / f"pages.pdf{signed.stat().st_size}").exists()


def test_by_default_it_is_not_called(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    program(root, monkeypatch, "sys.exit(3)")
    assert convgen(COMMAND, capsys)[0] == 0
