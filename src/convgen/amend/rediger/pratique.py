"""The manner « pratique »: the smallest titled division that changes is given again in full.

It stands without guillemets, up to the next heading of the avenant; « (...) » stands for what is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convgen.acte.nodes import Inlines
from convgen.amend.changements.appliquer import apply_changes
from convgen.amend.changements.changements import Change, Insert, Move, Renumber, Repeal, ReplaceDivision, ReplaceFile
from convgen.amend.changements.differer import place_of
from convgen.amend.recueils.emplacements import Joined, Named, New
from convgen.amend.rediger.articles import Draft
from convgen.amend.rediger.citer import Piece, Pieces, heading_of, pieces_of, pieces_of_part
from convgen.amend.rediger.legistique import arrivals
from convgen.amend.rediger.modele import Options, refused
from convgen.amend.rediger.par_article import arrival_title
from convgen.amend.rediger.phrase import Sentence, several_blocks
from convgen.amend.rediger.unites import Unit
from convgen.amend.texte.arbre import Part, Path, TableAlinea, parts_of
from convgen.french.grammar import capitalise


def say_again(draft: Draft, base: Part, new: Part, options: Options) -> None:
    """Say what is left: an article of the avenant for each division given again, and for each that comes or goes."""
    made = apply_changes(draft.delta.changes, base)
    _Practice(draft, _by_id(made), _by_id(new), options).run()


def _by_id(part: Part) -> dict[str, Part]:
    return {one.id: one for _, one in parts_of(part)}


@dataclass(slots=True)
class _Practice:
    draft: Draft
    made: dict[str, Part]
    new: dict[str, Part]
    options: Options

    def run(self) -> None:
        draft = self.draft
        touched: dict[Path, list[Unit]] = {}
        others: dict[int, Unit] = {}
        order: list[Path | int] = []
        for rank, unit in enumerate(draft.units(draft.left())):
            if _stands_alone(unit.first):
                others[rank] = unit
                order.append(rank)
                continue
            path = self._smallest(place_of(unit.first).division)
            if path not in touched:
                order.append(path)
            touched.setdefault(path, []).append(unit)
        inside = {place_of(one).division for units in touched.values() for unit in units for one in unit.changes}
        moves = {place_of(unit.first).division: rank for rank, unit in others.items() if _moves_only(unit)}
        together = {moves[path] for path in touched if path in moves}
        for key in order:
            if isinstance(key, int):
                if key not in together:
                    self._alone(others[key])
            else:
                self._again(key, touched[key], inside, others[moves[key]] if key in moves else None)

    def _smallest(self, path: Path) -> Path:
        """The smallest titled division, zone or annexe that holds a place."""
        parts = self.draft.names.index.parts
        moved = self.draft.writer.gaps.moved
        while len(path) > 1 and parts[path].kind == "division" and parts[path].level > 1 and not self._titled(path):
            if path in moved:  # it is no longer in the text of what held it
                break
            path = path[:-1]
        return path

    def _titled(self, path: Path) -> bool:
        return bool(self.draft.names.index.parts[path].title.text)

    # --- texts given again ----------------------------------------------------------------------------------

    def _again(self, path: Path, units: Sequence[Unit], inside: set[Path], moved: Unit | None) -> None:
        """The text of a division; when it goes elsewhere too, one article of the avenant says both."""
        draft = self.draft
        said = draft.pack.say("texte.modifier", lieu=draft.names.part(path))
        rewritten = {one.division for unit in units for one in unit.changes if isinstance(one, ReplaceDivision)}
        pieces = tuple(self._pieces(path, path, inside, rewritten))
        if self.options.ancestors:
            pieces = self._with_ancestors(path, pieces)
        carried = [name for unit in units for name in unit.carried]
        if not pieces:
            raise refused(f"{draft.names.part(path).le} n'a plus de texte", "Supprimez cette division.")
        base = draft.names.index.parts[path]
        modified = draft.title("modification", lieu=draft.names.part(path))
        title = capitalise(base.title.text) if base.title.text else modified
        away = (Sentence(self._moved(moved.first), moved.carried),) if moved and isinstance(moved.first, Move) else ()
        again = Sentence(said, tuple(carried), pieces, guillemets=False)
        self._add(f"modification-{path[-1]}", title, *away, again)

    def _part(self, path: Path) -> Part:
        """The part as it will stand."""
        return self.new.get(path[-1]) or self.made[path[-1]]

    def _pieces(
        self, path: Path, whole: Path, inside: set[Path], rewritten: set[Path]
    ) -> Iterator[Piece | TableAlinea]:
        """The heading and the own text of a part, its untitled sub-parts that change, « (...) » for the others.

        `whole` is the part that is given again, of which `path` is the whole or an untitled sub-part. In those that
        are `rewritten` all is new: nothing is left as it is.
        """
        part = self._part(path)
        if path in rewritten:
            yield from pieces_of_part(part)
            return
        yield from heading_of(part)
        yield from pieces_of(part.lines)
        skipped = False
        for child in self.draft.names.index.parts[path].children:
            below = (*path, child.id)
            if below[-1] not in self.made or below in self.draft.writer.gaps.moved:
                continue
            if any(one[: len(below)] == below for one in inside) and self._smallest(below) == whole:
                skipped = False
                yield from self._pieces(below, whole, inside, rewritten)
            elif not skipped:
                skipped = True
                yield self._ellipsis()

    def _with_ancestors(self, path: Path, pieces: Pieces) -> Pieces:
        parts = self.draft.names.index.parts
        for size in range(len(path) - 1, 0, -1):
            above, children = path[:size], parts[path[:size]].children
            before = bool(parts[above].lines) or children[0].id != path[size]
            later = children[-1].id != path[size]
            pieces = (
                *heading_of(self._part(above)),
                *((self._ellipsis(),) if before else ()),
                *pieces,
                *((self._ellipsis(),) if later else ()),
            )
        return pieces

    def _ellipsis(self) -> Piece:
        return Piece(self.draft.pack.say("texte.ellipse"))

    # --- what comes, goes or moves --------------------------------------------------------------------------

    def _alone(self, unit: Unit) -> None:
        draft, names = self.draft, self.draft.names
        change = unit.first
        match change:
            case Insert():
                self._insert(change)
            case Repeal(division=path):
                paths = [one.division for one in unit.changes if isinstance(one, Repeal)]
                lieu = names.parts(paths)
                said = draft.pack.say("texte.supprimer", lieu=lieu)
                self._add(f"suppression-{path[-1]}", draft.title("abrogation", lieu=lieu), Sentence(said, unit.carried))
            case Move(division=path):
                said = self._moved(change)
                title = draft.title("deplacement", lieu=names.part(path))
                self._add(f"deplacement-{path[-1]}", title, Sentence(said, unit.carried))
            case Renumber():
                self._renumbered(unit, [one for one in unit.changes if isinstance(one, Renumber)])
            case ReplaceFile(division=path):
                joined = Joined(draft.writer.joined[path[-1]])
                said = draft.pack.say("annexe.remplacer_jointe", lieu=names.part(path), jointe=joined)
                title = draft.title("modification", lieu=names.part(path))
                self._add(f"modification-{path[-1]}", title, Sentence(said, unit.carried))
            case _:
                raise TypeError(type(change).__name__)

    def _insert(self, change: Insert) -> None:
        draft = self.draft
        sentences: list[Sentence] = []
        for how, parts in arrivals(change, draft.writer.retired):
            pieces = tuple(piece for part in parts for piece in pieces_of_part(self.new.get(part.id, part)))
            new = draft.names.new(change.parent, parts)
            if how == "fichier":
                joined = Joined(draft.writer.joined[parts[0].id])
                act = Named(draft.names.part(()).phrase)
                said = draft.pack.say("annexe.ajouter_jointe", divisions=new, jointe=joined, acte=act)
                pieces = ()
            elif how == "rétabli":
                said = draft.pack.say("texte.retablir", lieu=draft.names.target_of(change.parent, parts[0]))
            else:
                said = self._inserted(change, new)
                if not pieces:
                    raise refused(f"rien n'est écrit dans {new.un}", "Donnez-lui un titre ou un texte.")
            sentences.append(Sentence(said, (change.id,), pieces, guillemets=False))
        self._add(f"insertion-{change.id}", arrival_title(draft, change), *sentences)

    def _inserted(self, change: Insert, new: New) -> Inlines:
        draft = self.draft
        anchor = draft.writer.gaps.anchor(change.parent, change.after)
        if anchor.how == "fin":
            return draft.pack.say("texte.ajouter_fin", lieu=draft.names.part(anchor.path), divisions=new)
        where = draft.writer.where(change.parent, change.after)
        return draft.pack.say("texte.inserer", ou=where, divisions=new)

    def _moved(self, change: Move) -> Inlines:
        names, pack = self.draft.names, self.draft.pack
        lieu, where = names.part(change.division), self.draft.writer.where(change.parent, change.after)
        if not change.number or change.number == change.old:
            return pack.say("texte.placer", lieu=lieu, ou=where)
        target = names.target(change.division, change.parent, change.number)
        lieu = names.current([change.division], [target])
        return pack.say("texte.deplacer", lieu=lieu, cible=target, ou=where)

    def _renumbered(self, unit: Unit, changes: Sequence[Renumber]) -> None:
        draft, names = self.draft, self.draft.names
        if len(changes) > 1 and all(self._titled(one.division) for one in changes):
            # Each heading with its new number; the titles tell which is which.
            said = draft.pack.say("texte.renumeroter_suite", nom=names.noun(changes[0].division))
            pieces = tuple(
                piece for one in changes for piece in (*heading_of(self._part(one.division)), self._ellipsis())
            )
            sentences = [Sentence(said, unit.carried, pieces, guillemets=False)]
        else:
            sentences = [Sentence(self._numbered(one), (one.id,)) for one in changes]
        lieu = names.parts([one.division for one in changes])
        self._add(f"numero-{changes[0].division[-1]}", draft.title("numero", lieu=lieu), *sentences)

    def _numbered(self, change: Renumber) -> Inlines:
        names = self.draft.names
        target = names.target(change.division, change.division[:-1], change.number)
        lieu = names.current([change.division], [target])
        return self.draft.pack.say("texte.renumeroter", lieu=lieu, cible=target)

    def _add(self, name: str, title: str, *sentences: Sentence) -> None:
        carried = [one for sentence in sentences for one in sentence.carried]
        causes = [one.id for one in self.draft.delta.causes if set(one.effects) & set(carried)]
        self.draft.add(name.replace(":", "-"), title, several_blocks(sentences), carried, causes)


def _moves_only(unit: Unit) -> bool:
    return len(unit.changes) == 1 and isinstance(unit.first, Move)


def _stands_alone(change: Change) -> bool:
    """What has a sentence of its own, rather than a text given again."""
    return isinstance(change, Insert | Repeal | Move | Renumber | ReplaceFile)
