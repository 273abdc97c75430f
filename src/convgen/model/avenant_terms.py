"""Terms that take the place of others: a pair as typed becomes its explicit inflections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from convgen.errors import Place, Report
from convgen.model.avenant_types import TermChange
from convgen.model.schema.avenant import Modifications, Termes
from convgen.source.nodes import MappingNode, PlacedText

_TERM = re.compile(r"[^\W\d_][\w’'-]*(?: [^\W_][\w’'-]*)*")
#: The words after which a group keeps its form in the plural: « bénéficiaires du RSA ».
_LINKS = frozenset(("de", "du", "des", "d", "à", "au", "aux", "en", "pour", "par", "sur", "et", "ou", "dans", "sans"))
#: Plurals that no rule gives (Grevisse, Le Bon Usage, § 523 sqq.).
_PLURALS = {
    **dict.fromkeys(("bal", "carnaval", "festival", "récital", "régal", "bleu", "pneu", "landau"), "s"),
    **dict.fromkeys(("bijou", "caillou", "chou", "genou", "hibou", "joujou", "pou"), "x"),
}
_WHOLE = {"travail": "travaux", "bail": "baux", "vitrail": "vitraux", "œil": "yeux"}


def plural(term: str) -> str:
    """The plural of a noun and of the adjectives that follow it, up to a preposition."""
    words = term.split(" ")
    made: list[str] = []
    for rank, word in enumerate(words):
        head = re.split(r"[’']", word)[0].casefold()
        if rank and (head in _LINKS or word.casefold() in _LINKS):
            return " ".join([*made, *words[rank:]])
        made.append(_plural(word))
    return " ".join(made)


def _plural(word: str) -> str:
    if word in _WHOLE:
        return _WHOLE[word]
    if word in _PLURALS:
        return word + _PLURALS[word]
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("au", "eu")) else "s")


def term_changes(changes: Modifications | None, known: frozenset[str], report: Report) -> tuple[TermChange, ...]:
    """The pairs of `termes`, singular and plural; what the jurist types wins over what is derived.

    Args:
        changes: the modifications.
        known: the ids of the articles and annexes of the convention, for `sauf`.
        report: receives AVE-18.
    """
    terms = changes.termes if changes is not None else None
    typed = {_folded(old): old for old in terms or {}}
    found = []
    for old, change in (terms or {}).items():
        place = _place(changes, old)
        new = str(change if isinstance(change, PlacedText) else change.par).strip()
        problem = _problem(old.strip(), new)
        if problem:
            remedy = "Écrivez le terme et celui qui le remplace : « bénévole: volontaire »."
            report.error("AVE-18", problem, place, f"modifications.termes.{old}", remedy=remedy)
            continue
        pairs = tuple(_pairs(old.strip(), new, change, typed))
        found.append(TermChange(pairs, tuple(_exceptions(change, known, report)), place))
    return tuple(found)


def _folded(term: str) -> str:
    return term.strip().casefold().replace("’", "'")


def _place(changes: Modifications | None, old: str) -> Place | None:
    node = changes.node_of("termes") if changes is not None else None
    return node.key_place(old) if isinstance(node, MappingNode) else None


def _problem(old: str, new: str) -> str:
    for term in (old, new):
        if not _TERM.fullmatch(term):
            return f"« {term} » n'est pas un terme : un terme est fait de mots"
    return f"« {old} » serait remplacé par lui-même" if _folded(old) == _folded(new) else ""


def _pairs(old: str, new: str, change: PlacedText | Termes, typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield old, new
    own = change if isinstance(change, Termes) else None
    olds = str(own.pluriel) if own is not None and own.pluriel is not None else plural(old)
    news = str(own.pluriel_nouveau) if own is not None and own.pluriel_nouveau is not None else plural(new)
    if _folded(olds) != _folded(old) and _folded(olds) not in typed:
        yield olds, news


def _exceptions(change: PlacedText | Termes, known: frozenset[str], report: Report) -> Iterator[str]:
    for name in change.sauf or () if isinstance(change, Termes) else ():
        if str(name) in known:
            yield str(name)
        else:
            remedy = f"Articles et annexes : {', '.join(sorted(known))}."
            message = f"« {name} » n'est ni un article ni une annexe de la convention"
            report.error("AVE-18", message, name.place, "modifications.termes", remedy=remedy)
