"""What could break a drawing: signs of markup, signs without glyph, words without end, changes, broken fonts."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "docx"))

from docx_acts import acte, article, bullets, p, row, t
from docx_tools import GABARITS, gabarit
from pdf_tools import page_words, structure

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Annexe,
    Cell,
    Deleted,
    Inserted,
    ListBlock,
    ListItem,
    Note,
    Number,
    Reference,
    Role,
    Table,
    Tracked,
)
from convgen.errors import GabaritError, PdfError
from convgen.write.docx import load_gabarit
from convgen.write.pdf import load_pdf_look, write_pdf
from convgen.write.pdf.fonts import BUNDLED, SYMBOLS, UNSEEN, load_fonts
from convgen.write.pdf.lines import cut_word

MARKUP = "#let x = 1 $a$ *gras* _i_ @ref <label> \\ \" ' ` = titre - liste + /* */ // [a] {b} ~ -- ... http://x.fr"


def words(data: bytes) -> str:
    return structure(data).text.replace("\u200b", "")


def test_signs_of_markup_are_words() -> None:
    made = acte(article("a", MARKUP, p(MARKUP), bullets(MARKUP), Table((row(MARKUP),), (row(MARKUP),))))
    data = write_pdf(replace(made, title=MARKUP, number=MARKUP, mention=MARKUP, letterhead=(MARKUP,)))
    assert (
        words(data).count(MARKUP) == 5
    )  # the title of the article, two lines, two cells; the letterhead is in capitals


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.sampled_from(sorted("abé 0#$*_@<>\\\"'`=-+/[]{}~.,;:!?€«»…\u202f\xa0\u2011")), min_size=1, max_size=60)
)
def test_any_text_is_drawn_as_it_is(text: str) -> None:
    made = words(write_pdf(acte(p("a", text, "z"))))
    squeezed = "".join(text.split())
    assert squeezed in "".join(made.split())


def test_a_sign_without_glyph_is_named_with_its_place() -> None:
    made = acte(article("a", "Objet", p("Une belle 😀 convention.")), annexes=(Annexe("x", t("Bilan ᚠ"), (p("a"),)),))
    with pytest.raises(PdfError) as caught:
        write_pdf(made)
    said = [str(one) for one in caught.value.diagnostics]
    assert [one.code for one in caught.value.diagnostics] == ["PDF-02", "PDF-02"]
    assert "article 1er" in said[0]
    assert "« 😀 » (U+1F600)" in said[0]
    assert "Une belle" in said[0]
    assert "U+16A0" in said[1]


def test_invisible_signs_are_named_by_their_code() -> None:
    with pytest.raises(PdfError, match=r"invisible U\+FEFF"):
        write_pdf(acte(p("a\ufeffb")))


def test_every_sign_said_to_be_drawn_is() -> None:
    signs = sorted(SYMBOLS | UNSEEN | set("àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŒÆ«»’“”–—…·•°€²³½§‰→"))
    write_pdf(acte(*(p(f"a{sign}b") for sign in signs), article("t", "".join(sorted(SYMBOLS)), p("x"))))


def test_a_tab_is_a_space() -> None:
    assert "a b" in words(write_pdf(acte(p("a\tb"))))


def test_a_word_without_end_stays_within_the_margins() -> None:
    endless = "anticonstitutionnellement" * 12
    data = write_pdf(acte(p(endless), Table((row("A", "B", "C", "D"),), (row(endless, "b", "c", "d"),))))
    assert words(data).count(endless) == 2
    assert "".join(page_words(data, 0).split()).replace("\u200b", "").count(endless) == 2
    lines = page_words(data, 0).replace("\u200b", "").splitlines()
    assert max(map(len, lines)) < 120


def test_an_ordinary_word_is_never_cut() -> None:
    assert cut_word("anticonstitutionnellement", 45_000, False, False) == "anticonstitutionnellement"


def test_empty_cells_lists_and_paragraphs_are_drawn() -> None:
    empty = Table((row("A", "B"),), (row(Cell(()), Cell((p(""),))), row("", "")))
    data = write_pdf(acte(p(""), empty, ListBlock((ListItem(()), ListItem((p(""),))))))
    assert len([*structure(data).all("TR")]) == 3


def test_a_table_without_rows_leaves_nothing() -> None:
    assert not [*structure(write_pdf(acte(Table((), (), caption=t("Rien"))))).all("Table")]


def test_typed_marks_of_lists_are_printed_as_they_are() -> None:
    block = ListBlock((ListItem((p("un"),)), ListItem((p("deux"), bullets("trois")), marker="1° bis")), "1°")
    assert [one.text for one in structure(write_pdf(acte(block))).all("Lbl")] == ["1°", "1° bis", "–"]


def test_notes_are_numbered_and_stand_at_the_foot() -> None:
    data = write_pdf(acte(p("A", Note(t("première")), " B", Note(t("seconde"))), bullets("C")))
    assert [one.without("Call").strip() for one in structure(data).all("Note")] == ["première", "seconde"]


def test_changes_are_shown_with_what_goes_and_what_comes() -> None:
    number = Number("2", "ARTICLE 2", " : ", former="ARTICLE 1")
    made = acte(
        p("Le montant est de ", Deleted(t("300\xa0€")), Inserted(t("500\xa0€")), "."),
        Tracked(INSERTION, (p("Alinéa nouveau."), bullets("un"))),
        Tracked(DELETION, (p("Alinéa retiré."),)),
        ListBlock((ListItem((p("item"),), "2°", former="1°"),), "1°"),
        Table((row("A"),), (replace(row("gone"), change=DELETION), replace(row("new"), change=INSERTION))),
        annexes=(replace(Annexe("x", t("Retirée"), (p("b"),)), change=DELETION),),
    )
    zone = made.zones[0]
    kept = replace(article("n", "Objet", p("x")), number=number)
    made = replace(made, zones=(replace(zone, blocks=(*zone.blocks, kept)),))
    said = words(write_pdf(made))
    for one in (
        "300\xa0€500\xa0€.",
        "Alinéa nouveau.",
        "Alinéa retiré.",
        "1°2°",
        "ARTICLE 1ARTICLE 2 : ",
        "gone",
        "new",
    ):
        assert one in said


def test_quoted_headings_and_texts_are_drawn() -> None:
    made = acte(p("«\xa0ARTICLE 4 – Durée", role=Role.QUOTE_HEADING), p("Trois ans.\xa0»", role=Role.QUOTE))
    assert "Trois ans." in words(write_pdf(made))


def test_a_reference_to_a_place_that_is_not_printed_is_plain_text() -> None:
    data = write_pdf(acte(p("Voir ", Reference("ailleurs", before="l'", noun="article\xa0", number="9"), ".")))
    assert "l'article\xa09" in words(data)
    assert not [*structure(data).all("Link")]


def test_two_places_of_one_name_do_not_stop_the_drawing() -> None:
    made = acte(article("a", "Un", p("x")), article("a", "Deux", p(Reference("a", noun="article\xa0", number="1"))))
    assert "Deux" in words(write_pdf(made)) or "DEUX" in words(write_pdf(made))


# --- the fonts of a gabarit ------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = shutil.copytree(GABARITS / "neutre", tmp_path / "maison")
    (folder / "polices").mkdir()
    return folder


def renamed(data: bytes, name: str) -> bytes:
    """A font under another name of the same length, as a foundry would sell it."""
    before = "Liberation Sans"
    assert len(name) == len(before)
    return data.replace(before.encode("utf-16-be"), name.encode("utf-16-be")).replace(before.encode(), name.encode())


def test_the_font_of_the_organisme_is_embedded_when_the_charte_names_it(own: Path) -> None:
    for path in BUNDLED.glob("LiberationSans-*.ttf"):
        (own / "polices" / path.name).write_bytes(renamed(path.read_bytes(), "Marianne Nice a"))
    charte = (own / "charte.yaml").read_text("utf-8").replace("Times New Roman", "Marianne Nice a")
    (own / "charte.yaml").write_text(charte, "utf-8")
    assert load_fonts(own).chain("marianne nice a")[:2] == ("Marianne Nice a", "Liberation Sans")
    data = write_pdf(acte(p("Texte.")), load_pdf_look(load_gabarit(own)))
    assert "Texte." in words(data)


def test_a_font_that_no_folder_has_is_replaced_by_its_free_double() -> None:
    fonts = load_fonts()
    assert fonts.chain("Arial")[0] == "Liberation Sans"
    assert fonts.chain("Times New Roman")[0] == "Liberation Serif"
    assert fonts.chain("Marianne")[0] == "Liberation Sans"


@pytest.mark.parametrize("content", [b"", b"pas une police", b"\x00\x01\x00\x00" + b"\xff" * 400])
def test_a_broken_font_is_refused(own: Path, content: bytes) -> None:
    (own / "polices" / "casse.ttf").write_bytes(content)
    with pytest.raises(GabaritError, match=r"GAB-08 la police « casse\.ttf » ne peut pas servir"):
        load_pdf_look(load_gabarit(own))


def test_a_font_cut_short_is_refused(own: Path) -> None:
    data = (BUNDLED / "LiberationSans-Regular.ttf").read_bytes()
    (own / "polices" / "courte.ttf").write_bytes(data[: len(data) // 3])
    with pytest.raises(GabaritError, match="GAB-08"):
        load_pdf_look(load_gabarit(own))


def test_a_font_whose_licence_forbids_it_is_refused(own: Path) -> None:
    data = bytearray((BUNDLED / "LiberationSans-Regular.ttf").read_bytes())
    place = data.index(b"OS/2")
    start = int.from_bytes(data[place + 8 : place + 12], "big")
    data[start + 8 : start + 10] = b"\x00\x02"
    (own / "polices" / "fermee.ttf").write_bytes(data)
    with pytest.raises(GabaritError, match="licence"):
        load_pdf_look(load_gabarit(own))


def test_a_logo_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(GABARITS / "departement", tmp_path / "dep")
    (folder / "logo.png").write_bytes(b"BM....")
    with pytest.raises(GabaritError, match="GAB-07"):
        load_pdf_look(load_gabarit(folder))


def test_the_styles_of_the_word_file_are_those_of_the_pdf() -> None:
    plain, ours = load_pdf_look(gabarit("neutre")), load_pdf_look(gabarit("departement"))
    made = acte(article("a", "Objet", p("x")))
    assert "ARTICLE 1er : OBJET" in words(write_pdf(made, ours))
    assert plain.looks["ActeCorps"].size == 220
    assert ours.looks["ActeCorps"].size == 200
