"""Whatever a jurist types under `donnees`, there is a value or a diagnostic, never a crash."""

from __future__ import annotations

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from convgen.errors import Place, Report
from convgen.model.data import Facts, Rule, Scope, bind_value, check_rules, compute_data, evaluate_condition
from convgen.model.declarations import TYPES, Declaration, read_declarations
from convgen.source.yaml import MappingNode, as_node

_TEXTS = st.sampled_from(
    [
        "300 €",
        "1,555 €",
        "40 %",
        "= a",
        "= a.b",
        "= g.x.c * 2",
        "= somme(g.c)",
        "sans",
        "par avenant",
        "à compléter (x)",
        "comme x",
        "oui",
        "2024-01-01",
        "2024-01-01 au 2024-02-01",
        "3 mois",
        "12",
        "le reste",
        "a",
        "g",
        "x",
        "",
        "= ",
        "=",
        "= duree.fin + 1",
        "comme comme",
        "un texte",
        "70 %",
        "= 1 / 3",
        "= g",
        "= a + b",
    ]
)
_NAMES = st.sampled_from(
    [
        "a",
        "b",
        "g",
        "x",
        "2024",
        "base",
        "versements",
        "montant",
        "type",
        "calcul",
        "donne",
        "defaut",
        "champs",
        "id",
        "parmi",
        "remplir",
        "retirer",
        "du",
        "au",
        "nom",
        "prenom",
        "programme",
        "chaque",
        "appellation",
        "par",
        "c",
    ]
)
_VALUES = st.recursive(
    st.one_of(_TEXTS, st.none(), st.integers(-5, 3000)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=4)),
    max_leaves=8,
)
_DECLARATIONS = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES)},
    optional={
        "defaut": _VALUES,
        "calcul": st.sampled_from(["a", "a + b", "somme(g.c)", "1 / 3", "b."]),
        "arrondi": st.sampled_from(["centime", "1 %", "zut"]),
        "par": st.just("exercice"),
        "parmi": st.one_of(st.just("g"), _VALUES),
        "champs": st.dictionaries(_NAMES, st.fixed_dictionaries({"type": st.sampled_from(TYPES)}), max_size=3),
        "chaque": st.dictionaries(_NAMES, _TEXTS, max_size=2),
    },
)
PLACE = Place("f.yaml", 1, 1)


def node(value: object) -> MappingNode:
    found = as_node(value, PLACE)
    assert isinstance(found, MappingNode)
    return found


@given(st.dictionaries(_NAMES, _DECLARATIONS, max_size=4), st.dictionaries(_NAMES, _VALUES, max_size=4))
@settings(max_examples=400, deadline=None)
def test_no_data_crash(declared: dict[str, object], given_values: dict[str, object]) -> None:
    report = Report()
    facts = Facts((2024, 2025), {"parties": {"x": {"type": "association"}}})
    declarations = read_declarations(node(declared), report)
    data = compute_data(declarations, node(given_values), facts, report)
    assert set(declared) | set(given_values) >= set(data) >= set(declared)
    scope = Scope(data, facts)
    check_rules([Rule("a + b = g", "x", PLACE), Rule("a", "", PLACE)], scope, report)
    evaluate_condition(as_node(given_values, PLACE), scope, report)
    for name, declaration in declarations.items():
        bind_value(declaration, as_node(given_values.get(name, "a"), PLACE), name, scope, report)


def test_the_json_schema_describes_every_key_in_french() -> None:
    schema = Declaration.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    properties = schema["$defs"]["Declaration"]["properties"] if "$defs" in schema else schema["properties"]
    assert all(one.get("description") for one in properties.values())
    validator = jsonschema.Draft202012Validator(schema)
    assert not list(validator.iter_errors({"type": "groupe", "champs": {"a": {"type": "montant", "defaut": "3 €"}}}))
    assert list(validator.iter_errors({"type": "montan"}))
    assert list(validator.iter_errors({"typ": "montant"}))
