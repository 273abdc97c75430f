"""References that an avenant makes false are told, with the sentence to write; the others are not."""

from __future__ import annotations

import pytest
from amend_acts import act, article, line, par, table

from convgen.acte.nodes import Acte, Annexe, Block, Division, Paragraph, Reference, Value
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.numeros.renvois import references_to_review
from convgen.amend.texte.etat import State
from convgen.amend.texte.normaliser import normal
from convgen.amend.texte.restrictions import restricted
from convgen.errors import Diagnostic, Severity


def text(name: str) -> str:
    return " ".join(f"{name}{word}" for word in "abcdefgh")


def review(old: Acte, new: Acte, policy: Policy = Policy.FROZEN) -> tuple[Diagnostic, ...]:
    made = number_against(new, State(old), policy)
    return references_to_review(normal(old), normal(made), made)


def only(found: tuple[Diagnostic, ...]) -> tuple[str, str]:
    (one,) = found
    assert one.code == "AVE-08" and one.severity is Severity.WARNING
    return one.message, one.remedy


def plain(name: str, *blocks: Block) -> Division:
    return article(name, f"Titre{name}", *(blocks or (par(text(name)),)))


def lines(name: str, *names: str) -> Division:
    return plain(name, *(par(text(one)) for one in names))


def citing(*parts: str | Value | Reference) -> Division:
    return plain("z", par(*parts))


# --- to an alinéa -------------------------------------------------------------------------------------------------


def test_the_rank_of_an_alinea_that_moves_down() -> None:
    said = citing("Le solde suit. Il est dû selon le deuxième alinéa de l’article 1. Il est versé.")
    message, remedy = only(review(act(lines("a", "p", "q", "r"), said), act(lines("a", "p", "x", "q", "r"), said)))
    assert message == "à l'article 2, « deuxième alinéa de l’article 1 » ne désigne plus le même alinéa"
    assert remedy == "Écrivez : « Il est dû selon le troisième alinéa de l’article 1. »"


def test_last_and_second_are_said_anew_when_the_count_changes() -> None:
    said = citing("Voir le dernier alinéa de l’article 1.")
    _, remedy = only(review(act(lines("a", "p", "q", "r"), said), act(lines("a", "p", "q", "r", "x"), said)))
    assert "troisième alinéa de l’article 1" in remedy
    said = citing("Voir le second alinéa de l’article 1.")
    _, remedy = only(review(act(lines("a", "p", "q"), said), act(lines("a", "p", "q", "r"), said)))
    assert "deuxième alinéa de l’article 1" in remedy


def test_an_alinea_that_is_gone_and_one_that_stays() -> None:
    said = citing("Voir le deuxième alinéa de l’article 1.")
    message, _ = only(review(act(lines("a", "p", "q", "r"), said), act(lines("a", "p", "r"), said)))
    assert message.endswith("désigne un alinéa supprimé ou remplacé")
    assert review(act(lines("a", "p", "q", "r"), said), act(lines("a", "p", "q", "r", "x"), said)) == ()


def test_the_alinea_of_the_present_article() -> None:
    def own(*names: str) -> Acte:
        return act(plain("a", *(par(text(name)) for name in names), par("Voir le deuxième alinéa du présent article.")))

    _, remedy = only(review(own("p", "q"), own("x", "p", "q")))
    assert "troisième alinéa du présent article" in remedy


def test_the_alinea_of_an_article_that_is_gone_or_renumbered() -> None:
    said = citing("Voir le premier alinéa de l’article 2.")
    old = act(plain("a"), lines("b", "p", "q"), said)
    message, _ = only(review(old, act(plain("a"), said)))
    assert message.endswith("désigne un alinéa d'un article abrogé")
    new = act(plain("x"), plain("a"), lines("b", "p", "q"), said)
    _, remedy = only(review(old, new, Policy.RENUMBER))
    assert remedy == "Écrivez : « Voir le premier alinéa de l’article 3. »"
    assert review(old, new) == ()


# --- to a division ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["l’article 2", "l'article 2", "les articles 1 et 2", "l’article\u00a02"])
def test_an_article_typed_by_hand_that_is_gone(words: str) -> None:
    said = citing(f"Il suit {words}.")
    message, _ = only(review(act(plain("a"), plain("b"), said), act(plain("a"), said)))
    assert message.endswith("désigne un article abrogé")


def test_an_article_typed_by_hand_that_is_renumbered() -> None:
    said = citing("Il suit les articles 1, 2 et 9.")
    old, new = act(plain("a"), plain("b"), said), act(plain("x"), plain("a"), plain("b"), said)
    _, remedy = only(review(old, new, Policy.RENUMBER))
    assert remedy == "Écrivez : « Il suit les articles 2, 3 et 9. »"
    assert review(old, new) == (), "frozen numbers stay"


def test_an_annexe_typed_by_hand() -> None:
    annexes = [Annexe(name, line(f"Pièce {name}"), (par(text(name)),)) for name in ("p", "q")]
    said = citing("Voir l’annexe 2.")
    message, _ = only(review(act(said, annexes=tuple(annexes)), act(said, annexes=tuple(annexes[:1]))))
    assert message.endswith("désigne une annexe abrogée")


@pytest.mark.parametrize(
    "words",
    [
        "l’article 2 de la loi du 12 avril 2000",
        "l’article 2 du code civil",
        "les articles 2 du décret n° 2001-495",
        "l’article L. 2",
        "l’article 2 du RGPD",
        "le premier alinéa de l’article 10 de la loi",
    ],
)
def test_the_articles_of_laws_are_not_ours(words: str) -> None:
    said = citing(f"Vu {words}.")
    assert review(act(plain("a"), plain("b"), said), act(plain("a"), said)) == ()


def test_what_is_not_typed_by_hand_is_not_read() -> None:
    said = citing("Il suit ", Value("texte", "x", "y", "l’article 2"), ".")
    assert review(act(plain("a"), plain("b"), said), act(plain("a"), said)) == ()


def test_what_the_avenant_writes_is_written_for_the_new_text() -> None:
    old = act(plain("a"), plain("b"), citing("Il suit."))
    assert review(old, act(plain("a"), citing("Il suit l’article 2."))) == ()


def test_a_typed_reference_to_a_division_that_is_gone_is_an_error() -> None:
    said = citing("Voir ", Reference("b", "complet", False, "l’", "article\u00a0", "2"), ".")
    (found,) = review(act(plain("a"), plain("b"), said), act(plain("a"), said))
    assert found.severity is Severity.ERROR
    assert found.message == "l'unique alinéa de l'article 3 renvoie à « b », qui est abrogé"


# --- to a neighbour -----------------------------------------------------------------------------------------------


def near(*names: str, words: str = "Le montant de l’alinéa précédent est révisé.") -> Acte:
    found: list[Paragraph] = [par(words) if name == "*" else par(text(name)) for name in names]
    return act(plain("a", *found))


def test_the_alinea_before_another() -> None:
    message, remedy = only(review(near("p", "q", "*"), near("p", "q", "x", "*")))
    assert message.endswith("« de l’alinéa précédent » ne vise plus le même voisin")
    assert remedy == "Écrivez : « Le montant du deuxième alinéa est révisé. »"
    assert review(near("p", "q", "*"), near("x", "p", "q", "*")) == ()
    _, remedy = only(review(near("p", "q", "*"), near("p", "*")))
    assert "par son rang" in remedy


def test_what_is_above_and_below() -> None:
    words = "Le tableau ci-dessous fixe les parts."
    assert len(review(near("*", "p", words=words), near("*", "x", "p", words=words))) == 1
    assert review(near("*", "p", words=words), near("*", "p", "x", words=words)) == ()


def test_the_present_article_of_a_sub_article_that_moves() -> None:
    def acts(*owners: str) -> Acte:
        sub = article("s", "Sous", par("Le présent article est résilié de plein droit. " + text("s")), level=2)
        return act(*(article(n, f"Titre{n}", par(text(n)), *([sub] if n in owners else [])) for n in ("a", "b")))

    message, _ = only(review(acts("a"), acts("b")))
    assert "« Le présent article » ne désigne plus la même division" in message


# --- restrictions -------------------------------------------------------------------------------------------------


def checked(old: Acte, new: Acte) -> list[tuple[str, Severity, str]]:
    return [(one.code, one.severity, one.message) for one in restricted(normal(old), normal(new), new)]


def test_a_text_that_can_be_designated_has_no_remark() -> None:
    assert checked(act(plain("a")), act(plain("a"), lines("b", "p", "q"))) == []


def test_two_tables_that_touch() -> None:
    one, two = table(("Objet", "Coût"), ("Loyer", "1 €")), table(("Part", "Taux"), ("Ville", "2 %"))
    apart = act(plain("a", one, par("Puis :"), two))
    touching = act(plain("a", one, two))
    assert checked(apart, touching) == [("AVE-07", Severity.ERROR, "deux tableaux se touchent à l'article 1")]
    assert checked(touching, touching) == [], "what is not touched is let alone"
    assert checked(touching, apart) == []


def test_text_after_sub_divisions() -> None:
    sub = article("a.s", "Sous", par(text("s")), level=2)
    wrong = act(plain("a", sub, par(text("p"))))
    assert checked(act(plain("a", sub)), wrong) == [
        ("AVE-07", Severity.ERROR, "un alinéa suit les subdivisions de l'article 1")
    ]
    annexe = Annexe("p", line("Pièce"), (article("p.s", "Point", par(text("s"))), par(text("q"))))
    assert [one[0] for one in checked(act(), act(annexes=(annexe,)))] == ["AVE-07"]


@pytest.mark.parametrize("words", ["2. Le suivi est annuel.", "4.1. Suivi", "Article 3 – Durée", "Annexe 2 : plan"])
def test_a_line_that_reads_as_a_heading(words: str) -> None:
    ((code, severity, message),) = checked(act(plain("a")), act(plain("a", par(words))))
    assert (code, severity) == ("AVE-07", Severity.WARNING)
    assert "se lit comme un intitulé" in message


@pytest.mark.parametrize("words", ["12 mois après.", "L’article 3 fixe.", "Article 3 de la loi du 1er juillet 1901."])
def test_a_line_that_does_not(words: str) -> None:
    assert checked(act(plain("a")), act(plain("a", par(words)))) == []


def test_an_identifier_used_for_another_article() -> None:
    long = " ".join(f"{word}ment" for word in ("simple", "libre", "propre", "juste", "large", "utile") * 2)
    other = " ".join(f"{word}tion" for word in ("dota", "evalua", "modifica", "utilisa", "forma", "anima") * 2)
    old = act(article("a", "Communication", par(long)), article("b", "Suivi", par(long)))
    new = act(article("a", "Litiges", par(other)), article("b", "Suivi", par(other)))
    assert [one[0] for one in checked(old, new)] == ["AVE-06"], "the title of the other one tells that it is the same"
    kind = act(article("c", "Chapitre", article("a", "Communication", par(long)), level=0))
    assert checked(kind, act(article("c", "Communication", par(long)))) == [], "a chapter becomes an article"
    assert checked(kind, act(article("c", "Litiges", par(other)))) == [
        ("AVE-06", Severity.ERROR, "l'identifiant « c » est celui d'un autre article dans le texte en vigueur")
    ]
