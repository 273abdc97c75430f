"""Foreign pieces in the PDF of a liasse: what is kept, what is taken away, what is refused and how it is said."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from bundle_pdf_tools import action, dests, foreign, javascript, joined, liasse, link, opened, places, words
from pikepdf import Array, Dictionary, Name, Pdf, String

from convgen.bundle import pdf_foreign
from convgen.bundle.foreign import check_file
from convgen.bundle.liasse import DOCX, IMAGE, XLSX, Piece
from convgen.bundle.pdf import draw_pieces, write_liasse_pdf, write_piece_pdf
from convgen.bundle.pictures import Size, picture_size
from convgen.errors import ConvgenError, Diagnostic, Report
from convgen.write.pdf import PdfLook
from convgen.write.pdf.libreoffice import find_soffice

LOOKS = {"": PdfLook()}


def written(*pieces: Piece, report: Report | None = None) -> bytes:
    return write_liasse_pdf(liasse(*pieces), LOOKS, report or Report(), workers=1)


def refused(piece: Piece) -> Diagnostic:
    with pytest.raises(ConvgenError) as caught:
        written(piece)
    (only,) = caught.value.diagnostics
    assert piece.path is None or piece.path.name in only.message
    assert only.path == f"pieces.{piece.id}.fichier"
    return only


# --- where the stamp stands -----------------------------------------------------------------------------------


def turned(by: int, unit: float = 1, crop: tuple[float, ...] = ()) -> object:
    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate = by
            if unit != 1:
                page.obj.UserUnit = unit
            if crop:
                page.obj.CropBox = Array(list(crop))

    return change


CROP = (50, 60, 400, 500)


@pytest.mark.parametrize("by", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("crop", [(), CROP])
def test_the_folio_stands_at_the_foot_on_the_right_however_the_page_is_turned(
    tmp_path: Path, by: int, crop: tuple[float, ...]
) -> None:
    path = foreign(tmp_path / "plan.pdf", 1, size=(600, 800), change=turned(by, crop=crop))
    with opened(written(joined("1", path))) as pdf:
        page = pdf.pages[2]
        left, bottom, right, top = crop or (0, 0, 600, 800)
        width, height = (right - left, top - bottom) if by % 180 == 0 else (top - bottom, right - left)
        # A point close to the foot and to the right side of what is seen, brought to the sheet by the stamp's matrix…
        text = page.obj.Contents[-1].read_bytes().split(b" q ")[1].split(b" cm")[0]
        x, y = pikepdf.Matrix(*(float(one) for one in text.split())).transform((width - 30, 15))
        assert left < x < right
        assert bottom < y < top
        # … and from the sheet to what is seen, by the rotation that PDF defines (clockwise).
        seen = {
            0: (x - left, y - bottom),
            90: (y - bottom, right - x),
            180: (right - x, top - y),
            270: (top - y, x - left),
        }
        assert seen[by % 360] == pytest.approx((width - 30, 15), abs=0.01)
        form = page.obj.Resources.XObject["/ConvgenTimbre"]
        assert [float(one) for one in form.BBox][2:] == pytest.approx([width, height], abs=0.02)


def test_a_page_keeps_its_size_its_rotation_and_its_crop(tmp_path: Path) -> None:
    path = foreign(tmp_path / "plan.pdf", 1, size=(1191, 842), change=turned(90, crop=CROP))
    with opened(written(joined("1", path))) as pdf:
        page = pdf.pages[2]
        assert [int(one) for one in page.mediabox.as_list()] == [0, 0, 1191, 842]
        assert [int(one) for one in page.cropbox.as_list()] == [50, 60, 400, 500]
        assert int(page.obj.Rotate) == 90


def test_what_a_page_inherits_is_kept(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        pages = pdf.Root.Pages
        for page in pdf.pages:
            pages.MediaBox, pages.Resources, pages.Rotate = page.obj.MediaBox, page.obj.Resources, 90
            del page.obj["/MediaBox"], page.obj["/Resources"]

    data = written(joined("1", foreign(tmp_path / "rapport.pdf", change=change)))
    assert "rapport feuille 1" in words(data, 2)
    with opened(data) as pdf:
        assert int(pdf.pages[2].obj.Rotate) == 90


def test_a_page_that_spoils_its_state_does_not_move_the_stamp(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Contents = Array(
            [pdf.make_stream(b"q q 0.1 0 0 0.1 300 300 cm"), pdf.make_stream(b"BT /F1 20 Tf (sceau) Tj ET")]
        )

    data = written(joined("1", foreign(tmp_path / "rapport.pdf", 1, change=change)))
    assert "sceau" in words(data, 2)
    assert "folio 3/3" in words(data, 2)
    with opened(data) as pdf:
        page = pdf.pages[2]
        assert b"".join(one.read_bytes() for one in list(page.obj.Contents)[:-1]).count(b"cm") == 0


# --- links ----------------------------------------------------------------------------------------------------


def test_links_within_a_foreign_piece_still_lead_to_its_pages(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        link(pdf, 0, Dest=Array([pdf.pages[2].obj, Name.Fit]))
        link(pdf, 0, A=action("GoTo", D=String("fin")))
        link(pdf, 0, A=action("URI", URI=String("https://www.legifrance.gouv.fr/")))
        link(pdf, 0, Dest=String("absent"))
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("fin"), Array([pdf.pages[1].obj, Name.Fit])])))

    data = written(joined("1", foreign(tmp_path / "rapport.pdf", 3, change=change)))
    with opened(data) as pdf:
        found = places(pdf)
        assert [found[name] for name in dests(pdf, 2)] == [4, 3]
        assert [str(one.A.URI) for one in pdf.pages[2].obj.Annots if "/A" in one] == ["https://www.legifrance.gouv.fr/"]


def test_two_copies_of_the_same_names_do_not_mix(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.Dests = Dictionary(fin=Array([pdf.pages[1].obj, Name.Fit]))
        link(pdf, 0, Dest=Name.fin)

    one, two = (foreign(tmp_path / f"{name}.pdf", change=change) for name in ("un", "deux"))
    with opened(written(joined("1", one), joined("2", two))) as pdf:
        found = places(pdf)
        assert [found[name] for page in (2, 4) for name in dests(pdf, page)] == [3, 5]


def test_hidden_layers_stay_hidden(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        layers = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(one))) for one in ("vu", "caché")]
        pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array([layers[1]])))
        pdf.pages[0].obj.Resources.Properties = Dictionary(a=layers[0], b=layers[1])

    with opened(written(joined("1", foreign(tmp_path / "plan.pdf", 1, change=change)))) as pdf:
        assert [str(one.Name) for one in pdf.Root.OCProperties.OCGs] == ["vu", "caché"]
        assert [str(one.Name) for one in pdf.Root.OCProperties.D.OFF] == ["caché"]


# --- what is taken away ---------------------------------------------------------------------------------------


def with_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = javascript()


def with_named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), javascript()])))


def with_launch(pdf: Pdf) -> None:
    link(pdf, 0, A=action("Launch", F=String("calc.exe")))


def with_chain(pdf: Pdf) -> None:
    link(pdf, 0, A=action("URI", URI=String("https://a.fr"), Next=javascript()))


def with_file(pdf: Pdf) -> None:
    pdf.attachments["annexe.xls"] = b"PK"


def with_clip(pdf: Pdf) -> None:
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9])))
    pdf.pages[0].obj.Annots = Array([note])


def with_page_action(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=javascript())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (with_script, "JavaScript"),
        (with_named_script, "JavaScript"),
        (with_launch, "lancement de programme"),
        (with_chain, "JavaScript"),
        (with_file, "fichier joint"),
        (with_clip, "fichier joint"),
        (with_page_action, "action automatique"),
    ],
)
def test_what_is_active_is_taken_away_and_said(tmp_path: Path, change: object, said: str) -> None:
    report = Report()
    piece = joined("1", foreign(tmp_path / "rapport.pdf", change=change))
    alone = write_piece_pdf(piece, PdfLook(), report)
    (only,) = report.warnings
    assert only.code == "LIA-17"
    assert said.lower() in only.cause.lower()
    for data in (alone, written(piece)):
        with opened(data) as pdf:
            everything = b"".join(
                one.unparse(resolved=True) for one in pdf.objects if not isinstance(one, pikepdf.Stream)
            )
        for word in (b"JavaScript", b"Launch", b"EmbeddedFile", b"FileAttachment", b"app.alert", b"/AA"):
            assert word not in everything
        assert b"app.alert" not in data


def test_a_clean_piece_is_sent_as_it_is(tmp_path: Path) -> None:
    report = Report()
    path = foreign(tmp_path / "rapport.pdf")
    assert write_piece_pdf(joined("1", path), PdfLook(), report) == path.read_bytes()
    assert not [*report]


def with_field(pdf: Pdf) -> None:
    font = Dictionary(F1=pdf.pages[0].obj.Resources.Font.F1)
    look = pdf.make_stream(b"BT /F1 12 Tf 2 2 Td (valeur saisie) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
    look.Resources = Dictionary(Font=font)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("nom"), V=String("valeur saisie"), F=4,
            Rect=Array([50, 50, 250, 70]), AP=Dictionary(N=look), P=pdf.pages[0].obj,
        )
    )  # fmt: skip
    link(pdf, 0, A=action("URI", URI=String("https://a.fr")))
    pdf.pages[0].obj.Annots.append(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def test_the_fields_of_a_form_become_text_and_its_links_stay(tmp_path: Path) -> None:
    data = written(joined("1", foreign(tmp_path / "fiche.pdf", change=with_field)))
    assert "valeur saisie" in words(data, 2)
    with opened(data) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert [str(one.Subtype) for one in pdf.pages[2].obj.Annots] == ["/Link"]


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("user", "cause"), [("secret", "mot de passe"), ("", "interdit")])
def test_a_protected_piece_is_refused(tmp_path: Path, user: str, cause: str) -> None:
    rights = pikepdf.Permissions(modify_assembly=False)
    lock = pikepdf.Encryption(owner="maître", user=user, R=6, allow=rights)
    said = refused(joined("1", foreign(tmp_path / "rapport.pdf", encryption=lock)))
    assert said.code == "LIA-13"
    assert cause in said.cause
    assert "sans protection" in said.remedy


@pytest.mark.parametrize("content", [b"%PDF-1.7\nrien", b"PK\x03\x04", b"%PDF-1.4\n%%EOF\n"])
def test_a_damaged_piece_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(content)
    assert refused(joined("1", path)).code == "LIA-14"


def test_a_piece_cut_short_is_refused_or_whole(tmp_path: Path) -> None:
    whole = foreign(tmp_path / "entier.pdf").read_bytes()
    path = tmp_path / "rapport.pdf"
    for end in range(20, len(whole), 37):
        path.write_bytes(whole[:end])
        try:
            assert b"%PDF" in written(joined("1", path))
        except ConvgenError as error:
            assert {one.code for one in error.diagnostics} == {"LIA-14"}


def portfolio(pdf: Pdf) -> None:
    pdf.Root.Collection = Dictionary(Type=Name.Collection)


def no_size(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 0, 0])


def broken_stream(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"this is no deflate", Filter=Name.FlateDecode)


@pytest.mark.parametrize(
    ("change", "word"), [(portfolio, "porte-documents"), (no_size, "taille"), (broken_stream, "abîmé")]
)
def test_a_piece_whose_pages_cannot_be_taken_is_refused(tmp_path: Path, change: object, word: str) -> None:
    said = refused(joined("1", foreign(tmp_path / "rapport.pdf", change=change)))
    assert said.code == "LIA-14"
    assert word in said.cause


def test_missing_empty_and_heavy_pieces_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(joined("1", tmp_path / "absent.pdf")).code == "LIA-03"
    (tmp_path / "vide.pdf").write_bytes(b"")
    assert refused(joined("1", tmp_path / "vide.pdf")).code == "LIA-03"
    path = foreign(tmp_path / "lourd.pdf")
    monkeypatch.setattr(pdf_foreign, "MAX_BYTES", 100)
    assert refused(joined("1", path)).code == "LIA-05"


def test_a_piece_of_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_foreign, "MAX_PAGES", 3)
    assert refused(joined("1", foreign(tmp_path / "long.pdf", 4))).code == "LIA-18"


def test_every_refusal_is_said_at_once(tmp_path: Path) -> None:
    pieces = [joined(str(n), tmp_path / f"absent-{n}.pdf") for n in (1, 2, 3)]
    with pytest.raises(ConvgenError) as caught:
        draw_pieces(pieces, LOOKS, Report())
    assert [one.code for one in caught.value.diagnostics] == ["LIA-03"] * 3


# --- pictures -------------------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(300, 100), (100, 300)])
def test_a_picture_has_a_page_that_lies_as_it_does(tmp_path: Path, width: int, height: int) -> None:
    path = tmp_path / "carte.png"
    path.write_bytes(png(width, height))
    data = written(joined("1", path, IMAGE))
    with opened(data) as pdf:
        assert len(pdf.pages) == 3
        box = [float(one) for one in pdf.pages[2].mediabox.as_list()]
        assert (box[2] > box[3]) == (width > height)
        figures = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == Name.Figure]
        assert [str(one.Alt) for one in figures] == ["Pièce carte"]
    assert "Annexe 1 – page 1/1" in words(data, 2)


def jpeg(turn: int, order: str = ">") -> bytes:
    """The head of a JPEG of 300 × 100 points that a camera turned."""
    mark = b"MM" if order == ">" else b"II"
    tags = struct.pack(f"{order}H", 1) + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0)
    exif = b"Exif\0\0" + mark + struct.pack(f"{order}HI", 42, 8) + tags + b"\0\0\0\0"
    app1 = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 100, 300, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + app1 + frame


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize(("turn", "size"), [(1, Size(300, 100)), (3, Size(300, 100)), (6, Size(100, 300))])
def test_a_picture_that_a_camera_turned_is_seen_upright(turn: int, size: Size, order: str) -> None:
    assert picture_size(jpeg(turn, order)) == size


@pytest.mark.parametrize("content", [b"GIF89a rien", png(3, 3)[:20], jpeg(1)[:30], b"\x89PNG\r\n\x1a\n", b""])
def test_what_is_no_whole_picture_has_no_size(content: bytes) -> None:
    assert picture_size(content) is None


def test_a_damaged_or_giant_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "carte.png"
    path.write_bytes(png(30, 30)[:60])
    assert refused(joined("1", path, IMAGE)).code == "LIA-14"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    assert refused(joined("1", path, IMAGE)).code == "LIA-18"
    path.write_bytes(b"II*\0" + bytes(40))
    assert "PNG ou en JPEG" in refused(joined("1", path, IMAGE)).remedy


# --- workbooks and Word files -------------------------------------------------------------------------------


def workbook(path: Path, columns: int = 3) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    first.title = "Budget"
    first.append([f"Colonne {n}" for n in range(columns)])
    first.append(["Fonctionnement", *[1250.5] * (columns - 1)])
    book.create_sheet("Effectifs").append(["Agents", 12])
    hidden = book.create_sheet("Brouillon")
    hidden.append(["Secret"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_a_workbook_is_printed_as_tables_a_hidden_sheet_is_not(tmp_path: Path) -> None:
    data = written(joined("1", workbook(tmp_path / "budget.xlsx"), XLSX))
    with opened(data) as pdf:
        said = " ".join(words(data, n) for n in range(2, len(pdf.pages)))
    for word in ("Pièce budget", "Colonne 2", "Fonctionnement", "1250,5", "Effectifs", "Agents", "12"):
        assert word in said
    assert "Secret" not in said


def test_cells_are_printed_as_they_are_seen_and_what_is_hidden_is_not(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Montant", "Taux", "Jour", "Cachette", "Somme"])
    sheet.append([1234.5, 0.125, datetime(2024, 6, 7, 14, 30), "Secrète", "#REF!"])
    sheet.append(["Caché"])
    sheet["A2"].number_format, sheet["B2"].number_format = '#,##0.00\\ "€"', "0.0%"
    sheet["C2"].number_format = "dd/mm/yyyy hh:mm"
    sheet["E2"].data_type = "e"
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "budget.xlsx")
    report = Report()
    data = written(joined("1", tmp_path / "budget.xlsx", XLSX), report=report)
    seen = words(data, 2).replace("\u202f", " ").replace("\xa0", " ")
    for word in ("1 234,50 €", "12,5 %", "07/06/2024 14:30", "#REF"):
        assert word in seen
    for word in ("Secrète", "Cachette", "Caché"):
        assert word not in seen
    assert ["E2" in one.message for one in report.warnings if one.code == "DON-18"] == [True]


@pytest.mark.parametrize(("first", "times"), [(["Poste", "Somme"], 3), (["Poste 0", 0], 1)])
def test_only_titles_are_said_again_on_each_page(tmp_path: Path, first: list[object], times: int) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(first)
    for rank in range(1, 110):
        book.active.append([f"Ligne {rank}", rank])
    book.save(tmp_path / "budget.xlsx")
    data = written(joined("1", tmp_path / "budget.xlsx", XLSX))
    with opened(data) as pdf:
        said = " ".join(words(data, n) for n in range(2, len(pdf.pages)))
        assert len(pdf.pages) == 5
    assert said.count("Poste") == times


def test_a_workbook_of_many_columns_lies_down(tmp_path: Path) -> None:
    with opened(written(joined("1", workbook(tmp_path / "budget.xlsx", 9), XLSX))) as pdf:
        boxes = [[float(x) for x in page.mediabox.as_list()] for page in pdf.pages]
        assert any(box[2] > box[3] for box in boxes[2:])


def test_a_workbook_of_too_many_columns_is_cut_in_tables_that_all_have_its_first_one(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Année", *[f"Poste-{n}" for n in range(60)]])
    book.active.append([2024, *[1_234_567 + n for n in range(60)]])
    book.save(tmp_path / "budget.xlsx")
    data = written(joined("1", tmp_path / "budget.xlsx", XLSX))
    with opened(data) as pdf:
        said = [words(data, n) for n in range(2, len(pdf.pages))]
        assert all(float(page.mediabox[2]) > float(page.mediabox[3]) for page in list(pdf.pages)[2:])
    assert "Pièce budget" in said[0]
    assert "Partie 1 sur" in said[0]
    whole = " ".join(said)
    assert whole.count("Année") == whole.count("2024") >= 5
    for n in range(60):
        assert whole.count(f"{1_234_567 + n}") == 1, "each figure stands once, alone"


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(b"PK\x03\x04 rien")
    with pytest.raises(ConvgenError) as caught:
        written(joined("1", path, XLSX))
    assert "budget.xlsx" in str(caught.value)


def word_file(path: Path) -> Path:
    from docx import Document

    document = Document()
    document.add_paragraph("Texte d'une pièce Word")
    document.save(str(path))
    return path


def test_without_libreoffice_a_word_file_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_foreign, "find_soffice", lambda: None)
    said = refused(joined("1", word_file(tmp_path / "note.docx"), DOCX))
    assert said.code == "LIA-15"
    assert "Enregistrez la pièce en PDF" in said.remedy


def test_a_conversion_that_fails_keeps_what_libreoffice_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\necho rien ne va\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf_foreign, "find_soffice", lambda: str(program))
    piece = joined("1", word_file(tmp_path / "note.docx"), DOCX)
    with pytest.raises(ConvgenError) as caught:
        draw_pieces([piece], LOOKS, Report(), log=tmp_path)
    (only,) = caught.value.diagnostics
    assert only.code == "LIA-16"
    assert "rien ne va" in (tmp_path / "note.libreoffice.log").read_text("utf-8")


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_word_file_is_converted(tmp_path: Path) -> None:
    data = written(joined("1", word_file(tmp_path / "note.docx"), DOCX))
    assert "Texte d'une pièce Word" in words(data, 2)


@pytest.mark.parametrize("content", [b"rien", b"PK\x03\x04 rien"])
def test_a_word_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(content)
    assert refused(joined("1", path, DOCX)).code == "LIA-14"


# --- files cut short, pictures of presses -------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.55, 0.75, 0.93])
@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode)[:2])
def test_a_file_cut_short_is_refused_not_made_up_for(
    tmp_path: Path, share: float, mode: pikepdf.ObjectStreamMode
) -> None:
    path = foreign(tmp_path / "coupe.pdf", 4, object_stream_mode=mode)
    whole = path.read_bytes()
    assert "coupe feuille 4" in words(written(joined("1", path)), 5)
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refused(joined("1", path)).code == "LIA-14"
    report = Report()
    assert check_file("coupe.pdf", path, None, "", report) == ""
    assert [one.code for one in report.errors] == ["LIA-14"]


def test_a_change_to_a_file_that_was_not_wholly_saved(tmp_path: Path) -> None:
    path = foreign(tmp_path / "coupe.pdf")
    path.write_bytes(path.read_bytes() + b"4 0 obj\n<</Length 12>>stream\n0 0 m")
    found = refused(joined("1", path))
    assert (found.code, "incomplet" in found.cause) == ("LIA-14", True)


def test_the_corners_of_a_page_come_in_any_order(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.obj.MediaBox = Array([595, 842, 0, 0])

    data = written(joined("1", foreign(tmp_path / "plan.pdf", 1, change=change)))
    assert "plan feuille 1" in words(data, 2)
    assert "folio 3/3" in words(data, 2)


def test_a_picture_in_the_colours_of_a_press(tmp_path: Path) -> None:
    path = tmp_path / "carte.jpg"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 20, 8, 100, 300, 4) + bytes(12)
    path.write_bytes(b"\xff\xd8" + frame + b"\xff\xd9")
    found = refused(joined("1", path, IMAGE))
    assert (found.code, "CMJN" in found.cause, "RVB" in found.remedy) == ("LIA-14", True, True)


@pytest.mark.parametrize(
    ("name", "head"), [("a.gif", b"GIF89a"), ("a.tif", b"II*\0"), ("a.tiff", b"MM\0*"), ("a.webp", b"RIFF\0\0\0\0WEBP")]
)
def test_a_picture_of_another_format_is_told_which_ones_are_taken(tmp_path: Path, name: str, head: bytes) -> None:
    (tmp_path / name).write_bytes(head + bytes(40))
    report = Report()
    assert check_file(name, tmp_path / name, None, "", report) == ""
    (only,) = report.errors
    assert (only.code, "PNG ou en JPEG" in only.remedy) == ("LIA-04", True)
