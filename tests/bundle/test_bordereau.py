"""The bordereau has the same lines in Word and in PDF, each with the page that it leads to."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from bundle_pdf_tools import acte, deliberation, dests, foreign, opened, p, places, words
from bundle_word import W, look
from lxml import etree

from convgen.acte.nodes import Acte, Annexe, Number, Text
from convgen.bundle.bordereau import lines
from convgen.bundle.liasse import ACT, PDF, Liasse, Piece
from convgen.bundle.pdf import write_liasse_pdf
from convgen.bundle.pieces_docx import write_liasse_docx
from convgen.errors import Report
from convgen.write.pdf import PdfLook
from docx import Document


def own(name: str, number: str, title: str, *, external: bool = False) -> Annexe:
    label = Number(number, f"ANNEXE {number}", " – ", "annexe")
    return Annexe(name, (Text(title),), (p(f"Contenu de {name}."),), number=label, external=external)


@pytest.fixture
def liasse(tmp_path: Path) -> Liasse:
    """A convention of two pages that prints two annexes, a foreign one between them; then it stands again."""
    base = acte("c", pages=2)
    annexes = (own("plan", "1", "Le plan"), own("devis", "1 bis", "", external=True), own("budget", "A", "Le budget"))
    convention = Acte(base.kind, "c", "", base.title, base.zones, annexes=annexes, draft=False)
    devis = foreign(tmp_path / "devis.pdf", 2)
    pieces = (
        deliberation(),
        Piece("c", "La convention", ACT, ("1",), "Annexe 1", ("d",), convention),
        Piece(
            "devis", "Le devis", PDF, ("1", "1 bis"), "Annexe 1 – Annexe 1 bis", ("d", "c"), path=devis, file="d.pdf"
        ),
        Piece("autre", "L'autre", ACT, ("2",), "Annexe 2", ("d",), acte("autre")),
        Piece("devis", "Le devis", PDF, ("3",), "Annexe 3", ("d",), path=devis, refers="Annexe 1 – Annexe 1 bis"),
    )
    return Liasse("essai", "Séance d'essai", pieces, draft=False)


LINES = [
    ("Délibération", "Insertion et emploi", 0),
    ("Annexe 1", "La convention", 1),
    ("Annexe 1 – Annexe 1", "Le plan", 2),
    ("Annexe 1 – Annexe 1 bis", "Le devis", 2),
    ("Annexe 1 – Annexe A", "Le budget", 2),
    ("Annexe 2", "L'autre", 1),
    ("Annexe 3", "Le devis", 1),
]


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u2019", "'").replace("\u2003", " ").split())


def test_the_lines_are_nested_in_the_order_of_the_numbers(liasse: Liasse) -> None:
    found = [*lines(liasse)]
    assert [(plain(one.label), plain(one.title), one.depth) for one in found] == LINES
    assert [plain(one.see) for one in found if one.see] == [
        "Document joint une seule fois : voir annexe 1 – Annexe 1 bis"
    ]


def test_in_pdf_each_line_leads_to_its_page(liasse: Liasse) -> None:
    data = write_liasse_pdf(liasse, {"": PdfLook()}, Report(), workers=1)
    said = plain(words(data, 0))
    with opened(data) as pdf:
        found, leads = places(pdf), dests(pdf, 0)
        folios = [found[name] + 1 for name in leads[::2]]
        count = len(pdf.pages)
    assert count == folios[-2] and len(folios) == len(LINES)
    starts = [said.index(f"{label} {title}") for label, title, _ in LINES]
    assert starts == sorted(starts)
    assert "Contenu de plan." in words(data, folios[2] - 1)
    assert "Contenu de budget." in words(data, folios[4] - 1)
    assert folios[6] == folios[3]
    for (label, title, _), folio in zip(LINES, folios, strict=True):
        assert str(folio) in said.partition(f"{label} {title}")[2].split()[:3] or label == "Annexe 3"


def test_in_word_each_line_has_the_page_of_the_contents(liasse: Liasse) -> None:
    data = write_liasse_docx(liasse, lambda piece: look("neutre"), Report())
    document = Document(io.BytesIO(data))

    def last(element: etree._Element) -> str:
        """The page as a field keeps it: what is printed last."""
        return next(reversed([one.text for one in element.iter(f"{W}t") if one.text]), "")

    shown = [[plain(cell.text) for cell in row.cells] for row in document.tables[0].rows]
    assert shown[0] == ["Pièce", "Intitulé", "Page"]
    assert [tuple(row[:2]) for row in shown[1:-1]] == [(label, title) for label, title, _ in LINES[:-1]]
    assert shown[-1][1] == "Le devis Document joint une seule fois : voir annexe 1 – Annexe 1 bis"
    pages = [last(row.cells[2]._tc) for row in document.tables[0].rows][1:]
    listed = {
        plain("".join(one.text or "" for one in entry.iter(f"{W}t")).rstrip("0123456789")): last(entry)
        for entry in document.element.body.iter(f"{W}hyperlink")
    }
    assert pages[:3] == [*listed.values()][:3]
    assert pages[3] == pages[6]
    assert all(page.isdigit() for page in pages)
    assert len({*pages}) == 6


def test_a_cover_sheet_names_the_deliberation_by_its_number(liasse: Liasse) -> None:
    first, *others = liasse.pieces
    assert first.acte is not None
    numbered = replace(first, acte=replace(first.acte, number="20"))
    one = replace(liasse, pieces=(numbered, *others), stamp="page de garde")
    data = write_liasse_pdf(one, {"": PdfLook()}, Report(), workers=1)
    assert "Délibération n° 20 – Insertion et emploi" in plain(words(data, 2))
    assert "Délibération n° 20 Insertion et emploi 1 2" in plain(words(data, 0))
