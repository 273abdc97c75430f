"""Noun phrases, elision, contraction, lists, capitals, and their joints with a text."""

from __future__ import annotations

import pytest

from convgen.french.grammar import (
    FEMININE_PLURAL,
    FEMININE_SINGULAR,
    MASCULINE_PLURAL,
    MASCULINE_SINGULAR,
    Agreement,
    GenderUnknown,
    NounPhrase,
    capitalise,
    contract,
    demonstrative,
    elide,
    elides,
    join_list,
    parse_noun_phrase,
    possessive,
    present,
)
from convgen.french.joints import joint, joint_plain


@pytest.mark.parametrize(
    ("text", "determiner", "noun", "agreement"),
    [
        ("l'association Les Amis", "l'", "association Les Amis", FEMININE_SINGULAR),
        ("l’État", "l'", "État", MASCULINE_SINGULAR),
        ("le préfet", "le", "préfet", MASCULINE_SINGULAR),
        ("Le Département", "le", "Département", MASCULINE_SINGULAR),
        ("la société X", "la", "société X", FEMININE_SINGULAR),
        ("les prescripteurs", "les", "prescripteurs", MASCULINE_PLURAL),
        ("les annexes", "les", "annexes", FEMININE_PLURAL),
        ("les hôpitaux", "les", "hôpitaux", MASCULINE_PLURAL),
        ("l'organisation X", "l'", "organisation X", FEMININE_SINGULAR),
        ("l'accès aux données", "l'", "accès aux données", MASCULINE_SINGULAR),
        ("l'ouverture des droits", "l'", "ouverture des droits", FEMININE_SINGULAR),
        ("un avenant", "un", "avenant", MASCULINE_SINGULAR),
        ("Caisse X", "", "Caisse X", FEMININE_SINGULAR),
        ("le haut-commissariat", "le", "haut-commissariat", MASCULINE_SINGULAR),
    ],
)
def test_an_article_is_split_and_gives_the_gender(text: str, determiner: str, noun: str, agreement: Agreement) -> None:
    phrase = parse_noun_phrase(text)
    assert (phrase.determiner, phrase.noun, phrase.agreement) == (determiner, noun, agreement)


@pytest.mark.parametrize("text", ["ERILIA", "l'ADAPEI", "les Xylos", "l'Aurore", ""])
def test_an_undecidable_gender_is_asked_for(text: str) -> None:
    with pytest.raises(GenderUnknown) as caught:
        parse_noun_phrase(text)
    assert caught.value.remedy


def test_a_given_gender_and_number_stand() -> None:
    assert parse_noun_phrase("ERILIA", feminine=True).agreement == FEMININE_SINGULAR
    assert parse_noun_phrase("Alpes-Maritimes", feminine=True, plural=True).agreement == FEMININE_PLURAL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ERILIA", True),
        ("association", True),
        ("hôpital", True),
        ("établissement", True),
        ("œuvre", True),
        ("Yvetot", True),
        ("un mois", True),
        ("HABITAT 06", True),
        ("« Aurore »", True),
        ("SNCF", False),
        ("HLM", False),
        ("halle", False),
        ("handicap", False),
        ("hausse", False),
        ("onze", False),
        ("oui", False),
        ("yaourt", False),
        ("huit", False),
        ("So'EAU", False),
        ("11 jours", False),
        ("", False),
    ],
)
def test_what_begins_with_a_vowel_sound(text: str, expected: bool) -> None:
    assert elides(text) is expected


@pytest.mark.parametrize(
    ("word", "following", "joined"),
    [
        ("de", "ERILIA", "d'ERILIA"),
        ("de", "Nice", "de Nice"),
        ("auprès de", "ERILIA", "auprès d'ERILIA"),
        ("lorsque", "une partie", "lorsqu'une partie"),
        ("si", "il", "s'il"),
        ("si", "elle", "si elle"),
        ("à", "ERILIA", "à ERILIA"),
    ],
)
def test_elision(word: str, following: str, joined: str) -> None:
    assert elide(word, following) == joined


@pytest.mark.parametrize(
    ("preposition", "text", "joined"),
    [
        ("de", "le préfet", "du préfet"),
        ("de", "les prescripteurs", "des prescripteurs"),
        ("à", "le préfet", "au préfet"),
        ("à", "les prescripteurs", "aux prescripteurs"),
        ("de", "l'association X", "de l'association X"),
        ("à", "l'État", "à l'État"),
        ("de", "une convention", "d'une convention"),
        ("auprès de", "les prescripteurs", "auprès des prescripteurs"),
        ("jusqu'à", "le préfet", "jusqu'au préfet"),
        ("de", "des conventions", "de conventions"),
        ("par", "le préfet", "par le préfet"),
    ],
)
def test_contraction(preposition: str, text: str, joined: str) -> None:
    assert contract(preposition, parse_noun_phrase(text)) == joined


def test_a_phrase_knows_its_vowel_better_than_its_letters() -> None:
    assert contract("de", NounPhrase("", "UHA", MASCULINE_SINGULAR, elides=False)) == "de UHA"
    assert contract("de", NounPhrase("", "HLM Azur", MASCULINE_SINGULAR, elides=True)) == "d'HLM Azur"
    assert str(parse_noun_phrase("le Hibiscus")) == "le Hibiscus"


def test_an_article_follows_the_vowel() -> None:
    assert str(NounPhrase("la", "association", FEMININE_SINGULAR)) == "l'association"
    assert str(NounPhrase("l'", "convention", FEMININE_SINGULAR)) == "la convention"


def test_the_determiner_may_change() -> None:
    agreement = parse_noun_phrase("l'avenant")
    assert str(agreement.indefinite) == "un avenant"
    assert str(agreement.bare) == "avenant"
    assert str(agreement.bare.definite) == "l'avenant"
    assert str(agreement.with_determiner("notre")) == "notre avenant"
    assert str(demonstrative(agreement)) == "cet avenant"
    assert str(present(agreement)) == "le présent avenant"
    assert contract("de", present(agreement)) == "du présent avenant"
    annexes = parse_noun_phrase("les annexes")
    assert [str(demonstrative(annexes)), str(present(annexes))] == ["ces annexes", "les présentes annexes"]
    assert str(present(parse_noun_phrase("l'annexe 3"))) == "la présente annexe 3"
    assert str(demonstrative(parse_noun_phrase("le contrat"))) == "ce contrat"


def test_possessives_follow_owner_and_thing() -> None:
    things = [parse_noun_phrase(text) for text in ("l'annexe", "la convention", "le siège", "les annexes")]
    assert [str(possessive(False, thing)) for thing in things] == [
        "son annexe",
        "sa convention",
        "son siège",
        "ses annexes",
    ]
    assert [str(possessive(True, thing)).split()[0] for thing in things] == ["leur", "leur", "leur", "leurs"]


def test_lists_and_capitals() -> None:
    assert [join_list([]), join_list(["A"]), join_list(["A", "B"])] == ["", "A", "A et B"]
    assert join_list(["A", "B", "C"], "ou") == "A, B ou C"
    assert [capitalise(text) for text in ("état", "l'association", "« élus »", "1er juin", "")] == [
        "État",
        "L'association",
        "« Élus »",
        "1er juin",
        "",
    ]


PREFET = parse_noun_phrase("le préfet")
TIERS = parse_noun_phrase("les tiers")
ERILIA = parse_noun_phrase("ERILIA", feminine=True)
ASSOCIATION = parse_noun_phrase("l'association")


@pytest.mark.parametrize(
    ("before", "phrase", "text"),
    [
        ("au profit de ", PREFET, "au profit du préfet"),
        ("au profit d'", PREFET, "au profit du préfet"),
        ("au profit d’", TIERS, "au profit des tiers"),
        ("De ", PREFET, "Du préfet"),
        ("DE ", TIERS, "DES tiers"),
        ("À ", TIERS, "Aux tiers"),
        ("jusqu'à ", TIERS, "jusqu'aux tiers"),
        ("vis-à-vis de ", ERILIA, "vis-à-vis d'ERILIA"),
        ("à compter de ", ASSOCIATION, "à compter de l'association"),
        ("que ", ERILIA, "qu'ERILIA"),
        ("parce que ", PREFET, "parce que le préfet"),
        ("lorsqu'", PREFET, "lorsque le préfet"),
        ("Puisque ", ERILIA, "Puisqu'ERILIA"),
        ("(de ", ERILIA, "(d'ERILIA"),
        ("si ", NounPhrase("", "ils", MASCULINE_PLURAL), "s'ils"),
        ("si ", NounPhrase("", "elles", FEMININE_PLURAL), "si elles"),
        ("l'aide de ", parse_noun_phrase("des associations"), "l'aide d'associations"),
        ("une demande ", PREFET, "une demande le préfet"),
        ("une aide ", PREFET, "une aide le préfet"),
        ("dans l'attente ", PREFET, "dans l'attente le préfet"),
        ("code", PREFET, "codele préfet"),
        ("", ERILIA, "ERILIA"),
        ("aujourd'", PREFET, "aujourd'le préfet"),
    ],
)
def test_joints(before: str, phrase: NounPhrase, text: str) -> None:
    assert "".join(joint(before, phrase, sentence_start=False)) == text


def test_a_joint_capitalises_the_head_of_a_sentence() -> None:
    assert joint("", ASSOCIATION, sentence_start=True) == ("", "L'association")
    assert joint("Fini. ", PREFET, sentence_start=True) == ("Fini. ", "Le préfet")
    assert joint("De ", PREFET, sentence_start=True) == ("Du ", "préfet")


@pytest.mark.parametrize(
    ("before", "text", "joined"),
    [
        ("d'une durée de ", "un mois", "d'une durée d'un mois"),
        ("d'une durée d'", "trois mois", "d'une durée de trois mois"),
        ("à partir de ", "onze heures", "à partir de onze heures"),
        ("à partir de ", "huit heures", "à partir de huit heures"),
        ("à compter de ", "1er juin", "à compter de 1er juin"),
        ("dans ", "un mois", "dans un mois"),
    ],
)
def test_joints_of_plain_values(before: str, text: str, joined: str) -> None:
    assert "".join(joint_plain(before, text)) == joined
