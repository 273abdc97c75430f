"""The demonstration conventions, edited here and there: their avenants are read back by both readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from lecteur_legistique import read_by_hand
from lecture_outils import pack

from convgen.acte.nodes import Acte, Block, Division, ListBlock, Paragraph, Text
from convgen.amend.changements.differer import diff
from convgen.amend.lire.lire import read, same_lines
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.rediger import word
from convgen.amend.texte.etat import State
from convgen.amend.texte.imprime import printed, printed_articles
from convgen.amend.texte.normaliser import normal
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace

ROOT = Path(__file__).parents[2]
CONVENTIONS = sorted(path.stem for path in (ROOT / "conventions").glob("*.yaml"))[::4]


def _edited(blocks: tuple[Block, ...], chance: Random) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        draw = chance.random()
        match block:
            case Division() if draw < 0.03:
                continue
            case Division(blocks=inner):
                out.append(replace(block, blocks=_edited(inner, chance)))
            case Paragraph(inlines=(Text(text), *others)) if draw < 0.1 and " " in text:
                head, _, tail = text.partition(" ")
                out.append(replace(block, inlines=(Text(f"{head} nouveau {tail}"), *others)))
            case Paragraph() if draw < 0.15:
                out.extend((block, Paragraph((Text("Un alinéa nouveau."),))))
            case ListBlock(items=items) if draw < 0.2 and len(items) > 1:
                out.append(replace(block, items=items[:-1]))
            case _:
                out.append(block)
    return tuple(out)


def _versions(name: str, seed: int, policy: Policy) -> tuple[Acte, Acte]:
    report = Report()
    found = resolve(Workspace(ROOT), name, date(2024, 6, 7), report)
    acte = compose(found, report) if found is not None else None
    assert acte is not None
    chance = Random(seed)  # noqa: S311 -- no secret
    zones = tuple(
        replace(zone, blocks=_edited(zone.blocks, chance)) if zone.kind == "articles" else zone for zone in acte.zones
    )
    annexes = tuple(replace(one, blocks=_edited(one.blocks, chance)) for one in acte.annexes)
    return acte, number_against(replace(acte, zones=zones, annexes=annexes), State(acte), policy)


@pytest.mark.parametrize("name", CONVENTIONS)
@pytest.mark.parametrize(("seed", "policy"), [(1, Policy.FROZEN), (2, Policy.RENUMBER)])
def test_the_avenant_of_a_convention_is_read_back(name: str, seed: int, policy: Policy) -> None:
    base, new = map(normal, _versions(name, seed, policy))
    delta = diff(base, new)
    assert delta.changes
    for manner in ("legistique", "pratique"):
        said = printed_articles(word(delta, base, new, pack(manner)).articles)
        assert same_lines(read(said, printed(base), pack(manner)), printed(new)) is None
        if manner == "legistique":
            assert same_lines(read_by_hand(said, printed(base)), printed(new)) is None
