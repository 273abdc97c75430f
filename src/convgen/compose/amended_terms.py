"""What an avenant changes of the money and of the end of its convention, for the sentence that authorises it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from convgen.acte.nodes import Inlines
from convgen.compose.context import printing_of
from convgen.compose.deliberation_pack import Pack
from convgen.compose.figures import every_amount
from convgen.compose.recited import MISSING
from convgen.compose.sandbox import View
from convgen.compose.views.base import BlankView, text_view
from convgen.compose.views.groups import view_of
from convgen.french.amounts import format_amount
from convgen.french.grammar import join_list
from convgen.model.deliberation_types import Decision
from convgen.model.recital import Money
from convgen.model.resolved import ResolvedAct, Term
from convgen.model.values import Amount, DataValue, DateValue, DurationValue, Unknown, YearlyValue

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


def warn_untold(name: str, versions: Versions, decision: Decision, pack: Pack) -> None:
    """DEL-12: amounts change, and the sentence says none of them.

    Args:
        name: the avenant.
        versions: its convention before and after.
        decision: the one that authorises it.
        pack: its report receives the warning.
    """
    money = versions[1].money
    # Where `finances` name the amount, the others are no matter of this sentence.
    changed = [*(changed_amounts(*versions) if money is None else price_changes(*versions))]
    if not changed:
        return
    message = f"la phrase qui autorise « {name} » ne dit pas ce changement : {join_list(changed)}"
    remedy = "Écrivez dans l'avenant « finances: », avec « sens: dépense » et « montant: » suivi de la donnée."
    pack.report.warning("DEL-12", message, decision.place, decision.path, remedy=remedy)


def price_changes(before: ResolvedAct, after: ResolvedAct) -> Iterator[str]:
    """« 12 000 € devient 15 000 € », for the amount that `finances` name; else the other years of that datum."""
    found = money_change(before, after)
    if found is not None:
        if isinstance(found[1], Amount):
            yield f"{format_amount(found[0].value)} devient {format_amount(found[1].value)}"
        return
    amount = (after.money or Money()).amount
    root = amount.key.partition(".")[0] if amount is not None else ""
    if isinstance(after.data.get(root), YearlyValue):
        yield from _differences(before.data.get(root), after.data[root])


def changed_amounts(before: ResolvedAct, after: ResolvedAct) -> Iterator[str]:
    """« aide » (12 000 € devient 15 000 €), for each amount that changes; what is computed follows from others."""
    for name, new in after.data.items():
        if not after.sources.get(name):
            yield from _differences(before.data.get(name), new)


def _differences(before: DataValue | None, after: DataValue) -> Iterator[str]:
    old, new = ({one.key: one for one in every_amount(data)} for data in (before, after))
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and was.value != now.value:
            yield f"« {key} » ({format_amount(was.value)} devient {format_amount(now.value)})"
        elif was is None and now is not None and now.value:
            yield f"« {key} » ({format_amount(now.value)} en plus)"
        elif now is None and was is not None and was.value:
            yield f"« {key} » ({format_amount(was.value)} en moins)"


def joins(pack: Pack) -> bool:
    """Whether its words for a new end may follow those of a new amount; a pack may know no `suite`."""
    return all("suite" in pack.sources[key].text for key in ("terme_porte", "duree_portee"))


def new_end(name: str, versions: Versions, said: View, pack: Pack, *, follows: bool = False) -> Inlines:
    """« portant le terme de ladite convention du … au … »; nothing when the end is the same.

    Args:
        name: the avenant.
        versions: its convention before and after.
        said: « ladite convention ».
        pack: the words.
        follows: « portant le montant … » comes just before: « et le terme … ».
    """
    before, after = versions[0].term, versions[1].term
    if before is None or after is None:
        return ()
    if after.end is None:
        return _new_length(before, after, versions, pack, follows)
    if before.end == after.end:
        return ()
    old: View = MISSING
    if isinstance(before.end, date):
        old = view_of(DateValue("base.duree.fin", before.end), printing_of(versions[0]))
    if isinstance(after.end, date):
        end = view_of(DateValue("duree.fin", after.end), printing_of(versions[1]))
    else:
        end = BlankView(f"actes.{name}.duree.fin", after.end.hint or "date de fin")
    return pack.say("terme_porte", convention=said, avant=old, fin=end, suite=_flag(follows))


def _new_length(before: Term, after: Term, versions: Versions, pack: Pack, follows: bool) -> Inlines:
    """« portant sa durée de trois ans à quatre ans », where the days are not known."""
    if before.length is None or after.length is None or before.length == after.length:
        return ()
    old, new = DurationValue("base.duree.longueur", before.length), DurationValue("duree.longueur", after.length)
    views = {"avant": view_of(old, printing_of(versions[0])), "longueur": view_of(new, printing_of(versions[1]))}
    views["suite"] = _flag(follows)
    return pack.say("duree_portee", **views)


def _flag(value: bool) -> View:
    return text_view("oui") if value else MISSING
