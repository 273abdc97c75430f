"""The seven acts that tables, jeux, linked acts and blank partners make possible: their figures and their refusals."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from convgen.acte.nodes import Acte
from convgen.acte.walk import find_blanks
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.french.amounts import parse_amount
from convgen.model.resolve import resolve
from convgen.model.resolved import ResolvedAct
from convgen.model.values import Amount, DataValue
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
DAY = date(2024, 6, 7)
JEU = "conventions/jeux/contrat-local-solidarites-55.yaml"
FINANCIAL = "conventions/annexes/clos-tableaux.yaml"
ACTS = (
    "contrat-local-55-2024",
    "insertion-emploi-55-2024",
    "plan-visites-2024",
    "cooperation-ft-2024",
    "echange-donnees-ft-2024",
    "protocole-aip-2024",
    "charte-academie-55-2024",
)


@cache
def made(name: str) -> tuple[ResolvedAct, Acte]:
    report = Report()
    act = resolve(Workspace(ROOT), name, DAY, report)
    assert act is not None
    acte = compose(act, report)
    assert not report.errors
    assert acte is not None
    return act, acte


def text_of(name: str) -> str:
    text = write_text(made(name)[1])
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def euros(figures: object) -> list[Decimal]:
    assert isinstance(figures, dict)
    return [one.value for one in figures.values() if isinstance(one, Amount)]


def table(act: str, name: str) -> tuple[dict[str, DataValue], dict[str, dict[str, DataValue]]]:
    """The totals of a table by letter, and its sub-totals by group."""
    tables = made(act)[0].tables
    assert tables is not None
    found = tables.table(name)
    assert found is not None
    return dict(found.totals), {key: dict(one) for key, one in found.subtotals.items()}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_generates_and_says_what_it_is(name: str) -> None:
    text = text_of(name)
    assert "Exemple de démonstration, sans valeur juridique" in text
    assert "{{" not in text and "{%" not in text


def test_only_what_is_really_unknown_is_a_blank() -> None:
    assert {name: len(find_blanks(made(name)[1])) for name in ACTS} == {
        "contrat-local-55-2024": 2,
        "insertion-emploi-55-2024": 1,
        "plan-visites-2024": 0,
        "cooperation-ft-2024": 0,
        "echange-donnees-ft-2024": 1,
        "protocole-aip-2024": 0,
        "charte-academie-55-2024": 0,
    }


# --- contrat local ------------------------------------------------------------------------------------


def test_the_financial_table_of_the_local_contract() -> None:
    totals, axes = table("contrat-local-55-2024", "financier")
    assert euros(totals) == [379_189, 379_189, 303_250, 1_061_628]
    parts = {axe: euros(figures) for axe, figures in axes.items()}
    assert parts == {
        "enfance": [105_375, 105_375, 179_750, 390_500],
        "droits": [186_250, 186_250, 123_500, 496_000],
        "transition": [87_564, 87_564, 0, 175_128],
    }


def test_the_local_contract_says_the_same_figures_in_its_sentences() -> None:
    text = text_of("contrat-local-55-2024")
    assert text.count("379 189 € (trois cent soixante-dix-neuf mille cent quatre-vingt-neuf euros)") >= 2
    for pillar, amount in (("1", "105 375 €"), ("3", "186 250 €"), ("4", "87 564 €")):
        assert any(amount in line and f"au titre du pilier {pillar}," in line for line in text.splitlines())


def test_the_local_contract_has_twenty_fiches() -> None:
    jeu = made("contrat-local-55-2024")[0].tables
    assert jeu is not None
    found = jeu.jeu()
    assert found is not None
    assert len(found.groups["fiches"].items) == 20


# --- insertion et emploi ------------------------------------------------------------------------------


def test_the_employment_convention_of_the_meuse_adds_up() -> None:
    text = text_of("insertion-emploi-55-2024")
    assert "764 947 € (sept cent soixante-quatre mille neuf cent quarante-sept euros)" in text
    parts = [parse_amount(one) for one in ("106 000 €", "179 697 €", "479 250 €")]
    assert sum(parts) == Decimal(764_947)
    for one in ("106 000 € (", "179 697 € (", "479 250 € ("):
        assert one in text
    needs = [table("insertion-emploi-55-2024", f"financement{one}")[0]["A"] for one in (1, 2, 3)]
    assert [one.value for one in needs if isinstance(one, Amount)] == [106_000, 359_394, 479_250]
    assert 2 * parts[1] == Decimal(359_394)


# --- plan des visites ---------------------------------------------------------------------------------


def test_the_plan_of_visits_has_the_six_rows_of_its_file() -> None:
    with (ROOT / "conventions/annexes/plan-visites-2024.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert len(rows) == 6
    text = text_of("plan-visites-2024")
    for row in rows:
        assert row["dossier"] in text and row["total"].removesuffix(",00 €") in text
    totals, _ = table("plan-visites-2024", "programme")
    sums = [sum((parse_amount(row[name]) for row in rows), Decimal()) for name in ("total", "fse")]
    assert euros(totals) == sums == [Decimal("20908401.19"), Decimal("11934267.69")]


# --- coopération et échange ---------------------------------------------------------------------------


def test_the_second_convention_ends_with_the_first() -> None:
    assert "du 1er janvier 2024 au 31 décembre 2026, soit pour trois ans" in text_of("cooperation-ft-2024")
    assert "soit du 1er janvier 2024 au 31 décembre 2026" in text_of("echange-donnees-ft-2024")


# --- protocole AIP et charte --------------------------------------------------------------------------


def test_the_protocol_has_five_parties_under_the_names_of_their_day() -> None:
    assert len(made("protocole-aip-2024")[1].parties) == 5
    text = text_of("protocole-aip-2024")
    assert "Pôle emploi Alpes-Maritimes, représenté par" in text
    assert "France Travail" not in text


def test_the_charter_leaves_its_partner_to_fill_in_by_hand() -> None:
    text = text_of("charte-academie-55-2024")
    for label in ("Dénomination", "Adresse", "SIRET", "Représenté par", "En qualité de"):
        assert f"{label} : ____" in text


# --- copies whose figures are wrong -------------------------------------------------------------------


@pytest.fixture
def wrong(tmp_path: Path) -> Callable[..., Report]:
    """What an act says in a copy of the workspace where some texts are replaced, once each."""

    def run(name: str, *changes: tuple[str, str, str]) -> Report:
        for folder in ("clauses", "conventions", "templates"):
            shutil.copytree(ROOT / folder, tmp_path / folder)
        shutil.copy(ROOT / "convgen.yaml", tmp_path)
        for file, old, new in changes:
            path = tmp_path / file
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, (file, old)
            path.write_text(text.replace(old, new), encoding="utf-8")
        report = Report()
        resolve(Workspace(tmp_path), name, DAY, report)
        return report

    return run


def words(report: Report) -> str:
    return "\n".join(map(str, report)).replace("\u202f", " ").replace("\u00a0", " ")


FORGOTTEN = (JEU, "ars: 50 000 €, fse: 42 500 €}", "ars: 50 000 €}")
GIVEN = (FINANCIAL, "    totaux: {A: 379 189 €, B: 379 189 €, C: 303 250 €, F: 1 061 628 €}\n", "")


def test_a_forgotten_financeur_is_refused_with_or_without_totals_given_by_hand(wrong: Callable[..., Report]) -> None:
    report = wrong("contrat-local-55-2024", FORGOTTEN, GIVEN)
    assert [one.code for one in report.errors] == ["DON-13"]
    said = words(report)
    assert "80 000 €" in said and "122 500 €" in said and "L'écart est de 42 500 €" in said
    place = report.errors[0].place
    assert place is not None and place.file == JEU


def test_totals_given_by_hand_say_the_same_gap(wrong: Callable[..., Report]) -> None:
    report = wrong("contrat-local-55-2024", FORGOTTEN)
    assert [one.code for one in report.errors] == ["DON-13", "DON-12", "DON-12"]
    assert "303 250 €" in words(report) and "260 750 €" in words(report)


def test_half_of_a_budget_is_refused(wrong: Callable[..., Report]) -> None:
    report = wrong("contrat-local-55-2024", (JEU, "{Formation au tutorat: 7 500 €}", "{Formation au tutorat: 3 750 €}"))
    assert [one.code for one in report.errors] == ["DON-13"]
    assert "7 500 €" in words(report) and "3 750 €" in words(report)


def test_a_misspelt_financeur_is_refused_with_the_nearest(wrong: Callable[..., Report]) -> None:
    report = wrong("contrat-local-55-2024", (JEU, "ars: 50 000 €, fse: 42 500 €}", "ars: 50 000 €, fsee: 42 500 €}"))
    assert report.errors[0].code == "DEF-04"
    assert "Vouliez-vous dire « fse »" in words(report)


def test_a_misspelt_amount_of_the_financing_plan_is_refused(wrong: Callable[..., Report]) -> None:
    file = "conventions/annexes/ft-financement.yaml"
    report = wrong("insertion-emploi-55-2024", (file, "complement: 217 500 € (FSE)", "complemant: 217 500 € (FSE)"))
    assert [one.code for one in report.errors] == ["DON-10", "DON-12"]
    assert "Vouliez-vous dire « complemant »" in words(report)
    assert "217 500 €" in words(report)
