"""Échéanciers: payments make their base to the cent, or the mistake is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgen.errors import Report
from convgen.model.schedule import build_schedule
from convgen.model.values import ScheduleValue
from convgen.source.yaml import Scalar, load_yaml


def build(text: str, base: str | None = "300000") -> tuple[ScheduleValue, Report]:
    report = Report()
    node = load_yaml(text, "f.yaml", report)
    assert node is not None
    assert not report.diagnostics

    def compute(one: Scalar, path: str) -> object:
        return date(2025, 3, 31)

    value = build_schedule("e", Decimal(base) if base else None, node, compute, report, "donnees.e.versements")
    return value, report


def test_the_rest_takes_what_is_left() -> None:
    value, report = build(
        "acompte: {montant: 70 %, quand: à la notification, verse: 2024-07-01}\n"
        "solde: {montant: le reste, avant: = bilan}\n"
    )
    assert not report.diagnostics
    acompte, solde = value.payments
    assert (acompte.amount, acompte.rate, acompte.paid) == (Decimal(210000), Decimal(70), date(2024, 7, 1))
    assert acompte.when is not None
    assert acompte.when.text == "à la notification"
    assert (solde.amount, solde.rest, solde.before) == (Decimal(90000), True, date(2025, 3, 31))


def test_a_percentage_is_rounded_half_up_and_the_rest_is_exact() -> None:
    value, _ = build("a: 33,33 %\nb: {montant: le complément}\n", "100.05")
    assert [one.amount for one in value.payments] == [Decimal("33.35"), Decimal("66.70")]
    half, _ = build("a: {montant: 50 %}\nb: {montant: le reste}\n", "0.05")
    assert half.payments[0].amount == Decimal("0.03")


def test_percentages_alone_make_the_whole() -> None:
    value, report = build("a: 33,33 %\nb: 33,33 %\nc: 33,34 %\n", "100.01")
    assert not report.diagnostics
    assert sum(one.amount for one in value.payments) == Decimal("100.01")


def test_an_unknown_base_keeps_the_rates() -> None:
    value, report = build("a: 70 %\nb: le reste\n", None)
    assert not report.diagnostics
    assert not value.base_known
    assert value.payments[0].rate == 70


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("a: 70 %\nb: 40 %", "DON-14", "100 %"),
        ("a: 70 %\nb: 20 %", "DON-14", "ne font pas"),
        ("a: 200 000 €\nb: 200 000 €", "DON-14", "dépassent"),
        ("a: 400 000 €\nb: le reste", "DON-14", "dépassent"),
        ("a: 300 000 €\nb: le reste", "DON-14", "Il ne reste rien"),
        ("a: le reste\nb: le reste", "DON-14", "Deux versements"),
        ("a: {quand: x}", "DON-14", "pas de montant"),
        ("a: 120 %", "DON-14", "entre 0 et 100"),
        ("{}", "DON-14", "aucun versement"),
        ("a: bientôt", "DON-01", "montant"),
        ("a: 1,555 €", "DON-02", "deux décimales"),
        ("a: -1 €", "DON-03", "négatif"),
        ("a: {montant: le reste, quan: x}", "DEF-01", "quan"),
        ("a: {montant: le reste, avant: demain}", "DON-04", "date"),
    ],
)
def test_a_wrong_schedule_is_said(text: str, code: str, words: str) -> None:
    _, report = build(text)
    assert [one.code for one in report] == [code], [str(one) for one in report]
    assert words in report.diagnostics[0].message
    assert report.diagnostics[0].path.startswith("donnees.e.versements")


def test_shares_over_the_whole_are_said_even_without_a_base() -> None:
    _, report = build("a: 70 %\nb: 30,5 %", None)
    assert [one.code for one in report] == ["DON-14"]


def test_payments_may_be_listed() -> None:
    value, _ = build("- {id: un, montant: 60 %}\n- {montant: le reste}\n")
    assert [one.id for one in value.payments] == ["un", "versement-2"]


@given(st.integers(100, 10**12), st.lists(st.integers(1, 3000), min_size=1, max_size=4))
def test_payments_always_make_the_base(cents: int, parts: list[int]) -> None:
    base = Decimal(cents).scaleb(-2)
    if sum(parts) >= 9900:
        return
    lines = [f"v{rank}: {Decimal(part).scaleb(-2)} %".replace(".", ",") for rank, part in enumerate(parts)]
    value, report = build("\n".join([*lines, "solde: le reste"]), str(base))
    if report.errors:
        assert base < 5
        return
    assert sum(one.amount for one in value.payments) == base
    assert all(one.amount == one.amount.quantize(Decimal("0.01")) for one in value.payments)


@given(st.integers(1, 10**12), st.integers(1, 9999))
def test_two_shares_of_the_whole_make_it(cents: int, part: int) -> None:
    base = Decimal(cents).scaleb(-2)
    first, second = Decimal(part).scaleb(-2), Decimal(10000 - part).scaleb(-2)
    value, report = build(f"a: {first} %\nb: {second} %".replace(".", ","), str(base))
    assert not report.errors
    assert sum(one.amount for one in value.payments) == base
