"""Two délibérations in one liasse: everything says of which one it is, by its number and its day."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from bundle_pdf_tools import words
from liasse_tools import DELIBERATION, convgen, make_workspace, resolved, write

from docx import Document

SECOND = (
    DELIBERATION.replace("deliberation: cm-1", "deliberation: cm-2")
    .replace("numero: 4", "numero: 5")
    .replace("titre: Soutien aux ateliers de lecture", "titre: Second sujet")
    .replace("signer: [essai, autre]", "signer: autre")
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path / "espace")
    monkeypatch.chdir(made)
    write(made, "conventions/deliberations/cm-1.yaml", DELIBERATION.replace("[essai, autre]", "essai"))
    write(made, "conventions/deliberations/cm-2.yaml", SECOND)
    write(made, "conventions/liasses/cm-1.yaml", LIASSE)
    return made


LIASSE = """\
liasse: cm-1
deliberations: [cm-1, cm-2]
pieces:
  rapport: {fichier: conventions/annexes/rapport.pdf, titre: Rapport}
"""


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_file_is_called_by_both(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert resolved(root).title == "Délibérations n° 4 et n° 5 du 15 décembre 2025"
    code, out, err = convgen(["liasse", "cm-1", "-o", "envoi", "--format", "pdf,docx"], capsys)
    assert code == 0, err
    assert "Délibération n° 4 du 15 décembre 2025 : Soutien" in plain(out)
    assert "Délibération n° 5 du 15 décembre 2025 : Second sujet" in plain(out)
    with pikepdf.open(root / "envoi/cm-1.pdf") as found:
        assert plain(str(found.docinfo["/Title"])) == "Délibérations n° 4 et n° 5 du 15 décembre 2025"
        assert [plain(str(one.title)) for one in found.open_outline().root[1:]] == [
            "Délibération n° 4 du 15 décembre 2025 – Soutien aux ateliers de lecture",
            "Délibération n° 5 du 15 décembre 2025 – Second sujet",
        ]


@pytest.mark.parametrize(
    ("deliberation", "title"),
    [
        (("seance: 2025-12-15", "seance: 2025-12-16"), "Délibérations n° 4 et n° 5"),
        (("numero: 5", "numero: à compléter"), "Soutien aux ateliers de lecture ; Second sujet"),
    ],
)
def test_what_is_not_common_or_not_known(root: Path, deliberation: tuple[str, str], title: str) -> None:
    write(root, "conventions/deliberations/cm-2.yaml", SECOND.replace(*deliberation))
    assert resolved(root).title == title
    write(root, "conventions/liasses/cm-1.yaml", LIASSE + "titre: Séance de décembre\n")
    assert resolved(root).title == "Séance de décembre"


def test_word_names_them_in_the_bordereau_and_in_the_contents(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convgen(["liasse", "cm-1", "-o", "envoi", "--format", "docx"], capsys)[0] == 0
    document = Document(io.BytesIO((root / "envoi/cm-1.docx").read_bytes()))
    cells = [plain(row.cells[0].text) for row in document.tables[0].rows]
    assert [one for one in cells if "Délib" in one] == [
        "Délibération n° 4 du 15 décembre 2025",
        "Délibération n° 5 du 15 décembre 2025",
    ]
    assert any(
        plain(one.text).startswith("Délibération n° 5 du 15 décembre 2025 – Second sujet")
        for one in document.paragraphs
    )


@pytest.mark.parametrize("stamp", ["discret", "page de garde"])
def test_each_annexe_says_of_which_it_is(root: Path, capsys: pytest.CaptureFixture[str], stamp: str) -> None:
    write(root, "conventions/liasses/cm-1.yaml", LIASSE + f"timbre: {stamp}\nsorties: [pdf]\n")
    assert convgen(["liasse", "cm-1", "-o", "envoi"], capsys)[0] == 0
    data = (root / "envoi/cm-1.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as found:
        said = [plain(words(data, rank)) for rank in range(len(found.pages))]
    expected = {
        "discret": "Annexe 2 de la délibération n° 5 – page 1/",
        "page de garde": "Délibération n° 5 du 15 décembre 2025 – Second sujet",
    }[stamp]
    assert any(expected in one for one in said)
    assert sum("Délibération n° 4 du 15 décembre 2025" in one for one in said) >= 1
