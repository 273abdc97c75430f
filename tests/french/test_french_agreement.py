"""Agreement of words and short groups with their subject."""

from __future__ import annotations

import pytest

from convgen.french.agreement import (
    FEMININE_PLURAL,
    FEMININE_SINGULAR,
    MASCULINE_PLURAL,
    MASCULINE_SINGULAR,
    Agreement,
    AgreementUnknown,
    agree,
    agree_forms,
)

OTHERS = (FEMININE_SINGULAR, MASCULINE_PLURAL, FEMININE_PLURAL)

ADJECTIVES = """\
représenté représentée représentés représentées
dénommé dénommée dénommés dénommées
domicilié domiciliée domiciliés domiciliées
tenu tenue tenus tenues
soumis soumise soumis soumises
conclu conclue conclus conclues
inscrit inscrite inscrits inscrites
joint jointe joints jointes
réuni réunie réunis réunies
ouvert ouverte ouverts ouvertes
compétent compétente compétents compétentes
signataire signataire signataires signataires
responsable responsable responsables responsables
libre libre libres libres
applicable applicable applicables applicables
seul seule seuls seules
nouveau nouvelle nouveaux nouvelles
général générale généraux générales
final finale finals finales
public publique publics publiques
administratif administrative administratifs administratives
premier première premiers premières
dû due dus dues
complet complète complets complètes
antérieur antérieure antérieurs antérieures
directeur directrice directeurs directrices
porteur porteuse porteurs porteuses
bailleur bailleresse bailleurs bailleresses
européen européenne européens européennes
arrêté arrêtée arrêtés arrêtées
il elle ils elles
lui lui leur leur
celui-ci celle-ci ceux-ci celles-ci
ledit ladite lesdits lesdites
lequel laquelle lesquels lesquelles
partie partie parties parties
avis avis avis avis
""".splitlines()


@pytest.mark.parametrize("row", ADJECTIVES)
def test_adjectives_participles_and_pronouns_have_four_forms(row: str) -> None:
    masculine, *others = row.split(" ")
    assert agree(masculine, MASCULINE_SINGULAR) == masculine
    assert [agree(masculine, agreement) for agreement in OTHERS] == others


VERBS = {
    "s'engage": "s'engagent", "s'oblige": "s'obligent", "s'abstient": "s'abstiennent", "verse": "versent",
    "est": "sont", "a": "ont", "doit": "doivent", "peut": "peuvent", "fait": "font", "met": "mettent",
    "transmet": "transmettent",
    "tient": "tiennent", "remet": "remettent", "reçoit": "reçoivent", "prend": "prennent", "rend": "rendent",
    "produit": "produisent", "fournit": "fournissent", "garantit": "garantissent", "établit": "établissent",
    "souscrit": "souscrivent", "reconnaît": "reconnaissent", "sera": "seront", "versera": "verseront",
    "s'engagera": "s'engageront", "devait": "devaient", "pourrait": "pourraient", "communique": "communiquent",
    "adresse": "adressent", "ne peut": "ne peuvent", "n'est pas": "ne sont pas", "n'a pas": "n'ont pas",
    "s'adjoint": "s'adjoignent", "rend compte": "rendent compte", "met à disposition": "mettent à disposition",
    "verse une subvention": "versent une subvention", "fait connaître": "font connaître", "a versé": "ont versé",
    "lui verse": "lui versent", "S'engage": "S'engagent", "verse, garantit": "versent, garantissent",
    "justifie et demande": "justifient et demandent",
}  # fmt: skip


@pytest.mark.parametrize(("singular", "plural"), VERBS.items())
def test_verbs_agree_in_number_alone(singular: str, plural: str) -> None:
    assert agree(singular, FEMININE_SINGULAR) == singular
    assert agree(singular, MASCULINE_PLURAL) == agree(singular, FEMININE_PLURAL) == plural


GROUPS = (
    ("est tenu", "sont tenues"),
    ("est tenu de verser", "sont tenues de verser"),
    ("n'est pas tenu", "ne sont pas tenues"),
    ("s'est engagé", "se sont engagées"),
    ("a été informé", "ont été informées"),
    ("doit être informé", "doivent être informées"),
    ("est informé et consulté", "sont informées et consultées"),
    ("est tenu et s'engage", "sont tenues et s'engagent"),
    ("est réputé avoir accepté", "sont réputées avoir accepté"),
    ("demeure inchangé", "demeurent inchangées"),
    ("est libre", "sont libres"),
    ("est joint", "sont jointes"),
    ("dûment habilité", "dûment habilitées"),
    ("ci-après dénommé", "ci-après dénommées"),
    ("représenté par son président", "représentées par son président"),
    ("il s'engage", "elles s'engagent"),
    ("le présent", "les présentes"),
    ("le seul responsable", "les seules responsables"),
    ("Représenté", "Représentées"),
    ("n’est pas tenu", "ne sont pas tenues"),
)


@pytest.mark.parametrize(("masculine", "feminine_plural"), GROUPS)
def test_groups_agree_up_to_their_complement(masculine: str, feminine_plural: str) -> None:
    assert agree(masculine, FEMININE_PLURAL) == feminine_plural
    assert agree(masculine, MASCULINE_SINGULAR) == masculine.replace("’", "'")


@pytest.mark.parametrize("word", ["", "xyzq", "verser", "représentée", "représentés", "de", "son", "12", "y"])
@pytest.mark.parametrize("agreement", [MASCULINE_SINGULAR, FEMININE_PLURAL])
def test_an_unknown_word_is_refused_whatever_the_subject(word: str, agreement: Agreement) -> None:
    with pytest.raises(AgreementUnknown) as caught:
        agree(word, agreement)
    assert "tenu|tenue|tenus|tenues" in caught.value.remedy


def test_the_forms_may_be_given() -> None:
    assert agree("sis|sise|sis|sises", FEMININE_PLURAL) == "sises"
    assert agree_forms("ms|fs|mp|fp", FEMININE_SINGULAR) == "fs"
    assert agree_forms("ms|fs|mp|fp", MASCULINE_PLURAL) == "mp"
    assert agree_forms("vaut | valent", MASCULINE_PLURAL) == "valent"
    assert agree_forms("vaut | valent", FEMININE_SINGULAR) == "vaut"
    with pytest.raises(AgreementUnknown):
        agree_forms("a|b|c", FEMININE_PLURAL)
