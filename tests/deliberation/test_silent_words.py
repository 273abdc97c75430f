"""Words typed by hand that print nothing once their conditions are read are refused, whatever the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import HEAD, Place, make_place

NOTED = "decisions:\n  - texte: de prendre acte du bilan\n"
EMPTY = "'{% if false %}x{% endif %}'"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


@pytest.mark.parametrize("words", [EMPTY, '"{% for a in [] %}x{% endfor %}"'])
@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("session: §\n" + NOTED, "session"),
        ("preambule:\n  - vu: §\n" + NOTED, "preambule[0].vu"),
        ("preambule:\n  - considerant: §\n" + NOTED, "preambule[0].considerant"),
        ("preambule:\n  - theme: §\n" + NOTED, "preambule[0].theme"),
        ("preambule:\n  - rapport: §\n" + NOTED, "preambule[0].rapport"),
        ("preambule:\n  - deport: §\n" + NOTED, "preambule[0].deport"),
        ("preambule:\n  - vu: {acte: essai, nommer: §}\n" + NOTED, "preambule[0].vu.nommer"),
        ("deports:\n  - {elu: Mme A, motif: §}\n" + NOTED, "deports[0].motif"),
        ("avis:\n  - commission: §\n" + NOTED, "avis[0].commission"),
        ("decisions:\n  - theme: §\n    decisions:\n      - signer: essai\n", "decisions[0].theme"),
        ("decisions:\n  - approuver: §\n", "decisions[0].approuver"),
        ("decisions:\n  - approuver: le bilan\n    ajouter: §\n", "decisions[0].ajouter"),
        ("decisions:\n  - signer: essai\n    ajouter: §\n", "decisions[0].ajouter"),
        ("decisions:\n  - signer: essai\n    partenaire: §\n", "decisions[0].partenaire"),
        ("preambule:\n  - rapport: auto\ndecisions:\n  - signer: essai\n    proposer: §\n", "decisions[0].proposer"),
        ("executoire: §\n" + NOTED, "executoire"),
    ],
)
def test_words_that_print_nothing_are_refused(place: Place, body: str, path: str, words: str) -> None:
    made, report = place.deliberation(body.replace("§", words))
    assert made is None and [(one.code, one.path) for one in report.errors] == [("DEL-01", path)], [*map(str, report)]
    (error,) = report.errors
    lines = (HEAD + body).split("\n")
    assert error.place is not None and "§" in lines[error.place.line - 1]


def test_a_title_that_prints_nothing(place: Place) -> None:
    made, report = place.deliberation(NOTED, HEAD.replace("Soutien aux ateliers de lecture", EMPTY))
    assert made is None and [(one.code, one.path) for one in report.errors] == [("DEL-01", "titre")]


def test_a_space_of_no_width_prints_nothing(place: Place) -> None:
    made, report = place.deliberation('preambule:\n  - considerant: "\\u200b"\n' + NOTED)
    assert made is None and [one.code for one in report.errors] == ["DEL-01"]


def test_a_blank_to_fill_in_is_something(place: Place) -> None:
    assert "____" in place.said("decisions:\n  - signer: essai\n    ajouter: '{{ a_remplir() }}'\n")
