"""The comparison table of an avenant: each division that changes, as it stands and as it will stand.

Both columns come from the act that shows its changes: the left one with what goes struck, the right one with what
comes underlined. They are looks here, nothing to accept. One row a division, the smallest that a change touches, in
the order of the base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, TypeAlias

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Acte,
    Annexe,
    Block,
    Cell,
    Deleted,
    Division,
    Emphasis,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    ListBlock,
    ListItem,
    Note,
    Number,
    Paragraph,
    Reference,
    Role,
    Row,
    Section,
    SignatureGrid,
    Strong,
    Superscript,
    Table,
    Text,
    Tracked,
    Zone,
)
from convgen.amend.changements.changements import Delta, Move
from convgen.amend.suivi.suivi import tracked
from convgen.amend.suivi.titres import run_in_label
from convgen.amend.texte.arbre import Path
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import Index, designate_part, index_of
from convgen.amend.texte.normaliser import ZONES, normal
from convgen.french.grammar import capitalise

_HEADS: Final = ("Stipulation", "Rédaction en vigueur", "Rédaction résultant de l’avenant")
_WIDTHS: Final = (16, 42, 42)
_COME: Final = "(inséré)"
_GONE: Final = "(abrogé)"
_CELLS: Final = " | "
#: A row of running text, which may go on over the next page.
_ROW: Final = "texte"
_Node: TypeAlias = Division | Annexe


def comparison_table(
    base: Acte,
    new: Acte,
    delta: Delta,
    files: Mapping[str, str] | None = None,
    title: str = "",
    *,
    shown: Acte | None = None,
) -> Acte:
    """The comparison table, as an act to be printed.

    Args:
        base: The text in force.
        new: The new version, with its final numbers.
        delta: The changes from the one to the other.
        files: The digests of the annexes of the base that are foreign files, when the changes know them.
        title: The title of the document; made from that of the act when it is empty.
        shown: The act that shows its changes, when it is already made.

    Raises:
        RefusError: AVE-03, the changes do not apply to the base.
        DefinitionError: AVE-02, two parts have the same identifier.
    """
    shown = shown or tracked(base, new, delta, files)
    moved = {change.division[-1]: change.number for change in delta.changes if isinstance(change, Move)}
    table = _Comparison(index_of(normal(base)), index_of(normal(new)), moved)
    for zone in shown.zones:
        if zone.kind in ZONES:
            table.zone(zone)
    for annexe in shown.annexes:
        table.part((annexe.id,), annexe)
    header = Row(tuple(Cell((Paragraph((Text(text),)),)) for text in _HEADS))
    said = title or f"Tableau comparatif – {base.title}"
    found = Table((header,), tuple(table.rows()), _WIDTHS, description="Rédaction en vigueur et rédaction nouvelle")
    return Acte(
        "tableau comparatif",
        f"{base.id}-tableau-comparatif",
        "",
        said,
        (
            Zone("intitule", (Paragraph((Text(said),), Role.TITLE),)),
            Zone("articles", (found,) if found.rows else (Paragraph((Text("Aucune stipulation ne change."),)),)),
        ),
        letterhead=base.letterhead,
        draft=base.draft,
        mention=base.mention,
        author=base.author,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row to be: what it is about, and the lines of both sides."""

    name: str
    old: tuple[Block, ...]
    new: tuple[Block, ...]
    moved: str = ""  # the identifier of a division that goes elsewhere


@dataclass(slots=True)
class _Comparison:
    """The table being made."""

    base: Index
    new: Index
    moved: Mapping[str, str]
    entries: list[_Entry] = field(default_factory=list)
    arrived: dict[str, Division] = field(default_factory=dict)

    def zone(self, zone: Zone) -> None:
        """What changes in a zone and the divisions that it holds."""
        path = (ZONES[zone.kind][0],)
        own = tuple(block for block in zone.blocks if not _divisions((block,)))
        if zone.kind == "preambule" and not own and len(zone.blocks) == 1 and isinstance(zone.blocks[0], Division):
            self.part(path, zone.blocks[0])
            return
        self.own(path, _lines(own))
        self.below(() if zone.kind == "articles" else path, zone.blocks)

    def part(self, path: Path, node: _Node, above: Sequence[Inlines] = ()) -> None:
        """What changes in a division or an annexe that stays, or the whole of it when it comes or goes."""
        if isinstance(node, Annexe) and node.change:
            self.whole(path, node.change, node)
            return
        own = tuple(block for block in node.blocks if not _divisions((block,)))
        self.own(path, [*above, *_heading(node.number, node.title), *_lines(own)])
        self.below(path, node.blocks)

    def below(self, path: Path, blocks: Iterable[Block]) -> None:
        """The divisions right below."""
        above: list[Inlines] = []
        found = _divisions(blocks)
        for place, (change, node) in enumerate(found, start=1):
            here = (*path, node.id)
            if change and not node.blocks and any(after.id == node.id for _, after in found[place : place + 1]):
                # A heading that one version only has stands apart.
                above = [_marked(line, change) for line in _heading(node.number, node.title)]
            elif change:
                self.whole(here, change, node)
            else:
                self.part(here, node, above)
                above = []

    def own(self, path: Path, lines: Sequence[Inlines]) -> None:
        """A row, if something changes in these lines."""
        lines = _settled(lines)
        if any(isinstance(node, Inserted | Deleted) for line in lines for node in line):
            sides = (tuple(_side(lines, Inserted)), tuple(_side(lines, Deleted)))
            self.entries.append(_Entry(self.name(path), *sides))

    def whole(self, path: Path, change: str, node: _Node) -> None:
        """A division that comes or goes."""
        blocks = _plain(node)
        if change == DELETION:
            away = node.id if node.id in self.moved else ""
            self.entries.append(_Entry(self.name(path), blocks, () if away else _note(_GONE), away))
        elif node.id in self.moved and isinstance(node, Division):
            self.arrived[node.id] = node
        else:
            self.entries.append(_Entry(self.name(path, new=True), _note(_COME), blocks))

    def name(self, path: Path, *, new: bool = False) -> str:
        """« Article 4.1 », « Désignation des parties »."""
        index = self.new if new else self.base
        if path not in index.parts:
            # Below a division whose identifier has changed from one version to the other.
            path = next((one for one in index.parts if one and one[-1] == path[-1]), ())
        return capitalise(designate_part(index, path).phrase.noun)

    def rows(self) -> Iterator[Row]:
        """The rows, where a division that goes elsewhere stands beside what it becomes."""
        for entry in self.entries:
            new = _plain(self.arrived[entry.moved]) if entry.moved in self.arrived else entry.new
            cells = ((Paragraph((Strong((Text(entry.name),)),)),), entry.old, new)
            yield Row(tuple(Cell(blocks) for blocks in cells), _ROW)


def _note(text: str) -> tuple[Block, ...]:
    return (Paragraph((Emphasis((Text(text),)),)),)


def _divisions(blocks: Iterable[Block], change: str = "") -> list[tuple[str, Division]]:
    """The divisions right below, and whether each comes or goes."""
    found: list[tuple[str, Division]] = []
    for block in blocks:
        match block:
            case Division():
                found.append((change, block))
            case Section():
                found.extend(_divisions(block.blocks, change))
            case Tracked():
                found.extend(_divisions(block.blocks, block.change))
            case _:
                pass
    return found


# --- lines of text ------------------------------------------------------------------------------------------


def _side(lines: Iterable[Inlines], without: type[Inserted] | type[Deleted]) -> Iterator[Paragraph]:
    """The lines of one version."""
    for line in lines:
        kept = tuple(node for node in line if not isinstance(node, without))
        if text_of(tuple(_bare(kept))).strip():
            yield Paragraph(kept)


def _bare(line: Iterable[Inline]) -> Iterator[Inline]:
    for node in line:
        if isinstance(node, Inserted | Deleted):
            yield from node.children
        else:
            yield node


def _plain(node: _Node) -> tuple[Block, ...]:
    """All the lines of a division that comes or goes, as they are."""
    return tuple(Paragraph(tuple(_bare(line))) for line in _whole_lines(node))


def _whole_lines(node: _Node) -> list[Inlines]:
    """All the lines of a division; without a title, its number stands at the head of its first line."""
    if isinstance(node, Division) and run_in_label(node):
        return _lines(node.blocks, before=run_in_label(node))
    return [*_heading(node.number, node.title), *_lines(node.blocks)]


def _heading(number: Number | None, title: Inlines) -> list[Inlines]:
    after = Text(number.separator if number is not None and title else "")
    line = (*_label(number), *((after,) if after.text else ()), *_printed(title))
    return [tuple(_bold(node) for node in line)] if line else []


def _label(number: Number | None) -> Inlines:
    if number is None:
        return ()
    if number.former is None:
        return (Text(number.label),) if number.label else ()
    return _changed(number.former, number.label)


def _changed(former: str, new: str) -> Inlines:
    gone: Inlines = (Deleted((Text(former),)),) if former else ()
    return (*gone, Inserted((Text(new),))) if new else gone


def _bold(node: Inline) -> Inline:
    if isinstance(node, Inserted | Deleted):
        return replace(node, children=(Strong(node.children),))
    return Strong((node,))


def _printed(inlines: Iterable[Inline]) -> Inlines:
    """A line without its notes; a reference is its words, for what it points at is elsewhere."""
    out: list[Inline] = []
    for node in inlines:
        match node:
            case Note():
                pass
            case Reference():
                out.append(Text(node.text))
            case Strong() | Emphasis() | Superscript() | Inserted() | Deleted():
                out.append(replace(node, children=_printed(node.children)))
            case _:
                out.append(node)
    return tuple(out)


def _lines(blocks: Iterable[Block], change: str = "", before: Inlines = ()) -> list[Inlines]:
    """The lines of blocks, those of lists with their marks, those of tables with their cells side by side."""
    out: list[Inlines] = []
    for block in blocks:
        match block:
            case Paragraph():
                out.append(_marked((*before, *_printed(block.inlines)), change))
                before = ()
            case Division():
                out.extend(_marked(line, change) for line in _whole_lines(block))
            case Section():
                out.extend(_lines(block.blocks, change, before))
            case Tracked():
                out.extend(_lines(block.blocks, block.change, before))
                before = ()
            case ListBlock():
                for item in block.items:
                    out.extend(_item(item, change))
            case Table():
                out.extend(_table(block, change))
            case SignatureGrid():
                lines = [line for one in block.signatures for line in (*one.lines, one.name)]
                out.extend(_marked(_printed(line), change) for line in (*lines, block.reserved) if line)
            case _:
                pass
    return out


def _item(item: ListItem, change: str) -> list[Inlines]:
    mark = (Text(item.marker),) if item.former is None else _changed(item.former, item.marker)
    return _lines(item.blocks, change, (*mark, Text("\u00a0")))


def _table(table: Table, change: str) -> Iterator[Inlines]:
    if table.caption:
        yield _marked(_printed(table.caption), change)
    for row in (*table.header, *table.rows):
        cells = [_lines(cell.blocks) for cell in row.cells]
        while cells and not any(cells[-1]):
            cells.pop()
        line: list[Inline] = []
        for place, lines in enumerate(cells):
            line.extend((Text(_CELLS),) if place else ())
            for rank, inner in enumerate(lines):
                line.extend(((LineBreak(),) if rank else ()) + inner)
        yield _marked(tuple(line), row.change or change)


def _settled(lines: Sequence[Inlines]) -> list[Inlines]:
    """Lines where what goes and comes back word for word stays: a table or a signature block goes as a whole."""
    out: list[Inlines] = []
    for change, found in groupby(lines, _wholly):
        run = list(found)
        gone = len(out) - next((rank for rank, line in enumerate(reversed(out)) if _wholly(line) != DELETION), len(out))
        if change != INSERTION or gone == len(out):
            out.extend(run)
            continue
        before, keys = out[gone:], [text_of(tuple(_bare(line))) for line in run]
        del out[gone:]
        same = SequenceMatcher(None, [text_of(tuple(_bare(line))) for line in before], keys)
        for what, i, j, k, m in same.get_opcodes():
            out.extend([tuple(_bare(line)) for line in run[k:m]] if what == "equal" else [*before[i:j], *run[k:m]])
    return out


def _wholly(line: Inlines) -> str:
    """How a line comes or goes, "" when it stays or changes in part."""
    if not line or any(not isinstance(node, type(line[0])) for node in line):
        return ""
    return {Inserted: INSERTION, Deleted: DELETION}.get(type(line[0]), "")


def _marked(line: Inlines, change: str) -> Inlines:
    """A whole line that comes or goes."""
    if not change or not line:
        return line
    bare = tuple(_bare(line))
    return (Inserted(bare),) if change == INSERTION else (Deleted(bare),)
