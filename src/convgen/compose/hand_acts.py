"""What an act offers to compare words typed by hand with: the parts of its amounts, its parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from convgen.acte.nodes import Paragraph
from convgen.acte.runs import plain_text
from convgen.acte.walk import walk
from convgen.compose.autorisation import AuthorisedAct
from convgen.compose.context import printing_of
from convgen.compose.deliberation_pack import Pack
from convgen.compose.figures import amounts_of, figures_of_act
from convgen.compose.hand_names import names_of_organisme, names_of_party
from convgen.compose.hand_partners import Named
from convgen.compose.hand_shares import Part
from convgen.compose.named_acts import text_of_act
from convgen.compose.views.groups import ItemView
from convgen.model.files import Files
from convgen.model.resolved import ResolvedAct
from convgen.model.values import Amount, GroupItem, GroupValue, TextValue

#: What names an item besides its number.
_NAMES = ("titre", "intitule", "nom")
#: A name of fewer letters is a word of any sentence.
_SHORT = 6


def total_of(acts: Sequence[AuthorisedAct]) -> frozenset[Decimal]:
    """The whole amounts, which may stand beside any part."""
    found = (one.money.amount for act in acts for one in _states(act) if one.money is not None)
    return frozenset(one.value for one in found if isinstance(one, Amount))


def parts_of(acts: Sequence[AuthorisedAct], pack: Pack) -> Iterator[tuple[Part, ...]]:
    """The parts that share amounts: the items of each group of an act; several acts, by the names of their parties.

    Args:
        acts: those that the words stand beside.
        pack: says the titles of items.
    """
    if len(acts) > 1:
        yield _by_party(acts)
        return
    for act in acts:
        groups: dict[str, dict[str, Part]] = {}
        for state in _states(act):
            for name, group in state.data.items():
                if isinstance(group, GroupValue):
                    held = groups.setdefault(name, {})
                    for item in group.items:
                        part = _part(state, group, item, pack)
                        held[item.id] = _joined(held.get(item.id), part)
        yield from (tuple(one.values()) for one in groups.values() if len(one) > 1)


def _states(act: AuthorisedAct) -> Iterator[ResolvedAct]:
    """An act, and for an avenant the convention before it and after it."""
    yield act.resolved
    if act.amended is not None:
        yield act.amended[0]
    if act.becomes is not None:
        yield act.becomes


def _part(act: ResolvedAct, group: GroupValue, item: GroupItem, pack: Pack) -> Part:
    noun = group.phrase.noun if group.phrase is not None else ""
    number = ItemView(item, group, printing_of(act)).number
    names = tuple(name for name in _titles(act, item, pack) if len(name) >= _SHORT)
    said = f"{noun} {number}" if noun else names[0] if names else item.id
    return Part(said, noun, number, names, amounts_of(item))


def _titles(act: ResolvedAct, item: GroupItem, pack: Pack) -> Iterator[str]:
    for key in _NAMES:
        found = item.fields.get(key)
        if isinstance(found, TextValue):
            yield plain_text(text_of_act(act, found.source, pack))


def _joined(held: Part | None, part: Part) -> Part:
    """The same part before an avenant and after it: both of its amounts are its own."""
    if held is None:
        return part
    return replace(part, names=tuple({*held.names, *part.names}), amounts=held.amounts | part.amounts)


def _by_party(acts: Sequence[AuthorisedAct]) -> tuple[Part, ...]:
    """Each act under the names of the parties that are no other act's, with every amount of it."""
    names = [frozenset(name for party in act.resolved.parties for name in names_of_party(party)) for act in acts]
    parts = []
    for rank, act in enumerate(acts):
        shared = frozenset(name for other, held in enumerate(names) if other != rank for name in held)
        own = tuple(sorted(one for one in names[rank] - shared if len(one) >= _SHORT or one.isupper()))
        amounts = frozenset[Decimal]().union(*(figures_of_act(one, act.acte).amounts for one in _states(act)))
        parts.append(Part(act.resolved.id, "", "", own, amounts))
    return tuple(parts)


def named_beside(acts: Sequence[AuthorisedAct], ours: str, files: Files, preamble: str) -> Named | None:
    """Who may be named beside these acts; None when one of them has a place that nobody holds yet.

    Args:
        acts: the acts.
        ours: the organisme that decides.
        files: the organismes of the workspace.
        preamble: what the délibération says before it decides.
    """
    parties = [party for act in acts for one in _states(act) for party in one.parties]
    if any(party.blank for party in parties):
        return None
    names = {name for party in parties for name in names_of_party(party)}
    own = {ours, *(party.organisme for party in parties if party.organisme)}
    known: Mapping[str, frozenset[str]] = {one: names_of_organisme(files, one) for one in files.ids("organisme")}
    names |= {name for one, held in known.items() if one in own for name in held}
    others = frozenset(name for one, held in known.items() if one not in own for name in held)
    return Named(frozenset(names), others, "\n".join((preamble, *map(printed_text, acts))))


def printed_text(act: AuthorisedAct) -> str:
    """What an act prints; for an avenant, with the convention before it."""
    trees = (act.acte, *((act.amended[1],) if act.amended is not None else ()))
    return "\n".join(plain_text(node.inlines) for node in walk(trees) if isinstance(node, Paragraph))
