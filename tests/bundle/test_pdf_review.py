"""What a foreign PDF holds beside its pages: remarks go and are said, a signature and what is hidden are said."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from bundle_pdf_tools import foreign, joined, liasse, opened
from pikepdf import Array, Dictionary, Name, Pdf, String

from convgen.bundle.pdf import write_liasse_pdf, write_piece_pdf
from convgen.errors import Diagnostic, Report
from convgen.write.pdf import PdfLook

Change = Callable[[Pdf], None]


def remark(kind: str, **keys: object) -> Change:
    def change(pdf: Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([10, 10, 90, 30]), **keys)
        held = pdf.pages[0].obj
        held.Annots = Array([*held.get("/Annots", ()), pdf.make_indirect(one)])

    return change


def tagged(change: Change) -> Change:
    """The same, in a file whose tags name the annotation."""

    def both(pdf: Pdf) -> None:
        change(pdf)
        named = Dictionary(Type=Name.OBJR, Obj=pdf.pages[0].obj.Annots[0])
        pdf.pages[0].obj.StructParents = 0
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([named])))

    return both


def sent(tmp_path: Path, change: Change) -> tuple[bytes, bytes, list[Diagnostic], Path]:
    """What the préfecture is sent, what the liasse prints, what is said, the file."""
    path, report = foreign(tmp_path / "rapport.pdf", 1, change=change), Report()
    piece = joined("1", path)
    alone = write_piece_pdf(piece, PdfLook(), report)
    whole = write_liasse_pdf(liasse(piece), {"": PdfLook()}, Report(), workers=1)
    assert all((one.code, one.path) == ("LIA-17", "pieces.rapport.fichier") for one in report)
    return alone, whole, list(report.warnings), path


def everything(data: bytes) -> bytes:
    with opened(data) as pdf:
        return b"".join(one.unparse(resolved=True) for one in pdf.objects if not isinstance(one, pikepdf.Stream))


SAID = String("Note interne")


@pytest.mark.parametrize("kind", ["Text", "Highlight", "StrikeOut", "Stamp", "Caret"])
@pytest.mark.parametrize("around", [lambda change: change, tagged])
def test_the_remark_of_a_reader_goes_nowhere_and_is_said(
    tmp_path: Path, kind: str, around: Callable[[Change], Change]
) -> None:
    change = around(remark(kind, Contents=SAID, T=String("Jeanne Relectrice"), RC=String("Note interne")))
    alone, whole, (told,), _ = sent(tmp_path, change)
    assert told.cause == "Commentaire."
    assert told.remedy.startswith("Rien à faire")
    for data in (alone, whole):
        assert b"Note interne" not in everything(data)
        assert b"Jeanne" not in everything(data)


def test_a_mark_stays_on_the_page_and_its_remark_goes(tmp_path: Path) -> None:
    alone, whole, _, _ = sent(tmp_path, remark("Highlight", Contents=SAID, QuadPoints=Array([0] * 8)))
    for data, page in ((alone, 0), (whole, 2)):
        with opened(data) as pdf:
            (mark,) = pdf.pages[page].obj.Annots
            assert "/QuadPoints" in mark


def test_words_typed_on_the_page_stay(tmp_path: Path) -> None:
    alone, whole, told, path = sent(tmp_path, remark("FreeText", Contents=String("Vu"), T=String("Jeanne")))
    assert not told
    assert alone == path.read_bytes()
    assert b"(Vu)" in everything(whole)
    assert b"Jeanne" not in everything(whole)


@pytest.mark.parametrize("change", [remark("Highlight", Contents=String(" ")), remark("Ink")])
def test_a_mark_without_a_remark_changes_nothing(tmp_path: Path, change: Change) -> None:
    alone, _, told, path = sent(tmp_path, change)
    assert not told
    assert alone == path.read_bytes()


def test_the_tags_of_a_file_outlive_the_remarks(tmp_path: Path) -> None:
    alone, _, _, _ = sent(tmp_path, tagged(remark("Text", Contents=SAID)))
    with opened(alone) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.pages[0].obj.StructParents == 0


# --- signatures -------------------------------------------------------------------------------------------------


def signature(value: Dictionary | None, *, nested: bool = False) -> Change:
    def change(pdf: Pdf) -> None:
        one = Dictionary(T=String("Signature"), Subtype=Name.Widget, Rect=Array([0, 0, 0, 0]))
        if value is not None:
            one.V = value
        if nested:
            top = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("p"), Kids=Array([pdf.make_indirect(one)])))
        else:
            one.FT = Name.Sig
            top = pdf.make_indirect(one)
        pdf.Root.AcroForm = Dictionary(Fields=Array([top]), SigFlags=3)

    return change


VALUE = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]))


@pytest.mark.parametrize("nested", [False, True])
def test_a_signed_piece_is_sent_as_it_is_and_the_liasse_says_that_it_loses_the_signature(
    tmp_path: Path, nested: bool
) -> None:
    alone, _, (told,), path = sent(tmp_path, signature(VALUE, nested=nested))
    assert alone == path.read_bytes()
    assert "signée électroniquement" in told.message


def test_a_place_to_sign_is_no_signature(tmp_path: Path) -> None:
    alone, _, told, path = sent(tmp_path, signature(None))
    assert (alone, told) == (path.read_bytes(), [])


def test_a_signed_piece_with_a_remark_says_that_the_copy_is_not_signed(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        signature(VALUE)(pdf)
        remark("Text", Contents=SAID)(pdf)

    _, _, (told,), _ = sent(tmp_path, change)
    assert told.cause == "Commentaire. Sa signature électronique n'est plus valable."


# --- what is hidden ---------------------------------------------------------------------------------------------


def layers(**config: tuple[int, ...] | str) -> Change:
    def change(pdf: Pdf) -> None:
        made = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(one))) for one in ("voirie", "prix")]
        keys = {
            key: Name(value) if isinstance(value, str) else Array([made[n] for n in value])
            for key, value in config.items()
        }
        pdf.Root.OCProperties = Dictionary(OCGs=Array(made), D=Dictionary(**keys))

    return change


@pytest.mark.parametrize("config", [{"OFF": (1,)}, {"BaseState": "/OFF", "ON": (0,)}])
def test_a_hidden_layer_is_named(tmp_path: Path, config: dict[str, tuple[int, ...] | str]) -> None:
    alone, _, (told,), path = sent(tmp_path, layers(**config))
    assert told.cause == "Masqués : « prix »."
    assert alone == path.read_bytes()


def test_layers_that_are_shown_are_not_said(tmp_path: Path) -> None:
    assert not sent(tmp_path, layers(ON=(0, 1)))[2]


def test_words_marked_to_be_blacked_out_are_said(tmp_path: Path) -> None:
    (told,) = sent(tmp_path, remark("Redact"))[2]
    assert "noircis" in told.message


def test_a_broken_form_or_list_of_layers_is_read_without_harm(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array([1, Dictionary(Kids=2)]))
        pdf.Root.OCProperties = Dictionary(D=Dictionary(OFF=Array([3]), BaseState=Name.OFF))

    path = foreign(tmp_path / "rapport.pdf", 1, change=change)
    assert write_piece_pdf(joined("1", path), PdfLook(), Report()) == path.read_bytes()
    assert io.BytesIO(path.read_bytes()).read(4) == b"%PDF"
