"""What the definition of an avenant declares, as its articles announce it: parties and instalments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from convgen.amend.rediger import PartyNote, PaymentNote
from convgen.french.amounts import format_amount
from convgen.french.dates import format_date
from convgen.french.grammar import FEMININE_SINGULAR, MASCULINE_SINGULAR, NounPhrase
from convgen.french.numbers import format_number
from convgen.french.typography import typeset
from convgen.model.resolved import Party, Representative, ResolvedAct
from convgen.model.values import Payment, Unknown

if TYPE_CHECKING:
    from convgen.model.avenant import PartyEvent, PaymentsChange, ResolvedAvenant

#: How an instalment is called, by the beginning of its identifier.
_NAMES: Final = {
    "acompte": NounPhrase("le", "acompte", MASCULINE_SINGULAR),
    "avance": NounPhrase("la", "avance", FEMININE_SINGULAR),
    "solde": NounPhrase("le", "solde", MASCULINE_SINGULAR),
    "complement": NounPhrase("le", "complément", MASCULINE_SINGULAR),
    "premier": NounPhrase("le", "premier versement", MASCULINE_SINGULAR),
    "deuxieme": NounPhrase("le", "deuxième versement", MASCULINE_SINGULAR),
    "second": NounPhrase("le", "second versement", MASCULINE_SINGULAR),
    "troisieme": NounPhrase("le", "troisième versement", MASCULINE_SINGULAR),
}
_CENT: Final = Decimal("0.01")
_AT_SIGNATURE: Final = "à la signature du présent avenant"


def party_notes(avenant: ResolvedAvenant) -> tuple[PartyNote, ...]:
    """What changes in the parties, said before the operations that carry it out."""
    return _notes(avenant.events, avenant.base, avenant.new)


def notes_between(before: ResolvedAct, after: ResolvedAct) -> tuple[PartyNote, ...]:
    """The same between two full versions: nothing declares the changes, the parties themselves tell them."""
    from convgen.model.avenant_checks import events_between

    return _notes(events_between(before, after), before, after)


def _notes(events: Iterable[PartyEvent], before: ResolvedAct, after: ResolvedAct) -> tuple[PartyNote, ...]:
    notes = (_party_note(event, before, after) for event in events)
    return tuple(note for note in notes if note is not None)


def _party_note(event: PartyEvent, before: ResolvedAct, after: ResolvedAct) -> PartyNote | None:
    old, new = _party(before, event.key), _party(after, event.key)
    known = new or old
    if known is None or event.kind == "autre":
        return None
    key, when = f"parties.{event.key}", _when(event.day)
    match event.kind:
        case "denomination" if old is not None and new is not None:
            return PartyNote(key, event.kind, old.name, str(new.name))
        case "representant" if new is not None and new.representatives:
            return PartyNote(key, event.kind, new.designation or new.name, _person(new.representatives[0]))
        case "adresse" if new is not None and new.address:
            return PartyNote(key, event.kind, new.designation or new.name, ", ".join(new.address))
        case "substituee" if old is not None and new is not None:
            return PartyNote(key, event.kind, new.name, former=old.name, date=when)
        case "ajoutee" | "retiree":
            return PartyNote(key, event.kind, known.name, date=when)
    return None


def _party(act: ResolvedAct, key: str) -> Party | None:
    return next((party for party in act.parties if party.key == key), None)


def _person(person: Representative) -> str:
    """« Mme Claire Aubert, présidente »."""
    name = " ".join(part for part in (person.civility, person.first_name, person.last_name) if part)
    return ", ".join(part for part in (name, *person.capacities[:1]) if part)


def _when(day: date | str | Unknown | None) -> str:
    match day:
        case date():
            return typeset(format_date(day))
        case "notification":
            return "jour de la notification du présent avenant"
        case Unknown(hint=hint):
            return typeset(f"[{hint or 'date'} à compléter]")
    return "jour de la signature du présent avenant"


# --- instalments --------------------------------------------------------------------------------------------


def payment_notes(avenant: ResolvedAvenant) -> tuple[PaymentNote, ...]:
    """What becomes of the instalments of the sums that change."""
    own = f"de l'avenant n° {avenant.number}"
    return tuple(note for change in avenant.payments for note in _payment_notes(change, own))


def _payment_notes(change: PaymentsChange, own: str) -> Iterator[PaymentNote]:
    key = change.divides
    for one in change.after.payments:
        amount = format_amount(one.amount)
        if one.id in change.paid:
            yield PaymentNote(key, "fait", amount, _name(one))
        elif change.complement is not None and one.id == change.complement.id:
            yield PaymentNote(key, "ajoute", amount, when=_condition(one, own))
        elif one.id == change.balance:
            yield PaymentNote(key, "recalcule", amount, _name(one), share=_share(one, change))


def _name(payment: Payment) -> NounPhrase:
    head = payment.id.replace("_", "-").partition("-")[0]
    return _NAMES.get(head, NounPhrase("le", f"versement « {payment.id} »", MASCULINE_SINGULAR))


def _condition(payment: Payment, own: str) -> str:
    """When an instalment is paid; the avenant that adds it is « le présent avenant »."""
    said = payment.when.text.strip() if payment.when is not None else ""
    said = " ".join(said.split()).replace("’", "'").replace(own, "du présent avenant")
    if not said or "{" in said:
        return typeset(_AT_SIGNATURE)
    return typeset(said)


def _share(payment: Payment, change: PaymentsChange) -> str:
    """« 18,80 % »: the share of the new total, rounded to the hundredth."""
    share = payment.share if payment.share is not None else payment.rate
    if share is None and change.after.base:
        share = (payment.amount * 100 / change.after.base).quantize(_CENT, ROUND_HALF_UP)
    return typeset(f"{format_number(share)} %") if share is not None else ""
