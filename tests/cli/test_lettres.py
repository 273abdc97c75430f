"""`convgen lettres` over the whole table of expected results, as arguments and on the standard input."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from convgen.cli.app import run

Rows = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def rows(reference_root: Path) -> Rows:
    with (reference_root / "data" / "montants.tsv").open(encoding="utf-8", newline="") as file:
        return [(one["montant"], one["traditionnelle"], one["1990"]) for one in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize(("spelling", "column"), [("traditionnelle", 1), ("1990", 2)])
def test_every_amount_of_the_table_as_an_argument(
    spelling: str, column: int, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lettres", "--orthographe", spelling, "--", *(row[0] for row in rows)]) == 0
    assert capsys.readouterr().out.splitlines() == [row[column] for row in rows]


@pytest.mark.parametrize(("spelling", "column"), [("traditionnelle", 1), ("1990", 2)])
def test_every_amount_of_the_table_on_the_standard_input(
    spelling: str, column: int, rows: Rows, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "\n".join(row[0] for row in rows).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    assert run(["lettres", "--orthographe", spelling]) == 0
    assert capsys.readouterr().out.splitlines() == [row[column] for row in rows]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-200", "moins deux cents euros"),
        ("\u2212200,50 €", "moins deux cents euros et cinquante centimes"),
        ("-0", "zéro euro"),
        ("-1 000 000", "moins un million d’euros"),
    ],
)
def test_an_amount_below_zero(typed: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lettres", "--", typed]) == 0
    assert capsys.readouterr().out == f"{words}\n"


@pytest.mark.parametrize("typed", ["--5", "-", "- 5 -"])
def test_what_is_no_amount_below_zero(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lettres", "--", "12", typed]) == 1
    assert "DON-0" in capsys.readouterr().err
