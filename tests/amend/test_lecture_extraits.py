"""An act signed elsewhere, known in part: « (...) » is one of its alinéas, and not a part left as it is."""

from __future__ import annotations

import pytest
from amend_acts import act, article, par
from lecture_outils import pack

from convgen.amend.differer import Grain, diff
from convgen.amend.imprime import printed, printed_articles
from convgen.amend.lire import read, same_lines
from convgen.amend.normaliser import normal
from convgen.amend.rediger import word


@pytest.mark.parametrize("name", ["pratique", "legistique"])
def test_what_is_not_transcribed_stays(name: str) -> None:
    base = normal(act(article("a", "Un", par("(...)"), par("Ancien.")), article("b", "Deux", par("Reste."))))
    new = normal(
        act(article("a", "Un", par("(...)"), par("Nouveau."), par("Autre.")), article("b", "Deux", par("Reste.")))
    )
    wording = word(diff(base, new, grain=Grain.ARTICLE), base, new, pack(name))
    got = read(printed_articles(wording.articles), printed(base), pack(name))
    assert same_lines(got, printed(new)) is None
