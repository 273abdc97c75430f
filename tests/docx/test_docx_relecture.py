"""What a written Word file reads like: a cell that covers several rows is read once."""

from __future__ import annotations

from pathlib import Path

from convgen.acte.nodes import Acte, Cell, Paragraph, Row, Table, Text, Zone
from convgen.write.docx import load_gabarit, write_docx
from convgen.write.docx.relecture import accepted_lines, refused_lines

GABARIT = Path(__file__).parents[2] / "templates/gabarits/neutre"


def cell(text: str, rowspan: int = 1) -> Cell:
    return Cell((Paragraph((Text(text),)),), rowspan=rowspan)


def test_a_cell_over_two_rows_is_read_in_the_first_only() -> None:
    table = Table((), (Row((cell("Risques", 2), cell("Un"))), Row((cell("Deux"),))))
    written = write_docx(
        Acte("convention", "essai", "", "Essai", (Zone("preambule", (table,)),)), load_gabarit(GABARIT)
    )
    for lines in (accepted_lines(written), refused_lines(written)):
        assert "Risques ¦ Un" in lines and "Deux" in lines
