"""A definition given to the command of another kind of document: which one it is, and what to type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from convgen.errors import Diagnostic
from convgen.source.nodes import folded

_FIRST_KEY: Final = re.compile(r"^([^\W\d_]+)\s*:", re.MULTILINE)
#: The first key of a definition, what it is called, and the command that makes it.
_KINDS: Final = {
    "convention": ("une convention", "generer"),
    "deliberation": ("une délibération", "generer"),
    "arrete": ("un arrêté", "generer"),
    "avenant": ("un avenant", "avenant"),
    "liasse": ("une liasse", "liasse"),
}


def of_another_kind(name: str, command: str) -> Diagnostic | None:
    """USA-01 for a file that another command makes; None for any other name.

    Args:
        name: as typed.
        command: the one that was called.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        return None
    try:
        found = _FIRST_KEY.search(path.read_text("utf-8", errors="replace"))
    except OSError:
        return None  # the loader will say why it cannot be read
    kind = _KINDS.get(folded(found[1])) if found is not None else None
    if kind is None or kind[1] == command:
        return None
    return Diagnostic("USA-01", f"« {name} » est {kind[0]}", remedy=f"Écrivez : convgen {kind[1]} {name}")
