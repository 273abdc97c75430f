"""Finds and loads the files of a workspace, each read once until it changes. No law lives here."""

from __future__ import annotations

from convgen.workspace.espace import Workspace
from convgen.workspace.root import find_workspace

__all__ = ["Workspace", "find_workspace"]
