"""Columns: types, letters, calculations, generated columns, headings, what cells print."""

from __future__ import annotations

from decimal import Decimal

import pytest
from table_acts import Tabled

from convgen.acte.nodes import Paragraph, Value


def typed(kind: str, *values: str, more: str = "") -> str:
    rows = "\n".join(f"  - v: {value}" for value in values)
    return f"lignes:\n{rows}\ncolonnes:\n  - {{titre: Valeur, valeur: v, type: {kind}, lettre: A{more}}}"


@pytest.mark.parametrize(
    ("kind", "value", "printed"),
    [
        ("texte", "Mobilité", "Mobilité"),
        ("texte", "2024", "2024"),
        ("montant", "42500,5 €", "42 500,50 €"),
        ("montant", "42500", "42 500 €"),
        ("montant", "'- €'", "0 €"),
        ("montant", "-1 200 €", "-1 200 €"),
        ("montant", "42 500 € (FSE)", "42 500 € (FSE)"),
        ("nombre", "1234", "1 234"),
        ("pourcentage", "18.80 %", "18,80 %"),
        ("ETP", "2,5 ETP", "2,5 ETP"),
        ("ETP", "3", "3 ETP"),
        ("date", "2024-06-01", "1er juin 2024"),
        ("montant", "sans", "/"),
        ("montant", "à compléter (le coût)", "[le coût à compléter]"),
        ("montant", "environ 3 €", None),
    ],
)
def test_each_type_prints_as_french_readers_expect(tabled: Tabled, kind: str, value: str, printed: str | None) -> None:
    run = tabled(typed(kind, value))
    if printed is None:
        assert run.codes == ["DON-01"]
    else:
        assert run.rows() == [[printed]]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("montant", "beaucoup", "DON-01"),
        ("montant", "1,234 €", "DON-01"),
        ("nombre", "douze mille", "DON-07"),
        ("pourcentage", "un tiers", "DON-06"),
        ("ETP", "deux agents", "DON-07"),
        ("date", "2024-02-30", "DON-04"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused_where_it_stands(
    tabled: Tabled, kind: str, value: str, code: str
) -> None:
    run = tabled(typed(kind, "sans", value))
    assert run.codes == [code]
    assert str(run.report.errors[0].place).startswith("conventions/acte.yaml:14:")


def test_a_figure_keeps_its_key_and_its_exact_value(tabled: Tabled) -> None:
    run = tabled("lignes:\n  - {id: garde, v: 47 500 €}\ncolonnes:\n  - {lettre: A, titre: État, valeur: v}")
    block = run.printed().rows[0].cells[0].blocks[0]
    assert isinstance(block, Paragraph)
    (value,) = block.inlines
    assert isinstance(value, Value)
    assert (value.kind, value.key, value.exact) == ("montant", "tableau.t.garde.A", Decimal(47500))


def test_letters_are_calculated_in_any_order_and_the_formula_is_printed_when_asked(tabled: Tabled) -> None:
    run = tabled("""
lignes:
  - {a: 10 €, b: 5 €}
formule: oui
colonnes:
  - {lettre: G, titre: Double, calcul: F * 2}
  - {lettre: A, titre: Un, valeur: a}
  - {lettre: B, titre: Deux, valeur: b}
  - {lettre: F, titre: Somme, calcul: A + B}
""")
    assert run.heads() == [["G = F * 2\nDouble", "A\nUn", "B\nDeux", "F = A + B\nSomme"]]
    assert run.rows() == [["30 €", "10 €", "5 €", "15 €"]]


def test_a_calculation_that_reads_itself_is_said_once(tabled: Tabled) -> None:
    run = tabled(
        "lignes: [{a: 1 €}, {a: 2 €}]\ncolonnes:\n"
        "  - {lettre: A, titre: A, calcul: B + 1 €}\n  - {lettre: B, titre: B, calcul: A + 1 €}"
    )
    assert run.codes == ["DON-11"]
    assert "A → B → A" in run.words


def test_a_letter_that_no_column_bears_is_refused(tabled: Tabled) -> None:
    run = tabled("lignes: [{a: 1 €}]\ncolonnes:\n  - {lettre: A, titre: A, valeur: a}\n  - {titre: F, calcul: A + Z}")
    assert run.codes == ["DON-10"]
    assert "« Z »" in run.words


def test_a_calculation_that_does_not_fall_right_asks_for_its_rounding(tabled: Tabled) -> None:
    table = "lignes: [{a: 10 €}]\ncolonnes:\n  - {lettre: A, titre: A, valeur: a}\n  - {titre: Tiers, calcul: A / 3%s}"
    assert tabled(table % "").codes == ["DON-19"]
    assert tabled(table % ", arrondi: centime").rows() == [["10 €", "3,33 €"]]


def test_a_figure_given_for_a_calculated_cell_is_verified(tabled: Tabled) -> None:
    table = (
        "lignes: [{a: 10 €, b: 5 €, F: %s}]\ncolonnes:\n  - {lettre: A, titre: A, valeur: a}\n"
        "  - {lettre: B, titre: B, valeur: b}\n  - {lettre: F, titre: F, calcul: A + B}"
    )
    assert tabled(table % "15 €").codes == []
    run = tabled(table % "14 €")
    assert run.codes == ["DON-12"]
    assert "14 €" in run.words and "15 €" in run.words


def test_a_typed_in_row_may_be_a_list_of_cells(tabled: Tabled) -> None:
    run = tabled("""
lignes:
  - [Mobilité, 100 €, 1 ETP]
  - [Santé, 50 €, "0,5 ETP"]
colonnes:
  - {titre: Objet}
  - {lettre: A, titre: Coût, type: montant, total: oui}
  - {titre: Agents, type: ETP, lettre: B, total: oui}
total: Total
""")
    assert run.rows() == [["Mobilité", "100 €", "1 ETP"], ["Santé", "50 €", "0,5 ETP"], ["Total", "150 €", "1,5 ETP"]]


def test_a_cell_of_several_lines_keeps_its_number(tabled: Tabled) -> None:
    run = tabled("""
lignes:
  - autres:
      ARS: 50 000 €
      FSE: 42 500 €
  - autres: [1 ETP, 7 500 € (CAF)]
colonnes:
  - {lettre: C, titre: Autres, valeur: autres, type: montant, total: oui}
""")
    assert run.rows() == [["50 000 € (ARS)\n42 500 € (FSE)"], ["1 ETP\n7 500 € (CAF)"]]
    assert run.table().totals["C"].value == Decimal(100_000)  # type: ignore[union-attr]


@pytest.mark.parametrize(("zero", "printed"), [("'- €'", "- €"), ("0 €", "0 €"), ("vide", ""), ('"0,00 €"', "0,00 €")])
def test_a_zero_prints_as_declared(tabled: Tabled, zero: str, printed: str) -> None:
    run = tabled(f"lignes: [{{v: 0 €}}]\nzero: {zero}\ncolonnes:\n  - {{titre: V, valeur: v, type: montant}}")
    assert run.rows() == [[printed]]


def test_columns_are_generated_from_years_under_a_common_heading(tabled: Tabled) -> None:
    run = tabled(
        """
lignes:
  - nom: Familles
    cibles: {2024: 50, 2025: sans}
colonnes:
  - {titre: Indicateur, valeur: nom}
  - pour: annee dans exercices
    sur: "{{ annee }}"
    colonnes:
      - {titre: Cible, valeur: "cibles[annee]"}
      - {titre: Résultat, remplir: oui}
""",
        act="exercices: [2024, 2025]\n",
    )
    assert run.heads() == [["Indicateur", "2024", "2025"], ["Cible", "Résultat", "Cible", "Résultat"]]
    assert [cell.colspan for cell in run.printed().header[0].cells] == [1, 2, 2]
    assert run.printed().header[0].cells[0].rowspan == 2
    assert run.rows() == [["Familles", "50", "", "/", ""]]


def test_a_list_that_does_not_exist_generates_no_column_silently(tabled: Tabled) -> None:
    run = tabled("lignes: [{a: 1}]\ncolonnes:\n  - pour: an dans exercises\n    colonnes: [{titre: X}]")
    assert run.codes == ["DON-10"]
    assert "exercises" in run.words


def test_a_column_whose_name_no_row_has_is_a_slip(tabled: Tabled) -> None:
    run = tabled("lignes: [{montant: 1 €}, {montant: 2 €}]\ncolonnes:\n  - {titre: M, valeur: montan}")
    assert run.codes == ["DON-10"]
    assert "Vouliez-vous dire « montant »" in run.words


def test_a_column_that_shows_no_field_of_any_row_is_refused(tabled: Tabled) -> None:
    run = tabled("lignes: [{montant: 1 €}]\ncolonnes:\n  - {titre: Montant prévu, lettre: A, total: oui}")
    assert run.codes == ["DON-10"]
    assert "montant_prevu" in run.words


def test_more_than_seven_columns_ask_for_a_landscape_page_unless_said(tabled: Tabled) -> None:
    columns = "\n".join(f"  - {{titre: C{n}, valeur: v}}" for n in range(8))
    run = tabled(f"lignes: [{{v: x}}]\ncolonnes:\n{columns}")
    assert run.acte is not None and run.acte.annexes[0].orientation == "paysage"
    run = tabled(f"lignes: [{{v: x}}]\npage: portrait\ncolonnes:\n{columns}")
    assert run.acte is not None and run.acte.annexes[0].orientation == "portrait"


def test_two_columns_never_share_a_letter(tabled: Tabled) -> None:
    run = tabled("lignes: [{a: x}]\ncolonnes:\n  - {lettre: A, titre: Un, valeur: a}\n  - {lettre: A, titre: Deux}")
    assert run.codes == ["DEF-14"]


def test_a_table_without_rows_or_columns_says_what_to_write(tabled: Tabled) -> None:
    assert tabled("colonnes: [{titre: A}]").codes == ["DEF-24"]
    assert tabled("lignes: [{a: 1}]").codes == ["DEF-24"]


def test_an_unknown_table_is_refused_with_the_nearest_name(tabled: Tabled) -> None:
    run = tabled(typed("texte", "x"), act="donnees:\n  s: {type: montant, calcul: tableau.tt.total.A}\n")
    assert run.codes == ["DON-10"]
