"""A jeu: `conventions/jeux/*.yaml`, data that several annexes and several acts share. No layout."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict

from convgen.model.schema.base import Choice, Donnees, Entier, Fiche, Identifiant, OuiNon, Texte, key


class Libelles(Fiche):
    """The words that the tables of a fiche print."""

    label: ClassVar[str] = "libelles"
    recettes: Texte | None = key("Le titre des recettes.", examples=("Recettes prévisionnelles {{ annee }}",))
    depenses: Texte | None = key("Le titre des dépenses.")
    total: Texte | None = key("Le libellé du total.")
    indicateur: Texte | None = key("Le titre de la colonne des indicateurs.")
    depart: Texte | None = key("Le titre de la situation de départ.", examples=("Situation au 31 décembre 2023",))
    cible: Texte | None = key("Le titre d'une cible.", examples=("Cible {{ annee }}",))


class FormeFiche(Fiche):
    """The form of the fiches."""

    label: ClassVar[str] = "la forme des fiches"
    appellation: Texte | None = key("Le nom d'une fiche, sans article.", examples=("fiche action",))
    rubriques: dict[str, Texte] = key("Les rubriques, dans l'ordre, avec leur intitulé imprimé.", required=True)
    vide: Texte | None = key("Une rubrique absente : « masquer », « blanc », ou le texte à imprimer.")
    grouper: Texte | None = key("Le champ qui groupe les fiches sous un titre.", examples=("axe",))
    groupe: Texte | None = key("Le nom imprimé d'un groupe.", examples=("Axe",))
    theme: Texte | None = key("Le champ du second titre.", examples=("theme",))
    saut: OuiNon = key("Chaque fiche commence une page.", default=False)
    libelles: Libelles | None = key("Les mots des tableaux des fiches.")


class RegleJeu(Fiche):
    """A rule of the jeu."""

    label: ClassVar[str] = "la règle"
    pour: Texte | None = key("Ce que la règle parcourt.", examples=("f dans fiches",))
    regle: Texte = key("L'expression qui doit être vraie.", required=True)
    sinon: Texte | None = key("Ce qu'il faut dire si elle est fausse.")
    gravite: Annotated[str, Choice(("erreur", "avertissement"))] = key(
        "« avertissement » : la règle signale sans arrêter.", default="erreur"
    )


class Jeu(Fiche):
    """A jeu. Any other key names a list of its own."""

    model_config = ConfigDict(extra="ignore", frozen=True, arbitrary_types_allowed=True, defer_build=True)
    label: ClassVar[str] = "le jeu"
    jeu: Identifiant = key("L'identifiant du jeu.", required=True)
    exercices: tuple[Entier, ...] | None = key("Les années du jeu.", examples=([2024, 2025],))
    exercice: Entier | None = key("L'année en cours.")
    financeurs: Donnees | None = key("Les financeurs, dans l'ordre des colonnes ; « autre: oui » pour les autres.")
    axes: Donnees | None = key("Les axes : numéro et titre.")
    fiche: FormeFiche | None = key("La forme des fiches.")
    fiches: Donnees | None = key("Les fiches, par identifiant.")
    verifier: tuple[RegleJeu, ...] | None = key("Les règles du jeu.")
