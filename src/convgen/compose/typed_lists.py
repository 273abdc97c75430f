"""Lists as people type them: paragraphs that open on « a) », « b) » or « 1° », « 2° »."""

from __future__ import annotations

import re
from dataclasses import replace

from convgen.acte.nodes import Text
from convgen.compose.skeleton import SkBlock, SkItem, SkList, SkParagraph, fixed_of

MARKER = re.compile(r"^(?:([a-z])\)|(\d{1,3})°\)?)[ \u00a0\u202f]+")


def gather_lists(blocks: list[SkBlock]) -> list[SkBlock]:
    """Paragraphs that open on « a) », « b) » or « 1° », « 2° » make a list."""
    out: list[SkBlock] = []
    for block in blocks:
        cut = _cut_marker(block)
        if cut is None:
            out.append(block)
            continue
        style, rank, items = cut
        last = out[-1] if out else None
        if isinstance(last, SkList) and last.style == style and rank == last.start + len(last.items):
            out[-1] = replace(last, items=(*last.items, *items))
        elif rank == 1:
            assert isinstance(block, SkParagraph)  # noqa: S101 — narrowed by _cut_marker
            out.append(SkList(block.line, style, 1, items))
        else:
            out.append(block)
    return out


def _cut_marker(block: SkBlock) -> tuple[str, int, tuple[SkItem, ...]] | None:
    if not isinstance(block, SkParagraph) or not block.parts or not isinstance(block.parts[0], Text):
        return None
    found = MARKER.match(block.parts[0].text)
    if not found:
        return None
    style = "a)" if found[1] else "1°"
    rank = ord(found[1]) - ord("a") + 1 if found[1] else int(found[2])
    rest = block.parts[0].text[found.end() :]
    parts = (Text(rest), *block.parts[1:]) if rest else block.parts[1:]
    return style, rank, (SkItem((replace(block, parts=parts, fixed=fixed_of(parts)),)),)
