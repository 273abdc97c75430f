"""The day at which an act looks at names, clauses and laws: its signature, else its effect, else today."""

from __future__ import annotations

from datetime import date

from convgen.french.dates import DateError, parse_date
from convgen.model.merge import Merged
from convgen.model.schema.convention import Convention


def reference_date(act: Merged, today: date) -> date:
    """`etat.signe` as typed, else the day of effect, else `today`.

    An act that was frozen without it keeps the clauses that it was frozen with: those of its day of effect.
    """
    definition = act.definition
    etat = definition.etat if isinstance(definition, Convention) else None
    if etat is not None and etat.signe is not None and etat.node_of("signe") is not None:
        return etat.signe
    found = act.layer("duree")
    effect = found[0].duree.effet if found is not None and found[0].duree is not None else None
    if effect is None:
        return today
    try:
        return parse_date(effect)
    except DateError:
        return today
