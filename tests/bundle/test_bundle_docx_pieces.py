"""Foreign pieces in the Word file of a liasse: kept apart, or refused by name with nothing written."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from bundle_acts import agreement
from bundle_word import Lists, W, acts_in, asides, body_of, look, parts_of, sections, starts, value, words
from docx.oxml import parse_xml
from lxml import etree
from openpyxl import Workbook
from openxml_audit import OpenXmlValidator

from convgen.bundle.liasse import ACT, DOCX, IMAGE, PDF, XLSX, Liasse, Piece
from convgen.bundle.pieces_docx import write_liasse_docx
from convgen.errors import PieceError, Report
from convgen.write.docx.bundle import BoundAct, write_bundle
from convgen.write.docx.foreign import Foreign, read_foreign, read_picture
from docx import Document

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x40\x60\x90" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def report_file(title: str = "Rapport", change: Callable[..., None] | None = None) -> bytes:
    made = Document()
    made.sections[0].header.paragraphs[0].text = f"En-tête de {title}"
    made.sections[0].footer.paragraphs[0].text = f"Pied de {title}"
    made.add_heading(title, 1)
    for rank in range(3):
        made.add_paragraph(f"{title}, point {rank}", style="List Number")
    made.add_picture(io.BytesIO(png(40, 20)))
    table = made.add_table(1, 2, style="Table Grid")
    table.cell(0, 0).text = f"Cellule de {title}"
    if change is not None:
        change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_pieces(*pieces: Foreign) -> bytes:
    return write_bundle(
        [(agreement("alpha"), look()), *pieces, (agreement("beta"), look())], title="Liasse", contents=False
    )


def test_a_word_file_keeps_its_text_lists_table_picture_header_and_footer(tmp_path: Path) -> None:
    first, second = (read_foreign(report_file(title), title, label="Annexe 2") for title in ("Rapport", "Bilan"))
    data = with_pieces(first, second)
    lists = Lists(data)
    for place, title in enumerate(("alpha", "Rapport", "Bilan", "beta")):
        labels = lists.labels(acts_in(data)[place])
        if title in ("Rapport", "Bilan"):
            assert labels == ["1.", "2.", "3."], "lists do not go on counting"
            text = "".join(map(words, acts_in(data)[place]))
            assert f"{title}, point 2" in text
            assert f"Cellule de {title}" in text
            section = sections(data)[starts(data)[place]][0]
            assert f"En-tête de {title}" in asides(data, section, "header")["default"]
            assert f"Pied de {title}" in asides(data, section, "footer")["default"]
    assert first.remarks == ()
    pictures = [name for name in parts_of(data) if name.startswith("word/media/")]
    assert len(pictures) == 2, "the logo, and the picture of both reports"
    path = tmp_path / "liasse.docx"
    path.write_bytes(data)
    assert OpenXmlValidator().validate(str(path)).is_valid
    assert with_pieces(first, second) == data


def test_a_foreign_heading_takes_nothing_from_the_acts() -> None:
    data = with_pieces(read_foreign(report_file(), "Rapport"))
    blocks = acts_in(data)[1]
    styles = {value(one, "styleId"): one for one in etree.fromstring(parts_of(data)["word/styles.xml"])}
    used = {value(one) for block in blocks for one in block.iter(f"{W}pStyle")}
    assert all(one.startswith("L2") or one == "ActeSaut" for one in used)
    assert used <= set(styles)
    assert styles["L2Heading1"].find(f"{W}rPr/{W}rFonts").get(f"{W}asciiTheme") is None


def notes(made: object) -> None:
    body = made.element.body  # type: ignore[attr-defined]
    body.insert(0, parse_xml(
        f'<w:p {NS}><w:r><w:t>Texte</w:t></w:r><w:ins w:id="9" w:author="X"><w:r><w:t> gardé</w:t></w:r></w:ins>'
        '<w:del w:id="8" w:author="X"><w:r><w:delText> parti</w:delText></w:r></w:del>'
        '<w:commentRangeStart w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
        '<w:bookmarkStart w:id="1" w:name="objet"/><w:bookmarkEnd w:id="1"/></w:p>'
    ))  # fmt: skip
    body.insert(1, parse_xml(
        f'<w:p {NS}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDETEXT "C:\\secret.docx" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>résultat</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ))  # fmt: skip
    body.insert(2, parse_xml(f"<w:p {NS}><w:r><w:object/></w:r><w:r><w:t>Après l'objet</w:t></w:r></w:p>"))


def test_what_cannot_be_kept_is_said() -> None:
    piece = read_foreign(report_file(change=notes), "Rapport")
    said = " ; ".join(piece.remarks)
    for words_of in ("modifications suivies", "commentaires", "objet incorporé", "champ lié"):
        assert words_of in said
    text = etree.tostring(body_of(with_pieces(piece)), encoding="unicode")
    assert "Texte" in text
    assert " gardé" in text
    assert "résultat" in text
    for gone in ("parti", "INCLUDETEXT", "commentReference", "<w:ins ", "<w:object"):
        assert gone not in text


def counting(made: object) -> None:
    made.element.body.insert(0, parse_xml(  # type: ignore[attr-defined]
        f'<w:p {NS}><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    ))  # fmt: skip


def test_the_pages_that_a_piece_counts_are_its_own() -> None:
    data = with_pieces(read_foreign(report_file(change=counting), "Rapport"))
    text = etree.tostring(body_of(data), encoding="unicode")
    assert "NUMPAGES" not in text
    assert "PAGEREF _Fin0002" in text


def test_bookmarks_of_two_pieces_do_not_meet() -> None:
    piece = read_foreign(report_file(change=notes), "Rapport")
    text = etree.tostring(body_of(with_pieces(piece, piece)), encoding="unicode")
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="(objet[^"]*)"', text)
    assert len(names) == len(set(names)) == 2
    ids = re.findall(r'<wp:docPr [^>]*?id="(\d+)"', text)
    assert len(ids) == len(set(ids))


def shapes(made: object) -> None:
    made.element.body.insert(0, parse_xml(  # type: ignore[attr-defined]
        f'<w:p {NS} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shapetype id="_x0000_t202"/>'
        '<v:shape id="zone" type="#_x0000_t202"><v:textbox><w:txbxContent><w:p><w:r><w:t>Dans la zone</w:t></w:r></w:p>'
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    ))  # fmt: skip


def test_shapes_of_two_pieces_have_names_of_their_own() -> None:
    piece = read_foreign(report_file(change=shapes), "Rapport")
    text = etree.tostring(body_of(with_pieces(piece, piece)), encoding="unicode")
    names = re.findall(r'<v:shape(?:type)? [^>]*?id="([^"]+)"', text)
    assert len(names) == len(set(names)) == 4
    assert set(re.findall(r'type="#([^"]+)"', text)) <= set(names)
    assert text.count("Dans la zone") == 2


def test_a_file_that_libreoffice_wrote_gives_a_valid_file(tmp_path: Path) -> None:
    resaved = Path(__file__).parents[1] / "docx" / "gabarits" / "libreoffice" / "gabarit.docx"
    path = tmp_path / "liasse.docx"
    path.write_bytes(with_pieces(read_foreign(resaved.read_bytes(), "Repris")))
    assert OpenXmlValidator().validate(str(path)).is_valid


def test_a_note_of_a_foreign_file_follows_those_of_the_acts() -> None:
    own = write_bundle([(agreement("autre"), look("neutre"))], title="Autre", contents=False)
    data = with_pieces(read_foreign(own, "Acte d'un autre"))
    found = {
        value(one, "id"): words(one).strip("\xa0")
        for one in etree.fromstring(parts_of(data)["word/footnotes.xml"])
        if not value(one, "type")
    }
    calls = [
        [found[value(one, "id")] for block in blocks for one in block.iter(f"{W}footnoteReference")]
        for blocks in acts_in(data)
    ]
    assert [one for one in calls if one] == [["Note de alpha."], ["Note de autre."], ["Note de beta."]]


@pytest.mark.parametrize(("size", "turned"), [((80, 40), True), ((40, 80), False)])
def test_a_picture_is_a_page_that_lies_down_when_it_is_wide(size: tuple[int, int], turned: bool) -> None:
    data = with_pieces(read_picture(png(*size), "Plan", label="Annexe 2"))
    section, blocks = sections(data)[starts(data)[1]]
    assert (value(section.find(f"{W}pgSz"), "orient") == "landscape") is turned
    assert len([one for block in blocks for one in block.iter(f"{W}drawing")]) == 1


# --- in a liasse ------------------------------------------------------------------------------------------------


def liasse(*pieces: Piece) -> Liasse:
    act = Piece("alpha", "Convention alpha", ACT, ("1",), "Annexe 1", acte=agreement("alpha"))
    return Liasse("essai", "Liasse d'essai", (act, *pieces))


def piece(path: Path, kind: str) -> Piece:
    return Piece("jointe", "Pièce jointe", kind, ("2",), "Annexe 2", path=path, file=path.name)


def test_a_pdf_has_a_page_that_says_where_it_is_and_a_workbook_its_tables(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Poste", "Montant"])
    book.active.append(["Salaires", 1200])
    book.save(tmp_path / "budget.xlsx")
    (tmp_path / "cadre.pdf").write_bytes(b"%PDF-1.7\n")
    report = Report()
    pieces = piece(tmp_path / "cadre.pdf", PDF), piece(tmp_path / "budget.xlsx", XLSX)
    data = write_liasse_docx(liasse(*pieces), lambda one: look(), report)
    texts = ["".join(map(words, blocks)) for blocks in acts_in(data)]
    assert "figure dans le PDF de la liasse" in texts[-2]
    assert "Salaires" in texts[-1]
    assert not report.errors
    assert "Bordereau" in texts[0]


def protected(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def macros(path: Path) -> None:
    path.write_bytes(report_file())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")


def entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 40_000_000)


def cut(path: Path) -> None:
    path.write_bytes(report_file()[:3000])


def big(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(21 * 1024 * 1024)


@pytest.mark.parametrize(
    ("make", "kind", "code"),
    [
        (lambda path: None, DOCX, "LIA-03"),
        (lambda path: path.write_bytes(b""), DOCX, "LIA-03"),
        (cut, DOCX, "LIA-14"),
        (lambda path: path.write_bytes(b"Bonjour"), DOCX, "LIA-14"),
        (big, DOCX, "LIA-05"),
        (bomb, DOCX, "LIA-05"),
        (protected, DOCX, "LIA-19"),
        (macros, DOCX, "LIA-20"),
        (entities, DOCX, "LIA-20"),
        (lambda path: path.write_bytes(png(10, 10)[:40]), IMAGE, "LIA-14"),
        (lambda path: path.write_bytes(b"GIF89a" + bytes(90)), IMAGE, "LIA-14"),
        (lambda path: path.write_bytes(b""), PDF, "LIA-03"),
    ],
)
def test_a_piece_that_cannot_be_taken_is_named_with_what_to_do(
    tmp_path: Path, make: Callable[[Path], object], kind: str, code: str
) -> None:
    path = tmp_path / "piece.docx"
    make(path)
    with pytest.raises(PieceError) as caught:
        write_liasse_docx(liasse(piece(path, kind)), lambda one: look(), Report())
    (problem,) = caught.value.diagnostics
    assert problem.code == code
    assert "« piece.docx »" in problem.message
    assert problem.remedy


def test_every_piece_refused_is_said_at_once(tmp_path: Path) -> None:
    pieces = piece(tmp_path / "a.docx", DOCX), piece(tmp_path / "b.docx", DOCX)
    with pytest.raises(PieceError) as caught:
        write_liasse_docx(liasse(*pieces), lambda one: look(), Report())
    assert [one.code for one in caught.value.diagnostics] == ["LIA-03", "LIA-03"]


def test_what_a_piece_loses_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    path.write_bytes(report_file(change=notes))
    report = Report()
    write_liasse_docx(liasse(piece(path, DOCX)), lambda one: look(), report)
    assert {one.code for one in report.warnings} == {"LIA-21"}
    assert not report.errors


def test_a_signed_act_is_printed_as_it_was_signed() -> None:
    signed = write_bundle([BoundAct(agreement("signe"), look())], title="Signé", contents=False)
    one = Piece("signe", "Acte signé", ACT, ("2",), "Annexe 2", acte=agreement("autre"), frozen={"docx": signed})
    data = write_liasse_docx(liasse(one), lambda piece: look(), Report())
    text = words(body_of(data))
    assert "Objet de signe" in text
    assert "Objet de autre" not in text
