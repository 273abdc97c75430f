"""The data of an act: typed, completed, computed, verified, every problem at its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from convgen.errors import Place, Report
from convgen.french.dates import Duration
from convgen.model.data import (
    Facts,
    Rule,
    Scope,
    bind_value,
    check_rules,
    compute_data,
    evaluate_condition,
    read_declarations,
)
from convgen.model.values import (
    Absent,
    Amount,
    BooleanValue,
    ChoiceValue,
    DataValue,
    DateValue,
    Deferred,
    DurationValue,
    GroupItem,
    GroupValue,
    ImputationValue,
    ListValue,
    NumberValue,
    Percentage,
    PeriodValue,
    PersonValue,
    ScheduleValue,
    TextValue,
    ToFill,
    Unknown,
    YearlyValue,
)
from convgen.source.yaml import MappingNode, load_yaml

FACTS = Facts((2024, 2025), {"duree": {"fin": date(2025, 12, 31)}, "cocontractant": {"type": "association"}})


def mapping(text: str) -> MappingNode:
    report = Report()
    node = load_yaml(text, "f.yaml", report)
    assert not report.diagnostics, [str(one) for one in report]
    assert isinstance(node, MappingNode)
    return node


def compute(given: str, declared: str = "", facts: Facts = FACTS) -> tuple[dict[str, DataValue], Report]:
    report = Report()
    declarations = read_declarations(mapping(declared) if declared else None, report)
    data = compute_data(declarations, mapping(given) if given else None, facts, report)
    return data, report


def good(given: str, declared: str = "") -> dict[str, DataValue]:
    data, report = compute(given, declared)
    assert not report.diagnostics, [str(one) for one in report]
    return data


def money(key: str, value: str) -> Amount:
    return Amount(key, Decimal(value))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("300 000 €", money("x", "300000")),
        ("586 512,80 euros", money("x", "586512.80")),
        ("0,2049 €", Amount("x", Decimal("0.2049"), unit_price=True)),
        ("18,80 %", Percentage("x", Decimal("18.80"), 2)),
        ("2024-06-01", DateValue("x", date(2024, 6, 1))),
        ("1er juin 2024", DateValue("x", date(2024, 6, 1))),
        ("2024-01-01 au 2024-12-31", PeriodValue("x", date(2024, 1, 1), date(2024, 12, 31))),
        ("30 jours calendaires", DurationValue("x", Duration(days=30, kind="calendaires"))),
        ("84 934", NumberValue("x", Decimal(84934))),
        ("500", NumberValue("x", Decimal(500))),
        ("oui", BooleanValue("x", True)),
        ("à compléter (le montant)", Unknown("x", "le montant")),
        ("à compléter", Unknown("x")),
        ("inconnu", Unknown("x")),
        ("sans", Absent("x")),
        ("par avenant", Deferred("x")),
        ("{remplir: oui}", ToFill("x")),
        ("= 2 * 3 €", money("x", "6")),
        ("= duree.fin + jours(1)", DateValue("x", date(2026, 1, 1))),
        ("= exercices.premiere", NumberValue("x", Decimal(2024))),
    ],
)
def test_a_datum_that_nobody_declared_is_typed_by_its_look(typed: str, expected: DataValue) -> None:
    assert good(f"x: {typed}")["x"] == expected


@pytest.mark.parametrize(
    "typed", ["01100", "un texte", "'300 €'", '"sans"', "04 97 18 60 00", '"2024-13-01"', "2024-13", "|\n  oui\n"]
)
def test_anything_else_is_a_text(typed: str) -> None:
    assert isinstance(good(f"x: {typed}")["x"], TextValue)


@pytest.mark.parametrize("typed", ["2024-13-01", "2027-02-31", "31/02/2027", "31 Février 2027"])
def test_what_has_the_shape_of_a_day_and_is_none_is_a_wrong_date(typed: str) -> None:
    (one,) = compute(f"x: {typed}")[1]
    assert one.code == "DON-04"


def test_blocks_are_known_by_their_keys() -> None:
    data = good(
        "p: {civilite: Mme, prenom: A, nom: B, qualite: directrice}\n"
        "i: {programme: 102, sous_action: 01}\n"
        "l: [1 €, 2 €]\n"
        "g:\n  a: {montant: 1 €}\n  b: {montant: 2 €}\n"
        "s: {places: 12}\n"
        "y: {2024: 1 €, 2025: par avenant}\n"
        "t: = somme(g.montant) + s.places * 1 € + y.premiere + somme(l)\n"
    )
    assert data["p"] == PersonValue("p", "Mme", "A", "B", "directrice")
    assert data["i"] == ImputationValue("i", (("Programme", "102"), ("Sous-action", "01")))
    assert isinstance(data["l"], ListValue)
    assert isinstance(data["g"], GroupValue)
    assert isinstance(data["s"], GroupItem)
    assert isinstance(data["y"], YearlyValue)
    assert data["t"] == money("t", "19")


def test_a_declared_datum_that_nobody_gives() -> None:
    data = good(
        "", "a: {type: montant, libelle: Le coût}\nb: {type: durée, defaut: 3 ans}\nc: {type: texte, defaut: sans}"
    )
    assert data == {
        "a": Unknown("a", "Le coût"),
        "b": DurationValue("b", Duration(years=3)),
        "c": Absent("c"),
    }


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("montant", "beaucoup", "DON-01"),
        ("montant", "1,555 €", "DON-02"),
        ("montant", "-5 €", "DON-03"),
        ("date", "2024-02-30", "DON-04"),
        ("durée", "longtemps", "DON-05"),
        ("pourcentage", "40", "DON-06"),
        ("nombre", "douze", "DON-07"),
        ("période", "2024-12-31 au 2024-01-01", "DON-08"),
        ("oui/non", "peut-être", "DEF-04"),
        ("montant", "[1, 2]", "DEF-03"),
        ("montant", "{b: {c: d}}", "DEF-03"),
        ("montant", "= 1 + 2", "DON-18"),
        ("montant", "= 10 € / 3", "DON-19"),
        ("montant", "= 1 € / 8", "DON-19"),
        ("nombre", "= 10 / 3", "DON-19"),
        ("montant", "= 1 € - 2 €", "DON-03"),
        ("montant", "= 1 €  +", "DON-09"),
        ("montant", "= tarf * 2", "DON-10"),
        ("montant", "", "DEF-03"),
    ],
)
def test_a_wrong_value_is_said_at_its_place_and_path(kind: str, typed: str, code: str) -> None:
    data, report = compute(f"x: {typed}", f"x: {{type: {kind}}}")
    assert [one.code for one in report] == [code], [str(one) for one in report]
    assert report.diagnostics[0].path == "donnees.x"
    assert report.diagnostics[0].place is not None
    assert report.diagnostics[0].place.line == 1
    assert isinstance(data["x"], Unknown)


def test_a_blank_without_a_hint_takes_the_label() -> None:
    data = good(
        "a: à compléter\nb: à compléter (l'autre)",
        "a: {type: date, libelle: Le jour}\nb: {type: date, libelle: Le jour}",
    )
    assert data == {"a": Unknown("a", "Le jour"), "b": Unknown("b", "l'autre")}


def test_the_declared_precision_of_a_percentage() -> None:
    declared = "p: {type: pourcentage, decimales: 1}"
    assert good("p: 40 %", declared)["p"] == Percentage("p", Decimal(40), 1)
    assert [one.code for one in compute("p: 40,25 %", declared)[1]] == ["DON-06"]


def test_the_following_exercices() -> None:
    data = good("s: {2024: 1 €, 2025: 2 €}\na: = somme(s.suivantes)\nb: = somme(exercices.suivantes)\nc: = somme(s)")
    assert [data["a"], data["b"], data["c"]] == [money("a", "2"), NumberValue("b", Decimal(2025)), money("c", "3")]


def test_every_problem_is_said_in_one_run() -> None:
    _, report = compute("a: x\nb: y\nc: = d\n", "a: {type: montant}\nb: {type: date}")
    assert [one.code for one in report] == ["DON-01", "DON-04", "DON-10"]


def test_rate_by_subscribers_is_given_and_verified() -> None:
    text = "tarif: 0,2049 €\nabonnes: 84 934\nc: {{calcul: tarif * abonnes, arrondi: euro inférieur, donne: {}}}"
    assert good(text.format("17 402 €"))["c"] == money("c", "17402")
    data, report = compute(text.format("17 403 €"))
    (one,) = report
    assert one.code == "DON-12"
    assert "17\u202f403" in one.message
    assert "17\u202f402" in one.message
    assert one.path == "donnees.c"
    assert data["c"] == money("c", "17403")


def test_a_total_may_be_given_and_is_then_verified() -> None:
    declared = "a: {type: montant}\nt: {type: montant, calcul: a + 1 €, verifie: oui}"
    assert good("a: 2 €", declared)["t"] == money("t", "3")
    assert good("a: 2 €\nt: 3 €", declared)["t"] == money("t", "3")
    assert [one.code for one in compute("a: 2 €\nt: 4 €", declared)[1]] == ["DON-12"]
    assert good("t: 4 €", declared)["t"] == money("t", "4")


def test_a_blank_makes_what_follows_a_blank() -> None:
    data = good("a: à compléter (le coût)\nb: = a * 2")
    assert isinstance(data["b"], Unknown)
    assert data["b"].key == "b"


def test_a_ratio_is_rounded_to_a_percentage() -> None:
    assert good("t: {calcul: 461 / 1159, arrondi: 1 %}")["t"] == Percentage("t", Decimal(40), 0)
    assert good("t: {calcul: 461 / 1159, arrondi: '0,01 %'}")["t"] == Percentage("t", Decimal("39.78"), 2)


@pytest.mark.parametrize(
    ("text", "cycle"),
    [("a: = b + 1\nb: = a", "a → b → a"), ("a: = a", "a → a"), ("a: = b\nb: = c\nc: = b", "b → c → b"),
     ("g:\n  v: {x: = g.w.x}\n  w: {x: = g.v.x}", "g.v.x → g.w.x → g.v.x")],
)  # fmt: skip
def test_a_circular_calculation_is_said_once(text: str, cycle: str) -> None:
    _, report = compute(text)
    assert [one.code for one in report] == ["DON-11"]
    assert cycle in report.diagnostics[0].message


def test_a_field_may_read_another_of_the_same_group() -> None:
    data = good("g:\n  v: {x: 1 €, y: = x * 2}\n  w: {x: = g.v.y + 1 €}")
    group = data["g"]
    assert isinstance(group, GroupValue)
    assert group.items[1].fields["x"] == money("g.w.x", "3")


def test_values_by_exercice() -> None:
    declared = "s: {type: montant, par: exercice, libelle: Aide}"
    data = good("s: {2024: 300 000 €, 2025: par avenant}", declared)
    assert data["s"] == YearlyValue("s", ((2024, money("s.2024", "300000")), (2025, Deferred("s.2025"))))
    assert good("s: {2025: 1 €}", declared)["s"] == YearlyValue(
        "s", ((2024, Unknown("s.2024", "Aide")), (2025, money("s.2025", "1")))
    )
    assert [one.code for one in compute("s: {2026: 1 €}", declared)[1]] == ["DEF-04"]
    assert [one.code for one in compute("s: 1 €", declared)[1]] == ["DEF-03"]
    one, report = compute("s: 1 €", declared, Facts((2024,)))
    assert not report.diagnostics
    assert one["s"] == YearlyValue("s", ((2024, money("s.2024", "1")),))
    assert good("s: sans", declared)["s"] == Absent("s")


GROUP = """
volets:
  type: groupe
  appellation: le volet
  champs:
    titre: {type: texte}
    montant: {type: montant, libelle: Somme}
    plafond: {type: oui/non, defaut: non}
    imputation: {type: imputation}
  defaut:
    v1: {titre: un}
    v2: {titre: deux}
total: {type: montant, calcul: somme(volets.montant)}
"""


def test_a_group_merges_with_its_default_by_id() -> None:
    data = good(
        "volets:\n  v2: {montant: 2 €, imputation: comme v3}\n  v1: {montant: 1 €, plafond: oui}\n"
        "  v3: {titre: trois, montant: 4 €, imputation: {programme: 102}, note: 5}\n",
        GROUP,
    )
    volets = data["volets"]
    assert isinstance(volets, GroupValue)
    assert [(item.id, item.rank) for item in volets.items] == [("v1", 1), ("v2", 2), ("v3", 3)]
    assert volets.phrase is not None
    assert volets.phrase.noun == "volet"
    first, second, third = (item.fields for item in volets.items)
    assert list(first) == ["titre", "montant", "plafond", "imputation"]
    assert first["plafond"] == BooleanValue("volets.v1.plafond", True)
    assert first["imputation"] == Unknown("volets.v1.imputation")
    assert second["imputation"] == ImputationValue("volets.v2.imputation", (("Programme", "102"),))
    assert third["note"] == NumberValue("volets.v3.note", Decimal(5))
    assert data["total"] == money("total", "7")


def test_an_item_may_be_removed() -> None:
    volets = good("volets: {v1: {retirer: oui}, v2: {montant: 2 €}}", GROUP)["volets"]
    assert isinstance(volets, GroupValue)
    assert [item.id for item in volets.items] == ["v2"]


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ("volets: {v1: {montant: x}}", "DON-01", "donnees.volets.v1.montant"),
        ("volets: {v1: {montan: 1 €}}", "DON-17", "donnees.volets.v1.montan"),
        ("volets: {v1: {imputation: comme v9}}", "DON-10", "donnees.volets.v1.imputation"),
        ("volets: {v1: {imputation: comme v2}, v2: {imputation: comme v1}}", "DON-10", "donnees.volets.v1.imputation"),
    ],
)
def test_a_wrong_field_is_said_with_its_path(given: str, code: str, path: str) -> None:
    _, report = compute(given, GROUP)
    assert (report.diagnostics[0].code, report.diagnostics[0].path) == (code, path)


SCHEDULES = """
bilans:
  type: groupe
  champs:
    volets: {type: liste de, parmi: volets}
    date: {type: date}
echeanciers:
  type: groupe
  champs:
    volets: {type: liste de, parmi: volets}
    versements: {type: versements}
  chaque: {base: somme(volets.montant)}
"""


def test_references_and_schedules_over_some_items() -> None:
    data = good(
        "volets: {v1: {montant: 10 €}, v2: {montant: 20 €}, v3: {titre: x, montant: 40 €}}\n"
        "bilans:\n  b: {volets: [v1, v3], date: = 2024-12-31 + mois(volets.v2.rang + 1)}\n"
        "echeanciers:\n  e:\n    volets: [v1, v3]\n    versements:\n"
        "      a: {montant: 60 %}\n      s: {montant: le reste, avant: = bilans.b.date}\n",
        GROUP + SCHEDULES,
    )
    group = data["echeanciers"]
    assert isinstance(group, GroupValue)
    fields = group.items[0].fields
    listed, schedule = fields["volets"], fields["versements"]
    assert isinstance(listed, ListValue)
    assert listed.of == "volets"
    assert [item.id for item in listed.items if isinstance(item, GroupItem)] == ["v1", "v3"]
    assert isinstance(schedule, ScheduleValue)
    assert schedule.base == 50
    assert [one.amount for one in schedule.payments] == [30, 20]
    assert schedule.payments[1].before == date(2025, 3, 31)


def test_an_unknown_reference_is_said() -> None:
    _, report = compute("volets: {v1: {montant: 1 €}}\nbilans: {b: {volets: [v9]}}", GROUP + SCHEDULES)
    assert [(one.code, one.path) for one in report] == [("DEF-04", "donnees.bilans.b.volets")]


def test_an_echeancier_reads_its_base() -> None:
    declared = (
        "s: {type: montant, par: exercice}\n"
        "e:\n  type: échéancier\n  defaut:\n    base: s.premiere\n    versements: {a: 70 %, b: le reste}"
    )
    schedule = good("s: {2024: 100 €}", declared)["e"]
    assert isinstance(schedule, ScheduleValue)
    assert [one.amount for one in schedule.payments] == [70, 30]
    blank = good("", declared)["e"]
    assert isinstance(blank, ScheduleValue)
    assert not blank.base_known
    other = good("s: {2024: 100 €}\ne: {versements: {a: 10 €, b: 90 €}}", declared)["e"]
    assert isinstance(other, ScheduleValue)
    assert len(other.payments) == 2
    assert [one.code for one in compute("s: {2024: 100 €}\ne: {versements: {a: 10 €}}", declared)[1]] == ["DON-14"]


def test_a_choice_is_one_of_its_keys() -> None:
    declared = "c:\n  type: choix\n  parmi: {nouveau: Nouveau territoire, pilote: Pilote}"
    assert good("c: Nouveau", declared)["c"] == ChoiceValue("c", "nouveau", "Nouveau territoire")
    _, report = compute("c: nouvau", declared)
    assert [one.code for one in report] == ["DEF-04"]
    assert "« nouveau »" in report.diagnostics[0].remedy


def test_a_misspelt_datum_is_a_warning() -> None:
    _, report = compute("subvantion: 1 €", "subvention: {type: montant}")
    assert [one.code for one in report.warnings] == ["DON-17"]
    assert "subvention" in report.warnings[0].remedy


def test_a_wrong_declaration_is_said() -> None:
    _, report = compute("", "a: {type: montan, libele: x}")
    assert [one.code for one in report] == ["DEF-01", "DEF-04"]


def test_rules_say_the_figures() -> None:
    data = good("a: 1 €\nb: 2 €\nt: 4 €\nz: à compléter")
    report = Report()
    place = Place("f.yaml", 9, 3)
    scope = Scope(data, FACTS)
    check_rules([Rule("a + b = t", "le total est faux", place), Rule("a + z = t", "", place)], scope, report)
    (one,) = report
    assert (one.code, one.message, one.place) == ("DON-13", "Le total est faux", place)
    assert "a + b = 3" in one.cause
    assert "t = 4" in one.cause
    check_rules([Rule("a + = t", "x", place), Rule("q = 1", "x", place), Rule("t > a", "x", place)], scope, report)
    assert [one.code for one in report] == ["DON-13", "DON-09", "DON-10"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("si: a > 500 €", True),
        ("si: s", False),
        ("si: {cocontractant.type: [association, fondation]}", True),
        ("si: {cocontractant.type: société}", False),
        ("si: {a: 1 000 €, o: oui}", True),
        ("si: {a: 1 000 €, o: non}", False),
        ("si: {exercices.premiere: 2024}", True),
        ("si: {duree.fin: 2025-12-31}", True),
        ("si: [a > 500 €, o]", True),
        ("si: u > 3", None),
        ("si: {u: 3}", None),
        ("si: qui", None),
    ],
)
def test_conditions(condition: str, expected: bool | None) -> None:
    data = good("a: 1 000 €\ns: sans\no: oui\nu: à compléter")
    report = Report()
    found = evaluate_condition(mapping(condition).get("si"), Scope(data, FACTS), report)
    assert isinstance(found, Unknown) if expected is None else found is expected
    assert [one.code for one in report] == (["DON-10"] if condition == "si: qui" else [])


def test_a_parameter_reads_a_datum_first() -> None:
    data = good("s: {2024: 300 €}\nd: 3 ans")
    scope = Scope(data, FACTS)
    report = Report()
    declared = read_declarations(
        mapping(
            "m: {type: montant, defaut: s.premiere}\np: {type: durée, defaut: 2 mois}\nt: {type: texte, libelle: Le t}"
        ),
        report,
    )
    assert bind_value(declared["m"], None, "m", scope, report) == money("s.2024", "300")
    assert bind_value(declared["m"], mapping("x: 5 €").get("x"), "m", scope, report) == money("m", "5")
    assert bind_value(declared["m"], mapping("x: = s.premiere * 2").get("x"), "m", scope, report) == money("m", "600")
    assert bind_value(declared["p"], None, "p", scope, report) == DurationValue("p", Duration(months=2))
    assert bind_value(declared["t"], None, "t", scope, report) == Unknown("t", "Le t")
    assert bind_value(declared["t"], mapping("x: sans").get("x"), "t", scope, report) == Absent("t")
    assert isinstance(bind_value(declared["t"], mapping("x: 'd'").get("x"), "t", scope, report), TextValue)
    assert not report.diagnostics
    assert isinstance(bind_value(declared["m"], mapping("x: d").get("x"), "m", scope, report, "avec.m"), Unknown)
    assert isinstance(bind_value(declared["m"], mapping("x: s.2030").get("x"), "m", scope, report, "avec.m"), Unknown)
    assert [(one.code, one.path) for one in report] == [("DEF-03", "avec.m"), ("DON-10", "avec.m")]
