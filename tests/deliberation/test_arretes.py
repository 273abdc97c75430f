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
