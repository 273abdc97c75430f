"""Mistakes of avenants that no checked-in file can show: signed archives, drafts, words that are not read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from erreurs_tools import convgen, heard, refused

from convgen.amend.changements.differer import diff
from convgen.amend.changements.fusion import merge
from convgen.amend.rediger.modele import refused as refuse
from convgen.amend.texte.arbre import Part
from convgen.errors import DefinitionError

Capture = pytest.CaptureFixture[str]
AVENANT = """\
avenant: essai-{number}
modifie: essai
numero: {number}
date: 2026-0{number}-01
effet: {effect}
modifications: {{donnees: {{subvention: {amount} 000 €}}}}
"""


def avenant(root: Path, number: int, effect: str, amount: int) -> None:
    folder = root / "conventions/avenants"
    folder.mkdir(exist_ok=True)
    text = AVENANT.format(number=number, effect=effect, amount=amount)
    (folder / f"essai-{number}.yaml").write_text(text, encoding="utf-8")


def test_words_that_are_not_read_back(workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    avenant(workspace, 1, "signature", 35)
    monkeypatch.setattr("convgen.amend.preuve.same_lines", lambda got, wanted: "ARTICLE 2 : Subvention")
    (one,) = refused(workspace, capsys, "avenant essai-1")
    assert one.said[0] == "AVE-20" and "l'article 2" in one.words and "--formules" in one.words


def test_a_change_that_no_sentence_says(workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    avenant(workspace, 1, "signature", 35)

    def word(*_: object) -> None:
        raise refuse("le montant passe de « 1 € » à « 2 € », mais aucun texte ne le dit")

    monkeypatch.setattr("convgen.amend.preuve.word", word)
    (one,) = refused(workspace, capsys, "avenant essai-1")
    assert one.said[0] == "AVE-11"


def test_sentences_that_read_two_ways(workspace: Path, capsys: Capture) -> None:
    avenant(workspace, 1, "signature", 35)
    path = workspace / "templates/formules/legistique.yaml"
    text = path.read_text("utf-8").replace("est supprimé') }}, à chaque occurrence", "est supprimé') }}", 1)
    path.write_text(text, encoding="utf-8")
    one, *_ = refused(workspace, capsys, "avenant essai-1 --formules legistique")
    assert one.said[0] == "AVE-13" and "« mots.supprimer_chaque »" in one.words


def test_a_passage_that_waits_for_its_effect(workspace: Path, capsys: Capture) -> None:
    avenant(workspace, 1, "2027-01-01", 35)
    avenant(workspace, 2, "signature", 40)
    for name in ("essai", "essai-1"):
        assert convgen(f"signer {name} --le 2026-01-01", capsys)[0] == 0
    (one,) = refused(workspace, capsys, "avenant essai-2")
    assert one.said[0] == "AVE-24" and "l'avenant n° 1" in one.words


def test_an_avenant_that_changes_nothing_is_not_signed(workspace: Path, capsys: Capture) -> None:
    avenant(workspace, 1, "signature", 30)
    assert convgen("signer essai --le 2026-01-01", capsys)[0] == 0
    (one,) = refused(workspace, capsys, "signer essai-1 --le 2026-01-01")
    assert one.said[0] == "AVE-30" and "ne change rien" in one.words


def test_an_avenant_signed_another_day_than_it_says(workspace: Path, capsys: Capture) -> None:
    avenant(workspace, 1, "signature", 35)
    assert convgen("signer essai --le 2026-01-01", capsys)[0] == 0
    code, _, err = convgen("signer essai-1 --le 2026-02-01", capsys)
    (one,) = heard(err)
    assert code == 0 and one.said[0] == "AVE-29" and "d'un autre jour : le 1er janvier 2026" in one.words


def test_drafts_that_speak_of_the_same_place() -> None:
    base, one, other = (Part("", "acte", children=(Part("objet", "division", 1, "article", name),)) for name in "123")
    with pytest.raises(DefinitionError) as conflict:
        merge(base, diff(base, one), diff(base, other))
    (said,) = conflict.value.diagnostics
    assert said.code == "AVE-25" and "l'article 1" in said.cause and said.remedy
