"""Whatever is typed in a délibération, it is made or refused with diagnostics; nothing else comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import HEAD, Place, make_place

BODY = """\
session: deuxième réunion
preambule:
  - vu: cgct
  - vu: {visa: cgct, precision: notamment son article L. 2121-29}
  - vu: {acte: essai, nommer: "la convention n° {{ x.numero }}"}
  - considerant: que {{ signataire }} propose des ateliers
  - rapport: auto
avis:
  - commission: Culture
    date: 2026-01-10
decisions:
  - theme: la lecture
    sous_themes:
      - titre: Les ateliers
        decisions:
          - signer: essai
            abreger: [duree]
            ajouter: et ses annexes
  - approuver: le bilan
    piece: bilan
  - texte: de publier {{ acte('essai').nommer }}
vote:
  presents: 20
  pouvoirs: 3
  pour: 23
deports:
  - elu: M. Durand
    motif: président
signataire: maire
executoire: oui
tampon: oui
prefecture: {nature: délibération, matiere: 8.9, objet: Lecture}
etat: {transmis: 2026-01-20}
"""
WHOLE = (HEAD + BODY).splitlines()
ODD = (
    "",
    " []",
    " {}",
    " - a",
    " 31/02/2026",
    " à compléter",
    " sans",
    " {{ x",
    " {{ inconnu }}",
    " [a, [b]]",
    " {a: {b: c}}",
    " 0",
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


def test_the_whole_is_right(place: Place) -> None:
    made, report = place.deliberation(BODY)
    assert made is not None and not report.diagnostics, [str(one) for one in report]


def test_without_each_line(place: Place) -> None:
    for rank in range(len(WHOLE)):
        made, report = place.deliberation("\n".join(WHOLE[:rank] + WHOLE[rank + 1 :]) + "\n", "")
        assert (made is None) == bool(report.errors), WHOLE[rank]


@pytest.mark.parametrize("odd", ODD)
def test_with_an_odd_value_in_some_lines(place: Place, odd: str) -> None:
    # a third of the lines each time: together, the odd values go through them all four times
    for rank, line in list(enumerate(WHOLE))[ODD.index(odd) % 3 :: 3]:
        head, colon, _ = line.partition(":")
        if not colon:
            continue
        typed = "\n".join([*WHOLE[:rank], f"{head}:{odd}", *WHOLE[rank + 1 :]]) + "\n"
        made, report = place.deliberation(typed, "")
        assert (made is None) == bool(report.errors), f"{head}:{odd}"
        assert all(one.place is not None or one.code == "FIC-01" for one in report.errors), [str(one) for one in report]
