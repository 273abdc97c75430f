"""A table laid out in blocks: a band per row, then a label and a value per column."""

from __future__ import annotations

from collections.abc import Sequence

from convgen.errors import Place
from convgen.model.schema.tableau import Tableau
from convgen.model.tables.columns import Column
from convgen.model.tables.groups import FilledRow
from convgen.model.tables.lookup import RowReader
from convgen.model.tables.table import CellData, HeadData, Line, RowData, TableData
from convgen.model.values import TextSource


def blocks_table(
    ident: str, spec: Tableau, columns: Sequence[Column], rows: Sequence[FilledRow], reader: RowReader, place: Place
) -> TableData:
    """The table; without `bande`, the first column gives the title of each block."""
    out: list[RowData] = []
    shown = list(columns) if spec.bande is not None else list(columns[1:])
    for one in rows:
        names = reader.roots(one.row, {})
        if spec.bande is not None:
            band = CellData((Line(source=TextSource(str(spec.bande), spec.bande.place)),), names=names, colspan=2)
        else:
            first = one.cells[columns[0].key]
            band = CellData(first.lines, names=first.names, colspan=2)
        out.append(RowData(((0, band),), "bande"))
        for column in shown:
            label = CellData((Line(source=column.head.title),), names={**names, **column.names})
            out.append(RowData(((0, label), (1, one.cells[column.key]))))
    head = HeadData(TextSource("", place), {}, width=1, none="/")
    title = None if spec.titre is None else TextSource(str(spec.titre).strip(), spec.titre.place)
    return TableData(
        id=ident,
        place=place,
        title=title,
        columns=(head, HeadData(TextSource("", place), {}, width=2, none="/")),
        rows=tuple(out),
        names=reader.names,
        landscape=spec.page == "paysage",
        description=str(spec.description or ""),
        heading=False,
    )
