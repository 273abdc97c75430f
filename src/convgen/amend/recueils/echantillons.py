"""Samples of each kind of slot: what templates are tried with when a pack is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from convgen.acte.nodes import Text
from convgen.amend.recueils.emplacements import (
    NATURES,
    Joined,
    Kind,
    Listed,
    Named,
    New,
    Printed,
    Quoted,
    Several,
    Where,
    named,
    quoted,
)
from convgen.french.grammar import (
    FEMININE_SINGULAR,
    MASCULINE_PLURAL,
    MASCULINE_SINGULAR,
    Agreement,
    NounPhrase,
    parse_noun_phrase,
)

_ALINEAS: Final = (
    named("le deuxième alinéa de l'article 4"),
    named("l'unique alinéa de l'article 1er", feminine=False),
    Named(NounPhrase("les", "premier et second alinéas du point 3 de l'annexe 2", MASCULINE_PLURAL)),
    Named(NounPhrase("les", "deuxième à dernier alinéas de la désignation des parties", MASCULINE_PLURAL)),
    named("le second tableau de l'article 4.2"),
    named("le dernier alinéa"),
)
_DIVISIONS: Final = (
    named("l'article 4", current=True),
    named("l'article 1er"),
    named("l'article 17-1"),
    named("le chapitre II"),
    named("l'annexe 2"),
    named("le point 3 de l'annexe 2"),
    named("la désignation des parties", "dans"),
    named("le titre de la convention", "dans"),
    Named(parse_noun_phrase("l'article 4"), implicit=True),
    Named(parse_noun_phrase("l'annexe 2"), implicit=True),
)
_PLURALS: Final = (
    Named(NounPhrase("les", "articles 5 et 6", MASCULINE_PLURAL)),
    Named(NounPhrase("les", "articles 9.6 à 9.9", MASCULINE_PLURAL), current=True),
)
_PLACES: Final = (
    Several((_DIVISIONS[0],)),
    Several((_ALINEAS[0],)),
    Several((_DIVISIONS[1], _ALINEAS[0])),
    Several((_DIVISIONS[7], _DIVISIONS[6], named("le bloc de signature", "dans"))),
    Several(tuple(named(f"le {rank} alinéa de l'article 2") for rank in ("premier", "vingt et unième", "dernier"))),
)
_SAMPLES: Final[Mapping[Kind, tuple[object, ...]]] = {
    Kind.ALINEAS: _ALINEAS,
    Kind.DIVISION: _DIVISIONS,
    Kind.PLURAL: (_DIVISIONS[1], _DIVISIONS[5], *_PLURALS),
    Kind.PLACE: (_DIVISIONS[1], _ALINEAS[0], _DIVISIONS[7]),
    Kind.PLACES: _PLACES,
    Kind.ROWS: (
        named("la troisième ligne (« Solde ») du tableau de l'article 4.2"),
        named("la dernière ligne du second tableau de l'article 4"),
        Named(NounPhrase("les", "deuxième et troisième lignes du tableau", Agreement(True, True))),
    ),
    Kind.TABLE: (named("le tableau de l'article 4.2"), named("le second tableau de l'annexe 1")),
    Kind.COUNT: (1, 3),
    Kind.RANK: (2, 21),
    Kind.WORDS: (
        quoted("bilan"),
        quoted("un salarié", "mots"),
        quoted("48 000 €", "somme"),
        quoted("31 janvier 2026", "date"),
    ),
    Kind.TERMS: (Quoted(((Text("adhérent"),), (Text("adhérents"),)), NATURES["mots"]),),
    Kind.NEW: (
        New("un article 3-1", "d'un article 3-1", MASCULINE_SINGULAR),
        New("deux articles 3-1 et 3-2", "de deux articles 3-1 et 3-2", MASCULINE_PLURAL),
        New("une annexe 3", "d'une annexe 3", FEMININE_SINGULAR),
        New("un article 3.3 et un chapitre II-1", "d'un article 3.3 et d'un chapitre II-1", MASCULINE_PLURAL),
    ),
    Kind.TARGET: (named("l'article 5"), named("le point 4")),
    Kind.TARGETS: (Named(NounPhrase("les", "articles 9.5 à 9.8", MASCULINE_PLURAL)),),
    Kind.WHERE: (Where("après l'article 5"), Where("avant l'article 1er"), Where("à la fin du chapitre II")),
    Kind.JOINED: (Joined("1"),),
    Kind.SCOPE: ("l'ensemble de la convention et de ses annexes", "l'ensemble du contrat"),
    Kind.TEXT: ("52 000 €", "un texte"),
    Kind.VERB: ("est porté", "est ramené"),
    Kind.FLAG: (True, False),
    Kind.DATUM: (named("le montant de la subvention"), named("la durée de la convention")),
    Kind.VALUE: (Printed("48 000 €"), Printed("31 janvier 2026")),
    Kind.SPAN: ("de mars à mai 2024", "du 4 mars au 15 mai 2024"),
    Kind.LIST: (Listed(("de modifier l'article 4",)),),
}


def samples(kind: Kind) -> tuple[object, ...]:
    """Values that a slot of this kind may take: what templates are tried with."""
    return _SAMPLES[kind]
