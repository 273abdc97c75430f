"""Who is named beside an act, in words typed by hand, is one of its parties."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place

from convgen.compose.hand_partners import Named, strangers

NICE = "organisme: nice\ntype: commune\nnom: la Ville de Nice\nsigle: la VDN\n"
NAMED = Named(
    frozenset(("association REFLETS", "Commune de Belleville", "Commune")),
    frozenset(("Ville de Nice", "VDN", "Etat", "Agence des Lilas")),
    "La convention de l'association REFLETS est suivie par l'Agence des Lilas, à Vence.",
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = make_place(tmp_path / "espace")
    made.put("conventions/organismes/nice.yaml", NICE)
    return made


@pytest.mark.parametrize(
    "said",
    [
        "la convention à intervenir avec l'association Reflets",
        "à signer avec l'association REFLETS, représentée par Madame Durand, la convention",
        "la convention conclue avec l'association REFLETS et définissant le Plan Famille",
        "la convention passée avec le concours du Fonds social européen",
        "la convention conclue en lien avec les services de l'État",
        "l'avenant à intervenir avec chacun des bailleurs",
        "d'autoriser la présidente, après avis de l'Agence des Lilas",
        "l'expérimentation que l'État a demandée",
        "les actions menées à Nice",
        "la subvention versée à l'association REFLETS de Vence",
    ],
)
def test_who_may_be_named(said: str) -> None:
    assert [*strangers(said, NAMED)] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("la convention à intervenir avec la Ville de Nice", "Ville de Nice"),
        ("la convention à intervenir avec la ville de nice", "ville de nice"),
        ("la convention relative à la Ville de Nice", "Ville de Nice"),
        ("la convention conclue avec l'association REFLETS et la Ville de Nice", "Ville de Nice"),
        ("la convention conclue avec l'association REFLETS, la VDN et d'autres", "VDN"),
        ("à signer la convention avec l'État", "État"),
        ("à signer la convention avec l'Agence des Lilas", "Agence des Lilas"),
        ("à signer la convention avec ERILIA", "ERILIA"),
        ("à conclure avec l'association Les Amis du Parc, pour un an", "association Les Amis du Parc"),
        ("de soutenir l'association Les Amis du Parc", "association Les Amis"),
        ("la convention entre la Commune et la société Ondine", "société Ondine"),
        ("la subvention versée à l'association Ondine", "association Ondine"),
    ],
)
def test_who_is_no_party(said: str, told: str) -> None:
    found = [*strangers(said, NAMED)]
    assert len(found) == 1 and told.casefold() in found[0].casefold()


def test_a_title_may_say_where_but_not_with_whom() -> None:
    assert [*strangers("les ateliers de la Ville de Nice", NAMED, heading=True)] == []
    assert [*strangers("le partenariat avec la Ville de Nice", NAMED, heading=True)] == ["Ville de Nice"]


@pytest.mark.parametrize("said", ["la seule Ville de Nice", "l'association REFLETS, la Ville de Nice", "ERILIA"])
def test_words_that_name_the_parties_name_nobody_else(said: str) -> None:
    assert len([*strangers(said, NAMED, whole=True)]) == 1


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("texte", "d'autoriser la maire à signer la convention à intervenir avec la Ville de Nice"),
        ("ajouter", "la Ville de Nice en étant le bénéficiaire"),
        ("partenaire", "la Ville de Nice"),
        ("proposer", "la signature d'une convention avec la Ville de Nice"),
    ],
)
def test_another_partner_is_refused_wherever_it_is_typed(place: Place, key: str, said: str) -> None:
    made, report = place.deliberation(f"decisions:\n  - signer: essai\n    {key}: {said}\n")
    assert made is None
    assert [(one.code, one.path) for one in report.errors] == [("DEL-11", f"decisions[0].{key}")]
    assert report.errors[0].message == "« Ville de Nice » n'est pas partie à l'acte « essai »"
    assert "l'association Les Ateliers" in report.errors[0].cause.replace("\u2019", "'")
    assert report.errors[0].place is not None and report.errors[0].place.line == 8


def test_a_third_party_named_in_the_preamble_may_be_named_again(place: Place) -> None:
    said = "decisions:\n  - signer: essai\n    ajouter: après avis de la Ville de Nice\n"
    assert place.refused(said) == ["« Ville de Nice » n'est pas partie à l'acte « essai »"]
    assert "après avis de la Ville de Nice" in place.said(f"preambule:\n  - vu: l'avis de la Ville de Nice\n{said}")


def test_a_place_that_nobody_holds_may_be_anybody_s(place: Place) -> None:
    place.change("conventions/essai.yaml", "    organisme: association\n", "    organisme: à compléter (bailleur)\n")
    said = place.said("decisions:\n  - signer: essai\n    partenaire: la Ville de Nice\n")
    assert "à intervenir avec la Ville de Nice" in said


VOLETS = """\
donnees:
  subvention: 30 000 €
  ateliers:
    lire: {titre: les séances de lecture, montant: 20 000 €}
    ecrire: {titre: les séances d'écriture, montant: 10 000 €}
"""
GROUP = """\
donnees:
  ateliers:
    type: groupe
    appellation: l'atelier
    champs:
      titre: {type: texte}
      montant: {type: montant}
"""


@pytest.fixture
def shared(place: Place) -> Place:
    place.change("conventions/essai.yaml", "donnees:\n  subvention: 30 000 €\n", VOLETS)
    place.change("templates/modeles/subvention.yaml", "donnees:\n", GROUP)
    return place


SHARED = (
    "decisions:\n  - signer: essai\n    %s: d'autoriser la signature, soit %s pour l'atelier 1 et %s pour l'atelier 2\n"
)


@pytest.mark.parametrize("key", ["texte", "ajouter", "proposer"])
def test_shares_that_change_places_are_refused(shared: Place, key: str) -> None:
    right, report = shared.deliberation(SHARED % (key, "20 000 €", "10 000 €"))
    assert right is not None, [str(one) for one in report]
    wrong, report = shared.deliberation(SHARED % (key, "10 000 €", "20 000 €"))
    assert wrong is None
    assert [(one.code, one.path) for one in report.errors] == [("DEL-05", f"decisions[0].{key}")] * 2
    assert "« atelier 1 »" in report.errors[0].message
    assert "« atelier 2 »" in report.errors[0].cause


def test_a_share_drawn_from_the_act_has_its_place_too(shared: Place) -> None:
    said = (
        "decisions:\n  - signer: essai\n    texte: d'autoriser la signature, soit {{ x.ateliers.%s.montant }} pour %s\n"
    )
    assert shared.deliberation(said % ("lire", "l'atelier 1"))[0] is not None
    assert shared.deliberation(said % ("lire", "les séances de lecture"))[0] is not None
    assert shared.deliberation(said % ("lire", "l'atelier 2"))[0] is None


def test_the_amounts_of_two_acts_each_stand_beside_their_partner(place: Place) -> None:
    text = (place.root / "conventions/essai.yaml").read_text("utf-8")
    other = text.replace("convention: essai", "convention: autre").replace("30 000", "9 000")
    place.put("conventions/autre.yaml", other.replace("organisme: association", "organisme: nice"))
    place.put(
        "conventions/organismes/nice.yaml",
        NICE + "representants:\n  president: {civilite: Madame, nom: Nom, qualite: maire}\n",
    )
    said = "decisions:\n  - signer: [essai, autre]\n    texte: "
    said += "de verser %s à l'association Les Ateliers et %s à la Ville de Nice\n"
    right, report = place.deliberation(said % ("30 000 €", "9 000 €"))
    assert right is not None, [str(one) for one in report]
    wrong, report = place.deliberation(said % ("9 000 €", "30 000 €"))
    assert wrong is None and {one.code for one in report.errors} == {"DEL-05"}
