"""An arrêté: visas, articles, execution, remedies, recipients."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place, words

ARRETE = """\
arrete: ar-1
date: 2026-02-03
numero: 7
titre: Arrêté portant fermeture d'une rue
preambule:
  - vu: cgct
  - considerant: la tenue du marché
articles:
  - id: objet
    texte: La rue des Écoles est fermée le 8 février 2026.
  - id: exceptions
    texte: Les secours ne sont pas soumis à {{ ref('objet') }}.
execution:
  charge: la directrice générale des services
  ampliation: [le préfet, le commandant de la brigade]
recours: {tribunal: le tribunal administratif de Nice}
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


def test_the_whole_arrete(place: Place) -> None:
    made, report = place.arrete(ARRETE)
    assert made is not None, [str(one) for one in report]
    assert made.acte.kind == "arrêté"
    said = words(made.acte)
    expected = [
        "Arrêté n° 7",
        "du 3 février 2026",
        "La maire,",
        "Vu le code général des collectivités territoriales ;",
        "Considérant la tenue du marché ;",
        "Arrête :",
        "Article 1er – La rue des Écoles est fermée le 8 février 2026.",
        "Article 2 – Les secours ne sont pas soumis à l'article 1er.",
        "Article 3 – La directrice générale des services est chargée de l'exécution du présent arrêté.",
        "devant le tribunal administratif de Nice dans un délai de deux mois",
        "recours gracieux auprès de la maire",
        "Anne EXEMPLE",
        "- le commandant de la brigade.",
    ]
    places = [said.find(one) for one in expected]
    assert -1 not in places, [one for one, at in zip(expected, places, strict=True) if at < 0]
    assert places == sorted(places)


def test_a_reference_to_no_article_is_refused(place: Place) -> None:
    made, report = place.arrete(ARRETE.replace("ref('objet')", "ref('objett')"))
    assert made is None and [one.code for one in report.errors] == ["TXT-06"]


def test_what_is_missing_is_said_at_once(place: Place) -> None:
    made, report = place.arrete("arrete: ar-1\n")
    assert made is None
    assert [one.code for one in report.errors] == ["DEF-02", "DEF-02"]  # titre, articles


@pytest.mark.parametrize(
    ("charge", "said"),
    [
        ("la directrice générale des services et le commandant de la police", "sont chargés de"),
        ("la directrice générale et la cheffe de service", "sont chargées de"),
        ("la directrice de l'enfance et du sport", "est chargée de"),
    ],
)
def test_those_who_carry_it_out_agree(place: Place, charge: str, said: str) -> None:
    made, report = place.arrete(ARRETE.replace("la directrice générale des services", charge))
    assert made is not None, [str(one) for one in report]
    assert f"{charge[1:]} {said} l'exécution" in words(made.acte)


def test_an_arrete_is_published_on_its_day_at_the_earliest(place: Place) -> None:
    made, report = place.arrete(f"{ARRETE}executoire: oui\netat: {{transmis: 2026-02-01, publie: 2026-02-03}}\n")
    assert made is None and [one.code for one in report.errors] == ["DEL-10"]


def test_a_report_drawn_from_the_decisions_is_refused(place: Place) -> None:
    _, report = place.arrete(ARRETE.replace("  - considerant:", "  - rapport: auto\n  - considerant:"))
    (error,) = [one for one in report.errors if "rapport: auto" in one.message]
    assert (error.code, error.path) == ("DEL-01", "preambule[1].rapport")
    assert error.remedy


def test_an_article_that_opens_on_a_reference_or_a_value_has_its_capital(place: Place) -> None:
    text = ARRETE.replace("Les secours ne sont pas soumis à {{ ref('objet') }}.", "\"{{ ref('objet') }} prend effet.\"")
    text = text.replace("La rue des Écoles est fermée le 8 février 2026.", '"{{ organisme }} ferme la rue."')
    made, report = place.arrete(text)
    assert made is not None, [str(one) for one in report]
    said = words(made.acte)
    assert "Article 1er – La Commune ferme la rue." in said
    assert "Article 2 – L'article 1er prend effet." in said


@pytest.mark.parametrize(("state", "day"), [("", "3 février 2026"), ("etat: {signe: 2026-02-04}\n", "4 février 2026")])
def test_an_arrete_is_made_on_its_day(place: Place, state: str, day: str) -> None:
    made, _ = place.arrete(f"{ARRETE}lieu: Nice\n{state}")
    assert made is not None and f"Fait à Nice, le {day}" in words(made.acte)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("à l'intéressée", "notifié à l'intéressée."),
        ("au préfet", "notifié au préfet."),
        ("aux agents", "notifié aux agents."),
        ("le préfet", "notifié au préfet."),
        ("Aude Exemple", "notifié à Aude Exemple."),
    ],
)
def test_who_is_notified_is_said_once_with_its_preposition(place: Place, typed: str, said: str) -> None:
    made, report = place.arrete(ARRETE.replace("execution:\n", f"execution:\n  notifie: [{typed}]\n"))
    assert made is not None, [str(one) for one in report]
    assert said in words(made.acte)


def test_who_receives_a_copy_has_no_preposition(place: Place) -> None:
    made, _ = place.arrete(ARRETE.replace("[le préfet, le", "[au préfet, à Mme Exemple, le"))
    assert made is not None
    said = words(made.acte)
    assert "- le préfet ;" in said and "- Mme Exemple ;" in said
