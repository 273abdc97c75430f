"""Fonts of the machine serve when the charte says so, and only then."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docx_acts import acte, p

from convgen.errors import GabaritError
from convgen.write.charte import parse_charte
from convgen.write.pdf import write_pdf
from convgen.write.pdf.fonts import BUNDLED, load_fonts
from convgen.write.pdf.look import look_of_charte

OPEN, CLOSED = "Marianne Nice d", "Marianne Nice e"  # as long as the name that they take the place of


def renamed(data: bytes, name: str) -> bytes:
    for before, after in (("Liberation Sans", name), ("LiberationSans", name.replace(" ", "", 1))):
        for code in ("utf-16-be", "latin-1"):
            data = data.replace(before.encode(code), after.encode(code))
    return data


def closed(data: bytes) -> bytes:
    """A font whose licence forbids that a document holds it."""
    made = bytearray(data)
    place = data.index(b"OS/2")
    start = int.from_bytes(data[place + 8 : place + 12], "big")
    made[start + 8 : start + 10] = b"\x00\x02"
    return bytes(made)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has two fonts more."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the fonts of a user are put in a folder of their own on Linux only")
    folder = tmp_path / ".local" / "share" / "fonts"
    folder.mkdir(parents=True)
    data = (BUNDLED / "LiberationSans-Regular.ttf").read_bytes()
    (folder / "ouverte.ttf").write_bytes(renamed(data, OPEN))
    (folder / "fermee.ttf").write_bytes(renamed(closed(data), CLOSED))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)


def drawn(family: str, machine: str) -> set[str]:
    """The fonts of an act whose charte names a family."""
    charte = parse_charte({"polices": {"titres": family, "texte": family, "machine": machine}})
    data = write_pdf(acte(p("Texte.")), look_of_charte(charte))
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        return {str(one.BaseFont).partition("+")[2] for one in fonts}


@pytest.mark.usefixtures("machine")
def test_the_machine_gives_the_font_that_the_charte_names() -> None:
    assert any("Marianne" in one for one in drawn(OPEN, "oui"))


@pytest.mark.usefixtures("machine")
def test_it_gives_none_unless_it_is_asked() -> None:
    assert drawn(OPEN, "non") <= {"LiberationSans", "LiberationSans-Bold"}


@pytest.mark.usefixtures("machine")
def test_a_font_that_may_not_be_embedded_has_its_free_double() -> None:
    assert drawn(CLOSED, "oui") <= {"LiberationSans", "LiberationSans-Bold"}


def test_a_font_that_the_machine_lacks_has_its_free_double() -> None:
    fonts = load_fonts(None, frozenset({"Une police que nul ne possède"}))
    assert fonts == load_fonts()


def test_the_charte_says_oui_or_non() -> None:
    assert parse_charte({"polices": {"machine": "oui"}}).polices.machine
    assert not parse_charte({"polices": {"machine": False}}).polices.machine
    with pytest.raises(GabaritError, match=r"GAB-07.*polices\.machine"):
        parse_charte({"polices": {"machine": "peut-être"}})
