"""Who signs and in whose name, typed by hand beside an act: the body that decides, by one who may sign for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place

from convgen.errors import Severity


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


def typed(words: str) -> str:
    return f"decisions:\n  - signer: essai\n    texte: {words}\n"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("d'autoriser le président à signer {{ x.nommer }}", "le président"),
        ("d'autoriser Madame la présidente du Conseil départemental à signer l'acte", "présidente"),
        ("d'autoriser {{ signataire }} à signer {{ x.nommer }}, au nom du Département", "Département"),
        ("d'autoriser {{ signataire }} à signer {{ x.nommer }} au nom de la Région Sud", "Région Sud"),
        ("d'autoriser {{ signataire }} à signer, au nom de la Commune de Nice, l'acte", "Commune de Nice"),
        ("d'autoriser la maire à conclure l'acte pour le compte de l'État", "État"),
    ],
)
def test_another_signatory_or_another_body_is_refused(place: Place, words: str, named: str) -> None:
    made, report = place.deliberation(typed(words))
    assert made is None and "DEL-11" in [one.code for one in report.errors]
    assert any(named in one.message and one.path == "decisions[0].texte" and one.remedy for one in report.errors)


@pytest.mark.parametrize(
    "words",
    [
        "d'autoriser la maire à signer {{ x.nommer }}",
        "d'autoriser Mme la maire ou son représentant à signer l'acte",
        "d'autoriser l'adjointe au maire déléguée à signer l'acte",
        "d'autoriser {{ signataire }} à signer, au nom de {{ organisme }}, {{ x.nommer }}",
        "d'autoriser {{ signataire }} à signer, au nom de la Commune, {{ x.nommer }}",
        "d'autoriser {{ signataire }} à signer, au nom de la commune de Belleville-sur-Exemple, l'acte",
        "d'autoriser {{ signataire }} à signer, au nom et pour le compte de la collectivité, l'acte",
        "d'autoriser la signature de l'acte, au nom de la solidarité",
    ],
)
def test_the_signatory_and_the_body_may_be_typed(place: Place, words: str) -> None:
    made, report = place.deliberation(typed(words))
    assert made is not None, [str(one) for one in report]


def test_a_number_of_annexe_typed_by_hand_without_a_liasse_is_told(place: Place) -> None:
    own = typed("d'autoriser la signature de l'acte joint en annexe n° 9")
    made, report = place.deliberation(own)
    (told,) = [one for one in report if one.code == "DEL-05"]
    assert made is not None and told.severity is Severity.WARNING and "n° 9" in told.message
    assert "{{ annexe }}" in told.remedy
    made, report = place.deliberation(typed("d'autoriser la signature de l'acte joint en {{ annexe }}"))
    assert made is not None and not [*report]
    made, report = place.deliberation(own, annexes={"essai": "9"})
    assert made is not None and not [*report]
