"""A computed table → the nodes that print it: headings, cells, bands, totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from convgen.acte.nodes import (
    Block,
    Cell,
    Inline,
    Inlines,
    Origin,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    Value,
)
from convgen.acte.runs import plain_text
from convgen.compose.build import Builder, Filler
from convgen.compose.text import Composer
from convgen.compose.views.base import BlankView, Printing, text_view
from convgen.compose.views.groups import view_of
from convgen.compose.views.values import YearsView, datum_word
from convgen.french.typography import typeset
from convgen.model.scope import match_name
from convgen.model.tables.lookup import plain_value
from convgen.model.tables.table import PLAIN, CellData, HeadData, Line, Names, TableData
from convgen.model.values import (
    Absent,
    Amount,
    DataValue,
    DateValue,
    Deferred,
    NumberValue,
    Percentage,
    TextSource,
    TextValue,
    Unknown,
)

_NBSP = "\u00a0"
_WORDS = re.compile(r"[^\W\d]\w*")
_SUM = re.compile(r"(\{[{%][^{}]*?)\b([^\W\d]\w*)\s*([+-])\s*(\d{1,3})(?=[^{}]*[}%]\})")
_EMPTY = ("vide", "")
_MARK = re.compile(r"[\\`*_%{}\[\]<>#|~!&^$]|^\s*[-+]|(?<=\d)[.)](?=\s)", re.MULTILINE)


@dataclass(slots=True)
class TablePrinter:
    """Prints tables with the texts and the amounts of one act."""

    composer: Composer
    printing: Printing
    views: dict[int, tuple[object, object]] = field(default_factory=dict)

    def blocks(self, table: TableData, *, inside: bool = False) -> tuple[Block, ...]:
        """The table; a wide one takes landscape pages, unless it is `inside` such pages already."""
        made = self.table(table)
        return (Section((made,), "paysage"),) if table.landscape and not inside else (made,)

    def table(self, table: TableData) -> Table:
        """The table alone."""
        heads = table.columns
        rows = tuple(
            Row(tuple(self._cell(cell, heads[rank], row.role) for rank, cell in row.cells), row.role)
            for row in table.rows
        )
        header = self._header(heads) if table.heading else ()
        caption = () if table.title is None else self.inline(table.title, table.names)
        widths = tuple(head.width or 1 for head in heads) if any(head.width for head in heads) else ()
        origin = Origin(table.place.file, table.place.line, what="définition")
        return Table(header, rows, widths, caption, table.description or self._described(header), origin)

    def _described(self, header: tuple[Row, ...]) -> str:
        cells = [cell for row in header for cell in row.cells]
        titles = [" ".join(_plain(cell).split()) for cell in cells]
        return "Tableau : " + " ; ".join(title for title in titles if title)

    # --- texts ----------------------------------------------------------------------------------------

    def inline(self, source: TextSource, names: Names) -> Inlines:
        """A text of the description, on one line."""
        inside, source = self._inside(as_text(source), names)
        return inside.inline(source)

    def text(self, source: TextSource, names: Names) -> tuple[Block, ...]:
        """A text of the data or of the description."""
        inside, source = self._inside(as_text(source), names)
        return inside.blocks(source)

    def _inside(self, source: TextSource, names: Names) -> tuple[Composer, TextSource]:
        """The composer that sees the names the text reads: few, so that compiled texts are shared by every row."""
        if "{" not in source.text:
            return self.composer, source
        text, made = _sums(source.text, names)
        read = {word: found for word in _WORDS.findall(text) if (found := match_name(word, names)) is not None}
        seen = {word: self._view(names[found]) for word, found in read.items()}
        context = {**self.composer.context, **{name: one for name, one in seen.items() if one is not None}, **made}
        return self.composer.inside(context), replace(source, text=text)

    def _view(self, value: object) -> object | None:
        kept = self.views.get(id(value))
        if kept is not None and kept[0] is value:
            return kept[1]
        view = _view_of(plain_value(value), self.printing)
        self.views[id(value)] = (value, view)
        return view

    # --- headings -------------------------------------------------------------------------------------

    def _header(self, heads: tuple[HeadData, ...]) -> tuple[Row, ...]:
        if not any(head.over is not None for head in heads):
            return (Row(tuple(self._heading(head) for head in heads)),)
        above: list[Cell] = []
        below: list[Cell] = []
        rank = 0
        while rank < len(heads):
            over = self._over(heads[rank])
            if over is None:
                above.append(replace(self._heading(heads[rank]), rowspan=2))
                rank += 1
                continue
            end = rank
            while end < len(heads) and self._over(heads[end]) == over:
                below.append(self._heading(heads[end]))
                end += 1
            above.append(Cell((Paragraph(over),), "center", colspan=end - rank))
            rank = end
        return (Row(tuple(above)), Row(tuple(below)))

    def _over(self, head: HeadData) -> Inlines | None:
        return None if head.over is None else self.inline(head.over, head.names)

    def _heading(self, head: HeadData) -> Cell:
        label = f"{head.letter} = {head.formula}" if head.formula and head.letter else head.formula or head.letter
        lines = [Paragraph((Text(typeset(label)),))] if label else []
        title = self.inline(head.title, head.names)
        return Cell((*lines, Paragraph(title)), "center")

    # --- cells ----------------------------------------------------------------------------------------

    def _cell(self, cell: CellData, head: HeadData, role: str) -> Cell:
        blocks = tuple(block for line in cell.lines for block in self._line(line, cell, head))
        align = head.align or _alignment(cell)
        if role == "bande" or cell.colspan > 1 or not _has_figure(cell):
            align = "left" if role == "bande" or align == "right" else align
        return Cell(blocks or (Paragraph(()),), align, cell.colspan, cell.rowspan)

    def _line(self, line: Line, cell: CellData, head: HeadData) -> Iterator[Block]:
        if line.source is not None:
            blocks = self.text(line.source, cell.names)
            note = (Text(f" ({typeset(line.note)})"),) if line.note else ()
            if note and len(blocks) == 1 and isinstance(blocks[0], Paragraph):
                blocks = (replace(blocks[0], inlines=(*blocks[0].inlines, *note)),)
            yield from blocks
            return
        if line.value is None:
            return
        inlines = self._value(line.value, head)
        if inlines:
            note = (Text(f" ({typeset(line.note)})"),) if line.note else ()
            yield Paragraph((*inlines, *note))

    def _value(self, value: DataValue, head: HeadData) -> tuple[Inline, ...]:
        match value:
            case Unknown():
                atom = BlankView(value.key, value.hint or "chiffre").atom()
                return Filler(Builder(())).line((atom,))
            case Absent():
                return (Text(typeset(head.none)),) if head.none not in _EMPTY else ()
            case Deferred():
                return (Text("par avenant"),)
            case Amount() | NumberValue() | Percentage() | DateValue():
                return self._figure(value, head)
            case _:
                return ()

    def _figure(self, value: Amount | NumberValue | Percentage | DateValue, head: HeadData) -> tuple[Inline, ...]:
        word = datum_word(value, self.printing)
        text = f"{word.text}{_NBSP}{head.unit}" if head.unit and isinstance(value, NumberValue) else word.text
        if not isinstance(value, DateValue) and value.value == 0:
            if head.zero in _EMPTY:
                return ()
            if isinstance(value, Amount) and head.zero.replace(_NBSP, " ") not in ("0 €", "0,00 €"):
                text = head.zero.replace(" ", _NBSP)
            elif head.zero.replace(_NBSP, " ") == "0,00 €" and isinstance(value, Amount):
                text = f"0,00{_NBSP}€"
        exact: Decimal | str = value.value.isoformat() if isinstance(value, DateValue) else value.value
        return (Value(word.kind, word.key, exact, text),)


def as_text(source: TextSource) -> TextSource:
    """A text of a .csv or .xlsx file, escaped: what people type in a cell is data, neither Jinja nor Markdown."""
    if source.what != PLAIN:
        return source
    return replace(source, text=_MARK.sub(r"\\\g<0>", source.text), what="définition")


def _alignment(cell: CellData) -> str:
    values = [line.value for line in cell.lines]
    if any(isinstance(one, Amount | Percentage) for one in values):
        return "right"
    return "center" if any(isinstance(one, NumberValue | Absent) for one in values) else "left"


def _has_figure(cell: CellData) -> bool:
    return any(line.value is not None for line in cell.lines)


def _plain(cell: Cell) -> str:
    return " ".join(plain_text(block.inlines) for block in cell.blocks if isinstance(block, Paragraph))


def _sums(text: str, names: Names) -> tuple[str, dict[str, object]]:
    """« {{ exercice + 1 }} »: texts do not calculate, but a table may name the year before and after."""
    made: dict[str, object] = {}

    def put(found: re.Match[str]) -> str:
        known = match_name(found[2], names)
        value = names[known] if known is not None else None
        year = value.value if isinstance(value, NumberValue) else value
        if not isinstance(year, int | Decimal) or isinstance(year, bool):
            return found[0]
        name = f"{found[2]}_{'plus' if found[3] == '+' else 'moins'}_{found[4]}"
        made[name] = text_view(str(int(year) + int(found[3] + found[4])), "exercice", name)
        return f"{found[1]}{name}"

    return _SUM.sub(put, text), made


def _view_of(value: object, printing: Printing) -> object | None:
    match value:
        case bool() | None:
            return value
        case int():
            return text_view(str(value), "exercice", f"exercices.{value}")
        case str():
            return text_view(value)
        case tuple() if all(isinstance(one, int) for one in value):
            return YearsView(tuple(one for one in value if isinstance(one, int)))
        case TextValue(source=source) if source.what == PLAIN:
            return view_of(replace(value, source=as_text(source)), printing)
        case _:
            try:
                return view_of(value, printing)  # type: ignore[arg-type]
            except TypeError:
                return None
