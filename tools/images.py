"""Make the pictures of the guide's page on avenants, `docs/images/avenants-*.png`.

Run ``python tools/images.py`` from the root of the repository after a change of the words or of the look; it needs
LibreOffice, poppler and ImageMagick. The pictures are cut from the demonstration avenants.
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


def main() -> None:
    """Make them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for avenant in dict.fromkeys(cut.avenant for cut in CUTS):
            definition = f"conventions/avenants/{avenant}.yaml"
            run("convgen", "avenant", definition, "-o", str(folder / avenant))
        for cut in CUTS:
            picture(cut, folder)


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


def run(*command: str) -> None:
    """Run a command from the root of the repository."""
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - the commands above


if __name__ == "__main__":
    main()
