"""Amounts typed by hand stand beside the part that they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.compose.hand_shares import Part, misplaced_amounts
from convgen.french.amounts import format_amount

AMOUNTS = (106_000, 952_182, 408_100)
TITLES = ("la gouvernance", "l'accompagnement des bénéficiaires", "la rénovation de l'accompagnement")
PARTS = tuple(
    Part(f"volet {rank}", "volet", str(rank), (title,), frozenset((Decimal(amount),)))
    for rank, (amount, title) in enumerate(zip(AMOUNTS, TITLES, strict=True), 1)
)


def wrong(text: str) -> list[tuple[int, str]]:
    """The amounts that are beside another part, and which one."""
    total = frozenset((Decimal(sum(AMOUNTS)),))
    return [(int(one.amount), one.beside.number) for one in misplaced_amounts(text, PARTS, total)]


@pytest.mark.parametrize(
    "text",
    [
        "408 100 € pour le volet 3",
        "volet 1 : 106 000 €, volet 3 : 408 100 €",
        "106 000 € pour le volet 1 et 408 100 € pour le volet 3",
        "106 000 € et 408 100 € pour les volets 1 et 3",
        "les volets n° 1, 2 et 3 reçoivent 106 000 €, 952 182 € et 408 100 €",
        "1 466 282 €, dont 408 100 € au volet 3",
        "le volet 3, 1 466 282 € étant le total des volets 1, 2 et 3",
        "le volet 2 : 408 100 € au volet 3, 106 000 € au volet 1",
        "952 182 € pour l'accompagnement des bénéficiaires (volet 2) et 106 000 € pour la gouvernance (volet 1)",
        "quatre cent huit mille cent euros pour le troisième volet",
        "106 000 € ; 408 100 € ; voir le volet 2",
        "12 000 € pour le volet 2",
        "106 000 € et 952 182 €, puis 408 100 € pour le volet 3",
    ],
)
def test_what_is_true_in_one_reading_is_let_be(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("952 182 € pour le volet 3", [(952_182, "3")]),
        ("volet 3 : 952 182 €", [(952_182, "3")]),
        ("106 000 € pour le volet 3 et 408 100 € pour le volet 1", [(106_000, "3"), (408_100, "1")]),
        ("408 100 € et 106 000 € pour les volets 1 et 3", [(408_100, "1"), (106_000, "3")]),
        ("le volet 1 : 106 000 € ; le volet 2 : 408 100 €", [(408_100, "2")]),
        ("neuf cent cinquante-deux mille cent quatre-vingt-deux euros au troisième volet", [(952_182, "3")]),
        ("106 000 € pour le 3e volet", [(106_000, "3")]),
        ("106 000 € au volet trois", [(106_000, "3")]),
        ("408 100 € pour la gouvernance", [(408_100, "1")]),
        ("408 100 € pour la gouvernance (volet 1)", [(408_100, "1")]),
    ],
)
def test_an_amount_of_another_part_is_told(text: str, told: list[tuple[int, str]]) -> None:
    assert wrong(text) == told


SERIES = st.lists(st.integers(1, 10**9), min_size=2, max_size=6, unique=True)


@given(SERIES, st.data())
def test_an_enumeration_is_told_when_and_only_when_its_order_is_wrong(amounts: list[int], data: st.DataObject) -> None:
    parts = tuple(
        Part(f"lot {rank}", "lot", str(rank), (), frozenset((Decimal(one),))) for rank, one in enumerate(amounts, 1)
    )
    order = data.draw(st.permutations(amounts))
    after = ", ".join(f"{format_amount(Decimal(one))} pour le lot {rank}" for rank, one in enumerate(order, 1))
    before = ", ".join(f"lot {rank} : {format_amount(Decimal(one))}" for rank, one in enumerate(order, 1))
    numbers = ", ".join(str(one) for one in range(1, len(amounts))) + f" et {len(amounts)}"
    listed = ", ".join(format_amount(Decimal(one)) for one in order) + f" pour les lots {numbers}"
    for text in (after, before, listed):
        told = {(one.amount, one.beside.number) for one in misplaced_amounts(text, parts)}
        assert told == {(Decimal(one), str(rank)) for rank, one in enumerate(order, 1) if amounts[rank - 1] != one}, (
            text
        )
