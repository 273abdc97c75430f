"""The end of an act: place, date and copies; signature grids of one to six, their order and their presentation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from convgen.acte.nodes import FillIn
from convgen.acte.walk import walk

Makes = Callable[..., Any]
FIVE = """\
parties:
  departement: {organisme: defaut}
  ville: {organisme: ville}
  metropole: {organisme: metropole}
  caf: {organisme: caf, representant: directeur}
  reflets: {organisme: reflets}
"""
TWO = "parties:\n  departement: {organisme: defaut}\n  ville: {organisme: ville}\n"
STATE = (
    "parties:\n  etat: {organisme: etat, representants: [prefet-region, prefete]}\n  departement: {organisme: defaut}\n"
)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_every_party_signs_in_a_frame(make: Makes, count: int) -> None:
    made = make("".join(FIVE.splitlines(keepends=True)[: count + 1]))
    assert (
        made.frames()
        == [
            ["Le président du Département", "Charles UN"],
            ["Le maire", "Jean NEUF"],
            ["Le président", "Jean NEUF"],
            ["Le directeur", "Luc DIX"],
            ["La directrice", "Jeanne DEUX"],
        ][:count]
    )
    assert made.grid().columns == 2


@pytest.mark.parametrize(("columns", "expected"), [(1, 1), (2, 2), (3, 3), (6, 5)])
def test_the_frames_of_a_line_are_chosen_and_no_more_than_the_frames(make: Makes, columns: int, expected: int) -> None:
    assert make(FIVE + f"signatures: {{colonnes: {columns}}}\n").grid().columns == expected


def test_the_order_of_the_signatures_is_free(make: Makes) -> None:
    made = make(FIVE + "signatures: {ordre: [reflets, caf, ville, metropole, departement]}\n")
    assert [one.party for one in made.grid().signatures] == ["reflets", "caf", "ville", "metropole", "departement"]
    assert made.of("Le Département")  # the comparution keeps its own order
    assert made.lines()[1].startswith("Le Département")


def test_the_order_of_the_signatures_may_part_two_persons_of_a_party(make: Makes) -> None:
    made = make(STATE + "signatures: {ordre: [etat.prefete, departement, etat.prefet-region]}\n")
    assert [names[-1] for names in made.frames()] == ["Agnès SEPT", "Charles UN", "Hervé SIX"]


def test_a_party_left_out_of_the_order_is_said(make: Makes) -> None:
    assert make(TWO + "signatures: {ordre: [ville]}\n").codes() == ["DEF-09"]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("qualite-nom", ["Le maire", "Jean NEUF"]),
        ("nom-qualite", ["Jean NEUF", "Le maire"]),
        ("pour", ["Pour la Ville de Nice", "Le maire", "Jean NEUF"]),
        ("numerotee", ["Signature n° 2", "Pour la Ville de Nice", "Le maire", "Jean NEUF"]),
    ],
)
def test_a_frame_is_presented_in_the_way_asked_for(make: Makes, shown: str, expected: list[str]) -> None:
    assert make(TWO + f"signatures: {{presentation: {shown}}}\n").frames()[1] == expected


def test_a_frame_may_show_the_defined_term_alone(make: Makes) -> None:
    made = make(
        TWO.replace("{organisme: ville}", "{organisme: ville, designation: la Ville}")
        + "signatures: {presentation: designation}\n"
    )
    assert made.frames()[1] == ["La Ville"]


def test_two_persons_of_a_party_sign_one_after_the_other(make: Makes) -> None:
    assert make(STATE).frames()[:2] == [
        ["Le préfet de la région Provence-Alpes-Côte d'Azur", "Hervé SIX"],
        ["La préfète des Alpes-Maritimes", "Agnès SEPT"],
    ]


def test_a_second_signatory_signs_without_appearing(make: Makes) -> None:
    made = make(FIVE + "signatures: {plus: {caf: [sous-directrice]}}\n")
    assert ["La sous-directrice de l'action sociale", "Fanny ONZE"] in made.frames()
    assert len(made.frames()) == 6
    assert not any("ONZE" in line for line in made.lines())


def test_one_person_signs_twice_in_two_capacities(make: Makes) -> None:
    made = make(
        "parties:\n  ville: {organisme: ville}\n  metropole: {organisme: metropole}\nsignatures: {presentation: pour}\n"
    )
    assert made.frames() == [
        ["Pour la Ville de Nice", "Le maire", "Jean NEUF"],
        ["Pour la Métropole Nice Côte d'Azur", "Le président", "Jean NEUF"],
    ]


def test_numbered_frames_tell_two_capacities_apart_and_do_not_say_a_party_twice(make: Makes) -> None:
    made = make(TWO + "  metropole: {organisme: metropole}\nsignatures: {presentation: numerotee}\n")
    assert made.frames() == [
        ["Signature n° 1", "Le président du Département", "Charles UN"],
        ["Signature n° 2", "Pour la Ville de Nice", "Le maire", "Jean NEUF"],
        ["Signature n° 3", "Pour la Métropole Nice Côte d'Azur", "Le président", "Jean NEUF"],
    ]


def test_a_name_that_the_act_changes_is_changed_in_the_capacities(make: Makes) -> None:
    club = (
        "organisme: club\ntype: association\nnom: le Club des Pins\nrepresentants:\n"
        "  presidente: {civilite: Madame, nom: Douze, qualite: présidente du Club des Pins}\n"
    )
    named = "parties:\n  departement: {organisme: defaut}\n  club: {organisme: club, nom: l'Amicale des Pins}\n"
    made = make(named, club=club)
    assert made.frames()[1] == ["La présidente de l'Amicale des Pins", "DOUZE"]
    assert not any("Club" in line for line in made.lines())


@pytest.mark.parametrize(
    ("columns", "lines"),
    [(3, ["À __________, le ________"]), (4, ["À ____________", "le __________"])],
)
def test_the_place_and_the_date_fit_narrow_frames(make: Makes, columns: int, lines: list[str]) -> None:
    made = make(FIVE + f"signatures: {{colonnes: {columns}, date_par_signataire: oui}}\n")
    assert all(frame[: len(lines)] == lines for frame in made.frames())


def test_an_act_may_change_the_capacity_below_a_signature(make: Makes) -> None:
    made = make(TWO.replace("{organisme: ville}", "{organisme: ville, qualite_signature: maire de Nice}"))
    assert made.frames()[1][0] == "Le maire de Nice"
    assert "représentée par le maire, Monsieur" in made.of("La Ville")


@pytest.mark.parametrize(
    ("copies", "expected"),
    [
        ("1", "en un exemplaire original"),
        ("2", "en deux exemplaires originaux"),
        ("21", "en vingt et un exemplaires originaux"),
        ("un par partie", "en autant d'exemplaires originaux que de parties"),
    ],
)
def test_copies_are_said_in_words(make: Makes, copies: str, expected: str) -> None:
    made = make(TWO + f"signatures: {{lieu: Nice, exemplaires: {copies}, date: 2024-06-07}}\n")
    assert made.closing() == f"Fait à Nice, {expected}, le 7 juin 2024."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Le Mans", "au Mans"),
        ("Les Abymes", "aux Abymes"),
        ("La Rochelle", "à La Rochelle"),
        ("L'Isle-Adam", "à L'Isle-Adam"),
        ('"{{ ville }}"', "au Port"),
    ],
)
def test_the_article_of_the_place_joins_its_preposition(make: Makes, typed: str, said: str) -> None:
    made = make(TWO + f"donnees: {{ville: Le Port}}\nsignatures: {{lieu: {typed}, date: 2024-06-07}}\n")
    assert made.closing().replace("\u2019", "'") == f"Fait {said}, le 7 juin 2024."


def test_place_and_date_are_left_to_write_when_they_are_unknown(make: Makes) -> None:
    made = make(TWO)
    assert [one.key for one in walk(made.acte.zones[-1]) if isinstance(one, FillIn)] == ["lieu", "date"]
    assert made.closing().startswith("Fait à ____")


def test_each_signatory_may_write_the_place_and_the_date(make: Makes) -> None:
    made = make(TWO + "signatures: {exemplaires: 2, date_par_signataire: oui}\n")
    assert made.closing() == "Fait en deux exemplaires originaux."
    assert [lines[0] for lines in made.frames()] == ["À ________________, le ______________"] * 2
    assert made.frames()[1][1:] == ["Le maire", "Jean NEUF"]


def test_a_box_may_be_reserved(make: Makes) -> None:
    made = make(TWO + "signatures: {reserve: Cadre réservé à l'administration}\n")
    assert [one.text.replace("\u2019", "'") for one in made.grid().reserved] == ["Cadre réservé à l'administration"]


def test_someone_may_sign_for_visa_without_being_a_party(make: Makes) -> None:
    made = make(TWO + "signatures: {visa: le comptable public}\n")
    assert made.frames()[-1][:2] == ["Pour visa", "Le comptable public"]


def test_a_line_may_be_printed_in_every_frame(make: Makes) -> None:
    made = make(TWO + "signatures: {mention: '(cachet de l''organisme)'}\n")
    assert all("(cachet de l'organisme)" in lines for lines in made.frames())


def test_a_blank_partner_signs_above_a_space(make: Makes) -> None:
    made = make(
        "parties:\n  departement: {organisme: defaut}\n  adherent: {remplir: oui, designation: l'adhérent}\n"
        "signatures: {presentation: pour}\n"
    )
    assert made.frames()[1] == ["Pour l'adhérent", "_" * 24]


def test_a_natural_person_signs_with_their_name_alone(make: Makes) -> None:
    person = "organisme: p\ntype: personne\nnom: Madame Rose Treize\ngenre: féminin\n"
    made = make("parties:\n  departement: {organisme: defaut}\n  p: {organisme: p}\n", p=person)
    assert made.frames()[1] == ["Madame Rose Treize"]


def test_a_representative_is_looked_for_among_those_of_the_act(make: Makes) -> None:
    made = make(STATE + "signatures: {ordre: [etat.prefette, departement]}\n")
    (said,) = made.report.errors
    assert said.code == "DEF-11"
    assert "prefete" in said.remedy


def test_a_party_may_appear_without_signing(make: Makes) -> None:
    made = make(TWO.replace("{organisme: ville}", "{organisme: ville, signe: non}"))
    assert made.codes() == []
    assert made.of("La Ville")
    assert [one.party for one in made.grid().signatures] == ["departement"]


def test_a_party_that_does_not_sign_is_not_missed_in_the_order(make: Makes) -> None:
    made = make(
        TWO.replace("{organisme: ville}", "{organisme: ville, signe: non}") + "signatures: {ordre: [departement]}\n"
    )
    assert made.codes() == []
