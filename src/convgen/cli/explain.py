"""`--explique`: where each article of an act comes from, and what the definition changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from convgen.acte.nodes import Block, Division, Origin
from convgen.write.plain import heading_label, plain

if TYPE_CHECKING:
    from convgen.cli.pipeline import Made
    from convgen.model.resolved import Override


def explain(made: Made) -> Iterator[str]:
    """The lines to print: the articles and annexes with their origins, then the overrides."""
    acte = made.acte
    yield f"{acte.id} : d'où vient chaque article"
    for zone in acte.zones:
        yield from _divisions(zone.blocks, "  ")
    for annexe in acte.annexes:
        yield f"  {_title(heading_label(annexe.number), plain(annexe.title))}{origin(annexe.origin)}"
    if made.resolved.overrides:
        yield f"{acte.id} : ce que la définition change"
        yield from (f"  {override_line(one)}" for one in made.resolved.overrides)


def _divisions(blocks: Iterable[Block], margin: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Division):
            label = heading_label(block.number)
            title = plain(block.title, note_calls=False) or "(sans titre)"
            yield f"{margin}{_title(label, title)}{origin(block.origin)}"
            yield from _divisions(block.blocks, margin + "  ")


def _title(label: str, title: str) -> str:
    return f"{label}{title}".replace("\n", " ")


def origin(one: Origin) -> str:
    """« ← clause resiliation@2.0, clauses/execution/resiliation.md:12 », empty when unknown."""
    parts = [
        f"{one.what or 'clause'} {one.clause}{f'@{one.version}' if one.version else ''}" if one.clause else one.what,
        f"{one.file}:{one.line}" if one.file else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"  ← {said}" if said else ""


def override_line(one: Override) -> str:
    """« conventions/x.yaml:12 remplace le texte de « objet » (au lieu de templates/…:4) »."""
    instead = f" (au lieu de {one.instead_of.file}:{one.instead_of.line})" if one.instead_of else ""
    return f"{one.place.file}:{one.place.line} : {one.what} « {one.target} »{instead}"
