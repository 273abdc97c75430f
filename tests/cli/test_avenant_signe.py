"""Signed avenants: what is kept, the state in force that they make, `convgen consolider`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from avenants_tools import AVENANT, CONVENTION, SECOND, Capture, changes, convgen, make, printed, put, said


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "espace")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def signed(workspace: Path, capsys: Capture) -> Path:
    """The convention and its first avenant are signed."""
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "conventions/avenants/essai-1.yaml", "--le", "2026-06-01") == 0
    capsys.readouterr()
    return workspace


def consolidated(root: Path, day: str) -> str:
    assert convgen("consolider", "essai", "--au", day, "--format", "txt") == 0
    return printed(root / "sortie/essai-consolidee.txt")


def test_a_signed_avenant_keeps_its_files_its_changes_and_the_state(signed: Path) -> None:
    folder = signed / "conventions/avenants/essai-1.signe"
    kept = json.loads((folder / "signature.json").read_text("utf-8"))
    assert (kept["signe"], kept["effet"]) == ("2026-06-01", "signature")
    assert {"avenant.docx", "consolidee.txt", "modifications.docx", "changements.json", "etat.json"} <= {
        *kept["fichiers"]
    }
    state = json.loads((folder / "etat.json").read_text("utf-8"))
    assert state["avenants"] == ["essai-1"]
    data = json.loads((folder / "changements.json").read_text("utf-8"))
    assert (data["base"]["empreinte"], data["nouvelle"]["empreinte"]) == (kept["avant"], kept["apres"])
    assert not any("PROJET" in printed(one) for one in folder.glob("*.txt"))


def test_what_was_signed_does_not_follow_the_definitions(signed: Path) -> None:
    put(signed, "conventions/essai.yaml", CONVENTION.replace("dans les écoles", "hors des écoles"))
    assert convgen("avenant", "essai-2", "--format", "txt", "--formules", "legistique") == 0
    folder = signed / "sortie/essai-2"
    assert "hors des écoles" not in printed(folder / "avenant.txt") + printed(folder / "consolidee.txt")
    text = printed(folder / "consolidee.txt")
    assert "dans les écoles" in text and "35 000 €" in text and "31 décembre 2027" in text
    assert changes(folder)["base"]["etat"] == "essai-1"  # type: ignore[index]


def test_an_edited_avenant_does_not_change_what_was_signed(signed: Path) -> None:
    put(signed, "conventions/avenants/essai-1.yaml", AVENANT.replace("35 000 €", "99 000 €"))
    assert convgen("avenant", "essai-2", "--format", "txt") == 0
    assert "99 000 €" not in printed(signed / "sortie/essai-2/consolidee.txt")


def test_an_avenant_that_is_not_signed_is_made_again_and_said(workspace: Path, capsys: Capture) -> None:
    assert convgen("avenant", "essai-2", "--format", "txt") == 0
    assert "« essai-1 » n'est pas signé" in said(capsys)[1]
    assert "35 000 €" in printed(workspace / "sortie/essai-2/consolidee.txt")


def test_the_text_in_force_depends_on_the_day(signed: Path) -> None:
    assert "30 000 €" in consolidated(signed, "2026-05-31")
    text = consolidated(signed, "2026-06-01")
    assert "35 000 €" in text and "31 décembre 2026" in text
    assert convgen("signer", "essai-2", "--le", "2026-09-01") == 0
    assert "31 décembre 2026" in consolidated(signed, "2026-09-30")
    text = consolidated(signed, "2026-10-01")
    assert "35 000 €" in text and "31 décembre 2027" in text
    assert "Version consolidée au 1er octobre 2026, tenant compte de l'avenant n° 1" in text


def test_a_notification_starts_what_waits_for_it(workspace: Path, capsys: Capture) -> None:
    waiting = AVENANT.replace("effet: signature", "effet: notification")
    put(workspace, "conventions/avenants/essai-1.yaml", waiting)
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 0
    assert "30 000 €" in consolidated(workspace, "2026-08-01")
    assert "n'a pas encore de date d'effet" in said(capsys)[1]
    put(workspace, "conventions/avenants/essai-1.yaml", waiting + "etat: {signe: 2026-06-01, notifie: 2026-07-01}\n")
    assert "35 000 €" in consolidated(workspace, "2026-08-01")


def test_the_order_of_signatures_is_that_of_the_numbers(workspace: Path, capsys: Capture) -> None:
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 1
    assert "AVE-23" in said(capsys)[1]
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "essai-2", "--le", "2026-09-01") == 1
    assert "« essai-1 »" in said(capsys)[1]
    assert not list(workspace.glob("conventions/avenants/*.signe"))
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 0
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 1
    assert "ACT-02" in said(capsys)[1]


def test_an_avenant_with_a_blank_is_not_signed(workspace: Path, capsys: Capture) -> None:
    put(workspace, "conventions/avenants/essai-1.yaml", AVENANT.replace("effet: signature", "effet: à compléter"))
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 1
    assert "ACT-01" in said(capsys)[1]
    assert not list(workspace.glob("conventions/avenants/*.signe"))


@pytest.mark.parametrize("name", ["etat.json", "changements.json", "avenant.docx", "signature.json"])
def test_a_damaged_archive_is_refused(signed: Path, capsys: Capture, name: str) -> None:
    kept = signed / "conventions/avenants/essai-1.signe" / name
    kept.write_bytes(kept.read_bytes()[:-20])
    for command in (("avenant", "essai-2"), ("consolider", "essai", "--au", "2026-10-01")):
        assert convgen(*command) == 1
        err = said(capsys)[1]
        assert "AVE-23" in err and "essai-1.signe" in err
    assert not (signed / "sortie").exists()


def test_an_archive_of_another_base_is_refused(signed: Path, capsys: Capture) -> None:
    import shutil

    shutil.rmtree(signed / "conventions/essai.signe")
    put(signed, "conventions/essai.yaml", CONVENTION.replace("dans les écoles", "hors des écoles"))
    assert convgen("avenant", "essai-2") == 1
    err = said(capsys)[1]
    assert "AVE-23" in err and "un autre texte" in err


def test_a_passage_that_is_not_in_effect_is_not_amended_again(workspace: Path, capsys: Capture) -> None:
    put(workspace, "conventions/avenants/essai-1.yaml", AVENANT.replace("effet: signature", "effet: 2027-01-01"))
    again = SECOND.replace("duree: {fin: 2027-12-31}", "donnees: {subvention: 40 000 €}")
    put(workspace, "conventions/avenants/essai-2.yaml", again)
    assert convgen("signer", "essai", "--le", "2026-01-01") == 0
    assert convgen("signer", "essai-1", "--le", "2026-06-01") == 0
    assert convgen("avenant", "essai-2") == 1
    err = said(capsys)[1]
    assert "AVE-24" in err and "l'avenant n° 1" in err
    put(workspace, "conventions/avenants/essai-2.yaml", SECOND)
    assert convgen("avenant", "essai-2", "--format", "txt") == 0
    assert convgen("consolider", "essai", "--au", "2026-12-01", "--format", "txt") == 0
    text = printed(workspace / "sortie/essai-consolidee.txt")
    assert "31 décembre 2027" in text and "30 000 €" in text and "avenant n° 1" not in text


def test_consolider_says_what_it_does(workspace: Path, capsys: Capture) -> None:
    assert convgen("consolider", "essai", "--au", "2026-07-01", "--format", "txt,docx,html,json", "-o", "envoi") == 0
    out, err = said(capsys)
    assert "au 1er juillet 2026" in out and "1 avenant" in out and "« essai-1 » n'est pas signé" in err
    assert len([*(workspace / "envoi").iterdir()]) == 4
    assert convgen("consolider", "essai", "--au", "2026-07-01", "--json") == 0
    assert json.loads(capsys.readouterr().out)["avenants"] == ["essai-1"]
    assert convgen("consolider", "essai", "--au", "demain") == 2
    assert convgen("consolider", "zut") == 1
    assert "FIC-01" in said(capsys)[1]


def test_a_signed_avenant_comes_out_as_it_was_signed(signed: Path, capsys: Capture) -> None:
    put(signed, "conventions/avenants/essai-1.yaml", AVENANT.replace("35 000 €", "99 000 €"))
    assert convgen("avenant", "essai-1", "--format", "docx,txt", "-o", "envoi") == 0
    out, err = said(capsys)
    assert "avenant.docx" in out and "ACT-02" in err and "1er juin 2026" in err
    kept = signed / "conventions/avenants/essai-1.signe"
    found = sorted(one.name for one in (signed / "envoi").iterdir())
    assert len(found) == 9 and "modifications.json" in found
    assert all((signed / "envoi" / one).read_bytes() == (kept / one).read_bytes() for one in found)


def test_an_avenant_is_not_signed_before_what_it_amends(signed: Path, capsys: Capture) -> None:
    assert convgen("signer", "essai-2", "--le", "2026-05-31") == 1
    error = said(capsys)[1]
    assert "AVE-23" in error and "« essai-1 », que cet avenant modifie, a été signé le 1er juin 2026" in error
    assert not (signed / "conventions/avenants/essai-2.signe").exists()
    assert convgen("signer", "essai-2", "--le", "2026-06-01") == 0
