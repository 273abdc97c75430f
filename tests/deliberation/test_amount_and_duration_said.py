"""How the sentence of an act says who pays, what an avenant changes, and how often an act is renewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place

SIGNER = "decisions:\n  - signer: essai\n"
AVENANT = "avenant: essai-1\nmodifie: essai\nnumero: 1\nmodifications: "
BOTH = "{donnees: {subvention: 35 000 €}, duree: {fin: 2027-06-30}}\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = make_place(tmp_path / "espace")
    made.change("conventions/essai.yaml", "duree:\n", "finances: {sens: dépense, montant: subvention}\nduree:\n")
    return made


def amended(place: Place, changes: str = BOTH) -> str:
    """The délibération that authorises an avenant."""
    place.put("conventions/avenants/essai-1.yaml", AVENANT + changes)
    return place.said("decisions:\n  - signer: essai-1\n")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("fois: 1", "d'un an, renouvelable une fois par reconduction tacite."),
        ("fois: 2", "d'un an, renouvelable deux fois par reconduction tacite."),
        ("periode: 1 an, fois: 2", "d'un an, renouvelable deux fois par reconduction tacite."),
        (
            "periode: 1 an, maximum: 3 ans",
            "d'un an, renouvelable par reconduction tacite, dans la limite d'une durée totale de trois ans.",
        ),
        ("periode: 1 an", "d'un an, renouvelable par reconduction tacite."),
    ],
)
def test_the_limit_of_the_renewals(place: Place, keys: str, said: str) -> None:
    renewal = f"  effet: signature\n  fin: 1 an\n  reconduction: {{forme: tacite, {keys}}}"
    place.change("conventions/essai.yaml", "  effet: 2026-01-01\n  fin: 2026-12-31", renewal)
    assert f", pour une durée {said}" in place.said(SIGNER)


@pytest.mark.parametrize(("maximum", "word"), [("", ""), (", maximum: oui", " maximale")])
def test_a_receipt_is_not_said_as_a_cost(place: Place, maximum: str, word: str) -> None:
    place.change("conventions/essai.yaml", "dépense, montant: subvention", f"recette, montant: subvention{maximum}")
    assert f", représentant une recette{word} de 30 000 €, pour" in place.said(SIGNER)
    assert f"portant la recette{word} de 30 000 € à 35 000 € et le terme" in amended(place)


def test_a_new_amount_and_a_new_end_share_their_verb(place: Place) -> None:
    said = (
        ", portant le montant de 30 000 € à 35 000 € et le terme de ladite convention du 31 décembre 2026 au "
        "30 juin 2027."
    )
    assert said in amended(place)


def test_a_ceiling_stays_one(place: Place) -> None:
    place.change("conventions/essai.yaml", "montant: subvention}", "montant: subvention, maximum: oui}")
    assert "portant le montant maximal de 30 000 € à 35 000 €" in amended(place)
    own = BOTH + "finances: {sens: dépense, montant: subvention}\n"
    assert "portant le montant maximal de 30 000 € à 35 000 €" in amended(place, own)


def test_an_end_alone_has_its_own_verb(place: Place) -> None:
    said = amended(place, "{donnees: {public: jeunes}, duree: {fin: 2027-06-30}}\n")
    assert ", portant le terme de ladite convention du 31 décembre 2026 au 30 juin 2027." in said


def test_an_amount_left_unsaid_lends_no_verb(place: Place) -> None:
    place.put("conventions/avenants/essai-1.yaml", AVENANT + BOTH)
    said = place.said("decisions:\n  - signer: essai-1\n    abreger: [montant]\n")
    assert ", portant le terme de ladite convention" in said and "montant" not in said


def test_a_pack_that_knows_no_join_keeps_its_sentences(place: Place) -> None:
    text = (place.root / "templates/formules/deliberation.yaml").read_text("utf-8")
    start, end = text.index("terme_porte:"), text.index("reconduction:")
    old = 'terme_porte: "portant le terme de {{ convention }} du {{ avant }} au {{ fin }}"\n'
    place.put("templates/formules/le-mien.yaml", text[:start] + old + text[end:])
    place.put("conventions/avenants/essai-1.yaml", AVENANT + BOTH)
    said = place.said("formules: le-mien\ndecisions:\n  - signer: essai-1\n")
    assert "à 35 000 €, portant le terme de ladite convention" in said


def test_one_voice_is_singular(place: Place) -> None:
    said = place.said(f"{SIGNER}vote: {{pouvoirs: 1, pour: 1, contre: 0, abstention: 1, non_participation: 1}}\n")
    assert "Pouvoir : 1 – Pour : 1 – Contre : 0 – Abstention : 1 – Ne prend pas part au vote : 1" in said
