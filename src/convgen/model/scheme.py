"""The numbering scheme, said by examples: « ARTICLE 1 : TITRE », « Article 1er – TITRE », « 1.1. », « a) », « 1° »."""

from __future__ import annotations

import re

from convgen.acte.nodes import Level, Scheme
from convgen.errors import Report
from convgen.model.schema.acte import Numerotation
from convgen.source.yaml import PlacedText

_PATTERN = re.compile(
    r"(?:(?P<prefix>[^\W\d_]{2,}\.?(?: [^\W\d_]{2,}\.?)*) )?"
    r"(?P<number>(?:1\.)+1|1er|1|I|A|a)(?!\w)"
    r"(?P<suffix>[.)°/]*)"
    r"(?P<separator> *[:–—-]? *)"
    r"(?P<title>[^\W\d_].*)?"
)

TITRE = Level(noun="titre", prefix="TITRE ", form="I", separator=" – ")
ARTICLE = Level()
SUB = Level(noun="", prefix="", suffix=".", separator=" ", nested=True)
ITEM = Level(noun="", prefix="", form="a", suffix=")", separator=" ")

DEFAULT = Scheme((TITRE, ARTICLE, SUB, SUB))


def read_level(pattern: str) -> Level | None:
    """The level that an example describes; None when it shows no number."""
    found = _PATTERN.fullmatch(pattern.strip())
    if found is None:
        return None
    prefix, number = found["prefix"], found["number"]
    return Level(
        noun=prefix.rstrip(".").lower() if prefix else "",
        prefix=f"{prefix} " if prefix else "",
        form="1" if number[0] == "1" else number,
        suffix=found["suffix"],
        separator=found["separator"] or " ",
        first_ordinal=number == "1er",
        nested="." in number,
    )


def read_scheme(numbering: Numerotation | None, report: Report) -> Scheme:
    """The scheme of an act; what it does not say is « TITRE I – », « ARTICLE 1 : », « 1.1. », « 1.1.1. »."""
    if numbering is None:
        return DEFAULT
    titres = _level(numbering.titres, "titres", TITRE, report)
    articles = _level(numbering.articles, "articles", ARTICLE, report)
    subs = [
        _level(one, f"sous_articles[{rank}]", SUB, report) for rank, one in enumerate(numbering.sous_articles or ())
    ] or [SUB]
    while len(subs) < 2:
        subs.append(SUB if subs[-1].nested else ITEM)
    return Scheme((titres, articles, *subs))


def _level(pattern: PlacedText | None, key: str, default: Level, report: Report) -> Level:
    if pattern is None:
        return default
    level = read_level(pattern)
    if level is None:
        report.error(
            "DEF-04",
            f"« {pattern} » ne montre pas comment numéroter",
            pattern.place,
            f"numerotation.{key}",
            remedy="Donnez un exemple : « ARTICLE 1 : TITRE », « Article 1er – TITRE », « 1.1. », « I. », « a) ».",
        )
        return default
    return level
