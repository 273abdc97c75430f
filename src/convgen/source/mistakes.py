"""The classic mistakes that French text makes in YAML: from the typed line to a message and a rewriting.

Detectors look at the source line, not at the parser's words, which differ between libyaml and PyYAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from convgen.errors import Diagnostic, Place

NO_BREAK = "\u00a0\u2007\u202f"
_LINE = re.compile(
    r"""(?P<head>\s*(?:-\ +)*(?:(?P<key>[^\s:#"'\[\]{}][^:#]*?)\s*:\s+)?)(?P<value>\S.*)""", re.VERBOSE | re.DOTALL
)
_TAB = re.compile(r" *\t")
_ODD_SPACE = re.compile(rf"[ ]*(?:-[ ]+)*(?:[{NO_BREAK}]|[^:#\"']*?(?:[{NO_BREAK}]+:|:[{NO_BREAK}]))")
_GLUED = re.compile(r"(\s*(?:- +)*)(\w[\w-]*):(?!//)([^\s:].*)")
_AFTER_QUOTES = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s,:\]}#'"]""")
_PLACEHOLDER = re.compile(
    r"(?:[àa] )?(?:compl[ée]ter|pr[ée]ciser|d[ée]finir|renseigner|remplir|confirmer)\b.*|x{2,}|\.{2,}|…", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What the parser says: where (from 0), within what it stands, and its own words."""

    line: int
    column: int
    context_line: int | None
    context_column: int
    words: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A source line cut in head, key and value; `column` is where the value starts, from 0."""

    text: str
    key: str
    value: str
    column: int


@dataclass(frozen=True, slots=True)
class _Mistake:
    code: str
    column: int
    message: str
    cause: str
    remedy: str


def quoted(value: str) -> str:
    """The value between the quotes that suit it."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def rewriting(key: str, value: str) -> str:
    """« écrivez : key: "value" »."""
    start = f"{key}: " if key else "- "
    return f"Écrivez : {start}{quoted(value)}"


def is_placeholder(text: str) -> bool:
    """Whether the text of a list of one item is rather a blank of a draft, « [à compléter] »."""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def without_comment(text: str) -> str:
    """A plain value without the comment that follows it."""
    return re.split(r"\s#", text, maxsplit=1)[0].rstrip()


def _cut(text: str) -> _Line | None:
    found = _LINE.match(text)
    if not found:
        return None
    return _Line(text, found["key"] or "", without_comment(found["value"]), found.start("value"))


def _tab(line: _Line) -> _Mistake | None:
    if not _TAB.match(line.text):
        return None
    return _Mistake(
        "YAML-01",
        line.text.index("\t"),
        "Tabulation au début de la ligne",
        "Le retrait se fait avec des espaces.",
        "Remplacez chaque tabulation par deux espaces.",
    )


def _odd_space(line: _Line) -> _Mistake | None:
    found = _ODD_SPACE.match(line.text)
    if not found:
        return None
    column = next(i for i, char in enumerate(line.text) if char in NO_BREAK)
    return odd_space_mistake(column)


def odd_space_mistake(column: int) -> _Mistake:
    """A no-break space in the indentation or beside the colon of a key."""
    return _Mistake(
        "YAML-08",
        column,
        "Espace insécable dans le retrait ou à côté des deux-points d'une clé",
        "Elle vient souvent d'un copier-coller depuis Word ; YAML n'y voit pas une espace.",
        "Effacez-la et tapez une espace ordinaire.",
    )


def _opener(line: _Line) -> _Mistake | None:
    value = line.value
    cause = _opener_cause(value)
    if not cause:
        return None
    # An odd count of quotes: the outer pair was meant to hold the rest (« 'l'action' »).
    cut = value[0] in "\"'" and value[0] == value[-1] and value.count(value[0]) % 2 == 1
    whole = value[1:-1] if cut else value
    return _Mistake("YAML-05", line.column, "Valeur à mettre entre guillemets", cause, rewriting(line.key, whole))


def _opener_cause(value: str) -> str:
    first = value[0]
    if value.startswith("{{"):
        return "Une valeur qui commence par « {{ » doit être entre guillemets."
    if first in "*&!%@`":
        return f"Une valeur ne peut pas commencer par « {first} » sans guillemets."
    if first == "?" and value[1:2] in (" ", ""):
        return "Une valeur ne peut pas commencer par « ? » sans guillemets."
    if first in ">|" and not re.fullmatch(r"[>|][+-]?[1-9]?[+-]?", value):
        return f"« {first} » en tête d'une valeur annonce un texte sur les lignes suivantes."
    if first == "[" and re.fullmatch(r"\[[^\[\]]*\]\s*[^\s,\]}].*", value):
        return "Une valeur qui commence par « [ » est lue comme une liste."
    if _AFTER_QUOTES.match(value):
        return "Du texte suit les guillemets qui ferment la valeur."
    return ""


def _dash(line: _Line) -> _Mistake | None:
    if not line.key or not line.value.startswith("- "):
        return None
    return _Mistake(
        "YAML-01",
        line.column,
        "Liste commencée sur la ligne de sa clé",
        "Les « - » d'une liste vont chacun sur leur ligne.",
        f"Passez à la ligne après « {line.key}: », ou mettez la valeur entre guillemets : {quoted(line.value)}",
    )


def _colon(line: _Line) -> _Mistake | None:
    if line.value[0] in "\"'{[|>":
        return None
    found = re.search(r":(?:\s|$)", line.value)
    if not found or not line.key:
        return None
    return _Mistake(
        "YAML-06",
        line.column + found.start(),
        "« : » au milieu d'une valeur",
        "YAML y voit une seconde clé sur la même ligne.",
        rewriting(line.key, line.value),
    )


def _glued(line: _Line) -> _Mistake | None:
    found = _GLUED.fullmatch(line.text)
    if not found or not re.search(r"[^\W\d]", found[2]):
        return None
    return _Mistake(
        "YAML-01",
        found.start(3),
        f"Espace manquante après « {found[2]}: »",
        "Les deux-points d'une clé sont suivis d'une espace.",
        f"Écrivez : {found[2]}: {found[3].rstrip()}",
    )


_DETECTORS: tuple[Callable[[_Line], _Mistake | None], ...] = (_tab, _odd_space, _opener, _dash, _colon, _glued)


def _candidates(lines: Sequence[str], problem: Problem) -> Iterator[int]:
    yield problem.line
    if problem.context_line is not None:
        yield problem.context_line
    before = problem.line - 1
    while before > 0 and not lines[before].strip():
        before -= 1
    yield before


def explain(lines: Sequence[str], file: str, problem: Problem) -> Diagnostic:
    """The diagnostic of a file that the parser refuses."""
    if "escape" in problem.words or "hexdecimal" in problem.words:
        return _backslash(lines, file, problem)
    for number in _candidates(lines, problem):
        line = _cut(lines[number]) if 0 <= number < len(lines) else None
        found = next(filter(None, (detect(line) for detect in _DETECTORS)), None) if line else None
        if found:
            place = Place(file, number + 1, found.column + 1)
            return Diagnostic(found.code, found.message, place, cause=found.cause, remedy=found.remedy)
    return _structural(lines, file, problem)


def _backslash(lines: Sequence[str], file: str, problem: Problem) -> Diagnostic:
    """A backslash between double quotes, where it announces a special character: a Windows path."""
    text = lines[problem.line] if problem.line < len(lines) else ""
    line = _cut(text)
    column = max(text.find("\\"), 0)
    whole = line is not None and line.key and line.value[0] == line.value[-1] == '"' and "'" not in line.value
    typed = f" : {line.key}: '{line.value[1:-1]}'" if line is not None and whole else ""
    return Diagnostic(
        "YAML-01",
        "« \\ » entre des guillemets doubles",
        Place(file, problem.line + 1, column + 1),
        cause="Entre guillemets doubles, « \\ » annonce un caractère spécial (« \\n » est un retour à la ligne).",
        remedy=f"Doublez-la (« \\\\ »), ou prenez des guillemets simples{typed}",
    )


def _structural(lines: Sequence[str], file: str, problem: Problem) -> Diagnostic:
    """Mistakes seen across lines: what is never closed, what is not aligned."""
    place = Place(file, problem.line + 1, problem.column + 1)
    opened = Place(file, (problem.context_line or 0) + 1, problem.context_column + 1)
    for word, name, closing in (("flow sequence", "Crochet ouvert", "]"), ("flow mapping", "Accolade ouverte", "}")):
        if word in problem.words:
            return _unclosed(lines, opened, place, name, closing)
    if "quoted scalar" in problem.words and "end of stream" in problem.words:
        return Diagnostic(
            "YAML-01", "Guillemet ouvert et jamais fermé", opened, remedy="Fermez la valeur par le même guillemet."
        )
    if "could not find expected ':'" in problem.words and problem.context_line is not None:
        return Diagnostic(
            "YAML-01",
            "Ligne qui n'est ni une clé ni la suite d'un texte",
            opened,
            cause="Une clé est suivie de deux-points ; un texte sur plusieurs lignes est en retrait sous sa clé.",
            remedy="Ajoutez les deux-points, ou mettez la ligne en retrait sous « clé: | ».",
        )
    if any(word in problem.words for word in ("block mapping", "block collection", "not allowed", "document start")):
        return Diagnostic(
            "YAML-01",
            "Retrait incorrect",
            place,
            cause="Les clés d'un niveau sont alignées, et une clé qui a une valeur n'a pas de sous-clé.",
            remedy="Alignez la ligne sur ses voisines, avec des espaces.",
        )
    return Diagnostic(
        "YAML-01",
        "Syntaxe YAML incorrecte",
        place,
        remedy="Mettez la valeur entre guillemets si elle contient un signe de ponctuation particulier.",
    )


def _unclosed(lines: Sequence[str], opened: Place, place: Place, name: str, closing: str) -> Diagnostic:
    at = lines[place.line - 1][place.column - 1 : place.column] if place.line <= len(lines) else ""
    if place.line == opened.line and at == ":":
        return Diagnostic(
            "YAML-06",
            "« : » au milieu d'une valeur, dans des crochets ou des accolades",
            place,
            remedy="Mettez cette valeur entre guillemets, ou écrivez une clé par ligne.",
        )
    return Diagnostic(
        "YAML-01",
        f"{name} et jamais fermé{'e' if closing == '}' else ''}",
        opened,
        cause=f"Il manque « {closing} », ou une virgule entre deux éléments, ou des guillemets autour d'un texte.",
        remedy=f"Ajoutez « {closing} », ou écrivez un élément par ligne.",
    )
