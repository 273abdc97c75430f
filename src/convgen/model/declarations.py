"""The declaration of a datum: a question of a modèle, a parameter of a clause, or a field of a group."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import PlainValidator, WithJsonSchema

from convgen.errors import Place, Report
from convgen.model.problems import validate
from convgen.model.schema.base import (
    Choice,
    Donnees,
    Empty,
    Entier,
    Fiche,
    OuiNon,
    PlacedMapping,
    Texte,
    fault,
    key,
)
from convgen.source.yaml import MappingNode, Node, PlacedText, SequenceNode, as_node

TYPES = (
    "montant",
    "prix unitaire",
    "pourcentage",
    "date",
    "durée",
    "période",
    "nombre",
    "texte",
    "oui/non",
    "choix",
    "liste de",
    "groupe",
    "personne",
    "imputation",
    "échéancier",
    "versements",
    "partie",
    "jeu",
)

_ANY: dict[str, object] = {
    "anyOf": [{"type": ["string", "number"]}, {"type": "array"}, {"type": "object", "additionalProperties": True}]
}


def _node(value: object) -> Node:
    """The YAML node of any value: it is typed later, by the type of the datum."""
    match value:
        case PlacedText() | PlacedMapping():
            return value.node
        case list() if value:
            items = tuple(_node(one) for one in value)
            return SequenceNode(items, items[0].place)
        case Empty():
            raise fault("DEF-03", "cette clé n'a pas de valeur", "Écrivez son contenu, ou retirez la clé.")
        case _:
            return as_node(value, Place(""))


Valeur = Annotated[Node, PlainValidator(_node), WithJsonSchema(_ANY)]
TypeDonnee = Annotated[str, Choice(TYPES)]


class Declaration(Fiche):
    """What a datum is. Without `type`, the datum is typed by its look (`typed.guess_type`)."""

    label: ClassVar[str] = "la donnée"
    type: TypeDonnee | None = key("Le type de la donnée.", examples=("montant", "date", "groupe"))
    libelle: Texte | None = key("Ce qu'est la donnée : c'est l'indice du blanc quand elle manque.")
    aide: Texte | None = key("Une explication, pour qui remplit.")
    defaut: Valeur | None = key("La valeur quand personne n'en donne.", examples=("non", "30 jours calendaires"))
    par: Annotated[str, Choice(("exercice",))] | None = key("« exercice » : une valeur par année de « exercices ».")
    calcul: Texte | None = key("L'expression qui la calcule.", examples=("somme(volets.montant)", "tarif * abonnes"))
    arrondi: Texte | None = key("L'arrondi du calcul.", examples=("centime", "euro inférieur", "0,01 %"))
    verifie: OuiNon = key("La valeur donnée est comparée à la valeur calculée.", default=False)
    donne: Valeur | None = key("La valeur donnée, à côté du calcul : elle est vérifiée.", examples=("17 402 €",))
    parmi: Valeur | None = key(
        "Les choix et leurs libellés, ou le groupe dont les éléments sont pris.", examples=("volets",)
    )
    champs: dict[str, Declaration] | None = key("Les champs de chaque élément d'un groupe.")
    appellation: Texte | None = key("Le nom d'un élément du groupe, avec son article.", examples=("le volet",))
    decimales: Entier | None = key("Le nombre de décimales d'un pourcentage.")
    chaque: Donnees | None = key("Les valeurs que tous les éléments du groupe partagent.")
    unite: Texte | None = key("Ce que compte un nombre.", examples=("places",))
    de: TypeDonnee | None = key("Le type des éléments d'une liste.")
    role: Texte | None = key("Le rôle de la partie attendue.", examples=("financeur",))

    @property
    def hint(self) -> str:
        """What a blank asks for."""
        return str(self.libelle or "")


def declare(
    kind: str | None = None,
    *,
    calcul: PlacedText | None = None,
    defaut: Node | None = None,
    parmi: Node | None = None,
) -> Declaration:
    """A declaration that nobody typed: its parts are right by construction."""
    return Declaration.model_construct(type=kind, calcul=calcul, defaut=defaut, parmi=parmi)


# A mapping with one of these keys declares a datum; any other mapping is a value.
_SIGNS = ("type", "calcul", "donne")


def is_declaration(node: Node) -> bool:
    """Whether a node under `donnees` declares a datum, and is not its value (a group, values per exercice).

    Payments are a value, also when their `type` is recalled.
    """
    return (
        isinstance(node, MappingNode)
        and node.get("versements") is None
        and any(_is_scalar(node.get(sign)) for sign in _SIGNS)
    )


def _is_scalar(node: Node | None) -> bool:
    return node is not None and not isinstance(node, MappingNode | SequenceNode)


def read_declarations(node: MappingNode | None, report: Report, path: str = "donnees") -> dict[str, Declaration]:
    """The declarations under `donnees` of a modèle or `parametres` of a clause, in their order.

    An entry that is a value and no declaration becomes a datum with that default.

    Args:
        node: the mapping; None for none.
        report: receives DEF-01 to DEF-04.
        path: the path of the mapping in its file.
    """
    declarations: dict[str, Declaration] = {}
    for name, value in node.entries if node else ():
        if is_declaration(value):
            declaration, _ = validate(Declaration, value, report, f"{path}.{name.text}")
            declarations[name.text] = declaration or Declaration()
        else:
            declarations[name.text] = declare(defaut=value)
    return declarations
