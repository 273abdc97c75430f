"""The PDF of an act beside the conversion of its Word file by LibreOffice, and the memory of a batch of PDFs.

``python -m bench.pdf COUNT`` prints the peak, in megabytes, of a process that draws so many PDFs.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path

from bench.memory import peak_megabytes
from bench.ours import Warm
from convgen.write.pdf import load_pdf_look, write_pdf
from convgen.write.pdf.libreoffice import convert_docx

#: About fifteen pages.
DEFINITION = "conventions/insertion-emploi-55-2024.yaml"


class Drawn(Warm):
    """Acts drawn as PDFs, each with words of its own so that nothing is only remembered."""

    def __init__(self, definition: str = DEFINITION) -> None:
        super().__init__(definition=definition)
        self.rank = count(1)

    def pdf(self) -> bytes:
        """Definition file → bytes of the PDF."""
        acte = self.act()
        changed = replace(acte, title=f"{acte.title} {next(self.rank)}", number=f"2024-{next(self.rank)}")
        return write_pdf(changed, load_pdf_look(self.gabarit))

    def converted(self) -> bytes:
        """Definition file → Word → PDF by LibreOffice."""
        with tempfile.TemporaryDirectory() as folder:
            return convert_docx(self.docx(), "bench", Path(folder) / "log")


def main(wanted: int) -> None:
    """Print the peak after all the PDFs."""
    drawn = Drawn()
    for _ in range(wanted):
        drawn.pdf()
    print(peak_megabytes())


if __name__ == "__main__":
    main(int(sys.argv[1]))
