"""Tables of many columns: smaller words, columns wide enough for their longest word, also under merged headings."""

from __future__ import annotations

from docx_acts import acte, article, p, row
from docx_tools import W, document, paragraphs, words
from lxml import etree

from convgen.acte.nodes import Cell, FillIn, Section, Table


def wide(count: int, **more: object) -> Table:
    head = row(*(f"Titre {rank}" for rank in range(count)))
    return Table((head,), (row(*("x" for _ in range(count))),), **more)  # type: ignore[arg-type]


def grid(root: etree._Element) -> list[int]:
    return [int(str(one.get(f"{W}w"))) for one in root.iter(f"{W}gridCol")]


def styles(table: Table) -> set[str]:
    found = paragraphs(document(acte(article("a", "Titre", Section((table,), "paysage")))))
    return {style for style, text in found if text in ("x", "Titre 0")}


def test_beyond_ten_columns_words_are_set_smaller() -> None:
    assert styles(wide(10)) == {"ActeTableauTitre", "ActeTableauTexte"}
    assert styles(wide(11)) == {"ActeTableauTitreSerre", "ActeTableauTexteSerre"}


def test_a_table_after_a_dense_one_is_of_the_usual_size() -> None:
    blocks = (wide(12), p("Entre."), Table((), (row("usuel", "y"),)))
    found = dict((text, style) for style, text in paragraphs(document(acte(article("a", "Titre", *blocks)))))
    assert found["usuel"] == "ActeTableauTexte"


def test_a_declared_width_never_breaks_a_word() -> None:
    table = Table((), (row("x", "anticonstitutionnellement"),), widths=(9, 1))
    left, right = grid(document(acte(article("a", "Titre", table))))
    assert right > 25 * 100
    assert left > right


def test_words_under_a_merged_heading_count_too() -> None:
    heads = (
        row(Cell((p("Action"),), rowspan=2), Cell((p("2024"),), colspan=2)),
        row("anticonstitutionnellement", "z"),
    )
    table = Table(heads, (row("a", "b", "c"),), widths=(8, 1, 1))
    _, middle, _ = grid(document(acte(article("a", "Titre", table))))
    assert middle > 25 * 100


def test_a_space_to_fill_in_is_no_wider_than_its_cell() -> None:
    spaces = (row("Suivi", Cell((p(FillIn("nom", 60)),)), Cell((p(FillIn("nom", 60)),))),)
    root = document(
        acte(article("a", "A", Table((row("Domaine", "Département", "Adhérent"),), spaces), p(FillIn("x", 60))))
    )
    narrow, _, wide_ = [one.count("…") for one in map(words, root.iter(f"{W}p")) if "…" in one]
    column = grid(root)[1]
    assert narrow * 11 * 20 <= column - 200
    assert narrow > 5
    assert wide_ == 30
