"""The act as one self-contained HTML page, to read on a screen and to print.

Nothing is loaded from elsewhere: the style is inside, there is no script. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import assert_never

from convgen.acte.nodes import (
    DELETION,
    INSERTION,
    Acte,
    Annexe,
    Block,
    Division,
    Inline,
    ListBlock,
    ListItem,
    Number,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Section,
    Signature,
    SignatureGrid,
    Table,
    TableOfContents,
    Tracked,
)
from convgen.acte.runs import plain_text
from convgen.acte.walk import find_notes, walk
from convgen.write.charte import Charte
from convgen.write.html_inline import change_html, inline_html, label_html, note_html
from convgen.write.html_style import stylesheet
from convgen.write.plain import heading_label

_DRAFT = ' class="projet"'
_LIST_TYPES = {"1.": "1", "1°": "1", "a)": "a"}


def write_html(acte: Acte, charte: Charte | None = None) -> str:
    """The whole page, from the doctype on, in the colours, fonts and margins of the charte."""
    return "".join(_Page(acte, charte or Charte()).parts())


@dataclass(slots=True)
class _Page:
    """The page being printed: the act, and what must be known of the whole page."""

    acte: Acte
    charte: Charte
    titled: bool = False  # the h1 is printed
    names: dict[str, int] = field(default_factory=dict)  # how often an id was asked for

    def parts(self) -> Iterator[str]:
        acte = self.acte
        body = "".join(self._body())
        yield '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f'<title>{escape(acte.title)}</title>\n<meta name="generator" content="convgen">\n'
        yield f"<style>\n{stylesheet(self.charte, acte)}</style>\n</head>\n<body>\n"
        yield self._banner()
        yield self._navigation()
        foot = f'<footer class="ecran">{escape(self.charte.pied)}</footer>\n' if self.charte.pied else ""
        yield f"<main>\n{body}</main>\n{foot}</body>\n</html>\n"

    def _banner(self) -> str:
        words = [word for word in ("PROJET" if self.acte.draft else "", self.acte.mention) if word]
        if not words:
            return ""
        lines = "".join(f"<span{_DRAFT if word == 'PROJET' else ''}>{escape(word)}</span>" for word in words)
        # The second one is fixed: browsers print it on every page.
        return f'<p class="bandeau" role="note">{lines}</p>\n<div class="filigrane" aria-hidden="true">{lines}</div>\n'

    def _navigation(self) -> str:
        links = "".join(_contents(self.acte, 1))
        return f'<nav aria-label="Sommaire" class="ecran"><ol>{links}</ol></nav>\n' if links else ""

    def _body(self) -> Iterator[str]:
        acte = self.acte
        yield self._letterhead()
        if not _has_title(acte):
            yield f"<h1>{escape(acte.title)}</h1>\n"
            self.titled = True
        for zone in acte.zones:
            yield f'<section class="{escape(zone.kind)}">\n{self.blocks(zone.blocks)}</section>\n'
        for annexe in acte.annexes:
            yield self._annexe(annexe)
        yield self._notes()

    def _letterhead(self) -> str:
        if any(zone.kind == "en-tete" and zone.blocks for zone in self.acte.zones):
            return ""
        body = f"<strong>{escape(self.charte.organisme)}</strong>" if self.charte.organisme else ""
        lines = [one for one in (body, *map(escape, self.acte.letterhead)) if one]
        return f'<header class="en-tete">{"<br>".join(lines)}</header>\n' if lines else ""

    def blocks(self, blocks: Iterable[Block], depth: int = 2) -> str:
        """The blocks; `depth` is the level of the next heading (2 for h2)."""
        return "".join(self._block(block, depth) for block in blocks)

    def _block(self, block: Block, depth: int) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case ListBlock():
                return self._list(block, depth)
            case Table():
                return self._table(block, depth)
            case SignatureGrid():
                return _signatures(block)
            case PageBreak():
                return '<div class="saut"></div>\n'
            case TableOfContents():
                links = "".join(_contents(self.acte, block.depth))
                return (
                    f'<nav class="sommaire"><p class="sommaire-titre">{escape(block.title)}</p><ol>{links}</ol></nav>\n'
                )
            case Section():
                return f'<div class="{escape(block.orientation)}">\n{self.blocks(block.blocks, depth)}</div>\n'
            case Division():
                return self._division(block, depth)
            case Tracked():
                return change_html(block.change, self.blocks(block.blocks, depth))
        assert_never(block)

    def _paragraph(self, paragraph: Paragraph, before: str = "") -> str:
        content = before + inline_html(paragraph.inlines)
        if paragraph.role is Role.TITLE and not self.titled:
            self.titled = True
            return f"<h1>{content}</h1>\n"
        kind = "" if paragraph.role is Role.BODY else f' class="{_class(paragraph.role)}"'
        tag = "blockquote" if paragraph.role in (Role.QUOTE, Role.QUOTE_HEADING) else "p"
        return f"<{tag}{kind}>{content}</{tag}>\n"

    def _list(self, block: ListBlock, depth: int) -> str:
        items = "".join(self._item(item, depth) for item in block.items)
        if block.style == "-":
            return f"<ul>\n{items}</ul>\n"
        start = f' start="{block.start}"' if block.start != 1 else ""
        style = {"1°": "degre", "a)": "lettre"}.get(block.style)
        kind = f' class="{style}"' if style else ""
        return f'<ol type="{_LIST_TYPES.get(block.style, "1")}"{start}{kind}>\n{items}</ol>\n'

    def _item(self, item: ListItem, depth: int) -> str:
        content = self.blocks(item.blocks, depth)
        if not item.marker and item.former is None:
            return f"<li>{content}</li>\n"
        mark = label_html(item.former, item.marker)
        return f'<li class="marque"><span class="puce">{mark}</span>{content}</li>\n'

    def _division(self, division: Division, depth: int) -> str:
        label = _label(division.number)
        name = self._name(division.id)
        if division.title:
            level = min(depth, 6)
            head = f"<h{level}>{_number(label)}{inline_html(division.title)}</h{level}>\n"
            body = self.blocks(division.blocks, depth + 1)
        else:
            head, rest = self._run_in(label, division.blocks, depth)
            body = self.blocks(rest, depth + 1)
        return f'<section{name} class="niveau-{division.level}">\n{head}{body}</section>\n'

    def _run_in(self, label: str, blocks: tuple[Block, ...], depth: int) -> tuple[str, tuple[Block, ...]]:
        if blocks and isinstance(blocks[0], Paragraph):
            return self._paragraph(blocks[0], _number(label)), blocks[1:]
        return (f"<p>{_number(label)}</p>\n" if label else ""), blocks

    def _table(self, table: Table, depth: int) -> str:
        caption = f"<caption>{inline_html(table.caption)}</caption>" if table.caption else ""
        described = f' aria-label="{escape(table.description)}"' if table.description else ""
        total = sum(table.widths)
        columns = "".join(f'<col style="width:{width * 100 / total:.2f}%">' for width in table.widths) if total else ""
        groups = f"<colgroup>{columns}</colgroup>" if columns else ""
        head = "".join(self._row(row, depth, heading=True) for row in table.header)
        body = "".join(self._row(row, depth, heading=False, headed=bool(table.header)) for row in table.rows)
        thead = f"<thead>\n{head}</thead>\n" if head else ""
        inner = f"{caption}{groups}\n{thead}<tbody>\n{body}</tbody>\n"
        return f'<div class="tableau"><table{described}>{inner}</table></div>\n'

    def _row(self, row: Row, depth: int, *, heading: bool, headed: bool = False) -> str:
        cells: list[str] = []
        for rank, cell in enumerate(row.cells):
            tag, scope = "td", ""
            if heading:
                tag, scope = "th", ' scope="colgroup"' if cell.colspan > 1 else ' scope="col"'
            elif row.role == "bande" or (headed and rank == 0 and len(row.cells) > 1):
                tag, scope = "th", ' scope="rowgroup"' if row.role == "bande" or cell.rowspan > 1 else ' scope="row"'
            spans = "".join(
                f' {name}="{count}"'
                for name, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
                if count > 1
            )
            align = {"right": ' class="droite"', "center": ' class="centre"'}.get(cell.align, "")
            cells.append(
                f"<{tag}{scope}{spans}{align}>{change_html(row.change, self._cell(cell.blocks, depth))}</{tag}>"
            )
        kind = "" if row.role == "corps" else f' class="{escape(row.role)}"'
        return f"<tr{kind}>{''.join(cells)}</tr>\n"

    def _cell(self, blocks: tuple[Block, ...], depth: int) -> str:
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return inline_html(blocks[0].inlines)
        return self.blocks(blocks, depth)

    def _annexe(self, annexe: Annexe) -> str:
        label = _label(annexe.number)
        title = f"<h2>{_number(label)}{inline_html(annexe.title)}</h2>\n"
        piece = f"<p>(pièce jointe : {escape(annexe.file)})</p>\n" if annexe.file else ""
        body = self.blocks(annexe.blocks, 3)
        kind = f"annexe {escape(annexe.orientation)}"
        content = change_html(annexe.change, f"{title}{piece}{body}")
        return f'<section{self._name(annexe.id)} class="{kind}">\n{content}</section>\n'

    def _notes(self) -> str:
        notes = find_notes(self.acte)
        if not notes:
            return ""
        items = "".join(note_html(note) for note in notes)
        return f'<section class="notes" role="doc-endnotes" aria-label="Notes"><ol>\n{items}</ol></section>\n'

    def _name(self, identifier: str) -> str:
        if not identifier:
            return ""
        count = self.names[identifier] = self.names.get(identifier, 0) + 1
        # A repeated id keeps its first place as the target of the links.
        return f' id="{escape(identifier)}"' if count == 1 else ""


def _has_title(acte: Acte) -> bool:
    return any(isinstance(one, Paragraph) and one.role is Role.TITLE for one in walk(acte.zones))


def _class(role: Role) -> str:
    return role.value.replace("é", "e").replace("ô", "o").replace(" ", "-")


def _label(number: Number | None) -> str:
    return label_html(number.former, number.label, number.separator) if number else ""


def _number(label: str) -> str:
    return f'<span class="numero">{label}</span>' if label else ""


def _contents(acte: Acte, depth: int) -> Iterator[str]:
    for zone in acte.zones:
        yield _headings(zone.blocks, depth)
    for annexe in acte.annexes:
        if annexe.change != DELETION:
            yield f"<li>{_link(annexe.id, heading_label(annexe.number), annexe.title)}</li>"


def _headings(blocks: Iterable[Block], depth: int) -> str:
    """List items for the titled divisions, `depth` levels counted from the articles."""
    items: list[str] = []
    for block in blocks:
        if isinstance(block, Division) and block.level <= depth:
            inner = _headings(block.blocks, depth)
            nested = f"<ol>{inner}</ol>" if inner else ""
            if block.title:
                items.append(f"<li>{_link(block.id, heading_label(block.number), block.title)}{nested}</li>")
        elif isinstance(block, Tracked) and block.change == INSERTION:
            items.append(_headings(block.blocks, depth))
    return "".join(items)


def _link(identifier: str, label: str, title: tuple[Inline, ...]) -> str:
    text = escape(f"{label}{plain_text(title)}")
    return f'<a href="#{escape(identifier)}">{text}</a>' if identifier else text


def _signatures(grid: SignatureGrid) -> str:
    frames = "".join(_signature(one) for one in grid.signatures)
    reserved = f'<div class="reserve">{inline_html(grid.reserved)}</div>\n' if grid.reserved else ""
    return f'<div class="grille" style="--colonnes:{grid.columns}">\n{frames}{reserved}</div>\n'


def _signature(signature: Signature) -> str:
    lines = "".join(f"<p>{inline_html(line)}</p>" for line in signature.lines)
    name = f'<p class="nom">{inline_html(signature.name)}</p>' if signature.name else ""
    room = '<div class="place"></div>'
    content = f"{lines}{name}{room}" if signature.name_first else f"{lines}{room}{name}"
    return f'<div class="signature">{content}</div>\n'
