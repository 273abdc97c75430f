"""The events of libyaml, or of PyYAML's own parser where libyaml is absent, behind one typed face."""

from __future__ import annotations

import importlib
from typing import Protocol, cast

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class Mark(Protocol):
    """A position, from 0."""

    line: int
    column: int


class Event(Protocol):
    """What the two parsers yield; each kind has the attributes of that kind."""

    start_mark: Mark
    end_mark: Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    flow_style: bool
    version: object
    tags: object


class EventParser(Protocol):
    """A source of events."""

    def get_event(self) -> Event | None:
        """The next one; None after the last."""
        ...


class _PureParser(Reader, Scanner, Parser):
    """The events of PyYAML's own parser."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def parse_events(text: str) -> EventParser:
    """The events of a text, by libyaml where PyYAML was built with it."""
    # Reached by name: the bindings exist only where PyYAML was built with libyaml, and their stubs say little.
    try:
        native = importlib.import_module("yaml.cyaml").CParser
    except (ImportError, AttributeError):
        native = _PureParser
    return cast(EventParser, native(text))


def ends(event: Event) -> bool:
    """Whether it closes a mapping or a list."""
    kind: type = type(event)
    return kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent


def next_event(parser: EventParser) -> Event:
    """The next event of a document that is not over."""
    event = parser.get_event()
    if event is None:
        raise yaml.YAMLError("fin de fichier inattendue")
    return event
