"""What is kept of a signed avenant, read back, and the proof that it follows from what was in force."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from amend_acts import act, article, par

from convgen.acte.nodes import Acte
from convgen.amend.changements.differer import diff
from convgen.amend.texte.etat import Source, State, Tomb
from convgen.amend.texte.normaliser import normal
from convgen.amend.vigueur.archive import follows, state_from_data, state_to_data
from convgen.errors import DefinitionError


def made(length: str) -> Acte:
    return act(article("objet", "Objet", par("Un atelier.")), article("duree", "Durée", par(f"Elle dure {length}.")))


STATE = State(
    made("deux ans"),
    (Tomb("bilan", "articles:1", "3", "3", "ARTICLE 3", 1, ("x",), "", "essai-1"), Tomb("a", "s", "1", "1", "A", -1)),
    ("essai-1",),
    (Source("essai-1", "l'avenant n° 1", date(2024, 6, 1), {"m1": "2"}), Source("e", "l'avenant")),
    {"duree": ("modifié par l'avenant n° 1",)},
)


def test_a_state_is_read_back_from_its_json() -> None:
    data = json.loads(json.dumps(state_to_data(STATE, {"plan": "sha256:1"}), ensure_ascii=False))
    assert state_from_data(data) == (STATE, {"plan": "sha256:1"})


@pytest.mark.parametrize(
    "change",
    [
        {"format": "convgen/etat/9"},
        {"numeros_retires": [{"id": 1}]},
        {"sources": [{"id": "e", "designation": "", "jour": "hier", "articles": {}}]},
        {"acte": {"type": "Zut"}},
        {"fichiers": []},
    ],
)
def test_data_that_are_no_state_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(DefinitionError):
        state_from_data({**state_to_data(STATE, {}), **change})


def test_an_archive_follows_or_says_why_not() -> None:
    before, after = State(made("un an")), State(made("deux ans"))
    delta = diff(normal(before.acte), normal(after.acte))
    assert follows(before, delta, after, {}, {}) == ""
    assert "un autre texte" in follows(State(made("dix ans")), delta, after, {}, {})
    assert "n'est pas celui" in follows(before, delta, State(made("trois ans")), {}, {})
    assert "ne s'appliquent plus" in follows(before, replace(delta, changes=(*delta.changes,) * 2), after, {}, {})
    assert "ne donnent plus" in follows(before, replace(delta, changes=()), after, {}, {})
