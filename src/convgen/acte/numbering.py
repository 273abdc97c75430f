"""Numbers of divisions and annexes: computed once, here, from the declared scheme; those of notes: `references`.

Articles go on counting through titres; every other level restarts under its parent. An annexe
starts afresh. A frozen number is kept and does not take part in the count.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from convgen.acte.memo import Memo, TreeMemo
from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Level,
    Number,
    Scheme,
    Section,
    Zone,
)
from convgen.french.numbers import letter, roman

DEFAULT_SCHEME = Scheme(
    (
        Level(noun="titre", prefix="TITRE ", form="I", separator=" – "),
        Level(),
        Level(noun="", prefix="", suffix=".", separator=" ", nested=True),
        Level(noun="", prefix="", suffix=".", separator=" ", nested=True),
        Level(noun="", prefix="", suffix=".", separator=" ", nested=True),
    )
)
_NUMBERED_ZONES = ("articles",)
_LATIN = ("", "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")


def number_divisions(acte: Acte, memo: TreeMemo | None = None) -> Acte:
    """The act with every division of its articles and every annexe numbered. `memo` is what acts share."""
    memo = memo or TreeMemo()
    scheme = acte.scheme if acte.scheme.levels else DEFAULT_SCHEME
    zones = tuple(_number_zone(zone, scheme, memo) for zone in acte.zones)
    annexes = _number_annexes(acte.annexes, scheme, memo)
    return replace(acte, scheme=scheme, zones=zones, annexes=annexes)


def _number_zone(zone: Zone, scheme: Scheme, memo: TreeMemo) -> Zone:
    if zone.kind not in _NUMBERED_ZONES:
        return zone
    return replace(zone, blocks=_Counter(scheme, memo.of_scheme(scheme)).divisions(zone.blocks, ()))


def format_number(level: Level, rank: int) -> str:
    """The bare number of the `rank`-th division of a level ("1er", "4", "IV", "a")."""
    match level.form:
        case "I":
            return roman(rank)
        case "A":
            return letter(rank).upper()
        case "a":
            return letter(rank)
        case _:
            return "1er" if rank == 1 and level.first_ordinal else str(rank)


@dataclass(slots=True)
class _Counter:
    """Counts articles through titres."""

    scheme: Scheme
    numbered: Memo[Division]
    articles: int = 0
    titres: int = field(default=0)

    def divisions(self, blocks: tuple[Block, ...], parents: tuple[str, ...]) -> tuple[Block, ...]:
        if not any(isinstance(block, Division | Section) for block in blocks):
            return blocks
        rank = 0
        out = list(blocks)
        for place, block in enumerate(blocks):
            if isinstance(block, Division):
                if not block.frozen_number and not (block.number is not None and block.number.frozen):
                    rank = self._next(block.level, rank)
                out[place] = self._division(block, rank, parents)
            elif isinstance(block, Section):
                out[place] = replace(block, blocks=self.divisions(block.blocks, parents))
        return tuple(out)

    def _next(self, level: int, rank: int) -> int:
        if level == 0:
            self.titres += 1
            return self.titres
        if level == 1:
            self.articles += 1
            return self.articles
        return rank + 1

    def _division(self, division: Division, rank: int, parents: tuple[str, ...]) -> Division:
        found = self.numbered.find(division, (rank, parents))
        if found is None:
            before = self.articles, self.titres
            found = self._numbered(division, rank, parents)
            if before == (self.articles, self.titres):  # nothing below it is counted with the whole act
                self.numbered.keep(division, (rank, parents), found)
        return found

    def _numbered(self, division: Division, rank: int, parents: tuple[str, ...]) -> Division:
        if division.number is not None and division.number.frozen and not division.frozen_number:
            # Numbered by the data it comes from: « Fiche action 12 ».
            inner = self.divisions(division.blocks, ())
            return replace(division, blocks=inner)
        level = self.scheme.levels[min(division.level, len(self.scheme.levels) - 1)]
        own = division.frozen_number or format_number(level, rank)
        nested = level.nested and not division.frozen_number
        text = ".".join((*parents, own)) if nested else own
        number = Number(
            text=text,
            label=f"{level.prefix}{text}{level.suffix}",
            separator=level.separator,
            noun=level.noun,
            ordinal=rank,
            frozen=bool(division.frozen_number),
        )
        # "4.1" hangs under "4", also when the parent prints as "1er" or in letters
        below = (text,) if nested else ((division.frozen_number or str(rank)),)
        children = () if division.level == 0 else below
        blocks = self.divisions(division.blocks, children)
        return Division(
            division.id, division.level, division.title, blocks, number, division.frozen_number, division.origin
        )


def _number_annexes(annexes: tuple[Annexe, ...], scheme: Scheme, memo: TreeMemo) -> tuple[Annexe, ...]:
    """1, 1 bis, 2 in each series; an annexe alone in its series has no number.

    A whole number typed takes its place in the count (« 5 » is followed by 6); any other (« 1 bis ») takes none.
    """
    out: list[Annexe] = []
    last: dict[str, tuple[int, int]] = {}
    points = scheme_of_annexe(scheme)
    for annexe in annexes:
        main, rank = last.get(annexe.series, (0, 0))
        if annexe.frozen_number:
            main, rank = (int(annexe.frozen_number), 0) if annexe.frozen_number.isdecimal() else (main, rank)
        else:
            main, rank = (main, rank + 1) if annexe.rank_word else (main + 1, 0)
        last[annexe.series] = (main, rank)
        alone = sum(1 for other in annexes if other.series == annexe.series) == 1
        text = "" if alone and not annexe.series else f"{main} {_LATIN[rank]}".strip()
        text = annexe.frozen_number or " ".join(part for part in (text, annexe.series) if part)
        number = Number(text, f"ANNEXE {text}".strip(), " – ", "annexe", main, bool(annexe.frozen_number))
        blocks = _Counter(points, memo.of_scheme(points)).divisions(annexe.blocks, ())
        out.append(replace(annexe, number=number, blocks=blocks))
    return tuple(out)


def scheme_of_annexe(scheme: Scheme) -> Scheme:
    """Divisions of an annexe are points ("1.", "1.1."), never articles."""
    point = Level(noun="point", prefix="", suffix=".", separator=" ")
    return Scheme((scheme.levels[0], point, *scheme.levels[2:]))
