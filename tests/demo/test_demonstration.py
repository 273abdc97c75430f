"""The six demonstration conventions: whole, coherent, and nothing left over from a template."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from convgen.acte.nodes import Acte, Division, Note, Paragraph, Reference, Value
from convgen.acte.walk import divisions_of, find_blanks, walk
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.french.amounts import parse_amount, parse_amount_words
from convgen.model.resolve import resolve
from convgen.workspace import Workspace
from convgen.write.docx import load_gabarit, write_docx
from convgen.write.text import write_text

ROOT = Path(__file__).parents[2]
ACTS = {
    "sante-mentale-2024": (10, 4000),
    "fsl-eau-soeau-2024": (10, 2000),
    "insertion-emploi-06-2024": (11, 3000),
    "acces-donnees-06-2024": (10, 3000),
    "acces-donnees-55-2024": (10, 3000),
    "protocole-plie-casa-2024": (14, 4000),
}
_WRITTEN_OUT = re.compile(r"(\d[\d\u202f\u00a0 ]*(?:,\d+)?)\u00a0€ \(([^()]*(?:euros?|centimes?))\)")


@cache
def composed(name: str) -> Acte:
    report = Report()
    act = resolve(Workspace(ROOT), name, date(2024, 6, 7), report)
    assert act is not None
    acte = compose(act, report)
    assert not report.errors
    assert acte is not None
    return acte


def test_they_are_in_the_workspace() -> None:
    assert set(ACTS) <= {path.stem for path in (ROOT / "conventions").glob("*.yaml")}


@pytest.mark.parametrize("name", ACTS)
def test_every_amount_written_out_says_its_figures(name: str) -> None:
    pairs = _WRITTEN_OUT.findall(write_text(composed(name)))
    for figures, words in pairs:
        assert parse_amount(figures) == parse_amount_words(words.replace("\u2019", "'")), (figures, words)
    for value in (node for node in walk(composed(name).zones) if isinstance(node, Value) and node.kind == "montant"):
        figures, _, words = value.text.partition(" (")
        if not figures[0].isdigit():
            continue
        assert parse_amount(figures) == value.exact
        if words:
            assert parse_amount_words(words.rstrip(")").replace("\u2019", "'")) == value.exact


def test_the_amounts_of_the_financed_acts_are_written_out() -> None:
    counts = {name: len(_WRITTEN_OUT.findall(write_text(composed(name)))) for name in ACTS}
    assert counts["sante-mentale-2024"] >= 5
    assert counts["insertion-emploi-06-2024"] >= 6
    assert counts["fsl-eau-soeau-2024"] >= 1


@pytest.mark.parametrize(("name", "expected"), ACTS.items())
def test_an_act_is_complete(name: str, expected: tuple[int, int]) -> None:
    articles, words = expected
    acte = composed(name)
    text = write_text(acte)
    found = [one for zone in acte.zones for one in divisions_of(zone.blocks) if one.level == 1 and one.number]
    assert len(found) == articles
    assert len(text.split()) > words
    assert not re.search(r"\{\{|\}\}|\{%|XXX|\[Pour | ,|\(\)", text)
    assert "Exemple de démonstration, sans valeur juridique" in text


@pytest.mark.parametrize("name", ACTS)
def test_every_article_has_words_and_says_where_they_come_from(name: str) -> None:
    for zone in composed(name).zones:
        for division in divisions_of(zone.blocks):
            assert division.blocks, division.id
            assert division.origin.file, division.id
            assert (ROOT / division.origin.file).is_file()
            for block in division.blocks:
                if isinstance(block, Paragraph):
                    assert block.inlines
                    assert block.origin.line > 0


@pytest.mark.parametrize("name", ACTS)
def test_every_reference_is_worded(name: str) -> None:
    acte = composed(name)
    found = [node for node in walk((acte.zones, acte.annexes)) if isinstance(node, Reference)]
    assert all(one.text for one in found)


def text_of(name: str) -> str:
    return write_text(composed(name)).replace("\u202f", " ").replace("\u00a0", " ")


def test_facts_of_the_mental_health_convention() -> None:
    text = text_of("sante-mentale-2024")
    assert "un acompte de 70 %, soit 210 000 € (deux cent dix mille euros)" in text
    assert "le solde, soit 90 000 € (quatre-vingt-dix mille euros)" in text
    assert "prend effet à compter du 1er juin 2024 et s’achève le 31 décembre 2025" in text


def test_facts_of_the_water_convention() -> None:
    text = text_of("fsl-eau-soeau-2024")
    assert "0,2049 €" in text
    assert "84 934" in text
    assert "17 402 € (dix-sept mille quatre cent deux euros)" in text
    assert "31 décembre 2026" in text


def test_facts_of_the_employment_convention() -> None:
    text = text_of("insertion-emploi-06-2024")
    assert "1 466 282 € (un million quatre cent soixante-six mille deux cent quatre-vingt-deux euros)" in text
    assert "879 769,20 €" in text
    assert "586 512,80 €" in text
    assert "31 mars 2025" in text
    assert text.count("Signature n°") == 3
    parts = [Decimal(106_000), Decimal(952_182), Decimal(408_100)]
    assert sum(parts) == Decimal(1_466_282)


def test_two_definitions_of_one_modele_differ_only_by_their_facts() -> None:
    one, other = composed("acces-donnees-06-2024"), composed("acces-donnees-55-2024")
    assert one.provenance.modele == other.provenance.modele == "acces-donnees"

    def ids(acte: Acte) -> list[str]:
        return [node.id for node in walk((acte.zones, acte.annexes)) if isinstance(node, Division)]

    assert ids(one) == ids(other)
    assert "Nice" in text_of("acces-donnees-06-2024")
    assert "Bar-le-Duc" in text_of("acces-donnees-55-2024")
    assert "Bar-le-Duc" not in text_of("acces-donnees-06-2024")
    assert len(one.annexes) == 5


def test_the_protocol_has_four_parties_a_table_of_contents_and_notes() -> None:
    acte = composed("protocole-plie-casa-2024")
    assert len(acte.parties) == 4
    assert any(zone.kind == "sommaire" for zone in acte.zones)
    notes = [node for node in walk(acte.zones) if isinstance(node, Note)]
    assert [note.number for note in notes] == list(range(1, len(notes) + 1))
    assert len(notes) >= 3


def test_only_what_is_really_unknown_is_a_blank() -> None:
    counts = {name: len(find_blanks(composed(name))) for name in ACTS}
    assert counts == {
        "sante-mentale-2024": 1,
        "fsl-eau-soeau-2024": 0,
        "insertion-emploi-06-2024": 0,
        "acces-donnees-06-2024": 0,
        "acces-donnees-55-2024": 1,
        "protocole-plie-casa-2024": 5,
    }


@pytest.mark.parametrize("name", ["sante-mentale-2024", "protocole-plie-casa-2024"])
def test_same_input_same_bytes(name: str) -> None:
    def made() -> bytes:
        report = Report()
        act = resolve(Workspace(ROOT), name, date(2024, 6, 7), report)
        assert act is not None
        acte = compose(act, report)
        assert acte is not None
        return write_docx(acte, load_gabarit(ROOT / "templates/gabarits" / act.gabarit))

    assert made() == made()
