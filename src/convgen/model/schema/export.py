"""JSON Schema of the models, as editors of YAML understand it: no null, « oui » and « non », French titles."""

from __future__ import annotations

import importlib
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

_MODELS = {
    "convention": "Convention",
    "avenant": "Avenant",
    "deliberation": "Deliberation",
    "arrete": "Arrete",
    "liasse": "Liasse",
    "modele": "Modele",
    "organisme": "Organisme",
    "clause": "Clause",
    "textes": "Textes",
    "jeu": "Jeu",
    "tableau": "Tableaux",
    "espace": "Espace",
}


def export(kind: str, title: str) -> dict[str, Any]:
    """The JSON Schema of a kind."""
    module = importlib.import_module(f"convgen.model.schema.{kind}")
    model: type[BaseModel] = getattr(module, _MODELS[kind])
    made = model.model_json_schema()
    cleaned: dict[str, Any] = _clean(made)
    return {"$schema": GenerateJsonSchema.schema_dialect, **cleaned, "title": title}


def _clean(value: Any) -> Any:
    """Drop what says nothing to a person (titles of code, English docstrings, null) and put « oui » for true."""
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if not isinstance(value, dict):
        return value
    cleaned = {name: _clean(one) for name, one in value.items() if not _noise(name, one, value)}
    choices = cleaned.get("anyOf")
    if isinstance(choices, list):
        kept = [one for one in choices if one != {"type": "null"}]
        if len(kept) == 1 and isinstance(kept[0], dict):
            cleaned = {**kept[0], **{name: one for name, one in cleaned.items() if name != "anyOf"}}
        else:
            cleaned["anyOf"] = kept
    if isinstance(cleaned.get("default"), bool):
        cleaned["default"] = "oui" if cleaned["default"] else "non"
    return cleaned


def _noise(name: str, value: Any, parent: dict[str, Any]) -> bool:
    if name == "title":
        return isinstance(value, str)
    if name == "default":
        return value is None
    # The docstring of a model is for programmers; the description of a key is for jurists.
    return name == "description" and isinstance(value, str) and "properties" in parent
