"""The annexes of an act stand in the order of their numbers, those that it drafts and those of others."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from bundle_pdf_tools import acte, deliberation, dests, foreign, opened, outline, p, places, words
from bundle_word import W, asides, body_of, look, parts_of, sections, value
from bundle_word import words as text_words
from openxml_audit import OpenXmlValidator
from pikepdf import Array, Dictionary, Object, OutlineItem, Pdf

from convgen.acte.nodes import Annexe, Number, Paragraph, Reference, Text
from convgen.bundle.bordereau import stretches
from convgen.bundle.liasse import ACT, PDF, Liasse, Piece
from convgen.bundle.pdf import write_liasse_pdf
from convgen.bundle.pieces_docx import write_liasse_docx
from convgen.errors import Report
from convgen.write.pdf import PdfLook

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def own(name: str, number: str, *, external: bool = False) -> Annexe:
    label = Number(number, f"ANNEXE {number}", " – ", "annexe")
    return Annexe(name, (Text(f"Objet {name}"),), (p(f"Contenu de {name}."),), number=label, external=external)


@pytest.fixture
def liasse(tmp_path: Path) -> Liasse:
    """A convention that prints annexes 2 and 4; 1, 1 bis, 3 and 5 are files; then another act."""
    base = acte("c", pages=2)
    link = Paragraph((Text("Voir "), Reference("essais", "complet", False, "l'", "annexe ", "4")))
    zones = (*base.zones, replace(base.zones[0], kind="fin", blocks=(link,)))
    annexes = (
        own("plan", "1", external=True),
        own("route", "1 bis", external=True),
        own("budget", "2"),
        own("carte", "3", external=True),
        own("essais", "4"),
        own("liste", "5", external=True),
    )
    convention = replace(base, zones=zones, annexes=annexes)
    pieces = [deliberation(), Piece("c", "La convention", ACT, ("1",), "Annexe 1", ("d",), convention)]
    for name, number, count in (("plan", "1", 3), ("route", "1 bis", 1), ("carte", "3", 2), ("liste", "5", 1)):
        path = foreign(tmp_path / f"{name}.pdf", count)
        label = f"Annexe 1 – Annexe {number}"
        pieces.append(Piece(name, name.title(), PDF, ("1", number), label, ("d", "c"), path=path, file=path.name))
    pieces.append(Piece("autre", "L'autre", ACT, ("2",), "Annexe 2", ("d",), acte("autre")))
    return Liasse("essai", "Séance d'essai", tuple(pieces), draft=False)


def written(liasse: Liasse) -> bytes:
    report = Report()
    data = write_liasse_pdf(liasse, {"": PdfLook()}, report, workers=1)
    assert not report.errors
    return data


#: What is read on each page: the bordereau, the délibération, the convention (its joined annexes 1 and 1 bis share its
#: third page), then its annexes, then the other act.
PAGES = (
    "Bordereau", "Objet de d", "Objet de c", "Voir l'annexe 4", "Contenu de plan", "plan feuille 1", "plan feuille 2",
    "plan feuille 3", "route feuille 1", "Contenu de budget", "Contenu de carte", "carte feuille 1", "carte feuille 2",
    "Contenu de essais", "Contenu de liste", "liste feuille 1", "Objet de autre",
)  # fmt: skip


def test_a_file_stands_before_the_next_annexe_that_the_act_prints(liasse: Liasse) -> None:
    assert [*stretches(liasse)] == [
        (0, ""), (1, ""), (2, ""), (3, ""), (1, "budget"), (4, ""), (1, "essais"), (5, ""), (6, ""),
    ]  # fmt: skip
    data = written(liasse)
    with opened(data) as pdf:
        assert len(pdf.pages) == len(PAGES)
    for rank, said in enumerate(PAGES):
        assert said in words(data, rank), rank


def test_the_bordereau_goes_from_page_to_page(liasse: Liasse) -> None:
    data = written(liasse)
    with opened(data) as pdf:
        found = places(pdf)
        leads = [found[name] for name in dests(pdf, 0)[::2]]
    assert leads == sorted(leads)
    assert [PAGES[rank] for rank in leads[2:8]] == [
        "plan feuille 1", "route feuille 1", "Contenu de budget", "carte feuille 1", "Contenu de essais",
        "liste feuille 1",
    ]  # fmt: skip
    said = words(data, 0)
    for rank in leads:
        assert re.search(rf"\b{rank + 1}\b", said)
    assert "9 pièces" not in said
    assert "7 pièces, 17 folios" in said


def test_each_page_is_stamped_as_a_page_of_its_piece(liasse: Liasse) -> None:
    data = written(liasse)
    stamp = re.compile(r"(?:– Annexe \d(?: bis)? )?– page \d/\d")
    assert [stamp.findall(words(data, rank))[-1] for rank in range(2, 16)] == [
        "– page 1/7", "– page 2/7", "– page 3/7", "– Annexe 1 – page 1/3", "– Annexe 1 – page 2/3",
        "– Annexe 1 – page 3/3", "– Annexe 1 bis – page 1/1", "– page 4/7", "– page 5/7", "– Annexe 3 – page 1/2",
        "– Annexe 3 – page 2/2", "– page 6/7", "– page 7/7", "– Annexe 5 – page 1/1",
    ]  # fmt: skip
    assert [f"folio {n + 1}/{len(PAGES)}" in words(data, n) for n in range(len(PAGES))] == [True] * len(PAGES)


def test_bookmarks_and_links_lead_to_pages_after_a_cut(liasse: Liasse) -> None:
    data = written(liasse)
    with opened(data) as pdf:
        found = outline(pdf)
        linked = {places(pdf)[name] for page in (3, 4) for name in dests(pdf, page)}
    inside = [page for depth, _, page in found if depth >= 2 and page < len(PAGES) - 1]
    assert inside == sorted(inside)
    by_title = {title: page for _, title, page in found}
    assert by_title["Annexe 1 – Annexe 3 – Carte"] == PAGES.index("carte feuille 1")
    assert by_title["ANNEXE 4 – Objet essais"] == PAGES.index("Contenu de essais")
    assert PAGES.index("Contenu de essais") in linked


def kids(node: Object) -> list[Object]:
    held = node.get("/K", ())
    return [
        one for one in (held if isinstance(held, Array) else (held,)) if isinstance(one, Dictionary) and "/S" in one
    ]


@pytest.mark.parametrize("stamp", ["discret", "page de garde"])
def test_it_is_read_aloud_in_the_order_of_the_pages(liasse: Liasse, stamp: str) -> None:
    with opened(written(replace(liasse, stamp=stamp))) as pdf:
        ranks = {page.obj.objgen: rank for rank, page in enumerate(pdf.pages)}
        order: list[int] = []

        def read(node: Object) -> None:
            for one in kids(node):
                assert one.P.objgen == node.objgen
                order.extend([ranks[one.Pg.objgen]] if "/Pg" in one else [])
                read(one)

        read(pdf.Root.StructTreeRoot)
        assert order == sorted(order)
        assert {*order} == {*range(len(pdf.pages))}
        found = places(pdf)
        leads = [found[name] for name in dests(pdf, 0)[::2]]
        assert leads == sorted(leads)


def test_a_signed_act_that_names_no_place_stands_whole(liasse: Liasse, tmp_path: Path) -> None:
    head, base, *others = liasse.pieces
    signed = replace(base, frozen={"pdf": foreign(tmp_path / "signe.pdf", 2).read_bytes()})
    data = written(replace(liasse, pieces=(head, signed, *others)))
    assert [f"signe feuille {n}" in words(data, 1 + n) for n in (1, 2)] == [True, True]
    assert "plan feuille 1" in words(data, 4)


def test_an_act_drawn_by_another_program_is_cut_where_its_bookmarks_say(liasse: Liasse, tmp_path: Path) -> None:
    """LibreOffice names no place, and writes « annexe 2 » in the bookmarks for « ANNEXE 2 »."""

    def bookmarked(pdf: Pdf) -> None:
        with pdf.open_outline() as tree:
            article = OutlineItem("ARTICLE 1 – Voir annexe 2", 0)
            article.children.append(OutlineItem("annexe\u00a02 – Objet budget", 3))
            tree.root += [article, OutlineItem("ANNEXE 4 – Objet essais", 5)]

    head, base, *others = liasse.pieces
    drawn = foreign(tmp_path / "office.pdf", 7, change=bookmarked)
    signed = replace(base, frozen={"pdf": drawn.read_bytes()})
    data = written(replace(liasse, pieces=(head, signed, *others)))
    order = ["office feuille 3", "plan feuille 1", "route feuille 1", "office feuille 4", "carte feuille 1"]
    assert [order[n] in words(data, rank) for n, rank in enumerate((4, 5, 8, 9, 11))] == [True] * 5
    assert "office feuille 6" in words(data, 13)
    with opened(data) as pdf:
        found = places(pdf)
        assert [found[name] for name in dests(pdf, 0)[::2]] == [1, 2, 5, 8, 9, 11, 13, 15, 16]


def nested(liasse: Liasse, tmp_path: Path) -> Liasse:
    """The annexe 3 of the convention is an act, that prints annexes 1 and 3 and is joined an annexe 2."""
    annexes = (own("un", "1"), own("deux", "2", external=True), own("trois", "3"))
    inner = replace(acte("carte"), annexes=annexes)
    pieces = list(liasse.pieces)
    rank = next(n for n, one in enumerate(pieces) if one.id == "carte")
    act = replace(pieces[rank], kind=ACT, acte=inner, path=None, file="")
    path = foreign(tmp_path / "deux.pdf", 1)
    series, parents = (*act.series, "2"), (*act.parents, "carte")
    label = f"{act.label} – Annexe 2"
    pieces[rank : rank + 1] = [act, Piece("deux", "Deux", PDF, series, label, parents, path=path, file="deux.pdf")]
    return replace(liasse, pieces=tuple(pieces))


def test_an_act_within_an_act_is_cut_too(liasse: Liasse, tmp_path: Path) -> None:
    one = nested(liasse, tmp_path)
    data = written(one)
    order = (
        "Contenu de budget", "Contenu de carte", "Objet de carte", "Contenu de un", "Contenu de deux",
        "deux feuille 1", "Contenu de trois", "Contenu de essais",
    )  # fmt: skip
    for rank, said in enumerate(order, start=PAGES.index("Contenu de budget")):
        assert said in words(data, rank), rank
    with opened(data) as pdf:
        found = places(pdf)
        leads = [found[name] for name in dests(pdf, 0)[::2]]
        assert leads == sorted(leads)
        inside = [page for depth, _, page in outline(pdf) if depth >= 2 and page < len(pdf.pages) - 1]
        assert inside == sorted(inside)
    table = next(one for one in body_of(word(one)).iter(f"{W}tbl") if text_words(one).startswith("Pièce"))
    pages = [int(text_words(found)) for found in table.iter(f"{MC}Fallback")]
    # The bordereau, the contents, a délibération and the six pages before; carte takes a page, its annexes three.
    assert pages == [3, 4, 7, 8, 9, 11, 12, 14, 15, 16, 18, 19]


# --- in Word ------------------------------------------------------------------------------------------------


def word(liasse: Liasse) -> bytes:
    report = Report()
    data = write_liasse_docx(liasse, lambda piece: look("departement"), report)
    assert not report.errors
    return data


def test_in_word_too_a_file_stands_before_the_next_annexe_that_the_act_prints(liasse: Liasse) -> None:
    blocks = [text_words(one) for one in body_of(word(liasse))]
    order = [
        "Objet de c", "Contenu de plan.", "Plan", "Route", "Contenu de budget.", "Contenu de carte.", "Carte",
        "Contenu de essais.", "Contenu de liste.", "Liste", "Objet de autre",
    ]  # fmt: skip
    places = [max(rank for rank, said in enumerate(blocks) if said.startswith(one)) for one in order]
    assert places == sorted(places)


def test_in_word_pages_of_an_act_count_on_after_a_file(liasse: Liasse, tmp_path: Path) -> None:
    data = word(liasse)
    path = tmp_path / "liasse.docx"
    path.write_bytes(data)
    assert OpenXmlValidator().validate(str(path)).is_valid
    first = {
        start: asides(data, section, "footer")["default"]
        for section, _ in sections(data)
        if (start := value(section.find(f"{W}pgNumType"), "start")) not in ("", "1")
    }
    assert [*first] == ["4", "6"]
    for footer in first.values():
        assert "PAGEREF _Fin0004 " in footer  # « page 4/7 »: the last page of the act is that of its last stretch
        assert "_Fin0004_" not in footer  # its own pages are in its page numbers already
    # The folios of what comes next count the file that stands between, and the pages of the act once.
    assert "_Fin0005" in first["4"]
    notice = next(one for one, blocks in sections(data) if "Carte" in map(text_words, blocks))
    carte = asides(data, notice, "footer")
    assert "_Fin0004_2" in carte["default"]
    assert "_Fin0004_1" not in carte["default"]


def test_in_word_identifiers_are_unique_and_every_reference_has_its_target(liasse: Liasse, tmp_path: Path) -> None:
    for one in (liasse, nested(liasse, tmp_path)):
        parts = parts_of(word(one))
        texts = [data.decode() for name, data in parts.items() if re.match(r"word/(document|header|footer)", name)]
        whole = "".join(texts)
        opened_ids = re.findall(r'<w:bookmarkStart [^>]*?w:id="(\d+)"', whole)
        assert len({*opened_ids}) == len(opened_ids)
        assert sorted(re.findall(r'<w:bookmarkEnd [^>]*?w:id="(\d+)"', whole)) == sorted(opened_ids)
        names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', whole)
        assert len({*names}) == len(names)
        assert {*re.findall(r"(?:PAGEREF|REF) (\S+)", whole)} <= {*names}
        assert {*re.findall(r'w:anchor="([^"]+)"', whole)} <= {*names}


def test_in_word_the_bordereau_goes_from_page_to_page(liasse: Liasse) -> None:
    table = next(one for one in body_of(word(liasse)).iter(f"{W}tbl") if text_words(one).startswith("Pièce"))
    assert [text_words(row.findall(f"{W}tc")[2].find(f".//{MC}Fallback")) for row in [*table.iter(f"{W}tr")][1:]] == [
        # A bordereau, the contents and a délibération of a page each; a PDF takes a page, that says where it is.
        "3", "4", "7", "8", "9", "11", "12", "14", "15",
    ]  # fmt: skip
