"""What `pratique` gives again: the text of a division in full, « (...) » standing for what is left as it is.

These sentences are carried out after all others: the new numbers that their headings print are then known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from convgen.amend.lire.base import Div, parse_heading
from convgen.amend.lire.lieux import Unread
from convgen.amend.lire.phrases import Sentence
from convgen.amend.lire.plan import Given, Plan
from convgen.amend.texte.forme import Tokens, tokens_of
from convgen.amend.texte.imprime import HEADINGS, ZONE, ZONE_SEPARATOR, PrintedLine

IsEllipsis: TypeAlias = Callable[[PrintedLine], bool]
GIVE: Final = "texte.modifier"
SUITE: Final = "texte.renumeroter_suite"


def give_again(sentences: Sequence[tuple[str, Sentence]], is_ellipsis: IsEllipsis) -> None:
    """Carry out the sentences that give texts again, and those that number divisions again by their headings.

    Raises:
        Unread: The text given is not that of the division named.
    """
    titles: dict[int, Tokens] = {}
    for key, said in sentences:
        if key == GIVE:
            titles[id(said.div())] = tokens_of(parse_heading(said.block[0]).title)
    for key, said in sentences:
        if key == SUITE:
            _number_again(said, titles, is_ellipsis)
    for key, said in sentences:
        if key == GIVE:
            _give(said, is_ellipsis)


def _number_again(said: Sentence, titles: Mapping[int, Tokens], is_ellipsis: IsEllipsis) -> None:
    """Neighbours under their new headings: their titles, in a row, tell which they are."""
    read = [parse_heading(line) for line in said.block if not is_ellipsis(line)]
    wanted = [tokens_of(one.title) for one in read]
    found: list[list[Div]] = []
    for parent in said.plan.root.walk():
        for start in range(len(parent.children) - len(wanted) + 1):
            run = parent.children[start : start + len(wanted)]
            if all(
                words in (tokens_of(one.text.title), titles.get(id(one)))
                for one, words in zip(run, wanted, strict=True)
            ):
                found.append(run)
    if len(found) != 1:
        raise Unread("les intitulés ne disent pas quelles divisions changent de numéro")
    for div, one in zip(found[0], read, strict=True):
        said.plan.renumber(div, one.number)


def _give(said: Sentence, is_ellipsis: IsEllipsis) -> None:
    div, block = said.div(), list(said.block)
    if div is said.plan.root:
        raise Unread("une division est attendue")
    if div.style == ZONE:
        title = block.pop(0).text if block[0].style in HEADINGS else ""
        heading = PrintedLine(ZONE, ZONE_SEPARATOR.join(part for part in (div.text.noun, title) if part))
    else:
        heading, block = _own_heading(said.plan, div, block, is_ellipsis)
    if not div.children and len(block) == len(said.block) - (div.style != ZONE):
        # Nothing to leave as it is, no landmark: « (...) » is then a line of the text itself.
        is_ellipsis = _never
    reader = _Reader(said.plan, div, block, is_ellipsis)
    given = reader.part(div, heading)
    if reader.place < len(block) and not all(map(is_ellipsis, block[reader.place :])):
        raise Unread("le texte redonné n'est pas celui d'une seule division")
    said.plan.take(div, given=given)


def _never(line: PrintedLine) -> bool:
    return False


def _own_heading(
    plan: Plan, div: Div, block: list[PrintedLine], is_ellipsis: IsEllipsis
) -> tuple[PrintedLine, list[PrintedLine]]:
    """The heading of the division itself, after those of what holds it, given as landmarks."""
    for place, line in enumerate(block):
        if line.style in HEADINGS:
            if _is_heading_of(plan, div, line):
                return line, block[place + 1 :]
        elif not is_ellipsis(line):
            break
    raise Unread("le texte cité commence par l'intitulé de la division")


def _is_heading_of(plan: Plan, div: Div, line: PrintedLine) -> bool:
    read = parse_heading(line)
    if read.noun and div.text.noun and read.noun != div.text.noun:
        return False
    number = plan.new_number(div)
    if number or read.number:
        return read.number == number
    return not div.text.label or div.text.noun == read.noun


@dataclass(slots=True)
class _Reader:
    """Reads the text of a division given again, and of those of its sub-divisions that are."""

    plan: Plan
    top: Div
    block: list[PrintedLine]
    is_ellipsis: IsEllipsis
    place: int = 0

    def part(self, div: Div, heading: PrintedLine) -> Given:
        lines: list[PrintedLine] = []
        while self.place < len(self.block) and not self._at_heading() and not self._leaves(div):
            lines.append(self.block[self.place])
            self.place += 1
        return Given(heading, tuple(lines), tuple(self._children(div)))

    def _leaves(self, div: Div) -> bool:
        """Whether the line stands for what is left as it is.

        « (...) » is also an alinéa of an act signed elsewhere, for what is not transcribed of it: it is then followed
        by others, in a division that has no part.
        """
        if not self.is_ellipsis(self.block[self.place]):
            return False
        transcribed = not div.children and any(self.is_ellipsis(one.lines[0]) for one in div.units)
        after = next((one for one in self.block[self.place :] if not self.is_ellipsis(one)), None)
        return not transcribed or after is None or after.style in HEADINGS

    def _at_heading(self) -> bool:
        return self.block[self.place].style in HEADINGS

    def _children(self, div: Div) -> list[Div | tuple[Div, Given] | PrintedLine]:
        left = [child for child in div.children if not self.plan.of(child).gone and not self.plan.of(child).moved]
        out: list[Div | tuple[Div, Given] | PrintedLine] = []
        while self.place < len(self.block):
            line = self.block[self.place]
            if self.is_ellipsis(line):
                if not left:
                    break
                self.place += 1
                stop = self._before_next(left)
                out.extend(left[:stop])
                left = left[stop:]
                continue
            same = [child for child in left if line.style in HEADINGS and _is_heading_of(self.plan, child, line)]
            if same:
                self.place += 1
                left = left[left.index(same[0]) + 1 :]
                out.append((same[0], self.part(same[0], line)))
            elif line.style in HEADINGS and self._is_of_another(div, line):
                break
            else:
                self.place += 1
                out.append(line)
        return out

    def _before_next(self, left: Sequence[Div]) -> int:
        """How many « (...) » stands for: all, or those before the next heading that is given."""
        for line in self.block[self.place :]:
            if line.style in HEADINGS:
                for rank, child in enumerate(left):
                    if _is_heading_of(self.plan, child, line):
                        return rank
        return len(left)

    def _is_of_another(self, div: Div, line: PrintedLine) -> bool:
        """Whether a heading is that of a later sibling of this sub-division, or of one that holds it."""
        while div is not self.top and div.parent is not None:
            if any(one is not div and _is_heading_of(self.plan, one, line) for one in div.parent.children):
                return True
            div = div.parent
        return False
