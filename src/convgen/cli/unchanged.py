"""What is said of an avenant that changes no word of the convention: which data it changes all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from convgen.errors import Diagnostic, Place, Severity
from convgen.french.amounts import format_amount
from convgen.french.dates import Duration, format_date, format_duration
from convgen.french.grammar import join_list
from convgen.model.values import Amount, DateValue, DurationValue, Percentage, TextValue, Unknown

if TYPE_CHECKING:
    from convgen.model.resolved import ResolvedAct, Term

#: What else of an act an avenant may change and that an article may or may not print.
_KEYS: Final[Mapping[str, str]] = {
    "parties": "parties",
    "exercices": "exercices",
    "number": "numero",
    "object": "objet",
    "signatures": "signatures",
}
_MOST: Final = 6
_SHORT: Final = 60


def unchanged(before: ResolvedAct, after: ResolvedAct, place: Place, severity: Severity = Severity.ERROR) -> Diagnostic:
    """AVE-30: two versions of an act print the same words.

    Args:
        before: The act as it stands.
        after: The act as the avenant would make it.
        place: Where the avenant is.
        severity: How bad it is.
    """
    message = "cet avenant ne change rien au texte de la convention"
    found = [*unprinted_changes(before, after)]
    if not found:
        cause = "Ses modifications sont vides, ou redisent ce que la convention dit déjà."
        remedy = "Écrivez sous « modifications: » ce qui change, ou retirez cet avenant."
        return Diagnostic("AVE-30", message, place, "modifications", cause, remedy, severity)
    said = [f"« {name} »{f' ({values})' if values else ''}" for name, values in found[:_MOST]]
    more = len(found) - len(said)
    listed = join_list([*said, *([f"{more} autres" if more > 1 else "un autre"] if more else [])])
    cause = f"Il change pourtant {listed}, qu'aucun article n'imprime."
    remedy = (
        "Dites-le dans un article : sous « modifications: », « articles: », récrivez celui qui en parle ou ajoutez-en "
        f"un, avec {{{{ {found[0][0]} }}}}. Sinon, retirez cet avenant."
    )
    return Diagnostic("AVE-30", message, place, "modifications", cause, remedy, severity)


def unprinted_changes(before: ResolvedAct, after: ResolvedAct) -> Iterator[tuple[str, str]]:
    """The name of each datum that differs, and « 12 000 € devient 15 000 € », "" for what is not one plain value."""
    for name in dict.fromkeys((*before.data, *after.data)):
        # What is computed from other data changes with them: they are what the avenant changes.
        if not after.sources.get(name):
            yield from _change(name, before.data.get(name), after.data.get(name))
    yield from _term_changes(before.term, after.term)
    for attribute, key in _KEYS.items():
        if _bare(getattr(before, attribute)) != _bare(getattr(after, attribute)):
            yield key, ""


def _term_changes(before: Term | None, after: Term | None) -> Iterator[tuple[str, str]]:
    if before is None or after is None:
        if before is not after:
            yield "duree", ""
        return
    changes = [
        *_change("duree.effet", before.start, after.start),
        *_change("duree.fin", before.end, after.end),
        *_change("duree.reconduction", before.renewal, after.renewal),
    ]
    # An end says more than the length that it is computed from.
    ends = any(name == "duree.fin" for name, _ in changes)
    yield from changes if ends else (*_change("duree.longueur", before.length, after.length), *changes)


def _change(name: str, before: object, after: object) -> Iterator[tuple[str, str]]:
    if _bare(before) == _bare(after):
        return
    was, becomes = _said(before), _said(after)
    yield name, f"{was} devient {becomes}" if was and becomes else ""


def _said(value: object) -> str:
    """A value in words, "" for what is not one plain value."""
    match value:
        case Amount(value=amount):
            return format_amount(amount)
        case Percentage(value=rate):
            return f"{rate} %".replace(".", ",")
        case DateValue(value=day):
            return format_date(day)
        case date():
            return format_date(value)
        case DurationValue(value=length):
            return format_duration(length)
        case Duration():
            return format_duration(value)
        case TextValue(source=source):
            return f"« {source.text.strip()} »" if len(source.text) <= _SHORT else ""
        case Unknown():
            return "à compléter"
        case _:
            return ""


def _bare(value: object) -> object:
    """A value without the places where it is typed."""
    if isinstance(value, Place):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(_bare(getattr(value, one.name)) for one in fields(value)))
    if isinstance(value, Mapping):
        return {str(key): _bare(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_bare(one) for one in value]
    return value
