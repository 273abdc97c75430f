"""The act that shows its changes keeps the order of what does not change, even where nothing could designate it."""

from __future__ import annotations

from amend_acts import act, article, par

from convgen.acte.nodes import Acte, Annexe, Division, Text
from convgen.amend.changements.differer import diff
from convgen.amend.suivi.suivi import tracked
from convgen.amend.texte.normaliser import normal


def made(length: str) -> Acte:
    fiches = (par("Avant."), Division("fiche", 1, (Text("Fiche"),), (par("Une fiche."),)), par("Après la fiche."))
    return act(article("duree", "Durée", par(f"Elle dure {length}.")), annexes=(Annexe("a", (Text("A"),), fiches),))


def test_text_after_a_part_stays_after_it() -> None:
    old, new = made("un an"), made("deux ans")
    (annexe,) = tracked(old, new, diff(normal(old), normal(new))).annexes
    assert [type(block).__name__ for block in annexe.blocks] == ["Paragraph", "Division", "Paragraph"]
