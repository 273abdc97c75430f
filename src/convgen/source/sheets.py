"""Tables kept in .csv and .xlsx files: cells as texts that say where they stand. No law, no types here."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from convgen.errors import Place, Report, suggest
from convgen.source.files import read_text

MAX_BYTES = 10_000_000
MAX_UNZIPPED = 100_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text as a French typist would write it ("" when empty), and where it stands.

    Attributes:
        name: « Budget!B7 », « visites.csv:12, colonne 3 ».
        above: the cell that holds the text of this one, when both are merged in one that is several rows high.
    """

    text: str
    place: Place
    name: str
    above: SheetCell | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file: its titles, then its rows; every row has as many cells as there are titles."""

    titles: tuple[SheetCell, ...]
    rows: tuple[tuple[SheetCell, ...], ...]


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet as it is seen: its name, its rows, and whether the first one holds the titles of its columns."""

    name: str
    rows: list[list[str]]
    headed: bool


def read_sheet(path: Path, file: str, report: Report, *, sheet: str = "", heading: int = 1) -> Sheet | None:
    """The table of a .csv or .xlsx file.

    Args:
        path: where the file is, already confined to the workspace.
        file: how messages name it.
        report: receives FIC-01 (absent), FIC-04 (too big), FIC-05 (unreadable), DEF-04 (no such sheet), DEF-03 (a
            cell without a title).
        sheet: the sheet of a workbook, the first one when empty.
        heading: the number of the row of titles, from 1.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        cells = _csv(path, file, report)
    elif kind in (".xlsx", ".xlsm"):
        cells = _workbook(path, file, sheet, report)
    else:
        report.error(
            "FIC-05",
            f"le fichier « {file} » n'est ni un .csv ni un .xlsx",
            Place(file),
            remedy="Enregistrez le tableau au format .xlsx, ou .csv en UTF-8.",
        )
        return None
    return None if cells is None else _sheet(cells, heading, file, report)


def read_workbook(path: Path, file: str, report: Report) -> tuple[PrintedSheet, ...]:
    """Every sheet that is shown of a workbook, with its cells as a spreadsheet shows them; empty ones are left out.

    Rows and columns that are hidden are left out too.

    Args:
        path: where the file is.
        file: how messages name it.
        report: receives FIC-01 (absent), FIC-04 (too big), FIC-05 (unreadable), DON-18 (a formula never computed;
            a warning for one that gives an error).
    """
    if not _is_safe(path, file, report):
        return ()
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        names = [one.title for one in book.worksheets if one.sheet_state == "visible"]
        book.close()
    except (ValueError, KeyError, OSError, TypeError, zipfile.BadZipFile, SyntaxError, AttributeError):
        report.error("FIC-05", f"le classeur « {file} » est illisible", Place(file), remedy="Enregistrez-le en .xlsx.")
        return ()
    checked = [name for name in names if _workbook(path, file, name, report) is not None]
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        found = [_printed(path, file, book[name], report) for name in checked]
    finally:
        book.close()
    return tuple(one for one in found if one.rows)


def _printed(path: Path, file: str, sheet: Any, report: Report) -> PrintedSheet:
    """The rows of a sheet as they are seen, without the empty ones at their end and the columns that nothing fills."""
    from convgen.source.printed_cells import hidden, shown
    from convgen.source.sheets_heading import is_heading, is_marked

    part = str(getattr(sheet, "_worksheet_path", ""))
    no_rows, no_columns = hidden(path, part)
    rows: list[list[str]] = []
    marked = False
    for line, row in enumerate(sheet.iter_rows(), start=1):
        if line in no_rows or line > MAX_ROWS:
            continue
        kept = [(rank, cell) for rank, cell in enumerate(row[:MAX_COLUMNS], start=1) if rank not in no_columns]
        for rank, cell in kept:
            if getattr(cell, "data_type", "") == "e":
                where = _cell(None, file, sheet.title, line, rank)
                message = f"{where.name} : la formule donne une erreur, « {cell.value} », qui est imprimée"
                remedy = "Corrigez la formule dans un tableur, et enregistrez-le."
                report.warning("DON-18", message, where.place, remedy=remedy)
        texts = [shown(cell.value, getattr(cell, "number_format", None) or "General") for _, cell in kept]
        while texts and not texts[-1]:
            texts.pop()
        if not rows:
            marked = is_marked(path, part, line, (_is_bold(cell) for _, cell in kept if cell.value is not None))
        rows.append(texts)
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    full = [[*row, *([""] * (width - len(row)))] for row in rows]
    return PrintedSheet(sheet.title, full, is_heading(full, marked=marked))


def _is_bold(cell: Any) -> bool:
    return bool(getattr(getattr(cell, "font", None), "b", False))


def _sheet(cells: list[list[SheetCell]], heading: int, file: str, report: Report) -> Sheet | None:
    if len(cells) < max(heading, 1):
        report.error("FIC-05", f"le fichier « {file} » n'a pas de ligne de titres", Place(file))
        return None
    titles = [_title(cell) for cell in cells[heading - 1]]
    while titles and not titles[-1].text:
        titles.pop()
    width = len(titles)
    rows = []
    for row in cells[heading:]:
        if not any(cell.text for cell in row):
            continue
        for cell in row[width:]:
            if cell.text:
                report.error("DEF-03", f"{cell.name} : cette cellule n'a pas de titre de colonne", cell.place)
        row += [_beyond(row[-1], rank) for rank in range(len(row) + 1, width + 1)]
        rows.append(tuple(_own(cell, heading) for cell in row[:width]))
    return Sheet(tuple(titles), tuple(rows))


def _beyond(last: SheetCell, column: int) -> SheetCell:
    """An empty cell to the right of the last one of its row, named as if the file held it."""
    place = Place(last.place.file, last.place.line, column)
    sheet, mark, _ = last.name.rpartition("!")
    if mark:
        return _cell(None, place.file, sheet, place.line, column)
    return SheetCell("", place, f"{last.name.rpartition(' ')[0]} {column}")


def _title(cell: SheetCell) -> SheetCell:
    """A title that covers several rows is that of its column, whichever of them is the row of titles."""
    return replace(cell, text=cell.above.text, above=None) if cell.above is not None else cell


def _own(cell: SheetCell, heading: int) -> SheetCell:
    """A title merged down over the rows is no value of theirs."""
    return replace(cell, above=None) if cell.above is not None and cell.above.place.line <= heading else cell


# --- csv ----------------------------------------------------------------------------------------------


def _csv(path: Path, file: str, report: Report) -> list[list[SheetCell]] | None:
    text = read_text(path, file, report)
    if text is None:
        return None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        cause = "Il contient un caractère nul, qu'aucun texte ne contient : le fichier est abîmé, ou n'est pas un .csv."
        remedy = "Ouvrez-le dans un tableur, et enregistrez-le au format .csv, en UTF-8."
        report.error("FIC-05", f"le fichier « {file} » est mal formé", Place(file, line), cause=cause, remedy=remedy)
        return None
    first = text.partition("\n")[0]
    mark = max(";\t,", key=first.count)
    rows: list[list[SheetCell]] = []
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    line = 1
    try:
        for row in reader:
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                _too_big(file, report)
                return None
            rows.append([_csv_cell(value, file, line, rank) for rank, value in enumerate(row, start=1)])
            line = reader.line_num + 1
    except csv.Error as error:
        cause = "Un guillemet y est ouvert et jamais fermé, ou suivi d'autre chose qu'un séparateur."
        if "field limit" in str(error):
            cause = "Une cellule y est trop longue : un guillemet n'est sans doute jamais fermé."
        remedy = "Ouvrez-le dans un tableur et enregistrez-le de nouveau en CSV."
        report.error("FIC-05", f"le fichier « {file} » est mal formé", Place(file, line), cause=cause, remedy=remedy)
        return None
    return [row or [SheetCell("", Place(file), file)] for row in rows]


def _csv_cell(value: str, file: str, line: int, rank: int) -> SheetCell:
    return SheetCell(value.strip(), Place(file, line, rank), f"{Path(file).name}:{line}, colonne {rank}")


# --- xlsx ---------------------------------------------------------------------------------------------


def _workbook(path: Path, file: str, name: str, report: Report) -> list[list[SheetCell]] | None:
    if not _is_safe(path, file, report):
        return None
    # openpyxl takes a tenth of a second to start: only those who have workbooks pay it.
    from openpyxl import load_workbook

    book = formulas = None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        title = _sheet_name(book.sheetnames, name, file, report)
        if title is None:
            return None
        values = list(_rows(book[title].iter_rows(values_only=True)))
        if len(values) > MAX_ROWS:
            _too_big(file, report)
            return None
        cells = [[_cell(one, file, title, r, c) for c, one in enumerate(row, 1)] for r, row in enumerate(values, 1)]
        if _has_formulas(path):
            formulas = load_workbook(path, read_only=True)
            _report_uncomputed(values, formulas[title].iter_rows(values_only=True), file, title, report)
        _spread(cells, _merged(path, str(getattr(book[title], "_worksheet_path", ""))), file, title)
        return cells
    except (ValueError, KeyError, OSError, TypeError, zipfile.BadZipFile, SyntaxError, AttributeError):
        cause, remedy = (
            "Il est abîmé, ou ce n'est pas un classeur Excel.",
            "Ouvrez-le dans un tableur et enregistrez-le.",
        )
        report.error("FIC-05", f"le classeur « {file} » est illisible", Place(file), cause=cause, remedy=remedy)
        return None
    finally:
        for one in (book, formulas):
            if one is not None:
                one.close()


def _merged(path: Path, part: str) -> Iterator[str]:
    """The merged ranges of a sheet (« A2:A5 »), read in its XML: openpyxl hides them when it reads row by row."""
    with zipfile.ZipFile(path) as archive:
        for found in _MERGED.finditer(archive.read(part.removeprefix("/"))):
            yield found[1].decode()


def _spread(cells: list[list[SheetCell]], ranges: Iterable[str], file: str, sheet: str) -> None:
    """Tell the empty cells of a merged range which cell of their column holds its text.

    Only the first column of a range: a text is never copied to the columns beside it.
    """
    from openpyxl.utils import range_boundaries

    for one in ranges:
        left, top, _, bottom = (number or 1 for number in range_boundaries(one))
        if top > len(cells) or left > len(cells[top - 1]):
            continue
        first = cells[top - 1][left - 1]
        for line in range(top + 1, min(bottom, len(cells)) + 1):
            row = cells[line - 1]
            row += [_cell(None, file, sheet, line, rank) for rank in range(len(row) + 1, left + 1)]
            row[left - 1] = replace(row[left - 1], above=first)


def _rows(found: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """The rows without the empty cells at their end; one more than allowed at most."""
    for rank, row in enumerate(found):
        if rank > MAX_ROWS:
            return
        kept = list(row[: MAX_COLUMNS + 1])
        while kept and kept[-1] is None:
            kept.pop()
        yield tuple(kept) or (None,)


def _is_safe(path: Path, file: str, report: Report) -> bool:
    """Whether the workbook is a zip that does not swell beyond the limit."""
    if not path.is_file():
        report.error("FIC-01", f"le fichier « {file} » est introuvable", Place(file))
        return False
    if path.stat().st_size > MAX_BYTES:
        _too_big(file, report)
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        report.error("FIC-05", f"le classeur « {file} » est illisible", Place(file), remedy="Enregistrez-le en .xlsx.")
        return False
    if size > MAX_UNZIPPED:
        _too_big(file, report)
        return False
    return True


def _too_big(file: str, report: Report) -> None:
    cause = f"La limite est de {MAX_ROWS} lignes, {MAX_COLUMNS} colonnes et {MAX_BYTES // 1_000_000} Mo."
    remedy = "Scindez-le en plusieurs fichiers, ou supprimez les lignes et les colonnes vides qu'il garde."
    report.error("FIC-04", f"le tableau « {file} » est trop gros", Place(file), cause=cause, remedy=remedy)


def _sheet_name(names: list[str], wanted: str, file: str, report: Report) -> str | None:
    if not wanted:
        return names[0]
    if wanted in names:
        return wanted
    remedy = suggest(wanted, names, "Feuilles")
    report.error("DEF-04", f"le classeur « {file} » n'a pas de feuille « {wanted} »", Place(file), remedy=remedy)
    return None


def _cell(value: object, file: str, sheet: str, row: int, column: int) -> SheetCell:
    from openpyxl.utils import get_column_letter

    return SheetCell(_typed(value), Place(file, row, column), f"{sheet}!{get_column_letter(column)}{row}")


def _typed(value: object) -> str:
    """The value as typed; a workbook keeps 15 digits, no more."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case float():
            return _figures(value)
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case _:
            return str(value).strip()


def _figures(value: float) -> str:
    text = format(value, ".15g")
    if "e" in text or "n" in text:  # 1e-07, inf, nan: no figure that a person typed
        return text
    return text.replace(".", ",")


def _report_uncomputed(
    values: list[tuple[object, ...]], formulas: Iterable[tuple[object, ...]], file: str, sheet: str, report: Report
) -> None:
    """An empty cell that holds a formula was never computed: its figure would silently be missing."""
    for line, (row, typed) in enumerate(zip(values, formulas, strict=False), start=1):
        for rank, formula in enumerate(typed):
            value = row[rank] if rank < len(row) else None
            if value is None and isinstance(formula, str) and formula.startswith("="):
                cell = _cell(None, file, sheet, line, rank + 1)
                report.error(
                    "DON-18",
                    f"{cell.name} : la formule n'a pas de résultat enregistré",
                    cell.place,
                    remedy="Ouvrez le classeur dans un tableur, et enregistrez-le.",
                )


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [one for one in archive.namelist() if one.startswith("xl/worksheets/") and one.endswith(".xml")]
        return any(b"<f>" in content or b"<f " in content for content in map(archive.read, sheets))
