"""The avenant as an act: its object, the articles computed from the changes, what stands, its effect.

The articles are numbered on their own, whatever the convention's; those typed by hand come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Blank,
    Block,
    Division,
    Inline,
    Inlines,
    ListBlock,
    ListItem,
    Origin,
    Paragraph,
    Text,
    Value,
)
from convgen.amend.recueils.emplacements import Named
from convgen.amend.texte.normaliser import nature_phrase
from convgen.compose.acte import Given, compose
from convgen.compose.text import Composer, TextCache
from convgen.errors import Report
from convgen.french.dates import format_date
from convgen.french.typography import typeset
from convgen.model.resolved import ResolvedAct
from convgen.model.values import TextSource, Unknown

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack
    from convgen.amend.rediger import AvenantArticle, Wording
    from convgen.compose.views.others import Others

OBJECT: Final = "objet"
MAINTENANCE: Final = "maintien"
EFFECT: Final = "effet"
_ENDS: Final = " \u00a0\u202f;.,"
_COMPUTED: Final = Origin(what="modifications")


@dataclass(frozen=True, slots=True)
class Frame:
    """What an avenant says besides the changes.

    Attributes:
        act: The avenant as an act: parties, visas, signatures; its `articles` are printed last.
        amended: The convention as it stands before, and its tree in force.
        becomes: The convention as it becomes.
        objects: The object, item by item, when it is typed by hand.
        effect: A day, "signature", "notification", or unknown.
        motif: Why, in words; printed before the object.
    """

    act: ResolvedAct
    amended: tuple[ResolvedAct, Acte]
    becomes: ResolvedAct
    objects: tuple[TextSource, ...] = ()
    effect: date | str | Unknown = "signature"
    motif: TextSource | None = None


def compose_avenant(
    frame: Frame,
    wording: Wording,
    pack: Pack,
    report: Report,
    *,
    joined: Sequence[Annexe] = (),
    amended: Sequence[str] = (),
    final: bool = False,
    cache: TextCache | None = None,
    others: Others | None = None,
) -> Acte | None:
    """The avenant; None when an error stops it (everything is in `report`).

    Args:
        frame: What it says besides the changes.
        wording: The changes in words.
        pack: The words of the object, of what stands and of the effect.
        report: Collects the diagnostics.
        joined: The annexes of the new version that are files which the changes bring, in the order of the changes.
        amended: What it amends, part by part (« l'article 4.1 »), for the zone « portee ».
        final: Refuse blanks, and print no PROJET.
        cache: What texts share from one act to the next.
        others: Gives another act that a text names.
    """
    annexes = tuple(_joined(annexe, rank) for rank, annexe in enumerate(joined, start=1))
    scope = tuple(_listed(pack.say("cadre.annonce_liste"), [(Text(typeset(name)),) for name in amended]))
    given = Given(frame.amended, frame.becomes, _maker(frame, wording, pack), annexes, scope)
    return compose(frame.act, report, final=final, cache=cache, others=others, given=given)


def _joined(annexe: Annexe, rank: int) -> Annexe:
    """A new file, as the avenant joins it: with its own number."""
    return replace(annexe, id=f"jointe-{annexe.id}", series="", rank_word="", frozen_number=str(rank), number=None)


def _maker(frame: Frame, wording: Wording, pack: Pack) -> Callable[[Composer], tuple[Division, ...]]:
    def articles(composer: Composer) -> tuple[Division, ...]:
        typed = {article.id for article in frame.act.articles}
        computed = [_free_of(_computed(one), typed) for one in wording.articles]
        head = _object(frame, wording, pack, composer)
        act = Named(nature_phrase(frame.amended[1].kind))
        stands = _article(MAINTENANCE, "Stipulations maintenues", pack.say("cadre.maintien", acte=act))
        return (*head, *computed, stands, _effect(frame, pack))

    return articles


def _free_of(division: Division, typed: set[str]) -> Division:
    """An article of the definition keeps its identifier: the computed one gives way."""
    return replace(division, id=f"modification-{division.id}") if division.id in typed else division


def _computed(article: AvenantArticle) -> Division:
    return Division(article.id, 1, (Text(typeset(article.title)),), article.blocks, None, "", _COMPUTED)


def _article(name: str, title: str, said: Inlines) -> Division:
    return Division(name, 1, (Text(title),), (Paragraph(_sentence(said), origin=_COMPUTED),), None, "", _COMPUTED)


def _sentence(said: Inlines) -> Inlines:
    return (*said, Text("."))


# --- object -------------------------------------------------------------------------------------------------


def _object(frame: Frame, wording: Wording, pack: Pack, composer: Composer) -> Iterator[Division]:
    items = [composer.inline(source, capital=False) for source in frame.objects] or [*wording.objects]
    items = [_without_end(item) for item in items]
    before = composer.blocks(frame.motif) if frame.motif is not None else ()
    if not items and not before:
        return
    yield Division(OBJECT, 1, (Text("Objet"),), (*before, *_objects(items, pack)), None, "", _COMPUTED)


def _objects(items: Sequence[Inlines], pack: Pack) -> Iterator[Block]:
    """One sentence for one object; else a list, an item each."""
    if len(items) == 1:
        yield Paragraph(_sentence(pack.say("cadre.objet_un", objets=tuple(items))), origin=_COMPUTED)
    else:
        yield from _listed(pack.say("cadre.objet"), items)


def _listed(head: Inlines, items: Sequence[Inlines]) -> Iterator[Block]:
    """A sentence that announces a list, then an item each."""
    if not items:
        return
    yield Paragraph(head, origin=_COMPUTED)
    ends = ["\u202f;"] * (len(items) - 1) + ["."]
    lines = [(*item, Text(end)) for item, end in zip(items, ends, strict=True)]
    yield ListBlock(tuple(ListItem((Paragraph(line, origin=_COMPUTED),)) for line in lines), "-", origin=_COMPUTED)


def _without_end(item: Inlines) -> Inlines:
    """An object without its final mark, whoever wrote it."""
    if not item or not isinstance(item[-1], Text):
        return item
    text = item[-1].text.rstrip(_ENDS)
    return (*item[:-1], Text(text)) if text else _without_end(item[:-1])


# --- effect -------------------------------------------------------------------------------------------------


def _effect(frame: Frame, pack: Pack) -> Division:
    return _article(EFFECT, "Prise d’effet", _effect_said(frame.effect, pack))


def _effect_said(effect: date | str | Unknown, pack: Pack) -> Inlines:
    if effect == "notification":
        return pack.say("cadre.effet_notification")
    if effect == "signature":
        return pack.say("cadre.effet_signature")
    return pack.say("cadre.effet_date", date=(_day(effect),))


def _day(effect: date | str | Unknown) -> Inline:
    if isinstance(effect, date):
        return Value("date", "effet", effect.isoformat(), typeset(format_date(effect)))
    hint = effect.hint if isinstance(effect, Unknown) and effect.hint else "date d'effet"
    return Blank("effet", hint, typeset(f"[{hint} à compléter]"))
