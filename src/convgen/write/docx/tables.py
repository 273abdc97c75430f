"""Tables and signature grids. Both are Word tables; only the first one holds data."""

from __future__ import annotations

from collections.abc import Callable

from convgen.acte.nodes import Block, Cell, Inlines, Paragraph, Row, Signature, SignatureGrid, Table
from convgen.acte.runs import plain_text
from convgen.write.columns import (
    CELL_PADDING,
    DENSE_PADDING,
    SHORT_TABLE,
    TEXT_ROW,
    Span,
)
from convgen.write.docx.inlines import is_steady, print_line
from convgen.write.docx.pager import Pager
from convgen.write.docx.revisions import row_opening
from convgen.write.docx.state import PrintedTable, State, cell_page
from convgen.write.docx.xml import escape

PrintBlocks = Callable[[State, tuple[Block, ...]], None]
RULE = 10  # of a line between two rows
_DENSE = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
SIGN_ROOM = 1420  # height left to sign and stamp, twentieths of a point (2.5 cm)
RESERVED_ROOM = 1700
AIR = 400  # between two rows of signatures


def print_table(state: State, table: Table, print_blocks: PrintBlocks) -> None:
    """Print a table: caption above, repeated header rows, rows that never split."""
    if not table.header and not table.rows:
        return  # Word refuses a table without rows
    if table.caption:
        words, text = print_line(state, table.caption)
        state.emit("Caption", words, ppr=state.steady("Caption", len(table.header) + len(table.rows)), spaced=True)
        state.measure("Caption", text)
    state.before_table()
    use = state.page.text_width
    held = id(table) in state.held
    found = None if state.cell or held else state.tables.find(table, use)
    if found is None:
        found = _printed(state, table, print_blocks, held)
        if not (state.cell or held) and len(table.rows) < SHORT_TABLE and _is_steady(table):
            state.tables.keep(table, use, found)
    heads, rows = found.heights[: len(table.header)], found.heights[len(table.header) :]
    above, state.pager.repeated = state.pager.repeated, 0.0
    for height in heads:
        state.pager.place(1, height, keep=True)
    state.pager.repeated = sum(heads)
    for place, height in enumerate(rows):
        state.pager.place(1, height, keep=_stays(table.rows, place, held))
    if not state.cell:
        state.deal(len(found.heights))
    state.pager.repeated = above
    state.pager.after = 200
    state.out.append(found.xml)
    state.after_table = True


def _stays(rows: tuple[Row, ...], place: int, held: bool = False) -> bool:
    """A short table stays whole; of a long one, the last rows never stand alone on a page.

    The last row of a table that is `held` stays with what follows the table.
    """
    last = len(rows) - 1
    if place == last:
        return held
    return (last < SHORT_TABLE or place >= last - 2) and rows[place].role != TEXT_ROW


def _is_steady(table: Table) -> bool:
    """Whether the table prints the same in every act: plain lines, no list, note or reference."""
    lines = (*table.header, *table.rows)
    cells = (cell for row in lines for cell in row.cells)
    return not any(row.change for row in lines) and all(
        isinstance(block, Paragraph) and is_steady(block.inlines) for cell in cells for block in cell.blocks
    )


def _printed(state: State, table: Table, print_blocks: PrintBlocks, held: bool = False) -> PrintedTable:
    layout = state.layouts.of(table, state.page.text_width)
    above, state.dense = state.dense, layout.dense
    widths = layout.widths
    parts = [_table_head(state, "ActeTableau", widths, _alternative(table), margins=_DENSE if state.dense else "")]
    heights: list[float] = []
    spans: dict[int, Span] = {}
    for row in table.header:
        xml, height = _row(state, row, widths, spans, True, print_blocks)
        parts.append(xml)
        heights.append(height)
    for place, row in enumerate(table.rows):
        state.cell_keep = _stays(table.rows, place, held)
        xml, height = _row(state, row, widths, spans, False, print_blocks)
        parts.append(xml)
        heights.append(height)
    state.cell_keep = False
    state.dense = above
    parts.append("</w:tbl>")
    return PrintedTable("".join(parts), tuple(heights))


def _alternative(table: Table) -> str:
    title = plain_text(table.caption)
    caption = f'<w:tblCaption w:val="{escape(title)}"/>' if title else ""
    return caption + (f'<w:tblDescription w:val="{escape(table.description)}"/>' if table.description else "")


def _table_head(state: State, style: str, widths: tuple[int, ...], alternative: str = "", *, margins: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'  # noqa: E501
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{state.styles[style]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{margins}{look}{alternative}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _row(
    state: State, row: Row, widths: tuple[int, ...], spans: dict[int, Span], header: bool, print_blocks: PrintBlocks
) -> tuple[str, float]:
    """A row, and its height."""
    whole = '<w:cantSplit w:val="off"/>' if row.role == TEXT_ROW else "<w:cantSplit/>"
    parts = [row_opening(state, row.change), f"<w:trPr>{whole}", "<w:tblHeader/>" if header else "", "</w:trPr>"]
    column = 0
    tallest = 0.0
    pager = state.pager
    for cell in row.cells:
        column = _covered(state, parts, column, widths, spans)
        if cell.rowspan > 1:
            spans[column] = Span(cell.rowspan - 1, cell.colspan)
        width = sum(widths[column : column + cell.colspan])
        state.pager = Pager(1e9)
        parts.append(_cell(state, cell, width, row.role, header, print_blocks))
        tallest = max(tallest, (state.pager.y + state.pager.after) / (cell.rowspan or 1))
        column += cell.colspan
    state.pager = pager
    column = _covered(state, parts, column, widths, spans)
    if column < len(widths):  # a row shorter than the others: Word wants every column covered
        parts.append(_cell(state, Cell((), colspan=len(widths) - column), sum(widths[column:]), row.role, header,
                           print_blocks))  # fmt: skip
    parts.append("</w:tr>")
    return "".join(parts), tallest + RULE


def _covered(state: State, parts: list[str], column: int, widths: tuple[int, ...], spans: dict[int, Span]) -> int:
    """Print the continuation of the cells that hang over this row from above; return the next free column."""
    while column in spans:
        span = spans[column]
        width = sum(widths[column : column + span.columns])
        extent = f'<w:gridSpan w:val="{span.columns}"/>' if span.columns > 1 else ""
        empty = f'<w:p><w:pPr><w:pStyle w:val="{state.styles["ActeTableauTexte"]}"/></w:pPr></w:p>'
        parts.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extent}<w:vMerge/></w:tcPr>{empty}</w:tc>')
        span.rows -= 1
        if span.rows == 0:
            del spans[column]
        column += span.columns
    return column


def _cell(state: State, cell: Cell, width: int, role: str, header: bool, print_blocks: PrintBlocks) -> str:
    props = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.colspan > 1:
        props += f'<w:gridSpan w:val="{cell.colspan}"/>'
    if cell.rowspan > 1:
        props += '<w:vMerge w:val="restart"/>'
    if header or role in ("total", "bande"):
        props += f'<w:shd w:val="clear" w:color="auto" w:fill="{state.charte.couleurs.fond}"/>'
    props += f'<w:vAlign w:val="{"top" if role == TEXT_ROW else "center"}"/>'
    saved = state.out, state.cell, state.cell_align, state.bold, state.italic, state.after_table, state.page
    state.out = []
    state.cell = "ActeTableauTitre" if header or role == "bande" else "ActeTableauTexte"
    state.cell += "Serre" if state.dense else ""
    state.cell_align = cell.align
    state.bold = role in ("total", "sous-total")
    state.italic = role == "information"
    page = state.page
    inner = width - (DENSE_PADDING if state.dense else CELL_PADDING)
    state.page = cell_page(inner, page.height, page.top, page.bottom)
    print_blocks(state, cell.blocks)
    if not state.out or not state.out[-1].endswith("</w:p>"):
        state.emit(state.cell, "")
    inside = "".join(state.out)
    state.out, state.cell, state.cell_align, state.bold, state.italic, state.after_table, state.page = saved
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


# --- signatures ---------------------------------------------------------------------------------------


def print_signatures(state: State, grid: SignatureGrid) -> None:
    """Print the signature frames, all on one page: every line is kept with the next, no row splits."""
    columns = max(grid.columns, 1)
    state.before_table()
    total = state.page.text_width
    widths = (total // columns,) * columns
    rows: list[str] = []
    empty = _signature_cell(_lines(state, ()), total // columns * columns, columns)
    air = f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{AIR}" w:hRule="exact"/></w:trPr>{empty}</w:tr>'
    for start in range(0, len(grid.signatures), columns):
        group = grid.signatures[start : start + columns]
        rows += [air] if rows else []
        rows += _signature_rows(state, group, widths)
    if grid.reserved:
        rows.append(air)
        rows.append(_reserved_row(state, grid.reserved, widths))
    if rows:
        state.deal(len(rows))
        if id(grid) not in state.held:
            rows[-1] = rows[-1].replace("<w:keepNext/>", '<w:keepNext w:val="0"/>')
        state.out.append(_table_head(state, "ActeGrille", widths) + "".join(rows) + "</w:tbl>")
        state.after_table = True


def _signature_rows(state: State, group: tuple[Signature, ...], widths: tuple[int, ...]) -> list[str]:
    alone = len(group) == 1
    cells = [width for width in widths][: len(group)] if not alone else [sum(widths)]
    span = len(widths) if alone else 1
    missing = len(widths) - len(group) if not alone else 0
    above = [_lines(state, one.lines + ((one.name,) if one.name_first and one.name else ()), 200) for one in group]
    below = [_lines(state, (one.name,) if one.name and not one.name_first else ()) for one in group]
    rows = [(above, ""), ([_lines(state, ())] * len(group), f'<w:trHeight w:val="{SIGN_ROOM}" w:hRule="exact"/>')]
    if any(one.name and not one.name_first for one in group):
        rows.append((below, ""))
    out = []
    for contents, height in rows:
        filled = [_signature_cell(text, width, span) for text, width in zip(contents, cells, strict=True)]
        filled += [_signature_cell(_lines(state, ()), widths[0], 1)] * missing
        out.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(filled)}</w:tr>")
    lines = max(len(one.lines) + bool(one.name) for one in group)
    state.pager.place(1, SIGN_ROOM + 200 + lines * (state.looks["ActeSignature"].line + 20), keep=True)
    return out


def _lines(state: State, lines: tuple[Inlines, ...], before: int = 0) -> str:
    """Centred lines, each kept with the next; `before` is the room above the first one."""
    style = state.styles["ActeSignature"]
    opening = f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr>'
    text = "".join(f"{opening}{print_line(state, line)[0]}</w:p>" for line in lines or ((),))
    room = f'<w:spacing w:before="{before}"/></w:pPr>'
    return text.replace("</w:pPr>", room, 1) if before else text


def _signature_cell(inside: str, width: int, span: int, borders: str = "") -> str:
    extent = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extent}{borders}</w:tcPr>{inside}</w:tc>'


def _reserved_row(state: State, reserved: Inlines, widths: tuple[int, ...]) -> str:
    colour = state.charte.couleurs.filet
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{colour}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    cell = _signature_cell(
        _lines(state, (reserved,), 80), sum(widths), len(widths), f"<w:tcBorders>{sides}</w:tcBorders>"
    )
    state.pager.place(1, RESERVED_ROOM + AIR)
    height = f'<w:trHeight w:val="{RESERVED_ROOM}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cell}</w:tr>"
