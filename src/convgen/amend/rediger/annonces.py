"""Announcements: what a datum or a party becomes, said before the operations that carry it out, and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from convgen.acte.nodes import Exact, Inline, Inlines, Text, Value
from convgen.amend.changements.causes import gap
from convgen.amend.changements.changements import (
    Alineas,
    Cause,
    Cell,
    Change,
    Heading,
    Insert,
    ReplaceDivision,
    Rows,
    Words,
)
from convgen.amend.recueils.emplacements import NATURES, Named, Printed, Quoted
from convgen.amend.rediger.libelles import is_named, noun_of
from convgen.amend.rediger.modele import PartyNote, PaymentNote, refused
from convgen.amend.texte.arbre import Part, parts_of
from convgen.amend.texte.forme import occurrences, tokens_of
from convgen.amend.texte.inlines import leaves, text_of
from convgen.french.amounts import format_amount
from convgen.french.dates import Duration, format_date, parse_duration
from convgen.french.errors import FrenchError
from convgen.french.grammar import GenderUnknown, NounPhrase, parse_noun_phrase
from convgen.french.numbers import NO_BREAK, format_number
from convgen.french.typography import typeset

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack

AMOUNTS: Final = frozenset({"montant", "prix unitaire"})
_UP: Final = "est porté"
_DOWN: Final = "est ramené"
_MONTH: Final = Decimal("30.42")


@dataclass(frozen=True, slots=True)
class Shown:
    """A datum before and after, as the changes print it; `proved` when a change or a text rewritten does."""

    cause: Cause
    before: str
    after: str
    proved: bool = True

    @property
    def slots(self) -> Mapping[str, object]:
        """What every announcement of a datum may print."""
        return {
            "donnee": Named(self.noun),
            "avant": Printed(_day(self.cause, self.cause.old) or self.before),
            "apres": Printed(_day(self.cause, self.cause.new) or self.after),
        }

    @property
    def noun(self) -> NounPhrase:
        """What the datum is called."""
        return noun_of(self.cause.label, self.cause.data)

    @property
    def named(self) -> bool:
        """Whether the datum has a name that people understand."""
        return is_named(self.cause.label, self.cause.data)


def _day(cause: Cause, exact: Exact | None) -> str:
    """A date alone, whatever words stand around it in the text (« à compter du … »)."""
    if cause.data != "date" or not isinstance(exact, str):
        return ""
    try:
        return format_date(date.fromisoformat(exact))
    except ValueError:
        return ""


# --- what is shown ------------------------------------------------------------------------------------------


def shown(cause: Cause, effects: Iterable[Change], base: Part, new: Part) -> Shown:
    """The datum as its effects print it, in figures where there are any."""
    pairs = [pair for change in effects for pair in _printed(change, cause.key)]
    wanted = (tokens_of(cause.before), tokens_of(cause.after))
    same = [pair for pair in pairs if (tokens_of(pair[0]), tokens_of(pair[1])) == wanted]
    figures = [pair for pair in pairs if any(one.isdigit() for one in pair[0] + pair[1])]
    for found in (same, figures, pairs):
        if found:
            return Shown(cause, *found[0])
    proved = _printed_in(base, cause, wanted[0]) and _printed_in(new, cause, wanted[1])
    return Shown(cause, cause.before, cause.after, proved)


def _printed(change: Change, key: str) -> Iterator[tuple[str, str]]:
    """The texts of a datum before and after in a change."""
    old, new = (
        [text for text, node in leaves(side) if isinstance(node, Value) and node.key == key] for side in _sides(change)
    )
    yield from zip(old, new, strict=False)


def _sides(change: Change) -> tuple[Inlines, Inlines]:
    match change:
        case Words(old=old, new=new):
            return old, new
        case Heading(old=title, new=other):
            return title.inlines, other.inlines
        case Cell(old=cell, new=after):
            return _joined(cell.lines), _joined(after.lines)
    return (), ()


def _joined(lines: Iterable[object]) -> Inlines:
    found: list[Inline] = []
    for line in lines:
        found.extend(getattr(line, "inlines", ()))
    return tuple(found)


def _printed_in(part: Part, cause: Cause, wanted: tuple[str, ...]) -> bool:
    """Whether one of the parts rewritten says these words."""
    names = {place.division[-1] for place in cause.absorbed if place.division}
    return any(
        bool(occurrences(wanted, tokens_of(one.text))) for path, one in parts_of(part) if not path or path[-1] in names
    )


def says_after(change: Change, one: Shown) -> bool:
    """Whether a line of the new text of a change says the datum as its announcement does: the reader looks for it."""
    wanted = tokens_of(one.after)
    return any(occurrences(wanted, tokens_of(text)) for text in _new_lines(change))


def _new_lines(change: Change) -> Iterator[str]:
    match change:
        case Alineas(new=lines):
            yield from (text for line in lines for text in line.text.split("\n"))
        case Rows(new=rows):
            yield from (row.text for row in rows)
        case ReplaceDivision(new=part):
            yield from part.text.split("\n")
        case Insert(new=parts):
            yield from (text for part in parts for text in part.text.split("\n"))
        case _:
            yield text_of(_sides(change)[1])


# --- data ---------------------------------------------------------------------------------------------------


def announced(pack: Pack, one: Shown) -> Inlines:
    """« le montant de la subvention est porté de 48 000 € à 52 000 €, soit une augmentation de 4 000 € (+ 8,33 %) ».

    Raises:
        RedactionError: AVE-11, no change and no text rewritten shows what the announcement would say.
    """
    if not one.proved:
        said = f"{one.noun} passe de « {one.before} » à « {one.after} »"
        raise refused(f"{said}, mais aucune modification ne le dit")
    rises = rises_of(one.cause)
    sense = {"sens": _UP if rises else _DOWN}
    found = gap(one.cause)
    match one.cause.data:
        case kind if kind in AMOUNTS and found is not None and found.percentage is not None:
            how = "hausse" if rises else "baisse"
            share = {"ecart": format_amount(abs(found.difference)), "pourcentage": _share(found.percentage)}
            return pack.say(f"annonce.montant_{how}", **one.slots, **share)
        case "pourcentage" if found is not None:
            points = _points(abs(found.difference))
            return pack.say("annonce.taux", **one.slots, **sense, hausse=rises, points=points)
        case "date" if rises is not None:
            return pack.say(f"annonce.date_{'reportee' if rises else 'avancee'}", **one.slots)
        case "durée" if rises is not None:
            return pack.say("annonce.duree", **one.slots, **sense)
        case kind if rises is not None and (kind in AMOUNTS or kind == "nombre"):
            return pack.say("annonce.nombre", **one.slots, **sense)
        case "période" if _from_to(one.before) and _from_to(one.after):
            return pack.say("annonce.periode", donnee=one.slots["donnee"], avant=one.before, apres=one.after)
        case _:
            return pack.say("annonce.texte", donnee=one.slots["donnee"])


def _from_to(text: str) -> bool:
    """« de mars à mai 2024 », « du 1er mars au 15 mai 2024 »: what may follow « la période »."""
    return text.startswith(("de ", "d’", "d'", "du "))


def rises_of(cause: Cause) -> bool | None:
    """Whether a number, a date, a duration goes up; None for what has no order."""
    found = gap(cause)
    if found is not None:
        return found.difference > 0
    old, new = cause.old, cause.new
    if not isinstance(old, str) or not isinstance(new, str):
        return None
    if cause.data == "date":
        return new > old
    if cause.data == "durée":
        try:
            return _length(parse_duration(new)) > _length(parse_duration(old))
        except FrenchError:
            return None
    return None


def _length(one: Duration) -> Decimal:
    """A duration in days, near enough to tell the longer of two."""
    return one.years * 365 + one.months * _MONTH + one.weeks * 7 + one.days + Decimal(one.hours) / 24


def _share(percentage: Decimal) -> str:
    sign = "+" if percentage > 0 else "–"
    return f"{sign}{NO_BREAK}{_short(abs(percentage))}{NO_BREAK}%"


def _short(number: Decimal) -> str:
    """« 25 », « 8,33 »: no useless nought."""
    text = format_number(number)
    return text.rstrip("0").rstrip(",") if "," in text else text


def _points(difference: Decimal) -> str:
    return f"{_short(difference)}{NO_BREAK}point{'s' if difference >= 2 else ''}"


# --- instalments and parties --------------------------------------------------------------------------------


def payment(pack: Pack, note: PaymentNote) -> Inlines:
    """What becomes of an instalment."""
    if note.what == "ajoute":
        return pack.say("annonce.versement_ajoute", montant=note.amount, quand=note.when)
    if note.name is None:
        raise refused("un versement conservé ou recalculé doit être nommé")
    if note.what == "fait":
        return pack.say("annonce.versement_fait", montant=note.amount, versement=Named(note.name))
    return pack.say("annonce.versement_recalcule", versement=Named(note.name), montant=note.amount, part=note.share)


def party(pack: Pack, note: PartyNote, act: NounPhrase) -> Inlines:
    """What changes in a party to an act."""
    who = Named(note.party)
    match note.what:
        case "denomination":
            new = Quoted(((Text(typeset(_bare(note.text))),),), NATURES["mots"])
            return pack.say("annonce.partie_denomination", partie=who, nouveau=new)
        case "representant":
            return pack.say("annonce.partie_representant", partie=who, representant=note.text)
        case "adresse":
            return pack.say("annonce.partie_adresse", partie=who, adresse=note.text)
        case "substituee" if note.former is not None:
            former = Named(note.former)
            return pack.say("annonce.partie_substituee", nouvelle=who, ancienne=former, date=note.date, acte=Named(act))
        case "ajoutee" | "retiree":
            return pack.say(f"annonce.partie_{note.what}", partie=who, date=note.date, acte=Named(act))
    raise refused(f"changement de partie inconnu : « {note.what} »")


def _bare(name: str) -> str:
    """A name without its article: it is given as one writes it on a form."""
    try:
        return parse_noun_phrase(name).noun
    except GenderUnknown:
        return name
