"""Reading avenants back: the laws of the words, on random acts and edits (L2, L2p, L2t, L4, L6)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from amend_edits import edited, random_doc
from lecteur_legistique import read_by_hand
from lecture_outils import TARGETED, Said, numbered, pack, reader_of, said, said_with_terms, two_docs

from convgen.amend.changements.differer import diff
from convgen.amend.lire.lire import read, same_lines
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.preuve import proved
from convgen.amend.rediger import Options, word
from convgen.amend.texte.arbre import same
from convgen.amend.texte.etat import State
from convgen.amend.texte.imprime import PrintedLine, printed, printed_articles
from convgen.amend.texte.normaliser import normal
from convgen.amend.vigueur.consolider import state_after
from convgen.french.typography import plain, typeset

FROZEN, AGAIN = Policy.FROZEN, Policy.RENUMBER
#: Beyond what a quotation can hold (a title that is a lone guillemet), the writer says a division again, whole.
_SELDOM = 0.04
#: Sixty pairs of a targeted generator are enough to notice the rule broken (test_lecture_mutations).
_TARGETED = 100


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- no secret


def _check(one: Said, name: str, seed: object) -> None:
    assert one.failure(reader_of(name)) is None, seed
    if name == "legistique":
        assert one.failure(read_by_hand) is None, f"{seed}: the reader written by hand"
    assert bool(one.avenant) != same(one.base, one.new), f"{seed}: an avenant for nothing, or none for something"


@pytest.mark.parametrize(
    ("name", "policy", "first", "count"),
    [
        ("legistique", FROZEN, 0, 160),
        ("legistique", AGAIN, 10_000, 65),
        ("pratique", FROZEN, 20_000, 90),
        ("pratique", AGAIN, 30_000, 40),
    ],
)
def test_l2_the_sentences_give_the_new_text(name: str, policy: Policy, first: int, count: int) -> None:
    coarser = 0
    for seed in range(first, first + count):
        one = said(*two_docs(seed), name, policy)
        _check(one, name, seed)
        coarser += one.coarser
    assert coarser <= count * _SELDOM, "most sentences are read at the first attempt"


@pytest.mark.parametrize("make", TARGETED)
def test_l2_where_a_rule_is_seldom_needed(make: object) -> None:
    for seed in range(_TARGETED):
        old, new = make(_random(seed))  # type: ignore[operator]
        name = "pratique" if seed % 5 == 0 else "legistique"
        _check(said(old, new, name), name, (make, seed))


@pytest.mark.parametrize(("name", "count"), [("legistique", 50), ("pratique", 20)])
def test_l2_holds_with_terms(name: str, count: int) -> None:
    kept = 0
    for seed in range(count):
        one = said_with_terms(_random(seed), name)
        _check(one, name, seed)
        kept += any("l’ensemble" in line.text or "l'ensemble" in line.text for line in one.avenant)
    assert kept > count // 4, "terms are said"


def _set(line: PrintedLine, how: object) -> PrintedLine:
    cells = tuple(how(cell) for cell in line.cells)  # type: ignore[operator]
    return replace(line, text=how(line.text), cells=cells)  # type: ignore[operator]


@pytest.mark.parametrize("name", ["legistique", "pratique"])
def test_l2t_holds_after_the_typographic_filter(name: str) -> None:
    for seed in range(40_000, 40_040):
        one = said(*two_docs(seed), name)
        base, new = printed(one.base), printed(one.new)
        for how in (typeset, plain):
            avenant = [_set(line, how) for line in one.avenant]
            got = read(avenant, [_set(line, how) for line in base], pack(name))
            assert same_lines(got, new) is None, seed


def test_l6_each_avenant_of_a_chain_amends_the_text_that_the_one_before_left() -> None:
    for seed in range(50_000, 50_030):
        chance = _random(seed)
        doc = random_doc(chance)
        state = State(doc.acte())
        for rank in (1, 2, 3):
            doc = edited(doc, chance, 2)
            made = number_against(doc.acte(), state, FROZEN)
            base, new = normal(state.acte), normal(made)
            proof = proved(base, new, pack("legistique"), lambda delta: delta, options=Options(retired=state.retired))
            avenant = printed_articles(proof.wording.articles)
            assert same_lines(read(avenant, printed(base), pack("legistique")), printed(new)) is None, (seed, rank)
            assert same_lines(read_by_hand(avenant, printed(base)), printed(new)) is None, (seed, rank)
            state = state_after(state, made, proof.delta, f"a{rank}", FROZEN)


def test_l3_the_order_of_the_articles_of_an_avenant_means_nothing() -> None:
    for seed in range(90_000, 90_040):
        one = said(*two_docs(seed), "legistique")
        articles: list[list[PrintedLine]] = []
        for line in one.avenant:
            if line.style == "article":
                articles.append([])
            articles[-1].append(line)
        _random(seed).shuffle(articles)
        shuffled = tuple(line for article in articles for line in article)
        assert replace(one, avenant=shuffled).failure(reader_of("legistique")) is None, seed


def test_equal_versions_have_no_avenant() -> None:
    for seed in range(60_000, 60_030):
        old, _ = two_docs(seed)
        base, new, _ = numbered(old, old.copy(), FROZEN)
        for name in ("legistique", "pratique"):
            assert word(diff(base, new), base, new, pack(name)).articles == ()
            assert read((), printed(base), pack(name)) == printed(base)


def test_an_avenant_read_on_another_base_never_passes_in_silence() -> None:
    """L4: places are those of the base. Read on the new text, an avenant fails or gives something else."""
    checked = refused = 0
    for seed in range(70_000, 70_040):
        one = said(*two_docs(seed), "legistique")
        if one.avenant:
            checked += 1
            swapped = Said(one.new, one.new, one.delta, one.avenant, coarser=False)
            refused += swapped.failure(reader_of("legistique")) is not None
    assert refused > checked * 0.7


def test_the_oracle_shares_tokens_ordinals_and_lines_only_with_the_program() -> None:
    """What it shares it cannot check: a mistake of the program there would be its own."""
    allowed = {"convgen.amend.texte.forme", "convgen.amend.texte.imprime", "convgen.french.ordinals"}
    files = sorted(Path(__file__).parent.glob("lecteur_*.py"))
    assert len(files) > 1
    for file in files:
        text = file.read_text("utf-8")
        used = {one for one in re.findall(r"^(?:from|import) (convgen[\w.]*)", text, re.MULTILINE)}
        assert used <= allowed, file.name
        assert set(re.findall(r"from convgen.amend.texte.imprime import (.+)", text)) <= {"PrintedLine"}, file.name
