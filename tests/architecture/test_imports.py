"""Packages import one way only, and third-party libraries stay in the packages that are allowed them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "convgen"

#: Each package may import those above it, and the third-party libraries listed.
LAYERS: dict[str, frozenset[str]] = {
    "near": frozenset(),
    "errors": frozenset(),
    "french": frozenset({"num2words"}),
    "acte": frozenset(),
    "source": frozenset({"yaml", "openpyxl"}),
    "model": frozenset({"pydantic", "pydantic_core"}),
    "workspace": frozenset({"pydantic"}),  # the type of the models that it loads
    "compose": frozenset({"jinja2", "markupsafe", "markdown_it"}),  # markupsafe is part of jinja2
    "amend": frozenset({"jinja2"}),  # the packs of sentences are templates
    "check": frozenset({"text_to_num"}),
    "read": frozenset({"docx", "lxml", "pypdf"}),
    "write": frozenset(
        {"docx", "lxml", "docxtpl", "jinja2", "markupsafe", "typst"}
    ),  # docxtpl's environment is jinja2's
    "bundle": frozenset({"pikepdf"}),
    "cli": frozenset({"typer", "rich"}),
}
ORDER = tuple(LAYERS)


@cache
def imported(text: str) -> tuple[tuple[int, str], ...]:
    """Every imported module of a text, with its line, by its absolute name, wherever the statement stands."""
    return tuple(_imported(ast.parse(text)))


def _imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            base = node.module or ""
            if base == "convgen":
                yield from ((node.lineno, f"convgen.{one.name}") for one in node.names)
            else:
                yield node.lineno, base


def violations(package: str, text: str) -> list[str]:
    """What the text of a module of `package` imports against the rules."""
    found: list[str] = []
    for line, name in imported(text):
        top, _, rest = name.partition(".")
        if top == "convgen":
            layer = rest.partition(".")[0]
            if layer in LAYERS and ORDER.index(layer) > ORDER.index(package):
                found.append(f"line {line}: {package} imports {name}, which stands below it")
        elif top not in sys.stdlib_module_names and top not in LAYERS[package]:
            found.append(f"line {line}: {package} may not import {top}")
    return found


def layer_of(path: Path) -> str | None:
    first = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    # The package itself and `python -m convgen` only start the command line.
    return None if first in ("__init__", "__main__") else first


MODULES = sorted(path for path in SOURCE.rglob("*.py") if layer_of(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    package = layer_of(path)
    assert package in LAYERS, f"{package} is no known package: give it its place in LAYERS"
    assert violations(package, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("package", "text", "word"),
    [
        ("french", "from convgen.acte.nodes import Acte", "below"),
        ("acte", "def f():\n    import convgen.model.values", "below"),
        ("source", "from convgen import compose", "below"),
        ("compose", "import docx", "may not import docx"),
        ("cli", "from pydantic import BaseModel", "may not import pydantic"),
        ("errors", "if True:\n    import convgen.cli.app", "below"),
    ],
)
def test_a_violation_is_found(package: str, text: str, word: str) -> None:
    (only,) = violations(package, text)
    assert word in only


def test_what_is_allowed_passes() -> None:
    text = "import json\nfrom convgen.acte.nodes import Acte\nfrom convgen.errors import Place\nimport lxml.etree"
    assert violations("write", text) == []


def test_the_changes_know_trees_only() -> None:
    """`amend` sees trees, definitions already resolved and templates; it neither writes nor talks to people."""
    allowed = {"near", "errors", "french", "acte", "source", "model", "compose", "amend"}
    for path in (one for one in MODULES if layer_of(one) == "amend"):
        names = [name for _, name in imported(path.read_text("utf-8")) if name.startswith("convgen.")]
        assert {name.split(".")[1] for name in names} <= allowed, path


#: In `amend`, each folder knows those above it; what stands beside the folders puts them together.
FIELDS: dict[str, set[str]] = {
    "texte": set(),
    "numeros": {"texte"},
    "changements": {"texte", "numeros"},
    "recueils": {"texte", "numeros"},
    "rediger": {"texte", "changements", "recueils"},
    "lire": {"texte", "numeros", "changements", "recueils"},
    "suivi": {"texte", "numeros", "changements"},
    "vigueur": {"texte", "numeros", "changements"},
}


@pytest.mark.parametrize("field", FIELDS)
def test_the_fields_of_the_changes_stand_one_above_the_other(field: str) -> None:
    """The reader of an avenant knows nothing of its writer: both know the packs and the print."""
    files = [path for path in MODULES if path.relative_to(SOURCE).parts[:2] == ("amend", field)]
    assert files
    for path in files:
        names = [name.split(".") for _, name in imported(path.read_text("utf-8"))]
        known = {name[2] for name in names if name[:2] == ["convgen", "amend"]}
        assert known <= FIELDS[field] | {field}, path


def test_every_folder_of_the_changes_has_its_place() -> None:
    assert {path.name for path in (SOURCE / "amend").iterdir() if path.is_dir()} - {"__pycache__"} == set(FIELDS)


def test_only_readers_and_writers_know_ooxml() -> None:
    outside = [path for path in MODULES if layer_of(path) not in ("read", "write")]
    namespace = "schemas.openxmlformats.org"
    assert [path for path in outside if namespace in path.read_text("utf-8")] == []
