"""Defined terms typed by hand: « le Département » in a definition is the party, not three words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from convgen.acte.nodes import Text, Value
from convgen.french.typography import typeset
from convgen.model.resolved import Party

_CONTRACTED = "du|au|des|aux|Du|Au|Des|Aux"
_ARTICLES = "le |la |les |l\u2019|Le |La |Les |L\u2019"


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The defined terms of an act: (noun, key, organisme) of each party that has one.

    Acts with the same terms share one object (`terms_of`), by which what was made of a text is found again.
    """

    entries: tuple[tuple[str, str, str], ...]

    def cut(self, text: str) -> Iterator[Text | Value]:
        """The text with its defined terms as values; the words do not change."""
        by_noun = {noun: (key, organisme) for noun, key, organisme in self.entries}
        end = 0
        for found in _pattern(self.entries).finditer(text):
            key, organisme = by_noun[found["noun"]]
            start = found.start("noun") if found["joined"] else found.start()
            if start > end:
                yield Text(text[end:start])
            end = found.end()
            yield Value("partie", key, organisme, text[start:end])
        if end < len(text):
            yield Text(text[end:])


@lru_cache(maxsize=256)
def _pattern(entries: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    # longest first; « le Département des Alpes-Maritimes » is the name of the entity, not the term
    nouns = "|".join(re.escape(noun) for noun, _, _ in sorted(entries, key=lambda entry: -len(entry[0])))
    after = "(?![\\w-]|[ \u00a0](?:de|des|du)\\b|[ \u00a0]d\u2019)"
    return re.compile(f"(?<!\\w)(?:(?P<joined>{_CONTRACTED}) |(?:{_ARTICLES}))(?P<noun>{nouns}){after}")


def terms_of(parties: Iterable[Party]) -> Terms | None:
    """The terms of an act, None when it defines none."""
    entries = tuple(
        (typeset(party.designation.noun), f"parties.{party.key}", party.organisme)
        for party in parties
        if party.designation is not None and party.designation.determiner
    )
    return _terms(entries) if entries else None


@lru_cache(maxsize=256)
def _terms(entries: tuple[tuple[str, str, str], ...]) -> Terms:
    return Terms(entries)
