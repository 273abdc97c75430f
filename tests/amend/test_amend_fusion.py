"""Two drafts on one state, and passages that are signed but not in effect."""

from __future__ import annotations

import pytest
from amend_acts import act, article, euros, items, par, table, two_versions
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from convgen.acte.nodes import Acte, Division
from convgen.amend.changements.appliquer import apply, apply_changes
from convgen.amend.changements.changements import Delta
from convgen.amend.changements.differer import diff
from convgen.amend.changements.fusion import check_in_effect, merge, waiting
from convgen.amend.changements.plan import RefusError
from convgen.amend.changements.termes import pair_of
from convgen.amend.texte.arbre import same
from convgen.amend.texte.normaliser import normal
from convgen.errors import DefinitionError

OBJECT = article("objet", "Objet", par("L’atelier répare des vélos."), items("un local ;", "un salarié."))
MONEY = article(
    "finances",
    "Finances",
    par("La commune verse ", euros("somme", 500), " par an."),
    table(("Étape", "Montant"), ("Acompte", "300 €"), ("Solde", "200 €")),
)
LENGTH = article("duree", "Durée", par("La convention dure un an."), par("Elle est renouvelable une fois."))


def made(*articles: Division) -> Acte:
    return act(*articles, intitule=par("Convention"))


BASE = made(OBJECT, MONEY, LENGTH)


def length(*lines: str) -> Division:
    return article("duree", "Durée", *(par(line) for line in lines))


def draft(*articles: Division) -> Delta:
    return diff(normal(BASE), normal(made(*articles)))


def test_disjoint_drafts_merge_whatever_their_order() -> None:
    one = draft(OBJECT, MONEY, length("La convention dure deux ans.", "Elle est renouvelable une fois."))
    other = draft(article("objet", "Objet et but", *OBJECT.blocks), MONEY, LENGTH)
    a = normal(BASE)
    both = merge(a, one, other)
    assert same(apply(both, a), apply(merge(a, other, one), a))
    assert "deux ans" in apply(both, a).text and "Objet et but" in apply(both, a).text
    assert len(both.changes) == len({change.id for change in both.changes}) == 2


def test_what_both_drafts_say_is_said_once() -> None:
    one = draft(OBJECT, MONEY, length("La convention dure deux ans.", "Elle est renouvelable une fois."))
    assert len(merge(normal(BASE), one, one).changes) == len(one.changes) == 1


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        (
            (OBJECT, MONEY, length("La convention dure deux ans.", "Elle est renouvelable une fois.")),
            (OBJECT, MONEY, length("La convention dure trois ans.", "Elle est renouvelable une fois.")),
            "alinéa de l'article 3",
        ),
        ((OBJECT, MONEY), (OBJECT, MONEY, length("La convention dure trois ans.", "Oui.")), "l'article 3"),
        (
            (OBJECT, MONEY, article("bilan", "Bilan", par("Un bilan.")), LENGTH),
            (OBJECT, MONEY, article("litiges", "Litiges", par("Le tribunal.")), LENGTH),
            "après l'article 2",
        ),
    ],
    ids=["words", "repeal", "same gap"],
)
def test_conflicting_places_are_listed(one: tuple[Division, ...], other: tuple[Division, ...], place: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        merge(normal(BASE), draft(*one), draft(*other))
    (said,) = refusal.value.diagnostics
    assert said.code == "AVE-25" and place in said.cause.replace("’", "'")


def test_terms_that_cross_are_a_conflict() -> None:
    a = normal(BASE)
    one = diff(a, normal(made(article("objet", "Objet", par("L’atelier répare des cycles.")), MONEY, LENGTH)), [])
    assert merge(a, one, one) is not None
    old = made(*(article(f"a{rank}", "", par("Un vélo et un salarié.")) for rank in range(4)))
    new = made(*(article(f"a{rank}", "", par("Un cycle et un salarié.")) for rank in range(4)))
    newer = made(*(article(f"a{rank}", "", par("Un tandem et un salarié.")) for rank in range(4)))
    b = normal(old)
    first = diff(b, normal(new), [pair_of("vélo", "cycle")])
    second = diff(b, normal(newer), [pair_of("vélo", "tandem")])
    with pytest.raises(DefinitionError, match="AVE-25"):
        merge(b, first, second)


def test_a_draft_of_another_base_is_refused() -> None:
    one = draft(OBJECT, MONEY, length("La convention dure deux ans.", "Elle est renouvelable une fois."))
    other = normal(made(OBJECT, MONEY, length("Elle finit en juin.", "Elle est renouvelable une fois.")))
    with pytest.raises(RefusError):
        merge(other, one, one)


@given(two_versions(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_two_halves_of_a_set_of_changes_merge_into_it(versions: tuple[Acte, Acte], chance: object) -> None:
    a, b = (normal(one) for one in versions)
    delta = diff(a, b)
    half = [bool(rank % 2) for rank in range(len(delta.changes))]
    halves = [
        Delta(delta.base, "", tuple(one for one, is_mine in zip(delta.changes, half, strict=True) if is_mine == mine))
        for mine in (True, False)
    ]
    try:
        merged = merge(a, *halves)
    except (DefinitionError, RefusError):
        # Two arrivals in one gap, numbers that follow others are said to be in conflict; and half of the changes may
        # be no draft, when the other half takes a division out of one that goes.
        assume(False)
    assert same(apply_changes(merged.changes, a), b)


# --- not in effect yet --------------------------------------------------------------------------------------


def test_a_passage_that_waits_for_its_effect_is_not_amended_again() -> None:
    before = normal(BASE)
    signed = made(OBJECT, MONEY, length("La convention dure deux ans.", "Elle est renouvelable une fois."))
    after = normal(signed)
    again = normal(made(OBJECT, MONEY, length("La convention dure trois ans.", "Elle est renouvelable une fois.")))
    elsewhere = normal(made(OBJECT, MONEY, length("La convention dure deux ans.", "Elle est renouvelable deux fois.")))
    assert waiting(before, after, diff(after, elsewhere)) == ()
    with pytest.raises(DefinitionError) as refusal:
        check_in_effect(before, after, diff(after, again), ["l'avenant n° 1"])
    (said,) = refusal.value.diagnostics
    assert said.code == "AVE-24" and "l'avenant n° 1" in said.message and "premier alinéa de l'article 3" in said.cause
