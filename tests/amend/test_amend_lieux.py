"""The name of a place in French, counted as the circular of 20 October 2000 counts."""

from __future__ import annotations

import pytest
from amend_acts import act, article, items, line, par, table

from convgen.acte.nodes import Annexe
from convgen.amend.texte.lieux import (
    Index,
    designate_lines,
    designate_part,
    designate_rows,
    designate_words,
    index_of,
    line_gap,
    part_gap,
    rank_word,
)
from convgen.amend.texte.normaliser import normal


@pytest.fixture(scope="module")
def index() -> Index:
    sub = article("prix.montant", "Montant", par("Un."), par("Deux."), level=2)
    prix = article("prix", "Prix", par("A."), items("b ;", "c."), table(("X",), ("y",)), par("D."), sub)
    annexes = (
        Annexe("un", line("Un"), (par("Texte."), article("un.p", "Point", par("P.")))),
        Annexe("deux", line("Deux"), (par("Texte."),)),
    )
    made = act(
        article("objet", "Objet", par("Seul.")),
        prix,
        annexes=annexes,
        intitule=par("T"),
        comparution=par("P"),
        signatures=par("S"),
    )
    return index_of(normal(made))


@pytest.mark.parametrize(
    ("path", "le", "du", "au"),
    [
        (("objet",), "l'article 1", "de l'article 1", "à l'article 1"),
        (("prix", "prix.montant"), "l'article 2.1", "de l'article 2.1", "à l'article 2.1"),
        (("un",), "l'annexe 1", "de l'annexe 1", "à l'annexe 1"),
        (("un", "un.p"), "le point 1 de l'annexe 1", "du point 1 de l'annexe 1", "au point 1 de l'annexe 1"),
        (("zone:titre",), "le titre de la convention", "du titre de la convention", "dans le titre de la convention"),
        (
            ("zone:parties",),
            "la désignation des parties",
            "de la désignation des parties",
            "dans la désignation des parties",
        ),
        (("zone:signatures",), "le bloc de signature", "du bloc de signature", "dans le bloc de signature"),
        ((), "la convention", "de la convention", "dans la convention"),
    ],
)
def test_parts(index: Index, path: tuple[str, ...], le: str, du: str, au: str) -> None:
    found = designate_part(index, path)
    assert (found.le, found.du, found.au) == (le, du, au)


@pytest.mark.parametrize(
    ("start", "end", "le"),
    [
        (0, 1, "le premier alinéa de l'article 2"),
        (1, 2, "le deuxième alinéa de l'article 2"),
        (3, 4, "le tableau de l'article 2"),
        (4, 5, "le dernier alinéa de l'article 2"),
        (0, 2, "les premier et deuxième alinéas de l'article 2"),
        (1, 5, "les deuxième à dernier alinéas de l'article 2"),
    ],
)
def test_alineas_are_counted_a_table_being_one(index: Index, start: int, end: int, le: str) -> None:
    assert designate_lines(index, ("prix",), start, end).le == le


def test_words_of_an_only_alinea_are_those_of_the_article(index: Index) -> None:
    assert designate_words(index, ("objet",), 0).capital == "À l'article 1"
    assert designate_words(index, ("prix", "prix.montant"), 1).au == "au second alinéa de l'article 2.1"
    assert designate_words(index, ("un",), 0).au == "à l'unique alinéa de l'annexe 1", "it has a sub-division"
    assert designate_words(index, ("objet",), None).le == "l'intitulé de l'article 1"


def test_gaps(index: Index) -> None:
    assert line_gap(index, ("prix",), 0) == "au début de l'article 2"
    assert line_gap(index, ("prix",), 2) == "après le deuxième alinéa de l'article 2"
    assert line_gap(index, ("prix",), 5) == "après le dernier alinéa de l'article 2", "sub-articles come after it"
    assert line_gap(index, ("objet",), 1) == "à la fin de l'article 1"
    assert part_gap(index, (), "objet") == "après l'article 1"
    assert part_gap(index, ("prix",), "") == "avant l'article 2.1"


def test_a_row_is_named_by_its_rank_and_its_first_cell(index: Index) -> None:
    assert designate_rows(index, ("prix",), 3, 1, 2).le == "la seconde ligne (« y ») du tableau de l'article 2"


@pytest.mark.parametrize(
    ("rank", "count", "feminine", "word"),
    [
        (0, 1, False, "unique"),
        (0, 2, False, "premier"),
        (1, 2, False, "second"),
        (1, 2, True, "seconde"),
        (1, 3, False, "deuxième"),
        (2, 3, False, "dernier"),
        (2, 3, True, "dernière"),
        (0, 3, True, "première"),
        (20, 80, False, "vingt et unième"),
        (70, 99, False, "soixante et onzième"),
    ],
)
def test_ranks_in_words(rank: int, count: int, feminine: bool, word: str) -> None:
    assert rank_word(rank, count, feminine) == word
