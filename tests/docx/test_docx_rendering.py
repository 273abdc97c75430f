"""What LibreOffice shows of our files, when it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx_acts import complete
from docx_tools import gabarit

from convgen.write.docx import write_docx

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) ou pdftotext n'est pas installé : le rendu n'est pas vérifié",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder: Path = tmp_path_factory.mktemp("rendu")
    (folder / "acte.docx").write_bytes(write_docx(complete(), gabarit("departement")))
    profile = (folder / "profil").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder),
         str(folder / "acte.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "acte.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode().replace("\xa0", " ").split("\f")[:-1]


def test_labels_are_numbered_as_the_tree_says(pages: list[str]) -> None:
    text = "\n".join(pages[1:])
    for label in ("ARTICLE 1er", "ARTICLE 2 : MODALITÉS", "2.1. Versement", "2.1.1. Délai", "ARTICLE 3 : La convention",
                  "ARTICLE 4 : SUIVI", "4.1. Un comité", "ARTICLE 4 bis", "ARTICLE 5 : LITIGES", "ARTICLE 6 : DIVERS",
                  "ANNEXE 1 – BILAN", "ANNEXE 3 – CHARTE"):  # fmt: skip
        assert label in text, label


def test_references_read_right_once_the_program_has_updated_them(pages: list[str]) -> None:
    text = " ".join("\n".join(pages).split())
    assert "dans les conditions de l'article 2 et de l'article 2.1." in text
    assert "l'article 1er, l'annexe 1 et les articles 2 et 3." in text


def test_each_page_says_its_number_and_the_table_of_contents_is_right(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} sur {len(pages)}" in page
    for title, page in re.findall(r"(ANNEXE \d) – [^.]*\.{3,}(\d+)", pages[0]):
        assert title in pages[int(page) - 1]


def test_signatures_share_a_page(pages: list[str]) -> None:
    page = next(one for one in pages if "Jean MARTIN" in one)
    for words in ("Fait à Nice", "Claire DURAND", "Anne PETIT", "Cadre réservé"):
        assert words in page
