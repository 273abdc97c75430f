"""The known name that somebody meant: every remedy for an unknown name is made here."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name without case and accents, to compare names as people do."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_SHORT = 2


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that the typist probably meant, or None."""
    by_fold = {fold(one): one for one in known}
    found = difflib.get_close_matches(fold(name), by_fold, n=1, cutoff=0.65)
    if not found and len(name) > _SHORT:
        # The beginning of a long name, typed by someone in a hurry.
        found = sorted((one for one in by_fold if one.startswith(fold(name))), key=len)
    return by_fold[found[0]] if found else None


def slip(name: str, known: Iterable[str]) -> str:
    """The known name of which this one is a misspelling, close enough to be sure; empty when there is none."""
    by_fold = {fold(one): one for one in known}
    found = difflib.get_close_matches(fold(name), by_fold, n=1, cutoff=0.8)
    return by_fold[found[0]] if found else ""


def suggest(name: str, known: Iterable[str], label: str = "Noms possibles", otherwise: str = "") -> str:
    """The remedy for an unknown name: the nearest one, else the list of possible ones (12 at most).

    When there is none at all it is `otherwise`, or says that there is none.
    """
    known = sorted(known)
    near = nearest(name, known)
    if near is not None:
        return f"Vouliez-vous dire « {near} » ?"
    if not known:
        return otherwise or f"{label} : aucun pour l'instant."
    more = f" … ({len(known)} en tout)" if len(known) > 12 else ""
    return f"{label} : {', '.join(known[:12])}{more}."
