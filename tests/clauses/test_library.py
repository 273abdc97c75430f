"""The clause library: every clause prints, as a person accepted it, and reads right with every shape of party.

`CONVGEN_GOLDEN_MAJ=1 pytest tests/clauses` (or `make golden-maj`) accepts what is printed: read the difference before
you commit it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from clause_examples import (
    BARE,
    SHAPES,
    Case,
    Examples,
    cases,
    clause_files,
    make_workspace,
    read_clause,
)
from french_checks import disagreements, problems

from convgen.acte.nodes import Acte, Division, Paragraph
from convgen.acte.walk import find_blanks, walk
from convgen.cli.examples import USUAL
from convgen.errors import Report
from convgen.french.grammar import parse_noun_phrase
from convgen.model.declarations import read_declarations
from convgen.source.nodes import MappingNode
from convgen.write.plain import plain

GOLDEN = Path(__file__).parent / "golden"
CASES = cases()
FILES = clause_files()


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    return make_workspace(tmp_path_factory.mktemp("clauses") / "espace", CASES)


def said(report: Report) -> list[str]:
    return [f"{one.code} {one.message} ({one.place}) {one.remedy}" for one in report]


def paragraphs(acte: Acte) -> Iterator[str]:
    """Every paragraph and title, as printed."""
    for node in walk((acte.zones, acte.annexes)):
        if isinstance(node, Paragraph):
            yield plain(node.inlines)
        elif isinstance(node, Division):
            yield plain(node.title)


def test_the_library_holds_what_a_legal_service_needs() -> None:
    ids = {path.stem.split("@")[0] for path in FILES}
    assert len(ids) >= 48
    themes = {path.parent.name for path in FILES}
    assert themes >= {"objet", "engagements", "finances", "execution", "gouvernance", "donnees", "litiges", "finales"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_clause_says_what_it_is_for(path: Path) -> None:
    clause, _ = read_clause(path)
    assert clause.description and len(clause.description) > 30
    assert clause.sources, "la base juridique manque"
    assert clause.du is not None
    assert clause.exemples, "aucun exemple"
    names = [example.nom for example in clause.exemples]
    assert len(set(names)) == len(names)
    assert path.stem in (clause.clause, f"{clause.clause}@{clause.version}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_parameter_is_typed_labelled_and_used(path: Path) -> None:
    clause, text = read_clause(path)
    node = clause.parametres if isinstance(clause.parametres, MappingNode) else None
    declarations = read_declarations(node, Report())
    for name, declaration in declarations.items():
        assert declaration.type, f"{name} n'a pas de type"
        assert declaration.libelle, f"{name} n'a pas de libellé"
        assert re.search(rf"\b{name}\b", text), f"{name} ne sert pas"
        if declaration.type == "oui/non":
            assert declaration.defaut is not None, f"{name} : une option a un défaut"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_clause_stands_alone(path: Path) -> None:
    """No reference to an article that the act may lack: the definition gives it, as a parameter."""
    _, text = read_clause(path)
    assert "ref(" not in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_possessive_stands_for_a_party(path: Path) -> None:
    """« sa part », « lui »: with a plural party they would be « leur part », « leur »; so they are worded otherwise."""
    _, text = read_clause(path)
    party = r"\{\{ (?:financeur|beneficiaire|sous_traitant|responsable|destinataire|emetteur|utilisateur) "
    sentences = re.split(r"(?<=[.;:])\s|\n", text)
    # « à {{ financeur }} tout conflit, dès sa découverte » has another owner: only what leans on the subject is seen.
    subject = re.compile(rf"(?:Pour|De|À) (?:sa|son) (?:part|côté|tour)\b|^{party}\}}\}} [^.;]*\b(?:ses|lui-même)\b")
    assert [one for one in sentences if subject.search(one)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_an_example_prints_what_was_accepted(case: Case, examples: Examples) -> None:
    acte, report = examples.act(case)
    assert said(report) == []
    assert acte is not None
    assert [blank.hint for blank in find_blanks(acte)] == []
    path = GOLDEN / f"{case.id}.txt"
    text = examples.text(case)
    if os.environ.get("CONVGEN_GOLDEN_MAJ") == "1":
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path.name} manque : relancez avec CONVGEN_GOLDEN_MAJ=1"
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_text_has_its_example() -> None:
    ids = [case.id for case in CASES]
    assert sorted({path.stem for path in GOLDEN.glob("*.txt")}) == sorted(ids)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_clause_reads_right_whatever_the_parties(case: Case, shape: str, examples: Examples) -> None:
    acte, report = examples.act(case, shape)
    assert said(report) == []
    assert acte is not None
    phrases = [parse_noun_phrase(term) for term in SHAPES[shape][1:]]
    wrong: list[str] = []
    for text in paragraphs(acte):
        wrong += problems(text)
        for phrase in phrases:
            wrong += disagreements(text, phrase)
    assert wrong == []
    assert [node.id for node in walk(acte.zones) if isinstance(node, Division) and not node.blocks] == []
    assert all(text.strip() for text in (plain(n.inlines) for n in walk(acte.zones) if isinstance(n, Paragraph)))


@pytest.mark.parametrize("case", [case for case in CASES if case.number == 0], ids=lambda case: case.id)
def test_a_clause_without_parameters_only_leaves_blanks(case: Case, examples: Examples) -> None:
    """What nobody gave is a blank with a hint, never an error."""
    acte, report = examples.act(case, BARE)
    assert said(report) == []
    assert acte is not None
    assert all(blank.hint for blank in find_blanks(acte))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Les prescripteurs informe la Région.", "les prescripteurs"),
        ("les prescripteurs s’engage à", "les prescripteurs"),
        ("les prescripteurs ne peut", "les prescripteurs"),
        ("Les communes sont tenus de", "les communes"),
        ("La Région est informé du projet", "la Région"),
        ("Le Département est informée", "le Département"),
        ("l’association s’engagent à", "l'association"),
        ("remis aux prescripteurs, qui en accuse réception", "les prescripteurs"),
        ("tenus par les communes, qui en assure la fiabilité", "les communes"),
    ],
)
def test_the_checker_sees_a_bad_agreement(text: str, term: str) -> None:
    assert list(disagreements(text, parse_noun_phrase(term)))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Les prescripteurs informent la Région.", "les prescripteurs"),
        ("La Région est informée du projet et peut s’y opposer", "la Région"),
        ("Les communes sont tenues de verser", "les communes"),
        ("à l’association en cas de retard", "l'association"),
        ("remis aux prescripteurs, qui en accusent réception", "les prescripteurs"),
        ("Le Département est seul juge", "le Département"),
    ],
)
def test_the_checker_lets_good_french_pass(text: str, term: str) -> None:
    assert list(disagreements(text, parse_noun_phrase(term))) == []


@pytest.mark.parametrize(
    "text",
    [
        "avec le association",
        "copie de le contrat",
        "remis à les communes",
        "l’ association",
        "pour que il",
        "lorsque elle",
        "{{ acte }}",
        "deux  espaces",
        "faute de avis",
        "un point..",
    ],
)
def test_the_checker_sees_a_bad_joint(text: str) -> None:
    assert list(problems(text))


def test_usual_parties_are_those_of_the_guide() -> None:
    assert USUAL == {"financeur": "le Département", "beneficiaire": "l'association"}
