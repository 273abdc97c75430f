"""What LibreOffice shows of our files, when it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx_acts import complete
from docx_demo import NAMES, demo_docx
from docx_tools import W, gabarit, paragraphs, parts_of
from lxml import etree

from convgen.write.docx import write_docx

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) ou pdftotext n'est pas installé : le rendu n'est pas vérifié",
)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The pages of an act with everything (« acte ») and of those of the demonstration, by one start of the program."""
    folder: Path = tmp_path_factory.mktemp("rendu")
    (folder / "acte.docx").write_bytes(write_docx(complete(), gabarit("departement")))
    for name in NAMES:
        (folder / f"{name}.docx").write_bytes(demo_docx(name))
    names = ("acte", *NAMES)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in names)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    found = {}
    for name in names:
        done = subprocess.run(
            ["pdftotext", "-layout", str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True, timeout=60
        )
        found[name] = done.stdout.decode().split("\f")[:-1]
    return found


@pytest.fixture(scope="module")
def pages(rendered: dict[str, list[str]]) -> list[str]:
    return [page.replace("\xa0", " ") for page in rendered["acte"]]


@pytest.fixture(scope="module")
def demo_pages(rendered: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: rendered[name] for name in NAMES}


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
    for expected in ("Fait à Nice", "Claire DURAND", "Anne PETIT", "Cadre réservé"):
        assert expected in page


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def test_no_page_ends_with_a_heading(demo_pages: dict[str, list[str]]) -> None:
    for name, pages in demo_pages.items():
        root = etree.fromstring(parts_of(demo_docx(name))["word/document.xml"])
        titles = {_squeezed(text) for style, text in paragraphs(root) if style.startswith("Heading")} - {""}
        for number, page in enumerate(pages, start=1):
            lines = [line for line in page.partition(f"Page {number} sur")[0].split("\n") if line.strip()]
            last = [line for line in lines if "Centre administratif" not in line][-1]
            label = re.sub(r"^\s*(?:ARTICLE )?[\dIVX.]+(?:er)?\.?", "", last)
            assert _squeezed(label) not in titles, f"{name}, page {number}: {last.strip()}"


def test_the_table_of_contents_of_the_protocol_is_right_within_a_page(demo_pages: dict[str, list[str]]) -> None:
    name = "protocole-plie-casa-2024"
    pages = [[_squeezed(line) for line in page.split("\n")] for page in demo_pages[name]]
    root = etree.fromstring(parts_of(demo_docx(name))["word/document.xml"])
    wrong = 0
    for link in root.iter(f"{W}hyperlink"):
        if link.find(f"{W}r/{W}tab") is None:
            continue  # a reference
        parts = [one.text or "" for one in link.iter(f"{W}t")]
        text, page = "".join(parts[:-1]), int(parts[-1])
        title = _squeezed(text)[:40]
        near = [rank for rank in (page - 1, page, page + 1) if 0 < rank <= len(pages)]
        here = [rank for rank in near if any(line.startswith(title) for line in pages[rank - 1])]
        assert here, text
        wrong += page not in here
    assert wrong <= 2
