"""What a definition may not say: one code, one place and one remedy for each mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace

Made = Callable[[dict[str, str]], Workspace]

CLAUSE = """\
---
clause: r
version: 1
titre: R
parametres:
  preavis: {type: durée, defaut: 30 jours}
  partie: {type: partie, role: financeur}
conditions: preavis_long
---
Texte. {{ passage('fin') }}

--- passage fin
Fin.
"""
HEAD = """\
convention: c
parties:
  departement: {organisme: defaut, representant: president, designation: le Département, role: financeur}
donnees: {preavis_long: non}
"""


def problems(made: Made, text: str, files: dict[str, str] | None = None) -> Report:
    report = Report()
    workspace = made({"conventions/c.yaml": text, "clauses/a/r.md": CLAUSE, **(files or {})})
    resolve(workspace, "c", date(2024, 6, 1), report)
    return report


@pytest.mark.parametrize(
    ("typed", "code", "place", "path", "words"),
    [
        ("modele: absent\n", "DEF-06", "5:9", "modele", "templates/modeles/absent.yaml"),
        ("articles:\n  - clause: rr\n", "DEF-07", "6:13", "articles[0].clause", "« r »"),
        ("articles:\n  - clause: r@9\n", "DEF-07", "6:13", "articles[0].clause", "Versions : 1"),
        ("signatures: {ordre: [department]}\n", "DEF-09", "5:22", "signatures.ordre[0]", "« departement »"),
        ("signatures: {ordre: [departement.prefet]}\n", "DEF-11", "5:22", "signatures.ordre[0]", "president"),
        ("cotes: [{id: x, parties: [ville]}]\n", "DEF-09", "5:27", "cotes[0].parties", "departement"),
        (
            "articles:\n  - {clause: r, avec: {preavi: 1 an}}\n",
            "DEF-10",
            "6:24",
            "articles[0].avec.preavi",
            "« preavis »",
        ),
        (
            "articles:\n  - {clause: r, avec: {partie: ville}}\n",
            "DEF-09",
            "6:32",
            "articles[0].avec.partie",
            "departement",
        ),
        (
            "articles:\n  - {clause: r, avec: {preavis: longtemps}}\n",
            "DON-05",
            "6:33",
            "articles[0].avec.preavis",
            "durée",
        ),
        ("articles:\n  - {id: a, texte: x, avec: {p: 1}}\n", "DEF-10", "6:29", "articles[0].avec", "clause"),
        ("articles:\n  - {clause: r, passages: {fn: x}}\n", "DEF-20", "6:32", "articles[0].passages.fn", "« fin »"),
        ("passages: {fin: x}\n", "DEF-20", "5:17", "passages.fin", ""),
        ("service: insertions\n", "DEF-15", "5:10", "service", "« insertion »"),
        ("visas: [cgtc]\n", "DEF-12", "5:9", "visas[0]", "« cgct »"),
        ("nature: xylophe\n", "DEF-21", "5:9", "nature", "genre"),
        ("duree: {effet: demain}\n", "DON-04", "5:16", "duree.effet", "signature"),
        ("duree: {effet: 2024-02-30}\n", "DON-04", "5:16", "duree.effet", "29 jours"),
        ("duree: {effet: 2024-06-01, fin: 2024-01-01}\n", "DON-08", "5:33", "duree.fin", "l'ordre"),
        ("duree: {comme: autre}\n", "FIC-01", "5:16", "duree.comme", "c"),
        ("duree: {comme: c}\n", "DON-11", "5:16", "duree.comme", "fin"),
        (
            "duree: {effet: 2024-01-01, fin: 3 ans, reconduction: {forme: tacite, periode: 1 an, maximum: 2 ans}}\n",
            "DON-08",
            "5:94",
            "duree.reconduction.maximum",
            "maximum",
        ),
        ("annexes: [{id: a, fichier: ../x.pdf}]\n", "FIC-02", "5:28", "annexes[0].fichier", "« .. »"),
        ("annexes: [{id: a, fichier: x.pdf}]\n", "FIC-01", "5:28", "annexes[0].fichier", "externe: oui"),
        ("articles: [{id: a, texte: x}]\nannexes: [{id: a, texte: y}]\n", "DEF-14", "6:11", "annexes[0]", "annexe-a"),
        ("gabarit: ../autre\n", "FIC-02", "5:10", "gabarit", "templates/gabarits"),
        ("numerotation: {articles: Premier}\n", "DEF-04", "5:26", "numerotation.articles", "ARTICLE 1"),
        ("verifier: non\n", "DEF-03", "5:11", "verifier", "sans"),
        ("verifier: [{regle: 1 > 2, sinon: un n'est pas deux}]\n", "DON-13", "5:20", "verifier[0]", "deux"),
    ],
)
def test_each_mistake_is_said_where_it_is(made: Made, typed: str, code: str, place: str, path: str, words: str) -> None:
    (one,) = (found for found in problems(made, HEAD + typed) if found.code != "DEF-17")
    assert (one.code, str(one.place), one.path) == (code, f"conventions/c.yaml:{place}", path)
    assert words in f"{one.message} {one.cause} {one.remedy}"


@pytest.mark.parametrize(
    ("party", "code", "words"),
    [
        ("{organisme: departemen}", "DEF-08", "« departement »"),
        ("{organisme: defaut, representant: maire}", "DEF-11", "president"),
        ("{organisme: defaut, designation: Xylophe}", "DEF-21", "genre"),
        ("{organisme: defaut, mentions: [siren]}", "DEF-04", "siret"),
        ("{organisme: defaut, habilitation: {date: hier}}", "DON-04", "date"),
        ("{organisme: defaut, representants: [president, vice-presidente], qualite: x}", "DEF-11", "organisme"),
    ],
)
def test_each_mistake_of_a_party(made: Made, party: str, code: str, words: str) -> None:
    (one,) = problems(made, f"convention: c\nparties:\n  ville: {party}\n")
    assert one.code == code
    assert one.path.startswith("parties.ville")
    assert one.place is not None and one.place.line == 3
    assert words in f"{one.message} {one.cause} {one.remedy}"


def test_a_deliberation_that_is_not_here_is_a_warning(made: Made) -> None:
    party = "{organisme: defaut, habilitation: {deliberation: cp-9}}"
    (one,) = problems(made, f"convention: c\nparties:\n  ville: {party}\n")
    assert (one.code, one.severity) == ("DEF-12", "avertissement")


def test_wrong_identifiers_of_an_organisme_are_said_in_its_file(made: Made) -> None:
    organisme = """\
organisme: x
type: commune
nom: la Ville
siret: 220 600 019 00017
banque: {iban: FR00 3000 1005 96C0 6400 0000 016}
"""
    report = problems(
        made, "convention: c\nparties: {ville: {organisme: x}}\n", {"conventions/organismes/x.yaml": organisme}
    )
    assert [(one.code, str(one.place)) for one in report] == [
        ("DON-15", "conventions/organismes/x.yaml:4:8"),
        ("DON-16", "conventions/organismes/x.yaml:5:16"),
    ]


def test_a_condition_of_a_clause_that_fails_is_a_warning(made: Made) -> None:
    (one,) = problems(made, f"{HEAD}articles:\n  - clause: r\n")
    assert (one.code, one.severity) == ("DEF-17", "avertissement")
    assert "clauses/a/r.md" in one.cause


def test_problems_of_every_file_and_stage_come_together(made: Made) -> None:
    text = """\
convention: c
modele: m
objett: x
plan: [rien]
parties:
  ville: {organisme: absent}
visas: [absent]
articles: [{clause: absente}]
"""
    report = problems(made, text, {"templates/modeles/m.yaml": "modele: m\nnatur: x\n"})
    assert sorted(one.code for one in report) == ["DEF-01", "DEF-01", "DEF-04", "DEF-07", "DEF-08", "DEF-12"]


def test_a_definition_whose_parties_are_wrong_says_only_that(made: Made) -> None:
    report = problems(made, "convention: c\nparties: ville\nsignatures: {ordre: [ville]}\n")
    assert [one.code for one in report] == ["DEF-03"]
