"""A body that gives its opinion, named with its article; whether words name several people."""

from __future__ import annotations

import re
from typing import Final

from convgen.french.agreement import FEMININE_PLURAL, FEMININE_SINGULAR, MASCULINE_PLURAL, MASCULINE_SINGULAR, Agreement
from convgen.french.grammar import NounPhrase

#: « la 1re commission », « sous-commission », « commissions réunies ».
_COMMISSION: Final = re.compile(
    r"(?:(?:\d+\w*|premi[eè]re|deuxi[eè]me|seconde|troisi[eè]me|quatri[eè]me|cinqui[eè]me|sixi[eè]me|septi[eè]me"
    r"|huiti[eè]me|grande|haute)\s+)?(?:sous-)?commission(?P<plural>s)?(?!\w)",
    re.IGNORECASE,
)
#: Nouns that are no subject of a commission: « Collèges et éducation », « Formation » are names of commissions.
_MASCULINE: Final = re.compile(
    r"(?:comit[eé](?P<plural>s)?|conseil|coll[eè]ge|bureau|jury|groupe de travail)(?!\w)", re.I
)
_FEMININE: Final = re.compile(r"(?:assembl[eé]e(?P<plural>s)?|conf[eé]rence|instance)(?!\w)", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"(?P<word>les?|la)[ \u00a0]+(?=\S)|(?P<elided>l['\u2019])(?=\S)", re.IGNORECASE)
#: « de la commission … », « du comité … » typed after « l'avis ».
_OF: Final = re.compile(r"de[ \u00a0]+(?=la[ \u00a0]|l['\u2019])|(?P<merged>du|des)[ \u00a0]+", re.IGNORECASE)


def body_name(text: str) -> NounPhrase:
    """A body with its article: « la commission des finances », « le comité social territorial », « l'assemblée ».

    What begins with no article and with no noun of a body is the name of a commission: « Finances » is « la commission
    Finances », « des finances » « la commission des finances ».
    """
    words = text.strip()
    of = _OF.match(words)
    if of is not None and (_agreement(words[of.end() :]) or not of["merged"]):
        words = words[of.end() :]
    article = _ARTICLE.match(words)
    if article is not None:
        return _with_article(article, words[article.end() :])
    told = _agreement(words)
    if told is None:
        return NounPhrase("la", f"commission {words}", FEMININE_SINGULAR, False)
    return NounPhrase("", words, told).definite


def _with_article(article: re.Match[str], noun: str) -> NounPhrase:
    determiner = (article["word"] or "l'").casefold().replace("\u2019", "'")
    told = Agreement(determiner == "la", determiner == "les")
    return NounPhrase(determiner, noun, told, determiner == "l'")


def _agreement(words: str) -> Agreement | None:
    """The gender and the number of the noun of a body that opens these words."""
    for pattern, one, many in (
        (_COMMISSION, FEMININE_SINGULAR, FEMININE_PLURAL),
        (_MASCULINE, MASCULINE_SINGULAR, MASCULINE_PLURAL),
        (_FEMININE, FEMININE_SINGULAR, FEMININE_PLURAL),
    ):
        found = pattern.match(words)
        if found is not None:
            return many if found["plural"] else one
    return None


_PLURAL: Final = re.compile(r"(?:MM\.|Mmes|Messieurs|Mesdames|les)[ \u00a0]", re.IGNORECASE)
_AND: Final = re.compile(r"[ \u00a0](?:et|ainsi que)[ \u00a0](?=[A-ZÀÂÉÈÊÎÔŒ])")


def several_people(text: str) -> bool:
    """Whether words name several people: « Mmes A et B », « M. A ; Mme B », « Yves A et Zoé B », « les élus »."""
    words = text.strip()
    if _PLURAL.match(words) or ";" in words:
        return True
    # After a comma stands what one of them does: « Mme A, adjointe à l'Éducation et à la Culture ».
    return _AND.search(words.partition(",")[0]) is not None
