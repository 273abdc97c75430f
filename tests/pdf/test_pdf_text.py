"""The Word file and the PDF of an act say the same: every word, every number, in the same order."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "docx"))

from docx_acts import complete
from docx_demo import NAMES, ROOT, demo, demo_docx, workspace
from docx_tools import gabarit
from pdf_tools import structure
from word_tools import word_text

from convgen.acte.nodes import Acte
from convgen.cli.bundle_acts import _Loader
from convgen.cli.deliberations import make_arrete, make_deliberation
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.write.docx import Gabarit, write_docx
from convgen.write.pdf import load_pdf_look, write_pdf

#: Drawn as a line in the PDF, typed in Word: the spaces to fill in. Places where a long word may be cut.
_DRAWN = re.compile("[…\u200b\\s]+")


def said(text: str) -> str:
    """What is read, whatever the spaces and the capitals."""
    return _DRAWN.sub("", text.replace("\u2011", "-").replace("\xa0", "")).casefold()


def of_pdf(acte: Acte, look: Gabarit) -> tuple[str, list[str]]:
    root = structure(write_pdf(acte, load_pdf_look(look)))
    notes = [said(one.without("Call")) for one in root.all("Note")]
    return said(root.without("TOC", "Note", "Call")), notes


def of_word(data: bytes) -> tuple[str, list[str]]:
    body, notes = word_text(data)
    return said(body), [said(one) for one in notes]


@pytest.mark.parametrize("name", NAMES)
def test_the_demonstration_acts_say_the_same(name: str) -> None:
    acte, look = demo(name)
    assert of_pdf(acte, look) == of_word(demo_docx(name))


def others() -> list[str]:
    """The délibérations, the arrêtés and the avenants of the demonstration, « folder/name »."""
    folders = ("deliberations", "arretes", "avenants")
    return [f"{one}/{path.stem}" for one in folders for path in sorted((ROOT / "conventions" / one).glob("*.yaml"))]


def other(name: str) -> Acte:
    """One of them, composed."""
    folder, _, ident = name.partition("/")
    report = Report()
    if folder == "avenants":
        made = _Loader(workspace(), report, TextCache(), final=False).avenant(ident, report)
        acte = made[1].acte if made is not None else None
    else:
        make = make_deliberation if folder == "deliberations" else make_arrete
        found = make(workspace(), ident, report)
        acte = found.acte if found is not None else None
    assert acte is not None, report.errors
    return acte


@pytest.mark.parametrize("name", others())
def test_the_other_acts_say_the_same_letterhead_included(name: str) -> None:
    acte, look = other(name), gabarit("departement")
    said_in_pdf, notes = of_pdf(acte, look)
    assert (said_in_pdf, notes) == of_word(write_docx(acte, look))
    if not name.startswith("avenants"):
        assert said(look.charte.organisme) in said_in_pdf


@pytest.mark.parametrize("name", ["neutre", "departement"])
def test_an_act_with_everything_says_the_same(name: str) -> None:
    acte = complete()
    assert of_pdf(acte, gabarit(name)) == of_word(write_docx(acte, gabarit(name)))
