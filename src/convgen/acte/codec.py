"""The tree as plain data (for JSON) and back. Nothing here knows files.

A node becomes a mapping: ``type`` holds the name of its class, then come its fields; a field that
has its default value is left out. Tuples become lists, an exact ``Decimal`` becomes
``{"decimal": "300000.00"}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache

from convgen.acte import nodes
from convgen.acte.nodes import Acte, Role
from convgen.errors import DefinitionError, Diagnostic

_TYPES: dict[str, type] = {
    name: one for name, one in vars(nodes).items() if isinstance(one, type) and is_dataclass(one)
}


def to_data(acte: Acte) -> dict[str, object]:
    """The act as mappings, lists, texts, whole numbers and booleans only."""
    return _node_to_data(acte)


def from_data(data: Mapping[str, object]) -> Acte:
    """The act that `to_data` was given.

    Raises:
        DefinitionError: The data are not those of a tree.
    """
    acte = _from_data(data)
    if not isinstance(acte, Acte):
        raise _wrong("DEF-03", "ces données ne sont pas un acte", "La racine est un nœud « Acte ».")
    return acte


@cache
def _fields(name: str) -> tuple[Field[object], ...]:
    return fields(_TYPES[name])


def _is_default(one: Field[object], value: object) -> bool:
    if one.default is not MISSING:
        return type(value) is type(one.default) and value == one.default
    return one.default_factory is not MISSING and value == one.default_factory()


def _node_to_data(node: object) -> dict[str, object]:
    data: dict[str, object] = {"type": type(node).__name__}
    for one in _fields(type(node).__name__):
        value = getattr(node, one.name)
        if not _is_default(one, value):
            data[one.name] = _to_data(value)
    return data


def _to_data(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case tuple() | list():
            return [_to_data(one) for one in value]
        case Mapping():
            return {str(key): _to_data(one) for key, one in value.items()}
    return _node_to_data(value)


def _wrong(code: str, message: str, remedy: str = "") -> DefinitionError:
    return DefinitionError(Diagnostic(code, message, remedy=remedy))


def _from_data(data: object) -> object:
    if isinstance(data, list):
        return tuple(_from_data(one) for one in data)
    if not isinstance(data, Mapping):
        return data
    if set(data) == {"decimal"}:
        try:
            return Decimal(str(data["decimal"]))
        except InvalidOperation:
            raise _wrong("DON-07", f"« {data['decimal']} » n'est pas un nombre") from None
    return _node_from_data(data)


def _node_from_data(data: Mapping[object, object]) -> object:
    name = str(data.get("type", ""))
    kind = _TYPES.get(name)
    if kind is None:
        raise _wrong("DEF-03", f"le nœud « {name} » n'existe pas", "Le fichier vient-il d'une autre version ?")
    values = {str(key): _field_from_data(name, str(key), value) for key, value in data.items() if key != "type"}
    try:
        made: object = kind(**values)
    except TypeError:
        raise _wrong("DEF-02", f"un champ du nœud « {name} » manque ou est inconnu") from None
    return made


def _field_from_data(name: str, field: str, value: object) -> object:
    # The only fields whose type the data do not say by themselves.
    if (name, field) == ("Paragraph", "role"):
        try:
            return Role(str(value))
        except ValueError:
            raise _wrong("DEF-04", f"le rôle « {value} » n'existe pas") from None
    if (name, field) == ("Provenance", "details"):
        return dict(value) if isinstance(value, Mapping) else {}
    return _from_data(value)
