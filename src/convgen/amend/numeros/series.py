"""The divisions of an act as series of numbers: what is counted together, in document order.

Articles count through chapters, as do chapters; any other division counts under its parent, an annexe with those of
its own series (« annexe 1 Ville »).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from convgen.acte.nodes import Acte, Annexe, Block, Division, Level, Number, Scheme, Section
from convgen.acte.numbering import DEFAULT_SCHEME, scheme_of_annexe
from convgen.amend.texte.arbre import Path

_ARTICLES: Final = "articles"
_ANNEXES: Final = "annexes"
_ANNEXE_LEVEL: Final = Level("annexe", "ANNEXE ", separator=" – ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A division or an annexe in its series.

    Attributes:
        path: As in the amendable tree.
        series: What it is counted among: "articles:1" for an article, else what holds it.
        level: How its level is numbered.
        rank: Its level, -1 for an annexe.
        own: Its number inside the series: « 2 » of « 4.2 », « 1 » of « 1 Ville ».
        number: Its number as printed.
        typed: The number typed in the definition, "" when it is counted.
        foreign: Its number comes from data and follows no series (« Fiche action 12 »), or there is none.
        suffix: What follows the own number: the name of a series of annexes.
        wish: For an annexe declared « bis », its number as composed.
    """

    path: Path
    series: str
    level: Level
    rank: int
    own: str
    number: Number | None
    typed: str
    foreign: bool
    suffix: str = ""
    wish: str = ""

    @property
    def id(self) -> str:
        """The identifier of the division."""
        return self.path[-1]

    @property
    def nested(self) -> bool:
        """Whether the number of the parent comes first."""
        return self.level.nested and not self.typed

    def label(self, number: str) -> str:
        """What is printed before the title with that number."""
        return f"{self.level.prefix}{number}{self.level.suffix}".strip()


def scheme_of(acte: Acte) -> Scheme:
    """The numbering scheme of an act."""
    return acte.scheme if acte.scheme.levels else DEFAULT_SCHEME


def entries_of(acte: Acte) -> list[Entry]:
    """Every division of the articles and of the annexes, and the annexes, parents first."""
    scheme = scheme_of(acte)
    found: list[Entry] = []
    for zone in acte.zones:
        if zone.kind == _ARTICLES:
            found.extend(_divisions(zone.blocks, (), _ARTICLES, scheme))
    for annexe in acte.annexes:
        found.append(_annexe(annexe))
        found.extend(_divisions(annexe.blocks, (annexe.id,), annexe.id, scheme_of_annexe(scheme)))
    return found


def _divisions(blocks: tuple[Block, ...], parent: Path, scope: str, scheme: Scheme) -> Iterator[Entry]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _divisions(block.blocks, parent, scope, scheme)
        elif isinstance(block, Division):
            path = (*parent, block.id)
            yield _division(block, path, scope, scheme)
            yield from _divisions(block.blocks, path, scope, scheme)


def _division(division: Division, path: Path, scope: str, scheme: Scheme) -> Entry:
    level = scheme.levels[min(division.level, len(scheme.levels) - 1)]
    number = division.number
    text = number.text if number else ""
    label = f"{level.prefix}{text}{level.suffix}".strip()
    foreign = number is None or (number.frozen and not division.frozen_number and number.label != label)
    series = f"{scope}:{division.level}" if division.level <= 1 else f"{path[-2] if len(path) > 1 else scope}:"
    own = text.rpartition(".")[2] if level.nested else text
    return Entry(path, series, level, division.level, own, number, division.frozen_number, foreign)


def _annexe(annexe: Annexe) -> Entry:
    text = annexe.number.text if annexe.number else ""
    own = text.removesuffix(annexe.series).strip() if annexe.series else text
    series = f"{_ANNEXES}:{annexe.series}"
    # An annexe alone bears no number; it is the first all the same.
    wish = own if annexe.rank_word else ""
    foreign = annexe.number is None
    return Entry(
        (annexe.id,), series, _ANNEXE_LEVEL, -1, own, annexe.number, annexe.frozen_number, foreign, annexe.series, wish
    )
