"""Pieces of the wording: natures, endings, announcements, places, neighbours, what moves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from amend_acts import act, article, euros, items, line, par, table
from exemple_velo import pack

from convgen.acte.nodes import Acte, Exact, Inlines, Paragraph, Reference, Role, Text, Value
from convgen.amend.changements.changements import Cause, CauseKind, Delta, Move
from convgen.amend.changements.differer import diff
from convgen.amend.rediger import Options, RedactionError, Wording, word
from convgen.amend.rediger.annonces import Shown, announced, noun_of
from convgen.amend.rediger.citer import Piece, nature, printed_inlines, quoted_blocks, two_quotations
from convgen.amend.rediger.designer import Names
from convgen.amend.texte.imprime import printed_articles
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import index_of
from convgen.amend.texte.normaliser import normal
from convgen.french.grammar import contract
from convgen.french.typography import plain


def value(kind: str, text: str, exact: Exact = "") -> Value:
    return Value(kind, "donnee", exact, text)


# --- natures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (line("48 000 €"), "somme"),
        (line("1\u202f500,50\u00a0euros"), "somme"),
        (line("18,8 %"), "taux"),
        (line("31 janvier 2026"), "date"),
        (line("1er mars"), "date"),
        (line("01/06/2024"), "date"),
        (line("12 mois"), "durée"),
        (line("12"), "nombre"),
        (line("article 5"), "référence"),
        (line("annexe 2"), "référence"),
        (line("bilan"), "mot"),
        (line("peut-être"), "mot"),
        (line("l'action"), "mots"),
        (line("un salarié"), "mots"),
        (line("48 000 € par an"), "mots"),
        (line(value("montant", "48 000 €")), "somme"),
        (line(value("montant", "mille euros")), "mots"),
        (line(value("date", "31 janvier 2026")), "date"),
        (line(value("pourcentage", "5 %")), "taux"),
        (line("les ", value("nombre", "12"), " mois"), "mots"),
    ],
)
def test_what_quoted_words_are(words: Inlines, expected: str) -> None:
    assert nature(words) == expected


def test_two_natures_that_differ_are_words() -> None:
    old, new = two_quotations(line("48 000 €"), line("néant"))
    assert (str(old.nature), str(new.nature)) == ("les mots", "le mot")
    old, new = two_quotations(line("48 000 €"), line("52 000 €"))
    assert (str(old.nature), str(new.nature)) == ("la somme", "la somme")


def test_a_reference_quoted_points_nowhere() -> None:
    found = printed_inlines((Text("voir "), Reference("x", before="l'", noun="article ", number="5")))
    assert found == (Text("voir l'article 5"),)


# --- guillemets and punctuation -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quoted", "end", "printed"),
    [
        ("ces sommes sont prévues.", ".", "« ces sommes sont prévues. »"),
        ("ces sommes sont prévues.", ";", "« ces sommes sont prévues. » ;"),
        ("un accueil ;", ".", "« un accueil ; »."),
        ("un accueil ;", ";", "« un accueil ; » ;"),
        ("un accueil", ".", "« un accueil »."),
        ("dit « ouvert »", ".", "« dit « ouvert » »."),
    ],
)
def test_the_four_endings(quoted: str, end: str, printed: str) -> None:
    (block,) = quoted_blocks([Piece(line(quoted))], end)
    assert isinstance(block, Paragraph)
    assert plain(text_of(block.inlines)) == printed


def test_each_line_opens_and_only_the_last_one_closes() -> None:
    blocks = quoted_blocks([Piece(line("Article 3-1"), heading=True), Piece(line("Un.")), Piece(line("Deux."))], ".")
    assert [block.role for block in blocks if isinstance(block, Paragraph)] == [
        Role.QUOTE_HEADING,
        Role.QUOTE,
        Role.QUOTE,
    ]
    texts = [plain(text_of(block.inlines)) for block in blocks if isinstance(block, Paragraph)]
    assert texts == ["« Article 3-1", "« Un.", "« Deux. »"]


# --- announcements ------------------------------------------------------------------------------------------


def said(data: str, label: str, old: Exact | None, new: Exact | None, before: str, after: str) -> str:
    cause = Cause("c1", CauseKind.DATA, "x", label, data, old, new, before, after)
    return plain(text_of(announced(pack("legistique"), Shown(cause, before, after))))


@pytest.mark.parametrize(
    ("data", "label", "old", "new", "before", "after", "expected"),
    [
        (
            "montant", "Montant de la subvention", Decimal(300000), Decimal(325000), "300 000 €", "325 000 €",
            "Le montant de la subvention est porté de 300 000 € à 325 000 €, "
            "soit une augmentation de 25 000 € (+ 8,33 %)",
        ),
        (
            "montant", "avances", Decimal(200), Decimal(150), "200 €", "150 €",
            "La donnée « avances » est ramenée de 200 € à 150 €, soit une diminution de 50 € (– 25 %)",
        ),
        ("montant", "la subvention", Decimal(0), Decimal(5), "0 €", "5 €", "La subvention est portée de 0 € à 5 €"),
        (
            "pourcentage", "Taux de l'aide", Decimal(50), Decimal("51.5"), "50 %", "51,5 %",
            "Le taux de l'aide est porté de 50 % à 51,5 %, soit une augmentation de 1,5 point",
        ),
        (
            "pourcentage", "Part de l'État", Decimal(50), Decimal(40), "50 %", "40 %",
            "La part de l'État est ramenée de 50 % à 40 %, soit une diminution de 10 points",
        ),
        (
            "date", "Date de remise", "2026-01-31", "2026-02-28", "31 janvier 2026", "28 février 2026",
            "La date de remise est reportée du 31 janvier 2026 au 28 février 2026",
        ),
        (
            "date", "Date de remise", "2026-01-31", "2025-12-01", "31 janvier 2026", "1er décembre 2025",
            "La date de remise est avancée du 31 janvier 2026 au 1er décembre 2025",
        ),
        ("durée", "Durée", "11 mois", "1 an", "onze mois", "un an", "La durée est portée de onze mois à un an"),
        ("durée", "Durée", "3 ans", "30 mois", "3 ans", "30 mois", "La durée est ramenée de 3 ans à 30 mois"),
        ("nombre", "Nombre de places", Decimal(8), Decimal(9), "8", "9", "Le nombre de places est porté de 8 à 9"),
        ("texte", "Adresse du site", None, None, "ici", "là", "L'adresse du site est modifiée"),
    ],
)  # fmt: skip
def test_what_a_datum_becomes(
    data: str, label: str, old: Exact | None, new: Exact | None, before: str, after: str, expected: str
) -> None:
    assert said(data, label, old, new, before, after) == expected


def test_an_announcement_that_no_change_carries_out_is_refused() -> None:
    cause = Cause("c1", CauseKind.DATA, "x", "Montant", "montant", Decimal(1), Decimal(2), "1 €", "2 €")
    with pytest.raises(RedactionError, match="aucune modification ne le dit"):
        announced(pack("legistique"), Shown(cause, "1 €", "2 €", proved=False))


@pytest.mark.parametrize(
    ("label", "du"),
    [
        ("Montant de la subvention", "du montant de la subvention"),
        ("la durée", "de la durée"),
        ("Avance", "de l'avance"),
        ("ETP financés", "de la donnée « ETP financés »"),
    ],
)
def test_a_label_is_a_noun_phrase(label: str, du: str) -> None:
    assert contract("de", noun_of(label)) == du


# --- places -------------------------------------------------------------------------------------------------


def _names() -> Names:
    first = article("prix", "Prix", par("A."), table(("X",), ("y",)), par("B."), article("s", "", par("C."), level=2))
    rows = table(("X", "Y"), ("« cité »", "1"), ("", "2"), ("long " * 20, "3"))
    return Names(index_of(normal(act(first, article("liste", "Liste", rows), signatures=par("S")))))


def test_a_group_says_its_place_once() -> None:
    names = _names()
    inside = names.inside(("prix",))
    assert names.lines(("prix",), 0, 1).au == "au premier alinéa de l'article 1"
    assert inside.lines(("prix",), 0, 1).au == "au premier alinéa"
    assert inside.table(("prix",), 1).du == "du tableau"
    assert inside.part(("prix",)).le == "il"
    assert inside.part(("prix",)).field("du_v") == ""
    assert inside.words(("prix", "s"), 0).au == "à l'article 1.1"


def test_a_row_is_checked_by_its_first_cell_when_it_can_be() -> None:
    names = _names()
    found = [names.rows(("liste",), 0, row, row + 1).le for row in range(4)]
    assert found == [
        "la première ligne (« X ») du tableau de l'article 2",
        "la deuxième ligne du tableau de l'article 2",
        "la troisième ligne du tableau de l'article 2",
        "la dernière ligne du tableau de l'article 2",
    ]


def test_what_arrives_is_counted() -> None:
    names = _names()
    parts = [replace(names.index.parts[("prix",)], id=f"n{rank}", number=f"3-{rank}") for rank in (1, 2, 3)]
    assert names.new((), parts[:1]).un == "un article 3-1"
    assert names.new((), parts[:2]).un == "deux articles 3-1 et 3-2"
    assert names.new((), parts).de == "de trois articles 3-1 à 3-3"
    assert names.new((), [replace(parts[0], kind="annexe", noun="annexe", number="3")]).un == "une annexe 3"


# --- whole avenants -----------------------------------------------------------------------------------------


def worded(old: Acte, new: Acte, manner: str = "legistique", options: Options | None = None) -> Wording:
    a, b = normal(old), normal(new)
    return word(diff(a, b), a, b, pack(manner), options or Options())


def sentences(found: Wording) -> list[str]:
    return [plain(one.text) for one in printed_articles(found.articles) if one.style != "article"]


def test_a_number_given_again_is_told_from_the_current_one() -> None:
    arts = [article(name, name.upper(), par(f"Texte {name}.")) for name in ("a", "b", "c", "d")]
    found = sentences(worded(act(*arts), act(arts[0], *arts[2:])))
    assert found[0] == "L'article 2 est abrogé."
    assert found[1] == "L'actuel article 3 devient l'article 2."


def test_only_three_neighbours_make_a_range() -> None:
    arts = [article(name, name.upper(), par(f"Texte {name}.")) for name in ("a", "b", "c", "d", "e")]
    found = sentences(worded(act(*arts), act(arts[0], *arts[2:])))
    assert found[-1] == "Les actuels articles 3 à 5 deviennent respectivement les articles 2 à 4."


def test_what_moves_is_placed_after_what_stays() -> None:
    chapters = [article("i", "Un", article("a", "A", par("Aa.")), level=0), article("ii", "Deux", level=0)]
    there = [article("i", "Un", level=0), article("ii", "Deux", article("a", "A", par("Aa.")), level=0)]
    a, b = normal(act(*chapters)), normal(act(*there))
    delta = diff(a, b)
    assert any(isinstance(one, Move) for one in delta.changes)
    found = sentences(word(delta, a, b, pack("legistique")))
    assert found == ["L'article 1 est placé à la fin du titre II."]


def test_nothing_changes_nothing_is_written() -> None:
    old = act(article("a", "A", par("Texte.")))
    assert worded(old, old) == Wording((), ())


def test_several_groups_of_one_datum() -> None:
    def version(amount: int, letters: str) -> Acte:
        typed = value("montant", letters, Decimal(amount))
        typed = replace(typed, key="somme")
        return act(
            article("a", "A", par("La somme est de ", euros("somme", amount), ".")),
            article("b", "B", par("Elle est de ", typed, ", soit ", euros("somme", amount), " en tout.")),
        )

    old, new = version(500, "cinq cents euros"), version(600, "six cents euros")
    a, b = normal(old), normal(new)
    delta = diff(a, b)
    ids = tuple(one.id for one in delta.changes)
    values = Decimal(500), Decimal(600), "500 €", "600 €"
    cause = Cause("c1", CauseKind.DATA, "somme", "Somme due", "montant", *values, ids)
    found = sentences(word(Delta(delta.base, delta.new, delta.changes, (cause,)), a, b, pack("legistique")))
    assert found[0] == "La somme due est portée de 500 € à 600 €, soit une augmentation de 100 € (+ 20 %)."
    assert found[1] == "En conséquence :"
    assert [one[:3] for one in found[2:]] == ["1° ", "2° "]
    assert found[-1].endswith(".")


def test_a_quoted_item_has_its_mark() -> None:
    old = act(article("a", "A", par("La liste est :"), items("un terrain ;", "un puits.")))
    new = act(article("a", "A", par("La liste est :"), items("un terrain ;", "un puits ;", "une serre chauffée.")))
    assert sentences(worded(old, new)) == [
        "L'article 1 est complété par un alinéa ainsi rédigé :",
        "« - une serre chauffée. »",
    ]
