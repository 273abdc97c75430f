"""A sentence of an avenant, and how sentences are set: capital, punctuation, group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from convgen.acte.nodes import Block, Inlines, ListBlock, ListItem, Paragraph, Text
from convgen.amend.rediger.citer import Pieces, after, plain_blocks, quoted_blocks
from convgen.amend.texte.inlines import text_of
from convgen.french.grammar import capitalise
from convgen.french.numbers import NO_BREAK

GROUP_STYLE = "1°"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Attributes:
        said: Its words, without capital nor final punctuation; « : » at the end announces `pieces`.
        carried: The changes that it carries out.
        pieces: The text that it announces.
        guillemets: Whether that text stands between guillemets.
        blocks: Blocks that follow as they are (the list of a group).
    """

    said: Inlines
    carried: tuple[str, ...] = ()
    pieces: Pieces = ()
    guillemets: bool = True
    blocks: tuple[Block, ...] = ()


def sentence_blocks(sentence: Sentence, end: str = ".") -> tuple[Block, ...]:
    """The sentence with its capital and its punctuation, then the text that it announces."""
    said = capital(sentence.said)
    if not sentence.pieces:
        mark = "" if sentence.blocks else end
        return (Paragraph(with_end(said, mark)), *sentence.blocks)
    if not sentence.guillemets:
        return (Paragraph(said), *plain_blocks(sentence.pieces), *sentence.blocks)
    return (Paragraph(said), *quoted_blocks(sentence.pieces, end), *sentence.blocks)


def several_blocks(sentences: Iterable[Sentence]) -> tuple[Block, ...]:
    """Sentences one after the other."""
    return tuple(block for one in sentences for block in sentence_blocks(one))


def grouped(head: Inlines, sentences: Sequence[Sentence]) -> tuple[Block, ...]:
    """« L'article 4 est ainsi modifié : 1° … ; 2° … . »."""
    last = len(sentences) - 1
    items = tuple(ListItem(sentence_blocks(one, "." if rank == last else ";")) for rank, one in enumerate(sentences))
    return (Paragraph(capital(head)), ListBlock(items, GROUP_STYLE))


def capital(said: Inlines) -> Inlines:
    """The sentence with a capital."""
    if said and isinstance(said[0], Text):
        return (Text(capitalise(said[0].text)), *said[1:])
    return said


def with_end(said: Inlines, end: str) -> Inlines:
    """The sentence with its final mark, unless the quotation that ends it has the same full stop."""
    if not end:
        return said
    text = text_of(said)
    inner = text.removesuffix("»") if text.endswith("»") else ""
    return (*said, Text(after(inner, end)))


def colon(said: Inlines) -> Inlines:
    """« En conséquence : » from « en conséquence, »."""
    return (Text(text_of(said).rstrip(" ,\u00a0") + f"{NO_BREAK}:"),)
