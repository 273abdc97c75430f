"""What an avenant may not say: each mistake has its code, its line and its remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from convgen.errors import Report
from convgen.model.avenant import resolve_avenant
from convgen.workspace import Workspace

Made = Callable[[dict[str, str]], Workspace]
TODAY = date(2024, 6, 1)

CONVENTION = """\
convention: c
objet: l'accueil
etat: {signe: 2024-01-15}
parties:
  departement: {organisme: defaut, representant: president}
  travail: {organisme: travail}
donnees:
  subvention: 870 000 €
verifier:
  - {regle: subvention < 900 000 €, sinon: La subvention est plafonnée.}
articles:
  - {id: objet, titre: Objet, texte: Un bénévole.}
  - {id: bilan, titre: Bilan, texte: Un bilan.}
"""
CHANGE = "modifications: {objet: le reste}\n"


def refusals(made: Made, text: str, **files: str) -> list[tuple[str, str, int, str]]:
    report = Report()
    more = {f"conventions/{name.replace('__', '/')}.yaml": one for name, one in files.items()}
    workspace = made({"conventions/c.yaml": CONVENTION, "conventions/avenants/a.yaml": f"avenant: a\n{text}", **more})
    resolve_avenant(workspace, "a", TODAY, report)
    found = []
    for one in report:
        assert one.place is not None, str(one)
        assert one.remedy, str(one)
        found.append((one.code, one.place.file.rpartition("/")[2], one.place.line, one.message))
    return found


def refusal(made: Made, text: str, **files: str) -> tuple[str, int, str]:
    ((code, file, line, message),) = refusals(made, text, **files)
    assert file == "a.yaml"
    return code, line, message


def test_an_unknown_convention(made: Made) -> None:
    assert refusal(made, f"modifie: d\nnumero: 1\n{CHANGE}") == ("FIC-01", 2, "aucune convention ne s'appelle « d »")


def test_a_gap_in_the_chain(made: Made) -> None:
    code, line, message = refusal(made, f"modifie: c\nnumero: 3\n{CHANGE}")
    assert (code, line) == ("AVE-14", 3)
    assert message == "l'avenant n° 3 vient après les avenants n° 1, n° 2, introuvables"


def test_two_avenants_of_one_number(made: Made) -> None:
    other = f"avenant: b\nmodifie: c\nnumero: 1\n{CHANGE}"
    code, line, message = refusal(made, f"modifie: c\nnumero: 1\n{CHANGE}", avenants__b=other)
    assert (code, line) == ("AVE-14", 3)
    assert message == "deux avenants ont le numéro 1 : « a » et « b »"


def test_avenants_of_other_conventions_do_not_count(made: Made) -> None:
    other = f"avenant: b\nmodifie: d\nnumero: 1\n{CHANGE}"
    assert refusals(made, f"modifie: c\nnumero: 1\n{CHANGE}", avenants__b=other) == []


@pytest.mark.parametrize("number", ["zéro", "0", "1 bis"])
def test_a_number_that_is_none(made: Made, number: str) -> None:
    assert refusal(made, f"modifie: c\nnumero: {number}\n{CHANGE}")[:2] == ("AVE-14", 3)


def test_an_avenant_before_its_convention(made: Made) -> None:
    code, line, message = refusal(made, f"modifie: c\nnumero: 1\ndate: 2024-01-10\n{CHANGE}")
    assert (code, line) == ("AVE-15", 4)
    assert message == "l'avenant est du 10 janvier 2024, avant la convention, signée le 15 janvier 2024"


def test_an_avenant_before_the_one_it_follows(made: Made) -> None:
    first = f"avenant: b\nmodifie: c\nnumero: 1\ndate: 2024-05-01\n{CHANGE}"
    code, line, message = refusal(made, f"modifie: c\nnumero: 2\ndate: 2024-04-01\n{CHANGE}", avenants__b=first)
    assert (code, line) == ("AVE-15", 4)
    assert "avant l'avenant n° 1, le 1er mai 2024" in message


def test_what_is_wrong_in_an_earlier_avenant_is_said(made: Made) -> None:
    first = "avenant: b\nmodifie: c\nnumero: 1\nbidon: 3\nmodifications: {objet: le reste}\n"
    found = refusals(made, f"modifie: c\nnumero: 2\n{CHANGE}", avenants__b=first)
    assert [(code, file) for code, file, _, _ in found] == [("DEF-01", "b.yaml")]


NEW = {"avenants__nouvelle__c": CONVENTION}


@pytest.mark.parametrize(
    ("text", "line"), [(f"{CHANGE}nouvelle: conventions/avenants/nouvelle/c.yaml\n", 5), ("objet: rien\n", 1)]
)
def test_both_or_neither(made: Made, text: str, line: int) -> None:
    assert refusal(made, f"modifie: c\nnumero: 1\n{text}", **NEW)[:2] == ("AVE-16", line)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("convention: c", "convention: d", "« d »"), ("objet: l'", "nature: protocole\nobjet: l'", "« protocole »")],
)
def test_a_new_version_of_something_else(made: Made, old: str, new: str, words: str) -> None:
    text = "modifie: c\nnumero: 1\nnouvelle: conventions/avenants/nouvelle/c.yaml\n"
    code, line, message = refusal(made, text, avenants__nouvelle__c=CONVENTION.replace(old, new))
    assert (code, line) == ("AVE-16", 4)
    assert words in message


def test_both_even_with_payments(made: Made) -> None:
    text = f"{CHANGE}nouvelle: conventions/avenants/nouvelle/c.yaml\nversements_effectues: {{x: 2024-01-01}}\n"
    assert "AVE-16" in [one[0] for one in refusals(made, f"modifie: c\nnumero: 1\n{text}", **NEW)]


def test_a_new_version_that_is_not_there(made: Made) -> None:
    found = refusals(made, "modifie: c\nnumero: 1\nnouvelle: conventions/perdue.yaml\n")
    assert [(code, file, line) for code, file, line, _ in found] == [("FIC-01", "a.yaml", 4)]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("articles: [{id: bilant, retirer: oui}]", "AVE-18", "« bilant » n'est pas dans la convention"),
        ("articles: [{id: bilant, titre: Bilans}]", "AVE-18", "« bilant » n'est pas dans la convention"),
        ("articles: [{id: bilan, apres: perdu}]", "DEF-13", "article inconnu : « perdu »"),
        ("annexes: [{id: perdue, retirer: oui}]", "AVE-18", "« perdue » n'est pas dans la convention"),
        ("donnees: {subvenion: 3 €}", "AVE-18", "la convention n'a pas de donnée « subvenion »"),
        ("termes: {bénévole: bénévole}", "AVE-18", "remplacé par lui-même"),
        ("termes: {bénévole: '{{ x }}'}", "AVE-18", "n'est pas un terme"),
        ("termes: {bénévole: {par: volontaire, sauf: [perdu]}}", "AVE-18", "ni un article ni une annexe"),
        ("parties: {ville: {organisme: travail}}", "AVE-19", "« ville » n'est pas une partie à la convention"),
        ("parties: {travail: {ajoutee: 2024-07-01}}", "AVE-19", "est déjà partie à la convention"),
        ("parties: {travail: {organisme: departement}}", "AVE-19", "change sans que rien ne le dise"),
        ("parties: {travail: {substituee: 2024-07-01}}", "AVE-19", "rien ne dit quel organisme"),
        ("parties: {travail: {retiree: signature}}", "AVE-19", "n'a plus qu'une partie"),
        ("parties: {travail: {denomination: hier}}", "DON-04", "n'est pas une date"),
        ("articles: [{id: bilan, apres_les_mots: Un, texte: deux}]", "AVE-18", "« apres_les_mots » ne vaut que"),
        ("donnees: {subvention: 950 000 €}", "DON-13", "La subvention est plafonnée"),
    ],
)
def test_a_modification_that_means_nothing(made: Made, change: str, code: str, words: str) -> None:
    found = refusals(made, f"modifie: c\nnumero: 1\nmodifications: {{{change}}}\n")
    assert [one[0] for one in found] == [code], found
    assert words in found[0][3], found
    if code != "DON-13":
        assert found[0][1:3] == ("a.yaml", 4)


def test_a_datum_of_the_convention_is_not_added_again(made: Made) -> None:
    found = refusal(made, f"modifie: c\nnumero: 1\ndonnees: {{subvention: 3 €}}\n{CHANGE}")
    assert found[:2] == ("AVE-18", 4)


def test_an_unknown_party_of_the_avenant(made: Made) -> None:
    text = f"modifie: c\nnumero: 1\nparties: {{ville: {{representant: maire}}}}\n{CHANGE}"
    assert refusal(made, text)[:2] == ("DEF-09", 4)


EXTERNE = """\
convention: c
externe: oui
intitule: la convention
parties: {departement: {organisme: defaut, representant: president}, travail: {organisme: travail}}
extraits: [{id: plan, numero: 5.1, titre: Plan, texte: Du connu.}]
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("{id: plat, texte: x}", "n'est pas dans les extraits"),
        ("{id: perdu, retirer: oui}", "n'est pas dans les extraits"),
        ("{id: plan, clause: x}", "« clause » ne vaut pas"),
        ("{id: plan, apres_les_mots: inconnus, texte: x}", "ne sont pas dans l'extrait"),
    ],
)
def test_an_extract_that_is_not_transcribed(made: Made, change: str, words: str) -> None:
    found = refusals(made, f"modifie: c\nnumero: 1\nmodifications: {{articles: [{change}]}}\n", c=EXTERNE)
    assert [one[0] for one in found] == ["AVE-18"], found
    assert words in found[0][3]


def test_every_mistake_is_said_in_one_run(made: Made) -> None:
    text = "modifie: c\nnumero: 2\ndate: 2024-01-05\nbidon: 1\nmodifications: {donnees: {subvenion: 3 €}}\n"
    assert sorted(one[0] for one in refusals(made, text)) == ["AVE-14", "AVE-15", "AVE-18", "DEF-01"]
