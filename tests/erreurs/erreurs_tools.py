"""What the tests of error messages share: a small valid workspace, running the command, reading what it said."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from convgen.cli.app import run

HERE = Path(__file__).resolve().parent
BASE = HERE / "base"
GABARIT = HERE.parents[1] / "templates" / "gabarits" / "neutre"
FORMULES = HERE.parents[1] / "templates" / "formules"
DEFAULT_COMMAND = "generer conventions/essai.yaml --format docx,txt"
#: What stands in the output folder before each run: a failed run leaves it as it is.
OLD = b"le fichier de la fois pr\xc3\xa9c\xc3\xa9dente"
OUTPUTS = ("sortie/essai.docx", "sortie/essai.txt")

_HEAD = re.compile(
    r"^(?:(?P<file>[^:\n]+):(?P<line>\d+):\d+ : )?(?P<severity>erreur|avertissement|note) (?P<code>[A-Z]+-\d+) : "
)
_EXCERPT = re.compile(r"^ *(?:\d+)? *\| ")
_ENGLISH = re.compile(
    r"\b(the|not|is|are|was|of|expected|unexpected|invalid|found|token|error|must|cannot|while|object|argument of)\b",
    re.IGNORECASE,
)

Said = tuple[str, str, int]
"""A code, a file (empty for none) and its line (0 for none)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One diagnostic that a fixture announces."""

    said: Said
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fixture:
    """A broken workspace: what differs from the base one, and what convgen must say of it."""

    folder: Path
    expected: tuple[Expected, ...]
    command: str
    exit_code: int
    removed: tuple[str, ...]


@dataclass(slots=True)
class Heard:
    """One diagnostic as a terminal shows it."""

    said: Said
    severity: str
    lines: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What is told, without the excerpt of the file."""
        told = "\n".join(line for line in self.lines if not _EXCERPT.match(line))
        return told.replace("\u202f", " ").replace("\u00a0", " ")


def fixtures() -> list[Fixture]:
    """Every fixture of the disk: a folder with an `attendu.yaml`."""
    return [read_fixture(path.parent) for path in sorted(HERE.glob("*/attendu.yaml"))]


def read_fixture(folder: Path) -> Fixture:
    """A fixture; `attendu.yaml` describes one diagnostic, or several under `diagnostics`."""
    data = yaml.safe_load((folder / "attendu.yaml").read_text("utf-8"))
    known = {"code", "fichier", "ligne", "mots", "diagnostics", "commande", "sortie", "supprimer"}
    assert set(data) <= known, f"{folder.name}: {set(data) - known}"
    expected = tuple(
        Expected((one["code"], one.get("fichier", ""), one.get("ligne", 0)), tuple(map(str, one["mots"])))
        for one in data.get("diagnostics", [data])
    )
    command = data.get("commande", DEFAULT_COMMAND)
    return Fixture(folder, expected, command, data.get("sortie", 1), tuple(data.get("supprimer", ())))


def make_workspace(root: Path) -> Path:
    """The valid workspace, with outputs of an earlier run."""
    shutil.copytree(BASE, root)
    shutil.copytree(GABARIT, root / "templates" / "gabarits" / "neutre")
    shutil.copytree(FORMULES, root / "templates" / "formules")
    for name in OUTPUTS:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(OLD)
    return root


def overlay(root: Path, fixture: Fixture) -> None:
    """Put the files of a fixture over the workspace."""
    for name in fixture.removed:
        (root / name).unlink()
    for path in fixture.folder.rglob("*"):
        if path.is_file() and path.name != "attendu.yaml":
            target = root / path.relative_to(fixture.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def convgen(command: str | Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a command line: exit code, what it printed, what it said."""
    capsys.readouterr()
    code = run(shlex.split(command) if isinstance(command, str) else command)
    seen = capsys.readouterr()
    return code, seen.out, seen.err


def heard(err: str) -> list[Heard]:
    """The diagnostics of a terminal."""
    found: list[Heard] = []
    for line in err.splitlines():
        head = _HEAD.match(line)
        if head:
            said = (head["code"], head["file"] or "", int(head["line"] or 0))
            found.append(Heard(said, head["severity"]))
        if found:
            found[-1].lines.append(line)
    return found


def heard_by_machines(out: str) -> Counter[Said]:
    """The diagnostics of `--json`."""
    return Counter((one["code"], one["fichier"] or "", one["ligne"] or 0) for one in json.loads(out)["diagnostics"])


def check_manners(diagnostics: Sequence[Heard], err: str) -> None:
    """Every message is French, says what to do, and never shows the inside of the program."""
    assert "Traceback" not in err and "n'avait pas prévue" not in err, err
    for one in diagnostics:
        assert "  Remède : " in one.words, f"no remedy:\n{one.words}"
        typed = re.sub(r"«[^»]*»|\"[^\"]*\"|'[^']*'|\{[{%#].*?[}%#]\}|\([\w.\[\]-]+\)", "", one.words)
        assert not _ENGLISH.search(typed), f"English:\n{one.words}"


def refused(
    workspace: Path, capsys: pytest.CaptureFixture[str], command: str = DEFAULT_COMMAND, exit_code: int = 1
) -> list[Heard]:
    """What a command says; it must fail politely and leave every file as it was."""
    before = snapshot(workspace)
    code, _, err = convgen(command, capsys)
    found = heard(err)
    assert code == exit_code and found, err
    check_manners(found, err)
    assert snapshot(workspace) == before
    return found
