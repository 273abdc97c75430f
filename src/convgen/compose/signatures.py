"""The end of an act: place, date, copies, and the signature grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from convgen.acte.nodes import (
    Block,
    FillIn,
    Inlines,
    Origin,
    Paragraph,
    Role,
    Signature,
    SignatureGrid,
    Text,
    Value,
)
from convgen.compose.text import Composer
from convgen.compose.views.parties import capacity_phrase, person_name
from convgen.errors import fold
from convgen.french.dates import format_date
from convgen.french.grammar import capitalise
from convgen.french.numbers import cardinal
from convgen.french.places import at_place, place_phrase
from convgen.french.typography import typeset
from convgen.model.resolved import Party, Representative, ResolvedAct, SignatureSpec

_WIDE = 3
"""Frames on a line, beyond which a line of a frame holds a place or a date, not both."""


@dataclass(frozen=True, slots=True)
class _Signatory:
    party: Party
    person: Representative | None


def signatures(act: ResolvedAct, composer: Composer) -> tuple[Block, ...]:
    """The zone « signatures »."""
    spec = act.signatures
    origin = Origin(spec.place.file, spec.place.line, what="définition") if spec.place else Origin()
    signatories = tuple(_signatories(act))
    columns = _columns(spec, len(signatories))
    grid = SignatureGrid(
        tuple(_frame(spec, one, rank, columns) for rank, one in enumerate(signatories, start=1)) + _visa(spec),
        columns=columns,
        reserved=(Text(typeset(spec.reserved)),) if spec.reserved else (),
        origin=origin,
    )
    made = _made_by_each(act) if spec.each_dates else _made_at(act, composer)
    return (Paragraph(made, Role.CLOSING, origin), grid) if made else (grid,)


def _columns(spec: SignatureSpec, count: int) -> int:
    return min(spec.columns, max(count, 1))


def _made_by_each(act: ResolvedAct) -> Inlines:
    """The copies alone: each signatory writes the place and the date in his frame."""
    copies = _copies(act)
    return (Text(f"Fait {copies}."),) if copies else ()


def _made_at(act: ResolvedAct, composer: Composer) -> Inlines:
    """« Fait à Nice, en deux exemplaires originaux, le ____ »."""
    spec = act.signatures
    where = composer.inline(spec.place_name) if spec.place_name is not None else ()
    line: Inlines = (Text("Fait "), *_at(where)) if where else (Text("Fait à "), FillIn("lieu", 20))
    copies = _copies(act)
    line = (*line, Text(f", {copies}, le ")) if copies else (*line, Text(", le "))
    if spec.day is not None:
        day = typeset(format_date(spec.day))
        return (*line, Value("date", "signatures.date", spec.day.isoformat(), day), Text("."))
    return (*line, FillIn("date", 20))


def _at(where: Inlines) -> Inlines:
    """« à Nice », « au Mans »: what is printed of the name stays a value when it was one."""
    first = where[0]
    if not isinstance(first, Text | Value):
        return (Text("à "), *where)
    said = at_place(first.text)
    if isinstance(first, Text):
        return (Text(said), *where[1:])
    name = place_phrase(first.text).noun
    return (Text(said.removesuffix(name)), replace(first, text=name), *where[1:])


def _copies(act: ResolvedAct) -> str:
    copies = act.signatures.copies
    if copies == "un par partie":
        return "en autant d\u2019exemplaires originaux que de parties"
    if copies.isdigit():
        count = int(copies)
        return f"en {cardinal(count)} exemplaire{'s' if count > 1 else ''} origina{'ux' if count > 1 else 'l'}"
    return typeset(copies)


def _signatories(act: ResolvedAct) -> Iterator[_Signatory]:
    parties = {party.key: party for party in act.parties}
    if act.signatures.order:
        for key, person in act.signatures.order:
            party = parties[key]
            people = (*party.representatives, *party.second_signatories)
            yield _Signatory(party, next((one for one in people if one.key == person), people[0] if people else None))
        return
    for party in act.parties:
        people = (*party.representatives, *party.second_signatories)
        for one in people or (None,):
            yield _Signatory(party, one)


def _frame(spec: SignatureSpec, signatory: _Signatory, rank: int, columns: int) -> Signature:
    party, person = signatory.party, signatory.person
    name = _signed_name(person, party)
    capacity = _capacity(person, party)
    lines: list[Inlines] = []
    match spec.presentation:
        case "pour" if person is not None:
            lines = [_for(party), capacity]
        case "numerotee":
            lines = [(Text(f"Signature n°\u00a0{rank}"),), *_on_behalf(signatory), capacity]
        case "designation":
            lines = [(Text(capitalise(typeset(str(party.designation or party.name)))),)]
            name = ()
        case "qualite":
            lines = [capacity]
        case _:
            lines = [capacity]
    if spec.each_dates:
        # under a name that comes first, the place and the date come last
        last = len(lines) if spec.presentation == "nom-qualite" else 0
        lines[last:last] = _place_and_date(columns)
    if spec.mention:
        lines.append((Text(typeset(spec.mention)),))
    return Signature(party.key, tuple(line for line in lines if line), name, spec.presentation == "nom-qualite")


def _on_behalf(signatory: _Signatory) -> list[Inlines]:
    """« Pour la Ville de Nice », unless the capacity says it: one person may sign for two parties."""
    party, person = signatory.party, signatory.person
    if person is None:
        return []
    said = fold(person.signing_capacity or ", ".join(person.capacities))
    names = (party.name, party.short, *([party.designation] if party.designation is not None else []))
    if any(fold(one.noun) in said for one in names):
        return []
    return [_for(party)]


def _for(party: Party) -> Inlines:
    """« Pour la Ville de Nice »; the name is a value, so that a change of name is found here too."""
    if party.blank:
        return (Text(typeset(f"Pour {party.name}")),)
    name = typeset(f"Pour {party.name}").removeprefix("Pour ")
    return (Text("Pour "), Value("partie", f"parties.{party.key}.nom", party.organisme, name))


def _place_and_date(columns: int) -> list[Inlines]:
    """« À …, le … » on one line of a frame, on two where frames are narrow."""
    if columns > _WIDE:
        return [(Text("À "), FillIn("lieu", 12)), (Text("le "), FillIn("date", 10))]
    lieu, day = (16, 14) if columns < _WIDE else (10, 8)
    return [(Text("À "), FillIn("lieu", lieu), Text(", le "), FillIn("date", day))]


def _signed_name(person: Representative | None, party: Party) -> Inlines:
    if person is not None:
        return (_name(person, party),)
    if party.kind == "personne":
        return (Value("partie", f"parties.{party.key}.nom", party.organisme, typeset(str(party.name))),)
    return (FillIn("nom", 24),)


def _capacity(person: Representative | None, party: Party) -> Inlines:
    if person is None:
        nameless = party.kind == "personne" or (party.hint and party.designation is None)
        return () if nameless else _for(party)
    phrase = capacity_phrase(_signing(person) if person.signing_capacity else person)
    text = capitalise(typeset(str(phrase)))
    return (Text(text),)


def _signing(person: Representative) -> Representative:
    return Representative(
        person.key,
        person.civility,
        person.first_name,
        person.last_name,
        (person.signing_capacity,),
        person.signing_capacity,
        person.feminine,
    )


def _name(person: Representative, party: Party) -> Value:
    text = person_name(person, civility=False)
    return Value("personne", f"parties.{party.key}.representants.{person.key}", person.key, text)


def _visa(spec: SignatureSpec) -> tuple[Signature, ...]:
    if not spec.visa:
        return ()
    return (Signature("", ((Text("Pour visa"),), (Text(capitalise(typeset(spec.visa))),)), (FillIn("nom", 24),)),)
