"""`convgen comparer` on a small workspace: what people read, what programs read, what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from convgen.amend.changements.appliquer import apply
from convgen.amend.changements.echange import delta_from_data
from convgen.amend.texte.arbre import same
from convgen.amend.texte.normaliser import normal
from convgen.cli.app import run
from convgen.write.json import read_json
from espaces import write_files

GABARIT = Path(__file__).parents[2] / "templates" / "gabarits" / "neutre"
ACT = """\
convention: {name}
modele: m
parties:
  b:
    organisme: asso
donnees:
  somme: {amount}
articles:
  - id: suite
    texte: |
      {text}
"""
FILES = {
    "convgen.yaml": "organisme: ville\n",
    "conventions/organismes/ville.yaml": "organisme: ville\ntype: commune\nnom: la Ville de Nice\n",
    "conventions/organismes/asso.yaml": "organisme: asso\ntype: association\nnom: l'association A\n",
    "templates/modeles/m.yaml": (
        "modele: m\nnature: convention\nobjet: la lecture\n"
        "plan: [intitule, articles]\nparties:\n  a:\n    organisme: defaut\n"
        "  b:\n    role: bénéficiaire\n"
        "donnees:\n  somme:\n    type: montant\n    libelle: Montant de la subvention\n"
        "articles:\n  - id: montant\n    titre: Montant\n    texte: La subvention est de {{ somme | montant }}.\n"
        "  - id: suite\n    titre: Suite\n    texte: à compléter\n"
    ),
    "conventions/avant.yaml": ACT.format(name="avant", amount="48 000 €", text="Le bilan est remis à la Ville en mai."),
    "conventions/apres.yaml": ACT.format(
        name="apres", amount="52 000 €", text="Le bilan est remis à la Ville en juin."
    ),
    "conventions/pareil.yaml": ACT.format(
        name="pareil", amount="48000 €", text="Le bilan est remis à  la Ville en mai."
    ),
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(args: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    capsys.readouterr()
    assert run(["comparer", *args]) == code, capsys.readouterr().err
    return capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")


def test_data_come_first_then_the_changes(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(["avant", "apres"], capsys)
    assert out.startswith("2 modifications\n")
    for expected in (
        "  c1  Montant de la subvention  [somme]\n      - 48 000 €",
        "      + 52 000 €",
        "      écart : + 4 000 € (+ 8,33 %)\n      dans : m1",
        "  m1  À l'article 1 : mots remplacés (c1)  [montant]",
        "  m2  À l'article 2 : mots remplacés  [suite]\n      - mai\n      + juin",
    ):
        assert expected in out
    assert out.index("Données") < out.index("Modifications")
    assert "\x1b[" not in out, "no colours outside of a terminal"


def test_a_terminal_has_colours(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("convgen.cli.render.coloured", lambda _: True)
    out = said(["avant", "apres"], capsys)
    assert "\x1b[1;31m      - mai\x1b[0m" in out and "\x1b[32m      + juin\x1b[0m" in out


def test_equal_versions(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(["avant", "avant"], capsys) == "Aucune modification.\n"
    assert said(["avant", "conventions/pareil.yaml"], capsys).startswith("Aucune modification.\n")


def test_the_json_is_enough_to_make_the_new_version(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("avant", "apres"):
        assert run(["generer", name, "--format", "json", "-o", "arbres"]) == 0
    a, b = (normal(read_json((workspace / f"arbres/{name}.json").read_text("utf-8"))) for name in ("avant", "apres"))
    data = json.loads(said(["arbres/avant.json", "apres", "--json"], capsys))
    assert same(apply(delta_from_data(data), a), b)
    assert data["base"]["acte"] == "avant" and data["nouvelle"]["acte"] == "apres" and data["diagnostics"] == []
    (cause,) = data["causes"]
    assert (cause["key"], cause["ecart"], cause["pourcentage"]) == ("somme", "4000", "8.33")
    first, second = data["changements"]
    assert (first["type"], first["nature"], first["mode"], first["cause"]) == ("substitution", "mots", "once", "c1")
    assert first["cible"]["eId"] == "art_1__al_1" and first["cible"]["designation"] == "l'article 1"
    assert first["old"][0]["valeur"] == "somme"
    assert (second["old"], second["new"]) == (["mai"], ["juin"])


def test_a_term_is_said_once(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "conventions/autre.yaml"
    text = "La Commune le lit, la Commune le garde, puis elle répond."
    (workspace / "conventions/avant2.yaml").write_text(
        ACT.format(name="avant2", amount="1 €", text=text.replace("Commune", "Ville")), encoding="utf-8"
    )
    path.write_text(ACT.format(name="autre", amount="1 €", text=text), encoding="utf-8")
    out = said(["avant2", "autre", "--terme", "ville=commune"], capsys)
    assert "m1  Dans l'ensemble de la convention : terme remplacé (c1)" in out and "m2" not in out


def test_a_term_is_written_with_an_equal_sign(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["comparer", "avant", "apres", "--terme", "ville"]) == 2
    assert "ANCIEN=NOUVEAU" in capsys.readouterr().err


def test_a_signed_act_is_compared_as_signed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(GABARIT, workspace / "templates/gabarits/neutre")
    assert run(["signer", "avant", "--le", "2024-03-01"]) == 0
    path = workspace / "conventions/avant.yaml"
    path.write_text(path.read_text("utf-8").replace("mai", "juin"), encoding="utf-8")
    assert "- mai" in said(["avant", "apres"], capsys)


def test_a_missing_tree_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["comparer", "rien.json", "apres"]) == 1
    assert "FIC-01" in capsys.readouterr().err
    data = json.loads(said(["rien.json", "apres", "--json"], capsys, code=1))
    assert data["diagnostics"][0]["code"] == "FIC-01" and "changements" not in data
