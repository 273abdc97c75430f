"""The amendable tree: an act in normal form, and the equality « droit » of two of them.

An act is its zones (title, parties, preamble, signatures), its divisions and its annexes. Each part holds alinéas,
then sub-parts. An alinéa is every line that begins; a table is one alinéa, whatever its rows. Visas, letterhead,
formulas, footnotes and looks are not amendable: `outside` tells them apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from convgen.acte.nodes import Inlines
from convgen.amend.texte.forme import ITEM_ENDS, Span, Tokens, tokenise
from convgen.amend.texte.inlines import text_of

Path: TypeAlias = tuple[str, ...]
"""The identifiers from the act downwards; () is the act itself."""
Key: TypeAlias = tuple[object, ...]

#: The shape of the further lines of a list item.
FURTHER: Final = "suite"


@dataclass(frozen=True, slots=True)
class Alinea:
    """A line: a paragraph, a list item, a further line of an item, a title, a line of a cell.

    Attributes:
        inlines: What is printed, values and references still bound to their data.
        shape: "" for a paragraph, else the marks of the lists it stands in ("-", "1°", "- a)", "- suite").
        text: Its printed words.
        tokens: Those words as tokens.
        spans: Where each token stands in `text`.
        key: What is compared: shape and tokens, without the final mark of a list item.
        marker: For the first line of a list item, its mark as printed ("2° bis", "-"); not compared.
        literal: The mark is typed, hence part of the text; else it is counted and follows the place.
    """

    inlines: Inlines
    shape: str
    text: str
    tokens: Tokens
    spans: tuple[Span, ...]
    key: Key
    marker: str = field(default="", compare=False)
    literal: bool = field(default=False, compare=False)

    @property
    def droit(self) -> Tokens:
        """The tokens that count."""
        return _droit(self.shape, self.tokens)


def _droit(shape: str, tokens: Tokens) -> Tokens:
    return tokens[:-1] if shape and tokens and tokens[-1] in ITEM_ENDS else tokens


#: Most lines of a version are those of the other, and are put in normal form several times in a run.
_tokenised = lru_cache(maxsize=32768)(tokenise)


def alinea(inlines: Inlines, shape: str = "", marker: str = "", *, literal: bool = False) -> Alinea:
    """A line made of these inlines."""
    text = text_of(inlines)
    tokens, spans = _tokenised(text)
    return Alinea(inlines, shape, text, tokens, spans, ("alinéa", shape, _droit(shape, tokens)), marker, literal)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its lines, and how many columns and rows it covers."""

    lines: tuple[Alinea, ...]
    columns: int = 1
    rows: int = 1

    @property
    def key(self) -> Key:
        """What is compared."""
        return (self.columns, self.rows, *(line.key for line in self.lines))

    @property
    def text(self) -> str:
        """Its printed words."""
        return " / ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row."""

    cells: tuple[TableCell, ...]
    key: Key = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", tuple(cell.key for cell in self.cells))

    @property
    def text(self) -> str:
        """Its printed words, cell after cell."""
        return " · ".join(cell.text for cell in self.cells)

    @property
    def first(self) -> str:
        """The words of its first cell, which tell it from the others."""
        return self.cells[0].text if self.cells else ""


@dataclass(frozen=True, slots=True)
class TableAlinea:
    """A table, which is one alinéa; the first `headings` rows are its heading."""

    rows: tuple[TableRow, ...]
    headings: int = 0
    key: Key = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", ("tableau", self.headings, *(row.key for row in self.rows)))

    @property
    def text(self) -> str:
        """Its printed words, a line a row."""
        return "\n".join(row.text for row in self.rows)

    @property
    def heading_key(self) -> Key:
        """What is compared of its heading: two tables with other columns are two tables."""
        return tuple(row.key for row in self.rows[: self.headings])


Line: TypeAlias = Alinea | TableAlinea
NO_TITLE: Final = alinea(())


@dataclass(frozen=True, slots=True)
class Part:
    """The act, a zone, a division or an annexe.

    Attributes:
        id: Its identifier, unique in the act and stable; numbers are not.
        kind: "acte", "zone", "division" or "annexe".
        level: The level of a division (0 for a titre or a chapitre, 1 for an article).
        noun: What one calls it: "article", "point", "" for a sub-division called as the one above; for a zone, the
            whole phrase without its article ("titre de la convention"); for the act, its nature.
        number: Its number ("4.1", "1er"), "" when it has none.
        title: Its title, an empty line when it has none.
        lines: Its own alinéas, before its sub-parts.
        children: Its sub-parts.
        file: For an annexe that is a foreign file, what tells its content (a digest, else its name).
        clause: The clause it comes from, and its version; not compared.
        label: What is printed before the title ("ARTICLE 4", "4.1.", "ANNEXE 2"); not compared.
        separator: What stands between label and title, as in `acte.nodes.Number`.
    """

    id: str
    kind: str
    level: int = 0
    noun: str = ""
    number: str = ""
    title: Alinea = NO_TITLE
    lines: tuple[Line, ...] = ()
    children: tuple[Part, ...] = ()
    file: str = ""
    clause: tuple[str, str] = ("", "")
    label: str = ""
    separator: str = " "

    @property
    def text(self) -> str:
        """Everything printed, a line each."""
        head = [f"{self.number} {self.title.text}".strip()] if self.number or self.title.text else []
        return "\n".join([*head, *(line.text for line in self.lines), *(child.text for child in self.children)])


def part_key(part: Part) -> Key:
    """What is compared of a part and all that it holds. Identifiers and looks say nothing of the law."""
    own = (part.kind, part.level, part.number, part.file, part.title.key[2], *(line.key for line in part.lines))
    return (own, *(part_key(child) for child in part.children))


def same(a: Part, b: Part) -> bool:
    """Whether two texts are equal « en droit »."""
    return part_key(a) == part_key(b)


def fingerprint(part: Part) -> str:
    """« sha256:… » of the normal form: equal texts « en droit » have the same one."""
    return "sha256:" + hashlib.sha256(repr(part_key(part)).encode()).hexdigest()


def parts_of(part: Part, path: Path = ()) -> Iterator[tuple[Path, Part]]:
    """Every part below, itself included, with its path, parents first."""
    yield path, part
    for child in part.children:
        yield from parts_of(child, (*path, child.id))


#: An alinéa that stands for text known in part only, in an act signed elsewhere.
_UNKNOWN: Final = ("(", "...", ")")


def is_unknown(line: Line) -> bool:
    """Whether a line is « (...) »: what stands there is not transcribed, nor counted."""
    return isinstance(line, Alinea) and line.tokens == _UNKNOWN


def holds_unknown(part: Part) -> bool:
    """Whether some of the text of a part, or of what it holds, is not transcribed."""
    return any(is_unknown(line) for _, one in parts_of(part) for line in one.lines)


def alineas_in(lines: Iterable[Line]) -> Iterator[Alinea]:
    """Every line of text, those of the cells of tables included."""
    for line in lines:
        if isinstance(line, Alinea):
            yield line
        else:
            yield from (inner for row in line.rows for cell in row.cells for inner in cell.lines)


def first_difference(a: Part, b: Part, path: Path = ()) -> Path | None:
    """The path of the first part that differs, in the deepest place that tells; None when there is none."""
    if same(a, b):
        return None
    for one, other in zip(a.children, b.children, strict=False):
        found = first_difference(one, other, (*path, one.id))
        if found is not None and part_key(one)[0] == part_key(other)[0]:
            return found
    return path
