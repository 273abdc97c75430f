"""Texts are programs written by jurists: what they may say, and nothing more.

Jinja's own sandbox lets constant expressions run while a template compiles (``'x' * 10**9``), so
the parsed template is checked against a whitelist *before* it is compiled; unknown names and
filters are found there too, all at once, with their lines. At run time only `View` objects can be
navigated, and only through the names they declare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.environment import Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from convgen.errors import Diagnostic, TextError, suggest
from convgen.model.values import TextSource

MAX_TEXT = 200_000  # characters of one template
MAX_DEPTH = 60

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Call,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Keyword,
    nodes.List,
    nodes.Tuple,
)
_WHY_NOT = {
    nodes.Assign: "On ne définit pas de variable dans un texte : déclarez une donnée.",
    nodes.Macro: "Les macros sont interdites : écrivez une clause ou un passage.",
    nodes.Import: "Un texte n'en importe pas un autre : écrivez une clause ou un passage.",
    nodes.FromImport: "Un texte n'en importe pas un autre : écrivez une clause ou un passage.",
    nodes.Include: "Un texte n'en inclut pas un autre : utilisez passage('nom') ou une clause.",
    nodes.Extends: "Un texte n'en étend pas un autre : c'est le rôle du modèle.",
    nodes.Test: "Les tests « is … » sont interdits : écrivez la condition en toutes lettres.",
}
_CALLS_ON_ACTS = frozenset({"ref"})


class View:
    """What a text can hold of a value. Subclasses declare every name a text may read."""

    __slots__ = ()

    def field(self, name: str) -> object:
        """The value of `name`, or raise KeyError."""
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names `field` knows, for suggestions."""
        return ()


class Sandbox(ImmutableSandboxedEnvironment):
    """The Jinja environment of texts."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Read a declared name of a view; nothing else has attributes."""
        return self._read(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Read a declared name of a view, or an item of a group by its identifier."""
        return self._read(obj, str(argument))

    def _read(self, obj: object, name: str) -> object:
        if isinstance(obj, View):
            try:
                return obj.field(name)
            except KeyError:
                remedy = suggest(name, obj.names(), "Noms connus")
                return self.undefined(f"« {name} » n'existe pas ici\n{remedy}")
        if name in _LOOP_NAMES and type(obj).__name__ == "LoopContext":
            found: object = getattr(obj, name)
            return found
        return self.undefined(f"« {name} » ne peut pas être lu ici")

    def is_safe_callable(self, obj: object) -> bool:
        """Only the functions this project gives to texts can be called."""
        return getattr(obj, "callable_in_texts", False) is True


_LOOP_NAMES = frozenset({"first", "last", "index", "index0", "length", "revindex"})


def make_sandbox(filters: Mapping[str, object]) -> Sandbox:
    """The environment in which every text is compiled and rendered."""
    sandbox = Sandbox(
        undefined=StrictUndefined, autoescape=False, trim_blocks=False, keep_trailing_newline=True, cache_size=0
    )
    sandbox.filters = dict(filters)
    sandbox.tests = {}
    sandbox.globals = {}
    return sandbox


def check(
    sandbox: Sandbox,
    marked: str,
    source: TextSource,
    known: frozenset[str],
    unlisted: frozenset[str] = frozenset(),
) -> tuple[list[Diagnostic], nodes.Template | None]:
    """The problems of a template, found without running it, and its parsed form.

    Args:
        sandbox: the filters and the rules.
        marked: the template, its lines marked.
        source: where it comes from.
        known: the names it may use.
        unlisted: those of them that no remedy offers: they only say why they are refused here.
    """
    if len(source.text) > MAX_TEXT:
        return [Diagnostic("TXT-05", "le texte dépasse 200 000 caractères", source.place, remedy=_SPLIT)], None
    try:
        tree = sandbox.parse(marked)
    except TemplateSyntaxError as error:
        place = source.place.down(error.lineno - 1)
        return [Diagnostic("TXT-01", _syntax_message(error), place, remedy=_syntax_remedy(error))], None
    except RecursionError:
        return [Diagnostic("TXT-05", "le texte est imbriqué trop profondément", source.place, remedy=_SPLIT)], None
    return list(_Checker(sandbox, source, known, unlisted).problems(tree)), tree


def _syntax_message(error: TemplateSyntaxError) -> str:
    text = error.message or ""
    unknown = _UNKNOWN_TAG.match(text)
    if unknown:
        return f"la balise Jinja « {unknown[1]} » est inconnue"
    for english, french in _SYNTAX.items():
        if english in text:
            return french
    return "la balise Jinja est mal écrite"


def _syntax_remedy(error: TemplateSyntaxError) -> str:
    unknown = _UNKNOWN_TAG.match(error.message or "")
    if unknown is None:
        return "Chaque « {{ » a son « }} », « {% if %} » son « {% endif %} », « {% for %} » son « {% endfor %} »."
    meant = _FRENCH_TAGS.get(unknown[1].casefold())
    return f"Écrivez « {meant} »." if meant else _TAGS


_TAGS = "Balises possibles : {% if … %} … {% else %} … {% endif %}, {% for x in liste %} … {% endfor %}."
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '([^']*)'")
#: Tags typed in French.
_FRENCH_TAGS = {"si": "if", "sinon": "else", "sinonsi": "elif", "fin": "endif", "finsi": "endif", "fin_si": "endif",
                "pour": "for", "finpour": "endfor", "fin_pour": "endfor"}  # fmt: skip
_SYNTAX = {
    "Unexpected end of template": "une balise Jinja n'est pas fermée",
    "unexpected end of template": "une balise Jinja n'est pas fermée",
    "Missing end of comment tag": "un commentaire « {# » n'est pas fermé",
    "expected token 'end of print statement'": "l'expression entre « {{ » et « }} » est mal écrite",
    "expected token 'end of statement block'": "la balise « {% … %} » est mal écrite",
    "Expected an expression": "il manque quelque chose entre « {{ » et « }} »",
    "unexpected '}'": "une accolade est de trop, ou manque",
}


@dataclass(frozen=True, slots=True)
class _Checker:
    sandbox: Sandbox
    source: TextSource
    known: frozenset[str]
    unlisted: frozenset[str]

    def problems(self, tree: nodes.Template) -> Iterator[Diagnostic]:
        yield from self._walk(tree, frozenset(), 0)

    def _walk(self, node: nodes.Node, local: frozenset[str], depth: int) -> Iterator[Diagnostic]:
        if depth > MAX_DEPTH:
            yield self._problem("TXT-05", "le texte est imbriqué trop profondément", node, _SPLIT)
            return
        if not isinstance(node, _ALLOWED):
            yield self._refused(node)
            return
        problem = self._own_problem(node, local)
        if problem is not None:
            yield problem
            if problem.code == "TXT-03":
                return  # what stands inside a forbidden thing needs no message of its own
        if isinstance(node, nodes.For):
            yield from self._walk(node.iter, local, depth + 1)
            inner = local | _targets(node.target) | {"loop"}
            for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
                yield from self._walk(child, inner, depth + 1)
            return
        for child in node.iter_child_nodes():
            yield from self._walk(child, local, depth + 1)

    def _own_problem(self, node: nodes.Node, local: frozenset[str]) -> Diagnostic | None:
        match node:
            case nodes.Name() if node.ctx == "load" and node.name not in local and node.name not in self.known:
                remedy = suggest(node.name, (self.known - self.unlisted) | local, "Noms connus")
                return self._problem("TXT-02", f"le nom « {node.name} » est inconnu dans ce texte", node, remedy)
            case nodes.Filter() if node.name not in self.sandbox.filters:
                remedy = suggest(node.name, self.sandbox.filters, "Filtres")
                return self._problem("TXT-04", f"le filtre « {node.name} » n'existe pas", node, remedy)
            case nodes.Call() if not _is_known_call(node, self.known):
                return self._problem("TXT-03", "cet appel est interdit dans un texte", node, CALL_REMEDY)
            case nodes.Getattr() if node.attr.startswith("_"):
                return self._problem("TXT-03", f"« .{node.attr} » est interdit dans un texte", node, _DEFAULT_WHY)
            case nodes.Getitem(arg=nodes.Const(value=str(name))) if name.startswith("_"):
                return self._problem("TXT-03", f"« {name} » est interdit dans un texte", node, _DEFAULT_WHY)
            case nodes.Getitem() if not isinstance(node.arg, nodes.Const | nodes.Name | nodes.Getattr):
                remedy = "Écrivez par exemple volets['volet-1'], ou une boucle {% for … %}."
                return self._problem("TXT-03", "les crochets ne prennent qu'un identifiant", node, remedy)
            case _:
                return None

    def _refused(self, node: nodes.Node) -> Diagnostic:
        remedy = next((why for kind, why in _WHY_NOT.items() if isinstance(node, kind)), _DEFAULT_WHY)
        name = _FRENCH_NAMES.get(type(node).__name__, type(node).__name__)
        return self._problem("TXT-03", f"cette construction est interdite dans un texte : {name}", node, remedy)

    def _problem(self, code: str, message: str, node: nodes.Node, remedy: str = "") -> Diagnostic:
        return Diagnostic(code, message, self.source.place.down(node.lineno - 1), remedy=remedy)


_SPLIT = "Répartissez-le en plusieurs articles."
_DEFAULT_WHY = (
    "Un texte affiche, choisit et répète ; les calculs se déclarent dans les données (« = … » ou « calcul: »)."
)
CALL_REMEDY = (
    "Appels possibles : ref('id'), passage('nom'), a_remplir('date'), blanc('indice'), case('oui'), acte('id')."
)
_FRENCH_NAMES = {
    "Add": "addition",
    "Sub": "soustraction",
    "Mul": "multiplication",
    "Div": "division",
    "FloorDiv": "division",
    "Mod": "modulo",
    "Pow": "puissance",
    "Neg": "signe moins",
    "Pos": "signe plus",
    "Concat": "« ~ »",
    "Macro": "macro",
    "Assign": "« set »",
    "AssignBlock": "« set »",
    "Include": "« include »",
    "Import": "« import »",
    "FromImport": "« import »",
    "Extends": "« extends »",
    "Block": "« block »",
    "FilterBlock": "« filter »",
    "CallBlock": "« call »",
    "With": "« with »",
    "Test": "« is »",
    "Dict": "dictionnaire",
    "Slice": "tranche",
}


def _targets(target: nodes.Node) -> frozenset[str]:
    return frozenset(name.name for name in target.find_all(nodes.Name)) | (
        {target.name} if isinstance(target, nodes.Name) else frozenset()
    )


def _is_known_call(node: nodes.Call, known: frozenset[str]) -> bool:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return False
    if isinstance(node.node, nodes.Name):
        return node.node.name in known
    return isinstance(node.node, nodes.Getattr) and node.node.attr in _CALLS_ON_ACTS


def compile_checked(sandbox: Sandbox, tree: nodes.Template, source: TextSource) -> Template:
    """Compile a template that passed `check`.

    Raises:
        TextError: Jinja still refuses it.
    """
    try:
        code = sandbox.compile(tree, filename=TEMPLATE_FILE)
    except (TemplateSyntaxError, RecursionError, SyntaxError) as error:
        message = "le texte ne peut pas être compilé"
        raise TextError(Diagnostic("TXT-01", message, source.place, remedy=_SPLIT)) from error
    return Template.from_code(sandbox, code, {}, None)


TEMPLATE_FILE = "<texte>"
