"""A délibération: `conventions/deliberations/*.yaml`. What it says of the acts it authorises comes from them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, PlainValidator, Tag, WithJsonSchema

from convgen.model.reserved import blank
from convgen.model.schema.acte import Etat, Visa
from convgen.model.schema.base import (
    Choice,
    DonneesActe,
    Fiche,
    Identifiant,
    Jour,
    Liste,
    OuiNon,
    Texte,
    Textes,
    key,
    shape_of,
    whole_number,
)
from convgen.model.schema.parties import GENRES
from convgen.source.yaml import PlacedText

SENS = ("favorable", "défavorable", "réservé")
#: What the sentence of an act says, and may leave unsaid.
MENTIONS = ("incidence", "annexe", "partenaire", "resume", "modifiant", "montant", "repartition", "duree")


class Vise(Visa):
    """What is after « Vu », when it is more than an identifier or a sentence."""

    label: ClassVar[str] = "le visa"
    acte: Identifiant | None = key("L'identifiant d'une convention ou d'un avenant de l'espace de travail.")
    arrete: Identifiant | None = key("L'identifiant d'un arrêté de l'espace de travail.")
    nommer: Texte | None = key(
        "Comment cet acte est nommé ; « x » est l'acte.",
        examples=("la convention n° {{ x.numero }}, signée le {{ x.etat.signe }}",),
    )


ViseAuChoix = Annotated[
    Annotated[Texte, Tag("<texte>")] | Annotated[Liste, Tag("<liste>")] | Annotated[Vise, Tag("<bloc>")],
    Discriminator(shape_of),
]


class Attendu(Fiche):
    """An item of the preamble: one key among vu, considerant, deport, rapport, theme."""

    label: ClassVar[str] = "l'élément du préambule"
    vu: ViseAuChoix | None = key("Ce qui est visé : un identifiant, une liste, une phrase, ou un bloc.")
    intitule: Texte | None = key("Ce qui suit les textes visés ensemble.", examples=("relatifs au RSA",))
    considerant: Texte | None = key("Ce qui suit « Considérant ».", examples=("que le bilan de l'action est positif",))
    deport: Texte | None = key("L'élu qui ne prend pas part au vote, et pourquoi.")
    rapport: Texte | None = key("« auto » : les propositions du rapporteur, tirées des décisions ; ou un texte.")
    theme: Texte | None = key("Un intertitre.")


class Avis(Fiche):
    """The opinion of a commission."""

    label: ClassVar[str] = "l'avis"
    commission: Texte = key(
        "La commission (« Finances » y est la commission Finances), ou un autre organe.",
        required=True,
        examples=("la commission des finances", "le comité social"),
    )
    sens: Annotated[str, Choice(SENS)] = key("Le sens de l'avis.", default="favorable")
    date: Jour | None = key("Le jour de l'avis.")


class Decision(Fiche):
    """A decision: one key among signer, approuver, texte."""

    label: ClassVar[str] = "la décision"
    signer: Textes | None = key("Les actes à signer : un identifiant, ou une liste.", examples=("sante-mentale-2024",))
    approuver: Texte | None = key("Ce qui est approuvé, avec son article.", examples=("le plan de visites de 2024",))
    genre: Annotated[str, Choice(GENRES)] | None = key("Le genre de ce qui est approuvé, s'il ne se voit pas.")
    piece: Identifiant | None = key("L'identifiant de la pièce approuvée, jointe en annexe.")
    texte: Texte | None = key("La décision écrite à la main ; avec « signer », ses chiffres sont comparés à l'acte.")
    partenaire: Texte | None = key("Les cocontractants, s'ils sont nommés autrement que dans l'acte.")
    abreger: Textes | None = key("Ce que la phrase ne dit pas.", examples=(["resume", "duree"],))
    ajouter: Texte | None = key("Ce qui est ajouté à la fin de la phrase.")
    projet: Annotated[str, Choice(("projet", "projet type"))] = key("Ce qui est joint en annexe.", default="projet")
    proposer: Texte | None = key("Ce que dit le rapporteur, si ce n'est la forme courte de la décision.")


class SousTheme(Fiche):
    """A sub-theme."""

    label: ClassVar[str] = "le sous-thème"
    meant: ClassVar[dict[str, str]] = {"theme": "titre"}
    titre: Texte = key("Le titre imprimé.", required=True, examples=("Au titre des ateliers",))
    decisions: tuple[Decision, ...] = key("Les décisions.", required=True)


class Theme(Decision):
    """A theme and its decisions, or a decision alone."""

    label: ClassVar[str] = "le thème"
    theme: Texte | None = key("Le thème, avec son article ; « sans » pour une décision qui n'en a pas.")
    sous_themes: tuple[SousTheme, ...] | None = key("Les sous-thèmes.")
    decisions: tuple[Decision, ...] | None = key("Les décisions.")


def _voices(value: object) -> int | PlacedText:
    """A count, or the « à compléter » that stands for it."""
    if isinstance(value, PlacedText) and blank(value, "") is not None:
        return value
    return whole_number(value, "Écrivez-le en chiffres, sans espace : 12 ; ou « à compléter ».")


Voix = Annotated[
    int | PlacedText,
    PlainValidator(_voices),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[àa] compl"}]}),
]


class Vote(Fiche):
    """The counts of a vote."""

    label: ClassVar[str] = "le vote"
    en_exercice: Voix | None = key("Les membres en exercice ; les données ouvertes ne publient les voix qu'avec eux.")
    presents: Voix | None = key("Les membres présents.")
    pouvoirs: Voix | None = key("Les pouvoirs donnés par des absents.")
    pour: Voix | None = key("Les voix pour.")
    contre: Voix | None = key("Les voix contre.")
    abstention: Voix | None = key("Les abstentions.")
    non_participation: Voix | None = key("Ceux qui ne prennent pas part au vote.")
    unanimite: OuiNon | None = key("La délibération est-elle adoptée à l'unanimité ? Comparé aux voix.")
    voix_preponderante: OuiNon | None = key("Les voix étant égales, celle du président l'emporte-t-elle ?")


VoteAuChoix = Annotated[
    Annotated[Texte, Tag("<texte>")] | Annotated[Vote, Tag("<bloc>")],
    Discriminator(shape_of),
]


class Deport(Fiche):
    """A member who does not take part."""

    label: ClassVar[str] = "le déport"
    elu: Texte = key("L'élu, avec sa civilité.", required=True, examples=("Mme Durand",))
    motif: Texte | None = key("Pourquoi.", examples=("membre du conseil d'administration de l'association",))


class Prefecture(Fiche):
    """What @CTES asks for."""

    label: ClassVar[str] = "prefecture"
    nature: Annotated[str, Choice(("délibération", "arrêté", "acte réglementaire", "acte individuel"))] = key(
        "La nature de l'acte.", default="délibération"
    )
    matiere: Texte | None = key("La matière, dans la nomenclature des actes.", examples=("8.2",))
    objet: Texte | None = key("L'objet : 499 caractères au plus.")


class ActeUnilateral(Fiche):
    """What a délibération and an arrêté share."""

    organisme: Texte | None = key("L'organisme ; à défaut, celui de convgen.yaml.", examples=("departement-06",))
    numero: Texte | None = key("Le numéro ; « sans », ou « à compléter (indice) ».")
    titre: Texte | None = key("Le titre.")
    formules: Identifiant | None = key("Le recueil de formules.", examples=("deliberation", "deliberation-autorise"))
    service: Texte | None = key("Le service de l'en-tête.")
    gabarit: Texte | None = key("Le gabarit, si ce n'est celui de convgen.yaml.")
    mention: Texte | None = key("Un texte imprimé sur chaque page ; « sans » pour aucun.")
    donnees: DonneesActe | None = key("Les données que les textes emploient.")
    preambule: tuple[Attendu, ...] | None = key("Visas et considérants, dans l'ordre imprimé.")
    lieu: Texte | None = key("Le lieu de la signature ; à défaut, à écrire à la main.", examples=("Nice",))
    signataire: Texte | None = key("Le représentant qui signe, chez l'organisme.", examples=("president",))
    delegation: Texte | None = key(
        "Ce qui précède la qualité du signataire.", examples=("Pour le maire et par délégation",)
    )
    executoire: Texte | None = key("« oui », « non », ou la mention du caractère exécutoire.")
    tampon: OuiNon = key("Le cadre de l'accusé de réception en préfecture.", default=False)
    prefecture: Prefecture | None = key("Ce que demande la télétransmission.")
    etat: Etat | None = key("Transmission et publication.")


class Deliberation(ActeUnilateral):
    """A délibération; an act that it authorises needs only its organe, its day and its number."""

    label: ClassVar[str] = "la délibération"
    stand_ins: ClassVar[dict[str, str]] = {"deliberation": "deliberation"}
    deliberation: Identifiant = key("L'identifiant.", required=True, examples=("cp-2024-06-07-20",))
    organe: Texte | None = key("L'organe, avec son article, ou son nom chez l'organisme.")
    seance: Texte | None = key("Le jour de la séance, ou « à compléter ».", examples=("2024-06-07",))
    session: Texte | None = key("La session.", examples=("deuxième réunion ordinaire de 2024",))
    avis: tuple[Avis, ...] | None = key("Les avis des commissions.")
    decisions: tuple[Theme, ...] | None = key("Les décisions, par thème, dans l'ordre imprimé.")
    vote: VoteAuChoix | None = key("Le résultat du vote ; « sans » pour ne rien imprimer.")
    deports: tuple[Deport, ...] | None = key("Les élus qui ne prennent pas part au vote.")
