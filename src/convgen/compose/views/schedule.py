"""How the payments of an échéancier are said."""

from __future__ import annotations

from convgen.compose.atoms import Atom, LineAtom, TextAtom, Word
from convgen.compose.views.groups import ScheduleView
from convgen.compose.views.values import datum_word
from convgen.french.amounts import amount_in_words
from convgen.french.typography import typeset
from convgen.model.values import Amount, DateValue, Payment, Percentage

#: What a payment is called, by the head of its identifier; any other is « un versement ».
_NAMES = {
    "acompte": "un acompte",
    "avance": "une avance",
    "solde": "le solde",
    "versement": "un versement",
    "premier": "un premier versement",
    "deuxieme": "un deuxième versement",
    "second": "un second versement",
    "troisieme": "un troisième versement",
    "complement": "un complément",
}


def payment_lines(view: ScheduleView) -> tuple[LineAtom, ...]:
    """One line per payment: « un acompte de 70 %, soit 210 000 € (…), dès notification de la convention ; »."""
    payments = view.value.payments
    return tuple(_line(view, one, last=one is payments[-1]) for one in payments)


def _line(view: ScheduleView, payment: Payment, *, last: bool) -> LineAtom:
    key = f"{view.value.key}.{payment.id}"
    name = _NAMES.get(payment.id.split("-")[0].split("_")[0], "un versement")
    parts: list[str | Atom] = [name]
    amount = _amount(view, payment, key)
    share = payment.rate if payment.rate is not None else payment.share
    if share is not None:
        decimals = 2 if payment.rate is None and share % 1 else max(0, -int(share.normalize().as_tuple().exponent))
        rate = Percentage(f"{key}.taux", share, decimals)
        parts += [" de ", datum_word(rate, view.printing)]
        parts += [", soit ", amount] if amount else []
    elif amount:
        parts += [", soit " if payment.rest else " de ", amount]
    if payment.when is not None:
        parts += [", ", TextAtom(payment.when, f"{key}.quand")]
    if payment.before is not None:
        parts += [", au plus tard le ", datum_word(DateValue(f"{key}.avant", payment.before), view.printing)]
    if payment.paid is not None:
        parts += [", versé le ", datum_word(DateValue(f"{key}.verse", payment.paid), view.printing)]
    parts.append("." if last else "\u202f;")
    return LineAtom(tuple(parts))


def _amount(view: ScheduleView, payment: Payment, key: str) -> Word | None:
    if not view.value.base_known:
        return None
    word = datum_word(Amount(key, payment.amount), view.printing)
    words = typeset(amount_in_words(payment.amount, view.printing.spelling))
    return Word(f"{word.text} ({words})", None, "montant", key, payment.amount)
