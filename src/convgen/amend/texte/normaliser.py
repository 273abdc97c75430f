"""From an act to its amendable tree, and what stays outside of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from convgen.acte.markers import markers_of
from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Cell,
    Division,
    Inlines,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Role,
    Row,
    Section,
    Signature,
    SignatureGrid,
    Table,
    Zone,
)
from convgen.acte.walk import ZONE_NAMES, walk
from convgen.amend.texte.arbre import FURTHER, Alinea, Line, Part, TableAlinea, TableCell, TableRow, alinea
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.inlines import lines_of, text_of
from convgen.errors import DefinitionError, Diagnostic
from convgen.french.grammar import GenderUnknown, NounPhrase, contract, parse_noun_phrase

#: The amendable zones: identifier and noun phrase, without the nature of the act.
ZONES: Final = {
    "intitule": ("zone:titre", "titre"),
    "comparution": ("zone:parties", "désignation des parties"),
    "preambule": ("zone:preambule", "préambule"),
    "articles": ("zone:corps", "texte qui précède les articles"),
    "signatures": ("zone:signatures", "bloc de signature"),
}
NOT_AMENDED_ROLES: Final = frozenset({Role.NUMBER, Role.VISA, Role.CONSIDERANT})
NUMBER: Final = "numéro de l'acte"
_NOTES: Final = "notes de bas de page"


def normal(acte: Acte, files: Mapping[str, str] | None = None) -> Part:
    """The amendable tree of an act.

    Args:
        acte: A composed act, numbered.
        files: The digest of each annexe that is a foreign file, by identifier; its name stands for it otherwise.

    Raises:
        DefinitionError: AVE-02, two parts have the same identifier.
    """
    children: list[Part] = []
    for zone in acte.zones:
        if zone.kind in ZONES:
            children.extend(_zone(zone, acte.kind))
    children.extend(_annexe(one, files or {}) for one in acte.annexes)
    _check_ids(children, acte.id)
    return Part("", "acte", noun=acte.kind, children=tuple(children))


def nature_phrase(kind: str) -> NounPhrase:
    """« la convention », « le contrat »."""
    try:
        return parse_noun_phrase(kind).definite
    except GenderUnknown:
        return parse_noun_phrase("acte", feminine=False).definite


def _zone(zone: Zone, nature: str) -> Iterator[Part]:
    name, noun = ZONES[zone.kind]
    blocks = tuple(_flat(zone.blocks))
    lines = tuple(_lines(block for block in blocks if not isinstance(block, Division)))
    divisions = [_division(block) for block in blocks if isinstance(block, Division)]
    if zone.kind == "articles":
        if lines:
            yield Part(name, "zone", noun=noun, lines=lines)
        yield from divisions
        return
    if zone.kind == "intitule":
        noun = f"{noun} {contract('de', nature_phrase(nature))}"
    title = alinea(())
    if len(divisions) == 1 and not lines and not divisions[0].number:
        # A preamble is composed as a division without a number: it is the zone itself.
        (only,) = divisions
        title, lines, divisions = only.title, only.lines, list(only.children)
    if not (title.tokens or lines or divisions):
        return  # a preamble that holds visas only, a frame without words: nothing that one could amend
    yield Part(name, "zone", noun=noun, title=title, lines=lines, children=tuple(divisions))


def _division(division: Division) -> Part:
    blocks = tuple(_flat(division.blocks))
    return Part(
        division.id,
        "division",
        division.level,
        division.number.noun if division.number else "",
        division.number.text if division.number else "",
        _title(division.title),
        tuple(_lines(block for block in blocks if not isinstance(block, Division))),
        tuple(_division(block) for block in blocks if isinstance(block, Division)),
        clause=(division.origin.clause, division.origin.version),
        label=division.number.label if division.number else "",
        separator=division.number.separator if division.number else " ",
    )


def _annexe(annexe: Annexe, files: Mapping[str, str]) -> Part:
    blocks = tuple(_flat(annexe.blocks))
    return Part(
        annexe.id,
        "annexe",
        0,
        "annexe",
        annexe.number.text if annexe.number else "",
        _title(annexe.title),
        tuple(_lines(block for block in blocks if not isinstance(block, Division))),
        tuple(_division(block) for block in blocks if isinstance(block, Division)),
        file=files.get(annexe.id, annexe.file),
        clause=(annexe.origin.clause, annexe.origin.version),
        label=annexe.number.label if annexe.number else "",
        separator=annexe.number.separator if annexe.number else " ",
    )


def _title(inlines: Inlines) -> Alinea:
    return alinea(tuple(node for line in lines_of(inlines) for node in line))


def lines_in(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """The alinéas of some blocks, sub-divisions excepted."""
    return tuple(_lines(block for block in _flat(blocks) if not isinstance(block, Division)))


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without their sections: the orientation of a page is no law."""
    for block in blocks:
        if isinstance(block, Section):
            yield from _flat(block.blocks)
        else:
            yield block


def _lines(blocks: Iterable[Block], shape: str = "") -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph(role=role) if role in NOT_AMENDED_ROLES:
                pass
            case Paragraph(inlines=inlines):
                yield from (alinea(line, shape) for line in lines_of(inlines))
            case ListBlock():
                for item, marker in zip(block.items, markers_of(block), strict=True):
                    yield from _item(item, f"{shape} {block.style}".strip(), marker)
            case Table():
                yield from (alinea(line, shape) for line in lines_of(block.caption))
                yield _table(block)
            case SignatureGrid():
                for one in block.signatures:
                    yield from _signature(one)
                yield from (alinea(line) for line in lines_of(block.reserved))
            case Section():
                yield from _lines(block.blocks, shape)
            case _:
                pass


def _item(item: ListItem, shape: str, marker: str) -> Iterator[Line]:
    first = True
    for block in item.blocks:
        if not isinstance(block, Paragraph):
            yield from _lines((block,), shape)
            continue
        for line in lines_of(block.inlines):
            yield alinea(line, shape, marker, literal=bool(item.marker)) if first else _further(line, shape)
            first = False


def _further(inlines: Inlines, shape: str) -> Alinea:
    """A further line of the list item of that shape."""
    return alinea(inlines, f"{shape} {FURTHER}")


def _signature(one: Signature) -> Iterator[Line]:
    for inlines in (*one.lines, one.name):
        yield from (alinea(line) for line in lines_of(inlines))


def _table(table: Table) -> TableAlinea:
    return TableAlinea(tuple(_row(row) for row in (*table.header, *table.rows)), len(table.header))


def _row(row: Row) -> TableRow:
    return TableRow(tuple(_cell(cell) for cell in row.cells))


def _cell(cell: Cell) -> TableCell:
    lines: list[Alinea] = []
    for line in _lines(_flat(cell.blocks)):
        if isinstance(line, Alinea):
            lines.append(line)
        else:
            lines.extend(inner for row in line.rows for one in row.cells for inner in one.lines)
    return TableCell(tuple(lines), cell.colspan, cell.rowspan)


def _check_ids(children: Iterable[Part], act: str) -> None:
    seen: set[str] = set()
    stack = list(children)
    while stack:
        part = stack.pop()
        stack.extend(part.children)
        if part.id in seen:
            raise DefinitionError(
                Diagnostic(
                    "AVE-02",
                    f"dans « {act} », deux articles portent l'identifiant « {part.id} »",
                    cause="les versions d'un article se retrouvent par son identifiant",
                    remedy="Donnez à chacun son identifiant, dans les deux versions.",
                )
            )
        seen.add(part.id)


def outside(a: Acte, b: Acte) -> tuple[str, ...]:
    """What differs between two acts that an avenant does not carry: « visas », « cartouche »…, by name."""
    olds, news = _outside(a), _outside(b)
    return tuple(name for name in {**olds, **news} if olds.get(name) != news.get(name))


def _outside(acte: Acte) -> dict[str, object]:
    found: dict[str, object] = {}
    for zone in acte.zones:
        if zone.kind not in ZONES:
            found[ZONE_NAMES.get(zone.kind, zone.kind)] = tuple(
                tokens_of(text_of(one.inlines)) for one in walk(zone.blocks) if isinstance(one, Paragraph)
            )
    found[NUMBER] = tokens_of(acte.number)
    notes = [one for one in walk((acte.zones, acte.annexes)) if isinstance(one, Note)]
    found[_NOTES] = tuple(tokens_of(text_of(note.children)) for note in notes)
    return found
