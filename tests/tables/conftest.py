"""The stage of the table tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from table_acts import ACT, Run, Tabled, run_in


@pytest.fixture
def tabled(tmp_path: Path) -> Tabled:
    """Resolve and compose an act whose annexe prints the table described; `more` are other files and keys."""

    def make(table: str, more: dict[str, str | bytes] | None = None, act: str = "") -> Run:
        indented = "".join(f"    {line}\n" for line in table.strip("\n").split("\n"))
        text = f"{ACT}{act}annexes:\n  - {{id: a, titre: Tableau, tableau: t}}\ntableaux:\n  t:\n{indented}"
        return run_in(tmp_path, {"conventions/acte.yaml": text, **(more or {})})

    return make
