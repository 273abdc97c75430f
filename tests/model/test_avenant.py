"""An avenant laid over its convention: the version before, the version after, the avenant as an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from convgen.acte.nodes import Acte
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.avenant import PartyEvent, ResolvedAvenant, resolve_avenant
from convgen.model.resolved import ResolvedAct
from convgen.model.values import Amount, PeriodValue, Unknown, YearlyValue
from convgen.workspace import Workspace
from convgen.write.text import write_text

Made = Callable[[dict[str, str]], Workspace]
TODAY = date(2024, 6, 1)

CONVENTION = """\
convention: c
numero: 2024-12
objet: l'accueil de bénévoles
etat: {signe: 2024-01-15}
parties:
  departement: {organisme: defaut, representant: president, designation: le Département, role: financeur}
  travail: {organisme: travail, designation: le partenaire, role: bénéficiaire, habilitation: {organe: le conseil}}
duree: {effet: 2024-01-01, fin: 2024-12-31}
donnees:
  subvention: 870 000 €
  phase_test: 2024-03-01 au 2024-05-31
  echeancier:
    base: subvention
    versements:
      acompte: {montant: 80 %, quand: dès la notification}
      solde: {montant: 20 %, quand: au vu du bilan}
articles:
  - {id: objet, titre: Objet, texte: "Un bénévole est accueilli {{ phase_test | allant }}."}
  - {id: finances, titre: Finances, texte: "La subvention est de {{ subvention }}.\\n\\n{{ echeancier | liste }}"}
  - {id: bilan, titre: Bilan, texte: Un bilan est remis.}
  - {id: litiges, titre: Litiges, texte: Le tribunal est compétent.}
"""
HEAD = "modifie: c\nnumero: 1\n"


def workspace(made: Made, avenants: dict[str, str], convention: str = CONVENTION, **files: str) -> Workspace:
    more = {f"conventions/avenants/{name}.yaml": f"avenant: {name}\n{text}" for name, text in avenants.items()}
    return made({"conventions/c.yaml": convention, **more, **files})


def resolved(made: Made, text: str, convention: str = CONVENTION, **avenants: str) -> ResolvedAvenant:
    report = Report()
    found = resolve_avenant(workspace(made, {"a": HEAD + text, **avenants}, convention), "a", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    return found


def printed(act: ResolvedAct) -> str:
    report = Report()
    acte = compose(act, report)
    assert isinstance(acte, Acte), [str(one) for one in report]
    return write_text(acte).replace("\u00a0", " ").replace("\u202f", " ")


# --- what becomes of the convention -----------------------------------------------------------------------


def test_data_articles_and_duration_are_laid_over(made: Made) -> None:
    found = resolved(
        made,
        """\
modifications:
  duree: {fin: 2025-12-31}
  donnees: {phase_test: 2024-06-01 au 2024-08-31}
  articles:
    - {id: bilan, texte: Deux bilans sont remis.}
    - {id: litiges, retirer: oui}
    - {id: suivi, titre: Suivi, texte: Un comité se réunit., apres: finances}
""",
    )
    assert [one.id for one in found.base.articles] == ["objet", "finances", "bilan", "litiges"]
    assert [one.id for one in found.new.articles] == ["objet", "finances", "suivi", "bilan"]
    assert found.new.data["phase_test"] == PeriodValue("phase_test", date(2024, 6, 1), date(2024, 8, 31))
    assert found.base.data["phase_test"] != found.new.data["phase_test"]
    assert found.new.term is not None
    assert (found.new.term.start, found.new.term.end) == (date(2024, 1, 1), date(2025, 12, 31))
    bilan = found.new.articles[3]
    assert bilan.title is not None
    assert (bilan.title.text, bilan.title.place.file) == ("Bilan", "conventions/c.yaml")
    assert bilan.text is not None
    assert (bilan.text.text, bilan.text.place.file) == ("Deux bilans sont remis.", "conventions/avenants/a.yaml")


def test_object_title_preamble_and_passages_are_replaced(made: Made) -> None:
    found = resolved(made, "modifications: {objet: l'accueil de volontaires, preambule: Ceci., titre: Accueil}\n")
    assert found.new.object is not None
    assert found.new.preamble is not None
    assert found.new.title is not None
    assert (found.new.object.text, found.new.preamble.text) == ("l'accueil de volontaires", "Ceci.")


def test_years_merge_by_year(made: Made) -> None:
    convention = CONVENTION.replace("objet: l'accueil", "exercices: [2024, 2025]\nobjet: l'accueil")
    convention = convention.replace("donnees:\n", "donnees:\n  aide: {2024: 10 €, 2025: par avenant}\n")
    found = resolved(made, "modifications: {donnees: {aide: {2025: 12 €}}}\n", convention)
    aide = found.new.data["aide"]
    assert isinstance(aide, YearlyValue)
    assert aide.by_year[0][1] == Amount("aide.2024", Decimal(10))
    assert aide.by_year[1][1] == Amount("aide.2025", Decimal(12))


def test_the_modele_stays_under_the_overlay(made: Made) -> None:
    modele = """\
modele: m
donnees:
  montant: {type: montant}
  volets: {type: groupe, champs: {places: {type: nombre}}}
  public: {type: texte, defaut: les jeunes}
articles:
  - {id: objet, titre: Objet, texte: "{{ public }}"}
  - {id: moyens, titre: Moyens, texte: "{{ montant }}"}
"""
    convention = (
        "convention: c\nmodele: m\nobjet: l'aide\nparties: {departement: {organisme: defaut, representant: president},"
        " travail: {organisme: travail}}\ndonnees:\n  montant: 10 €\n  volets: {v1: {places: 3}, v2: {places: 4}}\n"
    )
    report = Report()
    text = f"{HEAD}modifications:\n  donnees: {{montant: 12 €, public: tous, volets: {{v2: {{places: 5}}}}}}\n"
    text += "  articles: [{id: moyens, titre: Financement}]\n"
    files = {"templates/modeles/m.yaml": modele}
    found = resolve_avenant(workspace(made, {"a": text}, convention, **files), "a", TODAY, report)
    assert found is not None
    assert not list(report), [str(one) for one in report]
    assert found.new.data["montant"] == Amount("montant", Decimal(12))
    volets = found.new.data["volets"]
    assert [str(one.fields["places"].value) for one in volets.items] == ["3", "5"]  # type: ignore[union-attr]
    assert [one.title.text for one in found.new.articles if one.title] == ["Objet", "Financement"]


def test_names_are_those_of_the_day_of_the_convention_whatever_its_effect_becomes(made: Made) -> None:
    convention = CONVENTION.replace("etat: {signe: 2024-01-15}\n", "").replace("effet: 2024-01-01", "effet: 2023-06-01")
    report = Report()
    text = f"{HEAD}date: 2024-02-01\nmodifications: {{duree: {{effet: 2024-03-01}}}}\n"
    found = resolve_avenant(workspace(made, {"a": text}, convention), "a", TODAY, report)
    assert found is not None
    ((code, message),) = [(one.code, one.message) for one in report]
    assert (code, message) == (
        "AVE-19",
        "« travail » s'appelle « France Travail » au jour de l'avenant, et « Pôle emploi » dans la convention",
    )
    assert str(found.base.parties[1].name) == "Pôle emploi"
    assert str(found.new.parties[1].name) == "Pôle emploi"


# --- parties ----------------------------------------------------------------------------------------------


def test_a_party_takes_the_name_of_a_day(made: Made) -> None:
    convention = CONVENTION.replace("signe: 2024-01-15", "signe: 2023-12-15")
    found = resolved(made, "modifications: {parties: {travail: {denomination: 2024-06-01}}}\n", convention)
    assert [str(act.parties[1].name) for act in (found.base, found.new)] == ["Pôle emploi", "France Travail"]
    assert found.parties_announced == ("travail",)
    event = found.events[0]
    assert (event.kind, event.old, event.new) == ("denomination", "Pôle emploi", "France Travail")


def test_the_name_of_a_day_wins_over_the_one_typed_in_the_convention(made: Made) -> None:
    convention = CONVENTION.replace("organisme: travail,", "organisme: travail, nom: l'agence Emploi,")
    found = resolved(made, "modifications: {parties: {travail: {denomination: 2024-06-01}}}\n", convention)
    assert [str(act.parties[1].name) for act in (found.base, found.new)] == ["l'agence Emploi", "France Travail"]


def test_an_act_that_followed_another_gets_its_own_duration(made: Made) -> None:
    convention = CONVENTION.replace("duree: {effet: 2024-01-01, fin: 2024-12-31}", "duree: {comme: d}")
    other = CONVENTION.replace("convention: c", "convention: d")
    report = Report()
    text = f"{HEAD}modifications: {{duree: {{effet: 2024-01-01, fin: 2025-06-30}}}}\n"
    files = {"conventions/d.yaml": other}
    found = resolve_avenant(workspace(made, {"a": text}, convention, **files), "a", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    assert [act.term.end for act in (found.base, found.new) if act.term] == [date(2024, 12, 31), date(2025, 6, 30)]


def test_a_representative_changes(made: Made) -> None:
    found = resolved(made, "modifications: {parties: {departement: {representant: vice-presidente}}}\n")
    assert [one.last_name for one in found.new.parties[0].representatives] == ["Deux"]
    assert [one.kind for one in found.events] == ["representant"]


VILLE = (
    "organisme: ville\ntype: commune\nnom: la Ville de Nice\nadresse: 5 rue de l'Hôtel\n"
    "representants: {maire: {civilite: Monsieur, prenom: Luc, nom: Quatre, qualite: maire}}\n"
)


def test_a_party_joins(made: Made) -> None:
    report = Report()
    text = f"{HEAD}modifications: {{parties: {{ville: {{organisme: ville, ajoutee: 2024-07-01}}}}}}\n"
    files = {"conventions/organismes/ville.yaml": VILLE}
    found = resolve_avenant(workspace(made, {"a": text}, **files), "a", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    assert [one.key for one in found.base.parties] == ["departement", "travail"]
    assert [one.key for one in found.new.parties] == ["departement", "travail", "ville"]
    assert [one.key for one in found.act.parties] == ["departement", "travail", "ville"]
    assert found.events[0] == PartyEvent(
        "ville", "ajoutee", date(2024, 7, 1), "", "la Ville de Nice", found.events[0].place
    )


def test_a_party_leaves_and_signs_the_avenant(made: Made) -> None:
    convention = CONVENTION.replace("duree:", "  ville: {organisme: ville}\nduree:", 1)
    report = Report()
    text = f"{HEAD}modifications: {{parties: {{ville: {{retiree: signature}}}}}}\n"
    files = {"conventions/organismes/ville.yaml": VILLE}
    found = resolve_avenant(workspace(made, {"a": text}, convention, **files), "a", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    assert [one.key for one in found.new.parties] == ["departement", "travail"]
    assert [one.key for one in found.act.parties] == ["departement", "travail", "ville"]
    assert (found.events[0].kind, found.events[0].day) == ("retiree", "signature")


def test_another_organisme_takes_the_place_of_a_party(made: Made) -> None:
    report = Report()
    change = "{organisme: ville, representant: maire, substituee: 2024-07-01}"
    text = f"{HEAD}modifications: {{parties: {{travail: {change}}}}}\n"
    files = {"conventions/organismes/ville.yaml": VILLE}
    found = resolve_avenant(workspace(made, {"a": text}, **files), "a", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    party = found.new.parties[1]
    assert (str(party.name), str(party.designation)) == ("la Ville de Nice", "le partenaire")
    assert party.habilitation is None
    assert (found.events[0].old, found.events[0].new) == ("France Travail", "la Ville de Nice")


# --- terms ------------------------------------------------------------------------------------------------


def test_terms_have_their_plurals(made: Made) -> None:
    found = resolved(made, "modifications: {termes: {bénévole: volontaire, bénévolat: volontariat}}\n")
    assert found.terms == (
        ("bénévole", "volontaire"),
        ("bénévoles", "volontaires"),
        ("bénévolat", "volontariat"),
        ("bénévolats", "volontariats"),
    )


def test_a_term_may_be_kept_somewhere_and_say_its_plural(made: Made) -> None:
    text = "modifications: {termes: {local: {par: lieu, pluriel_nouveau: lieux-dits, sauf: [objet]}}}\n"
    found = resolved(made, text)
    assert found.term_changes[0].pairs == (("local", "lieu"), ("locaux", "lieux-dits"))
    assert found.term_changes[0].exceptions == ("objet",)


def test_a_group_of_words_agrees_up_to_its_preposition(made: Made) -> None:
    found = resolved(made, "modifications: {termes: {bénéficiaire du RSA: personne accompagnée}}\n")
    assert found.terms[1] == ("bénéficiaires du RSA", "personnes accompagnées")


# --- chain ------------------------------------------------------------------------------------------------


def test_an_avenant_amends_what_the_others_left(made: Made) -> None:
    first = "modifie: c\nnumero: 1\ndate: 2024-03-01\nmodifications:\n  donnees: {subvention: 900 000 €}\n"
    first += "  termes: {bénévole: volontaire}\n"
    second = "modifie: c\nnumero: 2\ndate: 2024-05-01\nmodifications: {articles: [{id: bilan, retirer: oui}]}\n"
    report = Report()
    found = resolve_avenant(workspace(made, {"a": first, "b": second}), "b", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    assert found.previous == ("a",)
    assert found.base.data["subvention"] == Amount("subvention", Decimal(900000))
    assert "bilan" not in {one.id for one in found.new.articles}
    assert "bilan" in {one.id for one in found.base.articles}
    assert found.previous_terms[0][0].pairs[0] == ("bénévole", "volontaire")
    assert found.terms == ()


def test_a_whole_new_version(made: Made) -> None:
    report = Report()
    new = CONVENTION.replace("870 000 €", "900 000 €")
    files = {"conventions/avenants/nouvelles/c.yaml": new}
    text = f"{HEAD}nouvelle: conventions/avenants/nouvelles/c.yaml\n"
    found = resolve_avenant(workspace(made, {"a": text}, **files), "a", TODAY, report)
    assert not list(report), [str(one) for one in report]
    assert found is not None
    assert found.new.data["subvention"] == Amount("subvention", Decimal(900000))


# --- the avenant as an act --------------------------------------------------------------------------------


def test_the_avenant_has_its_own_visas_parties_and_signatures(made: Made) -> None:
    found = resolved(
        made,
        """\
date: 2024-05-02
service: insertion
visas: [cgct]
parties: {departement: {habilitation: {organe: la commission permanente, date: 2024-04-26, numero: 3}}}
articles: [{id: transition, titre: Transition, texte: "Jusqu'à la signature, {{ avenant }} ne s'applique pas."}]
executoire: "Rendu exécutoire le {{ a_remplir('date') }}"
reference: Dossier 12
modifications: {donnees: {subvention: 900 000 €}}
""",
    )
    act = found.act
    assert act.plan == (
        "en-tete", "intitule", "reference", "comparution", "visas", "convenu", "articles", "signatures", "executoire",
    )  # fmt: skip
    assert [one.text for one in act.visas] == [
        "{{ acte.nommer }} {{ acte | accorde('signé') }} le 15 janvier 2024",
        "le code général des collectivités territoriales",
    ]
    assert act.parties[0].habilitation is not None
    assert act.parties[1].habilitation is None, "what allowed to sign the convention allows nothing here"
    assert [one.id for one in act.articles] == ["transition"]
    assert act.signatures.order == (("departement", "president"), ("travail", "directrice"))
    assert act.letterhead == ("Direction générale", "Direction de l'insertion")
    assert act.nature == "avenant"
    assert found.day == date(2024, 5, 2)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("numero: 2024-12", "nommer: la charte des bénévoles", "{{ acte.nommer }}"),
        ("numero: 2024-12", "numero: sans", "{{ acte.nom }} {{ acte | accorde('relatif') }} à l'accueil de bénévoles"),
        (
            "numero: 2024-12\nobjet: l'accueil",
            "objet: le soutien",
            "{{ acte.nom }} {{ acte | accorde('relatif') }} au soutien de bénévoles",
        ),
    ],
)
def test_the_title_names_the_convention(made: Made, old: str, new: str, expected: str) -> None:
    found = resolved(made, "modifications: {preambule: Ceci.}\n", CONVENTION.replace(old, new))
    assert found.act.title is not None
    assert found.act.title.text == f"Avenant n°\u00a01 à {expected}"
    assert found.act.visas[0].text.startswith(expected)


def test_conditions_of_its_own_articles_read_the_convention(made: Made) -> None:
    text = "modifications: {donnees: {subvention: 900 000 €}}\narticles:\n"
    text += "  - {id: x, texte: X., si: subvention > 880 000 €}\n  - {id: y, texte: Y., si: subvention < 880 000 €}\n"
    assert [one.id for one in resolved(made, text).act.articles] == ["x"]


def test_an_unnumbered_avenant_has_a_blank(made: Made) -> None:
    report = Report()
    text = "modifie: c\nnumero: à compléter\nmodifications: {objet: le reste}\n"
    found = resolve_avenant(workspace(made, {"a": text}), "a", TODAY, report)
    assert not list(report)
    assert found is not None
    assert isinstance(found.number, Unknown)
    assert found.act.title is not None
    assert "blanc(" in found.act.title.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "signature"), ("effet: notification\n", "notification"), ("effet: 2024-07-01\n", date(2024, 7, 1))],
)
def test_effect(made: Made, text: str, expected: object) -> None:
    assert resolved(made, f"{text}modifications: {{objet: le reste}}\n").effect == expected


def test_presentation_and_pack(made: Made) -> None:
    found = resolved(
        made,
        "formules: pratique\npresenter: {contenu: entier, denomination: à l'objet, numerotation: renumerotation}\n"
        "objet: [de changer ceci, de changer cela]\nmotif: Le budget change.\nmodifications: {objet: le reste}\n",
    )
    assert (found.pack, found.grain, found.policy) == ("pratique", "article", "renumerotation")
    assert found.presenter.name_in_object
    assert [one.text for one in found.objects] == ["de changer ceci", "de changer cela"]
    assert found.motif is not None
    plain = resolved(made, "modifications: {articles: [{id: bilan, retirer: oui, suivants: renuméroter}]}\n")
    assert (plain.pack, plain.grain, plain.policy) == ("legistique", "", "renumerotation")


# --- acts signed elsewhere --------------------------------------------------------------------------------

EXTERNE = """\
convention: c
externe: oui
numero: SG1
intitule: la convention de subvention globale
etat: {signe: 2024-02-17}
parties:
  departement: {organisme: defaut, representant: president, designation: l'Organisme}
  travail: {organisme: travail, designation: l'Autorité}
extraits:
  - numero: 5
    titre: Plan de financement
    articles:
      - {id: plan, numero: 5.1, titre: Plan, texte: inconnu}
      - {id: paiement, numero: 5.2, titre: Paiement, texte: "(...)\\n\\nLes crédits étaient versés."}
  - numero: 9
    titre: Obligations
    articles:
      - {id: ancien, numero: 9.5}
      - {id: plaintes, numero: 9.6, titre: Plaintes}
"""


def test_extracts_keep_their_numbers(made: Made) -> None:
    found = resolved(
        made,
        """\
donnees:
  fse: 12 001 301,25 €
modifications:
  articles:
    - {id: plan, texte: "Il est doté de {{ fse }}."}
    - {id: paiement, apres_les_mots: "(...)", texte: Les crédits sont versés.}
    - {id: ancien, retirer: oui, suivants: renuméroter}
    - {id: nouveau, numero: 9.7, titre: Nouveau, texte: Neuf., apres: plaintes}
""",
        EXTERNE,
    )
    five, nine = found.new.articles
    texts = [one.text.text for one in five.articles if one.text is not None]
    assert texts == ["Il est doté de {{ fse }}.", "(...)\n\nLes crédits sont versés."]
    assert [(one.id, one.frozen_number) for one in nine.articles] == [("plaintes", "9.6"), ("nouveau", "9.7")]
    assert found.unknown_texts == ("plan", "paiement")
    assert next(one.text.text for one in found.base.articles[0].articles if one.text) == "(...)"
