"""Every example of the guide on tables makes a table, as written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from table_acts import ACT, run_in

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "tableaux-et-fiches.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.startswith("tableaux:")])
def test_each_table_of_the_guide_is_made(example: str, tmp_path: Path) -> None:
    name = example.split("\n")[1].strip(" :")
    act = f"{ACT}exercices: [2024, 2025]\n{example}annexes:\n  - {{id: a, titre: A, tableau: {name}}}\n"
    run = run_in(tmp_path, {"conventions/acte.yaml": act})
    assert run.codes == [], run.words
    assert len(run.rows()) >= 1


def test_the_jeu_of_the_guide_prints_its_fiches(tmp_path: Path) -> None:
    (example,) = [one for one in EXAMPLES if one.startswith("jeu:")]
    act = f"{ACT}jeu: exemple\nannexes:\n  - {{id: a, titre: A, fiches: jeu}}\n"
    run = run_in(tmp_path, {"conventions/acte.yaml": act, "conventions/jeux/exemple.yaml": example})
    assert run.codes == [], run.words
    assert run.acte is not None and run.acte.annexes[0].blocks
