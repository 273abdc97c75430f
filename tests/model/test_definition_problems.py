"""Mistakes in a definition: one diagnostic each, at its place, with the nearest right name."""

from __future__ import annotations

import pytest

from convgen.errors import Report
from convgen.model.problems import validate
from convgen.model.schema.convention import Convention
from convgen.model.schema.organisme import Organisme
from convgen.source.yaml import load_yaml


def problems(text: str) -> Report:
    report = Report()
    node = load_yaml(text, "x.yaml", report)
    assert node is not None
    validate(Convention, node, report)
    return report


@pytest.mark.parametrize(
    ("text", "code", "place", "path", "words"),
    [
        ("convention: x\nobjett: a\n", "DEF-01", "x.yaml:2:1", "objett", "« objet »"),
        ("nature: contrat\n", "DEF-02", "x.yaml:1:1", "", "« convention »"),
        ("convention: x\nobjet: [a]\n", "DEF-03", "x.yaml:2:8", "objet", "une liste"),
        ("convention: x\nobjet:\n", "DEF-03", "x.yaml:2:7", "objet", "pas de valeur"),
        ("convention: x\narticles: texte\n", "DEF-03", "x.yaml:2:11", "articles", "liste"),
        ("convention: x\nduree: un an\n", "DEF-03", "x.yaml:2:8", "duree", "bloc de clés"),
        ("convention: x\nplan: [articles, signature]\n", "DEF-04", "x.yaml:2:18", "plan[1]", "« signatures »"),
        ("convention: x\nexterne: vrai\n", "DEF-04", "x.yaml:2:10", "externe", "oui"),
        ("convention: Été 2024\n", "DEF-05", "x.yaml:1:13", "convention", "ete-2024"),
        ("convention: x\netat: {signe: 31 juin}\n", "DON-04", "x.yaml:2:15", "etat.signe", "année-mois-jour"),
        ("convention: x\nexercices: [2024, deux]\n", "DON-07", "x.yaml:2:19", "exercices[1]", "deux"),
        (
            "convention: x\narticles:\n  - id: a\n    text: b\n",
            "DEF-01",
            "x.yaml:4:5",
            "articles[0].text",
            "« texte »",
        ),
        (
            "convention: x\nparties:\n  ville:\n    presentation: nom\n",
            "DEF-04",
            "x.yaml:4:19",
            "parties.ville.presentation",
            "nom-qualite",
        ),
        ("convention: x\nvisas:\n  - {vissa: cgct}\n", "DEF-01", "x.yaml:3:6", "visas[0].vissa", "« visa »"),
    ],
)
def test_one_mistake_gives_one_diagnostic(text: str, code: str, place: str, path: str, words: str) -> None:
    (one,) = problems(text)
    assert (one.code, str(one.place), one.path) == (code, place, path)
    assert words in str(one)


def test_every_mistake_is_said_in_one_run() -> None:
    report = problems("convention: x\nobjett: a\nplan: [rien]\nduree: 3\netat: {signe: hier}\n")
    assert sorted(one.code for one in report) == ["DEF-01", "DEF-03", "DEF-04", "DON-04"]


def test_keys_and_words_ignore_case_and_accents() -> None:
    report = Report()
    node = load_yaml("Convention: x\nDurée: {effet: signature}\nfinances: {sens: Depense}\n", "x.yaml", report)
    assert node is not None
    model, _ = validate(Convention, node, report)
    assert not list(report)
    assert model is not None and model.finances is not None and model.finances.sens == "dépense"
    assert model.duree is not None and model.duree.effet == "signature"


def test_what_is_right_is_kept_beside_what_is_wrong() -> None:
    report = Report()
    node = load_yaml("convention: x\nobjet: l'objet\nplan: [rien]\n", "x.yaml", report)
    assert node is not None
    model, aside = validate(Convention, node, report)
    assert aside == {"plan"}
    assert model is not None and model.objet == "l'objet"


def test_texts_keep_their_place() -> None:
    report = Report()
    node = load_yaml("convention: x\npreambule: |\n  Une ligne.\n", "x.yaml", report)
    assert node is not None
    model, _ = validate(Convention, node, report)
    assert model is not None and model.preambule is not None
    assert (str(model.preambule.place), model.preambule.indent) == ("x.yaml:3:3", 2)


def test_a_missing_key_of_a_person_is_said_at_the_person() -> None:
    report = Report()
    text = "organisme: a\ntype: association\nnom: l'association A\nrepresentants:\n  maire: {nom: X}\n"
    node = load_yaml(text, "a.yaml", report)
    assert node is not None
    validate(Organisme, node, report)
    (one,) = report
    assert (one.code, str(one.place), one.path) == ("DEF-02", "a.yaml:5:10", "representants.maire")
