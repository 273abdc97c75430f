"""The conventions that the demonstration avenants amend, as they were before: names, dates, figures and extracts."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from convgen.acte.nodes import Acte, Division
from convgen.acte.walk import find_blanks, walk
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.model.resolved import ResolvedAct
from convgen.model.values import Amount, ScheduleValue
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
ACTS = ("restos-du-coeur-2024", "sg2022003", "flash-emploi-2024")


@cache
def made(name: str, root: Path = ROOT) -> tuple[ResolvedAct, Acte]:
    report = Report()
    act = resolve(Workspace(root), name, date(2025, 1, 15), report)  # long after: an act keeps the names of its day
    assert act is not None
    acte = compose(act, report)
    assert not report.diagnostics, [str(one) for one in report]
    assert acte is not None
    return act, acte


def text_of(name: str, root: Path = ROOT) -> str:
    return write_text(made(name, root)[1]).replace("\u202f", " ").replace("\u00a0", " ")


def numbers(name: str) -> dict[str, str]:
    """The printed number of each division, by id."""
    found = (node for node in walk(made(name)[1].zones) if isinstance(node, Division) and node.number is not None)
    return {one.id: one.number.text for one in found if one.number is not None}


@pytest.mark.parametrize("name", ACTS)
def test_a_base_is_whole_and_has_no_blank(name: str) -> None:
    assert not find_blanks(made(name)[1])
    text = text_of(name)
    assert "Exemple de démonstration, sans valeur juridique" in text
    assert "{{" not in text and "{%" not in text


# --- the volunteers -----------------------------------------------------------------------------------


def test_the_association_has_the_name_it_bore_on_the_day_of_signing() -> None:
    text = text_of("restos-du-coeur-2024")
    assert text.count("ssociation Les Restos du Cœur") == 3  # title, parties, signature
    assert "Restaurants du Cœur" not in text


def test_the_words_and_dates_that_the_avenant_changes_are_there() -> None:
    text = text_of("restos-du-coeur-2024")
    assert "bénévolat d’allocataires du RSA" in text
    assert text.count("bénévolat") >= 4 and text.count("bénévole") > text.count("bénévolat")
    assert "volontaire" not in text and "volontariat" not in text
    assert "de mars à mai 2024" in text and "de juin à décembre 2024" in text
    assert "prend effet à compter du 1er mars 2024 et s’achève le 31 décembre 2024" in text
    assert "31 décembre 2026 au plus tard" in text


def test_the_amended_articles_have_the_numbers_that_the_avenant_gives_them() -> None:
    found = numbers("restos-du-coeur-2024")
    assert {one: found[one] for one in ("objet", "contenu", "evaluation", "duree")} == {
        "objet": "1",
        "contenu": "2",
        "evaluation": "3",
        "duree": "5",
    }
    assert found["contenu.moyens"] == "2.2" and found["evaluation.indicateurs"] == "3.1"


# --- the FSE grant ------------------------------------------------------------------------------------


def test_the_extracts_keep_the_numbers_of_the_original() -> None:
    found = numbers("sg2022003")
    assert list(found.values()) == ["5", "5.1", "6", "6.2", "6.2.2", "9", "9.5", "9.6", "9.7", "9.8", "9.9"]
    assert found["plan"] == "5.1" and found["paiement"] == "6.2.2" and found["ancien-9-5"] == "9.5"


def test_the_rate_of_the_grant_is_computed() -> None:
    text = text_of("sg2022003")
    assert "20 002 168,75 € de dépenses" in text and "12 001 301,25 € de crédits" in text
    assert "cofinancement de 60 %" in text


# --- Flash emploi -------------------------------------------------------------------------------------


def test_the_payments_make_the_subsidy() -> None:
    schedule = made("flash-emploi-2024")[0].data["echeancier"]
    assert isinstance(schedule, ScheduleValue)
    assert schedule.base == 870_000
    assert [(one.id, one.rate, one.amount) for one in schedule.payments] == [
        ("acompte", Decimal(80), Decimal(696_000)),
        ("solde", Decimal(20), Decimal(174_000)),
    ]
    assert all(one.paid is None for one in schedule.payments)


def test_what_the_foundation_bears_is_what_the_avenant_adds(tmp_path: Path) -> None:
    own = made("flash-emploi-2024")[0].data["propres"]
    assert isinstance(own, Amount) and own.value == Decimal(925_400 - 870_000)
    for folder in ("clauses", "conventions", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "convgen.yaml", tmp_path)
    path = tmp_path / "conventions/flash-emploi-2024.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("subvention: 870 000 €") == 1
    path.write_text(text.replace("subvention: 870 000 €", "subvention: 925 400 €"), encoding="utf-8")
    raised = made("flash-emploi-2024", tmp_path)[0].data["propres"]
    assert isinstance(raised, Amount) and raised.value == 0
