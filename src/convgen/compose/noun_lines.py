"""Noun phrases in a line already composed: their articles, the phrases that « et » joins, what agrees with them.

French says a preposition again before each phrase (« l'approbation de la carte et du plan »), merges it with the
article (« du contrat », « d'un avenant ») and drops the indefinite plural after « de » (« d'orientations »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from convgen.acte.nodes import Emphasis, Inline, Inlines, Strong, Text, Value
from convgen.acte.runs import plain_text
from convgen.compose.atoms import Atom, LineAtom, NodesAtom, SeriesAtom, Word
from convgen.french.agreement import MASCULINE_SINGULAR, Agreement
from convgen.french.elision import elides
from convgen.french.grammar import GenderUnknown, NounPhrase, parse_noun_phrase

_ARTICLE = re.compile(r"(?P<word>les?|la|des|une?)[ \u00a0](?=\S)|(?P<elided>l['\u2019])(?=\S)")
#: What opens a phrase that « et » joins to another; « et des … » most often goes on with a complement.
_NEXT = r"(?:(?:les?|la|une?|M\.|MM\.|Mmes?|Me)[ \u00a0]|l['\u2019])"
_LINK = re.compile(rf"(?P<sign>, | et | ou | ainsi que )(?P<des>des )?(?(des)|(?={_NEXT}))")
#: After these words, what follows « et » may be joined to what they introduce; « de » and « à » are said again.
_OPEN = re.compile(
    rf"\b(?:avec|sans|pour|par|sur|sous|dans|chez|vers|envers|contre|selon|concernant)[ \u00a0](?:{_NEXT}|des )"
    r"|\b(?:qui|que|dont|où|lequel|laquelle|lesquels|lesquelles|visant|portant|permettant|fixant|définissant|prévoyant|"
    r"autorisant|modifiant|comprenant|associant|regroupant|retraçant|précisant|organisant|instituant|créant|"
    r"approuvant|décrivant|incluant|liant|ayant|étant)\b|\bqu['\u2019]",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bentre\b", re.IGNORECASE)
_COMPLEMENT = re.compile(r"\b(?:de|du|des)\b|\bd['\u2019]", re.IGNORECASE)
_QUOTED = re.compile("«[^»]*»|\\([^)]*\\)|\u201c[^\u201d]*\u201d")


@dataclass(frozen=True, slots=True)
class Joined:
    """The phrases that links join in a text.

    Attributes:
        cuts: (start, end, words) of each link, in order; none for a single phrase.
        doubtful: a link may join two phrases, or two complements of one: the words do not tell.
    """

    cuts: tuple[tuple[int, int, str], ...] = ()
    doubtful: bool = False

    def parts(self, text: str) -> tuple[str, ...]:
        """The phrases."""
        bounds = [0, *(at for start, end, _ in self.cuts for at in (start, end)), len(text)]
        return tuple(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))


@lru_cache(maxsize=1024)
def joined_phrases(text: str) -> Joined:
    """Where « et », « ou » and commas join noun phrases, each with its article.

    « la carte et le plan » has two; « la convention entre la Commune et l'association » is one; « le plan pour les
    écoles et la carte » is doubtful.
    """
    plain = _QUOTED.sub(lambda found: "\ufffc" * len(found[0]), text.replace("\u00a0", " "))
    indefinite = plain[:4].casefold() == "des "
    cuts: list[tuple[int, int, str]] = []
    doubtful = False
    since = 0
    between = 0
    for found in _LINK.finditer(plain):
        before = plain[since : found.start()]
        if found["des"] and (not indefinite or _COMPLEMENT.search(before[4:] if not since else before)):
            continue
        # « entre A et B » takes its own « et ».
        if len(_BETWEEN.findall(before)) > between:
            between += found["sign"] != ", "
            continue
        if _OPEN.search(before):
            doubtful = doubtful or found["sign"] != ", "
            continue
        cuts.append((found.start(), found.start() + len(found["sign"]), found["sign"]))
        since, between = found.end() - len(found["des"] or ""), 0
    # A comma after which nothing is joined opens an apposition.
    while cuts and cuts[-1][2] == ", ":
        cuts.pop()
    return Joined(tuple(cuts), doubtful)


def agreement_of(text: str, *, feminine: bool | None = None) -> Agreement:
    """The gender and the number of a noun phrase; several are plural, and feminine when each of them is.

    Raises:
        GenderUnknown: when nothing tells the gender of the only one, or of all.
    """
    parts = joined_phrases(text).parts(text)
    if len(parts) < 2:
        return parse_noun_phrase(text, feminine=feminine).agreement
    if feminine is None:
        found = [_feminine(one) for one in parts]
        feminine = None if None in found and False not in found else all(found)
    if feminine is None:
        feminine = all(parse_noun_phrase(one).agreement.feminine for one in parts)
    return Agreement(feminine, True)


def _feminine(text: str) -> bool | None:
    try:
        return parse_noun_phrase(text).agreement.feminine
    except GenderUnknown:
        return None


def noun_atom(inlines: Inlines, agreement: Agreement = MASCULINE_SINGULAR) -> Atom:
    """What joins the word before: « à » + « le contrat » is « au contrat »; each phrase of several does.

    Args:
        inlines: the words, final typography.
        agreement: what agrees with them.
    """
    parts = [*_split(inlines)]
    if len(parts) == 1:
        return _one(inlines, agreement)
    made = [(_one(part, agreement), sign) for part, sign in parts]
    return _series(made)


def _series(made: Sequence[tuple[Atom, str]]) -> Atom:
    """« A, B et C », « A et B ou C »: each atom comes with the link before it."""
    held: list[Atom] = []
    for atom, sign in made:
        held.append(atom)
        if sign not in ("", ", "):
            held = [SeriesAtom(tuple(held), sign.strip())]
    return held[0]


def _split(inlines: Inlines) -> Iterator[tuple[Inlines, str]]:
    """Each phrase, with the link before it; a link inside a value or bold letters joins nothing."""
    cuts = joined_phrases(plain_text(inlines)).cuts
    spans = [*_spans(inlines)]
    free = all(any(low <= start and end <= high and isinstance(node, Text) for node, low, high in spans)
               for start, end, _ in cuts)  # fmt: skip
    if not cuts or not free:
        yield inlines, ""
        return
    bounds = [(0, 0, ""), *cuts, (spans[-1][2], 0, "")]
    for (_, start, sign), (end, _, _) in pairwise(bounds):
        yield tuple(one for node, low, high in spans if (one := _within(node, low, high, start, end))), sign


def _spans(inlines: Inlines) -> Iterator[tuple[Inline, int, int]]:
    at = 0
    for node in inlines:
        size = len(plain_text((node,)))
        yield node, at, at + size
        at += size


def _within(node: Inline, low: int, high: int, start: int, end: int) -> Inline | None:
    """The part of a node that stands between two places; only a text is cut."""
    if high <= start or low >= end:
        return None
    if isinstance(node, Text):
        return Text(node.text[max(start - low, 0) : end - low])
    return node


def _one(inlines: Inlines, agreement: Agreement) -> Atom:
    first = inlines[0] if inlines else None
    rest = inlines[1:]
    if isinstance(first, Text | Value):
        word = _word(first, agreement)
        return LineAtom((word, NodesAtom(rest))) if rest else word
    if isinstance(first, Strong | Emphasis) and first.children and isinstance(head := first.children[0], Text):
        article = _ARTICLE.match(head.text)
        if article is not None:
            # The article may merge with the word before, which is not in these letters.
            kept = replace(first, children=(Text(head.text[article.end() :]), *first.children[1:]))
            phrase = _phrase(article, head.text[article.end() :], agreement)
            lone = NounPhrase(phrase.determiner, "", phrase.agreement, phrase.elides)
            return LineAtom((Word(str(lone), lone), NodesAtom((kept, *rest))))
    return NodesAtom(inlines)


def _word(node: Text | Value, agreement: Agreement) -> Word:
    article = _ARTICLE.match(node.text)
    phrase = _phrase(article, node.text[article.end() :], agreement) if article is not None else None
    if isinstance(node, Value):
        return Word(node.text, phrase, node.kind, node.key, node.exact, capital=phrase is not None)
    return Word(node.text, phrase, capital=phrase is not None)


def _phrase(article: re.Match[str], rest: str, agreement: Agreement) -> NounPhrase:
    determiner = "l'" if article["elided"] else article["word"]
    told = Agreement(agreement.feminine, determiner in ("les", "des"))
    vowel = True if determiner == "l'" else elides(rest) if determiner == "des" else False
    return NounPhrase(determiner, rest, told, vowel)
