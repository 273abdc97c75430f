"""The members in office: printed when they are given, and as many as those who are counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import Place, make_place

from convgen.model.deliberation_types import Vote
from convgen.model.deliberation_vote import voices

SIGNER = "decisions:\n  - signer: essai\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


def test_they_come_first(place: Place) -> None:
    said = place.said(f"{SIGNER}vote: {{en_exercice: 25, presents: 20, pouvoirs: 3, pour: 23}}\n")
    assert "Membres en exercice : 25 – Présents : 20 – Pouvoirs : 3" in said.replace("\u00a0", " ")
    assert "en exercice" not in place.said(f"{SIGNER}vote: {{presents: 20, pour: 20}}\n")


@pytest.mark.parametrize(
    "vote", ["presents: 24, pour: 24", "presents: 20, pouvoirs: 4, pour: 24", "pour: 24, contre: 0"]
)
def test_fewer_than_those_who_are_counted_are_refused(place: Place, vote: str) -> None:
    assert "23 membres en exercice, et 24 présents, représentés ou votants" in place.refused(
        f"{SIGNER}vote: {{en_exercice: 23, {vote}}}\n"
    )


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        (Vote(), None),
        (Vote(in_favour=20), None),
        (Vote(in_favour=20, against=0), None),
        (Vote(in_favour=20, against=1, abstaining=2), (20, 1, 2)),
        (Vote(present=20, in_favour=20), (20, 0, 0)),
        (Vote(present=20, proxies=2, in_favour=20, not_voting=2), (20, 0, 0)),
        (Vote(present=22, in_favour=20), None),
        (Vote(present=20, against=20), None),
    ],
)
def test_the_voices_are_known_all_or_none(vote: Vote, expected: tuple[int, int, int] | None) -> None:
    assert voices(vote) == expected
