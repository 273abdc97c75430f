"""Nothing typed in a row may vanish: each field of a row written in the table is read by something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from convgen.errors import Diagnostic, suggest
from convgen.model.schema.tableau import Groupement, Tableau
from convgen.model.tables.columns import Column
from convgen.model.tables.source import Raw, SourceRow, plain_name
from convgen.model.typed import sentence
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode

_OWN = ("id", "hors_total")
_WORDS = re.compile(r"[^\W\d][\w-]*")
_TAGS = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)


def check_fields(
    spec: Tableau, columns: Sequence[Column], rows: Sequence[SourceRow], path: str
) -> Mapping[str, Sequence[Diagnostic]]:
    """What no column, no group and no condition reads, among what is typed in the rows of the table itself.

    Args:
        spec: the description of the table.
        columns: its columns.
        rows: its rows.
        path: the path of the table.

    Returns:
        For each row that has such fields, by identifier, DEF-01 with the nearest name that is read. A name that many
        rows give is said once.
    """
    if not isinstance(spec.lignes, SequenceNode | MappingNode):
        return {}
    shown = {plain_name(name) for column in columns for name in _of_column(column)}
    read = shown | {plain_name(word) for word in (*_of_table(spec), *_of_formulas(columns))} | set(_OWN)
    taken = sum(column.rank >= 0 for column in columns)
    found: dict[str, Sequence[Diagnostic]] = {}
    said: set[str] = set()
    for row in rows:
        names = [name for name, one in row.fields.items() if plain_name(name) not in read and isinstance(one, Raw)]
        extra = (row.cells or ())[taken:]
        if names or extra:
            fresh = [_unread(row, name, shown, path) for name in names if name not in said]
            found[row.id] = [*fresh, *(_too_many(row, one, taken, path) for one in extra)]
            said |= set(names)
    return found


def _unread(row: SourceRow, name: str, shown: set[str], path: str) -> Diagnostic:
    typed = row.fields[name]
    place = typed.node.place if isinstance(typed, Raw) else row.place
    lacking = shown - {plain_name(own) for own in row.fields}
    remedy = suggest(name, lacking or shown, "Champs lus")
    message = f"rien ne lit « {name} », que donne la ligne « {row.id} »"
    return Diagnostic("DEF-01", sentence(message), place, f"{path}.lignes", "", remedy)


def _too_many(row: SourceRow, cell: Raw, taken: int, path: str) -> Diagnostic:
    message = f"la ligne « {row.id} » a plus de cellules que le tableau n'a de colonnes à remplir ({taken})"
    return Diagnostic("DEF-01", sentence(message), cell.node.place, f"{path}.lignes", "", "Retirez cette cellule.")


def _of_column(column: Column) -> Iterator[str]:
    yield from column.fields
    for name in column.value.names if column.value is not None else ():
        yield name[0]
    if column.template is not None:
        yield from _words(column.template.text)


def _of_formulas(columns: Sequence[Column]) -> Iterator[str]:
    """What calculations read, and their own letters: a figure given there is verified."""
    for column in columns:
        if column.formula is not None:
            yield column.key
            yield from (name[0] for name in column.formula.names)


def _of_table(spec: Tableau) -> Iterator[str]:
    """The words of the groups, the conditions and the texts of the table."""
    for condition in (spec.si, spec.sauf, spec.hors_total):
        yield from _node_words(condition)
    texts = [spec.trier, spec.bande, spec.sous_total, spec.total]
    for level in _levels(spec):
        texts += [level.par, level.titre, level.bande, level.sous_total]
    for text in (one for one in texts if one is not None):
        yield from _WORDS.findall(text) if "{" not in text else _words(text)
    if isinstance(spec.grouper, str):
        yield from _WORDS.findall(spec.grouper)


def _levels(spec: Tableau) -> tuple[Groupement, ...]:
    match spec.grouper:
        case Groupement():
            return (spec.grouper,)
        case tuple():
            return spec.grouper
        case _:
            return ()


def _words(text: str) -> Iterator[str]:
    """The words between the braces of a text, whole and in parts: « fiche.titre »."""
    for tag in _TAGS.findall(text):
        yield from _WORDS.findall(tag)


def _node_words(node: Node | None) -> Iterator[str]:
    match node:
        case Scalar(text=text):
            yield from _WORDS.findall(text)
        case SequenceNode(items=items):
            for one in items:
                yield from _node_words(one)
        case MappingNode(entries=entries):
            for name, one in entries:
                yield from _WORDS.findall(name.text)
                yield from _node_words(one)
