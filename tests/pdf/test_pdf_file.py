"""The PDF as a file: what it declares, what it holds, and that it is always the same."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "docx"))

from docx_acts import FINANCES, SIGNATURES, acte, article, complete, p, row, t
from docx_tools import gabarit
from pdf_tools import page_words, structure

from convgen.acte.nodes import Acte, Annexe, Cell, Role, Row, Section, Table, Zone
from convgen.write.pdf import load_pdf_look, write_pdf

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@cache
def full() -> bytes:
    return write_pdf(complete(), load_pdf_look(gabarit("departement")))


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


# --- what it declares ----------------------------------------------------------------------------------------


def test_it_says_that_it_is_an_archive_and_accessible() -> None:
    with opened(full()) as pdf:
        data = pdf.open_metadata()
        assert (data["pdfaid:part"], data["pdfaid:conformance"], data["pdfuaid:part"]) == ("2", "A", "1")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/OutputIntents" in pdf.Root
        assert not pdf.is_encrypted


def test_it_says_its_title_its_author_and_what_it_is() -> None:
    with opened(full()) as pdf:
        data = pdf.open_metadata()
        assert data["dc:title"] == complete().title
        assert data["dc:creator"] == ["Département des Alpes-Maritimes"]
        assert "2024 DGADSH CV 186" in data["dc:description"]
        assert data["dc:language"] == {"fr-FR"}


def test_it_bears_the_date_of_the_act_never_that_of_the_day() -> None:
    with opened(full()) as pdf:
        assert str(pdf.open_metadata()["xmp:CreateDate"]).startswith("2000-01-01")


def test_every_font_is_embedded() -> None:
    with opened(full()) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        names = {str(one.BaseFont).partition("+")[2].partition("-")[0] for one in fonts}
        assert names == {"LiberationSans"}
        described = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFamily" in one]
        assert all(any(key in one for key in ("/FontFile2", "/FontFile3")) for one in described)


def test_the_same_act_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "from docx_acts import complete; from docx_tools import gabarit\n"
        "from convgen.write.pdf import load_pdf_look, write_pdf\n"
        "print(hashlib.sha256(write_pdf(complete(), load_pdf_look(gabarit('departement')))).hexdigest())"
    )
    folder = str(Path(__file__).parents[1] / "docx")
    settings = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", code, folder], env=settings, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(full()).hexdigest()


# --- its structure -------------------------------------------------------------------------------------------


def test_heading_levels_are_never_skipped_nor_empty() -> None:
    deep = article("a", "Un", article("b", "", p("Sans titre."), article("c", "Trois", p("Texte."), level=3), level=2))
    for data in (full(), write_pdf(acte(deep, article("vide", "", FINANCES)))):
        headings = [*structure(data).all(*HEADINGS)]
        levels = [int(one.tag[1]) for one in headings]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(one.text.strip() for one in headings)


def test_header_rows_are_tagged_as_such() -> None:
    tables = [*structure(full()).all("Table")]
    assert tables
    heads = [one.text for one in tables[0].all("TH")]
    assert heads[:4] == ["Poste de dépense", "2024", "2025", "Total"]
    assert "Accompagnement des personnes" in heads  # a title over the width


def test_headers_and_feet_are_outside_the_structure() -> None:
    said = "".join(structure(full()).text.split())
    page = "".join(page_words(full(), 0).split())
    for words in ("PROJET", "Centreadministratif", "sansvaleurjuridique", "Page1sur"):
        assert words not in said
        assert words in page


def test_bookmarks_lead_to_the_articles_and_annexes() -> None:
    with opened(full()) as pdf, pdf.open_outline() as outline:
        titles = [one.title for one in outline.root]
        assert titles[0] == "ARTICLE 1er : Objet"
        assert titles[-1] == "ANNEXE 3 – Charte"
        second = next(one for one in outline.root if "Modalités" in one.title)
        assert [one.title for one in second.children] == ["2.1. Versement", "2.2. Justificatifs"]


def test_the_table_of_contents_gives_the_pages_where_the_articles_are() -> None:
    root = structure(full())
    lines = {one.text.replace("\u2060", "\t") for one in root.all("TOCI")}
    for heading in root.all("H1"):
        words = next(line for line in lines if line.partition("\t")[0].casefold() == heading.text.casefold())
        page = heading.page if heading.page >= 0 else next(one.page for one in heading.children)  # type: ignore[union-attr]
        assert words.partition("\t")[2] == str(page + 1), words


def test_references_are_links() -> None:
    links = [one.text for one in structure(full()).all("Link")]
    assert "article\xa02" in links
    assert "annexe\xa01" in links


def test_each_signatory_is_read_whole() -> None:
    said = structure(write_pdf(acte(SIGNATURES))).text
    assert said.index("Le Président") < said.index("Jean MARTIN") < said.index("La Présidente")
    assert said.index("L'Adjointe") < said.index("Anne PETIT")


# --- its pages -----------------------------------------------------------------------------------------------


def sizes(data: bytes) -> list[tuple[int, int]]:
    with opened(data) as pdf:
        return [(round(float(one.mediabox[2])), round(float(one.mediabox[3]))) for one in pdf.pages]


def test_wide_parts_stand_on_landscape_pages_between_upright_ones() -> None:
    wide = Annexe("large", t("Tableau"), (FINANCES,), orientation="paysage")
    data = write_pdf(acte(article("a", "Un", p("Avant."), Section((FINANCES,)), p("Après.")), annexes=(wide,)))
    assert sizes(data) == [(595, 842), (842, 595), (595, 842), (842, 595)]
    assert "Page 2 sur 4" in page_words(data, 1)


def test_a_section_as_upright_as_its_page_does_not_break_it() -> None:
    assert len(sizes(write_pdf(acte(p("Avant."), Section((FINANCES,), "portrait"), p("Après."))))) == 1


def test_a_long_table_repeats_its_header_and_ends_with_company() -> None:
    rows = tuple(row(str(rank), "Action en faveur des habitants", f"{rank}\xa0000\xa0€") for rank in range(300))
    table = Table((row("N°", "Objet", "Montant"),), rows, (10, 60, 30))
    data = write_pdf(acte(table, p("Fin.")))
    count = len(sizes(data))
    assert count > 5
    assert all("Montant" in page_words(data, page) for page in range(count))
    assert [one.text for one in structure(data).all("TH")] == ["N°", "Objet", "Montant"]
    assert len([*structure(data).all("TR")]) == 301
    assert all(str(rank) in page_words(data, count - 1) for rank in (297, 298, 299))


@pytest.mark.parametrize("lines", range(30, 56))
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(lines: int) -> None:
    filler = tuple(p("x", role=Role.CONSIDERANT) for _ in range(lines))
    data = write_pdf(acte(*filler, article("seul", "Intitulé seul", p("Première ligne."))))
    page = next(one for one in range(len(sizes(data))) if "Intitulé seul" in page_words(data, one))
    assert "Première ligne." in page_words(data, page)


@pytest.mark.parametrize("lines", range(18, 40, 2))
def test_what_announces_a_table_stays_with_it_and_a_short_one_stays_whole(lines: int) -> None:
    filler = tuple(p("x", role=Role.CONSIDERANT) for _ in range(lines))
    data = write_pdf(acte(*filler, p("Le budget est le suivant\xa0:"), FINANCES))
    page = next(one for one in range(len(sizes(data))) if "budget est le suivant" in page_words(data, one))
    assert all(words in page_words(data, page) for words in ("Poste de", "Déplacements", "toutes taxes"))


@pytest.mark.parametrize("count", [2, 8, 40])
def test_signatures_stay_together_as_long_as_a_page_holds_them(count: int) -> None:
    one = SIGNATURES.signatures[0]
    grid = type(SIGNATURES)(tuple(one for _ in range(count)))
    filler = tuple(p("x", role=Role.CONSIDERANT) for _ in range(34))
    data = write_pdf(acte(*filler, p("Fait à Nice", role=Role.CLOSING), grid))
    pages = [page_words(data, page).count("Jean MARTIN") for page in range(len(sizes(data)))]
    assert sum(pages) == count
    assert count > 12 or sorted(pages)[-1] == count
    first = next(page for page, found in enumerate(pages) if found)
    assert "Fait à Nice" in page_words(data, first)


def test_a_cell_longer_than_a_page_goes_on_over_the_next_one() -> None:
    long = "Le bilan est remis au préfet. " * 400
    data = write_pdf(acte(Table((row("A", "B"),), (row("1", long), row("2", "fin du tableau")))))
    assert len(sizes(data)) > 1
    assert structure(data).text.count("Le bilan est remis") == 400
    assert "fin du tableau" in page_words(data, len(sizes(data)) - 1)


def test_rows_with_merged_or_missing_cells_are_drawn() -> None:
    tall = Cell((p("haut"),), rowspan=9)
    table = Table((row("A", "B", "C"),), (Row((tall, Cell((p("b"),)))), row("c"), row("x", "y", role="bande"), Row(())))
    assert "haut" in structure(write_pdf(acte(table))).text


def test_an_act_without_number_letterhead_or_title_is_drawn() -> None:
    data = write_pdf(Acte("charte", "vide", "", "", (Zone("articles", (p("Texte."),)),), draft=False))
    assert "PROJET" not in page_words(data, 0)
    with opened(data) as pdf:
        assert pdf.open_metadata()["dc:title"] == "Charte"


@pytest.mark.parametrize("lines", range(36, 46))
def test_what_announces_a_quotation_stays_with_it(lines: int) -> None:
    filler = tuple(p("x", role=Role.CONSIDERANT) for _ in range(lines))
    data = write_pdf(acte(*filler, p("Il est modifié comme suit\xa0:"), p("«\xa0Trois ans.\xa0»", role=Role.QUOTE)))
    page = next(one for one in range(len(sizes(data))) if "modifié comme suit" in page_words(data, one))
    assert "Trois ans." in page_words(data, page)
