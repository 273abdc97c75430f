"""Every modèle is proved by a definition that is generated, and asks its questions in words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from convgen.acte.nodes import Acte, Division, FillIn, Signature
from convgen.acte.walk import find_blanks, walk
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
MODELES = sorted((ROOT / "templates/modeles").glob("*.yaml"))
DEFINITIONS = sorted((*(ROOT / "conventions").glob("*.yaml"), *Path(__file__).parent.glob("*.yaml")))
NEW = (
    "charte-adhesion",
    "convention-cadre",
    "cooperation",
    "echange-donnees",
    "participation-fonds",
    "subvention-association",
)


@lru_cache
def raw(path: Path) -> dict[str, object]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def made(path: Path, report: Report, root: Path = ROOT) -> Acte | None:
    act = resolve(Workspace(root), path, date(2024, 6, 7), report)
    return compose(act, report) if act is not None else None


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with our clauses, modèles and organismes, for definitions that the tests change."""
    root = tmp_path_factory.mktemp("espace")
    for folder in ("clauses", "templates/modeles", "conventions/organismes"):
        copytree(ROOT / folder, root / folder)
    text = (ROOT / "convgen.yaml").read_text(encoding="utf-8")
    (root / "convgen.yaml").write_text(text, encoding="utf-8")
    return root


def changed(root: Path, name: str, *changes: tuple[str, str]) -> tuple[Acte, str]:
    """An act of these tests with some words of its definition changed, and its text with plain spaces."""
    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = root / f"conventions/{name}.yaml"
    path.write_text(text, encoding="utf-8")
    report = Report()
    acte = made(path, report, root)
    assert acte is not None, [one.message for one in report.diagnostics]
    assert report.diagnostics == []
    return acte, write_text(acte).replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


def articles(acte: Acte) -> list[str]:
    return [one.id for one in walk(acte.zones) if isinstance(one, Division)]


def test_there_are_at_least_eight_modeles() -> None:
    assert len(MODELES) >= 8


@pytest.mark.parametrize("path", MODELES, ids=lambda path: path.stem)
def test_a_modele_is_proved_by_an_act_that_is_generated_without_a_word_against_it(path: Path) -> None:
    users = [one for one in DEFINITIONS if raw(one).get("modele") == path.stem]
    assert users, f"no definition uses {path.stem}"
    for user in users:
        report = Report()
        acte = made(user, report)
        assert acte is not None, [one.message for one in report.diagnostics]
        assert report.diagnostics == []
        assert articles(acte)


@pytest.mark.parametrize("name", NEW)
def test_a_modele_says_what_it_is_and_asks_each_question_in_words(name: str) -> None:
    modele = raw(ROOT / f"templates/modeles/{name}.yaml")
    assert modele["libelle"]
    data = modele["donnees"]
    assert isinstance(data, dict)
    for question in data.values():
        assert question["type"]
        assert question["libelle"]


# --- a subsidy to an association: the rules above 23 000 € --------------------------------------------

SUBSIDY = "subvention-association"


@pytest.mark.parametrize(("amount", "bound"), [("23 000 €", False), ("23 000,01 €", True), ("24 500 €", True)])
def test_the_rules_of_large_subsidies_apply_above_23_000_euros_only(shelf: Path, amount: str, bound: bool) -> None:
    acte, text = changed(shelf, SUBSIDY, ("24 500 €", amount))
    assert ("subvention-publique" in articles(acte)) is bound
    assert ("article 1er du décret n° 2001-495" in text) is bound


def test_the_whole_of_the_year_counts_and_not_this_subsidy_alone(shelf: Path) -> None:
    acte, _ = changed(shelf, SUBSIDY, ("24 500 €", "9 000 €\n  total_annuel: 30 000 €"))
    assert "subvention-publique" in articles(acte)


def test_a_total_below_the_subsidy_is_refused(shelf: Path) -> None:
    with pytest.raises(AssertionError, match="total des subventions de l'année"):
        changed(shelf, SUBSIDY, ("24 500 €", "9 000 €\n  total_annuel: 3 000 €"))


def test_a_subsidy_for_running_costs_needs_no_financial_report(shelf: Path) -> None:
    acte, text = changed(shelf, SUBSIDY, ("  cout: 41 000 €\n", "  affectee: non\n"))
    assert "compte-rendu-financier" not in articles(acte)
    assert [one.id for one in acte.annexes] == ["annexe-budget", "annexe-engagement-republicain"]
    assert "contribue au financement global" in text


def test_only_an_association_or_a_foundation_signs_the_republican_commitment(shelf: Path) -> None:
    acte, _ = changed(shelf, SUBSIDY)
    assert "engagement-republicain" in articles(acte)
    acte, _ = changed(
        shelf, SUBSIDY, ("association-reflets", "caf-06\n    representant: directeur\n    designation: la Caisse")
    )
    assert "engagement-republicain" not in articles(acte)
    assert "annexe-engagement-republicain" not in [one.id for one in acte.annexes]


# --- the others -------------------------------------------------------------------------------------


def test_a_participation_by_unit_says_its_rate_and_its_number(shelf: Path) -> None:
    acte, text = changed(shelf, "participation-fonds")
    assert "102 800,70 € (cent deux mille huit cents euros et soixante-dix centimes)" in text
    assert "calcul" in articles(acte)
    acte, _ = changed(shelf, "participation-fonds", ("  mode: unite\n", ""), ("= tarif * unites", "9 000 €"))
    assert "calcul" not in articles(acte)


def test_a_framework_agreement_holds_four_parties_and_a_committee(shelf: Path) -> None:
    acte, text = changed(shelf, "convention-cadre")
    assert [one.party for one in walk(acte.zones) if isinstance(one, Signature)] == [
        "departement",
        "ville",
        "caf",
        "metropole",
    ]
    assert "deux représentants de chaque partie, désignés par son organe compétent." in text


def test_the_data_agreement_lasts_as_long_as_the_one_it_follows() -> None:
    workspace, report = Workspace(ROOT), Report()
    pair = [
        resolve(workspace, f"{one}-ft-2024", date(2024, 6, 7), report) for one in ("cooperation", "echange-donnees")
    ]
    terms = [one.term for one in pair if one is not None]
    assert [(one.start, one.end) for one in terms if one] == [(date(2024, 1, 1), date(2026, 12, 31))] * 2
    assert terms[1] is not None
    assert terms[1].follows == "cooperation-ft-2024"


def test_a_charter_to_be_signed_many_times_has_spaces_and_boxes_but_no_blank() -> None:
    acte = made(ROOT / "conventions/charte-academie-55-2024.yaml", Report())
    assert acte is not None
    assert find_blanks(acte) == ()
    assert sum(isinstance(one, FillIn) for one in walk((acte.zones, acte.annexes))) > 20
    assert write_text(acte).count("☐") == 4
    assert [one.party for one in walk(acte.zones) if isinstance(one, Signature)] == ["adherent"]


def test_the_protocol_of_five_parties_keeps_a_name_of_its_time_and_two_signatories() -> None:
    acte = made(ROOT / "conventions/protocole-aip-2024.yaml", Report())
    assert acte is not None
    text = write_text(acte)
    assert "Pôle emploi" in text
    assert "France Travail" not in text
    signed = [one.party for one in walk(acte.zones) if isinstance(one, Signature)]
    assert signed == ["pole_emploi", "ville", "metropole", "caf", "caf", "departement"]
