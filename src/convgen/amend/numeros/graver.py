"""Writing the numbers in a tree: divisions, annexes, marks of lists, references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Emphasis,
    Inline,
    Inlines,
    Note,
    Number,
    Reference,
    Section,
    Strong,
    Superscript,
    Zone,
)
from convgen.acte.references import Targets
from convgen.amend.numeros.puces import frozen_markers
from convgen.amend.texte.arbre import Line, Path
from convgen.amend.texte.normaliser import ZONES


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts the numbers in the tree, and types the marks of lists. Without a number, it takes the number off.

    `lines` are the alinéas of each division in the text in force; `foreign` the divisions whose number stays.
    """

    numbers: Mapping[Path, Number]
    lines: Mapping[Path, tuple[Line, ...]]
    foreign: frozenset[Path] | set[Path] = frozenset()

    def acte(self, acte: Acte) -> Acte:
        """The act with its numbers."""
        zones = tuple(self._zone(zone) if zone.kind in ZONES else zone for zone in acte.zones)
        return replace(acte, zones=zones, annexes=tuple(map(self._annexe, acte.annexes)))

    def _zone(self, zone: Zone) -> Zone:
        path = (ZONES[zone.kind][0],)
        blocks = self._marked(zone.blocks, path)
        match zone.blocks:
            case (Division(number=None) as only,):  # a preamble: it is the zone itself
                blocks = (replace(only, blocks=self._marked(only.blocks, path)),)
        return replace(zone, blocks=self._blocks(blocks, ()) if zone.kind == "articles" else blocks)

    def _annexe(self, annexe: Annexe) -> Annexe:
        path = (annexe.id,)
        blocks = self._marked(annexe.blocks, path)
        return replace(annexe, number=self._number(path, annexe.number), blocks=self._blocks(blocks, path))

    def _number(self, path: Path, number: Number | None) -> Number | None:
        if number is None or path in self.foreign:
            return number
        made = self.numbers.get(path) if self.numbers else None
        return replace(made, frozen=True) if made is not None else None

    def _blocks(self, blocks: tuple[Block, ...], parent: Path) -> tuple[Block, ...]:
        return tuple(self._block(block, parent) for block in blocks)

    def _block(self, block: Block, parent: Path) -> Block:
        match block:
            case Section():
                return replace(block, blocks=self._blocks(block.blocks, parent))
            case Division():
                path = (*parent, block.id)
                blocks = self._blocks(self._marked(block.blocks, path), path)
                return replace(block, number=self._number(path, block.number), blocks=blocks)
            case _:
                return block

    def _marked(self, blocks: tuple[Block, ...], path: Path) -> tuple[Block, ...]:
        return frozen_markers(blocks, self.lines.get(path, ())) if self.numbers else blocks


_HOLDERS = (Strong, Emphasis, Superscript, Note)


def worded(line: Inlines, targets: Targets) -> Inlines:
    """The line with the final numbers in its references; what joins them to the sentence stays."""
    made = tuple(_with_number(node, targets) for node in line)
    return made if any(a is not b for a, b in zip(made, line, strict=True)) else line


def _with_number(node: Inline, targets: Targets) -> Inline:
    if isinstance(node, _HOLDERS):
        children = worded(node.children, targets)
        return node if children is node.children else replace(node, children=children)
    target = targets.find(node.target) if isinstance(node, Reference) else None
    if not isinstance(node, Reference) or target is None or node.form == "titre" or node.number == target.number:
        return node
    noun = target.noun if node.form == "complet" else node.noun
    return replace(node, noun=noun, number=target.number)
