"""Names of organismes as they may be typed by hand: whole, short, acronym, former; without their article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from convgen.errors import Report
from convgen.model.files import Asked, Files
from convgen.model.resolved import Party

_ARTICLE = re.compile(r"^(?:l'|(?:les?|la)\s+)", re.IGNORECASE)


def flat(text: str) -> str:
    """The text without accents, its spaces and apostrophes plain, every letter at its place."""
    return "".join(map(_plain, text))


def _plain(letter: str) -> str:
    if letter in "\u00a0\u202f\t":
        return " "
    if letter in "\u2019\u02bc":
        return "'"
    bare = unicodedata.normalize("NFD", letter)[:1]
    return bare if bare.isalpha() else letter


def bare_name(name: str) -> str:
    """« Ville de Nice », of « la Ville de Nice »."""
    return _ARTICLE.sub("", " ".join(flat(name).split())).strip(" \u00ab\u00bb\"'")


def names_of_party(party: Party) -> Iterator[str]:
    """Every name of a party in its act, without articles; none for a place that nobody holds yet."""
    if party.blank:
        return
    found = (str(party.name), str(party.short), party.details.get("sigle", ""), party.details.get("ancien", ""))
    yield from _bare(found)


def names_of_organisme(files: Files, name: str) -> frozenset[str]:
    """Every name that an organisme bears or bore, without articles; none for one that cannot be read."""
    loaded = files.organisme(name, Asked(), Report())
    model = loaded.model if loaded is not None else None
    if model is None:
        return frozenset()
    found = [model.nom, model.court, model.sigle, model.ancien]
    for one in model.noms or ():
        found += [one.nom, one.court, one.sigle, one.ancien]
    return frozenset(_bare(str(one) for one in found if one))


def _bare(names: Iterable[str]) -> Iterator[str]:
    return (bare for one in names if len(bare := bare_name(one)) > 1)
