"""Nothing typed in a fiche vanishes: keys, rubriques, financeurs, both sides of a budget, what rules read."""

from __future__ import annotations

from pathlib import Path

import pytest
from table_acts import ACT, run_in, tables_of, words_of
from test_fiches import DEF, JEU

GARDE = "recettes: {etat: 3 750 €, departement: 3 750 €}\n        depenses: {Formation: 7 500 €}"
BALANCED = """\
  - pour: f dans fiches
    regle: somme(f.budget[exercice].recettes) = somme(f.budget[exercice].depenses)
    sinon: "fiche {{ f.numero }} : les recettes ne sont pas les dépenses de {{ exercice }}"
"""


@pytest.mark.parametrize(
    ("typed", "wrong", "code", "said"),
    [
        ("fse: 42 500 €", "fsee: 42 500 €", "DEF-04", "Vouliez-vous dire « fse »"),
        ("    calendrier:\n      2024:", "    calandrier:\n      2024:", "DEF-01", "Vouliez-vous dire « calendrier »"),
        ("depart: 0, cibles:", "depart: 0, cible:", "DEF-01", "Vouliez-vous dire « cibles »"),
        ("        depenses: {Formation: 7 500 €}\n", "", "DEF-02", "il manque « depenses » au budget"),
        ("depenses: {Formation", "depense: {Formation", "DEF-01", "Vouliez-vous dire « depenses »"),
        ("recettes: {etat: 3 750 €, departement: 3 750 €}\n", "aide: sans\n", "DEF-01", "et non « aide »"),
        ("depenses: {Formation: 7 500 €}", "depenses: 7 500 €", "DEF-03", "« depenses » est un bloc de montants"),
    ],
)
def test_a_slip_in_a_fiche_is_refused_with_the_nearest_name(
    tmp_path: Path, typed: str, wrong: str, code: str, said: str
) -> None:
    jeu = JEU.replace(typed, wrong)
    assert jeu != JEU
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert code in run.codes, run.words
    assert said in run.words
    assert not [one for one in run.report.errors if one.code == "DON-10" and one.path.startswith("verifier")]
    (found,) = [one for one in run.report.errors if one.code == code]
    assert found.place is not None and found.place.file == "conventions/jeux/actions.yaml" and found.place.line > 20


def test_a_key_of_ones_own_is_said_when_one_fiche_alone_has_it(tmp_path: Path) -> None:
    jeu = JEU.replace("    titre: Garde d'enfants", "    titre: Garde d'enfants\n    porteur: la CAF")
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert run.codes == []
    assert [one.code for one in run.report.warnings] == ["DEF-01"] and "« porteur »" in run.words
    jeu = jeu.replace("    titre: Équipe logement", "    titre: Équipe logement\n    porteur: l'État")
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert not run.report.warnings


def test_a_rubrique_that_no_fiche_fills_is_said(tmp_path: Path) -> None:
    jeu = JEU.replace("    duree: Durée de l'action", "    suivi: Suivi de l'action\n    duree: Durée de l'action")
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert run.codes == []
    assert [one.code for one in run.report.warnings] == ["DEF-02"] and "« suivi »" in run.words


def test_a_rule_that_one_fiche_cannot_answer_is_an_error(tmp_path: Path) -> None:
    jeu = JEU.replace(f"    budget:\n      2024:\n        {GARDE}\n", "")
    assert jeu != JEU
    act = DEF.replace("total: oui}", "total: oui, vide: 0}")
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + act, "conventions/jeux/actions.yaml": jeu})
    assert run.codes == ["DON-10"]
    assert "« garde » n'a pas" in run.words


def test_an_imbalance_is_said_once_with_figures_only(tmp_path: Path) -> None:
    jeu = JEU.replace("{Formation: 7 500 €}", "{Formation: 7 000 €}") + BALANCED
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert run.codes == ["DON-13"]
    assert "7 500 €" in run.words and "7 000 €" in run.words and "500 €" in run.words


def test_a_broken_rule_shows_figures_and_years_as_people_write_them(tmp_path: Path) -> None:
    jeu = JEU + BALANCED.replace("= somme", "< somme")
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert set(run.codes) == {"DON-13"}
    assert "dépenses de 2024" in run.words and "exercice = 2024" in run.words and "2 024" not in run.words
    assert "GroupValue" not in run.words and "GroupItem" not in run.words
    assert "somme(f.budget[exercice].recettes) = 7 500 €" in run.words


def test_a_budget_that_is_not_by_year_must_balance_too(tmp_path: Path) -> None:
    jeu = JEU.replace("    duree: à compléter (la durée)\n", "    duree: {recettes: {etat: 2 €}, depenses: {F: 1 €}}\n")
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert run.codes == ["DON-13"]


@pytest.mark.parametrize("said", ["    budget: sans\n", "    budget: {2024: sans}\n"])
def test_a_fiche_may_say_that_it_has_no_budget(tmp_path: Path, said: str) -> None:
    jeu = JEU.replace(f"    budget:\n      2024:\n        {GARDE}\n", said)
    assert jeu != JEU
    run = run_in(tmp_path, {"conventions/acte.yaml": ACT + DEF, "conventions/jeux/actions.yaml": jeu})
    assert run.codes == [], run.words
    assert run.acte is not None
    rows = [[words_of(cell) for cell in row.cells] for row in next(tables_of(run.acte.annexes[1].blocks)).rows]
    assert rows[0] == ["Axe 1", "2", "/", "/"]
    assert rows[-1] == ["Total", "15 000 €", "92 500 €"]
