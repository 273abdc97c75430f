"""Acts that the tests of the bundle print."""

from __future__ import annotations

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Cell,
    Division,
    Inline,
    Level,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Reference,
    Role,
    Row,
    Scheme,
    Table,
    TableOfContents,
    Text,
    Zone,
)
from convgen.acte.numbering import number_divisions
from convgen.acte.references import Targets, resolve_references

SCHEME = Scheme((Level("titre", "TITRE ", "I", separator=" – "), Level(first_ordinal=True)))


def p(*parts: str | Inline, role: Role = Role.BODY) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in parts), role)


def steps(*words: str, style: str = "1.") -> ListBlock:
    return ListBlock(tuple(ListItem((p(one),)) for one in words), style, 1)


def article(ident: str, title: str, *blocks: Block, frozen: str = "") -> Division:
    return Division(ident, 1, (Text(title),), blocks, frozen_number=frozen)


def agreement(name: str, *, contents: bool = False, landscape: bool = True, frozen: bool = False) -> Acte:
    """An act of three articles, a list, a note, a reference, and an annexe that lies down."""
    table = Table((), (Row((Cell((p(f"{name} : dépenses"),)), Cell((p("300 000 €"),), "right"))),))
    articles = (
        article("objet", "Objet", p(f"Objet de {name}", Note((Text(f"Note de {name}."),)), ".")),
        article("duree", "Durée", p("Les étapes sont :"), steps(f"premier pas de {name}", "deuxième pas")),
        *((article("ajout", "Ajout", p("Ajouté."), frozen="2 bis"),) if frozen else ()),
        article("fin", "Fin", p("Voir l'", Reference("duree", before="", noun="article\xa0", number=""), "."),
                steps("reprise", "suite")),
    )  # fmt: skip
    acte = Acte(
        "convention", name, f"2024 {name.upper()}", f"Convention {name}",
        (
            Zone("intitule", (p(f"CONVENTION {name}", role=Role.TITLE),)),
            *((Zone("sommaire", (TableOfContents(1),)),) if contents else ()),
            Zone("articles", articles),
        ),
        (Annexe(f"a-{name}", (Text("Budget"),), (table, p(f"Fin de {name}.")),
                orientation="paysage" if landscape else "portrait"),),
        scheme=SCHEME, draft=name == "alpha",
        letterhead=(f"SERVICE DE {name.upper()}",),
    )  # fmt: skip
    return resolve_references(number_divisions(acte), Targets({}, {}))[0]
