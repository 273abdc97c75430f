"""From a state in force and a new version to the avenant and all that goes with it, proved on every run.

The changes give the new version back (law L1), and a reader that sees only the printed sentences of the avenant and
the printed base gets the printed new text (law L2). An article whose sentences are not read back is said again at a
coarser grain. When a law still fails, an error names the place and nothing is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from convgen.acte.nodes import Acte, Annexe, Division
from convgen.acte.walk import walk
from convgen.amend.changements.appliquer import verify
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.changements import Delta, Insert, Pair, ReplaceFile
from convgen.amend.changements.comparer import check_same_act
from convgen.amend.changements.differer import Grain, place_of
from convgen.amend.changements.fusion import check_in_effect
from convgen.amend.changements.vocabulaire import with_contracted_forms
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.numeros.renvois import references_to_review
from convgen.amend.preuve import Proof, proved
from convgen.amend.rediger import Options, Wording
from convgen.amend.rediger.acte import Frame, compose_avenant
from convgen.amend.remarques import check_parties, remarks_of
from convgen.amend.suivi.comparatif import comparison_table
from convgen.amend.suivi.suivi import tracked
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.etat import Source, State
from convgen.amend.texte.lieux import designate_part, index_of
from convgen.amend.texte.normaliser import normal
from convgen.amend.texte.restrictions import restricted
from convgen.amend.vigueur.consolider import printed_state, state_after
from convgen.amend.vigueur.intercaler import check_alone
from convgen.errors import Diagnostic, Report

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack
    from convgen.compose.text import TextCache
    from convgen.compose.views.others import Others


@dataclass(frozen=True, slots=True)
class Order:
    """How an avenant is made.

    Attributes:
        id: Its identifier.
        designation: How the consolidated text names it (« l'avenant n° 1 »).
        frame: What it says besides the changes.
        pack: The words of the changes.
        policy: How the new version is numbered.
        grain: What is rewritten; None weighs the cost of each.
        pairs: Terms replaced in the whole text.
        options: How the changes are grouped.
        labels: What people call the data, by key.
        base_files: The digest of each annexe of the base that is a foreign file, by identifier.
        new_files: Those of the new version.
        announced: The parties whose change is declared; None declares them all.
        day: Its day, None while unknown.
        final: Refuse blanks.
        whole: The divisions whose text is not wholly known, by identifier: they are only replaced whole.
        in_effect: The state in effect and its digests, when signed avenants of the base are not in effect yet.
        waiting: How those avenants are named.
    """

    id: str
    designation: str
    frame: Frame
    pack: Pack
    policy: Policy = Policy.FROZEN
    grain: Grain | None = None
    pairs: tuple[Pair, ...] = ()
    options: Options = field(default_factory=Options)
    labels: Mapping[str, str] = field(default_factory=dict)
    base_files: Mapping[str, str] = field(default_factory=dict)
    new_files: Mapping[str, str] = field(default_factory=dict)
    announced: frozenset[str] | None = frozenset()
    day: date | None = None
    final: bool = False
    whole: frozenset[str] = frozenset()
    in_effect: tuple[State, Mapping[str, str]] | None = None
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """An avenant, and all that goes with it.

    Attributes:
        base: What was in force.
        new: The new version, with its final numbers.
        delta: The changes, with their causes.
        wording: The changes in words.
        avenant: The act.
        consolidated: The new version as printed, with its notes of source.
        tracked: The new version with its changes tracked.
        table: The comparison table.
        state: What is in force after it.
        source: How it is named, and which of its articles says which change.
        remarks: What the avenant does not carry, and what deserves a look.
    """

    base: State
    new: Acte
    delta: Delta
    wording: Wording
    avenant: Acte
    consolidated: Acte
    tracked: Acte
    table: Acte
    state: State
    source: Source
    remarks: tuple[Diagnostic, ...]


def amend(
    state: State,
    new: Acte,
    order: Order,
    report: Report,
    *,
    cache: TextCache | None = None,
    others: Others | None = None,
) -> Amendment | None:
    """The avenant that turns the state in force into the new version.

    Args:
        state: What is in force.
        new: The new version as composed.
        order: How the avenant is made.
        report: Collects the diagnostics.
        cache: What texts share from one act to the next.
        others: Gives another act that a text names.

    Returns:
        None when nothing changes, or when an error stops it (then it is in `report`).

    Raises:
        DefinitionError: AVE-01, these are two acts; AVE-02, an identifier is borne twice; AVE-21, a party changes
            and this is not declared; AVE-24, a passage is not in effect yet.
        RefusError: AVE-03, the changes do not give the new version back.
        LectureError: AVE-20, no sentence says a change so that it is read back.
    """
    numbered = number_against(replace(new, draft=not order.final), state, order.policy)
    a, b = normal(state.acte, order.base_files), normal(numbered, order.new_files)
    check_same_act(state.acte, numbered, a, b, parties=True)
    report.extend((*restricted(a, b, numbered), *references_to_review(a, b, numbered)))
    if report.errors:
        return None
    found = _proved(a, b, (state.acte, numbered), order)
    remarks = remarks_of(found, (state.acte, numbered), a, b, order.pairs)
    report.extend(remarks)
    if not found.delta.changes:
        return None
    known = tuple(note.key.partition(".")[2] for note in order.options.parties)
    check_parties(found.delta, order.announced, order.pairs, known)
    if order.in_effect is not None:
        before, files = order.in_effect
        check_in_effect(normal(before.acte, files), a, found.delta, order.waiting)
    if report.errors:
        return None
    avenant = compose_avenant(
        order.frame,
        found.wording,
        order.pack,
        report,
        joined=_joined(found.delta, numbered),
        amended=_amended(found.delta, a),
        final=order.final,
        cache=cache,
        others=others,
    )
    if avenant is None:
        return None
    source = Source(order.id, order.designation, order.day, _articles(avenant, found.wording))
    after = state_after(state, numbered, found.delta, order.id, order.policy, source)
    if order.in_effect is not None:
        check_alone(order.in_effect, (state, order.base_files), (after, order.new_files), order.waiting)
    shown = replace(tracked(state.acte, numbered, found.delta, order.base_files), draft=numbered.draft)
    table = comparison_table(state.acte, numbered, found.delta, order.base_files, shown=shown)
    return Amendment(
        base=state,
        new=numbered,
        delta=found.delta,
        wording=found.wording,
        avenant=avenant,
        consolidated=printed_state(after),
        tracked=shown,
        table=replace(table, draft=numbered.draft),
        state=after,
        source=source,
        remarks=remarks,
    )


def _proved(a: Part, b: Part, actes: tuple[Acte, Acte], order: Order) -> Proof:
    def explain(delta: Delta) -> Delta:
        verify(delta, a, b)
        return with_causes(delta, *actes, order.labels, order.frame.becomes.sources)

    pairs = with_contracted_forms(order.pairs, a) if order.pairs else ()
    return proved(a, b, order.pack, explain, pairs=pairs, grain=order.grain, options=order.options, whole=order.whole)


def _amended(delta: Delta, base: Part) -> list[str]:
    """What is amended, part by part, in the order of the base; the whole act is not a part of it."""
    index = index_of(base)
    paths = [place_of(change).division for change in delta.of_substance() if not isinstance(change, Insert)]
    return [designate_part(index, path).le for path in dict.fromkeys(paths) if path]


def _joined(delta: Delta, new: Acte) -> list[Annexe]:
    """The annexes that are new files, in the order in which the words number them."""
    found = [one.division[-1] for one in delta.changes if isinstance(one, ReplaceFile)]
    found.extend(part.id for one in delta.changes if isinstance(one, Insert) for part in one.new if part.file)
    annexes = {annexe.id: annexe for annexe in new.annexes}
    return [annexes[name] for name in found if name in annexes]


def _articles(avenant: Acte, wording: Wording) -> dict[str, str]:
    """For each change, the number of the article of the avenant that says it."""
    numbers = {one.id: one.number.text for one in _divisions(avenant) if one.number}
    # The article bears another identifier when one typed by hand has its own.
    said = (
        (article, numbers.get(f"modification-{article.id}", numbers.get(article.id))) for article in wording.articles
    )
    return {change: number for article, number in said if number is not None for change in article.changes}


def _divisions(acte: Acte) -> Iterator[Division]:
    return (node for node in walk(acte.zones) if isinstance(node, Division))
