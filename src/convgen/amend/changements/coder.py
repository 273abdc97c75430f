"""The changes as plain data, in the words of Akoma Ntoso (`textualMod`), and back.

Someone who has only the base and these data gets the new version: old texts are the preconditions, new ones carry
their values and references. Nothing here knows files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from convgen.acte.nodes import (
    Blank,
    Emphasis,
    Exact,
    FillIn,
    Inline,
    Inlines,
    Reference,
    Strong,
    Superscript,
    Text,
    Value,
)
from convgen.amend.texte.arbre import Alinea, Line, Part, TableAlinea, TableCell, TableRow, alinea
from convgen.errors import DefinitionError, Diagnostic

_T = TypeVar("_T")


def wrong(message: str) -> DefinitionError:
    """AVE-04, these data are no changes."""
    remedy = "Donnez un fichier produit par « convgen comparer --json »."
    return DefinitionError(Diagnostic("AVE-04", message, remedy=remedy))


def mapping(data: object) -> Mapping[str, object]:
    """The data, when they are a mapping.

    Raises:
        DefinitionError: AVE-04, they are not.
    """
    if not isinstance(data, Mapping):
        raise wrong("un bloc est attendu dans les modifications")
    return data


def items(data: object, read: Callable[[object], _T]) -> tuple[_T, ...]:
    """The items of a list, read one by one.

    Raises:
        DefinitionError: AVE-04, the data are no list.
    """
    if not isinstance(data, list | tuple):
        raise wrong("une liste est attendue dans les modifications")
    return tuple(read(one) for one in data)


def text(data: object) -> str:
    """A text.

    Raises:
        DefinitionError: AVE-04, the data are no text.
    """
    if not isinstance(data, str):
        raise wrong("un texte est attendu dans les modifications")
    return data


def whole(data: object) -> int:
    """A whole number that is not negative.

    Raises:
        DefinitionError: AVE-04, the data are none.
    """
    if not isinstance(data, int) or isinstance(data, bool) or data < 0:
        raise wrong("un nombre entier est attendu dans les modifications")
    return data


# --- inlines ------------------------------------------------------------------------------------------------


def inlines_to_data(line: Inlines) -> list[object]:
    """A line: texts as they are, the rest as mappings."""
    return [_inline_to_data(node) for node in line]


def _inline_to_data(node: Inline) -> object:
    match node:
        case Text():
            return node.text
        case Value():
            return {"valeur": node.key, "genre": node.kind, "exact": exact_to_data(node.exact), "texte": node.text}
        case Blank():
            return {"blanc": node.key, "indice": node.hint, "texte": node.text}
        case FillIn():
            return {"a_remplir": node.key, "largeur": node.width}
        case Reference():
            return {
                "renvoi": node.target,
                "forme": node.form,
                "capitale": node.capital,
                "avant": node.before,
                "nom": node.noun,
                "numero": node.number,
            }
        case Strong():
            return {"gras": inlines_to_data(node.children)}
        case Emphasis():
            return {"italique": inlines_to_data(node.children)}
        case Superscript():
            return {"exposant": inlines_to_data(node.children)}
    raise TypeError(type(node).__name__)  # notes and breaks are not in the normal form


def inlines_from_data(data: object) -> Inlines:
    """The line that `inlines_to_data` was given."""
    return items(data, _inline_from_data)


def _inline_from_data(data: object) -> Inline:
    if isinstance(data, str):
        return Text(data)
    node = mapping(data)
    if "gras" in node:
        return Strong(inlines_from_data(node["gras"]))
    if "italique" in node:
        return Emphasis(inlines_from_data(node["italique"]))
    if "exposant" in node:
        return Superscript(inlines_from_data(node["exposant"]))
    return _leaf_from_data(node)


def _leaf_from_data(node: Mapping[str, object]) -> Inline:
    if "valeur" in node:
        exact = exact_from_data(node.get("exact"))
        if exact is None:
            raise wrong("une valeur des modifications n'a pas de valeur exacte")
        return Value(text(node.get("genre")), text(node["valeur"]), exact, text(node.get("texte")))
    if "blanc" in node:
        return Blank(text(node["blanc"]), text(node.get("indice")), text(node.get("texte")))
    if "a_remplir" in node:
        return FillIn(text(node["a_remplir"]), whole(node.get("largeur")))
    if "renvoi" in node:
        names = [text(node.get(name)) for name in ("renvoi", "forme", "avant", "nom", "numero")]
        return Reference(names[0], names[1], node.get("capitale") is True, *names[2:])
    raise wrong("un morceau de texte des modifications n'est pas reconnu")


def exact_to_data(exact: Exact | None) -> object:
    """An exact value; a decimal keeps its digits."""
    if isinstance(exact, Decimal):
        return {"decimal": str(exact)}
    return list(exact) if isinstance(exact, tuple) else exact


def exact_from_data(data: object) -> Exact | None:
    """The exact value that `exact_to_data` was given."""
    if isinstance(data, Mapping):
        try:
            return Decimal(str(data.get("decimal")))
        except InvalidOperation:
            raise wrong("un montant des modifications n'est pas un nombre") from None
    if isinstance(data, list):
        return items(data, text)
    if data is None or isinstance(data, str | int | bool):
        return data
    raise wrong("une valeur des modifications n'est pas reconnue")


# --- lines and parts ----------------------------------------------------------------------------------------


def line_to_data(line: Line) -> object:
    """An alinéa: its inlines, its place in lists when it has one; a table: its rows."""
    if isinstance(line, Alinea):
        words = inlines_to_data(line.inlines)
        mark = {"marque": line.marker} if line.marker else {}
        return {"liste": line.shape, **mark, "texte": words} if line.shape else words
    return {"tableau": [row_to_data(row) for row in line.rows], "entetes": line.headings}


def line_from_data(data: object) -> Line:
    """The alinéa that `line_to_data` was given."""
    if isinstance(data, Mapping) and "tableau" in data:
        return TableAlinea(items(data["tableau"], row_from_data), whole(data.get("entetes")))
    return alinea_from_data(data)


def alinea_from_data(data: object) -> Alinea:
    """The line of text that `line_to_data` was given."""
    if isinstance(data, Mapping):
        marker = text(data.get("marque", ""))
        return alinea(inlines_from_data(data.get("texte")), text(data.get("liste")), marker, literal=bool(marker))
    return alinea(inlines_from_data(data))


def row_to_data(row: TableRow) -> list[object]:
    """A row: its cells."""
    return [cell_to_data(cell) for cell in row.cells]


def row_from_data(data: object) -> TableRow:
    """The row that `row_to_data` was given."""
    return TableRow(items(data, cell_from_data))


def cell_to_data(cell: TableCell) -> dict[str, object]:
    """A cell: its lines, and what it covers when it is more than one column or row."""
    data: dict[str, object] = {"lignes": [line_to_data(line) for line in cell.lines]}
    if (cell.columns, cell.rows) != (1, 1):
        data |= {"colonnes": cell.columns, "rangees": cell.rows}
    return data


def cell_from_data(data: object) -> TableCell:
    """The cell that `cell_to_data` was given."""
    cell = mapping(data)
    lines = items(cell.get("lignes"), alinea_from_data)
    return TableCell(lines, whole(cell.get("colonnes", 1)), whole(cell.get("rangees", 1)))


def part_to_data(part: Part) -> dict[str, object]:
    """A part and all that it holds."""
    return {
        "id": part.id,
        "genre": part.kind,
        "niveau": part.level,
        "nom": part.noun,
        "numero": part.number,
        "etiquette": [part.label, part.separator],
        "titre": inlines_to_data(part.title.inlines),
        "alineas": [line_to_data(line) for line in part.lines],
        "divisions": [part_to_data(child) for child in part.children],
        "fichier": part.file,
        "clause": list(part.clause),
    }


def part_from_data(data: object) -> Part:
    """The part that `part_to_data` was given."""
    part = mapping(data)
    names = [text(part.get(name)) for name in ("id", "genre", "nom", "numero", "fichier")]
    clause = items(part.get("clause"), text)
    label = items(part.get("etiquette", ["", " "]), text)
    if len(clause) != 2 or len(label) != 2:
        raise wrong("la clause d'un article des modifications est mal écrite")
    return Part(
        names[0],
        names[1],
        whole(part.get("niveau")),
        names[2],
        names[3],
        alinea(inlines_from_data(part.get("titre"))),
        items(part.get("alineas"), line_from_data),
        items(part.get("divisions"), part_from_data),
        names[4],
        (clause[0], clause[1]),
        *label,
    )
