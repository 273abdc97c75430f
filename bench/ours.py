"""The runs of convgen that are measured."""

from __future__ import annotations

import re
import shutil
from datetime import date
from itertools import count
from pathlib import Path

from convgen.acte.nodes import Acte, Cell, Division, Paragraph, Row, Table, Text, Zone
from convgen.acte.numbering import number_divisions
from convgen.amend.changements.appliquer import verify
from convgen.amend.changements.differer import diff
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.normaliser import normal
from convgen.compose.acte import compose
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace
from convgen.write.docx import Gabarit, load_gabarit, write_docx

ROOT = Path(__file__).parents[1]
DEFINITION = "conventions/sante-mentale-2024.yaml"
#: Twenty fiches action and their tables, about forty pages.
LONG = "conventions/contrat-local-55-2024.yaml"
_TODAY = date(2024, 6, 7)


class Warm:
    """A workspace already read once, as in a program that writes many acts."""

    def __init__(self, root: Path = ROOT, definition: str = DEFINITION) -> None:
        self.root = root
        self.definition = definition
        self.workspace = Workspace(root)
        self.cache = TextCache()
        self.gabarit: Gabarit = load_gabarit(self.workspace.gabarit_folder("departement"))

    def act(self) -> Acte:
        """Definition file → tree.

        Raises:
            DefinitionError: The demonstration convention is wrong.
        """
        report = Report()
        resolved = resolve(self.workspace, str(self.root / self.definition), _TODAY, report)
        report.raise_if_errors()
        if resolved is None:
            raise FileNotFoundError(self.definition)
        acte = compose(resolved, report, cache=self.cache)
        report.raise_if_errors()
        if acte is None:
            raise ValueError(self.definition)
        return acte

    def docx(self) -> bytes:
        """Definition file → bytes of the Word file."""
        return write_docx(self.act(), self.gabarit)

    def table(self, rows: int) -> bytes:
        """An act that holds one table of so many rows → bytes of the Word file."""
        return write_docx(_table_act(rows), self.gabarit)


class Changing(Warm):
    """The same in a copy of the workspace, where the data of the definition are other ones for each act."""

    def __init__(self, folder: Path) -> None:
        for name in ("clauses", "conventions", "templates"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "convgen.yaml", folder)
        super().__init__(folder)
        self.text = (folder / DEFINITION).read_text(encoding="utf-8")
        self.people = count(1000)

    def docx(self) -> bytes:
        """A definition never seen → bytes of the Word file. Writing the definition is part of it."""
        changed = re.sub(r"(?<=  beneficiaires: )\d+", str(next(self.people)), self.text)
        (self.root / DEFINITION).write_text(changed, encoding="utf-8")
        return super().docx()


def long_versions(count: int) -> tuple[Part, Part]:
    """The amendable trees of `long_acts`."""
    old, new = long_acts(count)
    return normal(old), normal(new)


def long_acts(count: int) -> tuple[Acte, Acte]:
    """An act of so many paragraphs, and its next version: one article in ten has other words, some come, some go."""
    return _long_act(count, changed=False), _long_act(count, changed=True)


def compare(versions: tuple[Part, Part]) -> None:
    """Find the changes, apply them, and check that they give the new version.

    Raises:
        RefusError: They do not.
    """
    old, new = versions
    verify(diff(old, new), old, new)


def _long_act(count: int, *, changed: bool) -> Acte:
    articles: list[Division] = []
    for rank in range(count // 10):
        late = changed and rank % 10 == 3
        texts = [_sentence(rank, place, "mai" if late and place % 3 == 1 else "juin") for place in range(10)]
        lines = tuple(Paragraph((Text(text),)) for text in texts)
        if not (changed and rank % 20 == 7):
            articles.append(Division(f"a{rank}", 1, (Text(f"Article {rank}"),), lines))
        if changed and rank % 20 == 8:
            articles.append(Division(f"n{rank}", 1, (Text("Nouveau"),), (Paragraph((Text("Alinéa nouveau."),)),)))
    return number_divisions(Acte("convention", "long", "", "Long", (Zone("articles", tuple(articles)),)))


def _sentence(rank: int, place: int, month: str) -> str:
    return (
        f"Alinéa {rank}.{place} : le bénéficiaire remet au préfet, avant la fin du mois de {month}, le bilan des "
        f"actions conduites au titre de la mesure {rank * place % 17}, avec la liste des {3 + rank % 7} sites et le "
        "compte rendu financier que certifie son représentant."
    )


def _table_act(rows: int) -> Acte:
    def row(texts: tuple[str, ...]) -> Row:
        return Row(tuple(Cell((Paragraph((Text(text),)),)) for text in texts))

    body = tuple(row((f"Ligne {rank}", "Action en faveur des habitants", f"{rank} 000 €")) for rank in range(rows))
    table = Table((row(("N°", "Objet", "Montant")),), body, (10, 60, 30))
    return Acte("convention", "table", "", "Table", (Zone("articles", (table,)),))
