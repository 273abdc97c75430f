"""Elision, contraction and capital where a text meets a value: « de » + « le préfet » = « du préfet ».

Called for every value of an act: nothing here searches the text, only its last word is read.
"""

from __future__ import annotations

from functools import lru_cache

from convgen.french.elision import elides
from convgen.french.grammar import CONTRACTIONS, NounPhrase, capitalise

_FULL = {
    "de": "de", "d'": "de", "à": "à", "que": "que", "qu'": "que", "lorsque": "lorsque", "lorsqu'": "lorsque",
    "puisque": "puisque", "puisqu'": "puisque", "quoique": "quoique", "quoiqu'": "quoique", "jusque": "jusque",
    "jusqu'": "jusque", "si": "si", "s'": "si",
}  # fmt: skip
_BOUNDARIES = frozenset(" \u00a0\u202f\t\n'([«»*_\"“-–—/,;:")
_TAIL = 12
_SPACES = (" ", "\u00a0", "\u202f", "\n", "\t")


def joint(before: str, phrase: NounPhrase, *, sentence_start: bool) -> tuple[str, str]:
    """Fit a noun phrase behind the text that precedes it.

    « au profit de » + « le préfet » → (« au profit du », « préfet »); « d' » + « les tiers » → (« des », « tiers »);
    « que » + « ERILIA » → (« qu' », « ERILIA »); « si » + « il » → (« s' », « il »).

    Args:
        before: The text up to the value, its final space included.
        phrase: What the value prints.
        sentence_start: Whether the value opens a sentence; the phrase then takes a capital, unless a word joined to
            it comes first.

    Returns:
        The preceding text, rewritten, and the phrase as printed after it.
    """
    # No word that joins is longer than « lorsque » or « puisqu' »: twelve characters are enough, and they recur.
    cut = max(0, len(before) - _TAIL)
    head, printed = _joint(before[cut:], phrase, sentence_start)
    return before[:cut] + head, printed


@lru_cache(maxsize=8192)
def _joint(before: str, phrase: NounPhrase, sentence_start: bool) -> tuple[str, str]:
    found = _last_word(before)
    if found is None:
        printed = str(phrase)
        return before, capitalise(printed) if sentence_start else printed
    start, word = found
    determiner, typed = phrase.determiner, before[start:]
    contracted = CONTRACTIONS.get((word, determiner))
    if contracted:
        return before[:start] + _cased(contracted, typed) + " ", phrase.noun
    if determiner == "des" and word == "de":
        determiner = ""
    if determiner:
        printed = str(phrase)
        return before[:start] + _linked(word, typed, vowel=_vowel(word, printed)), printed
    vowel = bool(phrase.elides) if word != "si" else _vowel(word, phrase.noun)
    return before[:start] + _linked(word, typed, vowel=vowel), phrase.noun


def joint_plain(before: str, text: str) -> tuple[str, str]:
    """Fit a value that is no noun phrase: « d'un mois », « de trois mois », « de onze jours », « qu'il »."""
    cut = max(0, len(before) - _TAIL)
    head, printed = _joint_plain(before[cut:], text)
    return before[:cut] + head, printed


@lru_cache(maxsize=8192)
def _joint_plain(before: str, text: str) -> tuple[str, str]:
    found = _last_word(before)
    if found is None:
        return before, text
    start, word = found
    return before[:start] + _linked(word, before[start:], vowel=_vowel(word, text)), text


def _last_word(before: str) -> tuple[int, str] | None:
    """Where the last word starts and its full form; None when it is not one that joins."""
    if before.endswith(("'", "’")):
        end = len(before)
    elif before.endswith(_SPACES):
        end = len(before) - 1
        if before[end - 1 : end] in _SPACES:
            return None
    else:
        return None
    # The longest words that join have seven letters: nine characters tell them from the end of a longer word.
    low = max(0, end - 9)
    tail = before[low:end].replace("’", "'").casefold()
    start = len(tail) - 1
    while start > 0 and tail[start - 1] not in _BOUNDARIES:
        start -= 1
    word = _FULL.get(tail[start:])
    return (low + start, word) if word else None


def _vowel(word: str, text: str) -> bool:
    if word == "si":
        return text.casefold().split(" ", 1)[0] in ("il", "ils")
    return elides(text)


def _linked(word: str, typed: str, *, vowel: bool) -> str:
    """The word and its link to what follows: « de », « d' », « De », « D' »."""
    if word == "à" or not vowel:
        space = typed[-1] if typed.endswith(_SPACES) else " "
        return _cased(word, typed) + space
    return _cased(word[:-1], typed) + "'"


def _cased(word: str, typed: str) -> str:
    """The word in the capitals of the typed one: « De » → « Du », « DE » → « DU »."""
    if not typed[0].isupper():
        return word
    letters = typed.strip().rstrip("'’")
    return word.upper() if len(letters) > 1 and letters.isupper() else word.capitalize()
