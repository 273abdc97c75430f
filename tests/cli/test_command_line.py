"""The command line speaks French, exits 0, 1 or 2, and never shows a traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from convgen.cli.app import app, run

COMMANDS = (
    "nouveau",
    "generer",
    "voir",
    "questions",
    "lettres",
    "signer",
    "comparer",
    "avenant",
    "consolider",
    "clauses",
    "schema",
)
ENGLISH = (
    "Options:",
    "Usage:",
    "Arguments:",
    "Commands:",
    "required",
    "default",
    "Show this",
    "Try ",
    "Error",
    "Invalid",
)


@pytest.mark.parametrize("args", [[], ["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_french(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == 0
    out = capsys.readouterr().out
    assert out.startswith("Usage : convgen")
    assert "Affiche cette aide." in out
    assert "Exemple" in out
    assert not [word for word in ENGLISH if word in out]


def test_help_lists_the_commands_and_completion(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    out = capsys.readouterr().out
    assert all(f"  {name}" in out for name in COMMANDS)
    assert "Installe la complétion" in out
    assert len(app.registered_commands) == len(COMMANDS)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["lettre"], ("la commande « lettre » n'existe pas", "« lettres »")),
        (["lettres", "--ortho"], ("l'option « --ortho » n'existe pas", "« --orthographe »")),
        (["lettres", "--orthographe"], ("attend une valeur",)),
        (["lettres", "--orthographe", "1830"], ("1830", "traditionnelle ou 1990")),
        (["generer"], ("il manque l'argument « CONVENTION »", "convgen generer --help")),
        (["generer", "x", "--format", "odt"], ("le format « odt » n'existe pas", "docx, pdf, txt, html, json")),
        (["generer", "x", "--explique=3"], ("n'attend pas de valeur",)),
        (["nouveau", "a", "b"], ("argument en trop : « b »",)),
    ],
)
def test_misuse_is_explained_in_french(
    args: list[str], words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(args) == 2
    err = capsys.readouterr().err
    assert err.startswith("erreur USA-01 : ")
    assert all(word in err for word in words)
    assert not [word for word in ENGLISH if word in err]


def test_amounts_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lettres", "1466282,00", "71", "--orthographe", "1990"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [
        "un-million-quatre-cent-soixante-six-mille-deux-cent-quatre-vingt-deux euros",
        "soixante-et-onze euros",
    ]


def test_bad_amounts_name_their_line_and_do_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO("12\nabc\n\n1,234\n2 €\n".encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert run(["lettres", "-"]) == 1
    seen = capsys.readouterr()
    assert seen.out.splitlines() == ["douze euros", "deux euros"]
    assert "DON-01 : ligne 2 : « abc »" in seen.err
    assert "DON-02 : ligne 4 : " in seen.err
    assert "Remède : Arrondissez-le" in seen.err


def test_an_empty_amount_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lettres", ""]) == 1
    assert "DON-01" in capsys.readouterr().err


def test_an_unforeseen_error_is_an_apology(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONVGEN_TRACE", raising=False)
    monkeypatch.setattr("convgen.cli.spell.spell", lambda *_: 1 / 0)
    assert run(["lettres", "1"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("Désolé") and "CONVGEN_TRACE=1" in err and "Traceback" not in err
    monkeypatch.setenv("CONVGEN_TRACE", "1")
    with pytest.raises(ZeroDivisionError):
        run(["lettres", "1"])


def test_an_interruption_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("convgen.cli.spell.spell", interrupted)
    assert run(["lettres", "1"]) == 130
    assert capsys.readouterr().err == ""


def test_starting_imports_nothing_heavy() -> None:
    heavy = ("rich", "pydantic", "docx", "docxtpl", "jinja2", "lxml", "markdown_it", "yaml", "num2words")
    code = (
        "import sys; from convgen.cli.app import run; run(['--help']); "
        f"print([one for one in {heavy!r} if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("convgen le", "lettres"),
        ("convgen generer sante", "sante-mentale-2024"),
        ("convgen voir departement-0", "departement-06"),
        ("convgen clauses resil", "resiliation"),
        ("convgen generer x --gabarit neu", "neutre"),
        ("convgen generer x --format docx,h", "docx,html"),
    ],
)
def test_the_shell_completes_commands_and_identifiers(words: str, proposed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "convgen"],
        env={
            "_CONVGEN_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
            "PATH": "",
            "PYTHONIOENCODING": "utf-8",
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert proposed in done.stdout.split()


def test_outside_a_workspace_the_remedy_is_nouveau(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["generer", "exemple"]) == 1
    err = capsys.readouterr().err
    assert "FIC-07" in err and "convgen nouveau" in err
    assert run(["generer", "exemple", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["diagnostics"][0]["code"] == "FIC-07"
