"""A small stage for texts: a few parties and data, and functions that compose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from convgen.acte.nodes import Block, ListBlock, Paragraph, Table
from convgen.acte.runs import plain_text
from convgen.compose.build import Heading
from convgen.compose.text import Composer, TextCache
from convgen.errors import Place, Report
from convgen.french.grammar import parse_noun_phrase
from convgen.model.resolved import Party
from convgen.model.values import (
    TextSource,
)


def party(key: str, name: str, designation: str | None) -> Party:
    phrase = parse_noun_phrase(name, feminine=None if name[:2].lower() in ("le", "la", "l'") else True)
    term = parse_noun_phrase(designation) if designation else None
    return Party(key, key, "association", phrase, phrase, term)


def lines_of(blocks: tuple[Block | Heading, ...]) -> list[str]:
    """The printed lines of some blocks, markers of their kind included."""
    out: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                out.append(plain_text(block.inlines))
            case Heading():
                out.append(f"## {plain_text(block.title)} [#{block.id}]")
            case ListBlock():
                for item in block.items:
                    out += [f"{block.style} {line}" for line in lines_of(item.blocks)]
            case Table():
                for row in (*block.header, *block.rows):
                    out.append(" | ".join("".join(lines_of(cell.blocks)) for cell in row.cells))
            case _:
                out.append(type(block).__name__)
    return out


@dataclass
class Stage:
    """A context, a report, and what they compose."""

    context: Mapping[str, object]
    report: Report = field(default_factory=Report)
    cache: TextCache = field(default_factory=TextCache)

    def blocks(self, text: str) -> tuple[Block | Heading, ...]:
        composer = Composer(self.cache, self.report, self.context, frozenset(self.context))
        return composer.compose(TextSource(text, Place("texte.md", 10)))

    def lines(self, text: str) -> list[str]:
        return lines_of(self.blocks(text))

    def line(self, text: str) -> str:
        (only,) = self.lines(text)
        return only

    def problems(self, text: str) -> list[tuple[str, int]]:
        before = len(self.report.diagnostics)
        self.blocks(text)
        return [(one.code, one.place.line if one.place else 0) for one in self.report.diagnostics[before:]]
