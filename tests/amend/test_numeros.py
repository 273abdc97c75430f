"""The numbers of what arrives: the table of the Guide de légistique, and the order of numbers in a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from amend_acts import act, article, items, line, par
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from convgen.acte.nodes import Acte, Annexe, Division, Level, ListBlock, ListItem, Reference, Scheme
from convgen.acte.numbering import number_divisions
from convgen.acte.references import resolve_references, targets_of
from convgen.acte.walk import walk
from convgen.amend.numeros.numeros import Policy, Style, given, read, write
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.texte.etat import State, Tomb
from convgen.amend.texte.normaliser import normal
from convgen.errors import DefinitionError


def numbers(acte: Acte) -> dict[str, str]:
    """The number of each division and annexe, by identifier."""
    found = (one for one in walk((acte.zones, acte.annexes)) if isinstance(one, Division | Annexe))
    return {one.id: one.number.text for one in found if one.number is not None}


def against(base: Acte, new: Acte, *tombs: Tomb, policy: Policy = Policy.FROZEN) -> dict[str, str]:
    return numbers(number_against(new, State(base, tombs), policy))


def plain(*names: str) -> Acte:
    """Articles without sub-divisions, each with its own text."""
    made = (article(name, f"Titre{name}", par(" ".join(f"{name}{word}" for word in range(9)))) for name in names)
    return act(*made)


@pytest.mark.parametrize(
    ("low", "high", "taken", "style", "expected"),
    [
        ("9", None, (), Style(), "10"),
        ("8", None, ("9",), Style(), "10"),
        ("2", None, (), Style(), "3"),
        ("III", None, (), Style("I"), "IV"),
        ("b", None, (), Style("a"), "c"),
        (None, None, (), Style(first_ordinal=True), "1er"),
        ("17", "18", (), Style(), "17-1"),
        ("17-1", "18", (), Style(), "17-2"),
        ("17", "18", ("17-1",), Style(), "17-2"),
        ("42-2", "42-3", (), Style(), "42-2-1"),
        ("42-2-1", "42-3", (), Style(), "42-2-2"),
        ("4", "4-1", (), Style(), "4-1 A"),
        ("4-1 A", "4-1", (), Style(), "4-1 B"),
        ("4", "4-1 A", (), Style(), "4-1 AA"),
        (None, "1er", (), Style(first_ordinal=True), "1er A"),
        ("1er A", "1er", (), Style(first_ordinal=True), "1er B"),
        (None, "1er A", (), Style(first_ordinal=True), "1er AA"),
        ("17", "18", (), Style(latin=True), "17 bis"),
        ("17 bis", "18", (), Style(latin=True), "17 ter"),
        ("17", "17 bis", (), Style(latin=True), "17 bis A"),
        ("I", "II", (), Style("I"), "I-1"),
    ],
)
def test_the_number_of_what_arrives(
    low: str | None, high: str | None, taken: tuple[str, ...], style: Style, expected: str
) -> None:
    known = {read(one, style.form) for one in (low, high, *taken) if one}
    bounds = [read(one, style.form) if one else None for one in (low, high)]
    found = given(bounds[0], bounds[1], {one for one in known if one}, style)
    assert found is not None and write(found, style) == expected


def test_numbers_stand_in_the_order_of_the_text() -> None:
    ordered = ["1er AA", "1er A", "1er B", "1er", "4", "4-1 A", "4-1", "4-1-1", "4-2", "5 A", "5 B", "5", "5 bis", "6"]
    ranks = [read(one, "1") for one in ordered]
    assert None not in ranks
    assert ranks == sorted(rank for rank in ranks if rank)


@examples(st.lists(st.integers(0, 6), max_size=14))
@settings(deadline=None, max_examples=200)
def test_whatever_arrives_stands_strictly_between_its_neighbours(places: list[int]) -> None:
    style = Style()
    known = [read(one, "1") for one in ("1", "2", "3")]
    for place in places:
        at = min(place, len(known))
        found = given(known[at - 1] if at else None, known[at] if at < len(known) else None, set(known), style)
        assert found is not None
        assert read(write(found, style), "1") == found
        known.insert(at, found)
    assert known == sorted(known) and len(set(known)) == len(known)


@pytest.mark.parametrize("text", ["", "Préliminaire", "4.", "IIII", "4 quinto"])
def test_what_is_no_number_has_no_rank(text: str) -> None:
    assert read(text, "I" if text.startswith("I") else "1") is None


# --- the numbers of an act ------------------------------------------------------------------------------------


def test_what_stays_keeps_its_number_and_what_arrives_has_one_of_its_own() -> None:
    found = against(plain("a", "b", "c"), plain("x", "a", "b", "y", "z", "c", "w"))
    assert found == {"x": "1 A", "a": "1", "b": "2", "y": "2-1", "z": "2-2", "c": "3", "w": "4"}


def test_a_number_repealed_by_this_very_avenant_is_not_given_again() -> None:
    assert against(plain("a", "b", "c"), plain("a", "b", "w")) == {"a": "1", "b": "2", "w": "4"}
    assert against(plain("a", "b", "c"), plain("a", "x", "c")) == {"a": "1", "x": "1-1", "c": "3"}


def test_a_number_dead_for_long_is_not_given_again_but_to_the_article_that_bore_it() -> None:
    tomb = Tomb("d", "articles:1", "4", "4", "ARTICLE 4", 1)
    base = plain("a", "b", "c")
    assert against(base, plain("a", "b", "c", "w"), tomb)["w"] == "5"
    assert against(base, plain("a", "b", "c", "d"), tomb)["d"] == "4"
    assert against(base, plain("a", "d", "b", "c"), tomb)["d"] == "1-1", "its place is not that of its number"


def test_the_natural_numbers_again() -> None:
    base = number_against(plain("a", "b"), State(plain("a")))
    found = against(base, plain("x", "a", "b"), policy=Policy.RENUMBER)
    assert found == {"x": "1", "a": "2", "b": "3"}
    frozen = number_against(plain("x", "a", "b"), State(base))
    assert numbers(number_against(frozen, State(base), Policy.RENUMBER)) == found, "frozen numbers are taken off"


def test_the_moved_article_leaves_its_number() -> None:
    assert against(plain("a", "b", "c", "d"), plain("a", "d", "b", "c")) == {"a": "1", "d": "1-1", "b": "2", "c": "3"}


def nested(*names: str, inner: tuple[str, ...] = ("s", "t")) -> Acte:
    return act(
        *(
            article(
                name, f"Titre {name}",
                *(
                    article(f"{name}.{sub}", f"Titre{name}{sub}", par(f"{name}{sub}1 {name}{sub}2"), level=2)
                    for sub in inner
                ),
            )
            for name in names
        )
    )  # fmt: skip


def test_sub_articles_follow_their_article_and_count_in_their_own_series() -> None:
    found = against(nested("a", "b"), nested("a", "b", inner=("s", "u", "t", "v")))
    assert [found[f"b.{sub}"] for sub in "sutv"] == ["2.1", "2.1-1", "2.2", "2.3"]
    moved = against(nested("a", "b", "c"), nested("c", "a", "b"))
    assert moved["c"] == "1 A"
    assert moved["c.s"] == "1 A.1"


def test_under_the_first_article_numbers_begin_with_1() -> None:
    level = Level(first_ordinal=True)
    scheme = Scheme((Level(noun="titre"), level, Level(noun="", prefix="", suffix=".", nested=True)))
    base, new = (number_divisions(replace(nested(*names), scheme=scheme)) for names in (("a", "b"), ("x", "a", "b")))
    found = against(base, new)
    assert (found["x"], found["x.s"], found["a"], found["a.s"]) == ("1er A", "1 A.1", "1er", "1.1")


def test_a_moved_chapter_takes_its_articles_out_of_the_order() -> None:
    def chapters(*names: str) -> Acte:
        return act(
            *(
                article(name, f"Chapitre {name}", *plain(f"{name}1", f"{name}2").zones[0].blocks, level=0)
                for name in names
            )
        )

    found = against(chapters("a", "b", "c"), chapters("a", "c", "b"))
    assert found == {
        "a": "I", "a1": "1", "a2": "2", "c": "I-1", "c1": "2-1", "c2": "2-2", "b": "II", "b1": "3", "b2": "4",
    }  # fmt: skip


def test_bis_where_the_text_in_force_says_bis() -> None:
    base = act(
        article("a", "Objet", par("Objet de l'action.")),
        replace(article("b", "Suivi", par("Un suivi annuel.")), frozen_number="1 bis"),
        article("c", "Durée", par("Un an ferme.")),
    )
    new = act(
        *base.zones[0].blocks[:2],  # type: ignore[arg-type]
        article("x", "Bilan", par("Bilan rendu en juin.")),
        base.zones[0].blocks[2],  # type: ignore[arg-type]
    )
    assert against(base, new) == {"a": "1", "b": "1 bis", "x": "1 ter", "c": "2"}


def test_annexes_keep_their_numbers_and_one_alone_has_none() -> None:
    def annexes(*names: str) -> Acte:
        return act(annexes=tuple(Annexe(name, line(f"Pièce {name}"), (par(f"Contenu {name}."),)) for name in names))

    assert against(annexes("p", "q"), annexes("p", "x", "q", "y")) == {"p": "1", "x": "1-1", "q": "2", "y": "3"}
    assert against(annexes("p"), annexes("p", "y")) == {"p": "", "y": "2"}
    assert against(annexes("p", "q"), annexes("q")) == {"q": "2"}
    assert against(annexes(), annexes("p")) == {"p": ""}


def test_a_typed_number_is_kept_and_must_fit() -> None:
    base = plain("a", "b", "c")

    def with_typed(name: str, number: str, *names: str) -> Acte:
        made = plain(*names)
        blocks = tuple(
            replace(one, frozen_number=number) if isinstance(one, Division) and one.id == name else one
            for one in made.zones[0].blocks
        )
        return number_divisions(replace(made, zones=(replace(made.zones[0], blocks=blocks),)))

    assert against(base, with_typed("x", "2 bis", "a", "b", "x", "c"))["x"] == "2 bis"
    with pytest.raises(DefinitionError) as refused:
        against(base, with_typed("x", "7", "a", "x", "b", "c"))
    assert refused.value.diagnostics[0].code == "AVE-05"
    with pytest.raises(DefinitionError) as refused:
        against(base, with_typed("x", "4", "a", "b", "c", "x"), Tomb("d", "articles:1", "4", "4", "ARTICLE 4", 1))
    assert "abrogé" in refused.value.diagnostics[0].message


def test_the_typed_numbers_of_a_text_known_in_part_go_up_together() -> None:
    def extract(*names: str) -> Acte:
        typed = {"a": "9.5", "b": "9.6", "c": "9.7", "x": ""}
        inner = (
            replace(article(name, f"Titre{name}", par(" ".join(f"{name}{word}" for word in range(9))), level=2),
                    frozen_number=typed[name])
            for name in names
        )  # fmt: skip
        return act(replace(article("n", "Neuf", *inner), frozen_number="9"))

    base = extract("a", "b", "c")
    made = number_against(extract("b", "c"), State(base), Policy.RENUMBER)
    assert numbers(made) == {"n": "9", "b": "9.5", "c": "9.6"}
    assert [one.label for one in normal(made).children[0].children] == ["9.5.", "9.6."]
    assert numbers(number_against(extract("b", "c"), State(base))) == {"n": "9", "b": "9.6", "c": "9.7"}
    assert numbers(number_against(extract("b", "c"), State(made))) == {"n": "9", "b": "9.5", "c": "9.6"}, "for good"


def test_references_print_the_final_numbers() -> None:
    def referring(*names: str) -> Acte:
        made = plain(*names)
        last = article("z", "Renvoi", par("Voir ", Reference("c"), " et ", Reference("x", "nu"), "."))
        blocks = (*made.zones[0].blocks, last)
        numbered = number_divisions(replace(made, zones=(replace(made.zones[0], blocks=blocks),)))
        return resolve_references(numbered, targets_of(numbered))[0]

    made = number_against(referring("a", "x", "c"), State(plain("a", "c")))
    assert normal(made).children[-1].lines[0].text == "Voir l’article\u00a02 et article\u00a01-1."


# --- list items -----------------------------------------------------------------------------------------------


def marks(old: ListBlock | None, new: ListBlock) -> list[str]:
    base = act(article("a", "Objet", par("Sont aidés :"), *([old] if old else [])))
    made = number_against(act(article("a", "Objet", par("Sont aidés :"), new)), State(base))
    return [one.marker for one in walk(made) if isinstance(one, ListItem)]


TEXTS = ("les personnes âgées isolées", "les familles nombreuses modestes", "les étudiants boursiers logés", "tous")


@pytest.mark.parametrize(
    ("style", "expected"),
    [("1°", ["1°", "1° bis", "2°", "3°"]), ("a)", ["a)", "a bis)", "b)", "c)"]), ("1.", ["1.", "1 bis.", "2.", "3."])],
)
def test_an_item_that_arrives_does_not_shift_the_others(style: str, expected: list[str]) -> None:
    old = items(*TEXTS[:3], style=style)
    assert marks(old, items(TEXTS[0], TEXTS[3], *TEXTS[1:3], style=style)) == expected


def test_the_marks_of_items_that_go_first_or_take_a_place() -> None:
    old = items(*TEXTS[:3], style="1°")
    assert marks(old, items(TEXTS[0], TEXTS[2], style="1°")) == ["1°", "3°"]
    assert marks(old, items(TEXTS[3], *TEXTS[:3], style="1°")) == ["1° A", "1°", "2°", "3°"]
    assert marks(old, items(TEXTS[0], TEXTS[3], TEXTS[2], style="1°")) == ["1°", "2°", "3°"], "in the place of the 2°"
    assert marks(old, items(*TEXTS, style="1°")) == ["1°", "2°", "3°", "4°"]
    assert marks(old, items(*TEXTS, style="-")) == [""] * 4, "bullets bear no number"
    assert marks(None, items(*TEXTS, style="1°")) == ["1°", "2°", "3°", "4°"]
