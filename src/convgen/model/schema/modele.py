"""A modèle: `templates/modeles/*.yaml`, the skeleton of a kind of act and the data it asks for."""

from __future__ import annotations

from typing import ClassVar

from convgen.model.schema.acte import Corps
from convgen.model.schema.base import Identifiant, Texte, key


class Modele(Corps):
    """A modèle."""

    label: ClassVar[str] = "le modèle"
    modele: Identifiant = key("L'identifiant du modèle.", required=True)
    libelle: Texte | None = key("Ce qu'est le modèle, pour qui le choisit.")
