"""The demonstration avenants as those who sign them read them first: their titles and their objects."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from convgen.acte.nodes import Paragraph, Role
from convgen.acte.runs import plain_text
from convgen.amend.chaine import Amendment
from convgen.amend.texte.inlines import text_of
from convgen.cli.cases import case_of
from convgen.cli.en_vigueur import Wanted
from convgen.errors import Report

ROOT = Path(__file__).parents[2]
NAMES = tuple(sorted(path.stem for path in (ROOT / "conventions/avenants").glob("*.yaml")))


@cache
def made(name: str, pack: str) -> Amendment:
    report = Report()
    with case_of(str(ROOT / f"conventions/avenants/{name}.yaml"), "", "", Wanted(pack=pack), report) as found:
        assert found is not None and found.made is not None, [str(one) for one in report.errors]
        return found.made[1] if isinstance(found.made, tuple) else found.made


def objects(name: str, pack: str = "legistique") -> list[str]:
    return [_plain(text_of(one)) for one in made(name, pack).wording.objects]


def _plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text).replace("’", "'")


def headings(name: str) -> list[str]:
    zones = {zone.kind: zone for zone in made(name, "legistique").avenant.zones}
    blocks = [one for one in zones["intitule"].blocks if isinstance(one, Paragraph)]
    assert blocks[0].role is Role.TITLE
    assert all(one.role is Role.SUBTITLE for one in blocks[1:])
    return [_plain(plain_text(one.inlines)) for one in blocks]


@pytest.mark.parametrize("pack", ["legistique", "pratique"])
@pytest.mark.parametrize("name", NAMES)
def test_no_key_is_printed_and_nothing_is_said_twice(name: str, pack: str) -> None:
    said = objects(name, pack)
    assert len(said) == len(set(said))
    assert not any("donnée" in one or re.search(r"\w_\w|parties\.", one) for one in said)


def test_periods_dates_and_terms_are_said_as_a_jurist_would() -> None:
    assert objects("restos-du-coeur-2024-1") == [
        "de prendre acte de la nouvelle dénomination de l'association Les Restos du Cœur",
        "de reporter la phase test de la période de mars à mai 2024 à celle de juin à août 2024",
        "de reporter le début de la reconduction de l'action au 1er septembre 2024",
        "de reporter la date de prise d'effet du 1er mars 2024 au 1er juin 2024",
        "de remplacer les mots « bénévolat », « bénévole » et « bénévoles » par les mots « volontariat », "
        "« volontaire » et « volontaires »",
    ]


def test_a_definition_names_its_own_data() -> None:
    said = objects("restos-du-coeur-2024-2")
    assert "de porter le nombre de centres d'activités de 17 à 19" in said
    assert "de porter l'objectif d'accompagnement de 20 à 32" in said
    assert "d'insérer un article 3-1 intitulé « Formation des volontaires »" in said


def test_the_title_says_between_whom_and_about_what_as_the_convention_becomes() -> None:
    assert headings("restos-du-coeur-2024-1") == [
        "Avenant n° 1 à la convention n° 2024 DGADSH CV 186",
        "entre le Département des Alpes-Maritimes et l'association départementale Les Restaurants du Cœur – Les Relais "
        "du Cœur relative à une action de volontariat d'allocataires du RSA",
        "(année 2024)",
    ]


def test_the_title_does_not_say_the_object_twice() -> None:
    assert headings("flash-emploi-2024-1") == [
        "Avenant n° 1 à la convention relative à l'attribution d'une subvention pour l'action « Flash emploi »",
        "entre le Département des Alpes-Maritimes et la Fondation de Nice – Patronage Saint-Pierre Actes",
        "(année 2024)",
    ]


def test_the_name_that_an_act_gives_itself_is_contracted() -> None:
    assert headings("protocole-aip-2024-1") == ["Avenant n° 1 au protocole « Accueil Insertion Professionnelle »"]


@pytest.mark.parametrize("name", NAMES)
def test_the_running_title_stays_on_one_line(name: str) -> None:
    title = made(name, "legistique").avenant.title
    assert title.startswith("Avenant entre ")
    assert "\n" not in title


def test_the_avenant_that_adds_an_instalment_calls_itself_the_present_one() -> None:
    (article,) = (
        one for one in made("flash-emploi-2024-1", "legistique").wording.articles if one.id.startswith("donnee")
    )
    said = [_plain(plain_text(one.inlines)) for one in article.blocks if isinstance(one, Paragraph)]
    assert "Il est ajouté un versement de 55 400 €, à la signature du présent avenant." in said


def test_words_that_two_data_change_are_said_where_they_stand() -> None:
    said = made("restos-du-coeur-2024-2", "legistique").wording.articles
    assert [one.id for one in said if one.id.startswith("donnee")] == []
