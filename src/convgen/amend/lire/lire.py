"""The reader of an avenant: from its printed sentences and the printed base, the printed new text.

It sees only printed lines, never identifiers, changes or trees: what it makes is what a jurist would make with both
papers in hand. There is no best effort: a sentence that it cannot read is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from convgen.amend.lire.annonces import Announced, check_announcements
from convgen.amend.lire.base import Div, build_base, parse_heading
from convgen.amend.lire.batir import built
from convgen.amend.lire.divisions import OPERATIONS
from convgen.amend.lire.lieux import Finder, Unread
from convgen.amend.lire.phrases import Sentence
from convgen.amend.lire.plan import Plan
from convgen.amend.lire.texte import GIVE, SUITE, give_again
from convgen.amend.recueils.patrons import Masked, Pattern, canonical, lowered, mask, patterns, read_by
from convgen.amend.texte.forme import ITEM_ENDS, Tokens, tokens_of
from convgen.amend.texte.imprime import (
    ALINEA,
    ARTICLE,
    FILE,
    FURTHER_LINE,
    HEADINGS,
    ITEM,
    QUOTE,
    QUOTE_HEADING,
    ROWS,
    PrintedLine,
)
from convgen.errors import ConvgenError, Diagnostic

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack

_REMEDY: Final = "Vérifiez que l'avenant modifie bien ce texte, et que la phrase nomme un endroit qui s'y trouve."
_MARK: Final = re.compile(r"^\s*\d+°\s*")
_END: Final = re.compile(r"[\s\u00a0\u202f]*[.;]$")
_OPENED: Final = re.compile(r"^[\s\u00a0\u202f]*«[\s\u00a0\u202f]*")
_CLOSED: Final = re.compile(r"[\s\u00a0\u202f]*»[\s\u00a0\u202f]*[.;,]?[\s\u00a0\u202f]*$")
_ITEM_NUMBER: Final = re.compile(r"^(?:\d+|[a-z]{1,2}(?=\)))")


class LectureError(ConvgenError, ValueError):
    """AVE-12: an avenant that its own words do not carry out.

    Attributes:
        sentence: The sentence at fault, "" when it is none in particular.
        heading: The heading of the article of the avenant that says it, as printed ("" when unknown).
        place: The heading of the part of the base concerned, as printed ("" when unknown).
    """

    def __init__(self, diagnostic: Diagnostic, sentence: str = "", heading: str = "", place: str = "") -> None:
        super().__init__(diagnostic)
        self.sentence = sentence
        self.heading = heading
        self.place = place


def read(avenant: Sequence[PrintedLine], base: Sequence[PrintedLine], pack: Pack) -> tuple[PrintedLine, ...]:
    """The printed new text.

    Args:
        avenant: The articles of the avenant, each from its heading.
        base: The text in force.
        pack: The words that it is written with.

    Raises:
        LectureError: AVE-12, a sentence is not read, names what the base does not have, or contradicts another.
    """
    found = patterns(pack.templates)
    consequence = lowered(canonical(pack.templates.get("groupe.consequence", "en conséquence,")))
    grammar = Grammar(
        lambda text: _read_by(found, text),
        consequence.rstrip(" ,"),
        tokens_of(pack.templates.get("texte.ellipse", "(...)")),
    )
    return carried_out(avenant, base, grammar)


def _read_by(found: tuple[Pattern, ...], text: str) -> tuple[str, dict[str, str]] | None:
    return next(read_by(found, text), None)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What reads a sentence.

    Attributes:
        read: From a sentence whose quotations are set aside to its template key and its slots; None when none fits.
        consequence: What introduces the effects of an announcement, without its comma.
        ellipsis: What stands for the text left as it is.
    """

    read: Callable[[str], tuple[str, dict[str, str]] | None]
    consequence: str = "en conséquence"
    ellipsis: Tokens = ("(", "...", ")")

    def is_ellipsis(self, line: PrintedLine) -> bool:
        """Whether a line stands for text left as it is."""
        return tokens_of(line.text) == self.ellipsis


def carried_out(
    avenant: Sequence[PrintedLine], base: Sequence[PrintedLine], grammar: Grammar
) -> tuple[PrintedLine, ...]:
    """The printed new text, read with a grammar.

    Raises:
        LectureError: AVE-12, a sentence is not read, names what the base does not have, or contradicts another.
    """
    walk = _Walk(list(avenant), grammar, Plan(build_base(base)))
    try:
        walk.run()
        return built(walk.plan)
    except Unread as error:
        raise _error(str(error)) from None


def _error(message: str, sentence: str = "", heading: str = "", place: str = "") -> LectureError:
    said = f" : « {_short(sentence)} »" if sentence else ""
    return LectureError(
        Diagnostic("AVE-12", f"l'avenant ne peut être relu{said}", cause=message, remedy=_REMEDY),
        sentence,
        heading,
        place,
    )


def _short(sentence: str) -> str:
    return sentence if len(sentence) < 200 else f"{sentence[:200]}…"


@dataclass(slots=True)
class _Walk:
    lines: list[PrintedLine]
    grammar: Grammar
    plan: Plan
    place: int = 0
    heading: str = ""
    context: Div | None = None
    quoted: list[tuple[str, str]] = field(default_factory=list)
    announced: list[Announced] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    later: list[tuple[str, Sentence]] = field(default_factory=list)

    def run(self) -> None:
        while self.place < len(self.lines):
            line = self.lines[self.place]
            self.place += 1
            if line.style == ARTICLE:
                self._close_article()
                self.heading, self.context = line.text, None
            elif line.style in {ALINEA, ITEM}:
                if line.style == ALINEA:
                    self.context = None
                self._guarded(line)
            else:
                raise _error("un texte cité n'est annoncé par aucune phrase", line.text, self.heading)
        self._close_article()
        give_again(self.later, self.grammar.is_ellipsis)

    def _close_article(self) -> None:
        try:
            check_announcements(self.announced, self.quoted, self.given)
        except Unread as error:
            raise _error(str(error), heading=self.heading) from None
        self.announced, self.quoted, self.given = [], [], []

    def _guarded(self, line: PrintedLine) -> None:
        try:
            self._sentence(_MARK.sub("", line.text) if line.style == ITEM else line.text)
        except Unread as error:
            raise _error(str(error), line.text, self.heading, self._named()) from None

    def _named(self) -> str:
        return self.context.heading.text if self.context is not None else ""

    def _sentence(self, printed: str) -> None:
        masked = mask(_END.sub("", printed))
        if masked is None:
            raise Unread("un guillemet n'est pas fermé")
        text = self._without_consequence(masked.text)
        if not text:
            return
        found = self.grammar.read(text)
        if found is None:
            raise Unread("aucune formule ne dit cela")
        key, slots = found
        self._carry_out(key, slots, replace(masked, text=text))

    def _without_consequence(self, text: str) -> str:
        """« En conséquence, … » says why; « En conséquence : » says nothing more."""
        head = self.grammar.consequence
        if not head or not text.startswith(head):
            return text
        return lowered(text[len(head) :].lstrip(" ,:"))

    def _carry_out(self, key: str, slots: dict[str, str], masked: Masked) -> None:
        finder = Finder(self.plan.root, masked.quoted, self.context)
        if key.startswith("annonce."):
            self.announced.append(Announced(key, slots, masked))
        elif key.startswith("groupe."):
            self.context = finder.division(slots["lieu"])
        else:
            block = self._block(guillemets=not key.startswith("texte.")) if masked.text.endswith(":") else ()
            self.given.extend(line.text for line in block)
            said = Sentence(slots, masked, block, finder, self.plan, self.quoted)
            if key in (GIVE, SUITE):
                self.later.append((key, said))
            else:
                OPERATIONS[key](said)

    # --- quoted texts ---------------------------------------------------------------------------------------------

    def _block(self, *, guillemets: bool) -> tuple[PrintedLine, ...]:
        """The text that a sentence announces, without its guillemets: one opens each line, the last one closes."""
        start = self.place
        while self.place < len(self.lines) and self.lines[self.place].style in {QUOTE, QUOTE_HEADING, *ROWS}:
            self.place += 1
        lines = self.lines[start : self.place]
        if not lines:
            raise Unread("il manque le texte annoncé")
        if guillemets:
            lines = [_opened(line) for line in lines]
            lines[-1] = _closed(lines[-1])
        return tuple(_as_text(line) for line in lines)


def _opened(line: PrintedLine) -> PrintedLine:
    text = line.cells[0] if line.cells else line.text
    if not _OPENED.match(text):
        raise Unread(f"le texte cité n'ouvre pas par un guillemet : « {line.text} »")
    bare = _OPENED.sub("", text, count=1)
    return _with_cells(line, (bare, *line.cells[1:])) if line.cells else replace(line, text=bare)


def _closed(line: PrintedLine) -> PrintedLine:
    text = line.cells[-1] if line.cells else line.text
    if not _CLOSED.search(text):
        raise Unread(f"le texte cité ne ferme pas par un guillemet : « {line.text} »")
    bare = _CLOSED.sub("", text, count=1)
    return _with_cells(line, (*line.cells[:-1], bare)) if line.cells else replace(line, text=bare)


def _with_cells(line: PrintedLine, cells: tuple[str, ...]) -> PrintedLine:
    return replace(line, cells=cells, text=" · ".join(cells))


def _as_text(line: PrintedLine) -> PrintedLine:
    """A quoted line as a line of the act; the text of a heading tells its rank, its style only that it is one."""
    if line.style == QUOTE_HEADING:
        return replace(line, style=ARTICLE, level=max(1, parse_heading(line).number.count(".") + 1))
    return replace(line, style=ALINEA, level=0) if line.style == QUOTE else line


# --- equality -----------------------------------------------------------------------------------------------------


def same_lines(a: Sequence[PrintedLine], b: Sequence[PrintedLine]) -> str | None:
    """The heading under which two printed texts first differ « en droit », None when they are equal.

    Spaces, typography, the final mark of list items, the rank of their marks and what separates a number from a title
    do not count. The first heading is that of `b`, else that of `a`.
    """
    heading = "l'acte"
    for one, other in zip_longest(_shown(a), _shown(b)):
        known = other or one
        if known is not None and known.style in HEADINGS:
            heading = known.text
        if one is None or other is None or not _same(one, other):
            return heading
    return None


def _shown(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines, without the titles of joined files, which the avenant does not print."""
    for place, line in enumerate(lines):
        joined = place + 1 < len(lines) and lines[place + 1].style == FILE and line.style in HEADINGS
        yield replace(line, text=parse_heading(line).label) if joined else line


def _same(one: PrintedLine, other: PrintedLine) -> bool:
    if one.text == other.text and one.style == other.style:
        return True
    if (one.style in HEADINGS) != (other.style in HEADINGS) or (one.style in ROWS) != (other.style in ROWS):
        return False
    if one.style in ROWS:
        cells, others = ([tokens_of(cell) for cell in line.cells] for line in (one, other))
        return one.style == other.style and cells == others
    if one.style in HEADINGS:
        return _heading_key(one) == _heading_key(other)
    in_list = bool({one.style, other.style} & {ITEM, FURTHER_LINE})
    return _line_key(one, in_list=in_list) == _line_key(other, in_list=in_list)


def _heading_key(line: PrintedLine) -> tuple[Tokens, Tokens]:
    read = parse_heading(line)
    return tokens_of(read.label.casefold()), tokens_of(read.title)


def _line_key(line: PrintedLine, *, in_list: bool) -> Tokens:
    tokens = tokens_of(_ITEM_NUMBER.sub("0", line.text) if in_list else line.text)
    return tokens[:-1] if in_list and tokens and tokens[-1] in ITEM_ENDS else tokens
