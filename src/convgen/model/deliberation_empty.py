"""Keys of a délibération or of an arrêté that are given and say nothing: nothing is ever printed empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from convgen.errors import Report
from convgen.model.reserved import is_none
from convgen.model.schema.base import Fiche
from convgen.source.yaml import PlacedText

#: Read elsewhere: the preamble has its own messages, an empty mention is none, data are data.
_ELSEWHERE = frozenset(("preambule", "mention", "donnees", "etat"))
#: What cannot be « sans »: it is the act itself.
_NEEDED = frozenset(("texte", "approuver", "commission", "elu", "titre"))
#: What is printed letter for letter, where the other texts are rendered.
_AS_TYPED = frozenset(("mention", "lieu", "organe", "autorite", "tribunal", "delai", "numero"))
_RENDERED = re.compile(r"\{[{%]")
#: A mark of a list, an article: words are still to come.
_NO_WORDS: Final = re.compile(r"(?:[\W_]*|(?:les?|la|une?|des|du)|[ld]['\u2019])", re.IGNORECASE)


def refuse_empty(model: Fiche, report: Report) -> None:
    """DEL-01 for each text that is given and says nothing: empty, a lone mark or article, « sans » where it can't be.

    Braces are refused in what is printed as typed: they would be printed too.

    Args:
        model: the definition, whole.
        report: receives the errors, each at its text.
    """
    for path, key, text in _texts(model, ""):
        if key in _AS_TYPED and _RENDERED.search(text):
            message = f"la clé « {key} » s'imprime telle quelle, accolades comprises"
            report.error("DEL-01", message, text.place, path, remedy="Écrivez les mots eux-mêmes.")
        needed = key in _NEEDED and path != "titre"
        if not _NO_WORDS.fullmatch(text.strip()) and not (needed and is_none(text)):
            continue
        remedy = "Écrivez-en le texte, ou retirez cette clé." if not needed else "Écrivez-en le texte."
        report.error("DEL-01", f"la clé « {key} » ne dit rien", text.place, path, remedy=remedy)


def _texts(value: Fiche, path: str) -> Iterator[tuple[str, str, PlacedText]]:
    for name in type(value).__pydantic_fields__:
        if (name not in _ELSEWHERE or (name == "mention" and getattr(value, name))) and value.gives(name):
            yield from _of(getattr(value, name), name, f"{path}.{name}" if path else name)


def _of(value: object, key: str, path: str) -> Iterator[tuple[str, str, PlacedText]]:
    if isinstance(value, PlacedText):
        yield path, key, value
    elif isinstance(value, Fiche):
        yield from _texts(value, path)
    elif isinstance(value, tuple):
        for rank, one in enumerate(value):
            yield from _of(one, key, f"{path}[{rank}]")
