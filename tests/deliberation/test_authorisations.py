"""The sentence that authorises an act says what the act says, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from deliberation_tools import Place, make_place, values, words

SIGNER = "decisions:\n  - signer: essai\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = make_place(tmp_path / "espace")
    made.change("conventions/essai.yaml", "duree:\n", "finances: {sens: dépense, montant: subvention}\nduree:\n")
    return made


def test_the_whole_sentence(place: Place) -> None:
    said = place.said(SIGNER)
    assert (
        "- d'autoriser la maire à signer, au nom de la Commune, la convention relative au soutien d'ateliers de "
        "lecture, dont le projet est joint en annexe, à intervenir avec l'association Les Ateliers, d'un montant de "
        "30 000 €, pour l'année 2026." in said
    )


def test_the_values_of_the_sentence_are_those_of_the_act(place: Place) -> None:
    made, _ = place.deliberation(SIGNER, annexes={"essai": "5"})
    assert made is not None
    found = values(made.acte)
    assert found["actes.essai.subvention"].exact == Decimal("30000")
    assert found["actes.essai.duree"].exact == "2026-01-01/2026-12-31"
    assert found["actes.essai.parties.association.nom"].exact == "association"
    assert found["annexes.essai"].exact == "5"


def test_the_number_of_the_annexe(place: Place) -> None:
    assert "dont le projet est joint en annexe n° 5, à intervenir" in place.said(SIGNER, annexes={"essai": "5"})


def test_another_amount_in_the_act_is_another_amount_in_the_sentence(place: Place) -> None:
    place.change("conventions/essai.yaml", "30 000 €", "31 000 €")
    assert "d'un montant de 31 000 €" in place.said(SIGNER)


def test_a_maximum(place: Place) -> None:
    place.change("conventions/essai.yaml", "montant: subvention}", "montant: subvention, maximum: oui}")
    assert "d'un montant maximal de 30 000 €" in place.said(SIGNER)


def test_no_financial_effect(place: Place) -> None:
    place.change("conventions/essai.yaml", "{sens: dépense, montant: subvention}", "{sens: sans, montant: sans}")
    said = place.said(SIGNER)
    assert "lecture, sans incidence financière, dont" in said and "€" not in said


def test_the_form_of_what_is_given(place: Place) -> None:
    finances = "{sens: sans, montant: subvention, forme: un abandon de créances}"
    place.change("conventions/essai.yaml", "{sens: dépense, montant: subvention}", finances)
    assert "sous la forme d'un abandon de créances, d'un montant de 30 000 €" in place.said(SIGNER)


def test_silence_on_money(place: Place) -> None:
    place.change("conventions/essai.yaml", "duree:\n", "resume: {incidence: taire}\nduree:\n")
    said = place.said(SIGNER)
    assert "€" not in said and "incidence" not in said


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("definissant", "les engagements des parties", "définissant les engagements des parties"),
        ("relatif", "le prêt de livres", "relative au prêt de livres"),
        ("en_vue", "de la reprise des ateliers", "en vue de la reprise des ateliers"),
        ("portant_sur", "les trois ateliers", "portant sur les trois ateliers"),
    ],
)
def test_the_purpose(place: Place, key: str, text: str, expected: str) -> None:
    place.change("conventions/essai.yaml", "duree:\n", f"resume: {{{key}: {text}}}\nduree:\n")
    assert expected in place.said(SIGNER)


@pytest.mark.parametrize(
    ("nature", "expected"),
    [
        ("contrat", "signer, au nom de la Commune, le contrat relatif au soutien"),
        ("protocole d'accord", "le protocole d'accord relatif au soutien"),
        ("charte", "la charte relative au soutien"),
    ],
)
def test_the_kind_agrees(place: Place, nature: str, expected: str) -> None:
    place.change("conventions/essai.yaml", "numero: 2026-1\n", f"numero: 2026-1\nnature: {nature}\n")
    assert expected in place.said(SIGNER)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("effet: 2026-02-01\n  fin: 2026-12-31", "pour une durée allant du 1er février au 31 décembre 2026"),
        ("effet: signature\n  fin: 2026-12-31", "pour une durée allant jusqu'au 31 décembre 2026"),
        ("effet: notification\n  fin: un an", "pour une durée d'un an"),
        (
            "effet: 2026-01-01\n  fin: trois ans",
            "pour une durée de trois ans, soit jusqu'au 31 décembre 2028",
        ),
        (
            "effet: notification\n  fin: un an\n  reconduction: {forme: tacite, periode: un an, maximum: trois ans}",
            "pour une durée d'un an, renouvelable par reconduction tacite",
        ),
    ],
)
def test_the_duration(place: Place, term: str, expected: str) -> None:
    place.change("conventions/essai.yaml", "effet: 2026-01-01\n  fin: 2026-12-31", term)
    assert expected in place.said(SIGNER)


VOLETS = """\
  volets:
    v1: {titre: les livres, montant: 10 000 €, periode: 2026-01-01 au 2026-06-30}
    v2: {titre: les animations, montant: 20 000 €, periode: 2026-01-01 au 2026-12-31}
"""
DECLARED = """\
  volets:
    type: groupe
    appellation: le volet
    champs:
      titre: {type: texte}
      montant: {type: montant}
      periode: {type: période}
"""


def test_the_split_follows_as_a_list(place: Place) -> None:
    place.change("templates/modeles/subvention.yaml", "donnees:\n", f"donnees:\n{DECLARED}")
    place.change("conventions/essai.yaml", "  public: tous\n", f"  public: tous\n{VOLETS}")
    place.change("conventions/essai.yaml", "montant: subvention}", "montant: subvention, repartition: volets}")
    said = place.said(SIGNER)
    assert "d'un montant total de 30 000 €" in said
    assert "valable du 1er janvier au 30 juin 2026 pour le volet 1 et du 1er janvier au 31 décembre 2026" in said
    assert "  - 10 000 € pour les livres (volet 1) ;\n  - 20 000 € pour les animations (volet 2)." in said
    short = place.said(SIGNER.rstrip("\n") + "\n    abreger: [repartition, duree]\n")
    assert "volet" not in short and "d'un montant de 30 000 €." in short
    silent = place.said(SIGNER.rstrip("\n") + "\n    abreger: [montant]\n")
    assert "réparti" not in silent and "€" not in silent


def test_shortened_extended_and_renamed(place: Place) -> None:
    body = (
        "decisions:\n  - signer: essai\n    abreger: [montant, duree]\n    ajouter: et ses annexes\n"
        "    partenaire: l'association, représentée localement par sa section\n    projet: projet type\n"
    )
    said = place.said(body)
    assert "dont le projet type est joint" in said
    assert "à intervenir avec l'association, représentée localement par sa section, et ses annexes." in said
    assert "€" not in said


def test_several_acts_in_one_decision(place: Place) -> None:
    text = (place.root / "conventions/essai.yaml").read_text("utf-8")
    place.put(
        "conventions/autre.yaml", text.replace("convention: essai", "convention: autre").replace("30 000", "9 000")
    )
    said = place.said("decisions:\n  - signer: [essai, autre]\n")
    head, _, tail = said.partition("d'autoriser la maire à signer, au nom de la Commune :")
    assert head and tail.index("30 000 €") < tail.index("9 000 €")
    assert tail.count("la convention relative au soutien") == 2


def test_words_by_hand_with_the_figures_of_the_act(place: Place) -> None:
    body = (
        "decisions:\n  - signer: essai\n    texte: d'autoriser {{ signataire }} à signer {{ x.nommer }}, "
        "d'un montant de {{ x.subvention }}, soit 30 000 € pour 2026, du 1er janvier au 31 décembre 2026\n"
    )
    made, report = place.deliberation(body)
    assert made is not None, [str(one) for one in report]
    assert values(made.acte)["actes.essai.subvention"].exact == Decimal("30000")


@pytest.mark.parametrize("figure", ["30 100 €", "30 000,50 €", "300 000 euros", "le 2 janvier 2026", "n° 2026-7"])
def test_a_figure_that_is_not_of_the_act_is_refused(place: Place, figure: str) -> None:
    found = place.refused(f"decisions:\n  - signer: essai\n    texte: d'autoriser la signature pour {figure}\n")
    assert len(found) == 1 and "n'est pas dans l'acte « essai »" in found[0]


def plain(text: str) -> str:
    """Its spaces made plain."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "figure",
    [
        "30.100 €", "30,1 k€", "trente mille cent euros", "07/06/2023", "le premier juillet 2023", "en 2019",
        "une durée de sept ans", "35 %", "N° 77", "le 31 février 2026", "le 7 juin", "sans incidence financière",
        "à titre gratuit", "une durée renouvelable", "quinze k€", "12 mille euros", "à hauteur de la moitié",
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["texte", "ajouter", "partenaire", "proposer"])
def test_no_figure_typed_by_hand_escapes(place: Place, key: str, figure: str) -> None:
    made, report = place.deliberation(f"decisions:\n  - signer: essai\n    {key}: d'autoriser, {figure}\n")
    assert made is None and [(one.code, one.path) for one in report.errors] == [("DEL-05", f"decisions[0].{key}")]
    assert report.errors[0].place is not None and report.errors[0].place.line == 8


def test_what_the_act_says_of_its_price_and_of_its_length_may_be_said(place: Place) -> None:
    more = "articles:\n  - id: locaux\n    titre: Locaux\n    texte: Des locaux sont prêtés à titre gratuit.\n"
    place.change(
        "conventions/essai.yaml", "  fin: 2026-12-31\n", "  fin: 2026-12-31\n  reconduction: {forme: tacite}\n"
    )
    place.put("conventions/essai.yaml", (place.root / "conventions/essai.yaml").read_text("utf-8") + more)
    said = (
        "decisions:\n  - signer: essai\n    ajouter: renouvelable tacitement, des locaux étant prêtés à titre gratuit\n"
    )
    assert "à titre gratuit" in place.said(said)


def test_the_title_of_a_theme_is_compared_too(place: Place) -> None:
    body = "decisions:\n  - theme: l'aide de 31 000 €\n    decisions:\n      - signer: essai\n"
    assert [plain(one) for one in place.refused(body)] == ["le montant 31 000 € n'est pas dans l'acte « essai »"]


def test_figures_of_the_act_in_other_forms_are_accepted(place: Place) -> None:
    said = "30.000 €, 30 k€, trente mille euros, 01/01/2026, l'année 2026, un an, 12 mois, n° 2026-1"
    assert said.replace(" ", "") in place.said(
        f"decisions:\n  - signer: essai\n    texte: d'autoriser {{{{ signataire }}}} à signer, pour {said}\n"
    ).replace(" ", "")


def test_the_annexe_named_by_hand(place: Place) -> None:
    annexes = {"essai": "2", "bilan": "1"}
    own = "decisions:\n  - signer: essai\n    texte: d'autoriser la signature de l'acte joint en %s\n"
    assert "joint en annexe n° 2." in place.said(own % "{{ annexe }}", annexes=annexes)
    assert "joint en annexe n° 2." in place.said(own % "annexe n° 2", annexes=annexes)
    made, report = place.deliberation(own % "annexe n° 1", annexes=annexes)
    assert made is None
    assert [one.message for one in report.errors] == [
        "l'annexe n° 1 n'est pas celle de cette décision : la sienne est le n° 2"
    ]
    piece = "decisions:\n  - texte: de prendre acte du bilan joint en annexe n° 2\n    piece: bilan\n"
    assert place.deliberation(piece, annexes=annexes)[0] is None


def test_an_act_joined_as_a_piece_is_compared(place: Place) -> None:
    body = "decisions:\n  - texte: d'autoriser la signature de la convention de %s €\n    piece: essai\n"
    assert "30 000 €" in place.said(body % "30 000")
    assert [plain(one) for one in place.refused(body % "29 000")] == [
        "le montant 29 000 € n'est pas dans l'acte « essai »"
    ]


def test_a_list_in_the_sentence_of_an_act_is_kept(place: Place) -> None:
    said = place.said(
        "decisions:\n  - signer: essai\n    texte: |\n      d'autoriser la signature de :\n\n"
        "      - la convention ;\n      - ses annexes.\n"
    )
    assert "la convention ;" in said and "ses annexes." in said


@pytest.mark.parametrize("key", ["approuver", "ajouter", "partenaire"])
def test_a_list_that_would_be_lost_is_refused(place: Place, key: str) -> None:
    signing = "" if key == "approuver" else "signer: essai\n    "
    made, report = place.deliberation(
        f"decisions:\n  - {signing}{key}: |\n      la liste suivante :\n\n      - un ;\n      - deux\n"
    )
    assert made is None and "TXT-07" in {one.code for one in report.errors}


def test_a_blank_of_the_act_is_a_blank_here(place: Place) -> None:
    place.change("conventions/essai.yaml", "subvention: 30 000 €", "subvention: à compléter (montant voté)")
    assert "d'un montant de [montant voté à compléter]" in place.said(SIGNER)


def test_an_avenant(place: Place) -> None:
    place.put(
        "conventions/avenants/essai-1.yaml",
        "avenant: essai-1\nmodifie: essai\nnumero: 1\nmodifications: {donnees: {subvention: 35 000 €}}\n"
        "resume: {modifiant: oui, relatif: [au montant de la subvention]}\n"
        "finances: {sens: dépense, montant: subvention}\n",
    )
    said = place.said("decisions:\n  - signer: essai-1\n")
    assert "l'avenant n° 1 à la convention n° 2026-1, dont le projet est joint en annexe" in said
    assert "modifiant les articles 2 et 3 de ladite convention" in said
    assert "relatif au montant de la subvention, portant le montant de 30 000 € à 35 000 €." in said


AVENANT = "avenant: essai-1\nmodifie: essai\nnumero: 1\nmodifications: "


def test_an_avenant_without_finances_says_the_new_amount_and_the_new_end(place: Place) -> None:
    changes = "{donnees: {subvention: 35 000 €}, duree: {fin: 2027-06-30}}\n"
    place.put("conventions/avenants/essai-1.yaml", AVENANT + changes)
    made, report = place.deliberation("decisions:\n  - signer: essai-1\n")
    assert made is not None and not report.warnings
    assert (
        "avec l'association Les Ateliers, portant le montant de 30 000 € à 35 000 € et le terme de ladite "
        "convention du 31 décembre 2026 au 30 juin 2027." in words(made.acte)
    )
    found = values(made.acte)
    assert found["actes.essai-1.base.subvention"].exact == Decimal("30000")
    assert found["actes.essai-1.subvention"].exact == Decimal("35000")
    assert found["actes.essai-1.duree.fin"].exact == "2027-06-30"


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("fin: 2026-09-30", "du 31 décembre 2026 au 30 septembre 2026."),
        ("fin: à compléter (terme)", "du 31 décembre 2026 au [terme à compléter]."),
        ("fin: 3 ans", "du 31 décembre 2026 au 31 décembre 2028."),
    ],
)
def test_the_new_end_of_an_avenant(place: Place, after: str, said: str) -> None:
    place.put(
        "conventions/avenants/essai-1.yaml",
        AVENANT + "{donnees: {public: jeunes}, duree: {effet: 2026-01-01, " + after + "}}\n",
    )
    text = place.said("decisions:\n  - signer: essai-1\n")
    assert (
        f", portant le terme de ladite convention {said}" in text and "montant" not in text.partition("d'autoriser")[2]
    )


def test_an_end_that_was_not_known(place: Place) -> None:
    place.change("conventions/essai.yaml", "fin: 2026-12-31", "fin: à compléter")
    changes = "{donnees: {public: jeunes}, duree: {fin: 2027-06-30}}\n"
    place.put("conventions/avenants/essai-1.yaml", AVENANT + changes)
    said = place.said("decisions:\n  - signer: essai-1\n")
    assert ", fixant le terme de ladite convention au 30 juin 2027." in said


def test_a_length_that_changes_without_known_days(place: Place) -> None:
    place.change("conventions/essai.yaml", "  effet: 2026-01-01\n  fin: 2026-12-31", "  effet: signature\n  fin: 2 ans")
    changes = "{donnees: {public: jeunes}, duree: {fin: 3 ans}}\n"
    place.put("conventions/avenants/essai-1.yaml", AVENANT + changes)
    assert ", portant sa durée de 2 ans à 3 ans." in place.said("decisions:\n  - signer: essai-1\n")


def test_an_amount_that_the_sentence_leaves_out_is_told(place: Place) -> None:
    place.change("conventions/essai.yaml", "finances: {sens: dépense, montant: subvention}\n", "")
    place.put("conventions/avenants/essai-1.yaml", AVENANT + "{donnees: {subvention: 35 000 €}}\n")
    made, report = place.deliberation("decisions:\n  - signer: essai-1\n")
    assert made is not None
    (told,) = report.warnings
    assert told.code == "DEL-12" and "30 000 € devient 35 000 €" in told.message.replace("\u202f", " ").replace(
        "\u00a0", " "
    )
    shortened = "decisions:\n  - signer: essai-1\n    abreger: [montant]\n"
    assert not place.deliberation(shortened)[1].warnings


def test_an_unknown_word_of_the_act_is_refused_with_each_name_once(place: Place) -> None:
    # a party called as a word of every act
    text = (place.root / "templates/modeles/subvention.yaml").read_text("utf-8")
    text = text.replace("  ville:\n", "  etat:\n").replace("{{ ville }}", "{{ etat }}")
    place.put("templates/modeles/subvention.yaml", text)
    made, report = place.deliberation("decisions:\n  - signer: essai\n    texte: d'autoriser {{ x.truc }}\n")
    assert made is None
    names = report.errors[0].remedy.rstrip(".").partition(": ")[2].split(", ")
    assert names.count("etat") == 1 and len(names) > 3 and len(names) == len(set(names))


def test_an_act_that_cannot_be_named_is_said_where_it_stands(place: Place) -> None:
    place.change("conventions/essai.yaml", "objet:", "nommer: l'acte {{ acte('absent').nommer }}\nobjet:")
    made, report = place.deliberation(SIGNER)
    assert made is None
    assert not [one for one in report.errors if one.place and "formules" in one.place.file]
