"""Who signs, and in whose name, as typed by hand beside an act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from convgen.compose.hand_names import flat
from convgen.errors import Report
from convgen.model.deliberation_types import ResolvedDeliberation
from convgen.model.files import Asked, Files

_MASK: Final = "\ufffc"
_ALLOWED: Final = re.compile(
    r"\b(?:autoris|habilit|charg|mandat)\w*\s+(?P<who>(?:l[ea]s?\s+|l'|Mme\s|M\.\s|Madame\s|Monsieur\s)[^,;:\n]{1,120}?)"
    r"\s*,?\s+(?:a|de)\s+(?:sign|conclu|pass)\w+",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"\bau\s+nom\s+(?:et\s+pour\s+le\s+compte\s+)?(?:du\s+|des\s+|de\s+la\s+|de\s+l'|de\s+|d')")
_ON_BEHALF: Final = re.compile(r"\bpour\s+le\s+compte\s+(?:du\s+|des\s+|de\s+la\s+|de\s+l'|de\s+|d')")
_STOP: Final = re.compile(r"[,;:.()\n]|\s(?:et|pour|avec|a|au|la|le|les|l'|tout|toute|tous|toutes|dans|en)\s")
_SIGNING: Final = re.compile(r"\b(?:sign|conclu|pass|interven)\w*", re.IGNORECASE)
#: Who presides over or executes for a local body, and for the State: a body that has one has no other of these.
_HEADS: Final = re.compile(
    r"\b(?:(?P<maire>maires?)|(?P<president>presidente?s?)|(?P<prefet>prefete?s?)|(?P<recteur>rect(?:eur|rice)s?))\b",
    re.IGNORECASE,
)
#: Bodies that a capital or their noun alone names.
_BODIES: Final = frozenset(
    (
        "association", "agglomeration", "caisse", "collectivite", "commune", "communaute", "departement", "etat",
        "etablissement", "metropole", "office", "region", "societe", "syndicat", "ville",
    )
)  # fmt: skip
#: Words that stand for the body that decides, whatever its name.
_OURS: Final = frozenset(("collectivite", "assemblee", "conseil", "celui-ci", "celle-ci", "celui", "celle"))


@dataclass(frozen=True, slots=True)
class Wrong:
    """Words that name another than the one who signs (`who`) or than the body that decides."""

    words: str
    who: bool


def capacities_of(d: ResolvedDeliberation, files: Files) -> tuple[str, ...]:
    """The capacities of the one who signs, and of all those who may sign for the body."""
    loaded = files.organisme(d.organisme, Asked(), Report()) if d.organisme else None
    people = loaded.model.representants if loaded is not None and loaded.model is not None else None
    found = [str(one) for person in (people or {}).values() for one in person.qualite]
    if d.signatory is not None:
        found += [*d.signatory.person.capacities, d.signatory.person.signing_capacity or ""]
    return tuple(found)


def wrong_signing(said: str, capacities: Iterable[str], names: Iterable[str]) -> Iterator[Wrong]:
    """Who is said to sign and cannot, and in whose name it cannot be.

    Args:
        said: the words typed by hand.
        capacities: those of the people who may sign for the body: « maire », « première adjointe ».
        names: those of the body that decides, without article.
    """
    plain = flat(said)
    held = {kind for one in capacities for found in _HEADS.finditer(flat(one)) if (kind := found.lastgroup)}
    for found in _ALLOWED.finditer(plain):
        head = _HEADS.search(found["who"])
        if head is not None and held and head.lastgroup not in held:
            start = found.start("who")
            yield Wrong(said[start : found.end("who")].strip(), True)
    known = [flat(one).casefold() for one in names]
    for pattern in (_NAMED, _ON_BEHALF):
        for found in pattern.finditer(plain):
            if not _SIGNING.search(plain, 0, found.start()) and not _SIGNING.search(plain, found.end()):
                continue
            stop = _STOP.search(plain, found.end())
            end = stop.start() if stop is not None else len(plain)
            if known and not _is_ours(plain[found.end() : end], known):
                yield Wrong(said[found.end() : end].strip(), False)


def _is_ours(name: str, known: Iterable[str]) -> bool:
    words = name.strip().casefold()
    if not words or _MASK in words:
        return True
    first = words.split()[0]
    if first in _OURS or any(_begins(words, one) or one.startswith(words) for one in known):
        return True
    # « au nom de la solidarité » names no body.
    return not (name.strip()[:1].isupper() or first in _BODIES)


def _begins(words: str, name: str) -> bool:
    """Whether words begin with a name; « Commune de Nice » is not « Commune »."""
    return words == name or (words.startswith(f"{name} ") and (" " in name or name not in _BODIES))
