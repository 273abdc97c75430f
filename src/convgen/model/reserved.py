"""The reserved values of the formats, where a text is expected: « sans », « à compléter (indice) », « inconnu »."""

from __future__ import annotations

import re

from convgen.model.values import TextSource, Unknown
from convgen.source.nodes import folded
from convgen.source.yaml import PlacedText

_LONGEST = 400
_BLANK = re.compile(r"a completer\s*(?:\((?P<hint>.*)\))?\s*", re.DOTALL)


def is_none(text: PlacedText | None) -> bool:
    """« sans »: there is none. A quoted text is never reserved."""
    return text is not None and len(text) < 10 and not text.node.quoted and folded(text.strip()) == "sans"


def is_unknown(text: PlacedText | None) -> bool:
    """« inconnu »: of an act signed elsewhere, we do not have it."""
    return text is not None and len(text) < 12 and not text.node.quoted and folded(text.strip()) == "inconnu"


def blank(text: PlacedText | None, key: str) -> Unknown | None:
    """The blank that « à compléter (indice) » asks for, else None."""
    # Long texts are articles: folding them only to look at their first word would cost more than the rest.
    if text is None or text.node.quoted or text[:1] not in "àaÀA" or len(text) > _LONGEST:
        return None
    stripped = text.strip()
    found = _BLANK.fullmatch(folded(stripped))
    if found is None:
        return None
    hint = stripped[stripped.find("(") + 1 : stripped.rfind(")")] if found["hint"] is not None else ""
    return Unknown(key, hint.strip())


def source(text: PlacedText, what: str, clause: str = "") -> TextSource:
    """A text to compose, with the place of its first line; « à compléter » prints a blank, never these words."""
    unknown = blank(text, "")
    if unknown is not None:
        hint = (unknown.hint or "texte").replace("'", "’").replace("\\", "")
        return TextSource(f"{{{{ blanc('{hint}') }}}}", text.place, what, clause)
    return TextSource(str(text).rstrip("\n"), text.place, what, clause, text.indent)


def optional_source(text: PlacedText | None, what: str) -> TextSource | None:
    """The same, None for no text and for « sans »."""
    return None if text is None or is_none(text) else source(text, what)
