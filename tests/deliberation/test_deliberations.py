"""The body of a délibération: preamble, decisions by theme, vote, signature; what it lends to its acts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from deliberation_tools import HEAD, Place, make_place, values

from convgen.acte.nodes import ListBlock, Paragraph, Role
from convgen.errors import Report
from convgen.model.deliberation import resolve_deliberation
from convgen.model.resolve import resolve
from convgen.workspace import Workspace

SIGNER = "decisions:\n  - signer: essai\n"
NOTED = "decisions:\n  - texte: de prendre acte du bilan\n"
TODAY = date(2026, 1, 2)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


def test_visas_and_considerants_keep_their_order(place: Place) -> None:
    body = (
        "preambule:\n  - vu: cgct\n  - considerant: que les ateliers sont utiles ;\n  - vu: [cgct, cgct]\n"
        "  - theme: Sur le fond\n  - vu: le bilan de 2025.\n" + SIGNER
    )
    made, report = place.deliberation(body)
    assert made is not None, [str(one) for one in report]
    zone = next(zone for zone in made.acte.zones if zone.kind == "visas")
    roles = [block.role for block in zone.blocks if isinstance(block, Paragraph)]
    assert roles == [Role.BODY, Role.VISA, Role.CONSIDERANT, Role.VISA, Role.SUBHEAD, Role.VISA]
    said = place.said(body)
    assert "Le conseil municipal,\n" in said
    assert "Vu le code général des collectivités territoriales ;\n" in said
    assert "Considérant que les ateliers sont utiles ;\n" in said and "Vu le bilan de 2025 ;\n" in said


@pytest.mark.parametrize(
    ("organe", "expected"),
    [
        ("la commission permanente", ("La commission permanente,", "Décide :")),
        ("l'assemblée départementale", ("L'assemblée départementale,", "Décide :")),
        ("le conseil d'administration", ("Le conseil d'administration,", "Décide :")),
        ("les membres du bureau", ("Les membres du bureau,", "Décident :")),
    ],
)
def test_the_grammar_of_the_organe(place: Place, organe: str, expected: tuple[str, str]) -> None:
    said = place.said(SIGNER, HEAD.replace("le conseil municipal", organe))
    assert all(one in said for one in expected)


def test_an_act_is_cited_in_a_visa(place: Place) -> None:
    place.change("conventions/essai.yaml", "objet:", "etat: {signe: 2026-01-10}\nobjet:")
    visa = (
        'preambule:\n  - vu: {acte: essai, nommer: "la convention n° {{ x.numero }}, signée le {{ x.etat.signe }}"}\n'
    )
    made, report = place.deliberation(visa + NOTED)
    assert made is not None, [str(one) for one in report]
    assert values(made.acte)["actes.essai.etat.signe"].exact == "2026-01-10"
    assert "Vu la convention n° 2026-1, signée le 10 janvier 2026 ;" in place.said(visa + NOTED)
    assert "Vu la convention n° 2026-1 ;" in place.said("preambule:\n  - vu: {acte: essai}\n" + NOTED)


def test_the_report_proposes_the_decisions(place: Place) -> None:
    body = """\
preambule:
  - rapport: auto
decisions:
  - theme: la lecture
    decisions:
      - signer: essai
      - approuver: le bilan de l'année 2025
        piece: bilan-2025
  - texte: de publier la liste des ateliers
    proposer: la publication d'une liste
"""
    said = place.said(body)
    assert "Vu le rapport de la maire proposant :" in said
    assert "- la signature de la convention relative au soutien d'ateliers de lecture avec l'association" in said
    assert "- l'approbation du bilan de l'année 2025 ;" in said
    assert "- la publication d'une liste ;" in said


def test_decisions_are_numbered_by_theme(place: Place) -> None:
    body = """\
decisions:
  - theme: la lecture
    sous_themes:
      - titre: Au titre des ateliers
        decisions:
          - signer: essai
      - titre: Au titre des livres
        decisions:
          - texte: d'acheter des livres
  - theme: sans
    decisions:
      - texte: de prélever les crédits au chapitre 65
"""
    made, report = place.deliberation(body)
    assert made is not None, [str(one) for one in report]
    (block,) = [
        one for zone in made.acte.zones if zone.kind == "decisions" for one in zone.blocks if isinstance(one, ListBlock)
    ]
    assert (block.style, len(block.items)) == ("1°", 2)
    said = place.said(body)
    assert "1° Concernant la lecture :" in said and "Au titre des livres" in said
    assert "- d'acheter des livres ;\n" in said and "2° de prélever les crédits au chapitre 65." in said


def test_approval_agrees(place: Place) -> None:
    body = (
        "decisions:\n  - approuver: la liste des ateliers\n    piece: liste\n"
        "  - approuver: le bilan\n    piece: bilan\n"
    )
    said = place.said(body, annexes={"liste": "1", "bilan": "2"})
    assert "d'approuver la liste des ateliers, jointe en annexe n° 1 ;" in said
    assert "d'approuver le bilan, joint en annexe n° 2." in said


def test_the_pack_that_authorises(place: Place) -> None:
    body = (
        "formules: deliberation-autorise\ndecisions:\n  - signer: essai\n"
        "  - texte: Charge la maire d'exécuter la présente\n"
    )
    said = place.said(body)
    assert "\nAutorise la maire à signer, au nom de la Commune, la convention" in said
    assert "\nCharge la maire d'exécuter la présente." in said and "Décide" not in said


def test_a_list_typed_by_hand_ends_as_a_decision(place: Place) -> None:
    listed = "de créer :\n\n      - un poste ;\n      - deux missions :\n        - lire ;\n        - écrire\n"
    said = place.said(f"decisions:\n  - texte: |\n      {listed}  - texte: de publier la liste\n")
    assert "- de créer :\n  - un poste ;\n  - deux missions :\n    - lire ;\n    - écrire ;\n- de publier" in said


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ("pour: 23\n  contre: 0", "Délibération adoptée à l'unanimité."),
        ("pour: 21\n  contre: 0\n  abstention: 2", "à l'unanimité des suffrages exprimés, avec deux abstentions."),
        ("pour: 20\n  contre: 2\n  abstention: 1", "à la majorité des suffrages exprimés, avec une abstention."),
        ("presents: 20\n  pouvoirs: 3\n  pour: 22\n  non_participation: 1", "à l'unanimité des suffrages exprimés."),
    ],
)
def test_the_vote(place: Place, vote: str, expected: str) -> None:
    assert expected in place.said(f"{SIGNER}vote:\n  {vote}\n")


def test_a_vote_to_come_is_a_blank_and_none_prints_nothing(place: Place) -> None:
    assert "[résultat du vote à compléter]" in place.said(SIGNER)
    assert "vote" not in place.said(f"{SIGNER}vote: sans\n").casefold()


@pytest.mark.parametrize(
    "vote",
    [
        "{}",
        "{unanimite: non}",
        "{presents: 50}",
        "{contre: 0}",
        "{pouvoirs: 6, pour: 15}",
        "{presents: 50, pouvoirs: 4}",
    ],
)
def test_no_result_is_made_up(place: Place, vote: str) -> None:
    said = place.said(f"{SIGNER}vote: {vote}\n")
    assert "[résultat du vote à compléter]" in said and "adoptée" not in said
    made, report = place.deliberation(f"{SIGNER}vote: {vote}\n", final=True)
    assert made is None and {one.code for one in report.errors} == {"ACT-01"}


@pytest.mark.parametrize(
    ("vote", "message"),
    [
        ("presents: 10, pouvoirs: 2, contre: 20", "12 membres présents ou représentés, et 20 voix comptées"),
        ("presents: 3, pouvoirs: 54, pour: 57", "54 pouvoirs pour 3 présents"),
        ("pouvoirs: 60, pour: 5, contre: 0", "60 pouvoirs, et 5 voix comptées"),
        ("pour: 10, contre: 10", "10 voix pour et 10 contre : la délibération n'est pas adoptée"),
        (
            "pour: 11, contre: 10, voix_preponderante: oui",
            "« voix_preponderante: oui », et les voix ne sont pas égales",
        ),
        ("pour: 11, contre: 0, unanimite: non", "« unanimite: non », et aucune voix contre"),
    ],
)
def test_counts_that_contradict_one_another(place: Place, vote: str, message: str) -> None:
    assert message in place.refused(f"{SIGNER}vote: {{{vote}}}\n")


def test_the_chair_decides_between_equal_voices(place: Place) -> None:
    said = place.said(f"{SIGNER}vote: {{presents: 20, pour: 10, contre: 10, voix_preponderante: oui}}\n")
    assert "à la majorité des suffrages exprimés, la voix de la maire étant prépondérante." in said


def test_recusals_are_counted_among_those_who_do_not_vote(place: Place) -> None:
    body = (
        "preambule:\n  - deport: M. Petit ne prend pas part au vote\n"
        f"{SIGNER}deports:\n  - elu: Mme Durand\nvote: {{presents: 20, pour: %d, non_participation: %d}}\n"
    )
    assert place.refused(body % (19, 1)) == ["« non_participation: 1 », et 2 déports"]
    assert "à l'unanimité des suffrages exprimés" in place.said(body % (18, 2))


def test_a_blank_stops_the_final_version(place: Place) -> None:
    made, report = place.deliberation(SIGNER, final=True)
    assert made is None and {one.code for one in report.errors} == {"ACT-01"}
    made, report = place.deliberation(f"{SIGNER}vote: {{unanimite: oui}}\n", final=True)
    assert made is not None and not made.acte.draft


def test_a_recusal(place: Place) -> None:
    body = f"{SIGNER}deports:\n  - elu: M. Durand\n    motif: président de l'association\n"
    assert "M. Durand ne prend part ni au débat ni au vote, en qualité de président de l'association ;" in place.said(
        body
    )


def test_an_act_without_a_number_still_says_what_it_is(place: Place) -> None:
    said = place.said(SIGNER, HEAD.replace("numero: 4", "numero: sans"))
    assert "\nDélibération\n" in said and "n° 4" not in said
    assert "\nDélibération n° 4\n" in place.said(SIGNER)


def test_a_pack_that_prints_a_number_in_any_case_is_told_which_word_it_lacks(place: Place) -> None:
    always = "Délibération n° {{ numero }}"
    place.change(
        "templates/formules/deliberation.yaml", "Délibération{% if numero %} n° {{ numero }}{% endif %}", always
    )
    (message,) = place.refused(SIGNER, HEAD.replace("numero: 4", "numero: sans"))
    assert message == "« numero » vaut « sans » : il n'y a rien à imprimer"


def test_the_end_of_the_act(place: Place) -> None:
    said = place.said(f"{SIGNER}lieu: Belleville\nexecutoire: oui\ntampon: oui\netat: {{transmis: 2026-01-20}}\n")
    assert "Fait à Belleville, le ___" in said and "La maire" in said and "Anne EXEMPLE" in said
    assert "transmis au représentant de l'État le 20 janvier 2026 et publié le ___" in said
    assert "Accusé de réception en préfecture" in said


def test_what_is_authorised_and_annexed_in_order(place: Place) -> None:
    place.deliberation("decisions:\n  - approuver: le bilan\n    piece: bilan\n  - signer: essai\n")
    found = resolve_deliberation(Workspace(place.root), "cm-1", TODAY, Report())
    assert found is not None
    assert (found.authorised, found.pieces, found.annexed) == (("essai",), ("bilan",), ("bilan", "essai"))


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("considerant: Que ceci", "Considérant que ceci ;"),
        ("considerant: Considérant qu'il faut", "Considérant qu'il faut ;"),
        ("vu: Vu la loi du pays", "Vu la loi du pays ;"),
        ("rapport: du maire", "Vu le rapport du maire ;"),
    ],
)
def test_words_that_the_pack_already_says(place: Place, item: str, printed: str) -> None:
    assert printed in place.said(f"preambule:\n  - {item}\n{SIGNER}")


@pytest.mark.parametrize(
    "item", ["considerant: ''", "considerant: sans", "vu: ''", "vu: sans", "theme: ''", "rapport: ''", "deport: sans"]
)
def test_an_empty_item_is_refused_where_it_stands(place: Place, item: str) -> None:
    made, report = place.deliberation(f"preambule:\n  - {item}\n{SIGNER}")
    assert made is None and len(report.errors) == 1, [str(one) for one in report]
    assert report.errors[0].place is not None and report.errors[0].place.line == 7
    assert report.errors[0].place.file == "conventions/deliberations/cm-1.yaml"


def test_a_datum_that_prints_nothing_is_refused_where_it_stands(place: Place) -> None:
    made, report = place.deliberation(
        "donnees:\n  rien: sans\npreambule:\n  - considerant: '{% if rien %}ceci{% endif %}'\n" + SIGNER
    )
    assert made is None
    assert {one.place.file for one in report.errors if one.place} == {"conventions/deliberations/cm-1.yaml"}


def test_the_report_is_drawn_once(place: Place) -> None:
    found = place.refused(f"preambule:\n  - rapport: auto\n  - rapport: auto\n{SIGNER}")
    assert found == ["le préambule a deux fois « rapport: auto »"]


def test_the_report_takes_a_sentence_only(place: Place) -> None:
    body = "preambule:\n  - rapport: auto\ndecisions:\n  - texte: |\n      de fixer :\n\n      - un ;\n      - deux\n"
    assert "le rapport ne peut reprendre cette décision, qui n'est pas d'une seule phrase" in place.refused(body)
    assert "- les tarifs" in place.said(f"{body}    proposer: les tarifs\n")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (f"preambule:\n  - vu: {{deliberation: cm-1}}\n{SIGNER}", "une délibération ne se vise pas elle-même"),
        (f"preambule:\n  - vu: {{deliberation: cm-2}}\n{SIGNER}", "la délibération « cm-2 » est du 2 février 2026"),
        (f"{SIGNER}etat: {{transmis: 2026-01-16, publie: 2026-01-10}}\n", "« etat: publie » est le 10 janvier 2026"),
        (f"avis:\n  - {{commission: Culture, date: 2026-02-01}}\n{SIGNER}", "l'avis est du 1er février 2026, après"),
    ],
)
def test_days_that_contradict_the_session(place: Place, body: str, message: str) -> None:
    place.put(
        "conventions/deliberations/cm-2.yaml",
        "deliberation: cm-2\norgane: le conseil municipal\nseance: 2026-02-02\nnumero: 9\n",
    )
    made, report = place.deliberation(body)
    assert made is None and [one.code for one in report.errors] == ["DEL-10"]
    assert message in report.errors[0].message.replace("\u00a0", " ")


def test_an_act_signed_after_the_session_is_no_visa(place: Place) -> None:
    place.change("conventions/essai.yaml", "objet:", "etat: {signe: 2026-01-20}\nobjet:")
    made, report = place.deliberation("preambule:\n  - vu: {acte: essai}\n" + NOTED)
    assert made is None and [one.code for one in report.errors] == ["DEL-10"]


def test_an_avenant_of_an_act_signed_after_the_session(place: Place) -> None:
    place.change("conventions/essai.yaml", "objet:", "etat: {signe: 2026-01-20}\nobjet:")
    place.put(
        "conventions/avenants/essai-1.yaml",
        "avenant: essai-1\nmodifie: essai\nnumero: 1\nmodifications: {donnees: {subvention: 35 000 €}}\n",
    )
    made, report = place.deliberation("decisions:\n  - signer: essai-1\n")
    assert made is None and "DEL-10" in {one.code for one in report.errors}, [str(one) for one in report]


def test_the_deliberation_of_another_body_is_called_by_its_name(place: Place) -> None:
    place.put(
        "conventions/deliberations/cd-1.yaml",
        "deliberation: cd-1\norganisme: association\norgane: le bureau\nseance: 2025-12-02\nnumero: 9\n",
    )
    own = place.said(f"preambule:\n  - vu: {{deliberation: cd-1}}\n{SIGNER}")
    assert "Vu la délibération n° 9 du bureau de " in own and "du 2 décembre 2025 ;" in own


def test_the_gender_of_what_is_approved_is_asked_for(place: Place) -> None:
    body = "decisions:\n  - approuver: les zorglubs de 2025\n    piece: zorglubs\n"
    made, report = place.deliberation(body)
    assert made is None and [one.code for one in report.errors] == ["DEF-21"]
    assert "les zorglubs de 2025, jointes en annexe." in place.said(f"{body}    genre: féminin\n")


# --- what an act takes from the délibération that authorises it ---------------------------------------------


def habilitation(place: Place, typed: str) -> tuple[object, object, object]:
    place.change(
        "conventions/essai.yaml", "parties:\n", f"parties:\n  ville:\n    organisme: ville\n    habilitation: {typed}\n"
    )
    act = resolve(Workspace(place.root), "essai", TODAY, report := Report())
    assert act is not None and not report.errors, [str(one) for one in report]
    held = next(party.habilitation for party in act.parties if party.organisme == "ville")
    assert held is not None
    return str(held.organe), held.day, held.number


def test_an_act_takes_the_date_of_the_deliberation_it_names(place: Place) -> None:
    place.deliberation(SIGNER)
    assert habilitation(place, "{deliberation: cm-1}") == ("le conseil municipal", date(2026, 1, 15), "4")


def test_a_blank_date_is_that_of_the_deliberation_that_authorises(place: Place) -> None:
    place.deliberation(SIGNER)
    found = habilitation(place, "{date: à compléter}")
    assert found == ("le conseil municipal", date(2026, 1, 15), "4")


def test_a_typed_date_stays(place: Place) -> None:
    place.deliberation(SIGNER)
    assert habilitation(place, "{date: 2025-12-01}")[1] == date(2025, 12, 1)


def test_a_deliberation_that_does_not_authorise_the_act_fills_nothing(place: Place) -> None:
    place.deliberation("decisions:\n  - texte: de ne rien signer\n")
    assert not isinstance(habilitation(place, "{date: à compléter}")[1], date)
