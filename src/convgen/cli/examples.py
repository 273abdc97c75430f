"""The examples of the clauses: the act that prints one, as the catalogue shows it and the tests accept it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from convgen.model.schema.clause import Clause, Exemple
from convgen.source.nodes import MappingNode, Node, Scalar

#: The terms that parties take when the example does not say, and the role of each place that is not named for it.
USUAL: Mapping[str, str] = {"financeur": "le Département", "beneficiaire": "l'association"}
_ROLES = {"financeur": "financeur", "beneficiaire": "bénéficiaire"}
_DURATION = {"effet": "2024-01-01", "fin": "2024-12-31"}
_IBAN = "FR76 3000 6000 0112 3456 7890 189"

#: The files that a workspace of examples holds besides the library and the definitions.
FILES: Mapping[str, str] = {
    "convgen.yaml": "organisme: un\ncharte: neutre\ntribunal: le tribunal administratif de Nice\n",
    "conventions/organismes/un.yaml": (
        "organisme: un\ntype: association\nnom: l'association Un\nadresse: 1 place du Port, 06000 Nice\n"
        f"banque: {{iban: {_IBAN}, bic: AGRIFRPP}}\n"
    ),
}


def example_terms(example: Exemple) -> dict[str, str]:
    """The defined term of each party, by place."""
    return {**USUAL, **{str(key): str(term) for key, term in (example.parties or {}).items()}}


def example_act(
    clause: Clause,
    example: Exemple,
    name: str,
    *,
    nature: str = "convention",
    terms: Mapping[str, str] | None = None,
    given: bool = True,
) -> str:
    """The definition of an act that holds one clause, as a YAML file.

    Args:
        clause: the clause.
        example: what the act gives it.
        name: the identifier of the act.
        nature: the nature of the act.
        terms: the defined term of each party, by place, instead of those of the example.
        given: whether the act gives the parameters of the example.
    """
    place = example_place(clause)
    # an act whose plan has articles must have some
    plan = "visas" if place == "annexes" else "articles"
    lines = [f"convention: {name}", f"nature: {nature}", "numero: sans", "objet: l'essai", f"plan: [{plan}]"]
    lines += ["exercices: [2024, 2025]", "parties:"]
    for key, term in (example_terms(example) if terms is None else terms).items():
        role = _ROLES.get(key, key.replace("_", " "))
        lines += [f"  {key}:", "    organisme: un", f"    designation: {term}", f"    role: {role}"]
    lines += ["duree:", *_duration(example), f"{place}:"]
    return "\n".join([*lines, *("  " + one for one in example_call(clause, example, given=given))]) + "\n"


def example_place(clause: Clause) -> str:
    """The key of an act under which the clause is called: « articles » or « annexes »."""
    return "annexes" if clause.clause.startswith("annexe-") else "articles"


def example_call(clause: Clause, example: Exemple, *, given: bool = True) -> Sequence[str]:
    """How an act calls the clause, in YAML."""
    lines = [f"- clause: {clause.clause}"]
    if isinstance(example.avec, MappingNode) and given:
        lines += ["  avec:", *yaml_lines(example.avec, 4)]
    return lines


def _duration(example: Exemple) -> Sequence[str]:
    node = example.node_of("duree")
    if isinstance(node, MappingNode):
        return yaml_lines(node, 2)
    return [f"  {key}: {value}" for key, value in _DURATION.items()]


def yaml_lines(node: Node, indent: int) -> Sequence[str]:
    """A node, typed again: what was quoted or in a block is quoted."""
    pad = " " * indent
    match node:
        case Scalar():
            return [pad + _scalar(node)]
        case MappingNode(entries=entries):
            lines = []
            for key, value in entries:
                inline = isinstance(value, Scalar)
                lines.append(f"{pad}{key.text}:" + (f" {_scalar(value)}" if isinstance(value, Scalar) else ""))
                lines += [] if inline else yaml_lines(value, indent + 2)
            return lines
        case _:
            lines = []
            for item in node.items:
                first, *rest = yaml_lines(item, indent + 2)
                lines += [f"{pad}- {first.strip()}", *rest]
            return lines


def _scalar(node: Scalar) -> str:
    return json.dumps(node.text, ensure_ascii=False) if node.quoted or node.block else node.text
