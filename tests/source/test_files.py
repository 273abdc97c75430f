"""Reading a file as UTF-8 text."""

from __future__ import annotations

from pathlib import Path

import pytest

from convgen.errors import Place, Report
from convgen.source import files
from convgen.source.yaml import read_text


def test_the_byte_order_mark_and_line_ends_are_tolerated(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf\xc3\xa9\r\nb\rc")
    assert read_text(tmp_path / "a", "a", Report()) == "é\nb\nc"


def test_an_absent_file_and_a_folder_are_said(tmp_path: Path) -> None:
    report = Report()
    assert read_text(tmp_path / "x", "x", report) is None
    assert read_text(tmp_path, "dossier", report) is None
    assert [one.code for one in report] == ["FIC-01", "FIC-01"]
    assert "dossier" in report.diagnostics[1].message


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAXIMUM", 10)
    report = Report()
    (tmp_path / "a").write_text("x" * 10)
    assert read_text(tmp_path / "a", "a", report) == "x" * 10
    (tmp_path / "a").write_text("x" * 11)
    assert read_text(tmp_path / "a", "a", report) is None
    assert [one.code for one in report] == ["FIC-04"]


def test_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    report = Report()
    (tmp_path / "a").write_bytes("a\nbé: 1".encode("cp1252"))
    assert read_text(tmp_path / "a", "a", report) is None
    assert [(one.code, one.place) for one in report] == [("FIC-05", Place("a", 2, 2))]
