"""A pack of one's own that lacks a sentence takes the shipped one: an update of convgen stops no workspace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from deliberation_tools import HEAD, Place, make_place, words

from convgen.cli.deliberations import make_arrete, make_deliberation
from convgen.errors import Report, Severity
from convgen.workspace import Workspace

DECISIONS = "decisions:\n  - signer: essai\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


def without(place: Place, key: str, name: str = "deliberation", to: str = "deliberation") -> None:
    """A pack without a key, whatever the lines of its sentence."""
    text = (place.root / "templates/formules" / f"{name}.yaml").read_text("utf-8")
    lacking = re.sub(rf"(?m)^{key}:.*\n(?:  .*\n)*", "", text)
    assert lacking != text
    place.put(f"templates/formules/{to}.yaml", lacking)


@pytest.mark.parametrize("key", ["organe", "marque_decisions", "phrase", "reconduction"])
def test_a_sentence_that_the_pack_lacks_is_the_shipped_one(place: Place, key: str) -> None:
    whole = place.said(DECISIONS)
    without(place, key)
    made, report = place.deliberation(DECISIONS)
    assert made is not None and words(made.acte) == whole
    (note,) = [one for one in report if one.code == "DEL-06"]
    assert note.severity is Severity.NOTE and f"il manque au recueil : {key} ;" in note.message
    assert f"{key}: " in note.remedy and note.place is not None and note.place.file.endswith("deliberation.yaml")


def test_ones_own_wording_stays(place: Place) -> None:
    without(place, "reconduction", to="maison")
    place.change("templates/formules/maison.yaml", "Après en avoir délibéré,", "Après débat,")
    said = place.said(f"formules: maison\n{DECISIONS}")
    assert "Après débat," in said and "délibéré" not in said


def test_the_shipped_pack_that_is_most_alike_completes_a_pack(place: Place) -> None:
    without(place, "signer", "deliberation-autorise", "maison")
    assert "Autorise la maire" in place.said(f"formules: maison\n{DECISIONS}")


def test_an_arrete_too_takes_the_shipped_sentence(place: Place) -> None:
    without(place, "arrete", "arrete", "arrete")
    text = (
        "arrete: ar-1\ndate: 2026-02-03\nnumero: 7\ntitre: Rue\narticles:\n  - {id: objet, texte: La rue est fermée.}\n"
    )
    made, report = place.arrete(text)
    assert made is not None and "Arrête" in words(made.acte)
    assert [one.severity for one in report if one.code == "DEL-06"] == [Severity.NOTE]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('delibere: "Après en avoir délibéré,"', 'delibre: "Après en avoir délibéré,"', "DEL-06"),
        ('delibere: "Après en avoir délibéré,"', "delibere: [a]", "DEL-06"),
        ('vu: "Vu {{ texte }}"', 'vu: "Vu {{ texe }}"', "TXT-02"),
        ('vu: "Vu {{ texte }}"', 'vu: "Vu {% if texte %}"', "TXT-01"),
    ],
)
def test_a_wrong_key_or_a_broken_sentence_stops_every_act(place: Place, old: str, new: str, code: str) -> None:
    """The second act of a run, whose problem is already said, is refused like the first."""
    place.change("templates/formules/deliberation.yaml", old, new)
    place.put("conventions/deliberations/cm-1.yaml", HEAD + DECISIONS)
    place.put("conventions/deliberations/cm-2.yaml", HEAD.replace("cm-1", "cm-2") + DECISIONS)
    workspace, report = Workspace(place.root), Report()
    assert [make_deliberation(workspace, name, report) for name in ("cm-1", "cm-2")] == [None, None]
    assert [one.code for one in report.errors] == [code]


def test_two_acts_with_the_same_lacking_pack_have_one_note(place: Place) -> None:
    without(place, "reconduction")
    place.put("conventions/deliberations/cm-1.yaml", HEAD + DECISIONS)
    place.put("conventions/deliberations/cm-2.yaml", HEAD.replace("cm-1", "cm-2") + DECISIONS)
    workspace, report = Workspace(place.root), Report()
    assert all(make_deliberation(workspace, name, report) for name in ("cm-1", "cm-2"))
    assert [one.code for one in report if one.code == "DEL-06"] == ["DEL-06"]


def test_a_pack_of_another_kind_is_refused_for_each_arrete(place: Place) -> None:
    text = "arrete: ar-1\nformules: deliberation\ndate: 2026-02-03\nnumero: 7\ntitre: Rue\n"
    text += "articles:\n  - {id: o, texte: A.}\n"
    place.put("conventions/arretes/ar-1.yaml", text)
    workspace, report = Workspace(place.root), Report()
    assert [make_arrete(workspace, "ar-1", report) for _ in range(2)] == [None, None]
    assert [one.code for one in report.errors] == ["DEL-06"]
