"""The runs of convgen that are measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from convgen.acte.nodes import Acte, Cell, Paragraph, Row, Table, Text, Zone
from convgen.compose.acte import compose
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace
from convgen.write.docx import Gabarit, load_gabarit, write_docx

ROOT = Path(__file__).parents[1]
DEFINITION = "conventions/sante-mentale-2024.yaml"
_TODAY = date(2024, 6, 7)


class Warm:
    """A workspace already read once, as in a program that writes many acts."""

    def __init__(self) -> None:
        self.workspace = Workspace(ROOT)
        self.cache = TextCache()
        self.gabarit: Gabarit = load_gabarit(self.workspace.gabarit_folder("departement"))

    def act(self) -> Acte:
        """Definition file → tree.

        Raises:
            DefinitionError: The demonstration convention is wrong.
        """
        report = Report()
        resolved = resolve(self.workspace, str(ROOT / DEFINITION), _TODAY, report)
        report.raise_if_errors()
        if resolved is None:
            raise FileNotFoundError(DEFINITION)
        acte = compose(resolved, report, cache=self.cache)
        report.raise_if_errors()
        if acte is None:
            raise ValueError(DEFINITION)
        return acte

    def docx(self) -> bytes:
        """Definition file → bytes of the Word file."""
        return write_docx(self.act(), self.gabarit)

    def table(self, rows: int) -> bytes:
        """An act that holds one table of so many rows → bytes of the Word file."""
        return write_docx(_table_act(rows), self.gabarit)


def _table_act(rows: int) -> Acte:
    def row(texts: tuple[str, ...]) -> Row:
        return Row(tuple(Cell((Paragraph((Text(text),)),)) for text in texts))

    body = tuple(row((f"Ligne {rank}", "Action en faveur des habitants", f"{rank} 000 €")) for rank in range(rows))
    table = Table((row(("N°", "Objet", "Montant")),), body, (10, 60, 30))
    return Acte("convention", "table", "", "Table", (Zone("articles", (table,)),))
