"""The reports due under « insertion-emploi »: one is said in a sentence, several are listed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
MIDWAY = """\
  bilans:
    intermediaire:
      nom: bilan intermédiaire
      volets: [v3]
      date: 2024-09-30
"""


def printed(root: Path) -> str:
    report = Report()
    resolved = resolve(Workspace(root), "insertion-emploi-06-2024", date(2024, 6, 7), report)
    assert resolved is not None, [one.message for one in report]
    acte = compose(resolved, report)
    assert acte is not None, [one.message for one in report]
    return write_text(acte).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("clauses", "templates", "conventions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "convgen.yaml", tmp_path)
    return tmp_path


def test_one_report_is_said_in_a_sentence(root: Path) -> None:
    text = printed(root)
    assert "trois mois après la fin des actions, un bilan final qui porte sur les volets 1, 2 et 3. Ce bilan" in text
    assert "Chaque bilan" not in text


def test_several_reports_are_listed(root: Path) -> None:
    path = root / "conventions/insertion-emploi-06-2024.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  bilans:\n", MIDWAY), encoding="utf-8")
    text = printed(root)
    assert "remet à l’administration :\n\n- un bilan intermédiaire, pour le volet 3, au plus tard le 30 sept" in text
    assert "- un bilan final, pour les volets 1, 2 et 3, au plus tard le 31 mars 2025" in text
    assert "\n\nChaque bilan comprend deux parties :\n" in text
    assert "Ce bilan" not in text
