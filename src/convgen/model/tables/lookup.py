"""Names of a row: from a dotted name of an expression to a value, and what a missing one means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from convgen.errors import DefinitionError, Report, fold
from convgen.model.arithmetic import MONEY, Quantity
from convgen.model.expressions import Expression, UnknownNameError, evaluate
from convgen.model.parsing import Name, parse_expression
from convgen.model.rules import evaluate_condition
from convgen.model.scope import Scope, walk
from convgen.model.tables.source import Raw, SourceRow
from convgen.model.tables.table import Names
from convgen.model.typed import sentence
from convgen.model.values import Absent, Unknown
from convgen.source.yaml import MappingNode, Node, Scalar


class AbsentHereError(Exception):
    """A row has no such name; others may."""

    def __init__(self, error: UnknownNameError) -> None:
        super().__init__(error.name)
        self.error = error


class SaidAbsentError(Exception):
    """A row says « sans » for the block in which a name is looked for: « budget: {2024: sans} »."""


def refuse_absent(found: object, parts: tuple[str, ...]) -> object:
    """The value of a name.

    Raises:
        SaidAbsentError: when it was looked for in a block that is « sans »; a value that is « sans » is returned.
    """
    if isinstance(found, Absent) and found.key.rpartition(".")[2] != parts[-1]:
        raise SaidAbsentError
    return found


@dataclass(frozen=True, slots=True)
class RowReader:
    """What every row of a table may read besides its own fields.

    Attributes:
        names: the jeu, the act.
        funders: identifiers of the financeurs, folded: one that gives nothing gives zero.
    """

    names: Names
    funders: frozenset[str]
    report: Report

    def roots(self, row: SourceRow, more: Names) -> dict[str, object]:
        """Every first name: fields of the row, then what it comes from, then the names of the column, then the jeu."""
        return {**self.names, **row.names, **more, **row.fields}

    def lookup(self, parts: tuple[str, ...], roots: Names) -> object:
        """The value of a dotted name.

        Raises:
            AbsentHereError: when this row has none.
        """
        try:
            return walk(parts, roots)
        except UnknownNameError as error:
            missing = error.name.rpartition(".")[2]
            if len(parts) > 1 and fold(missing) in self.funders:
                return Quantity(Decimal(), MONEY)
            raise AbsentHereError(error) from None

    def run(
        self, expression: Expression, lookup: Callable[[tuple[str, ...]], object], path: str, row: str = ""
    ) -> object:
        """The result of an expression, `Unknown` after a problem, which is reported.

        A lone name gives its value as it is, so that a text keeps its place. `row` is the row that messages name.

        Raises:
            AbsentHereError: when this row has no such name.
        """
        root = expression.root
        try:
            if isinstance(root, Name) and all(isinstance(part, str) for part in root.parts):
                return lookup(cast("tuple[str, ...]", root.parts))
            return evaluate(expression, lookup)
        except DefinitionError as error:
            for one in error.diagnostics:
                said = f"{row} : {one.message[:1].lower()}{one.message[1:]}" if row else sentence(one.message)
                self.report.add(replace(one, path=path, message=said))
            return Unknown(path)


@dataclass(frozen=True, slots=True)
class _RowScope:
    """A row as conditions read it: a bare word that names nothing is a text (`nature = qualitatif`)."""

    reader: RowReader
    roots: Names
    known: frozenset[str]

    def lookup(self, parts: tuple[str, ...]) -> object:
        try:
            return self.reader.lookup(parts, self.roots)
        except AbsentHereError:
            return Absent(".".join(parts)) if len(parts) > 1 or fold(parts[0]) in self.known else parts[0]


def holding(
    condition: Node, rows: Sequence[SourceRow], reader: RowReader, path: str
) -> tuple[tuple[SourceRow, bool], ...]:
    """Each row, and whether the condition holds for it; a condition that reads no field of any row is reported."""
    known = frozenset(fold(name) for row in rows for name in (*row.fields, *row.names))
    if rows and not _reads(condition, known | {fold(name) for name in reader.names}):
        message = "cette condition ne lit aucun champ des lignes"
        remedy = f"Champs : {', '.join(sorted({name for row in rows for name in row.fields})[:12])}."
        reader.report.error("DON-10", message, condition.place, path, remedy=remedy)
        return tuple((row, False) for row in rows)
    scopes = (_RowScope(reader, reader.roots(row, {}), known) for row in rows)
    holds = (evaluate_condition(condition, cast(Scope, scope), reader.report, path) is True for scope in scopes)
    return tuple(zip(rows, holds, strict=True))


def _reads(condition: Node, known: frozenset[str]) -> bool:
    """Whether a condition reads a known name; one that cannot be read says so when it is evaluated."""
    match condition:
        case MappingNode(entries=entries):
            return any(fold(name.text.split(".")[0]) in known for name, _ in entries)
        case Scalar(text=text):
            try:
                names = parse_expression(text.strip(), condition.content_place).names
            except DefinitionError:
                return True
            return any(fold(name[0]) in known for name in names)
        case _:
            return True


def plain_value(value: object) -> object:
    """A field as it is computed with."""
    return value.final() if isinstance(value, Raw) else value
