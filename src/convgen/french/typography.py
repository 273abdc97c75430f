"""French typography of printed text: no-break spaces, apostrophes, quotes, raised endings.

After the Lexique des règles typographiques en usage à l'Imprimerie nationale. Codes, addresses and protected spans are
left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from convgen.french.calendar_fr import MONTHS
from convgen.french.numbers import NO_BREAK, SPACES, THIN

_S = f"[{SPACES}]"
# What stands for a protected span while the rules run; it cannot occur in an XML text.
_MARK = "\x00"
# A private-use character may stand for a value: it behaves as a word.
_ATOM = "\ue000-\uf8ff\U000f0000-\U0010fffd\x00"
_WORD = rf"[\w)\]»’…%€°*{_ATOM}]"

_PROTECTED = re.compile(
    rf"""
    \x00
    | (?:https?://|www\.)[^\s<>«»"]*[^\s<>«»".,;:!?)\]…’']            # address of a page
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                    # e-mail
    | `[^`]*`
    | \b[A-Z]{{2}}[0-9]{{2}}(?:{_S}?[A-Z0-9]{{4}}){{3,7}}(?:{_S}?[A-Z0-9]{{1,3}})?\b   # IBAN
    | \b[0-9]{{3}}{_S}[0-9]{{3}}{_S}[0-9]{{3}}{_S}[0-9]{{5}}\b        # SIRET
    | (?<=SIREN[ \u00a0])[0-9]{{3}}{_S}[0-9]{{3}}{_S}[0-9]{{3}}\b
    | (?<=RCS[ \u00a0])[0-9]{{3}}{_S}[0-9]{{3}}{_S}[0-9]{{3}}\b
    | \b[0-9]{{1,2}}:[0-9]{{2}}\b                                     # time
    | \b[\w-]+(?:\.[\w-]+)*\.(?:docx?|xlsx?|pdf|ya?ml|txt|csv|html?|odt|png|jpe?g|zip)\b   # file name
    """,
    re.VERBOSE,
)
_MAY_BE_PROTECTED = re.compile(
    rf"[\x00@`]|://|www\.|[0-9]:[0-9]|[0-9]{{3}}{_S}[0-9]{{3}}{_S}[0-9]{{3}}|[A-Z]{{2}}[0-9]{{2}}|\.[a-z]{{2}}"
)

# What follows a number and stays on its line: a month or a unit.
_AFTER_NUMBER = "|".join(MONTHS) + (
    "|jours?|mois|ans?|années?|semaines?|heures?|minutes?|euros?|centimes?|millions?|milliards?|kilomètres?|mètres?"
)
_DIVISIONS = (
    "article", "articles", "art.", "annexe", "annexes", "alinéa", "alinéas", "chapitre", "chapitres", "titre", "titres",
    "section", "sections", "paragraphe", "paragraphes", "page", "pages", "p.", "§", "volet", "volets", "lot", "lots",
    "axe", "axes", "fiche", "fiches", "phase", "phases", "considérant", "considérants",
)  # fmt: skip
_AFTER_DIVISION = "|".join(rf"(?<=(?<!\w){re.escape(word)}.)" for word in _DIVISIONS)

_Rule = tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _thousands(found: re.Match[str]) -> str:
    return re.sub(_S, THIN, found[0])


_DIGITS = tuple("0123456789")

# Each rule: the strings one of which must be there, the pattern, what replaces it.
# The order matters: quotes first make guillemets, which the next rules then space. Patterns begin with a plain
# character class, and look behind from there: the engine then skips to the few places that can match.
_RULES: tuple[_Rule, ...] = (
    (("'",), re.compile("'"), "’"),
    (("...",), re.compile(r"(?<!\.)\.{3}(?!\.)"), "…"),
    (('"',), re.compile(r'(?<!")"([^"\n]*[^"\s][^"\n]*)"(?!")'), r"«\1»"),
    (("«",), re.compile(rf"«{_S}*"), "«" + NO_BREAK),
    (("»",), re.compile(rf"{_S}*»"), NO_BREAK + "»"),
    ((";", "!", "?"), re.compile(rf"{_S}+([;!?]+)|(?<={_WORD})([;!?]+)"), rf"{THIN}\1\2"),
    ((":",), re.compile(rf"{_S}+:(?!:)|(?<={_WORD}):(?={_S}|$)", re.MULTILINE), NO_BREAK + ":"),
    (
        _DIGITS,
        re.compile(rf"[0-9](?<![\w,.].)(?<![0-9]{_S}.)[0-9]{{0,2}}(?:{_S}[0-9]{{3}})+(?!{_S}?[0-9])"),
        _thousands,
    ),
    (("%", "€", "‰"), re.compile(rf"(?<=[0-9{_ATOM}]){_S}*(?=[%‰]|[kM]?€)"), NO_BREAK),
    (("n°", "N°"), re.compile(rf"([Nn]°)(?<!\w..){_S}*(?=[\w{_ATOM}])"), r"\1" + NO_BREAK),
    (("nos", "Nos"), re.compile(rf"([Nn]os)(?<!\w...){_S}+(?=[0-9])"), r"\1" + NO_BREAK),
    (
        ("edex", "EDEX", "BP", "CS", "TSA"),
        re.compile(rf"\b(cedex|Cedex|CEDEX|BP|CS|TSA){_S}+(?=[0-9])"),
        r"\1" + NO_BREAK,
    ),
    (("M",), re.compile(rf"\b(M\.|MM\.|Mmes?|Mlles?|Mgr){_S}+(?=[A-ZÀ-Þ{_ATOM}])"), r"\1" + NO_BREAK),
    (
        (*_DIGITS, _MARK, "I", "V", "X", "L.", "R.", "D.", "A."),
        re.compile(rf"{_S}(?=[0-9\x00]|[LRDA]\.|[IVX]+\b)(?i:{_AFTER_DIVISION})"),
        NO_BREAK,
    ),
    (("L.", "R.", "D.", "A."), re.compile(rf"([LRDA]\.\*?){_S}+(?=[0-9])"), r"\1" + NO_BREAK),
    (_DIGITS, re.compile(rf"([0-9](?:er)?){_S}+(?=(?:{_AFTER_NUMBER})\b)"), r"\1" + NO_BREAK),
)


def typeset(text: str, protected: Sequence[tuple[int, int]] = ()) -> str:
    """Set a text in French typography; setting it twice changes nothing more.

    Args:
        text: A run of text. Private-use characters, which may stand for values, count as words.
        protected: Half-open spans (start, end) left as they are, such as a quotation of law; URLs, e-mails, IBAN,
            SIRET, times, file names and `code` are protected without asking.

    Returns:
        The text with ’ … « » and the right no-break spaces.
    """
    return _typeset(text) if not protected else _around(text, _merged([*protected, *_spans(text)]))


@lru_cache(maxsize=8192)
def _typeset(text: str) -> str:
    return _around(text, _spans(text))


def _spans(text: str) -> list[tuple[int, int]]:
    if not _MAY_BE_PROTECTED.search(text):
        return []
    return [found.span() for found in _PROTECTED.finditer(text)]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _around(text: str, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return _set(text)
    parts, kept, position = [], [], 0
    for start, end in spans:
        parts.append(text[position:start])
        kept.append(text[start:end])
        position = end
    parts.append(text[position:])
    pieces = _set(_MARK.join(parts)).split(_MARK)
    return "".join(piece + span for piece, span in zip(pieces, [*kept, ""], strict=True))


def _set(text: str) -> str:
    for needed, pattern, replacement in _RULES:
        # Most texts need few rules: a substring test costs a fiftieth of a search.
        if any(string in text for string in needed):
            text = pattern.sub(replacement, text)
    return text


_RAISED = re.compile(
    r"(?<![\w./-])(?:1(ers?|res?)|[0-9]+(es?|ers?|res?)|I(ers?|res?)|[IVX]+(es?))(?![\w°/@-])",
)


def exponents(text: str) -> list[tuple[str, bool]]:
    """Cut a text where ordinals are raised: « du 1er juin » → [(« du 1 », False), (« er », True), (« juin », False)].

    Raised: 1er, 1re, 2e, 3es, Ier, XXIe. The pieces put end to end are the text.
    """
    pieces: list[tuple[str, bool]] = []
    position = 0
    for found in _RAISED.finditer(text):
        start = found.start(found.lastindex or 0)
        pieces += [(text[position:start], False), (text[start : found.end()], True)]
        position = found.end()
    if not pieces:
        return [(text, False)]
    return [*pieces, (text[position:], False)] if position < len(text) else pieces


_PLAIN = str.maketrans({"’": "'", "‘": "'", "…": "...", "\u2011": "-"})


def plain(text: str) -> str:
    """The text without its typography, to compare: ordinary spaces one at a time, ' and ... of the typewriter."""
    return " ".join(text.translate(_PLAIN).split())
