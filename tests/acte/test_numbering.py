"""Numbers come from the declared scheme, once, and references say them in French."""

from __future__ import annotations

import pytest

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Emphasis,
    Inlines,
    Level,
    Note,
    Paragraph,
    Reference,
    Scheme,
    Text,
    Zone,
)
from convgen.acte.numbering import DEFAULT_SCHEME, number_divisions
from convgen.acte.references import Targets, resolve_references, targets_of
from convgen.acte.runs import plain_text, runs
from convgen.acte.walk import divisions_of


def number_acte(acte: Acte) -> Acte:
    """The act with its divisions, annexes and notes numbered; its references stay as they are."""
    return resolve_references(number_divisions(acte), Targets({}, {}))[0]


def division(name: str, *blocks: Block, level: int = 1, frozen: str = "") -> Division:
    return Division(name, level, (Text(name.capitalize()),), blocks, None, frozen)


def acte(*blocks: Block, annexes: tuple[Annexe, ...] = (), scheme: Scheme = DEFAULT_SCHEME) -> Acte:
    zones = (Zone("preambule", (division("preambule"),)), Zone("articles", blocks))
    return number_acte(Acte("convention", "x", "", "Titre", zones, annexes, scheme=scheme))


def labels(made: Acte) -> list[str]:
    return [one.number.label for one in divisions_of(made.zones[1].blocks) if one.number]


def test_articles_and_sub_articles() -> None:
    made = acte(division("a", division("a.b", level=2), division("a.c", level=2)), division("d"))
    assert labels(made) == ["ARTICLE 1", "1.1.", "1.2.", "ARTICLE 2"]


def test_articles_go_on_through_titres() -> None:
    made = acte(division("t", division("a"), level=0), division("u", division("b"), level=0))
    assert labels(made) == ["TITRE I", "ARTICLE 1", "TITRE II", "ARTICLE 2"]


def test_the_first_article_may_be_an_ordinal_but_hangs_as_a_figure() -> None:
    scheme = Scheme(
        (DEFAULT_SCHEME.levels[0], Level(prefix="Article ", first_ordinal=True), *DEFAULT_SCHEME.levels[2:])
    )
    made = acte(division("a", division("a.b", level=2)), division("c"), scheme=scheme)
    assert labels(made) == ["Article 1er", "1.1.", "Article 2"]


@pytest.mark.parametrize(("form", "expected"), [("I", ["I.", "II."]), ("A", ["A.", "B."]), ("a", ["a.", "b."])])
def test_other_forms(form: str, expected: list[str]) -> None:
    level = Level(noun="article", prefix="", form=form, suffix=".")
    assert labels(acte(division("a"), division("b"), scheme=Scheme((level, level)))) == expected


def test_a_frozen_number_is_kept_and_not_counted() -> None:
    made = acte(division("a"), division("b", division("b.c", level=2), frozen="1 bis"), division("d"))
    assert labels(made) == ["ARTICLE 1", "ARTICLE 1 bis", "1 bis.1.", "ARTICLE 2"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("", "1 bis", ""), ["1", "1 bis", "2"]),
        (("", "5", ""), ["1", "5", "6"]),
        (("A", "B", ""), ["A", "B", "1"]),
    ],
)
def test_a_number_typed_for_an_annexe_takes_a_place_only_when_it_is_whole(
    typed: tuple[str, ...], expected: list[str]
) -> None:
    annexes = tuple(Annexe(f"x{rank}", (Text("X"),), (), frozen_number=one) for rank, one in enumerate(typed))
    assert [one.number.text for one in acte(annexes=annexes).annexes if one.number] == expected


def test_the_preamble_has_no_number() -> None:
    made = acte(division("a"))
    (preamble,) = divisions_of(made.zones[0].blocks)
    assert preamble.number is None


def annexe(name: str, **more: str) -> Annexe:
    return Annexe(name, (Text(name.capitalize()),), **more)  # type: ignore[arg-type]


def numbers(made: Acte) -> list[str]:
    return [one.number.text for one in made.annexes if one.number]


def test_annexes_count_by_series_and_bis_takes_no_number() -> None:
    made = acte(annexes=(annexe("a"), annexe("b", rank_word="bis"), annexe("c")))
    assert numbers(made) == ["1", "1 bis", "2"]
    made = acte(annexes=(annexe("a", series="solidarités"), annexe("b", series="emploi")))
    assert numbers(made) == ["1 solidarités", "1 emploi"]


def test_an_annexe_alone_has_no_number() -> None:
    assert numbers(acte(annexes=(annexe("a"),))) == [""]


def test_notes_count_through_the_whole_act() -> None:
    note = Note((Text("n"),))
    made = acte(Paragraph((Text("x"), note, Emphasis((note,)))), annexes=(Annexe("a", (), (Paragraph((note,)),)),))
    paragraph = made.zones[1].blocks[0]
    assert isinstance(paragraph, Paragraph)
    found = [run.node.number for run in runs(paragraph.inlines) if isinstance(run.node, Note)]
    assert found == [1, 2]
    last = made.annexes[0].blocks[0]
    assert isinstance(last, Paragraph)
    assert last.inlines == (Note((Text("n"),), 3),)


def resolved(inlines: Inlines, *blocks: Block, annexes: tuple[Annexe, ...] = ()) -> str:
    made = acte(Paragraph(inlines), *blocks, annexes=annexes)
    made, missing = resolve_references(made, targets_of(made))
    assert missing == ()
    paragraph = made.zones[1].blocks[0]
    assert isinstance(paragraph, Paragraph)
    return plain_text(paragraph.inlines).replace("\u00a0", " ")


ARTICLES = (division("a", division("a.b", level=2)), division("t", division("c"), level=0))


@pytest.mark.parametrize(
    ("before", "target", "form", "capital", "printed"),
    [
        ("à ", "a", "complet", False, "à l’article 1"),
        ("de ", "b", "complet", False, "de l’article 1.1"),
        ("de ", "a.b", "complet", False, "de l’article 1.1"),
        ("de ", "t", "complet", False, "du titre I"),
        ("", "a", "complet", True, "L’article 1"),
        ("l'article ", "b", "num", False, "l'article 1.1"),
        ("« ", "a", "titre", False, "« A"),
        ("à ", "x", "complet", False, "à l’annexe 1"),
        ("de ", "y", "complet", False, "de l’annexe 1 bis"),
        ("", "y", "nu", False, "annexe 1 bis"),
    ],
)
def test_references(before: str, target: str, form: str, capital: bool, printed: str) -> None:
    inlines = (Text(before), Reference(target, form, capital)) if before else (Reference(target, form, capital),)
    annexes = (annexe("x"), annexe("y", rank_word="bis"))
    assert resolved(inlines, *ARTICLES, annexes=annexes) == printed


def test_a_point_of_an_annexe_says_its_annexe() -> None:
    annexes = (annexe("x"), Annexe("y", (Text("Y"),), (division("y.p", level=1),)))
    assert resolved((Text("à "), Reference("p")), *ARTICLES, annexes=annexes) == "au point 1 de l’annexe 2"


def test_an_absent_target_is_reported_and_an_ambiguous_one_too() -> None:
    made = acte(
        Paragraph((Reference("zut"), Reference("b"))),
        division("a", division("a.b", level=2)),
        division("c", division("c.b", level=2)),
    )
    targets = targets_of(made)
    _, missing = resolve_references(made, targets)
    assert missing == ("zut", "b")
    assert targets.ambiguous == {"b": ("a.b", "c.b")}


def test_ordinals_are_raised_in_texts_and_values() -> None:
    found = [(run.text, run.superscript) for run in runs((Text("le 1er juin"),))]
    assert found == [("le 1", False), ("er", True), (" juin", False)]
