"""Make the pictures of the guide's pages on avenants and liasses, `docs/images/{avenants,liasse}-*.png`.

Run ``python tools/images.py`` from the root of the repository after a change of the words or of the look; it needs
LibreOffice, poppler and ImageMagick. The pictures are cut from the demonstration.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
MONEY, VOLUNTEERS, SECOND = "flash-emploi-2024-1", "restos-du-coeur-2024-1", "restos-du-coeur-2024-2"
WIDTH, HEIGHT = 909, 1286  # of a page at DPI
DPI = 110


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a page: from `top` to `bottom`, as shares of its height."""

    name: str
    avenant: str
    file: str
    page: int
    top: float
    bottom: float


CUTS = (
    Cut("avenant", MONEY, "avenant.docx", 1, 0.055, 0.94),
    Cut("consolidee", SECOND, "consolidee.docx", 2, 0.03, 0.60),
    Cut("modifications", VOLUNTEERS, "modifications.docx", 2, 0.03, 0.66),
    Cut("tableau", VOLUNTEERS, "tableau-comparatif.docx", 2, 0.066, 0.70),
)
LIASSE = "cp-2024-06-07-20"
#: Words in the head of the page wanted.
SHEETS = {"bordereau": "Bordereau des pièces", "deliberation": "Séance du", "annexe": "Dialogue de gestion de l’année"}


def main() -> None:
    """Make them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for avenant in dict.fromkeys(cut.avenant for cut in CUTS):
            definition = f"conventions/avenants/{avenant}.yaml"
            run("convgen", "avenant", definition, "-o", str(folder / avenant))
        for cut in CUTS:
            picture(cut, folder)
        run("convgen", "liasse", f"conventions/liasses/{LIASSE}.yaml", "--format", "pdf", "-o", str(folder / "liasse"))
        (source,) = (folder / "liasse").rglob(f"{LIASSE}.pdf")
        for sheet, words in SHEETS.items():
            whole_page(source, sheet, words, folder)


def whole_page(source: Path, name: str, words: str, folder: Path) -> None:
    """The page of the liasse whose head says these words, small."""
    told = run("pdftotext", "-layout", str(source), "-")
    pages = told.split("\f")
    page = next(rank for rank, text in enumerate(pages, 1) if words in "\n".join(text.split("\n")[:12]))
    only = ("-f", str(page), "-l", str(page), "-singlefile")
    run("pdftoppm", "-r", "60", *only, "-png", str(source), str(folder / name))
    frame = ("-bordercolor", "#bbbbbb", "-border", "1")
    run("convert", str(folder / f"{name}.png"), *frame, "-colors", "64", "-strip", str(IMAGES / f"liasse-{name}.png"))


def picture(cut: Cut, folder: Path) -> None:
    """A piece of a page of a Word file."""
    source = folder / cut.avenant / cut.file
    office = ("soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless")
    run(*office, "--convert-to", "pdf", "--outdir", str(source.parent), str(source))
    page = folder / cut.name
    pages = ("-f", str(cut.page), "-l", str(cut.page), "-singlefile")
    run("pdftoppm", "-r", str(DPI), *pages, "-png", str(source.with_suffix(".pdf")), str(page))
    top, bottom = round(cut.top * HEIGHT), round(cut.bottom * HEIGHT)
    crop = f"{WIDTH - 130}x{bottom - top}+65+{top}"
    finish(("convert", f"{page}.png", "-crop", crop, "+repage"), cut.name)


def finish(command: tuple[str, ...], name: str) -> None:
    """Add a thin frame and few colours, so that the picture is light."""
    frame = ("-bordercolor", "white", "-border", "12", "-bordercolor", "#bbbbbb", "-border", "1")
    run(*command, *frame, "-colors", "32", "-strip", str(IMAGES / f"avenants-{name}.png"))


def run(*command: str) -> str:
    """Run a command from the root of the repository; what it says."""
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - the above
    return done.stdout


if __name__ == "__main__":
    main()
