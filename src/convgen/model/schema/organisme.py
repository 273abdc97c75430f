"""An organisme: `conventions/organismes/*.yaml`, a party and what is known of it in time."""

from __future__ import annotations

from typing import Annotated, ClassVar

from convgen.model.schema.base import Choice, Fiche, Identifiant, Jour, Texte, Textes, key
from convgen.model.schema.parties import GENRES

TYPES = (
    "association",
    "fondation",
    "société",
    "bailleur",
    "commune",
    "département",
    "région",
    "EPCI",
    "caisse",
    "établissement public",
    "groupement",
    "mutuelle",
    "syndicat",
    "personne",
    "État",
    "autre",
)


class NomDate(Fiche):
    """A name since a day."""

    label: ClassVar[str] = "le nom"
    depuis: Jour | None = key("Le premier jour de ce nom ; absent pour le plus ancien.")
    nom: Texte = key("Le nom, avec son article.", required=True)
    genre: Annotated[str, Choice(GENRES)] | None = key("Le genre, s'il ne se voit pas.")
    court: Texte | None = key("Le nom court.")
    sigle: Texte | None = key("Le sigle.")
    ancien: Texte | None = key("L'ancien nom, pour « (anciennement …) ».")


class Rcs(Fiche):
    """The trade register."""

    label: ClassVar[str] = "rcs"
    ville: Texte = key("La ville du registre.", required=True)
    numero: Texte = key("Le numéro.", required=True)


class Banque(Fiche):
    """A bank account."""

    label: ClassVar[str] = "banque"
    iban: Texte | None = key("L'IBAN, vérifié.")
    bic: Texte | None = key("Le BIC.")
    titulaire: Texte | None = key("Le titulaire du compte.")
    domiciliation: Texte | None = key("La banque.")


class Personne(Fiche):
    """A representative."""

    label: ClassVar[str] = "le représentant"
    civilite: Texte | None = key("Monsieur ou Madame.", examples=("Madame", "Monsieur"))
    prenom: Texte | None = key("Le prénom.")
    nom: Texte = key("Le nom.", required=True)
    qualite: Textes = key("La qualité, dans la comparution, sans article.", required=True)
    qualite_signature: Texte | None = key("La qualité au bas de l'acte.")
    habilitation: Texte | None = key("Ce qui suit le nom.", examples=("dûment habilité",))
    genre: Annotated[str, Choice(GENRES)] | None = key("Le genre, si la civilité ne le dit pas.")


class Organisme(Fiche):
    """An organisme."""

    label: ClassVar[str] = "l'organisme"
    stand_ins: ClassVar[dict[str, str]] = {"type": "autre"}
    organisme: Identifiant = key("L'identifiant : le nom du fichier.", required=True)
    type: Annotated[str, Choice(TYPES)] = key("Le type d'organisme.", required=True)
    nom: Texte | None = key("Le nom, avec son article, comme au milieu d'une phrase.", examples=("la Ville de Nice",))
    noms: tuple[NomDate, ...] | None = key("Les noms dans le temps, le plus récent d'abord.")
    genre: Annotated[str, Choice(GENRES)] | None = key("Le genre du nom, s'il ne se voit pas.")
    court: Texte | None = key("Le nom court.")
    sigle: Texte | None = key("Le sigle.")
    ancien: Texte | None = key("L'ancien nom.")
    territoire: Texte | None = key("Le territoire, avec son article.", examples=("les Alpes-Maritimes",))
    statut: Texte | None = key("Le statut.", examples=("établissement public administratif",))
    forme: Texte | None = key("La forme de la société.", examples=("SAS",))
    capital: Texte | None = key("Le capital.", examples=("10 000 €",))
    rcs: Rcs | None = key("L'immatriculation au registre du commerce et des sociétés.")
    rna: Texte | None = key("Le numéro d'une association au répertoire national.")
    siege: Texte | None = key("Le siège.")
    adresse: Texte | None = key("L'adresse, une ligne par ligne.")
    adresses: dict[str, Texte] | None = key(
        "Plusieurs adresses, par nom ; un acte choisit par « adresse: nom », à défaut « adresse », puis la première.",
        examples=({"siege": "1 rue de la Paix, 06000 Nice", "agence": "2 rue du Port, 06400 Cannes"},),
    )
    siret: Texte | None = key("Le SIRET, vérifié.")
    chorus: Texte | None = key("Le numéro de tiers Chorus.")
    banque: Banque | None = key("Le compte bancaire.")
    representants: dict[str, Personne] | None = key("Les représentants, par fonction.")
    organes: dict[str, Texte] | None = key("Les organes, avec leur article.")
    services: dict[str, Textes] | None = key("Les chaînes de services de l'en-tête, du plus haut au plus bas.")
    comptable: Texte | None = key("Le comptable assignataire, avec son article.")
    ordonnateur: Texte | None = key("L'ordonnateur, avec son article.")
