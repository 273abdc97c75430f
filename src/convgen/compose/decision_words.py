"""How the words of a decision typed by hand follow those that open it."""

from __future__ import annotations

import re
from dataclasses import replace

from convgen.french.clauses import is_clause, opened_by_de, opened_by_que, uncapitalised
from convgen.french.grammar import capitalise
from convgen.model.values import TextSource

#: What « proposant : » may go on with: an infinitive or a noun phrase.
_PROPOSED = re.compile(r"(?:de|du|des|le|la|les|une?|à|au|aux|son|sa|ses|leurs?)[ \u00a0]|[dl]['\u2019]|[{*_«]")


def opened(subject: TextSource, *, listed: bool) -> TextSource:
    """« de nommer » or « qu'il est créé » after « Décide : »; a capital when the decision is a paragraph of its own."""
    text = subject.text.strip()
    if not listed:
        return replace(subject, text=capitalise(text) if text[:1].isalpha() else text)
    text = opened_by_de(uncapitalised(text))
    return replace(subject, text=opened_by_que(text) if is_clause(text) else text)


def may_be_proposed(subject: TextSource) -> bool:
    """Whether a decision can follow « proposant : » as it stands."""
    text = opened(subject, listed=True).text
    return _PROPOSED.match(text) is not None and not is_clause(text)
