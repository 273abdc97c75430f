"""The generated pages of the guide are those that the schemas and the codes give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convgen.errors import CODES
from convgen.model.schema import KINDS, codes, json_schema, reference

GUIDE = Path(__file__).parents[2] / "docs" / "guide"


@pytest.mark.parametrize(("name", "page"), [("reference.md", reference.page), ("erreurs.md", codes.page)])
def test_the_page_is_checked_in_as_generated(name: str, page: object) -> None:
    assert callable(page)
    assert (GUIDE / name).read_text(encoding="utf-8") == page(), "régénérez : make schema"


def test_every_key_of_every_block_has_its_line() -> None:
    text = reference.page()
    for kind in KINDS:
        schema = json_schema(kind)
        for block in (schema, *schema.get("$defs", {}).values()):
            for key in block.get("properties", {}):
                assert re.search(rf"^\| (\*\*)?`{key}`", text, re.MULTILINE), f"{kind} : {key}"


def test_every_code_has_its_line() -> None:
    text = codes.page()
    for code, title in CODES.items():
        assert f"| {code} | {title} |" in text


def test_a_line_of_a_table_has_four_cells() -> None:
    for line in reference.page().splitlines():
        if re.match(r"\| (\*\*)?`", line):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5, line
