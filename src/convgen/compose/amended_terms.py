"""What an avenant changes of the money and of the end of its convention, for the sentence that authorises it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from convgen.acte.nodes import Inlines
from convgen.compose.context import printing_of
from convgen.compose.deliberation_pack import Pack
from convgen.compose.recited import MISSING
from convgen.compose.sandbox import View
from convgen.compose.views.base import BlankView
from convgen.compose.views.groups import view_of
from convgen.french.amounts import format_amount
from convgen.french.grammar import join_list
from convgen.model.deliberation_types import Decision
from convgen.model.recital import Money
from convgen.model.resolved import ResolvedAct, Term
from convgen.model.values import Amount, DateValue, DurationValue, Unknown

#: The convention before an avenant, and after it.
Versions = tuple[ResolvedAct, ResolvedAct]


def money_change(before: ResolvedAct, after: ResolvedAct) -> tuple[Amount, Amount | Unknown] | None:
    """The amount of `finances` before and after, None when it is the same or when one of the two is no amount.

    The key of the first begins with « base. »: it is that of the convention as it stands.
    """
    old, new = (before.money or Money()).amount, (after.money or Money()).amount
    if not isinstance(old, Amount) or new is None:
        return None
    if isinstance(new, Amount) and new.value == old.value:
        return None
    return replace(old, key=f"base.{old.key}"), new


def warn_untold(name: str, versions: Versions, decision: Decision, pack: Pack, *, free: bool) -> None:
    """DEL-12: amounts change, and the sentence says none of them.

    Args:
        name: the avenant.
        versions: its convention before and after.
        decision: the one that authorises it.
        pack: its report receives the warning.
        free: the avenant says that it costs nothing.
    """
    found = money_change(*versions)
    if found is not None and isinstance(found[1], Amount):
        changed = [f"{format_amount(found[0].value)} devient {format_amount(found[1].value)}"]
    else:
        # Where `finances` name the amount, the others are no matter of this sentence.
        changed = [*_untold(*versions)] if versions[1].money is None else []
    if not changed:
        return
    said = " dit « sans incidence financière » et" if free else ""
    message = f"la phrase qui autorise « {name} »{said} ne dit pas ce changement : {join_list(changed)}"
    remedy = "Écrivez dans l'avenant « finances: », avec « sens: dépense » et « montant: » suivi de la donnée."
    pack.report.warning("DEL-12", message, decision.place, decision.path, remedy=remedy)


def _untold(before: ResolvedAct, after: ResolvedAct) -> Iterator[str]:
    """« aide » (12 000 € devient 15 000 €), for each amount that changes; what is computed follows from others."""
    for name, new in after.data.items():
        old = before.data.get(name)
        typed = not after.sources.get(name)
        if typed and isinstance(old, Amount) and isinstance(new, Amount) and old.value != new.value:
            yield f"« {name} » ({format_amount(old.value)} devient {format_amount(new.value)})"


def new_end(name: str, versions: Versions, said: View, pack: Pack) -> Inlines:
    """« portant le terme de ladite convention du … au … »; nothing when the end is the same.

    Args:
        name: the avenant.
        versions: its convention before and after.
        said: « ladite convention ».
        pack: the words.
    """
    before, after = versions[0].term, versions[1].term
    if before is None or after is None:
        return ()
    if after.end is None:
        return _new_length(before, after, versions, pack)
    if before.end == after.end:
        return ()
    old: View = MISSING
    if isinstance(before.end, date):
        old = view_of(DateValue("base.duree.fin", before.end), printing_of(versions[0]))
    if isinstance(after.end, date):
        end = view_of(DateValue("duree.fin", after.end), printing_of(versions[1]))
    else:
        end = BlankView(f"actes.{name}.duree.fin", after.end.hint or "date de fin")
    return pack.say("terme_porte", convention=said, avant=old, fin=end)


def _new_length(before: Term, after: Term, versions: Versions, pack: Pack) -> Inlines:
    """« portant sa durée de trois ans à quatre ans », where the days are not known."""
    if before.length is None or after.length is None or before.length == after.length:
        return ()
    old, new = DurationValue("base.duree.longueur", before.length), DurationValue("duree.longueur", after.length)
    views = {"avant": view_of(old, printing_of(versions[0])), "longueur": view_of(new, printing_of(versions[1]))}
    return pack.say("duree_portee", **views)
