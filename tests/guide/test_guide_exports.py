"""The line of open data that the guide shows is the one that convgen writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from guide_pages import Example, overlay, read_page

from convgen.cli.app import run
from convgen.cli.start import start

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guide" / "liasse.md"


def test_the_line_of_the_guide_is_the_one_that_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "espace"
    start(root)
    monkeypatch.chdir(root)
    text = PAGE.read_text("utf-8")
    wanted = ("siret: 218", "rna: W", "etat:\n  signe")
    examples = [one for one in read_page(PAGE) if isinstance(one, Example) and one.content.startswith(wanted)]
    assert len(examples) == len(wanted)
    for one in examples:
        path = root / one.target
        path.write_text(overlay(path.read_text("utf-8"), one.content), "utf-8")
    shown = re.search(r"^```csv\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert shown is not None
    capsys.readouterr()
    assert run(["exporter", "scdl-subventions", "exemple"]) == 0
    assert capsys.readouterr().out == shown[1]
