"""Trees that the tests of the Word writer print: one per feature, and one act with all of them."""

from __future__ import annotations

from decimal import Decimal

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Blank,
    Block,
    Cell,
    Division,
    Emphasis,
    FillIn,
    Inline,
    Level,
    LineBreak,
    ListBlock,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Provenance,
    Reference,
    Role,
    Row,
    Scheme,
    Section,
    Signature,
    SignatureGrid,
    Strong,
    Table,
    TableOfContents,
    Text,
    Value,
    Zone,
)
from convgen.acte.numbering import number_divisions
from convgen.acte.references import Targets, resolve_references


def number_acte(acte: Acte) -> Acte:
    """The act with its divisions, annexes and notes numbered; its references stay as they are."""
    return resolve_references(number_divisions(acte), Targets({}, {}))[0]


SCHEME = Scheme(
    (
        Level("titre", "TITRE ", "I", separator=" – "),
        Level(first_ordinal=True),
        Level("", "", suffix=".", separator=" ", nested=True),
        Level("", "", suffix=".", separator=" ", nested=True),
    )
)


def t(*parts: str | Inline) -> tuple[Inline, ...]:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def p(*parts: str | Inline, role: Role = Role.BODY) -> Paragraph:
    return Paragraph(t(*parts), role)


def article(ident: str, title: str, *blocks: Block, level: int = 1, frozen: str = "") -> Division:
    return Division(ident, level, t(title) if title else (), blocks, frozen_number=frozen)


def bullets(*items: str | tuple[Block, ...], style: str = "-", start: int = 1) -> ListBlock:
    made = tuple(ListItem((p(item),) if isinstance(item, str) else item) for item in items)
    return ListBlock(made, style, start)


def row(*cells: str | Cell, role: str = "corps", align: str = "left") -> Row:
    made = []
    for place, cell in enumerate(cells):
        side = align if place else "left"
        made.append(cell if isinstance(cell, Cell) else Cell((p(cell),), side))
    return Row(tuple(made), role)


def refer(target: str, before: str = "l'", noun: str = "article\xa0", number: str = "", **more: object) -> Reference:
    return Reference(target, before=before, noun=noun, number=number, **more)  # type: ignore[arg-type]


def acte(*blocks: Block, kind: str = "articles", annexes: tuple[Annexe, ...] = (), **more: object) -> Acte:
    values: dict[str, object] = {
        "kind": "convention",
        "id": "essai",
        "number": "2024 ESSAI 1",
        "title": "Convention d'essai",
        "scheme": SCHEME,
        "zones": (Zone(kind, blocks),),
        "annexes": annexes,
        **more,
    }
    return number_acte(Acte(**values))  # type: ignore[arg-type]


AMOUNT = Value("montant", "subvention", Decimal("300000.00"), "300\xa0000\xa0€")

FINANCES = Table(
    header=(row("Poste de dépense", "2024", "2025", "Total", align="right"),),
    rows=(
        row(Cell((p("Accompagnement des personnes"),), colspan=4), role="bande"),
        row("Salaires et charges", "120\xa0000,00\xa0€", "124\xa0500,00\xa0€", "244\xa0500,00\xa0€", align="right"),
        row("Déplacements", "9\xa0000,00\xa0€", "9\xa0500,00\xa0€", "18\xa0500,00\xa0€", align="right"),
        row("Sous-total", "129\xa0000,00\xa0€", "134\xa0000,00\xa0€", "263\xa0000,00\xa0€", role="sous-total",
            align="right"),
        row("Frais de structure", "18\xa0000,00\xa0€", "19\xa0000,00\xa0€", "37\xa0000,00\xa0€", align="right"),
        row("Total", "147\xa0000,00\xa0€", "153\xa0000,00\xa0€", "300\xa0000,00\xa0€", role="total", align="right"),
        row(Cell((p("Montants toutes taxes comprises."),), colspan=4), role="information"),
    ),
    widths=(40, 20, 20, 20),
    caption=t("Budget prévisionnel de l'action"),
    description="Dépenses par poste pour 2024 et 2025, avec le sous-total et le total.",
)  # fmt: skip

MERGED = Table(
    header=(
        Row((Cell((p("Objectif"),), rowspan=2), Cell((p("Indicateurs"),), "center", colspan=2))),
        Row((Cell((p("Cible 2024"),), "center"), Cell((p("Cible 2025"),), "center"))),
    ),
    rows=(
        Row((Cell((p("Accès aux droits"),), rowspan=2), Cell((p("80 entretiens"),)), Cell((p("95 entretiens"),)))),
        Row((Cell((p("40 dossiers"),)), Cell((p("50 dossiers"),)))),
        Row((Cell((p("Retour à l'emploi"),)), Cell((p("12 contrats"),)), Cell((p("18 contrats"),)))),
    ),
)

SIGNATURES = SignatureGrid(
    (
        Signature("departement", (t("Pour le Département des Alpes-Maritimes,"), t("Le Président")), t("Jean MARTIN")),
        Signature("association", (t("Pour l'association Exemple,"), t("La Présidente")), t("Claire DURAND")),
        Signature("ville", (t("Pour la Ville de Nice,"), t("L'Adjointe déléguée")), t("Anne PETIT"), name_first=True),
    ),
    reserved=t("Cadre réservé à l'administration"),
)

LONG = (
    "Le cocontractant met en œuvre l'action décrite ci-après dans le respect des orientations arrêtées par le "
    "Département, des textes en vigueur et des engagements pris par les signataires, et rend compte de son exécution. "
)


def parties() -> Zone:
    return Zone(
        "comparution",
        (
            p(Strong(t("ENTRE :")), role=Role.LINK),
            p("le Département des Alpes-Maritimes, représenté par le Président du Conseil départemental, ",
              Blank("nom", "nom", "[nom du signataire à compléter]"), ", domicilié en cette qualité au centre "
              "administratif départemental, et agissant conformément à la délibération du 7 juin 2024,",
              role=Role.PARTY),
            p("ci-après dénommé «\xa0le Département\xa0»,", role=Role.PARTY),
            p("d'une part,", role=Role.LINK),
            p("ET :", role=Role.LINK),
            p("l'association Exemple, représentée par sa Présidente, Claire DURAND, dont le siège est à Nice,",
              LineBreak(), "ci-après dénommée «\xa0le cocontractant\xa0»,", role=Role.PARTY),
            p("d'autre part,", role=Role.LINK),
        ),
    )  # fmt: skip


def complete(**more: object) -> Acte:
    """An act that uses every feature of the tree."""
    articles: tuple[Block, ...] = (
        article("objet", "Objet",
                p("La présente convention fixe les conditions dans lesquelles le Département verse ", AMOUNT,
                  " au cocontractant, dans les conditions de ",
                  refer("finances", number="2"), " et de ", refer("versement", noun="article\xa0", number="2.1"), ".",
                  Note(t("Le montant s'entend toutes taxes comprises.")), " Elle court à compter du 1er juin 2024."),
                p("Elle s'appuie sur ", refer("objet", number="1er"), ", ",
                  refer("annexe-bilan", noun="annexe\xa0", number="1"), " et les articles ",
                  refer("finances", before="", noun="", number="2"), " et 3."),
                bullets("accompagner les personnes sans emploi\xa0;", "lever les freins à l'insertion\xa0:",
                        (p("lutter contre l'isolement\xa0;"), bullets("par des visites\xa0;", "par des ateliers\xa0;")),
                        (p("évaluer l'action."), p("L'évaluation est jointe au bilan annuel.")))),
        article("finances", "Modalités financières",
                p(LONG * 2),
                article("versement", "Versement",
                        p("Le versement intervient en trois fois\xa0:"),
                        bullets("40\xa0% à la notification\xa0;", "40\xa0% à mi-parcours\xa0;", "20\xa0% au solde.",
                                style="1."),
                        article("delai", "Délai de paiement", p(LONG), level=3), level=2),
                article("justificatifs", "Justificatifs",
                        p("Sont produits\xa0:"),
                        bullets("le compte rendu financier\xa0;", "le rapport d'activité.", style="a)"),
                        bullets("l'attestation\xa0;", "le relevé d'identité bancaire.", style="1°"), level=2),
                FINANCES),
        article("duree", "", p("La convention est conclue pour trois ans. ", LONG)),
        article("suivi", "Suivi et évaluation",
                article("comite", "", p("Un comité de pilotage se réunit deux fois par an. ", LONG), level=2),
                article("indicateurs", "", p("Les indicateurs sont les suivants\xa0:"), MERGED,
                        p("Les cibles sont revues chaque année."), level=2)),
        article("suivi-bis", "Dispositions transitoires", p(LONG * 3), frozen="4 bis"),
        article("litiges", "Litiges",
                p("Le tribunal administratif de Nice est compétent. ", Emphasis(t("Cette clause est d'ordre public."))),
                p("«\xa0Toute personne a droit au respect de ses données.\xa0»", role=Role.QUOTE)),
        Section((p("Tableau de suivi pluriannuel", role=Role.SUBHEAD), FINANCES)),
        article("divers", "Divers", p(LONG * 4), p(LONG * 6), p(LONG * 5)),
    )  # fmt: skip
    values: dict[str, object] = {
        "kind": "convention",
        "id": "convention-complete",
        "number": "2024 DGADSH CV 186",
        "title": "Convention relative à l'accompagnement des personnes & à l'évaluation",
        "scheme": SCHEME,
        "letterhead": (
            "Direction générale des services départementaux",
            "Direction générale adjointe pour le développement des solidarités humaines",
            "Direction de l'insertion et des luttes contre la fraude et la précarité énergétique",
            "Service du pilotage et du contrôle des parcours d'insertion",
        ),
        "mention": "Exemple de démonstration, sans valeur juridique",
        "zones": (
            Zone("cartouche", (p("Date de notification\xa0: ", FillIn("notification", 30), role=Role.FRAME),
                               p("Numéro d'enregistrement\xa0: 2024-186", role=Role.FRAME))),
            Zone("intitule", (p("CONVENTION N°\xa02024 DGADSH CV 186", role=Role.NUMBER),
                              p("relative à l'accompagnement des personnes en recherche d'emploi", role=Role.TITLE),
                              p("(années 2024 à 2026)", role=Role.SUBTITLE))),
            Zone("sommaire", (TableOfContents(2),)),
            parties(),
            Zone("visas", (p("Vu la loi n°\xa02008-1249 du 1er décembre 2008 généralisant le revenu de solidarité "
                             "active et réformant les politiques d'insertion\xa0;", role=Role.VISA),
                           p("Vu la délibération de l'assemblée départementale du 7 juin 2024\xa0;", role=Role.VISA),
                           p("Considérant l'intérêt départemental de l'action\xa0;", role=Role.CONSIDERANT))),
            Zone("convenu", (p("Il est convenu ce qui suit\xa0:", role=Role.FORMULA),)),
            Zone("articles", articles),
            Zone("signatures", (p("Fait à Nice, le ", FillIn("date", 24), ", en deux exemplaires originaux.",
                                  role=Role.CLOSING), SIGNATURES)),
        ),
        "annexes": (
            Annexe("annexe-bilan", t("Bilan & indicateurs"),
                   (article("a1", "Présentation", p(LONG)), article("a2", "Résultats", MERGED))),
            Annexe("annexe-tableau", t("Tableau financier"), (FINANCES, p("Fin du tableau.")), orientation="paysage"),
            Annexe("annexe-charte", t("Charte"), (article("c1", "", p(LONG)), PageBreak(), p("Dernière page."))),
        ),
        "provenance": Provenance("conventions/complete.yaml", (("objet", "2"), ("litiges", "1")), "subvention"),
        **more,
    }  # fmt: skip
    return number_acte(Acte(**values))  # type: ignore[arg-type]
