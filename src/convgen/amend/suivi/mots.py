"""Words that change, shown inside their line: what goes and what comes, side by side, the rest as it was printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from convgen.acte.nodes import Deleted, Emphasis, Inline, Inlines, Inserted, LineBreak, Strong, Superscript, Text
from convgen.amend.texte.arbre import Alinea
from convgen.amend.texte.atomes import atoms
from convgen.amend.texte.couture import Stitch, stitched, words_between
from convgen.amend.texte.forme import Span, tokens_of
from convgen.amend.texte.inlines import cut, merged, text_of

#: Words that stay between two changes, when they are so few, are shown with them.
_NEAR: Final = 2


def pieces_of(inlines: Inlines) -> list[Inlines]:
    """A paragraph cut at its forced breaks, as `inlines.lines_of` does; notes and empty lines are kept."""
    pieces: list[list[Inline]] = [[]]
    for node in inlines:
        match node:
            case LineBreak():
                pieces.append([])
            case Strong() | Emphasis() | Superscript():
                first, *others = pieces_of(node.children)
                pieces[-1].append(replace(node, children=first))
                pieces.extend([replace(node, children=one)] for one in others)
            case Text(text=text):
                pieces[-1].append(Text(unicodedata.normalize("NFC", text)))
            case _:
                pieces[-1].append(node)
    return [tuple(piece) for piece in pieces]


def changed(gone: Inlines, come: Inlines) -> Inlines:
    """What goes, then what comes."""
    return (*((Deleted(gone),) if gone else ()), *((Inserted(come),) if come else ()))


def marked_line(piece: Inlines, line: Alinea, stitches: Iterable[Stitch], new: Alinea | None = None) -> Inlines:
    """A line with its changes shown.

    Args:
        piece: The line as printed, with its notes.
        line: The same line of the base.
        stitches: What changes in it.
        new: The line of the new version. Where nothing changes « en droit », it is printed as it stands there.
    """
    ordered = _apart(sorted(stitches, key=lambda one: (one.start, one.end)))
    if not ordered:
        return piece if new is None or new.text == line.text else new.inlines
    made = stitched(line, ordered)
    if new is not None and new.tokens == made.tokens:
        made = new
    kept = _kept(line, made, ordered)
    if kept is None:
        return changed(piece, made.inlines)
    return merged(_shown(piece, line, made, kept))


def replaced_line(piece: Inlines, line: Alinea, new: Alinea) -> Inlines:
    """A line replaced by another, shown by the words that differ when most are the same; no atom is cut."""
    stitches = likeness(line, new)
    if stitches is None:
        return changed(piece, new.inlines)
    return marked_line(piece, line, stitches, new)


def likeness(line: Alinea, new: Alinea) -> list[Stitch] | None:
    """What changes from a line to another; None when they have less than half of their words in common."""
    olds, news = atoms(line), atoms(new)
    words = [[one.tokens[start:end] for start, end in found] for one, found in ((line, olds), (new, news))]
    found = [
        run for run in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes() if run[0] != "equal"
    ]
    gone = sum(len(words[0][rank]) for _, start, end, _, _ in found for rank in range(start, end))
    come = sum(len(words[1][rank]) for _, _, _, start, end in found for rank in range(start, end))
    if max(gone * 2 - len(line.tokens), come * 2 - len(new.tokens)) > 0 or not line.tokens or not new.tokens:
        return None
    out: list[Stitch] = []
    for start, end, low, high in _near(found):
        old, young = _tokens(olds, start, end, len(line.tokens)), _tokens(news, low, high, len(new.tokens))
        out.append(Stitch(*old, words_between(new, *young)))
    return out


def _near(runs: Iterable[tuple[str, int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """The runs that differ, those two atoms apart or less made one."""
    out: list[tuple[int, int, int, int]] = []
    for _, start, end, low, high in runs:
        if out and start - out[-1][1] <= _NEAR:
            before = out.pop()
            out.append((before[0], end, before[2], high))
        else:
            out.append((start, end, low, high))
    return out


def _tokens(found: Sequence[Span], start: int, end: int, count: int) -> Span:
    """The tokens of these atoms."""
    if start < end:
        return found[start][0], found[end - 1][1]
    place = found[start][0] if start < len(found) else count
    return place, place


def _apart(stitches: Sequence[Stitch]) -> list[Stitch]:
    """The stitches that touch made one."""
    out: list[Stitch] = []
    for one in stitches:
        if out and out[-1].end == one.start:
            before = out.pop()
            space: Inlines = (Text(" "),) if before.new and one.new else ()
            one = Stitch(before.start, one.end, (*before.new, *space, *one.new))
        out.append(one)
    return out


def _kept(line: Alinea, made: Alinea, stitches: Sequence[Stitch]) -> list[tuple[Span, Span]] | None:
    """The runs of tokens that stay, in both lines; None when they are not the same words."""
    out: list[tuple[Span, Span]] = []
    place = other = 0
    for one in stitches:
        out.append(((place, one.start), (other, other + one.start - place)))
        other += one.start - place + len(tokens_of(text_of(one.new)))
        place = one.end
    out.append(((place, len(line.tokens)), (other, other + len(line.tokens) - place)))
    same = all(line.tokens[low:high] == made.tokens[first:last] for (low, high), (first, last) in out)
    return out if same and out[-1][1][1] == len(made.tokens) else None


def _shown(piece: Inlines, line: Alinea, made: Alinea, kept: Sequence[tuple[Span, Span]]) -> Iterator[Inline]:
    shown = other = 0  # characters printed so far, of the base and of the new line
    last = len(kept) - 1
    for rank, (old, new) in enumerate(kept):
        low, first = _start(line, old, shown, rank == last), _start(made, new, other, rank == last)
        if rank:
            gone, come = line.text[shown:low], made.text[other:first]
            lead = _lead(gone, come)
            trail = _lead(gone[lead:][::-1], come[lead:][::-1])
            yield from _cut(piece, shown, shown + lead)
            yield from changed(_cut(piece, shown + lead, low - trail), cut(made.inlines, other + lead, first - trail))
            shown = low - trail
        high = len(line.text) if rank == last else _end(line, old, low)
        yield from _cut(piece, shown, high)
        shown = high
        other = len(made.text) if rank == last else _end(made, new, first)


def _start(line: Alinea, span: Span, shown: int, last: bool) -> int:
    """Where the printing of kept tokens starts."""
    if span[0] == 0 and shown == 0 and span[0] < span[1]:
        return 0
    if span[0] < span[1]:
        return line.spans[span[0]][0]
    return len(line.text) if last else shown


def _end(line: Alinea, span: Span, start: int) -> int:
    return line.spans[span[1] - 1][1] if span[0] < span[1] else start


def _lead(a: str, b: str) -> int:
    """How many spaces both begin with."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other or not one.isspace():
            break
        count += 1
    return count


def _cut(inlines: Inlines, start: int, end: int) -> Inlines:
    """As `inlines.cut`; a note goes with the word that it follows."""
    return tuple(_cut_nodes(inlines, start, end)) if start < end else ()


def _cut_nodes(inlines: Iterable[Inline], start: int, end: int) -> Iterator[Inline]:
    place = 0
    for node in inlines:
        size = len(text_of((node,)))
        if size:
            yield from _cut_node(node, max(start - place, 0), min(end - place, size), size)
        elif start < place <= end or place == start == 0:
            yield node
        place += size


def _cut_node(node: Inline, low: int, high: int, size: int) -> Iterator[Inline]:
    if low >= high:
        return
    match node:
        case Strong() | Emphasis() | Superscript():
            yield replace(node, children=tuple(_cut_nodes(node.children, low, high)))
        case _ if (low, high) == (0, size):
            yield node
        case _:
            yield Text(text_of((node,))[low:high])
