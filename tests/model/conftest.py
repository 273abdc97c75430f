"""Tiny workspaces for the tests of the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from convgen.workspace import Workspace
from espaces import write_files

Made = Callable[[dict[str, str]], Workspace]

#: A workspace that every act of these tests may use.
BASE = {
    "convgen.yaml": "organisme: departement\ncharte: neutre\ntribunal: le tribunal administratif de Nice\n",
    "conventions/organismes/departement.yaml": """\
organisme: departement
type: département
nom: le Département des Alpes-Maritimes
court: le Département
siret: 220 600 019 00016
adresse: |
  147 boulevard du Mercantour
  06201 Nice
representants:
  president:
    civilite: Monsieur
    prenom: Charles
    nom: Un
    qualite: président du Conseil départemental
    qualite_signature: président du Département
  vice-presidente: {civilite: Madame, prenom: Anne, nom: Deux, qualite: vice-présidente}
organes: {commission: la commission permanente}
services:
  insertion: [Direction générale, Direction de l'insertion]
""",
    "conventions/organismes/travail.yaml": """\
organisme: travail
type: établissement public
noms:
  - {depuis: 2024-01-01, nom: France Travail, genre: masculin}
  - {nom: Pôle emploi, genre: masculin}
representants:
  directrice: {civilite: Madame, prenom: Ève, nom: Trois, qualite: directrice}
""",
    "clauses/textes/t.yaml": """\
cgct: {nature: code, visa: le code général des collectivités territoriales}
communes: {nature: code, visa: le code des communes, abroge: 1996-02-24}
rsa: {nature: loi, numero: 2008-1249, date: 2008-12-01, intitule: généralisant le revenu de solidarité active}
dcra: {nature: loi, numero: 2000-321, date: 2000-04-12, modifie: oui, intitule: relative aux droits des citoyens}
d1: {nature: décret, numero: 2009-404, date: 2009-04-15, intitule: relatif au RSA}
d2: {nature: décret, numero: 2010-961, date: 2010-08-25, intitule: relatif aux jeunes}
sieg: {nature: décision, auteur: la Commission européenne, numero: C(2011) 9380, date: 2011-12-20}
ue: {nature: règlement, auteur: le Parlement européen et le Conseil, numero: (UE) 2021/1060, date: 2021-06-24}
""",
    "conventions/deliberations/cp-1.yaml": """\
deliberation: cp-1
organe: la commission permanente
seance: 2024-06-07
numero: 20
decisions: [{texte: x}]
""",
}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Write files over the base ones and open the workspace."""

    def make(files: dict[str, str]) -> Workspace:
        root = tmp_path / "espace"
        write_files(root, {**BASE, **files})
        return Workspace(root)

    return make
