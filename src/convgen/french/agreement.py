"""Agreement of a word with its subject: participles, adjectives, present and future verbs, pronouns, short groups.

The caller gives the masculine singular. Which rule applies is decided thus, in this order: the word lists of
``lexicon``; then the ending. A word in -é, -i, -u, -s, -t is an adjective or a participle; a word in unaccented -e
is an adjective when it ends like one (-able, -ible, -aire, -ique…), else a verb of the first group; a word in -ra is
a future. What no rule knows is refused rather than misspelt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from convgen.french.elision import elides
from convgen.french.errors import FrenchError
from convgen.french.lexicon import (
    ADJECTIVE_ENDINGS_IN_E,
    ADJECTIVES_IN_E,
    ADVERBS,
    BE,
    CONNECTORS,
    ER_TO_ERE,
    EUR_PLUS_E,
    FEMININE,
    HAVE,
    IRREGULAR,
    MASCULINE,
    PARTICIPLES_FIRST,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    TEUR_TO_TEUSE,
    VERBS,
    VERBS_IN_E,
)


class AgreementUnknown(FrenchError):  # noqa: N818 -- named for what happened, as GenderUnknown
    """A word whose agreement no rule knows."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Gender and number of a subject."""

    feminine: bool = False
    plural: bool = False


MASCULINE_SINGULAR = Agreement()
FEMININE_SINGULAR = Agreement(feminine=True)
MASCULINE_PLURAL = Agreement(plural=True)
FEMININE_PLURAL = Agreement(feminine=True, plural=True)


def agree(word: str, agreement: Agreement) -> str:
    """Agree a masculine singular word or short group: « tenu », « s'engage », « est informé », « ne peut ».

    « tenu|tenue|tenus|tenues » and « s'engage|s'engagent » give the forms themselves (see ``agree_forms``). In a
    group, the words after the agreed ones stay as they are: « est tenu de verser » → « sont tenues de verser ».

    Raises:
        AgreementUnknown: When no rule knows the word, whatever the agreement asked: a clause that passes with one
            party passes with all.
    """
    return _agree(word.replace("’", "'"), agreement.feminine, agreement.plural)


def agree_forms(forms: str, agreement: Agreement) -> str:
    """Pick one of the forms given: two (singular, plural) or four (ms, fs, mp, fp), separated by « | ».

    Raises:
        AgreementUnknown: For any other number of forms.
    """
    given = [form.strip() for form in forms.split("|")]
    match given:
        case [singular, plural]:
            return plural if agreement.plural else singular
        case [_, _, _, _]:
            return given[agreement.feminine + 2 * agreement.plural]
        case _:
            raise AgreementUnknown(
                f"« {forms} » donne {len(given)} formes",
                remedy="donnez deux formes (engage|engagent) ou quatre (tenu|tenue|tenus|tenues)",
            )


@lru_cache(maxsize=4096)
def _agree(text: str, feminine: bool, plural: bool) -> str:
    if "|" in text:
        return agree_forms(text, Agreement(feminine, plural))
    if text[:1].isupper():
        agreed = _agree(text[0].lower() + text[1:], feminine, plural)
        return agreed[0].upper() + agreed[1:]
    return _Group(text, feminine, plural).agreed()


_CLITICS = frozenset(("ne", "n'", "se", "s'", "y", "en", "l'"))
_TOKENS = re.compile(r"[nslNSL]'|[^\s,']+(?:'[^\s,]+)?|,")


class _Group:
    """One pass over the words of a group, from left to right.

    State: ``after_be`` once a verb like « est » was read, so that adjectives agree with the subject; ``after_have``
    once « a » was read, so that a participle does not.
    """

    def __init__(self, text: str, feminine: bool, plural: bool) -> None:
        self.text = text
        self.feminine = feminine
        self.plural = plural
        self.clitic = self.after_be = self.after_have = self.begun = False
        self.after_verb = self.determined = False

    def agreed(self) -> str:
        tokens = list(_TOKENS.finditer(self.text))
        output: list[str] = []
        rest = ""
        for index, item in enumerate(tokens):
            form = self._token(item[0], last=index == len(tokens) - 1)
            if form is None:
                rest = self.text[item.start() :]
                break
            output.append(form)
        if not self.begun:
            raise _unknown(self.text)
        return _assemble([*output, rest] if rest else output)

    def _token(self, item: str, *, last: bool) -> str | None:
        """The agreed item; None from the first word on that does not agree."""
        if item in _CLITICS or (item == "lui" and not last and not self.begun):
            # A clitic announces a verb: « est tenu et s'engage ».
            self.clitic = self.clitic or item not in ("y", "en", "lui")
            self.after_be = False
            return item
        if item in CONNECTORS:
            self.clitic = self.after_have = self.after_verb = False
            return item
        if item in ADVERBS:
            return item
        if self.after_have:
            return self._after_have(item)
        if self.after_verb:
            return self._after_verb(item)
        form = self._word(item)
        self.begun = self.begun or form is not None
        return form

    def _after_have(self, item: str) -> str | None:
        if item == "été":
            self.after_have, self.after_be = False, True
            return item
        return None

    def _after_verb(self, item: str) -> str | None:
        """« doit être informé »: the infinitive opens an attribute; any other complement stands as it is."""
        if item != "être":
            return None
        self.after_verb, self.after_be = False, True
        return item

    def _word(self, item: str) -> str | None:
        if item in BE or item in HAVE:
            # « s'est », « a été », « n'a »: the auxiliary decides how what follows agrees.
            self.after_be, self.after_have = item in BE, item in HAVE
            self.begun = True
            return VERBS[item] if self.plural else item
        if self.after_be:
            return self._attribute(item)
        forms = _forms(item, verb_only=self.clitic)
        if forms is None or (self.begun and not self._continues(item)):
            return None
        self.after_verb = self.clitic or (item not in PRONOUNS and forms[1] == _verb(item))
        self.determined = self.determined or item in _DETERMINERS
        return self._pick(item, forms)

    def _continues(self, item: str) -> bool:
        """Whether a word read after an agreed one agrees too; a noun only does in « le seul responsable »."""
        noun = (item in MASCULINE or item in FEMININE) and item not in VERBS_IN_E
        return item not in PREPOSITIONS and (self.determined or not noun)

    def _attribute(self, item: str) -> str | None:
        """An adjective or participle after « est »; an infinitive or a preposition ends the group."""
        known = item in IRREGULAR or item in ER_TO_ERE or item in ADJECTIVES_IN_E
        if not known and (item in PREPOSITIONS or item.endswith(("er", "ir", "oir", "re"))):
            return None
        forms = IRREGULAR.get(item) or _adjective(item, assume=True)
        return self._pick(item, forms) if forms else None

    def _pick(self, item: str, forms: tuple[str, str, str]) -> str:
        if self.plural:
            return forms[2 if self.feminine else 1]
        return forms[0] if self.feminine else item


_FIXED_NOUNS = (FEMININE | (MASCULINE - PERSONS)) - VERBS_IN_E
_DETERMINERS = frozenset(("le", "un", "ce", "ledit", "dudit", "audit", "seul", "même", "premier", "nouveau"))


def _assemble(tokens: list[str]) -> str:
    """Join the tokens again; « n'est » that became « ne sont » loses its elision, and the reverse."""
    parts: list[str] = []
    for item, following in zip(tokens, [*tokens[1:], ""], strict=True):
        if item in ("n'", "s'", "l'", "ne", "se"):
            base = item.rstrip("'e")
            parts.append(item if item == "l'" else f"{base}'" if elides(following) or following == "y" else f"{base}e ")
        else:
            parts.append(item if following in ("", ",") else f"{item} ")
    return "".join(parts)


def _forms(word: str, *, verb_only: bool) -> tuple[str, str, str] | None:
    """Feminine, plural and feminine plural of a masculine singular; None when no rule knows the word."""
    verb = _verb(word)
    if verb_only:
        return (word, verb, verb) if verb else None
    if word in PRONOUNS:
        return PRONOUNS[word]
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word in _FIXED_NOUNS:
        return word, _plural(word), _plural(word)
    if word in VERBS and verb and word not in PARTICIPLES_FIRST:
        return word, verb, verb
    return _adjective(word) or ((word, verb, verb) if verb else None)


def _verb(word: str) -> str | None:
    """Third person plural of a verb in the third person singular; None when it cannot be one."""
    if word in VERBS:
        return VERBS[word]
    if word.endswith("ée") or len(word) < 3:
        return None
    if word.endswith("e"):
        return word + "nt"
    if word.endswith("ra"):
        return word[:-1] + "ont"
    if word.endswith("ait"):
        return word[:-1] + "ent"
    return None


def _adjective(word: str, *, assume: bool = False) -> tuple[str, str, str] | None:
    """Forms of an adjective, participle or noun of person, by its ending.

    Args:
        word: Masculine singular.
        assume: The place says that it is an adjective (after « est »), so a doubtful -e is not a verb.
    """
    if word in PRONOUNS or word in PREPOSITIONS or len(word) < 2:
        return None
    if word.endswith("e"):
        return _adjective_in_e(word, assume=assume)
    if word.endswith(("és", "ées", "ions", "ez", "ait", "aient")) and word not in ("fait", "parfait", "satisfait"):
        return None
    feminine = _feminine(word)
    return (feminine, _plural(word), feminine + "s") if feminine else None


def _adjective_in_e(word: str, *, assume: bool) -> tuple[str, str, str] | None:
    known = word in ADJECTIVES_IN_E or word in MASCULINE or word.endswith(ADJECTIVE_ENDINGS_IN_E)
    if word.endswith("ée"):
        return None
    if word in VERBS_IN_E and not assume:
        return None
    return (word, word + "s", word + "s") if known or assume else None


_ENDINGS = (
    ("teur", "trice"), ("eur", "euse"), ("eux", "euse"), ("oux", "ouse"), ("if", "ive"), ("ien", "ienne"),
    ("éen", "éenne"), ("on", "onne"), ("el", "elle"), ("eil", "eille"), ("et", "ette"),
)  # fmt: skip
# Longest first: « directeur » is no « -eur ». The letters that simply take -e follow.
_PLUS_E = tuple("éiulrstdn")


def _feminine(word: str) -> str | None:
    if word in EUR_PLUS_E:
        return word + "e"
    if word in ER_TO_ERE:
        return word[:-2] + "ère"
    if word.endswith(("er", "ir", "oir")):
        return None
    if word in TEUR_TO_TEUSE:
        return word[:-1] + "se"
    for ending, feminine in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + feminine
    return word + "e" if word.endswith(_PLUS_E) else None


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")


def _unknown(text: str) -> AgreementUnknown:
    return AgreementUnknown(
        f"l'accord de « {text} » n'est pas connu",
        remedy="donnez le masculin singulier, ou les quatre formes : accorde('tenu|tenue|tenus|tenues')",
    )
