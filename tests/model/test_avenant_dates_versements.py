"""Payments already made have a day between the signature of the convention and the date of the avenant."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from convgen.errors import Report
from convgen.model.avenant import resolve_avenant
from convgen.workspace import Workspace

ROOT = Path(__file__).parents[2]
AVENANT = "conventions/avenants/flash-emploi-2024-1.yaml"


def errors(folder: Path, day: str) -> list[str]:
    """What is said when the down payment of the demonstration was made on that day, the avenant being of 28 June."""
    for name in ("clauses", "conventions", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "convgen.yaml", folder)
    path = folder / AVENANT
    text = path.read_text("utf-8")
    assert "    date: 2024-04-05" in text
    text = text.replace("    date: 2024-04-05", f"    date: {day}").replace("numero: 1", "numero: 1\ndate: 2024-06-28")
    path.write_text(text, "utf-8")
    report = Report()
    resolve_avenant(Workspace(folder), "flash-emploi-2024-1", date(2026, 1, 1), report)
    return [f"{one.code} {one.message} {one.place}" for one in report.errors]


@pytest.mark.parametrize(
    ("day", "said"),
    [("2024-03-01", "avant la signature de la convention"), ("2024-07-01", "après la date de l'avenant")],
)
def test_a_payment_is_made_between_the_convention_and_the_avenant(tmp_path: Path, day: str, said: str) -> None:
    (error,) = errors(tmp_path / day, day)
    assert error.startswith("AVE-17") and said in error and AVENANT in error


def test_a_payment_made_in_between_is_fine(tmp_path: Path) -> None:
    assert errors(tmp_path / "fine", "2024-06-28") == []
