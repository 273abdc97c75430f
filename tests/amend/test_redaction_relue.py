"""Sentences that a jurist would refuse, as they are now said; each avenant is read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from amend_acts import act, article, euros, items, par
from exemple_velo import pack
from test_objet_annonces import plain

from convgen.acte.nodes import Acte, Annexe, Division, Paragraph, Text
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.changements import Pair, Words
from convgen.amend.changements.differer import Grain, diff
from convgen.amend.changements.termes import pair_of
from convgen.amend.lire.lire import LectureError, read, same_lines
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.rediger import Options, PartyNote, PaymentNote, Wording, word
from convgen.amend.texte.etat import State
from convgen.amend.texte.imprime import printed, printed_articles
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.normaliser import normal
from convgen.french.grammar import parse_noun_phrase

PACKS = ("legistique", "pratique")


def wording(
    old: Acte,
    new: Acte,
    name: str = "legistique",
    pairs: tuple[Pair, ...] = (),
    grain: Grain | None = None,
    **options: object,
) -> Wording:
    """The words of the changes, once what they say is read back."""
    a, b = normal(old), normal(new)
    delta = with_causes(diff(a, b, pairs, grain), old, new, {"somme": "montant de la subvention"})
    said = word(delta, a, b, pack(name), Options(**options))
    assert same_lines(read(printed_articles(said.articles), printed(a), pack(name)), printed(b)) is None
    return said


def lines(said: Wording) -> list[str]:
    return [plain(line.text) for line in printed_articles(said.articles)]


def objects(said: Wording) -> list[str]:
    return [plain(text_of(one)) for one in said.objects]


# --- words --------------------------------------------------------------------------------------------------


def test_a_term_kept_in_a_quotation_is_an_exception_and_no_sentence_replaces_words_by_themselves() -> None:
    quotation = "La loi dit : « tout atelier est ouvert ». "
    old = act(
        article("a", "Un", par("Un atelier a lieu."), par(quotation + "Un atelier dure une heure.")),
        article("b", "Deux", par("L'atelier est ouvert.")),
    )
    new = act(
        article("a", "Un", par("Un cours a lieu."), par(quotation + "Un cours dure une heure.")),
        article("b", "Deux", par("Le cours est ouvert.")),
    )
    pairs = (pair_of("atelier", "cours"), pair_of("l'atelier", "le cours"))
    words = [one for one in diff(normal(old), normal(new), pairs).changes if isinstance(one, Words)]
    assert all(text_of(one.old) != text_of(one.new) for one in words)
    text = " ".join(lines(wording(old, new, pairs=pairs)))
    assert "sauf au second alinéa de l'article 1." in text
    assert "« tout atelier est" not in text


# --- places -------------------------------------------------------------------------------------------------


def test_alineas_of_one_article_are_named_together() -> None:
    def version(amount: int) -> Acte:
        told = euros("somme", amount)
        texts = [par("La ville donne ", told, "."), par("Les ", told, " sont versés."), par("Rien."), par("Fin.")]
        return act(
            article("a", "Un", *texts, par("Sur les ", told, ", un reste.")),
            article("b", "Deux", par("Premier ", told, "."), par("Second.")),
        )

    text = " ".join(lines(wording(version(500), version(600), grain=Grain.WORDS)))
    assert "aux premier, deuxième et dernier alinéas de l'article 1 et au premier alinéa de l'article 2, " in text


def test_two_alineas_are_named_together() -> None:
    def version(amount: int) -> Acte:
        return act(article("a", "Un", par("Donne ", euros("somme", amount), "."), par("Les ", euros("somme", amount))))

    text = " ".join(lines(wording(version(5), version(6), grain=Grain.WORDS)))
    assert "aux premier et second alinéas de l'article 1, " in text


@pytest.mark.parametrize("name", PACKS)
def test_a_number_that_is_given_again_is_that_of_the_actual_annexe(name: str) -> None:
    body = article("a", "Un", par("Texte."))
    first, second, third = (Annexe(one, (Text(one),), (par("Texte."),)) for one in ("alpha", "bravo", "charlie"))
    state = State(act(body, annexes=(first, second)))
    old = state.acte
    new = number_against(act(body, annexes=(first, third, second)), state, Policy.RENUMBER)
    if not normal(old).children[-1].number:
        pytest.skip("annexes without numbers")
    assert "L'actuelle annexe 2 devient l'annexe 3." in lines(wording(old, new, name))


# --- zones and annexes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PACKS)
def test_a_preamble_that_the_base_does_not_have_is_inserted(name: str) -> None:
    preamble = Division("preambule", 1, (Text("Préambule"),), (par("Un préambule."),))
    body = article("a", "Un", par("Texte."))
    old, new = act(body), act(body, preambule=preamble)
    old = replace(old, zones=(replace(new.zones[0], blocks=()), *old.zones))
    arrives = wording(old, new, name)
    assert objects(arrives) == ["d'insérer un préambule"]
    assert not any("remplacé" in one or "modifié" in one for one in lines(arrives))
    assert "inséré" in lines(arrives)[1] and "un préambule" in lines(arrives)[1]
    assert lines(arrives)[2:] in (["Préambule", "Un préambule."], ["« Préambule", "« Un préambule. »"])
    leaves = wording(new, old, name)
    assert objects(leaves) == ["de supprimer le préambule"]
    assert lines(leaves) == ["Article 1er – Suppression du préambule", "Le préambule est supprimé."]


@pytest.mark.parametrize("name", PACKS)
def test_the_object_says_an_annexe_without_number(name: str) -> None:
    body = article("a", "Un", par("Texte."))
    old, new = act(body), act(body, annexes=(Annexe("budget", (Text("Budget"),), (par("Un budget."),)),))
    assert objects(wording(old, new, name)) == ["d'insérer une annexe « Budget »"]


# --- parties ------------------------------------------------------------------------------------------------


def test_two_changes_of_one_party_are_one_object() -> None:
    old = act(article("a", "Un", par("Rien.")), comparution=Paragraph((Text("L'association, 1 rue A, par M. B."),)))
    new = act(article("a", "Un", par("Rien.")), comparution=Paragraph((Text("L'association, 2 rue C, par Mme D."),)))
    who = parse_noun_phrase("l'association")
    notes = (
        PartyNote("parties.a", "representant", who, "Mme D"),
        PartyNote("parties.a", "adresse", who, "2 rue C"),
    )
    found = objects(wording(old, new, parties=notes))
    assert [one for one in found if "association" in one] == ["de prendre acte du changement relatif à l'association"]


# --- data ---------------------------------------------------------------------------------------------------

SAID = "Le montant de la subvention est porté de 500 € à 600 €, soit une augmentation de 100 € (+ 20 %)."
PAID = "Le versement de 250 € déjà effectué au titre de l'acompte est inchangé."


def money(amount: int, rest: str) -> Acte:
    told = euros("somme", amount)
    return act(article("a", "Un", par("La ville donne ", told, "."), items("un acompte de 250 € ;", rest)))


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("single", [True, False])
def test_the_article_that_rewrites_an_amount_opens_with_its_announcement(name: str, single: bool) -> None:
    note = PaymentNote("somme", "fait", "250 €", parse_noun_phrase("l'acompte"))
    old, new = money(500, "un solde de 250 €."), money(600, "un solde de 350 € versé au bilan de la ville.")
    said = wording(old, new, name, grain=Grain.ARTICLE, payments=(note,), single_article=single)
    assert lines(said)[1:3] == [SAID, PAID]
    if name == "pratique":
        assert lines(wording(old, new, name))[1] == SAID


def test_a_wrong_announcement_above_a_text_given_again_is_refused() -> None:
    old, new = money(500, "un solde."), money(600, "un solde.")
    said = printed_articles(wording(old, new, "pratique").articles)
    wrong = [replace(line, text=line.text.replace("600", "700").replace("100", "200")) for line in said[:2]]
    with pytest.raises(LectureError):
        read([*wrong, *said[2:]], printed(normal(old)), pack("pratique"))


def test_one_sentence_that_shows_both_sums_needs_no_announcement() -> None:
    old, new = money(500, "un solde."), money(600, "un solde.")
    assert SAID not in lines(wording(old, new, grain=Grain.WORDS))
