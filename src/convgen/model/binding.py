"""What expressions, conditions and clause parameters may read of an act: its data, parties, sides and duration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from convgen.errors import Diagnostic, Report, suggest
from convgen.model.data import bind_value, check_rules, compute_data, evaluate_condition, read_declarations
from convgen.model.declarations import Declaration
from convgen.model.files import Loaded
from convgen.model.library import ClauseVersion
from convgen.model.merge import Merged
from convgen.model.reserved import is_none
from convgen.model.resolved import Argument, Party, Side, Term
from convgen.model.rules import Rule
from convgen.model.schema.modele import Modele
from convgen.model.scope import Facts, match_name
from convgen.model.scope import Scope as Names
from convgen.model.values import DataValue, Unknown
from convgen.source.nodes import folded
from convgen.source.yaml import MappingNode, Node, PlacedText, Scalar


@dataclass(frozen=True, slots=True)
class Scope:
    """The act as far as it is known when articles are resolved.

    `facts` are the names that are no data; `sources` tells, by key, the data that a datum is computed from.
    """

    parties: tuple[Party, ...]
    sides: tuple[Side, ...]
    facts: Facts
    data: Mapping[str, DataValue] = field(default_factory=dict)
    sources: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """Every name an expression may read."""
        return Names(self.data, self.facts)

    def with_parties(self, parties: Sequence[Party]) -> Scope:
        """The scope once the parties have their own data."""
        names = {**self.facts.names, **{party.key: _party_names(party) for party in parties}}
        return replace(self, parties=tuple(parties), facts=Facts(self.facts.exercices, names))


def _party_names(party: Party) -> dict[str, object]:
    return {"type": party.kind, "role": party.role, **party.details, **party.data}


def _term_names(term: Term | None) -> dict[str, object]:
    """The names of the duration; what the definition does not say of it is unknown."""
    return {
        "effet": term.start if term is not None else Unknown("duree.effet", "date d'effet"),
        "fin": (term.end if term is not None else None) or Unknown("duree.fin", "date de fin"),
        "longueur": (term.length if term is not None else None) or Unknown("duree.longueur", "durée"),
        "reconduction": term is not None and term.renewal is not None,
    }


def make_scope(
    exercices: Sequence[int],
    term: Term | None,
    parties: Sequence[Party],
    sides: Sequence[Side],
    number: str,
    *,
    more: Mapping[str, object] | None = None,
) -> Scope:
    """The scope of an act before its data are computed; `more` are the names of its jeu and tables."""
    names: dict[str, object] = {**(more or {}), "duree": _term_names(term), "numero": number}
    return Scope(tuple(parties), tuple(sides), Facts(tuple(exercices), names)).with_parties(parties)


def party_data(key: str, given: Sequence[MappingNode], scope: Scope, report: Report) -> Mapping[str, DataValue]:
    """The `donnees` of a party; the definition's entries stand for the modèle's of the same name."""
    if not given:
        return {}
    return compute_data({}, _over(given), scope.facts, report, f"parties.{key}.donnees")


def _over(nodes: Sequence[MappingNode]) -> MappingNode:
    """The mappings as one, the first ones strongest."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    for node in reversed(nodes):
        entries |= {folded(key.text): (key, value) for key, value in node.entries}
    return MappingNode(tuple(entries.values()), nodes[0].place)


def declared(loaded: Loaded[Any], node: MappingNode | None, path: str, report: Report) -> Mapping[str, Declaration]:
    """The declarations of a modèle or of a clause, read once per file."""
    kept = loaded.memo.get(path)
    if kept is None:
        own = Report()
        kept = (read_declarations(node, own, path), tuple(own))
        loaded.memo[path] = kept
    declarations, problems = cast("tuple[Mapping[str, Declaration], tuple[Diagnostic, ...]]", kept)
    report.extend(problems)
    return declarations


def act_data(act: Merged, modele: Loaded[Modele] | None, scope: Scope, report: Report) -> Scope:
    """The scope with the data of the act: those the modèle declares, then those the definition adds."""
    declarations: Mapping[str, Declaration] = {}
    if act.modele is not None and modele is not None:
        declarations = declared(modele, act.modele.donnees, "donnees", report)
    sources: dict[str, set[str]] = {}
    data = compute_data(declarations, act.definition.donnees, scope.facts, report, sources=sources)
    return replace(scope, data=data, sources={key: frozenset(found) for key, found in sources.items()})


def check_act_rules(act: Merged, scope: Scope, report: Report) -> None:
    """Check `verifier` (DON-13)."""
    found = act.layer("verifier")
    rules = found[0].verifier if found is not None else None
    if isinstance(rules, PlacedText) and not is_none(rules):
        message = "« verifier » est une liste de règles, ou « sans »"
        report.error("DEF-03", message, rules.place, "verifier", remedy="Écrivez par exemple « - regle: a + b = c ».")
    if isinstance(rules, tuple):
        check_rules(
            [
                Rule(str(rule.regle), str(rule.sinon or ""), rule.regle.place, f"verifier[{rank}]")
                for rank, rule in enumerate(rules)
            ],
            scope.names,
            report,
        )


def holds(condition: Node, scope: Scope, path: str, report: Report) -> bool:
    """Whether a condition holds. What depends on a blank stays, and is signalled: a person must look at it."""
    before = len(report.diagnostics)
    result = evaluate_condition(condition, scope.names, report, path)
    if not isinstance(result, Unknown):
        return result
    if len(report.diagnostics) == before:
        message = f"cette condition dépend d'une donnée à compléter : « {result.key} »"
        remedy = "Complétez la donnée ; en attendant, l'article est gardé."
        report.warning("ACT-01", message, condition.place, path, remedy=remedy)
    return True


def bind_parameters(
    clause: ClauseVersion, given: Sequence[tuple[MappingNode, str]], scope: Scope, report: Report
) -> Mapping[str, Argument]:
    """The parameters of a clause.

    Each takes `avec`, then the party with its role or the datum of its name, then its default, else it is a blank.

    Args:
        clause: the version that the act prints.
        given: the `avec` of the definition, then of the modèle, each with its path.
        scope: the act.
        report: receives DEF-10 for an unknown parameter, DEF-09 for an unknown party, and those of the values.
    """
    declarations = declared(clause.loaded, clause.model.parametres, "parametres", report)
    _check_names(clause, declarations, given, report)
    bound: dict[str, Argument] = {}
    for name, declaration in declarations.items():
        node, path = _given(name, given)
        if declaration.type == "partie":
            bound[name] = _party(name, declaration, node, path, scope, report)
        else:
            bound[name] = _value(clause, name, declaration, node, path, scope, report)
    return bound


def _check_names(
    clause: ClauseVersion,
    declarations: Mapping[str, Declaration],
    given: Sequence[tuple[MappingNode, str]],
    report: Report,
) -> None:
    for node, path in given:
        for key, _ in node.entries:
            if match_name(key.text, declarations) is None:
                message = f"la clause « {clause.id} » n'a pas de paramètre « {key.text} »"
                remedy = suggest(key.text, declarations, "Paramètres")
                report.error("DEF-10", message, key.place, f"{path}.{key.text}", remedy=remedy)


def _given(name: str, given: Sequence[tuple[MappingNode, str]]) -> tuple[Node | None, str]:
    for node, path in given:
        found = node.get(name)
        if found is not None:
            return found, f"{path}.{name}"
    return None, name


def _value(
    clause: ClauseVersion,
    name: str,
    declaration: Declaration,
    node: Node | None,
    path: str,
    scope: Scope,
    report: Report,
) -> DataValue:
    if node is None:
        known = match_name(name, scope.data)
        if known is not None:
            return scope.data[known]
    key = f"{clause.id}.{name}".replace("-", "_")
    return bind_value(declaration, node, key, scope.names, report, path)


def _party(name: str, declaration: Declaration, node: Node | None, path: str, scope: Scope, report: Report) -> Argument:
    """A party or a side: named by `avec`, else the one that has the role, else the one of that name."""
    wanted = node
    if wanted is None:
        found = _by_role(declaration.role, scope) or _by_key(name, scope)
        if found is not None:
            return found
        wanted = declaration.defaut
    if isinstance(wanted, Scalar):
        named = _by_key(wanted.text.strip(), scope)
        if named is not None:
            return named
        known = [*(party.key for party in scope.parties), *(side.id for side in scope.sides if side.designation)]
        remedy = suggest(wanted.text, known, "Parties")
        report.error("DEF-09", f"partie inconnue : « {wanted.text.strip()} »", wanted.place, path, remedy=remedy)
    hint = declaration.hint or (f"partie qui a le rôle de {declaration.role}" if declaration.role else name)
    return Unknown(f"parties.{name}", hint)


def _by_role(role: PlacedText | None, scope: Scope) -> Party | Side | None:
    if role is None:
        return None
    having = [party for party in scope.parties if folded(party.role) == folded(role)]
    if len(having) > 1:
        keys = {party.key for party in having}
        together = next((side for side in scope.sides if side.designation and set(side.parties) == keys), None)
        if together is not None:
            return together
    return having[0] if having else None


def _by_key(name: str, scope: Scope) -> Party | Side | None:
    candidates: Iterator[Party | Side] = iter(
        (*scope.parties, *(side for side in scope.sides if side.designation is not None))
    )
    for one in candidates:
        if folded(one.key if isinstance(one, Party) else one.id) == folded(name):
            return one
    return None
