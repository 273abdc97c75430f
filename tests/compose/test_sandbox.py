"""What texts may not do, and how they are told."""

from __future__ import annotations

import pytest
from stage import Stage

from convgen.errors import CODES

ATTACKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ departement.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self._TemplateReference__context }}",
    "{{ lipsum.__globals__ }}",
    "{{ 'x' * 10**9 }}",
    "{% if false %}{{ 'x' * 10**9 }}{% endif %}",
    "{{ 2 ** 2 ** 30 }}",
    "{{ range(10**9) }}",
    "{% set x = 1 %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro f() %}{% endmacro %}",
    "{% extends 'x' %}",
    "{{ departement.nom.__class__ }}",
    "{{ departement['__class__'] }}",
    "{{ ref.__call__.__globals__ }}",
    "{{ subvention ~ 'a' }}",
    "{{ {'a': 1} }}",
    "{{ volets[0:1] }}",
    "{{ subvention is defined }}",
    "{{ ref(*[1]) }}",
    "{{ departement.party }}",
    "{{ 'a'.format(1) }}",
    "{% for a in volets %}{{ a.item }}{% endfor %}",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_is_a_clear_error(stage: Stage, text: str) -> None:
    problems = stage.problems(text)
    assert problems
    assert {code for code, _ in problems} <= {"TXT-02", "TXT-03", "TXT-04", "TXT-05"}
    assert all(code in CODES for code, _ in problems)


def test_all_unknown_names_of_a_text_are_told_at_once(stage: Stage) -> None:
    assert stage.problems("{{ depatement }}\n\n{{ subvension }}") == [("TXT-02", 10), ("TXT-02", 12)]
    assert "« departement »" in stage.report.diagnostics[0].remedy


def test_an_unknown_field_names_the_nearest_one(stage: Stage) -> None:
    assert stage.problems("Oui.\n\n{{ departement.adrese }}") == [("TXT-02", 12)]
    assert "« adresse »" in stage.report.diagnostics[0].remedy


def test_an_unknown_field_of_an_unknown_value_is_a_blank(stage: Stage) -> None:
    assert stage.line("{{ inconnue.date }}") == "[date de notification à compléter]"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ departement", "TXT-01"),
        ("{% if rien %}", "TXT-01"),
        ("{{ subvention | montan }}", "TXT-04"),
        ("{{ departement | montant }}", "TXT-04"),
        ("{{ rien }}", "TXT-09"),
        ("{{ ref() }}", "TXT-04"),
        ("{{ ref('a', 'zut') }}", "TXT-04"),
        ("{{ subvention | ponctue }}", "TXT-04"),
    ],
)
def test_mistakes_have_their_code(stage: Stage, text: str, code: str) -> None:
    assert [found for found, _ in stage.problems(f"Oui.\n\n{text}")] == [code]
    assert stage.report.diagnostics[-1].place is not None
    assert stage.report.diagnostics[-1].place.line == 12


def test_the_message_is_french_and_has_a_remedy(stage: Stage) -> None:
    stage.problems("{% set x = 1 %}")
    assert "interdite" in stage.report.diagnostics[0].message
    assert "donnée" in stage.report.diagnostics[0].remedy
