"""The JSON Schemas that editors use: checked in, up to date, and true of the demonstration files."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from convgen.errors import Report
from convgen.model.schema import KINDS, json_schema
from convgen.model.schema.__main__ import text_of
from convgen.source.front_matter import split_front_matter
from convgen.source.yaml import MappingNode, Node, Scalar, SequenceNode, load_yaml

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "convention": "conventions/*.yaml",
    "avenant": "conventions/avenants/*.yaml",
    "deliberation": "conventions/deliberations/*.yaml",
    "arrete": "conventions/arretes/*.yaml",
    "liasse": "conventions/liasses/*.yaml",
    "modele": "templates/modeles/*.yaml",
    "organisme": "conventions/organismes/*.yaml",
    "textes": "clauses/textes/*.yaml",
    "clause": "clauses/*/*.md",
    "jeu": "conventions/jeux/*.yaml",
    "tableau": "conventions/annexes/*.yaml",
    "espace": "convgen.yaml",
}
FILES = [(kind, path) for kind, pattern in FOLDERS.items() for path in sorted(ROOT.glob(pattern))]


@cache
def validator_of(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(kind))


def as_an_editor_sees(node: Node) -> object:
    """YAML 1.2 core types, as the YAML extension of VS Code resolves them."""
    match node:
        case Scalar(quoted=False, block=False, text=text) if re.fullmatch(r"[-+]?[0-9]+", text):
            return int(text)
        case Scalar(quoted=False, block=False, text=text) if re.fullmatch(r"[-+]?[0-9]+\.[0-9]*", text):
            return float(text)
        case Scalar(value=None):
            return None
        case Scalar(text=text):
            return text
        case SequenceNode(items=items):
            return [as_an_editor_sees(item) for item in items]
        case MappingNode(entries=entries):
            return {key.text: as_an_editor_sees(value) for key, value in entries}


def read(path: Path) -> Node:
    report = Report()
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        parts = split_front_matter(text, path.name, report)
        assert parts is not None
        return parts[0]
    node = load_yaml(text, path.name, report)
    assert node is not None
    return node


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_and_checked_in_as_generated(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(kind))
    checked_in = (ROOT / "docs" / "schemas" / f"{kind}.json").read_text(encoding="utf-8")
    assert checked_in == text_of(kind), "régénérez : python -m convgen.model.schema docs/schemas"


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda one: one.name if isinstance(one, Path) else one)
def test_demonstration_files_satisfy_their_schema(kind: str, path: Path) -> None:
    validator_of(kind).validate(as_an_editor_sees(read(path)))


@pytest.mark.parametrize("kind", KINDS)
def test_format_examples_satisfy_their_schema(kind: str, reference_root: Path) -> None:
    validator = validator_of(kind)
    for path in sorted((reference_root / "exemples").glob(FOLDERS[kind])):
        validator.validate(as_an_editor_sees(read(path)))


def test_every_key_has_a_french_description() -> None:
    for kind in KINDS:
        schema = json_schema(kind)
        for block in (schema, *schema.get("$defs", {}).values()):
            for name, one in block.get("properties", {}).items():
                assert one.get("description"), f"{kind}: {name}"


def test_a_misspelt_key_and_a_value_out_of_the_list_are_refused() -> None:
    validator = validator_of("convention")
    good = {"convention": "a", "etat": {"signe": "2024-01-01"}, "plan": ["articles"]}
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "parti": {}})
    assert not validator.is_valid({**good, "plan": ["article"]})
    assert not validator.is_valid({"nature": "convention"})


def test_json_schema_is_json() -> None:
    assert json.loads(text_of("convention"))["title"].startswith("Convention")
