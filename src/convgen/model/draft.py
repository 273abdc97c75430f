"""Writing a definition from answers: commented YAML that convgen reads back as it was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from convgen.model.questions import UNKNOWN, Question

Answer: TypeAlias = "str | Mapping[str, Answer]"
_PLAIN = re.compile(r"[^\W_]([^:#\n{}\[\]\"]|:(?! |$))*")
_RESERVED = re.compile(r"(?:true|false|null|yes|no|on|off|~)", re.IGNORECASE)


@dataclass(slots=True)
class _Branch:
    """A key of the definition: comments, then a value or further keys."""

    comments: list[str] = field(default_factory=list)
    value: str | None = None
    children: dict[str, _Branch] = field(default_factory=dict)


def write_definition(modele: str, answers: Sequence[tuple[Question, Answer]], *, schema: str = "") -> str:
    """The text of a definition.

    Args:
        modele: the identifier of the modèle.
        answers: the questions in order and their answers; « inconnu » becomes « à compléter (libellé) ».
        schema: the path of the JSON Schema for editors, "" for none.
    """
    root = _Branch()
    for question, answer in answers:
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
        branch.value = _scalar(question, answer)
        return
    for name, inner in answer.items():
        _fill(branch.children.setdefault(name, _Branch()), question, inner)


def _comments(question: Question) -> list[str]:
    choices = " | ".join(value for value, _ in question.choices) if question.kind != "organisme" else ""
    parts = [question.label, f"({choices or question.kind})"]
    return [" ".join(parts), *([question.help] if question.help else [])]


def _scalar(question: Question, answer: str) -> str:
    answer = answer.strip()
    if answer == UNKNOWN:
        label = re.sub(r"[()]", "", question.label)
        return quoted(f"à compléter ({label[:1].lower()}{label[1:]})")
    if question.kind == "années":
        return f"[{', '.join(part.strip() for part in answer.split(','))}]"
    if question.kind == "liste de":
        return f"[{', '.join(quoted(part.strip()) for part in answer.split(','))}]"
    return quoted(answer)


def quoted(text: str) -> str:
    """The text as one YAML scalar, between quotes only when it needs them."""
    if _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text) and text == text.strip():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _lines(name: str, branch: _Branch, depth: int) -> Iterator[str]:
    margin = "  " * depth
    yield from (f"{margin}# {comment}" for comment in branch.comments)
    if branch.value is not None:
        yield f"{margin}{name}: {branch.value}"
        return
    yield f"{margin}{name}:"
    for child, inner in branch.children.items():
        yield from _lines(child, inner, depth + 1)
