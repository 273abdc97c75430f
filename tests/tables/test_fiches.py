"""One dataset: the fiches, the list of titles, the tables and the amounts of the act; its mistakes are refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from table_acts import ACT, Run, run_in, tables_of, words_of

from convgen.acte.nodes import Block, Division, ListBlock, Paragraph
from convgen.acte.runs import plain_text

JEU = """\
jeu: actions
exercices: [2024, 2025]
exercice: 2024
financeurs:
  etat: {nom: l'État}
  departement: {nom: le Département}
  caf: {nom: la CAF, autre: oui}
  fse: {nom: le FSE, autre: oui}
axes:
  enfance: {numero: 1, titre: Enfance}
  droits: {numero: 3, titre: Accès aux droits}
  vide: {numero: 4, titre: Transition}
fiche:
  rubriques:
    description: Description de l'action
    calendrier: Calendrier
    duree: Durée de l'action
    budget: Budget détaillé
    indicateurs: Objectifs
  vide: masquer
fiches:
  logement:
    axe: droits
    titre: Équipe logement
    description: |
      **Objectif** : loger mieux.

      - accueillir ;
      - accompagner.
    budget:
      2024:
        recettes: {etat: 15 000 €, departement: 15 000 €, caf: 50 000 €, fse: 42 500 €}
        depenses: {Personnel: 122 500 €}
  garde:
    axe: enfance
    theme: Parentalité
    titre: Garde d'enfants
    calendrier:
      2024:
        - {tache: Étude, montant: 40 000 €}
      2025: [Appel à projets]
    duree: à compléter (la durée)
    budget:
      2024:
        recettes: {etat: 3 750 €, departement: 3 750 €}
        depenses: {Formation: 7 500 €}
    indicateurs:
      tuteurs: {nom: Tuteurs formés, depart: 0, cibles: {2024: 10, 2025: sans}}
      retours: {nom: Retours, nature: qualitatif}
verifier:
  - pour: f dans fiches
    regle: f.budget[exercice].recettes.departement >= 50 % * f.budget[exercice].recettes.etat
    sinon: "fiche {{ f.numero }} : le Département apporte trop peu"
"""
DEF = """\
jeu: actions
donnees:
  annuel: {type: montant, calcul: tableau.financier.total.A}
articles:
  - id: montant
    titre: Montant
    texte: |
      {{ annuel }}, axes {{ jeu.axes | titres | et }} en {{ jeu.exercice }} ;
      {{ tableau.financier.sous_total['vide'].A }}.
annexes:
  - {id: fiches, titre: Fiches, fiches: jeu}
  - {id: financier, titre: Tableau financier, tableau: financier}
  - {id: suivi, titre: Suivi, tableau: suivi}
tableaux:
  financier:
    lignes: fiches
    grouper: {par: axe, titre: "Axe {{ axe.numero }}"}
    colonnes:
      - {titre: Axe, groupe: oui}
      - {titre: N°, valeur: numero}
      - {lettre: A, titre: État, valeur: "budget[exercice].recettes.etat", total: oui}
      - {lettre: C, titre: Autres, valeur: "somme(autres(budget[exercice].recettes))", nommer: autres, total: oui}
    sous_total: Sous-total
    total: Total
  suivi:
    lignes: fiches.indicateurs
    sauf: nature = qualitatif
    colonnes:
      - {titre: Action, valeur: "{{ fiche.titre }}", fusionner: oui}
      - {titre: Indicateur, valeur: nom}
      - pour: annee dans exercices
        colonnes: [{titre: "{{ annee }}", valeur: "cibles[annee]"}]
"""


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Run]:
    def make(jeu: str = JEU, act: str = DEF) -> Run:
        return run_in(tmp_path, {"conventions/acte.yaml": ACT + act, "conventions/jeux/actions.yaml": jeu})

    return make


def lines(blocks: tuple[Block, ...]) -> list[str]:
    out: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                out.append(plain_text(block.inlines))
            case ListBlock():
                out += [f"- {line}" for item in block.items for line in lines(item.blocks)]
            case Division():
                label = block.number.label if block.number is not None else ""
                out.append(f"# {label} | {plain_text(block.title)}")
                out += lines(block.blocks)
            case _:
                out.append(type(block).__name__)
    return [line.replace("\u202f", " ").replace("\u00a0", " ") for line in out]


def test_one_dataset_gives_the_list_then_the_fiches(made: Callable[..., Run]) -> None:
    run = made()
    assert run.acte is not None, run.words
    assert lines(run.acte.annexes[0].blocks) == [
        "Axe 1 : Enfance",
        "- Fiche action 2 : Garde d’enfants",
        "Axe 3 : Accès aux droits",
        "- Fiche action 1 : Équipe logement",
        "# Axe 1 | Enfance",
        "Parentalité",
        "# Fiche action 2 | Garde d’enfants",
        "Calendrier",
        "- 2024 :",
        "- - Étude : 40 000 €",
        "- 2025 :",
        "- - Appel à projets",
        "Durée de l’action",
        "[la durée à compléter]",
        "Budget détaillé",
        "Table",
        "Objectifs",
        "Table",
        "# Axe 3 | Accès aux droits",
        "# Fiche action 1 | Équipe logement",
        "Description de l’action",
        "Objectif : loger mieux.",
        "- accueillir ;",
        "- accompagner.",
        "Budget détaillé",
        "Table",
    ]


def test_the_same_data_make_the_tables_and_the_amounts(made: Callable[..., Run]) -> None:
    run = made()
    assert run.acte is not None, run.words
    _, financial, follow_up = run.acte.annexes
    rows = [[words_of(cell) for cell in row.cells] for row in next(tables_of(financial.blocks)).rows]
    assert rows == [
        ["Axe 1", "2", "3 750 €", "0 €"], ["Sous-total", "3 750 €", "0 €"],
        ["Axe 3", "1", "15 000 €", "50 000 € (CAF)\n42 500 € (FSE)"], ["Sous-total", "15 000 €", "92 500 €"],
        ["Total", "18 750 €", "92 500 €"],
    ]  # fmt: skip
    rows = [[words_of(cell) for cell in row.cells] for row in next(tables_of(follow_up.blocks)).rows]
    assert rows == [["Garde d’enfants", "Tuteurs formés", "10", "/"]]
    text = lines(run.acte.zones[0].blocks)[1]
    assert text == "18 750 €, axes Enfance, Accès aux droits et Transition en 2024 ; 0 €."


def test_the_budget_of_a_fiche_prints_both_sides(made: Callable[..., Run]) -> None:
    run = made()
    assert run.acte is not None, run.words
    budgets = list(tables_of(run.acte.annexes[0].blocks))
    rows = [[words_of(cell) for cell in row.cells] for row in budgets[0].rows]
    assert rows == [
        ["L’État", "3 750 €", "Formation", "7 500 €"], ["Le Département", "3 750 €", "", ""],
        ["Total", "7 500 €", "Total", "7 500 €"],
    ]  # fmt: skip
    assert words_of(budgets[0].header[0].cells[0]) == "Recettes prévisionnelles 2024"
    indicators = [[words_of(cell) for cell in row.cells] for row in budgets[1].rows]
    assert indicators == [["Tuteurs formés", "0", "10", "/"], ["Retours", "", "", ""]]


def test_a_financer_forgotten_in_a_total_given_by_hand_is_refused(made: Callable[..., Run]) -> None:
    act = DEF.replace("    total: Total\n", "    total: Total\n    sous_totaux: {droits: {C: 50 000 €}}\n")
    run = made(act=act)
    assert run.codes == ["DON-12"]
    assert "50 000 €" in run.words and "92 500 €" in run.words and "42 500 €" in run.words


def test_a_total_of_half_the_budget_is_refused(made: Callable[..., Run]) -> None:
    run = made(JEU.replace("depenses: {Formation: 7 500 €}", "depenses: {Formation: 7 500 €}\n        total: 3 750 €"))
    assert run.codes == ["DON-12"]
    assert "3 750 €" in run.words and "7 500 €" in run.words


def test_a_budget_that_does_not_balance_is_refused_even_without_a_rule(made: Callable[..., Run]) -> None:
    run = made(JEU.replace("{Formation: 7 500 €}", "{Formation: 3 750 €}"))
    assert run.codes == ["DON-13"]
    assert "conventions/jeux/actions.yaml" in run.words and "3 750 €" in run.words


def test_a_rule_of_the_jurist_speaks_with_his_words_and_points_to_the_fiche(made: Callable[..., Run]) -> None:
    run = made(JEU.replace("etat: 3 750 €, departement: 3 750 €", "etat: 5 750 €, departement: 1 750 €"))
    assert run.codes == ["DON-13"]
    assert "Fiche 2 : le Département apporte trop peu" in run.words
    place = run.report.errors[0].place
    assert place is not None and place.file == "conventions/jeux/actions.yaml" and place.line > 30


def test_a_rule_may_only_warn(made: Callable[..., Run]) -> None:
    jeu = JEU.replace("etat: 3 750 €, departement: 3 750 €", "etat: 5 750 €, departement: 1 750 €")
    run = made(jeu + "    gravite: avertissement\n")
    assert run.codes == []
    assert [one.code for one in run.report.warnings] == ["DON-13"]


def test_a_rule_that_reads_a_name_no_fiche_has_is_refused(made: Callable[..., Run]) -> None:
    run = made(JEU.replace("f.budget[exercice].recettes.departement >=", "f.buget[exercice].recettes.departement >="))
    assert run.codes == ["DON-10"]


def test_an_absent_rubrique_is_hidden_blank_or_said(made: Callable[..., Run]) -> None:
    run = made(JEU.replace("vide: masquer", "vide: blanc"))
    assert run.acte is not None
    assert "[Description de l'action à compléter]" in [
        one.replace("’", "'") for one in lines(run.acte.annexes[0].blocks)
    ]
    run = made(JEU.replace("vide: masquer", "vide: Sans objet"))
    assert run.acte is not None
    assert lines(run.acte.annexes[0].blocks).count("Sans objet") == 4


def test_an_axe_that_does_not_exist_is_refused_with_the_nearest(made: Callable[..., Run]) -> None:
    run = made(JEU.replace("axe: droits", "axe: drois"))
    assert "DEF-04" in run.codes
    assert "Vouliez-vous dire « droits »" in run.words


def test_fiches_may_be_chosen_and_sorted(made: Callable[..., Run]) -> None:
    act = DEF.replace("fiches: jeu}", "fiches: jeu, choisir: axe.numero = 3, sommaire: non}")
    run = made(act=act)
    assert run.acte is not None, run.words
    found = [line for line in lines(run.acte.annexes[0].blocks) if line.startswith("#")]
    assert found == ["# Axe 3 | Accès aux droits", "# Fiche action 1 | Équipe logement"]


def test_an_unknown_jeu_and_an_act_without_jeu_are_refused(made: Callable[..., Run]) -> None:
    run = made(act=DEF.replace("jeu: actions", "jeu: action"))
    assert "DEF-22" in run.codes and "actions" in run.words
    run = made(act="annexes:\n  - {id: fiches, titre: Fiches, fiches: jeu}\n")
    assert run.codes == ["DEF-22"]


def test_an_unknown_table_of_an_annexe_is_refused(made: Callable[..., Run]) -> None:
    run = made(act=DEF.replace("tableau: suivi}", "tableau: suivis}"))
    assert run.codes == ["DEF-23"]
    assert "Vouliez-vous dire « suivi »" in run.words


def test_a_jeu_to_be_chosen_leaves_blanks(made: Callable[..., Run]) -> None:
    run = made(act="jeu: à compléter\ndonnees:\n  annuel: {type: montant, calcul: tableau.financier.total.A}\n")
    assert run.codes == []
    assert run.resolved is not None and type(run.resolved.data["annuel"]).__name__ == "Unknown"


def test_work_grows_with_the_number_of_fiches_only(made: Callable[..., Run]) -> None:
    import cProfile
    import pstats

    def calls(count: int) -> int:
        """How many functions are called: unlike a time, it is the same on every machine."""
        fiche = JEU[JEU.index("  logement:") : JEU.index("  garde:")]
        many = JEU.replace(fiche, "".join(fiche.replace("logement:", f"l{rank}:", 1) for rank in range(count)))
        assert made(many).codes == []
        profile = cProfile.Profile()
        profile.runcall(made, many)
        return int(pstats.Stats(profile).total_calls)

    calls(10)
    few, more = calls(20), calls(80)
    assert more < few * 4 * 1.5


def test_the_total_of_many_fiches_is_exact(made: Callable[..., Run]) -> None:
    fiche = JEU[JEU.index("  logement:") : JEU.index("  garde:")].replace("15 000 €", '"15 000,01 €"', 1)
    fiche = fiche.replace("122 500 €", '"122 500,01 €"')
    many = "".join(fiche.replace("logement:", f"l{rank}:", 1) for rank in range(30))
    run = made(JEU.replace(JEU[JEU.index("  logement:") : JEU.index("  garde:")], many).partition("verifier:")[0])
    assert run.codes == [], run.words
    assert run.table("financier").totals["A"].value == Decimal("15000.01") * 30 + 3750  # type: ignore[union-attr]
