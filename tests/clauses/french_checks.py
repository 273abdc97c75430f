"""What a printed text never holds: bad joints, bad agreement, leftovers of a template. Each check names what it saw."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convgen.french.grammar import NounPhrase
from convgen.french.lexicon import BE, VERBS
from convgen.french.typography import typeset

_VOWEL = "aeiouyàâäéèêëîïôöùûüœæ"
_SPACES = "[ \u00a0\u202f]"
#: (what it is, how to see it). The apostrophe is typeset; « l’ » stands before a word.
_ALWAYS: tuple[tuple[str, str], ...] = (
    ("balise Jinja", r"\{\{|\}\}|\{%|%\}|\{#"),
    ("mise en forme Markdown", r"\*\*|^#+ |\[#"),
    ("double espace", rf"{_SPACES}{{2,}}"),
    ("espace avant une virgule ou un point", rf"{_SPACES}[,.](?!\.)"),
    ("ponctuation doublée", r",,|;;|\.\.(?!\.)|,\.|;\.|:\."),
    ("apostrophe suivie d'une espace", r"\b(?:[ldnsjmtc]|qu|jusqu|lorsqu|puisqu)’\s"),
    ("article sans élision", rf"\b(?:le|la) (?:(?=[{_VOWEL}])(?!onz|oui|un\b|une\b|y[aeio])|h(?:ab|éb|om|ôp|abit))\w+"),
    ("« de » sans contraction", r"\bde les?\b(?! \w+(?:er|ir|re)\b)"),
    ("« à » sans contraction", r"\bà les?\b(?! \w+(?:er|ir|re)\b)"),
    ("« que » sans élision", r"\b(?:que|lorsque|puisque|jusque) (?:ils?|elles?|une?|on|à|au|aux|en)\b"),
    ("« de » sans élision", rf"\bde (?:un|une|[{_VOWEL}](?!\b)(?<!y)\w+)(?<!onze)(?<!oui)\b"),
    ("« si il »", r"\bsi ils?\b"),
    ("valeur non imprimée", r"\bNone\b|\bUndefined\b|View\("),
)
_CLITICS = r"(?:ne |n’|se |s’|y |en |lui |leur )*"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ADVERBS = _words(
    "ainsi aussi également notamment seul seule seuls seules alors toujours donc elle-même lui-même eux-mêmes "
    "elles-mêmes peu seulement désormais"
)
#: What may stand behind a noun, beside a verb.
_LINKS = _words(
    "à au aux de du des d’ et ou ni en dans par pour sur sous avec sans dont où qui que qu’ quand lorsque lorsqu’ si "
    "s’il s’ils pendant comme selon chez entre afin dès jusqu’à jusqu’au lors après avant le la les l’ un une soit "
    "aussitôt chaque tout toute toutes tous ce cette ces contre depuis sauf est-ce chacun chacune notre mis mise mises "
    "ci-après d’une d’un puis mais"
)


def problems(text: str) -> Iterator[str]:
    """What is wrong in a paragraph, whatever the parties."""
    for what, pattern in _ALWAYS:
        for found in re.finditer(pattern, text, re.MULTILINE):
            yield f"{what} : « {text[max(0, found.start() - 20) : found.end() + 15]} »"


def disagreements(text: str, phrase: NounPhrase) -> Iterator[str]:
    """The words behind a term (« les prescripteurs ») that do not agree with it."""
    term = re.escape(typeset(str(phrase)))
    term = f"[{term[0].upper()}{term[0].lower()}]{term[1:]}" if term[0] != "\\" else term
    contracted = rf"|\b(?:du|au|des|aux|Du|Au|Des|Aux) {re.escape(typeset(phrase.noun))}"
    for found in re.finditer(rf"(?<!\w)(?:{term}{contracted})(?![\w’-])", text):
        subject = found[0][0] not in "dDaA" and not _COMPLEMENT.search(text[: found.start()])
        wrong = _behind(text[found.end() :], phrase, subject=subject)
        if wrong:
            yield f"accord : « {found[0]} {wrong} » dans « {text[found.start() : found.end() + 40]} »"


def _behind(rest: str, phrase: NounPhrase, *, subject: bool) -> str:
    """The word that disagrees right behind a term; empty when all is well."""
    heard = re.match(rf"(?:,? (?P<qui>qui )| )(?P<clitics>{_CLITICS})(?P<word>[\w’-]+)(?P<after>[^.;:]*)", rest)
    if heard is None:
        return ""
    word, plural = heard["word"], phrase.agreement.plural
    known = word in _LINKS or re.match(r"[dlnsq]u?’|jusqu’|lorsqu’|[A-ZÉÀ0-9«(]", word) is not None
    if not heard["qui"] and (not subject or (known and not heard["clitics"])):
        return ""
    if _is_adverb(word):
        return ""
    if plural != _is_plural_verb(word):
        return f"{heard['clitics']}{word}"
    return _attribute(word, heard["after"], phrase) or (_second_verb(heard["after"]) if plural else "")


#: Verbs of the first group that clauses put second: « les communes supportent l'entretien et veillent… ».
_SECOND = _words(
    "veille organise impose fixe informe procède délivre souscrit répond assure déclare adresse verse remet"
)


def _second_verb(after: str) -> str:
    """The second verb of a plural subject, left in the singular: « … et veille au respect »."""
    for found in re.finditer(rf"(?:,| et|,? puis) +{_CLITICS}(\w+)\b", after):
        if found[1] in _SECOND:
            return found[0].strip()
    return ""


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or word.endswith(("ement", "amment", "emment", "iment"))


def _is_plural_verb(word: str) -> bool:
    """« engagent », « ont », « sont »; « comment » and « notamment » are none."""
    return word.endswith(("ent", "ont")) and word not in VERBS


def _attribute(verb: str, after: str, phrase: NounPhrase) -> str:
    """The participle or adjective behind « est » or « sont » that does not agree."""
    if verb not in BE and verb not in BE.values():
        return ""
    words = [one for one in re.findall(r"[\w’-]+", after) if not _is_adverb(one) and one not in ("pas", "ni", "été")]
    if not words or words[0] in _LINKS or not _PARTICIPLE.fullmatch(words[0]):
        return ""
    found, plural, feminine = words[0], phrase.agreement.plural, phrase.agreement.feminine
    both = re.search(r"(?:able|ible|aire)s?$", found) is not None
    number, gender = found.endswith(("s", "x")) == plural, found.rstrip("sx").endswith("e") == feminine
    agrees = number and (gender or both)
    return "" if agrees else f"{verb} {found}"


_PARTICIPLE = re.compile(r"\w+(?:(?:é|i|u|nt|it|is|ert)e?|able|ible|aire)s?")
#: What makes of the following term a complement: « l'accord de la Région est recueilli ».
_COMPLEMENT = re.compile(r"\b(?:de|à|par|pour|avec|sans|sur|chez|contre|envers) $|\b(?:d|qu)’$", re.IGNORECASE)
