"""`voir` and `clauses` show everything merged, each line with the file and line it comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convgen.cli.app import run
from espaces import write_files

FILES = {
    "convgen.yaml": "organisme: ville\n",
    "conventions/x.yaml": (
        "convention: x\nmodele: m\nparties:\n  b:\n    organisme: asso\n"
        "donnees:\n  somme: 10 €\narticles:\n  - id: suite\n    texte: Texte propre.\n"
    ),
    "conventions/organismes/ville.yaml": "organisme: ville\ntype: commune\nnom: la Ville de Nice\n",
    "conventions/organismes/asso.yaml": "organisme: asso\ntype: association\nnom: l'association A\n",
    "templates/modeles/m.yaml": (
        "modele: m\nnature: convention\nparties:\n  a:\n    organisme: defaut\n  b:\n    role: bénéficiaire\n"
        "donnees:\n  somme:\n    type: montant\n    defaut: 5 €\n"
        "articles:\n  - clause: objet\n  - id: suite\n    titre: Suite\n    texte: à compléter\n"
    ),
    "clauses/base/objet.md": (
        "---\nclause: objet\nversion: 2\ntitre: Objet\nremplace: objet@1\ndu: 2024-01-01\n---\nUn objet.\n"
    ),
    "clauses/base/objet@1.md": "---\nclause: objet\nversion: 1\ntitre: Objet\n---\nUn vieil objet.\n",
    "clauses/textes/t.yaml": "loi-x:\n  nature: loi\n  date: 2020-01-01\n  intitule: relative à x\n",
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seen(args: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> list[tuple[str, str]]:
    """(origin, line) of each printed line."""
    assert run(args) == code, capsys.readouterr().err
    lines = capsys.readouterr().out.splitlines()
    return [(one.split("|")[0].strip(), one.split("|", 1)[1][1:]) for one in lines if "|" in one]


def test_a_convention_is_shown_merged_with_origins(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = seen(["voir", "x"], capsys)
    assert ("templates/modeles/m.yaml:2", "nature: convention") in lines
    assert ("templates/modeles/m.yaml:7", "    role: bénéficiaire") in lines
    assert ("conventions/x.yaml:5", "    organisme: asso") in lines
    assert ("conventions/organismes/asso.yaml:3", "    nom: l'association A") in lines
    assert ("conventions/organismes/ville.yaml:3", "    nom: la Ville de Nice") in lines
    assert ("conventions/x.yaml:7", "  somme: 10 €") in lines
    assert ("templates/modeles/m.yaml:10", "    type: montant") in lines
    assert not [line for _, line in lines if "5 €" in line], "the default is hidden by the value"
    assert ("clauses/base/objet.md:8", "    Un objet.") in lines
    assert ("templates/modeles/m.yaml:15", "    titre: Suite") in lines
    assert ("conventions/x.yaml:10", "      Texte propre.") in lines
    assert not [line for _, line in lines if "à compléter" in line], "the replaced text is hidden"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("conventions/x.yaml", ("conventions/x.yaml:1", "convention: x")),
        ("m", ("templates/modeles/m.yaml:1", "modele: m")),
        ("asso", ("conventions/organismes/asso.yaml:2", "type: association")),
        ("conventions/organismes/asso.yaml", ("conventions/organismes/asso.yaml:2", "type: association")),
        ("objet@1", ("clauses/base/objet@1.md:6", "Un vieil objet.")),
        ("loi-x", ("clauses/textes/t.yaml:2", "  nature: loi")),
    ],
)
def test_every_kind_of_name_is_known(
    workspace: Path, capsys: pytest.CaptureFixture[str], name: str, expected: tuple[str, str]
) -> None:
    assert expected in seen(["voir", name], capsys)


def test_lines_as_json(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voir", "asso", "--json"]) == 0
    assert {"fichier": "conventions/organismes/asso.yaml", "ligne": 2, "texte": "type: association"} in json.loads(
        capsys.readouterr().out
    )


def test_an_unknown_name_has_a_suggestion(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voir", "assso"]) == 1
    assert "« asso »" in capsys.readouterr().err


def test_clauses_by_theme_with_versions(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clauses"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("base\n")
    assert "objet@1" in out and "jusqu'au 31 décembre 2023, remplacée par objet@2" in out
    assert "objet@2" in out and "depuis le 1er janvier 2024" in out


def test_uses_of_clauses(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "conventions" / "x.yaml"
    text = path.read_text("utf-8").replace("articles:\n", "articles:\n  - id: objet\n    clause: objet@1\n")
    path.write_text(text, encoding="utf-8")
    assert run(["clauses", "--utilisations"]) == 0
    out = capsys.readouterr().out
    assert "convention x (conventions/x.yaml:10) : version dépassée" in out
    assert "modèle m (templates/modeles/m.yaml:13)" in out
    assert "2 utilisations, dont 1 utilisation dépassée." in out
    run(["clauses", "--utilisations", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert [use["depassee"] for one in data for use in one["utilisations"]] == [True, False]


def test_one_clause_in_full(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = seen(["clauses", "objet"], capsys)
    assert ("clauses/base/objet.md:8", "Un objet.") in lines
    assert ("clauses/base/objet@1.md:6", "Un vieil objet.") in lines
    assert run(["clauses", "objett"]) == 1
    assert "« objet »" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["voir", "clauses"])
def test_the_version_in_force_comes_first_and_the_others_apart(
    command: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line for _, line in seen([command, "objet"], capsys)]
    heads = [line for line in lines if line.startswith("# objet@")]
    assert [line.split(" ")[1] for line in heads] == ["objet@2", "objet@1"]
    assert heads[0].endswith("version en vigueur") and heads[1].endswith("autre version")
    assert lines[lines.index(heads[1]) - 1].startswith("# ====")
    assert lines.index("Un objet.") < lines.index(heads[1]) < lines.index("Un vieil objet.")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ('"Dénonciation de {{ acte.nom }}"', "Dénonciation de l'acte ("),
        ('"{% if x %}Fin{% endif %} du {{ volet_social | maj }}"', "Fin du volet social ("),
        ("sans", "(sans titre) ("),
    ],
)
def test_a_title_is_listed_as_people_read_it(
    title: str, shown: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "clauses/base/fin.md").write_text(
        f"---\nclause: fin\nversion: 1\ntitre: {title}\n---\nFin.\n", "utf-8"
    )
    assert run(["clauses"]) == 0
    (line,) = [one for one in capsys.readouterr().out.splitlines() if one.strip().startswith("fin@1")]
    assert line.split(None, 1)[1].startswith(shown)
