"""Mistakes around the PDF: signs without a glyph, broken fonts, an act that cannot be drawn, LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest
from erreurs_tools import check_manners, convgen, heard, snapshot

from convgen.write.pdf import libreoffice, writer

Capture = pytest.CaptureFixture[str]
COMMAND = "generer conventions/essai.yaml --format pdf"


def refused(workspace: Path, capsys: Capture, command: str = COMMAND) -> str:
    """The code of the one thing that a command says; it leaves every file as it was."""
    before = snapshot(workspace)
    code, _, err = convgen(command, capsys)
    found = heard(err)
    assert code == 1 and len(found) == 1, err
    check_manners(found, err)
    after = {name: content for name, content in snapshot(workspace).items() if not str(name).endswith(".log")}
    assert after == before
    return found[0].said[0]


def test_a_sign_that_no_font_draws(workspace: Path, capsys: Capture) -> None:
    path = workspace / "conventions/essai.yaml"
    path.write_text(path.read_text("utf-8").replace("objet:", "objet: 😀", 1), "utf-8")
    assert refused(workspace, capsys) == "PDF-02"


def test_a_font_that_is_none(workspace: Path, capsys: Capture) -> None:
    fonts = workspace / "templates/gabarits/neutre/polices"
    fonts.mkdir()
    (fonts / "casse.ttf").write_bytes(b"bonjour")
    assert refused(workspace, capsys) == "GAB-08"


def test_an_act_that_typst_does_not_draw(workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object, inputs: dict[str, str]) -> bytes:
        raise RuntimeError("le dessin est refusé")  # our drawing is right: typst itself must fail

    monkeypatch.setattr(writer._Press, "draw", refuse)
    assert refused(workspace, capsys) == "PDF-01"


def test_no_libreoffice(workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    assert refused(workspace, capsys, f"{COMMAND} --pdf-par libreoffice") == "PDF-03"


def test_a_libreoffice_that_fails(workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    program = workspace / "soffice"
    program.write_text("#!/bin/sh\nexit 7\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: str(program))
    assert refused(workspace, capsys, f"{COMMAND} --pdf-par libreoffice") == "PDF-04"
