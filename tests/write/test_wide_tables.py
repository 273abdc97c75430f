"""Tables of many columns: smaller words, then a page that lies down, then a warning; alike in Word and in the PDF."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "docx"))

from docx_acts import acte, article, bullets, p, row
from docx_tools import W, document, gabarit

from convgen.acte.nodes import Acte, Annexe, Cell, FillIn, ListItem, Origin, Section, Table, Text
from convgen.write.charte import Polices
from convgen.write.columns import CELL_PADDING, DENSE_PADDING, Layouts, lay_out
from convgen.write.docx import write_docx
from convgen.write.metrics import word_width
from convgen.write.pdf import load_pdf_look, write_pdf
from convgen.write.pdf.content import Contents
from convgen.write.wide_tables import check_widths, turn_pages

LOOK = load_pdf_look(gabarit("departement"))
LETTERS = LOOK.charte.polices
LAYOUTS = Layouts(LETTERS)
PORTRAIT = LOOK.page.text_width


def table(columns: int, word: str = "1\xa0234,56\xa0€", **more: object) -> Table:
    head = row(*(f"Colonne {rank}" for rank in range(columns)))
    return Table((head,), (row(*[word] * columns),), **more)  # type: ignore[arg-type]


def turned(one: Acte) -> Acte:
    return turn_pages(one, LOOK.page, LAYOUTS)


def warned(one: Acte) -> list[str]:
    return [said.message for said in check_widths(one, LOOK.page, LAYOUTS)]


# --- widths --------------------------------------------------------------------------------------------------


def test_words_become_smaller_before_they_are_cut() -> None:
    assert [lay_out(table(count), PORTRAIT, LETTERS).dense for count in (6, 9, 11)] == [False, True, True]
    assert [lay_out(table(count), PORTRAIT, LETTERS).fits for count in (6, 9, 12, 30)] == [True, True, True, False]


@given(st.integers(1, 70), st.text("abi1", min_size=1, max_size=40), st.integers(5000, 16000))
@settings(max_examples=60)
def test_columns_fill_the_line_and_hold_their_words(columns: int, word: str, total: int) -> None:
    layout = lay_out(Table((), (row(*[word] * columns),)), total, Polices())
    assert sum(layout.widths) == total
    assert min(layout.widths) > 0
    if layout.fits and len(word) <= 30:
        padding = DENSE_PADDING if layout.dense else CELL_PADDING
        size = 7 if layout.dense else 10
        assert min(layout.widths) >= word_width(word, False, False) * size * 20 // 1000 + padding


def test_a_space_to_fill_in_makes_no_page_turn() -> None:
    blank = Cell((p(FillIn("nom", 60)),))
    form = acte(article("a", "Objet", Table((row("Nom", "Rue", "Ville"),), (row(blank, blank, blank),))))
    assert turned(form) is form
    assert warned(form) == []


# --- pages ---------------------------------------------------------------------------------------------------


def orientations(one: Acte) -> tuple[list[bool], list[bool]]:
    """Whether each page of the PDF, and each section of the Word file, lies down."""
    with pikepdf.open(io.BytesIO(write_pdf(one, LOOK))) as pdf:
        pages = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages]
    sizes = document(one, "departement").iter(f"{W}pgSz")
    return pages, [size.get(f"{W}orient") == "landscape" for size in sizes]


def test_an_act_without_such_a_table_is_left_as_it_is() -> None:
    one = acte(article("a", "Objet", p("Texte."), table(12)), annexes=(Annexe("x", (Text("X"),), (table(5),)),))
    assert turned(one) is one


def test_the_page_lies_down_for_a_table_too_wide_and_for_it_alone() -> None:
    one = acte(article("a", "Objet", p("Avant."), p("Entre."), p("Comme suit :"), table(16), p("Après.")))
    assert orientations(one) == ([False, True, False], [False, True, False])
    blocks = turned(one).zones[0].blocks[0].blocks  # type: ignore[union-attr]
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Paragraph", "Section", "Paragraph"]
    assert len(blocks[2].blocks) == 2, "the sentence that leads to the table goes with it"
    assert warned(one) == []


def test_an_article_that_is_a_table_lies_down_with_its_heading() -> None:
    one = acte(article("a", "Objet", p("Avant.")), article("b", "Budget", p("Voici :"), table(16)))
    section = turned(one).zones[0].blocks[1]
    assert isinstance(section, Section) and section.orientation == "paysage"
    assert orientations(one) == ([False, True], [False, True])


def test_an_annexe_that_is_a_table_lies_down() -> None:
    one = acte(article("a", "Objet", p("x")), annexes=(Annexe("x", (Text("Budget"),), (table(16),)),))
    assert turned(one).annexes[0].orientation == "paysage"


def test_two_tables_side_by_side_share_a_page() -> None:
    one = acte(article("a", "Objet", p("Un."), p("Deux."), p("Trois."), table(16), table(17)))
    assert orientations(one)[0] == [False, True]


# --- warnings ------------------------------------------------------------------------------------------------


def test_a_table_too_wide_for_any_page_is_said_with_its_name_and_its_place() -> None:
    wide = table(30, caption=(Text("Suivi"),), origin=Origin("conventions/a.yaml", 12))
    one = acte(article("a", "Objet", wide))
    (said,) = check_widths(one, LOOK.page, LAYOUTS)
    assert (said.code, said.severity.value, str(said.place)) == ("ACT-03", "avertissement", "conventions/a.yaml:12:1")
    assert "« Suivi »" in said.message
    assert "30 colonnes" in warned(acte(article("a", "Objet", table(30))))[0]


def test_a_table_in_a_list_is_judged_where_it_stands() -> None:
    inside = bullets((p("Item :"), table(16)))
    assert isinstance(inside.items[0], ListItem)
    one = acte(article("a", "Objet", inside))
    assert turned(one) is one
    assert len(warned(one)) == 1


def test_words_are_cut_in_the_pdf_rather_than_printed_over_one_another() -> None:
    one = turned(acte(article("a", "Objet", table(30))))
    contents = Contents(one, LOOK)
    data = next(block for block in walked(contents.data()) if block.get("k") == "tableau")
    for width, cell in zip(data["l"], data["lignes"][0]["c"], strict=True):
        inside = (width * 20 - DENSE_PADDING) * 1000 / (7 * 20)
        chunks = re.split("[ \u200b]", cell["b"][0]["r"][0]["t"])
        assert all(word_width(chunk, False, False) <= inside for chunk in chunks)
        assert "".join(chunks) == "1\xa0234,56\xa0€"


def walked(node: object) -> list[dict]:  # type: ignore[type-arg]
    if isinstance(node, dict):
        return [node, *(one for value in node.values() for one in walked(value))]
    return [one for value in node for one in walked(value)] if isinstance(node, list) else []


def test_the_same_act_gives_the_same_word_file() -> None:
    one = acte(article("a", "Objet", p("Avant."), p("Un."), p("Deux."), table(16)))
    assert write_docx(one, gabarit("departement")) == write_docx(one, gabarit("departement"))
