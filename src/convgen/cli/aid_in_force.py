"""The money that a convention gives, as its signed avenants have left it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.archives import digest, read_archive
from convgen.cli.signed import read_signed
from convgen.errors import Diagnostic, Place, Report, Severity
from convgen.french.amounts import format_amount
from convgen.french.dates import format_date
from convgen.french.grammar import join_list
from convgen.model.values import Amount
from convgen.workspace.signed_days import record_of

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.model.resolved import ResolvedAct
    from convgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Signed:
    """An act that was frozen, and what was in force then."""

    name: str
    definition: Path
    acte: Acte
    day: date
    place: Place


def in_force(workspace: Workspace, act: ResolvedAct, report: Report) -> ResolvedAct:
    """A convention with what its signed avenants change; the act itself when none is signed.

    Args:
        workspace: Where the files are.
        act: The convention alone.
        report: Receives a note (SCD-03) when another amount is published than that of the convention, ACT-02 when the
            amount of the definition is not in the text that was signed, and what is wrong in the avenants.
    """
    from convgen.model.avenant import resolve_avenant
    from convgen.model.avenant_chain import avenants_of

    kept, definition = read_signed(workspace, act.id), workspace.definition_path(act.id, Report())
    if kept is not None and definition is not None:
        _check_signed(act, _Signed(act.id, definition, kept.acte, kept.day, act.place), report)
    signed = [*takewhile(lambda one: one.signed is not None, avenants_of(workspace, act.id))]
    if not signed:
        return act
    own, path = Report(), workspace.root / signed[-1].loaded.file
    avenant = resolve_avenant(workspace, path, date.today(), own)
    report.extend(own.errors)
    if avenant is None or own.errors:
        return act
    archive = read_archive(path, workspace.root)
    if archive is not None:
        found = _Signed(avenant.id, path, archive.state.acte, archive.day, avenant.place)
        _check_signed(avenant.new, found, report)
    new = replace(avenant.new, states=act.states, place=act.place)
    was, becomes = _amount(act), _amount(new)
    if was is not None and becomes is not None and was.value != becomes.value:
        days = [f"n° {one.number} (signé le {format_date(one.signed)})" for one in signed if one.signed is not None]
        these = "ses avenants" if len(days) > 1 else "son avenant"
        message = f"« {act.id} » est exportée pour {format_amount(becomes.value)}, et non {format_amount(was.value)}"
        cause = f"C'est ce que {these} {join_list(days)} {'font' if len(days) > 1 else 'fait'} de son montant."
        report.add(Diagnostic("SCD-03", message, avenant.place, "finances", cause, "Rien à faire.", Severity.NOTE))
    return new


def _amount(act: ResolvedAct) -> Amount | None:
    found = act.money.amount if act.money is not None else None
    return found if isinstance(found, Amount) else None


def _check_signed(act: ResolvedAct, signed: _Signed, report: Report) -> None:
    """ACT-02: a definition has changed since the act was frozen, and its amount is not that of the signed text."""
    from convgen.bundle.coherence import printed_figures

    amount = _amount(act)
    if amount is None or not _changed(signed.definition) or amount.value in printed_figures(signed.acte).amounts:
        return
    message = f"« {signed.name} » dit {format_amount(amount.value)}, "
    message += f"que l'acte signé le {format_date(signed.day)} ne dit pas"
    cause = "Sa définition a changé depuis la signature."
    remedy = "Rétablissez-la : un acte signé se modifie par un avenant."
    report.error("ACT-02", message, signed.place, "finances.montant", cause, remedy)


def _changed(definition: Path) -> bool:
    """Whether a definition is no longer what it was when the act was frozen."""
    kept = json.loads(record_of(definition).read_text("utf-8"))
    return bool(kept.get("definition") != digest(definition.read_bytes()))
