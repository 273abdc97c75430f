"""An avenant: `conventions/avenants/*.yaml`. It says what the convention becomes, never how to say it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Tag

from convgen.model.schema.acte import (
    ZONES,
    Etat,
    Finances,
    LigneAuChoix,
    Numerotation,
    Regle,
    Signatures,
    VisaAuChoix,
)
from convgen.model.schema.articles import Annexe, Article
from convgen.model.schema.base import (
    Choice,
    DonneesActe,
    Entier,
    Fiche,
    Identifiant,
    OuiNon,
    Texte,
    Textes,
    key,
    shape_of,
)
from convgen.model.schema.parties import Cote, Duree, Partie

ZONES_AVENANT = (*ZONES, "objet", "portee")


class PartieModifiee(Partie):
    """What a party becomes. Naming it here declares the change: nothing else may change a party."""

    label: ClassVar[str] = "la partie"
    ajoutee: Texte | None = key(
        "La partie rejoint la convention : le jour, « signature » ou « notification ».", examples=("2025-01-01",)
    )
    retiree: Texte | None = key(
        "La partie quitte la convention : le jour, « signature » ou « notification ».", examples=("2025-01-01",)
    )
    substituee: Texte | None = key(
        "Le jour où un autre organisme, donné sous « organisme », prend sa place ; ou « signature », « notification ».",
        examples=("2025-01-01",),
    )


class ArticleModifie(Article):
    """An article of the convention, as it becomes."""

    label: ClassVar[str] = "l'article"
    articles: tuple[ArticleModifie, ...] | None = key("Les sous-articles qui changent, ou qui sont ajoutés.")
    apres_les_mots: Texte | None = key(
        "Le texte remplace ce qui suit l'alinéa qui contient ces mots, dans un article connu en partie.",
        examples=("(...)",),
    )
    suivants: Annotated[str, Choice(("renuméroter", "inchangés"))] | None = key(
        "Après un retrait : « renuméroter » les articles suivants, ou laisser le numéro vide."
    )


class Termes(Fiche):
    """Terms replaced everywhere, when they need more than a pair."""

    label: ClassVar[str] = "le terme"
    par: Texte = key("Le terme qui le remplace.", required=True)
    pluriel: Texte | None = key("Le pluriel de l'ancien terme, s'il ne se forme pas avec un s.", examples=("travaux",))
    pluriel_nouveau: Texte | None = key("Le pluriel du nouveau terme.", examples=("chantiers",))
    sauf: Textes | None = key("Les articles où l'ancien terme demeure.", examples=(["definitions"],))


TermeAuChoix = Annotated[
    Annotated[Texte, Tag("<texte>")] | Annotated[Termes, Tag("<bloc>")],
    Discriminator(shape_of),
]


class Modifications(Fiche):
    """What the convention becomes."""

    label: ClassVar[str] = "les modifications"
    titre: Texte | None = key("Le nouveau titre entier.")
    objet: Texte | None = key("Le nouvel objet, avec son article.")
    parties: dict[str, PartieModifiee] | None = key("Les parties qui changent, par nom : seulement ce qui change.")
    cotes: tuple[Cote, ...] | None = key("Les côtés, si une partie arrive ou s'en va.")
    ensemble: Texte | None = key("Le nom de toutes les parties.")
    termes: dict[str, TermeAuChoix] | None = key(
        "Les termes remplacés partout, au singulier et en minuscules ; pluriel et majuscule suivent.",
        examples=({"bénévole": "volontaire"},),
    )
    exercices: tuple[Entier, ...] | None = key("Les années de l'acte.")
    duree: Duree | None = key("Ce qui change de la durée.", examples=({"fin": "2026-12-31"},))
    donnees: DonneesActe | None = key("Les données qui changent, par nom.", examples=({"subvention": "925 400 €"},))
    verifier: tuple[Regle, ...] | None = key("Les règles de l'acte, si elles changent.")
    preambule: Texte | None = key("Le nouveau préambule.")
    passages: dict[str, Texte] | None = key("Les passages nommés qui changent.")
    articles: tuple[ArticleModifie, ...] | None = key("Les articles qui changent, par « id », et les nouveaux.")
    annexes: tuple[Annexe, ...] | None = key("Les annexes qui changent, par « id », et les nouvelles.")
    signatures: Signatures | None = key("Ce qui change du bloc de signature de la convention.")
    jeu: Texte | None = key("Le jeu de données de l'acte.")


class Presenter(Fiche):
    """How to say the changes; everything is optional."""

    label: ClassVar[str] = "presenter"
    granularite: Annotated[str, Choice(("article", "alinea", "mots"))] | None = key(
        "Ce qui est récrit ; à défaut, le plus court des trois, article par article."
    )
    contenu: Annotated[str, Choice(("entier", "partiel"))] | None = key(
        "« entier » : l'article entier, même là où deux mots changent."
    )
    numerotation: Annotated[str, Choice(("figee", "renumerotation"))] | None = key(
        "« figee » : un article garde son numéro (3-1, « abrogé ») ; « renumerotation » : 1, 2, 3… à nouveau."
    )
    factoriser: Annotated[str, Choice(("donnees", "identiques", "aucun"))] | None = key(
        "Ce qui est dit une fois pour plusieurs articles."
    )
    denomination: Annotated[str, Choice(("article", "à l'objet"))] | None = key(
        "« à l'objet » : pas d'article propre pour une nouvelle dénomination."
    )
    ancetres: OuiNon | None = key("Imprime aussi les titres qui contiennent l'article modifié.")
    unique: OuiNon | None = key("Trois modifications au plus tiennent en un seul article.")
    sous_article: Annotated[str, Choice(("article", "paragraphe", "point"))] | None = key(
        "Le mot qui nomme un sous-article."
    )


class VersementEffectue(Fiche):
    """A payment already made."""

    label: ClassVar[str] = "le versement"
    date: Texte = key("Le jour du versement.", required=True, examples=("2024-06-28",))
    montant: Texte | None = key("Le montant versé, comparé à celui de la convention.", examples=("696 000 €",))


VersementAuChoix = Annotated[
    Annotated[Texte, Tag("<texte>")] | Annotated[VersementEffectue, Tag("<bloc>")],
    Discriminator(shape_of),
]


class ResumeAvenant(Fiche):
    """What the délibération says of the avenant."""

    label: ClassVar[str] = "resume"
    relatif: Textes | None = key("« relatif à … » : un texte, ou plusieurs.", examples=("au report de la phase test",))
    portant_sur: Texte | None = key("« portant sur … »")
    en_vue: Texte | None = key("« en vue … »")
    modifiant: OuiNon | None = key("« modifiant les articles 3 et 5 » : tiré des modifications.")
    incidence: Annotated[str, Choice(("dire", "taire"))] | None = key("« taire » : ne rien dire des finances.")


class Avenant(Fiche):
    """An avenant."""

    label: ClassVar[str] = "l'avenant"
    stand_ins: ClassVar[dict[str, str]] = {"avenant": "avenant"}
    avenant: Identifiant = key("L'identifiant de l'avenant.", required=True, examples=("sante-mentale-2024-1",))
    modifie: Identifiant = key("L'identifiant de la convention.", required=True, examples=("sante-mentale-2024",))
    numero: Texte = key("Le numéro de l'avenant dans la suite : 1, 2…", required=True, examples=(1,))
    date: Texte | None = key("Le jour de l'avenant, ou « à compléter ».", examples=("2024-06-28",))
    motif: Texte | None = key("Pourquoi la convention change ; imprimé avant l'objet.")
    effet: Texte | None = key(
        "Quand l'avenant prend effet : un jour, « signature » ou « notification ».", examples=("notification",)
    )
    service: Texte | None = key("Le service de l'en-tête, chez l'organisme qui rédige.", examples=("spcpi",))
    titre: Texte | None = key("Le titre entier de l'avenant, s'il n'est pas composé.")
    reference: Texte | None = key("Une référence imprimée sous le titre.", examples=("Dossier n° 2024-18",))
    plan: tuple[Annotated[str, Choice(ZONES_AVENANT)], ...] | None = key(
        "Les parties de l'avenant, dans l'ordre imprimé.",
        examples=(["en-tete", "intitule", "comparution", "visas", "convenu", "articles", "signatures"],),
    )
    numerotation: Numerotation | None = key(
        "La numérotation des articles de l'avenant ; à défaut « Article 1er – Titre »."
    )
    parties: dict[str, Partie] | None = key(
        "Ce qui change des parties dans l'avenant seul : habilitation, représentant.",
        examples=({"departement": {"habilitation": {"deliberation": "cp-2024-06-07-20"}}},),
    )
    visas: tuple[VisaAuChoix, ...] | None = key(
        "Les textes visés, après la convention et les avenants précédents, visés d'office."
    )
    preambule: Texte | None = key("Le préambule de l'avenant.")
    passages: dict[str, Texte] | None = key("Les passages nommés.")
    objet: Textes | None = key(
        "L'objet, point par point ; à défaut, tiré des modifications.", examples=(["de reporter la phase test"],)
    )
    donnees: DonneesActe | None = key("Les données que l'avenant ajoute, pour ses textes et ceux qu'il donne.")
    modifications: Modifications | None = key("Ce que la convention devient.")
    nouvelle: Texte | None = key(
        "Au lieu de « modifications » : le fichier de la convention telle qu'elle devient, rangé ailleurs que la "
        "convention elle-même.",
        examples=("conventions/avenants/nouvelles/x.yaml",),
    )
    versements_effectues: dict[str, VersementAuChoix] | None = key(
        "Les versements déjà faits, par identifiant : leur jour, et leur montant s'il faut le vérifier.",
        examples=({"acompte": "2024-06-28"},),
    )
    reliquat: Annotated[str, Choice(("complement", "solde"))] | None = key(
        "La différence : un « complement » versé à la signature de l'avenant, ou ajoutée au « solde »."
    )
    presenter: Presenter | None = key("Comment dire les modifications.")
    formules: Texte | None = key("La manière de rédiger.", examples=("legistique", "pratique"))
    articles: tuple[Article, ...] | None = key("Les articles propres à l'avenant, après les autres : transition…")
    annexes: tuple[Annexe, ...] | None = key("Les annexes propres à l'avenant.")
    cartouche: tuple[LigneAuChoix, ...] | None = key("Les lignes du cartouche.")
    convenu: Annotated[str, Choice(("convenu", "expose"))] | None = key(
        "« expose » : « Ceci exposé, il est convenu ce qui suit : »."
    )
    signatures: Signatures | None = key("Les signatures ; à défaut, celles de la convention.")
    executoire: Texte | None = key("La mention du caractère exécutoire.")
    gabarit: Texte | None = key("Le gabarit de l'avenant, si ce n'est celui de la convention.")
    mention: Texte | None = key("Un texte imprimé sur chaque page de l'avenant.")
    finances: Finances | None = key("Ce que l'avenant coûte ou rapporte.")
    resume: ResumeAvenant | None = key("Ce que la délibération en dit.")
    etat: Etat | None = key("La vie de l'avenant : signé, notifié, transmis, publié.")
