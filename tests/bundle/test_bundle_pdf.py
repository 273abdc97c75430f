"""The liasse as one PDF: what stands on which page, where links and bookmarks lead, what it claims."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from bundle_pdf_tools import acte, annexe, deliberation, dests, foreign, joined, liasse, opened, outline, places, words
from pikepdf import Array, Dictionary, Pdf

from convgen.bundle.liasse import Liasse
from convgen.bundle.pdf import draw_pieces, write_liasse_pdf, write_piece_pdf
from convgen.errors import Report
from convgen.write.pdf import PdfLook


def written(one: Liasse) -> bytes:
    report = Report()
    made = write_liasse_pdf(one, {"": PdfLook()}, report, workers=1)
    assert not report.errors
    return made


# --- pages --------------------------------------------------------------------------------------------------


def test_the_bordereau_comes_first_then_each_piece_in_order(tmp_path: Path) -> None:
    data = written(liasse(annexe("1", "a"), joined("2", foreign(tmp_path / "rapport.pdf", 3)), annexe("3", "b")))
    with opened(data) as pdf:
        assert len(pdf.pages) == 1 + 1 + 1 + 3 + 1
    assert "Bordereau des pièces" in words(data, 0)
    assert "Objet de d" in words(data, 1)
    assert "Objet de a" in words(data, 2)
    assert [f"rapport feuille {n}" in words(data, 2 + n) for n in (1, 2, 3)] == [True] * 3
    assert "Objet de b" in words(data, 6)


def test_the_bordereau_gives_the_label_the_title_the_pages_and_the_folio(tmp_path: Path) -> None:
    data = written(liasse(annexe("1", "a"), joined("2", foreign(tmp_path / "rapport.pdf", 3)), annexe("3", "b")))
    said = words(data, 0)
    for line in ("Annexe 1 Titre de a 1 3", "Annexe 2 Pièce rapport 3 4", "Annexe 3 Titre de b 1 7"):
        assert line in said
    assert "4 pièces, 7 folios" in said


def test_a_bordereau_of_several_pages_counts_its_own_pages() -> None:
    data = written(liasse(*(annexe(str(n), f"acte-{n}") for n in range(1, 61))))
    with opened(data) as pdf:
        own = len(pdf.pages) - 61
        assert own > 1
        assert places(pdf)["piece.0"] == own
    assert f"folio {own + 1}/{own + 61}" in words(data, own)
    assert f"Titre de d 1 {own + 1}" in words(data, 0) or f"Insertion et emploi 1 {own + 1}" in words(data, 0)


def test_without_a_bordereau_the_deliberation_comes_first() -> None:
    data = written(liasse(annexe("1", "a"), contents=False))
    with opened(data) as pdf:
        assert len(pdf.pages) == 2
    assert "Objet de d" in words(data, 0)


# --- stamps -------------------------------------------------------------------------------------------------


def test_a_discreet_stamp_says_the_annexe_and_its_page_and_every_page_its_folio(tmp_path: Path) -> None:
    data = written(liasse(joined("1", foreign(tmp_path / "rapport.pdf", 3)), annexe("2", "a")))
    assert "Annexe 1 – page 2/3" in words(data, 3)
    assert "Annexe 2 – page 1/1" in words(data, 5)
    assert [f"folio {n + 1}/6" in words(data, n) for n in range(6)] == [True] * 6
    assert "Annexe" not in words(data, 1)


def test_a_cover_sheet_stands_before_each_annexe_and_counts_in_the_folios(tmp_path: Path) -> None:
    report = joined("1", foreign(tmp_path / "rapport.pdf", 3))
    data = written(liasse(report, annexe("2", "a"), stamp="page de garde"))
    with opened(data) as pdf:
        assert len(pdf.pages) == 1 + 1 + (1 + 3) + (1 + 1)
        assert places(pdf)["piece.1"] == 2
    cover = words(data, 2)
    assert "Annexe 1" in cover
    assert "Pièce rapport" in cover
    assert "3 pages" in cover
    assert "page 1/3" not in words(data, 3)
    assert "folio 8/8" in words(data, 7)


def test_without_a_stamp_only_folios_are_printed(tmp_path: Path) -> None:
    data = written(liasse(joined("1", foreign(tmp_path / "rapport.pdf")), stamp="sans"))
    assert words(data, 2) == "rapport feuille 1 folio 3/4"


# --- bookmarks and links ------------------------------------------------------------------------------------


def test_bookmarks_go_from_the_deliberation_to_the_articles_of_nested_annexes(tmp_path: Path) -> None:
    inner = annexe("1 bis", "c", above=("2",), parents=("d", "a"))
    data = written(liasse(joined("1", foreign(tmp_path / "rapport.pdf", 3)), annexe("2", "a"), inner))
    with opened(data) as pdf:
        found = outline(pdf)
    assert found == [
        (0, "Bordereau des pièces", 0),
        (0, "Délibération – Insertion et emploi", 1),
        (1, "ARTICLE 1 Objet", 1),
        (1, "ARTICLE 2 Suite", 1),
        (1, "Annexe 1 – Pièce rapport", 2),
        (1, "Annexe 2 – Titre de a", 5),
        (2, "ARTICLE 1 Objet", 5),
        (2, "ARTICLE 2 Suite", 5),
        (2, "Annexe 2 – Annexe 1 bis – Titre de c", 6),
        (3, "ARTICLE 1 Objet", 6),
        (3, "ARTICLE 2 Suite", 6),
    ]


def test_bookmarks_are_typeset_whoever_wrote_their_title(tmp_path: Path) -> None:
    data = written(liasse(replace(joined("1", foreign(tmp_path / "rapport.pdf")), title="Rapport d'exécution")))
    with opened(data) as pdf:
        assert outline(pdf)[-1][1] == "Annexe 1 – Rapport d’exécution"


def test_the_bordereau_leads_to_each_piece(tmp_path: Path) -> None:
    data = written(liasse(annexe("1", "a"), joined("2", foreign(tmp_path / "rapport.pdf"))))
    with opened(data) as pdf:
        found = places(pdf)
        assert [found[name] for name in dests(pdf, 0)] == [1, 1, 2, 2, 3, 3]
        assert str(pdf.pages[0].Annots[2].Contents) == "Annexe 1, folio 3"
        assert b"convgen:" not in pdf.pages[0].Annots[2].unparse()


def test_links_of_two_acts_with_the_same_names_lead_each_to_its_own_article() -> None:
    data = written(liasse(annexe("1", "a"), annexe("2", "b")))
    with opened(data) as pdf:
        found = places(pdf)
        assert [[found[name] for name in dests(pdf, page)] for page in (1, 2, 3)] == [[1], [2], [3]]


def test_a_piece_shared_is_printed_once_and_listed_twice() -> None:
    twice = replace(annexe("3", "a"), refers="Annexe 1")
    data = written(liasse(annexe("1", "a"), annexe("2", "b"), twice))
    with opened(data) as pdf:
        assert len(pdf.pages) == 4
        assert places(pdf)[dests(pdf, 0)[-1]] == 2
    assert "voir annexe 1" in words(data, 0)


# --- tags ---------------------------------------------------------------------------------------------------


def numbers(pdf: Pdf) -> dict[int, pikepdf.Object]:
    held = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(held[n]): held[n + 1] for n in range(0, len(held), 2)}


def elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = []
    kids = node.get("/K", ())
    for one in kids if isinstance(kids, Array) else (kids,):
        if isinstance(one, Dictionary) and "/S" in one:
            assert one.P.objgen == node.objgen, "an element knows what holds it"
            found += [one, *elements(one)]
    return found


def test_every_page_and_every_link_is_found_from_the_structure(tmp_path: Path) -> None:
    report = joined("2", foreign(tmp_path / "rapport.pdf"))
    for stamp in ("discret", "page de garde"):
        with opened(written(liasse(annexe("1", "a"), report, annexe("3", "b"), stamp=stamp))) as pdf:
            tree, seen = numbers(pdf), set()
            known = {one.objgen for one in elements(pdf.Root.StructTreeRoot)}
            for page in pdf.pages:
                for element in tree[int(page.obj.StructParents)]:
                    assert element.objgen in known
                    assert not element.get("/Pg") or element.Pg.objgen == page.obj.objgen
                keys = [int(page.obj.StructParents)]
                keys += [int(one.StructParent) for one in page.obj.get("/Annots", ()) if "/StructParent" in one]
                assert not seen & {*keys}
                seen |= {*keys}
                assert seen <= {*tree}
            assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(tree)


def test_identifiers_of_cells_are_unique_and_headings_are_found() -> None:
    with opened(written(liasse(annexe("1", "a"), annexe("2", "b")))) as pdf:
        held = pdf.Root.StructTreeRoot.IDTree.Names
        names = [bytes(held[n]) for n in range(0, len(held), 2)]
        assert names == sorted({*names})
        assert [bytes(held[n + 1].ID) for n in range(0, len(held), 2)] == names
        (document,) = pdf.Root.StructTreeRoot.K
        for part in document.K:
            inside = elements(part)
            called = {name for one in inside for name in headings(one)}
            assert called
            assert called <= {bytes(one.ID) for one in inside if "/ID" in one}, "the headings of its own tables"


def headings(element: pikepdf.Object) -> list[bytes]:
    held = element.get("/A", Dictionary())
    return [bytes(name) for one in (held if isinstance(held, Array) else (held,)) for name in one.get("/Headers", ())]


def test_the_structure_reads_the_pieces_in_order_cover_sheets_included() -> None:
    with opened(written(liasse(annexe("1", "a"), annexe("2", "b"), stamp="page de garde"))) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        assert str(document.S) == "/Document"
        titles = [str(one.T) for one in document.K]
        assert titles == [
            "Bordereau des pièces",
            "Délibération – Insertion et emploi",
            "Annexe 1 – Titre de a",
            "Annexe 2 – Titre de b",
        ]
        ranks = {page.obj.objgen: rank for rank, page in enumerate(pdf.pages)}
        order = [ranks[one.Pg.objgen] for one in elements(document) if "/Pg" in one]
        assert order == sorted(order)


def test_stamps_are_no_part_of_the_text_that_is_read_aloud() -> None:
    with opened(written(liasse(annexe("1", "a")))) as pdf:
        for page in pdf.pages:
            last = page.obj.Contents[-1].read_bytes()
            assert b"/Artifact" in last
            assert last.count(b"BDC") == last.count(b"EMC") == 1


# --- what it claims -----------------------------------------------------------------------------------------


def claims(data: bytes) -> tuple[str | None, str | None, str | None]:
    with opened(data) as pdf:
        held = pdf.open_metadata()
        return held.get("pdfaid:part"), held.get("pdfaid:conformance"), held.get("pdfuaid:part")


def test_it_is_an_archive_when_every_piece_is_ours() -> None:
    data = written(liasse(annexe("1", "a")))
    assert claims(data) == ("2", "A", "1")
    with opened(data) as pdf:
        assert pdf.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
        assert str(pdf.Root.Lang).startswith("fr")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == pdf.open_metadata()["dc:title"] == "Séance d’essai"
        assert "/ID" in pdf.trailer


def test_it_claims_nothing_with_a_foreign_piece(tmp_path: Path) -> None:
    assert claims(written(liasse(joined("1", foreign(tmp_path / "rapport.pdf"))))) == (None, None, None)


def test_it_claims_nothing_with_a_signed_act_that_is_no_archive(tmp_path: Path) -> None:
    signed = replace(annexe("1", "a"), frozen={"pdf": foreign(tmp_path / "signe.pdf").read_bytes()})
    data = written(liasse(signed))
    assert claims(data) == (None, None, None)
    assert "signe feuille 1" in words(data, 2)


# --- the same each time -------------------------------------------------------------------------------------


def test_the_same_liasse_gives_the_same_bytes_whatever_draws_it(tmp_path: Path) -> None:
    one = liasse(annexe("1", "a"), joined("2", foreign(tmp_path / "rapport.pdf")), annexe("3", "b"))
    alone = write_liasse_pdf(one, {"": PdfLook()}, Report(), workers=1)
    several = write_liasse_pdf(one, {"": PdfLook()}, Report(), workers=2)
    assert hashlib.sha256(alone).digest() == hashlib.sha256(several).digest()
    assert re.search(rb"2000-01-01", alone) is not None or b"D:2000" in alone


def test_a_problem_in_a_process_is_said_as_if_there_were_one() -> None:
    bad = replace(annexe("1", "a"), acte=replace(acte("a"), title="Signe \U0001f600"))
    for workers in (1, 2):
        with pytest.raises(Exception, match="U\\+1F600") as caught:
            draw_pieces([deliberation(), bad], {}, Report(), workers=workers)
        assert [one.code for one in caught.value.diagnostics] == ["PDF-02"]


def test_a_piece_alone_is_unlocked_and_has_no_stamp() -> None:
    data = write_piece_pdf(annexe("1", "a"), PdfLook(), Report())
    with opened(data) as pdf:
        assert not pdf.is_encrypted
    assert "folio" not in words(data, 0)
    assert claims(data) == ("2", "A", "1")
