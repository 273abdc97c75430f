"""One broken workspace per mistake: each is said with its code, its line, the right words and a remedy.

A fixture is a folder beside this file, found on the disk: the files that differ from `base`, and `attendu.yaml`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from erreurs_tools import (
    HERE,
    OLD,
    OUTPUTS,
    Fixture,
    check_manners,
    convgen,
    fixtures,
    heard,
    heard_by_machines,
    overlay,
    snapshot,
)

from convgen.errors import CODES

FIXTURES = fixtures()


def test_the_base_workspace_is_right(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = convgen("generer conventions/essai.yaml --definitif --format docx,txt", capsys)
    assert (code, heard(err)) == (0, [])
    assert all((workspace / name).read_bytes() != OLD for name in OUTPUTS)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda one: one.folder.name)
def test_each_mistake_is_said(fixture: Fixture, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overlay(workspace, fixture)
    before = snapshot(workspace)
    code, _, err = convgen(fixture.command, capsys)
    found = heard(err)

    assert code == fixture.exit_code, err
    assert Counter(one.said for one in found) == Counter(one.said for one in fixture.expected), err
    for expected in fixture.expected:
        told = "\n".join(one.words for one in found if one.said == expected.said)
        assert not [word for word in expected.words if word not in told], f"{expected.words} in:\n{told}"
    check_manners(found, err)

    code, out, err = convgen(f"{fixture.command} --json", capsys)
    assert (code, err) == (fixture.exit_code, "")
    assert heard_by_machines(out) == Counter(one.said for one in fixture.expected)

    if fixture.exit_code:
        assert snapshot(workspace) == before, "a failed run changes no file"
    else:
        assert all((workspace / name).read_bytes() != OLD for name in OUTPUTS)


#: Codes that no checked-in file can show; `test_erreurs_systeme.py` makes them.
MADE_BY_CODE = {
    "FIC-03": "a link out of the workspace",
    "FIC-04": "a huge file",
    "FIC-05": "a binary file",
    "FIC-06": "a disk that refuses",
    "FIC-07": "no workspace at all",
    "FIC-08": "a folder that exists already",
    "GAB-02": "a broken .docx",
    "GAB-03": "a broken .docx",
    "GAB-04": "a broken .docx",
    "GAB-05": "a broken .docx",
    "GAB-06": "a .docx without a style",
    "ACT-02": "a signed act",
    "AVE-03": "changes applied to another text",
    "AVE-04": "data that are no changes",
    "AVE-28": "a file of tracked changes that is not faithful",
    "AVE-11": "a change that no sentence says",
    "AVE-12": "an avenant read on another text",
    "AVE-13": "a pack whose sentences read two ways",
    "AVE-20": "words that are not read back",
    "AVE-24": "a signed avenant that waits for its effect",
    "AVE-25": "two drafts",
    "AVE-29": "remarks on an avenant",
    "GAB-08": "a broken font",
    "PDF-01": "a typst that fails",
    "PDF-02": "a sign without a glyph",
    "PDF-03": "no LibreOffice",
    "PDF-04": "a LibreOffice that fails",
    "LIA-05": "a piece too heavy",
    "LIA-09": "a signed act",
    "LIA-13": "a protected PDF",
    "LIA-15": "no LibreOffice",
    "LIA-16": "a LibreOffice that fails",
    "LIA-17": "a PDF that holds a program",
    "LIA-18": "a giant picture",
    "LIA-19": "a Word file with a password",
    "LIA-20": "a Word file with macros",
    "LIA-21": "a Word file with comments",
    "USA-01": "a misused command",
}


def test_every_code_is_shown_once() -> None:
    shown = {expected.said[0] for fixture in FIXTURES for expected in fixture.expected}
    assert shown | set(MADE_BY_CODE) == set(CODES)
    assert not shown & set(MADE_BY_CODE)
    rooms = ("systeme", "avenants", "pdf", "liasses", "pieces")
    special = "".join((HERE / f"test_erreurs_{name}.py").read_text("utf-8") for name in rooms)
    assert not [code for code in MADE_BY_CODE if f'"{code}"' not in special]


def test_each_fixture_bears_the_code_it_is_about() -> None:
    assert len(FIXTURES) >= 55
    for fixture in FIXTURES:
        assert all(one.words for one in fixture.expected), fixture.folder.name
        codes = {one.said[0] for one in fixture.expected}
        name = fixture.folder.name
        assert any(name.startswith(f"{code}-") for code in codes), f"{name}: {codes}"
