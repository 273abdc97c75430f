"""A foreign piece never takes the place of what an act prints without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from liasse_tools import change, convention, make_workspace, pdf, put, said, write

from convgen.errors import Severity

LIASSE = "conventions/liasses/cm-1.yaml"
PLAN = "  plan: {fichier: conventions/annexes/plan.pdf, titre: Plan, sous: essai}\nsorties"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_workspace(tmp_path / "espace")
    write(made, "conventions/annexes/plan.pdf", pdf())
    return made


@pytest.mark.parametrize("final", [False, True])
def test_a_file_that_takes_the_place_of_an_act_is_said_and_refused_in_the_end(root: Path, final: bool) -> None:
    change(root, LIASSE, "sorties", "  essai: {fichier: conventions/annexes/plan.pdf, titre: Convention}\nsorties")
    _, report = put(root, final=final)
    (found,) = (one for one in report if "prend la place" in one.message)
    assert (found.code, found.path) == ("LIA-07", "pieces.essai")
    assert "« conventions/annexes/plan.pdf »" in found.message
    assert found.severity is (Severity.ERROR if final else Severity.WARNING)
    assert found.place is not None
    assert found.place.line == 8


def test_an_act_that_no_decision_signs_keeps_its_name_too(root: Path) -> None:
    write(root, "conventions/ancienne.yaml", convention("ancienne", "2024-1"))
    change(root, LIASSE, "sorties", "  ancienne: {fichier: conventions/annexes/plan.pdf, sous: essai}\nsorties")
    assert "« ancienne »" in said(put(root)[1], "LIA-07")[0]


def test_a_foreign_piece_of_its_own_name_says_nothing(root: Path) -> None:
    change(root, LIASSE, "sorties", PLAN)
    assert not [*put(root, final=True)[1].errors]


def with_annexe(root: Path, content: str) -> None:
    more = f"annexes:\n  - id: plan\n    titre: Plan du site\n    {content}\n"
    write(root, "conventions/essai.yaml", convention("essai", "2026-1", more=more))
    change(root, LIASSE, "sorties", PLAN)


@pytest.mark.parametrize(
    ("content", "word"),
    [("texte: Le plan est joint.", "la rédige déjà"), ("fichier: conventions/annexes/autre.pdf", "autre.pdf »")],
)
def test_a_piece_that_doubles_an_annexe_of_an_act_is_an_error(root: Path, content: str, word: str) -> None:
    write(root, "conventions/annexes/autre.pdf", pdf())
    with_annexe(root, content)
    (found,) = (one for one in put(root)[1] if one.code == "LIA-12")
    assert word in found.message
    assert "« plan » est l'annexe de « essai »" in found.message
    assert (found.path, found.severity) == ("pieces.plan", Severity.ERROR)


@pytest.mark.parametrize("content", ["externe: oui", "fichier: conventions/annexes/plan.pdf"])
def test_a_piece_that_gives_the_file_of_an_annexe_is_what_it_waits_for(root: Path, content: str) -> None:
    with_annexe(root, content)
    liasse, report = put(root)
    assert not report.errors
    assert [one.label for one in liasse.pieces if one.id == "plan"] == ["Annexe 2 – Annexe 1"]
