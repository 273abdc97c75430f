"""Noun phrases: article, gender, elision, contraction; lists and capitals. Agreement of other words: ``agreement``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from convgen.french.agreement import (
    FEMININE_PLURAL,
    FEMININE_SINGULAR,
    MASCULINE_PLURAL,
    MASCULINE_SINGULAR,
    Agreement,
    AgreementUnknown,
    agree,
    agree_forms,
)
from convgen.french.elision import elide, elides
from convgen.french.errors import FrenchError
from convgen.french.lexicon import FEMININE, MASCULINE

__all__ = [
    "CONTRACTIONS",
    "FEMININE_PLURAL",
    "FEMININE_SINGULAR",
    "MASCULINE_PLURAL",
    "MASCULINE_SINGULAR",
    "Agreement",
    "AgreementUnknown",
    "GenderUnknown",
    "NounPhrase",
    "agree",
    "agree_forms",
    "capitalise",
    "contract",
    "demonstrative",
    "elide",
    "elides",
    "join_list",
    "parse_noun_phrase",
    "possessive",
    "present",
]


class GenderUnknown(FrenchError):  # noqa: N818 -- the name says what is missing
    """A noun whose gender neither its article nor the lexicon tells."""


_DETERMINERS = {
    "le": ("le", "la", "les"),
    "un": ("un", "une", "des"),
    "ce": ("ce", "cette", "ces"),
    "mon": ("mon", "ma", "mes"),
    "son": ("son", "sa", "ses"),
    "notre": ("notre", "notre", "nos"),
    "leur": ("leur", "leur", "leurs"),
    "ledit": ("ledit", "ladite", "lesdits"),
    "aucun": ("aucun", "aucune", "aucuns"),
}
_BEFORE_VOWEL = {"le": "l'", "la": "l'", "ce": "cet", "sa": "son", "ma": "mon"}
_BEFORE_CONSONANT = {"cet": "ce"}


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun with its article: « l'association X », « le préfet », « ERILIA », « un mois ».

    Attributes:
        determiner: « le », « la », « l' », « les », « un », « ce », « son »… or empty. « le » and « la » become « l' »
            by themselves before a vowel.
        noun: The rest, as printed.
        agreement: Gender and number.
        elides: Whether the noun begins with a vowel sound; worked out when None, and a plain truth value afterwards.
    """

    determiner: str
    noun: str
    agreement: Agreement
    elides: bool | None = None

    def __post_init__(self) -> None:
        vowel = elides(self.noun) if self.elides is None else self.elides
        determiner = self.determiner.replace("’", "'")
        if vowel:
            determiner = _BEFORE_VOWEL.get(determiner, determiner)
        elif determiner == "l'":
            determiner = "la" if self.agreement.feminine else "le"
        else:
            determiner = _BEFORE_CONSONANT.get(determiner, determiner)
        object.__setattr__(self, "elides", vowel)
        object.__setattr__(self, "determiner", determiner)

    def __hash__(self) -> int:
        return hash((self.noun, self.determiner))

    def __str__(self) -> str:
        if not self.determiner:
            return self.noun
        return self.determiner + self.noun if self.determiner.endswith("'") else f"{self.determiner} {self.noun}"

    def with_determiner(self, determiner: str) -> NounPhrase:
        """The same noun with another determiner, given in the masculine singular: le, un, ce, son, leur, or empty."""
        if determiner in _DETERMINERS:
            masculine, feminine, plural = _DETERMINERS[determiner]
            determiner = plural if self.agreement.plural else feminine if self.agreement.feminine else masculine
        return NounPhrase(determiner, self.noun, self.agreement, self.elides)

    @property
    def definite(self) -> NounPhrase:
        """« le préfet », « l'association », « les prescripteurs »."""
        return self.with_determiner("le")

    @property
    def indefinite(self) -> NounPhrase:
        """« un préfet », « une association », « des prescripteurs »."""
        return self.with_determiner("un")

    @property
    def bare(self) -> NounPhrase:
        """The noun alone."""
        return self.with_determiner("")


# Article: gender (None: not told), number.
_ARTICLES: dict[str, tuple[bool | None, bool]] = {
    "le": (False, False), "la": (True, False), "les": (None, True), "un": (False, False), "une": (True, False),
    "des": (None, True), "ce": (False, False), "cet": (False, False), "cette": (True, False), "ces": (None, True),
    "son": (None, False), "sa": (True, False), "ses": (None, True), "leur": (None, False), "leurs": (None, True),
}  # fmt: skip


@lru_cache(maxsize=1024)
def parse_noun_phrase(text: str, *, feminine: bool | None = None, plural: bool | None = None) -> NounPhrase:
    """Split a noun and its article: « l'association X », « Le préfet », « ERILIA ».

    The article tells gender and number when it can; then the first noun, if the lexicon or its ending knows it.
    What the caller gives comes before both.

    Raises:
        GenderUnknown: When nothing tells the gender, or the text is empty.
    """
    stripped = text.strip().replace("’", "'")
    if not stripped:
        raise GenderUnknown("le nom est vide", remedy="écrivez le nom avec son article : « l'association X »")
    determiner, noun, told_feminine, told_plural = _split_article(stripped)
    if not noun:
        raise GenderUnknown(f"« {stripped} » est un article sans nom", remedy="écrivez le nom : « l'association X »")
    if plural is None:
        plural = told_plural
    if feminine is None:
        feminine = told_feminine if told_feminine is not None else _gender(noun, plural)
    if feminine is None:
        raise GenderUnknown(
            f"le genre de « {stripped} » ne peut se deviner",
            remedy="ajoutez genre: féminin ou masculin",
        )
    # The article as typed also tells the vowel: « le Hasli », « l'Haÿ ».
    vowel = True if determiner == "l'" else False if determiner in ("le", "la", "ce") else None
    return NounPhrase(determiner, noun, Agreement(feminine, plural), vowel)


def _split_article(text: str) -> tuple[str, str, bool | None, bool]:
    if text[:2].casefold() == "l'":
        return "l'", text[2:].lstrip(), None, False
    first, _, rest = text.partition(" ")
    article = first.casefold()
    # « LA » in capitals belongs to a name printed so; « Les » at the head of a line is an article.
    if rest and article in _ARTICLES and not (first.isupper() and len(first) > 1):
        feminine, plural = _ARTICLES[article]
        return article, rest.lstrip(), feminine, plural
    return "", text, None, False


_FEMININE_ENDINGS = ("tion", "sion", "ité", "ance", "ence", "ture")
_MASCULINE_ENDINGS = ("ment", "isme", "age", "eur", "ier")


def _gender(noun: str, plural: bool) -> bool | None:
    """True for a feminine noun, False for a masculine one, None when unknown; by its first word."""
    first = noun.split(maxsplit=1)[0].strip(",;.")
    word = first.casefold()
    candidates = [word, *((word[:-1], word[:-3] + "al") if plural and word[-1:] in "sx" else ())]
    for candidate in candidates:
        if candidate in FEMININE:
            return True
        if candidate in MASCULINE:
            return False
    if first != word:
        # A proper noun has no rule: an ending says nothing of « Prudence ».
        return None
    singular = word.rstrip("s") if plural else word
    if singular.endswith(_FEMININE_ENDINGS):
        return True
    return False if singular.endswith(_MASCULINE_ENDINGS) else None


CONTRACTIONS = {
    ("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux",
    ("de", "ledit"): "dudit", ("de", "lesdits"): "desdits", ("à", "ledit"): "audit", ("à", "lesdits"): "auxdits",
}  # fmt: skip
"""Preposition and determiner that become one word."""


def contract(preposition: str, np: NounPhrase) -> str:
    """Join a preposition and a noun phrase: « du préfet », « aux prescripteurs », « d'ERILIA », « de l'association ».

    Compounds do as their last word: « auprès des prescripteurs », « jusqu'au préfet ».
    """
    prefix, preposition = _last_word(preposition)
    determiner = np.determiner
    contracted = CONTRACTIONS.get((preposition, determiner))
    if contracted:
        return f"{prefix}{contracted} {np.noun}"
    if preposition == "de" and determiner == "des":
        # « de » absorbs the indefinite plural: « de des associations » is « d'associations ».
        determiner = ""
    if determiner:
        return prefix + elide(preposition, str(np))
    return prefix + (f"d'{np.noun}" if preposition == "de" and np.elides else _join(preposition, np))


def _join(preposition: str, np: NounPhrase) -> str:
    # The phrase knows its vowel better than its letters do.
    return elide(preposition, np.noun) if np.elides else f"{preposition} {np.noun}"


def _last_word(preposition: str) -> tuple[str, str]:
    cut = max(preposition.rfind(" "), preposition.rfind("'")) + 1
    return preposition[:cut], preposition[cut:]


@lru_cache(maxsize=512)
def present(np: NounPhrase) -> NounPhrase:
    """« la présente convention », « le présent avenant », « les présents statuts »."""
    noun = f"{agree('présent', np.agreement)} {np.noun}"
    return NounPhrase("", noun, np.agreement, False).with_determiner("le")


def demonstrative(np: NounPhrase) -> NounPhrase:
    """« cette convention », « cet avenant », « ces annexes »."""
    return np.with_determiner("ce")


def possessive(owner_plural: bool, thing: NounPhrase) -> NounPhrase:
    """« son association », « sa convention », « ses annexes »; « leur convention », « leurs annexes »."""
    return thing.with_determiner("leur" if owner_plural else "son")


def join_list(items: Sequence[str], conjunction: str = "et") -> str:
    """« A, B et C »; a single item alone; nothing for none."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def capitalise(text: str) -> str:
    """Capital on the first letter, accents kept: « État », « L'association »; a text that opens on a figure stands."""
    for index, character in enumerate(text):
        if character.isalpha():
            return text[:index] + character.upper() + text[index + 1 :]
        if character.isdigit():
            break
    return text
