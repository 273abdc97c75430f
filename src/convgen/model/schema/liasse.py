"""A liasse: `conventions/liasses/*.yaml`, délibérations and what is annexed to them. It holds no figure of its own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Tag

from convgen.model.schema.base import (
    Choice,
    Entier,
    Fiche,
    Identifiant,
    Liste,
    OuiNon,
    Texte,
    Textes,
    key,
    shape_of,
)

TIMBRES = ("discret", "page de garde", "sans")
SORTIES = ("docx", "pdf", "prefecture")
#: How the annexes of an act that is itself an annexe are numbered.
IMBRIQUEES = ("de l'acte", "à la suite")
PARTAGES = ("une copie par acte", "une seule")


class Placement(Fiche):
    """Where an annexe stands, when the order of the decisions does not say it."""

    label: ClassVar[str] = "la place de l'annexe"
    titre: Texte | None = key("Le titre au bordereau, si ce n'est celui de l'acte.")
    sous: Textes | None = key(
        "Ce à quoi elle est annexée : une délibération, un acte ou une pièce ; plusieurs si elle est partagée.",
        examples=("insertion-emploi-06-2024",),
    )
    apres: Identifiant | None = key("L'annexe qu'elle suit.")
    avant: Identifiant | None = key("L'annexe qu'elle précède.")
    numero: Texte | None = key("Son numéro, s'il n'est pas celui qui suit.", examples=("1 bis",))
    retirer: OuiNon = key("« oui » : elle n'est pas jointe.", default=False)


class Piece(Placement):
    """A foreign file."""

    label: ClassVar[str] = "la pièce"
    fichier: Texte = key(
        "Le fichier, nommé depuis la racine : PDF, DOCX, XLSX ou image.",
        required=True,
        examples=("conventions/annexes/01-rapport.pdf",),
    )


class NumerotationAnnexes(Fiche):
    """How annexes are called."""

    label: ClassVar[str] = "la numérotation"
    annexes: Texte | None = key("Ce qui est imprimé ; {n} est le numéro.", examples=("Annexe {n}",))
    imbriquees: Annotated[str, Choice(IMBRIQUEES)] = key(
        "« de l'acte » : une convention garde la série de ses propres annexes ; « à la suite » : 2.1, 2.2.",
        default="de l'acte",
    )
    depart: Entier | None = key("Le numéro de la première annexe, si ce n'est 1.")


class Transmission(Fiche):
    """What @CTES asks for, when the délibération does not say it."""

    label: ClassVar[str] = "prefecture"
    numero: Texte | None = key(
        "Le numéro de l'acte : 2 à 15 chiffres, capitales ou « _ ».", examples=("CP_20240607_20",)
    )
    departement: Texte | None = key("Le département, sur trois caractères.", examples=("006",))


AnnexesAuChoix = Annotated[
    Annotated[Texte, Tag("<texte>")]
    | Annotated[Liste, Tag("<liste>")]
    | Annotated[dict[str, Placement], Tag("<bloc>")],
    Discriminator(shape_of),
]


class Liasse(Fiche):
    """A liasse."""

    label: ClassVar[str] = "la liasse"
    stand_ins: ClassVar[dict[str, str]] = {"liasse": "liasse"}
    liasse: Identifiant = key("L'identifiant : le nom du fichier.", required=True, examples=("cp-2024-06-07-20",))
    titre: Texte | None = key("Le titre du bordereau ; à défaut, celui de la délibération.")
    deliberation: Textes | None = key("La délibération, ou la liste des délibérations.", examples=("cp-2024-06-07-20",))
    deliberations: Textes | None = key("La liste des délibérations.")
    annexes: AnnexesAuChoix | None = key(
        "« auto » : l'ordre des décisions ; ou la liste des annexes ; ou celles à déplacer, par identifiant."
    )
    pieces: dict[str, Piece] | None = key("Les fichiers venus d'ailleurs, par identifiant.")
    numerotation: NumerotationAnnexes | None = key("La numérotation des annexes.")
    partagees: dict[str, Annotated[str, Choice(PARTAGES)]] | None = key(
        "Les documents annexés deux fois, par identifiant : « une copie par acte », ou « une seule » et un renvoi."
    )
    timbre: Annotated[str, Choice(TIMBRES)] = key("Comment chaque annexe est marquée.", default="discret")
    bordereau: OuiNon = key("La liasse s'ouvre par la liste de ses pièces.", default=True)
    sorties: Textes | None = key("Ce qui est produit.", examples=(["docx", "pdf", "prefecture"],))
    types: dict[str, Texte] | None = key(
        "Le type @CTES d'une pièce, par identifiant, si ce n'est celui de sa nature.", examples=({"rapport": "21_RP"},)
    )
    prefecture: dict[str, Transmission] | None = key("Ce que demande la télétransmission, par délibération.")
    gabarit: Texte | None = key("Le gabarit du bordereau, si ce n'est celui de convgen.yaml.")
    mention: Texte | None = key("Un texte imprimé sur le bordereau ; « sans » pour aucun.")
