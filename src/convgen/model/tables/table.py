"""A table once computed: typed cells in printed order, totals by letter. `compose.tables` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from convgen.errors import Place
from convgen.model.arithmetic import Quantity
from convgen.model.expressions import UnknownNameError
from convgen.model.scope import Steppable
from convgen.model.values import DataValue, TextSource, Unknown

Names: TypeAlias = Mapping[str, object]
"""What templates and expressions may read: data values, whole numbers (years), texts."""

PLAIN = "fichier"
"""The `what` of a text that comes from a .csv or .xlsx file: printed as it is, neither Jinja nor Markdown."""

WIDE = 7
"""Columns: beyond, a table asks for a landscape page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell: a value with a note after it ("42 500 € (FSE)"), or a text to compose."""

    value: DataValue | None = None
    note: str = ""
    source: TextSource | None = None


@dataclass(frozen=True, slots=True)
class CellData:
    """A cell.

    Attributes:
        lines: what it prints; nothing for a cell left empty.
        figure: what it is worth in sums, None when it is no figure, `Unknown` for a blank.
        names: what its texts may read.
    """

    lines: tuple[Line, ...] = ()
    figure: Quantity | Unknown | None = None
    names: Names = field(default_factory=dict)
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class RowData:
    """A row; `role` as in `acte.nodes.Row`. `cells` hold (column rank, cell), from left to right."""

    cells: tuple[tuple[int, CellData], ...]
    role: str = "corps"


@dataclass(frozen=True, slots=True)
class HeadData:
    """The heading of a column. `over` is the heading above it, shared with its neighbours."""

    title: TextSource
    names: Names
    letter: str = ""
    formula: str = ""
    over: TextSource | None = None
    align: str = ""
    width: int = 0
    zero: str = "0 €"
    none: str = "/"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableData:
    """A table.

    Attributes:
        totals: the grand total of each column, by letter or identifier.
        subtotals: the same for each group, by its identifier.
        blocks: one band per row, then a label and a value per column.
    """

    id: str
    place: Place
    title: TextSource | None
    columns: tuple[HeadData, ...]
    rows: tuple[RowData, ...]
    names: Names
    totals: Mapping[str, DataValue] = field(default_factory=dict)
    subtotals: Mapping[str, Mapping[str, DataValue]] = field(default_factory=dict)
    landscape: bool = False
    description: str = ""
    heading: bool = True


def like(name: str, known: Mapping[str, object]) -> str | None:
    """The known name that is this one; « - » and « _ » are alike, since expressions cannot hold the first."""
    if name in known:
        return name
    wanted = name.casefold().replace("-", "_")
    return next((one for one in known if one.casefold().replace("-", "_") == wanted), None)


@dataclass(frozen=True, slots=True)
class TableNames(Steppable):
    """What expressions read of a table: `total.A`, `sous_total[axe].A`."""

    table: TableData

    def step(self, part: str) -> object:
        """`total` or `sous_total`."""
        match part:
            case "total":
                return NamedFigures(self.table.totals)
            case "sous_total":
                return NamedFigures(self.table.subtotals)
            case _:
                raise UnknownNameError(part, ("total", "sous_total"))

    def final(self) -> object:
        """A table is no figure."""
        raise UnknownNameError(self.table.id, ("total", "sous_total"), "Écrivez par exemple « .total.A ».")


@dataclass(frozen=True, slots=True)
class NamedFigures(Steppable):
    """Figures by letter, or groups of figures."""

    known: Mapping[str, object]

    def step(self, part: str) -> object:
        """A letter or a group."""
        name = like(part, self.known)
        if name is None:
            raise UnknownNameError(part, self.known)
        found = self.known[name]
        return NamedFigures(found) if isinstance(found, Mapping) else found

    def final(self) -> object:
        """One figure must be chosen."""
        raise UnknownNameError("total", self.known)
