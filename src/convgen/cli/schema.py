"""`convgen schema`: the JSON Schema of each kind of file."""

from __future__ import annotations

import json

from convgen.cli.render import print_diagnostics
from convgen.errors import Diagnostic, suggest


def print_schema(kind: str) -> int:
    """Print the schema of a kind, or the kinds when none is given; 2 for an unknown kind."""
    from convgen.model.schema import KINDS, json_schema

    if not kind:
        print("\n".join(KINDS))
        return 0
    if kind not in KINDS:
        remedy = suggest(kind, KINDS, "Genres possibles")
        print_diagnostics([Diagnostic("USA-01", f"le genre « {kind} » n'existe pas", remedy=remedy)])
        return 2
    print(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))
    return 0
