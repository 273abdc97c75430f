"""Sub-totals and totals: exact sums, calculations made again on sums, figures given by hand verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from convgen.errors import DefinitionError, Place, Report, suggest
from convgen.french.errors import FrenchError
from convgen.model.arithmetic import MONEY, NUMBER, CalculationError, Quantity, add, parse_rounding, rounded
from convgen.model.expressions import UnknownNameError, evaluate
from convgen.model.tables.cells import FIGURES, Reading, figure_value, read_cell, shown_figure
from convgen.model.tables.columns import Column
from convgen.model.tables.table import CellData, Line, like
from convgen.model.typed import sentence
from convgen.model.values import DataValue, Unknown
from convgen.source.yaml import MappingNode, Node, PlacedText, Scalar

Figures = Mapping[str, Quantity | Unknown]
"""What each summed column is worth, by key."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Adds up the rows of one table."""

    table: str
    columns: tuple[Column, ...]
    kinds: Mapping[str, str]
    report: Report

    def of(self, rows: Sequence[Mapping[str, CellData]], key: str) -> Figures:
        """The sums of some rows; `Unknown` as soon as one cell is a blank."""
        sums: dict[str, Quantity | Unknown] = {}
        for column in self.columns:
            if column.spec.total == "oui" and not column.empty:
                sums[column.key] = self._sum(column, [row[column.key] for row in rows], f"{key}.{column.key}")
        for column in self.columns:
            if column.spec.total == "calcul" and column.formula is not None:
                sums[column.key] = self._again(column, sums, f"{key}.{column.key}")
        return sums

    def _sum(self, column: Column, cells: Sequence[CellData], key: str) -> Quantity | Unknown:
        total = Quantity(Decimal(), self.kinds[column.key])
        for cell in cells:
            if isinstance(cell.figure, Unknown):
                return Unknown(key, "total")
            if cell.figure is None:
                self._check_text(cell, column, key)
                continue
            try:
                made = add(total, cell.figure)
            except CalculationError as error:
                place = column.spec.place_of("total")
                self.report.error("DON-18", sentence(error.message), place, key, remedy=error.remedy)
                return Unknown(key, "total")
            total = made if isinstance(made, Quantity) else total
        return total

    def _check_text(self, cell: CellData, column: Column, key: str) -> None:
        """Words in a column that is added up would silently be left out of the sum."""
        words = next((line.source for line in cell.lines if line.source is not None), None)
        if words is not None:
            self.report.error(
                "DON-01",
                f"« {words.text.strip()[:80]} » n'est pas un chiffre, et la colonne « {column.head.title.text} » "
                "est additionnée",
                words.place,
                key.removeprefix("tableau.").partition(".")[0],
                remedy="Écrivez un chiffre, « sans », ou « total: non » pour cette colonne.",
            )

    def _again(self, column: Column, sums: Figures, key: str) -> Quantity | Unknown:
        """A rate is no sum: its calculation is made on the totals."""

        def lookup(parts: tuple[str, ...]) -> object:
            if parts[0] not in sums:
                raise UnknownNameError(parts[0], sums)
            return sums[parts[0]]

        assert column.formula is not None  # noqa: S101 - asked only of computed columns
        try:
            found = evaluate(column.formula, lookup)
        except DefinitionError as error:
            if any(one.value == 0 for one in sums.values() if isinstance(one, Quantity)):
                return Unknown(key, "total")
            self.report.extend(replace(one, path=key) for one in error.diagnostics)
            return Unknown(key, "total")
        return round_figure(found, column, key, self.report)

    def values(self, figures: Figures, key: str) -> dict[str, DataValue]:
        """The figures as data."""
        decimals = {column.key: column.spec.decimales for column in self.columns}
        return {
            name: one if isinstance(one, Unknown) else figure_value(one, f"{key}.{name}", decimals[name])
            for name, one in figures.items()
        }

    def cells(self, figures: Figures, key: str) -> dict[str, CellData]:
        """The figures as cells."""
        return {name: CellData((Line(one),)) for name, one in self.values(figures, key).items()}

    def verify(self, figures: Figures, given: Node | PlacedText | None, key: str, path: str) -> None:
        """Compare with figures given by hand, by letter: DON-12 names both."""
        if not isinstance(given, MappingNode):
            return
        for name, node in given.entries:
            found = like(name.text, figures)
            if found is None:
                remedy = suggest(name.text, figures, "Colonnes additionnées")
                message = f"aucune colonne « {name.text} » n'a de total"
                self.report.error("DON-10", message, name.place, path, remedy=remedy)
            elif isinstance(node, Scalar):
                self.compare(figures[found], node, f"{key}.{found}", f"{path}.{name.text}")

    def compare(self, figure: Quantity | Unknown, given: Scalar, key: str, path: str) -> None:
        """Compare one figure with the one given by hand."""
        if isinstance(figure, Unknown):
            return
        kind = next((name for name, one in FIGURES.items() if one == figure.kind), "nombre")
        typed = read_cell(given, Reading(kind, self.report), key)
        if isinstance(typed.figure, Quantity) and typed.figure.value != figure.value:
            gap = Quantity(abs(typed.figure.value - figure.value), figure.kind)
            self.report.error(
                "DON-12",
                f"« {key} » est donné pour {shown_figure(typed.figure)} mais le calcul donne {shown_figure(figure)}",
                given.place,
                path,
                cause=f"L'écart est de {shown_figure(gap)}.",
                remedy="Corrigez le chiffre donné, ou une des lignes du tableau.",
            )


def round_figure(found: object, column: Column, key: str, report: Report, row: str = "") -> Quantity | Unknown:
    """The result of a calculation, with the declared rounding; to the cent at the finest for euros.

    `row` is the row that messages name.
    """
    name = f"« {column.head.title.text} »" + (f" (ligne « {row} »)" if row else "")
    place: Place | None = column.spec.place_of("calcul")
    if isinstance(found, Unknown):
        return Unknown(key, found.hint)
    if not isinstance(found, Quantity):
        report.error("DON-18", f"Le calcul de {name} ne donne pas un chiffre", place, key)
        return Unknown(key)
    if found.kind == NUMBER and column.spec.type == "pourcentage":
        found = Quantity(found.value, "pourcentage")
    try:
        if column.spec.arrondi is not None:
            found = rounded(found, parse_rounding(str(column.spec.arrondi)))
    except (CalculationError, FrenchError) as error:
        report.error("DON-18", sentence(error.message), column.spec.place_of("arrondi"), key, remedy=error.remedy)
        return Unknown(key)
    decimals = len(format(found.value, "f").partition(".")[2].rstrip("0"))
    if decimals > (2 if found.kind == MONEY else 12):
        message = f"Le calcul de {name} ne tombe pas juste : il faut déclarer l'arrondi"
        report.error("DON-19", message, place, key, remedy="Ajoutez « arrondi: centime » ou « arrondi: 0,01 % ».")
        return Unknown(key)
    return found


def kinds_of(columns: Sequence[Column], rows: Sequence[Mapping[str, CellData]]) -> dict[str, str]:
    """What each column counts: its declared type, else that of its first figure."""
    kinds: dict[str, str] = {}
    for column in columns:
        declared = FIGURES.get(column.spec.type or "")
        figures = (row[column.key].figure for row in rows)
        found = next((one.kind for one in figures if isinstance(one, Quantity)), None)
        kinds[column.key] = declared or found or MONEY
    return kinds
