"""Terms replaced everywhere: whole words, in the case of those that they replace, longest first, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from convgen.acte.nodes import Text
from convgen.amend.changements.changements import Pair
from convgen.amend.texte.arbre import Alinea, Line, Part, TableAlinea, TableCell, TableRow
from convgen.amend.texte.couture import Stitch, stitched
from convgen.amend.texte.forme import Span, Tokens, join, tokens_of


def pair_of(old: str, new: str) -> Pair:
    """A pair as typed: « adhérent », « participant »."""
    return Pair(_folded(tokens_of(old)), tokens_of(new))


def _folded(tokens: Tokens) -> Tokens:
    return tuple(token.casefold() for token in tokens)


def found_terms(tokens: Tokens, pairs: Sequence[Pair]) -> list[tuple[Span, str]]:
    """Where the old terms stand, without overlap, and the words that take their place."""
    return [(span, _cased(join(pair.new), tokens[span[0] : span[1]])) for span, pair in _matches(tokens, pairs)]


def used_pairs(tokens: Tokens, pairs: Sequence[Pair]) -> frozenset[Pair]:
    """The pairs whose old term stands there and is not part of a longer one."""
    return frozenset(pair for _, pair in _matches(tokens, pairs))


def _matches(tokens: Tokens, pairs: Sequence[Pair]) -> list[tuple[Span, Pair]]:
    if not pairs:
        return []
    folded = _folded(tokens)
    by_first: dict[str, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda one: len(one.old), reverse=True):
        by_first.setdefault(pair.old[0], []).append(pair)
    found: list[tuple[Span, Pair]] = []
    place = 0
    while place < len(folded):
        for pair in by_first.get(folded[place], ()):
            end = place + len(pair.old)
            if folded[place:end] == pair.old:
                found.append(((place, end), pair))
                place = end
                break
        else:
            place += 1
    return found


def _cased(new: str, old: Tokens) -> str:
    """The new words in the case of the old ones: adhérent, Adhérent, ADHÉRENTS."""
    if all(token.isupper() for token in old) and len("".join(old)) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[0][:1].isupper() else new


def occurrences_of(tokens: Tokens, words: Iterable[Tokens]) -> list[Span]:
    """Where these words stand, whatever their case."""
    return [span for span, _ in found_terms(tokens, [Pair(_folded(one), ()) for one in words if one])]


def substituted_line(line: Alinea, pairs: Sequence[Pair], claimed: Sequence[Span] = ()) -> list[Stitch]:
    """The stitches that put the new terms in a line, outside of the claimed tokens."""
    return [
        Stitch(start, end, (Text(new),))
        for (start, end), new in found_terms(line.tokens, pairs)
        if not any(low < end and start < high for low, high in claimed)
    ]


def substitute_alinea(line: Alinea, pairs: Sequence[Pair]) -> Alinea:
    """The line with the new terms."""
    return stitched(line, substituted_line(line, pairs)) if pairs else line


def substitute_cell(cell: TableCell, pairs: Sequence[Pair]) -> TableCell:
    """The cell with the new terms."""
    return replace(cell, lines=tuple(substitute_alinea(line, pairs) for line in cell.lines))


def substitute_row(row: TableRow, pairs: Sequence[Pair]) -> TableRow:
    """The row with the new terms."""
    return TableRow(tuple(substitute_cell(cell, pairs) for cell in row.cells))


def substitute_line(line: Line, pairs: Sequence[Pair]) -> Line:
    """The alinéa with the new terms."""
    if isinstance(line, Alinea):
        return substitute_alinea(line, pairs)
    return TableAlinea(tuple(substitute_row(row, pairs) for row in line.rows), line.headings)


def substitute_part(part: Part, pairs: Sequence[Pair]) -> Part:
    """The part and all that it holds with the new terms; the very same one without a pair."""
    if not pairs:
        return part
    return replace(
        part,
        title=substitute_alinea(part.title, pairs),
        lines=tuple(substitute_line(line, pairs) for line in part.lines),
        children=tuple(substitute_part(child, pairs) for child in part.children),
    )
