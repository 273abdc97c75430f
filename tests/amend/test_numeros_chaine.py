"""Numbers from avenant to avenant: the dead are not called again, the order holds, what is undone is restored."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from amend_acts import Spec, act, article, build, edited, items, line, par, spec_lists
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convgen.acte.nodes import Acte, Annexe, Division, ListBlock, Zone
from convgen.acte.walk import walk
from convgen.amend.changements.appliquer import apply
from convgen.amend.changements.changements import Alineas, Delta, Heading, Insert, Renumber, ReplaceDivision
from convgen.amend.changements.differer import diff
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against, renamed
from convgen.amend.numeros.series import entries_of
from convgen.amend.numeros.tombes import rank_of
from convgen.amend.texte.aligner import align_parts
from convgen.amend.texte.arbre import Alinea, Part, parts_of, same
from convgen.amend.texte.etat import Source, State
from convgen.amend.texte.normaliser import normal
from convgen.amend.vigueur.consolider import consolidated, printed_state, state_after

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Step:
    """An avenant of a chain: what it makes, and the changes."""

    state: State
    delta: Delta
    base: Part
    new: Part


def steps(versions: list[Acte], policy: Policy = Policy.FROZEN) -> list[Step]:
    """The chain of avenants from the first version through the others."""
    state, found = State(versions[0]), []
    for rank, version in enumerate(versions[1:], start=1):
        made = number_against(version, state, policy)
        base, new = normal(state.acte), normal(made)
        delta = diff(base, new)
        source = Source(f"avenant-{rank}", f"l’avenant n° {rank}", date(2025, rank, 1))
        state = state_after(state, made, delta, f"avenant-{rank}", policy, source)
        found.append(Step(state, delta, base, new))
    return found


@st.composite
def chains(draw: st.DrawFn) -> list[Acte]:
    """A convention and three versions after it."""
    specs = draw(spec_lists())
    versions = [build(specs)]
    for turn in range(3):
        specs = _renamed(draw(edited(specs)), f"t{turn}")
        versions.append(build(specs))
    return versions


def _renamed(specs: tuple[Spec, ...], turn: str) -> tuple[Spec, ...]:
    """New identifiers are those of one turn only: the edits of each turn use the same names."""
    return tuple(
        replace(one, id=re.sub(r"(?<!\w)n(?=\d)", f"{turn}n", one.id), children=_renamed(one.children, turn))
        for one in specs
    )


def in_order(acte: Acte) -> bool:
    last: dict[str, object] = {}
    for entry in entries_of(acte):
        rank = rank_of(entry.own, entry.level.form)
        assert rank is not None, entry.own
        if entry.series in last and not last[entry.series] < rank:  # type: ignore[operator]
            return False
        last[entry.series] = rank
    return True


def given_once(chain: list[Step], first: Acte) -> None:
    """A number is that of one article for ever, and the numbers of a text in force are in order."""
    owners: dict[str, str] = {entry.own: entry.id for entry in entries_of(first) if entry.rank == 1}
    for step in chain:
        acte = step.state.acte
        assert in_order(acte)
        names = renamed(align_parts(step.base, step.new))
        owners = {own: names.get(name, name) for own, name in owners.items()}
        for entry in entries_of(acte):
            if entry.rank == 1:
                assert owners.setdefault(entry.own, entry.id) == entry.id, "given to another article"
        living = {(entry.series, entry.own) for entry in entries_of(acte)}
        assert not living & {(tomb.series, tomb.own) for tomb in step.state.tombs}


def l0_and_l1(chain: list[Step], policy: Policy) -> None:
    """The changes give the new version, and the text in force has none against itself."""
    for step in chain:
        assert same(apply(step.delta, step.base), step.new)
        again = number_against(step.state.acte, step.state, policy)
        assert diff(step.new, normal(again)).changes == (), "the text in force has no change against itself"


def no_renumbering(chain: list[Step]) -> None:
    """What stays in its place with words of its own keeps its number: no change says another.

    An article rewritten whole, or an empty one whose title changes, has kept nothing: the numbers may take it for
    another one, and the changes for the same.
    """
    for step in chain:
        rewritten = {one.division for one in step.delta.changes if isinstance(one, Heading | ReplaceDivision)}
        said = {one.division for one in step.delta.changes if isinstance(one, Renumber)}
        assert said <= rewritten


def items_keep_their_mark(chain: list[Step]) -> None:
    """What the changes give bears the marks of the new version."""
    for step in chain:
        made = dict(parts_of(apply(step.delta, step.base)))
        for path, part in parts_of(step.new):
            other = made.get(path)
            if other is not None:
                marks = [one.marker for one in part.lines if isinstance(one, Alinea)]
                assert [one.marker for one in other.lines if isinstance(one, Alinea)] == marks


@given(chains())
@quick
def test_numbers_that_stay_are_those_of_one_article_for_ever(versions: list[Acte]) -> None:
    """All the laws of frozen numbers on the same chain: making it is what takes time."""
    chain = steps(versions)
    given_once(chain, versions[0])
    l0_and_l1(chain, Policy.FROZEN)
    no_renumbering(chain)
    items_keep_their_mark(chain)


@given(chains())
@settings(parent=quick, max_examples=30)
def test_l0_and_l1_hold_when_numbers_are_given_again(versions: list[Acte]) -> None:
    l0_and_l1(steps(versions, Policy.RENUMBER), Policy.RENUMBER)


@given(chains())
@settings(parent=quick, max_examples=30)
def test_what_is_undone_has_its_numbers_again(versions: list[Acte]) -> None:
    first, second, *_ = versions
    _, undone = steps([first, second, first])
    assert same(undone.new, normal(first))


# --- three avenants, by hand ------------------------------------------------------------------------------------


def text(name: str) -> str:
    return " ".join(f"{name}{word}" for word in range(9))


def plain(*names: str) -> Acte:
    return act(*(article(name, f"Titre{name}", par(text(name))) for name in names))


def numbers(acte: Acte) -> dict[str, str]:
    return {entry.id: entry.own for entry in entries_of(acte)}


def test_repealed_then_another_then_back_again() -> None:
    first, second, third = steps(
        [plain("a", "b", "c"), plain("a", "b"), plain("a", "b", "d"), plain("a", "b", "c", "d")]
    )
    assert first.state.retired == {"c": "3"}
    assert numbers(second.state.acte) == {"a": "1", "b": "2", "d": "4"}
    assert numbers(third.state.acte) == {"a": "1", "b": "2", "c": "3", "d": "4"}
    assert third.state.retired == {}
    (back,) = third.delta.changes
    assert isinstance(back, Insert) and back.new[0].id in second.state.retired, "« l'article 3 est rétabli »"
    assert third.state.applied == ("avenant-1", "avenant-2", "avenant-3")


def test_renumbering_empties_the_tombs() -> None:
    first = steps([plain("a", "b", "c"), plain("a", "c")])[0].state
    assert [tomb.number for tomb in first.tombs] == ["2"]
    made = number_against(plain("a", "c", "d"), first, Policy.RENUMBER)
    after = state_after(first, made, diff(normal(first.acte), normal(made)), "x", Policy.RENUMBER)
    assert after.tombs == () and numbers(made) == {"a": "1", "c": "2", "d": "3"}
    fewer = number_against(plain("c"), after, Policy.RENUMBER)
    assert numbers(fewer) == {"c": "1"}
    assert state_after(after, fewer, diff(normal(made), normal(fewer)), "y", Policy.RENUMBER).tombs == ()


def test_a_moved_article_leaves_a_number_that_it_alone_may_have_again() -> None:
    first, second, third = steps(
        [plain("a", "b", "c"), plain("c", "a", "b"), plain("c", "a", "b", "d"), plain("a", "b", "c", "d")]
    )
    assert numbers(first.state.acte) == {"c": "1 A", "a": "1", "b": "2"}
    assert [(tomb.number, tomb.heir) for tomb in first.state.tombs] == [("3", "1 A")]
    assert first.state.retired == {}
    assert numbers(second.state.acte)["d"] == "4"
    assert numbers(third.state.acte) == {"a": "1", "b": "2", "c": "3", "d": "4"}


# --- the printed text ---------------------------------------------------------------------------------------------


def headings(acte: Acte) -> list[str]:
    found = (one for one in walk((acte.zones, acte.annexes)) if isinstance(one, Division | Annexe))
    return [
        f"{one.number.label}{one.number.separator}{''.join(getattr(node, 'text', '') for node in one.title)}"
        for one in found
        if one.number is not None
    ]


def printed(acte: Acte) -> str:
    return normal(acte).text


def test_the_consolidated_text_shows_what_is_gone_and_where_all_comes_from() -> None:
    a, b, c, d, x = (article(name, f"Titre{name}", par(text(name))) for name in "abcdx")
    other = article("a", "Titrea", par(f"{text('a')} encore"))
    plan, quotas = (Annexe(name, line(name), (par(text(name)),)) for name in ("Plan", "Quotas"))
    base = act(
        article("ch1", "Un", a, b, level=0),
        article("ch2", "Deux", c, level=0),
        article("ch3", "Trois", d, level=0),
        annexes=(plan, quotas),
    )
    new = act(article("ch1", "Un", other, level=0), article("ch3", "Trois", x, d, level=0), annexes=(quotas,))
    state = State(base)
    made = number_against(new, state)
    delta = diff(normal(base), normal(made))
    articles = {change.id: str(rank) for rank, change in enumerate(delta.changes, start=1)}
    acte = consolidated(state, made, delta, Source("un", "l’avenant n° 1", date(2025, 3, 1), articles))
    assert headings(acte) == [
        "TITRE I – Un",
        "ARTICLE 1 : Titrea",
        "ARTICLE 2 (abrogé)",
        "TITRE II (abrogé)",
        "ARTICLE 3 (abrogé)",
        "TITRE III – Trois",
        "ARTICLE 3-1 : Titrex",
        "ARTICLE 4 : Titred",
        "ANNEXE 1 (abrogée)",
        "ANNEXE 2 – Quotas",
    ]
    words = printed(acte).replace("\u00a0", " ")
    for note in (
        "Modifié par l’avenant n° 1, article",
        "Abrogé par l’avenant n° 1, article",
        "Inséré par l’avenant n° 1, article",
        "Abrogée par l’avenant n° 1, article",
    ):
        assert note in words
    mention = acte.mention.replace("\u00a0", " ")
    assert mention == "Version consolidée au 1er mars 2025, tenant compte de l’avenant n° 1 du 1er mars 2025"


def test_the_consolidated_text_of_two_avenants_names_both_and_where_an_article_went() -> None:
    _, second = steps([plain("a", "b", "c"), plain("c", "a", "b"), plain("c", "a", "b", "d")])
    acte = printed_state(second.state)
    assert headings(acte) == [
        "ARTICLE 1 A : Titrec",
        "ARTICLE 1 : Titrea",
        "ARTICLE 2 : Titreb",
        "ARTICLE 3 (devenu l’article\u00a01 A)",
        "ARTICLE 4 : Titred",
    ]
    assert acte.mention.replace("\u00a0", " ").endswith(
        "tenant compte de l’avenant n° 1 du 1er janvier 2025 et de l’avenant n° 2 du 1er février 2025"
    )
    assert "(devenu" not in printed(second.state.acte), "the text to amend has no tombstone"


def test_no_avenant_no_mention() -> None:
    base = plain("a")
    assert printed_state(State(base)) is base


def test_the_visas_stay_those_of_the_base() -> None:
    base = replace(plain("a"), zones=(Zone("visas", (par("Vu le code."),)), *plain("a").zones), number="2024-1")
    new = replace(plain("a", "b"), zones=(Zone("visas", (par("Vu autre chose."),)), *plain("a", "b").zones))
    (step,) = steps([base, new])
    assert step.state.acte.zones[0] == base.zones[0] and step.state.acte.number == "2024-1"
    assert [zone.kind for zone in step.state.acte.zones] == ["visas", "articles"]


def test_a_note_of_a_run_in_division_comes_after_its_text() -> None:
    base = act(article("a", "Objet", article("a.s", "", par("Un texte assez court."), level=2)))
    new = act(article("a", "Objet", article("a.s", "", par("Un texte plus court."), level=2)))
    (step,) = steps([base, new])
    inner = [one for one in walk(printed_state(step.state)) if isinstance(one, Division)][-1]
    assert [one.text for one in normal(act(inner)).children[0].lines] == [
        "Un texte plus court.",
        "Modifié par l’avenant n°\u00a01",
    ]


def test_the_marks_of_a_list_hold_through_three_avenants() -> None:
    def listed(*names: str) -> Acte:
        return act(article("a", "Objet", par("Sont aidés :"), items(*(text(name) for name in names), style="1°")))

    third = steps([listed("x", "y"), listed("x", "z", "y"), listed("z", "y"), listed("z", "w", "y")])[-1]
    lines = normal(third.state.acte).children[0].lines[1:]
    assert [one.marker for one in lines if isinstance(one, Alinea)] == ["1° bis", "1° ter", "2°"]


def test_the_consolidated_text_types_the_marks_that_word_would_not_count() -> None:
    def listed(first: str, *names: str) -> Acte:
        lists = items(*(text(name) for name in names), style="1°"), items(text("u"), text("v"), style="a)")
        return act(article("a", "Objet", par(first), *lists))

    (step,) = steps([listed("Avant", "x", "y"), listed("Après", "x", "z", "y")])
    lists = [one for one in walk(printed_state(step.state)) if isinstance(one, ListBlock)]
    assert [[item.marker for item in one.items] for one in lists] == [["1°", "1° bis", "2°"], ["", ""]]


def test_an_item_with_another_typed_mark_is_rewritten() -> None:
    def listed(mark: str, name: str = "x") -> Acte:
        block = items(text(name), text("y"), style="1°")
        first = replace(block.items[0], marker=mark)
        return act(article("a", "Objet", par("Avant"), replace(block, items=(first, *block.items[1:]))))

    (change,) = diff(normal(listed("1°")), normal(listed("1° bis"))).changes
    assert isinstance(change, Alineas) and (change.start, change.end) == (1, 2)
    assert diff(normal(listed("1°")), normal(listed("1°"))).changes == ()
    assert diff(normal(listed("1°")), normal(listed(""))).changes == (), "what is counted follows its place"
