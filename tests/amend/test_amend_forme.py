"""Tokens, atoms, and lines sewn together again."""

from __future__ import annotations

import pytest
from amend_acts import euros, line
from hypothesis import given
from hypothesis import strategies as st

from convgen.acte.nodes import FillIn, LineBreak, Note, Strong, Text
from convgen.amend.numeros.numeros import follow
from convgen.amend.texte.aligner import align, dice, rising
from convgen.amend.texte.arbre import alinea
from convgen.amend.texte.atomes import atoms
from convgen.amend.texte.couture import Stitch, stitched
from convgen.amend.texte.forme import balanced, join, occurrences, tokens_of
from convgen.amend.texte.inlines import cut, lines_of, text_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("l'article 4.1", "l'|article|4.1"),
        ("aujourd’hui, 12,5 %", "aujourd'|hui|,|12,5|%"),
        ("01/06/2024 ; 1er", "01/06/2024|;|1er"),
        ("peut-être…", "peut-être|..."),
        ("« Été » – N° 3", "«|Eté|»|-|N|°|3"),
        ("co\u00adopérer", "coopérer"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert "|".join(tokens_of(text)) == tokens


_fragments = st.lists(
    st.sampled_from(
        ["l'", "d’", "12", "12,5", "1er", ",", ".", "...", "(", ")", "«", "»", "°", "€", "État", "a-b", "%"]
    ),
    max_size=12,
)


@given(_fragments)
def test_joined_tokens_are_read_back(fragments: list[str]) -> None:
    tokens = tuple(token for one in fragments for token in tokens_of(one))
    assert tokens_of(join(tokens)) == tokens


def test_join_puts_french_spaces() -> None:
    assert join(tokens_of("l'article 4 (a), dit « b » ; 12 %.")) == "l'article 4 (a), dit « b » ; 12 %."


def test_balanced_guillemets() -> None:
    assert balanced(tokens_of("« a « b » »")) and not balanced(tokens_of("a » « b"))


def test_occurrences_are_those_of_tokens() -> None:
    assert occurrences(("500", "€"), tokens_of("1500 € puis 500 €")) == [3]


@given(_fragments, st.data())
def test_sewing_gives_the_expected_tokens(fragments: list[str], data: st.DataObject) -> None:
    base = alinea(line(" ".join(fragments) or "x"))
    size = len(base.tokens)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    new = data.draw(_fragments)
    stitch = Stitch(start, end, (Text(" ".join(new)),) if new else ())
    wanted = (*base.tokens[:start], *tokens_of(" ".join(new)), *base.tokens[end:])
    assert stitched(base, [stitch]).tokens == wanted


@pytest.mark.parametrize(
    ("start", "end", "new", "printed"),
    [
        (1, 2, "chat", "Le chat noir, ici."),
        (2, 3, "", "Le chien, ici."),
        (2, 2, "bien", "Le chien bien noir, ici."),
        (5, 5, "et là", "Le chien noir, ici et là."),
        (0, 0, "Oui :", "Oui : Le chien noir, ici."),
    ],
)
def test_sewing_keeps_french_spaces(start: int, end: int, new: str, printed: str) -> None:
    base = alinea(line("Le chien noir, ici."))
    assert stitched(base, [Stitch(start, end, (Text(new),) if new else ())]).text == printed


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("soit 1 500 € payés", "1 500 €"),
        ("le 1er juin 2024 au soir", "1er juin 2024"),
        ("voir article 4.1 ici", "article 4.1"),
        ("à 12,5 % près", "12,5 %"),
    ],
)
def test_atoms_are_whole(text: str, whole: str) -> None:
    made = alinea(line(text))
    assert whole in [made.text[made.spans[a][0] : made.spans[b - 1][1]] for a, b in atoms(made)]


def test_a_pattern_that_starts_inside_a_token_is_no_atom() -> None:
    made = alinea(line("01/06/2024 500 € dus"))
    assert atoms(made)[0] == (0, 1)


def test_a_value_is_an_atom_with_the_tokens_that_it_touches() -> None:
    made = alinea(line("reçoit ", euros("x", 1500), " net"))
    assert (1, 4) in atoms(made)


def test_lines_are_cut_at_breaks_and_lose_their_notes() -> None:
    found = lines_of((Text("a"), Strong((Text("b"), LineBreak(), Text("c"))), Note((Text("n"),)), FillIn("k", 9)))
    assert [text_of(one) for one in found] == ["ab", "c____"]
    assert text_of(cut(found[1], 0, 1)) == "c"


def test_rising_and_dice() -> None:
    assert rising([3, 1, 2, 0, 4]) == [1, 2, 4]
    assert dice({"a": 2}, {"a": 1, "b": 1}) == 0.5
    assert align("abcd", "xbcy", lambda i, j: 0.0) == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("number", "old", "new", "after"),
    [("4.1", "4", "5", "5.1"), ("1.2", "1er", "2", "2.2"), ("12.1", "1er", "2", "12.1"), ("1", "I", "II", "1")],
)
def test_numbers_that_follow(number: str, old: str, new: str, after: str) -> None:
    assert follow(number, old, new) == after
