"""The délibérations of the demonstration workspace: what they recite is what their acts say."""

from __future__ import annotations

import io
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from deliberation_tools import ROOT, values, words

from convgen.acte.nodes import ListBlock
from convgen.cli.deliberations import MadeUnilateral, make_arrete, make_deliberation
from convgen.errors import Report
from convgen.workspace import Workspace
from convgen.write.docx import write_docx
from convgen.write.docx.gabarit import load_gabarit

CP = "cp-2024-06-07-20"


@pytest.fixture(scope="module")
def made() -> MadeUnilateral:
    report = Report()
    found = make_deliberation(Workspace(ROOT), CP, report)
    assert found is not None, [str(one) for one in report]
    assert not report.errors
    return found


def test_five_themes_and_the_credits(made: MadeUnilateral) -> None:
    lists = [one for zone in made.acte.zones if zone.kind == "decisions" for one in zone.blocks]
    (block,) = [one for one in lists if isinstance(one, ListBlock)]
    assert (block.style, len(block.items)) == ("1°", 6)


def test_every_act_that_exists_is_authorised_once(made: MadeUnilateral) -> None:
    keys = {key.split(".")[1] for key in values(made.acte) if key.startswith("actes.")}
    authorised = made.resolved.authorised  # type: ignore[union-attr]
    assert len(authorised) == len(set(authorised)) >= 11
    assert set(authorised) <= keys


def test_the_amount_and_its_split_are_those_of_the_convention(made: MadeUnilateral) -> None:
    found = values(made.acte)
    prefix = "actes.insertion-emploi-06-2024"
    parts = [found[f"{prefix}.volets.{one}.montant"].exact for one in ("v1", "v2", "v3")]
    assert parts == [Decimal("106000"), Decimal("952182"), Decimal("408100")]
    assert sum(part for part in parts if isinstance(part, Decimal)) == found[f"{prefix}.total"].exact
    assert "408 000" not in words(made.acte)


def test_what_the_acts_say_of_themselves(made: MadeUnilateral) -> None:
    said = words(made.acte)
    for one in (
        "Vu les décrets n° 2009-404 du 15 avril 2009 et n° 2010-961 du 25 août 2010 relatifs au RSA ;",
        "portant le montant de 870 000 € à 925 400 €",
        "modifiant les articles 5.1, 6.2.2 et 9.5 de ladite convention",
        "d'un montant maximal de 300 000 €, pour une durée allant du 1er juin 2024 au 31 décembre 2025",
        "pour une durée de trois ans, soit jusqu'au 31 décembre 2026",
        "pour la durée de la convention de coopération",
        "sous la forme d'un abandon de créances, d'un montant maximal de 17 402 €, pour l'année 2024",
    ):
        assert one in said, one


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("clauses", "conventions", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copyfile(ROOT / "convgen.yaml", tmp_path / "convgen.yaml")
    return tmp_path


@pytest.mark.parametrize(("amount", "accepted"), [("408 100 €", True), ("408 000 €", False)])
def test_the_contradiction_of_408_000_euros_cannot_be_written(copy: Path, amount: str, accepted: bool) -> None:
    body = (
        f"deliberation: essai\norgane: commission-permanente\nseance: 2024-06-07\nnumero: 21\ntitre: Insertion\n"
        f"decisions:\n  - signer: insertion-emploi-06-2024\n    texte: d'autoriser {{{{ signataire }}}} à signer "
        f"{{{{ x.nommer }}}}, dont {amount} pour l'accompagnement rénové\n"
    )
    (copy / "conventions" / "deliberations" / "essai.yaml").write_text(body, encoding="utf-8")
    report = Report()
    found = make_deliberation(Workspace(copy), "essai", report)
    assert (found is not None) is accepted
    assert [one.code for one in report.errors] == ([] if accepted else ["DEL-05"])
    if not accepted:
        assert "408 000 €" in report.errors[0].message.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("408 100 € au volet 3 et 952 182 € au volet 2, avec l'État", []),
        ("952 182 € au volet 3", ["DEL-05"]),
        ("408 100 € pour la rénovation, avec la Fondation de Nice", ["DEL-11"]),
    ],
)
def test_a_share_stays_with_its_volet_and_the_partner_is_that_of_the_act(
    copy: Path, words: str, codes: list[str]
) -> None:
    body = (
        f"deliberation: essai\norgane: commission-permanente\nseance: 2024-06-07\nnumero: 21\ntitre: Insertion\n"
        f"decisions:\n  - signer: insertion-emploi-06-2024\n    texte: de signer la convention, dont {words}\n"
    )
    (copy / "conventions" / "deliberations" / "essai.yaml").write_text(body, encoding="utf-8")
    make_deliberation(Workspace(copy), "essai", report := Report())
    assert [one.code for one in report.errors] == codes, [str(one) for one in report]


@pytest.mark.parametrize("name", ["me-2024-06-20-excedent", "me-2024-06-20-pacte"])
def test_those_of_the_meuse_are_final(name: str) -> None:
    report = Report()
    found = make_deliberation(Workspace(ROOT), name, report, final=True)
    assert found is not None, [str(one) for one in report]


def test_the_first_article_without_a_title_reads_as_the_others() -> None:
    found = make_arrete(Workspace(ROOT), "ar-2024-06-17-3", report := Report())
    assert found is not None, [str(one) for one in report]
    gabarit = load_gabarit(ROOT / "templates" / "gabarits" / "departement")
    with zipfile.ZipFile(io.BytesIO(write_docx(found.acte, gabarit))) as archive:
        assert 'w:lvlText w:val="Article 1er"' in archive.read("word/numbering.xml").decode()
