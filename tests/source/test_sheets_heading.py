"""A row of titles is told from a row of data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from convgen.errors import Report
from convgen.source.sheets import read_workbook

TITLES = ["Poste", "Somme"]
ROWS = [["Lecture", "100"], ["Théâtre", "200"]]


def headed(tmp_path: Path, rows: list[list[object]], change: Callable[[Any], None] = lambda sheet: None) -> bool:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_workbook(tmp_path / "a.xlsx", "a.xlsx", Report())
    assert len({len(row) for row in sheet.rows}) == 1, "every row has as many cells"
    return sheet.headed


@pytest.mark.parametrize(
    "rows",
    [
        [["Poste", "Somme"], ["Lecture", 100]],
        [["Poste", "2024", "2025"], ["Lecture", 100, 200]],
        [["Poste", 2024, 2025, "%"], ["Lecture", 100.5, 200, 0.2]],
        [["Nom", "Commune"], ["Amel", "Alençon"], ["Denis", "Caen"]],
        [["N°", "Article 2"], [1, "Objet"]],
    ],
)
def test_titles_stand_above_other_things(tmp_path: Path, rows: list[list[object]]) -> None:
    assert headed(tmp_path, rows)


@pytest.mark.parametrize(
    "rows",
    [
        [["ligne 0", 0, 0], ["ligne 1", 1, 1.5]],
        [["Dupont", 2019], ["Martin", 2020]],
        [["Bail", "07/06/2024"], ["Prêt", "08/06/2024"]],
        [["Bail", "1 200,50 €"], ["Prêt", "12 %"]],
        [["Amel", "Alençon"], ["Denis", "Caen"], ["Rose", "Alençon"]],
        [["Reçu", "Reçu"], ["Lecture", "Vu"]],
        [["Poste", None], ["Lecture", 100]],
        [["Poste", "Somme"]],
    ],
)
def test_a_row_of_data_is_no_heading(tmp_path: Path, rows: list[list[object]]) -> None:
    assert not headed(tmp_path, rows)


def bold(sheet: Any) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def half_bold(sheet: Any) -> None:
    sheet["A1"].font = Font(bold=True)


def frozen(sheet: Any) -> None:
    sheet.freeze_panes = "A2"


def frozen_lower(sheet: Any) -> None:
    sheet.freeze_panes = "A3"


def filtered(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:B3"


def filtered_lower(sheet: Any) -> None:
    sheet.auto_filter.ref = "A2:B3"


def as_table(sheet: Any) -> None:
    sheet.add_table(Table(displayName="T", ref="A1:B3"))


#: Titles that could be data.
DOUBTFUL: list[list[object]] = [["T1", "12"], ["Lecture", 100], ["T1", 200]]


@pytest.mark.parametrize("change", [bold, frozen, filtered, as_table])
@pytest.mark.filterwarnings("ignore:File may not be readable")
def test_a_row_that_the_file_tells_apart_is_one_of_titles(tmp_path: Path, change: Callable[[Any], None]) -> None:
    assert headed(tmp_path, DOUBTFUL, change)


@pytest.mark.parametrize("change", [half_bold, frozen_lower, filtered_lower])
def test_what_is_told_apart_elsewhere_says_nothing_of_the_first_row(
    tmp_path: Path, change: Callable[[Any], None]
) -> None:
    assert not headed(tmp_path, DOUBTFUL, change)
