"""What « Prendre en main » shows of the questions of a modèle is what the command lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convgen.cli.questions import list_questions
from convgen.cli.start import start

PAGE = Path(__file__).parents[2] / "docs/guide/prendre-en-main.md"


def test_the_questions_shown_are_those_that_the_modele_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shown,) = re.findall(r"```text\n(objet\n.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    start(tmp_path / "espace")
    monkeypatch.chdir(tmp_path / "espace")
    capsys.readouterr()
    assert list_questions("partenariat-insertion") == 0
    said = capsys.readouterr().out
    for question in re.split(r"\n(?=\S)", shown.rstrip()):
        assert question in said


def test_the_sections_are_numbered_in_order() -> None:
    numbers = re.findall(r"^## (\d+)\. ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert numbers == [str(rank) for rank in range(1, len(numbers) + 1)]
