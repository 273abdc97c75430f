"""Keys of a délibération or of an arrêté that are given and say nothing: nothing is ever printed empty."""

from __future__ import annotations

from collections.abc import Iterator

from convgen.errors import Report
from convgen.model.reserved import is_none
from convgen.model.schema.base import Fiche
from convgen.source.yaml import PlacedText

#: Read elsewhere: the preamble has its own messages, an empty mention is none, data are data.
_ELSEWHERE = frozenset(("preambule", "mention", "donnees", "etat"))
#: What cannot be « sans »: it is the act itself.
_NEEDED = frozenset(("texte", "approuver", "commission", "elu", "titre"))


def refuse_empty(model: Fiche, report: Report) -> None:
    """DEL-01 for each text that is given and empty, or « sans » where there must be one.

    Args:
        model: the definition, whole.
        report: receives the errors, each at its text.
    """
    for path, key, text in _texts(model, ""):
        needed = key in _NEEDED and path != "titre"
        if text.strip(" \t\n\u00a0") and not (needed and is_none(text)):
            continue
        remedy = "Écrivez-en le texte, ou retirez cette clé." if not needed else "Écrivez-en le texte."
        report.error("DEL-01", f"la clé « {key} » ne dit rien", text.place, path, remedy=remedy)


def _texts(value: Fiche, path: str) -> Iterator[tuple[str, str, PlacedText]]:
    for name in type(value).__pydantic_fields__:
        if name not in _ELSEWHERE and value.gives(name):
            yield from _of(getattr(value, name), name, f"{path}.{name}" if path else name)


def _of(value: object, key: str, path: str) -> Iterator[tuple[str, str, PlacedText]]:
    if isinstance(value, PlacedText):
        yield path, key, value
    elif isinstance(value, Fiche):
        yield from _texts(value, path)
    elif isinstance(value, tuple):
        for rank, one in enumerate(value):
            yield from _of(one, key, f"{path}[{rank}]")
