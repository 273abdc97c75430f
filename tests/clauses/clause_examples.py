"""A workspace where every example of every clause is an act of its own, in each shape of party."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from convgen.acte.nodes import Acte
from convgen.compose.acte import compose
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.model.problems import validate
from convgen.model.resolve import resolve
from convgen.model.schema.clause import Clause, Exemple
from convgen.source.front_matter import split_front_matter
from convgen.source.nodes import MappingNode, Node, Scalar
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
USUAL = {"financeur": "le Département", "beneficiaire": "l'association"}
ROLES = {"financeur": "financeur", "beneficiaire": "bénéficiaire"}
DURATION = {"effet": "2024-01-01", "fin": "2024-12-31"}


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
    (folder / "organismes").mkdir(parents=True)
    settings = "organisme: un\ncharte: neutre\ntribunal: le tribunal administratif de Nice\n"
    (root / "convgen.yaml").write_text(settings, encoding="utf-8")
    partner = "organisme: un\ntype: association\nnom: l'association Un\nadresse: 1 place du Port, 06000 Nice\n"
    (folder / "organismes" / "un.yaml").write_text(f"{partner}banque: {{iban: {_IBAN}, bic: AGRIFRPP}}\n", "utf-8")
    for case in wanted:
        for shape in ("", BARE, *SHAPES):
            name = act_name(case, shape)
            (folder / f"{name}.yaml").write_text(definition(case, name, shape), encoding="utf-8")
    return Examples(Workspace(root))


_IBAN = "FR76 3000 6000 0112 3456 7890 189"


def definition(case: Case, name: str, shape: str) -> str:
    """The definition of an act that holds one clause."""
    clause, example = case.clause, case.example
    given = {str(key): str(term) for key, term in (example.parties or {}).items()}
    terms = USUAL | given
    nature = "convention"
    if shape in SHAPES:
        nature, *words = SHAPES[shape]
        terms = dict(zip(terms, words, strict=False))
    lines = [f"convention: {name}", f"nature: {nature}", "numero: sans", "objet: l'essai", "plan: [articles]"]
    lines += ["exercices: [2024, 2025]", "parties:"]
    for key, term in terms.items():
        role = ROLES.get(key, key.replace("_", " "))
        lines += [f"  {key}:", "    organisme: un", f"    designation: {term}", f"    role: {role}"]
    lines += ["duree:", *_duration(example)]
    kind = "annexes" if clause.clause.startswith("annexe-") else "articles"
    lines += [f"{kind}:", f"  - clause: {clause.clause}"]
    if isinstance(example.avec, MappingNode) and shape != BARE:
        lines += ["    avec:", *yaml_lines(example.avec, 6)]
    return "\n".join(lines) + "\n"


def _duration(example: Exemple) -> list[str]:
    node = example.node_of("duree")
    if isinstance(node, MappingNode):
        return yaml_lines(node, 2)
    return [f"  {key}: {value}" for key, value in DURATION.items()]


def yaml_lines(node: Node, indent: int) -> list[str]:
    """A node, typed again: what was quoted or in a block is quoted."""
    pad = " " * indent
    match node:
        case Scalar():
            return [pad + _scalar(node)]
        case MappingNode(entries=entries):
            lines = []
            for key, value in entries:
                inline = isinstance(value, Scalar)
                lines.append(f"{pad}{key.text}:" + (f" {_scalar(value)}" if isinstance(value, Scalar) else ""))
                lines += [] if inline else yaml_lines(value, indent + 2)
            return lines
        case _:
            lines = []
            for item in node.items:
                first, *rest = yaml_lines(item, indent + 2)
                lines += [f"{pad}- {first.strip()}", *rest]
            return lines


def _scalar(node: Scalar) -> str:
    return json.dumps(node.text, ensure_ascii=False) if node.quoted or node.block else node.text
