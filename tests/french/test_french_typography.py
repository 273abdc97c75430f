"""No-break spaces, apostrophes, quotes, raised endings. In the tables, ~ is U+00A0 and ^ is U+202F."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.french.typography import exponents, plain, typeset


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "^")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'article 4", "L’article~4"),
        ("06201 Nice cedex 3", "06201 Nice cedex~3"),
        ("BP 3007, CS 12345 et TSA 40001", "BP~3007, CS~12345 et TSA~40001"),
        ("le cedex du CS", "le cedex du CS"),
        ("fin ; suite", "fin^; suite"),
        ("fin; suite", "fin^; suite"),
        ("Vraiment ?!", "Vraiment^?!"),
        ("Objet: la suite", "Objet~: la suite"),
        ("Objet : la suite", "Objet~: la suite"),
        ("18,80 % et 40%", "18,80~% et 40~%"),
        ("300 000 €", "300^000~€"),
        ("1 234 567,50 €", "1^234^567,50~€"),
        ('le "titre" dit', "le «~titre~» dit"),
        ("«bonjour»", "«~bonjour~»"),
        ("« bonjour »", "«~bonjour~»"),
        ("n° 12, n°12, nos 3 et 4", "n°~12, n°~12, nos~3 et 4"),
        ("M. Dupont, Mme Martin, MM. Durand", "M.~Dupont, Mme~Martin, MM.~Durand"),
        ("articles L. 1611-4 et R. 12", "articles~L.~1611-4 et R.~12"),
        ("p. 3, § 3, Annexe 3, titre IV", "p.~3, §~3, Annexe~3, titre~IV"),
        ("le 1er juin et le 31 décembre", "le 1er~juin et le 31~décembre"),
        ("30 jours, 3 ans, 5 millions d'euros", "30~jours, 3~ans, 5~millions d’euros"),
        ("attendu...", "attendu…"),
        ("signé le ........", "signé le ........"),
        ("\ue000 % de \ue001 € ; n° \ue002", "\ue000~% de \ue001~€^; n°~\ue002"),
    ],
)
def test_typography(text: str, expected: str) -> None:
    assert shown(typeset(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://exemple.fr/a?b=c;d:'e'!f",
        "jean.o'neil@exemple.fr".replace("'", "."),
        "à 12:30",
        "FR76 3000 4000 0300 0000 0000 123",
        "SIRET 123 456 789 00012",
        "SIREN 123 456 789",
        "code 0102-DR13-DR13",
        "convention_2024.docx",
        "`a ; b: 'c'`",
        "04 97 18 60 00",
        "poste 12 345 67",
        '""vide""',
        "a::b",
        "un article de loi",
    ],
)
def test_codes_and_addresses_are_left_alone(text: str) -> None:
    assert typeset(text) == text


def test_protected_spans_are_left_alone_and_their_surroundings_are_not() -> None:
    text = "L'article : 'a ; b' ; fin"
    start, end = text.index("'a ;"), text.index("' ;") + 1
    assert shown(typeset(text, [(start, end)])) == "L’article~: 'a ; b'^; fin"
    assert typeset("l'a", [(0, 3), (1, 2)]) == "l'a"


ALPHABET = st.text(st.sampled_from(list("ab1L.;:!?'\"«» \u00a0\u202f\n…%€°n°M0/@-\ue000sé")), max_size=40)


@given(ALPHABET | st.text(max_size=40))
def test_setting_a_text_twice_changes_nothing_more(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@given(ALPHABET)
def test_no_word_is_lost(text: str) -> None:
    letters = [character for character in text if character.isalnum()]
    assert [character for character in typeset(text) if character.isalnum()] == letters


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("du 1er juin", ["er"]),
        ("la 1re et la 2e", ["re", "e"]),
        ("XXIe siècle, François Ier", ["e", "er"]),
        ("les 3es", ["es"]),
        ("Le De Ce Me Vers 12 euros", []),
        ("n° 3", []),
        ("DR13-2e", []),
        ("", []),
    ],
)
def test_ordinals_are_raised(text: str, raised: list[str]) -> None:
    pieces = exponents(text)
    assert [piece for piece, up in pieces if up] == raised
    assert "".join(piece for piece, _ in pieces) == text


def test_exponents_cut_where_word_wants_it() -> None:
    assert exponents("du 1er juin") == [("du 1", False), ("er", True), (" juin", False)]
    assert exponents("rien") == [("rien", False)]


def test_plain_forgets_typography() -> None:
    text = 'L\'article 4 : "300 000 €"... fin'
    assert plain(typeset("L'article 4 : 300 000 €... fin")) == "L'article 4 : 300 000 €... fin"
    assert plain(typeset(text)).startswith("L'article 4 : « 300 000 € »...")
