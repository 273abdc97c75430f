"""Rebuilding a line with other words at some of its tokens; what is not replaced stays as it was printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from convgen.acte.nodes import Inline, Inlines, Text
from convgen.amend.texte.arbre import Alinea, alinea
from convgen.amend.texte.forme import Tokens, needs_space, tokens_of
from convgen.amend.texte.inlines import cut, merged, text_of


@dataclass(frozen=True, slots=True)
class Stitch:
    """Tokens `start` to `end` (excluded) replaced; `start == end` is a gap."""

    start: int
    end: int
    new: Inlines


def words_between(line: Alinea, start: int, end: int) -> Inlines:
    """The inlines that print those tokens of a line."""
    if start >= end:
        return ()
    return cut(line.inlines, line.spans[start][0], line.spans[end - 1][1])


def stitched(line: Alinea, stitches: Iterable[Stitch]) -> Alinea:
    """The line rebuilt; its tokens are those of the base with the stretches replaced, whatever the spaces."""
    ordered = sorted(stitches, key=lambda one: (one.start, one.end))
    if not ordered:
        return line
    wanted = _expected(line, ordered)
    made = alinea(_sewn(line, ordered, wide=False), line.shape, line.marker, literal=line.literal)
    if made.tokens != wanted:
        # Two tokens side by side read as one (« 1 » and « ,5 »): they are set apart.
        made = alinea(_sewn(line, ordered, wide=True), line.shape, line.marker, literal=line.literal)
    return made


def _expected(line: Alinea, stitches: Sequence[Stitch]) -> Tokens:
    tokens: list[str] = []
    place = 0
    for one in stitches:
        tokens.extend(line.tokens[place : one.start])
        tokens.extend(tokens_of(text_of(one.new)))
        place = one.end
    return (*tokens, *line.tokens[place:])


def _sewn(line: Alinea, stitches: Sequence[Stitch], *, wide: bool) -> Inlines:
    pieces: list[Inlines] = []
    gaps: list[str] = []  # what is printed before each piece
    place = 0
    for one in stitches:
        _keep(line, place, one.start, pieces, gaps)
        if one.new:
            pieces.append(one.new)
            gaps.append(_printed_gap(line, one.start) if one.start < one.end else "?")
        place = one.end
    _keep(line, place, len(line.tokens), pieces, gaps)
    out: list[Inline] = []
    for rank, piece in enumerate(pieces):
        if rank:
            out.append(Text(_gap(text_of(pieces[rank - 1]), text_of(piece), gaps[rank], wide=wide)))
        out.extend(piece)
    return merged(out)


def _keep(line: Alinea, start: int, end: int, pieces: list[Inlines], gaps: list[str]) -> None:
    if start < end:
        pieces.append(words_between(line, start, end))
        gaps.append(_printed_gap(line, start))


def _printed_gap(line: Alinea, token: int) -> str:
    """What the base prints before a token; « ? » where it is its first."""
    return line.text[line.spans[token - 1][1] : line.spans[token][0]] if token else "?"


def _gap(before: str, after: str, printed: str, *, wide: bool) -> str:
    left, right = tokens_of(before)[-1:], tokens_of(after)[:1]
    if wide:
        return printed if printed.strip("?") else " "
    needed = bool(left and right) and needs_space(left[0], right[0])
    if printed.strip("?"):
        return printed if needed or printed != " " else ""
    return " " if needed else ""
