"""Strict YAML with positions: texts stay texts, and nothing in a file runs.

Built on the events of libyaml (its compose step overflows the C stack on deep files), with PyYAML's own parser when
libyaml is absent. Only nothing, plain whole numbers and quotes are resolved; the schema types the rest.
"""

from __future__ import annotations

import re

import yaml

from convgen.errors import Place, Report
from convgen.source.events import Event, EventParser, Mark, ends, next_event, parse_events
from convgen.source.files import read_text
from convgen.source.mistakes import NO_BREAK, Problem, explain, quoted, without_comment
from convgen.source.nodes import (
    MappingNode,
    Node,
    PlacedDict,
    PlacedList,
    PlacedText,
    Scalar,
    SequenceNode,
    as_node,
    find,
    place_of,
    plain,
)
from convgen.source.silent import Watch

__all__ = [
    "MappingNode",
    "Node",
    "PlacedDict",
    "PlacedList",
    "PlacedText",
    "Scalar",
    "SequenceNode",
    "as_node",
    "find",
    "load_yaml",
    "place_of",
    "plain",
    "read_text",
]

MAX_DEPTH = 40
MAX_NODES = 100_000
MAX_PROBLEMS = 200
"""Reported in one file before the reading stops: beyond, the file is not what it should be."""

# 18 digits at most: longer ones are codes, and reading thousands of digits is slow.
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
# Line ends other than \n would shift our line numbers from the parser's; planes 15 and 16 are the engine's own marks.
_FORBIDDEN = re.compile("[^\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U000effff]")


class _TooBigError(Exception):
    """The file is deeper or longer than any act; carries the message and the place."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


def load_yaml(text: str, file: str, report: Report) -> Node | None:
    """Read one YAML document.

    Every problem goes to `report`; only a syntax error (or a file beyond the limits) stops the reading.

    Args:
        text: the file, its line ends may be of any kind.
        file: how messages name it.
        report: receives YAML-01 to YAML-09.

    Returns:
        None after an error that stopped the reading; a `Scalar` of value None for an empty file.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not _check_characters(text, file, report):
        return None
    builder = _Builder(text, lines, file, report)
    try:
        return builder.document(parse_events(text))
    except _TooBigError as error:
        report.error("YAML-09", error.message, error.place, remedy="Vérifiez le fichier, ou répartissez son contenu.")
    except yaml.MarkedYAMLError as error:
        found = explain(lines, file, _problem(error))
        # What was refused at the same place, an alias that is no alias, already says it.
        if found.place not in {one.place for one in report}:
            report.add(found)
    except yaml.YAMLError:
        remedy = "Vérifiez les guillemets, les accolades et les retraits du fichier."
        report.error("YAML-01", "Syntaxe YAML incorrecte", Place(file), remedy=remedy)
    return None


def _problem(error: yaml.MarkedYAMLError) -> Problem:
    mark, context = error.problem_mark, error.context_mark
    return Problem(
        mark.line if mark else 0,
        mark.column if mark else 0,
        context.line if context else None,
        context.column if context else 0,
        " ".join(part for part in (error.context, error.problem) if part),
    )


def _check_characters(text: str, file: str, report: Report) -> bool:
    found = _FORBIDDEN.search(text)
    if not found:
        return True
    start = found.start()
    place = Place(file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    report.error(
        "YAML-08",
        f"Caractère interdit (U+{ord(found[0]):04X})",
        place,
        cause="Ce caractère invisible ou réservé ne peut pas figurer dans un acte.",
        remedy="Effacez-le ; il vient souvent d'un copier-coller.",
    )
    return False


class _Builder:
    """Turns events into nodes. One per file; holds what the checks of each node need."""

    def __init__(self, text: str, lines: list[str], file: str, report: Report) -> None:
        self.lines = lines
        self.file = file
        self.report = report
        self.count = 0
        self.patience = len(report.diagnostics) + MAX_PROBLEMS
        self.watch = Watch(text, lines, file, report)
        self.escapes = "\\" in text

    def document(self, parser: EventParser) -> Node:
        """The node of the only document."""
        root: Node = Scalar("", Place(self.file), None)
        documents = 0
        while (event := parser.get_event()) is not None:
            kind: type = type(event)
            if kind is yaml.DocumentStartEvent:
                documents += 1
                self._document_start(event, documents)
            elif issubclass(kind, yaml.NodeEvent):
                node = self.node(parser, event, 0)
                root = node if documents == 1 else root
        if isinstance(root, Scalar):
            self.watch.glued(root, 0)
        return root

    def _document_start(self, event: Event, number: int) -> None:
        place = self.place(event.start_mark)
        if number == 2:
            self.report.error(
                "YAML-09",
                "Plusieurs documents YAML dans un fichier",
                place,
                cause="Une ligne « --- » commence un autre document.",
                remedy="Faites un fichier par document, ou retirez la ligne « --- ».",
            )
        if event.version or event.tags:
            self.report.error(
                "YAML-03", "Directive YAML refusée", place, remedy="Retirez la ligne qui commence par « % »."
            )

    def place(self, mark: Mark) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def node(self, parser: EventParser, event: Event, depth: int) -> Node:
        self.count += 1
        if len(self.report.diagnostics) > self.patience:
            raise _TooBigError(f"Plus de {MAX_PROBLEMS} problèmes dans ce fichier", self.place(event.start_mark))
        if self.count > MAX_NODES:
            raise _TooBigError("Fichier trop long", self.place(event.start_mark))
        kind: type = type(event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        if kind is yaml.AliasEvent:
            self._refuse(event, f"Alias YAML « *{event.anchor} » refusé", "*")
            return Scalar("", self.place(event.start_mark), None)
        if depth >= MAX_DEPTH:
            raise _TooBigError(f"Fichier trop profond (plus de {MAX_DEPTH} niveaux)", self.place(event.start_mark))
        if kind is yaml.SequenceStartEvent:
            return self.sequence(parser, event, depth)
        return self.mapping(parser, event, depth)

    def _refuse(self, event: Event, message: str, sign: str) -> None:
        line = self.lines[event.start_mark.line][event.start_mark.column :]
        value = without_comment(line)
        self.report.error(
            "YAML-03",
            message,
            self.place(event.start_mark),
            cause=f"« {sign} » en tête d'une valeur a un sens particulier en YAML.",
            remedy=f"Si c'est un texte, mettez-le entre guillemets : {quoted(value)}",
        )

    def _properties(self, event: Event) -> None:
        if event.anchor is not None:
            self._refuse(event, f"Ancre YAML « &{event.anchor} » refusée", "&")
        if event.tag is not None:
            self._refuse(event, f"Étiquette YAML « {event.tag} » refusée", "!")

    def scalar(self, event: Event) -> Scalar:
        mark, style, text = event.start_mark, event.style, event.value
        place = Place(self.file, mark.line + 1, mark.column + 1)
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        if style in ("'", '"'):
            if self.escapes and style == '"' and _FORBIDDEN.search(text):
                self.report.error("YAML-08", "Caractère interdit", place, remedy="Retirez la séquence « \\… ».")
                text = _FORBIDDEN.sub("", text)
            return Scalar(text, place, text, quoted=True)
        if style in ("|", ">"):
            return self.block(event, place)
        if event.end_mark.line in self.watch.hashed:
            self.watch.hash(event, place)
        return Scalar(text, place, self._resolve(text, place))

    def _resolve(self, text: str, place: Place) -> str | int | None:
        if not text or text in ("~", "null"):
            return None
        if self.watch.odd_spaces and text[0] in NO_BREAK:
            self.watch.odd_space(place)
        return int(text) if _INTEGER.fullmatch(text) else text

    def block(self, event: Event, place: Place) -> Scalar:
        """A `|` or `>` text: its first line follows the sign; the stripped columns are those of its first full line."""
        header = self.lines[event.start_mark.line][event.start_mark.column :]
        explicit = re.match(r"[|>][+-]?([1-9])", header)
        first = event.start_mark.line + 1
        number = first
        while number < len(self.lines) - 1 and not self.lines[number].strip():
            number += 1
        body = self.lines[number] if number < len(self.lines) else ""
        indent = len(body) - len(body.lstrip(" "))
        if explicit:
            # The sign counts from the parent's indentation; the text itself tells how many spaces remain.
            kept = next((line for line in event.value.split("\n") if line.strip()), "")
            indent -= len(kept) - len(kept.lstrip(" "))
        text_place = Place(self.file, first + 1, indent + 1)
        return Scalar(event.value, place, event.value, block=True, text_place=text_place, indent=indent)

    def sequence(self, parser: EventParser, event: Event, depth: int) -> SequenceNode:
        self._properties(event)
        items: list[Node] = []
        while not ends(inner := next_event(parser)):
            items.append(self.node(parser, inner, depth + 1))
        node = SequenceNode(tuple(items), self.place(event.start_mark))
        if event.flow_style:
            self.watch.flow_list(node)
        return node

    def mapping(self, parser: EventParser, event: Event, depth: int) -> MappingNode:
        self._properties(event)
        flow = event.flow_style
        start = event.start_mark
        unquoted = flow and self.lines[start.line].startswith("{{", start.column)
        if unquoted:
            self.watch.unquoted(start)
        # What stands inside an unquoted {{ … }} is no YAML: one message is enough.
        kept = len(self.report.diagnostics)
        entries: list[tuple[Scalar, Node]] = []
        while not ends(inner := next_event(parser)):
            key = self.node(parser, inner, depth + 1)
            value_event = next_event(parser)
            value = self.node(parser, value_event, depth + 1)
            if not isinstance(key, Scalar):
                self.watch.bad_key(key)
            else:
                if flow:
                    self.watch.valueless(key, value, inner, entries)
                self.watch.key(key, inner)
                self.watch.glued(value, key.place.line)
                entries.append((key, value))
        self.watch.duplicates(entries)
        if unquoted:
            del self.report.diagnostics[kept:]
        return MappingNode(tuple(entries), self.place(start))
