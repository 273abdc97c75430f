"""Headings that change: their number, typed, and their title, each with what it takes the place of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from convgen.acte.nodes import DELETION, INSERTION, Division, Inlines, Number, Paragraph, Strong, Text
from convgen.amend.changements.appliquer import stitches_at
from convgen.amend.changements.plan import Own, Plan
from convgen.amend.suivi.mots import changed, marked_line, replaced_line
from convgen.amend.texte.arbre import Part, Path

Titled: TypeAlias = tuple[Part, Number | None, Inlines]
"""A part, its number and its title as printed."""


@dataclass(frozen=True, slots=True)
class Headed:
    """The heading of a part that stays.

    Attributes:
        number: Its number, typed.
        title: Its title.
        apart: A heading that only one version has, on a line of its own, and `change` which one.
    """

    number: Number | None
    title: Inlines
    apart: Inlines = ()
    change: str = ""


def typed_number(number: Number | None) -> Number | None:
    """The number, no longer counted."""
    return replace(number, frozen=True) if number is not None else None


def run_in_label(division: Division) -> Inlines:
    """What stands before the first paragraph of a division without a title; () for one with a heading."""
    number = division.number
    if number is None or division.title or not division.blocks or not isinstance(division.blocks[0], Paragraph):
        return ()
    label = Text(f"{number.label}{number.separator}")
    return (Strong((label,)),) if number.noun else (label,)


def headed(plan: Plan, path: Path, old: Titled, new: Titled, run_in: tuple[bool, bool] = (False, False)) -> Headed:
    """The heading of a part with what changes in it.

    Args:
        plan: The changes.
        path: The part, in the base.
        old: What it is in the base.
        new: What it is in the new version.
        run_in: Whether its number stands at the head of its first paragraph, in each version.
    """
    before, after = ("" if run_in[0] else _text(old)), ("" if run_in[1] else _text(new))
    if not before and not after:
        return Headed(None, ())
    if not before or not after:
        part = old if before else new
        label: Inlines = (Text(_label(part) + (part[1].separator if part[1] and part[2] else "")),) if part[1] else ()
        return Headed(None, (), (*label, *part[2]), DELETION if before else INSERTION)
    if old[2] and new[2]:
        return Headed(_number(old[1], new[1]), _title(plan, path, old, new))
    labels = (_label(old), _label(new))
    both: Inlines = (Text(labels[0]),) if labels[0] == labels[1] else changed(_words(labels[0]), _words(labels[1]))
    return Headed(None, (*both, *changed(_rest(old), _rest(new))))


def _label(part: Titled) -> str:
    return part[1].label if part[1] is not None else ""


def _text(part: Titled) -> str:
    return f"{_label(part)}{part[0].title.text}"


def _words(text: str) -> Inlines:
    return (Text(text),) if text else ()


def _rest(part: Titled) -> Inlines:
    """A title and what stands before it."""
    _, number, title = part
    return (*_words(number.separator if number is not None else ""), *title) if title else ()


def _number(old: Number | None, new: Number | None) -> Number | None:
    if old is None and new is None:
        return None
    if old is None or new is None:
        number = old or new
        label = f"{number.label}{number.separator}" if number is not None else ""
        gone, come = (label, "") if old is not None else ("", label)
        return Number("", come, "", frozen=True, former=gone)
    former = old.label if old.label != new.label else None
    return replace(new, frozen=True, former=former)


def _title(plan: Plan, path: Path, old: Titled, new: Titled) -> Inlines:
    own, line = plan.own.get(path, Own()), old[0].title
    if own.whole is not None or own.heading is not None:
        same = line.key == new[0].title.key
        return marked_line(old[2], line, (), new[0].title) if same else replaced_line(old[2], line, new[0].title)
    return marked_line(old[2], line, stitches_at(plan, (path, None, None, None), line), new[0].title)
