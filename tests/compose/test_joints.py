"""Elision, contraction, capitals and agreement are made where a value meets its text."""

from __future__ import annotations

import pytest
from stage import Stage


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Au profit de {{ departement }}.", "Au profit du Département."),
        ("Versé à {{ prescripteurs }}.", "Versé aux prescripteurs."),
        ("Le siège de {{ erilia }}.", "Le siège d’ERILIA."),
        ("Le siège de {{ asso }}.", "Le siège de l’association."),
        ("{{ departement }} agit.", "Le Département agit."),
        ("Fin. {{ asso }} agit.", "Fin. L’association agit."),
        ("La loi n° {{ inconnue }}.", "La loi n° [date de notification à compléter]."),
        ("De **{{ departement }}**.", "Du Département."),
        ("{{ asso }} {{ asso | accorde('représenté') }}", "L’association représentée"),
        ('{{ prescripteurs }} {{ prescripteurs | accorde("s\'engage") }}', "Les prescripteurs s’engagent"),
        ("dans un délai de {{ delai | lettres }}", "dans un délai d’un mois"),
        ("lorsque {{ asso.il }} agit", "lorsqu’elle agit"),
        ("le nom de {{ departement.nom }}", "le nom du Département des Alpes-Maritimes"),
        ("le monde {{ departement }}", "le monde le Département"),
        ("de {{ volets }}", "des volets 1, 2 et 3"),
        ("à {{ volets.v2 }}", "au volet 2"),
    ],
)
def test_a_value_joins_its_text(stage: Stage, text: str, printed: str) -> None:
    assert stage.line(text).replace("\u00a0", " ") == printed
    assert not stage.report.diagnostics


def test_a_preposition_is_said_again_before_each_item_of_a_series(stage: Stage) -> None:
    line = stage.line("{% for x in [1] %}à {{ [departement, asso, prescripteurs] | et }}{% endfor %}")
    assert line == "au Département, à l’association et aux prescripteurs"


def test_a_list_item_takes_no_capital(stage: Stage) -> None:
    assert stage.lines("- {{ departement }} paie ;\n- {{ asso }} agit.") == [
        "- le Département paie\u202f;",
        "- l’association agit.",
    ]


def test_an_agreement_nobody_knows_is_an_error_at_its_line(stage: Stage) -> None:
    assert stage.problems("Oui.\n\n{{ asso | accorde('xyz qsd') }}") == [("TXT-08", 12)]
