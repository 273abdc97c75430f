"""Annexes: two of one number are refused; a number typed by hand in a text is looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Makes = Callable[..., Any]
PARTIES = "parties:\n  departement: {organisme: defaut}\n  ville: {organisme: ville}\n"


def with_text(text: str, *numbers: str) -> str:
    annexes = "".join(
        f"  - {{id: piece-{rank}, titre: Pièce, texte: Rien.{f', numero: {number}' if number else ''}}}\n"
        for rank, number in enumerate(numbers, start=1)
    )
    return f"articles:\n  - id: objet\n    titre: Objet\n    texte: |\n      {text}\n" + (
        f"annexes:\n{annexes}" if annexes else ""
    )


@pytest.mark.parametrize(("numbers", "codes"), [(("2", "2"), ["DEF-14"]), (("", "1"), ["DEF-14"]), (("1", "2"), [])])
def test_two_annexes_do_not_bear_one_number(make: Makes, numbers: tuple[str, ...], codes: list[str]) -> None:
    made = make(PARTIES, article=with_text("Sans objet.", *numbers))
    assert made.codes() == codes
    if codes:
        assert "piece-1" in made.report.errors[0].message
        assert "piece-2" in made.report.errors[0].message


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Le plan est en annexe 7.", False),
        ("Voir l'**annexe n° 7** et la suite.", False),
        ("L'annexe 7 de la présente convention le dit.", False),
        ("L'annexe 2 le dit, comme l'annexe n° 1.", True),
        ("L'annexe 7 du règlement le dit.", True),
        ("L'annexe 7 de l'arrêté, et l'annexe 8 à la directive.", True),
        ("L'annexe 7-1 et l'annexe 2024/3.", True),
        ("L'annexe II le dit ; sept annexes sont jointes.", True),
    ],
)
def test_an_annexe_named_by_a_number_that_none_bears_is_signalled(make: Makes, text: str, known: bool) -> None:
    made = make(PARTIES, article=with_text(text, "", ""))
    assert made.codes() == ([] if known else ["TXT-06"])
    if not known:
        (said,) = made.report.diagnostics
        assert said.severity.value == "avertissement"
        assert said.place is not None
        assert said.place.line == 13


def test_an_act_without_annexe_has_no_annexe_1(make: Makes) -> None:
    assert make(PARTIES, article=with_text("Le plan est en annexe 1.")).codes() == ["TXT-06"]
