"""The guide cannot lie: every example is composed, every printed result and every message is compared."""

from __future__ import annotations

import difflib
import io
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from guide_pages import CONVENTION, Example, Rows, Space, overlay, plain, read_page

from convgen.cli.pipeline import make
from convgen.cli.render import print_diagnostics
from convgen.cli.start import start
from convgen.compose.context import clause_context, printing_of
from convgen.compose.filters import texts_filters
from convgen.compose.sandbox import View
from convgen.compose.text import TextCache
from convgen.compose.views.act import RenewalView
from convgen.compose.views.parties import _OPTIONAL, PersonOfParty
from convgen.errors import Report
from convgen.model.typed import guess_type
from convgen.source.yaml import MappingNode, load_yaml
from convgen.workspace import Workspace
from convgen.write.text import write_text

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PAGES = ("ecrire-une-convention.md", "ecrire-une-clause.md", "annexes.md")
CACHE = TextCache()

TEXTS = ("ce que vous tapez", "ce que Word imprime")
REFUSED_TEXTS = ("texte", "ce que convgen répond")
VALUES = ("valeur", "type deviné", "ce que Word imprime")
SUMS = ("calcul", "ce que Word imprime")
REFUSED_LINES = ("ligne fautive", "ce que convgen répond", "ce qu'il fallait taper")


@cache
def opened(root: Path) -> Workspace:
    """The workspace of a page: what an example does not change is read once."""
    return Workspace(root)


def composed(space: Space, changes: dict[str, str]) -> tuple[str, str]:
    """The printed text of the example convention (empty when refused) and what convgen answers."""
    report = Report()
    with space.tried(changes):
        made = make(opened(space.root), "exemple", report, cache=CACHE)
    said = io.StringIO()
    print_diagnostics(report, None, said)
    return (write_text(made.acte) if made else ""), plain(said.getvalue())


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> list[Example | Rows]:
    return read_page(GUIDE / request.param)


@pytest.fixture
def space(tmp_path: Path) -> Space:
    root = tmp_path / "espace"
    start(root)
    return Space(root)


def changed(space: Space, example: Example) -> dict[str, str]:
    """The files as an example wants them."""
    if example.language == "jinja":
        return {CONVENTION: with_texts(space, [example.content])}
    if example.whole:
        return {example.target: example.content + "\n"}
    return {example.target: overlay(space.text(example.target), example.content)}


def with_texts(space: Space, texts: list[str], data: str = "") -> str:
    """The example convention with an article per text, all after its own."""
    lines = [overlay(space.text(CONVENTION), data) if data else space.text(CONVENTION)]
    articles = ["articles:"]
    for rank, text in enumerate(texts):
        articles += [f"  - id: essai-{rank}", f"    titre: Essai {rank}", "    texte: |"]
        articles += [f"      {line}" for line in text.split("\n")]
    own = re.search(r"^articles:.*\n((?:[ #].*\n|\n)*)", lines[0], re.MULTILINE)
    return overlay(lines[0], "\n".join(articles) + "\n" + (own[1] if own else ""))


def tried(printed: str, rank: int) -> list[str]:
    """The lines printed by the text of that rank."""
    found = re.search(
        rf"^ARTICLE \d+ : Essai {rank}$\n(.*?)(?=^ARTICLE \d+ : |^Fait à )",
        plain_lines(printed),
        re.MULTILINE | re.DOTALL,
    )
    assert found, f"l'essai {rank} n'est pas imprimé"
    return [line for line in found[1].split("\n") if line.strip()]


def plain_lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.split("\n"))


def check(space: Space, example: Example) -> None:
    """Compose an example; compare what it prints and what is answered."""
    printed, said = composed(space, changed(space, example))
    for line in example.said:
        assert plain(line) in said, f"{example.name} : convgen ne répond pas « {line} » mais :\n{said}"
    if not example.said:
        assert said == "", f"{example.name} : {said}"
    if example.language == "jinja" and example.printed:
        wanted = [line for line in map(plain, example.printed) if line]
        assert tried(printed, 0) == wanted, f"{example.name} : {tried(printed, 0)}"
        return
    for line in example.printed:
        for part in plain(line).split("[…]"):
            near = difflib.get_close_matches(part, plain_lines(printed).split("\n"), n=2, cutoff=0.3)
            assert part.strip() in plain_lines(printed), f"{example.name} : « {part} » n'est pas imprimé ; {near}"


def check_rows(space: Space, table: Rows) -> None:
    """Compose the rows of a table."""
    match table.header[:3]:
        case (first, second, *_) if (first, second) == TEXTS:
            compare(space, table, [row[0] for row in table.rows], [row[1] for row in table.rows])
        case header if header == VALUES:
            for row in table.rows:
                assert guess(row[0]) == row[1], f"{table.name} : « {row[0]} » est de type {guess(row[0])}"
            compare_data(space, table, 2)
        case (first, second, *_) if (first, second) == SUMS:
            compare_data(space, table, 1)
        case (first, second, *_) if (first, second) == REFUSED_TEXTS:
            for row in table.rows:
                _, said = composed(space, {CONVENTION: with_texts(space, [row[0]])})
                assert plain(row[1]) in said, f"{table.name} : « {row[0]} » : {said}"
        case header if header == REFUSED_LINES:
            for row in table.rows:
                assert plain(row[1]) in yaml_answer(row[0]), f"{table.name} : « {row[0]} » : {yaml_answer(row[0])}"
                assert yaml_answer(row[2]) == "", f"{table.name} : « {row[2]} » : {yaml_answer(row[2])}"


def compare(space: Space, table: Rows, texts: list[str], expected: list[str], data: str = "") -> None:
    printed, said = composed(space, {CONVENTION: with_texts(space, texts, data)})
    assert said == "", f"{table.name} : {said}"
    for rank, (text, wanted) in enumerate(zip(texts, expected, strict=True)):
        assert " / ".join(tried(printed, rank)) == plain(wanted), f"{table.name} : {text} : {tried(printed, rank)}"


def compare_data(space: Space, table: Rows, column: int) -> None:
    names = [f"essai_{rank}" for rank in range(len(table.rows))]
    data = "donnees:\n" + "\n".join(f"  {name}: {row[0]}" for name, row in zip(names, table.rows, strict=True))
    # a word before the value: no capital, as in the middle of a sentence
    texts = [f"Soit {{{{ {name} }}}}" for name in names]
    compare(space, table, texts, [f"Soit {row[column]}" for row in table.rows], data)


def guess(value: str) -> str:
    node = load_yaml(f"essai: {value}\n", "essai.yaml", Report())
    assert isinstance(node, MappingNode)
    return guess_type(node.entries[0][1])


def yaml_answer(line: str) -> str:
    report, said = Report(), io.StringIO()
    load_yaml(f"convention: essai\n{line}\n", "essai.yaml", report)
    print_diagnostics(report, None, said)
    return plain(said.getvalue())


def test_every_example_of_the_page_is_true(page: list[Example | Rows], space: Space) -> None:
    assert len(page) > 10
    problems = []
    for one in page:
        try:
            if isinstance(one, Rows):
                check_rows(space, one)
                continue
            check(space, one)
        except AssertionError as error:
            problems.append(str(error).split("\nassert ")[0])
        if isinstance(one, Example) and one.lasts:
            space.files |= changed(space, one)
    assert not problems, "\n\n".join(problems)


def test_every_filter_has_its_example() -> None:
    typed = [row[0] for one in read_page(GUIDE / "ecrire-une-clause.md") if isinstance(one, Rows) for row in one.rows]
    typed += [one.content for one in read_page(GUIDE / "ecrire-une-clause.md") if isinstance(one, Example)]
    text = "\n".join(typed)
    for name in texts_filters():
        assert re.search(rf"\| {name}\b", text), f"le filtre « {name} » n'a pas d'exemple"


def test_every_name_that_texts_may_read_is_in_the_page(space: Space) -> None:
    """What a text may read of a party, a person, the act, its duration and its years."""
    text = (GUIDE / "ecrire-une-clause.md").read_text(encoding="utf-8")
    resolved = make(Workspace(space.root), "exemple", Report())
    assert resolved is not None
    context = clause_context(resolved.resolved, printing_of(resolved.resolved))
    names = {name for name in context if name != "cocontractant"} | _OPTIONAL
    for view in (context["departement"], context["acte"], context["duree"], context["exercices"]):
        assert isinstance(view, View)
        names |= set(view.names())
    for view in (PersonOfParty, RenewalView):
        names |= set(view.names(cast("Any", None)))
    missing = [name for name in sorted(names) if not re.search(rf"(?:[.`{{ ]){name}\b(?:[`( .}}])", text)]
    assert not missing


def test_the_pages_of_the_guide_are_all_listed_and_their_links_lead_somewhere() -> None:
    contents = (GUIDE / "README.md").read_text(encoding="utf-8")
    for one in GUIDE.glob("*.md"):
        assert one.name == "README.md" or f"({one.name})" in contents, one.name
    for one in GUIDE.glob("*.md"):
        for target in re.findall(r"\]\(([\w./-]+\.md)(?:#[^)]*)?\)", one.read_text(encoding="utf-8")):
            assert (one.parent / target).exists(), f"{one.name} → {target}"
