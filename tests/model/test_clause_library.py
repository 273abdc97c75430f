"""Versions of clauses: which one an act prints, and who uses which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from convgen.errors import Place, Report
from convgen.model.library import choose, uses, versions
from convgen.source.yaml import PlacedText, Scalar
from convgen.workspace import Workspace

Made = Callable[[dict[str, str]], Workspace]

ONE = "---\nclause: r\nversion: 1\ntitre: Un\n---\nTexte un.\n"
TWO = """\
---
clause: r
version: 2
titre: Deux
remplace: r@1
du: 2024-01-01
---
Texte deux. {{ passage('fin') }}

--- passage fin
La fin.
"""
FILES = {"clauses/a/r@1.md": ONE, "clauses/a/r.md": TWO}


def asked(name: str) -> PlacedText:
    text = PlacedText(name)
    text.node = Scalar(name, Place("c.yaml", 3, 5), name)
    return text


def chosen(made: Made, name: str, on: date) -> tuple[str, list[str]]:
    report = Report()
    found = choose(made(FILES), asked(name), on, "articles[0].clause", report)
    assert all(str(one.place) == "c.yaml:3:5" for one in report)
    return (found.version if found else ""), [one.code for one in report]


@pytest.mark.parametrize(
    ("name", "on", "version", "codes"),
    [
        ("r", date(2024, 6, 1), "2", []),
        ("r", date(2023, 12, 31), "1", []),
        ("r", date(2024, 1, 1), "2", []),
        ("r@1", date(2023, 6, 1), "1", []),
        ("r@1", date(2024, 6, 1), "1", ["DEF-19"]),
        ("r@2", date(2023, 6, 1), "2", ["DEF-16"]),
        ("r@3", date(2024, 6, 1), "", ["DEF-07"]),
        ("rr", date(2024, 6, 1), "", ["DEF-07"]),
    ],
)
def test_the_version_of_an_act_is_that_of_its_date(
    made: Made, name: str, on: date, version: str, codes: list[str]
) -> None:
    assert chosen(made, name, on) == (version, codes)


def test_a_version_knows_its_text_its_passages_and_its_last_day(made: Made) -> None:
    one, two = versions(made(FILES), "r", Report())
    assert (one.until, one.superseded_by) == (date(2023, 12, 31), "r@2")
    assert two.text.text == "Texte deux. {{ passage('fin') }}"
    assert (str(two.text.place), two.text.clause) == ("clauses/a/r.md:8:1", "r@2")
    assert two.passages["fin"].text == "La fin."


def test_a_clause_out_of_its_dates_is_signalled(made: Made) -> None:
    files = {"clauses/a/s.md": "---\nclause: s\nversion: 1\nau: 2020-12-31\n---\nTexte.\n"}
    report = Report()
    found = choose(made(files), asked("s"), date(2024, 1, 1), "articles[0].clause", report)
    assert found is not None
    assert [one.code for one in report] == ["DEF-16"]


def test_uses_tell_who_prints_an_old_version(made: Made) -> None:
    files = FILES | {
        "templates/modeles/m.yaml": "modele: m\narticles:\n  - clause: r\n",
        "conventions/vieille.yaml": "convention: vieille\nmodele: m\nduree: {effet: 2023-01-01}\n",
        "conventions/neuve.yaml": "convention: neuve\nduree: {effet: 2024-03-01}\narticles:\n  - clause: r@1\n",
    }
    found = [one for one in uses(made(files), date(2024, 6, 1), Report()) if one.clause == "r"]
    assert [(one.kind, one.user, one.version, one.pinned, one.outdated) for one in found] == [
        ("convention", "neuve", "1", True, True),
        ("convention", "vieille", "1", False, True),
        ("modele", "m", "2", False, False),
    ]
