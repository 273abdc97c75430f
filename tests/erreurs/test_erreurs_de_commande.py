"""What is said of the names typed after a command, and of what the system refuses."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from erreurs_tools import check_manners, convgen, heard

from convgen.errors import system_cause

Capture = pytest.CaptureFixture[str]


def test_a_definition_named_twice_is_made_once(workspace: Path, capsys: Capture) -> None:
    command = "generer essai essai conventions/essai.yaml conventions --format txt"
    code, out, err = convgen(command, capsys)
    assert (code, heard(err)) == (0, []) and out.split() == ["sortie/essai.txt"]


def test_the_identifier_of_an_organisme_is_no_convention(workspace: Path, capsys: Capture) -> None:
    code, _, err = convgen("generer ville", capsys)
    (one,) = heard(err)
    assert (code, one.said[0]) == (1, "FIC-01") and "« ville » est un organisme" in one.words


def test_the_beginning_of_a_name_is_enough_to_suggest_it(workspace: Path, capsys: Capture) -> None:
    code, _, err = convgen("clauses ver", capsys)
    assert code == 1 and "Vouliez-vous dire « versement »" in err


def test_the_name_of_the_program_takes_no_capital(workspace: Path, capsys: Capture) -> None:
    code, _, err = convgen("generer ../ailleurs.yaml", capsys)
    assert code == 1 and "Pourquoi : convgen ne lit que" in err


def test_a_schedule_may_recall_its_type(workspace: Path, capsys: Capture) -> None:
    path = workspace / "conventions/essai.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("    base: sub", "    type: échéancier\n    base: sub", 1), encoding="utf-8")
    code, _, err = convgen("generer essai --format txt", capsys)
    assert (code, heard(err)) == (0, [])
    assert "21 000 €" in (workspace / "sortie/essai.txt").read_text("utf-8").replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "refusé"),
        (errno.ENOENT, "n'existe pas"),
        (errno.ENOSPC, "place"),
        (errno.EROFS, "lecture seule"),
        (errno.EISDIR, "dossier"),
        (errno.ENOTDIR, "chemin"),
        (errno.ENAMETOOLONG, "trop long"),
        (errno.EXDEV, f"erreur système n° {errno.EXDEV}"),
    ],
)
def test_the_system_speaks_french(number: int, words: str) -> None:
    said = system_cause(OSError(number, os.strerror(number)))
    assert words in said and os.strerror(number) not in said


def test_a_file_that_cannot_be_read_says_why_in_french(
    workspace: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(path: Path, *arguments: object, **named: object) -> object:
        if path.name == "association.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    code, _, err = convgen("generer essai --format txt", capsys)
    assert code == 1 and "l'accès est refusé" in err
    check_manners(heard(err), err)
