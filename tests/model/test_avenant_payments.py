"""Payments when the sum changes: what is paid stays, the difference is a complement or goes to the balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convgen.acte.nodes import Acte
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.avenant import PaymentsChange, ResolvedAvenant, resolve_avenant
from convgen.model.resolved import ResolvedAct
from convgen.model.values import ScheduleValue
from convgen.workspace import Workspace
from convgen.write.text import write_text

Made = Callable[[dict[str, str]], Workspace]
TODAY = date(2024, 6, 1)

CONVENTION = """\
convention: c
objet: l'accueil
etat: {signe: 2024-01-15}
parties:
  departement: {organisme: defaut, representant: president}
  travail: {organisme: travail}
donnees:
  subvention: 870 000 €
  echeancier:
    base: subvention
    versements:
      acompte: {montant: 80 %, quand: dès la notification}
      solde: {montant: 20 %, quand: au vu du bilan}
articles:
  - {id: finances, titre: Finances, texte: "{{ echeancier | liste }}"}
"""
HEAD = "modifie: c\nnumero: 1\n"
RISE = "modifications: {donnees: {subvention: 925 400 €}}\n"
PAID = "versements_effectues: {acompte: 2024-06-28}\n"


def attempt(made: Made, text: str, convention: str = CONVENTION) -> tuple[ResolvedAvenant | None, Report]:
    report = Report()
    files = {"conventions/c.yaml": convention, "conventions/avenants/a.yaml": f"avenant: a\n{HEAD}{text}"}
    return resolve_avenant(made(files), "a", TODAY, report), report


def resolved(made: Made, text: str, convention: str = CONVENTION) -> ResolvedAvenant:
    found, report = attempt(made, text, convention)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    return found


def schedule(act: ResolvedAct, key: str = "echeancier") -> ScheduleValue:
    value = act.data[key]
    assert isinstance(value, ScheduleValue)
    return value


def amounts(act: ResolvedAct) -> list[tuple[str, int]]:
    return [(one.id, int(one.amount)) for one in schedule(act).payments]


def refusal(made: Made, text: str, convention: str = CONVENTION) -> tuple[str, str]:
    _, report = attempt(made, text, convention)
    assert [one.code for one in report] == ["AVE-17"], [str(one) for one in report]
    return report.errors[0].message.replace("\u00a0", " ").replace("\u202f", " "), report.errors[0].remedy


def lines(act: ResolvedAct) -> list[str]:
    report = Report()
    acte = compose(act, report)
    assert isinstance(acte, Acte), [str(one) for one in report]
    text = write_text(acte).replace("\u00a0", " ").replace("\u202f", " ")
    return [line.strip(" -–") for line in text.splitlines() if "€" in line]


def test_what_is_paid_stays_and_the_difference_is_paid_on_signature(made: Made) -> None:
    found = resolved(made, f"{PAID}reliquat: complement\n{RISE}")
    assert amounts(found.base) == [("acompte", 696000), ("solde", 174000)]
    assert amounts(found.new) == [("acompte", 696000), ("complement", 55400), ("solde", 174000)]
    paid, complement, balance = schedule(found.new).payments
    assert (paid.rate, paid.share, paid.paid) == (None, None, date(2024, 6, 28))
    assert complement.when is not None
    assert complement.when.text == "à la signature de l'avenant n° 1"
    assert (balance.rate, balance.share) == (None, Decimal("18.80"))
    change = found.payments[0]
    assert isinstance(change, PaymentsChange)
    assert (change.key, change.paid, change.balance, change.complement) == ("echeancier", ("acompte",), "", complement)
    assert change.divides == "subvention"
    assert (change.before.base, change.after.base) == (Decimal(870000), Decimal(925400))


def test_the_printed_schedule_says_what_is_paid_and_what_remains(made: Made) -> None:
    paid, complement, balance = lines(resolved(made, f"{PAID}{RISE}").new)
    assert paid.startswith("un acompte de 696 000 €")
    assert paid.endswith("dès la notification, versé le 28 juin 2024 ;")
    assert complement.startswith("un complément de 55 400 €")
    assert complement.endswith("à la signature de l’avenant n° 1 ;")
    assert balance.startswith("le solde de 18,80 %, soit 174 000 €")


def test_the_difference_may_go_to_the_balance(made: Made) -> None:
    found = resolved(made, f"{PAID}reliquat: solde\n{RISE}")
    assert amounts(found.new) == [("acompte", 696000), ("solde", 229400)]
    assert schedule(found.new).payments[1].share == Decimal("24.79")
    assert (found.payments[0].balance, found.payments[0].complement) == ("solde", None)


def test_a_payment_already_dated_in_the_convention_is_kept_too(made: Made) -> None:
    convention = CONVENTION.replace("dès la notification}", "dès la notification, verse: 2024-02-01}")
    found = resolved(made, RISE, convention)
    assert amounts(found.new) == [("acompte", 696000), ("complement", 55400), ("solde", 174000)]


def test_a_smaller_sum_lowers_the_balance(made: Made) -> None:
    found = resolved(made, f"{PAID}modifications: {{donnees: {{subvention: 800 000 €}}}}\n")
    assert amounts(found.new) == [("acompte", 696000), ("solde", 104000)]
    nothing = resolved(made, f"{PAID}modifications: {{donnees: {{subvention: 696 000 €}}}}\n")
    assert amounts(nothing.new) == [("acompte", 696000), ("solde", 0)]


def test_less_than_what_is_paid_asks_for_a_repayment(made: Made) -> None:
    message, remedy = refusal(made, f"{PAID}modifications: {{donnees: {{subvention: 600 000 €}}}}\n")
    assert "dépasse" in message
    assert "96 000 €" in message
    assert "trop-percu" in remedy


def test_a_balance_that_takes_the_rest_still_does(made: Made) -> None:
    convention = CONVENTION.replace("montant: 20 %", "montant: le reste")
    found = resolved(made, f"{PAID}{RISE}", convention)
    assert amounts(found.new) == [("acompte", 696000), ("complement", 55400), ("solde", 174000)]
    assert schedule(found.new).payments[2].share is None, "no share was printed before: none is now"


def test_nothing_paid_and_nothing_asked_shares_the_new_sum(made: Made) -> None:
    found = resolved(made, RISE)
    assert amounts(found.new) == [("acompte", 740320), ("solde", 185080)]
    assert found.payments == ()


def test_a_share_changes_and_its_condition_stays(made: Made) -> None:
    change = "modifications: {donnees: {echeancier: {versements: {acompte: 60 %, solde: 40 %}}}}\n"
    found = resolved(made, change)
    assert amounts(found.new) == [("acompte", 522000), ("solde", 348000)]
    assert [one.when.text for one in schedule(found.new).payments if one.when] == [
        "dès la notification",
        "au vu du bilan",
    ]


def test_a_complement_may_be_asked_before_any_payment(made: Made) -> None:
    found = resolved(made, f"reliquat: complement\n{RISE}")
    assert amounts(found.new) == [("acompte", 696000), ("complement", 55400), ("solde", 174000)]


def test_the_avenant_may_type_its_complement(made: Made) -> None:
    text = """\
modifications:
  donnees:
    subvention: 925 400 €
    echeancier:
      versements:
        complement: {montant: le complément, quand: avant le 1er juillet}
"""
    found = resolved(made, PAID + text)
    assert amounts(found.new) == [("acompte", 696000), ("solde", 174000), ("complement", 55400)]
    half = resolved(made, PAID + text.replace("le complément", "30 000 €"))
    assert amounts(half.new) == [("acompte", 696000), ("solde", 199400), ("complement", 30000)]


def test_an_amount_paid_may_be_checked(made: Made) -> None:
    good = "versements_effectues: {acompte: {date: 2024-06-28, montant: 696 000 €}}\n"
    assert amounts(resolved(made, good + RISE).new)[0] == ("acompte", 696000)
    message, _ = refusal(made, good.replace("696", "690") + RISE)
    assert message == "le versement « acompte » est de 696 000 € dans la convention, et non de 690 000 €"


@pytest.mark.parametrize("typed", ["750 000 €", "{montant: 81 %}"])
def test_a_payment_made_is_not_amended(made: Made, typed: str) -> None:
    change = f"modifications: {{donnees: {{echeancier: {{versements: {{acompte: {typed}}}}}}}}}\n"
    message, _ = refusal(made, PAID + change)
    assert message == "le versement « acompte » de 696 000 € est déjà effectué : il ne se modifie pas"


def test_a_whole_new_version_keeps_what_is_paid(made: Made) -> None:
    name = "conventions/avenants/nouvelles/c.yaml"
    text = f"avenant: a\n{HEAD}{PAID}nouvelle: {name}\n"
    for typed, refused in (("80 %", True), ("696 000 €", False)):
        new = CONVENTION.replace("870 000 €", "925 400 €").replace("80 %", typed).replace("20 %", "le reste")
        report = Report()
        files = {"conventions/c.yaml": CONVENTION, name: new, "conventions/avenants/a.yaml": text}
        resolve_avenant(made(files), "a", TODAY, report)
        assert [one.code for one in report] == ["AVE-17"] * refused, [str(one) for one in report]


def test_an_unknown_payment_is_refused(made: Made) -> None:
    message, remedy = refusal(made, f"versements_effectues: {{accompte: 2024-06-28}}\n{RISE}")
    assert message == "versement inconnu : « accompte »"
    assert "acompte" in remedy


def test_everything_paid_leaves_no_balance(made: Made) -> None:
    paid = "versements_effectues: {acompte: 2024-06-28, solde: 2024-12-01}\n"
    assert amounts(resolved(made, paid + RISE).new) == [("acompte", 696000), ("solde", 174000), ("complement", 55400)]
    message, _ = refusal(made, f"{paid}reliquat: solde\n{RISE}")
    assert "n'a plus de solde" in message


def test_two_schedules_are_told_apart(made: Made) -> None:
    other = """\
  autre:
    base: subvention
    versements: {acompte: 50 %, solde: 50 %}
articles:"""
    convention = CONVENTION.replace("articles:", other)
    message, remedy = refusal(made, PAID + RISE, convention)
    assert "plusieurs échéanciers" in message
    assert "echeancier.acompte" in remedy
    found = resolved(made, PAID.replace("acompte", "autre.acompte") + RISE, convention)
    assert [one.key for one in found.payments] == ["autre"]


def test_a_schedule_of_a_group_is_kept_too(made: Made) -> None:
    convention = """\
convention: c
objet: l'accueil
parties: {departement: {organisme: defaut, representant: president}, travail: {organisme: travail}}
donnees:
  volets:
    v1: {montant: 100 €, versements: {base: montant, versements: {acompte: 40 %, solde: le reste}}}
    v2: {montant: 200 €, versements: {base: montant, versements: {acompte: 40 %, solde: le reste}}}
articles:
  - {id: finances, titre: Finances, texte: x}
"""
    text = "versements_effectues: {volets.v1.versements.acompte: 2024-06-28}\n"
    found = resolved(made, f"{text}modifications: {{donnees: {{volets: {{v1: {{montant: 130 €}}}}}}}}\n", convention)
    assert [one.key for one in found.payments] == ["volets.v1.versements"]
    assert found.payments[0].divides == "volets.v1.montant"
    assert [(one.id, int(one.amount)) for one in found.payments[0].after.payments] == [
        ("acompte", 40),
        ("complement", 30),
        ("solde", 60),
    ]


def test_the_next_avenant_keeps_the_complement(made: Made) -> None:
    report = Report()
    second = (
        "avenant: b\nmodifie: c\nnumero: 2\nversements_effectues: {complement: 2024-09-01}\n"
        "modifications: {donnees: {subvention: 1 000 000 €}}\n"
    )
    files = {
        "conventions/c.yaml": CONVENTION,
        "conventions/avenants/a.yaml": f"avenant: a\n{HEAD}{PAID}{RISE}",
        "conventions/avenants/b.yaml": second,
    }
    found = resolve_avenant(made(files), "b", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    assert amounts(found.new) == [
        ("acompte", 696000),
        ("complement", 55400),
        ("complement-2", 74600),
        ("solde", 174000),
    ]
    assert lines(found.new)[2].endswith("à la signature de l’avenant n° 2 ;")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.integers(1000, 10**8),
    share=st.integers(1, 98),
    after=st.integers(1000, 2 * 10**8),
    policy=st.sampled_from(["complement", "solde"]),
)
def test_payments_always_make_the_new_sum(made: Made, before: int, share: int, after: int, policy: str) -> None:
    old, new = (f"{cents // 100},{cents % 100:02} €" for cents in (before, after))
    shares = CONVENTION.replace("acompte: {montant: 80 %", f"acompte: {{montant: {share} %")
    shares = shares.replace("solde: {montant: 20 %", f"solde: {{montant: {100 - share} %")
    convention = shares.replace("870 000 €", old)
    text = f"{PAID}reliquat: {policy}\nmodifications:\n  donnees:\n    subvention: {new}\n"
    found, report = attempt(made, text, convention)
    assert found is not None
    kept = schedule(found.base).payments[0].amount
    if Decimal(after) / 100 < kept:
        assert [one.code for one in report.errors] == ["AVE-17"] or any(one.code == "AVE-17" for one in report)
        return
    assert not list(report), [str(one) for one in report]
    payments = schedule(found.new).payments
    assert sum(one.amount for one in payments) == Decimal(after) / 100
    assert payments[0].amount == kept
    assert all(one.amount >= 0 for one in payments)
