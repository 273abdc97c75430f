"""Writing a definition from answers: commented YAML that convgen reads back as it was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from convgen.model.questions import UNKNOWN, Question, items_of

Answer: TypeAlias = "str | Mapping[str, Answer]"
_PLAIN = re.compile(r"[^\W_]([^:#\n{}\[\]\"]|:(?! |$))*")
#: Kinds whose blank cannot be written as a value: the key is left out, under a comment.
_STRUCTURED = frozenset(
    {
        "années",
        "liste de",
        "groupe",
        "échéancier",
        "versements",
        "imputation",
        "personne",
        "jeu",
        "organisme",
        "représentant",
        "partie",
    }
)
_LISTS = ("articles", "annexes")
_RESERVED = re.compile(r"(?:true|false|null|yes|no|on|off|~)", re.IGNORECASE)


@dataclass(slots=True)
class _Branch:
    """A key of the definition: comments, then a value or further keys. `missing`: left out, under a comment."""

    missing: bool = False
    comments: list[str] = field(default_factory=list)
    value: str | None = None
    children: dict[str, _Branch] = field(default_factory=dict)


def write_definition(modele: str, answers: Sequence[tuple[Question, Answer]], *, schema: str = "") -> str:
    """The text of a definition.

    Args:
        modele: the identifier of the modèle.
        answers: the questions in order and their answers; « inconnu » becomes « à compléter (libellé) », or a
            comment where no value can say it; "" leaves the default of the modèle.
        schema: the path of the JSON Schema for editors, "" for none.
    """
    root = _Branch()
    for question, answer in answers:
        if answer not in ("", {}):
            _plant(root, question.path, question, answer)
    root.children.setdefault("modele", _Branch(value=modele))
    order = ["convention", "modele", *(name for name in root.children if name not in ("convention", "modele"))]
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    for name in order:
        if name in root.children:
            lines += _lines(name, root.children[name], 0)
    return "\n".join(lines) + "\n"


def _plant(root: _Branch, path: tuple[str, ...], question: Question, answer: Answer) -> None:
    branch = root
    for name in path:
        branch = branch.children.setdefault(name, _Branch())
    branch.comments = _comments(question)
    _fill(branch, question, answer)


def _fill(branch: _Branch, question: Question, answer: Answer) -> None:
    if isinstance(answer, str):
        branch.missing = answer == UNKNOWN and (question.kind in _STRUCTURED or question.yearly)
        branch.value = _scalar(question, answer)
        return
    inner = {one.path[-1]: one for one in question.fields}
    for name, given in answer.items():
        if given in ("", {}):
            continue
        # a year or an item of a group is one answer to the same question; a field has its own
        asked = inner.get(name) or replace(question, yearly=False)
        _fill(branch.children.setdefault(name, _Branch()), asked, given)


def _comments(question: Question) -> list[str]:
    choices = " | ".join(value for value, _ in question.choices) if question.kind != "organisme" else ""
    parts = [question.label, f"({choices or question.kind})"]
    return [" ".join(parts), *([question.help] if question.help else [])]


def _scalar(question: Question, answer: str) -> str:
    answer = answer.strip()
    if answer == UNKNOWN:
        # quotes would make the words an answer, so nothing may need them
        label = " ".join(re.sub(r"[()\[\]{}#\"]|:(?=\s|$)", " ", question.label).split())
        return quoted(f"à compléter ({label[:1].lower()}{label[1:]})")
    if question.kind == "années":
        return f"[{', '.join(part.strip() for part in answer.split(','))}]"
    if question.kind == "liste de":
        return f"[{', '.join(_between_quotes(one) for one in items_of(answer))}]"
    if "avec" in question.path and question.kind == "texte":
        # unquoted, one word would be the name of a datum
        return _between_quotes(answer)
    return quoted(answer)


def quoted(text: str) -> str:
    """The text as one YAML scalar, between quotes only when it needs them."""
    if _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text) and text == text.strip():
        return text
    return _between_quotes(text)


def _between_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _lines(name: str, branch: _Branch, depth: int) -> Iterator[str]:
    margin = "  " * depth
    yield from (f"{margin}# {comment}" for comment in branch.comments)
    if not _said(branch):
        yield f"{margin}# {name}: à compléter"
        for child, inner in branch.children.items():
            yield from (
                line if line.lstrip().startswith("#") else f"# {line}" for line in _lines(child, inner, depth + 1)
            )
        return
    if branch.value is not None:
        yield f"{margin}{name}: {branch.value}"
        return
    yield f"{margin}{name}:"
    for child, inner in branch.children.items():
        if depth == 0 and name in _LISTS:
            yield from _item(child, inner)
        else:
            yield from _lines(child, inner, depth + 1)


def _item(name: str, branch: _Branch) -> Iterator[str]:
    """An article or an annexe of the list: « - id: duree », then its keys."""
    yield f"  - id: {name}"
    for child, inner in branch.children.items():
        yield from _lines(child, inner, 2)


def _said(branch: _Branch) -> bool:
    """Whether a key has anything to say."""
    if branch.missing:
        return False
    return branch.value is not None or any(_said(child) for child in branch.children.values())
