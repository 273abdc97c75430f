"""One text: checked, rendered by Jinja, parsed, filled. Compiled templates and skeletons are cached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.environment import Template
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import Context
from markdown_it import MarkdownIt

from convgen.acte.memo import Memo, TreeMemo
from convgen.acte.nodes import Block, Division, Inlines, Origin, Paragraph
from convgen.compose.atoms import FIRST, LAST, Atoms, Fragment, Mention, TextAtom
from convgen.compose.describe import FilterError, describe
from convgen.compose.filters import texts_filters
from convgen.compose.markdown import parser, skeleton_of
from convgen.compose.sandbox import CALL_REMEDY, TEMPLATE_FILE, Sandbox, check, compile_checked, make_sandbox
from convgen.compose.settle import SettledText, settle
from convgen.compose.skeleton import Heading
from convgen.compose.terms import Terms
from convgen.errors import ConvgenError, Diagnostic, Place, Report, TextError
from convgen.model.values import TextSource

MAX_CACHED = 20_000
MAX_ATOMS = 20_000
MAX_RENDERED = 2_000_000
MAX_NESTED_TEXTS = 12
#: Names under which what renders a text stands in the context of Jinja.
ATOMS, COMPOSER = "_atomes", "_composeur"
_MARK = 0x100000
_MARKERS = re.compile(f"[{chr(_MARK)}-{chr(0x10FFFD)}]")
_PRIVATE = re.compile(f"[{chr(FIRST)}-{chr(LAST)}{chr(_MARK)}-{chr(0x10FFFD)}]")


@pass_context
def _finalize(context: Context, value: object) -> str:
    atoms: Atoms = context.vars[ATOMS] if ATOMS in context.vars else context.parent[ATOMS]
    if len(atoms.items) > MAX_ATOMS:
        raise FilterError("le texte affiche plus de 20 000 valeurs", "Réduisez ses boucles.", code="TXT-05")
    return atoms.mark(value)


@dataclass(slots=True)
class TextCache:
    """What texts have in common from one act to the next. Bounded: emptied when full."""

    sandbox: Sandbox = field(default_factory=lambda: _sandbox())
    templates: dict[tuple[str, frozenset[str]], Template] = field(default_factory=dict)
    settled: dict[tuple[str, str, int, str, str, bool, Terms | None], SettledText] = field(default_factory=dict)
    names: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    markdown: MarkdownIt = field(default_factory=parser)
    trees: TreeMemo = field(default_factory=TreeMemo)
    visas: Memo[Paragraph] = field(default_factory=Memo)  # by what they say
    articles: Memo[Division] = field(default_factory=Memo)  # by what their texts say

    def keep_bounded(self) -> None:
        """Forget everything when there is too much of it."""
        if len(self.templates) > MAX_CACHED:
            self.templates.clear()
        if len(self.settled) > MAX_CACHED:
            self.settled.clear()
        if len(self.names) > MAX_CACHED:
            self.names.clear()

    def text(self, source: TextSource, rendered: str, capital: bool, terms: Terms | None) -> SettledText:
        """A text without its values; `rendered` is what it says in this act, markers included."""
        place = source.place
        key = (rendered, place.file, place.line, source.clause, source.what, capital, terms)
        found = self.settled.get(key)
        if found is None:
            self.keep_bounded()
            text, lines = split_lines(rendered)
            skeleton = skeleton_of(text, self.markdown, capital=capital, terms=terms)
            name, _, version = source.clause.partition("@")
            origin = Origin(place.file, place.line, name, version, source.what)
            found = self.settled[key] = settle(skeleton, origin, lines, text)
        return found

    def known(self, context: Mapping[str, object]) -> frozenset[str]:
        """The names of a context: the same set for the same names, so that it is soon recognised."""
        names = tuple(context)
        found = self.names.get(names)
        return self.names.setdefault(names, frozenset(names)) if found is None else found


def _sandbox() -> Sandbox:
    sandbox = make_sandbox(texts_filters())
    sandbox.finalize = _finalize
    return sandbox


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes the texts of one act, in a given context, reporting every problem."""

    cache: TextCache
    report: Report
    context: dict[str, object]  # never changed once here
    known: frozenset[str]
    terms: Terms | None = None
    depth: int = 0
    mentions: list[Mention] = field(default_factory=list)  # annexes named by number, all texts of the act together
    unlisted: frozenset[str] = frozenset()  # known names that no remedy offers

    def inside(self, context: dict[str, object]) -> Composer:
        """The same composer with another context (that of a clause)."""
        return Composer(
            self.cache,
            self.report,
            context,
            self.cache.known(context),
            self.terms,
            self.depth,
            self.mentions,
            self.unlisted,
        )

    def inline(self, source: TextSource, *, capital: bool = True) -> Inlines:
        """A text of one line (a title, a label). Several paragraphs are joined by a space."""
        lines = [block.inlines for block in self.blocks(source, capital=capital) if isinstance(block, Paragraph)]
        return lines[0] if len(lines) == 1 else tuple(node for line in lines for node in line)

    def blocks(self, source: TextSource, *, capital: bool = True) -> tuple[Block, ...]:
        """A text without sub-articles."""
        found = self.compose(source, capital=capital)
        blocks = tuple([one for one in found if not isinstance(one, Heading)])
        if len(blocks) < len(found):
            for one in found:
                if isinstance(one, Heading):
                    message = "un titre de sous-article n'a pas sa place dans ce texte"
                    remedy = "Retirez le titre, ou placez ce texte dans un article."
                    self.report.error("TXT-07", message, Place(source.place.file, one.line), remedy=remedy)
        return blocks

    def compose(self, source: TextSource, *, capital: bool = True) -> tuple[Block | Heading, ...]:
        """The blocks and headings of a text; empty when it has errors, which are reported."""
        atoms = Atoms(describe)
        try:
            rendered = self.render(source, atoms)
            text = self.cache.text(source, rendered, capital, None if source.clause else self.terms)
            for line, message in text.problems:
                self.report.error("TXT-07", message, Place(source.place.file, line, 1), remedy=_LOSS_REMEDY)
            self.mentions.extend(text.mentions)
            return text.fill(atoms.items, self._nested)
        except FilterError as error:
            place = Place(source.place.file, error.line or source.place.line)
            self.report.error(error.code, error.message, place, remedy=error.remedy)
        except ConvgenError as error:
            self.report.extend(error.diagnostics)
        return ()

    def _nested(self, atom: TextAtom) -> tuple[Block, ...]:
        if self.depth >= MAX_NESTED_TEXTS:
            message = f"le texte « {atom.key} » s'appelle lui-même"
            raise TextError(Diagnostic("TXT-05", message, atom.source.place, remedy=_LOOP_REMEDY))
        inner = replace(self, depth=self.depth + 1)
        return inner.blocks(atom.source, capital=False)

    def render(self, source: TextSource, atoms: Atoms) -> str:
        """The text with its line markers and atoms.

        Raises:
            TextError: the text cannot be rendered.
        """
        if "{" not in source.text:
            return _clean(source.text)
        template = self.template(source)
        context = template.new_context(self.context, shared=True)
        context.vars |= {ATOMS: atoms, COMPOSER: self}
        try:
            rendered = "".join(template.root_render_func(context))
        except ConvgenError:
            raise
        except Exception as error:
            raise TextError(_runtime_problem(error, source)) from error
        if len(rendered) > MAX_RENDERED:
            raise TextError(
                Diagnostic("TXT-05", "le texte composé est trop long", source.place, remedy="Réduisez ses boucles.")
            )
        return rendered

    def template(self, source: TextSource) -> Template:
        """The compiled template of a text.

        Raises:
            TextError: it is not allowed, or not Jinja.
        """
        key = (source.text, self.known)
        found = self.cache.templates.get(key)
        if found is None:
            self.cache.keep_bounded()
            problems, tree = check(
                self.cache.sandbox, mark_lines(_clean(source.text)), source, self.known, self.unlisted
            )
            if problems or tree is None:
                raise TextError(*problems)
            found = self.cache.templates[key] = compile_checked(self.cache.sandbox, tree, source)
        return found


_LOOP_REMEDY = "Retirez l'appel qui fait la boucle."
_NAME_REMEDY = "Vérifiez le nom ; la page de référence du guide les donne tous."
_USE_REMEDY = "Vérifiez les filtres et les fonctions de cette ligne dans le guide."
_LOSS_REMEDY = "Corrigez le texte : rien ne doit disparaître sans que vous l'ayez voulu."


@lru_cache(maxsize=4096)
def _clean(text: str) -> str:
    return _PRIVATE.sub("", text)


def mark_lines(text: str) -> str:
    """Put at the head of each line the character that tells its number, outside of tags."""
    out = []
    open_tags = 0
    for number, line in enumerate(text.split("\n")):
        out.append(chr(_MARK + number) + line if line.strip() and open_tags <= 0 and number < 60_000 else line)
        open_tags += line.count("{{") + line.count("{%") + line.count("{#")
        open_tags -= line.count("}}") + line.count("%}") + line.count("#}")
    return "\n".join(out)


def split_lines(rendered: str) -> tuple[str, list[int]]:
    """The rendered text without markers or emptied lines, and the source line of each of its lines."""
    if not _MARKERS.search(rendered):
        return rendered, list(range(rendered.count("\n") + 1))
    kept: list[str] = []
    numbers: list[int] = []
    current = 0
    for line in rendered.split("\n"):
        found = _MARKERS.search(line)
        if found is None:  # a blank line of the source, or a further line of a passage
            kept.append(line)
            numbers.append(current)
            continue
        current = ord(found[0]) - _MARK
        line = _MARKERS.sub("", line)
        if line.strip():
            kept.append(line)
            numbers.append(current)
    return "\n".join(kept), numbers


def passage_text(rendered: str) -> Fragment:
    """A rendered passage, ready to be parsed where it stands."""
    return Fragment(split_lines(rendered)[0].strip("\n"))


def _runtime_problem(error: Exception, source: TextSource) -> Diagnostic:
    place = source.place.down(_line_of(error) - 1)
    message = str(error)
    match error:
        case FilterError(code=code, remedy=remedy):
            return Diagnostic(code, error.message, place, remedy=remedy)
        case UndefinedError():
            said, _, remedy = message.partition("\n")
            return Diagnostic("TXT-02", said, place, remedy=remedy or _NAME_REMEDY)
        case SecurityError():
            return Diagnostic("TXT-03", "cet appel est interdit dans un texte", place, remedy=CALL_REMEDY)
        case TypeError():
            return Diagnostic("TXT-04", _type_message(message), place, remedy=_USE_REMEDY)
        case RecursionError():
            return Diagnostic("TXT-05", "ce texte s'appelle lui-même", place, remedy=_LOOP_REMEDY)
        case TemplateRuntimeError() | OverflowError() | MemoryError():
            return Diagnostic("TXT-05", "le texte ne peut pas être composé", place, remedy="Raccourcissez-le.")
        case _:
            return Diagnostic("TXT-04", "le texte ne peut pas être composé", place, remedy=_USE_REMEDY)


def _type_message(message: str) -> str:
    if "argument" in message:
        return "un filtre ou une fonction de ce texte a trop ou trop peu de paramètres"
    return "une opération de ce texte ne convient pas à ses valeurs"


def _line_of(error: BaseException) -> int:
    """The line of the template where the error came out."""
    line = 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == TEMPLATE_FILE:
            line = _template_line(trace.tb_frame.f_globals, trace.tb_lineno)
        trace = trace.tb_next
    return line


def _template_line(names: Mapping[str, object], python_line: int) -> int:
    """Jinja keeps, in the compiled module, pairs "template line=python line"."""
    line = 1
    for pair in str(names.get("debug_info", "")).split("&"):
        template_line, _, code_line = pair.partition("=")
        if code_line and int(code_line) <= python_line:
            line = int(template_line)
    return line
