"""A foreign Word text that no longer changes: revisions accepted, fields frozen as they were last seen."""

from __future__ import annotations

import pytest
from lxml import etree

from convgen.write.docx.foreign_settled import CHANGING, FETCHING, accept, is_revised, settle_dates, settle_fields

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text(body: str) -> etree._Element:
    return etree.fromstring(f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def paragraphs(root: etree._Element) -> list[str]:
    return ["".join(one.itertext(f"{{{W}}}t")) for one in root.iter(f"{{{W}}}p")]


def accepted(body: str) -> etree._Element:
    root = text(body)
    assert is_revised(root)
    accept(root)
    assert not is_revised(root)
    return root


def p(held: str, mark: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>' if mark else ''}{held}</w:p>"


def test_what_was_struck_goes_and_what_was_added_stays() -> None:
    struck = "<w:del><w:r><w:delText>d'un an</w:delText></w:r></w:del>"
    body = p(f"{run('Le délai est ')}{struck}<w:ins>{run('de deux ans')}</w:ins>")
    assert paragraphs(accepted(body)) == ["Le délai est de deux ans"]


def test_what_was_moved_stands_once_where_it_went() -> None:
    body = p(f"<w:moveFrom>{run('clause')}</w:moveFrom>") + p(f"<w:moveTo>{run('clause')}</w:moveTo>")
    assert paragraphs(accepted(body)) == ["", "clause"]


def test_a_paragraph_whose_end_was_struck_goes_on_with_the_next_one() -> None:
    body = p(run("Le département "), "<w:del/>") + "<w:bookmarkEnd/>" + p(run("verse la somme.")) + p(run("Fin."))
    assert paragraphs(accepted(body)) == ["Le département verse la somme.", "Fin."]


def test_a_paragraph_struck_whole_leaves_no_empty_line() -> None:
    struck = p("<w:del><w:r><w:delText>Supprimé.</w:delText></w:r></w:del>", "<w:del/>")
    assert paragraphs(accepted(p(run("Avant.")) + struck + p(run("Après.")))) == ["Avant.", "Après."]
    assert paragraphs(accepted(p(run("Avant.")) + struck + "<w:sectPr/>")) == ["Avant."]


@pytest.mark.parametrize("before", [p(run("Avant.")), "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"])
def test_a_struck_paragraph_between_tables_and_at_the_end_of_a_cell_stays_where_the_file_needs_it(before: str) -> None:
    struck = p("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "<w:del/>")
    table = "<w:tbl><w:tr><w:tc>%s</w:tc></w:tr></w:tbl>"
    root = accepted(before + struck + table % (p(run("Un")) + struck))
    tables = list(root.iter(f"{{{W}}}tbl"))
    assert tables[-1].getprevious().tag == f"{{{W}}}p"
    assert [one[-1].tag for one in root.iter(f"{{{W}}}tc")] == [f"{{{W}}}p"] * len(tables)


def test_the_last_paragraph_of_a_cell_goes_when_another_one_ends_it() -> None:
    struck = p("<w:r><w:rPr/><w:t/></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "<w:del/>")
    root = accepted(
        f"<w:tbl><w:tr><w:tc><w:tcPr/>{p(run('Un'))}{struck}</w:tc><w:tc><w:tcPr/>{struck}</w:tc></w:tr></w:tbl>"
    )
    assert paragraphs(root) == ["Un", ""]


def test_what_stands_before_the_end_that_was_struck_is_kept() -> None:
    assert paragraphs(accepted(p(run("Un")) + p(run("Deux"), "<w:del/>") + "<w:sectPr/>")) == ["Un", "Deux"]


def test_a_section_break_is_never_lost_with_its_paragraph() -> None:
    struck = "<w:p><w:pPr><w:rPr><w:del/></w:rPr><w:sectPr/></w:pPr></w:p>"
    assert len(list(accepted(struck + p(run("Suite"))).iter(f"{{{W}}}sectPr"))) == 1


def test_struck_rows_and_cells_go_with_their_table_when_nothing_is_left() -> None:
    cell = f"<w:tc>{p(run('x'))}</w:tc>"
    struck = f"<w:tr><w:trPr><w:del/></w:trPr>{cell}</w:tr>"
    gone = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{p(run('gone'))}</w:tc>"
    root = accepted(f"<w:tbl>{struck}<w:tr>{gone}<w:tc>{p(run('kept'))}</w:tc></w:tr></w:tbl><w:tbl>{struck}</w:tbl>")
    assert paragraphs(root) == ["kept"]
    assert len(list(root.iter(f"{{{W}}}tbl"))) == 1
    assert len(list(root.iter(f"{{{W}}}tr"))) == 1


def test_former_looks_and_marks_of_changes_go_and_the_look_stays() -> None:
    body = "<w:p><w:pPr><w:rPr><w:ins/><w:b/></w:rPr><w:pPrChange><w:pPr/></w:pPrChange></w:pPr>"
    body += f"<w:r><w:rPr><w:i/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>x</w:t></w:r></w:p>{p('<w:ins/>')}"
    tags = {etree.QName(one).localname for one in accepted(body).iter()}
    assert {"b", "i", "t"} <= tags
    assert not tags & {"ins", "rPrChange", "pPrChange"}


# --- fields ---------------------------------------------------------------------------------------------------


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    words = instruction if instruction.startswith("<") else f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{mark('begin')}{words}{mark('separate')}{run(result)}{mark('end')}"


def instruction(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def left(root: etree._Element) -> list[str]:
    return [(one.text or "").strip() for one in root.iter(f"{{{W}}}instrText")]


@pytest.mark.parametrize(
    "words", [' DATE \\@ "dd/MM/yyyy" ', "time", "SAVEDATE", "AUTHOR", "FILENAME \\p", "DOCPROPERTY x", "= 1 + 1"]
)
def test_a_field_that_would_be_computed_again_is_the_text_last_seen(words: str) -> None:
    for body in (
        p(field(words, "vu")),
        p(f'<w:fldSimple w:instr="{words.replace(chr(34), "")}">{run("vu")}</w:fldSimple>'),
    ):
        root = text(body)
        assert settle_fields(root, CHANGING)
        assert paragraphs(root) == ["vu"]
        assert not [one for tag in ("fldChar", "instrText", "fldSimple") for one in root.iter(f"{{{W}}}{tag}")]


@pytest.mark.parametrize("words", [" PAGE ", "NUMPAGES", "REF _Ref1 \\h", "TOC \\o", "HYPERLINK x", "SEQ Tableau"])
def test_a_field_that_follows_the_place_of_the_piece_stays_alive(words: str) -> None:
    root = text(p(field(words, "3")))
    assert not settle_fields(root, CHANGING)
    assert left(root) == [words.strip()]


def test_a_field_in_the_question_of_another_one_is_not_printed() -> None:
    inner = instruction(" IF ") + field("MERGEFIELD sexe", "F") + instruction(' = "F" "Madame" "Monsieur" ')
    root = text(p(field(inner, "Madame")))
    assert settle_fields(root, CHANGING)
    assert paragraphs(root) == ["Madame"]


def test_a_field_in_the_answer_of_another_one_is_frozen_with_it() -> None:
    answer = run("le ") + field("DATE", "7 juin")
    root = text(p(mark("begin") + instruction("IF 1 = 1") + mark("separate") + answer + mark("end")))
    assert settle_fields(root, CHANGING)
    assert (paragraphs(root), left(root)) == (["le 7 juin"], [])


def test_a_sum_of_pages_is_not_the_same_on_every_page_and_stays() -> None:
    inner = instruction("= ") + field("PAGE", "2") + instruction(" - 1")
    root = text(p(field(inner, "1")))
    assert not settle_fields(root, CHANGING)
    assert len(left(root)) == 3


def test_a_field_that_fetches_is_its_result_and_those_around_it_stay() -> None:
    root = text(p(field("PAGE", "1") + field('INCLUDETEXT "x.docx"', "texte")))
    assert settle_fields(root, FETCHING)
    assert (paragraphs(root), left(root)) == (["1texte"], ["PAGE"])


def test_a_field_that_never_ends_is_left_alone() -> None:
    root = text(p(mark("begin") + instruction("DATE") + run("x") + mark("separate")))
    assert not settle_fields(root, CHANGING)


def test_dates_that_word_computes_without_a_field_go() -> None:
    root = text(p("<w:r><w:dayLong/><w:t>x</w:t></w:r>"))
    settle_dates(root)
    assert not list(root.iter(f"{{{W}}}dayLong"))
    assert paragraphs(root) == ["x"]
