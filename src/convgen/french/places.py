"""Names of places after « à »: the masculine and the plural articles merge with it, the others stay as they are.

« au Mans », « aux Abymes », but « à La Rochelle », « à L'Isle-Adam » (Grevisse, § 588: the article of a name of place
merges as any other; the Imprimerie nationale keeps the capital of the one that does not merge).
"""

from __future__ import annotations

import re
from typing import Final

from convgen.french.agreement import MASCULINE_PLURAL, MASCULINE_SINGULAR
from convgen.french.grammar import NounPhrase

_ARTICLE: Final = re.compile(r"(les?)[ \u00a0]+(?=\S)", re.IGNORECASE)
_JOINED: Final = re.compile(r"(?:(à|au|aux)[ \u00a0]+)(?=\S)", re.IGNORECASE)
_MERGED: Final = {"": "à ", "le": "au ", "les": "aux "}
_TYPED: Final = {"à": "", "au": "le", "aux": "les"}


def place_phrase(name: str) -> NounPhrase:
    """A place as it follows a preposition: « le » + « Mans », « les » + « Abymes », « La Rochelle » whole.

    A preposition that is typed already says its article: « au Mans » is « le Mans ».
    """
    text = name.strip()
    joined = _JOINED.match(text)
    if joined is not None:
        text = text[joined.end() :]
        determiner = _TYPED[joined[1].casefold()]
        if determiner:
            return _phrase(determiner, text)
    article = _ARTICLE.match(text)
    return _phrase(article[1].casefold(), text[article.end() :]) if article is not None else _phrase("", text)


def _phrase(determiner: str, text: str) -> NounPhrase:
    return NounPhrase(determiner, text, MASCULINE_PLURAL if determiner == "les" else MASCULINE_SINGULAR, False)


def at_place(name: str) -> str:
    """« à Nice », « au Mans », « aux Abymes », « à La Rochelle », « à L'Isle-Adam »."""
    phrase = place_phrase(name)
    return _MERGED[phrase.determiner] + phrase.noun
