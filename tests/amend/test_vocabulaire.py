"""Terms put in an act: contracted forms, quotations and data left alone, what is left behind."""

from __future__ import annotations

import pytest
from amend_acts import act, article, items, par, table

from convgen.acte.nodes import LineBreak, Note, Paragraph, Strong, Text, Value
from convgen.amend.changements.termes import pair_of
from convgen.amend.changements.vocabulaire import (
    left_behind,
    left_in_place,
    replace_terms,
    unsure,
    with_contracted_forms,
)
from convgen.amend.texte.arbre import parts_of
from convgen.amend.texte.forme import join
from convgen.amend.texte.normaliser import normal

PARTICIPANT = (pair_of("adhérent", "participant"), pair_of("adhérents", "participants"))


def forms(*texts: str, pairs=PARTICIPANT) -> dict[str, str]:
    base = normal(act(article("a", "Un", *(par(one) for one in texts))))
    added = with_contracted_forms(pairs, base)[len(pairs) :]
    return {join(pair.old): join(pair.new) for pair in added}


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("L’adhérent vient.", "l'adhérent", "le participant"),
        ("Le droit de l’adhérent.", "de l'adhérent", "du participant"),
        ("Il plaît à l’adhérent.", "à l'adhérent", "au participant"),
        ("Dix mois d’adhérents.", "d'adhérents", "de participants"),
        ("Pour cet adhérent seul.", "cet adhérent", "ce participant"),
        ("Autant qu’adhérents.", "qu'adhérents", "que participants"),
    ],
)
def test_a_contracted_form_of_the_base_is_derived(text: str, old: str, new: str) -> None:
    assert forms(text) == {old: new}


def test_forms_that_do_not_change_or_do_not_occur_are_not_listed() -> None:
    assert forms("Les adhérents, un adhérent, tout adhérent.") == {}


def test_a_consonant_becomes_a_vowel() -> None:
    pairs = (pair_of("bénévole", "intervenant"),)
    assert forms("Le bénévole, du bénévole, ce bénévole, de bénévole.", pairs=pairs) == {
        "le bénévole": "l'intervenant",
        "du bénévole": "de l'intervenant",
        "ce bénévole": "cet intervenant",
        "de bénévole": "d'intervenant",
    }


def test_another_gender_changes_the_determiner() -> None:
    pairs = (pair_of("association", "comité"),)
    assert forms("L’association et cette association.", pairs=pairs) == {
        "l'association": "le comité",
        "cette association": "ce comité",
    }


def test_terms_are_put_everywhere_with_their_case() -> None:
    pairs = with_contracted_forms(PARTICIPANT, normal(act(article("a", "Un", par("L’adhérent.")))))
    old = act(
        article("a", "ADHÉRENTS", par("L’adhérent signe."), items("un adhérent ;", "des Adhérents.")),
        article("b", "Suite", table(("Nom",), ("adhérent",))),
    )
    new, done = replace_terms(old, pairs)
    texts = [line for _, part in parts_of(normal(new)) for line in part.text.split("\n")]
    assert "Le participant signe." in texts
    assert "1 PARTICIPANTS" in texts
    assert "un participant ;" in texts
    assert "des Participants." in texts
    assert "participant" in texts
    assert sum(done.count.values()) == 5
    assert done.quoted == []


def test_a_quotation_keeps_its_words_but_a_defined_term_follows() -> None:
    old = act(article("a", "Un", par("Ci-après « l’adhérent ». La charte « Droits de tout adhérent majeur » vaut.")))
    new, done = replace_terms(old, with_contracted_forms(PARTICIPANT, normal(old)))
    text = normal(new).text
    assert "« le participant »" in text
    assert "« Droits de tout adhérent majeur »" in text
    assert done.quoted == ["« Droits de tout adhérent majeur »"]


def test_data_breaks_and_notes_stay_what_they_are() -> None:
    name = Value("partie", "parties.a.nom", "club", "Club des adhérents")
    line = (
        Text("Au "),
        name,
        LineBreak(),
        Text("chaque "),
        Strong((Text("adhérent"),)),
        Note((Text("ou ex-adhérent, adhérent passé"),)),
        Text(" vient."),
    )
    new, done = replace_terms(act(article("a", "Un", Paragraph(line))), PARTICIPANT)
    (zone,) = new.zones
    (division,) = zone.blocks
    (paragraph,) = division.blocks
    assert name in paragraph.inlines
    assert LineBreak() in paragraph.inlines
    assert normal(new).children[0].lines[1].text == "chaque participant vient."
    note = next(one for one in paragraph.inlines if isinstance(one, Note))
    assert note.children[-1].text.endswith("participant passé")
    assert done.quoted == ["Club des adhérents"]


def test_an_act_without_the_term_is_the_same_act() -> None:
    old = act(article("a", "Un", par("Rien.")))
    new, done = replace_terms(old, PARTICIPANT)
    assert new == old
    assert done.count == {}


def test_words_of_the_family_left_are_told() -> None:
    new = normal(act(article("a", "Un", par("Le volontaire et le bénévolat, bénévolement."))))
    assert left_behind((pair_of("bénévole", "volontaire"),), new) == ("bénévolat", "bénévolement")
    assert left_behind((pair_of("bénévole", "volontaire"), pair_of("bénévolat", "volontariat")), new) == (
        "bénévolement",
    )


# --- a term written alike in both numbers -------------------------------------------------------------------

COURS = (pair_of("cours", "atelier"),)


def test_a_term_without_a_plural_of_its_own_follows_its_determiner() -> None:
    found = forms("Des cours, aux cours, 12 cours, deux cours. Un cours, le cours, 1 cours.", pairs=COURS)
    assert found == {
        "des cours": "des ateliers",
        "aux cours": "aux ateliers",
        "12 cours": "12 ateliers",
        "deux cours": "deux ateliers",
        "le cours": "l'atelier",
    }
    assert not any("ateliers" in new for new in forms("Les adhérents.").values())


def test_a_number_that_nothing_tells_is_to_be_checked() -> None:
    base = normal(act(article("a", "Un", par("Un soutien de cours."), par("Des cours, le cours, chaque cours."))))
    assert list(unsure(COURS, base)) == [((base.children[0].id,), 0, "soutien de cours")]
    assert list(unsure(PARTICIPANT, base)) == []


def test_where_an_old_term_stays_is_told() -> None:
    new = normal(act(article("a", "Un", par("Un atelier. La loi : « tout cours est libre »."))))
    assert [words for *_, words in left_in_place(COURS, new)] == ["tout cours est"]
    longer = (pair_of("adhérent", "membre adhérent"),)
    new = normal(act(article("a", "Un", par("Un membre adhérent, « un adhérent » aussi."))))
    assert [words for *_, words in left_in_place(longer, new)] == ["un adhérent"]
