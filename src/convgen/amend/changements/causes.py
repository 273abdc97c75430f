"""Why several changes exist: a datum, a party, a term, the numbering. A cause owns its effects and is said once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from convgen.acte.nodes import Acte, Blank, Exact, Inline, Inlines, PartySummary, Reference, Value
from convgen.acte.walk import walk
from convgen.amend.changements.changements import (
    Alineas,
    Cause,
    CauseKind,
    Cell,
    Change,
    Delta,
    Gap,
    Heading,
    Insert,
    Move,
    Renumber,
    Repeal,
    ReplaceDivision,
    Rows,
    Term,
    Words,
)
from convgen.amend.changements.differer import place_of
from convgen.amend.texte.arbre import Alinea, Part, alineas_in
from convgen.amend.texte.forme import join, tokens_of
from convgen.amend.texte.inlines import leaves

#: The data whose exact value is an identifier: what they say is their text.
_NAMED = frozenset({"partie", "personne", "élément", "choix", "liste"})
_DETERMINERS = frozenset({"le", "la", "l'", "les", "un", "une", "des", "du", "de", "d'"})
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Datum:
    """A datum as an act prints it: its type, its exact value (None while unknown) and its first text."""

    kind: str
    exact: Exact | None
    text: str

    @property
    def said(self) -> object:
        """What is compared: the exact value, or the name without its article for what has a name."""
        if self.kind not in _NAMED:
            return tuple(self.exact) if isinstance(self.exact, tuple) else (self.exact, isinstance(self.exact, bool))
        tokens = [token.casefold() for token in tokens_of(self.text)]
        while len(tokens) > 1 and tokens[0] in _DETERMINERS:
            del tokens[0]
        return (self.exact, tuple(tokens))


def data_of(acte: Acte) -> dict[str, Datum]:
    """The data that an act prints, by key, in the order where they are first printed."""
    found: dict[str, Datum] = {}
    for node in walk((acte.zones, acte.annexes)):
        if isinstance(node, Value):
            found.setdefault(node.key, Datum(node.kind, node.exact, node.text))
        elif isinstance(node, Blank):
            found.setdefault(node.key, Datum("", None, node.text))
    return found


def with_causes(
    delta: Delta,
    old: Acte,
    new: Acte,
    labels: Mapping[str, str] | None = None,
    sources: Mapping[str, Collection[str]] | None = None,
) -> Delta:
    """The changes with their causes.

    Args:
        delta: The changes from the tree of `old` to that of `new`.
        old: The base.
        new: The new version.
        labels: What people call the data, by key or by the beginning of a key.
        sources: The data that each datum of the new version is computed from, by key.
    """
    causes = [*_data_causes(old, new, labels or {}), *_party_causes(old, new)]
    effects = _Effects()
    for change in delta.changes:
        _gather(change, {cause.key for cause in causes if cause.kind is CauseKind.DATA}, effects)
    filled = (_filled(cause, effects) for cause in causes)
    # A datum that only the visas print is none of the changes; a change of party is never silent.
    kept = [one for one in filled if one.effects or one.absorbed or one.kind is CauseKind.PARTY]
    kept.extend(_term_causes(delta.changes))
    kept.extend(_numbering(delta.changes))
    named = tuple(replace(cause, id=f"c{rank}") for rank, cause in enumerate(kept, start=1))
    return replace(delta, causes=_derived(named, sources or {}))


def _derived(causes: Sequence[Cause], sources: Mapping[str, Collection[str]]) -> tuple[Cause, ...]:
    """The causes, those of computed data following the datum that somebody changed."""
    data = {cause.key: cause for cause in causes if cause.kind is CauseKind.DATA}
    above = {key: [one for one in data if one in _sources_of(key, sources)] for key in data}
    first = {key: next((one for one in found if not above[one]), "") for key, found in above.items()}
    return tuple(
        replace(cause, of=data[first[cause.key]].id)
        if cause.kind is CauseKind.DATA and first.get(cause.key) and first[cause.key] != cause.key
        else cause
        for cause in causes
    )


def _sources_of(key: str, sources: Mapping[str, Collection[str]]) -> set[str]:
    """All that a datum is computed from, near and far; its own parts are not among them."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        name = waiting.pop()
        while name:
            for one in sources.get(name, ()):
                if one not in found and not _same_datum(one, key):
                    found.add(one)
                    waiting.append(one)
            name = name.rpartition(".")[0]
    return found


def _same_datum(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def gap(cause: Cause) -> Gap | None:
    """The exact difference of two numbers and its share of the first, rounded half up to the hundredth."""
    old, new = _number(cause.old), _number(cause.new)
    if old is None or new is None:
        return None
    difference = new - old
    share = (difference / old * 100).quantize(_CENT, ROUND_HALF_UP) if old else None
    return Gap(difference, share)


def _number(exact: Exact | None) -> Decimal | None:
    if isinstance(exact, bool) or not isinstance(exact, Decimal | int):
        return None
    return Decimal(exact)


# --- what changed -------------------------------------------------------------------------------------------


def _data_causes(old: Acte, new: Acte, labels: Mapping[str, str]) -> Iterator[Cause]:
    before, after = data_of(old), data_of(new)
    for key, one in before.items():
        other = after.get(key)
        if other is None or one.said == other.said:
            continue
        label = _label(key, labels)
        kind = other.kind or one.kind
        yield Cause("", CauseKind.DATA, key, label, kind, one.exact, other.exact, one.text, other.text)


def _label(key: str, labels: Mapping[str, str]) -> str:
    """What people call a datum; « Montant de la subvention (2024) » for a part of one that has a name.

    One that nobody named is called by the words of its key: « phase_test », « phase test ».
    """
    name, rest = key, ""
    while name:
        if name in labels:
            return f"{labels[name]} ({_words_of(rest)})" if rest else labels[name]
        name, _, last = name.rpartition(".")
        rest = f"{last}.{rest}".rstrip(".")
    return _words_of(key)


def _words_of(key: str) -> str:
    return key.replace("_", " ")


def _party_causes(old: Acte, new: Acte) -> Iterator[Cause]:
    before = {one.id: one for one in old.parties}
    after = {one.id: one for one in new.parties}
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            yield _party(key, one.name if one else "", other.name if other else "")
        elif one.organisme != other.organisme or tokens_of(one.name) != tokens_of(other.name):
            yield _party(key, one.name, other.name)
        elif tokens_of(_called(one)) != tokens_of(_called(other)):
            yield _party(key, _called(one), _called(other))


def _called(party: PartySummary) -> str:
    return ", ".join(part for part in (party.designation, party.role) if part)


def _party(key: str, before: str, after: str) -> Cause:
    label = f"la partie « {key} »"
    return Cause("", CauseKind.PARTY, f"parties.{key}", label, "partie", before, after, before, after)


# --- what it explains ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Effects:
    """The changes and the places that a key explains."""

    of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    absorbed: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))


def _filled(cause: Cause, effects: _Effects) -> Cause:
    if cause.kind is CauseKind.PARTY:
        keys = [key for key in (*effects.of, *effects.absorbed) if key == cause.key or key.startswith(f"{cause.key}.")]
    else:
        keys = [cause.key]
    mine = dict.fromkeys(one for key in keys for one in effects.of.get(key, ()))
    places = dict.fromkeys(place_of(one) for key in keys for one in effects.absorbed.get(key, ()))
    return replace(cause, effects=tuple(mine), absorbed=tuple(places))


def _gather(change: Change, keys: Iterable[str], effects: _Effects) -> None:
    """Which changed data show in a change, and whether it says nothing else."""
    before, after = _sides(change)
    old, new = _printed(before), _printed(after)
    for key in keys:
        if old.get(key, ()) == new.get(key, ()) or not (key in old or key in new):
            continue
        alone = isinstance(change, Words | Cell | Heading)
        if alone:
            effects.of[key].append(change.id)
        else:
            effects.absorbed[key].append(change)


def _printed(lines: Iterable[Inlines]) -> dict[str, tuple[str, ...]]:
    """The texts of the data in these lines, by key."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        for text, node in leaves(line):
            if isinstance(node, Value | Blank):
                found[node.key].append(join(tokens_of(text)).casefold())
    return {key: tuple(texts) for key, texts in found.items()}


def _sides(change: Change) -> tuple[list[Inlines], list[Inlines]]:
    match change:
        case Words(old=old, new=new):
            return [old], [new]
        case Heading(old=before, new=after):
            return [before.inlines], [after.inlines]
        case Cell(old=cell, new=other):
            return [line.inlines for line in cell.lines], [line.inlines for line in other.lines]
        case Alineas(old=lines, new=others):
            return [one.inlines for one in alineas_in(lines)], [one.inlines for one in alineas_in(others)]
        case Rows(old=rows, new=new_rows):
            return (
                [one.inlines for row in rows for cell in row.cells for one in cell.lines],
                [one.inlines for row in new_rows for cell in row.cells for one in cell.lines],
            )
        case ReplaceDivision(old=part, new=other_part):
            return [one.inlines for one in _all_lines(part)], [one.inlines for one in _all_lines(other_part)]
        case Repeal(old=part):
            return [one.inlines for one in _all_lines(part)], []
        case Insert(new=parts):
            return [], [one.inlines for part in parts for one in _all_lines(part)]
    return [], []


def _all_lines(part: Part) -> Iterator[Alinea]:
    yield part.title
    yield from alineas_in(part.lines)
    for child in part.children:
        yield from _all_lines(child)


# --- terms and numbering ------------------------------------------------------------------------------------


def _term_causes(changes: Sequence[Change]) -> Iterator[Cause]:
    for change in changes:
        if isinstance(change, Term):
            before = ", ".join(join(pair.old) for pair in change.pairs)
            after = ", ".join(join(pair.new) for pair in change.pairs)
            label = f"le terme « {join(change.pairs[0].old)} »"
            yield Cause("", CauseKind.TERM, before, label, "terme", before, after, before, after, (change.id,))


def _numbering(changes: Sequence[Change]) -> Iterator[Cause]:
    """One cause for the numbers that change because others come and go, and the references that follow them."""
    numbers = [one for one in changes if isinstance(one, Renumber)]
    shaken = bool(numbers) or any(isinstance(one, Insert | Move) for one in changes)
    mine = [one.id for one in changes if isinstance(one, Renumber) or (shaken and _is_reference(one))]
    if mine:
        yield Cause("", CauseKind.NUMBERING, "", "la numérotation", effects=tuple(mine))


def _is_reference(change: Change) -> bool:
    """Whether all that changes is the number that references to the same parts print."""
    if not isinstance(change, Words) or not change.new:
        return False
    before, after = _references(change.old), _references(change.new)
    return bool(before) and before == after


def _references(line: Inlines) -> list[object] | None:
    """What a line says, with the targets of its references in place of their numbers; None without a reference."""
    found: list[object] = []
    some = False
    for text, node in leaves(line):
        some = some or isinstance(node, Reference)
        found.append(_target(node) if isinstance(node, Reference) else tokens_of(text))
    return found if some else None


def _target(node: Inline) -> tuple[str, str, str] | None:
    return (node.target, node.form, node.noun.strip()) if isinstance(node, Reference) else None
