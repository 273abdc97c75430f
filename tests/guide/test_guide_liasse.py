"""The page of the guide on liasses: its examples are put together, its answers and its sentences are compared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from guide_pages import Example, overlay, plain, read_page

from convgen.cli.bundle import Request, bundle
from convgen.cli.deliberations import make_deliberation
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


def test_every_answer_is_what_convgen_says(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    answers = sentences = 0
    for example in (one for one in read_page(PAGE) if isinstance(one, Example)):
        path = root / example.target
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(example.content + "\n" if example.whole else overlay(before, example.content), encoding="utf-8")
        if example.said:
            capsys.readouterr()
            bundle(Request(str(root / "conventions" / "liasses" / f"{NAME}.yaml"), folder=root / "sortie"))
            answered = capsys.readouterr()
            said = lines_of(answered.out) + lines_of(answered.err)
            for line in example.said:
                assert plain(line) in said, (example.name, line, said)
            answers += 1
        if example.printed:
            report = Report()
            made = make_deliberation(Workspace(root), NAME, report, annexes={"bilan-2025": "1", "exemple": "2"})
            assert made is not None, [str(one) for one in report]
            printed = [plain(one) for one in write_text(made.acte).split("\n")]
            for line in example.printed:
                assert plain(line) in printed, (example.name, line)
            sentences += 1
        if not example.lasts:
            path.write_text(before, encoding="utf-8")
    assert (answers, sentences) == (7, 1)


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
