"""A table from its description: rows, columns, groups, totals, in this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from convgen.errors import Place, Report
from convgen.model.expressions import UnknownNameError
from convgen.model.reserved import is_none
from convgen.model.schema.tableau import Groupement, Tableau
from convgen.model.tables.balance import build_balance
from convgen.model.tables.columns import Column, read_columns
from convgen.model.tables.filling import Filler
from convgen.model.tables.groups import FilledRow, Group, Layout, gather
from convgen.model.tables.lookup import AbsentHereError, RowReader, holding
from convgen.model.tables.reading import check_fields
from convgen.model.tables.source import SourceRow, blank_rows, item_rows, sheet_rows, typed_rows
from convgen.model.tables.table import WIDE, CellData, Names, TableData
from convgen.model.tables.totals import Figures, Totals, kinds_of
from convgen.model.values import DataValue, GroupItem, GroupValue, TextSource
from convgen.source.sheets import Sheet
from convgen.source.yaml import MappingNode, Node, PlacedText, Scalar, SequenceNode, plain

ReadSheet = Callable[[PlacedText, str, int, str], Sheet | None]
"""The table of a file: its name, the sheet, the row of titles, the path of the request."""


@dataclass(frozen=True, slots=True)
class Request:
    """What making one table needs.

    Attributes:
        names: the jeu, the act.
        funders: identifiers of the financeurs, folded.
        own: the field of the row that says it is printed for information.
    """

    id: str
    spec: Tableau
    path: str
    names: Names
    funders: frozenset[str]
    report: Report
    sheet: ReadSheet
    place: Place = field(default_factory=lambda: Place(""))

    @property
    def key(self) -> str:
        """The head of the keys of its values."""
        return f"tableau.{self.id}"


def build_table(request: Request) -> TableData | None:
    """The table; None when too little of it could be read, which is reported."""
    spec, report, path = request.spec, request.report, request.path
    if spec.recettes is not None or spec.depenses is not None:
        return build_balance(request.id, spec, request.names, request.path, report)
    before = len(report.errors)
    columns = read_columns(spec, request.names, path, report)
    rows = _rows(request)
    if rows is None or len(report.errors) > before:
        return None
    if not columns:
        remedy = "Écrivez « colonnes: », puis une colonne par ligne."
        report.error("DEF-24", f"le tableau « {request.id} » n'a pas de colonnes", spec.place, path, remedy=remedy)
        return None
    reader = RowReader(request.names, request.funders, report)
    rows = _chosen(rows, spec, reader, path)
    outside = _outside(rows, spec, reader, path)
    unread = check_fields(spec, columns, rows, path)
    filler = Filler(request.id, columns, reader, report, path, outside, frozenset(unread))
    filled = filler.fill(rows)
    if not filler.unnamed:  # a column that reads a wrong name leaves a field unread: one slip, said once
        report.extend(one for found in unread.values() for one in found)
    made = [FilledRow(row, cells, row.id in outside) for row, cells in zip(rows, filled, strict=True)]
    return _assembled(request, columns, made, reader)


# --- rows ---------------------------------------------------------------------------------------------


def _rows(request: Request) -> list[SourceRow] | None:
    spec, report, path = request.spec, request.report, request.path
    if spec.fichier is not None:
        sheet = request.sheet(spec.fichier, str(spec.feuille or ""), spec.entete, f"{path}.fichier")
        return sheet_rows(sheet, report, f"{path}.fichier") if sheet is not None else None
    match spec.lignes:
        case Scalar(text=text) as node:
            parts = tuple(text.strip().removeprefix("jeu.").split("."))
            return item_rows(parts, request.names, node.place, report)
        case SequenceNode(items=items):
            return typed_rows(items, report, f"{path}.lignes")
        case MappingNode() as node if node.get("vides") is not None:
            return _blank(node, request)
        case MappingNode(entries=entries):
            named = [MappingNode((*_with_id(name, one), *one.entries), one.place)
                     for name, one in entries if isinstance(one, MappingNode)]  # fmt: skip
            return typed_rows(named, report, f"{path}.lignes")
    remedy = "Écrivez « lignes: fiches », des lignes, ou « fichier: … »."
    report.error("DEF-24", f"le tableau « {request.id} » n'a pas de lignes", spec.place, path, remedy=remedy)
    return None


def _with_id(name: Scalar, block: MappingNode) -> tuple[tuple[Scalar, Node], ...]:
    if block.get("id") is not None:
        return ()
    return ((Scalar("id", name.place, "id"), Scalar(name.text, name.place, name.text)),)


def _blank(node: MappingNode, request: Request) -> list[SourceRow]:
    count, by = node.get("vides"), node.get("par")
    number = int(count.text) if isinstance(count, Scalar) and count.text.strip().isdigit() else 0
    if number < 1:
        request.report.error("DEF-04", "« vides » est un nombre de lignes", node.place, f"{request.path}.lignes")
    return blank_rows(number, by.text.strip() if isinstance(by, Scalar) else "", request.names, node.place)


def _chosen(rows: list[SourceRow], spec: Tableau, reader: RowReader, path: str) -> list[SourceRow]:
    """The rows that `si` keeps and `sauf` lets by, in the order of `trier`."""
    if spec.si is not None:
        rows = [row for row, kept in holding(spec.si, rows, reader, f"{path}.si") if kept]
    if spec.sauf is not None:
        rows = [row for row, out in holding(spec.sauf, rows, reader, f"{path}.sauf") if not out]
    if spec.trier is None:
        return rows
    name = str(spec.trier).strip()
    return sorted(rows, key=lambda row: sort_key(_value(row, name, reader)))


def _value(row: SourceRow, name: str, reader: RowReader) -> object:
    try:
        return reader.lookup(tuple(name.split(".")), reader.roots(row, {}))
    except (AbsentHereError, UnknownNameError):
        return None


def sort_key(value: object) -> tuple[int, object]:
    """Figures and days first, in their order, then texts, then nothing."""
    found = getattr(value, "value", value)
    source = getattr(value, "source", None)
    if isinstance(source, TextSource):
        found = source.text.casefold()
    if found is None:
        return (9, "")
    kinds = ("Decimal", "int", "date", "str")
    kind = type(found).__name__
    return (kinds.index(kind) // 2 if kind in kinds else 8, found if kind in kinds else str(found))


def _outside(rows: Sequence[SourceRow], spec: Tableau, reader: RowReader, path: str) -> frozenset[str]:
    """The rows printed for information: those that say so, and those of `hors_total`."""
    said = {row.id for row in rows if _says_yes(row.value_of("hors_total"))}
    if spec.hors_total is not None:
        said |= {row.id for row, out in holding(spec.hors_total, rows, reader, f"{path}.hors_total") if out}
    return frozenset(said)


def _says_yes(found: object) -> bool:
    node = getattr(found, "node", None)
    return (isinstance(node, Scalar) and node.text.strip().casefold() == "oui") or getattr(found, "value", None) is True


# --- groups and totals --------------------------------------------------------------------------------


def _assembled(
    request: Request, columns: tuple[Column, ...], rows: Sequence[FilledRow], reader: RowReader
) -> TableData:
    spec, report = request.spec, request.report
    totals = Totals(request.id, columns, kinds_of(columns, [row.cells for row in rows]), report)
    levels = _levels(spec)
    groups = gather(rows, levels, reader, request.path)
    figures: dict[str, Figures] = {}

    def sums(group: Group) -> Figures:
        if group.id not in figures:
            figures[group.id] = totals.of(group.counted(), f"{request.key}.sous_total.{group.id}")
        return figures[group.id]

    def subtotal(group: Group) -> Mapping[str, CellData]:
        return totals.cells(sums(group), f"{request.key}.sous_total.{group.id}")

    labels = [_label(level.sous_total if level.gives("sous_total") else spec.sous_total) for level in levels]
    layout = Layout(columns, levels, labels, request.names, subtotal, report)
    printed = layout.rows(groups, rows)
    grand = totals.of([row.cells for row in rows if not row.outside], f"{request.key}.total")
    label = _label(spec.total)
    if label is not None:
        printed.append(layout.label_row(label, totals.cells(grand, f"{request.key}.total"), request.names, 0, "total"))
    for group in (*_all(groups), *_empty(groups, request.names)):
        sums(group)
    _verify(request, columns, totals, grand, figures)
    return (
        TableData(
            id=request.id,
            place=request.place,
            title=text_of(spec.titre),
            columns=tuple(column.head for column in columns),
            rows=tuple(printed),
            names=request.names,
            totals=totals.values(grand, f"{request.key}.total"),
            subtotals=_values(figures, totals, request.key),
            landscape=spec.page == "paysage" or (spec.page is None and len(columns) > WIDE),
            description=str(spec.description or ""),
        )
        if spec.disposition == "tableau"
        else _in_blocks(request, columns, rows)
    )


def _blank_groups(spec: Tableau) -> PlacedText | None:
    """A blank form `par: axe` is grouped by axe without saying it again."""
    by = spec.lignes.get("par") if isinstance(spec.lignes, MappingNode) else None
    found = plain(by)
    return found if isinstance(found, PlacedText) else None


def _levels(spec: Tableau) -> Sequence[Groupement]:
    match spec.grouper:
        case Groupement():
            return (spec.grouper,)
        case tuple():
            return spec.grouper
        case None if (by := _blank_groups(spec)) is not None:
            return (Groupement.model_construct(par=by, fusionner=True, titre=None, bande=None),)
        case PlacedText():
            return (Groupement.model_construct(par=spec.grouper, fusionner=True, titre=None, bande=None),)
        case _:
            return ()


def _empty(groups: Sequence[Group], names: Names) -> list[Group]:
    """The items of the list that groups the rows and that no row has: their sub-totals are nought."""
    items = [group.value for group in groups if isinstance(group.value, GroupItem)]
    listed = names.get(items[0].key.rpartition(".")[0]) if items else None
    seen = {group.id for group in groups}
    return [
        Group(one.id, one) for one in (listed.items if isinstance(listed, GroupValue) else ()) if one.id not in seen
    ]


def _all(groups: Sequence[Group]) -> list[Group]:
    return [one for group in groups for one in (group, *_all(group.groups))]


def text_of(text: PlacedText | None) -> TextSource | None:
    """A text of the description, None for « sans »."""
    return None if text is None or is_none(text) else TextSource(str(text).strip(), text.place)


_label = text_of


def _values(figures: Mapping[str, Figures], totals: Totals, key: str) -> dict[str, Mapping[str, DataValue]]:
    return {name: totals.values(one, f"{key}.sous_total.{name}") for name, one in figures.items()}


def _verify(
    request: Request,
    columns: Sequence[Column],
    totals: Totals,
    grand: Figures,
    figures: Mapping[str, Figures],
) -> None:
    """Compare totals given by hand, wherever they are written."""
    spec, key, path = request.spec, request.key, request.path
    totals.verify(grand, spec.totaux, f"{key}.total", f"{path}.totaux")
    for column in columns:
        if column.spec.donne is not None and column.key in grand:
            totals.compare(grand[column.key], column.spec.donne.node, f"{key}.total.{column.key}", f"{path}.colonnes")
    given = spec.sous_totaux
    for name, node in given.entries if isinstance(given, MappingNode) else ():
        found = next((one for one in figures if one.replace("-", "_") == name.text.replace("-", "_")), None)
        if found is None:
            remedy = f"Groupes : {', '.join(list(figures)[:12])}."
            request.report.error("DON-10", f"groupe inconnu : « {name.text} »", name.place, path, remedy=remedy)
        else:
            totals.verify(figures[found], node, f"{key}.sous_total.{found}", f"{path}.sous_totaux.{found}")


# --- blocks -------------------------------------------------------------------------------------------


def _in_blocks(request: Request, columns: Sequence[Column], rows: Sequence[FilledRow]) -> TableData:
    """One band per row, then a label and a value per column: directories, data dictionaries."""
    from convgen.model.tables.blocks import blocks_table

    reader = RowReader(request.names, request.funders, request.report)
    return blocks_table(request.id, request.spec, columns, rows, reader, request.place)
