"""The bookmarks that no heading makes: the parts of a délibération or of an arrêté, articles without a title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from convgen.acte.markers import markers_of
from convgen.acte.nodes import Acte, Block, Division, Emphasis, ListBlock, Paragraph, Role, Section, Strong, Tracked
from convgen.acte.runs import plain_text
from convgen.acte.walk import divisions_of
from convgen.write.keeping import UNILATERAL

#: By the identity of a paragraph, the bookmark that leads to it: its level, from 1, and its words.
Bookmarks: TypeAlias = dict[int, tuple[int, str]]

#: What the parts of a délibération or of an arrêté are called; « decisions » only where no theme does it better.
_PARTS: Final = {
    "visas": "Visas et considérants",
    "decisions": "Décisions",
    "recours": "Voies de recours",
    "vote": "Vote",
    "signatures": "Signature",
    "ampliation": "Destinataires",
    "executoire": "Caractère exécutoire",
}
#: A bookmark says so many characters of a text that has no title.
_EXCERPT: Final = 60
_MARKS: Final = " \u00a0\u202f:;,."


def bookmarks_of(acte: Acte) -> Bookmarks:
    """The bookmarks of an act besides those of its headings."""
    found: Bookmarks = {}
    for zone in acte.zones:
        divisions = divisions_of(zone.blocks)
        below = any(one.level == 0 for one in divisions)  # parts above the articles have headings
        for one in divisions:
            _article(one, 2 if below else 1, found)
    if acte.kind in UNILATERAL:
        for zone in acte.zones:
            _part(zone.kind, zone.blocks, found)
    return found


def _article(division: Division, level: int, found: Bookmarks) -> None:
    """« Article 2 – Ce comité réunit… », for an article whose number stands at the head of its text."""
    number = division.number
    if number is None or not number.label[:1].isalpha() or division.level != 1 or plain_text(division.title).strip():
        return
    first = division.blocks[0] if division.blocks else None
    if isinstance(first, Paragraph):
        words = _excerpt(plain_text(first.inlines))
        found[id(first)] = level, f"{number.label} – {words}" if words else number.label


def _part(kind: str, blocks: tuple[Block, ...], found: Bookmarks) -> None:
    themes = dict(_themes(blocks)) if kind == "decisions" else {}
    first = _first_paragraph(blocks)
    if kind in _PARTS and first is not None and not themes:
        found[id(first)] = 1, _PARTS[kind]
    found.update(themes)
    if kind == "visas":
        heads = (one for one in blocks if isinstance(one, Paragraph) and one.role is Role.SUBHEAD and one is not first)
        found.update((id(one), (2, _bare(plain_text(one.inlines)))) for one in heads)


def _first_paragraph(blocks: tuple[Block, ...]) -> Paragraph | None:
    """The paragraph that a part begins with."""
    for block in blocks:
        match block:
            case Paragraph():
                return block
            case ListBlock(items=items) if items:
                return _first_paragraph(items[0].blocks)
            case Division() | Section() | Tracked():
                return _first_paragraph(block.blocks)
    return None


def _themes(blocks: tuple[Block, ...]) -> Iterator[tuple[int, tuple[int, str]]]:
    """The themes that decisions are grouped by, and the parts of a theme."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.role is Role.SUBHEAD:
            yield id(block), (1, _bare(plain_text(block.inlines)))
        elif isinstance(block, ListBlock) and any(_is_title(one.blocks, Strong) for one in block.items):
            for mark, item in zip(markers_of(block), block.items, strict=True):
                yield from _theme("" if mark == "-" else f"{mark}\u00a0", item.blocks)


def _theme(mark: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, tuple[int, str]]]:
    """A theme, named by its title; a decision that is a theme by itself, by its first words."""
    first = _first_paragraph(blocks)
    if first is None:
        return
    words = plain_text(first.inlines)
    yield id(first), (1, mark + (_bare(words) if _is_title(blocks, Strong) else _excerpt(words)))
    for rank in range(1, len(blocks)):
        block = blocks[rank]
        if isinstance(block, Paragraph) and _is_title(blocks[rank:], Emphasis):
            yield id(block), (2, _bare(plain_text(block.inlines)))


def _is_title(blocks: tuple[Block, ...], look: type[Strong] | type[Emphasis]) -> bool:
    """Whether a paragraph heads what follows it: its whole line has the look of a title."""
    first = blocks[0] if len(blocks) > 1 else None
    return isinstance(first, Paragraph) and len(first.inlines) == 1 and isinstance(first.inlines[0], look)


def _bare(words: str) -> str:
    return " ".join(words.split(" ")).strip(_MARKS)


def _excerpt(words: str) -> str:
    """The first words of a text, whole when it is short."""
    words = words.replace("\n", " ").strip(_MARKS)
    if len(words) <= _EXCERPT:
        return words
    return words[:_EXCERPT].rpartition(" ")[0].rstrip(f"{_MARKS}«(–") + "…"
