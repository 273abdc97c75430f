"""The two parts of a clause file: the YAML header between `---` lines and the text with its named passages."""

from __future__ import annotations

import re

from convgen.errors import Place, Report, SourceError
from convgen.source.yaml import Node, load_yaml

_MARK = re.compile(r"---[ \t]*")
_PASSAGE = re.compile(r"--- *passage(?: +(?P<name>.*?))? *", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def split_front_matter(text: str, file: str, report: Report) -> tuple[Node, str, Place] | None:
    """Cut a clause file in its header, its text, and the place where the text starts.

    Args:
        text: the file, with line feeds as line ends.
        file: how messages name it.
        report: receives YAML-10 when a `---` is missing, and the errors of the header.

    Returns:
        None when the header is absent, never closed or unreadable.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _MARK.fullmatch(lines[first]):
        report.error(
            "YAML-10",
            "En-tête de clause absent",
            Place(file, first + 1),
            cause="Une clause commence par son en-tête entre deux lignes « --- ».",
            remedy="Écrivez en tête du fichier : ---, puis « clause: … », « version: 1 », « titre: … », puis ---",
        )
        return None
    close = next((number for number in range(first + 1, len(lines)) if _MARK.fullmatch(lines[number])), None)
    if close is None:
        report.error(
            "YAML-10",
            "En-tête de clause jamais fermé",
            Place(file, first + 1),
            remedy="Mettez une ligne « --- » après la dernière clé de l'en-tête.",
        )
        return None
    # Empty lines stand for what precedes the header, so that the loader counts lines as the file does.
    header = load_yaml("\n" * (first + 1) + "\n".join(lines[first + 1 : close]), file, report)
    if header is None:
        return None
    start = close + 1
    while start < len(lines) - 1 and not lines[start].strip():
        start += 1
    return header, "\n".join(lines[start:]), Place(file, start + 1)


def split_passages(
    body: str, place: Place, report: Report | None = None
) -> tuple[str, Place, dict[str, tuple[str, Place]]]:
    """Cut the text of a clause at its `--- passage nom` lines.

    Returns:
        The main text and its place, then each passage's text and place by name. Texts lose the blank lines around them.

    Raises:
        SourceError: a passage without a name or with the name of another (YAML-10), when no `report` takes it.
    """
    problems = Report()
    sections: list[tuple[str, int, list[str]]] = [("", 0, [])]
    for number, line in enumerate(body.split("\n")):
        found = _PASSAGE.fullmatch(line)
        if not found:
            sections[-1][2].append(line)
            continue
        name = found["name"] or ""
        _check_name(name, [one for one, _, _ in sections], place.down(number), problems)
        sections.append((name, number + 1, []))
    if report is not None:
        report.extend(problems)
    else:
        problems.raise_if_errors(SourceError)
    parts = {name: _strip(content, place.down(start)) for name, start, content in reversed(sections)}
    main, main_place = parts.pop("") if sections[0][0] == "" else ("", place)
    return main, main_place, {name: parts[name] for name, _, _ in sections[1:] if name in parts}


def _check_name(name: str, known: list[str], place: Place, problems: Report) -> None:
    if not _NAME.fullmatch(name):
        message = f"Nom de passage incorrect : « {name} »" if name else "Passage sans nom"
        remedy = (
            "Écrivez par exemple « --- passage sans-indemnite » (minuscules sans accent, chiffres, traits d'union)."
        )
        problems.error("YAML-10", message, place, remedy=remedy)
    elif name in known:
        problems.error("YAML-10", f"Le passage « {name} » est en double", place, remedy="Changez un des noms.")


def _strip(lines: list[str], place: Place) -> tuple[str, Place]:
    start = 0
    while start < len(lines) and not lines[start].strip():
        start += 1
    return "\n".join(lines[start:]).rstrip(), place.down(start)
