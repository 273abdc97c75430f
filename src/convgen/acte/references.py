"""References to divisions and annexes: what they print once numbers are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from convgen.acte.memo import Memo, TreeMemo
from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Division,
    Emphasis,
    Inline,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    Reference,
    Section,
    SignatureGrid,
    Strong,
    Superscript,
    Table,
    Text,
    Tracked,
)
from convgen.acte.rewrite import map_inlines
from convgen.acte.runs import plain_text
from convgen.french.grammar import Agreement, NounPhrase
from convgen.french.joints import joint

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference can point to.

    `determiner` + `noun` + `number` is what it is called ("l'" "article " "4.1"); `id` is the full identifier.
    """

    id: str
    determiner: str
    noun: str
    number: str
    title: str
    feminine: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of an act by identifier; `ambiguous` are short names borne by several divisions.

    A target is worded when a reference asks for it: most divisions are never referred to.
    """

    by_id: Mapping[str, Callable[[], Target]]
    ambiguous: Mapping[str, tuple[str, ...]]

    def find(self, name: str) -> Target | None:
        """The target called `name`, in full ("resiliation.generales") or in short ("generales")."""
        found = self.by_id.get(name)
        return None if found is None else found()


def targets_of(acte: Acte) -> Targets:
    """Every division and annexe of a numbered act that a reference may name."""
    full: dict[str, Callable[[], Target]] = {}
    for zone in acte.zones:
        _collect(zone.blocks, "", "", full)
    for annexe in acte.annexes:
        target = _annexe_target(annexe)
        full[annexe.id] = partial(_annexe_target, annexe)
        inside = f" de l{APOSTROPHE}{target.noun}{target.number}".rstrip()
        _collect(annexe.blocks, "", inside, full)
    short: dict[str, list[str]] = {}
    for name in full:
        if "." in name:
            short.setdefault(name.rsplit(".", 1)[1], []).append(name)
    by_id = dict(full)
    ambiguous = {}
    for name, owners in short.items():
        if name in full:
            continue
        if len(owners) == 1:
            by_id[name] = full[owners[0]]
        else:
            ambiguous[name] = tuple(owners)
    return Targets(by_id, ambiguous)


APOSTROPHE = "\u2019"


def _annexe_target(annexe: Annexe) -> Target:
    number = annexe.number.text if annexe.number else ""
    noun = f"annexe{NBSP}" if number else "annexe"
    return Target(annexe.id, f"l{APOSTROPHE}", noun, number.replace(" ", NBSP), plain_text(annexe.title), feminine=True)


def _collect(blocks: Iterable[Block], noun: str, inside: str, out: dict[str, Callable[[], Target]]) -> None:
    for block in blocks:
        match block:
            case Section():
                _collect(block.blocks, noun, inside, out)
            case Division():
                own = (block.number.noun if block.number else "") or noun
                out[block.id] = partial(_division_target, block, own, inside)
                below = noun if block.level == 0 else own
                _collect(block.blocks, below, inside, out)
            case _:
                pass


def _division_target(division: Division, noun: str, inside: str) -> Target:
    title = plain_text(division.title)
    if division.number is None:
        return Target(division.id, "le ", title[:1].lower() + title[1:] + inside, "", title)
    number = division.number.text.replace(" ", NBSP)
    if not noun:
        return Target(division.id, "le ", "", number + inside, title)
    determiner = f"l{APOSTROPHE}" if noun == "article" else "le "
    if noun == "partie" or noun == "section":
        determiner = "la "
    return Target(division.id, determiner, f"{noun}{NBSP}", number + inside, title, feminine=determiner == "la ")


def resolve_references(acte: Acte, targets: Targets, memo: TreeMemo | None = None) -> tuple[Acte, tuple[str, ...]]:
    """Word every reference and number every note, in one pass. `memo` is what acts share.

    Returns:
        The act, and the names that no division or annexe bears.
    """
    resolver = _Resolver(targets)
    holders = _Holders((memo or TreeMemo()).holders)
    return map_inlines(acte, resolver.line, holders.holds), tuple(dict.fromkeys(resolver.missing))


@dataclass(frozen=True, slots=True)
class _Holders:
    """Tells the blocks that hold a reference or a note: few do, and acts share the others."""

    memo: Memo[bool]

    def holds(self, block: Block) -> bool:
        if isinstance(block, Paragraph):
            return self._in(block.inlines)
        found = self.memo.find(block, None)
        return self.memo.keep(block, None, self._look(block)) if found is None else found

    def _look(self, block: Block) -> bool:
        match block:
            case Division(title=title, blocks=blocks):
                return self._in(title) or any(map(self.holds, blocks))
            case ListBlock(items=items):
                return any(self.holds(inner) for item in items for inner in item.blocks)
            case Table(caption=caption):
                cells = (cell for row in (*block.header, *block.rows) for cell in row.cells)
                return self._in(caption) or any(self.holds(inner) for cell in cells for inner in cell.blocks)
            case Section(blocks=blocks) | Tracked(blocks=blocks):
                return any(map(self.holds, blocks))
            case SignatureGrid(signatures=signatures):
                return any(self._in(line) for one in signatures for line in (*one.lines, one.name))
            case _:
                return False

    def _in(self, line: Inlines) -> bool:
        return not _HOLDERS.isdisjoint(map(type, line)) and any(
            isinstance(node, Reference | Note)
            or (isinstance(node, Strong | Emphasis | Superscript) and self._in(node.children))
            for node in line
        )


_HOLDERS = frozenset({Reference, Strong, Emphasis, Superscript, Note})


@dataclass(slots=True)
class _Resolver:
    targets: Targets
    missing: list[str] = field(default_factory=list)
    notes: int = 0

    def line(self, line: Inlines) -> Inlines:
        return line if _HOLDERS.isdisjoint(map(type, line)) else self._rewritten(line)

    def _rewritten(self, line: Inlines) -> Inlines:
        out: list[Inline] = []
        for node in line:
            match node:
                case Reference():
                    target = self.targets.find(node.target)
                    if target is None:
                        self.missing.append(node.target)
                    out.append(node if target is None else _worded(node, target, out))
                case Note():
                    self.notes += 1
                    out.append(Note(self.line(node.children), self.notes))
                case Strong() | Emphasis() | Superscript():
                    children = self.line(node.children)
                    out.append(node if children is node.children else replace(node, children=children))
                case _:
                    out.append(node)
        return tuple(out) if any(a is not b for a, b in zip(out, line, strict=True)) else line


def _worded(node: Reference, target: Target, out: list[Inline]) -> Reference:
    """The reference as printed after `out`, whose last text takes the joint."""
    match node.form:
        case "titre":
            return Reference(target.id, node.form, node.capital, "", "", target.title)
        case "nu":
            noun = target.noun or target.determiner.strip()
            return Reference(target.id, node.form, node.capital, "", noun, target.number)
        case "num":
            return Reference(target.id, node.form, node.capital, "", "", target.number)
        case _:
            before = _joined(node, target, out)
            return Reference(target.id, node.form, node.capital, before, target.noun, target.number)


def _joined(node: Reference, target: Target, out: list[Inline]) -> str:
    before = target.determiner
    previous = out[-1] if out else None
    if isinstance(previous, Text):
        phrase = NounPhrase(target.determiner.strip(), target.noun or target.number, Agreement(target.feminine))
        head, printed = joint(previous.text, phrase, sentence_start=node.capital)
        if head != previous.text:
            out[-1] = Text(head)
        before = printed[: len(printed) - len(target.noun or target.number)]
    elif node.capital:
        before = before[:1].upper() + before[1:]
    return before.replace("'", APOSTROPHE)
