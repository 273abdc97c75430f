"""Groups, sub-totals, totals: they add up, hold what they must, and refuse figures given wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_acts import ACT, Tabled, run_in

from convgen.model.values import Amount, Unknown

PLAN = """\
lignes:
  - {section: Équipes, objet: Chef de projet, a: 60 000 €, b: 0 €}
  - {section: Équipes, objet: Données, a: 46 000 €, b: 10 000 €}
  - {section: Équipes, objet: Opérateur, a: 99 000 €, b: 0 €, hors_total: oui}
  - {section: Outils, objet: Paramétrage, a: 0 €, b: 0 €}
grouper: {par: section, bande: "{{ section }}"}
colonnes:
  - {titre: Objet, valeur: objet}
  - {lettre: A, titre: Montant, valeur: a, type: montant, total: oui}
  - {lettre: B, titre: Autres, valeur: b, type: montant, total: oui}
  - {lettre: F, titre: Global, calcul: A + B, total: oui}
sous_total: "Total {{ section }}"
total: Total général
"""


def test_groups_have_a_band_a_sub_total_and_a_grand_total(tabled: Tabled) -> None:
    run = tabled(PLAN)
    assert run.rows() == [
        ["Équipes"],
        ["Chef de projet", "60 000 €", "0 €", "60 000 €"],
        ["Données", "46 000 €", "10 000 €", "56 000 €"],
        ["Opérateur", "99 000 €", "0 €", "99 000 €"],
        ["Total Équipes", "106 000 €", "10 000 €", "116 000 €"],
        ["Outils"],
        ["Paramétrage", "0 €", "0 €", "0 €"],
        ["Total Outils", "0 €", "0 €", "0 €"],
        ["Total général", "106 000 €", "10 000 €", "116 000 €"],
    ]
    roles = [row.role for row in run.printed().rows]
    assert roles == ["bande", "corps", "corps", "information", "sous-total", "bande", "corps", "sous-total", "total"]


def test_rows_outside_the_sums_may_be_chosen_by_a_condition(tabled: Tabled) -> None:
    table = PLAN.replace(", hors_total: oui", "") + 'hors_total: objet = "Opérateur"\n'
    run = tabled(table)
    assert run.table().totals["A"].value == Decimal(106_000)  # type: ignore[union-attr]


def test_totals_are_read_by_data_and_by_texts(tabled: Tabled) -> None:
    act = """\
donnees:
  subvention: {type: montant, calcul: tableau.t.total.A}
articles:
  - id: montant
    titre: Montant
    texte: |
      La subvention est de {{ subvention }}, dont {{ tableau.t.sous_total.equipes.A }} pour les équipes.

      {{ tableau.t }}
"""
    run = tabled(PLAN, act=act)
    assert run.acte is not None, run.words
    text, table = run.acte.zones[0].blocks[0].blocks  # type: ignore[union-attr]
    words = "".join(getattr(node, "text", "") for node in text.inlines).replace("\u202f", " ").replace("\u00a0", " ")
    assert words == "La subvention est de 106 000 €, dont 106 000 € pour les équipes."
    assert len(table.rows) == 9


def test_a_total_given_by_hand_is_verified_and_both_figures_are_said(tabled: Tabled) -> None:
    assert tabled(PLAN + "totaux: {A: 106 000 €}\nsous_totaux: {equipes: {F: 116 000 €}}\n").codes == []
    run = tabled(PLAN + "totaux: {A: 205 000 €}\n")
    assert run.codes == ["DON-12"]
    assert "205 000 €" in run.words and "106 000 €" in run.words and "99 000 €" in run.words
    assert tabled(PLAN + "sous_totaux: {equipes: {F: 116 001 €}}\n").codes == ["DON-12"]
    assert tabled(PLAN + "totaux: {Z: 1 €}\n").codes == ["DON-10"]
    assert tabled(PLAN.replace("calcul: A + B,", "calcul: A + B, donne: 1 €,")).codes == ["DON-12"]


def test_a_blank_in_a_column_makes_its_totals_blanks(tabled: Tabled) -> None:
    run = tabled(PLAN.replace("b: 10 000 €", "b: à compléter (le FSE)"))
    totals = run.table().totals
    assert isinstance(totals["B"], Unknown)
    assert isinstance(totals["F"], Unknown)
    assert totals["A"].value == Decimal(106_000)  # type: ignore[union-attr]


def test_words_in_a_column_that_is_added_up_are_never_left_out_silently(tabled: Tabled) -> None:
    run = tabled("lignes: [{a: 10 €}, {a: environ dix}]\ncolonnes: [{titre: A, valeur: a, total: oui}]\ntotal: T")
    assert run.codes == ["DON-01"]
    assert "environ dix" in run.words


def test_an_amount_between_quotes_counts(tabled: Tabled) -> None:
    run = tabled(
        'lignes: [{a: "10,50 €"}, {a: "2,50 € (CAF)"}]\ncolonnes: [{lettre: A, titre: A, valeur: a, total: oui}]'
    )
    assert run.table().totals["A"].value == Decimal(13)  # type: ignore[union-attr]


def test_a_rate_is_calculated_again_on_the_totals(tabled: Tabled) -> None:
    run = tabled("""
lignes: [{a: 10 €, b: 100 €}, {a: 90 €, b: 100 €}]
colonnes:
  - {lettre: A, titre: Part, valeur: a, total: oui}
  - {lettre: B, titre: Coût, valeur: b, total: oui}
  - {lettre: T, titre: Taux, calcul: A / B, type: pourcentage, arrondi: "0,01 %", total: calcul}
total: Total
""")
    assert run.rows()[-1][-1] == "50 %"


def test_the_title_of_a_group_covers_its_rows_and_its_sub_total(tabled: Tabled) -> None:
    run = tabled("""
lignes: [{g: Nord, n: x, a: 1 €}, {g: Nord, n: y, a: 2 €}, {g: Sud, n: z, a: 3 €}]
grouper: {par: g, titre: "Zone {{ g }}"}
colonnes:
  - {titre: Zone, groupe: oui}
  - {titre: Nom, valeur: n}
  - {lettre: A, titre: Montant, valeur: a, total: oui}
sous_total: Sous-total
total: Total
""")
    rows = run.printed().rows
    assert [cell.rowspan for cell in rows[0].cells] == [3, 1, 1]
    assert run.rows() == [
        ["Zone Nord", "x", "1 €"], ["y", "2 €"], ["Sous-total", "3 €"],
        ["Zone Sud", "z", "3 €"], ["Sous-total", "3 €"], ["Total", "6 €"],
    ]  # fmt: skip
    assert rows[-1].cells[0].colspan == 2


def test_neighbouring_cells_that_say_the_same_become_one(tabled: Tabled) -> None:
    run = tabled(
        "lignes: [{n: A, v: 1}, {n: A, v: 2}, {n: B, v: 3}]\n"
        "colonnes: [{titre: N, valeur: n, fusionner: oui}, {titre: V, valeur: v}]"
    )
    assert run.rows() == [["A", "1"], ["2"], ["B", "3"]]


def test_groups_within_groups_each_have_their_sub_total(tabled: Tabled) -> None:
    run = tabled("""
lignes: [{g: Un, h: a, v: 1 €}, {g: Deux, h: a, v: 2 €}, {g: Un, h: b, v: 4 €}, {g: Un, h: a, v: 8 €}]
grouper: [{par: g, bande: "{{ g }}", sous_total: "Total {{ g }}"}, {par: h, sous_total: "dont {{ h }}"}]
colonnes: [{titre: H, valeur: h}, {lettre: A, titre: V, valeur: v, total: oui}]
""")
    assert run.rows() == [
        ["Un"], ["a", "1 €"], ["a", "8 €"], ["dont a", "9 €"], ["b", "4 €"], ["dont b", "4 €"], ["Total Un", "13 €"],
        ["Deux"], ["a", "2 €"], ["dont a", "2 €"], ["Total Deux", "2 €"],
    ]  # fmt: skip


def test_a_row_without_the_field_that_groups_is_refused(tabled: Tabled) -> None:
    run = tabled(PLAN.replace("{section: Outils, ", "{"))
    assert run.codes == ["DON-10"]
    assert "section" in run.words


def test_rows_are_kept_dropped_and_sorted(tabled: Tabled) -> None:
    table = (
        "lignes: [{n: b, k: oui}, {n: a, k: oui}, {n: c, k: non}]\n"
        "si: k = oui\nsauf: n = z\ntrier: n\ncolonnes: [{titre: N, valeur: n}]"
    )
    assert tabled(table).rows() == [["a"], ["b"]]
    assert tabled(table.replace("si: k = oui", "si: kk = oui")).codes == ["DON-10"]


def test_a_blank_form_has_empty_rows_and_empty_calculations(tabled: Tabled) -> None:
    run = tabled("""
lignes: {vides: 2}
colonnes:
  - {titre: Action, remplir: oui}
  - {lettre: A, titre: État, remplir: oui}
  - {lettre: F, titre: Total, calcul: A * 2}
total: Totaux
""")
    assert run.rows() == [["", "", ""], ["", "", ""], ["Totaux", "", ""]]


@pytest.mark.parametrize("mark", ["- €", "vide"])
def test_a_balanced_table_prints_both_sides_and_their_totals(tabled: Tabled, mark: str) -> None:
    run = tabled(f"""
zero: "{mark}"
recettes:
  État: 60 €
  Autres:
    CAF: 30 €
    MSA: 10 €
depenses:
  - {{poste: Formation, montant: 100 €}}
""")
    assert run.rows()[:2] == [["État", "60 €", "Formation", "100 €"], ["Autres", "40 €", "", ""]]
    assert [row[0] for row in run.rows()[2:4]] == ["dont CAF", "dont MSA"]
    assert run.rows()[-1] == ["Total", "100 €", "Total", "100 €"]


def test_a_table_that_does_not_balance_is_refused_with_the_gap(tabled: Tabled) -> None:
    run = tabled("recettes: {État: 60 €}\ndepenses: {Formation: 100 €}")
    assert run.codes == ["DON-13"]
    assert "60 €" in run.words and "100 €" in run.words and "40 €" in run.words
    assert tabled("recettes: {État: 60 €}\ndepenses: {Formation: 100 €}\nequilibre: non").codes == []
    assert tabled("recettes: {État: 60 €}\ndepenses: {F: 60 €}\ntotaux: {recettes: 30 €}").codes == ["DON-12"]


def test_a_directory_prints_one_band_per_row(tabled: Tabled) -> None:
    run = tabled("""
disposition: blocs
bande: "{{ service }}"
lignes:
  - {service: Insertion, site: Nice, horaires: le matin}
  - {service: Logement, site: Grasse}
colonnes:
  - {titre: Site, valeur: site}
  - {titre: Horaires, valeur: horaires}
""")
    assert run.rows() == [
        ["Insertion"], ["Site", "Nice"], ["Horaires", "le matin"], ["Logement"], ["Site", "Grasse"], ["Horaires", ""],
    ]  # fmt: skip
    assert run.printed().header == ()


cents = st.integers(0, 10**10).map(lambda one: Decimal(one) / 100)
rows = st.lists(st.tuples(st.sampled_from("abcd"), cents, cents, st.booleans()), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@given(rows)
def test_sub_totals_always_add_up_to_the_total(found: list[tuple[str, Decimal, Decimal, bool]]) -> None:
    lines = "".join(
        f'      - {{g: {group}, a: "{one} €", b: "{two} €"{", hors_total: oui" if out else ""}}}\n'
        for group, one, two, out in found
    )
    table = (
        f"tableaux:\n  t:\n    lignes:\n{lines}    grouper: g\n    sous_total: S\n    total: T\n    colonnes:\n"
        "      - {lettre: A, titre: A, valeur: a, type: montant, total: oui}\n"
        "      - {lettre: B, titre: B, valeur: b, type: montant, total: oui}\n"
        "      - {lettre: F, titre: F, calcul: A + B, total: oui}\n"
    )
    with TemporaryDirectory() as folder:
        run = run_in(
            Path(folder), {"conventions/acte.yaml": f"{ACT}{table}annexes: [{{id: a, titre: T, tableau: t}}]\n"}
        )
        made = run.table()
    assert run.codes == []
    for letter in "ABF":
        total = made.totals[letter]
        assert isinstance(total, Amount)
        parts = [group[letter] for group in made.subtotals.values()]
        assert sum((one.value for one in parts if isinstance(one, Amount)), Decimal()) == total.value
    counted = [one + two for _, one, two, out in found if not out]
    assert made.totals["F"].value == sum(counted, Decimal())  # type: ignore[union-attr]
