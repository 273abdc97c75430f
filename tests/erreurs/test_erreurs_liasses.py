"""What no checked-in file can show of a liasse: pieces that weigh too much, an act that was signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from erreurs_tools import check_manners, convgen, heard, make_workspace, overlay, read_fixture, snapshot

from convgen.bundle.foreign import MAX_BYTES

HERE = Path(__file__).parent
COMMAND = "liasse conventions/liasses/cm-1.yaml -o sortie --definitif"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A liasse that approves a report whose file is absent."""
    root = make_workspace(tmp_path / "espace")
    overlay(root, read_fixture(HERE / "LIA-03-introuvable"))
    monkeypatch.chdir(root)
    return root


def said(workspace: Path, capsys: pytest.CaptureFixture[str], code: str) -> str:
    before = snapshot(workspace)
    exit_code, _, err = convgen(COMMAND, capsys)
    found = [one for one in heard(err) if one.said[0] == code]
    assert (exit_code, len(found)) == (1, 1), err
    check_manners(found, err)
    assert snapshot(workspace) == before, "a failed run changes no file"
    return found[0].words


def test_a_piece_too_heavy(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "conventions" / "annexes" / "rapport.pdf"
    path.parent.mkdir()
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    exit_code, _, err = convgen(COMMAND, capsys)
    (found,) = heard(err)
    path.unlink()
    assert (exit_code, found.said[0]) == (1, "LIA-05")
    assert "150 Mo" in found.words
    check_manners([found], err)


def test_an_amount_that_a_signed_act_does_not_say(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convgen("signer essai --le 2025-12-20", capsys)[0] == 0
    definition = workspace / "conventions" / "essai.yaml"
    spent = "finances:\n  sens: dépense\n  montant: subvention\n"
    definition.write_text(definition.read_text("utf-8").replace("30 000 €", "30 100 €") + spent, "utf-8")
    words = said(workspace, capsys, "LIA-09")
    assert "30 100 €" in words
    assert "« essai »" in words
