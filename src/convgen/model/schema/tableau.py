"""A table: a source of rows, groups, columns, totals. Also the files `conventions/annexes/*.yaml` that hold some."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Tag
from pydantic.json_schema import JsonSchemaValue

from convgen.model.schema.articles import Condition
from convgen.model.schema.base import (
    AsNode,
    Choice,
    Donnees,
    Entier,
    Fiche,
    Identifiant,
    OuiNon,
    Texte,
    key,
    shape_of,
)
from convgen.source.yaml import Node

TYPES = ("texte", "montant", "nombre", "pourcentage", "ETP", "date")


def _any_schema(_: object) -> JsonSchemaValue:
    return {"type": ["string", "number", "array", "object"]}


Libre = Annotated[Node, AsNode("any", _any_schema)]


class Colonne(Fiche):
    """A column, or columns generated from a list."""

    label: ClassVar[str] = "la colonne"
    titre: Texte | None = key("Le titre de la colonne.", examples=("Participation de l'État",))
    lettre: Texte | None = key("La lettre qui la désigne dans les calculs.", examples=("A",))
    id: Identifiant | None = key("Le nom de la colonne, à défaut de lettre.")
    type: Annotated[str, Choice(TYPES)] | None = key("Le type de ses valeurs.")
    valeur: Texte | None = key(
        "Ce que la colonne montre : un nom, une expression, ou un texte à balises.",
        examples=("titre", "budget[exercice].recettes.etat", "Action {{ fiche.numero }}"),
    )
    calcul: Texte | None = key("Un calcul sur les lettres des autres colonnes.", examples=("A + B + C",))
    arrondi: Texte | None = key("L'arrondi du calcul.", examples=("centime", "0,01 %"))
    decimales: Entier | None = key("Le nombre de décimales d'un pourcentage.")
    total: Annotated[str, Choice(("oui", "non", "calcul"))] = key(
        "« oui » : la colonne est additionnée ; « calcul » : son calcul est refait sur les totaux.", default="non"
    )
    donne: Texte | None = key("Le total donné à la main : il est vérifié.", examples=("379 189 €",))
    nommer: Texte | None = key("Une ligne par financeur dans la cellule, avec son nom.", examples=("autres",))
    sur: Texte | None = key("Le titre posé au-dessus de plusieurs colonnes voisines.")
    formule: OuiNon | None = key("Imprime le calcul dans le titre : « F = A + B + C ».")
    remplir: OuiNon = key("La colonne reste vide, à remplir à la main.", default=False)
    groupe: OuiNon = key("La colonne montre le titre du groupe.", default=False)
    fusionner: OuiNon = key("Les cellules voisines qui disent la même chose n'en font qu'une.", default=False)
    zero: Texte | None = key("Ce qu'un zéro imprime : « 0 € », « - € », « vide ».")
    sans: Texte | None = key("Ce que « sans » imprime.", examples=("/",))
    vide: Annotated[str, Choice(("sans", "0"))] | None = key(
        "Ce que vaut un montant absent d'une colonne additionnée : « sans » ou « 0 » ; à défaut, c'est une erreur."
    )
    aligner: Annotated[str, Choice(("gauche", "centre", "droite"))] | None = key("L'alignement.")
    largeur: Entier | None = key("La largeur relative.")
    pour: Texte | None = key("Engendre des colonnes.", examples=("annee dans exercices",))
    colonnes: tuple[Colonne, ...] | None = key("Les colonnes engendrées pour chacun.")


class Groupement(Fiche):
    """How rows are grouped."""

    label: ClassVar[str] = "grouper"
    par: Texte = key("Le champ commun aux lignes d'un groupe.", required=True, examples=("axe",))
    titre: Texte | None = key("Le titre du groupe, dans la colonne « groupe: oui ».")
    bande: Texte | None = key("Le titre du groupe, sur une ligne entière.")
    fusionner: OuiNon = key("Le titre du groupe occupe une cellule sur la hauteur du groupe.", default=True)
    sous_total: Texte | None = key("Le libellé du sous-total de ces groupes ; « sans » pour aucun.")


Groupements = Annotated[
    Annotated[Texte, Tag("<texte>")]
    | Annotated[tuple[Groupement, ...], Tag("<liste>")]
    | Annotated[Groupement, Tag("<bloc>")],
    Discriminator(shape_of),
]


class Tableau(Fiche):
    """A table."""

    label: ClassVar[str] = "le tableau"
    titre: Texte | None = key("Le titre imprimé au-dessus du tableau.")
    description: Texte | None = key("Le texte de remplacement, pour les lecteurs d'écran.")
    jeu: Identifiant | None = key("Le jeu de données, si ce n'est celui de l'acte.")
    lignes: Libre | None = key(
        "D'où viennent les lignes : une liste du jeu, des lignes écrites ici, ou un formulaire vierge.",
        examples=("fiches", "fiches.indicateurs", {"vides": 2, "par": "axe"}),
    )
    fichier: Texte | None = key("Un fichier .csv ou .xlsx de l'espace de travail.", examples=("annexes/visites.xlsx",))
    feuille: Texte | None = key("La feuille du classeur ; à défaut la première.")
    entete: Entier = key("Le numéro de la ligne des titres dans le fichier.", default=1)
    si: Condition | None = key("Ne garde que les lignes où cette condition est vraie.")
    sauf: Condition | None = key("Écarte les lignes où cette condition est vraie.", examples=("nature = qualitatif",))
    trier: Texte | None = key("Le champ qui ordonne les lignes.")
    grouper: Groupements | None = key("Le champ qui groupe les lignes, ou un bloc, ou plusieurs niveaux.")
    colonnes: tuple[Colonne, ...] | None = key("Les colonnes, de gauche à droite.")
    hors_total: Condition | None = key("Les lignes « pour information », hors des sommes.")
    sous_total: Texte | None = key("Le libellé des sous-totaux.", examples=("Sous-total",))
    total: Texte | None = key("Le libellé du total.", examples=("Total général",))
    totaux: Donnees | None = key("Les totaux donnés à la main, par lettre : ils sont vérifiés.")
    sous_totaux: Donnees | None = key("Les sous-totaux donnés à la main, par groupe puis par lettre.")
    zero: Texte | None = key("Ce qu'un zéro imprime : « 0 € », « - € », « vide ».")
    sans: Texte | None = key("Ce que « sans » imprime.", examples=("/",))
    lettres: OuiNon = key("Imprime les lettres au-dessus des titres.", default=True)
    formule: OuiNon = key("Imprime les calculs dans les titres.", default=False)
    page: Annotated[str, Choice(("portrait", "paysage"))] | None = key(
        "Le sens de la page ; à défaut paysage au-delà de sept colonnes."
    )
    disposition: Annotated[str, Choice(("tableau", "blocs"))] = key(
        "« blocs » : une bande par ligne, puis un libellé et une valeur par colonne (annuaires, dictionnaires).",
        default="tableau",
    )
    bande: Texte | None = key("Le titre de chaque bloc.", examples=("{{ nom }}",))
    recettes: Libre | None = key("Tableau équilibré : les recettes, par libellé ou par le nom d'une donnée.")
    depenses: Libre | None = key("Tableau équilibré : les dépenses.")
    equilibre: OuiNon = key("Refuse des recettes différentes des dépenses.", default=True)


class Tableaux(Fiche):
    """A file of tables."""

    label: ClassVar[str] = "le fichier de tableaux"
    tableaux: dict[str, Tableau] = key("Les tableaux, par identifiant.", required=True)
