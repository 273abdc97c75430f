"""The shipped packs are proved here once and for all; an edited one is proved each time that it is loaded."""

from __future__ import annotations

import pytest
from exemple_velo import FORMULES, pack

from convgen.amend.recueils import patrons
from convgen.amend.recueils.formules import load_pack
from convgen.amend.recueils.prouves import PROVED, digest_of
from convgen.amend.texte.inlines import text_of
from convgen.errors import Report

#: The packs of avenants; those of other acts say no change.
NAMES = tuple(sorted(path.stem for path in FORMULES.glob("*.yaml") if "\nmanière:" in path.read_text("utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_each_sentence_of_a_shipped_pack_is_read_in_one_way(name: str) -> None:
    found = pack(name)
    assert not patrons.ambiguities(found.templates, lambda key, slots: text_of(found.say(key, **slots)))


def test_the_digests_are_those_of_the_shipped_packs() -> None:
    assert {
        name: digest_of(pack(name).templates) for name in NAMES if digest_of(pack(name).templates) not in PROVED
    } == {}
    assert len(PROVED) == len(NAMES)


def test_loading_a_shipped_pack_does_not_prove_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(patrons, "ambiguities", refuse)
    assert {pack(name).name for name in NAMES} == set(NAMES)


def test_an_edited_pack_that_reads_in_two_ways_is_refused() -> None:
    text = (FORMULES / "legistique.yaml").read_text("utf-8")
    edited = text.replace("{{ lieu | accorde('est abrogé') }}", "{{ lieu | accorde('est supprimé') }}")
    report = Report()
    assert edited != text
    assert load_pack(edited, "maison.yaml", report) is None
    assert {one.code for one in report.errors} == {"AVE-13"}
