"""Lists of texts: each item is its own, however many lists an act has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.model.values import ListValue
from convgen.workspace import Workspace


def test_no_item_of_a_list_takes_the_words_of_another(tmp_path: Path) -> None:
    names = [f"liste{number}" for number in range(60)]
    data = "".join(f"  {name}:\n" + "".join(f"    - {name} {rank}\n" for rank in (1, 2, 3)) for name in names)
    (tmp_path / "conventions").mkdir()
    (tmp_path / "convgen.yaml").write_text("charte: neutre\n", encoding="utf-8")
    path = tmp_path / "conventions/essai.yaml"
    head = "convention: essai\nnature: convention\nnumero: sans\nparties: {a: {designation: le bailleur}}\n"
    path.write_text(f"{head}donnees:\n{data}", encoding="utf-8")
    act = resolve(Workspace(tmp_path), path, date(2024, 6, 7), Report())
    assert act is not None
    for name in names:
        value = act.data[name]
        assert isinstance(value, ListValue)
        said = [(one.key, one.source.text) for one in value.items]
        assert said == [(f"{name}.{rank}", f"{name} {rank}") for rank in (1, 2, 3)]
