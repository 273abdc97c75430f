"""The numbers 1, 2, 3 again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from convgen.acte.nodes import Acte, Number
from convgen.acte.numbering import number_divisions
from convgen.amend.numeros.graver import Writer
from convgen.amend.numeros.numeros import Style, follow, read, relabelled, write
from convgen.amend.numeros.series import Entry, entries_of
from convgen.amend.texte.aligner import Alignment
from convgen.amend.texte.arbre import Path
from convgen.amend.texte.etat import State


def counted_again(new: Acte, state: State, found: Alignment) -> dict[Path, Number]:
    """The numbers 1, 2, 3; those that come from data stay, those typed go up or down with what comes and goes."""
    foreign = {entry.path for entry in entries_of(new) if entry.foreign}
    bare = entries_of(number_divisions(Writer({}, {}, foreign).acte(new)))
    shifted = _shifted(bare, entries_of(state.acte), found)
    natural = {entry.path: entry.number.text for entry in bare if entry.number is not None}
    numbers: dict[Path, Number] = {}
    for entry in bare:
        if entry.number is None:
            continue
        text, above = shifted.get(entry.path, entry.number.text), entry.path[:-1]
        if entry.path not in shifted and above in numbers:
            text = follow(text, natural[above], numbers[above].text)
        label = relabelled(entry.number.label, entry.number.text, text)
        numbers[entry.path] = replace(entry.number, text=text, label=label)
    return numbers


def _shifted(news: Sequence[Entry], olds: Sequence[Entry], found: Alignment) -> dict[Path, str]:
    """The numbers typed in a text known in part only: 9.6 becomes 9.5 when 9.5 goes, whatever stands before."""
    in_force = {entry.path: entry for entry in olds}
    shifted: dict[Path, str] = {}
    for entry in news:
        old = in_force.get(found.old_of.get(entry.path, ()))
        if not entry.typed or old is None or old.typed != entry.typed or old.path in found.moved:
            continue
        rank = read(old.own, entry.level.form)
        if rank is None or len(rank) != _PLAIN or old.number is None:
            continue
        here, there = (_before(one, every) for one, every in ((entry, news), (old, olds)))
        came = sum(1 for path in here if path not in found.old_of or found.old_of[path] in found.moved)
        went = sum(1 for path in there if path not in found.new_of or path in found.moved)
        own = write(((rank[0][0] + came - went, 0, 0), rank[-1]), Style(entry.level.form))
        shifted[entry.path] = old.number.text.removesuffix(old.own) + own
    return shifted


#: A number without bis nor dash: its head, and its end.
_PLAIN: Final = 2


def _before(entry: Entry, every: Sequence[Entry]) -> list[Path]:
    """Those of its series that stand before a division."""
    series = [one.path for one in every if one.series == entry.series]
    return series[: series.index(entry.path)]
