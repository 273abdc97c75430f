"""A workspace where every example of every clause is an act of its own, in each shape of party."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from convgen.acte.nodes import Acte
from convgen.cli.examples import FILES, example_act, example_terms
from convgen.compose.acte import compose
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.model.problems import validate
from convgen.model.resolve import resolve
from convgen.model.schema.clause import Clause, Exemple
from convgen.source.front_matter import split_front_matter
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
TODAY = date(2024, 6, 1)

#: The terms that parties take, in turn, whatever the example says; the nature of the act varies with them.
SHAPES: Mapping[str, tuple[str, ...]] = {
    "masculin": ("contrat", "le Département", "le bailleur", "le centre", "le groupement", "le syndicat", "le comité"),
    "feminin": ("convention", "la Région", "la commune", "la caisse", "la mission", "la fondation", "la régie"),
    "pluriel": ("charte", "les prescripteurs", "les communes", "les bailleurs", "les caisses", "les offices"),
    "voyelle": ("accord", "l'État", "l'association", "l'office", "l'agglomération", "l'hôpital", "l'union"),
}
#: The shape of an act that gives the clause nothing.
BARE = "nu"


@dataclass(frozen=True, slots=True)
class Case:
    """An example of a clause. `number` is its rank among those of the clause."""

    clause: Clause
    file: Path
    example: Exemple
    number: int

    @property
    def id(self) -> str:
        """« resiliation », or « resiliation-delai » for the examples after the first one."""
        version = "" if "@" not in self.file.stem else f"-v{self.clause.version}"
        return f"{self.clause.clause}{version}" + (f"-{self.example.nom}" if self.number else "")


@dataclass(slots=True)
class Examples:
    """The workspace, and what its acts share."""

    workspace: Workspace
    cache: TextCache = field(default_factory=TextCache)
    made: dict[str, tuple[Acte | None, Report]] = field(default_factory=dict)

    def act(self, case: Case, shape: str = "") -> tuple[Acte | None, Report]:
        """The act that prints an example, with its own parties or with those of a shape."""
        name = act_name(case, shape)
        if name not in self.made:
            report = Report()
            resolved = resolve(self.workspace, name, TODAY, report)
            self.made[name] = (compose(resolved, report, cache=self.cache) if resolved else None, report)
        return self.made[name]

    def text(self, case: Case) -> str:
        """What the example prints."""
        acte, _ = self.act(case)
        assert acte is not None
        return write_text(replace(acte, draft=False, mention="", letterhead=(), title=""))


@cache
def clause_files() -> tuple[Path, ...]:
    """Every file of the library."""
    return tuple(sorted((ROOT / "clauses").glob("*/*.md"), key=lambda one: one.stem))


@cache
def read_clause(path: Path) -> tuple[Clause, str]:
    """The front matter and the text of a clause."""
    report = Report()
    parts = split_front_matter(path.read_text(encoding="utf-8"), path.name, report)
    assert parts is not None, f"{path.name} n'a pas d'en-tête"
    model, _ = validate(Clause, parts[0], report)
    assert model is not None and not report.diagnostics, list(report)
    return model, parts[1]


def cases() -> tuple[Case, ...]:
    """Every example of the library."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for path in clause_files():
        clause, _ = read_clause(path)
        for number, example in enumerate(clause.exemples or ()):
            yield Case(clause, path, example, number)


def act_name(case: Case, shape: str) -> str:
    """The identifier of an act of the workspace."""
    return f"{case.id}.{shape or 'golden'}"


def make_workspace(root: Path, wanted: tuple[Case, ...]) -> Examples:
    """Copy the library and write one definition per example and shape."""
    shutil.copytree(ROOT / "clauses", root / "clauses")
    folder = root / "conventions"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for case in wanted:
        for shape in ("", BARE, *SHAPES):
            name = act_name(case, shape)
            (folder / f"{name}.yaml").write_text(definition(case, name, shape), encoding="utf-8")
    return Examples(Workspace(root))


def definition(case: Case, name: str, shape: str) -> str:
    """The definition of an act that holds one clause."""
    terms, nature = example_terms(case.example), "convention"
    if shape in SHAPES:
        nature, *words = SHAPES[shape]
        terms = dict(zip(terms, words, strict=False))
    return example_act(case.clause, case.example, name, nature=nature, terms=terms, given=shape != BARE)
