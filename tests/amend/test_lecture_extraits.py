"""An act signed elsewhere, known in part: « (...) » is one of its alinéas, and not a part left as it is."""

from __future__ import annotations

import pytest
from amend_acts import act, article, par
from lecture_outils import pack

from convgen.amend.changements.differer import Grain, diff
from convgen.amend.lire.lire import read, same_lines
from convgen.amend.preuve import proved
from convgen.amend.rediger import RedactionError, word
from convgen.amend.texte.arbre import Part
from convgen.amend.texte.imprime import printed, printed_articles
from convgen.amend.texte.normaliser import normal


def test_what_is_not_transcribed_stays() -> None:
    base, new = version("(...)", "Ancien."), version("(...)", "Nouveau.", "Autre.")
    delta = diff(base, new, grain=Grain.ARTICLE)
    wording = word(delta, base, new, pack("pratique"))
    got = read(printed_articles(wording.articles), printed(base), pack("pratique"))
    assert same_lines(got, printed(new)) is None
    with pytest.raises(RedactionError, match="ne remplace aucun texte"):
        word(delta, base, new, pack("legistique"))


def version(*texts: str) -> Part:
    return normal(act(article("a", "Un", *map(par, texts)), article("b", "Deux", par("Reste."))))


def said(base: Part, new: Part) -> list[str]:
    """What an avenant in sentences says, read back."""
    proof = proved(base, new, pack("legistique"), lambda delta: delta, whole=frozenset({"a"}))
    lines = printed_articles(proof.wording.articles)
    assert same_lines(read(lines, printed(base), pack("legistique")), printed(new)) is None
    return [line.text.replace("\u00a0", " ").replace("’", "'") for line in lines[1:]]


def test_a_sentence_replaces_only_what_is_known() -> None:
    base = version("(...)", "Titre.", "Ancien.", "Ancien aussi.")
    assert said(base, version("(...)", "Titre.", "Neuf.", "Neuf aussi."))[0] == (
        "Les deux derniers alinéas de l'article 1 sont remplacés par deux alinéas ainsi rédigés :"
    )
    assert said(base, version("(...)", "Titre.", "Ancien.", "Neuf."))[0].startswith("Le dernier alinéa de l'article 1")
    assert said(base, version("(...)", "Titre.", "Ancien.", "Ancien aussi.", "Autre."))[0].startswith(
        "L'article 1 est complété par un alinéa"
    )


def test_alineas_are_counted_up_to_what_is_unknown() -> None:
    base = version("Un.", "Deux.", "(...)")
    assert said(base, version("Un.", "Autre.", "(...)"))[0].startswith("Le deuxième alinéa de l'article 1 ")
    assert said(version("(...)", "Un."), version("(...)", "Deux."))[0].startswith("Le dernier alinéa de l'article 1 ")


def test_what_cannot_be_counted_is_refused() -> None:
    base = version("(...)", "Un.", "Deux.", "(...)")
    with pytest.raises(RedactionError, match="connu qu'en partie"):
        said(base, version("(...)", "Un.", "Autre.", "(...)"))


def test_a_text_given_in_full_takes_the_place_of_one_known_in_part() -> None:
    found = said(version("(...)", "Un."), version("Tout est dit."))
    assert found[0] == "L'article 1 est remplacé par les stipulations suivantes :"
    assert not any("(...)" in line or "(…)" in line for line in found)
