"""Whom words typed by hand name beside an act: its parties, and nobody else in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from convgen.compose.hand_names import flat

_MASK: Final = "\ufffc"
_SENTENCE: Final = r"[^,;:.()\n]"
_AGREED: Final = r"conven\w+|contra\w+|protocole|accord|avenant|charte|partenariat|conclu\w*|pass[eé]\w*|sign\w+"
#: After these words stand the parties of an act.
_WITH: Final = re.compile(
    rf"\b(?:intervenir|li(?:er|ant|e)|{_AGREED})\b{_SENTENCE}{{0,160}}?\b"
    r"(?<!en lien )(?<!en liaison )(?<!en accord )(?<!en concertation )(?<!en coordination )(?:avec|entre)\s+"
    r"|\b(?:attribu|vers|accord|allou|octroy)\w*\s+(?:à|au|aux)\s+",
    re.IGNORECASE,
)
#: What « avec » may be followed by that is no party.
_MEANS: Final = re.compile(
    r"(?:l[ea]s?\s+|l'|un\w*\s+|leur\s+)?(?:concours|appui|soutien|aide|accord|avis|effet)", re.I
)
#: A kind of organisme, then its name.
_KIND: Final = re.compile(
    r"\b(?:association|soci[eé]t[eé]|fondation|mutuelle|commune|ville|syndicat|entreprise|coop[eé]rative|communaut[eé]"
    r"|m[eé]tropole|r[eé]gion|d[eé]partement|caisse|office|r[eé]gie)"
    r"(?:\s+(?:de la|de|du|des|d'|[a-z]{3,}))?\s*(?:[«\"“]\s*)?(?=[A-ZÀÉÈÊÎÔŒ])"
)
#: What ends the name of a party.
_STOP: Final = re.compile(
    r"[,;:.()\n]|\b(?:pour|afin|en|au titre|dans|selon|par|sur|relati\w+|portant|d[eé]finissant|fixant|dont|sans"
    r"|qui|que|depuis|jusqu|d'un|pr[eé]voyant|pr[eé]cisant|ayant|visant|repr[eé]sent\w+|joint\w*|situ[eé]\w*)\b"
)
_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*")
#: What stands before a name.
_BEFORE_NAME: Final = re.compile(
    r"^(?:et\s+)?(?:l['\u2019]|(?:les?|la|une?|des)\s+)?(?:seule?\s+)?(?=.)", re.IGNORECASE
)
_PART_OF: Final = re.compile(rf"{_MASK}\s(?:d'|de\s|du\s|des\s)(?:l'|la\s|les\s)?$")
#: Capitals that name nobody by themselves.
_COMMON: Final = frozenset(
    (
        "association", "caisse", "centre", "college", "commission", "commune", "communaute", "conseil", "departement",
        "departements", "etat", "etablissement", "fondation", "m", "madame", "mairie", "maison", "metropole", "mme",
        "monsieur", "mutualite", "mutuelle", "office", "pays", "prefecture", "prefet", "region", "republique",
        "service", "services", "societe", "syndicat", "union", "ville",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """What may be named beside an act.

    Attributes:
        parties: the names of its parties and of the organisme that decides, without articles.
        others: those of the other organismes of the workspace.
        text: what the act and the preamble print: whom they name may be named again, but not as a party.
    """

    parties: frozenset[str]
    others: frozenset[str]
    text: str


def strangers(said: str, named: Named, *, whole: bool = False, heading: bool = False) -> Iterator[str]:
    """The names of those who are named as parties and are none, in the order of the words.

    Args:
        said: the words typed by hand.
        named: who may be named.
        whole: the words name the parties, and nothing else.
        heading: the words are a title, which may name others than as parties.
    """
    plain = _masked(flat(said), named.parties)
    beside = [*_beside(plain, whole=whole)]
    told: list[_Span] = []
    for one in _others(plain, named):
        name = plain[one.start : one.end]
        if any(one.meets(span) for span in beside) or not (heading or _single(name) or _holds(named.text, name)):
            told.append(one)
    plain = _masked(plain, named.others)
    known = {one.casefold() for one in _WORD.findall(flat(named.text))} | _COMMON
    for span in (*beside, *(() if heading else _kinds(plain))):
        found = _unknown(plain, span, known)
        if found is not None and not any(found.meets(one) for one in told):
            told.append(found)
    names = (said[one.start : one.end].strip() for one in sorted(told, key=lambda one: one.start))
    yield from dict.fromkeys(_BEFORE_NAME.sub("", name) for name in names)


@dataclass(frozen=True, slots=True)
class _Span:
    """Some of the words, by their letters."""

    start: int
    end: int

    def meets(self, other: _Span) -> bool:
        """Whether they share letters."""
        return self.start < other.end and other.start < self.end


def _beside(plain: str, *, whole: bool) -> Iterator[_Span]:
    """Where parties are named."""
    if whole:
        start = 0
        for stop in (*_STOP.finditer(plain), None):
            end = stop.start() if stop is not None else len(plain)
            if end > start:
                yield _Span(start, end)
            if stop is None or stop[0] not in ",":
                return  # « A, B et C, pour … »
            start = stop.end()
    for found in _WITH.finditer(plain):
        if not _MEANS.match(plain, found.end()):
            stop = _STOP.search(plain, found.end())
            yield _Span(found.end(), stop.start() if stop is not None else len(plain))


def _kinds(plain: str) -> Iterator[_Span]:
    """« l'association Les Lilas »: from its name to what ends it, joined words included."""
    for found in _KIND.finditer(plain):
        end = found.end()
        while word := re.compile(r"[A-ZÀÉÈÊÎÔŒ][\w'-]*[ -]?").match(plain, end):
            end = word.end()
        yield _Span(found.start(), end)


def _others(plain: str, named: Named) -> Iterator[_Span]:
    """The other organismes that the words name; what follows « ￼ de » is part of the name of a party."""
    for name in sorted(named.others - named.parties, key=len, reverse=True):
        pattern = _pattern(name)
        for one in pattern.finditer(plain):
            if not _PART_OF.search(plain, 0, one.start()):
                yield _Span(*one.span())
        plain = pattern.sub(lambda one: "\u2400" * len(one[0]), plain)


def _masked(plain: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        plain = _pattern(name, loose=True).sub(lambda one: _MASK * len(one[0]), plain)
    return plain


def _pattern(name: str, *, loose: bool = False) -> re.Pattern[str]:
    """A name in a text; one of a single word has its capitals, unless the words are those of a party."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE if loose or " " in name else 0)


def _single(name: str) -> bool:
    """« État », « Région »: a word that many sentences say."""
    return name.casefold() in _COMMON


def _holds(text: str, name: str) -> bool:
    return _pattern(name, loose=True).search(flat(text)) is not None


def _unknown(plain: str, span: _Span, known: set[str]) -> _Span | None:
    """A name that nothing says, with the noun before it; None when each of its words is known."""
    words = [*_WORD.finditer(plain, span.start, span.end)]
    proper = [one for one in words if _bare_word(one[0])[:1].isupper()]
    if all(_bare_word(one[0]).casefold() in known for one in proper):
        return None
    masked = plain.rfind(_MASK, span.start, proper[0].start()) + 1
    return _Span(max(masked, words[0].start()), proper[-1].end())


def _bare_word(word: str) -> str:
    return word[2:] if word[1:2] == "'" else word
