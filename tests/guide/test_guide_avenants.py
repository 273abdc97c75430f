"""The page on avenants cannot lie: every example becomes an avenant; what it prints, what is answered are compared."""

from __future__ import annotations

import difflib
import io
import json
import re
from pathlib import Path

import pytest
from guide_pages import Example, Space, overlay, plain, read_page

from convgen.cli.amend import changes_of
from convgen.cli.cases import case_of
from convgen.cli.en_vigueur import Wanted
from convgen.cli.render import print_diagnostics
from convgen.cli.start import start
from convgen.errors import ConvgenError, Report
from convgen.model.schema.avenant import Avenant, Modifications, Presenter
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGE = GUIDE / "avenants.md"
AVENANT = "conventions/avenants/exemple-1.yaml"


def changed(space: Space, example: Example) -> dict[str, str]:
    """The files as an example wants them."""
    target = target_of(example)
    if example.whole:
        return {target: example.content + "\n"}
    return {target: overlay(space.text(target), example.content)}


def composed(space: Space, example: Example) -> tuple[str, str]:
    """The printed avenant (empty when refused) and what convgen answers."""
    wanted = target_of(example) if "/avenants/" in target_of(example) else AVENANT
    with space.tried(changed(space, example)):
        return avenant_of(space.root / wanted)


def target_of(example: Example) -> str:
    found = re.search(r"(?:Fichier|Dans) `([^`]+\.yaml)`", example.intro)
    return found[1] if found else AVENANT


def avenant_of(path: Path) -> tuple[str, str]:
    report, printed = Report(), ""
    try:
        with case_of(str(path), "", "", Wanted(), report) as case:
            if case is not None and case.made is not None:
                printed = write_text(case.made.avenant)
    except ConvgenError as error:
        report.extend(error.diagnostics)
    said = io.StringIO()
    print_diagnostics([one for one in report if one.code != "AVE-29"], None, said)
    return "\n".join(plain(line) for line in printed.split("\n")), plain(said.getvalue())


@pytest.fixture
def space(tmp_path: Path) -> Space:
    root = tmp_path / "espace"
    start(root)
    return Space(root)


def check(space: Space, example: Example) -> None:
    """Make an example; compare what it prints, in order, and what is answered."""
    printed, said = composed(space, example)
    for line in example.said:
        assert plain(line) in said, f"{example.name} : convgen ne répond pas « {line} » mais :\n{said}"
    if not example.said:
        assert said == "", f"{example.name} : {said}"
        assert printed, f"{example.name} : rien n'est imprimé"
    rest = printed
    for line in example.printed:
        for part in plain(line).split("[…]"):
            near = difflib.get_close_matches(part, printed.split("\n"), n=2, cutoff=0.3)
            assert part.strip() in rest, f"{example.name} : « {part} » n'est pas imprimé ; {near}"
            rest = rest.split(part.strip(), 1)[1]


def test_every_example_of_the_page_is_true(space: Space) -> None:
    page = [one for one in read_page(PAGE) if isinstance(one, Example)]
    assert len(page) > 10
    problems = []
    for one in page:
        try:
            check(space, one)
        except AssertionError as error:
            problems.append(str(error).split("\nassert ")[0])
        if one.lasts:
            space.files |= changed(space, one)
    assert not problems, "\n\n".join(problems)


@pytest.mark.parametrize("model", [Avenant, Modifications, Presenter])
def test_every_key_is_in_the_page(model: type[Avenant | Modifications | Presenter]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = [name for name in model.model_fields if not re.search(rf"(?:`|^ *-? ?){name}(?:`|:)", text, re.MULTILINE)]
    assert not missing


def test_the_data_shown_are_those_of_the_demonstration() -> None:
    """The excerpt of modifications.json is that of an avenant of the workspace of demonstration."""
    shown = re.search(r"```json\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    with case_of(str(ROOT / "conventions/avenants/flash-emploi-2024-1.yaml"), "", "", Wanted(), Report()) as case:
        assert case is not None and case.made is not None
        causes = changes_of(case.made, case.order)["causes"]
        assert isinstance(causes, list)
    wanted = json.loads(shown[1])
    assert any(all(cause.get(key) == value for key, value in wanted.items()) for cause in causes), causes[0]


def test_the_pictures_are_there_and_small() -> None:
    found = re.findall(r"\]\(\.\./images/([\w-]+\.png)\)", PAGE.read_text(encoding="utf-8"))
    assert len(found) >= 4
    for name in found:
        picture = GUIDE.parent / "images" / name
        assert picture.stat().st_size < 150_000, name
