"""The two versions of a convention that an avenant defined by an overlay stands between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from convgen.acte.nodes import Acte, Annexe, Block, Division, Section, Zone
from convgen.amend.changements.changements import Pair
from convgen.amend.changements.termes import pair_of
from convgen.amend.changements.vocabulaire import replace_terms, with_contracted_forms
from convgen.amend.texte.normaliser import normal
from convgen.model.avenant import TermChange


def pairs_of(changes: Iterable[TermChange]) -> tuple[Pair, ...]:
    """The pairs of some changes of terms, as tokens."""
    return tuple(pair_of(old, new) for change in changes for old, new in change.pairs)


def with_terms(acte: Acte, changes: Sequence[TermChange]) -> Acte:
    """An act with its terms replaced, but for the articles that keep the old ones.

    Args:
        acte: The act, composed with the old terms.
        changes: The pairs of each change, and the articles left out.
    """
    for change in changes:
        pairs = with_contracted_forms(pairs_of((change,)), normal(acte))
        made, _ = replace_terms(acte, pairs)
        acte = _restored(acte, made, frozenset(change.exceptions)) if change.exceptions else made
    return acte


def _restored(old: Acte, new: Acte, kept: frozenset[str]) -> Acte:
    zones = tuple(_zone(one, other, kept) for one, other in zip(old.zones, new.zones, strict=True))
    annexes = tuple(_annexe(one, other, kept) for one, other in zip(old.annexes, new.annexes, strict=True))
    return replace(new, zones=zones, annexes=annexes)


def _zone(old: Zone, new: Zone, kept: frozenset[str]) -> Zone:
    return replace(new, blocks=_blocks(old.blocks, new.blocks, kept))


def _annexe(old: Annexe, new: Annexe, kept: frozenset[str]) -> Annexe:
    return old if old.id in kept else replace(new, blocks=_blocks(old.blocks, new.blocks, kept))


def _blocks(old: Sequence[Block], new: Sequence[Block], kept: frozenset[str]) -> tuple[Block, ...]:
    return tuple(_block(one, other, kept) for one, other in zip(old, new, strict=True))


def _block(old: Block, new: Block, kept: frozenset[str]) -> Block:
    match old, new:
        case Division(), Division():
            return old if old.id in kept else replace(new, blocks=_blocks(old.blocks, new.blocks, kept))
        case Section(), Section():
            return replace(new, blocks=_blocks(old.blocks, new.blocks, kept))
    return new
