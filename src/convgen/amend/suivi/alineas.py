"""The alinéas of a part that stays, with what changes in them, what comes and what goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TypeAlias

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Block,
    Division,
    Inlines,
    Section,
    SignatureGrid,
    Table,
    Tracked,
)
from convgen.amend.changements.appliquer import stitches_at
from convgen.amend.changements.plan import Own, Plan
from convgen.amend.suivi.blocs import KEPT, Shown, Unit, assembled, signed, units_of
from convgen.amend.suivi.mots import changed, likeness, marked_line, replaced_line
from convgen.amend.suivi.tableaux import tracked_table
from convgen.amend.texte.arbre import Alinea, Line, Part, Path

_Different: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """A part in one version: its own blocks, and what stands before its first paragraph when it has no title."""

    part: Part
    blocks: tuple[Block, ...]
    label: Inlines = ()


@dataclass(slots=True)
class _Walk:
    """The two versions being gone through side by side."""

    plan: Plan
    path: Path
    own: Own
    old: Side
    new: Side
    news: Sequence[Unit]
    shown: list[Shown] = field(default_factory=list)
    rank: int = 0  # among the alinéas of the base
    other: int = 0  # among those of the new version
    alike: set[int] = field(default_factory=set)  # rewritten nearly word for word, by rank in the base


def tracked_lines(plan: Plan, path: Path, old: Side, new: Side) -> tuple[Block, ...]:
    """The own blocks of a part.

    Args:
        plan: The changes.
        path: The part, in the base.
        old: The part in the base.
        new: The part in the new version.
    """
    own = plan.own.get(path, Own())
    olds = units_of(old.blocks)
    walk = _Walk(plan, path, own, old, new, [one for one in units_of(new.blocks) if one.amendable])
    runs = _runs(walk, own)
    if runs and any(isinstance(one.block, SignatureGrid) for one in (*olds, *walk.news)):
        # Frames side by side are rewritten together.
        return tuple(
            Tracked(change, tuple(_without_divisions(side.blocks)))
            for change, side in ((DELETION, old), (INSERTION, new))
        )
    for unit in olds:
        if unit.amendable and not walk.rank:
            _come(walk, runs)
        _stay_or_go(walk, unit, runs)
        if unit.amendable:
            _come(walk, runs)
    if not walk.rank:
        _come(walk, runs)
    return assembled([*_grids(walk.shown)])


def different(olds: Sequence[object], news: Sequence[object]) -> list[_Different]:
    """Where two sequences differ: from where to where in the first one, how many stand there in the other, and where.

    Returns:
        the start and the end in the first sequence, the count and the start in the other.
    """
    found = SequenceMatcher(None, [*map(hash, olds)], [*map(hash, news)], autojunk=False).get_opcodes()
    return [(start, end, high - low, low) for tag, start, end, low, high in found if tag != "equal"]


def _alike(walk: _Walk, olds: Sequence[Line], news: Sequence[Line], run: _Different) -> bool:
    """Whether lines are the same but for some words, one for one; they are then shown so."""
    start, end, count, low = run
    pairs = list(zip(olds[start:end], news[low : low + count], strict=False))
    if end - start != count or not all(_is_like(old, new) for old, new in pairs):
        return False
    walk.alike.update(range(start, end))
    return True


def _is_like(old: Line, new: Line) -> bool:
    if not isinstance(old, Alinea) or not isinstance(new, Alinea):
        return False
    return old.shape == new.shape and likeness(old, new) is not None


@dataclass(frozen=True, slots=True)
class _Run:
    """Alinéas that go, up to `end` (excluded), and how many come after them."""

    start: int
    end: int
    count: int


def _runs(walk: _Walk, own: Own) -> list[_Run]:
    olds, news = walk.old.part.lines, walk.new.part.lines
    if own.whole is not None:
        # Rewritten whole in the avenant; what comes back word for word, or nearly so, is shown as it stays.
        runs = different([one.key for one in olds], [one.key for one in news])
        return [_Run(*run[:3]) for run in runs if not _alike(walk, olds, news, run)]
    return [_Run(one.start, one.end, len(one.new)) for one in sorted(own.runs, key=lambda one: (one.start, one.end))]


def _stay_or_go(walk: _Walk, unit: Unit, runs: Sequence[_Run]) -> None:
    if not unit.amendable:
        walk.shown.append(Shown(unit, KEPT, unit.block))
        return
    rank = walk.rank
    walk.rank += 1
    if any(run.start <= rank < run.end for run in runs):
        label = walk.old.label if rank == 0 else ()
        walk.shown.append(_whole(unit, DELETION, label))
        return
    other = walk.news[walk.other]
    walk.shown.append(_kept(walk, unit, rank, other))
    walk.other += 1


def _come(walk: _Walk, runs: Sequence[_Run]) -> None:
    """What comes after the alinéas gone through so far."""
    for run in runs:
        if run.end != walk.rank:
            continue
        for unit in walk.news[walk.other : walk.other + run.count]:
            label = walk.new.label if walk.other == 0 else ()
            walk.shown.append(_whole(unit, INSERTION, label))
            walk.other += 1


def _whole(unit: Unit, change: str, label: Inlines) -> Shown:
    content = unit.block if isinstance(unit.block, Table) else (*label, *unit.inlines)
    return Shown(unit, change, content)


def _kept(walk: _Walk, unit: Unit, rank: int, other: Unit) -> Shown:
    line, new = walk.old.part.lines[rank], walk.new.part.lines[walk.other]
    if isinstance(unit.block, Table) or not isinstance(line, Alinea):
        young = other.block if isinstance(other.block, Table) else None
        table = unit.block if isinstance(unit.block, Table) else None
        content: Block | Inlines = unit.block
        if table is not None and young is not None and not isinstance(line, Alinea):
            content = tracked_table(walk.plan, (walk.path, rank), line, table, young)
        return Shown(unit, KEPT, content)
    stitches = stitches_at(walk.plan, (walk.path, rank, None, None), line, walk.own.words.get(rank, ()))
    if rank in walk.alike and isinstance(new, Alinea):
        words = replaced_line(unit.inlines, line, new)
    else:
        words = marked_line(unit.inlines, line, stitches, _text(new))
    former = unit.marker if unit.marker != other.marker and unit.first else None
    label = _labels(walk.old.label if rank == 0 else (), walk.new.label if walk.other == 0 else ())
    return Shown(replace(unit, marker=other.marker), KEPT, (*label, *words), former)


def _text(line: Line) -> Alinea | None:
    return line if isinstance(line, Alinea) else None


def _labels(old: Inlines, new: Inlines) -> Inlines:
    return old if old == new else changed(old, new)


def _grids(shown: Sequence[Shown]) -> Iterator[Shown]:
    """The lines of signatures put back in their frames."""
    place = 0
    while place < len(shown):
        one = shown[place]
        grid = one.unit.block
        if not isinstance(grid, SignatureGrid):
            yield one
            place += 1
            continue
        lines: list[Inlines] = []
        while place < len(shown) and shown[place].unit.block is grid:
            content = shown[place].content
            lines.append(content if isinstance(content, tuple) else ())
            place += 1
        yield Shown(replace(one.unit, lists=()), KEPT, signed(grid, iter(lines)))


def _without_divisions(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield replace(block, blocks=tuple(_without_divisions(block.blocks)))
        elif not isinstance(block, Division):
            yield block
