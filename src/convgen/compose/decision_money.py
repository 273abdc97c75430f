"""« sans incidence financière » is said of no avenant that changes what it costs (DEL-14)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from convgen.compose.amended_terms import changed_amounts, money_change, price_changes
from convgen.compose.autorisation import AuthorisedAct
from convgen.compose.figures import figures_of_act, printed_amounts
from convgen.errors import Report
from convgen.french.amounts import format_amount
from convgen.french.grammar import join_list
from convgen.model.deliberation_types import Decision
from convgen.model.recital import Money, Purpose
from convgen.model.resolved import ResolvedAct
from convgen.model.values import TextSource

#: « sans incidence financière », « sans aucune incidence budgétaire », typed by hand.
_FREE = re.compile(r"sans\s+(?:aucune\s+|nouvelle\s+)?incidence\s+(?:financi|budg[ée]t)", re.IGNORECASE)
_CAUSE = "La délibération le dirait pourtant « sans incidence financière »."
_Versions: TypeAlias = tuple[ResolvedAct, ResolvedAct]


def check_free(act: AuthorisedAct, one: Decision, report: Report, *, final: bool) -> None:
    """DEL-14: an avenant is said to cost nothing, and its own figures tell otherwise.

    It is an error where the amount that `finances` name changes. Where no `finances` tell which amount
    is that of the convention, any amount that changes is a warning, and an error in a final act. What the words of an
    avenant change, without a datum, is a warning: an amount that is not owed (a ceiling, a penalty) may be new.

    Args:
        act: the act that may be signed.
        one: the decision that authorises it.
        report: receives DEL-14.
        final: the délibération is to be signed.
    """
    if act.amended is None or act.becomes is None or not _said_free(act, one):
        return
    versions = act.amended[0], act.becomes
    if any((version.money or Money()).direction == "sans" for version in versions):
        return  # what changes was never ours to pay
    name = act.resolved.id
    known = versions[1].money is not None and versions[1].money.amount is not None
    if changed := [*price_changes(*versions)]:
        _tell(report, one, f"l'avenant « {name} » change le montant : {join_list(changed)}", _remedy(act, versions))
    elif not known and (changed := [*changed_amounts(*versions)]):
        message = f"l'avenant « {name} » change des montants : {join_list(changed)}"
        remedy = "Dites dans la convention quel est son montant (« finances: {montant: …} »), ou ne dites pas cela."
        _tell(report, one, message, remedy, warning=not final)
    elif added := _new_amounts(act):
        message = f"les articles de l'avenant « {name} » disent un montant nouveau : {join_list(added)}"
        remedy = "Si c'est ce que coûte la convention, changez plutôt sa donnée, et ne dites pas cela."
        _tell(report, one, message, remedy, warning=True)


def _said_free(act: AuthorisedAct, one: Decision) -> bool:
    """Whether the sentence, drawn from the act or typed by hand, says that it costs nothing."""
    money, purpose = act.resolved.money or Money(), act.resolved.purpose or Purpose()
    texts: tuple[TextSource | None, ...] = (one.subject, one.added, one.proposal)
    typed = any(text is not None and _FREE.search(text.text) for text in texts)
    if typed and len(one.acts) == 1 and money.amount is None:
        return True  # with an amount of its own, the words are already refused (DEL-05)
    drawn = one.subject is None and "incidence" not in one.without
    return drawn and money.direction == "sans" and not purpose.silent


def _remedy(act: AuthorisedAct, versions: _Versions) -> str:
    if (act.resolved.money or Money()).direction != "sans":
        return "Retirez ces mots de la délibération."
    if money_change(*versions) is not None:
        return "Retirez de l'avenant « finances: {sens: sans} » : la phrase dira alors l'ancien montant et le nouveau."
    return "Retirez « sens: sans » de l'avenant, et dites-y le changement : « finances: {dire: …} »."


def _new_amounts(act: AuthorisedAct) -> list[str]:
    """The amounts that the avenant prints and that its convention says nowhere."""
    if act.amended is None:
        return []
    known: frozenset[Decimal] = figures_of_act(*act.amended).amounts
    return [format_amount(one) for one in sorted(printed_amounts(act.acte) - known)]


def _tell(report: Report, one: Decision, message: str, remedy: str, *, warning: bool = False) -> None:
    tell = report.warning if warning else report.error
    tell("DEL-14", message, one.place, one.path, _CAUSE, remedy)
