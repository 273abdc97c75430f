"""The sentences of the manner « légistique »: one for each change, named and quoted on the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from convgen.acte.nodes import Inlines, Text
from convgen.amend.changements.changements import (
    Alineas,
    Cell,
    Change,
    Heading,
    Insert,
    Mode,
    Move,
    Renumber,
    Repeal,
    ReplaceDivision,
    ReplaceFile,
    Rows,
    Term,
    Words,
)
from convgen.amend.recueils.emplacements import NATURES, Joined, Named, Quoted, Where
from convgen.amend.rediger.citer import Pieces, pieces_of, pieces_of_part, quotation, two_quotations
from convgen.amend.rediger.designer import Names, several
from convgen.amend.rediger.modele import refused
from convgen.amend.rediger.phrase import Sentence
from convgen.amend.rediger.reperes import Anchor, Gaps
from convgen.amend.rediger.unites import Unit
from convgen.amend.texte.arbre import Part, Path, TableAlinea, holds_unknown
from convgen.amend.texte.forme import join
from convgen.french.grammar import contract

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack


@dataclass(frozen=True, slots=True)
class Writer:
    """What writes the sentences.

    Attributes:
        pack: The templates.
        names: The names of the places, in the group or outside of it.
        gaps: Where what arrives is placed.
        joined: The number of the annexe to the avenant that holds each new file, by annexe of the act.
        retired: The numbers of the divisions that may come back, by identifier.
        runs: The runs of alinéas that change, by part: what shifts the ranks of the others.
    """

    pack: Pack
    names: Names
    gaps: Gaps
    joined: Mapping[str, str]
    retired: Mapping[str, str]
    runs: Mapping[Path, Sequence[Alineas]]

    def inside(self, path: Path | None) -> Writer:
        """The same in a group that names a part."""
        return replace(self, names=self.names.inside(path))

    def sentences(self, unit: Unit) -> list[Sentence]:
        """What says a unit: one sentence, or several for divisions that arrive in different ways."""
        change = unit.first
        said: Inlines
        pieces: Pieces = ()
        match change:
            case Insert():
                return list(self._insert(change))
            case Words():
                said = self._words(unit, change)
            case Alineas():
                said, pieces = self._alineas(change), tuple(pieces_of(change.new))
            case Rows():
                said, pieces = self._rows(change), _rows_pieces(change)
            case Cell():
                said = self._cell(change)
            case Heading():
                said = self._heading(change)
            case ReplaceDivision():
                return [self._replace(change, unit)]
            case Term():
                said = self.term(change)
            case _:
                said = self._places(unit, change)
        return [Sentence(said, unit.carried, pieces)]

    # --- words ----------------------------------------------------------------------------------------------

    def _words(self, unit: Unit, change: Words) -> Inlines:
        places = [self._where(one, len(unit.changes) == 1) for one in unit.changes if isinstance(one, Words)]
        if change.mode is Mode.SENTENCE:
            new = Quoted(quotation(change.new).words, NATURES["mots"])
            return self.pack.say("phrase.completer", lieu=places[0], nouveau=new)
        if change.mode is Mode.START:
            return self.pack.say("mots.ajouter_debut", lieu=places[0], nouveau=quotation(change.new))
        lieux = several(places)
        if change.mode is Mode.AFTER:
            anchor, new = quotation(change.old), quotation(change.new)
            return self.pack.say("mots.inserer", lieux=lieux, ancrage=anchor, nouveau=new)
        how = {Mode.EACH: "_chaque", Mode.NTH: "_occurrence"}.get(change.mode, "")
        rank = {"rang": change.rank} if change.mode is Mode.NTH else {}
        if not change.new:
            return self.pack.say(f"mots.supprimer{how}", lieux=lieux, ancien=quotation(change.old), **rank)
        old, new = two_quotations(change.old, change.new)
        return self.pack.say(f"mots.remplacer{how}", lieux=lieux, ancien=old, nouveau=new, **rank)

    def _where(self, change: Words, only: bool) -> Named:
        path, rank = change.place.division, change.place.alinea or 0
        return self.names.words(path, rank, self._becomes(path, rank) if only else None)

    def _becomes(self, path: Path, rank: int) -> int | None:
        """The new rank of an alinéa that others shift, said inside a group; what is last is found anyway."""
        shift = sum(len(one.new) - len(one.old) for one in self.runs.get(path, ()) if one.end <= rank)
        last = rank == len(self.names.index.parts[path].lines) - 1
        return rank + shift if shift and not last and self.names.context is not None else None

    # --- alinéas and rows -----------------------------------------------------------------------------------

    def _alineas(self, change: Alineas) -> Inlines:
        path, start, end = change.division, change.start, change.end
        count = len(change.new)
        if start == end:
            part = self.names.index.parts[path]
            if not part.children and start == len(part.lines):
                return self.pack.say("alineas.completer", lieu=self.names.part(path), n=count)
            if start == 0:
                return self.pack.say("alineas.ajouter_debut", lieu=self.names.part(path), n=count)
            return self.pack.say("alineas.inserer", repere=self.names.lines(path, start - 1, start), n=count)
        place = self.names.lines(path, start, end)
        if not change.new:
            return self.pack.say("alineas.supprimer", lieu=place)
        if [type(line) for line in (*change.old, *change.new)] == [TableAlinea, TableAlinea]:
            return self.pack.say("tableau.remplacer", tableau=place)
        return self.pack.say("alineas.remplacer", lieu=place, n=count)

    def _rows(self, change: Rows) -> Inlines:
        path, rank, start, end = change.division, change.alinea, change.start, change.end
        count = len(change.new)
        if start == end and start == 0:
            return self.pack.say("tableau.ajouter_lignes_debut", tableau=self.names.table(path, rank), n=count)
        if start == end:
            place = self.names.rows(path, rank, start - 1, start)
            return self.pack.say("tableau.inserer_lignes", repere=place, n=count)
        place = self.names.rows(path, rank, start, end)
        if not change.new:
            return self.pack.say("tableau.supprimer_lignes", lignes=place)
        return self.pack.say("tableau.remplacer_lignes", lignes=place, n=count)

    def _cell(self, change: Cell) -> Inlines:
        place = change.place
        row, column = place.row or 0, (place.column or 0) + 1
        line = self.names.rows(place.division, place.alinea or 0, row, row + 1)
        new = change.new.lines[0].inlines
        if not change.old.lines:
            return self.pack.say("tableau.cellule_vide", ligne=line, colonne=column, nouveau=quotation(new))
        old_words, new_words = two_quotations(change.old.lines[0].inlines, new)
        return self.pack.say("tableau.cellule", ligne=line, colonne=column, ancien=old_words, nouveau=new_words)

    # --- divisions ------------------------------------------------------------------------------------------

    def _heading(self, change: Heading) -> Inlines:
        lieu = self.names.part(change.division)
        if not change.new.text:
            return self.pack.say("intitule.supprimer", lieu=lieu)
        how = "remplacer" if change.old.text else "donner"
        return self.pack.say(f"intitule.{how}", lieu=lieu, nouveau=quotation(change.new.inlines))

    def _replace(self, change: ReplaceDivision, unit: Unit) -> Sentence:
        if holds_unknown(change.new):
            raise refused(
                f"{self.names.part(change.division).le} n'est connu qu'en partie : « (…) » ne remplace aucun texte",
                "Transcrivez ce texte en entier, ou redonnez-le à la manière de la pratique : « --formules pratique ».",
            )
        said = self.pack.say("division.remplacer", lieu=self.names.part(change.division))
        pieces = tuple(pieces_of_part(change.new))
        if not pieces:
            raise refused(f"{self.names.part(change.division).le} n'a plus de texte", "Supprimez cette division.")
        return Sentence(said, unit.carried, pieces)

    def _places(self, unit: Unit, change: Change) -> Inlines:
        names = self.names
        match change:
            case Repeal(division=path, old=part):
                if not part.number:
                    return self.pack.say("division.supprimer", lieu=names.part(path))
                paths = [one.division for one in unit.changes if isinstance(one, Repeal)]
                return self.pack.say("division.abroger", lieu=names.parts(paths))
            case Move():
                return self._move(change)
            case Renumber():
                return self._renumber([one for one in unit.changes if isinstance(one, Renumber)])
            case ReplaceFile(division=path):
                joined = Joined(self.joined[path[-1]])
                return self.pack.say("annexe.remplacer_jointe", lieu=names.part(path), jointe=joined)
        raise TypeError(type(change).__name__)

    def _move(self, change: Move) -> Inlines:
        lieu, where = self.names.part(change.division), self.where(change.parent, change.after)
        if not change.number or change.number == change.old:
            return self.pack.say("division.placer", lieu=lieu, ou=where)
        target = self.names.target(change.division, change.parent, change.number)
        lieu = self.names.current([change.division], [target])
        return self.pack.say("division.deplacer", lieu=lieu, cible=target, ou=where)

    def _renumber(self, changes: Sequence[Renumber]) -> Inlines:
        names = self.names
        paths, numbers = [one.division for one in changes], [one.number for one in changes]
        targets = [names.target(path, path[:-1], number) for path, number in zip(paths, numbers, strict=True)]
        if len(changes) == 1:
            lieu = names.current(paths, targets)
            return self.pack.say("division.renumeroter", lieu=lieu, cible=targets[0])
        plage = names.current(paths, targets)
        return self.pack.say("division.renumeroter_plage", plage=plage, cible_plage=names.targets(paths, numbers))

    def where(self, parent: Path, after: str) -> Where:
        """Where what arrives in a gap is placed, in words."""
        anchor = self.gaps.anchor(parent, after)
        if anchor.how == "fin":
            return Where(f"à la fin {self.names.inside(None).part(anchor.path).du}")
        return self.names.where(anchor.path, after=anchor.how == "apres")

    # --- arrivals -------------------------------------------------------------------------------------------

    def _insert(self, change: Insert) -> Iterator[Sentence]:
        anchor = self.gaps.anchor(change.parent, change.after)
        for how, parts in arrivals(change, self.retired):
            if how == "fichier":
                yield self._insert_file(change, parts[0])
            elif how == "rétabli":
                lieu = self.names.target_of(change.parent, parts[0])
                said = self.pack.say("division.retablir", lieu=lieu)
                yield Sentence(said, (change.id,), tuple(pieces_of_part(parts[0])))
            else:
                yield self._insert_parts(change, anchor, parts)

    def _insert_parts(self, change: Insert, anchor: Anchor, parts: Sequence[Part]) -> Sentence:
        new = self.names.new(change.parent, parts)
        pieces = tuple(piece for part in parts for piece in pieces_of_part(part))
        if not pieces:
            raise refused(f"rien n'est écrit dans {new.un}", "Donnez-lui un titre ou un texte.")
        names = self.names if anchor.how == "fin" else self.names.inside(None)
        place = names.part(anchor.path)
        key = {"fin": "completer", "apres": "inserer_apres", "avant": "inserer_avant"}[anchor.how]
        slot = "lieu" if anchor.how == "fin" else "repere"
        said = self.pack.say(f"division.{key}", **{slot: place}, divisions=new)
        return Sentence(said, (change.id,), pieces)

    def _insert_file(self, change: Insert, part: Part) -> Sentence:
        where, new = self.where(change.parent, change.after), self.names.new(change.parent, [part])
        joined = Joined(self.joined[part.id])
        return Sentence(self.pack.say("annexe.inserer_jointe", ou=where, divisions=new, jointe=joined), (change.id,))

    # --- terms ----------------------------------------------------------------------------------------------

    def term(self, change: Term) -> Inlines:
        """« dans l'ensemble de la convention et de ses annexes, les mots : … »."""
        names = self.names.inside(None)
        act = names.part(())
        annexes = any(part.kind == "annexe" for part in names.index.parts[()].children)
        scope = f"l'ensemble {contract('de', act.phrase)}{' et de ses annexes' if annexes else ''}"
        old, new = quoted_terms(change)
        sauf = several([names.place(one) for one in change.exceptions]) if change.exceptions else None
        key = "substituer" if len(change.pairs) == 1 else "substituer_respectivement"
        return self.pack.say(f"terme.{key}", portee=scope, anciens=old, nouveaux=new, sauf=sauf)


def quoted_terms(change: Term) -> tuple[Quoted, Quoted]:
    """The old terms and the new ones."""
    sides: list[Quoted] = []
    for words in ([pair.old for pair in change.pairs], [pair.new for pair in change.pairs]):
        nature = "mot" if len(words) == 1 and len(words[0]) == 1 else "mots"
        sides.append(Quoted(tuple((Text(join(one)),) for one in words), NATURES[nature]))
    return sides[0], sides[1]


def arrivals(change: Insert, retired: Mapping[str, str]) -> Iterator[tuple[str, list[Part]]]:
    """What arrives together: ordinary divisions in one movement; a file, a division that comes back, one by one."""
    run: list[Part] = []
    for part in change.new:
        how = "fichier" if part.file else "rétabli" if part.number and retired.get(part.id) == part.number else ""
        if not how:
            run.append(part)
            continue
        if run:
            yield "", run
            run = []
        yield how, [part]
    if run:
        yield "", run


def _rows_pieces(change: Rows) -> tuple[TableAlinea, ...]:
    return (TableAlinea(change.new, 0),) if change.new else ()
