"""The articles of the avenant: their titles, their blocks, and what is still to be said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from convgen.acte.nodes import Block
from convgen.amend.changements.changements import (
    Alineas,
    Cause,
    Cell,
    Change,
    Delta,
    Insert,
    Pair,
    ReplaceFile,
    Rows,
    Term,
)
from convgen.amend.changements.differer import place_of
from convgen.amend.rediger.designer import Names, names_of
from convgen.amend.rediger.legistique import Writer
from convgen.amend.rediger.modele import AvenantArticle, Options
from convgen.amend.rediger.phrase import Sentence, several_blocks
from convgen.amend.rediger.reperes import gaps_of
from convgen.amend.rediger.unites import Unit, units_of
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.inlines import text_of
from convgen.french.grammar import capitalise

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack


@dataclass(slots=True)
class Draft:
    """The articles written so far.

    Attributes:
        pack: The templates.
        names: The names of the places.
        writer: What writes the sentences.
        delta: The changes.
        pairs: The terms that are replaced.
        articles: What is written.
        said: The changes that are carried out.
        heads: The announcements that open the article of a change, by its identifier.
    """

    pack: Pack
    names: Names
    writer: Writer
    delta: Delta
    pairs: tuple[Pair, ...]
    articles: list[AvenantArticle] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    heads: dict[str, list[Sentence]] = field(default_factory=dict)

    def add(
        self, name: str, title: str, blocks: Iterable[Block], carried: Iterable[str], causes: Iterable[str] = ()
    ) -> None:
        """One more article."""
        changes = tuple(dict.fromkeys(carried))
        self.said.update(changes)
        heads = several_blocks(head for one in changes for head in self.heads.pop(one, ()))
        known = {one.id for one in self.articles}
        while name in known:
            name += "-bis"
        self.articles.append(AvenantArticle(name, title, (*heads, *blocks), changes, tuple(causes)))

    def title(self, key: str, **slots: object) -> str:
        """A title of the pack, with its capital."""
        return capitalise(text_of(self.pack.say(f"titre.{key}", **slots)))

    def left(self, names: Iterable[str] | None = None) -> list[Change]:
        """What is still to be said, or those of these names, in the order of the base."""
        wanted = None if names is None else set(names)
        found = (one for one in self.delta.changes if one.id not in self.said)
        return in_order([one for one in found if wanted is None or one.id in wanted])

    def units(self, changes: Sequence[Change]) -> list[Unit]:
        """The sentences to come for these changes."""
        return units_of(changes, self.names.index, self.pairs)

    def sentences(self, units: Iterable[Unit], writer: Writer | None = None) -> list[Sentence]:
        """What says these units."""
        return [one for unit in units for one in (writer or self.writer).sentences(unit)]


def draft_of(delta: Delta, base: Part, pack: Pack, options: Options) -> Draft:
    """Nothing written yet."""
    names = names_of(base, options.sub_article_noun, delta.changes)
    runs: dict[tuple[str, ...], list[Alineas]] = {}
    for change in delta.changes:
        if isinstance(change, Alineas):
            runs.setdefault(change.division, []).append(change)
    gaps = gaps_of(delta.changes, names.index)
    writer = Writer(pack, names, gaps, _joined(delta, options), options.retired, runs)
    pairs = tuple(pair for one in delta.changes if isinstance(one, Term) for pair in one.pairs)
    return Draft(pack, names, writer, delta, pairs)


def _joined(delta: Delta, options: Options) -> dict[str, str]:
    """The annexe to the avenant that holds each new file: as given, else by rank."""
    found = [one.division[-1] for one in delta.changes if isinstance(one, ReplaceFile)]
    found.extend(part.id for one in delta.changes if isinstance(one, Insert) for part in one.new if part.file)
    return {name: options.joined.get(name, str(rank)) for rank, name in enumerate(found, start=1)}


def in_order(changes: Sequence[Change]) -> list[Change]:
    """The changes in the order of the base, what arrives before an alinéa or a row coming before what changes in it."""
    ranks: dict[object, int] = {}
    for change in changes:
        ranks.setdefault(_line(change), len(ranks))
    return sorted(changes, key=lambda one: (ranks[_line(one)], *_in_line(one)))


def _line(change: Change) -> object:
    """The alinéa that a change speaks of; the change itself when it speaks of none."""
    place = place_of(change)
    return change.id if place.alinea is None else (place.division, place.alinea)


def _in_line(change: Change) -> tuple[int, int]:
    match change:
        case Alineas(start=start, end=end):
            return -1, int(start < end)
        case Rows(start=start, end=end):
            return start, int(start < end)
        case Cell(place=place):
            return place.row or 0, 1
    return -1, 1


def ids(changes: Iterable[Change]) -> tuple[str, ...]:
    """The identifiers of changes."""
    return tuple(one.id for one in changes)


def ids_of(causes: Iterable[Cause]) -> tuple[str, ...]:
    """The identifiers of causes."""
    return tuple(one.id for one in causes)
