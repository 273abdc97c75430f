"""A foreign Word file in the PDF of a liasse: the text of the Word file, the same bytes each time, no author."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from bundle_pdf_tools import joined, opened, words
from bundle_word import look
from docx.oxml import parse_xml

from convgen.bundle.liasse import DOCX
from convgen.bundle.pdf import write_piece_pdf
from convgen.bundle.pdf_neutral import neutralize
from convgen.bundle.pieces_docx import member
from convgen.errors import Report
from convgen.write.docx.foreign import Foreign
from convgen.write.docx.foreign_copy import settled
from convgen.write.pdf import PdfLook
from convgen.write.pdf.libreoffice import find_soffice
from docx import Document

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHANGED = (
    f'<w:p {NS}><w:r><w:t xml:space="preserve">Subvention de </w:t></w:r><w:del w:id="1" w:author="x"><w:r>'
    f'<w:delText>mille</w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>deux mille</w:t></w:r></w:ins>'
    f'<w:r><w:t xml:space="preserve"> euros du </w:t></w:r><w:fldSimple w:instr="DATE"><w:r><w:t>1er janvier 2020</w:t>'
    f"</w:r></w:fldSimple></w:p>"
)
BOUND = (
    f"<w:p {NS}><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>saisi</w:t></w:r></w:sdtContent></w:sdt>"
    "</w:p>"
)


def revised(path: Path) -> Path:
    document = Document()
    document.core_properties.author = "Jeanne Rédactrice"
    body = document.element.body
    for one in (CHANGED, BOUND):
        body.insert(0, parse_xml(one))
    document.add_comment(document.add_paragraph("Fin").runs, "À revoir", "Un agent")
    document.sections[0].header._element.append(parse_xml(CHANGED))
    document.save(str(path))
    return path


def test_the_copy_that_is_converted_has_no_changes_comments_or_fields_left(tmp_path: Path) -> None:
    copy, remarks = settled(revised(tmp_path / "note.docx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        texts = [archive.read(n).decode() for n in archive.namelist() if re.match(r"word/(document|header1)\.xml", n)]
    assert len(texts) == 2
    for text in texts:
        assert "deux mille" in text
        assert "1er janvier 2020" in text
        for gone in (">mille", "w:del", "w:ins", "fldSimple", "commentReference", "w:sdt"):
            assert gone not in text
    assert "saisi" in texts[0]
    assert [one.split(" ")[0] for one in remarks] == ["modifications", "commentaires"]


def test_a_file_without_changes_has_nothing_to_say_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "a.docx"))
    assert settled((tmp_path / "a.docx").read_bytes())[1] == ()
    with pytest.raises(ValueError, match="zip"):
        settled(b"PK rien")


def rewritten(path: Path, change: Callable[[str, str], tuple[str, str]]) -> bytes:
    """The file with each of its texts changed: its name and what it holds."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w") as other:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                name, text = change(name, data.decode())
                data = text.encode()
            other.writestr(name, data)
    return made.getvalue()


def test_a_header_of_any_name_is_settled(tmp_path: Path) -> None:
    path = revised(tmp_path / "note.docx")
    copy, _ = settled(rewritten(path, lambda name, text: (name.replace("header1", "enTete"), text)))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert b"fldSimple" not in archive.read("word/enTete.xml")


def test_a_file_whose_changes_cannot_be_seen_is_not_converted(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    path = revised(tmp_path / "note.docx")
    with pytest.raises(ValueError, match="document"):
        settled(rewritten(path, lambda name, text: (name, text.replace(main, strict))))


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_the_pdf_says_what_the_word_file_says_and_is_the_same_each_time(tmp_path: Path) -> None:
    piece, report = joined("1", revised(tmp_path / "note.docx"), DOCX), Report()
    made = write_piece_pdf(piece, PdfLook(), report)
    assert "Subvention de deux mille euros du 1er janvier 2020" in words(made, 0)
    time.sleep(1.1)  # a date is written to the second
    assert write_piece_pdf(piece, PdfLook(), Report()) == made
    assert b"Jeanne" not in made
    with opened(made) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode()
        assert "Pièce note" in said
        assert "Jeanne" not in said
        assert "/Info" not in pdf.trailer
        assert pdf.Root.MarkInfo.Marked
        assert all("/StructParents" in page.obj for page in pdf.pages), "its tags stay"
    found = member(piece, look(), report)
    assert isinstance(found, Foreign)
    body = found.source.parts["word/document.xml"].decode()
    assert "deux mille" in body
    assert "w:instr=" not in body
    assert len(report.warnings) == 2, "both outputs say it, once"
    assert {one.code for one in report.warnings} == {"LIA-21"}
    assert not any("ne perd rien" in one.remedy for one in report.warnings)


def profile(day: bytes, checksum: bytes) -> bytes:
    return bytes(24) + day + b"acsp" + bytes(44) + checksum + bytes(40)


def test_what_tells_the_day_the_program_or_the_author_goes(tmp_path: Path) -> None:
    made = []
    for rank in (1, 2):
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = f"Auteur {rank}"
        pdf.Root.Profile = pdf.make_stream(profile(bytes([rank] * 12), bytes([rank] * 16)), N=3)
        pdf.Root.Other = pdf.make_stream(bytes([7] * 130), N=3)
        pdf.Root.Metadata = pdf.make_stream(f"<pdfaid:part>2</pdfaid:part><pdfuaid:part>1</x>{rank}".encode())
        neutralize(pdf, "Avis & vœux", tagged=rank == 3)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        made.append(out.getvalue())
    assert made[0] == made[1]
    with opened(made[0]) as pdf:
        said = pdf.Root.Metadata.read_bytes()
        assert "Avis &amp; vœux".encode() in said
        assert b"pdfaid:part" in said
        assert b"pdfuaid:part" not in said, "no tags"
        assert pdf.Root.Other.read_bytes() == bytes([7] * 130)
        assert pdf.Root.Profile.read_bytes()[36:40] == b"acsp"
