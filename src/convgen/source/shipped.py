"""The files that travel with the program: clauses and templates, in the wheel or at the root of a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def shipped(name: str) -> Traversable:
    """A folder that a new workspace is copied from: "clauses" or "templates"."""
    inside = files("convgen") / "depart" / name
    # In a checkout the clauses and the templates stay at the root of the repository.
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / name
