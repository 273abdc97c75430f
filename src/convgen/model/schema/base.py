"""What every schema shares: the base model, and the scalar types that YAML text becomes.

Input is never plain Python: `to_input` turns YAML nodes into `PlacedMapping`, lists and
`PlacedText`, so that every model keeps its node and every text its place.
Errors carry one of our codes as their pydantic type; `model.problems` makes diagnostics of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, LiteralString

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from convgen.errors import Place, Report, fold, suggest
from convgen.source.nodes import folded
from convgen.source.yaml import MappingNode, Node, PlacedText, Scalar, SequenceNode, as_node

#: The place of what stands nowhere: an empty list.
NOWHERE = Place("")

BLOCK_REMEDY = "Passez à la ligne et écrivez ses clés en retrait, une par ligne."
LIST_REMEDY = "Passez à la ligne et écrivez un élément par ligne, précédé de « - »."

#: A YAML scalar as an editor sees it: numbers, dates and « oui » are typed without quotes.
SCALAR_JSON: dict[str, object] = {"type": ["string", "number"]}


class Empty:
    """A key typed without a value."""


EMPTY = Empty()


class PlacedMapping(dict[str, object]):
    """A YAML mapping on its way to a model: its node, and its path in the definition."""

    __slots__ = ("node", "path")

    def __init__(self, node: MappingNode, path: str) -> None:
        super().__init__()
        self.node = node
        self.path = path


def to_input(node: Node, path: str = "") -> object:
    """A YAML node as the models read it: every scalar is its text, an empty one is `EMPTY`."""
    match node:
        case Scalar(value=None):
            return EMPTY
        case Scalar(text=typed):
            text = PlacedText(typed)
            text.node = node
            return text
        case SequenceNode(items=items):
            return [to_input(item, f"{path}[{rank}]") for rank, item in enumerate(items)]
        case MappingNode(entries=entries):
            mapping = PlacedMapping(node, path)
            for name, value in entries:
                mapping[name.text] = to_input(value, f"{path}.{name.text}" if path else name.text)
            return mapping


def fault(code: LiteralString, message: str, remedy: str = "") -> PydanticCustomError:
    """A validation error that will become a diagnostic of this code."""
    return PydanticCustomError(code, "{message}", {"message": message, "remedy": remedy})


class Fiche(BaseModel):
    """A mapping of a definition. Keys are folded (case, accents); unknown ones are reported, then ignored.

    The context of the validation is the `Report` that receives unknown keys.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)
    _node: MappingNode | None = PrivateAttr(None)
    #: What people call this mapping, in messages ("la partie").
    label: ClassVar[str] = ""
    #: What stands for a required key that is wrong or absent, so that the rest is still checked.
    stand_ins: ClassVar[dict[str, str]] = {}
    #: Names that people try, and the key each one is: it is refused by that name, and its value still checked.
    meant: ClassVar[dict[str, str]] = {}

    @model_validator(mode="wrap")
    @classmethod
    def _fold_keys(cls, data: Any, handler: ModelWrapValidatorHandler[Any], info: ValidationInfo) -> Any:
        if not isinstance(data, PlacedMapping):
            return handler(data)
        known = cls.__pydantic_fields__
        kept: dict[str, object] = {}
        for key, value in data.items():
            name = folded(key)
            if name in known:
                kept[name] = value
            elif isinstance(info.context, Report) and cls.model_config.get("extra") == "forbid":
                meant = cls.meant.get(name, "")
                _unknown_key(data, key, sorted(known), info.context, meant)
                if meant:
                    kept.setdefault(meant, value)
        model = handler(kept)
        model._node = data.node
        return model

    @property
    def node(self) -> MappingNode | None:
        """The mapping as typed."""
        return self._node

    @property
    def place(self) -> Place | None:
        """Where the mapping stands."""
        return self._node.place if self._node is not None else None

    def place_of(self, key: str) -> Place | None:
        """Where the value of a key stands; the mapping itself when the key is absent."""
        found = self.node_of(key)
        return found.place if found is not None else self.place

    def node_of(self, key: str) -> Node | None:
        """The node of a key's value."""
        return self._node.get(key) if self._node is not None else None

    def gives(self, key: str) -> bool:
        """Whether the key is typed here."""
        return key in self.__pydantic_fields_set__


def _unknown_key(data: PlacedMapping, key: str, known: list[str], report: Report, meant: str = "") -> None:
    place = data.node.key_place(key) or data.node.place
    path = f"{data.path}.{key}" if data.path else key
    remedy = f"Vouliez-vous dire « {meant} » ?" if meant else suggest(key, known, "Clés possibles")
    report.error("DEF-01", f"clé inconnue : « {key} »", place, path, remedy=remedy)


def _scalar(value: object, what: str) -> PlacedText:
    if isinstance(value, PlacedText):
        return value
    if isinstance(value, Empty):
        raise fault("DEF-03", "cette clé n'a pas de valeur", f"Écrivez {what}, ou retirez la clé.")
    shape = "une liste" if isinstance(value, list) else "un bloc de clés"
    remedy = f"Écrivez {what} sur la même ligne que la clé, entre guillemets si besoin."
    raise fault("DEF-03", f"{what} est attendu ici, et non {shape}", remedy)


def _text(value: object) -> PlacedText:
    return _scalar(value, "un texte")


def _texts(value: object) -> tuple[PlacedText, ...]:
    if isinstance(value, list):
        return tuple(_text(one) for one in value)
    return (_text(value),)


def _identifier(value: object) -> PlacedText:
    text = _scalar(value, "un identifiant")
    if not re.fullmatch(r"[a-z0-9]+([-.][a-z0-9]+)*", text):
        proposal = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
        raise fault(
            "DEF-05",
            f"« {text} » n'est pas un identifiant",
            f"Un identifiant s'écrit en minuscules sans accent, avec des tirets : « {proposal} ».",
        )
    return text


def _yes(value: object) -> bool:
    text = _scalar(value, "« oui » ou « non »")
    match folded(text):
        case "oui":
            return True
        case "non":
            return False
    raise fault("DEF-04", f"« {text} » n'est ni « oui » ni « non »", "Écrivez « oui » ou « non ».")


def _day(value: object) -> date:
    text = _scalar(value, "une date")
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text.strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else _no_date(text)
    except ValueError:
        return _no_date(text)


def _no_date(text: str) -> date:
    raise fault("DON-04", f"« {text} » n'est pas une date", "Une date s'écrit année-mois-jour : 2024-06-07.")


def _whole(value: object) -> int:
    return whole_number(value, "Écrivez-le en chiffres, sans espace : 2026.")


def whole_number(value: object, remedy: str) -> int:
    """A number of nine figures at most; DON-07 with this remedy otherwise."""
    text = _scalar(value, "un nombre entier")
    if not re.fullmatch(r"\d{1,9}", text):
        raise fault("DON-07", f"« {text} » n'est pas un nombre entier", remedy)
    return int(text)


Texte = Annotated[PlacedText, PlainValidator(_text), WithJsonSchema(SCALAR_JSON)]
Textes = Annotated[
    tuple[PlacedText, ...],
    PlainValidator(_texts),
    WithJsonSchema({"anyOf": [SCALAR_JSON, {"type": "array", "items": SCALAR_JSON}]}),
]
Liste = Annotated[
    tuple[PlacedText, ...], PlainValidator(_texts), WithJsonSchema({"type": "array", "items": SCALAR_JSON})
]
Identifiant = Annotated[
    PlacedText,
    PlainValidator(_identifier),
    WithJsonSchema({"type": ["string", "number"], "pattern": "^[a-z0-9]+([-.][a-z0-9]+)*$"}),
]
Nom = Annotated[PlacedText, PlainValidator(_text), WithJsonSchema({"type": "string"})]
OuiNon = Annotated[bool, PlainValidator(_yes), WithJsonSchema({"enum": ["oui", "non"]})]
Jour = Annotated[
    date, PlainValidator(_day), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
]
Entier = Annotated[int, PlainValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]


@dataclass(frozen=True, slots=True)
class Choice:
    """An annotation: one text among several, compared without case and accents, given back as declared."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"enum": list(self.values)}

    def _check(self, value: object) -> str:
        text = _scalar(value, "un mot de la liste")
        for one in self.values:
            if folded(one) == folded(text):
                return one
        raise fault("DEF-04", f"« {text} » n'est pas une valeur possible", suggest(text, self.values, "Valeurs"))


def _placed_node(value: object) -> Node:
    """The node of a value; what a list holds keeps its places."""
    if isinstance(value, PlacedMapping):
        return value.node
    if isinstance(value, list | tuple):
        return SequenceNode(tuple(_placed_node(one) for one in value), NOWHERE)
    return as_node(value, NOWHERE)


@dataclass(frozen=True, slots=True)
class AsNode:
    """An annotation: the value stays a YAML node, to be typed later by someone else.

    `kind` is "mapping" or "any"; `json_schema` describes it to editors.
    """

    kind: str
    json_schema: Callable[[GetJsonSchemaHandler], JsonSchemaValue]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.json_schema(handler)

    def _check(self, value: object) -> object:
        if isinstance(value, PlacedMapping):
            return value.node
        if isinstance(value, Empty):
            raise fault("DEF-03", "cette clé n'a pas de valeur", "Écrivez son contenu, ou retirez la clé.")
        if self.kind == "mapping":
            raise fault("DEF-03", "un bloc de clés est attendu ici", BLOCK_REMEDY)
        return _placed_node(value)


def _open_schema(_: GetJsonSchemaHandler) -> JsonSchemaValue:
    return {"type": "object", "additionalProperties": True}


def _declared(handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Declarations, described to editors; the model is imported late, since it stands on this module."""
    from convgen.model.declarations import Declaration

    return {"type": "object", "additionalProperties": handler(Declaration.__pydantic_core_schema__)}


def _declared_or_given(handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    declared = _declared(handler)["additionalProperties"]
    values = {"type": ["string", "number", "array", "object"]}
    return {"type": "object", "additionalProperties": {"anyOf": [declared, values]}}


Donnees = Annotated[MappingNode, AsNode("mapping", _open_schema)]
Declarations = Annotated[MappingNode, AsNode("mapping", _declared)]
DonneesActe = Annotated[MappingNode, AsNode("mapping", _declared_or_given)]


def key(description: str, *, required: bool = False, examples: tuple[object, ...] = (), default: Any = None) -> Any:
    """The declaration of a key: its French description for editors and for the reference page."""
    return Field(... if required else default, description=description, examples=list(examples) or None)


def shape_of(value: object) -> str:
    """The tag that tells apart the shapes of a union, before any validation."""
    if isinstance(value, list):
        return "<liste>"
    return "<bloc>" if isinstance(value, PlacedMapping) else "<texte>"
