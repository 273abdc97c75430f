"""The keys of the parties of an act: comparution, habilitation, sides."""

from __future__ import annotations

from typing import Annotated, ClassVar

from convgen.model.schema.base import (
    Choice,
    Donnees,
    Entier,
    Fiche,
    Identifiant,
    Jour,
    Nom,
    OuiNon,
    Texte,
    Textes,
    key,
)

PRESENTATIONS = ("qualite-nom", "nom-qualite", "sa-qualite-nom", "nom-sa-qualite")
MENTIONS = (
    "adresse",
    "siret",
    "chorus",
    "forme",
    "siege",
    "statut",
    "rcs",
    "rna",
    "capital",
    "banque",
    "ancien",
    "service",
)
GENRES = ("masculin", "féminin")


class Habilitation(Fiche):
    """What allows the representative to sign."""

    label: ClassVar[str] = "habilitation"
    deliberation: Identifiant | None = key("L'identifiant de la délibération : organe, date et numéro viennent d'elle.")
    organe: Texte | None = key("L'organe, avec son article.", examples=("la commission permanente",))
    date: Texte | None = key("La date de la décision (année-mois-jour), ou « à compléter ».", examples=("2024-02-12",))
    numero: Texte | None = key("Le numéro de la décision.", examples=("26.4",))
    tournure: Texte | None = key("Les mots qui précèdent, à la place des mots usuels.")


class Partie(Fiche):
    """A party."""

    label: ClassVar[str] = "la partie"
    organisme: Texte | None = key(
        "L'identifiant de l'organisme, ou « defaut » pour celui de convgen.yaml.", examples=("departement-06", "defaut")
    )
    denomination: Jour | None = key("La date à laquelle prendre le nom de l'organisme, si ce n'est celle de l'acte.")
    representant: Nom | None = key("La clé du représentant, chez l'organisme.", examples=("president",))
    representants: Textes | None = key("Les clés des représentants, dans l'ordre de la comparution.")
    designation: Texte | None = key(
        "Le terme défini, avec son article ; « sans » s'il n'y en a pas.", examples=("le cocontractant", "sans")
    )
    genre: Annotated[str, Choice(GENRES)] | None = key("Le genre du terme défini, s'il ne se voit pas.")
    role: Texte | None = key(
        "Le rôle que les clauses demandent.", examples=("financeur", "bénéficiaire", "responsable de traitement")
    )
    nom: Texte | None = key("Le nom de l'organisme dans cet acte.")
    court: Texte | None = key("Le nom court dans cet acte.")
    qualite: Textes | None = key("La qualité du représentant dans cet acte.")
    qualite_signature: Texte | None = key("La qualité du représentant au bas de cet acte.")
    adresse: Texte | None = key(
        "L'adresse dans cet acte, ou le nom d'une des « adresses » de l'organisme.", examples=("siege",)
    )
    siret: Texte | None = key("Le SIRET dans cet acte.")
    siege: Texte | None = key("Le siège dans cet acte.")
    statut: Texte | None = key("Le statut dans cet acte.")
    presentation: Annotated[str, Choice(PRESENTATIONS)] | None = key("L'ordre du nom et de la qualité.")
    mentions: Textes | None = key("Ce qui est imprimé en plus du nom.", examples=(["adresse", "siret", "chorus"],))
    tournure: Texte | None = key("Les mots qui introduisent le terme défini.", examples=("désigné ci-après",))
    habilitation: Habilitation | None = key("Ce qui permet de signer.")
    service: Texte | None = key("Le service qui porte l'acte, chez la partie ; imprimé après son nom.")
    remplir: OuiNon | None = key("La partie se remplit à la main : l'acte est un modèle, signé plusieurs fois.")
    signe: OuiNon | None = key("« non » : la partie ne signe pas l'acte.")
    donnees: Donnees | None = key("Les données propres à la partie.")


class Cote(Fiche):
    """One side of the act."""

    label: ClassVar[str] = "le côté"
    id: Nom = key("L'identifiant du côté.", required=True)
    parties: Textes = key("Les parties de ce côté, dans l'ordre.", required=True)
    mention: Texte | None = key("Ce qui ferme le côté ; « sans » pour rien.", examples=("d'une part", "sans"))
    annonce: Texte | None = key("Ce qui ouvre le côté.", examples=("Les acteurs de l'emploi suivants :",))
    designation: Texte | None = key("Le nom du groupe, avec son article.", examples=("les prescripteurs",))
    genre: Annotated[str, Choice(GENRES)] | None = key("Le genre du nom du groupe.")


class Reconduction(Fiche):
    """How the act is renewed."""

    label: ClassVar[str] = "reconduction"
    forme: Annotated[str, Choice(("expresse", "tacite"))] = key("La forme de la reconduction.", required=True)
    periode: Texte | None = key("La durée de chaque période.", examples=("1 an",))
    maximum: Texte | None = key("La durée totale, première période comprise.", examples=("3 ans",))
    fois: Entier | None = key("Le nombre de reconductions possibles.")
    lettre: Texte | None = key("Quand la lettre est envoyée.", examples=("deux mois avant l'échéance",))


class Duree(Fiche):
    """How long the act lasts."""

    label: ClassVar[str] = "duree"
    effet: Texte | None = key("Un jour, « signature » ou « notification ».", examples=("2024-01-01", "signature"))
    fin: Texte | None = key("Un jour ou une durée.", examples=("2024-12-31", "3 ans"))
    comme: Identifiant | None = key("L'identifiant de l'acte dont celui-ci suit la durée.")
    reconduction: Reconduction | None = key("La reconduction.")
