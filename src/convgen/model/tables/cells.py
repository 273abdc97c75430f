"""From a typed-in cell, or from the result of an expression, to a cell of a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from convgen.errors import Place, Report
from convgen.french.amounts import parse_amount
from convgen.french.dates import parse_date
from convgen.french.errors import FrenchError
from convgen.french.numbers import format_number, parse_number
from convgen.model.arithmetic import MONEY, NUMBER, PERCENT, Quantity
from convgen.model.tables.table import CellData, Line
from convgen.model.typed import guess_type, reserved, sentence, text_source
from convgen.model.values import (
    Absent,
    Amount,
    BooleanValue,
    ChoiceValue,
    DataValue,
    DateValue,
    Deferred,
    GroupItem,
    ListValue,
    NumberValue,
    Percentage,
    TextSource,
    TextValue,
    ToFill,
    Unknown,
)
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode

FIGURES = {"montant": MONEY, "nombre": NUMBER, "ETP": NUMBER, "pourcentage": PERCENT}
_CODES = {"montant": "DON-01", "nombre": "DON-07", "ETP": "DON-07", "pourcentage": "DON-06", "date": "DON-04"}
_NOTE = re.compile(r"(?P<figure>[^()]*?)\s*\((?P<note>[^()]+)\)", re.DOTALL)
_NONE = re.compile(r"[-\u2010-\u2015\u2212]\s*(?:€|euros?|ETP|%)?")
_STAFF = re.compile(r"(?P<figure>.*?)\s*ETP", re.DOTALL | re.IGNORECASE)
_MONEY = re.compile(r"[-\u2212]?[\d\s.,]+(?:€|euros?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a column are read: their type, and the name of the place in messages."""

    kind: str | None
    report: Report
    decimals: int | None = None


def read_cell(node: Node, reading: Reading, key: str, where: str = "") -> CellData:
    """The cell of a typed-in value.

    A list, or a text of several lines, gives several lines, whose figures add up. A block names each line:
    `{FSE: 42 500 €}` prints « 42 500 € (FSE) ».

    Args:
        node: what was typed.
        reading: the type wanted; receives DON-01, DON-04, DON-06, DON-07.
        key: the key of the value.
        where: « Budget!B7 », for a cell of a file.
    """
    pieces = _pieces(node)
    if len(pieces) == 1 and not pieces[0][1]:
        return _line_cell(pieces[0][0], reading, key, where)
    made = [
        _named(_line_cell(one, reading, f"{key}.{rank}", where), note) for rank, (one, note) in enumerate(pieces, 1)
    ]
    return gathered(made)


def _pieces(node: Node) -> list[tuple[Scalar, str]]:
    match node:
        case SequenceNode(items=items):
            return [(one, "") for one in items if isinstance(one, Scalar)]
        case MappingNode(entries=entries) if reserved(node, "") is None:
            return [(one, name.text) for name, one in entries if isinstance(one, Scalar)]
        case MappingNode():
            return [(Scalar("", node.place, None), "")]
    lines = [one.strip() for one in node.text.split("\n") if one.strip()]
    if len(lines) < 2:
        return [(node, "")]
    return [(Scalar(one, node.content_place.down(rank), one), "") for rank, one in enumerate(lines)]


def _named(cell: CellData, note: str) -> CellData:
    if not note or not cell.lines:
        return cell
    return replace(cell, lines=(replace(cell.lines[0], note=note), *cell.lines[1:]))


def gathered(cells: list[CellData]) -> CellData:
    """Several cells as one: every line, and the sum of the figures of the first kind."""
    lines = tuple(line for cell in cells for line in cell.lines)
    unknown = next((cell.figure for cell in cells if isinstance(cell.figure, Unknown)), None)
    figures = [cell.figure for cell in cells if isinstance(cell.figure, Quantity)]
    if unknown is not None or not figures:
        return CellData(lines, unknown)
    kind = figures[0].kind
    return CellData(lines, Quantity(sum((one.value for one in figures if one.kind == kind), Decimal()), kind))


def _line_cell(node: Scalar, reading: Reading, key: str, where: str) -> CellData:
    special = reserved(node, key)
    if special is not None:
        return cell_of(special, reading, key)
    text = node.text.strip()
    if not text:
        return CellData()
    kind, note = reading.kind, ""
    if kind is None:
        found = _NOTE.fullmatch(text)
        money = _MONEY.fullmatch(found["figure"] if found else text)
        kind = "montant" if money else "texte" if node.quoted else _guessed(node)
    if kind is None or kind == "texte" or kind not in _CODES:
        return CellData((Line(source=text_source(node)),))
    noted = _NOTE.fullmatch(text)
    if noted and noted["figure"]:
        text, note = noted["figure"], noted["note"].strip()
    if kind == "montant" and _STAFF.fullmatch(text) and not _MONEY.fullmatch(text):
        return CellData((Line(source=text_source(node)),))  # « 2 ETP » beside euros
    try:
        value = _READERS[kind](text, key, reading)
    except FrenchError as error:
        message = f"{where} : {error.message}" if where else sentence(error.message)
        reading.report.error(_CODES[kind], message, node.place, key, remedy=sentence(error.remedy))
        return CellData(figure=Unknown(key))
    return _valued(value, note)


def _guessed(node: Scalar) -> str:
    """Of an undeclared column: a figure or a day by its look, anything else is a text."""
    found = guess_type(node)
    return found if found in _CODES else "texte"


def _valued(value: Amount | NumberValue | Percentage | DateValue, note: str = "") -> CellData:
    figure = None
    match value:
        case Amount(value=exact):
            figure = Quantity(exact, MONEY)
        case NumberValue(value=exact):
            figure = Quantity(exact)
        case Percentage(value=exact):
            figure = Quantity(exact / 100, PERCENT)
    return CellData((Line(value, note),), figure)


def _signed(text: str, reader: Callable[[str], Decimal]) -> Decimal:
    """A figure that may be negative, or a dash for none."""
    if _NONE.fullmatch(text):
        return Decimal()
    if text[:1] in "-\u2212":
        return -reader(text[1:].strip())
    return reader(text)


def _amount(text: str, key: str, _: Reading) -> Amount:
    return Amount(key, _signed(text, parse_amount))


def _number(text: str, key: str, _: Reading) -> NumberValue:
    return NumberValue(key, _signed(text, parse_number))


def _staff(text: str, key: str, _: Reading) -> NumberValue:
    found = _STAFF.fullmatch(text)
    return NumberValue(key, _signed(found["figure"] if found and found["figure"] else text, parse_number))


def _percentage(text: str, key: str, reading: Reading) -> Percentage:
    figures = text.removesuffix("%").strip()
    typed = len(figures.replace(".", ",").partition(",")[2])
    return Percentage(key, _signed(figures, parse_number), typed if reading.decimals is None else reading.decimals)


def _day(text: str, key: str, _: Reading) -> DateValue:
    return DateValue(key, parse_date(text))


_READERS: dict[str, Callable[[str, str, Reading], Amount | NumberValue | Percentage | DateValue]] = {
    "montant": _amount,
    "nombre": _number,
    "ETP": _staff,
    "pourcentage": _percentage,
    "date": _day,
}


def cell_of(result: object, reading: Reading, key: str, place: Place | None = None) -> CellData:
    """The cell of a value of the data, or of the result of an expression."""
    at = place or Place("")
    match result:
        case bool():
            return CellData((Line(source=TextSource("oui" if result else "non", at)),))
        case int():
            return _figure(Quantity(Decimal(result)), reading, key, at)
        case Quantity() | Amount() | NumberValue() | Percentage():
            return _figure(result, reading, key, at)
        case TextValue(source=source):
            return _text_cell(source, reading, key)
        case str() as words:
            return _text_cell(TextSource(words, at), reading, key)
        case ListValue(items=items) | (tuple() as items):
            return gathered([cell_of(one, reading, f"{key}.{rank}", place) for rank, one in enumerate(items, 1)])
        case GroupItem():
            return _item(result, reading, key, at)
        case _:
            return _special(result, reading, key, at)


def _special(result: object, reading: Reading, key: str, place: Place) -> CellData:
    """Days, choices, and the values that stand for none."""
    match result:
        case DateValue(value=day) | (date() as day):
            return CellData((Line(DateValue(key, day)),))
        case Unknown():
            return CellData((Line(Unknown(key, result.hint)),), Unknown(key, result.hint))
        case Absent() | Deferred():
            return CellData((Line(replace(result, key=key)),))
        case ToFill() | None:
            return CellData()
        case ChoiceValue(label=label):
            return CellData((Line(source=TextSource(label, place)),))
        case BooleanValue(value=value):
            return CellData((Line(source=TextSource("oui" if value else "non", place)),))
        case _:
            remedy = "Précisez-la : une année, un champ, ou une somme."
            reading.report.error("DON-18", "cette valeur ne tient pas dans une cellule", place, key, remedy=remedy)
            return CellData(figure=Unknown(key))


def _text_cell(source: TextSource, reading: Reading, key: str) -> CellData:
    if reading.kind in _CODES:
        return read_cell(Scalar(source.text, source.place, source.text), reading, key)
    return CellData((Line(source=source),))


def _item(item: GroupItem, reading: Reading, key: str, place: Place) -> CellData:
    """An item prints its title or its name; figures by label print one line each."""
    for name in ("titre", "nom", "libelle"):
        if name in item.fields:
            return cell_of(item.fields[name], reading, key, place)
    cells = [_named(cell_of(one, reading, f"{key}.{name}", place), name) for name, one in item.fields.items()]
    return gathered(cells)


def _figure(result: Quantity | DataValue, reading: Reading, key: str, place: Place) -> CellData:
    """A figure, in the type of its column."""
    match result:
        case Amount(value=exact, unit_price=True):
            return CellData((Line(Amount(key, exact, unit_price=True)),), Quantity(exact, MONEY))
        case Amount(value=exact):
            figure = Quantity(exact, MONEY)
        case NumberValue(value=exact):
            figure = Quantity(exact)
        case Percentage(value=exact, decimals=decimals):
            return CellData((Line(Percentage(key, exact, decimals)),), Quantity(exact / 100, PERCENT))
        case Quantity():
            figure = result
        case _:
            return CellData()
    if figure.kind == NUMBER and reading.kind == "montant":
        figure = Quantity(figure.value, MONEY)
    if figure.kind == NUMBER and reading.kind == "texte":
        text = format(figure.value, "f").replace(".", ",")  # « 2024 » is no quantity there
        return CellData((Line(source=TextSource(text, place)),))
    value = figure_value(figure, key, reading.decimals)
    wanted = FIGURES.get(reading.kind or "")
    if wanted is not None and wanted != figure.kind and not (wanted == PERCENT and figure.kind == NUMBER):
        message = f"« {key} » est un {figure.kind}, la colonne attend un {reading.kind}"
        reading.report.error(_CODES[reading.kind or ""], message, place, key)
    if wanted == PERCENT and figure.kind == NUMBER:
        figure = Quantity(figure.value, PERCENT)
        value = figure_value(figure, key, reading.decimals)
    return CellData((Line(value),), figure)


def figure_value(figure: Quantity, key: str, decimals: int | None = None) -> DataValue:
    """The data value of a figure."""
    exact = _tidy(figure.value)
    match figure.kind:
        case "montant":
            return Amount(key, exact)
        case "pourcentage":
            shown = _tidy(exact * 100)
            typed = len(format(shown, "f").partition(".")[2])
            return Percentage(key, shown, typed if decimals is None else decimals)
        case _:
            return NumberValue(key, exact)


def _tidy(value: Decimal) -> Decimal:
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)


def shown_figure(figure: Quantity) -> str:
    """A figure as messages print it."""
    return str(figure) if figure.kind != NUMBER else format_number(_tidy(figure.value))
