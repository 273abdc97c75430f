"""Whatever a line becomes, a definition gives an act or diagnostics, never a crash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken_lines import DELETED, DOUBLED, broken, check_answer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace
from espaces import write_files

MODELE = """\
modele: m
nature: convention
plan: [intitule, comparution, articles, signatures]
numerotation:
  articles: "ARTICLE 1 : TITRE"
parties:
  departement:
    organisme: departement
    role: financeur
donnees:
  subvention:
    type: montant
    par: exercice
  total:
    calcul: somme(subvention)
articles:
  - id: objet
    titre: Objet
    texte: à compléter
  - clause: c
"""
CONVENTION = """\
convention: x
modele: m
exercices: [2024]
cotes:
  - id: un
    parties: [departement]
    designation: les financeurs
duree:
  effet: 2024-01-01
  fin: 1 an
  reconduction:
    forme: expresse
    periode: 1 an
    maximum: 3 ans
donnees:
  subvention:
    2024: 10 €
verifier:
  - regle: total = 10 €
    sinon: non
visas:
  - cgct
articles:
  - id: c
    si: total > 5 €
    avec:
      preavis: deux mois
    passages:
      fin: autre
annexes:
  - id: a
    texte: b
signatures:
  lieu: Nice
  ordre: [departement]
"""
CLAUSE = """\
---
clause: c
version: 1
titre: C
parametres:
  preavis:
    type: durée
  financeur:
    type: partie
    role: financeur
---
Texte {{ passage('fin') }}

--- passage fin
Fin
"""
ORGANISME = """\
organisme: departement
type: département
nom: le Département
adresse: 1 rue X
representants:
  president:
    civilite: Monsieur
    nom: Un
    qualite: président
"""
FILES = {
    "convgen.yaml": "organisme: departement\nmontants:\n  centimes: toujours\n",
    "conventions/x.yaml": CONVENTION,
    "templates/modeles/m.yaml": MODELE,
    "clauses/a/c.md": CLAUSE,
    "clauses/textes/t.yaml": "cgct:\n  nature: code\n  date: 2020-01-01\n",
    "conventions/organismes/departement.yaml": ORGANISME,
}
LINES = [(name, rank) for name, text in FILES.items() for rank in range(len(text.splitlines()))]
VALUES = [
    "", "{}", "[]", "sans", "à compléter", "à compléter (x)", "oui", "12", "12 €", "2024-01-01", "= a + b", "{a: b}",
    "[a, [b]]", "[{a: 1}]", "'x'", "comme v1", "par avenant", "inconnu", '"{{ x }}"', "1 an", "0 jour", "départ",
    "[{id: x}]", "[{clause: c}]", "{type: groupe}", "{calcul: 1 / 0}", "~", "-1", "99999999999999999999", "../../x",
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound workspace, one line of which each example breaks."""
    return write_files(tmp_path_factory.mktemp("espace"), FILES)


def test_the_sound_workspace_resolves(root: Path) -> None:
    report = Report()
    assert resolve(Workspace(root), "x", date(2024, 6, 1), report) is not None
    assert not list(report), [str(one) for one in report]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LINES), st.sampled_from([*VALUES, DELETED, DOUBLED]))
@example(("conventions/x.yaml", 24), "[{id: x}]")
def test_a_broken_line_gives_diagnostics(root: Path, line: tuple[str, int], value: str) -> None:
    with broken(root, FILES, line, value):
        check_answer(lambda report: resolve(Workspace(root), "x", date(2024, 6, 1), report), FILES)
