"""The tree as JSON, for other programs; `read_json` gives the same tree back."""

from __future__ import annotations

import json
from typing import Final

from convgen.acte.codec import from_data, to_data
from convgen.acte.nodes import Acte
from convgen.errors import DefinitionError, Diagnostic

FORMAT: Final = "convgen-acte"
VERSION: Final = 1

_REMEDY: Final = "Donnez un fichier produit par « convgen generer --format json »."


def write_json(acte: Acte) -> str:
    """The act: ``{"format": "convgen-acte", "version": 1, "acte": {…}}``, indented, accents kept."""
    data = {"format": FORMAT, "version": VERSION, "acte": to_data(acte)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_json(text: str) -> Acte:
    """The act that `write_json` printed.

    Raises:
        DefinitionError: It is not JSON, not an act, or comes from a later version.
    """
    try:
        data = json.loads(text)
    except ValueError:
        raise DefinitionError(Diagnostic("DEF-03", "ce texte n'est pas du JSON", remedy=_REMEDY)) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("acte"), dict):
        raise DefinitionError(Diagnostic("DEF-03", "ce JSON n'est pas un acte de convgen", remedy=_REMEDY))
    if data.get("version") != VERSION:
        raise DefinitionError(
            Diagnostic("DEF-04", f"version {data.get('version')} inconnue", remedy="Mettez convgen à jour.")
        )
    return from_data(data["acte"])
