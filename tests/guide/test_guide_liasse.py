"""The pages of the guide on délibérations and liasses: examples are put together, answers and sentences compared."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from guide_pages import Example, overlay, plain, read_page

from convgen.cli.bundle import Request, bundle
from convgen.cli.deliberations import make_deliberation
from convgen.cli.render import print_diagnostics
from convgen.cli.start import start
from convgen.errors import CODES, Report
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guide" / "liasse.md"
STAND_IN = ROOT / "conventions" / "annexes" / "piece-rapport-execution-2023.pdf"
NAME = "cm-2026-01-15"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "espace"
    start(made)
    for folder in ("annexes", "deliberations", "liasses"):
        (made / "conventions" / folder).mkdir(exist_ok=True)
    shutil.copyfile(STAND_IN, made / "conventions" / "annexes" / "bilan-2025.pdf")
    return made


def lines_of(text: str) -> list[str]:
    return [re.sub(r"^\S+?:\d+:\d+ : ", "", plain(one)) for one in text.split("\n")]


def put(root: Path, example: Example) -> tuple[Path, str]:
    """Write an example; gives the file, and what it held."""
    path = root / example.target
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(example.content + "\n" if example.whole else overlay(before, example.content), encoding="utf-8")
    return path, before


def printed_by(root: Path, annexes: dict[str, str]) -> tuple[list[str], list[str]]:
    """The lines of the délibération, and what convgen answers."""
    report = Report()
    made = make_deliberation(Workspace(root), NAME, report, annexes=annexes)
    said = io.StringIO()
    print_diagnostics(report, None, said)
    return lines_of(write_text(made.acte)) if made is not None else [], lines_of(said.getvalue())


def holds(example: Example, expected: list[str], found: list[str]) -> bool:
    """Whether each expected line was found."""
    for line in expected:
        assert plain(line) in found, (example.name, line, found)
    return bool(expected)


def test_every_answer_about_a_liasse_is_what_convgen_says(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    answers = sentences = 0
    for example in (one for one in read_page(PAGE) if isinstance(one, Example)):
        path, before = put(root, example)
        if example.said:
            capsys.readouterr()
            bundle(Request(str(root / "conventions" / "liasses" / f"{NAME}.yaml"), folder=root / "sortie"))
            answered = capsys.readouterr()
            answers += holds(example, example.said, lines_of(answered.out) + lines_of(answered.err))
        if example.printed:
            printed, _ = printed_by(root, {"bilan-2025": "1", "exemple": "2"})
            sentences += holds(example, example.printed, printed)
        if not example.lasts:
            path.write_text(before, encoding="utf-8")
    assert (answers, sentences) == (7, 1)


def test_every_deliberation_of_the_page_prints_what_it_says(root: Path) -> None:
    answers = sentences = 0
    for example in (one for one in read_page(PAGE.with_name("deliberations.md")) if isinstance(one, Example)):
        path, before = put(root, example)
        printed, said = printed_by(root, {})
        answers += holds(example, example.said, said)
        sentences += holds(example, example.printed, printed)
        if not example.lasts:
            path.write_text(before, encoding="utf-8")
    assert (answers, sentences) == (1, 2)


def test_codes_pictures_and_liasses_that_the_page_names_exist() -> None:
    text = PAGE.read_text("utf-8")
    codes = set(re.findall(r"\b(?:LIA|DEL|SCD)-\d\d\b", text))
    assert codes <= set(CODES)
    pictures = re.findall(r"\]\((\.\./images/[^)]+)\)", text)
    assert len(pictures) == 3
    for one in pictures:
        assert 0 < (PAGE.parent / one).stat().st_size < 150_000
    for name in re.findall(r"`((?:cp|me)-2024-[\w-]+)`", text):
        assert (ROOT / "conventions" / "liasses" / f"{name}.yaml").is_file()
