"""Skeleton + values → nodes. The joints of French are made here, where a value meets its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from convgen.acte.nodes import (
    Blank,
    Block,
    Cell,
    FillIn,
    Inline,
    Inlines,
    ListBlock,
    ListItem,
    Note,
    Origin,
    Paragraph,
    Reference,
    Role,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from convgen.acte.runs import plain_text
from convgen.compose.atoms import (
    Atom,
    BlankAtom,
    BlocksAtom,
    FillAtom,
    LineAtom,
    ListAtom,
    NodesAtom,
    RefAtom,
    SeriesAtom,
    TextAtom,
    Word,
)
from convgen.compose.describe import FilterError
from convgen.compose.skeleton import (
    Heading,
    NoteSlot,
    Part,
    Settled,
    SkBlock,
    SkCell,
    SkHeading,
    SkList,
    SkParagraph,
    SkTable,
    Slot,
    Wrap,
)
from convgen.french.grammar import capitalise
from convgen.french.joints import joint, joint_plain
from convgen.french.typography import typeset

_APOSTROPHE = "\u2019"
_PREPOSITIONS = ("de ", "à ", "De ", "À ")


ComposeText = Callable[[TextAtom], tuple[Block, ...]]


def _no_texts(_: TextAtom) -> tuple[Block, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Builder:
    """Fills the skeletons of one text.

    Attributes:
        atoms: the values of the render, by index.
        compose_text: composes a text of the data.
    """

    atoms: Sequence[Atom]
    compose_text: ComposeText = _no_texts

    def blocks(self, settled: Sequence[Settled]) -> list[Block | Heading]:
        """The blocks of the text, headings apart."""
        out: list[Block | Heading] = []
        for block in settled:
            self._block(block, out)
        return out

    def inlines(self, parts: Sequence[Part]) -> Inlines:
        """The inlines of a line."""
        return Filler(self).fill(parts)

    def _block(self, block: Settled, out: list[Block | Heading]) -> None:
        if not isinstance(block, SkBlock):
            out.append(block)
            return
        try:
            match block:
                case SkParagraph():
                    out += self._paragraph(block)
                case SkHeading(level=level, id=name, parts=parts, origin=origin):
                    out.append(Heading(level, name, self.inlines(parts), origin.line))
                case SkList(style=style, start=start, items=items, origin=origin):
                    made = tuple(ListItem(self._inner(item.blocks)) for item in items)
                    out.append(ListBlock(made, style, start, origin))
                case SkTable():
                    out.append(self._table(block))
        except FilterError as error:
            error.line = error.line or block.origin.line
            raise

    def _inner(self, blocks: Sequence[Settled]) -> tuple[Block, ...]:
        return tuple(one for one in self.blocks(blocks) if not isinstance(one, Heading))

    def _paragraph(self, block: SkParagraph) -> tuple[Block, ...]:
        inlines = block.fixed
        if inlines is None:
            alone = None if block.alone is None else self.atoms[block.alone]
            match alone:
                case BlocksAtom() | ListAtom():
                    return self._alone(alone, block.origin)
                case TextAtom():
                    blocks = self.compose_text(alone)
                    if len(blocks) > 1:
                        return blocks
                    inlines = Filler(self).source(alone, blocks)
                case _:
                    inlines = self.inlines(block.parts)
        return (Paragraph(inlines, block.role, block.origin),) if inlines else ()

    def _alone(self, atom: BlocksAtom | ListAtom, origin: Origin) -> tuple[Block, ...]:
        if isinstance(atom, BlocksAtom):
            return atom.blocks
        items = tuple(ListItem((Paragraph(self._line(one), Role.BODY, origin),)) for one in atom.lines)
        return (ListBlock(items, atom.style, 1, origin),)

    def _line(self, line: LineAtom) -> Inlines:
        filler = Filler(self)
        out: list[Inline] = []
        filler.emit(line, False, out)
        return tuple(out)

    def _table(self, block: SkTable) -> Table:
        header = Row(tuple(self._cell(cell) for cell in block.header))
        rows = tuple(self._row(cells) for cells in block.rows)
        return Table((header,), rows, description=_table_description(header), origin=block.origin)

    def _row(self, cells: Sequence[SkCell]) -> Row:
        made = tuple(self._cell(cell) for cell in cells)
        return Row(made, _row_role(made))

    def _cell(self, cell: SkCell) -> Cell:
        inlines = self.inlines(cell.parts)
        return Cell((Paragraph(inlines),) if inlines else (Paragraph(()),), cell.align)


def _row_role(cells: Sequence[Cell]) -> str:
    first = cells[0].blocks[0] if cells and cells[0].blocks else None
    if not isinstance(first, Paragraph) or not any(isinstance(node, Strong) for node in first.inlines):
        return "corps"
    text = plain_text(first.inlines).casefold()
    if text.startswith("total"):
        return "total"
    return "sous-total" if text.startswith("sous-total") else "corps"


def _table_description(header: Row) -> str:
    """The alternative text of a table: its column titles."""
    titles = [
        plain_text(block.inlines) for cell in header.cells for block in cell.blocks if isinstance(block, Paragraph)
    ]
    return "Tableau : " + " ; ".join(title for title in titles if title)


class Filler:
    """Fills one line; remembers the text that precedes a value, also across bold and italics."""

    __slots__ = ("_builder", "_previous")

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._previous: list[Inline] | None = None  # the list that ends with the preceding text

    def fill(self, parts: Sequence[Part]) -> Inlines:
        """The inlines of the line."""
        out: list[Inline] = []
        self._fill(parts, out)
        return tuple(out)

    def line(self, parts: Sequence[str | Atom]) -> Inlines:
        """The inlines of words and atoms in a row."""
        out: list[Inline] = []
        self._line(parts, False, out)
        return tuple(out)

    def source(self, atom: TextAtom, blocks: tuple[Block, ...]) -> Inlines:
        """The inlines of a text of the data that is the whole line; `blocks` are what it says."""
        out: list[Inline] = []
        self._source(atom, blocks, out)
        return tuple(out)

    def _fill(self, parts: Sequence[Part], out: list[Inline]) -> None:
        for part in parts:
            match part:
                case Text():
                    self._fixed(part, out)
                case Slot(index=index, opens=opens):
                    self.emit(self._builder.atoms[index], opens, out)
                case Wrap(kind=kind, parts=inner):
                    children: list[Inline] = []
                    self._fill(inner, children)
                    out.append(kind(tuple(children)))
                case NoteSlot(parts=inner):
                    out.append(Note(Filler(self._builder).fill(inner)))
                case _:
                    out.append(part)
                    self._previous = None

    def _fixed(self, node: Text, out: list[Inline]) -> None:
        last = out[-1] if out else None
        if isinstance(last, Text):
            out[-1] = Text(last.text + node.text)
        else:
            out.append(node)
        self._previous = out

    def _text(self, text: str, out: list[Inline]) -> None:
        last = out[-1] if out else None
        if isinstance(last, Text):
            out[-1] = Text(last.text + text)
        else:
            out.append(Text(text))
        self._previous = out

    def emit(self, atom: Atom, opens: bool, out: list[Inline]) -> None:
        """Print an atom at the end of `out`."""
        match atom:
            case Word():
                self._word(atom, opens, out)
            case BlankAtom(key=key, hint=hint, bold=bold):
                self._blank(key, hint, bold, out)
            case SeriesAtom():
                self._series(atom, opens, out)
            case LineAtom(parts=parts):
                self._line(parts, opens, out)
            case TextAtom():
                self._source(atom, self._builder.compose_text(atom), out)
            case _:
                for node in _nodes(atom, opens):
                    self._node(node, out)

    def _node(self, node: Inline, out: list[Inline]) -> None:
        out.append(node)
        self._previous = None

    def _blank(self, key: str, hint: str, bold: bool, out: list[Inline]) -> None:
        label = hint or key.rpartition(".")[2].replace("_", " ")
        blank = Blank(key, label, f"[{typeset(label)} à compléter]")
        self._node(Strong((blank,)) if bold else blank, out)

    def _before(self) -> str:
        previous = self._previous
        last = previous[-1] if previous else None
        return last.text if isinstance(last, Text) else ""

    def _word(self, word: Word, opens: bool, out: list[Inline]) -> None:
        previous = self._previous
        last = previous[-1] if previous else None
        before = last.text if isinstance(last, Text) else ""
        if word.phrase is not None:
            head, printed = joint(before, word.phrase, sentence_start=opens)
        else:
            head, printed = joint_plain(before, word.text)
            if opens and word.capital:
                printed = capitalise(printed)
        if previous is not None and head != before:
            previous[-1] = Text(head.replace("'", _APOSTROPHE))
        printed = printed.replace("'", _APOSTROPHE)
        if not word.kind and not word.bold:
            self._text(printed, out)
            return
        node: Inline = Value(word.kind, word.key, word.exact, printed) if word.kind else Text(printed)
        self._node(Strong((node,)) if word.bold else node, out)

    def _source(self, atom: TextAtom, blocks: tuple[Block, ...], out: list[Inline]) -> None:
        lines = [block.inlines for block in blocks if isinstance(block, Paragraph)]
        if len(lines) != len(blocks) or len(lines) > 1:
            raise FilterError(
                f"le texte « {atom.key} » a plusieurs alinéas : il doit être seul dans son paragraphe",
                "Entourez-le de lignes vides.",
            )
        inlines = lines[0] if lines else ()
        match inlines:
            case (Text(text=text),):
                self._word(Word(text, None, "texte", atom.key, atom.source.text.strip(), atom.bold, False), False, out)
            case _:
                for one in (Strong(inlines),) if atom.bold else inlines:
                    self._node(one, out)

    def _series(self, atom: SeriesAtom, opens: bool, out: list[Inline]) -> None:
        before = self._before()
        preposition = next((one for one in _PREPOSITIONS if before.endswith(one)), "")
        if preposition and len(before) > len(preposition) and before[-len(preposition) - 1].isalpha():
            preposition = ""  # « monde » does not end with the preposition « de »
        count = len(atom.items)
        for index, item in enumerate(atom.items):
            if index:
                link = f" {atom.conjunction} " if index == count - 1 else ", "
                self._text(link + preposition.lower(), out)
            self.emit(item, opens and index == 0, out)

    def _line(self, parts: Sequence[str | Atom], opens: bool, out: list[Inline]) -> None:
        for index, part in enumerate(parts):
            if isinstance(part, str):
                self._text(part.replace("'", _APOSTROPHE), out)
            else:
                self.emit(part, opens and index == 0, out)


def _nodes(atom: Atom, opens: bool) -> Inlines:
    """The nodes of an atom that takes no joint."""
    match atom:
        case FillAtom(key=key, width=width):
            return (FillIn(key, width),)
        case RefAtom(target=target, form=form):
            return (Reference(target, form, opens),)
        case NodesAtom(inlines=inlines):
            return inlines
        case _:
            raise FilterError("une liste doit être seule dans son paragraphe", "Entourez-la de lignes vides.")
