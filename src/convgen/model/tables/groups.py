"""Rows gathered in groups, with their bands, merged titles and sub-totals, in printed order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from convgen.errors import Report
from convgen.model.schema.tableau import Groupement
from convgen.model.tables.columns import Column
from convgen.model.tables.lookup import AbsentHereError, RowReader, plain_value
from convgen.model.tables.source import Raw, SourceRow, plain_name
from convgen.model.tables.table import CellData, Line, Names, RowData
from convgen.model.values import DataValue, GroupItem, TextSource, TextValue, Unknown

Cells = Mapping[str, CellData]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row and its cells; `outside` rows are printed for information and counted in no sum."""

    row: SourceRow
    cells: Cells
    outside: bool = False


@dataclass(slots=True)
class Group:
    """Rows that share the value of a field; `groups` are those of the next level."""

    id: str
    value: object
    rows: list[FilledRow] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def counted(self) -> list[Cells]:
        """The cells of the rows that sums take."""
        return [one.cells for one in self.rows if not one.outside]


def gather(
    rows: Sequence[FilledRow], levels: Sequence[Groupement], reader: RowReader, path: str, prefix: str = ""
) -> list[Group]:
    """The groups of the first level, with those below; groups of a list of the jeu come in its order."""
    if not levels:
        return []
    level = levels[0]
    groups: dict[str, Group] = {}
    for one in rows:
        value = _shared(one.row, level, reader, path)
        ident = prefix + _ident(value)
        group = groups.setdefault(ident, Group(ident, value))
        group.rows.append(one)
    ordered = list(groups.values())
    if all(isinstance(group.value, GroupItem) for group in ordered):
        ordered.sort(key=lambda group: group.value.rank if isinstance(group.value, GroupItem) else 0)
    for group in ordered:
        group.groups = gather(group.rows, levels[1:], reader, path, f"{group.id}.")
        if group.groups:
            # The rows follow their groups, so that gathering one level never undoes the next.
            group.rows = [one for inner in group.groups for one in inner.rows]
    return ordered


def _shared(row: SourceRow, level: Groupement, reader: RowReader, path: str) -> object:
    name = str(level.par).strip()
    found = row.value_of(name)
    if found is None:
        try:
            found = reader.lookup(tuple(name.split(".")), reader.roots(row, {}))
        except AbsentHereError as absent:
            remedy = f"Champs : {', '.join(list(row.fields)[:12])}."
            message = f"la ligne « {row.id} » n'a pas de « {absent.error.name} », qui groupe les lignes"
            reader.report.error("DON-10", message, row.place, f"{path}.grouper", remedy=remedy)
            return Unknown(name, name)
    if isinstance(found, Raw) and found.empty:
        at = f"{found.where} : cette cellule est vide" if found.where else f"« {name} » est vide"
        message = f"{at}, et elle groupe les lignes (grouper: {name})"
        remedy = "Écrivez-y le groupe de la ligne : il n'est pas repris de la ligne du dessus."
        reader.report.error("DON-10", message, found.node.place, f"{path}.grouper", remedy=remedy)
        return Unknown(name, name)
    return plain_value(found)


def _ident(value: object) -> str:
    match value:
        case GroupItem(id=ident):
            return ident
        case TextValue(source=source):
            return plain_name(source.text).replace("_", "-") or "sans-titre"
        case _:
            return plain_name(str(getattr(value, "value", value))).replace("_", "-")


SubTotal = Callable[[Group], Mapping[str, CellData]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Puts filled rows in printed order.

    Attributes:
        labels: the label of the sub-totals of each level, None for no sub-total.
        subtotal: the figures of a group.
    """

    columns: tuple[Column, ...]
    levels: Sequence[Groupement]
    labels: Sequence[TextSource | None]
    names: Names
    subtotal: SubTotal
    report: Report

    def rows(self, groups: Sequence[Group], rows: Sequence[FilledRow]) -> list[RowData]:
        """The printed rows, without the grand total."""
        made = self._groups(groups, 0) if groups else self._leaves(rows)
        return [RowData(tuple(sorted(one.items(), key=lambda pair: pair[0])), role) for one, role in made]

    def label_row(
        self, label: TextSource, figures: Mapping[str, CellData], names: Names, start: int, role: str
    ) -> RowData:
        """A sub-total or a total: its label over the columns that have no figure, then the figures."""
        cells = self._label_cells(label, figures, names, start)
        return RowData(tuple(sorted(cells.items(), key=lambda pair: pair[0])), role)

    # --- levels ---------------------------------------------------------------------------------------

    def _groups(self, groups: Sequence[Group], depth: int) -> list[tuple[dict[int, CellData], str]]:
        out: list[tuple[dict[int, CellData], str]] = []
        for group in groups:
            out += self._group(group, depth)
        return out

    def _group(self, group: Group, depth: int) -> list[tuple[dict[int, CellData], str]]:
        level = self.levels[depth]
        names = self._names(group, level)
        merged = self._merged(depth)
        rows: list[tuple[dict[int, CellData], str]] = []
        if level.bande is not None:
            source = TextSource(str(level.bande), level.bande.place)
            start = self._merged_count(depth)
            band = CellData((Line(source=source),), names=names, colspan=len(self.columns) - start)
            rows.append(({start: band}, "bande"))
        rows += self._groups(group.groups, depth + 1) if group.groups else self._leaves(group.rows, depth)
        label = self.labels[depth]
        start = self._merged_count(depth + 1)
        inside = label is not None and start < self._first_figure()
        if label is not None and inside:
            rows.append((self._label_cells(label, self.subtotal(group), names, start), "sous-total"))
        if merged is not None and rows:
            first = 1 if level.bande is not None else 0
            rows[first][0][merged] = replace(self._title(level, group, names), rowspan=len(rows) - first)
        if label is not None and not inside:
            rows.append((self._label_cells(label, self.subtotal(group), names, 0), "sous-total"))
        return rows

    def _names(self, group: Group, level: Groupement) -> Names:
        own = str(level.par).strip()
        return {**self.names, own.rpartition(".")[2]: group.value, "groupe": group.value}

    def _title(self, level: Groupement, group: Group, names: Names) -> CellData:
        if level.titre is not None:
            return CellData((Line(source=TextSource(str(level.titre), level.titre.place)),), names=names)
        return CellData((Line(source=TextSource("{{ groupe }}", level.par.place)),), names=names)

    def _merged(self, depth: int) -> int | None:
        """The column that shows the title of a level."""
        shown = [rank for rank, column in enumerate(self.columns) if column.spec.groupe]
        return shown[depth] if depth < len(shown) else None

    def _merged_count(self, depth: int) -> int:
        """How many leading columns are taken by the titles of the levels above."""
        taken = {self._merged(one) for one in range(depth)}
        count = 0
        while count in taken:
            count += 1
        return count

    def _first_figure(self) -> int:
        """The first column that may hold a total, from which a label leaves room."""
        for rank, column in enumerate(self.columns):
            if column.summed or (column.spec.lettre is not None):
                return rank
        return len(self.columns)

    def _label_cells(
        self, label: TextSource, figures: Mapping[str, CellData], names: Names, start: int
    ) -> dict[int, CellData]:
        end = max(self._first_figure(), start)
        cells = {rank: figures.get(self.columns[rank].key, CellData()) for rank in range(end, len(self.columns))}
        if end > start:
            cells[start] = CellData((Line(source=label),), names=names, colspan=end - start)
        return cells

    # --- leaves ---------------------------------------------------------------------------------------

    def _leaves(self, rows: Sequence[FilledRow], depth: int = -1) -> list[tuple[dict[int, CellData], str]]:
        taken = {self._merged(one) for one in range(depth + 1)} - {None}
        out: list[tuple[dict[int, CellData], str]] = []
        for one in rows:
            cells = {rank: one.cells[column.key] for rank, column in enumerate(self.columns) if rank not in taken}
            out.append((cells, "information" if one.outside else "corps"))
        for rank, column in enumerate(self.columns):
            if column.spec.fusionner and rank not in taken:
                _merge(out, rows, rank)
        return out


def _merge(out: list[tuple[dict[int, CellData], str]], rows: Sequence[FilledRow], rank: int) -> None:
    """Neighbouring cells that say the same become one."""
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and _same(rows[start], rows[end], rank, out, start, end):
            continue
        if end - start > 1:
            out[start][0][rank] = replace(out[start][0][rank], rowspan=end - start)
            for below in range(start + 1, end):
                del out[below][0][rank]
        start = end


def _same(
    first: FilledRow,
    other: FilledRow,
    rank: int,
    out: list[tuple[dict[int, CellData], str]],
    start: int,
    end: int,
) -> bool:
    if first.row.parent or other.row.parent:
        return first.row.parent == other.row.parent
    one, two = out[start][0][rank], out[end][0][rank]
    return bool(one.lines) and [_printed(line) for line in one.lines] == [_printed(line) for line in two.lines]


def _printed(line: Line) -> object:
    value: DataValue | None = line.value
    return (getattr(value, "value", None), line.note, line.source.text if line.source is not None else "")
