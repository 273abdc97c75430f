"""Views on the jeu of an act and on its tables: `jeu.axes`, `tableau.financier.total.A`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from convgen.acte.nodes import Block
from convgen.compose.atoms import Atom, BlocksAtom
from convgen.compose.sandbox import View
from convgen.compose.views.base import BlankView, PrintableView, Printing, text_view
from convgen.compose.views.groups import view_of
from convgen.compose.views.values import YearsView
from convgen.model.scope import match_name
from convgen.model.tables.jeu import JeuData
from convgen.model.tables.registry import Tables
from convgen.model.tables.table import TableData, like
from convgen.model.values import DataValue

PrintTable = Callable[[TableData], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class JeuView(View):
    """`jeu`: its lists by name."""

    jeu: JeuData
    printing: Printing

    def field(self, name: str) -> object:
        """A list, `exercice`, `exercices`."""
        found = match_name(name, self.jeu.names)
        if found is None:
            raise KeyError(name)
        value = self.jeu.names[found]
        match value:
            case int():
                return text_view(str(value), "exercice", f"jeu.{found}")
            case tuple():
                return YearsView(self.jeu.exercices)
            case _:
                return view_of(value, self.printing)  # type: ignore[arg-type]

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return tuple(self.jeu.names)


@dataclass(frozen=True, slots=True)
class TablesView(View):
    """`tableau`: the tables by identifier."""

    tables: Tables
    printing: Printing
    print_table: PrintTable

    def field(self, name: str) -> object:
        """A table; a blank when it could not be made."""
        if like(name, dict.fromkeys(self.tables.ids())) is None:
            raise KeyError(name)
        table = self.tables.table(name)
        if table is None:
            return BlankView(f"tableau.{name}", f"tableau « {name} »")
        return TableView(table, self.printing, self.print_table)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return self.tables.ids()


@dataclass(frozen=True, slots=True)
class TableView(PrintableView):
    """A table; alone in its paragraph it prints the table itself."""

    table: TableData
    printing: Printing
    print_table: PrintTable

    def atom(self) -> Atom:
        """The table."""
        return BlocksAtom(self.print_table(self.table))

    def field(self, name: str) -> object:
        """`total`, `sous_total`."""
        match name:
            case "total":
                return FiguresView(self.table.totals, self.printing)
            case "sous_total":
                return FiguresView(self.table.subtotals, self.printing)
            case _:
                raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("total", "sous_total")


@dataclass(frozen=True, slots=True)
class FiguresView(View):
    """Totals by letter, or groups of them by identifier."""

    figures: Mapping[str, DataValue] | Mapping[str, Mapping[str, DataValue]]
    printing: Printing

    def field(self, name: str) -> object:
        """A figure, or the figures of a group."""
        known: Mapping[str, object] = self.figures
        found = like(name, known)
        if found is None:
            raise KeyError(name)
        value = self.figures[found]
        return FiguresView(value, self.printing) if isinstance(value, Mapping) else view_of(value, self.printing)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return tuple(self.figures)
