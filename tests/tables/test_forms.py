"""Blank forms: boxes to tick, dotted lines, repeated blocks; annexes in series."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from table_acts import ACT, Run, run_in

from convgen.acte.nodes import FillIn, Paragraph
from convgen.acte.runs import plain_text

Composed = Callable[[str], Run]


@pytest.fixture
def composed(tmp_path: Path) -> Composed:
    def make(annexes: str) -> Run:
        data = "donnees:\n  mobilite: oui\n  sante: non\n"
        return run_in(tmp_path, {"conventions/acte.yaml": f"{ACT}{data}annexes:\n{annexes}"})

    return make


def lines(run: Run, rank: int = 0) -> list[str]:
    assert run.acte is not None, run.words
    blocks = run.acte.annexes[rank].blocks
    return [plain_text(one.inlines).replace("\u00a0", " ") for one in blocks if isinstance(one, Paragraph)]


def test_boxes_are_typed_or_follow_the_data(composed: Composed) -> None:
    run = composed("""\
  - id: formulaire
    titre: Formulaire
    texte: |
      Vous souhaitez :
      - [ ] adhérer
      - [x] être informé

      {{ case('Mobilité', mobilite) }} {{ case('Santé', sante) }} {{ case('Autre') }} {{ case(mobilite) }}
""")
    assert lines(run) == ["Vous souhaitez :", "☐ adhérer", "☑ être informé", "☑ Mobilité ☐ Santé ☐ Autre ☑"]


def test_a_block_is_repeated_with_its_rank_and_its_dotted_lines(composed: Composed) -> None:
    run = composed("""\
  - id: contacts
    titre: Contacts
    repeter: 3
    texte: |
      Contact {{ rang }} : {{ a_remplir('nom') }}
""")
    assert run.acte is not None, run.words
    blocks = [one for one in run.acte.annexes[0].blocks if isinstance(one, Paragraph)]
    assert [plain_text(one.inlines).split("\u00a0")[0] for one in blocks] == ["Contact 1", "Contact 2", "Contact 3"]
    assert all(any(isinstance(node, FillIn) for node in one.inlines) for one in blocks)


def test_annexes_count_in_their_series_and_bis_takes_no_number(composed: Composed) -> None:
    run = composed("""\
  - {id: a, titre: A, serie: solidarités, texte: x}
  - {id: b, titre: B, serie: solidarités, rang: bis, texte: x}
  - {id: c, titre: C, serie: solidarités, texte: x}
  - {id: d, titre: D, serie: emploi, texte: "Voir {{ ref('c') }}."}
""")
    assert run.acte is not None, run.words
    numbers = [one.number.text for one in run.acte.annexes if one.number is not None]
    assert numbers == ["1 solidarités", "1 bis solidarités", "2 solidarités", "1 emploi"]
    assert lines(run, 3) == ["Voir l’annexe 2 solidarités."]


def test_an_annexe_cited_but_not_declared_is_refused(composed: Composed) -> None:
    run = composed("  - {id: a, titre: A, texte: \"Voir {{ ref('annexe-b') }}.\"}\n")
    assert run.codes == ["TXT-06"]
