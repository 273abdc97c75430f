"""What of the new version answers to what of the base: sequences of lines, then parts.

Lines: equal ends, lines that occur once on both sides, then the best order-preserving match by resemblance inside
small gaps. Parts: by identifier, then by title, then by resemblance. Linear in the size of the act; quadratic only in
gaps of at most `LARGEST_GAP` pairs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from convgen.amend.texte.arbre import Alinea, Key, Line, Part, Path, TableAlinea, alineas_in, parts_of
from convgen.amend.texte.forme import tokens_of

LARGEST_GAP: Final = 4000
ALIKE: Final = 0.5
_SAME_HEADING: Final = 0.5
_SIBLINGS: Final = 50
#: What a number inserted between two others has more than they (« 4-1 », « 5 A », « 17 bis »).
_ADDED: Final = re.compile(r"[-\s]")
Pairs = list[tuple[int, int]]


def rising(values: Sequence[int]) -> list[int]:
    """The positions of a longest increasing subsequence of distinct values."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        size = bisect_left(tails, value)
        before.append(last[size - 1] if size else -1)
        if size == len(tails):
            tails.append(value)
            last.append(place)
        else:
            tails[size], last[size] = value, place
    found: list[int] = []
    place = last[-1] if last else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def dice(a: Mapping[str, int], b: Mapping[str, int]) -> float:
    """The resemblance of two bags of tokens, 0 to 1 (Dice): twice what they share over what they hold."""
    if len(b) < len(a):
        a, b = b, a
    total = sum(a.values()) + sum(b.values())
    shared = sum(min(count, b[token]) for token, count in a.items() if token in b)
    return 2 * shared / total if total else 1.0


def align(a: Sequence[Hashable], b: Sequence[Hashable], alike: Callable[[int, int], float]) -> Pairs:
    """The pairs of positions that answer to each other, both increasing.

    Args:
        a: Comparable forms of the base.
        b: Those of the new version.
        alike: The resemblance of two that differ; below `ALIKE` they do not answer to each other.
    """
    pairs: Pairs = []
    gaps = [(0, len(a), 0, len(b))]
    while gaps:
        low, high, start, end = gaps.pop()
        while low < high and start < end and a[low] == b[start]:
            pairs.append((low, start))
            low, start = low + 1, start + 1
        while low < high and start < end and a[high - 1] == b[end - 1]:
            high, end = high - 1, end - 1
            pairs.append((high, end))
        if low == high or start == end:
            continue
        anchors = _unique(a, b, low, high, start, end)
        if not anchors:
            pairs.extend(_best(low, high, start, end, a, b, alike))
            continue
        pairs.extend(anchors)
        before = (low - 1, start - 1)
        for anchor in (*anchors, (high, end)):
            gaps.append((before[0] + 1, anchor[0], before[1] + 1, anchor[1]))
            before = anchor
    return sorted(pairs)


def _unique(a: Sequence[Hashable], b: Sequence[Hashable], low: int, high: int, start: int, end: int) -> Pairs:
    """The pairs of equal ones that occur once on both sides, in an order that both have (patience)."""
    counts_a, counts_b = Counter(a[low:high]), Counter(b[start:end])
    place_of = {b[place]: place for place in range(start, end) if counts_b[b[place]] == 1}
    candidates = [
        (place, place_of[a[place]]) for place in range(low, high) if counts_a[a[place]] == 1 and a[place] in place_of
    ]
    return [candidates[one] for one in rising([other for _, other in candidates])]


def _best(
    low: int,
    high: int,
    start: int,
    end: int,
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    alike: Callable[[int, int], float],
) -> Pairs:
    rows, columns = high - low, end - start
    if rows * columns > LARGEST_GAP:
        return []
    scores = [
        [1.0 if a[low + i] == b[start + j] else alike(low + i, start + j) for j in range(columns)] for i in range(rows)
    ]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            score = scores[i][j]
            taken = score + best[i + 1][j + 1] if score >= ALIKE else 0.0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs: Pairs = []
    i = j = 0
    while i < rows and j < columns:
        if scores[i][j] >= ALIKE and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((low + i, start + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def align_lines(old: Sequence[Line], new: Sequence[Line]) -> Pairs:
    """The alinéas that answer to each other, equal or alike."""
    numbers: dict[Key, int] = {}
    a = [numbers.setdefault(line.key, len(numbers)) for line in old]
    b = [numbers.setdefault(line.key, len(numbers)) for line in new]
    return align(a, b, _Resemblance(old, new).of)


@dataclass(slots=True)
class _Resemblance:
    """How alike two alinéas are; the bags of tokens are counted once."""

    old: Sequence[Line]
    new: Sequence[Line]
    bags_old: dict[int, Counter[str]] = field(default_factory=dict)
    bags_new: dict[int, Counter[str]] = field(default_factory=dict)

    def of(self, i: int, j: int) -> float:
        a, b = self.old[i], self.new[j]
        if isinstance(a, Alinea) and isinstance(b, Alinea):
            return dice(self._bag(self.bags_old, i, a), self._bag(self.bags_new, j, b)) if a.shape == b.shape else 0.0
        if not (isinstance(a, TableAlinea) and isinstance(b, TableAlinea)) or a.heading_key != b.heading_key:
            return 0.0
        content = dice(self._bag(self.bags_old, i, a), self._bag(self.bags_new, j, b))
        return _SAME_HEADING + content / 2 if a.headings else content

    @staticmethod
    def _bag(bags: dict[int, Counter[str]], rank: int, line: Line) -> Counter[str]:
        if rank not in bags:
            bags[rank] = Counter(token for one in alineas_in((line,)) for token in one.tokens)
        return bags[rank]


# --- parts --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Alignment:
    """Which part of the new version answers to which of the base, by path."""

    old_of: dict[Path, Path] = field(default_factory=dict)
    new_of: dict[Path, Path] = field(default_factory=dict)
    #: Paths of the base that went under another parent or out of the order of their siblings.
    moved: set[Path] = field(default_factory=set)

    def pair(self, old: Path, new: Path) -> None:
        """Say that two parts are versions of one."""
        self.old_of[new], self.new_of[old] = old, new


def align_parts(base: Part, new: Part) -> Alignment:
    """The alignment of two acts. A part under an inserted one is part of that new text: it answers to none."""
    olds, news = dict(parts_of(base)), dict(parts_of(new))
    found = Alignment()
    found.pair((), ())
    by_id = {path[-1]: path for path in olds if path}
    ids_of_new = {path[-1] for path in news if path}
    while True:
        left = _by_id(found, olds, news, by_id)
        # A part whose identifier is still in use, elsewhere, is no candidate: it would bear it twice.
        free = [path for path in olds if path not in found.new_of and path[-1] not in ids_of_new]
        if not _by_content(found, olds, news, free, left):
            break
    _find_moved(found, olds, news)
    return found


def _by_id(
    found: Alignment, olds: Mapping[Path, Part], news: Mapping[Path, Part], by_id: Mapping[str, Path]
) -> list[Path]:
    """Align by identifier below aligned parents; the paths of the new version that found none."""
    left: list[Path] = []
    for path, part in news.items():
        if path in found.old_of or path[:-1] not in found.old_of:
            continue
        old = by_id.get(part.id)
        if old is not None and old not in found.new_of and _same_kind(olds, old, news, path):
            found.pair(old, path)
        else:
            left.append(path)
    return left


def _same_kind(olds: Mapping[Path, Part], old: Path, news: Mapping[Path, Part], path: Path) -> bool:
    """Whether two parts may be versions of one. A point of an annexe is no article: it is not called the same."""
    a, b = olds[old], news[path]
    return (a.kind, a.level, olds[old[:1]].kind) == (b.kind, b.level, news[path[:1]].kind)


def _by_content(
    found: Alignment, olds: Mapping[Path, Part], news: Mapping[Path, Part], free: Sequence[Path], left: Sequence[Path]
) -> bool:
    """Align by unique title, then by resemblance, best first. Whether anything was aligned."""
    if not free or not left:
        return False
    pairs = _by_title(olds, news, free, left) or _by_words(olds, news, free, left)
    for old, path in pairs:
        found.pair(old, path)
    return bool(pairs)


def _by_title(
    olds: Mapping[Path, Part], news: Mapping[Path, Part], free: Iterable[Path], left: Iterable[Path]
) -> list[tuple[Path, Path]]:
    mine, theirs = _titles(olds, free), _titles(news, left)
    return [(mine[title], theirs[title]) for title in mine if title in theirs]


def _titles(parts: Mapping[Path, Part], paths: Iterable[Path]) -> dict[tuple[object, ...], Path]:
    """The titles that occur once among these parts."""
    by_title: dict[tuple[object, ...], list[Path]] = {}
    for path in paths:
        part = parts[path]
        if part.title.tokens:
            words = tuple(token.casefold() for token in part.title.tokens)
            title = (parts[path[:1]].kind, part.kind, part.level, words)
            by_title.setdefault(title, []).append(path)
    return {title: owners[0] for title, owners in by_title.items() if len(owners) == 1}


def _by_words(
    olds: Mapping[Path, Part], news: Mapping[Path, Part], free: Sequence[Path], left: Sequence[Path]
) -> list[tuple[Path, Path]]:
    if len(free) * len(left) > LARGEST_GAP:
        return []
    bags_of_old = [(path, Counter(tokens_of(olds[path].text))) for path in free]
    bags_of_new = [(path, Counter(tokens_of(news[path].text))) for path in left]
    scored = [
        (score, -rank_old, -rank_new)
        for rank_old, (old, bag) in enumerate(bags_of_old)
        for rank_new, (path, other) in enumerate(bags_of_new)
        if _same_kind(olds, old, news, path) and bag and (score := dice(bag, other)) >= ALIKE
    ]
    pairs: list[tuple[Path, Path]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, rank_old, rank_new in sorted(scored, reverse=True):
        if rank_old not in taken_old and rank_new not in taken_new:
            taken_old.add(rank_old)
            taken_new.add(rank_new)
            pairs.append((free[-rank_old], left[-rank_new]))
    return pairs


def _find_moved(found: Alignment, olds: Mapping[Path, Part], news: Mapping[Path, Part]) -> None:
    for path, part in news.items():
        old_parent = found.old_of.get(path)
        if old_parent is None:
            continue
        order = {(*old_parent, child.id): rank for rank, child in enumerate(olds[old_parent].children)}
        arrived = [old for child in part.children if (old := found.old_of.get((*path, child.id))) is not None]
        at_home = [old for old in arrived if old in order]
        kept = {at_home[place] for place in _staying([order[old] for old in at_home], [olds[old] for old in at_home])}
        found.moved.update(old for old in arrived if old not in kept)


def _staying(order: Sequence[int], parts: Sequence[Part]) -> list[int]:
    """The places of the siblings that stay: as many as can, then those whose number says that they never moved.

    « 1er A » moved, or arrived, rather than « 1er »; then the first of the text stays. What is undone thus moves back.
    """
    if all(a < b for a, b in pairwise(order)):
        return list(range(len(order)))
    if len(order) ** 2 > LARGEST_GAP * _SIBLINGS:
        return rising(order)
    best: list[tuple[int, int, int]] = []
    before: list[int] = []
    for place, value in enumerate(order):
        own = (1, -len(_ADDED.findall(parts[place].number)), -value)
        found = max(((best[one], -one) for one in range(place) if order[one] < value), default=((0, 0, 0), 1))
        score, last = found
        best.append((score[0] + own[0], score[1] + own[1], score[2] + own[2]))
        before.append(-last)
    place = max(range(len(order)), key=lambda one: (best[one], -one))
    kept: list[int] = []
    while place >= 0:
        kept.append(place)
        place = before[place]
    return kept[::-1]
