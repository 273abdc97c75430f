"""`convgen.yaml`: who we are. What is written here holds by default in every act."""

from __future__ import annotations

from typing import Annotated, ClassVar

from convgen.model.schema.acte import Numerotation
from convgen.model.schema.base import Choice, Fiche, Identifiant, Texte, key


class Montants(Fiche):
    """How amounts are printed."""

    label: ClassVar[str] = "montants"
    centimes: Annotated[str, Choice(("si besoin", "toujours"))] = key(
        "Quand imprimer les centimes : « si besoin » donne 300 000 €, « toujours » donne 300 000,00 €.",
        default="si besoin",
    )
    sigle: Texte | None = key("Le signe de l'euro.", examples=("€",))


class Espace(Fiche):
    """The workspace."""

    label: ClassVar[str] = "l'espace de travail"
    organisme: Identifiant | None = key("L'organisme qui rédige : celui de « organisme: defaut ».")
    charte: Texte | None = key("Le gabarit des actes : un dossier de templates/gabarits.", examples=("departement",))
    tribunal: Texte | None = key(
        "Le tribunal compétent, avec son article.", examples=("le tribunal administratif de Nice",)
    )
    formules: Texte | None = key("La manière de rédiger les avenants.", examples=("pratique", "legistique"))
    orthographe: Annotated[str, Choice(("traditionnelle", "1990"))] = key(
        "L'orthographe des nombres en lettres.", default="traditionnelle"
    )
    montants: Montants | None = key("L'impression des montants.")
    mention: Texte | None = key("Un texte imprimé sur chaque page.", examples=("Exemple sans valeur juridique",))
    numerotation: Numerotation | None = key("La numérotation des articles, si l'acte n'en dit rien.")
