"""« sans incidence financière » is said of no avenant that changes an amount (DEL-14)."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place

from convgen.errors import Severity

SIGNER = "decisions:\n  - signer: essai-1\n"
AVENANT = "avenant: essai-1\nmodifie: essai\nnumero: 1\nfinances: {sens: sans}\nmodifications: "
LOWER = "{donnees: {subvention: 28 000 €}}\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = make_place(tmp_path / "espace")
    made.change("conventions/essai.yaml", "duree:\n", "finances: {sens: dépense, montant: subvention}\nduree:\n")
    return made


def told(place: Place, changes: str, body: str = SIGNER, **options: object) -> list[tuple[str, Severity, str]]:
    """What is told of an avenant with these changes: code, severity, message."""
    place.put("conventions/avenants/essai-1.yaml", changes if "avenant:" in changes else AVENANT + changes)
    made, report = place.deliberation(body, **options)
    assert (made is None) is bool(report.errors)
    return [(one.code, one.severity, one.message.replace("\u202f", " ").replace("\u00a0", " ")) for one in report]


@pytest.mark.parametrize("amount", ["28 000 €", "35 000 €"])
def test_the_amount_that_changes_is_refused(place: Place, amount: str) -> None:
    ((code, severity, message),) = told(place, f"{{donnees: {{subvention: {amount}}}}}\n")
    assert (code, severity) == ("DEL-14", Severity.ERROR) and f"30 000 € devient {amount}" in message


def test_leaving_the_amount_unsaid_does_not_make_it_true(place: Place) -> None:
    shortened = f"{SIGNER}    abreger: [montant]\n"
    assert [code for code, _, _ in told(place, LOWER, shortened)] == ["DEL-14"]
    assert not told(place, LOWER, f"{SIGNER}    abreger: [incidence]\n")


@pytest.mark.parametrize(
    "body",
    [
        f"{SIGNER}    ajouter: sans incidence financière pour la Commune\n",
        f"{SIGNER}    texte: d'autoriser la maire à signer l'avenant, sans aucune incidence budgétaire\n",
    ],
)
def test_nor_is_it_typed_by_hand(place: Place, body: str) -> None:
    found = told(place, AVENANT.replace("finances: {sens: sans}\n", "") + LOWER, body)
    assert "DEL-14" in [code for code, _, _ in found]


def test_what_is_true_is_said(place: Place) -> None:
    assert not told(place, "{donnees: {public: jeunes}}\n")
    assert "sans incidence financière" in place.said(SIGNER)


def test_what_the_other_party_pays_is_no_cost_of_ours(place: Place) -> None:
    place.change("conventions/essai.yaml", "{sens: dépense, montant: subvention}", "{sens: sans, montant: subvention}")
    assert not told(place, LOWER)


def test_another_year_of_the_amount_is_the_amount_too(place: Place) -> None:
    place.change("conventions/essai.yaml", "subvention: 30 000 €", "subvention: {2026: 30 000 €, 2027: 20 000 €}")
    place.change("conventions/essai.yaml", "montant: subvention}", "montant: subvention.premiere}")
    place.change("conventions/essai.yaml", "base: subvention", "base: subvention.premiere")
    place.change("conventions/essai.yaml", "duree:\n", "exercices: [2026, 2027]\nduree:\n")
    both = "subvention.premiere | montant }} puis de {{ subvention[2027]"
    place.change("templates/modeles/subvention.yaml", "subvention | montant", both)
    place.change("templates/modeles/subvention.yaml", "type: montant", "type: montant\n    par: exercice")
    ((code, severity, message),) = told(place, "{donnees: {subvention: {2027: 15 000 €}}}\n")
    assert (code, severity) == ("DEL-14", Severity.ERROR) and "20 000 € devient 15 000 €" in message


def test_where_nothing_names_the_amount_it_is_refused_in_a_final_act(place: Place) -> None:
    place.change("conventions/essai.yaml", "finances: {sens: dépense, montant: subvention}\n", "")
    for final, expected in ((False, Severity.WARNING), (True, Severity.ERROR)):
        found = told(place, LOWER, f"{SIGNER}vote: sans\n", final=final)
        assert [(code, severity) for code, severity, _ in found if code == "DEL-14"] == [("DEL-14", expected)]
        assert any("« subvention » (30 000 € devient 28 000 €)" in message for _, _, message in found)


def test_an_amount_typed_in_an_article_is_told(place: Place) -> None:
    changes = "{articles: [{id: objet, texte: La Ville verse en outre 5 000 € à l'association.}]}\n"
    ((code, severity, message),) = told(place, changes)
    assert (code, severity) == ("DEL-14", Severity.WARNING) and "5 000 €" in message
