"""Whether words are a noun phrase, a clause or an infinitive, and what must open them: « que », « qu' », « de »."""

from __future__ import annotations

import re
from functools import lru_cache

from convgen.french.elision import elide
from convgen.french.lexicon import FEMININE, MASCULINE

_MASK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|«[^»]*»", re.DOTALL)
#: What may come before the clause: « d'une part, ».
_LEAD = re.compile(
    r"(?:d['\u2019]une part|d['\u2019]autre part|en outre|par ailleurs|de plus|enfin|toutefois|ainsi|dès lors)"
    r"[ \u00a0]?,?[ \u00a0]+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:ils?|elles?|on|cela|ceci|nous|vous)[ \u00a0]|(?:c['\u2019]|ce n['\u2019])(?:est|était)\b|ce (?:sont|seront)\b",
    re.IGNORECASE,
)
#: Finite forms that are no noun either.
_VERB = re.compile(
    r"(?<![ld]['\u2019])\b(?:est|sont|était|étaient|sera|seront|serait|seraient|a|ont|avait|avaient|aura|auront|doit|"
    r"doivent|devra|devront|peut|peuvent|pourra|pourront|convient|appartient|appartiennent|souhaite|souhaitent|répond|"
    r"répondent|permet|permettent|prévoit|prévoient|nécessite|nécessitent|constitue|constituent|contribue|contribuent|"
    r"dispose|disposent|exerce|exercent|propose|proposent|sollicite|sollicitent|bénéficie|bénéficient|soutient|"
    r"soutiennent|assure|assurent|organise|organisent|participe|participent|vont)\b(?!\))"
)
_SUBORDINATE = re.compile(
    r"\b(?:qui|que|dont|où|lequel|laquelle|lesquels|lesquelles|si|lorsque|quand|comme|puisque)\b|\bqu['\u2019]",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"(?:(?P<article>Les?|La|Une?|Des|Du|De|Que|Ils?|Elles?|On|Ce|Cet|Cette|Ces|Son|Sa|Ses|Leurs?|Aux?|À|Par|Pour|En|"
    r"Afin|Cela|Nous)[ \u00a0]+|(?P<elided>L|D|Qu|C)['\u2019])(?P<next>[^\W\d_]+)?"
)
_PROPER = frozenset(("Le", "La", "Les", "L"))
_INFINITIVE = re.compile(r"(?:ne pas |ne plus |se |s['\u2019]|y |en )?(?P<word>[^\W\d_]+(?:er|ir|re|oir))\b(?!-)")
_NO_VERB = frozenset(
    (
        "autre", "entre", "outre", "contre", "premier", "dernier", "entier", "particulier", "notre", "votre", "quatre",
        "centre", "cher", "régulier", "hier", "ordre", "titre", "livre", "chapitre", "maire",
    )
)  # fmt: skip


@lru_cache(maxsize=512)
def is_clause(text: str) -> bool:
    """Whether the words have a subject and its verb: « la ville est propriétaire » has, « la tenue du marché » not."""
    plain = _MASK.sub("\ufffc", text)
    if _PRONOUN.match(plain):
        return True
    verb = _VERB.search(plain)
    subordinate = _SUBORDINATE.search(plain)
    return verb is not None and verb.start() > 0 and (subordinate is None or subordinate.start() > verb.start())


def opened_by_que(text: str) -> str:
    """A clause with « que » or « qu' » before it: « Considérant qu'il est utile »; a noun phrase stands as it is."""
    lead = _LEAD.match(text)
    before, rest = (lead[0], text[lead.end() :]) if lead is not None else ("", text)
    typed = re.match(r"que[ \u00a0]+(?=\S)", rest, re.IGNORECASE)
    if typed is not None and not rest.startswith("{", typed.end()):
        return before + elide("que", uncapitalised(rest[typed.end() :]))
    rest = uncapitalised(rest)
    if not is_clause(rest):
        return before + rest
    return before + (f"que {rest}" if rest.startswith("{") else elide("que", rest))


def opened_by_de(text: str) -> str:
    """An infinitive with « de » or « d' » before it: « décide de nommer »; other words stand as they are."""
    rest = text[:1].lower() + text[1:]
    return elide("de", rest) if is_infinitive(text) else text


def is_infinitive(text: str) -> bool:
    """Whether the first word is an infinitive: « nommer », « s'associer », « ne pas donner »."""
    found = _INFINITIVE.match(text[:1].lower() + text[1:])
    word = found["word"] if found is not None else ""
    return bool(word) and word not in _NO_VERB and word not in FEMININE and word not in MASCULINE


def uncapitalised(text: str) -> str:
    """The words as they follow others: the capital of their first article, preposition or pronoun goes.

    That of a name stays: « La Poste », « Le Havre »; « Le Département », which the lexicon knows, has none.
    """
    found = _FUNCTION.match(text)
    if found is None:
        return text
    word, following = found["article"] or found["elided"], found["next"] or ""
    if word in _PROPER and following[:1].isupper() and not _known(following):
        return text
    return text[:1].lower() + text[1:]


def _known(word: str) -> bool:
    lower = word.casefold()
    return lower in FEMININE or lower in MASCULINE or lower.rstrip("s") in FEMININE or lower.rstrip("s") in MASCULINE
