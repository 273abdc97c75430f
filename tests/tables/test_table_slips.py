"""Nothing typed for a sum vanishes: a misspelt field, a forgotten amount, a name or a letter that is not there."""

from __future__ import annotations

import pytest
from table_acts import Tabled

from convgen.compose.acte import compose
from convgen.errors import Report

COSTS = """\
lignes:
  - {action: Vélos, etat: 5 000 €, departement: 3 000 €}
  - {action: Santé, etat: 1 000 €, departement: 2 000 €}
colonnes:
  - {titre: Action, valeur: action}
  - {lettre: A, titre: État, valeur: etat, total: oui}
  - {lettre: B, titre: Département, valeur: departement, type: montant, total: oui}
  - {lettre: F, titre: Coût, calcul: A + B, total: oui}
total: Total
"""


def test_a_misspelt_field_is_refused_with_the_name_that_is_read(tabled: Tabled) -> None:
    run = tabled(COSTS.replace("departement: 2 000 €", "departemant: 2 000 €"))
    assert run.codes == ["DEF-01"]
    assert "Rien ne lit « departemant »" in run.words and "Vouliez-vous dire « departement »" in run.words
    place = run.report.errors[0].place
    assert place is not None and (place.file, place.line) == ("conventions/acte.yaml", 14)


def test_a_forgotten_amount_is_refused_by_row_and_column(tabled: Tabled) -> None:
    run = tabled(COSTS.replace(", departement: 2 000 €", ""))
    assert run.codes == ["DON-01"]
    assert "la ligne « 2 »" in run.words and "« Département »" in run.words
    place = run.report.errors[0].place
    assert place is not None and (place.file, place.line) == ("conventions/acte.yaml", 14)


def test_a_cell_left_empty_in_a_row_typed_as_a_list_is_refused(tabled: Tabled) -> None:
    rows = "lignes: [[Vélos, 5 000 €, 3 000 €], [Santé, 1 000 €]]\n"
    assert tabled(rows + COSTS.partition("\n")[2].partition("colonnes")[1] + COSTS.partition("colonnes")[2]).codes == [
        "DON-01"
    ]
    many = "lignes: [[Vélos, 5 000 €, 3 000 €], [Santé, 1 000 €, 2 000 €, 8 000 €]]\n"
    assert tabled(many + "colonnes" + COSTS.partition("colonnes")[2]).codes == ["DEF-01"]


@pytest.mark.parametrize(("said", "printed"), [("0 €", "0 €"), ("sans", "/")])
def test_no_amount_may_be_said(tabled: Tabled, said: str, printed: str) -> None:
    run = tabled(COSTS.replace("departement: 2 000 €", f"departement: {said}"))
    assert run.rows()[1:] == [["Santé", "1 000 €", printed, "1 000 €"], ["Total", "6 000 €", "3 000 €", "9 000 €"]]


@pytest.mark.parametrize(("said", "printed"), [("0", "0 €"), ("sans", "/")])
def test_a_column_may_say_what_an_absent_amount_is_worth(tabled: Tabled, said: str, printed: str) -> None:
    table = COSTS.replace(", departement: 2 000 €", "").replace("type: montant,", f"type: montant, vide: {said},")
    assert tabled(table).rows()[1] == ["Santé", "1 000 €", printed, "1 000 €"]


def test_a_blank_amount_makes_the_total_a_blank(tabled: Tabled) -> None:
    run = tabled(COSTS.replace("departement: 2 000 €", "departement: à compléter (le montant)"))
    assert run.rows()[-1] == ["Total", "6 000 €", "[total à compléter]", "[total à compléter]"]


def test_a_row_for_information_needs_no_amount(tabled: Tabled) -> None:
    run = tabled(COSTS.replace(", departement: 2 000 €", ", hors_total: oui"))
    assert run.rows()[-1] == ["Total", "5 000 €", "3 000 €", "8 000 €"]


def test_fields_of_groups_conditions_and_texts_are_read(tabled: Tabled) -> None:
    run = tabled("""
lignes:
  - {n: a, g: Un, k: oui, t: fin, r: 2, v: 1 €, F: 1 €}
grouper: {par: g, bande: "{{ g }}"}
si: k = oui
trier: r
colonnes: [{titre: N, valeur: "{{ n }} {{ t }}"}, {lettre: A, titre: V, valeur: v}, {lettre: F, titre: F, calcul: A}]
""")
    assert run.codes == []


def test_letters_offered_are_those_that_people_wrote(tabled: Tabled) -> None:
    run = tabled(COSTS.replace("calcul: A + B", "calcul: A + Z"))
    assert run.codes == ["DON-10"]
    assert "Lettres : A, B, F." in run.words


def test_an_impossible_calculation_names_its_row(tabled: Tabled) -> None:
    run = tabled(COSTS.replace("valeur: etat", "valeur: etat * departement"))
    assert run.codes == ["DON-18", "DON-18"]
    assert "Ligne « 2 », colonne « État » : on ne peut pas multiplier" in run.words


def test_a_wrong_type_of_column_is_said_once(tabled: Tabled) -> None:
    reading = "articles:\n  - {id: b, titre: B, texte: 'Le coût est de {{ tableau.t.total.A }}.'}\n"
    run = tabled(COSTS.replace("type: montant", "type: monnaie"), act=reading)
    assert run.codes == ["DEF-04"]
    again = Report()
    assert run.resolved is not None
    compose(run.resolved, again)
    assert not again.errors
