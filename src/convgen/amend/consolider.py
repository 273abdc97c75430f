"""The state after an avenant, and the consolidated text as printed."""

from __future__ import annotations

from dataclasses import replace

from convgen.acte.nodes import Acte
from convgen.amend.changements import Delta
from convgen.amend.etat import Source, State
from convgen.amend.numeros import Policy


def state_after(
    state: State,
    new_numbered: Acte,
    delta: Delta,
    avenant_id: str,
    policy: Policy = Policy.FROZEN,
    source: Source | None = None,
) -> State:
    """What is in force once an avenant is.

    Args:
        state: What was in force.
        new_numbered: The new version, as `number_against` gives it.
        delta: The changes from the one to the other.
        avenant_id: The identifier of the avenant.
        policy: As given to `number_against`.
        source: How the avenant is named, for the notes of the consolidated text.
    """
    sources = (*state.sources, source) if source else state.sources
    return replace(state, acte=new_numbered, applied=(*state.applied, avenant_id), sources=sources)


def consolidated(
    state_before: State, new_numbered: Acte, delta: Delta, source: Source, policy: Policy = Policy.FROZEN
) -> Acte:
    """The consolidated text as printed, with its header, tombstones and notes of source."""
    return printed_state(state_after(state_before, new_numbered, delta, source.id, policy, source))


def printed_state(state: State) -> Acte:
    """What is in force, as printed."""
    return state.acte
