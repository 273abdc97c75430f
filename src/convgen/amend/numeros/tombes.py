"""Dead numbers: who leaves one, who takes his own again, and where the consolidated text prints them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from convgen.acte.nodes import Acte, Annexe, Block, Division, Emphasis, Number, Paragraph, Section, Text
from convgen.amend.numeros.numeros import Policy, Rank
from convgen.amend.numeros.numeroter import prefix_of, rank_of, renamed, with_names
from convgen.amend.numeros.series import Entry, entries_of, scheme_of
from convgen.amend.texte.aligner import align_parts
from convgen.amend.texte.arbre import Path
from convgen.amend.texte.etat import State, Tomb
from convgen.amend.texte.normaliser import normal
from convgen.french.elision import elides
from convgen.french.grammar import capitalise

_NBSP: Final = "\u00a0"


def tombs_after(state: State, new: Acte, avenant: str, policy: Policy) -> tuple[Tomb, ...]:
    """The dead numbers once a new version is in force.

    Args:
        state: What was in force.
        new: The new version, with its final numbers.
        avenant: The identifier of the avenant.
        policy: Numbers 1, 2, 3 again leave no dead number.
    """
    if policy is Policy.RENUMBER:
        return ()
    found = align_parts(normal(state.acte), normal(new))
    names = renamed(found)
    living = {entry.path: entry for entry in entries_of(new)}
    in_use = {(entry.series, entry.own) for entry in living.values()}
    tombs = [with_names(tomb, names) for tomb in state.tombs]
    for entry in entries_of(state.acte):
        if entry.foreign:
            continue
        path = found.new_of.get(entry.path)
        heir = living.get(path) if path is not None else None
        tomb = with_names(_tomb(entry, heir, avenant), names)
        if heir is None or (heir.series, heir.own) != (tomb.series, tomb.own):
            tombs.append(tomb)
    return tuple(tomb for tomb in tombs if (tomb.series, tomb.own) not in in_use)


def _tomb(entry: Entry, heir: Entry | None, avenant: str) -> Tomb:
    number = entry.number
    text, label = (number.text, number.label) if number is not None else ("", "")
    became = heir.number.text if heir is not None and heir.number is not None else ""
    return Tomb(entry.id, entry.series, entry.own, text, label, entry.rank, entry.path[:-1], became, avenant)


# --- printing -----------------------------------------------------------------------------------------------


def with_tombstones(state: State, notes: Mapping[str, str]) -> Acte:
    """The text in force with « Article 5 (abrogé) » where it stood, each with its note of source.

    Args:
        state: What is in force.
        notes: What to print below a tombstone, by identifier of the division that is gone.
    """
    if not state.tombs:
        return state.acte
    acte = state.acte
    mason = _Mason(acte, {one.path: one for one in entries_of(acte)}, state.tombs, notes)
    zones = tuple(
        replace(zone, blocks=mason.blocks(zone.blocks, ())) if zone.kind == "articles" else zone for zone in acte.zones
    )
    return replace(acte, zones=zones, annexes=mason.annexes(acte.annexes))


@dataclass(frozen=True, slots=True)
class _Mason:
    acte: Acte
    entries: Mapping[Path, Entry]
    tombs: Sequence[Tomb]
    notes: Mapping[str, str]

    def blocks(self, blocks: tuple[Block, ...], parent: Path) -> tuple[Block, ...]:
        """The blocks of a part with the tombstones of the divisions that it held."""
        out: list[Block] = []
        waiting = self._of(parent[-1] if parent else "", bool(parent))
        for block in blocks:
            if isinstance(block, Division):
                path = (*parent, block.id)
                waiting = self._before(path, waiting, out)
                block = replace(block, blocks=self.blocks(block.blocks, path))
            elif isinstance(block, Section):
                block = replace(block, blocks=self.blocks(block.blocks, parent) if not parent else block.blocks)
            out.append(block)
        out.extend(self._stone(tomb, parent) for tomb in waiting)
        return tuple(out)

    def _of(self, parent: str, inside: bool) -> list[Tomb]:
        found = [tomb for tomb in self.tombs if tomb.level >= 0 and tomb.parent[-1:] == ((parent,) if inside else ())]
        return sorted(found, key=lambda tomb: self._rank(tomb) or ())

    def _before(self, path: Path, waiting: list[Tomb], out: list[Block]) -> list[Tomb]:
        """Print the tombstones whose number comes before that of a division; those that are left."""
        entry = self.entries.get(path)
        rank = rank_of(entry.own, entry.level.form) if entry is not None else None
        if entry is None or rank is None:
            return waiting
        left: list[Tomb] = []
        for tomb in waiting:
            own = self._rank(tomb)
            if tomb.series == entry.series and own is not None and own < rank:
                out.append(self._stone(tomb, path[:-1]))
            else:
                left.append(tomb)
        return left

    def _rank(self, tomb: Tomb) -> Rank | None:
        level = scheme_of(self.acte).levels
        return rank_of(tomb.own, level[min(tomb.level, len(level) - 1)].form if tomb.level >= 0 else "1")

    def _stone(self, tomb: Tomb, parent: Path) -> Division:
        text, label = tomb.number, tomb.label
        above = self.entries.get(parent)
        if above is not None and above.number is not None and above.rank > 0 and "." in text:
            text = f"{prefix_of(above, above.number.text)}.{tomb.own}"
            label = label.replace(tomb.number, text)
        # A chapter goes with its articles; one does not recall the sub-articles of an article that is gone.
        inside = (self._stone(one, ()) for one in self._of(tomb.id, True) if tomb.level == 0 and not tomb.heir)
        blocks: tuple[Block, ...] = (*self._note(tomb), *inside)
        number = Number(text, label, " ", "", frozen=True)
        return Division(f"{tomb.id}{GONE}", tomb.level, (Text(self._fate(tomb, parent)),), blocks, number)

    def _fate(self, tomb: Tomb, parent: Path) -> str:
        feminine = tomb.level < 0
        if not tomb.heir:
            return "(abrogée)" if feminine else "(abrogé)"
        noun = "annexe" if feminine else self._noun(tomb, parent)
        phrase = f"{'l’' if elides(noun) else 'le '}{noun}{_NBSP}{tomb.heir}"
        return f"(devenue {phrase})" if feminine else f"(devenu {phrase})"

    def _noun(self, tomb: Tomb, parent: Path) -> str:
        if tomb.level == 0:
            return scheme_of(self.acte).levels[0].noun or "chapitre"
        in_annexe = bool(parent) and any(one.id == parent[0] for one in self.acte.annexes)
        return "point" if in_annexe else "article"

    def _note(self, tomb: Tomb) -> Iterator[Paragraph]:
        note = self.notes.get(f"{tomb.id}{GONE}") or self.notes.get(tomb.id, "")
        if note and not tomb.heir:
            yield Paragraph((Emphasis((Text(capitalise(note)),)),))

    def annexes(self, annexes: tuple[Annexe, ...]) -> tuple[Annexe, ...]:
        """The annexes with the tombstones of those that are gone."""
        out: list[Annexe] = []
        waiting = [tomb for tomb in self.tombs if tomb.level < 0]
        for annexe in annexes:
            entry = self.entries[annexe.id,]
            rank = rank_of(entry.own, "1")
            first = [
                tomb
                for tomb in waiting
                if tomb.series == entry.series and rank is not None and (self._rank(tomb) or rank) < rank
            ]
            waiting = [tomb for tomb in waiting if tomb not in first]
            out.extend(map(self._annexe, first))
            out.append(replace(annexe, blocks=self.blocks(annexe.blocks, (annexe.id,))))
        return (*out, *map(self._annexe, waiting))

    def _annexe(self, tomb: Tomb) -> Annexe:
        number = Number(tomb.number, tomb.label, " ", "annexe", frozen=True)
        blocks = tuple(self._note(tomb))
        return Annexe(f"{tomb.id}{GONE}", (Text(self._fate(tomb, ())),), blocks, number)


#: Ends the identifier of a tombstone, so that nothing refers to it.
GONE: Final = ":abroge"
