"""The guide lists the sentences of the packs and the words that each may use; the packs that are shipped are whole."""

from __future__ import annotations

import pytest
from deliberation_tools import ROOT

from convgen.compose.deliberation_pack import KEYS, load_pack
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.workspace import Workspace


@pytest.mark.parametrize("kind", KEYS)
def test_the_guide_lists_every_sentence(kind: str) -> None:
    page = (ROOT / "docs/guide/deliberations.md").read_text("utf-8")
    for key, words in KEYS[kind].items():
        listed = ", ".join(f"`{one}`" for one in words.split()) or "–"
        assert f"| `{key}` | {listed} |" in page, key


@pytest.mark.parametrize(
    ("name", "kind"),
    [("deliberation", "délibération"), ("deliberation-autorise", "délibération"), ("arrete", "arrêté")],
)
def test_the_packs_are_whole(name: str, kind: str) -> None:
    report = Report()
    assert load_pack(Workspace(ROOT), name, kind, TextCache(), report, None) is not None, [str(one) for one in report]


def test_a_pack_cannot_reach_what_it_is_not_given(tmp_path: object) -> None:
    text = (ROOT / "templates/formules/deliberation.yaml").read_text("utf-8")
    folder = tmp_path / "templates" / "formules"  # type: ignore[operator]
    folder.mkdir(parents=True)
    for bad, code in (
        ("{{ texte.__class__ }}", "TXT-03"),
        ("{{ signataire }}", "TXT-02"),
        ("{% include 'x' %}", "TXT-03"),
        ("{{ texte | attr('x') }}", "TXT-04"),
    ):
        (folder / "mauvais.yaml").write_text(text.replace("Vu {{ texte }}", f"Vu {bad}"), encoding="utf-8")
        report = Report()
        assert load_pack(Workspace(tmp_path), "mauvais", "délibération", TextCache(), report, None) is None  # type: ignore[arg-type]
        assert code in {one.code for one in report.errors}, bad
