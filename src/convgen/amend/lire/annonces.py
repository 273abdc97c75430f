"""The announcements of an avenant: they inform and change nothing, but what they say must be what is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from convgen.amend.lire.lieux import Unread
from convgen.amend.recueils.patrons import Masked
from convgen.amend.texte.forme import Tokens, occurrences, tokens_of

_AMOUNT: Final = re.compile(r"^\s*(\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:,\d+)?)\s*(?:€|euros?|%)")
_PREPOSITION: Final = re.compile(r"^(?:du|de la|de l'|au|à la|à l')\s+")


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement: the template that says it, its slots, its quotations."""

    key: str
    slots: Mapping[str, str]
    masked: Masked


def check_announcements(
    announced: Iterable[Announced], quoted: Sequence[tuple[str, str]], given: Sequence[str]
) -> None:
    """Check the announcements of an article of the avenant against what it does.

    Args:
        announced: The announcements.
        quoted: The old and new words of its operations.
        given: The texts that it quotes whole.

    Raises:
        Unread: An announcement says other words or figures than the operations, or its difference is wrong.
    """
    olds = [(tokens_of(old), tokens_of(new)) for old, new in quoted]
    texts = [tokens_of(text) for text in given]
    for one in announced:
        before, after = one.slots.get("avant", ""), one.slots.get("apres", "")
        if before and after:
            _check_difference(one, before, after)
            if (olds or texts) and not _done(_words(before), _words(after), olds, texts):
                raise Unread(f"l'annonce dit « {before} » puis « {after} », ce qu'aucune modification ne fait")


def _words(text: str) -> Tokens:
    return tokens_of(_PREPOSITION.sub("", text.strip()))


def _done(before: Tokens, after: Tokens, olds: Iterable[tuple[Tokens, Tokens]], texts: Iterable[Tokens]) -> bool:
    if any(occurrences(before, old) and occurrences(after, new) for old, new in olds):
        return True
    return any(occurrences(after, text) for text in texts)


def _check_difference(one: Announced, before: str, after: str) -> None:
    """« soit une augmentation de 4 000 € »: the figures add up, and go the way that is said."""
    told = _amount(one.slots.get("ecart", ""))
    old, new = _amount(before), _amount(after)
    if told is None or old is None or new is None:
        return
    sign = {"annonce.montant_hausse": 1, "annonce.montant_baisse": -1}.get(one.key, 0)
    if sign and (new - old) * sign != told:
        raise Unread(f"de « {before} » à « {after} », la différence n'est pas « {one.slots['ecart']} »")


def _amount(text: str) -> Decimal | None:
    found = _AMOUNT.match(text)
    return Decimal(re.sub(r"[ \u00a0\u202f]", "", found[1]).replace(",", ".")) if found else None
