"""The reading patterns of a pack, derived from its templates: literal French as it is, one pattern a kind of slot.

A pack is data that a jurist edits; an avenant written with it must be read back. So each template gives the pattern
that reads the sentences it writes, and a pack whose sentences can be read in two ways is refused (`ambiguities`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from convgen.amend.numeros.motifs import SERIES_NUMBER
from convgen.amend.recueils.cles import KEYS
from convgen.amend.recueils.echantillons import samples
from convgen.amend.recueils.emplacements import Kind

# --- sentences with their quotations set aside ------------------------------------------------------------------

_OPEN, _CLOSE = "\ue000", "\ue001"
QUOTED: Final = rf"{_OPEN}\d+{_CLOSE}"
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_MARKS: Final = re.compile(r" ?([;:!?])")
_SAME: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u2011": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence whose outermost quotations are set aside, so that no quoted text looks like a sentence.

    Attributes:
        text: The sentence in canonical form, its first letter in lower case, each quotation a mark.
        quotes: The quotations, without guillemets.
    """

    text: str
    quotes: tuple[str, ...]

    def quoted(self, piece: str) -> list[str]:
        """The quotations that a piece of the sentence holds, in order."""
        return [self.quotes[int(found[1])] for found in re.finditer(rf"{_OPEN}(\d+){_CLOSE}", piece)]


def canonical(text: str) -> str:
    """Spaces one at a time, one before « : ; ! ? », typewriter apostrophes."""
    plain = _SPACES.sub(" ", text.translate(_SAME)).strip()
    return _MARKS.sub(r" \1", plain)


def mask(text: str) -> Masked | None:
    """The sentence with its outermost « … » set aside; None when a guillemet is left open."""
    out: list[str] = []
    quotes: list[str] = []
    depth = start = 0
    for place, char in enumerate(text):
        if char == "«":
            start = place + 1 if depth == 0 else start
            depth += 1
        elif char == "»":
            depth -= 1
            if depth < 0:
                return None
            if depth == 0:
                out.append(f"{_OPEN}{len(quotes)}{_CLOSE}")
                quotes.append(_SPACES.sub(" ", text[start:place]).strip())
        elif depth == 0:
            out.append(char)
    if depth:
        return None
    return Masked(lowered(canonical("".join(out))), tuple(quotes))


def lowered(text: str) -> str:
    """The first letter in lower case: capitals depend on the place of a sentence."""
    return text[:1].lower() + text[1:]


# --- pieces of patterns -----------------------------------------------------------------------------------------

_NOT_A_NOUN: Final = (
    "alinéas?|lignes?|tableaux?|intitulés?|est|sont|devien\\w+|reçoi\\w+|par|de|du|des|au|aux|à|en|et|qui|dans|après|"
    "avant|début|fin|mots?|occurrences?|actuel\\w*|suivante?s?|ainsi"
)
#: Ranks are looked up, not listed: an alternation of 400 ordinals takes longer to compile than the avenant to read.
_RANK_WORD: Final = r"(?!(?:lignes?|alinéas?|colonnes?|tableaux?|du|de|des|le|la|les|dans)\b)[a-zàéèêû-]+"
RANK: Final = rf"{_RANK_WORD}(?: {_RANK_WORD})*"
_WORD: Final = rf"(?!(?:{_NOT_A_NOUN})\b)[a-zà-ÿœ][a-zà-ÿœ-]+"
_NOUN: Final = rf"{_WORD}(?: {_WORD})?"
_NUMBERS: Final = rf"{SERIES_NUMBER}(?:(?:, {SERIES_NUMBER})*(?: et| à) {SERIES_NUMBER})?"
_ZONE: Final = (
    r"titre (?:du |de la |de l')[a-zà-ÿœ' -]+?|désignation des parties|préambule|bloc de signature"
    r"|texte qui précède les articles"
)
_DIVISION: Final = rf"(?:{_ZONE}|{_NOUN}(?: {_NUMBERS}| {QUOTED})?(?: de l'annexe(?: {SERIES_NUMBER}| {QUOTED})?)?)"
_LE: Final = "(?:le |la |l'|les )"
_DU: Final = "(?:du |de la |de l'|des )"
_AU: Final = "(?:au |à la |à l'|aux |dans (?:le |la |l'|les ))"
_ACTUEL: Final = "(?:(?:l'actuel(?:le)? |les actuel(?:le)?s )|(?:le |la |l'|les ))"
_PRONOUN: Final = "(?:il|elle|ils|elles)"
_TABLE: Final = rf"(?:{RANK} )?tableau(?: {_DU}{_DIVISION})?"
_BECOMES: Final = rf"(?:, qui (?:devient|deviennent) (?:le |la |les |l'){RANK})?"
_ALINEAS: Final = rf"(?:{RANK}(?:, {RANK})* alinéas?(?: {_DU}{_DIVISION})?{_BECOMES}|{_TABLE})"
_ROWS: Final = rf"{RANK} lignes?(?: \({QUOTED}\))?(?: {_DU}{_TABLE})?"
_TITLE: Final = rf"intitulé(?: {_DU}{_DIVISION})?"
_CELL: Final = rf"(?:{RANK} colonne de )?(?:la )?{_ROWS}"
_PLACE: Final = rf"(?:{_ALINEAS}|{_DIVISION})"
_ANY_PLACE: Final = rf"(?:{_CELL}|{_TITLE}|{_PLACE})"
_QUOTED_LIST: Final = rf"{QUOTED}(?:, {QUOTED})*(?: et {QUOTED})?"
_NATURE: Final = r"(?:le |la |l'|les )[a-zéè]+(?: [a-zéè]+)?"
_NATURE_DU: Final = r"(?:du |de la |de l'|des )[a-zéè]+(?: [a-zéè]+)?"
_FREE: Final = rf"[^{_OPEN}:]+?"
#: A figure, a date, a sum: no comma but that of decimals.
_VALUE: Final = rf"(?:[^{_OPEN}:,]|,(?=\d))+?"
_NEW_ONE: Final = rf"[a-zéè-]+ (?:{_ZONE}|(?:[a-zéè-]+ )*?{_NOUN}(?: {_NUMBERS}| {QUOTED})?)"

_CORES: Final[Mapping[Kind, str]] = {
    Kind.ALINEAS: _ALINEAS,
    Kind.DIVISION: _DIVISION,
    Kind.PLURAL: _DIVISION,
    Kind.PLACE: _PLACE,
    Kind.PLACES: _ANY_PLACE,
    Kind.ROWS: _ROWS,
    Kind.TABLE: _TABLE,
    Kind.TARGET: _DIVISION,
    Kind.TARGETS: _DIVISION,
    Kind.JOINED: rf"annexe {SERIES_NUMBER}",
}
_ARTICLES: Final = {"le": _LE, "Le": _LE, "les": _LE, "du": _DU, "au": _AU, "Au": _AU, "actuel": _ACTUEL}
#: Only what a group names already can be said « il » or left out.
_IMPLICIT: Final = frozenset({Kind.DIVISION, Kind.PLURAL, Kind.PLACE})


def _designation(kind: Kind, form: str) -> str:
    core = _CORES[kind]
    if form == "du_v":
        return rf"(?: {_DU}{core})?"
    if form == "nom":
        return core
    if form == "Au_v":
        # Words change in alinéas and cells have their own sentence: no row, no title here.
        one = rf"{_AU}{_PLACE if kind is Kind.PLACES else core}"
        return rf"(?:{one}(?:(?:, | et ){one})*, )?"
    one = rf"{_ARTICLES[form]}{core}"
    many = rf"{one}(?:(?:, | et ){one})*" if kind is Kind.PLACES else one
    return rf"(?:{_PRONOUN}|{many})" if form in {"le", "Le", "actuel"} and kind in _IMPLICIT else many


_OTHERS: Final[Mapping[Kind, str]] = {
    Kind.NEW: rf"{_NEW_ONE}(?:(?:, | et ){_NEW_ONE})*",
    Kind.WHERE: rf"(?:(?:après|avant) {_LE}{_DIVISION}|(?:au début|à la fin) {_DU}{_DIVISION})",
    Kind.SCOPE: rf"l'ensemble [^{_OPEN}:,]+?",
    Kind.DATUM: _FREE,
    Kind.VALUE: _VALUE,
    Kind.SPAN: _VALUE,
    Kind.TEXT: _FREE,
    Kind.LIST: _FREE,
    Kind.VERB: r"(?:est|sont) [a-zé]+",
}
_FILTERS: Final = {
    "cite": _QUOTED_LIST,
    "lettres": r"[a-zé -]+?",
    "ordinal": RANK,
    "s": "s?",
    "fs": "e?s?",
    "est": "(?:est|sont)",
}
_VERBS: Final = {"est": "(?:est|sont)", "devient": "(?:devient|deviennent)", "reçoit": "(?:reçoit|reçoivent)"}
_INVARIABLE: Final = frozenset({"ainsi", "désormais", "remplacée"})


def _agreeing(words: str) -> str:
    """« est remplacé » in its four forms."""
    out: list[str] = []
    for word in words.split():
        if word in _VERBS:
            out.append(_VERBS[word])
        elif word in _INVARIABLE:
            out.append(word)
        elif word.endswith("e"):
            out.append(rf"{word}(?:nt|s)?")
        else:
            out.append(rf"{word}e?s?")
    return " ".join(out)


# --- a template -------------------------------------------------------------------------------------------------

_PIECE: Final = re.compile(r"\{\{\s*(.*?)\s*\}\}|\{%-?\s*(.*?)\s*-?%\}", re.DOTALL)
_SLOT: Final = re.compile(r"^(\w+)(?:\.(\w+)|\[\d+\])?(?:\s*\|\s*(\w+)(?:\((.*)\))?)?$")
_CHOICE: Final = re.compile(r"""^(['"])(.*?)\1\s+if\s+(?:not\s+)?\w+\s+else\s+(['"])(.*?)\3$""")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What reads the sentences of one template; groups are named by the slots."""

    key: str
    source: str
    #: Words that any of its sentences holds: a quick test, before the expression is even compiled.
    literal: str

    def read(self, text: str) -> dict[str, str] | None:
        """The slots of a sentence, None when another template wrote it."""
        found = _compiled(self.source).fullmatch(text) if self.literal in text else None
        return None if found is None else {name: value or "" for name, value in found.groupdict().items()}


@lru_cache(maxsize=256)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@dataclass(slots=True)
class _Builder:
    slots: Mapping[str, Kind]
    out: list[str] = field(default_factory=list)
    literals: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    depth: int = 0

    def literal(self, text: str) -> None:
        self.out.append(re.escape(text))
        if not self.depth:
            self.literals.append(text)

    def control(self, words: str) -> None:
        if words.startswith("if"):
            self.depth += 1
            self.out.append("(?:")
        elif words.startswith("endif"):
            self.depth -= 1
            self.out.append(")?")

    def slot(self, expression: str) -> None:
        choice = _CHOICE.match(expression)
        if choice:
            self.out.append(f"(?:{re.escape(canonical(choice[2]))}|{re.escape(canonical(choice[4]))})")
            return
        found = _SLOT.match(expression)
        if found is None:
            raise ValueError(expression)
        root, form, name, argument = found.groups()
        kind = self.slots.get(root, Kind.TEXT)
        if name == "accorde":
            literal = argument[:1] in {"'", '"'}
            self.out.append(_agreeing(argument.strip("'\"")) if literal else r"(?:est|sont) [a-zé]+")
            return
        if name in {"s", "fs", "est"}:
            self.out.append(_FILTERS[name])
            return
        self.named(root, self._pattern(kind, form or "le", name))

    def _pattern(self, kind: Kind, form: str, name: str | None) -> str:
        if name in _FILTERS:
            return _FILTERS[name]
        if kind in {Kind.WORDS, Kind.TERMS}:
            return _NATURE_DU if form == "du" else _NATURE
        return _designation(kind, form) if kind in _CORES else _OTHERS.get(kind, _FREE)

    def named(self, root: str, pattern: str) -> None:
        # « ancien.le » says what is quoted, « ancien | cite » quotes it: only the second is kept.
        if pattern in {_NATURE, _NATURE_DU} or root in self.seen or not root.isidentifier():
            self.out.append(f"(?:{pattern})")
            return
        self.seen.add(root)
        self.out.append(f"(?P<{root}>{pattern})")


def pattern_of(key: str, template: str, slots: Mapping[str, Kind]) -> Pattern:
    """The pattern that reads the sentences of a template.

    Raises:
        ValueError: The template holds what no slot is.
    """
    builder = _Builder(slots)
    pieces: list[tuple[str, str]] = []
    place = 0
    flat: list[str] = []
    for found in _PIECE.finditer(template):
        flat.append(template[place : found.start()])
        pieces.append((found[1] or "", found[2] or ""))
        flat.append("\ue002")
        place = found.end()
    flat.append(template[place:])
    # Canonical as a whole: the space before « : » may stand at the edge of a slot.
    literals = lowered(canonical("".join(flat))).split("\ue002")
    for text, piece in zip_longest(literals, pieces):
        builder.literal(text)
        if piece is not None:
            expression, control = piece
            builder.control(control) if control else builder.slot(expression)
    longest = max((one.strip() for one in builder.literals), key=len, default="")
    return Pattern(key, "".join(builder.out), longest)


# --- a pack -----------------------------------------------------------------------------------------------------

#: Said around the sentences, read by people only.
_FRAME: Final = ("cadre.", "titre.", "qui_devient", "groupe.consequence", "texte.ellipse")


def patterns(templates: Mapping[str, str]) -> tuple[Pattern, ...]:
    """The patterns of the sentences of a pack, by template key (« mots.remplacer »)."""
    return _patterns(tuple(sorted(templates.items())))


@lru_cache(maxsize=16)
def _patterns(templates: tuple[tuple[str, str], ...]) -> tuple[Pattern, ...]:
    known = {key: slots for keys in KEYS.values() for key, slots in keys.items()}
    found: list[Pattern] = []
    for key, template in templates:
        if key.startswith(_FRAME):
            continue
        try:
            found.append(pattern_of(key, template, known.get(key, {})))
        except ValueError:
            # What no pattern can be made of is read by none: `ambiguities` says so.
            found.append(Pattern(key, "(?!)", ""))
    return tuple(found)


def read_by(found: tuple[Pattern, ...], text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The templates that may have written a sentence, with its slots."""
    for one in found:
        slots = one.read(text)
        if slots is not None:
            yield one.key, slots


#: Two templates that mean the same thing may read alike.
_SAME_MEANING: Final = frozenset({"groupe.article", "groupe.convention"})


def ambiguities(
    templates: Mapping[str, str], render: Callable[[str, Mapping[str, object]], str]
) -> list[tuple[str, str]]:
    """The templates whose sentences another one reads too, or (a template twice) that its own pattern does not read.

    Args:
        templates: The templates of a pack, by key.
        render: The sentence that a template writes with these values of its slots.
    """
    found = patterns(templates)
    known = {key: slots for keys in KEYS.values() for key, slots in keys.items()}
    wrong: dict[tuple[str, str], None] = {}
    for own in found:
        for slots in _tries(known.get(own.key, {})):
            masked = mask(render(own.key, slots))
            readers = {key for key, _ in read_by(found, masked.text)} if masked is not None else set()
            if own.key not in readers:
                wrong[own.key, own.key] = None
            for other in sorted(readers - {own.key}):
                if not _alike(own.key, other):
                    wrong[own.key, other] = None
    return list(wrong)


def _alike(one: str, other: str) -> bool:
    """Whether it does not matter which of the two is read: what they ask for is the same."""
    return {one, other} <= _SAME_MEANING or (one.startswith("annonce.") and other.startswith("annonce."))


def _tries(slots: Mapping[str, Kind]) -> Iterator[dict[str, object]]:
    """Values of the slots: each sample is tried, beside various samples of the others."""
    values = {name: samples(kind) for name, kind in slots.items()}
    turns = max((len(one) for one in values.values()), default=1)
    for shift in range(2):
        for turn in range(turns):
            yield {
                name: one[(turn + shift * rank) % len(one)] for rank, (name, one) in enumerate(sorted(values.items()))
            }
