"""The text in force: its tree with final numbers, the numbers that are dead, the avenants folded in.

Numbers cannot be computed from the first and the last versions only: they are carried from avenant to avenant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from convgen.acte.nodes import Acte
from convgen.amend.texte.arbre import Path


@dataclass(frozen=True, slots=True)
class Tomb:
    """A number that is never given again: that of a division which is gone, or which took another one.

    Attributes:
        id: The division that bore it.
        series: What it was counted among: "articles:1", "articles:0", the identifier of the division or annexe above.
        own: The number inside that series ("4", "1" of "4.1").
        number: The number in full, as it last was ("4.1").
        label: As it was printed before a title ("ARTICLE 4").
        level: Of the division; -1 for an annexe.
        parent: The path of what held it.
        heir: Its new number when it only moved ("5-1"); "" when it was repealed.
        avenant: The one that did it.
    """

    id: str
    series: str
    own: str
    number: str
    label: str
    level: int
    parent: Path = ()
    heir: str = ""
    avenant: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An avenant, as the consolidated text names it.

    Attributes:
        id: Its identifier.
        designation: « l'avenant n° 1 ».
        day: Its date, None when unknown.
        articles: For each change (by identifier), the number of the article of the avenant that says it ("4").
    """

    id: str
    designation: str
    day: date | None = None
    articles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What is in force.

    Attributes:
        acte: The clean tree, with its final numbers: no tombstone, no note of source.
        tombs: The dead numbers, oldest first.
        applied: The identifiers of the avenants folded in, in order.
        sources: Those avenants, as they are named.
        notes: For each division changed by an avenant, by identifier, what to print of it, oldest first
            (« modifié par l'avenant n° 1, article 4 »).
    """

    acte: Acte
    tombs: tuple[Tomb, ...] = ()
    applied: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def retired(self) -> dict[str, str]:
        """The number left by each division that is gone, by identifier."""
        return {tomb.id: tomb.number for tomb in self.tombs if not tomb.heir}
