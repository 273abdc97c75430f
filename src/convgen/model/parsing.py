"""Bare expressions, read by our own parser into a small tree. Running them lives in `expressions`.

Grammar, loosest first: `ou`, `et`, `non`, comparisons (= == != ≠ < <= > >=), `+ -`, `* / %`, unary `-`.
Figures are French (« 0,2049 », « 17 402 € », « 40 % »); a comma between two digits is decimal, so arguments are
separated by a comma and a space, or by `;`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn

from convgen.errors import DefinitionError, Diagnostic, Place, suggest
from convgen.french.dates import Duration, parse_date
from convgen.french.errors import FrenchError
from convgen.french.numbers import parse_number
from convgen.model.arithmetic import MONEY, PERCENT, CalculationError, Quantity

MAX_LENGTH = 1000
#: Expressions remembered: an act made again has the same ones.
MAX_PARSED = 4096
MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Literal:
    """A figure, a text, a day, a length of time, oui or non; columns count from 0."""

    value: object
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name; a part between brackets may be an expression."""

    parts: tuple[str | Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator."""

    name: str
    arguments: tuple[Node, ...]
    start: int
    end: int


Node = Literal | Name | Call


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. `names` are the dotted names it reads, in order, once each."""

    text: str
    place: Place
    root: Node = field(repr=False)

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The dotted names; what stands between brackets and is itself an expression is left out of its name."""
        return tuple(dict.fromkeys(_names(self.root)))


def _names(node: Node) -> Iterator[tuple[str, ...]]:
    match node:
        case Name(parts=parts):
            fixed: list[str] = []
            for part in parts:
                if isinstance(part, str):
                    fixed.append(part)
                else:
                    break
            yield tuple(fixed)
            for part in parts:
                if not isinstance(part, str):
                    yield from _names(part)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _names(argument)


_SPACE = " \t\n\u00a0\u2007\u2009\u202f"
_TOKEN = re.compile(
    rf"""[{_SPACE}]*(?:
      (?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?![\w-]))
    | (?P<number>(?:[0-9]{{1,3}}(?:[{_SPACE}][0-9]{{3}})+(?![0-9])|[0-9]+)(?:[.,][0-9]+)?)(?!\w)
    | (?P<text>"[^"]*"|'[^']*'|«[^»]*»)
    | (?P<name>[^\W\d]\w*(?:\.\w+)*)
    | (?P<sign><=|>=|==|!=|<>|[-+*/%=<>()\[\],;.€−×÷≤≥≠])
    )""",
    re.VERBOSE,
)
_SAME = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "−": "-", "×": "*", "÷": "/", ";": ","}
_POWERS = {"ou": 1, "et": 2, "=": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
_NOT, _MINUS = 3, 7
UNITS = {"jour": "days", "mois": "months", "an": "years", "semaine": "weeks"}
UNITS |= {"jours": "days", "ans": "years", "semaines": "weeks"}
_FUNCTIONS = ("somme", "min", "max", "mois", "jours", "ans", "semaines", "arrondi", "autres")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=MAX_PARSED)
def parse_expression(text: str, place: Place) -> Expression:
    """Read an expression.

    Args:
        text: without the leading « = ».
        place: where its first character stands.

    Raises:
        DefinitionError: DON-09, at the column where the reading stopped.
    """
    if len(text) > MAX_LENGTH:
        _fail(place, 0, f"l'expression dépasse {MAX_LENGTH} caractères", "Répartissez le calcul en plusieurs données.")
    return Expression(text, place, _Parser(text, place).whole())


def place_at(place: Place, column: int) -> Place:
    """The place some columns further on the line."""
    return Place(place.file, place.line, place.column + column)


_EXAMPLES = "Exemples : a + b, 40 % * a, somme(volets.montant), fin + mois(3)."


def _fail(place: Place, column: int, message: str, remedy: str = "") -> NoReturn:
    raise DefinitionError(Diagnostic("DON-09", message, place_at(place, column), remedy=remedy or _EXAMPLES))


class _Parser:
    """Precedence climbing over the tokens of one expression."""

    def __init__(self, text: str, place: Place) -> None:
        self.place = place
        self.tokens = self._tokens(text)
        self.position = 0
        self.depth = 0

    def _tokens(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        position, end = 0, len(text.rstrip(_SPACE))
        while position < end:
            found = _TOKEN.match(text, position)
            if not found or not found.lastgroup:
                while text[position] in _SPACE:
                    position += 1
                _fail(self.place, position, f"signe inattendu : « {text[position]} »")
            kind = found.lastgroup
            word = found[kind]
            if kind == "name" and word in ("et", "ou", "non", "oui"):
                kind = "sign" if word in ("et", "ou", "non") else kind
            word = _SAME.get(word, word) if kind == "sign" else word
            tokens.append(_Token(kind, word, found.start(found.lastgroup), found.end()))
            position = found.end()
        tokens.append(_Token("end", "", end, end))
        return tokens

    @property
    def token(self) -> _Token:
        return self.tokens[self.position]

    def _take(self) -> _Token:
        token = self.token
        self.position += token.kind != "end"
        return token

    def _expect(self, sign: str, opening: _Token) -> _Token:
        if self.token.kind != "sign" or self.token.text != sign:
            self._unexpected(f"il manque « {sign} » après « {opening.text} »")
        return self._take()

    def _unexpected(self, message: str = "") -> NoReturn:
        token = self.token
        found = f"« {token.text} » est inattendu" if token.text else "l'expression est incomplète"
        _fail(self.place, token.start, message or found)

    def whole(self) -> Node:
        node = self.expression(0)
        if self.token.kind != "end":
            self._unexpected()
        return node

    def expression(self, power: int) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            _fail(self.place, self.token.start, "l'expression a trop de niveaux", "Répartissez le calcul.")
        left = self.operand()
        while self.token.kind == "sign" and _POWERS.get(self.token.text, 0) > power:
            sign = self._take()
            strength = _POWERS[sign.text]
            right = self.expression(strength)
            if strength == 4 and self.token.kind == "sign" and _POWERS.get(self.token.text) == 4:
                self._unexpected("deux comparaisons se suivent : reliez-les par « et »")
            left = Call(sign.text, (left, right), left.start, right.end)
        self.depth -= 1
        return left

    def operand(self) -> Node:
        token = self._take()
        match token.kind, token.text:
            case "number", _:
                return self.figure(token)
            case "date", _:
                return Literal(self._day(token), token.start, token.end)
            case "text", text:
                return Literal(text[1:-1].strip(_SPACE) if text[0] == "«" else text[1:-1], token.start, token.end)
            case "name", "oui":
                return Literal(True, token.start, token.end)
            case "name", _:
                return self.name(token)
            case "sign", "non":
                return self._no(token)
            case "sign", "-":
                inner = self.expression(_MINUS)
                return Call("opposé", (inner,), token.start, inner.end)
            case "sign", "(":
                inner = self.expression(0)
                self._expect(")", token)
                return inner
        self.position -= token.kind != "end"
        return self._unexpected()

    def _no(self, token: _Token) -> Node:
        """« non » alone is a value; before an operand it is the negation."""
        if not self._starts_operand():
            return Literal(False, token.start, token.end)
        inner = self.expression(_NOT)
        return Call("non", (inner,), token.start, inner.end)

    def _starts_operand(self) -> bool:
        token = self.token
        return token.kind in ("number", "date", "text", "name") or (token.kind == "sign" and token.text in "(-non")

    def _day(self, token: _Token) -> date:
        try:
            return parse_date(token.text)
        except FrenchError as error:
            _fail(self.place, token.start, error.message, error.remedy)

    def figure(self, token: _Token) -> Node:
        """A figure and its sign: « 17 402 € », « 40 % », « 3 mois »."""
        try:
            value = parse_number(token.text)
        except FrenchError as error:
            _fail(self.place, token.start, error.message, error.remedy)
        if len(value.as_tuple().digits) > 25:
            _fail(self.place, token.start, "ce nombre est trop grand")
        sign = self.token
        if sign.kind == "sign" and sign.text == "€":
            self._take()
            return Literal(Quantity(value, MONEY), token.start, sign.end)
        if sign.kind == "name" and sign.text in ("euro", "euros"):
            self._take()
            return Literal(Quantity(value, MONEY), token.start, sign.end)
        if sign.kind == "name" and sign.text in UNITS:
            self._take()
            return Literal(self._length(value, sign), token.start, sign.end)
        if sign.kind == "sign" and sign.text == "%":
            self._take()
            if not self._starts_operand() or self.token.text == "-":
                return Literal(Quantity(value / 100, PERCENT), token.start, sign.end)
            self.position -= 1
        return Literal(Quantity(value), token.start, token.end)

    def _length(self, value: Decimal, unit: _Token) -> Duration:
        try:
            return length_of(value, UNITS[unit.text])
        except (CalculationError, FrenchError) as error:
            _fail(self.place, unit.start, error.message, error.remedy)

    def name(self, token: _Token) -> Node:
        if self.token.kind == "sign" and self.token.text == "(":
            return self.call(token)
        parts: list[str | Node] = list(token.text.split("."))
        end = token.end
        while self.token.kind == "sign" and self.token.text in "[.":
            opening = self._take()
            if opening.text == ".":
                following = self._take()
                if following.kind not in ("name", "number"):
                    self.position -= following.kind != "end"
                    self._unexpected()
                parts.extend(following.text.split("."))
                end = following.end
                continue
            inner = self.expression(0)
            end = self._expect("]", opening).end
            parts.append(key_text(inner.value) if isinstance(inner, Literal) else inner)
        return Name(tuple(parts), token.start, end)

    def call(self, token: _Token) -> Node:
        if token.text not in _FUNCTIONS:
            remedy = suggest(token.text, _FUNCTIONS, "Fonctions possibles")
            _fail(self.place, token.start, f"fonction inconnue : « {token.text} »", remedy)
        opening = self._take()
        arguments = [self.expression(0)]
        while self.token.kind == "sign" and self.token.text == ",":
            self._take()
            arguments.append(self.expression(0))
        closing = self._expect(")", opening)
        wanted = {"arrondi": (2, 2), "somme": (1, 50), "min": (1, 50), "max": (1, 50)}.get(token.text, (1, 1))
        if not wanted[0] <= len(arguments) <= wanted[1]:
            remedy = 'Exemple : arrondi(a / 3, "centime").' if token.text == "arrondi" else ""
            count = f"{wanted[0]} valeur{'s' if wanted[0] > 1 else ''}"
            _fail(self.place, token.start, f"« {token.text} » attend {count}", remedy)
        return Call(token.text, tuple(arguments), token.start, closing.end)


def key_text(value: object) -> str:
    """A value as a part of a dotted name."""
    if isinstance(value, Quantity):
        return format(value.value, "f")
    return str(value)


def length_of(value: Decimal, unit: str) -> Duration:
    """So many years, months, weeks or days.

    Raises:
        CalculationError: when it is no whole positive number.
    """
    if value != value.to_integral_value() or not 0 < value < 100_000:
        raise CalculationError("une durée se compte en nombres entiers", "Exemple : mois(3).")
    count = int(value)
    match unit:
        case "years":
            return Duration(years=count)
        case "months":
            return Duration(months=count)
        case "weeks":
            return Duration(weeks=count)
        case _:
            return Duration(days=count)
