"""What holds for every Word file we write: validity, determinism, unique ids, real numbering."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from docx_acts import FINANCES, SIGNATURES, acte, article, bullets, complete, p, refer, row, t
from docx_tools import (
    RESAVED,
    W,
    document,
    gabarit,
    instructions,
    num_of,
    paragraph_with,
    paragraphs,
    parts_of,
    words,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from convgen.acte.nodes import (
    Annexe,
    Cell,
    ListBlock,
    ListItem,
    PageBreak,
    Row,
    Section,
    SignatureGrid,
    Table,
    TableOfContents,
    Zone,
)
from convgen.write.docx import write_docx

ALL = ("departement", "neutre", "libreoffice")


def _faults(path: Path) -> set[str]:
    return {str(error) for error in OpenXmlValidator().validate(str(path)).errors}


@pytest.mark.parametrize("name", ["departement", "neutre"])
def test_the_file_is_valid_ooxml(name: str, tmp_path: Path) -> None:
    path = tmp_path / "acte.docx"
    path.write_bytes(write_docx(complete(), gabarit(name)))
    assert _faults(path) == set()


def test_nothing_is_added_to_the_faults_of_a_gabarit_saved_by_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "acte.docx"
    path.write_bytes(write_docx(complete(), gabarit("libreoffice")))
    assert _faults(path) <= _faults(RESAVED / "gabarit.docx")


@pytest.mark.parametrize("name", ALL)
def test_the_same_act_gives_the_same_bytes(name: str) -> None:
    assert write_docx(complete(), gabarit(name)) == write_docx(complete(), gabarit(name))


@pytest.mark.parametrize("name", ALL)
def test_ids_and_bookmarks_are_unique_and_every_link_has_its_target(name: str) -> None:
    root = document(complete(), name)
    starts = list(root.iter(f"{W}bookmarkStart"))
    names = [one.get(f"{W}name") for one in starts]
    assert max(Counter(names).values()) == 1
    assert max(Counter(one.get(f"{W}id") for one in starts).values()) == 1
    assert sorted(one.get(f"{W}id") for one in starts) == sorted(
        one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")
    )
    targets = {text.split()[1] for text in instructions(root) if text.startswith(("REF", "PAGEREF"))}
    targets |= {one.get(f"{W}anchor") for one in root.iter(f"{W}hyperlink")}
    assert targets and targets <= set(names)


def test_every_paragraph_names_a_style_that_exists() -> None:
    parts = written(complete(), "departement")
    known = {one.get(f"{W}styleId") for one in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    for part in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"):
        used = {style for style, _ in paragraphs(etree.fromstring(parts[part]))}
        assert used <= known and "" not in used


def _numbering(act: object) -> tuple[etree._Element, etree._Element]:
    parts = written(act)  # type: ignore[arg-type]
    return etree.fromstring(parts["word/document.xml"]), etree.fromstring(parts["word/numbering.xml"])


def _start(numbering: etree._Element, num_id: int, level: int) -> int | None:
    num = next(one for one in numbering.iter(f"{W}num") if one.get(f"{W}numId") == str(num_id))
    for change in num.iter(f"{W}lvlOverride"):
        if change.get(f"{W}ilvl") == str(level) and change.find(f"{W}startOverride") is not None:
            return int(change.find(f"{W}startOverride").get(f"{W}val"))
    return None


def test_each_numbered_list_restarts_in_a_list_of_its_own() -> None:
    root, numbering = _numbering(
        acte(bullets("un", "deux", style="1."), bullets("trois", style="1."), bullets("quatre", style="1.", start=7))
    )
    nums = [num_of(paragraph_with(root, word)) for word in ("un", "deux", "trois", "quatre")]
    assert nums[0] == nums[1]
    assert len({nums[0], nums[2], nums[3]}) == 3
    assert [_start(numbering, *nums[place]) for place in (0, 2, 3)] == [1, 1, 7]


def test_articles_of_one_act_share_a_list_and_an_annexe_counts_apart() -> None:
    annexes = (
        Annexe("x", t("Une"), (article("x1", "Point"),)),
        Annexe("y", t("Deux"), (article("y1", "Autre"),)),
    )
    articles = (article("a", "Premier"), article("b", "Deuxième"), article("c", "Troisième"))
    root, numbering = _numbering(acte(*articles, annexes=annexes))
    abstract = {one.get(f"{W}numId"): one.find(f"{W}abstractNumId").get(f"{W}val") for one in numbering.iter(f"{W}num")}
    lists = {
        word: str(num_of(paragraph_with(root, word))[0])
        for word in ("Premier", "Deuxième", "Troisième", "Point", "Autre")
    }
    assert lists["Deuxième"] == lists["Troisième"]
    assert abstract[lists["Premier"]] == abstract[lists["Deuxième"]], "« 1er » compte dans la même liste"
    assert len({abstract[lists[word]] for word in ("Premier", "Point", "Autre")}) == 3
    nsids = [one.get(f"{W}val") for one in numbering.iter(f"{W}nsid")]
    assert len(nsids) == len(set(nsids))


def test_a_reference_is_a_field_only_where_the_label_reads_right() -> None:
    root = document(
        acte(
            p("A ", refer("b", number="2")), p("B ", refer("a", number="1er")), p("C ", refer("b1", number="2.1")),
            p("D ", refer("b", before="", noun="", number="2")), p("E ", refer("perdu", number="9")),
            article("a", "Un"), article("b", "Deux", article("b1", "Détail", level=2)),
        )
    )  # fmt: skip
    kinds = {}
    for letter in "ABCDE":
        one = paragraph_with(root, f"{letter} ")
        kinds[letter] = "field" if instructions(one) else "link" if one.find(f"{W}hyperlink") is not None else "text"
    assert kinds == {"A": "field", "B": "link", "C": "field", "D": "link", "E": "text"}
    assert words(paragraph_with(root, "C ")) == "C l'article\xa02.1"


def test_the_level_text_of_articles_is_what_a_reference_prints() -> None:
    _, numbering = _numbering(acte(article("a", "Un"), article("b", "Deux")))
    texts = [one.get(f"{W}val") for one in numbering.iter(f"{W}lvlText")]
    assert texts[:3] == ["article\xa0%1", "%1.%2.", "%1.%2.%3."]
    assert "ARTICLE 1er" in texts


def test_a_landscape_section_is_closed_and_keeps_headers() -> None:
    root = document(complete(), "departement")
    sections = list(root.iter(f"{W}sectPr"))
    turned = [one.find(f"{W}pgSz").get(f"{W}orient") == "landscape" for one in sections]
    assert turned == [False, True, False, True, False]
    assert all(len(one.findall(f"{W}headerReference")) == 2 for one in sections)
    assert [one.find(f"{W}titlePg") is not None for one in sections] == [True, False, False, False, False]


def test_an_act_that_ends_in_landscape_has_no_empty_last_page() -> None:
    root = document(acte(p("Avant."), annexes=(Annexe("x", t("Large"), (p("Fin."),), orientation="paysage"),)))
    last = list(root.iter(f"{W}sectPr"))
    assert len(last) == 2
    assert last[-1].find(f"{W}pgSz").get(f"{W}orient") == "landscape"


def test_signatures_stay_on_one_page() -> None:
    root = document(acte(p("Avant."), SIGNATURES))
    table = next(root.iter(f"{W}tbl"))
    rows = table.findall(f"{W}tr")
    assert all(one.find(f"{W}trPr/{W}cantSplit") is not None for one in rows)
    for one in rows[:-1]:
        keeps = [par.find(f"{W}pPr/{W}keepNext") for par in one.iter(f"{W}p")]
        assert all(keep is not None and keep.get(f"{W}val") is None for keep in keeps)


def test_table_headers_repeat_rows_never_split_and_numbers_stand_right() -> None:
    root = document(acte(FINANCES))
    rows = next(root.iter(f"{W}tbl")).findall(f"{W}tr")
    assert [one.find(f"{W}trPr/{W}tblHeader") is not None for one in rows] == [True] + [False] * 7
    amount = paragraph_with(root, "120\xa0000,00\xa0€")
    assert amount.find(f"{W}pPr/{W}jc").get(f"{W}val") == "right"
    assert next(root.iter(f"{W}tblDescription")).get(f"{W}val") == FINANCES.description


def test_every_row_covers_every_column() -> None:
    root = document(complete())
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for one in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in one.findall(f"{W}tc")]
            assert sum(int(span.get(f"{W}val")) if span is not None else 1 for span in spans) == columns


def test_blanks_are_highlighted_and_a_draft_says_projet() -> None:
    parts = written(complete(), "departement")
    assert b'<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">[nom' in parts["word/document.xml"]
    assert "PROJET" in words(etree.fromstring(parts["word/header2.xml"]))
    final = written(complete(draft=False), "departement")
    assert "PROJET" not in words(etree.fromstring(final["word/header2.xml"]))
    assert "sans valeur juridique" in words(etree.fromstring(final["word/footer1.xml"]))


def test_the_manifest_says_what_the_act_was_made_from() -> None:
    parts = written(complete(), "departement")
    custom = parts["docProps/custom.xml"].decode()
    for expected in ("conventions/complete.yaml", "objet@2, litiges@1", gabarit("departement").digest):
        assert expected in custom
    core = parts["docProps/core.xml"].decode()
    assert "personnes &amp; à l'évaluation" in core and "fr-FR" in core
    assert b"updateFields" not in parts["word/settings.xml"]
    assert "docProps/app.xml" not in parts


def _rows(count: int) -> tuple[Row, ...]:
    return tuple(row(f"Ligne {n:05d}", "1\xa0000,00\xa0€", align="right") for n in range(count))


def test_a_table_costs_in_proportion_of_its_rows() -> None:
    header = (row("Libellé", "Montant"),)
    sizes = [len(written(acte(Table(header, _rows(count))))["word/document.xml"]) for count in (0, 2000, 4000)]
    assert sizes[2] - sizes[0] == pytest.approx(2 * (sizes[1] - sizes[0]), rel=0.001)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=4), st.text(), st.sampled_from(["1.", "a)", "1°", "-"]))
def test_any_text_gives_well_formed_deterministic_files(texts: list[str], title: str, style: str) -> None:
    act = acte(p(*texts), article("a", title, bullets(*texts, style=style)), title=title, number=title)
    data = write_docx(act, gabarit())
    assert data == write_docx(act, gabarit())
    for name, content in parts_of(data).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)


def test_odd_trees_still_give_a_valid_file(tmp_path: Path) -> None:
    odd = acte(
        PageBreak(),
        Table((), ()),
        Table((), (Row(()), Row((Cell((), rowspan=5),)), Row((Cell((), colspan=3), Cell((FINANCES,)))))),
        ListBlock((ListItem(()), ListItem((FINANCES, bullets("après", style="1.")))), "1."),
        SignatureGrid(()),
        article("double", ""),
        article("double", "", bullets("liste d'abord")),
        article("profond", "Profond", level=7),
        Section(()),
        Section((TableOfContents(9, ""),), "portrait"),
        annexes=(Annexe("double", ()), Annexe("fichier", t("Pièce"), file="annexes/piece.pdf", orientation="paysage")),
    )
    path = tmp_path / "acte.docx"
    path.write_bytes(write_docx(odd, gabarit()))
    assert _faults(path) == set()
    names = [one.get(f"{W}name") for one in document(odd).iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) == 5


def test_an_act_without_numbers_prints_its_titles() -> None:
    bare = replace(complete(), zones=(Zone("articles", (article("a", "Objet", p("Texte.")),)),), annexes=())
    one = paragraph_with(document(bare), "Objet")
    assert num_of(one) == (0, 0)
    assert words(one) == "Objet"
