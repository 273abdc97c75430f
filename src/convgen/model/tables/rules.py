"""The rules of a jeu (`verifier`), and the budgets of its fiches, checked once per file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from convgen.errors import DefinitionError, Diagnostic, Place, Report, Severity, fold
from convgen.model.arithmetic import show
from convgen.model.expressions import Expression, evaluate, operand, parse_expression, truth
from convgen.model.rules import figures
from convgen.model.schema.jeu import RegleJeu
from convgen.model.scope import Scope
from convgen.model.tables.balance import check_balance, check_given, item_side
from convgen.model.tables.columns import loop_items
from convgen.model.tables.jeu import JeuData
from convgen.model.tables.lookup import AbsentHereError, RowReader
from convgen.model.typed import sentence
from convgen.model.values import GroupItem, YearlyValue
from convgen.source.yaml import MappingNode, Node, Scalar

_TAG = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def check_jeu(jeu: JeuData, report: Report) -> None:
    """Every budget must balance with its totals given by hand; every rule must hold.

    Args:
        jeu: the jeu.
        report: receives DON-12, DON-13, and the codes of expressions.
    """
    _check_budgets(jeu, report)
    reader = RowReader(jeu.names, frozenset(fold(one) for one in jeu.funders), report)
    for rank, rule in enumerate(jeu.model.verifier or ()):
        _Checker(jeu, reader, report, rule, f"verifier[{rank}]").check()


# --- rules --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scope:
    """Names of a rule, for the figures that a message shows."""

    reader: RowReader
    roots: Mapping[str, object]

    def lookup(self, parts: tuple[str, ...]) -> object:
        return self.reader.lookup(parts, self.roots)


@dataclass(frozen=True, slots=True)
class _Checker:
    jeu: JeuData
    reader: RowReader
    report: Report
    rule: RegleJeu
    path: str

    def check(self) -> None:
        """The rule for each item it goes through; a name that no item has is reported."""
        rule = self.rule
        try:
            expression = parse_expression(str(rule.regle).strip(), rule.regle.place)
        except DefinitionError as error:
            self.report.extend(replace(one, path=self.path) for one in error.diagnostics)
            return
        turns = list(self._turns())
        absent = [found for one in turns if (found := self._holds(expression, one)) is not None]
        if turns and len(absent) == len(turns):
            unknown = absent[0].error
            message = f"nom inconnu : « {unknown.name} »"
            self.report.error("DON-10", message, rule.regle.place, self.path, remedy=unknown.remedy)

    def _turns(self) -> Iterator[Mapping[str, object]]:
        names = dict(self.jeu.names)
        if self.rule.pour is None:
            yield names
            return
        loop = loop_items(self.rule.pour, self.jeu.names)
        if loop is None:
            message = f"« {self.rule.pour} » ne désigne aucune liste du jeu"
            remedy = "Écrivez par exemple « pour: f dans fiches »."
            self.report.error("DON-10", message, self.rule.pour.place, self.path, remedy=remedy)
            return
        name, items = loop
        for item in items:
            yield {**names, name: item}

    def _holds(self, expression: Expression, roots: Mapping[str, object]) -> AbsentHereError | None:
        scope = _Scope(self.reader, roots)
        try:
            result = truth(evaluate(expression, scope.lookup))
            if result is False:
                self._broken(expression, scope)
        except AbsentHereError as absent:
            return absent
        except DefinitionError as error:
            self.report.extend(replace(one, path=self.path, message=sentence(one.message)) for one in error.diagnostics)
        return None

    def _broken(self, expression: Expression, scope: _Scope) -> None:
        rule = self.rule
        said = str(rule.sinon or f"La règle « {rule.regle} » n'est pas respectée")
        warning = rule.gravite == "avertissement"
        self.report.add(
            Diagnostic(
                "DON-13",
                sentence(_filled(said, scope)),
                _place_of(scope.roots, self.jeu) or rule.regle.place,
                self.path,
                f"Règle : {rule.regle}. {figures(expression, cast(Scope, scope))}".strip(),
                "Corrigez une de ces données.",
                Severity.WARNING if warning else Severity.ERROR,
            )
        )


def _filled(text: str, scope: _Scope) -> str:
    """The message with its names in place; an unknown one stays as typed."""

    def put(found: re.Match[str]) -> str:
        try:
            value = operand(scope.lookup(tuple(found[1].split("."))))
        except AbsentHereError:
            return found[0]
        return value if isinstance(value, str) else show(value)

    return _TAG.sub(put, text)


def _place_of(roots: Mapping[str, object], jeu: JeuData) -> Place | None:
    """Where the fiche that breaks a rule stands."""
    items = [one for name, one in roots.items() if isinstance(one, GroupItem) and name not in jeu.names]
    found = jeu.nodes.get(items[0].id) if items else None
    return found.place if found is not None else None


# --- budgets ------------------------------------------------------------------------------------------


def _check_budgets(jeu: JeuData, report: Report) -> None:
    fiches = jeu.groups.get("fiches")
    for item in fiches.items if fiches is not None else ():
        for name, value in item.fields.items():
            node = jeu.nodes[item.id].get(name) if item.id in jeu.nodes else None
            for year, side in yearly_budgets(value):
                _check_budget(jeu, item, name, year, side, node, report)


def yearly_budgets(value: object) -> Iterator[tuple[int, Mapping[str, GroupItem]]]:
    """The years of a value that have recettes and dépenses."""
    for year, one in value.by_year if isinstance(value, YearlyValue) else ():
        sides = sides_of(one)
        if sides is not None:
            yield year, sides


def sides_of(value: object) -> Mapping[str, GroupItem] | None:
    """Recettes and dépenses of a budget; None for another value."""
    fields = getattr(value, "fields", None)
    if fields is None:
        fields = {item.id: item for item in getattr(value, "items", ()) if isinstance(item, GroupItem)}
    found = {fold(name): one for name, one in fields.items() if isinstance(one, GroupItem)}
    return found if "recettes" in found and "depenses" in found else None


def _check_budget(
    jeu: JeuData,
    item: GroupItem,
    name: str,
    year: int,
    sides: Mapping[str, GroupItem],
    node: Node | None,
    report: Report,
) -> None:
    place = jeu.nodes[item.id].place if item.id in jeu.nodes else jeu.place
    below = node.get(str(year)) if isinstance(node, MappingNode) else None
    path = f"fiches.{item.id}.{name}.{year}"
    totals = {
        one: item_side(sides[one], jeu.names, f"{path}.{one}", place, report).total for one in ("recettes", "depenses")
    }
    at = below.place if below is not None else place
    given = below.get("total") if isinstance(below, MappingNode) else None
    for one, total in totals.items():
        if isinstance(given, Scalar):
            check_given(total, given, f"{path}.{one}", f"{path}.total", report)
    check_balance(totals["recettes"], totals["depenses"], f"fiche « {item.id} », {year}", at, path, report)
