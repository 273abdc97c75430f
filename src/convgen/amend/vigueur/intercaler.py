"""An avenant in effect before another one that was signed first: the text in force with the later one only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from convgen.amend.changements.appliquer import apply_changes
from convgen.amend.changements.changements import Change, Delta, Move, Renumber
from convgen.amend.changements.differer import diff
from convgen.amend.changements.fusion import merge, waiting
from convgen.amend.texte.arbre import Part, same
from convgen.amend.texte.etat import Source, State
from convgen.amend.texte.normaliser import normal
from convgen.amend.vigueur.conserver import over_signed
from convgen.amend.vigueur.consolider import state_after
from convgen.errors import ConvgenError, DefinitionError, Diagnostic
from convgen.french.grammar import join_list

Known: TypeAlias = tuple[State, Mapping[str, str]]
"""A state, and the digests of its annexes that are foreign files."""


def alone(now: Known, between: Known, after: Known) -> Known | None:
    """What is in force when the last avenant is and those it was made on are not yet.

    Nothing is guessed: the changes that the avenant makes have to apply as they are to the text in force, touch
    nothing that the others touch, and give the text that is answered.

    Args:
        now: What is in effect.
        between: The same with the avenants that are not in effect.
        after: The same with the avenant too.

    Returns:
        None when the text in force cannot be told for sure.
    """
    base, middle, last = (normal(state.acte, files) for state, files in (now, between, after))
    acte = over_signed(now[0].acte, between[0].acte, after[0].acte)
    files = {**now[1], **{key: one for key, one in after[1].items() if between[1].get(key) != one}}
    new = normal(acte, files)
    try:
        first, second = diff(base, middle), diff(middle, last)
        if any(map(_renumbers, (*first.changes, *second.changes))) or waiting(base, middle, second):
            return None
        delta = diff(base, new)
        merge(base, first, delta)
        if not same(apply_changes(delta.changes, base), new) or not same(_both(middle, delta), last):
            return None
    except ConvgenError:
        return None
    source = after[0].sources[-1]
    return state_after(now[0], acte, delta, after[0].applied[-1], source=_of(source, second, delta)), files


def check_alone(now: Known, between: Known, after: Known, avenants: Sequence[str]) -> None:
    """Check that the text in force can be told once an avenant is in effect and those it was made on are not.

    Args:
        now: What is in effect.
        between: The same with the avenants that are not in effect.
        after: The same with the avenant too.
        avenants: How those that are not in effect are named.

    Raises:
        DefinitionError: AVE-24, it cannot.
    """
    if alone(now, between, after) is not None:
        return
    by = join_list([*avenants]) or "un avenant signé"
    raise DefinitionError(
        Diagnostic(
            "AVE-24",
            f"l'avenant prend effet avant {by}, qu'il suit et dont on ne peut le séparer",
            cause="Le texte en vigueur entre les deux dates d'effet ne se déduirait d'aucun des deux "
            "(articles insérés au même endroit, déplacés ou renumérotés).",
            remedy="Donnez à l'avenant une date d'effet au plus tôt égale à celle de l'autre.",
        )
    )


def _both(middle: Part, delta: Delta) -> Part:
    """What the changes give on the text of the others: the order in which they take effect does not matter."""
    return apply_changes(delta.changes, middle)


def _of(source: Source, made: Delta, delta: Delta) -> Source:
    """The source, whose articles are found by what the changes do: they were numbered for another text."""
    known = {change.id: source.articles.get(change.id, "") for change in made.changes}
    said = dict(zip(map(_key, made.changes), known.values(), strict=True))
    articles = {change.id: said[_key(change)] for change in delta.changes if said.get(_key(change))}
    return Source(source.id, source.designation, source.day, articles)


def _key(change: Change) -> str:
    return type(change).__name__ + repr(getattr(change, "division", getattr(change, "place", "")))


def _renumbers(change: Change) -> bool:
    return isinstance(change, Move | Renumber)
