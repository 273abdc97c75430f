"""Rows filled column by column: fields, expressions, texts, calculations on letters, figures given and verified."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from convgen.errors import Report, fold, nearest, suggest
from convgen.french.grammar import GenderUnknown, parse_noun_phrase
from convgen.model.arithmetic import MONEY, NUMBER, Quantity
from convgen.model.expressions import UnknownNameError
from convgen.model.parsing import Call
from convgen.model.tables.cells import FIGURES, Reading, cell_of, figure_value
from convgen.model.tables.columns import Column
from convgen.model.tables.lookup import AbsentHereError, RowReader, SaidAbsentError, refuse_absent
from convgen.model.tables.source import Raw, SourceRow, as_cell, plain_name
from convgen.model.tables.table import CellData, Line
from convgen.model.tables.totals import Totals, round_figure
from convgen.model.values import Absent, Amount, DataValue, GroupItem, GroupValue, TextValue, Unknown
from convgen.source.yaml import Scalar

Cells = dict[str, CellData]


@dataclass(slots=True)
class Filler:
    """Fills the rows of one table.

    `outside` are the identifiers of the rows that no sum counts; `missing` are, per column, the rows without its name;
    `lacking`, those without the figure that is added up. A row of `unread` has a field that nothing reads, which says
    why it lacks one. `unnamed` are the columns whose name no row has.
    """

    table: str
    columns: tuple[Column, ...]
    reader: RowReader
    report: Report
    path: str
    outside: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    missing: dict[str, list[AbsentHereError]] = field(default_factory=dict)
    lacking: dict[str, list[SourceRow]] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)

    def fill(self, rows: Sequence[SourceRow]) -> list[Cells]:
        """The cells of every row, by column."""
        made = [self._row(row) for row in rows]
        self._report_missing([row for row in rows if not row.blank])
        self._report_lacking()
        return made

    def _row(self, row: SourceRow) -> Cells:
        if row.blank:
            return {column.key: CellData() for column in self.columns}
        cells: Cells = {}
        shared = self.reader.roots(row, {})
        for column in self.columns:
            if column.formula is None:
                made = self._cell(column, row, {**shared, **column.names, **row.fields})
                cells[column.key] = self._counted(column, row, made)
        self._calculate(row, cells, shared)
        return cells

    # --- plain cells ----------------------------------------------------------------------------------

    def _cell(self, column: Column, row: SourceRow, roots: Mapping[str, object]) -> CellData:
        if column.empty or column.spec.groupe:
            return CellData(names=roots)
        if row.cells is not None:
            return self._positional(column, row)
        key = f"tableau.{self.table}.{row.id}.{column.key}"
        if column.template is not None:
            return CellData((Line(source=column.template),), names=roots)
        reading = Reading(column.spec.type, self.report, column.spec.decimales)
        found = next((one for name in column.fields if (one := row.value_of(name)) is not None), None)
        if found is not None:
            self._check_merged(column, found)
            return as_cell(found, reading, key, row.place)
        if column.value is None:
            name = plain_name(column.head.title.text)
            self.missing.setdefault(column.key, []).append(AbsentHereError(UnknownNameError(name, row.fields)))
            return CellData()
        expression, named = column.value, _row_name(row, column)
        try:
            result = self.reader.run(
                expression, lambda parts: refuse_absent(self.reader.lookup(parts, roots), parts), self.path, named
            )
        except SaidAbsentError:
            return CellData((Line(Absent(key)),))
        except AbsentHereError as absent:
            self.missing.setdefault(column.key, []).append(absent)
            return CellData()
        made = cell_of(result, reading, key, expression.place)
        return self._named(column, made, roots, key) if column.spec.nommer is not None else made

    def _check_merged(self, column: Column, found: object) -> None:
        """A figure that covers several rows belongs to none of them; a text is that of each."""
        figures = column.summed or column.spec.lettre is not None or column.spec.type in FIGURES
        if figures and isinstance(found, Raw) and found.above:
            message = f"{found.where} : cette cellule est fusionnée avec {found.above}, un chiffre ne se partage pas"
            remedy = "Défusionnez les cellules, et donnez le chiffre de chaque ligne."
            self.report.error("DON-01", message, found.node.place, self.path, remedy=remedy)

    def _counted(self, column: Column, row: SourceRow, cell: CellData) -> CellData:
        """A figure that nobody typed in a column that is added up is never taken for nought in silence."""
        if column.spec.total != "oui" or column.empty or column.spec.groupe or cell.lines or row.id in self.outside:
            return cell
        if cell.figure is not None:
            return cell
        key = f"tableau.{self.table}.{row.id}.{column.key}"
        match column.spec.vide:
            case "sans":
                return CellData((Line(Absent(key)),))
            case "0":
                zero = Quantity(Decimal(), FIGURES.get(column.spec.type or "", MONEY))
                return CellData((Line(figure_value(zero, key)),), zero)
        self.lacking.setdefault(column.key, []).append(row)
        return CellData(figure=Unknown(key))

    def _positional(self, column: Column, row: SourceRow) -> CellData:
        cells = row.cells or ()
        if column.rank >= len(cells) or column.rank < 0:
            return CellData()
        key = f"tableau.{self.table}.{row.id}.{column.key}"
        return cells[column.rank].cell(Reading(column.spec.type, self.report, column.spec.decimales), key)

    def _named(self, column: Column, cell: CellData, roots: Mapping[str, object], key: str) -> CellData:
        """One line per financeur; the cell keeps the sum."""
        if column.value is None:
            return cell
        root = column.value.root
        if not isinstance(root, Call) or root.name != "somme" or len(root.arguments) != 1 or cell.figure is None:
            return cell
        inner = replace(column.value, root=root.arguments[0])
        try:
            block = self.reader.run(inner, lambda parts: self.reader.lookup(parts, roots), self.path)
        except AbsentHereError:
            return cell
        if not isinstance(block, GroupItem):
            return cell
        funders = self.reader.names.get("financeurs")
        lines = tuple(
            Line(Amount(f"{key}.{name}", value.value), funder_name(name, funders))
            for name, value in block.fields.items()
            if isinstance(value, Amount) and value.value
        )
        return CellData(lines, cell.figure) if lines else cell

    # --- calculated cells -----------------------------------------------------------------------------

    def _calculate(self, row: SourceRow, cells: Cells, shared: Mapping[str, object]) -> None:
        """Calculations read the letters in any order; one that reads itself is reported once."""
        formulas = {column.key: column for column in self.columns if column.formula is not None}
        running: list[str] = []

        def cell(key: str) -> CellData:
            if key in cells:
                return cells[key]
            column = formulas[key]
            if key in running:
                self._cycle(column, [*running[running.index(key) :], key])
                return CellData(figure=Unknown(key))
            running.append(key)
            made = self._calculated(column, row, lambda name: figure_of(name), {**shared, **column.names})
            running.pop()
            return cells.setdefault(key, made)

        def figure_of(name: str) -> object | None:
            if name not in cells and name not in formulas:
                return None
            found = cell(name)
            column = next(one for one in self.columns if one.key == name)
            if found.figure is None:
                if column.empty or (row.cells is None and not found.lines and _is_open(column, formulas, self.columns)):
                    return _OPEN
                return Quantity(Decimal(), NUMBER if column.spec.type in ("nombre", "ETP") else MONEY)
            return found.figure

        for key in formulas:
            cell(key)

    def _calculated(
        self, column: Column, row: SourceRow, figure_of: Callable[[str], object | None], roots: Mapping[str, object]
    ) -> CellData:
        key = f"tableau.{self.table}.{row.id}.{column.key}"

        def lookup(parts: tuple[str, ...]) -> object:
            figure = figure_of(parts[0]) if len(parts) == 1 else None
            if figure is _OPEN:
                raise _OpenCellError
            return figure if figure is not None else self.reader.lookup(parts, roots)

        assert column.formula is not None  # noqa: S101 - asked only of computed columns
        try:
            found = self.reader.run(column.formula, lookup, self.path, _row_name(row, column))
        except _OpenCellError:
            return CellData()
        except AbsentHereError as absent:
            self.missing.setdefault(column.key, []).append(absent)
            return CellData()
        figure = round_figure(found, column, key, self.report, row.id)
        if isinstance(figure, Unknown):
            return CellData((Line(figure),), figure)
        self._verify(column, row, figure, key)
        return CellData((Line(figure_value(figure, key, column.spec.decimales)),), figure)

    def _verify(self, column: Column, row: SourceRow, figure: Quantity, key: str) -> None:
        """A figure given in the row under the letter of a computed column is verified."""
        given = row.value_of(column.key)
        node = given.node if isinstance(given, Raw) else None
        if isinstance(node, Scalar):
            Totals(self.table, self.columns, {}, self.report).compare(figure, node, key, self.path)

    def _cycle(self, column: Column, keys: list[str]) -> None:
        self.report.error(
            "DON-11",
            f"Calcul circulaire : {' → '.join(keys)}",
            column.spec.place_of("calcul"),
            self.path,
            remedy="Un calcul ne lit pas sa propre colonne.",
        )

    # --- names that no row has ------------------------------------------------------------------------

    def _report_missing(self, rows: Sequence[SourceRow]) -> None:
        """A name that some rows lack is an empty cell; one that every row lacks is a slip, unless it is a year."""
        fields = {name for row in rows for name in row.fields}
        for column in self.columns:
            absent = self.missing.get(column.key, [])
            expression = column.value or column.formula
            if not rows or len(absent) < len(rows):
                continue
            error = absent[0].error
            last = error.name.rpartition(".")[2]
            if last.isdigit():
                continue
            at = expression.place if expression is not None else column.head.title.place
            remedy = error.remedy or suggest(last, error.known)
            if last == error.name and nearest(last, fields):
                remedy = suggest(last, fields)
            message = f"aucune ligne n'a de « {error.name} » (colonne « {column.head.title.text} »)"
            self.report.error("DON-10", message, at, self.path, remedy=remedy)
            self.unnamed.add(column.key)

    def _report_lacking(self) -> None:
        """Each row without a figure that is added up, by the name of its cell in a file."""
        for column in self.columns:
            rows = self.lacking.get(column.key, ()) if column.key not in self.unnamed else ()
            for row in (one for one in rows if one.id not in self.unread):
                found = next((one for name in column.fields if (one := row.value_of(name)) is not None), None)
                title = column.head.title.text
                if isinstance(found, Raw) and found.where:
                    message = f"{found.where} : cette cellule est vide, et la colonne « {title} » est additionnée"
                else:
                    message = (
                        f"la ligne « {row.id} » n'a pas de montant dans la colonne « {title} », qui est additionnée"
                    )
                place = found.node.place if isinstance(found, Raw) else row.place
                remedy = "Écrivez « 0 € », « sans » ou « à compléter » ; « vide: sans » sur la colonne les accepte."
                self.report.error("DON-01", message, place, f"{self.path}.lignes", remedy=remedy)


def _row_name(row: SourceRow, column: Column) -> str:
    """How messages name a cell that is calculated."""
    return f"Ligne « {row.id} », colonne « {column.head.title.text} »"


class _OpenCellError(Exception):
    """A calculation reads a cell to fill in by hand: it is left to fill in too."""


_OPEN = object()


def _is_open(column: Column, formulas: Mapping[str, Column], columns: Sequence[Column]) -> bool:
    """Whether a computed column depends on one to fill in."""
    if column.formula is None:
        return False
    read = {name[0] for name in column.formula.names}
    return any(one.empty and one.key in read for one in columns)


def funder_name(name: str, funders: object) -> str:
    """The name of a financeur as a note prints it: « CAF »."""
    found: DataValue | None = None
    if isinstance(funders, GroupValue):
        item = next((one for one in funders.items if fold(one.id) == fold(name)), None)
        if item is not None:
            found = item.fields.get("court") or item.fields.get("nom")
    text = found.source.text.strip() if isinstance(found, TextValue) else name
    try:
        return parse_noun_phrase(text, feminine=False).noun
    except GenderUnknown:
        return text


def funder_label(name: str, funders: object) -> str:
    """The name of a financeur as a line of its own prints it: « L'État »; other labels stay as they are."""
    found: DataValue | None = None
    if isinstance(funders, GroupValue):
        item = next((one for one in funders.items if fold(one.id) == fold(name)), None)
        if item is not None:
            found = item.fields.get("titre") or item.fields.get("nom")
    text = found.source.text.strip() if isinstance(found, TextValue) else name
    return text[:1].upper() + text[1:]
