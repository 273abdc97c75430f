"""The tables of .csv and .xlsx files, each read once while its file does not change."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from convgen.errors import Diagnostic, Report
from convgen.model.files import Loaded
from convgen.source.sheets import Sheet, read_sheet


def sheet_of(loaded: Loaded[Any], path: Path, report: Report, sheet: str, heading: int) -> Sheet | None:
    """The table of a file, read once; what its reading reported is said each time."""
    key = f"feuille {sheet} {heading}"
    if key not in loaded.memo:
        own = Report()
        loaded.memo[key] = (read_sheet(path, loaded.file, own, sheet=sheet, heading=heading), tuple(own))
    found, problems = cast("tuple[Sheet | None, tuple[Diagnostic, ...]]", loaded.memo[key])
    report.extend(problems)
    return found if not problems else None
