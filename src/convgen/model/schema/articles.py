"""The keys of articles, annexes, and the extracts of an act signed elsewhere."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic.json_schema import JsonSchemaValue

from convgen.model.schema.base import AsNode, Choice, Donnees, Entier, Fiche, Identifiant, OuiNon, Texte, Textes, key
from convgen.source.yaml import Node


def _condition_schema(_: object) -> JsonSchemaValue:
    return {
        "anyOf": [{"type": ["string", "number"]}, {"type": "object", "additionalProperties": True}, {"type": "array"}],
    }


Condition = Annotated[Node, AsNode("any", _condition_schema)]


class Contenu(Fiche):
    """What articles and annexes share."""

    id: Identifiant | None = key("L'identifiant, stable ; à défaut celui de la clause.")
    titre: Texte | None = key("Le titre ; « sans » pour aucun.", examples=("Objet", "sans"))
    texte: Texte | None = key("Le texte, en Markdown et Jinja.")
    clause: Texte | None = key("L'identifiant de la clause, version au choix.", examples=("resiliation", "litiges@1"))
    avec: Donnees | None = key("Les paramètres de la clause.", examples=({"preavis": "deux mois"},))
    passages: dict[str, Texte] | None = key("Les passages nommés qui en remplacent d'autres.")
    sans: Textes | None = key("Les sous-articles à retirer.", examples=(["disparition"],))
    si: Condition | None = key("La condition : une expression, ou des noms et leurs valeurs.")
    retirer: OuiNon = key("Retire ce que le modèle prévoit.", default=False)
    apres: Identifiant | None = key("Place juste après celui-là.")
    avant: Identifiant | None = key("Place juste avant celui-là.")
    numero: Texte | None = key("Un numéro figé, qui n'est pas calculé.", examples=("5 bis",))
    repeter: Entier | None = key("Répète le texte, pour un formulaire : « {{ rang }} » y vaut 1, 2, 3…", examples=(3,))


class Article(Contenu):
    """An article."""

    label: ClassVar[str] = "l'article"
    articles: tuple[Article, ...] | None = key("Les sous-articles, ou les articles d'un titre.")
    niveau: Annotated[str, Choice(("titre", "chapitre", "article"))] = key(
        "« titre » ou « chapitre » groupe des articles sans en être un.", default="article"
    )


class Annexe(Contenu):
    """An annexe."""

    label: ClassVar[str] = "l'annexe"
    fichier: Texte | None = key("Le fichier de l'annexe, depuis la racine de l'espace.")
    externe: OuiNon = key("L'annexe existe hors de convgen.", default=False)
    rang: Annotated[str, Choice(("bis", "ter", "quater", "quinquies", "sexies"))] | None = key(
        "« bis » : suit la précédente sans prendre de numéro."
    )
    serie: Texte | None = key("Le mot qui nomme la série : « annexe 1 solidarités ».")
    orientation: Annotated[str, Choice(("portrait", "paysage"))] = key("Le sens des pages.", default="portrait")
    choisir: Condition | None = key("Les fiches à imprimer, par une condition.", examples=("axe.numero = 3",))
    trier: Texte | None = key("Le champ qui ordonne les fiches.")
    sommaire: OuiNon = key("La liste des fiches, avant elles.", default=True)
    fiches: Texte | None = key("Le jeu dont l'annexe imprime les fiches.")
    tableau: Texte | None = key("La vue du jeu que l'annexe imprime.")
    jeu: Texte | None = key("Le jeu de l'annexe, si ce n'est celui de l'acte.")


class Extrait(Fiche):
    """A transcribed part of an act signed outside convgen."""

    label: ClassVar[str] = "l'extrait"
    id: Identifiant | None = key("L'identifiant.")
    numero: Texte = key("Le numéro dans l'original.", required=True)
    titre: Texte | None = key("Le titre, ou « inconnu ».")
    texte: Texte | None = key("Le texte, ou « inconnu ».")
    articles: tuple[Extrait, ...] | None = key("Ses sous-articles.")
