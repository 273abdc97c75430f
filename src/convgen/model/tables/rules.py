"""The rules of a jeu (`verifier`), and the budgets of its fiches, checked once per file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from convgen.errors import DefinitionError, Diagnostic, Place, Report, Severity, fold
from convgen.model.arithmetic import NUMBER, Quantity, show
from convgen.model.expressions import Expression, evaluate, operand, parse_expression, truth
from convgen.model.parsing import Call
from convgen.model.schema.jeu import RegleJeu
from convgen.model.tables.balance import check_balance, check_given, item_side
from convgen.model.tables.columns import loop_items
from convgen.model.tables.fiche_checks import check_fiches
from convgen.model.tables.jeu import JeuData
from convgen.model.tables.lookup import AbsentHereError, RowReader, SaidAbsentError, refuse_absent
from convgen.model.typed import sentence
from convgen.model.values import GroupItem, YearlyValue
from convgen.source.yaml import MappingNode, Node, Scalar

_YEARS = range(1900, 2200)
_TAG = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def check_jeu(jeu: JeuData, report: Report) -> None:
    """Every budget must balance with its totals given by hand; every rule must hold.

    Args:
        jeu: the jeu.
        report: receives DON-12, DON-13, those of `check_fiches`, and the codes of expressions.
    """
    own = Report()
    check_fiches(jeu, own)
    report.extend(own)
    wrong = frozenset(one.path.split(".")[1] for one in own.errors if one.path.startswith("fiches."))
    unbalanced = _check_budgets(jeu, report)
    reader = RowReader(jeu.names, frozenset(fold(one) for one in jeu.funders), report)
    for rank, rule in enumerate(jeu.model.verifier or ()):
        _Checker(jeu, reader, report, rule, f"verifier[{rank}]", unbalanced, wrong).check()


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
    unbalanced: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()

    def check(self) -> None:
        """The rule for each item it goes through; a name that no item has is reported."""
        rule = self.rule
        try:
            expression = parse_expression(str(rule.regle).strip(), rule.regle.place)
        except DefinitionError as error:
            self.report.extend(replace(one, path=self.path) for one in error.diagnostics)
            return
        turns = list(self._turns())
        absent = [(one, found) for one in turns if (found := self._holds(expression, one)) is not None]
        if turns and len(absent) == len(turns):
            unknown = absent[0][1].error
            message = f"nom inconnu : « {unknown.name} »"
            self.report.error("DON-10", message, rule.regle.place, self.path, remedy=unknown.remedy)
            return
        for one, found in absent:
            self._unread(one, found)

    def _unread(self, roots: Mapping[str, object], absent: AbsentHereError) -> None:
        """A rule that cannot be read of one item does not hold for it."""
        item = _item_of(roots, self.jeu)
        if item in self.wrong:  # what it lacks has been said
            return
        message = f"la règle « {self.rule.regle} » lit « {absent.error.name} », que « {item} » n'a pas"
        remedy = "Complétez-la ; « sans » dit que la fiche n'en a pas, « à compléter » qu'il n'est pas connu."
        place = _place_of(roots, self.jeu) or self.rule.regle.place
        severity = Severity.WARNING if self.rule.gravite == "avertissement" else Severity.ERROR
        self.report.add(Diagnostic("DON-10", sentence(message), place, self.path, "", remedy, severity))

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
            result = truth(evaluate(expression, lambda parts: refuse_absent(scope.lookup(parts), parts)))
            if result is False and not self._said(roots):
                self._broken(expression, scope)
        except AbsentHereError as absent:
            return absent
        except SaidAbsentError:
            return None  # the fiche says that it has no budget that year: the rule is not about it
        except DefinitionError as error:
            self.report.extend(replace(one, path=self.path, message=sentence(one.message)) for one in error.diagnostics)
        return None

    def _said(self, roots: Mapping[str, object]) -> bool:
        """Whether it says again that recettes and dépenses differ."""
        text = fold(self.rule.regle)
        return "recettes" in text and "depenses" in text and _item_of(roots, self.jeu) in self.unbalanced

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
                f"Règle : {rule.regle}. {_figures(expression, scope)}".strip(),
                "Corrigez une de ces données.",
                Severity.WARNING if warning else Severity.ERROR,
            )
        )


def _figures(expression: Expression, scope: _Scope) -> str:
    """Both sides of the comparison and each figure it reads; lists and blocks, which are no figures, are left out."""
    parts: dict[str, None] = {}
    root = expression.root
    for side in root.arguments if isinstance(root, Call) and len(root.arguments) == 2 else ():
        if isinstance(side, Call):
            text = expression.text[side.start : side.end].strip()
            parts[f"{text} = {_show(evaluate(replace(expression, root=side), scope.lookup))}"] = None
    for name in expression.names:
        try:
            value = operand(scope.lookup(name))
        except AbsentHereError:
            continue
        if isinstance(value, Quantity | date | bool | int | str):
            parts[f"{'.'.join(name)} = {_show(value)}"] = None
    return f"Chiffres : {', '.join(parts)}." if parts else ""


def _show(value: object) -> str:
    """A value as messages print it: a year has no space between its figures."""
    exact = value.value if isinstance(value, Quantity) and value.kind == NUMBER else value
    if isinstance(exact, int | Decimal) and not isinstance(exact, bool) and exact in _YEARS:
        return str(int(exact))
    return show(value)


def _filled(text: str, scope: _Scope) -> str:
    """The message with its names in place; an unknown one stays as typed."""

    def put(found: re.Match[str]) -> str:
        try:
            value = operand(scope.lookup(tuple(found[1].split("."))))
        except AbsentHereError:
            return found[0]
        return value if isinstance(value, str) else _show(value)

    return _TAG.sub(put, text)


def _item_of(roots: Mapping[str, object], jeu: JeuData) -> str:
    """The item that a rule goes through, "" for a rule about the whole jeu."""
    return next((one.id for name, one in roots.items() if isinstance(one, GroupItem) and name not in jeu.names), "")


def _place_of(roots: Mapping[str, object], jeu: JeuData) -> Place | None:
    """Where the fiche that breaks a rule stands."""
    found = jeu.nodes.get(_item_of(roots, jeu))
    return found.place if found is not None else None


# --- budgets ------------------------------------------------------------------------------------------


def _check_budgets(jeu: JeuData, report: Report) -> frozenset[str]:
    """The identifiers of the fiches whose budget does not balance, which is reported."""
    fiches = jeu.groups.get("fiches")
    wrong = set()
    for item in fiches.items if fiches is not None else ():
        for name, value in item.fields.items():
            node = jeu.nodes[item.id].get(name) if item.id in jeu.nodes else None
            whole = sides_of(value)
            periods: list[tuple[int | None, Mapping[str, GroupItem]]] = [*yearly_budgets(value)]
            for year, side in periods if whole is None else [(None, whole)]:
                if not _check_budget(jeu, item, name, year, side, node, report):
                    wrong.add(item.id)
    return frozenset(wrong)


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
    year: int | None,
    sides: Mapping[str, GroupItem],
    node: Node | None,
    report: Report,
) -> bool:
    """Whether a budget balances; its total given by hand is verified."""
    place = jeu.nodes[item.id].place if item.id in jeu.nodes else jeu.place
    below = node.get(str(year)) if isinstance(node, MappingNode) and year is not None else node
    path = f"fiches.{item.id}.{name}" + (f".{year}" if year is not None else "")
    left, right = (
        item_side(sides[one], jeu.names, f"{path}.{one}", place, report).total for one in ("recettes", "depenses")
    )
    given = below.get("total") if isinstance(below, MappingNode) else None
    if isinstance(given, Scalar):
        check_given(left, given, f"{path}.recettes", f"{path}.total", report)
        if left != right:  # the same total is not said twice
            check_given(right, given, f"{path}.depenses", f"{path}.total", report)
    what = f"fiche « {item.id} »" + (f", {year}" if year is not None else "")
    check_balance(left, right, what, below.place if below is not None else place, path, report)
    return not (isinstance(left, Quantity) and isinstance(right, Quantity) and left.value != right.value)
