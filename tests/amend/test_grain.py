"""What is rewritten: words, alinéas or whole divisions, everywhere or where one says so; what cannot be said finer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from amend_acts import act, article, par, table, two_versions
from hypothesis import HealthCheck, given, settings

from convgen.acte.nodes import Acte, Annexe, Block, Row, Table
from convgen.acte.nodes import Cell as TreeCell
from convgen.amend.changements.appliquer import apply
from convgen.amend.changements.changements import Alineas, Change, Heading, ReplaceDivision, ReplaceFile, Rows, Words
from convgen.amend.changements.differer import LARGEST_ORDINAL, Grain, diff
from convgen.amend.texte.arbre import Path, same
from convgen.amend.texte.normaliser import normal

LONG = "La structure accueille chaque semaine les personnes que le service lui adresse et les accompagne un an."


def changes(old: Acte, new: Acte, grain: Grain | None = None, **coarser: Grain) -> tuple[Change, ...]:
    a, b = normal(old), normal(new)
    places: dict[Path, Grain] = {tuple(name.split("__")): one for name, one in coarser.items()}
    delta = diff(a, b, (), grain, places)
    assert same(apply(delta, a), b)
    return delta.changes


def kinds(found: tuple[Change, ...]) -> list[type]:
    return [type(one) for one in found]


def one(text: str, *others: Block) -> Acte:
    return act(article("a", "Objet", par(text), par("Un an ferme."), *others), article("b", "Suivi", par(LONG)))


def test_the_same_edit_at_each_grain() -> None:
    old, new = one(LONG), one(LONG.replace("semaine", "mois"))
    assert kinds(changes(old, new)) == [Words]
    assert kinds(changes(old, new, Grain.WORDS)) == [Words]
    assert kinds(changes(old, new, Grain.ALINEA)) == [Alineas]
    assert kinds(changes(old, new, Grain.ARTICLE)) == [ReplaceDivision]


def test_one_division_coarser_than_the_others() -> None:
    old = one(LONG)
    new = act(
        article("a", "Objet", par(LONG.replace("semaine", "mois")), par("Un an ferme.")),
        article("b", "Suivi", par(LONG.replace("semaine", "mois"))),
    )
    assert kinds(changes(old, new, a=Grain.ALINEA)) == [Alineas, Words]
    assert kinds(changes(old, new, b=Grain.ARTICLE)) == [Words, ReplaceDivision]
    assert kinds(changes(old, new, Grain.ARTICLE, a=Grain.WORDS)) == [Words, ReplaceDivision]


def test_words_whatever_they_cost() -> None:
    old, new = one("Il aide. Il suit. Il va."), one("Il aide. Il suit. Il dort.")
    assert kinds(changes(old, new, Grain.WORDS)) == [Words]


def nested(text: str, title: str = "Sous") -> Acte:
    inner = article("a.s", title, par(text), level=2), article("a.t", "Autre", par(LONG), level=2)
    return act(article("a", "Objet", par("Sont prévus :"), *inner))


def test_the_smallest_titled_division_is_rewritten() -> None:
    (change,) = changes(nested(LONG), nested(LONG.replace("semaine", "mois")), Grain.ARTICLE)
    assert isinstance(change, ReplaceDivision) and change.division == ("a", "a.s")
    (change,) = changes(nested(LONG, ""), nested(LONG.replace("semaine", "mois"), ""), Grain.ARTICLE)
    assert isinstance(change, ReplaceDivision) and change.division == ("a",), "without a title, with its article"
    (change,) = changes(nested(LONG), nested(LONG.replace("semaine", "mois")), a=Grain.ARTICLE)
    assert isinstance(change, ReplaceDivision) and change.division == ("a",), "what one asks to rewrite is"


def test_a_title_alone_at_the_grain_of_words() -> None:
    old, new = act(article("a", "Objet", par(LONG))), act(article("a", "But", par(LONG)))
    assert kinds(changes(old, new, Grain.ALINEA)) == [Heading]
    assert kinds(changes(old, new, Grain.ARTICLE)) == [ReplaceDivision]


@pytest.mark.parametrize("count", [LARGEST_ORDINAL, LARGEST_ORDINAL + 1])
def test_beyond_the_ordinals_the_division_is_rewritten(count: int) -> None:
    lines = [par(f"Ligne n{rank} du texte long.") for rank in range(count)]
    other = [*lines[:-1], par(f"Ligne n{count - 1} du texte très long.")]
    (change,) = changes(act(article("a", "Objet", *lines)), act(article("a", "Objet", *other)))
    assert isinstance(change, Words if count == LARGEST_ORDINAL else ReplaceDivision)


def merged(amount: str) -> Table:
    made = table(("Objet", "Montant"), ("Loyer", amount), ("Fluides", "20 €"))
    first = made.rows[0]
    cells = (replace(first.cells[0], rowspan=2), first.cells[1])
    return replace(made, rows=(Row(cells), Row(made.rows[1].cells[1:])))


def test_a_table_of_merged_rows_or_of_long_cells_is_replaced_whole() -> None:
    def long(amount: str) -> Table:
        made = table(("Objet", "Montant"), ("Loyer", amount), ("Fluides", "20 €"))
        cell = TreeCell((par("Eau"), par("Gaz")))
        return replace(made, rows=(made.rows[0], Row((cell, made.rows[1].cells[1]))))

    def plain(amount: str) -> Table:
        return table(("Objet", "Montant"), ("Loyer", amount), ("Fluides", "20 €"))

    for make, kind in ((merged, Alineas), (long, Alineas)):
        old, new = one(LONG, make("10 €")), one(LONG, make("15 €"))
        assert kinds(changes(old, new)) == [kind]
    (change,) = changes(one(LONG, plain("10 €")), one(LONG, plain("15 €")))
    assert not isinstance(change, Alineas)


def test_another_heading_row_or_column_replaces_the_table() -> None:
    old = one(LONG, table(("Objet", "Montant"), ("Loyer", "10 €"), ("Fluides", "20 €")))
    heading = one(LONG, table(("Objet", "Coût"), ("Loyer", "10 €"), ("Fluides", "20 €")))
    column = one(LONG, table(("Objet", "Montant", "Part"), ("Loyer", "10 €", "1"), ("Fluides", "20 €", "2")))
    assert kinds(changes(old, heading)) == kinds(changes(old, column)) == [Alineas]
    row = one(LONG, table(("Objet", "Montant"), ("Loyer", "10 €"), ("Eau", "5 €"), ("Fluides", "20 €")))
    assert kinds(changes(old, row)) == [Rows]


def test_an_annexe_that_is_a_file_changes_as_a_whole() -> None:
    def joined(file: str, *blocks: Block) -> Acte:
        return act(article("a", "Objet", par(LONG)), annexes=(Annexe("p", (), blocks, file=file),))

    assert kinds(changes(joined("plan-1.docx"), joined("plan-2.docx"))) == [ReplaceFile]
    assert kinds(changes(joined("", par(LONG)), joined("plan-2.docx"))) == [ReplaceDivision]


@pytest.mark.parametrize("grain", list(Grain))
@given(versions=two_versions())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_l1_holds_at_every_grain(grain: Grain, versions: tuple[Acte, Acte]) -> None:
    a, b = map(normal, versions)
    delta = diff(a, b, (), grain)
    assert same(apply(delta, a), b)
    if grain is not Grain.WORDS:
        assert not any(isinstance(change, Words | Rows) for change in delta.changes)
