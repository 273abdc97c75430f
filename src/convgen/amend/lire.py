"""The reader of an avenant: from its printed sentences and the printed base, the printed new text.

It sees only printed lines, never identifiers, changes or trees: what it makes is what a jurist would make with both
papers in hand. There is no best effort: a sentence that it cannot read is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convgen.amend.imprime import PrintedLine
from convgen.errors import ConvgenError, Diagnostic

if TYPE_CHECKING:
    from convgen.amend.formules import Pack


class LectureError(ConvgenError, ValueError):
    """AVE-12: an avenant that its own words do not carry out.

    Attributes:
        sentence: The sentence at fault, "" when it is none in particular.
        heading: The heading of the article of the avenant that says it, as printed ("" when unknown).
        place: The part of the base concerned, as designated (« l'article 4 »), or the heading of the new text where it
            differs ("" when unknown).
    """

    def __init__(self, diagnostic: Diagnostic, sentence: str = "", heading: str = "", place: str = "") -> None:
        super().__init__(diagnostic)
        self.sentence = sentence
        self.heading = heading
        self.place = place


def read(avenant: Sequence[PrintedLine], base: Sequence[PrintedLine], pack: Pack) -> tuple[PrintedLine, ...]:
    """The printed new text.

    Raises:
        LectureError: AVE-12, a sentence is not read, names what the base does not have, or contradicts another.
    """
    raise NotImplementedError


def same_lines(a: Sequence[PrintedLine], b: Sequence[PrintedLine]) -> str | None:
    """The heading under which two printed texts first differ « en droit », None when they are equal."""
    raise NotImplementedError
