"""The final numbers of a new version: computed against the text in force, before any comparison."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from convgen.acte.nodes import (
    Acte,
    Number,
)
from convgen.acte.references import targets_of
from convgen.acte.rewrite import map_inlines
from convgen.amend.numeros.graver import Writer, worded
from convgen.amend.numeros.numeros import Policy, Rank, Style, fits, given, read, says_bis, stem, write
from convgen.amend.numeros.renumeroter import counted_again
from convgen.amend.numeros.series import Entry, entries_of
from convgen.amend.texte.aligner import Alignment, align_parts
from convgen.amend.texte.arbre import Path, parts_of
from convgen.amend.texte.etat import State, Tomb
from convgen.amend.texte.normaliser import normal
from convgen.errors import DefinitionError, Diagnostic


def number_against(new: Acte, state: State, policy: Policy = Policy.FROZEN) -> Acte:
    """The new version with the numbers that it will print, frozen; references worded again.

    Args:
        new: The new version as composed.
        state: What is in force.
        policy: Numbers that stay, or 1, 2, 3 again. Marks of list items stay under both.

    Raises:
        DefinitionError: AVE-05, a number that is typed does not fit, or is dead; AVE-06, an identifier is used for
            another article.
    """
    base = normal(state.acte)
    found = align_parts(base, normal(new))
    counted = policy is Policy.RENUMBER
    numbers = counted_again(new, state, found) if counted else _Numbering(state, found, entries_of(new)).run()
    lines = {path: part.lines for path, part in parts_of(base)}
    writer = Writer(numbers, {path: lines[old] for path, old in found.old_of.items()})
    made = writer.acte(new)
    targets = targets_of(made)
    return map_inlines(made, lambda line: worded(line, targets))


# --- frozen numbers -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Numbering:
    """The numbers of a new version, series by series."""

    state: State
    found: Alignment
    entries: Sequence[Entry]
    olds: dict[Path, Entry] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # what takes the place of an identifier in force
    in_force: dict[str, list[str]] = field(default_factory=dict)  # the numbers in force of each series
    own: dict[Path, str] = field(default_factory=dict)
    tombs: dict[str, list[Tomb]] = field(default_factory=dict)

    def run(self) -> dict[Path, Number]:
        self.olds = {entry.path: entry for entry in entries_of(self.state.acte)}
        self.names = renamed(self.found)
        for entry in self.olds.values():
            if not entry.foreign:
                self.in_force.setdefault(self._series_of(entry), []).append(entry.own)
        for tomb in self.state.tombs:
            tomb = with_names(tomb, self.names)
            self.tombs.setdefault(tomb.series, []).append(tomb)
        counted = sorted((one for one in self.entries if not one.foreign), key=lambda one: one.series)
        for series, members in groupby(counted, key=lambda one: one.series):
            self._number_series(series, list(members))
        return self._printed()

    def _number_series(self, series: str, members: Sequence[Entry]) -> None:
        style = self._style(series, members)
        dead = self.tombs.get(series, [])
        used = [*self.in_force.get(series, ()), *(tomb.own for tomb in dead)]
        if members[0].rank < 0 and len(members) == 1 and not members[0].own and not used:
            self.own[members[0].path] = ""  # an annexe alone
            return
        taken = {rank for own in used if (rank := rank_of(own, style.form)) is not None}
        fixed = {place: own for place, one in enumerate(members) if (own := self._fixed(one, series)) is not None}
        ranks = {place: rank_of(own, style.form) for place, own in fixed.items()}
        _check(members, fixed, ranks, dead, style.form)
        known = {place: rank for place, rank in ranks.items() if rank is not None}
        for place, one in enumerate(members):
            if place not in fixed:
                back = self._back(one, series, style, known, _around(known, place), taken)
                known |= {} if back is None else {place: back}
        taken.update(known.values())
        low: Rank | None = None
        for place, one in enumerate(members):
            if place in fixed:
                self.own[one.path] = fixed[place]
                low = known.get(place, low)
                continue
            high = _around(known, place)[1]
            rank = known.get(place) or given(self._raised(low, high, one, taken, style), high, taken, style)
            if rank is None:
                raise _wrong(f"il ne reste pas de numéro pour « {one.id} »", "Tapez son numéro dans la définition.")
            taken.add(rank)
            low = rank
            self.own[one.path] = write(rank, style)

    def _raised(
        self, low: Rank | None, high: Rank | None, one: Entry, taken: Collection[Rank], style: Style
    ) -> Rank | None:
        """The last number before an article that arrives at the head of a chapter, those of articles gone included.

        After a chapter whose articles 2 and 3 are repealed, it is 3-1, not 1-1.
        """
        chapter = self.found.old_of.get(one.path[:-1]) if one.rank == 1 else None
        if not chapter:
            return low
        inside = (rank_of(self.olds[path].own, style.form) for path in self.olds if path[:-1] == chapter)
        first = min((rank for rank in inside if rank is not None), default=None)
        before = [rank for rank in taken if first is not None and rank < first and fits(rank, low, high)]
        return max(before, default=low)

    def _back(
        self,
        one: Entry,
        series: str,
        style: Style,
        known: Mapping[int, Rank],
        around: tuple[Rank | None, Rank | None],
        taken: Collection[Rank],
    ) -> Rank | None:
        """The number that a division takes again when it fits here; that of an annexe declared « bis »."""
        ranks = self._once(one, series, style)
        wish = rank_of(one.wish, style.form) if one.wish else None
        if wish is not None and wish not in taken:
            ranks.append(wish)
        used = set(known.values())
        return next((rank for rank in ranks if fits(rank, *around) and rank not in used), None)

    def _style(self, series: str, members: Sequence[Entry]) -> Style:
        form = members[0].level.form
        olds = [*self.in_force.get(series, ()), *(tomb.own for tomb in self.tombs.get(series, ()))]
        ranks = [rank for own in olds if (rank := read(own, form)) is not None]
        first = members[0].level.first_ordinal or any(own.startswith("1er") for own in olds)
        return Style(form, first, any(map(says_bis, ranks)))

    def _series_of(self, entry: Entry) -> str:
        """The series of an entry of the text in force, named as in the new version."""
        head, colon, tail = entry.series.partition(":")
        return f"{self.names.get(head, head)}{colon}{tail}"

    def _fixed(self, one: Entry, series: str) -> str | None:
        """The number that a division has whatever its neighbours: the one that it keeps, or the one typed."""
        old = self._kept(one, series)
        if one.typed and (old is None or old.typed != one.typed):
            return one.own
        return old.own if old is not None else None

    def _kept(self, one: Entry, series: str) -> Entry | None:
        """What it was in the text in force, when it stays where it was, with all that holds it."""
        old_path = self.found.old_of.get(one.path)
        old = self.olds.get(old_path) if old_path is not None else None
        if old is None or old_path is None or old.foreign or self._series_of(old) != series:
            return None
        first = len(old_path) if one.rank > 1 else 1
        moved = any(old_path[:size] in self.found.moved for size in range(first, len(old_path) + 1))
        return None if moved else old

    def _once(self, one: Entry, series: str, style: Style) -> list[Rank]:
        """The numbers that a division bore once in its series, the last first."""
        old_path = self.found.old_of.get(one.path)
        names = {one.id} if old_path is None else {one.id, old_path[-1]}
        own = [tomb.own for tomb in reversed(self.tombs.get(series, [])) if tomb.id in names]
        if old_path is not None and old_path not in self.found.moved:
            own.append(self.olds[old_path].own)  # its chapter moved, not itself
        return [rank for text in own if (rank := rank_of(text, style.form)) is not None]

    def _printed(self) -> dict[Path, Number]:
        numbers: dict[Path, Number] = {}
        entries = {one.path: one for one in self.entries}
        for one in self.entries:
            if one.number is None:
                continue
            number = one.number
            if not one.foreign:
                text = self._typed(one) or self._text(one, entries.get(one.path[:-1]), numbers)
                label = one.label(text)
                number = replace(number, text=text, label=label, frozen=True)
            numbers[one.path] = number
        return numbers

    def _typed(self, one: Entry) -> str:
        """The number typed for a division; once a renumbering made it another, that one."""
        old = self._kept(one, one.series) if one.typed else None
        return old.number.text if old is not None and old.number is not None and old.typed == one.typed else one.typed

    def _text(self, one: Entry, parent: Entry | None, numbers: Mapping[Path, Number]) -> str:
        own = self.own[one.path]
        if one.rank < 0:
            return " ".join(part for part in (own, one.suffix) if part)
        if not one.nested or parent is None or parent.foreign or parent.rank <= 0:
            return own
        prefix = prefix_of(parent, numbers[parent.path].text)
        return f"{prefix}.{own}"


def prefix_of(parent: Entry, number: str) -> str:
    """What the numbers of the sub-divisions begin with: « 4 » under « 4 », « 1 » under « 1er », « 4 » under « IV »."""
    if parent.nested or parent.level.form == "1":
        return stem(number)
    rank = read(number, parent.level.form)
    return write(rank, Style()) if rank is not None else number


def rank_of(own: str, form: str) -> Rank | None:
    """The rank of a number; an annexe alone has no number, and is the first of its series all the same."""
    return read(own or "1", form)


def _around(known: Mapping[int, Rank], place: int) -> tuple[Rank | None, Rank | None]:
    before = [one for one in known if one < place]
    after = [one for one in known if one > place]
    return known[max(before)] if before else None, known[min(after)] if after else None


def _check(
    members: Sequence[Entry],
    fixed: Mapping[int, str],
    ranks: Mapping[int, Rank | None],
    dead: Sequence[Tomb],
    form: str,
) -> None:
    """Numbers increase in document order (the number tells the place), and none is a dead one."""
    buried = {rank_of(tomb.own, form): tomb.id for tomb in dead}
    last: tuple[Rank, str] | None = None
    for place in sorted(fixed):
        rank, one = ranks[place], members[place]
        if rank is None:
            continue
        number = one.typed or fixed[place]
        if last is not None and rank <= last[0]:
            raise _wrong(
                f"le numéro « {number} » de « {one.id} » ne peut pas suivre le numéro « {last[1]} »",
                "Les numéros croissent dans l'ordre du texte : déplacez l'article, ou retirez le numéro tapé.",
            )
        if one.typed and buried.get(rank, one.id) != one.id:
            raise _wrong(
                f"le numéro « {number} » de « {one.id} » était celui d'un article abrogé",
                "Un numéro n'est jamais donné une seconde fois : tapez-en un autre.",
            )
        last = rank, number


def _wrong(message: str, remedy: str) -> DefinitionError:
    cause = "les numéros d'une convention modifiée ne changent plus"
    return DefinitionError(Diagnostic("AVE-05", message, cause=cause, remedy=remedy))


# --- the state under other names ----------------------------------------------------------------------------


def renamed(found: Alignment) -> dict[str, str]:
    """The identifiers of the text in force that another one takes the place of in the new version."""
    return {old[-1]: new[-1] for new, old in found.old_of.items() if old and old[-1] != new[-1]}


def with_names(tomb: Tomb, names: Mapping[str, str]) -> Tomb:
    """A dead number of a series that has another name in the new version."""
    if not names:
        return tomb
    head, colon, tail = tomb.series.partition(":")
    parent = tuple(names.get(one, one) for one in tomb.parent)
    return replace(tomb, series=f"{names.get(head, head)}{colon}{tail}", parent=parent)
