"""Strict YAML with positions: texts stay texts, and nothing in a file runs.

Built on the events of libyaml (its compose step overflows the C stack on deep files), with PyYAML's own parser when
libyaml is absent. Only nothing, plain whole numbers and quotes are resolved; the schema types the rest.
"""

from __future__ import annotations

import importlib
import re
from typing import Protocol, cast

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from convgen.errors import Diagnostic, Place, Report
from convgen.source.files import read_text
from convgen.source.mistakes import (
    NO_BREAK,
    Problem,
    explain,
    is_placeholder,
    odd_space_mistake,
    quoted,
    rewriting,
    without_comment,
)
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
    folded,
    place_of,
    plain,
)

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

# 18 digits at most: longer ones are codes, and reading thousands of digits is slow.
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
# Line ends other than \n would shift our line numbers from the parser's; planes 15 and 16 are the engine's own marks.
_FORBIDDEN = re.compile("[^\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U000effff]")
_HASH = re.compile(r"^.*(?:\s#[^\s#]).*$", re.MULTILINE)
_GLUED_KEY = re.compile(r"([^\W\d]\w*):(?!//)(\S.*)")


class _Mark(Protocol):
    """A position, from 0."""

    line: int
    column: int


class _Event(Protocol):
    """What the two parsers yield; each kind has the attributes of that kind."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    flow_style: bool
    version: object
    tags: object


class _Parser(Protocol):
    def get_event(self) -> _Event | None: ...


class _PureParser(Reader, Scanner, Parser):
    """The events of PyYAML's own parser."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def _parser(text: str) -> _Parser:
    # Reached by name: the bindings exist only where PyYAML was built with libyaml, and their stubs say little.
    try:
        native = importlib.import_module("yaml.cyaml").CParser
    except (ImportError, AttributeError):
        native = _PureParser
    return cast(_Parser, native(text))


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
        return builder.document(_parser(text))
    except _TooBigError as error:
        report.error("YAML-09", error.message, error.place, remedy="Répartissez le contenu en plusieurs fichiers.")
    except yaml.MarkedYAMLError as error:
        found = explain(lines, file, _problem(error))
        # What was refused at the same place, an alias that is no alias, already says it.
        if found.place not in {one.place for one in report}:
            report.add(found)
    except yaml.YAMLError as error:
        report.error("YAML-01", "Syntaxe YAML incorrecte", Place(file), cause=f"Le lecteur YAML dit : {error}.")
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
        # Scanned once over the whole text, so that the check of each scalar costs a set lookup.
        self.hashed = {text.count("\n", 0, found.start()) for found in _HASH.finditer(text)}
        self.escapes = "\\" in text
        self.odd_spaces = any(char in text for char in NO_BREAK)
        self.questions = "? " in text or "?\n" in text

    def document(self, parser: _Parser) -> Node:
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
            self._glued(root, 0)
        return root

    def _document_start(self, event: _Event, number: int) -> None:
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

    def place(self, mark: _Mark) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def node(self, parser: _Parser, event: _Event, depth: int) -> Node:
        self.count += 1
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

    def _refuse(self, event: _Event, message: str, sign: str) -> None:
        line = self.lines[event.start_mark.line][event.start_mark.column :]
        value = without_comment(line)
        self.report.error(
            "YAML-03",
            message,
            self.place(event.start_mark),
            cause=f"« {sign} » en tête d'une valeur a un sens particulier en YAML.",
            remedy=f"Si c'est un texte, mettez-le entre guillemets : {quoted(value)}",
        )

    def _properties(self, event: _Event) -> None:
        if event.anchor is not None:
            self._refuse(event, f"Ancre YAML « &{event.anchor} » refusée", "&")
        if event.tag is not None:
            self._refuse(event, f"Étiquette YAML « {event.tag} » refusée", "!")

    def scalar(self, event: _Event) -> Scalar:
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
        if event.end_mark.line in self.hashed:
            self._hash(event, place)
        return Scalar(text, place, self._resolve(text, place))

    def _resolve(self, text: str, place: Place) -> str | int | None:
        if not text or text in ("~", "null"):
            return None
        if self.odd_spaces and text[0] in NO_BREAK:
            self._odd_space(place)
        return int(text) if _INTEGER.fullmatch(text) else text

    def _odd_space(self, place: Place) -> None:
        mistake = odd_space_mistake(place.column - 1)
        self.report.error(mistake.code, mistake.message, place, cause=mistake.cause, remedy=mistake.remedy)

    def block(self, event: _Event, place: Place) -> Scalar:
        """A `|` or `>` text: its first line follows the sign; the stripped columns are those of its first full line."""
        header = self.lines[event.start_mark.line][event.start_mark.column :]
        explicit = re.match(r"[|>][+-]?([1-9])", header)
        first = event.start_mark.line + 1
        body = next((line for line in self.lines[first:] if line.strip()), "")
        indent = len(body) - len(body.lstrip(" "))
        if explicit:
            # The sign counts from the parent's indentation; the text itself tells how many spaces remain.
            kept = next((line for line in event.value.split("\n") if line.strip()), "")
            indent -= len(kept) - len(kept.lstrip(" "))
        text_place = Place(self.file, first + 1, indent + 1)
        return Scalar(event.value, place, event.value, block=True, text_place=text_place, indent=indent)

    def _hash(self, event: _Event, place: Place) -> None:
        rest = self.lines[event.end_mark.line][event.end_mark.column :]
        found = re.match(r"(\s+)#[^\s#]", rest)
        if not found:
            return
        whole = event.value + rest.rstrip()
        self.report.error(
            "YAML-07",
            "« # » collé à un mot : la fin de la valeur est perdue",
            Place(self.file, event.end_mark.line + 1, event.end_mark.column + len(found[1]) + 1),
            cause="Après une espace, « # » commence un commentaire.",
            remedy=f"Mettez la valeur entre guillemets : {quoted(whole.strip())} ; "
            "pour un commentaire, tapez une espace après « # ».",
        )

    def sequence(self, parser: _Parser, event: _Event, depth: int) -> SequenceNode:
        self._properties(event)
        items: list[Node] = []
        while not _ends(inner := _next(parser)):
            items.append(self.node(parser, inner, depth + 1))
        node = SequenceNode(tuple(items), self.place(event.start_mark))
        if event.flow_style:
            self._flow_list(node)
        return node

    def _flow_list(self, node: SequenceNode) -> None:
        match node.items:
            case (Scalar(text=text, quoted=False),) if is_placeholder(text):
                self.report.error(
                    "YAML-05",
                    f"« [{text}] » est lu comme une liste",
                    node.place,
                    cause="Des crochets sans guillemets font une liste.",
                    remedy="Pour un blanc, écrivez : à compléter (indice) ; pour un texte entre crochets, "
                    f"écrivez : {quoted(f'[{text}]')}",
                )

    def mapping(self, parser: _Parser, event: _Event, depth: int) -> MappingNode:
        self._properties(event)
        flow = event.flow_style
        start = event.start_mark
        unquoted = flow and self.lines[start.line].startswith("{{", start.column)
        if unquoted:
            self._unquoted(start)
        # What stands inside an unquoted {{ … }} is no YAML: one message is enough.
        kept = len(self.report.diagnostics)
        entries: list[tuple[Scalar, Node]] = []
        while not _ends(inner := _next(parser)):
            key = self.node(parser, inner, depth + 1)
            value_event = _next(parser)
            value = self.node(parser, value_event, depth + 1)
            if not isinstance(key, Scalar):
                self._bad_key(key)
            else:
                if flow:
                    self._valueless(key, value, inner, entries)
                self._key(key, inner)
                self._glued(value, key.place.line)
                entries.append((key, value))
        self._duplicates(entries)
        if unquoted:
            del self.report.diagnostics[kept:]
        return MappingNode(tuple(entries), self.place(start))

    def _unquoted(self, mark: _Mark) -> None:
        line = self.lines[mark.line]
        found = re.match(r"\s*(?:- +)*([^:]*?)\s*:\s+$", line[: mark.column])
        value = without_comment(line[mark.column :])
        self.report.error(
            "YAML-05",
            "Valeur à mettre entre guillemets",
            self.place(mark),
            cause="Une valeur qui commence par « {{ » doit être entre guillemets.",
            remedy=rewriting(found[1] if found else "", value),
        )

    def _bad_key(self, key: Node) -> None:
        if self.lines[key.place.line - 1].startswith("{{", key.place.column - 1):
            return
        self.report.error("YAML-01", "Une clé est un mot, pas une liste ni un groupe", key.place)

    def _key(self, key: Scalar, event: _Event) -> None:
        if key.text == "<<" and not key.quoted:
            self.report.error(
                "YAML-03", "Fusion YAML « << » refusée", key.place, remedy="Recopiez les clés, ou écrivez « comme … »."
            )
        if self.odd_spaces and key.text.strip(NO_BREAK) != key.text and key.text[0] not in NO_BREAK:
            self._odd_space(key.place)
        if self.questions:
            before = self.lines[event.start_mark.line][: event.start_mark.column].rstrip()
            if re.search(r"(?:^|[\s{,\[])\?$", before):
                value = "? " + without_comment(self.lines[event.start_mark.line][event.start_mark.column :])
                self.report.error(
                    "YAML-05",
                    "Valeur à mettre entre guillemets",
                    key.place,
                    cause="Une valeur ne peut pas commencer par « ? » sans guillemets.",
                    remedy=f"Écrivez : {quoted(value)}",
                )

    def _valueless(self, key: Scalar, value: Node, event: _Event, before: list[tuple[Scalar, Node]]) -> None:
        """« {part: 18,80 %} » loads as two entries, of which the second has no value."""
        if not isinstance(value, Scalar) or value.value is not None or value.text:
            return
        end = event.end_mark
        rest = "\n".join(self.lines[end.line : end.line + 2])[end.column :]
        if rest.lstrip().startswith(":"):
            return
        remedy = "Séparez chaque clé de sa valeur par « : » suivi d'une espace."
        glued = _GLUED_KEY.fullmatch(key.text)
        if glued:
            remedy = f"Il manque une espace après les deux-points : {glued[1]}: {glued[2]}"
        elif before and isinstance(before[-1][1], Scalar) and before[-1][1].text:
            last, text = before[-1][0].text, f"{before[-1][1].text},{key.text}"
            remedy = f"Si la virgule fait partie de la valeur, écrivez : {last}: {quoted(text)}"
        self.report.error(
            "YAML-04",
            f"Clé sans valeur dans des accolades : « {key.text} »",
            key.place,
            cause="Entre accolades, la virgule sépare deux clés.",
            remedy=remedy,
        )

    def _glued(self, value: Node, line: int) -> None:
        """A key glued to its value makes one text: seen when it stands alone where keys are expected."""
        if not isinstance(value, Scalar) or value.quoted or value.block or value.place.line == line:
            return
        if self.odd_spaces and (found := re.match(rf"\w+[{NO_BREAK}]*:[{NO_BREAK}]", value.text)):
            self._odd_space(Place(self.file, value.place.line, value.place.column + found.end() - 1))
            return
        glued = _GLUED_KEY.match(value.text)
        if glued:
            self.report.error(
                "YAML-01",
                f"Espace manquante après « {glued[1]}: »",
                value.place,
                cause="Les deux-points d'une clé sont suivis d'une espace.",
                remedy=f"Écrivez : {glued[1]}: {glued[2]}",
            )

    def _duplicates(self, entries: list[tuple[Scalar, Node]]) -> None:
        seen: dict[str, Scalar] = {}
        for key, _ in entries:
            first = seen.setdefault(folded(key.text), key)
            if first is not key:
                spelling = "" if first.text == key.text else f" (écrite « {first.text} » la première fois)"
                self.report.add(
                    Diagnostic(
                        "YAML-02",
                        f"La clé « {key.text} » est en double{spelling}",
                        key.place,
                        cause=f"Elle figure déjà ligne {first.place.line}.",
                        remedy="Gardez une seule des deux.",
                    )
                )


def _ends(event: _Event) -> bool:
    kind: type = type(event)
    return kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent


def _next(parser: _Parser) -> _Event:
    event = parser.get_event()
    if event is None:
        raise yaml.YAMLError("fin de fichier inattendue")
    return event
