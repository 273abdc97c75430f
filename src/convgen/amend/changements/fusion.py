"""Two drafts made on the same state in force, and passages that a signed avenant has still to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convgen.amend.changements.appliquer import apply_changes
from convgen.amend.changements.changements import (
    Alineas,
    Cause,
    Cell,
    Change,
    Delta,
    Heading,
    Insert,
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
from convgen.amend.changements.differer import place_of
from convgen.amend.changements.phrases import designation
from convgen.amend.changements.plan import Plan, RefusError, check_claims, put
from convgen.amend.texte.arbre import Part, Path, fingerprint, part_key
from convgen.amend.texte.lieux import Index, index_of
from convgen.errors import DefinitionError, Diagnostic
from convgen.french.grammar import join_list


def merge(base: Part, one: Delta, other: Delta) -> Delta:
    """The changes of two drafts made on the same base, as one set; what both say is said once.

    Args:
        base: The amendable tree that both were made for.
        one: The changes of the first draft.
        other: Those of the second.

    Raises:
        DefinitionError: AVE-25, they speak of the same places; each is named.
        RefusError: AVE-03, one of them was not made for this base.
    """
    mine = {_said(change): change for change in one.changes}
    added = [change for change in other.changes if _said(change) not in mine]
    found = list(_conflicts(base, tuple(one.changes), added))
    if found:
        index = index_of(base)
        places = dict.fromkeys(designation(index, change) for change in found)
        raise DefinitionError(
            Diagnostic(
                "AVE-25",
                "les deux projets d'avenant modifient les mêmes passages",
                cause=f"Passages en conflit : {join_list([*places])}",
                remedy="Retirez ces passages de l'un des deux projets, ou faites un seul avenant.",
            )
        )
    changes = [*one.changes, *added]
    named = tuple(replace(change, id=f"m{rank}") for rank, change in enumerate(changes, start=1))
    ids = {_said(change): change.id for change in named}
    causes = (*_renamed(one, ids), *_renamed(other, ids))
    kept = tuple(replace(cause, id=f"c{rank}") for rank, cause in enumerate(_once(causes), start=1))
    new = apply_changes(named, base)
    return Delta(one.base, fingerprint(new), named, kept, max(one.retouches, other.retouches))


def _said(change: Change) -> Change:
    """A change without its name, which each draft gives in its own way."""
    return replace(change, id="")


def _renamed(delta: Delta, ids: dict[Change, str]) -> Iterator[Cause]:
    names = {change.id: ids[_said(change)] for change in delta.changes}
    for cause in delta.causes:
        yield replace(cause, effects=tuple(names[one] for one in cause.effects if one in names))


def _once(causes: Sequence[Cause]) -> Iterator[Cause]:
    """The causes, the effects of those that both drafts give put together."""
    found: dict[object, Cause] = {}
    for cause in causes:
        key = (cause.kind, cause.key, cause.old, cause.new)
        kept = found.get(key, cause)
        effects = dict.fromkeys((*kept.effects, *cause.effects))
        absorbed = dict.fromkeys((*kept.absorbed, *cause.absorbed))
        found[key] = replace(kept, effects=tuple(effects), absorbed=tuple(absorbed))
    yield from found.values()


def _conflicts(base: Part, mine: Sequence[Change], theirs: Sequence[Change]) -> Iterator[Change]:
    """The changes of the second draft that take what the first takes."""
    index = index_of(base)
    _located(index, mine)
    _located(index, theirs)
    for change in theirs:
        if any(_against(one, change) or not _together(index, one, change) for one in mine):
            yield change


def _located(index: Index, changes: Sequence[Change]) -> None:
    plan = Plan(index)
    for change in changes:
        put(plan, change)
    check_claims(plan)


def _together(index: Index, one: Change, other: Change) -> bool:
    try:
        _located(index, (one, other))
    except RefusError:
        return False
    return True


def _against(one: Change, other: Change) -> bool:
    """Whether two changes that do not claim the same words still depend on which is made first."""
    match one, other:
        case Term(pairs=pairs), Term(pairs=others):
            return _crossed(pairs, others)
        case ((Insert() | Move()), (Insert() | Move())):
            return _gap(one) == _gap(other)
        case ((Renumber() | Move()), (Insert() | Repeal())):
            return isinstance(one, Renumber)
        case ((Insert() | Repeal()), Renumber()):
            return True
    return False


def _crossed(pairs: Sequence[Pair], others: Sequence[Pair]) -> bool:
    """Whether one set says otherwise of a word that the other takes or gives."""
    taken = {pair.old: pair.new for pair in pairs}
    given = {pair.new for pair in pairs}
    return any(taken.get(pair.old, pair.new) != pair.new or pair.old in given or pair.new in taken for pair in others)


def _gap(change: Insert | Move) -> tuple[Path, str]:
    """Where it arrives: the order of two arrivals of two drafts in one gap would be a guess."""
    return change.parent, change.after


# --- signed, and not yet in effect ----------------------------------------------------------------------------


def waiting(before: Part, after: Part, delta: Delta) -> tuple[Change, ...]:
    """The changes that touch a passage which is not in effect yet.

    Args:
        before: The text in effect.
        after: The same with the avenants signed that have not taken effect.
        delta: The changes of a later avenant, made for `after`.
    """
    old, new = index_of(before), index_of(after)
    return tuple(change for change in delta.changes if _waits(change, old, new))


def check_in_effect(before: Part, after: Part, delta: Delta, avenants: Sequence[str]) -> None:
    """Check that no change touches a passage that is not in effect yet.

    Args:
        before: The text in effect.
        after: The same with the avenants signed that have not taken effect.
        delta: The changes of a later avenant, made for `after`.
        avenants: How those avenants are named.

    Raises:
        DefinitionError: AVE-24, one does: which of the two wordings is meant would be a guess.
    """
    found = waiting(before, after, delta)
    if not found:
        return
    index = index_of(after)
    places = dict.fromkeys(designation(index, change) for change in found)
    by = join_list([*avenants]) or "un avenant signé"
    raise DefinitionError(
        Diagnostic(
            "AVE-24",
            f"un passage modifié par {by}, qui n'a pas encore pris effet, est modifié de nouveau",
            cause=f"On ne saurait laquelle des deux rédactions est visée : {join_list([*places])}",
            remedy="Donnez à l'avenant une date d'effet au plus tôt égale à celle de cet avenant, "
            "ou laissez ce passage tel quel.",
        )
    )


def _waits(change: Change, old: Index, new: Index) -> bool:
    path = place_of(change).division
    match change:
        case Term():
            return False  # a term is wherever it stands: each wording is amended when it takes effect
        case Insert():
            return path not in old.parts
        case Heading():
            return path not in old.parts or old.parts[path].title.key != new.parts[path].title.key
        case Words(place=place) | Cell(place=place):
            return _fresh(old, new, path, place.alinea or 0, (place.alinea or 0) + 1)
        case Rows(alinea=alinea):
            return _fresh(old, new, path, alinea, alinea + 1)
        case Alineas(start=start, end=end):
            return _fresh(old, new, path, start, end)
        case Renumber():
            return False
        case Move():
            return path not in old.parts
        case ReplaceDivision() | Repeal() | ReplaceFile():
            return path not in old.parts or part_key(old.parts[path]) != part_key(new.parts[path])


def _fresh(old: Index, new: Index, path: Path, start: int, end: int) -> bool:
    """Whether one of these lines of a part is not in effect: none of the part's lines says it."""
    if path not in old.parts:
        return True
    known = Counter(line.key for line in old.parts[path].lines)
    return any(not known[line.key] for line in new.parts[path].lines[start:end])
