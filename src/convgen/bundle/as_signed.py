"""What a frozen act says of the délibération that allowed to sign it: its words no longer follow its definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from convgen.acte.nodes import Acte, Value
from convgen.acte.walk import walk
from convgen.compose.autorisation import AuthorisedAct
from convgen.compose.figures_text import Figures


@dataclass(frozen=True, slots=True)
class SaidOf:
    """The délibération, as the comparution of a party prints it; None and "" for what it does not say."""

    day: date | None = None
    number: str = ""


def said_of(acte: Acte, party: str) -> SaidOf:
    """What an act prints of the délibération of a party.

    Args:
        acte: the act, as it was signed.
        party: the key of the party.
    """
    day, number = None, ""
    for node in walk(acte.zones):
        if not isinstance(node, Value) or not isinstance(node.exact, str):
            continue
        if node.kind == "date" and node.key == f"parties.{party}.habilitation.date":
            day = date.fromisoformat(node.exact)
        elif node.key == f"parties.{party}.habilitation.numero":
            number = node.exact
    return SaidOf(day, number)


def recorded_days(act: AuthorisedAct) -> Figures:
    """The days of the life of an act and of what it amends: they are known without being printed."""
    states = [act.resolved.states, *([act.amended[0].states] if act.amended is not None else [])]
    return Figures(frozenset(), frozenset(day for one in states for day in one.values()))


def mend_signed(act: str, deliberation: str) -> str:
    """What to do when a frozen act and a délibération do not agree."""
    return (
        f"Un acte signé ne change plus : corrigez la délibération « {deliberation} ». Si l'acte a été figé à tort, "
        f"retirez « {act}.signe », corrigez-le et signez-le de nouveau."
    )
