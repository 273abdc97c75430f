"""A liasse of about 400 pages as one PDF: its time, and the peak of the process and of those that it starts.

``python -m bench.liasse_pdf`` prints the seconds, the megabytes and the pages.
"""

from __future__ import annotations

import io
import os
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pikepdf

from bench.ours import Warm
from bench.pdf import Drawn
from convgen.bundle.liasse import ACT, DELIBERATION, PDF, Liasse, Piece
from convgen.bundle.pdf import write_liasse_pdf
from convgen.errors import Report
from convgen.write.pdf import load_pdf_look, write_pdf

#: The conventions of the demonstration, once or twice each, and foreign files of a dozen pages: about 400 pages.
DEFINITIONS = (
    "acces-donnees-06-2024",
    "acces-donnees-55-2024",
    "charte-academie-55-2024",
    "contrat-local-55-2024",
    "cooperation-ft-2024",
    "echange-donnees-ft-2024",
    "flash-emploi-2024",
    "fsl-eau-soeau-2024",
    "insertion-emploi-06-2024",
    "insertion-emploi-55-2024",
    "protocole-aip-2024",
    "protocole-plie-casa-2024",
    "restos-du-coeur-2024",
    "sante-mentale-2024",
)
ACTS = 25
FOREIGN = 10
FOREIGN_PAGES = 12


def liasse_of(drawn: Drawn, folder: Path) -> Liasse:
    """A délibération, acts, no two of which have the same words, and foreign PDFs."""
    kinds = [Warm(definition=f"conventions/{one}.yaml").act() for one in DEFINITIONS]
    acts = []
    for n in range(ACTS):
        one = kinds[n % len(kinds)]
        acts.append(replace(one, id=f"acte-{n}", title=f"{one.title} {n}", number=f"2024-{n}"))
    acte = drawn.act()
    content = write_pdf(acte, load_pdf_look(drawn.gabarit))
    pieces = [Piece("d", "Insertion et emploi", DELIBERATION, acte=replace(acte, id="d"))]
    for n, one in enumerate(acts, 1):
        pieces.append(Piece(one.id, one.title, ACT, (str(n),), f"Annexe {n}", ("d",), one))
    for n in range(ACTS + 1, ACTS + FOREIGN + 1):
        path = folder / f"{n}.pdf"
        with pikepdf.open(io.BytesIO(content)) as pdf:
            del pdf.pages[FOREIGN_PAGES:]
            del pdf.Root.StructTreeRoot
            pdf.save(path)
        pieces.append(Piece(f"piece-{n}", f"Rapport {n}", PDF, (str(n),), f"Annexe {n}", ("d",), path=path))
    return Liasse("bench", "Commission permanente", tuple(pieces))


def resident(pid: int) -> int:
    """The bytes that a process and its children hold, shared ones counted for their part (Linux)."""
    total = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            total = int(line.split()[1]) * 1024
    tasks = Path(f"/proc/{pid}/task")
    for task in tasks.iterdir():
        for child in (task / "children").read_text().split():
            try:
                total += resident(int(child))
            except OSError:  # it has just ended
                continue
    return total


class Watch:
    """The peak of this process and its children, looked at five times a second."""

    def __init__(self) -> None:
        self.peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.2):
            try:
                self.peak = max(self.peak, resident(os.getpid()))
            except OSError:
                continue


def main() -> None:
    """Print the seconds, the peak in megabytes, the pages."""
    drawn = Drawn()
    with tempfile.TemporaryDirectory() as folder:
        liasse = liasse_of(drawn, Path(folder))
        looks = {"": load_pdf_look(drawn.gabarit)}
        with Watch() as watch:
            start = time.perf_counter()
            content = write_liasse_pdf(liasse, looks, Report())
            seconds = time.perf_counter() - start
    with pikepdf.open(io.BytesIO(content)) as pdf:
        print(seconds, watch.peak / (1024 * 1024), len(pdf.pages))
    if os.environ.get("CONVGEN_BENCH_KEEP"):
        Path(os.environ["CONVGEN_BENCH_KEEP"]).write_bytes(content)


if __name__ == "__main__":
    main()
