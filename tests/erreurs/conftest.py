"""The small valid workspace that each mistake is made in."""

from __future__ import annotations

from pathlib import Path

import pytest
from erreurs_tools import make_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_workspace(tmp_path / "espace")
    monkeypatch.chdir(root)
    return root
