"""Whether a word begins with a vowel sound, and the elision that follows from it."""

from __future__ import annotations

import re
from functools import lru_cache

from convgen.french.lexicon import ASPIRATED_H, NO_ELISION

_VOWELS = frozenset("aeiouàâäéèêëîïôöùûüæœ")
_FIRST_WORD = re.compile(r"[\s«\"“(\[*_]*([^\W_]+(?:-[^\W_]+)*)?")
_ELIDED = frozenset(("le", "la", "de", "je", "me", "te", "se", "ne", "que", "jusque", "lorsque", "puisque", "quoique"))


@lru_cache(maxsize=4096)
def elides(text: str) -> bool:
    """Whether « de » elides before this text: « ERILIA », « hôpital » yes; « SNCF », « onze », « halle » no.

    Figures never elide (« de 11 jours »); a short acronym in H is spelt letter by letter (« de HLM »); the names
    that no rule knows carry their own answer (``NounPhrase.elides``).
    """
    found = _FIRST_WORD.match(text)
    word = found[1] if found and found[1] else ""
    if not word:
        return False
    lower = word.casefold()
    if lower in NO_ELISION:
        return False
    first = lower[0]
    if first == "h":
        acronym = word.isupper() and len(word) <= 4
        return not acronym and lower not in ASPIRATED_H and lower.partition("-")[0] not in ASPIRATED_H
    if first == "y":
        # Yves, Yvetot, Yonne aside: before a consonant the y is a vowel.
        return len(lower) > 1 and lower[1] not in _VOWELS
    return first in _VOWELS


def elide(word: str, next_: str) -> str:
    """Join a word and what follows it: ``elide("de", "ERILIA")`` is « d'ERILIA », ``elide("de", "Nice")`` « de Nice ».

    « si » elides before « il » and « ils » alone. A word that never elides is joined with a space.
    """
    lower = word.casefold()
    if lower == "si":
        cut = word[:-1] + "'" if next_.casefold().split(" ", 1)[0] in ("il", "ils") else None
    else:
        # « parce que », « auprès de »: only the last word matters.
        last = lower.rpartition(" ")[2]
        cut = word[:-1] + "'" if last in _ELIDED and elides(next_) else None
    return cut + next_ if cut else f"{word} {next_}"
