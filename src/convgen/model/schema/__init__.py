"""The shape of every file a jurist types, one module per kind. Only pydantic lives here, no law.

`json_schema` is what editors use to complete and check keys; `python -m convgen.model.schema DOSSIER` writes them all.
"""

from __future__ import annotations

from functools import cache
from typing import Any

#: The kinds that have a JSON Schema, in the order in which people meet them.
KINDS = (
    "convention",
    "avenant",
    "deliberation",
    "arrete",
    "liasse",
    "modele",
    "organisme",
    "clause",
    "textes",
    "jeu",
    "tableau",
    "espace",
)

_TITLES = {
    "convention": "Convention, contrat, protocole, charte",
    "avenant": "Avenant",
    "deliberation": "Délibération",
    "arrete": "Arrêté",
    "liasse": "Liasse",
    "modele": "Modèle de convention",
    "organisme": "Organisme",
    "clause": "En-tête d'une clause",
    "textes": "Textes officiels",
    "jeu": "Jeu de données",
    "tableau": "Tableaux",
    "espace": "Espace de travail (convgen.yaml)",
}


@cache
def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind, for the YAML extension of an editor. Made once: not to be changed.

    Raises:
        KeyError: for a kind that is not in `KINDS`.
    """
    from convgen.model.schema.export import export

    return export(kind, _TITLES[kind])
