"""What is typed in a délibération or an arrêté is printed, or refused where it stands: never empty, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from deliberation_tools import HEAD, Place, make_place, words

from convgen.acte.nodes import ListBlock
from convgen.acte.walk import walk

NOTED = "decisions:\n  - texte: de prendre acte du bilan\n"
ARRETE = """\
arrete: ar-1
date: 2026-02-03
numero: 7
titre: Arrêté portant fermeture d'une rue
preambule:
  - vu: cgct
articles:
  - id: objet
    texte: La rue des Écoles est fermée.
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path / "espace")


@pytest.mark.parametrize(
    ("body", "line", "path"),
    [
        ("decisions:\n  - {signer: []}\n", 7, "decisions[0].signer"),
        ("decisions:\n  - texte: ''\n", 7, "decisions[0].texte"),
        ("decisions:\n  - texte: sans\n", 7, "decisions[0].texte"),
        ("decisions:\n  - approuver: ' '\n", 7, "decisions[0].approuver"),
        ("decisions:\n  - signer: essai\n    ajouter: ''\n", 8, "decisions[0].ajouter"),
        ("decisions:\n  - signer: essai\n    partenaire: ''\n", 8, "decisions[0].partenaire"),
        ("decisions:\n  - theme: ''\n    decisions:\n      - signer: essai\n", 7, "decisions[0].theme"),
        ("decisions:\n  - theme: la lecture\n    sous_themes:\n      - {titre: A, decisions: []}\n", 9, ""),
        ("decisions: []\n", 6, "decisions"),
        (f"deports:\n  - elu: ''\n{NOTED}", 7, "deports[0].elu"),
        (f"avis:\n  - commission: ''\n{NOTED}", 7, "avis[0].commission"),
        (f"lieu: ''\n{NOTED}", 6, "lieu"),
        ("decisions:\n  - texte: '*'\n", 7, "decisions[0].texte"),
        ("decisions:\n  - texte: '- '\n", 7, "decisions[0].texte"),
        ("decisions:\n  - texte: |\n      d'arrêter :\n\n      - a\n      -\n", 11, ""),
        (f"executoire: '*'\n{NOTED}", 6, "executoire"),
        (f'lieu: "{{{{ jour }}}}"\n{NOTED}', 6, "lieu"),
        (f'mention: "{{{{ jour }}}}"\n{NOTED}', 6, "mention"),
        (
            "decisions:\n  - signer: essai\n    partenaire: '{% if false %}x{% endif %}'\n",
            8,
            "decisions[0].partenaire",
        ),
        (
            "decisions:\n  - theme: la lecture\n    sous_themes:\n      - titre: '{% if false %}x{% endif %}'\n"
            "        decisions:\n          - signer: essai\n",
            9,
            "decisions[0].sous_themes[0].titre",
        ),
        (f"donnees: {{rien: sans}}\n{NOTED}  - texte: '{{% if rien %}}ceci{{% endif %}}'\n", 9, "decisions[1].texte"),
    ],
)
def test_what_says_nothing_is_refused_where_it_stands(place: Place, body: str, line: int, path: str) -> None:
    made, report = place.deliberation(body)
    assert made is None and [one.code for one in report.errors] == ["DEL-01"], [str(one) for one in report]
    (error,) = report.errors
    assert error.place is not None and error.place.line == line
    assert not path or error.path == path
    assert error.remedy


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("texte: La rue des Écoles est fermée.", "texte: ''", "articles[0].texte"),
        ("\n  - id: objet\n    texte: La rue des Écoles est fermée.", " []", "articles"),
        ("    texte: La rue", "    titre: ''\n    texte: La rue", "articles[0].titre"),
        ("articles:", "execution: {charge: ''}\narticles:", "execution.charge"),
        ("articles:", "execution: {ampliation: [le préfet, '']}\narticles:", "execution.ampliation[1]"),
        ("articles:", "execution: {charge: 'l’'}\narticles:", "execution.charge"),
        ("articles:", "recours: {delai: '{{ jour }}'}\narticles:", "recours.delai"),
        ("articles:", "recours: {tribunal: '{{ signataire }}'}\narticles:", "recours.tribunal"),
        ("texte: La rue des Écoles est fermée.", "texte: '{% if rien %}ceci{% endif %}'", "articles.objet.texte"),
    ],
)
def test_an_arrete_prints_nothing_empty(place: Place, old: str, new: str, path: str) -> None:
    assert old in ARRETE
    made, report = place.arrete("donnees: {rien: sans}\n" + ARRETE.replace(old, new))
    assert made is None and [(one.code, one.path) for one in report.errors] == [("DEL-01", path)]


def test_no_item_of_a_list_is_empty(place: Place) -> None:
    made, _ = place.deliberation(NOTED + "  - signer: essai\n")
    assert made is not None
    assert all(item.blocks for one in walk(made.acte.zones) if isinstance(one, ListBlock) for item in one.items)


@pytest.mark.parametrize(
    ("decision", "key"),
    [
        ("approuver: le bilan\n    abreger: [duree]", "abreger"),
        ("approuver: le bilan\n    partenaire: l'association", "partenaire"),
        ("approuver: le bilan\n    projet: projet type", "projet"),
        ("texte: de prendre acte\n    ajouter: et du bilan", "ajouter"),
        ("signer: essai\n    texte: d'autoriser la signature\n    ajouter: et du bilan", "ajouter"),
        ("signer: essai\n    piece: bilan", "piece"),
        ("signer: essai\n    genre: féminin", "genre"),
        ("theme: la lecture\n    ajouter: et le reste\n    decisions:\n      - signer: essai", "ajouter"),
    ],
)
def test_a_key_that_would_print_nothing_is_refused(place: Place, decision: str, key: str) -> None:
    made, report = place.deliberation(f"decisions:\n  - {decision}\n")
    assert made is None and [one.code for one in report.errors] == ["DEL-01"]
    assert report.errors[0].path == f"decisions[0].{key}"


def test_what_is_added_to_an_approval_is_printed(place: Place) -> None:
    body = "decisions:\n  - approuver: le rapport de M. Durand\n    piece: rapport\n    ajouter: et son annexe\n"
    assert "- d'approuver le rapport de M. Durand, joint en annexe, et son annexe." in place.said(body)


def test_what_is_added_may_name_who_signs_and_what_is_proposed_the_act(place: Place) -> None:
    body = (
        "preambule:\n  - rapport: auto\ndecisions:\n  - signer: essai\n"
        "    ajouter: que {{ signataire }} de {{ organisme }} exécute\n"
        "    proposer: la signature de la convention n° {{ x.numero }}\n"
    )
    said = place.said(body)
    assert "que la maire de la Commune exécute." in said
    assert "- la signature de la convention n° 2026-1 ;" in said


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("il est utile d'agir", "Considérant qu'il est utile d'agir ;"),
        ("que il est utile", "Considérant qu'il est utile ;"),
        ("La ville est propriétaire", "Considérant que la ville est propriétaire ;"),
        ("la demande qui a été faite", "Considérant la demande qui a été faite ;"),
        ("La tenue du marché", "Considérant la tenue du marché ;"),
        ("La Poste ferme le bureau", "Considérant La Poste ferme le bureau ;"),
        ("'{{ organisme }} est compétente'", "Considérant que la Commune est compétente ;"),
        ("d'une part, on l'attend", "Considérant d'une part, qu'on l'attend ;"),
    ],
)
def test_considering_that(place: Place, typed: str, printed: str) -> None:
    assert printed in place.said(f"preambule:\n  - considerant: {typed}\n{NOTED}")


@pytest.mark.parametrize(
    ("pack", "typed", "printed"),
    [
        ("deliberation", "De nommer M. Petit", "- de nommer M. Petit."),
        ("deliberation", "nommer M. Petit", "- de nommer M. Petit."),
        ("deliberation", "Approuver la suite", "- d'approuver la suite."),
        ("deliberation", "Le maire est chargé de la suite", "- que le maire est chargé de la suite."),
        ("deliberation", "D'ouvrir un poste", "- d'ouvrir un poste."),
        ("deliberation-autorise", "charge la maire de la suite", "\nCharge la maire de la suite."),
    ],
)
def test_a_decision_typed_by_hand_follows_its_opening(place: Place, pack: str, typed: str, printed: str) -> None:
    assert printed in place.said(f"formules: {pack}\ndecisions:\n  - texte: {typed}\n")


def test_the_report_takes_up_what_can_follow_it(place: Place) -> None:
    body = "preambule:\n  - rapport: auto\ndecisions:\n  - texte: %s\n"
    assert "- de nommer M. Petit ;" in place.said(body % "De nommer M. Petit")
    assert "ne commence ni par « de » ni par un article" in place.refused(body % "Le maire est chargé de la suite")[0]
    assert "ne commence ni par" in place.refused("formules: deliberation-autorise\n" + body % "Charge la maire")[0]
    assert (
        "se lit de deux façons"
        in place.refused(
            "preambule:\n  - rapport: auto\ndecisions:\n  - approuver: le plan pour les écoles et la carte\n"
        )[0]
    )


@pytest.mark.parametrize(
    ("elu", "printed"),
    [
        ("Mme Durand, membre du conseil", "Mme Durand, membre du conseil, ne prend part ni au débat ni au vote ;"),
        ("M. Petit et Mme Durand", "M. Petit et Mme Durand ne prennent part ni au débat ni au vote ;"),
        ("M. Petit quitte la salle", "M. Petit quitte la salle ;"),
    ],
)
def test_who_takes_no_part(place: Place, elu: str, printed: str) -> None:
    assert printed in place.said(f"preambule:\n  - deport: {elu}\n{NOTED}")
    assert printed in place.said(f"deports:\n  - elu: {elu}\n{NOTED}")


def test_the_reason_of_a_recusal_is_a_capacity(place: Place) -> None:
    body = "deports:\n  - elu: Mme Durand\n    motif: %s\n" + NOTED
    assert "ni au vote, en qualité de présidente de l'association ;" in place.said(
        body % "la présidente de l'association"
    )
    assert "ni au vote, en qualité d'adjointe ;" in place.said(body % "Adjointe")
    assert "en qualité de membre du bureau ;" in place.said(body % "en qualité de membre du bureau")
    assert "ne dit pas une qualité" in place.refused(body % "son époux est salarié de l'association")[0]


def test_an_act_signed_by_another_than_the_one_authorised_is_signalled(place: Place) -> None:
    place.change(
        "conventions/organismes/ville.yaml",
        "services:",
        "  adjoint:\n    civilite: Monsieur\n    prenom: Luc\n    nom: Petit\n    qualite: adjoint au maire\nservices:",
    )
    place.change(
        "conventions/essai.yaml", "parties:\n", "parties:\n  ville: {organisme: ville, representant: adjoint}\n"
    )
    made, report = place.deliberation("decisions:\n  - signer: essai\nsignataire: maire\n")
    assert made is not None, [str(one) for one in report]
    (warning,) = report.warnings
    assert warning.code == "DEL-13" and "Luc" in warning.message and warning.path == "decisions[0]"
    _, report = place.deliberation("decisions:\n  - signer: essai\nsignataire: adjoint\n")
    assert not report.diagnostics


# --- the vote -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aside", ["abstention", "non_participation"])
def test_nobody_is_unanimous_when_nobody_voted(place: Place, aside: str) -> None:
    body = f"{NOTED}vote: {{presents: 12, pouvoirs: 0, unanimite: oui, {aside}: 12}}\n"
    assert place.refused(body) == ["« unanimite: oui », et personne n'a pu voter pour"]


def test_fewer_in_favour_than_against_is_refused_without_their_count(place: Place) -> None:
    assert "5 voix pour au plus et 7 contre" in place.refused(f"{NOTED}vote: {{presents: 12, contre: 7}}\n")[0]


def test_a_count_to_come_is_a_blank(place: Place) -> None:
    body = f"{NOTED}vote: {{presents: 12, pour: 10, contre: à compléter (voix contre)}}\n"
    said = place.said(body)
    assert "Contre : [voix contre à compléter]" in said and "[résultat du vote à compléter]" in said
    made, report = place.deliberation(body, final=True)
    assert made is None and {one.code for one in report.errors} == {"ACT-01"}
    assert "Pouvoirs : [pouvoirs à compléter]" in place.said(
        f"{NOTED}vote: {{presents: 12, pouvoirs: à compléter, pour: 14, contre: 0}}\n"
    )


def test_a_count_that_is_no_number_says_what_to_write(place: Place) -> None:
    _, report = place.deliberation(f"{NOTED}vote: {{pour: beaucoup}}\n")
    assert [one.code for one in report.errors] == ["DON-07"] and "2026" not in report.errors[0].remedy


@pytest.mark.parametrize(
    ("qualite", "chair"),
    [
        ("présidente", "la voix de la présidente étant"),
        ("président du conseil", "la voix du président du conseil étant"),
        ("adjointe", "la voix de la présidence de séance étant"),
    ],
)
def test_the_voice_that_decides_is_of_who_presides(place: Place, qualite: str, chair: str) -> None:
    civility = "Monsieur" if qualite.startswith("président du") else "Madame"
    place.change("conventions/organismes/ville.yaml", "qualite: maire", f"qualite: {qualite}")
    place.change("conventions/organismes/ville.yaml", "civilite: Madame", f"civilite: {civility}")
    said = place.said(f"{NOTED}vote: {{presents: 20, pour: 10, contre: 10, voix_preponderante: oui}}\n")
    assert chair in said


# --- figures, arrêtés ---------------------------------------------------------------------------------------


def test_a_duration_is_said_as_it_was_typed(place: Place) -> None:
    (message,) = place.refused("decisions:\n  - signer: essai\n    ajouter: pour 3 ans\n")
    assert message.replace("\u00a0", " ").startswith("la durée de 3 ans n'est")


def test_an_arrete_is_referred_to(place: Place) -> None:
    place.put("conventions/arretes/ar-0.yaml", ARRETE.replace("ar-1", "ar-0").replace("2026-02-03", "2026-01-05"))
    visa = "preambule:\n  - vu: {arrete: ar-0}\n"
    printed = "Vu l'arrêté n° 7 du 5 janvier 2026 portant fermeture d'une rue ;"
    assert printed in place.said(visa + NOTED)
    made, report = place.arrete(ARRETE.replace("vu: cgct", "vu: {arrete: ar-0}"))
    assert made is not None, [str(one) for one in report]
    assert printed in words(made.acte)


@pytest.mark.parametrize(
    ("aim", "code", "said"),
    [
        ("arrete: ar-9", "DEL-02", "arrêté inconnu"),
        ("arrete: ar-1", "DEL-10", "ne se vise pas lui-même"),
        ("precision: en son article 2", "DEF-02", "ne dit pas ce qu'il vise"),
    ],
)
def test_a_visa_that_aims_at_nothing(place: Place, aim: str, code: str, said: str) -> None:
    _, report = place.arrete(ARRETE.replace("vu: cgct", f"vu: {{{aim}}}"))
    assert [one.code for one in report.errors] == [code] and said in report.errors[0].message
    if code == "DEF-02":
        assert all(f"« {one} »" in report.errors[0].remedy for one in ("acte", "arrete", "deliberation"))


def test_an_arrete_is_notified_to_each(place: Place) -> None:
    body = ARRETE + "execution: {notifie: [l'intéressée et M. Martin, le préfet]}\n"
    made, report = place.arrete(body)
    assert made is not None, [str(one) for one in report]
    assert "notifié à l'intéressée et à M. Martin et au préfet." in words(made.acte)


def test_a_wrong_reference_is_reported_at_its_article(place: Place) -> None:
    text = "    texte: |\n      Un alinéa.\n\n      Voir {{ ref('zz') }}.\n"
    _, report = place.arrete(ARRETE.replace("    texte: La rue des Écoles est fermée.\n", text))
    (error,) = report.errors
    assert error.code == "TXT-06" and error.place is not None and error.place.line == 12


def test_the_remedy_for_a_gender_is_a_sentence(place: Place) -> None:
    place.change("conventions/essai.yaml", "numero: 2026-1\n", "nature: zorglub\n")
    _, report = place.deliberation("decisions:\n  - signer: essai\n", HEAD)
    assert "Ajoutez « genre: féminin » ou « genre: masculin »." in [one.remedy for one in report.errors]


def test_a_deliberation_has_no_article_to_refer_to(place: Place) -> None:
    _, report = place.deliberation("decisions:\n  - texte: de voir {{ ref('objet') }}\n")
    assert [one.code for one in report.errors] == ["TXT-06"]


def test_the_title_of_a_sub_theme_by_another_name_is_one_error(place: Place) -> None:
    body = (
        "decisions:\n  - theme: la lecture\n    sous_themes:\n      - theme: A\n        decisions: [{signer: essai}]\n"
    )
    made, report = place.deliberation(body)
    assert made is None
    ((code, remedy),) = [(one.code, one.remedy) for one in report]
    assert code == "DEF-01" and remedy == "Vouliez-vous dire « titre » ?"


def test_an_error_in_a_text_of_one_line_stands_at_the_text(place: Place) -> None:
    _, report = place.deliberation('decisions:\n  - texte: "de prendre acte de {{ inconnu }}"\n')
    ((code, where, remedy),) = [(one.code, one.place, one.remedy) for one in report]
    assert "Noms connus" in remedy and " acte" in remedy and " ref" not in remedy  # a délibération has no articles
    assert code == "TXT-02" and where is not None and (where.line, where.column) == (7, 13)  # after its quote
