"""The cells of a workbook, as a spreadsheet in French shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from convgen.errors import Report
from convgen.source.printed_cells import shown
from convgen.source.sheets import read_sheet


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (1234.5, '#,##0.00\\ "€"', "1 234,50 €"),
        (1234.5, "#,##0.00 [$€-40C]", "1 234,50 €"),
        (1234.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "1 234,50 €"),
        (-1234.5, '#,##0.00\\ "€";[Red]\\-#,##0.00\\ "€"', "-1 234,50 €"),
        (-1234567.891, "#,##0.00", "-1 234 567,89"),
        (-0.001, "0.00", "0,00"),
        (0.125, "0.0%", "12,5 %"),
        (0.125, "0%", "13 %"),
        (7, "000", "007"),
        (1.5, "0.##", "1,5"),
        (2.0, "0.##", "2"),
        (0, '0;-0;"néant"', "néant"),
        (1_500_000, "#,##0,", "1 500"),
        (12, '0" agents"', "12 agents"),
        (1e-7, "General", "0,0000001"),
        (1250.5, "General", "1250,5"),
        (3, "General", "3"),
        (True, "General", "VRAI"),
        (datetime(2024, 6, 7), "mm-dd-yy", "07/06/2024"),
        (datetime(2024, 6, 7, 14, 30), "dd/mm/yyyy hh:mm", "07/06/2024 14:30"),
        (datetime(2024, 6, 7), "d mmmm yyyy", "7 juin 2024"),
        (datetime(2024, 6, 7), "[$-40C]dddd d mmmm yyyy;@", "vendredi 7 juin 2024"),
        (date(2024, 2, 1), "mmm-yy", "févr.-24"),
        (time(14, 5, 9), "h:mm:ss", "14:05:09"),
        (time(14, 5), "h:mm AM/PM", "2:05 PM"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (" texte ", "@", "texte"),
        (None, "0.00", ""),
    ],
)
def test_a_value_is_seen_as_the_spreadsheet_shows_it(value: object, code: str, seen: str) -> None:
    assert shown(value, code).replace("\u202f", " ").replace("\xa0", " ") == seen


def test_a_table_too_big_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "loin.csv").write_bytes(b"a\n" * 20_010)
    report = Report()
    assert read_sheet(tmp_path / "loin.csv", "loin.csv", report) is None
    (only,) = report.errors
    assert (only.code, "Scindez-le" in only.remedy) == ("FIC-04", True)
