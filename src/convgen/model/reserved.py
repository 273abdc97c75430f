"""The reserved values of the formats, where a text is expected: « sans », « à compléter (indice) », « inconnu »."""

from __future__ import annotations

import re

from convgen.errors import fold
from convgen.model.values import TextSource, Unknown
from convgen.source.yaml import PlacedText

_BLANK = re.compile(r"a completer\s*(?:\((?P<hint>.*)\))?\s*", re.DOTALL)


def is_none(text: PlacedText | None) -> bool:
    """« sans »: there is none. A quoted text is never reserved."""
    return text is not None and not text.node.quoted and fold(text.strip()) == "sans"


def is_unknown(text: PlacedText | None) -> bool:
    """« inconnu »: of an act signed elsewhere, we do not have it."""
    return text is not None and not text.node.quoted and fold(text.strip()) == "inconnu"


def blank(text: PlacedText | None, key: str) -> Unknown | None:
    """The blank that « à compléter (indice) » asks for, else None."""
    if text is None or text.node.quoted:
        return None
    stripped = text.strip()
    found = _BLANK.fullmatch(fold(stripped))
    if found is None:
        return None
    hint = stripped[stripped.find("(") + 1 : stripped.rfind(")")] if found["hint"] is not None else ""
    return Unknown(key, hint.strip())


def source(text: PlacedText, what: str, clause: str = "") -> TextSource:
    """A text to compose, with the place of its first line."""
    return TextSource(str(text).rstrip("\n"), text.place, what, clause, text.indent)


def optional_source(text: PlacedText | None, what: str) -> TextSource | None:
    """The same, None for no text and for « sans »."""
    return None if text is None or is_none(text) else source(text, what)
