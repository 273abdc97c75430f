"""Who appears: every type of body, one to six parties, sides and groups, names in time, overrides, blank partners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from convgen.acte.nodes import Blank, FillIn, Paragraph, Role
from convgen.acte.runs import plain_text
from convgen.acte.walk import find_blanks, walk

Makes = Callable[..., Any]
DEPARTEMENT = "  departement: {organisme: defaut, designation: le Département}\n"


def with_partner(partner: str) -> str:
    return f"parties:\n{DEPARTEMENT}  partenaire: {{{partner}}}\n"


@pytest.mark.parametrize(
    ("partner", "expected"),
    [
        (
            "organisme: reflets, designation: l'association",
            "L'association REFLETS, représentée par la directrice, Madame Jeanne DEUX, domiciliée en cette qualité, "
            "3 chemin des Travaux, 06800 Cagnes-sur-Mer, ci-après dénommée « l'association »,",
        ),
        (
            "organisme: reflets, designation: le cocontractant, mentions: [rna]",
            "L'association REFLETS, inscrite au répertoire national des associations sous le n° W061000001, "
            "représentée par la directrice, Madame Jeanne DEUX, ci-après dénommée « le cocontractant »,",
        ),
        (
            "organisme: fondation, designation: la Fondation",
            "La Fondation de Nice, reconnue d'utilité publique, dont le siège est situé 8 avenue Urbain Bosio, "
            "06300 Nice, représentée par le président, Monsieur Paul TROIS, ci-après dénommée « la Fondation »,",
        ),
        (
            "organisme: soeau, designation: le délégataire",
            "So'EAU, société par actions simplifiée au capital de 10 000 €, immatriculée au registre du commerce et "
            "des sociétés de Cannes sous le n° 920 289 881, dont le siège est situé 327 avenue Marcel Védrine, 06250 "
            "Mougins, représentée par le directeur, Monsieur Émile QUATRE, dûment habilité, ci-après dénommée « le "
            "délégataire »,",
        ),
        (
            "organisme: erilia, designation: le bailleur",
            "ERILIA, société anonyme d'habitations à loyer modéré au capital de 3 898 624 €, immatriculée au "
            "registre du commerce et des sociétés de Marseille sous le n° 058 811 670, dont le siège est situé 72 "
            "bis rue Perrin Solliers, 13006 Marseille, représentée par la directrice générale, Madame Zoé CINQ, "
            "ci-après dénommée « le bailleur »,",
        ),
        (
            "organisme: etat, representants: [prefet-region, prefete], designation: l'administration",
            "L'État, représenté par le préfet de la région Provence-Alpes-Côte d'Azur, préfet de la zone de défense "
            "et de sécurité Sud, Monsieur Hervé SIX, et par la préfète des Alpes-Maritimes, Madame Agnès SEPT, "
            "ci-après dénommé « l'administration »,",
        ),
        (
            "organisme: travail, designation: France Travail",
            "France Travail, établissement public administratif, représenté par la directrice territoriale, Madame "
            "Ève HUIT, domiciliée en cette qualité, 1 avenue du Docteur Gley, 75020 Paris, ci-après dénommé « France "
            "Travail »,",
        ),
        (
            "organisme: ville, designation: la Ville, tournure: désignée ci-après, presentation: sa-qualite-nom, "
            "habilitation: {organe: le conseil municipal, date: 2023-11-07, numero: '26.4', "
            'tournure: "agissant au nom et pour le compte de ladite Ville, en vertu de"}',
            "La Ville de Nice, représentée par son maire, Monsieur Jean NEUF, agissant au nom et pour le compte de "
            "ladite Ville, en vertu de la délibération du conseil municipal n° 26.4 en date du 7 novembre 2023, "
            "désignée ci-après « la Ville »,",
        ),
    ],
    ids=["association", "rna", "fondation", "sas", "bailleur", "etat", "etablissement-public", "commune"],
)
def test_each_type_of_body_appears_in_its_own_way(make: Makes, partner: str, expected: str) -> None:
    made = make(with_partner(partner))
    assert made.codes() == []
    assert expected in made.lines()


def test_the_public_identifiers_are_printed_when_asked_for(make: Makes) -> None:
    made = make(
        "parties:\n"
        "  departement: {organisme: defaut, designation: le Département, mentions: [adresse, siret, chorus]}\n"
        "  etat: {organisme: etat, representant: prefete}\n"
    )
    line = made.of("Le Département")
    assert "domicilié en cette qualité, 147 boulevard du Mercantour, 06201 Nice, SIRET : 220 600 019 00016" in line
    assert "identifiant Chorus : 2100039740, ci-après dénommé « le Département »" in line


def test_the_account_is_printed_when_asked_for(make: Makes) -> None:
    bank = "organisme: petit\ntype: association\nnom: l'association Petit\n"
    bank += "banque: {iban: FR76 3000 6000 0112 3456 7890 189}\n"
    made = make(with_partner("organisme: petit, mentions: [banque]"), petit=bank)
    assert "compte bancaire (IBAN) : FR76 3000 6000 0112 3456 7890 189" in made.of("L'association Petit")


def test_a_mention_asked_for_and_unknown_is_a_blank(make: Makes) -> None:
    made = make(with_partner("organisme: reflets, mentions: [siret, chorus, banque, siege, rcs, forme, statut]"))
    keys = ["forme", "statut", "rcs.numero", "siege", "siret", "chorus", "banque.iban"]
    assert [one.key for one in find_blanks(made.acte)] == [f"parties.partenaire.{key}" for key in keys]
    assert "SIRET : [SIRET à compléter], identifiant Chorus : [identifiant Chorus à compléter]" in made.of("L'assoc")
    other = make(with_partner("organisme: ville, mentions: [adresse, rna]"))
    assert [one.key for one in find_blanks(other.acte)] == ["parties.partenaire.rna", "parties.partenaire.adresse"]


def test_an_account_that_the_fiche_does_not_give_is_a_blank(make: Makes) -> None:
    article = (
        "articles: [{id: objet, titre: Objet, texte: 'Au compte {{ partenaire.banque }}.'},"
        " {id: compte, titre: Compte, texte: '{{ partenaire.banque | fiche }}'}]\n"
    )
    made = make(with_partner("organisme: reflets"), article=article)
    keys = [one.key for one in find_blanks(made.acte)]
    assert keys == ["parties.partenaire.banque.iban", "parties.partenaire.banque.bic"]
    assert made.body().count("IBAN : [IBAN à compléter]") == 2


def test_without_mentions_only_the_name_and_its_representative_appear(make: Makes) -> None:
    made = make(with_partner("organisme: reflets, mentions: []"))
    assert made.of("L'association") == "L'association REFLETS, représentée par la directrice, Madame Jeanne DEUX,"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("qualite-nom", "représentée par le maire, Monsieur Jean NEUF,"),
        ("nom-qualite", "représentée par Monsieur Jean NEUF, maire,"),
        ("sa-qualite-nom", "représentée par son maire, Monsieur Jean NEUF,"),
        ("nom-sa-qualite", "représentée par Monsieur Jean NEUF, son maire,"),
    ],
)
def test_name_and_capacity_come_in_four_orders(make: Makes, order: str, expected: str) -> None:
    assert expected in make(with_partner(f"organisme: ville, presentation: {order}")).of("La Ville")


def test_two_parties_face_each_other_by_default(make: Makes) -> None:
    lines = make(with_partner("organisme: ville")).lines()
    assert [line for line in lines if not line.startswith(("Le ", "La "))] == [
        "Entre :",
        "d'une part,",
        "Et :",
        "d'autre part.",
    ]


SIX = (
    "departement: {organisme: defaut}",
    *(f"{one}: {{organisme: {one}}}" for one in ("ville", "metropole", "reflets")),
)
SIX = (*SIX, "caf: {organisme: caf, representant: directeur}", "etat: {organisme: etat, representant: prefete}")


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_three_to_six_parties_are_linked_and_only_the_last_one_ends_the_sentence(make: Makes, count: int) -> None:
    parties = "".join(f"  {one}\n" for one in SIX[:count])
    lines = make(f"parties:\n{parties}").lines()
    assert [line for line in lines if line in ("Entre :", "Et :")] == ["Entre :"] + ["Et :"] * (count - 1)
    assert [line[-1] for line in lines if len(line) > 10] == [","] * (count - 1) + ["."]


SIDES = """\
cotes:
  - {id: ville, parties: [ville], mention: d'une part}
  - id: prescripteurs
    parties: [travail, metropole, departement]
    mention: d'autre part
    annonce: "Les acteurs de l'emploi suivants :"
    designation: les prescripteurs
  - {id: caf, parties: [caf], mention: sans}
parties:
  ville: {organisme: ville, designation: la Ville}
  travail: {organisme: travail, designation: sans, mentions: [], presentation: nom-sa-qualite}
  metropole: {organisme: metropole, designation: sans, mentions: []}
  departement: {organisme: defaut, designation: sans, mentions: []}
  caf: {organisme: caf, representant: directeur, designation: sans}
"""


def test_a_side_announces_its_parties_and_gives_them_one_name(make: Makes) -> None:
    made = make(SIDES)
    assert made.lines()[3:] == [
        "Et :",
        "Les acteurs de l'emploi suivants :",
        "France Travail, représenté par Madame Ève HUIT, sa directrice territoriale,",
        "La Métropole Nice Côte d'Azur, représentée par le président, Monsieur Jean NEUF,",
        "Le Département des Alpes-Maritimes, représenté par le président du Conseil départemental, Monsieur Charles "
        "UN,",
        "ci-après dénommés « les prescripteurs »,",
        "d'autre part,",
        "Et :",
        "La Caisse d'allocations familiales des Alpes-Maritimes, représentée par le directeur, Monsieur Luc DIX.",
    ]


def test_a_group_behaves_as_a_party_in_the_plural(make: Makes) -> None:
    text = (
        "articles:\n  - id: objet\n    titre: Objet\n    texte: |\n"
        '      {{ prescripteurs }} {{ prescripteurs | accorde("s\'engage") }} ; '
        "une copie est remise à {{ prescripteurs }}.\n"
    )
    body = make(SIDES, article=text).body()
    assert body == "Les prescripteurs s'engagent ; une copie est remise aux prescripteurs."


def test_a_party_of_no_side_is_an_error(make: Makes) -> None:
    made = make(SIDES.replace("travail, metropole, departement", "travail, metropole"))
    assert [one.code for one in made.report.errors] == ["DEF-09"]


def test_all_the_parties_may_have_one_name(make: Makes) -> None:
    lines = make("ensemble: les parties\n" + with_partner("organisme: ville")).lines()
    assert lines[-2:] == ["d'autre part,", "ci-après dénommés ensemble « les parties »."]


def test_one_person_may_represent_two_parties_in_two_capacities(make: Makes) -> None:
    made = make("parties:\n  ville: {organisme: ville}\n  metropole: {organisme: metropole}\n")
    assert "le maire, Monsieur Jean NEUF" in made.of("La Ville")
    assert "le président, Monsieur Jean NEUF" in made.of("La Métropole")


def test_a_party_bears_the_name_of_the_day_it_is_asked_for(make: Makes) -> None:
    assert make(with_partner("organisme: travail")).of("France Travail").startswith("France Travail, établissement")
    assert (
        make(with_partner("organisme: travail, denomination: 2023-11-07")).of("Pôle emploi").startswith("Pôle emploi,")
    )


def test_a_former_name_is_said_when_asked_for(make: Makes) -> None:
    renamed = (
        "organisme: renomme\ntype: association\nnoms:\n"
        "  - {depuis: 2024-06-01, nom: l'association Neuve, ancien: l'association Vieille}\n"
        "  - {nom: l'association Vieille}\n"
    )
    made = make(with_partner("organisme: renomme, mentions: [ancien]"), renomme=renamed)
    assert made.of("L'association Neuve").startswith(
        "L'association Neuve (anciennement l'association Vieille), représentée"
    )


def test_an_act_may_change_name_capacity_address_and_seat(make: Makes) -> None:
    made = make(
        "parties:\n"
        "  departement:\n"
        "    organisme: defaut\n"
        "    nom: le Conseil départemental des Alpes-Maritimes\n"
        "    qualite: président en exercice\n"
        "    adresse: 1 rue de la Paix, 06000 Nice\n"
        "    presentation: nom-sa-qualite\n"
        "    designation: le Conseil\n"
        "  ville: {organisme: ville}\n"
    )
    assert made.of("Le Conseil") == (
        "Le Conseil départemental des Alpes-Maritimes, représenté par Monsieur Charles UN, son président en exercice, "
        "domicilié en cette qualité, 1 rue de la Paix, 06000 Nice, ci-après dénommé « le Conseil »,"
    )


def test_an_act_picks_one_of_several_addresses_by_its_name(make: Makes) -> None:
    made = make(with_partner("organisme: travail, adresse: nice"))
    assert "455 promenade des Anglais, 06200 Nice" in made.of("France Travail")
    assert "Gley" not in made.of("France Travail")


def test_an_unknown_address_is_refused_with_the_nearest_name(make: Makes) -> None:
    made = make(with_partner("organisme: travail, adresse: nise"))
    (said,) = made.report.errors
    assert said.code == "DEF-04"
    assert said.place is not None
    assert said.place.line == 8
    assert "nice" in said.remedy


def test_the_service_that_bears_the_act_follows_the_name(make: Makes) -> None:
    made = make(with_partner("organisme: metropole, service: Plan local pour l'insertion et l'emploi (PLIE)"))
    assert made.of("La Métropole").startswith(
        "La Métropole Nice Côte d'Azur – Plan local pour l'insertion et l'emploi (PLIE), représentée par le président"
    )


def test_each_party_may_have_its_own_deciding_body_and_date(make: Makes) -> None:
    made = make(
        "parties:\n"
        "  departement: {organisme: defaut, habilitation: {organe: commission, date: 2024-06-07, numero: 20}}\n"
        "  ville: {organisme: ville, habilitation: {organe: conseil, date: à compléter (date du conseil)}}\n"
    )
    assert "en vertu de la délibération de la commission permanente n° 20 en date du 7 juin 2024" in made.of("Le Dép")
    assert "en vertu de la délibération du conseil municipal en date du [date du conseil à compléter]" in made.of(
        "La V"
    )


def test_a_natural_person_is_represented_by_nobody(make: Makes) -> None:
    person = "organisme: p\ntype: personne\nnom: Madame Rose Treize\ngenre: féminin\nadresse: 2 rue Haute, 06300 Nice\n"
    made = make(with_partner("organisme: p, designation: la bénévole"), p=person)
    assert made.of("Madame") == (
        "Madame Rose Treize, demeurant 2 rue Haute, 06300 Nice, ci-après dénommée « la bénévole »,"
    )


# --- terms without an article -------------------------------------------------------------------------

SAID = "articles: [{id: objet, titre: Objet, texte: 'Chacun, dont {{ partenaire }}.'}]\n"


@pytest.mark.parametrize(
    ("partner", "alias", "said"),
    [
        ("organisme: ville, designation: Ville", "« Ville »", "la Ville"),
        ("organisme: ville, designation: la Ville", "« la Ville »", "la Ville"),
        ("organisme: travail, designation: France Travail", "« France Travail »", "France Travail"),
    ],
)
def test_a_term_typed_without_its_article_is_quoted_so_and_said_with_it(
    make: Makes, partner: str, alias: str, said: str
) -> None:
    made = make(with_partner(partner), article=SAID)
    assert any(alias in line for line in made.lines())
    assert made.body() == f"Chacun, dont {said}."


def test_a_party_without_a_term_is_said_by_its_name(make: Makes) -> None:
    made = make(with_partner("organisme: ville, designation: sans"), article=SAID)
    assert "dénommée" not in made.of("La Ville")
    assert made.body() == "Chacun, dont la Ville de Nice."


# --- a partner still unknown, or filled in by hand ----------------------------------------------------


def test_a_partner_still_unknown_is_a_blank_named_after_its_term(make: Makes) -> None:
    made = make(with_partner("designation: la structure"))
    assert made.of("[nom") == (
        "[nom de la structure à compléter], représentée par [représentant à compléter], ci-après dénommée « la "
        "structure »,"
    )
    assert [one.hint for one in find_blanks(made.acte)] == ["nom de la structure", "représentant"]


def test_the_blank_of_a_partner_says_what_the_definition_says(make: Makes) -> None:
    made = make(with_partner("designation: le bénéficiaire, nom: à compléter (organisme retenu)"))
    assert made.of("[organisme retenu à compléter]")


def test_a_partner_known_by_its_name_needs_no_file(make: Makes) -> None:
    made = make(with_partner("nom: l'association Nouvelle, designation: l'association"))
    assert made.of("L'association Nouvelle, représentée par [représentant à compléter]")


def test_an_act_signed_many_times_leaves_spaces_and_no_blank(make: Makes) -> None:
    made = make(with_partner("remplir: oui, designation: le bénéficiaire"))
    assert find_blanks(made.acte) == ()
    assert not [one for one in walk(made.acte) if isinstance(one, Blank)]
    spaces = [one.key for one in walk(made.acte.zones[0]) if isinstance(one, FillIn)]
    names = ("nom", "adresse", "representant", "qualite")
    assert spaces == [f"parties.partenaire.{name}" for name in names]
    assert made.lines()[4].endswith("ci-après dénommé « le bénéficiaire »,")


def test_texts_may_name_what_a_blank_partner_will_write(make: Makes) -> None:
    text = "articles: [{id: objet, titre: Objet, texte: 'Siège : {{ partenaire.adresse }}, {{ partenaire.siret }}.'}]\n"
    made = make(with_partner("remplir: oui, designation: le bénéficiaire"), article=text)
    assert [one.key for one in walk(made.acte.zones[1]) if isinstance(one, FillIn)] == [
        "parties.partenaire.adresse",
        "parties.partenaire.siret",
    ]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Place Félix Baret, 13006 Marseille", "place Félix Baret, 13006 Marseille"),
        (
            "Hôtel du Département, Place Gossin, 55000 Bar-le-Duc",
            "hôtel du Département, place Gossin, 55000 Bar-le-Duc",
        ),
        ("Les Genêts, 449 route des Crêtes, 06600 Antibes", "Les Genêts, 449 route des Crêtes, 06600 Antibes"),
        ("Placette du Port, 06300 Nice", "Placette du Port, 06300 Nice"),
    ],
)
def test_an_address_in_a_sentence_loses_the_capital_of_the_street(make: Makes, typed: str, printed: str) -> None:
    made = make(with_partner(f"organisme: reflets, designation: l'association, adresse: '{typed}'"))
    assert f", domiciliée en cette qualité, {printed}, " in made.of("L'association REFLETS")


@pytest.mark.parametrize(
    ("title", "years", "printed"),
    [
        ("Essai", "[2024]", ["(année 2024)"]),
        ("Essai", "[2024, 2025]", ["(années 2024 et 2025)"]),
        ("Essai", "[2024, 2025, 2026]", ["(années 2024 à 2026)"]),
        ("Protocole 2024-2026", "[2024, 2025, 2026]", []),
        ("Plan de l'année 2024", "[2024]", []),
        ("Suite du protocole 2021-2024", "[2024, 2025, 2026]", ["(années 2024 à 2026)"]),
    ],
)
def test_the_years_are_printed_under_a_title_that_does_not_say_them(
    make: Makes, title: str, years: str, printed: list[str]
) -> None:
    head = f"convention: essai\nnature: protocole\nnumero: sans\ntitre: {title}\nplan: [intitule]\n"
    made = make(f"exercices: {years}\nparties:\n{DEPARTEMENT}", head=head)
    assert made.acte is not None
    subtitles = [one for one in walk(made.acte.zones) if isinstance(one, Paragraph) and one.role is Role.SUBTITLE]
    assert [plain_text(one.inlines) for one in subtitles] == printed
