"""The laws of the algebra, on random acts and edits and on the demonstration conventions."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from amend_acts import act, article, par, two_versions
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from convgen.acte.nodes import Acte
from convgen.amend.changements.appliquer import apply, apply_changes
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.changements import Delta, Term, Words
from convgen.amend.changements.differer import diff
from convgen.amend.changements.echange import delta_from_data, delta_to_data
from convgen.amend.changements.plan import RefusError
from convgen.amend.changements.termes import pair_of
from convgen.amend.texte.arbre import Part, parts_of, same
from convgen.amend.texte.normaliser import normal
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace

ROOT = Path(__file__).parents[2]
CONVENTIONS = sorted(path.stem for path in (ROOT / "conventions").glob("*.yaml"))
PAIRS = (pair_of("bénéficiaire", "usager"), pair_of("bénéficiaires", "usagers"), pair_of("la ville", "la commune"))
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def demo(name: str) -> Part:
    report = Report()
    found = resolve(Workspace(ROOT), name, date(2024, 6, 7), report)
    assert found is not None
    acte = compose(found, report)
    assert acte is not None
    return normal(acte)


@given(two_versions())
@quick
def test_l1_applying_the_changes_gives_the_new_version(versions: tuple[Acte, Acte]) -> None:
    old, new = versions
    a, b = normal(old), normal(new)
    delta = with_causes(diff(a, b), old, new)
    for change in delta.changes:
        event(type(change).__name__ + (f" {change.mode}" if isinstance(change, Words) else ""))
    assert same(apply(delta, a), b)
    assert bool(delta.changes) != same(a, b), "no change for equal texts, no silence for others"


@given(two_versions())
@quick
def test_l1_holds_with_terms(versions: tuple[Acte, Acte]) -> None:
    a, b = map(normal, versions)
    renamed = apply_changes([Term("", PAIRS, ())], b)
    delta = diff(a, renamed, PAIRS)
    event(f"term kept: {any(isinstance(one, Term) for one in delta.changes)}")
    assert same(apply(delta, a), renamed)
    assert same(apply(diff(a, b, PAIRS), a), b), "terms that the new version does not have"


@given(two_versions())
@settings(parent=quick, max_examples=15)
def test_l0_equal_texts_have_no_change(versions: tuple[Acte, Acte]) -> None:
    a = normal(versions[0])
    delta = diff(a, a)
    assert delta.changes == () and delta.retouches == 0
    assert same(apply(delta, a), a)


@given(two_versions(), st.randoms(use_true_random=False))
@settings(parent=quick, max_examples=25)
def test_l3_the_order_of_the_changes_means_nothing(versions: tuple[Acte, Acte], chance: object) -> None:
    a, b = map(normal, versions)
    changes = list(diff(a, b).changes)
    chance.shuffle(changes)  # type: ignore[attr-defined]
    assert same(apply_changes(changes, a), b)


@given(two_versions())
@settings(parent=quick, max_examples=25)
def test_the_data_give_the_changes_back(versions: tuple[Acte, Acte]) -> None:
    old, new = versions
    a, b = normal(old), normal(new)
    delta = with_causes(diff(a, b, PAIRS), old, new)
    read = delta_from_data(json.loads(json.dumps(delta_to_data(delta, a))))
    assert read == delta
    assert same(apply(read, a), b)


@given(two_versions())
@settings(parent=quick, max_examples=30)
def test_l5_another_base_is_refused_where_a_change_speaks(versions: tuple[Acte, Acte]) -> None:
    a, b = map(normal, versions)
    for change in diff(a, b).changes:
        if not isinstance(change, Words):
            continue
        place = change.place
        path, rank = place.division, place.alinea or 0
        other = _without_words(a, path, rank)
        with pytest.raises(RefusError) as refused:
            apply(Delta("", "", (change,)), other)
        assert refused.value.diagnostics[0].code == "AVE-03"
        if change.old:
            with pytest.raises(RefusError):
                apply_changes([change], other)


def _without_words(part: Part, path: tuple[str, ...], rank: int) -> Part:
    """The base with one alinéa emptied of its words."""
    from convgen.amend.texte.arbre import alinea

    if not path:
        lines = list(part.lines)
        lines[rank] = alinea((), getattr(lines[rank], "shape", ""))
        return replace(part, lines=tuple(lines))
    children = tuple(_without_words(child, path[1:], rank) if child.id == path[0] else child for child in part.children)
    return replace(part, children=children)


@pytest.mark.parametrize("name", CONVENTIONS)
def test_a_demonstration_convention_is_equal_to_itself(name: str) -> None:
    assert diff(demo(name), demo(name)).changes == ()


@pytest.mark.parametrize(("one", "other"), list(pairwise(CONVENTIONS)))
def test_one_demonstration_convention_becomes_another(one: str, other: str) -> None:
    a, b = demo(one), demo(other)
    there, back = diff(a, b), diff(b, a)
    assert same(apply(there, a), b) and same(apply(back, b), a)
    with pytest.raises(RefusError):
        apply(there, b)


# --- cost ---------------------------------------------------------------------------------------------------


def _long_act(count: int, changed: bool) -> Part:
    """An act of so many alinéas; one article in ten has another word, another comes, another goes."""
    articles = []
    for rank in range(count // 10):
        word = "autre" if changed and rank % 10 == 3 else "même"
        lines = [par(f"Alinéa {rank} {place} de la convention, {word} texte pour tous.") for place in range(10)]
        if not (changed and rank % 20 == 7):
            articles.append(article(f"a{rank}", f"Article {rank}", *lines))
        if changed and rank % 20 == 8:
            articles.append(article(f"nouveau{rank}", "Nouveau", par("Un alinéa nouveau.")))
    return normal(act(*articles))


def _calls(count: int) -> int:
    a, b = _long_act(count, False), _long_act(count, True)
    calls = 0

    def heard(_frame: object, _event: str, _arg: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(heard)
    try:
        delta = diff(a, b)
        made = apply(delta, a)
    finally:
        sys.setprofile(before)
    assert same(made, b)
    return calls


def test_twice_as_long_costs_twice_as_much() -> None:
    assert _calls(800) < 2.3 * _calls(400)


def test_a_chain_of_parts_is_read_once() -> None:
    part = _long_act(400, False)
    assert len(list(parts_of(part))) == len(part.children) + 1
