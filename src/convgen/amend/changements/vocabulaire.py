"""A term that takes the place of another: its contracted forms, the acts where it is put, what it leaves behind.

French elides and contracts: where « adhérent » becomes « participant », « l'adhérent » becomes « le participant » and
« d'adhérents » « de participants ». These forms are found in the base, and said in the avenant like the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from convgen.acte.nodes import Acte, Emphasis, Inline, Inlines, LineBreak, Note, Strong, Superscript, Text
from convgen.acte.rewrite import map_inlines
from convgen.amend.changements.changements import Pair
from convgen.amend.changements.termes import found_terms, occurrences_of
from convgen.amend.texte.arbre import Alinea, Part, Path, alinea, alineas_in, parts_of
from convgen.amend.texte.couture import Stitch, stitched
from convgen.amend.texte.forme import Span, Tokens, tokens_of
from convgen.amend.texte.inlines import leaves
from convgen.french.agreement import FEMININE_SINGULAR, MASCULINE_SINGULAR
from convgen.french.elision import elide
from convgen.french.grammar import GenderUnknown, NounPhrase, contract, parse_noun_phrase
from convgen.model.avenant_terms import plural

#: The singular determiners that change before a vowel or with the gender: preposition, determiner, gender if it tells.
_DETERMINERS: Final[dict[Tokens, tuple[str, str, bool | None]]] = {
    ("l'",): ("", "le", None),
    ("le",): ("", "le", False),
    ("la",): ("", "le", True),
    ("de", "l'"): ("de", "le", None),
    ("du",): ("de", "le", False),
    ("de", "la"): ("de", "le", True),
    ("à", "l'"): ("à", "le", None),
    ("au",): ("à", "le", False),
    ("à", "la"): ("à", "le", True),
    ("un",): ("", "un", False),
    ("une",): ("", "un", True),
    ("ce",): ("", "ce", False),
    ("cet",): ("", "ce", False),
    ("cette",): ("", "ce", True),
    ("son",): ("", "son", None),
    ("sa",): ("", "son", True),
    ("aucun",): ("", "aucun", False),
    ("aucune",): ("", "aucun", True),
    ("ledit",): ("", "ledit", False),
    ("ladite",): ("", "ledit", True),
}
#: What stands before a plural only: a term that is written alike in both numbers is then one.
_PLURALS: Final = frozenset(
    (
        "les", "des", "aux", "ces", "mes", "tes", "ses", "nos", "vos", "leurs", "lesdits", "lesdites", "desdits",
        "desdites", "auxdits", "auxdites", "plusieurs", "quelques", "certains", "certaines", "divers", "diverses",
        "différents", "différentes", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    )
)  # fmt: skip
#: What stands before a singular only, besides `_DETERMINERS`.
_SINGULARS: Final = frozenset(("chaque", "tout", "toute", "quelque", "nul", "nulle", "mon", "ma", "ton", "ta"))
_ELIDED: Final[dict[str, str]] = {"d'": "de", "de": "de", "qu'": "que", "que": "que", "jusqu'": "jusque"}
_SHORTEST_FAMILY: Final = 5


# --- contracted forms ---------------------------------------------------------------------------------------


def with_contracted_forms(pairs: Sequence[Pair], base: Part) -> tuple[Pair, ...]:
    """The pairs, and the forms with a determiner or a preposition that occur in the base and would be wrong otherwise.

    « l'adhérent » → « le participant », « d'adhérents » → « de participants », « cet adhérent » → « ce participant »;
    « des cours » → « des ateliers » where « cours » is both singular and plural.
    """
    lines = [line for _, part in parts_of(base) for line in (part.title, *alineas_in(part.lines))]
    found: dict[Tokens, Pair] = {pair.old: pair for pair in pairs}
    for pair in pairs:
        genders = _genders(pair, lines)
        for before in _befores(pair, lines):
            made = _in_plural(pair, before) or _contracted(pair, before, *genders)
            if made is not None:
                found.setdefault(made.old, made)
    return tuple(found.values())


def _befores(pair: Pair, lines: Sequence[Alinea]) -> Iterator[Tokens]:
    """The one or two words that stand before the old term, once each, the longest first."""
    seen: dict[Tokens, None] = {}
    for line in lines:
        for (start, _), _new in found_terms(line.tokens, [pair]):
            words = tuple(token.casefold() for token in line.tokens[max(0, start - 2) : start])
            if words in _DETERMINERS:
                seen.setdefault(words)
            elif words[-1:]:
                seen.setdefault(words[-1:])
    yield from sorted(seen, key=len, reverse=True)


def _genders(pair: Pair, lines: Sequence[Alinea]) -> tuple[bool, bool]:
    """Whether the old term and the new one are feminine: what the text says of the first, what the lexicon knows."""
    told = [
        _DETERMINERS[words][2] for words in _befores(pair, lines) if words in _DETERMINERS and _DETERMINERS[words][2]
    ]
    old = _feminine(pair.old)
    old = bool(told) if old is None else old
    new = _feminine(pair.new)
    return old, old if new is None else new


def _feminine(words: Tokens) -> bool | None:
    try:
        return parse_noun_phrase(" ".join(words)).agreement.feminine
    except GenderUnknown:
        return None


def _contracted(pair: Pair, before: Tokens, old_feminine: bool, new_feminine: bool) -> Pair | None:
    """The pair with the words that stand before; None when the plain pair gives the same."""
    old, new = " ".join(pair.old), " ".join(pair.new)
    if before in _DETERMINERS:
        preposition, determiner, _ = _DETERMINERS[before]
        if tokens_of(_phrase(preposition, determiner, old, old_feminine)) != (*before, *pair.old):
            return None  # « le bénévole » where « bénévole » is thought to be feminine: left to the plain pair
        said = _phrase(preposition, determiner, new, new_feminine)
    elif before[-1] in _ELIDED:
        said = elide(_ELIDED[before[-1]], new)
    else:
        return None
    made = tokens_of(said)
    return None if made == (*before, *pair.new) else Pair((*before, *pair.old), made)


def _in_plural(pair: Pair, before: Tokens) -> Pair | None:
    """« des cours » → « des ateliers »; None for a term that has a plural of its own, or after no plural."""
    if not (_is_plural(before[-1]) and _one_form(pair)):
        return None
    new = tokens_of(plural(" ".join(pair.new)))
    return Pair((*before[-1:], *pair.old), (*before[-1:], *new))


def _is_plural(before: str) -> bool:
    return before in _PLURALS or (before.isdecimal() and int(before) > 1)


def _one_form(pair: Pair) -> bool:
    """Whether the old term is written alike in both numbers, and the new one is not: « cours » and « atelier »."""
    old, new = " ".join(pair.old), " ".join(pair.new)
    return old[-1:] in ("s", "x", "z") and plural(old) == old and plural(new) != new


def _phrase(preposition: str, determiner: str, noun: str, feminine: bool) -> str:
    phrase = NounPhrase("", noun, FEMININE_SINGULAR if feminine else MASCULINE_SINGULAR).with_determiner(determiner)
    return contract(preposition, phrase) if preposition else str(phrase)


# --- putting the terms in an act ----------------------------------------------------------------------------


@dataclass(slots=True)
class Replaced:
    """What a replacement of terms did.

    Attributes:
        count: How many times each old term was replaced, by its words.
        quoted: The quotations and data that keep an old term.
    """

    count: dict[str, int] = field(default_factory=dict)
    quoted: list[str] = field(default_factory=list)


def replace_terms(acte: Acte, pairs: Sequence[Pair]) -> tuple[Acte, Replaced]:
    """The act with the new terms, everywhere but in quotations and in what comes from the data.

    A quotation that is nothing but the term and its determiner (« ci-après « l'adhérent » ») is a definition: it takes
    the new term. Any other (a title, a passage of law) keeps its words.
    """
    done = Replaced()
    ordered = tuple(pairs)
    made = map_inlines(acte, lambda line: _line(line, ordered, done))
    return made, done


def _line(line: Inlines, pairs: Sequence[Pair], done: Replaced) -> Inlines:
    """The line rewritten between its breaks and notes; the very same one without any old term."""
    out: list[Inline] = []
    run: list[Inline] = []
    changed = False
    for node in (*line, None):
        if node is not None and not isinstance(node, LineBreak | Note):
            run.append(node)
            continue
        made = _run(tuple(run), pairs, done)
        changed = changed or made is not None
        out.extend(run if made is None else made)
        run = []
        if isinstance(node, Note):
            children = _line(node.children, pairs, done)
            changed = changed or children is not node.children
            out.append(Note(children, node.number))
        elif node is not None:
            out.append(node)
    return tuple(out) if changed else line


def _run(run: Inlines, pairs: Sequence[Pair], done: Replaced) -> Inlines | None:
    line = alinea(run)
    terms = found_terms(line.tokens, pairs)
    if not terms:
        return None
    closed = [*_quotations(line, pairs), *_data(line)]
    stitches: list[Stitch] = []
    for (start, end), new in terms:
        words = line.text[line.spans[start][0] : line.spans[end - 1][1]]
        inside = next(((low, high) for low, high in closed if low < end and start < high), None)
        if inside is None:
            stitches.append(Stitch(start, end, (Text(new),)))
            done.count[words.casefold()] = done.count.get(words.casefold(), 0) + 1
        else:
            done.quoted.append(line.text[line.spans[inside[0]][0] : line.spans[inside[1] - 1][1]])
    if not stitches:
        return None
    head, tail = _edges(run, line)
    return (*head, *stitched(line, stitches).inlines, *tail)


def _edges(run: Inlines, line: Alinea) -> tuple[Inlines, Inlines]:
    """The spaces at the ends of a run, which a stitched line leaves out."""
    text = line.text
    if not line.spans:
        return (), ()
    head, tail = text[: line.spans[0][0]], text[line.spans[-1][1] :]
    return (Text(head),) if head else (), (Text(tail),) if tail else ()


def _quotations(line: Alinea, pairs: Sequence[Pair]) -> Iterator[Span]:
    """The tokens between outermost guillemets, unless they are a term and its determiner."""
    depth = start = 0
    for rank, token in enumerate(line.tokens):
        if token == "«":  # noqa: S105 -- a guillemet
            start = rank if depth == 0 else start
            depth += 1
        elif token == "»" and depth:  # noqa: S105
            depth -= 1
            if depth == 0 and not _definition(line.tokens[start + 1 : rank], pairs):
                yield start, rank + 1
    if depth:
        yield start, len(line.tokens)


def _definition(words: Tokens, pairs: Sequence[Pair]) -> bool:
    """Whether a quotation says only the term: « l'adhérent », « les adhérents »."""
    spans = found_terms(words, pairs)
    covered = sum(end - start for (start, end), _ in spans)
    return bool(spans) and len(words) - covered <= 2


def _data(line: Alinea) -> Iterator[Span]:
    """The tokens that come from the data: the name of a party stays what it is."""
    place = 0
    for text, node in leaves(line.inlines):
        end = place + len(text)
        if not isinstance(node, Text | Strong | Emphasis | Superscript):
            touched = [rank for rank, (low, high) in enumerate(line.spans) if low < end and high > place]
            if touched:
                yield touched[0], touched[-1] + 1
        place = end


# --- what is to be checked ----------------------------------------------------------------------------------


def unsure(pairs: Sequence[Pair], base: Part) -> Iterator[tuple[Path, int | None, str]]:
    """Where a term that is both singular and plural follows no determiner that tells: part, alinéa, words.

    « un soutien de cours »: « un soutien d'atelier » or « d'ateliers », only a person knows.
    """
    own = [pair for pair in pairs if _one_form(pair)]
    for path, rank, line in _placed(base) if own else ():
        for (start, end), _ in found_terms(line.tokens, own):
            before = line.tokens[start - 1].casefold() if start else ""
            told = before in _PLURALS | _SINGULARS or (before,) in _DETERMINERS or before.isdecimal()
            if not told:
                yield path, rank, _around(line, start, end)


def left_in_place(pairs: Sequence[Pair], new: Part) -> Iterator[tuple[Path, int | None, str]]:
    """Where the new version still says an old term: in a quotation, in a datum, in an article left out."""
    for path, rank, line in _placed(new):
        # « adhérent » inside « membre adhérent », which takes its place, is no old term.
        taken = occurrences_of(line.tokens, [tuple(one.casefold() for one in pair.new) for pair in pairs])
        for (start, end), _ in found_terms(line.tokens, pairs):
            if not any(low <= start and end <= high for low, high in taken):
                yield path, rank, _around(line, start, end)


def _placed(part: Part) -> Iterator[tuple[Path, int | None, Alinea]]:
    for path, one in parts_of(part):
        yield path, None, one.title
        for rank, line in enumerate(one.lines):
            yield from ((path, rank, inner) for inner in alineas_in((line,)))


def _around(line: Alinea, start: int, end: int) -> str:
    """The words with two before and one after, as printed, their marks left out."""
    low, high = max(0, start - 2), min(len(line.spans), end + 1)
    return line.text[line.spans[low][0] : line.spans[high - 1][1]].strip(" \u00a0\u202f«»,;:.()")


# --- what is left -------------------------------------------------------------------------------------------


def left_behind(pairs: Sequence[Pair], new: Part) -> tuple[str, ...]:
    """The words of the new text of the same family as an old term: « bénévolat » when only « bénévole » is listed."""
    replaced = {token for pair in pairs for token in pair.old}
    taken = {token.casefold() for pair in pairs for token in pair.new}
    stems = {
        token[: max(_SHORTEST_FAMILY, len(token) - 2)]
        for pair in pairs
        for token in pair.old
        if len(token) >= _SHORTEST_FAMILY
    }
    found: dict[str, None] = {}
    for _, part in parts_of(new):
        for line in (part.title, *alineas_in(part.lines)):
            for token in line.tokens:
                word = token.casefold()
                known = word in replaced or word in taken
                if not known and any(word.startswith(stem) for stem in stems):
                    found.setdefault(word)
    return tuple(found)
