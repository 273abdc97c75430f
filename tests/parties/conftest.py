"""Tiny workspaces for the comparution and the signatures: a registry of organismes, and one definition a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from convgen.acte.nodes import Acte, Paragraph, Role, SignatureGrid
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace

ORGANISMES = {
    "departement": """\
organisme: departement
type: département
nom: le Département des Alpes-Maritimes
court: le Département
siret: 220 600 019 00016
chorus: 2100039740
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
organes: {commission: la commission permanente}
""",
    "reflets": """\
organisme: reflets
type: association
nom: l'association REFLETS
adresse: 3 chemin des Travaux, 06800 Cagnes-sur-Mer
rna: W061000001
representants:
  directrice: {civilite: Madame, prenom: Jeanne, nom: Deux, qualite: directrice}
""",
    "fondation": """\
organisme: fondation
type: fondation
nom: la Fondation de Nice
statut: reconnue d'utilité publique
siege: 8 avenue Urbain Bosio, 06300 Nice
representants:
  president: {civilite: Monsieur, prenom: Paul, nom: Trois, qualite: président}
""",
    "soeau": """\
organisme: soeau
type: société
nom: So'EAU
genre: féminin
court: la société So'EAU
forme: société par actions simplifiée
capital: 10 000 €
rcs: {ville: Cannes, numero: 920 289 881}
siege: 327 avenue Marcel Védrine, 06250 Mougins
representants:
  directeur: {civilite: Monsieur, prenom: Émile, nom: Quatre, qualite: directeur, habilitation: dûment habilité}
""",
    "erilia": """\
organisme: erilia
type: bailleur
nom: ERILIA
genre: féminin
forme: société anonyme d'habitations à loyer modéré
capital: 3 898 624 €
rcs: {ville: Marseille, numero: 058 811 670}
siege: 72 bis rue Perrin Solliers, 13006 Marseille
representants:
  directrice: {civilite: Madame, prenom: Zoé, nom: Cinq, qualite: directrice générale}
""",
    "etat": """\
organisme: etat
type: État
nom: l'État
representants:
  prefet-region:
    civilite: Monsieur
    prenom: Hervé
    nom: Six
    qualite: [préfet de la région Provence-Alpes-Côte d'Azur, préfet de la zone de défense et de sécurité Sud]
    qualite_signature: préfet de la région Provence-Alpes-Côte d'Azur
  prefete: {civilite: Madame, prenom: Agnès, nom: Sept, qualite: préfète des Alpes-Maritimes}
""",
    "travail": """\
organisme: travail
type: établissement public
noms:
  - {depuis: 2024-01-01, nom: France Travail, genre: masculin}
  - {nom: Pôle emploi, genre: masculin}
statut: établissement public administratif
adresses:
  siege: 1 avenue du Docteur Gley, 75020 Paris
  nice: |
    455 promenade des Anglais
    06200 Nice
representants:
  directrice: {civilite: Madame, prenom: Ève, nom: Huit, qualite: directrice territoriale}
""",
    "ville": """\
organisme: ville
type: commune
nom: la Ville de Nice
representants:
  maire: {civilite: Monsieur, prenom: Jean, nom: Neuf, qualite: maire}
organes: {conseil: le conseil municipal}
""",
    "metropole": """\
organisme: metropole
type: EPCI
nom: la Métropole Nice Côte d'Azur
representants:
  president: {civilite: Monsieur, prenom: Jean, nom: Neuf, qualite: président}
""",
    "caf": """\
organisme: caf
type: caisse
nom: la Caisse d'allocations familiales des Alpes-Maritimes
court: la CAF
representants:
  directeur: {civilite: Monsieur, prenom: Luc, nom: Dix, qualite: directeur}
  sous-directrice: {civilite: Madame, prenom: Fanny, nom: Onze, qualite: sous-directrice de l'action sociale}
""",
}

HEAD = """\
convention: essai
nature: convention
numero: sans
titre: Essai
plan: [comparution, articles, signatures]
"""
ARTICLE = "articles: [{id: objet, titre: Objet, texte: Sans objet.}]\n"


@dataclass(frozen=True)
class Made:
    """An act, or None when it is refused, and what was said of it."""

    acte: Acte | None
    report: Report

    def codes(self) -> list[str]:
        """The codes said."""
        return [one.code for one in self.report.diagnostics]

    def _zone(self, kind: str) -> tuple[object, ...]:
        assert self.acte is not None, [one.message for one in self.report.diagnostics]
        return next((zone.blocks for zone in self.acte.zones if zone.kind == kind), ())

    def lines(self) -> list[str]:
        """The paragraphs of the comparution, with plain spaces."""
        found = (block for block in self._zone("comparution") if isinstance(block, Paragraph))
        return [_plain(plain_text(block.inlines)) for block in found]

    def of(self, start: str) -> str:
        """The only paragraph of the comparution that opens so."""
        (line,) = [line for line in self.lines() if line.startswith(start)]
        return line

    def body(self) -> str:
        """The words of the articles, with plain spaces."""
        found = (one for one in walk(self._zone("articles")) if isinstance(one, Paragraph))
        return _plain(" ".join(plain_text(one.inlines) for one in found))

    def closing(self) -> str:
        """The line « Fait à … »."""
        (line,) = [block for block in self._zone("signatures") if isinstance(block, Paragraph)]
        assert line.role is Role.CLOSING
        return _plain(plain_text(line.inlines))

    def grid(self) -> SignatureGrid:
        """The signature grid."""
        (grid,) = [block for block in self._zone("signatures") if isinstance(block, SignatureGrid)]
        return grid

    def frames(self) -> list[list[str]]:
        """The printed lines of each frame, the name at its place."""
        out = []
        for one in self.grid().signatures:
            lines, name = [_plain(plain_text(line)) for line in one.lines], [_plain(plain_text(one.name))]
            whole = [*name, *lines] if one.name_first else [*lines, *name]
            out.append([line for line in whole if line])
        return out


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


Makes = Callable[..., Made]


@pytest.fixture
def make(tmp_path: Path) -> Makes:
    """Compose a definition, given without its head and its article; other files by name."""

    def run(definition: str, *, head: str = HEAD, article: str = ARTICLE, **organismes: str) -> Made:
        root = tmp_path / "espace"
        folder = root / "conventions/organismes"
        folder.mkdir(parents=True, exist_ok=True)
        (root / "convgen.yaml").write_text("organisme: departement\ncharte: neutre\n", encoding="utf-8")
        for name, text in {**ORGANISMES, **organismes}.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        path = root / "conventions/essai.yaml"
        path.write_text(head + definition + article, encoding="utf-8")
        report = Report()
        act = resolve(Workspace(root), path, date(2024, 6, 7), report)
        return Made(None if act is None else compose(act, report), report)

    return run
