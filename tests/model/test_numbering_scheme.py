"""Numbering schemes are read off examples."""

from __future__ import annotations

import pytest

from convgen.acte.nodes import Level
from convgen.errors import Report
from convgen.model.problems import validate
from convgen.model.schema.acte import Numerotation
from convgen.model.scheme import DEFAULT, read_level, read_scheme
from convgen.source.yaml import load_yaml


@pytest.mark.parametrize(
    ("pattern", "level"),
    [
        ("ARTICLE 1 : TITRE", Level("article", "ARTICLE ", "1", "", " : ")),
        ("ARTICLE 1 – TITRE", Level("article", "ARTICLE ", "1", "", " – ")),
        ("Article 1er – Titre", Level("article", "Article ", "1", "", " – ", first_ordinal=True)),
        ("TITRE I – TITRE", Level("titre", "TITRE ", "I", "", " – ")),
        ("Chapitre I : Titre", Level("chapitre", "Chapitre ", "I", "", " : ")),
        ("1.1.", Level("", "", "1", ".", " ", nested=True)),
        ("1.1", Level("", "", "1", "", " ", nested=True)),
        ("1.1.1 Titre", Level("", "", "1", "", " ", nested=True)),
        ("I. TITRE", Level("", "", "I", ".", " ")),
        ("A/", Level("", "", "A", "/", " ")),
        ("a)", Level("", "", "a", ")", " ")),
        ("1°", Level("", "", "1", "°", " ")),
        ("1°)", Level("", "", "1", "°)", " ")),
    ],
)
def test_an_example_describes_a_level(pattern: str, level: Level) -> None:
    assert read_level(pattern) == level


@pytest.mark.parametrize("pattern", ["", "ARTICLE", "article premier", "–"])
def test_an_example_without_a_number_is_refused(pattern: str) -> None:
    assert read_level(pattern) is None


def scheme(text: str) -> tuple[tuple[Level, ...], Report]:
    report = Report()
    node = load_yaml(text, "x.yaml", report)
    assert node is not None
    numbering, _ = validate(Numerotation, node, report)
    return read_scheme(numbering, report).levels, report


def test_what_is_not_said_is_usual() -> None:
    assert read_scheme(None, Report()) == DEFAULT
    levels, _ = scheme('articles: "Article 1er – TITRE"\n')
    assert [one.prefix for one in levels] == ["TITRE ", "Article ", "", ""]
    assert levels[2].nested and levels[3].nested


def test_several_levels_of_sub_articles() -> None:
    levels, _ = scheme('sous_articles: ["I.", "A/", "1°"]\n')
    assert [one.form + one.suffix for one in levels[2:]] == ["I.", "A/", "1°"]


def test_a_wrong_example_is_an_error_at_its_place() -> None:
    _, report = scheme("articles: Article premier\n")
    (one,) = report
    assert (one.code, str(one.place), one.path) == ("DEF-04", "x.yaml:1:11", "numerotation.articles")
