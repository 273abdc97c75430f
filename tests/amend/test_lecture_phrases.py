"""What a reader of avenants refuses, and how it reads the end of a quotation, announcements, texts given again."""

from __future__ import annotations

import pytest
from lecteur_legistique import Refus, read_by_hand
from lecture_outils import pack

from convgen.amend.lire.base import number_key, parse_heading
from convgen.amend.lire.lieux import Unread, rank_of, ranks_of
from convgen.amend.lire.lire import LectureError, read, same_lines
from convgen.amend.recueils.patrons import ambiguities, mask, patterns, read_by
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.imprime import PrintedLine
from convgen.amend.texte.inlines import text_of

BASE = (
    PrintedLine("zone", "titre de la convention"),
    PrintedLine("alinea", "Convention relative au jardin"),
    PrintedLine("zone", "désignation des parties"),
    PrintedLine("alinea", "La ville,"),
    PrintedLine("alinea", "L'association."),
    PrintedLine("article", "Article 1er – Objet", 1),
    PrintedLine("alinea", "Le jardin est ouvert le lundi, le mardi et le lundi suivant."),
    PrintedLine("article", "Article 2 – Moyens", 1),
    PrintedLine("alinea", "La ville donne :"),
    PrintedLine("item", "- un accueil ;", 1, ("-",)),
    PrintedLine("item", "- un atelier.", 1, ("-",)),
    PrintedLine("sous-article", "2.1. Sommes", 2),
    PrintedLine("alinea", "La subvention est de 48 000 €."),
    PrintedLine("ligne-titre", "Objet · Somme", cells=("Objet", "Somme")),
    PrintedLine("ligne", "Acompte · 30 000 €", cells=("Acompte", "30 000 €")),
    PrintedLine("ligne", "Solde · ", cells=("Solde", "")),
    PrintedLine("sous-article", "2.2. Durée", 2),
    PrintedLine("alinea", "La durée est d'un an."),
    PrintedLine("article", "Article 3 – Suites", 1),
    PrintedLine("alinea", "Un bilan est remis."),
)


def avenant(*sentences: str | PrintedLine) -> list[PrintedLine]:
    """One article of an avenant: sentences, and what they quote."""
    lines = [PrintedLine("alinea", one) if isinstance(one, str) else one for one in sentences]
    return [PrintedLine("article", "Article 1er – Modifications", 1), *lines]


def quote(text: str) -> PrintedLine:
    """A quoted line."""
    return PrintedLine("citation", text)


def item(text: str) -> PrintedLine:
    """A sentence in a group."""
    return PrintedLine("item", text, 1, ("1°",))


def texts(lines: tuple[PrintedLine, ...]) -> list[str]:
    """The words of the lines."""
    return [" ".join(tokens_of(line.text)) for line in lines]


@pytest.mark.parametrize(
    ("sentences", "why"),
    [
        (("Le second alinéa de l'article 2 est supprimé.",), "second"),
        (("L'unique alinéa de l'article 2 est supprimé.",), "unique"),
        (("Au dernier alinéa de l'article 2.1, le mot : « ville » est supprimé.",), "dernier"),
        (("Le quatrième alinéa de l'article 2 est supprimé.",), "quatrième"),
        (("À l'article 1er, le mot : « lundi » est remplacé par le mot : « jeudi ».",), "2 fois"),
        (("À l'article 1er, le mot : « samedi » est supprimé.",), "0 fois"),
        (("À l'article 1er, la troisième occurrence du mot : « lundi » est supprimée.",), "troisième"),
        (("À l'article 1er, le mot : « mardi » est supprimé, à chaque occurrence.",), "plusieurs"),
        (("À l'article 2, le mot : « ville » est supprimé.",), "un seul alinéa"),
        (("À l'article 9, le mot : « ville » est supprimé.",), "article 9"),
        (("L'article 9 est abrogé.",), "article 9"),
        (("La troisième ligne (« Acompte ») du tableau de l'article 2.1 est supprimée.",), "à ce rang"),
        (("Le tableau de l'article 2.2 est supprimé.",), "un seul tableau"),
        (("L'article 3 est abrogé.", "L'article 3 est abrogé."), "même chose"),
        (("L'article 2 est abrogé.", "L'article 2.1 est abrogé."), "même chose"),
        (
            ("À l'article 3, le mot : « Un » est supprimé.", "À l'article 3, les mots : « Un bilan » sont supprimés."),
            "même chose",
        ),
        (("À l'article 1er, le mot : « mardi est supprimé.",), "guillemet"),
        (("Il faut supprimer l'article 3.",), "aucune formule"),
        (("Il est supprimé.",), "aucune formule|de quoi elle parle"),
        (("L'article 3 est complété par deux alinéas ainsi rédigés :", quote("« Il est lu. »")), "autre chose"),
        (("L'article 2 est complété par un alinéa ainsi rédigé :", quote("« Il est lu. »")), "subdivision"),
        (("L'article 3 est complété par un alinéa ainsi rédigé :",), "texte annoncé"),
        (("L'article 3 est complété par un alinéa ainsi rédigé :", quote("Il est lu.")), "ouvre pas"),
        (("L'article 3 est complété par un alinéa ainsi rédigé :", quote("« Il est lu.")), "ferme pas"),
        ((quote("« Il est lu. »"),), "annoncé"),
        (
            (
                "L'intitulé de l'article 3 est remplacé par l'intitulé suivant : « Fin ».",
                "L'intitulé de l'article 3 est supprimé.",
            ),
            "même chose",
        ),
        (("L'article 3 reçoit l'intitulé suivant : « Fin ».",), "déjà un intitulé"),
        (
            (
                "Après l'article 3, est inséré un article 4 ainsi rédigé :",
                PrintedLine("citation-intitule", "« Article 5 – Fin »"),
            ),
            "n'est pas celui",
        ),
        (("Les articles 3 à 1er sont abrogés.",), "suite"),
        (
            (
                "L'article 2 est ainsi modifié :",
                item("1° Le premier alinéa est supprimé ;"),
                item("2° Au deuxième alinéa, qui devient le troisième, le mot : « accueil » est supprimé."),
            ),
            "troisième",
        ),
    ],
)
def test_what_the_base_does_not_have_is_refused(sentences: tuple[str | PrintedLine, ...], why: str) -> None:
    said = avenant(*sentences)
    with pytest.raises(LectureError, match=f"(?s)AVE-12.*({why})") as refused:
        read(said, BASE, pack("legistique"))
    assert refused.value.diagnostics[0].code == "AVE-12"
    with pytest.raises(Refus):
        read_by_hand(said, BASE)


_TERM = (
    "Dans l'ensemble de la convention, le mot : « ville » est remplacé par le mot : « commune », sauf au premier "
    "alinéa de l'article 2."
)


@pytest.mark.parametrize(
    ("sentence", "index", "expected"),
    [
        (
            "À l'article 1er, la deuxième occurrence du mot : « lundi » est remplacée par le mot : « jeudi ».",
            6,
            "jeudi suivant",
        ),
        (
            "À l'article 1er, le mot : « lundi » est remplacé, à chaque occurrence, par le mot : « jeudi ».",
            6,
            "le jeudi, le mardi et le jeudi",
        ),
        ("Au début de l'article 3, est ajouté le mot : « Enfin ».", 19, "Enfin Un bilan"),
        ("L'article 3 est complété par une phrase ainsi rédigée : « Il est lu. »", 19, "remis. Il est lu."),
        (
            "À la dernière ligne (« Solde ») du tableau de l'article 2.1, dans la seconde colonne, est ajoutée la "
            "somme : « 18 000 € ».",
            15,
            "Solde · 18 000 €",
        ),
        (
            "En conséquence, à l'article 2.2, les mots : « d'un an » sont remplacés par les mots : « de deux ans ».",
            17,
            "est de deux ans",
        ),
        ("L'article 3 devient l'article 1er A et est placé avant l'article 1er.", 5, "Article 1er A – Suites"),
        ("Les articles 2 et 3 deviennent respectivement les articles 4 et 5.", 11, "4.1. Sommes"),
        (_TERM, 8, "La ville donne :"),
        (_TERM, 3, "La commune,"),
    ],
)
def test_what_a_sentence_asks_for(sentence: str, index: int, expected: str) -> None:
    for got in (read(avenant(sentence), BASE, pack("legistique")), read_by_hand(avenant(sentence), BASE)):
        assert " ".join(tokens_of(expected)) in texts(got)[index]


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        ("« La ville aide. »", "La ville aide."),
        ("« La ville aide. » ;", "La ville aide."),
        ("« un jardin ; ».", "un jardin ;"),
        ("« un jardin ; » ;", "un jardin ;"),
        ("« la « ville » ».", "la « ville »"),
        ("« une citation « ouverte ».", "une citation « ouverte"),
    ],
)
def test_the_four_ends_of_a_quoted_text(quoted: str, expected: str) -> None:
    said = avenant("L'article 3 est complété par un alinéa ainsi rédigé :", quote(quoted))
    assert texts(read(said, BASE, pack("legistique")))[-1] == " ".join(tokens_of(expected))


# --- announcements ------------------------------------------------------------------------------------------------

SAID = "Le montant de la subvention est porté de 48 000 € à 52 000 €, soit une augmentation de 4 000 € (+ 8,33 %)."
DONE = "En conséquence, à l'article 2.2, la somme : « {} » est remplacée par la somme : « {} »."


def test_an_announcement_alone_changes_nothing() -> None:
    assert read(avenant(SAID), BASE, pack("legistique")) == BASE


def test_an_announcement_says_what_is_done() -> None:
    done = "Au premier alinéa de l'article 2.1, la somme : « 48 000 € » est remplacée par la somme : « 52 000 € »."
    assert "52 000" in read(avenant(SAID, done), BASE, pack("legistique"))[12].text
    for wrong in (SAID.replace("48 000", "47 000"), SAID.replace("52 000", "53 000"), SAID.replace("4 000", "5 000")):
        with pytest.raises(LectureError):
            read(avenant(wrong, done), BASE, pack("legistique"))


# --- packs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["legistique", "pratique"])
def test_no_sentence_of_a_shipped_pack_is_read_in_two_ways(name: str) -> None:
    own = pack(name)
    assert ambiguities(own.templates, lambda key, slots: text_of(own.say(key, **slots))) == []


@pytest.mark.parametrize(
    ("key", "template"),
    [
        ("alineas.supprimer", "{{ lieu.le }} {{ lieu | accorde('est complété') }} par {{ 2 | lettres('m') }} :"),
        ("annonce.texte", "{{ donnee.Le }} {{ donnee | accorde('est abrogé') }}"),
        ("mots.supprimer", "{{ lieux.Au_v }}{{ ancien.le }} : {{ ancien | cite }} sont retirés"),
    ],
)
def test_an_edited_template_is_read_or_refused(key: str, template: str) -> None:
    own = pack("legistique")
    templates = {**own.templates, key: template}

    def render(name: str, slots: object) -> str:
        return text_of(own.say(name, **slots))  # type: ignore[arg-type]

    if key == "mots.supprimer":
        masked = mask("Au premier alinéa, les mots : « un an » sont retirés")
        assert masked is not None
        assert [name for name, _ in read_by(patterns(templates), masked.text)] == [key]
    elif key == "annonce.texte":
        assert ("division.abroger", key) in ambiguities(templates, render)
    else:
        assert (key, key) in ambiguities(templates, render)


# --- names and numbers --------------------------------------------------------------------------------------------


def test_ranks_are_those_of_the_count() -> None:
    assert [rank_of(word, 3) for word in ("premier", "deuxième", "dernier")] == [0, 1, 2]
    assert rank_of("vingt et unième", 30) == 20 and rank_of("seconde", 2) == 1
    assert ranks_of("vingt et unième et vingt-deuxième", 30) == [(20, 22)]
    assert ranks_of("premier, troisième et vingt et unième", 30) == [(0, 1), (2, 3), (20, 21)]
    assert ranks_of("deuxième à dernier", 5) == [(1, 5)]
    for word, count in (("second", 3), ("dernier", 2), ("unique", 2), ("pénultième", 4)):
        with pytest.raises(Unread):
            rank_of(word, count)


def test_frozen_numbers_have_an_order() -> None:
    order = ["1er AA", "1er A", "1er", "4", "4-1 A", "4-1", "4-1-1", "4-2", "5 A", "5 B", "5", "17", "17 bis", "18"]
    assert sorted(order, key=number_key) == order
    assert number_key("II") < number_key("II-1") < number_key("III")


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("ARTICLE 4 : Durée", "4", "Durée"),
        ("Article 1er A – Objet", "1er A", "Objet"),
        ("4.1. 2024 en bref", "4.1", "2024 en bref"),
        ("1 A.2. Public", "1 A.2", "Public"),
        ("TITRE II-1 – A la suite", "II-1", "A la suite"),
        ("ANNEXE – Budget", "", "Budget"),
        ("A propos", "", "A propos"),
        ("3.1.", "3.1", ""),
    ],
)
def test_headings_are_taken_apart(text: str, number: str, title: str) -> None:
    read_one = parse_heading(PrintedLine("article", text, 1))
    assert (read_one.number, read_one.title) == (number, title)


def test_what_does_not_count_between_two_texts() -> None:
    new = [*BASE[:10], PrintedLine("item", "– un atelier ;", 1, ("-",)), *BASE[11:]]
    assert same_lines(BASE, new) is None
    assert same_lines(BASE, [*BASE[:-1], PrintedLine("alinea", "Un bilan est lu.")]) == "Article 3 – Suites"


# --- pratique -----------------------------------------------------------------------------------------------------


def test_a_text_given_again_leaves_what_the_ellipsis_stands_for() -> None:
    said = avenant(
        "L'article 2 est modifié comme suit :",
        PrintedLine("citation-intitule", "Article 2 – Moyens de la ville"),
        quote("La ville donne un accueil."),
        quote("(...)"),
    )
    got = read(said, BASE, pack("pratique"))
    assert texts(got)[7:10] == ["Article 2 - Moyens de la ville", "La ville donne un accueil .", "2.1 . Sommes"]
    assert len(got) == len(BASE) - 2


def test_landmarks_come_before_the_text_given_again() -> None:
    said = avenant(
        "L'article 2.2 est modifié comme suit :",
        PrintedLine("citation-intitule", "Article 2 – Moyens"),
        quote("(...)"),
        PrintedLine("citation-intitule", "2.2. Durée"),
        quote("La durée est de deux ans."),
    )
    got = read(said, BASE, pack("pratique"))
    assert texts(got)[17] == "La durée est de deux ans ." and len(got) == len(BASE)
