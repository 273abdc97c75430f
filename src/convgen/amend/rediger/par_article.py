"""The changes in the order of the base: an article of the avenant for each article of the base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from convgen.acte.nodes import Block
from convgen.amend.changements.changements import CauseKind, Change, Insert, Move, Renumber, Repeal
from convgen.amend.changements.differer import place_of
from convgen.amend.rediger.articles import Draft
from convgen.amend.rediger.legistique import arrivals
from convgen.amend.rediger.phrase import grouped, several_blocks
from convgen.amend.rediger.unites import Unit, common, holder, same_words
from convgen.amend.texte.arbre import Path
from convgen.amend.texte.lieux import Index


def owner(index: Index, path: Path) -> Path:
    """The article, zone, annexe or chapter of the base that a place belongs to."""
    for size in range(1, len(path) + 1):
        part = index.parts[path[:size]]
        if part.kind != "division" or part.level:
            return path[:size]
    return path


def bucket(index: Index, change: Change) -> tuple[Path, str]:
    """What goes in one article of the avenant: an article of the base, or what arrives between two of them."""
    path = owner(index, place_of(change).division)
    part = index.parts[path]
    if isinstance(change, Insert) and (part.kind == "acte" or (part.kind == "division" and not part.level)):
        return path, change.id
    return path, ""


def say_by_article(draft: Draft, but: Collection[str] = frozenset()) -> None:
    """Say what is left, but these changes."""
    index = draft.names.index
    buckets: dict[tuple[Path, str], list[Unit]] = {}
    for unit in draft.units([one for one in draft.left() if one.id not in but]):
        buckets.setdefault(bucket(index, unit.first), []).append(unit)
    for (path, arrival), units in buckets.items():
        carried = [name for unit in units for name in unit.carried]
        causes = [one.id for one in draft.delta.causes if set(one.effects) & set(carried)]
        name = f"insertion-{arrival}" if arrival else f"modification-{path[-1] if path else 'acte'}"
        draft.add(name.replace(":", "-"), _title(draft, path, units), _blocks(draft, path, units), carried, causes)


def _blocks(draft: Draft, path: Path, units: Sequence[Unit]) -> tuple[Block, ...]:
    """What is said of the article itself, then what is said of what it holds, in a group when there are several."""
    outer = [unit for unit in units if len(holder(unit)) < len(path) or (isinstance(unit.first, Insert) and not path)]
    inner = [unit for unit in units if unit not in outer]
    sentences = draft.sentences(inner)
    if len(sentences) < 2:
        return several_blocks([*draft.sentences(outer), *sentences])
    context = common([holder(unit) for unit in inner])
    if not context:
        return several_blocks([*draft.sentences(outer), *sentences])
    head = draft.pack.say("groupe.article", lieu=draft.names.part(context))
    writer = draft.writer.inside(context)
    return (*several_blocks(draft.sentences(outer)), *grouped(head, draft.sentences(inner, writer)))


def _title(draft: Draft, path: Path, units: Sequence[Unit]) -> str:
    names = draft.names
    change = units[0].first
    if len(units) == 1 or all(len(holder(unit)) < len(path) for unit in units):
        match change:
            case Insert(parent=parent) if _above(draft, parent):
                return arrival_title(draft, change)
            case Repeal() if all(isinstance(one, Repeal) for one in units[0].changes) and len(units) == 1:
                paths = [one.division for one in units[0].changes if isinstance(one, Repeal)]
                numbered = bool(names.index.parts[paths[0]].number)
                return draft.title("abrogation" if numbered else "suppression", lieu=names.parts(paths))
            case Move(division=moved) if moved == path:
                return draft.title("deplacement", lieu=names.part(path))
            case Renumber(division=same) if same == path:
                paths = [one.division for one in units[0].changes if isinstance(one, Renumber)]
                return draft.title("numero", lieu=names.parts(paths))
    return draft.title("modification", lieu=names.part(path))


def _above(draft: Draft, parent: Path) -> bool:
    part = draft.names.index.parts[parent]
    return part.kind == "acte" or (part.kind == "division" and not part.level)


def arrival_title(draft: Draft, change: Insert) -> str:
    """« Insertion d'un article 3-1 », « Rétablissement de l'article 5 »."""
    found = list(arrivals(change, draft.writer.retired))
    if all(how == "rétabli" for how, _ in found):
        return draft.title("retablissement", lieu=draft.names.target_of(change.parent, found[0][1][0]))
    return draft.title("insertion", divisions=draft.names.new(change.parent, change.new))


def say_numbering(draft: Draft, names: Iterable[str]) -> None:
    """The numbers that change because others come and go, and the references that follow them."""
    units = same_words(draft.units(draft.left(names)))
    if units:
        causes = [one.id for one in draft.delta.causes if one.kind is CauseKind.NUMBERING]
        carried = [name for unit in units for name in unit.carried]
        blocks = several_blocks(draft.sentences(units))
        draft.add("numerotation", draft.title("numerotation"), blocks, carried, causes)
