"""The wording of official texts, composed from the registry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from convgen.errors import Report
from convgen.model.schema.convention import Convention
from convgen.model.visas import cite, visa_texts
from convgen.workspace import Workspace

Made = Callable[[dict[str, str]], Workspace]


def visas(made: Made, typed: str, on: date = date(2024, 6, 7)) -> tuple[list[str], Report]:
    report = Report()
    workspace = made({"conventions/c.yaml": f"convention: c\nvisas:\n{typed}"})
    loaded = workspace.definition("c", report)
    assert loaded is not None and isinstance(loaded.model, Convention), list(report)
    found = visa_texts(loaded.model.visas or (), "définition", workspace, on, report)
    return [one.text for one in found], report


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("cgct", "le code général des collectivités territoriales"),
        ("rsa", "la loi n° 2008-1249 du 1er décembre 2008 généralisant le revenu de solidarité active"),
        ("dcra", "la loi n° 2000-321 du 12 avril 2000 modifiée relative aux droits des citoyens"),
        ("sieg", "la décision C(2011) 9380 de la Commission européenne du 20 décembre 2011"),
        ("ue", "le règlement (UE) 2021/1060 du Parlement européen et du Conseil du 24 juin 2021"),
        ("l'avis du comité du 25 avril 2024", "l'avis du comité du 25 avril 2024"),
        ("{texte: l'avis}", "l'avis"),
        (
            "{visa: cgct, precision: notamment son article L. 1611-4}",
            "le code général des collectivités territoriales, notamment son article L. 1611-4",
        ),
        (
            "{visa: cgct, precision: dans sa 1re partie}",
            "le code général des collectivités territoriales dans sa 1re partie",
        ),
        (
            "{visa: [d1, d2], intitule: relatifs au RSA}",
            "les décrets n° 2009-404 du 15 avril 2009 et n° 2010-961 du 25 août 2010 relatifs au RSA",
        ),
        (
            "[d1, d2]",
            "le décret n° 2009-404 du 15 avril 2009 relatif au RSA"
            " et le décret n° 2010-961 du 25 août 2010 relatif aux jeunes",
        ),
        (
            '{deliberation: cp-1, intitule: "autorisant à signer {{ acte }}"}',
            "la délibération n° 20 de la commission permanente du 7 juin 2024 autorisant à signer {{ acte }}",
        ),
    ],
)
def test_what_follows_vu(made: Made, typed: str, printed: str) -> None:
    found, report = visas(made, f"  - {typed}\n")
    assert found == [printed]
    assert not list(report)


def test_an_unknown_text_suggests_the_nearest_at_its_place(made: Made) -> None:
    found, report = visas(made, "  - cgct\n  - rsaa\n")
    (one,) = report
    assert (one.code, str(one.place), one.path) == ("DEF-12", "conventions/c.yaml:4:5", "visas[1]")
    assert "« rsa »" in one.remedy
    assert len(found) == 1


def test_a_text_repealed_before_the_act_is_signalled(made: Made) -> None:
    _, report = visas(made, "  - communes\n")
    assert [(one.code, one.severity) for one in report] == [("DEF-18", "avertissement")]
    assert not list(visas(made, "  - communes\n", date(1990, 1, 1))[1])


def test_an_unknown_deliberation_is_an_error(made: Made) -> None:
    _, report = visas(made, "  - {deliberation: cp-2}\n")
    (one,) = report
    assert one.code == "DEF-12" and "cp-1" in one.remedy


def test_a_visa_that_says_nothing_is_an_error(made: Made) -> None:
    _, report = visas(made, "  - {precision: x}\n")
    assert [one.code for one in report] == ["DEF-02"]


def test_the_short_form(made: Made) -> None:
    registry = made({}).textes(Report())
    assert cite(registry["rsa"]) == "la loi du 1er décembre 2008"
    assert cite(registry["cgct"]) == "le code général des collectivités territoriales"
