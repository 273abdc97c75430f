"""Outputs are written whole or not at all, and never over a source."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from convgen.errors import OutputError
from convgen.write.files import write_all, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_writes_and_makes_the_folders(tmp_path: Path) -> None:
    write_all({tmp_path / "a" / "b.txt": b"un", tmp_path / "a" / "c.txt": b"deux"})
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"un"
    assert names(tmp_path / "a") == ["b.txt", "c.txt"]


def test_replaces_a_previous_output(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"ancien")
    path.chmod(0o640)
    write_atomically(path, b"nouveau")
    assert path.read_bytes() == b"nouveau"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["x.yaml", "x.YML", "x.md"])
def test_never_replaces_a_source(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("convention: x")
    with pytest.raises(OutputError, match="FIC-06"):
        write_atomically(tmp_path / name, b"")
    assert (tmp_path / name).read_text() == "convention: x"


def test_nothing_is_written_when_one_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "bouche.txt").mkdir()
    with pytest.raises(OutputError, match=r"bouche\.txt"):
        write_all({tmp_path / "a.txt": b"a", tmp_path / "bouche.txt": b"b"})
    assert names(tmp_path) == ["bouche.txt"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"ancien")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="impossible d'écrire"):
        write_atomically(path, b"nouveau")
    assert path.read_bytes() == b"ancien"
    assert names(tmp_path) == ["x.docx"]


def test_a_path_through_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path / "fichier" / "x.docx", b"")
    assert "pas un dossier" in caught.value.diagnostics[0].cause


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root écrit partout")
def test_a_protected_folder_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path / "x.docx", b"")
    tmp_path.chmod(0o700)
    assert "protégé" in caught.value.diagnostics[0].cause
