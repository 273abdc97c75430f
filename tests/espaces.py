"""Workspaces on the disk, for the tests of every package."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]


def write_files(root: Path, files: Mapping[str, str]) -> Path:
    """Write texts under a folder, by their names in it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def copy_demonstration(root: Path) -> Path:
    """The demonstration workspace, in a folder that exists."""
    for name in ("convgen.yaml", "clauses", "templates", "conventions"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    return root
