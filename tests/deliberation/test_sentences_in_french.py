"""Articles, prepositions and agreements of a délibération and of an arrêté, whatever the acts are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place, words

REPORT = "preambule:\n  - rapport: auto\ndecisions:\n"
ARRETE = """\
arrete: ar-1
date: 2026-02-03
numero: 7
titre: Arrêté portant fermeture d'une rue
preambule:
  - vu: {acte: %s}
articles:
  - id: objet
    texte: La rue des Écoles est fermée.
"""
AVENANT = (
    "avenant: essai-1\nmodifie: essai\nnumero: 1\nmodifications: {donnees: {subvention: 35 000 €}}\n"
    "resume: {modifiant: oui, relatif: [au montant de la subvention]}\nfinances: {sens: dépense, montant: subvention}\n"
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


def natured(place: Place, nature: str, number: str = "numero: 2026-1\n") -> None:
    place.change("conventions/essai.yaml", "numero: 2026-1\n", f"nature: {nature}\n{number}")


@pytest.mark.parametrize(
    ("approved", "proposed", "joined"),
    [
        ("des orientations", "d'orientations", "jointes"),
        ("des orientations et des objectifs", "d'orientations et d'objectifs", "joints"),
        ("un avenant", "d'un avenant", "joint"),
        ("la carte et le plan", "de la carte et du plan", "joints"),
        ("la carte, la liste et les annexes", "de la carte, de la liste et des annexes", "jointes"),
        ("l'état et les cartes", "de l'état et des cartes", "joints"),
        ("la charte ou le règlement", "de la charte ou du règlement", "joints"),
        ("le bilan de l'action et des ateliers", "du bilan de l'action et des ateliers", "joint"),
        ("le schéma « la ville et le port »", "du schéma « la ville et le port »", "joint"),
        ("**le bilan**", "du bilan", "joint"),
        (
            "la convention entre la Commune et l'association et le plan",
            "de la convention entre la Commune et l'association et du plan",
            "joints",
        ),
    ],
)
def test_what_is_approved_takes_its_prepositions(place: Place, approved: str, proposed: str, joined: str) -> None:
    said = place.said(f'{REPORT}  - approuver: "{approved}"\n    piece: jointe\n')
    assert f"- l'approbation {proposed} ;" in said
    assert f"- d'approuver {approved.replace('*', '')}, {joined} en annexe." in said


@pytest.mark.parametrize("nature", ["contrat", "protocole", "avenant", "charte", "accord"])
def test_the_report_contracts_the_name_of_an_act(place: Place, nature: str) -> None:
    natured(place, nature)
    said = place.said(f"{REPORT}  - signer: essai\n")
    expected = {
        "contrat": "du contrat relatif",
        "protocole": "du protocole relatif",
        "avenant": "de l'avenant relatif",
        "charte": "de la charte relative",
        "accord": "de l'accord relatif",
    }
    assert f"- la signature {expected[nature]} au soutien d'ateliers" in said


def test_an_avenant_of_a_masculine_act(place: Place) -> None:
    natured(place, "contrat")
    place.put("conventions/avenants/essai-1.yaml", AVENANT)
    said = place.said("decisions:\n  - signer: essai-1\n")
    assert "l'avenant n° 1 au contrat n° 2026-1, dont" in said
    assert "modifiant les articles 2 et 3 dudit contrat" in said


@pytest.mark.parametrize("nature", ["contrat", "convention"])
def test_an_arrete_refers_to_any_act(place: Place, nature: str) -> None:
    natured(place, nature, "")
    made, report = place.arrete(ARRETE % "essai")
    assert made is not None, [str(one) for one in report]
    phrase = "le contrat relatif" if nature == "contrat" else "la convention relative"
    assert f"Vu {phrase} au soutien d'ateliers de lecture ;" in words(made.acte)


def test_an_avenant_is_referred_to_by_what_it_changes(place: Place) -> None:
    natured(place, "contrat", "")
    place.put("conventions/avenants/essai-1.yaml", AVENANT)
    made, report = place.arrete(ARRETE % "essai-1")
    assert made is not None, [str(one) for one in report]
    said = "Vu l'avenant n° 1 au contrat relatif au soutien d'ateliers de lecture ;"
    assert said in words(made.acte)
    assert said in place.said("preambule:\n  - vu: {acte: essai-1}\ndecisions:\n  - texte: de prendre acte\n")


def test_each_purpose_of_an_act_takes_its_preposition(place: Place) -> None:
    place.change("conventions/essai.yaml", "objet: le soutien d'", "objet: l'accueil et le soutien d'")
    assert "la convention relative à l'accueil et au soutien d'ateliers" in place.said(
        "decisions:\n  - signer: essai\n"
    )


def test_an_avenant_says_what_it_changes_without_finances_of_its_own(place: Place) -> None:
    natured(place, "contrat")
    place.change("conventions/essai.yaml", "donnees:\n", "finances: {sens: dépense, montant: subvention}\ndonnees:\n")
    place.put(
        "conventions/avenants/essai-1.yaml",
        "avenant: essai-1\nmodifie: essai\nnumero: 1\n"
        "modifications: {donnees: {subvention: 35 000 €}, duree: {fin: 2027-06-30}}\n",
    )
    said = place.said("decisions:\n  - signer: essai-1\n")
    assert "portant le montant de 30 000 € à 35 000 € et le terme dudit contrat du 31 décembre 2026" in said
    assert "au 30 juin 2027." in said
    short = place.said("decisions:\n  - signer: essai-1\n    abreger: [duree, montant]\n")
    assert "à intervenir avec l'association Les Ateliers." in short


def test_an_avenant_that_changes_no_word_is_refused(place: Place) -> None:
    place.put("conventions/avenants/essai-1.yaml", "avenant: essai-1\nmodifie: essai\nnumero: 1\nmodifications: {}\n")
    made, report = place.deliberation("decisions:\n  - signer: essai-1\n")
    assert made is None and [one.code for one in report.errors] == ["AVE-30"]
    assert report.errors[0].place is not None and report.errors[0].remedy
