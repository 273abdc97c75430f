"""Where each division of the consolidated text comes from: « modifié par l'avenant n° 1, article 4 »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from convgen.amend.changements.changements import (
    Change,
    Delta,
    Insert,
    Move,
    Renumber,
    Repeal,
    ReplaceDivision,
    ReplaceFile,
    Term,
)
from convgen.amend.changements.differer import place_of
from convgen.amend.numeros.tombes import GONE
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.etat import Source, State
from convgen.french.grammar import join_list

_NBSP: Final = "\u00a0"
#: What was done to a division, the first that applies being the one said.
_INSERTED, _RESTORED, _REPEALED, _MOVED, _CHANGED, _RENUMBERED = (
    "inséré", "rétabli", "abrogé", "déplacé", "modifié", "renuméroté",
)  # fmt: skip


@dataclass(slots=True)
class _Deed:
    verb: str
    feminine: bool
    articles: dict[str, None] = field(default_factory=dict)


def notes_after(
    state: State, delta: Delta, source: Source, parts: Mapping[str, Part], names: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The notes of source of each division, by identifier, those of an avenant added to the former ones.

    Args:
        state: What was in force.
        delta: The changes of the avenant.
        source: The avenant.
        parts: The parts of the text that was in force, by identifier.
        names: The identifiers that another one takes the place of.
    """
    deeds: dict[str, _Deed] = {}
    come = {part.id for change in delta.changes if isinstance(change, Insert) for part in change.new}
    for change in delta.changes:
        article = source.articles.get(change.id, "")
        for name, verb, feminine in _done(change, state, parts):
            if verb == _REPEALED and name in come:
                name = f"{name}{GONE}"  # a sub-article that becomes an article leaves a tombstone, and lives on
            deed = deeds.setdefault(name, _Deed(verb, feminine))
            if _WEIGHT.index(verb) < _WEIGHT.index(deed.verb):
                deed.verb = verb
            if article:
                deed.articles[article] = None
    notes = {names.get(name, name): before for name, before in state.notes.items()}
    for name, deed in deeds.items():
        name = names.get(name, name)
        notes[name] = (*notes.get(name, ()), _said(deed, source))
    return notes


_WEIGHT: Final = (_REPEALED, _RESTORED, _INSERTED, _MOVED, _CHANGED, _RENUMBERED)


def _done(change: Change, state: State, parts: Mapping[str, Part]) -> Iterator[tuple[str, str, bool]]:
    match change:
        case Term():
            return
        case Insert(new=new):
            for part in new:
                yield part.id, _RESTORED if part.id in state.retired else _INSERTED, part.kind == "annexe"
        case Repeal(division=path):
            yield path[-1], _REPEALED, _feminine(path[-1], parts)
        case Move(division=path):
            yield path[-1], _MOVED, _feminine(path[-1], parts)
        case Renumber(division=path):
            yield path[-1], _RENUMBERED, _feminine(path[-1], parts)
        case ReplaceDivision(division=path) | ReplaceFile(division=path):
            yield path[-1], _CHANGED, _feminine(path[-1], parts)
        case _:
            path = place_of(change).division
            if path:
                yield path[-1], _CHANGED, _feminine(path[-1], parts)


def _feminine(name: str, parts: Mapping[str, Part]) -> bool:
    return name in parts and parts[name].kind == "annexe"


def _said(deed: _Deed, source: Source) -> str:
    agreed = f"{deed.verb}{'e' if deed.feminine else ''}"
    return ", ".join(filter(None, (f"{agreed} par {source.designation}", _articles(deed.articles))))


def _articles(numbers: Iterable[str]) -> str:
    known = list(numbers)
    if not known:
        return ""
    return f"article{'s' if len(known) > 1 else ''}{_NBSP}{join_list(known)}"
