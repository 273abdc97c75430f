"""The changes that turn a base into a new version: `diff`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from convgen.amend.changements.changements import (
    Alineas,
    Cell,
    Change,
    Delta,
    Heading,
    Insert,
    Mode,
    Move,
    Pair,
    Renumber,
    Repeal,
    ReplaceDivision,
    ReplaceFile,
    Rows,
    Term,
    Words,
)
from convgen.amend.changements.mots import PLACE_COST, cost_of_words, words_between_lines
from convgen.amend.changements.tableaux import table_changes
from convgen.amend.changements.termes import (
    found_terms,
    substitute_alinea,
    substitute_line,
    substitute_part,
    used_pairs,
)
from convgen.amend.changements.usages import pays, still_there, uses
from convgen.amend.numeros.numeros import follow
from convgen.amend.texte.aligner import Alignment, align_lines, align_parts
from convgen.amend.texte.arbre import (
    Alinea,
    Line,
    Part,
    Path,
    TableAlinea,
    fingerprint,
    parts_of,
)
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import Place

#: Ranks are written in letters up to this one.
LARGEST_ORDINAL: Final = 399


class Grain(StrEnum):
    """The smallest thing that is rewritten."""

    ARTICLE = "article"
    ALINEA = "alinea"
    WORDS = "mots"


_ECONOMY: Final[Mapping[Path, Grain]] = MappingProxyType({})


def diff(
    base: Part,
    new: Part,
    pairs: Sequence[Pair] = (),
    grain: Grain | None = None,
    coarser: Mapping[Path, Grain] = _ECONOMY,
) -> Delta:
    """The changes from a base to a new version, without their causes.

    Args:
        base: The amendable tree of the base.
        new: That of the new version, with its own numbers.
        pairs: Terms replaced in the whole text; given up when they do not pay.
        grain: What is rewritten everywhere: the smallest division, the alinéa, or words whatever it costs;
            None weighs the cost of each (Guide de légistique, 3.4.1).
        coarser: The grain of some divisions of the base, by path, and of what they hold; it wins over `grain`.
    """
    found = _Diff(base, new, tuple(pairs), grain, dict(coarser))
    changes = found.run()
    if pairs:
        said = uses(base, changes, found.exceptions)
        used = {pair for line in said for pair in used_pairs(line.tokens, pairs)}
        kept = tuple(pair for pair in pairs if pair in used)
        if len(kept) < len(pairs):
            # What the base does not say, or says only where it stays, is no term to replace.
            return diff(base, new, kept, grain, coarser)
        if not pays(said, changes, found.exceptions, pairs):
            return diff(base, new, (), grain, coarser)
    order, last = _order(base)
    if pairs:
        aside = sorted(still_there(changes, found.exceptions), key=lambda one: _address(one, order))
        changes.insert(0, Term("", tuple(pairs), tuple(aside)))
    changes.sort(key=lambda one: _rank(one, order, last))
    named = tuple(replace(change, id=f"m{rank}") for rank, change in enumerate(changes, start=1))
    return Delta(fingerprint(base), fingerprint(new), named, (), found.retouches)


def place_of(change: Change) -> Place:
    """Where a change speaks: the part, and the alinéa when there is one."""
    match change:
        case Words(place=place) | Cell(place=place):
            return place
        case Alineas(division=path, start=start) | Rows(division=path, alinea=start):
            return Place(path, start)
        case Insert(parent=path):
            return Place(path)
        case Term():
            return Place(())
        case _:
            return Place(change.division)


def _order(base: Part) -> tuple[dict[Path, int], dict[Path, int]]:
    """The rank of each part in printed order, and that of the last part that it holds."""
    order: dict[Path, int] = {}
    last: dict[Path, int] = {}
    for rank, (path, _) in enumerate(parts_of(base)):
        order[path] = rank
        for size in range(len(path) + 1):
            last[path[:size]] = rank
    return order, last


def _address(place: Place, order: dict[Path, int]) -> tuple[int, ...]:
    """Where a place stands in the base."""
    ranks = (place.alinea, place.row, place.column)
    return (order[place.division], *(-1 if rank is None else rank for rank in ranks))


def _rank(change: Change, order: dict[Path, int], last: dict[Path, int]) -> tuple[int, int, int]:
    place = place_of(change)
    if isinstance(change, Insert) and change.after:
        # What arrives after a part comes after all that this part holds.
        return last[*place.division, change.after], 2, change.rank
    own = 0 if isinstance(change, Heading | Renumber | Move) else 1
    return order[place.division], own, -1 if place.alinea is None else place.alinea


@dataclass(slots=True)
class _Diff:
    base: Part
    new: Part
    pairs: tuple[Pair, ...]
    grain: Grain | None
    coarser: Mapping[Path, Grain]
    exceptions: list[Place] = field(default_factory=list)
    retouches: int = 0
    found: Alignment = field(default_factory=Alignment)
    shaken: set[Path] = field(default_factory=set)  # the parts out of which, or into which, something moves
    olds: dict[Path, Part] = field(default_factory=dict)
    news: dict[Path, Part] = field(default_factory=dict)

    def run(self) -> list[Change]:
        self.found = align_parts(substitute_part(self.base, self.pairs), self.new)
        self.olds, self.news = dict(parts_of(self.base)), dict(parts_of(self.new))
        for path in self.found.moved:
            self.shaken.update(path[:size] for size in range(len(path)))
        return self.part(())

    def part(self, new_path: Path) -> list[Change]:
        """The changes in an aligned part and all that it holds, its own place and number excepted."""
        path = self.found.old_of[new_path]
        old, new = self.olds[path], self.news[new_path]
        own: list[Change] = [*self.title(path, old, new), *self.lines(path, old, new)]
        if old.file != new.file:
            own.insert(0, ReplaceFile("", path, old.file, new.file))
        changes = [*own, *self.children(path, new_path, old, new)]
        if path and self._rewritten(path, own, changes, old, new):
            return [ReplaceDivision("", path, old, new)]
        return changes

    def _grain(self, path: Path) -> Grain | None:
        """The grain of a part: that of the nearest part that holds it and has one of its own."""
        sizes = range(len(path), -1, -1)
        return next((self.coarser[path[:size]] for size in sizes if path[:size] in self.coarser), self.grain)

    def _rewritten(self, path: Path, own: Sequence[Change], changes: Sequence[Change], old: Part, new: Part) -> bool:
        """Whether one reads the part again rather than its changes (Guide, 3.4.1)."""
        if not changes or path in self.shaken or any(isinstance(one, Move | Renumber) for one in changes):
            return False
        if self.coarser.get(path) is Grain.ARTICLE or self._too_long(own, old):
            return True
        match self._grain(path):
            case Grain.ARTICLE:
                article = old.kind == "division" and old.level > 0
                return bool(own) or (article and any(_untitled(one) for one in changes))
            case Grain.WORDS | Grain.ALINEA:
                return False
        return len(changes) > 1 and sum(cost(one) for one in changes) > PLACE_COST + len(new.text)

    @staticmethod
    def _too_long(own: Sequence[Change], old: Part) -> bool:
        """Whether some words would be designated by a rank beyond the ordinals in letters, or by none: a file."""
        ranked = any(not isinstance(one, Heading | ReplaceFile) for one in own)
        return ranked and (len(old.lines) > LARGEST_ORDINAL or any(isinstance(one, ReplaceFile) for one in own))

    def title(self, path: Path, old: Part, new: Part) -> list[Change]:
        seen = substitute_alinea(old.title, self.pairs)
        if seen.key == new.title.key:
            self._retouched(old.title, new.title)
            return []
        if old.title.key == new.title.key:
            self.exceptions.append(Place(path))
            return []
        return [Heading("", path, old.title, new.title)]

    # --- sub-parts ------------------------------------------------------------------------------------------

    def children(self, path: Path, new_path: Path, old: Part, new: Part) -> list[Change]:
        changes: list[Change] = []
        here = {(*path, child.id) for child in old.children}
        after, rank = "", 0
        for child in new.children:
            new_child = (*new_path, child.id)
            old_child = self.found.old_of.get(new_child)
            if old_child is None:
                self._insert(changes, path, after, rank, child)
                rank += 1
                continue
            if old_child in here and old_child not in self.found.moved:
                after, rank = old_child[-1], 0
                changes.extend(self._renumbered(path, old, new, old_child, child))
            else:
                number = self.olds[old_child].number
                changes.append(Move("", old_child, path, after, rank, number, child.number))
                rank += 1
            changes.extend(self.part(new_child))
        gone = [child for child in old.children if (*path, child.id) not in self.found.new_of]
        changes.extend(Repeal("", (*path, child.id), child) for child in gone)
        return changes

    @staticmethod
    def _insert(changes: list[Change], path: Path, after: str, rank: int, child: Part) -> None:
        last = changes[-1] if changes else None
        if isinstance(last, Insert) and (last.parent, last.after) == (path, after):
            changes[-1] = replace(last, new=(*last.new, child))
        else:
            changes.append(Insert("", path, after, rank, (child,)))

    def _renumbered(self, path: Path, old: Part, new: Part, old_child: Path, child: Part) -> list[Change]:
        before = self.olds[old_child].number
        if follow(before, old.number, new.number) == child.number:
            return []
        return [Renumber("", old_child, before, child.number)]

    # --- alinéas --------------------------------------------------------------------------------------------

    def lines(self, path: Path, old: Part, new: Part) -> list[Change]:
        if not old.lines and not new.lines:
            return []
        seen = self._seen(path, old.lines, new.lines)
        changes: list[Change] = []
        clean: list[tuple[int, int]] = []
        for i, j in align_lines(seen, new.lines):
            equal = seen[i].key == new.lines[j].key
            made = [] if equal else self._line(path, i, old.lines[i], new.lines[j])
            if made is None or _remarked(old.lines[i], new.lines[j]):
                continue
            if equal:
                self._retouched(old.lines[i], new.lines[j])
            clean.append((i, j))
            changes.extend(made)
        changes.extend(_runs(path, old.lines, new.lines, clean))
        return changes

    def _seen(self, path: Path, old: Sequence[Line], new: Sequence[Line]) -> Sequence[Line]:
        """The alinéas of the base once the terms are replaced; those that keep the old term are exceptions."""
        if not self.pairs:
            return old
        wanted = {line.key for line in new}
        seen: list[Line] = []
        for rank, line in enumerate(old):
            after = substitute_line(line, self.pairs)
            if after.key != line.key and after.key not in wanted and line.key in wanted:
                self.exceptions.append(Place(path, rank))
                after = line
            seen.append(after)
        return seen

    def _line(self, path: Path, rank: int, old: Line, new: Line) -> Sequence[Change] | None:
        if self._grain(path) in (Grain.ALINEA, Grain.ARTICLE):
            return None
        place = Place(path, rank)
        if isinstance(old, Alinea) and isinstance(new, Alinea):
            return self._words(place, old, new)
        if isinstance(old, TableAlinea) and isinstance(new, TableAlinea):
            made = table_changes(path, rank, old, new, self.pairs)
            if made is None:
                return None
            self.exceptions.extend(made.exceptions)
            return made.changes
        return None

    def _words(self, place: Place, old: Alinea, new: Alinea) -> Sequence[Change] | None:
        if place in self.exceptions:
            return words_between_lines(place, old, new)
        made = words_between_lines(place, old, new, self.pairs)
        if made is not None and any(_replaced_by_itself(one) for one in made):
            # Words that keep the old term, in a quotation, beside others that take the new one: an exception.
            made = None
        if self.pairs and found_terms(old.tokens, self.pairs):
            plain = words_between_lines(place, old, new)
            if plain is not None and (made is None or _total(plain) < _total(made)):
                self.exceptions.append(place)
                return plain
        return made

    def _retouched(self, old: Line, new: Line) -> None:
        if not self.pairs and old.text != new.text:
            self.retouches += 1


def _untitled(change: Change) -> bool:
    """Whether a sub-division without a title is rewritten: it is read with the one that holds it."""
    return isinstance(change, ReplaceDivision) and change.old.kind == "division" and not change.old.title.tokens


def _remarked(old: Line, new: Line) -> bool:
    """Whether an item bears another mark, where marks are typed: it is then rewritten."""
    return isinstance(old, Alinea) and isinstance(new, Alinea) and new.literal and old.marker != new.marker


def _replaced_by_itself(change: Words) -> bool:
    """Whether the sentence would replace words by the same ones (invariant I5)."""
    replaced = change.mode in (Mode.ONCE, Mode.EACH, Mode.NTH)
    return replaced and tokens_of(text_of(change.old)) == tokens_of(text_of(change.new))


def _total(changes: Iterable[Words]) -> int:
    return sum(cost_of_words(one) for one in changes)


def _runs(path: Path, old: Sequence[Line], new: Sequence[Line], clean: Sequence[tuple[int, int]]) -> list[Alineas]:
    """What lies between the alinéas that stay: one change each, whatever comes and goes there."""
    out: list[Alineas] = []
    start = other = 0
    for i, j in (*clean, (len(old), len(new))):
        if start < i or other < j:
            out.append(Alineas("", path, start, i, tuple(old[start:i]), tuple(new[other:j])))
        start, other = i + 1, j + 1
    return out


def cost(change: Change) -> int:
    """What a change costs to say: naming its place, then the characters quoted."""
    match change:
        case Words():
            return cost_of_words(change)
        case Alineas(new=lines):
            return PLACE_COST + sum(len(line.text) for line in lines)
        case Rows(new=rows):
            return PLACE_COST + sum(len(row.text) for row in rows)
        case Cell(old=before, new=after):
            return PLACE_COST + len(before.text) + len(after.text)
        case Heading(new=title):
            return PLACE_COST + len(title.text)
        case ReplaceDivision(new=part):
            return PLACE_COST + len(part.text)
        case Insert(new=parts):
            return PLACE_COST + sum(len(part.text) for part in parts)
    return PLACE_COST
