"""Whatever a line of an avenant becomes, it gives an avenant or diagnostics, never a crash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken_lines import DELETED, DOUBLED, broken, check_answer
from hypothesis import given, settings
from hypothesis import strategies as st

from convgen.errors import Report
from convgen.model.avenant import resolve_avenant
from convgen.workspace import Workspace
from espaces import write_files

CONVENTION = """\
convention: x
modele: m
objet: l'aide
etat: {signe: 2024-01-01}
parties:
  departement: {organisme: departement, representant: president}
  autre: {organisme: autre}
donnees:
  subvention: 100 €
  volets:
    v1: {places: 3}
    v2: {places: 4}
  echeancier:
    base: subvention
    versements: {acompte: 70 %, solde: le reste}
"""
MODELE = """\
modele: m
donnees:
  subvention: {type: montant}
articles:
  - {id: objet, titre: Objet, texte: Un objet.}
  - id: moyens
    titre: Moyens
    articles: [{id: lieux, texte: Un lieu.}]
annexes:
  - {id: budget, titre: Budget, texte: Rien.}
"""
FIRST = "avenant: a\nmodifie: x\nnumero: 1\ndate: 2024-02-01\nmodifications: {donnees: {subvention: 110 €}}\n"
SECOND = """\
avenant: b
modifie: x
numero: 2
date: 2024-03-01
effet: notification
motif: Pour changer.
plan: [intitule, comparution, visas, convenu, articles, signatures]
parties:
  departement:
    habilitation: {organe: le conseil, date: 2024-02-01}
visas: [Un texte libre]
objet:
  - de changer
versements_effectues:
  acompte:
    date: 2024-02-15
    montant: 77 €
reliquat: complement
modifications:
  objet: le soutien
  parties:
    autre:
      denomination: 2024-01-01
  termes:
    lieu: site
  duree:
    fin: 2024-12-31
  donnees:
    subvention: 120 €
    volets:
      v2: {places: 5}
  passages: {}
  articles:
    - id: objet
      texte: Un autre objet.
    - id: neuf
      titre: Neuf
      texte: Neuf.
      apres: moyens
  annexes:
    - id: budget
      titre: Autre
presenter:
  contenu: entier
  granularite: mots
formules: pratique
articles:
  - id: transition
    titre: Transition
    texte: Rien.
signatures:
  lieu: Nice
executoire: Le jour.
etat:
  signe: 2024-03-02
"""
FILES = {
    "convgen.yaml": "organisme: departement\n",
    "conventions/x.yaml": CONVENTION,
    "conventions/avenants/a.yaml": FIRST,
    "conventions/avenants/b.yaml": SECOND.replace("  passages: {}\n", ""),
    "templates/modeles/m.yaml": MODELE,
    "conventions/organismes/departement.yaml": (
        "organisme: departement\ntype: département\nnom: le Département\n"
        "representants: {president: {civilite: Monsieur, nom: Un, qualite: président}}\n"
    ),
    "conventions/organismes/autre.yaml": "organisme: autre\ntype: association\nnom: l'association Autre\n",
}
LINES = [
    (name, rank)
    for name, text in FILES.items()
    if name.startswith("conventions/avenants") or name == "conventions/x.yaml"
    for rank in range(len(text.splitlines()))
]
VALUES = [
    "", "{}", "[]", "sans", "à compléter", "oui", "12", "12 €", "2024-01-01", "= a + b", "{a: b}", "[a, [b]]",
    "[{a: 1}]", "'x'", "comme v1", "inconnu", '"{{ x }}"', "1 an", "[{id: x}]", "[{id: objet, retirer: oui}]",
    "{type: groupe}", "~", "-1", "../../x", "{autre: {retiree: signature}}", "{montant: 3 €}", "70 %", "le reste",
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound workspace, one line of which each example breaks."""
    return write_files(tmp_path_factory.mktemp("espace"), FILES)


def test_the_sound_workspace_resolves(root: Path) -> None:
    report = Report()
    assert resolve_avenant(Workspace(root), "b", date(2024, 6, 1), report) is not None
    assert not list(report), [str(one) for one in report]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LINES), st.sampled_from([*VALUES, DELETED, DOUBLED]))
def test_a_broken_line_gives_diagnostics(root: Path, line: tuple[str, int], value: str) -> None:
    with broken(root, FILES, line, value):
        check_answer(lambda report: resolve_avenant(Workspace(root), "b", date(2024, 6, 1), report), FILES)
