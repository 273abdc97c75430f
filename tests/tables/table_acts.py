"""Tiny workspaces whose act prints one table, and what a run of it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from convgen.acte.nodes import Acte, Block, Cell, Paragraph, Table
from convgen.acte.runs import plain_text
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.model.resolved import ResolvedAct
from convgen.model.tables.table import TableData
from convgen.workspace import Workspace

BASE = {
    "convgen.yaml": "organisme: departement\ncharte: neutre\n",
    "conventions/organismes/departement.yaml": (
        "organisme: departement\ntype: département\nnom: le Département\n"
        "representants:\n  president: {civilite: Monsieur, prenom: Jean, nom: Un, qualite: président}\n"
    ),
    "conventions/organismes/asso.yaml": (
        "organisme: asso\ntype: association\nnom: l'association Jalons\n"
        "representants:\n  presidente: {civilite: Madame, prenom: Ève, nom: Deux, qualite: présidente}\n"
    ),
}
ACT = """\
convention: acte
nature: convention
objet: le soutien d'actions
plan: [articles]
parties:
  departement: {organisme: departement, representants: [president]}
  asso: {organisme: asso, representants: [presidente]}
"""
ARTICLE = "articles:\n  - {id: unique, titre: Objet, texte: Les parties agissent ensemble.}\n"


@dataclass
class Run:
    """What a run gave: the act, what was resolved, and every diagnostic."""

    resolved: ResolvedAct | None
    acte: Acte | None
    report: Report

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.report.errors]

    @property
    def words(self) -> str:
        """Every diagnostic as people read it."""
        return "\n".join(str(one) for one in self.report).replace("\u202f", " ").replace("\u00a0", " ")

    def table(self, name: str = "t") -> TableData:
        assert self.resolved is not None, self.words
        assert self.resolved.tables is not None
        found = self.resolved.tables.table(name)
        assert found is not None, self.words
        return found

    def printed(self) -> Table:
        """The first table of the annexe."""
        assert self.acte is not None, self.words
        return next(tables_of(self.acte.annexes[0].blocks))

    def rows(self) -> list[list[str]]:
        """The printed rows of the first table, merged cells once."""
        return [[words_of(cell) for cell in row.cells] for row in self.printed().rows]

    def heads(self) -> list[list[str]]:
        return [[words_of(cell) for cell in row.cells] for row in self.printed().header]


def tables_of(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """Every table below the blocks."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        else:
            yield from tables_of(getattr(block, "blocks", ()))


def words_of(cell: Cell) -> str:
    lines = [plain_text(block.inlines) for block in cell.blocks if isinstance(block, Paragraph)]
    return "\n".join(lines).replace("\u202f", " ").replace("\u00a0", " ")


def run_in(root: Path, files: dict[str, str | bytes]) -> Run:
    act = files["conventions/acte.yaml"]
    if isinstance(act, str) and "\narticles:" not in act:
        files = {**files, "conventions/acte.yaml": act + ARTICLE}
    for name, content in {**BASE, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = Report()
    resolved = resolve(Workspace(root), "acte", date(2024, 6, 1), report)
    acte = compose(resolved, report) if resolved is not None and not report.errors else None
    return Run(resolved, acte, report)


Tabled = Callable[..., Run]
