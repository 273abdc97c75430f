"""Names of places and of bodies where they meet a preposition; words that name several people."""

from __future__ import annotations

import pytest

from convgen.french.bodies import body_name, several_people
from convgen.french.joints import joint
from convgen.french.places import at_place, place_phrase


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nice", "à Nice"),
        ("Le Mans", "au Mans"),
        ("le Mans", "au Mans"),
        ("Le\u00a0Cannet", "au Cannet"),
        ("Les Abymes", "aux Abymes"),
        ("Les Sables-d'Olonne", "aux Sables-d'Olonne"),
        ("La Rochelle", "à La Rochelle"),
        ("L'Isle-Adam", "à L'Isle-Adam"),
        ("L\u2019Isle", "à L\u2019Isle"),
        ("Lescar", "à Lescar"),
        ("Leers", "à Leers"),
        ("Le", "à Le"),
        ("à Nice", "à Nice"),
        ("au Mans", "au Mans"),
        ("aux Abymes", "aux Abymes"),
        ("Au Port", "au Port"),
    ],
)
def test_the_article_of_a_place_merges_with_the_preposition(name: str, said: str) -> None:
    assert at_place(name) == said
    before, after = joint("Fait à ", place_phrase(name), sentence_start=False)
    assert before + after == f"Fait {said}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("la commission des finances", "la commission des finances"),
        ("La commission des finances", "la commission des finances"),
        ("commission des finances", "la commission des finances"),
        ("Commission Finances", "la Commission Finances"),
        ("des finances", "la commission des finances"),
        ("Finances et SIDIS", "la commission Finances et SIDIS"),
        ("1re commission", "la 1re commission"),
        ("sous-commission des aides", "la sous-commission des aides"),
        ("les commissions réunies", "les commissions réunies"),
        ("commissions réunies", "les commissions réunies"),
        ("comité social", "le comité social"),
        ("le comité social territorial", "le comité social territorial"),
        ("du comité social", "le comité social"),
        ("de la commission des finances", "la commission des finances"),
        ("l'assemblée générale", "l'assemblée générale"),
        ("assemblée générale", "l'assemblée générale"),
        ("Collèges et éducation", "la commission Collèges et éducation"),
        ("Commissionnaires", "la commission Commissionnaires"),
        ("du tourisme", "la commission du tourisme"),
    ],
)
def test_a_body_has_its_article(typed: str, said: str) -> None:
    assert str(body_name(typed)) == said


@pytest.mark.parametrize(
    ("words", "several"),
    [
        ("Mme Durand", False),
        ("Mme Durand, adjointe à l'Éducation et à la Culture", False),
        ("Mme Durand, adjointe, et Culture", False),
        ("Mmes A et B", True),
        ("Mmes Durand, Petit", True),
        ("MM. Yves et Paul", True),
        ("M. Yves ; Mme Z", True),
        ("Yves Durand et Zoé Petit", True),
        ("les élus de la majorité", True),
        ("Mme Mmesnil", False),
    ],
)
def test_words_that_name_several_people(words: str, several: bool) -> None:
    assert several_people(words) is several
