"""Places, commissions and members as typed, in sentences that read as French whichever way they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place, words

NOTED = "decisions:\n  - texte: de prendre acte du bilan\n"
ARRETE = "arrete: ar-1\ndate: 2026-02-03\nnumero: 7\ntitre: Rue\narticles:\n  - {id: o, texte: La rue est fermée.}\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Le Mans", "Fait au Mans, le"),
        ("Les Abymes", "Fait aux Abymes, le"),
        ("La Rochelle", "Fait à La Rochelle, le"),
        ("L'Isle-Adam", "Fait à L'Isle-Adam, le"),
        ("Nice", "Fait à Nice, le"),
        ("au Mans", "Fait au Mans, le"),
    ],
)
def test_the_place_of_a_deliberation_and_of_an_arrete(place: Place, typed: str, said: str) -> None:
    assert said in place.said(f"lieu: {typed}\n{NOTED}")
    made, report = place.arrete(f"{ARRETE}lieu: {typed}\n")
    assert made is not None and said in words(made.acte), [str(one) for one in report]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("la commission des finances", "l'avis favorable de la commission des finances,"),
        ("commission des finances", "l'avis favorable de la commission des finances,"),
        ("des finances", "l'avis favorable de la commission des finances,"),
        ("Finances", "l'avis favorable de la commission Finances,"),
        ("comité social", "l'avis favorable du comité social,"),
        ("le comité social", "l'avis favorable du comité social,"),
        ("l'assemblée des maires", "l'avis favorable de l'assemblée des maires,"),
        ("les commissions réunies", "l'avis favorable des commissions réunies,"),
        ("la commission A et le comité B", "l'avis favorable de la commission A et du comité B,"),
    ],
)
def test_an_opinion_is_that_of_a_body_with_its_article(place: Place, typed: str, said: str) -> None:
    assert said in place.said(f'avis:\n  - commission: "{typed}"\n{NOTED}')


def test_the_body_may_be_a_value(place: Place) -> None:
    body = "donnees: {organe: comité social}\navis:\n  - commission: '{{ organe }}'\n"
    assert "l'avis favorable du comité social," in place.said(body + NOTED)


def test_a_pack_that_says_commission_by_itself(place: Place) -> None:
    place.change("templates/formules/deliberation.yaml", "de {{ commission }}", "de la commission {{ commission }}")
    assert "de la commission des finances," in place.said(f"avis:\n  - commission: la commission des finances\n{NOTED}")
    assert "de la commission Finances," in place.said(f"avis:\n  - commission: Finances\n{NOTED}")
    made, report = place.deliberation(f"avis:\n  - commission: comité social\n{NOTED}")
    (error,) = report.errors
    assert made is None and error.code == "DEL-06" and "« le comité social »" in error.message
    assert "« de {{ commission }} »" in error.remedy and error.place is not None and error.place.line == 26


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Mmes A et B", "Mmes A et B ne prennent part"),
        ("M. Yves ; Mme Zoé", "M. Yves et Mme Zoé ne prennent part"),
        ("M. Yves, maire ; Mme Zoé, adjointe", "M. Yves, maire, et Mme Zoé, adjointe, ne prennent part"),
        ("M. Yves ; Mme Zoé ; M. Luc", "M. Yves, Mme Zoé et M. Luc ne prennent part"),
        ("Yves Durand et Zoé Petit", "Yves Durand et Zoé Petit ne prennent part"),
        ("MM. Durand, Petit et Roux", "MM. Durand, Petit et Roux ne prennent part"),
        ("Mme Durand, adjointe", "Mme Durand, adjointe, ne prend part"),
    ],
)
def test_several_members_do_not_take_part(place: Place, typed: str, said: str) -> None:
    assert said in place.said(f"deports:\n  - elu: {typed}\n{NOTED}")
    assert said in place.said(f"preambule:\n  - deport: {typed}\n{NOTED}")


@pytest.mark.parametrize("typed", [". Il en sera ainsi.", ", en cours", " ; puis"])
def test_what_is_added_begins_with_no_mark(place: Place, typed: str) -> None:
    made, report = place.deliberation(f"decisions:\n  - signer: essai\n    ajouter: '{typed}'\n")
    (error,) = report.errors
    assert made is None and (error.code, error.path) == ("DEL-01", "decisions[0].ajouter")
    assert error.place is not None and error.place.line == 8 and error.remedy
