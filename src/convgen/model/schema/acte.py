"""The keys a convention and a modèle share."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Tag

from convgen.model.schema.articles import Annexe, Article
from convgen.model.schema.base import (
    Choice,
    DonneesActe,
    Entier,
    Fiche,
    Identifiant,
    Jour,
    Liste,
    OuiNon,
    Texte,
    Textes,
    key,
    shape_of,
)
from convgen.model.schema.parties import GENRES, Cote, Duree, Partie
from convgen.model.schema.tableau import Tableau

ZONES = (
    "en-tete",
    "cartouche",
    "intitule",
    "sommaire",
    "comparution",
    "visas",
    "convenu",
    "preambule",
    "articles",
    "signatures",
    "reference",
    "executoire",
)


class Numerotation(Fiche):
    """The numbering, said by examples."""

    label: ClassVar[str] = "numerotation"
    titres: Texte | None = key("Un titre qui groupe des articles.", examples=("TITRE I – TITRE",))
    articles: Texte | None = key("Un article.", examples=("ARTICLE 1 : TITRE", "Article 1er – TITRE"))
    sous_articles: Textes | None = key("Les sous-articles, un modèle par niveau.", examples=("1.1.", ["1.1.", "a)"]))


class Regle(Fiche):
    """A rule of the act."""

    label: ClassVar[str] = "la règle"
    regle: Texte = key("L'expression qui doit être vraie.", required=True, examples=("a + b = total",))
    sinon: Texte | None = key("Ce qu'il faut dire si elle est fausse.")


class Visa(Fiche):
    """A visa that is more than an identifier."""

    label: ClassVar[str] = "le visa"
    visa: Textes | None = key("Un ou plusieurs identifiants de textes officiels.")
    texte: Texte | None = key("Un texte libre, sans « Vu » ni ponctuation finale.")
    deliberation: Identifiant | None = key("L'identifiant d'une délibération.")
    intitule: Texte | None = key("Ce qui remplace l'intitulé.")
    precision: Texte | None = key("Ce qui suit le texte visé.", examples=("notamment son article L. 1611-4",))


VisaAuChoix = Annotated[
    Annotated[Texte, Tag("<texte>")] | Annotated[Liste, Tag("<liste>")] | Annotated[Visa, Tag("<bloc>")],
    Discriminator(shape_of),
]


class LigneCartouche(Fiche):
    """A line of the cartouche."""

    label: ClassVar[str] = "la ligne"
    ligne: Texte | None = key("Un texte.")
    imputations: Texte | None = key("Le groupe dont on imprime les imputations.")
    numero: OuiNon = key("Le numéro de l'acte.", default=False)


LigneAuChoix = Annotated[
    Annotated[Texte, Tag("<texte>")] | Annotated[LigneCartouche, Tag("<bloc>")],
    Discriminator(shape_of),
]


class Signatures(Fiche):
    """How the act is signed."""

    label: ClassVar[str] = "signatures"
    lieu: Texte | None = key("Le lieu.", examples=("Nice",))
    date: Texte | None = key("La date ; à défaut, elle est remplie à la main.")
    exemplaires: Texte | None = key("Le nombre d'exemplaires.", examples=("un par partie", "3"))
    date_par_signataire: OuiNon | None = key("Chaque signataire écrit le lieu et la date dans son cadre.")
    presentation: (
        Annotated[str, Choice(("qualite-nom", "nom-qualite", "pour", "numerotee", "designation", "qualite"))] | None
    ) = key("Ce que montre chaque cadre.")
    colonnes: Entier | None = key("Le nombre de cadres par ligne.")
    ordre: Textes | None = key("L'ordre des signatures.", examples=(["departement", "etat.prefet-06"],))
    reserve: Texte | None = key("Un cadre réservé.", examples=("Cadre réservé à l'administration",))
    plus: dict[str, Textes] | None = key("Les seconds signataires, par partie.")
    visa: Texte | None = key("Qui signe « pour visa » sans être partie.")
    mention: Texte | None = key("Ce qui est imprimé sous chaque cadre.")


class Finances(Fiche):
    """What the act costs or brings."""

    label: ClassVar[str] = "finances"
    sens: Annotated[str, Choice(("dépense", "recette", "sans"))] | None = key("Dépense, recette ou sans incidence.")
    montant: Texte | None = key("L'expression du montant.", examples=("subvention.premiere",))
    repartition: Texte | None = key("Le groupe qui répartit le montant.")
    maximum: OuiNon | None = key("Le montant est-il un maximum ?")
    forme: Texte | None = key("La forme du concours.", examples=("un abandon de créances",))
    dire: Texte | None = key("La phrase de la délibération, si la phrase usuelle ne convient pas.")
    annees: tuple[Entier, ...] | None = key("Les années concernées.")


class Resume(Fiche):
    """What the délibération says of the act."""

    label: ClassVar[str] = "resume"
    definissant: Texte | None = key("« définissant … »")
    en_vue: Texte | None = key("« en vue … »")
    relatif: Texte | None = key("« relative à … »")
    portant_sur: Texte | None = key("« portant sur … »")
    incidence: Annotated[str, Choice(("dire", "taire"))] | None = key("« taire » : ne rien dire des finances.")


class Etat(Fiche):
    """The life of the act."""

    label: ClassVar[str] = "etat"
    signe: Jour | None = key("Le jour de la signature : l'acte est figé.")
    notifie: Jour | None = key("Le jour de la notification.")
    transmis: Jour | None = key("Le jour de la transmission au représentant de l'État.")
    publie: Jour | None = key("Le jour de la publication.")


class Corps(Fiche):
    """What a convention and a modèle share."""

    nature: Texte | None = key("La nature de l'acte.", examples=("convention", "contrat", "protocole", "charte"))
    genre: Annotated[str, Choice(GENRES)] | None = key("Le genre de la nature, si elle est inusuelle.")
    numero: Texte | None = key("Le numéro ; « sans », ou « à compléter (indice) ».", examples=("2024 DGADSH CV 186",))
    prefixe_numero: Texte | None = key("Ce qui précède le numéro dans le titre.")
    titre: Texte | None = key("Le titre entier, s'il n'est pas composé.")
    objet: Texte | None = key("Un groupe nominal, avec son article.", examples=("la désignation d'un référent",))
    nommer: Texte | None = key("Comment les autres actes nomment celui-ci.")
    service: Texte | None = key("Le service de l'en-tête, chez l'organisme qui rédige.", examples=("spcpi",))
    exercices: tuple[Entier, ...] | None = key("Les années de l'acte.", examples=([2024, 2025],))
    plan: tuple[Annotated[str, Choice(ZONES)], ...] | None = key("Les parties de l'acte, dans l'ordre imprimé.")
    numerotation: Numerotation | None = key("La numérotation.")
    convenu: Annotated[str, Choice(("convenu", "expose"))] | None = key(
        "« expose » : « Ceci exposé, il est convenu ce qui suit : »."
    )
    cotes: tuple[Cote, ...] | None = key("Qui est d'un côté, qui est de l'autre.")
    parties: dict[str, Partie] | None = key("Les parties, dans l'ordre de la comparution.")
    ensemble: Texte | None = key("Le nom de toutes les parties.", examples=("les parties",))
    duree: Duree | None = key("La durée.")
    donnees: DonneesActe | None = key("Les données.")
    verifier: (
        Annotated[
            Annotated[Texte, Tag("<texte>")] | Annotated[tuple[Regle, ...], Tag("<liste>")], Discriminator(shape_of)
        ]
        | None
    ) = key("Les règles propres à l'acte ; « sans » pour n'en garder aucune.")
    visas: tuple[VisaAuChoix, ...] | None = key("Les textes visés.", examples=(["cgct", "casf"],))
    preambule: Texte | None = key("Le préambule.")
    passages: dict[str, Texte] | None = key("Les passages nommés.")
    articles: tuple[Article, ...] | None = key("Les articles, dans l'ordre.")
    annexes: tuple[Annexe, ...] | None = key("Les annexes, dans l'ordre.")
    cartouche: tuple[LigneAuChoix, ...] | None = key("Les lignes du cartouche.")
    signatures: Signatures | None = key("Les signatures.")
    finances: Finances | None = key("Ce que l'acte coûte ou rapporte.")
    resume: Resume | None = key("Ce que la délibération en dit.")
    jeu: Texte | None = key("Le jeu de données de l'acte.")
    tableaux: dict[str, Tableau] | None = key("Les tableaux de l'acte, par identifiant.")
    gabarit: Texte | None = key("Le gabarit de cet acte, si ce n'est celui de convgen.yaml.")
    tribunal: Texte | None = key("Le tribunal compétent pour cet acte.")
    mention: Texte | None = key("Un texte imprimé sur chaque page de cet acte.")
