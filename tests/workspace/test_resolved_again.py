"""An act is resolved again when, and only when, a file it is made from has changed."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.model.resolved import ResolvedAct
from convgen.workspace import Workspace
from espaces import copy_demonstration

ROOT = Path(__file__).parents[2]
NAME = "fsl-eau-soeau-2024"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    copy_demonstration(tmp_path)
    return Workspace(tmp_path)


def made(workspace: Workspace, day: date = date(2024, 6, 7)) -> ResolvedAct:
    report = Report()
    act = resolve(workspace, NAME, day, report)
    assert act is not None
    assert not report.errors
    return act


def test_nothing_changed(workspace: Workspace) -> None:
    assert made(workspace).articles is made(workspace).articles
    assert made(workspace, date(2024, 6, 8)).articles is not made(workspace).articles


@pytest.mark.parametrize(
    "name",
    [
        f"conventions/{NAME}.yaml",
        "conventions/organismes/soeau.yaml",
        "clauses/execution/duree.md",
        "clauses/textes/logement.yaml",
        "convgen.yaml",
    ],
)
def test_a_file_of_the_act_changed(workspace: Workspace, name: str) -> None:
    before = made(workspace)
    path = workspace.root / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    os.utime(path, (2_000_000_000, 2_000_000_000))
    assert made(workspace).articles is not before.articles


def test_a_new_version_of_a_clause_appeared(workspace: Workspace) -> None:
    before = made(workspace)
    folder = workspace.root / "clauses/execution"
    shutil.copy(folder / "duree.md", folder / "duree@0.md")
    os.utime(folder, (2_000_000_000, 2_000_000_000))
    again = resolve(workspace, NAME, date(2024, 6, 7), Report())
    assert again is not None
    assert again.articles is not before.articles


def test_what_is_wrong_is_said_each_time(workspace: Workspace) -> None:
    path = workspace.root / f"conventions/{NAME}.yaml"
    path.write_text(path.read_text("utf-8").replace("84 934", "84 x 934"), "utf-8")
    for _ in range(2):
        report = Report()
        resolve(workspace, NAME, date(2024, 6, 7), report)
        assert report.errors
