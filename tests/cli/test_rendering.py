"""A diagnostic shows its place, its line with a caret, its cause and its remedy; colours on a terminal only."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from convgen.cli.render import plural, print_diagnostics
from convgen.errors import Diagnostic, Place, Severity

PROBLEM = Diagnostic(
    "DON-02",
    "le montant a trois décimales",
    Place("conventions/x.yaml", 2, 8),
    "donnees.prix",
    "une cause",
    "Un remède.",
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(diagnostics: list[Diagnostic], root: Path | None, stream: io.StringIO) -> str:
    print_diagnostics(diagnostics, root, stream)
    return stream.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "conventions").mkdir()
    (tmp_path / "conventions" / "x.yaml").write_text("donnees:\n  prix: 1,234\n", encoding="utf-8")
    return tmp_path


def test_plain_text_when_piped(root: Path) -> None:
    assert shown([PROBLEM], root, io.StringIO()).splitlines() == [
        "conventions/x.yaml:2:8 : erreur DON-02 : le montant a trois décimales (donnees.prix)",
        "     2 |   prix: 1,234",
        "       |        ^",
        "  Pourquoi : Une cause.",
        "  Remède : Un remède.",
    ]


def test_colours_on_a_terminal_unless_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in shown([PROBLEM], root, Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown([PROBLEM], root, Terminal())


def test_errors_come_last_and_a_missing_file_shows_no_excerpt(tmp_path: Path) -> None:
    warning = Diagnostic("ACT-01", "un avis", severity=Severity.WARNING)
    lines = shown([PROBLEM, warning], tmp_path, io.StringIO()).splitlines()
    assert lines[0] == "avertissement ACT-01 : un avis"
    assert not any("|" in line for line in lines)


def test_a_very_long_line_is_cut_around_the_column(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a" * 500 + "X" + "b" * 500, encoding="utf-8")
    lines = shown([Diagnostic("YAML-01", "m", Place("x.yaml", 1, 501))], tmp_path, io.StringIO()).splitlines()
    assert len(lines[1]) < 130
    assert lines[1][lines[2].index("^")] == "X"


def test_french_plurals() -> None:
    assert [plural(n, "fichier") for n in (0, 1, 2)] == ["0 fichier", "1 fichier", "2 fichiers"]
