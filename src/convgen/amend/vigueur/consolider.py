"""The state after an avenant, and the consolidated text as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from convgen.acte.markers import counted
from convgen.acte.nodes import Acte, Annexe, Block, Division, Emphasis, Inlines, Paragraph, Section, Text, Zone
from convgen.amend.changements.changements import Delta
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import renamed
from convgen.amend.numeros.tombes import tombs_after, with_tombstones
from convgen.amend.texte.aligner import align_parts
from convgen.amend.texte.arbre import parts_of
from convgen.amend.texte.etat import Source, State
from convgen.amend.texte.normaliser import NOT_AMENDED_ROLES, ZONES, normal
from convgen.amend.vigueur.sources import notes_after
from convgen.french.dates import format_date
from convgen.french.grammar import capitalise, join_list
from convgen.french.typography import typeset

_NBSP: Final = "\u00a0"


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
    base = normal(state.acte)
    names = renamed(align_parts(base, normal(new_numbered)))
    parts = {part.id: part for _, part in parts_of(base)}
    named = source or Source(avenant_id, f"l’avenant «{_NBSP}{avenant_id}{_NBSP}»")
    return State(
        acte=_as_amended(state.acte, new_numbered),
        tombs=tombs_after(state, new_numbered, avenant_id, policy),
        applied=(*state.applied, avenant_id),
        sources=(*state.sources, named),
        notes=notes_after(state, delta, named, parts, names),
    )


def _as_amended(base: Acte, new: Acte) -> Acte:
    """The new version with the visas, the letterhead and the number of the base, which no avenant amends."""
    olds = {zone.kind: zone for zone in base.zones}
    zones = [_zone_as_amended(olds.get(zone.kind), zone) for zone in new.zones if zone.kind in ZONES]
    before: str | None = None
    for zone in base.zones:
        if zone.kind not in ZONES:
            _put_after(zones, before, zone)
        before = zone.kind
    return replace(new, zones=tuple(zones), number=base.number, letterhead=base.letterhead)


def _zone_as_amended(base: Zone | None, new: Zone) -> Zone:
    """The new zone, whose lines that no avenant amends (the number above a title) are those of the base."""
    if not any(map(_aside, (*(base.blocks if base is not None else ()), *new.blocks))):
        return new
    blocks = base.blocks if base is not None else ()
    first = next((rank for rank, one in enumerate(blocks) if not _aside(one)), len(blocks))
    above, below = filter(_aside, blocks[:first]), filter(_aside, blocks[first:])
    return replace(new, blocks=(*above, *(one for one in new.blocks if not _aside(one)), *below))


def _aside(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in NOT_AMENDED_ROLES


def _put_after(zones: list[Zone], kind: str | None, zone: Zone) -> None:
    place = next((rank + 1 for rank, one in enumerate(zones) if one.kind == kind), 0 if kind is None else len(zones))
    zones.insert(place, zone)


# --- printing -----------------------------------------------------------------------------------------------


def consolidated(
    state_before: State, new_numbered: Acte, delta: Delta, source: Source, policy: Policy = Policy.FROZEN
) -> Acte:
    """The consolidated text as printed, with its header, tombstones and notes of source.

    Args:
        state_before: What was in force.
        new_numbered: The new version, as `number_against` gives it.
        delta: The changes from the one to the other.
        source: How the avenant is named, and which of its articles says which change.
        policy: As given to `number_against`.
    """
    return printed_state(state_after(state_before, new_numbered, delta, source.id, policy, source))


def printed_state(state: State, on: date | None = None) -> Acte:
    """What is in force, as printed: « Version consolidée au… », « Article 5 (abrogé) », notes of source.

    It has the alinéas of the text in force and more: it is for reading, never for amending.

    Args:
        state: What is in force.
        on: The day that was asked for; the date of the last avenant when it is None.
    """
    if not state.sources:
        return state.acte
    notes = {name: typeset(" ; ".join(one)) for name, one in state.notes.items()}
    living = {name: capitalise(note) for name, note in notes.items()}
    noted = _with_notes(state.acte, living)
    acte = with_tombstones(replace(state, acte=noted), notes)
    zones = tuple(replace(zone, blocks=counted(zone.blocks)) for zone in acte.zones)
    annexes = tuple(replace(annexe, blocks=counted(annexe.blocks)) for annexe in acte.annexes)
    mention = " – ".join(filter(None, (acte.mention, typeset(_mention(state.sources, on)))))
    return replace(acte, zones=zones, annexes=annexes, mention=mention)


def _mention(sources: Sequence[Source], on: date | None) -> str:
    day = on or max((source.day for source in sources if source.day is not None), default=None)
    when = f" au {format_date(day)}" if day is not None else ""
    return f"Version consolidée{when}, tenant compte {join_list([_of(source) for source in sources])}"


def _of(source: Source) -> str:
    """« de l'avenant n° 1 du 3 mars 2025 », « du protocole »."""
    head, _, tail = source.designation.partition(" ")
    name = f"du {tail}" if head == "le" else f"de {source.designation}"
    return f"{name} du {format_date(source.day)}" if source.day is not None else name


def _with_notes(acte: Acte, notes: dict[str, str]) -> Acte:
    zones = tuple(
        replace(zone, blocks=_noted(zone.blocks, notes)) if zone.kind == "articles" else zone for zone in acte.zones
    )
    return replace(acte, zones=zones, annexes=tuple(_noted_annexe(one, notes) for one in acte.annexes))


def _noted_annexe(annexe: Annexe, notes: dict[str, str]) -> Annexe:
    blocks = _noted(annexe.blocks, notes)
    if annexe.id not in notes or annexe.file or annexe.external:
        return replace(annexe, blocks=blocks)
    return replace(annexe, blocks=(_note(notes[annexe.id]), *blocks))


def _noted(blocks: tuple[Block, ...], notes: dict[str, str]) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        match block:
            case Division():
                out.append(_noted_division(block, notes))
            case Section():
                out.append(replace(block, blocks=_noted(block.blocks, notes)))
            case _:
                out.append(block)
    return tuple(out)


def _noted_division(division: Division, notes: dict[str, str]) -> Division:
    blocks = _noted(division.blocks, notes)
    if division.id not in notes:
        return replace(division, blocks=blocks)
    note = _note(notes[division.id])
    # Without a title, the number is printed at the head of the first paragraph: the note comes after the text.
    place = (
        0
        if division.title
        else next((rank for rank, one in enumerate(blocks) if isinstance(one, Division)), len(blocks))
    )
    return replace(division, blocks=(*blocks[:place], note, *blocks[place:]))


def _note(text: str) -> Paragraph:
    words: Inlines = (Emphasis((Text(text),)),)
    return Paragraph(words)
