"""The catalogue of the guide is the one that the library gives, and it shows every clause."""

from __future__ import annotations

from pathlib import Path

import pytest

from convgen.cli.catalogue import page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalogue() -> str:
    return page(ROOT)


def entry(catalogue: str, name: str) -> str:
    return catalogue.split(f"\n### {name}\n")[1].split("\n### ")[0]


def test_the_page_is_checked_in_as_generated(catalogue: str) -> None:
    shown = (ROOT / "docs/guide/catalogue-des-clauses.md").read_text(encoding="utf-8")
    assert shown == catalogue, "régénérez : make schema"


def test_every_clause_is_shown_once_with_its_text(catalogue: str) -> None:
    ids = {path.stem.split("@")[0] for path in (ROOT / "clauses").glob("*/*.md")}
    for name in ids:
        assert catalogue.count(f"\n### {name}\n") == 1, name
        assert f"(#{name})" in catalogue
        assert f"- clause: {name}\n" in entry(catalogue, name)
        assert "```text\n" in entry(catalogue, name)


def test_an_entry_says_the_parameters_the_default_and_the_sources(catalogue: str) -> None:
    found = entry(catalogue, "denonciation")
    assert "| `preavis` | durée | Délai laissé par la mise en demeure | deux mois |" in found
    assert "Sources : le code civil, article 1225." in found
    assert "Lorsqu’une partie manque à ses obligations" in found


def test_a_choice_says_its_values_and_a_party_its_role(catalogue: str) -> None:
    found = entry(catalogue, "aides-etat")
    assert "`minimis` (règlement (UE) 2023/2831, aides de minimis) ; " in found
    assert "la partie dont le rôle est « bénéficiaire »" in found


def test_a_clause_says_the_version_that_it_replaces(catalogue: str) -> None:
    found = entry(catalogue, "resiliation")
    assert "**Résiliation" in found
    assert "Elle remplace `resiliation@1`, qui reste employée par les actes conclus jusqu'au 31 décembre 2023." in found


def test_an_annex_is_shown_under_its_own_title(catalogue: str) -> None:
    assert entry(catalogue, "annexe-donnees-personnelles").strip().startswith("**Protection et sécurité des données")
