"""Runs every measure and prints one table, bounds beside the figures."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.bundles import Bundle, appended, composer
from bench.ours import DEFINITION, LONG, ROOT, Changing, Warm, compare, long_versions
from bench.pdf import Drawn
from bench.peers import CACHE, build, docxtpl, node_peers
from bench.redlines import Amending, peer
from bench.timing import alternate, burst_of, median
from convgen.write.pdf.libreoffice import find_soffice

ROUNDS = 36
ACTS = 300
PDFS = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of the table. `value` and `bound` are in the same unit; a bound of None is information."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    note: str = ""

    def line(self) -> str:
        """As printed."""
        figure = f"{self.value:.3f}" if self.value < 10 else f"{self.value:.1f}"
        if self.bound is None:
            return f"{self.name:<58} {figure:>9} {self.unit:<3} {'':>9}       {self.note}"
        verdict = "OK" if self.value <= self.bound else "above"
        return f"{self.name:<58} {figure:>9} {self.unit:<3} {self.bound:>9.3f} {verdict:<5} {self.note}"


def warm_measures() -> list[Measure]:
    """Definition → Word, beside the peers on an equal document. All take turns, those of node too."""
    warm = Warm()
    acte = warm.act()
    template, values = build(acte, ("{{ ", " }}"))
    names = ["docxtpl", "docxtemplater", "easy-template-x"]
    with tempfile.TemporaryDirectory() as folder, node_peers(acte) as node:
        changing = Changing(Path(folder))
        bursts = [burst_of(one) for one in (warm.docx, changing.docx, lambda: docxtpl(template, values))]
        if isinstance(node, str):
            print(f"npm peers skipped: {node}")
        else:
            bursts += [partial(node.burst, name) for name in names[1:]]
        ours, others, *peers = alternate(bursts, rounds=ROUNDS)
    found = [
        Measure("convgen, definition → .docx, warm", ours * 1000, "ms"),
        Measure("convgen, other data in the definition each time", others * 1000, "ms"),
    ]
    for name, seconds in zip(names, peers, strict=False):
        note = f"{len(values)} tags" if name == "docxtpl" else ""
        found.append(Measure(f"{name}, equal document", seconds * 1000, "ms", note=note))
        found.append(Measure(f"ratio to {name}", ours / seconds, "", 1 / 8 if name == "docxtpl" else 1 / 3))
    return found


def fiches_measures() -> list[Measure]:
    """A contract with its fiches and tables, drawn from one set of data."""
    warm = Warm(definition=LONG)
    return [Measure("contract with 20 fiches and its tables, warm", median(warm.docx, rounds=9) * 1000, "ms", 250)]


def table_measures() -> list[Measure]:
    """A table twice as long takes twice as long."""
    warm = Warm()
    short, long = alternate([burst_of(lambda: warm.table(2000)), burst_of(lambda: warm.table(4000))], rounds=5, count=2)
    return [
        Measure("table of 2,000 rows", short * 1000, "ms"),
        Measure("table of 4,000 rows ÷ table of 2,000 rows", long / short, "", 2.4),
    ]


def change_measures() -> list[Measure]:
    """Two versions compared and the changes proved; twice as long takes twice as long."""
    short, long = long_versions(1500), long_versions(3000)
    half, whole = alternate([burst_of(lambda: compare(short)), burst_of(lambda: compare(long))], rounds=6, count=3)
    return [
        Measure("changes of 3,000 paragraphs, found and applied", whole, "s", 5),
        Measure("changes of 3,000 paragraphs ÷ of 1,500", whole / half, "", 2.4),
    ]


def bundle_measures() -> list[Measure]:
    """Ten acts in one Word file, beside docxcompose that appends their ten files."""
    bundle = Bundle()
    ours = median(bundle.ours, rounds=9)
    found = [Measure("ten acts of 15 pages in one .docx, from their trees", ours * 1000, "ms")]
    peer = composer()
    if isinstance(peer, str):
        print(f"docxcompose skipped: {peer}")
        return found
    seconds = median(lambda: appended(peer, bundle.files), rounds=3, warm=1)
    return [
        *found,
        Measure("docxcompose, the ten files appended", seconds, "s"),
        Measure("ratio to docxcompose", ours / seconds, "", 1 / 30),
    ]


def amendment_measures() -> list[Measure]:
    """An avenant, its proof and its four Word files, beside a redline alone; twice as long takes twice as long."""
    ours = Amending(200)
    theirs = peer(ours.versions())
    bursts = [burst_of(ours.files)]
    if isinstance(theirs, str):
        print(f"python-redlines skipped: {theirs}")
    else:
        bursts.append(burst_of(theirs))
    files, *redlines = alternate(bursts, rounds=10, count=2)
    found = [Measure("avenant of 200 paragraphs and its four Word files", files * 1000, "ms")]
    for redline in redlines:
        found.append(Measure("python-redlines, redline of the same two texts", redline * 1000, "ms"))
        found.append(Measure("ratio to python-redlines", files / redline, "", 1 / 5))
    short, long = Amending(1500), Amending(3000)
    half, whole = alternate([burst_of(short.amendment), burst_of(long.amendment)], rounds=6, count=3)
    return [
        *found,
        Measure("avenant of 3,000 paragraphs, proved and worded", whole, "s", 5),
        Measure("avenant of 3,000 paragraphs ÷ of 1,500", whole / half, "", 2.4),
    ]


def cold_measures() -> list[Measure]:
    """Whole processes, from the shell."""
    with tempfile.TemporaryDirectory() as folder:
        # As installed: the compiled modules are on the disk, whatever the shell says about writing them.
        settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(CACHE / "pyc")}

        def run(*command: str) -> None:
            subprocess.run(
                [sys.executable, *command], cwd=ROOT, env=settings, check=True, capture_output=True, text=True
            )

        cold = median(lambda: run("-m", "convgen", "generer", DEFINITION, "-o", folder), rounds=5)
        long = median(lambda: run("-m", "convgen", "generer", LONG, "-o", folder), rounds=5)
        shown = median(lambda: run("-m", "convgen", "--help"), rounds=7)
        imported = median(lambda: run("-c", "import docx"), rounds=7)
    return [
        Measure("convgen generer, one convention, cold", cold, "s", 1.0),
        Measure("the contract with 20 fiches, cold", long, "s", 1.5),
        Measure("convgen --help", shown, "s", 0.25),
        Measure('python -c "import docx"', imported, "s"),
    ]


def pdf_measures() -> list[Measure]:
    """Definition → PDF, beside LibreOffice converting the Word file of the same act."""
    drawn = Drawn()
    found = [Measure("convgen, definition → .pdf of 15 pages, warm", median(drawn.pdf, rounds=9) * 1000, "ms")]
    if find_soffice() is None:
        print("conversion skipped: LibreOffice is not installed")
        return found
    ours, theirs = alternate([burst_of(drawn.pdf), burst_of(drawn.converted)], rounds=6, count=3)
    return [
        *found,
        Measure("LibreOffice, the same act's Word file", theirs * 1000, "ms"),
        Measure("ratio to LibreOffice", ours / theirs, "", 1 / 8),
    ]


def pdf_memory_measures() -> list[Measure]:
    """The peak of a process that draws many PDFs."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.pdf", str(PDFS)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [Measure(f"peak memory over {PDFS} PDFs of 15 pages", float(done.stdout), "MB", 500)]


def liasse_measures() -> list[Measure]:
    """A liasse of 400 pages, ten foreign PDFs in it, and the peak of the processes that make it."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.liasse_pdf"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    seconds, peak, pages = (float(one) for one in done.stdout.split())
    return [
        Measure(f"liasse of {pages:.0f} pages, 10 foreign PDFs", seconds, "s", 10),
        Measure("peak memory of its processes", peak, "MB", 600),
    ]


def memory_measures() -> list[Measure]:
    """The peak of a process that writes many acts, and what it grew by on the way."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(ACTS)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    early, late = (float(line) for line in done.stdout.split())
    return [
        Measure(f"peak memory over {ACTS} acts", late, "MB", 200),
        Measure(f"grown since act {ACTS // 10}", late - early, "MB", 5),
    ]


def main() -> None:
    """Print the table."""
    # As `convgen` itself does; the peers that run in this process have the same.
    gc.set_threshold(100_000, 20, 20)
    print(f"{'measure':<58} {'figure':>9} {'':<3} {'bound':>9}")
    for measures in (
        warm_measures,
        fiches_measures,
        bundle_measures,
        cold_measures,
        table_measures,
        change_measures,
        amendment_measures,
        pdf_measures,
        liasse_measures,
        memory_measures,
        pdf_memory_measures,
    ):
        try:
            for measure in measures():
                print(measure.line(), flush=True)
        except subprocess.CalledProcessError as error:
            print(f"{error.cmd} failed:\n{error.stderr}")


if __name__ == "__main__":
    main()
