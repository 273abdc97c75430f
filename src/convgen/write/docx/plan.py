"""What is settled before the body is printed: bookmarks and numbers of all divisions, for references ahead."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from convgen.acte.nodes import Acte, Annexe, Division, Level, Paragraph, Scheme
from convgen.acte.numbering import DEFAULT_SCHEME, scheme_of_annexe
from convgen.acte.walk import divisions_of
from convgen.write.docx.numbering import Numbering, Series, Slot, act_levels


@dataclass(frozen=True, slots=True)
class Mark:
    """A division or an annexe as references and the table of contents see it.

    Attributes:
        bookmark: the name of its bookmark, 40 characters at most.
        bookmark_id: unique in the file.
        slot: its place in a numbered list, None when it has no number.
        label: how its number reads, "" when it has none.
        heading: which heading level it has (1 to 5), 0 for a titre or chapitre above the articles.
        former: the label that this one takes the place of, None when it does not change.
    """

    bookmark: str
    bookmark_id: int
    slot: Slot | None
    heading: int
    label: str = ""
    former: str | None = None


@dataclass(slots=True)
class Plan:
    """The marks, by node and by identifier."""

    by_node: dict[int, Mark] = field(default_factory=dict)
    by_id: dict[str, Mark] = field(default_factory=dict)
    first_id: int = 1
    capitals: frozenset[str] = frozenset()

    def add(self, node: Division | Annexe, slot: Slot | None, heading: int) -> None:
        """Give the node a bookmark of its own, made from its identifier."""
        name = bookmark_name(f"{node.id}#{len(self.by_node)}" if node.id in self.by_id else node.id)
        label = node.number.label if node.number is not None else ""
        former = node.number.former if node.number is not None else None
        mark = Mark(name, self.first_id + len(self.by_node), slot, heading, label, former)
        self.by_node[id(node)] = mark
        self.by_id.setdefault(node.id, mark)


def heading_style(level: int, shift: int) -> str:
    """The style key of a division; `shift` is 1 when something stands above the articles."""
    return "ActePartie" if level == 0 else f"Heading{min(level + shift, 5)}"


def is_run_in(division: Division) -> bool:
    """Without a title, the number is printed at the head of the first paragraph."""
    return not division.title and bool(division.blocks) and isinstance(division.blocks[0], Paragraph)


@lru_cache(maxsize=4096)
def bookmark_name(target: str) -> str:
    """A hidden bookmark ("_Ref…") that depends on the identifier only."""
    return f"_Ref{int(hashlib.sha256(target.encode()).hexdigest()[:15], 16) % 10**15:015d}"


def make_plan(acte: Acte, numbering: Numbering, first_id: int, capitals: frozenset[str]) -> Plan:
    """Number and mark every division and annexe, in printed order.

    Args:
        acte: numbered.
        numbering: receives the lists.
        first_id: the first free bookmark id.
        capitals: the keys of the styles that print in capitals.
    """
    plan = Plan(first_id=first_id, capitals=capitals)
    scheme = acte.scheme if acte.scheme.levels else DEFAULT_SCHEME
    for zone in acte.zones:
        _plan_divisions(plan, divisions_of(zone.blocks), scheme, numbering, annexe=False)
    _plan_annexes(plan, acte.annexes, scheme, numbering)
    return plan


def _plan_divisions(plan: Plan, found: Sequence[Division], scheme: Scheme, numbering: Numbering, annexe: bool) -> None:
    if not found:
        return
    above, below = act_levels(scheme)
    base = len(above)
    shift = 1 if annexe or any(one.level == 0 for one in found) else 0
    series: dict[bool, Series] = {}
    for one in found:
        slot = None
        if one.number is not None:
            high = one.level < base
            if high not in series:
                levels = above if high else below
                first = 0 if high else base
                keys = [heading_style(first + rank, shift) for rank in range(len(levels))]
                series[high] = numbering.series(levels, tuple(key in plan.capitals for key in keys))
            rank = one.level - (0 if high else base)
            slot = numbering.division(series[high], rank, one.number, run_in=is_run_in(one))
        heading = 0 if one.level == 0 else min(one.level + shift, 5)
        plan.add(one, slot, heading)


def _plan_annexes(plan: Plan, annexes: tuple[Annexe, ...], scheme: Scheme, numbering: Numbering) -> None:
    series: dict[tuple[str, str], Series] = {}
    for annexe in annexes:
        slot = None
        if annexe.number is not None:
            prefix = annexe.number.label.removesuffix(annexe.number.text)
            # « ANNEXE 1 solidarités »: the word of the series is part of each label, not of the count.
            suffix = f" {annexe.series}" if annexe.series else ""
            key = prefix, suffix
            if key not in series:
                level = Level("annexe", prefix, suffix=suffix, separator=annexe.number.separator)
                series[key] = numbering.series((level,), ("ActeAnnexe" in plan.capitals,))
            slot = numbering.division(series[key], 0, annexe.number)
        plan.add(annexe, slot, 1)
        inside = divisions_of(annexe.blocks)
        _plan_divisions(plan, inside, scheme_of_annexe(scheme), numbering, annexe=True)
