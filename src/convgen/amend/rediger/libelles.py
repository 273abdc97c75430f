"""What a datum is called in a sentence: its label as a noun phrase, or nothing that people would understand."""

from __future__ import annotations

import re
from typing import Final

from convgen.french.elision import elide
from convgen.french.grammar import FEMININE_SINGULAR, GenderUnknown, NounPhrase, parse_noun_phrase

#: The nouns of data that the lexicon of parties and acts does not know.
_MASCULINE: Final = frozenset(
    (
        "taux", "tarif", "loyer", "plafond", "seuil", "terme", "solde", "coût", "effectif", "volume", "budget", "quota",
        "pourcentage", "prix", "total", "reste", "nom", "intitulé", "périmètre", "calendrier", "forfait", "barème",
        "ratio", "score", "rythme", "objectif", "nombre", "délai", "préavis", "terrain", "local", "lieu", "siège",
        "point", "poste", "acompte", "complément",
    )
)  # fmt: skip
_FEMININE: Final = frozenset(
    (
        "dotation", "redevance", "cotisation", "capacité", "quotité", "surface", "superficie", "dépense", "recette",
        "quote-part", "franchise", "pénalité", "fréquence", "prime", "remise", "jauge", "phase", "période", "part",
        "action", "mission", "somme", "avance", "salle", "année", "date", "liste", "adresse",
    )
)  # fmt: skip
_YEAR: Final = re.compile(r"(.+) \((\d{4})\)")
_WITH_ARTICLE: Final = re.compile(r"(?:les? |la |l['’]|une? |des )", re.IGNORECASE)


def noun_of(label: str, kind: str = "") -> NounPhrase:
    """The label of a datum as a noun phrase, in lower case inside a sentence: « le montant de la subvention ».

    What is counted is said so: « Centres d'activités » gives « le nombre de centres d'activités ».

    Args:
        label: The label that the datum is declared with, or its key as words.
        kind: The type of the datum.
    """
    text = _sentence_case(label.strip())
    year = _YEAR.fullmatch(text)
    text = f"{year[1]} pour {year[2]}" if year else text
    first = text.split(maxsplit=1)[0] if text else ""
    if kind == "nombre" and _is_plural(text, first):
        text = f"nombre {elide('de', text)}"
        first = "nombre"
    told = True if first in _FEMININE else False if first in _MASCULINE else None
    try:
        return parse_noun_phrase(text, feminine=told).definite
    except GenderUnknown:
        return NounPhrase("la", f"donnée « {label.strip()} »", FEMININE_SINGULAR)


def is_named(label: str, kind: str = "") -> bool:
    """Whether a label is a name that people understand: its gender is known, and it holds no part of a key."""
    said = noun_of(label, kind).noun
    return not set("«_(.") & set(said)


def _sentence_case(text: str) -> str:
    return text[0].lower() + text[1:] if text[:1].isupper() and (text[1:2].islower() or text[1:2] in "'’") else text


def _is_plural(text: str, first: str) -> bool:
    return first[-1:] in ("s", "x") and first not in _MASCULINE | _FEMININE and not _WITH_ARTICLE.match(text)
