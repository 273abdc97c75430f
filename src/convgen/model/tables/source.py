"""Where the rows of a table come from: a list of the jeu, rows typed in, a file, or a blank form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from convgen.errors import Place, Report, fold, suggest
from convgen.model.scope import Steppable, step
from convgen.model.tables.cells import Reading, cell_of, read_cell
from convgen.model.tables.jeu import typed_value
from convgen.model.tables.table import PLAIN, CellData, Names, like
from convgen.model.values import DataValue, GroupItem, GroupValue, ListValue, TextSource, TextValue
from convgen.source.sheets import Sheet, SheetCell
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode

MAX_BLANK = 200


@dataclass(eq=False, slots=True)
class Raw(Steppable):
    """A cell as typed, given a type only when its column has one. Expressions read it by its look.

    Attributes:
        where: « Budget!B7 », for a cell of a file: its text is plain, neither Jinja nor Markdown.
        above: for a cell merged with those above it, the one that holds their text.
    """

    node: Node
    where: str = ""
    above: str = ""
    kept: DataValue | None = None

    @property
    def empty(self) -> bool:
        """Nothing was typed there."""
        return isinstance(self.node, Scalar) and not self.node.text.strip()

    def step(self, part: str) -> object:
        """One name further."""
        return step(self.final(), part)

    def final(self) -> object:
        """Its value, by its look."""
        if self.kept is None:
            self.kept = self._value()
        return self.kept

    def _value(self) -> DataValue:
        found = typed_value(self.node, "", Report())
        if self.where and isinstance(found, TextValue):
            return replace(found, source=_plain(found.source))
        return found

    def cell(self, reading: Reading, key: str) -> CellData:
        """Its cell, in the type of its column."""
        made = read_cell(self.node, reading, key, self.where)
        if not self.where:
            return made
        lines = (one if one.source is None else replace(one, source=_plain(one.source)) for one in made.lines)
        return replace(made, lines=tuple(lines))


def _plain(source: TextSource) -> TextSource:
    return replace(source, what=PLAIN)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row before it is computed.

    Attributes:
        id: its identifier, unique in the table.
        fields: what its columns read first: values, or cells as typed.
        names: what they read next: the item it comes from, the item above.
        parent: the identifier of the item above, "" for none.
        blank: a row of a blank form.
    """

    id: str
    fields: Mapping[str, object]
    names: Names
    place: Place
    parent: str = ""
    blank: bool = False
    cells: tuple[Raw, ...] | None = field(default=None)

    def value_of(self, name: str) -> object | None:
        """A field by its name, whatever its accents, case and hyphens."""
        found = field_named(name, self.fields)
        return self.fields[found] if found is not None else None


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """« Date de début » → "date_de_debut": how columns name the columns of a file."""
    return "_".join(re.findall(r"[a-z0-9]+", fold(text)))


def field_named(name: str, known: Mapping[str, object]) -> str | None:
    """The known field that is this one."""
    if name in known:
        return name
    wanted = plain_name(name)
    return next((one for one in known if plain_name(one) == wanted), None)


def singular(name: str) -> str:
    """« fiches » → "fiche": what one item of a list is called."""
    return name[:-1] if name.endswith(("s", "x")) else name


def item_rows(path: tuple[str, ...], names: Names, place: Place, report: Report) -> list[SourceRow] | None:
    """The rows of `fiches` or `fiches.indicateurs`; None when there is no such list, which is reported."""
    first = like(path[0], names)
    found = names[first] if first is not None else None
    if not isinstance(found, GroupValue | ListValue):
        lists = [name for name, one in names.items() if isinstance(one, GroupValue | ListValue)]
        remedy = suggest(path[0], lists, "Listes")
        report.error("DON-10", f"« {path[0]} » n'est pas une liste du jeu", place, "lignes", remedy=remedy)
        return None
    rows = [_item_row(item, path[0], {}, place) for item in _items(found)]
    for name in path[1:]:
        below = [one for row in rows for one in _below(row, name, place)]
        if rows and not below and not any(field_named(name, row.fields) for row in rows):
            known = {key for row in rows for key in row.fields}
            remedy = suggest(name, known, "Champs")
            report.error("DON-10", f"aucune ligne n'a de « {name} »", place, "lignes", remedy=remedy)
            return None
        rows = below
    return rows


def _items(found: object) -> Iterator[GroupItem]:
    if isinstance(found, GroupValue | ListValue):
        for rank, item in enumerate(found.items, start=1):
            if isinstance(item, GroupItem):
                yield item
            else:
                yield GroupItem(item.key, str(rank), rank, {"valeur": item})


def _item_row(item: GroupItem, list_name: str, names: Names, place: Place, parent: str = "") -> SourceRow:
    fields: dict[str, object] = {"id": item.id, "rang": item.rank, "numero": item.rank, **item.fields}
    ident = f"{parent}.{item.id}" if parent else item.id
    return SourceRow(ident, fields, {**names, singular(list_name): item}, place, parent)


def _below(row: SourceRow, name: str, place: Place) -> Iterator[SourceRow]:
    found = row.value_of(name)
    above = {**row.names, **{key: one for key, one in row.fields.items() if key not in ("id", "rang", "numero")}}
    for item in _items(found):
        yield _item_row(item, name, above, place, row.id)


def typed_rows(nodes: Iterable[Node], report: Report, path: str) -> list[SourceRow]:
    """Rows written in the table itself: blocks of fields, or lists of cells in the order of the columns."""
    rows = []
    for rank, node in enumerate(nodes, start=1):
        match node:
            case MappingNode(entries=entries):
                ident = node.get("id")
                name = ident.text if isinstance(ident, Scalar) else str(rank)
                fields = {key.text: Raw(one) for key, one in entries}
                rows.append(SourceRow(name, fields, {}, start_of(node)))
            case SequenceNode(items=items):
                cells = tuple(Raw(one) for one in items)
                rows.append(SourceRow(str(rank), {}, {}, start_of(node), cells=cells))
            case _:
                remedy = "Écrivez ses champs en dessous, ou une liste de cellules."
                report.error("DEF-03", "une ligne est un bloc ou une liste", node.place, path, remedy=remedy)
    _unique(rows, report, path)
    return rows


def start_of(node: Node) -> Place:
    """Where a node starts: that of a block kept as it is typed is known by what it holds."""
    match node:
        case MappingNode(entries=((name, first), *_)) if not node.place.file:
            return name.place if name.place.file else start_of(first)
        case SequenceNode(items=(first, *_)) if not node.place.file:
            return start_of(first)
        case _:
            return node.place


def _unique(rows: list[SourceRow], report: Report, path: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            report.error("FIC-09", f"la ligne « {row.id} » est en double", row.place, path)
        seen.add(row.id)


def sheet_rows(sheet: Sheet, report: Report, path: str) -> list[SourceRow] | None:
    """The rows of a file; the fields are named by its titles. None when two titles are one name (DEF-14)."""
    titles = [plain_name(cell.text) or f"colonne_{rank}" for rank, cell in enumerate(sheet.titles, start=1)]
    if not _distinct(titles, sheet, report, path):
        return None
    rows = []
    for rank, row in enumerate(sheet.rows, start=1):
        fields: dict[str, object] = dict(zip(titles, map(_file_cell, row), strict=True))
        rows.append(SourceRow(str(rank), fields, {}, row[0].place))
    return rows


def _file_cell(cell: SheetCell) -> Raw:
    above = cell.above if cell.above is not None and not cell.text else None
    text = above.text if above is not None else cell.text
    return Raw(Scalar(text, cell.place, text), cell.name, above.name if above is not None and above.text else "")


def _distinct(titles: list[str], sheet: Sheet, report: Report, path: str) -> bool:
    """Whether each title names one column: of two alike, nobody could tell which one is read."""
    seen: dict[str, SheetCell] = {}
    for name, cell in zip(titles, sheet.titles, strict=True):
        first = seen.setdefault(name, cell)
        if first is not cell:
            message = f"deux colonnes du fichier ont le même titre, « {cell.text} » : {first.name} et {cell.name}"
            report.error("DEF-14", message, cell.place, path, remedy="Donnez à chacune son titre dans le fichier.")
    return len(seen) == len(titles)


def blank_rows(count: int, by: str, names: Names, place: Place) -> list[SourceRow]:
    """The empty rows of a form, so many for each item of a list (`par: axe`), or in all."""
    count = min(count, MAX_BLANK)
    found = (names.get(one) for one in (by, f"{by}s", f"{by}x"))
    group = next((one for one in found if isinstance(one, GroupValue)), None)
    items: list[GroupItem | None] = list(_items(group)) or [None]
    rows = []
    for item in items:
        for rank in range(1, count + 1):
            fields: dict[str, object] = {} if item is None else {singular(by): item}
            ident = str(rank) if item is None else f"{item.id}.{rank}"
            rows.append(SourceRow(ident, fields, {}, place, blank=True))
    return rows


def as_cell(found: object, reading: Reading, key: str, place: Place) -> CellData:
    """The cell of a field."""
    return found.cell(reading, key) if isinstance(found, Raw) else cell_of(found, reading, key, place)
