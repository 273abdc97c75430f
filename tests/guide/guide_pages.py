"""Reads the pages of the guide: the examples they give, and what they say that each prints or answers.

A fenced block is an example. The line just before it says what it is: « Fichier `x` » writes the file, « Dans `x` »
changes keys of the file, otherwise it changes keys of the example convention. A written file, and what is said to hold
« pour la suite », last until the end of the page, unless one only tries them (« essayez »). A `text` block after it is
what Word prints (« … imprime : ») or what convgen answers (« … répond : »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from espaces import write_files

CONVENTION = "conventions/exemple.yaml"
_FENCE = re.compile(r"^```(\w+)\s*$")


@dataclass
class Example:
    """A fenced block and what the page says of it."""

    name: str
    language: str
    content: str
    intro: str
    printed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def target(self) -> str:
        """The file that it writes or changes."""
        found = re.search(r"(?:Fichier|Dans) `([^`]+\.(?:yaml|md))`", self.intro)
        return found[1] if found else CONVENTION

    @property
    def whole(self) -> bool:
        """Whether it is the whole file."""
        return "Fichier `" in self.intro

    @property
    def lasts(self) -> bool:
        """Whether the following examples rely on it."""
        return (self.whole and "essayez" not in self.intro) or "pour la suite" in self.intro


@dataclass
class Rows:
    """A table whose first column is what one types."""

    name: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass
class Space:
    """The workspace of a reader of the guide, as the page changes it."""

    root: Path
    files: dict[str, str] = field(default_factory=dict)

    def text(self, target: str) -> str:
        """A file as it now is."""
        path = self.root / target
        return self.files.get(target) or (path.read_text(encoding="utf-8") if path.exists() else "")

    @contextmanager
    def tried(self, changes: dict[str, str]) -> Iterator[None]:
        """The workspace with these files, which are put back as they were."""
        before = {target: self.text(target) for target in changes}
        write_files(self.root, {**self.files, **changes})
        yield
        write_files(self.root, before)
        for target in (one for one, text in before.items() if not text):
            (self.root / target).unlink()


def read_page(path: Path) -> list[Example | Rows]:
    """The examples and the tables of a page, in order."""
    return list(_read(path.read_text(encoding="utf-8").split("\n"), path.name))


def _read(lines: list[str], page: str) -> Iterator[Example | Rows]:
    intro, last, position = "", None, 0
    while position < len(lines):
        line = lines[position]
        fence = _FENCE.match(line)
        if fence:
            end = lines.index("```", position + 1)
            content = "\n".join(lines[position + 1 : end])
            if fence[1] == "text":
                _result(last, intro, content, f"{page}:{position + 1}")
            elif fence[1] in ("yaml", "jinja", "markdown"):
                last = Example(f"{page}:{position + 1}", fence[1], content, intro)
                yield last
            intro, position = "", end + 1
            continue
        if line.startswith("|") and lines[position + 1].startswith("|-"):
            rows = []
            start, position = position, position + 2
            while lines[position].startswith("|"):
                rows.append(_cells(lines[position]))
                position += 1
            yield Rows(f"{page}:{start + 1}", _cells(line), rows)
            continue
        intro = line if line.strip() else intro
        position += 1


def _result(last: Example | None, intro: str, content: str, where: str) -> None:
    assert last is not None, f"{where} : résultat sans exemple"
    shown = [line for line in content.split("\n") if line.strip()]
    if intro.endswith("imprime :"):
        last.printed += shown
    elif intro.endswith("répond :"):
        last.said += shown
    else:
        raise AssertionError(f"{where} : « {intro} » ne dit pas ce qu'est ce résultat")


def _cells(line: str) -> tuple[str, ...]:
    cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return tuple(_cell(one.strip().replace("\\|", "|")) for one in cells)


def _cell(text: str) -> str:
    return text[1:-1] if text.startswith("`") and text.endswith("`") and text.count("`") == 2 else text


def overlay(text: str, fragment: str) -> str:
    """The text of a YAML file with the keys of the fragment in the place of its own; data and parties are merged."""
    base, over = _sections(text, 0), _sections(fragment, 0)
    for key, value in over.items():
        if key in ("donnees", "parties") and key in base:
            base[key] = (
                base[key].split("\n")[0]
                + "\n"
                + "\n".join(({**_sections(_inside(base[key]), 2), **_sections(_inside(value), 2)}).values())
            )
        else:
            base[key] = value
    return "\n".join(base.values()) + "\n"


def _inside(section: str) -> str:
    return "\n".join(section.split("\n")[1:])


def _sections(text: str, indent: int) -> dict[str, str]:
    """The entries at an indent, by key, without the comments between them."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        head = re.match(rf" {{{indent}}}([\w-]+):", line)
        if head:
            key = head[1]
            found[key] = []
        if key and not line.startswith("#"):
            found[key].append(line)
    return {name: "\n".join(lines).rstrip() for name, lines in found.items()}


def plain(text: str) -> str:
    """A line to compare: ordinary spaces and apostrophes, no emphasis; nothing for the rule of a table."""
    spaced = re.sub("[\u00a0\u202f]", " ", text.replace("\u2019", "'"))
    spaced = re.sub("_{4,}", "____", spaced)
    if spaced.startswith("|"):  # how wide the columns of a table are does not matter
        spaced = re.sub(" {2,}", " ", re.sub(r"\|[-:|]+\|$", "", spaced))
    return spaced.replace("**", "").strip()
