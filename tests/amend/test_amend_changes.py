"""Each kind of change, on one small act: what is found, how it is said, what explains it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from amend_acts import act, article, euros, items, line, par, table

from convgen.acte.nodes import Acte, Annexe, Division, PartySummary, Reference, Row, Table, Text, Value
from convgen.acte.nodes import Cell as TreeCell
from convgen.amend.changements.appliquer import apply, apply_changes
from convgen.amend.changements.causes import gap, with_causes
from convgen.amend.changements.changements import (
    Alineas,
    CauseKind,
    Cell,
    Change,
    Delta,
    Heading,
    Insert,
    Mode,
    Move,
    Pair,
    Renumber,
    Repeal,
    ReplaceDivision,
    ReplaceFile,
    Rows,
    Term,
    Words,
)
from convgen.amend.changements.differer import diff
from convgen.amend.changements.echange import delta_from_data, delta_to_data
from convgen.amend.changements.phrases import sentence
from convgen.amend.changements.plan import RefusError
from convgen.amend.changements.termes import pair_of
from convgen.amend.texte.arbre import Part, same
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import Place, index_of
from convgen.amend.texte.normaliser import normal

LONG = "La structure accueille chaque semaine les personnes que le service lui adresse et les accompagne un an."


def changes(old: Acte, new: Acte, pairs: tuple[Pair, ...] = ()) -> tuple[Change, ...]:
    """The changes, proved."""
    a, b = normal(old), normal(new)
    delta = diff(a, b, pairs)
    assert same(apply(delta, a), b)
    return delta.changes


def only(old: Acte, new: Acte) -> tuple[Change, str]:
    """The only change and what is said of it."""
    (change,) = changes(old, new)
    return change, sentence(index_of(normal(old)), change)


def one(*texts: str) -> Acte:
    return act(article("objet", "Objet", *(par(text) for text in texts)), article("duree", "Durée", par("Un an.")))


def words(old: str, new: str) -> Words:
    (change,) = changes(one(old), one(new))
    assert isinstance(change, Words), change
    return change


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "mode", "before", "after"),
    [
        (LONG.replace("semaine", "mois"), Mode.ONCE, "semaine", "mois"),
        (LONG.replace("un an", "deux ans"), Mode.ONCE, "un an", "deux ans"),
        (LONG.replace("accueille", "accueille gratuitement"), Mode.AFTER, "accueille", "gratuitement"),
        (f"En 2025, {LONG[0].lower()}{LONG[1:]}", Mode.ONCE, "La", "En 2025, la"),
        (f"Ainsi {LONG}", Mode.START, "", "Ainsi"),
        (f"{LONG} Elle rend compte.", Mode.SENTENCE, "", "Elle rend compte."),
        (LONG.replace(" chaque semaine", ""), Mode.ONCE, "chaque semaine", ""),
        (LONG.replace("les ", "ces "), Mode.EACH, "les", "ces"),
    ],
)
def test_words(new: str, mode: Mode, before: str, after: str) -> None:
    change = words(LONG, new)
    assert (change.mode, text_of(change.old), text_of(change.new)) == (mode, before, after)


def test_words_that_recur_are_quoted_with_their_neighbours() -> None:
    change = words(
        "Le bilan moral et le bilan financier sont remis à la ville.",
        "Le bilan moral et le rapport financier sont remis à la ville.",
    )
    assert text_of(change.old) == "bilan financier" and change.mode is Mode.ONCE


def test_words_in_the_middle_of_equal_ones_are_counted() -> None:
    old = "a b " * 12 + "fin de la phrase que voici"
    new = "a b " * 6 + "c b " + "a b " * 5 + "fin de la phrase que voici"
    change = words(old, new)
    assert (change.mode, change.rank, change.count) == (Mode.NTH, 7, 12)


def test_an_amount_is_never_cut() -> None:
    change = words(
        "Elle reçoit 1 500 € puis 500 € sur présentation du bilan.",
        "Elle reçoit 1 500 € puis 600 € sur présentation du bilan.",
    )
    assert text_of(change.old) in ("500 €", "puis 500 €", "500 € sur") and "1 500" not in text_of(change.old)
    assert "500 €" in text_of(change.old)


def test_guillemets_are_closed_in_what_is_quoted() -> None:
    change = words(f"{LONG} On dit « le pas bleu » ici.", f"{LONG} On dit « le pas vert » ici.")
    assert text_of(change.old) == "bleu"
    made = changes(one(f"{LONG} On dit « bleu » ici."), one(f"{LONG} On dit bleu » ici."))
    assert all(not isinstance(each, Words) for each in made)


def test_scattered_words_are_said_as_one_alinea() -> None:
    new = LONG.replace("structure", "maison").replace("semaine", "mois").replace("service", "maire")
    change, said = only(one(LONG), one(new))
    assert isinstance(change, Alineas) and said == "L'unique alinéa de l'article 1 : remplacé"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Il l'a dit à l’État.", "Il  l’a dit à l'Etat."),
        ("Le 1 500 € dû…", "Le 1\u202f500\u00a0€ dû..."),
        ("“Oui” – non", '"Oui" - non'),
    ],
)
def test_typography_is_no_change(old: str, new: str) -> None:
    a, b = normal(one(old)), normal(one(new))
    delta = diff(a, b)
    assert delta.changes == () and delta.retouches == 1


def test_the_final_mark_of_a_list_item_is_no_change() -> None:
    old = act(article("a", "A", par("Ils :"), items("un ;", "deux.")))
    new = act(article("a", "A", par("Ils :"), items("un.")))
    change, said = only(old, new)
    assert isinstance(change, Alineas) and (change.start, change.end) == (2, 3)
    assert said == "Le dernier alinéa de l'article 1 : supprimé"
    prose = changes(one(LONG), one(LONG.replace("an.", "an ;")))
    assert prose, "outside of a list the final mark counts"


# --- alinéas, tables ----------------------------------------------------------------------------------------


def test_alineas_come_and_go() -> None:
    base = one("Premier alinéa.", "Deux choses.", "Troisième point.")
    change, said = only(base, one("Premier alinéa.", "Tout autre texte !", "Deux choses.", "Troisième point."))
    assert isinstance(change, Alineas) and said == "Après le premier alinéa de l'article 1 : 1 alinéa inséré"
    _, said = only(base, one("Deux choses.", "Troisième point."))
    assert said == "Le premier alinéa de l'article 1 : supprimé"
    _, said = only(base, one("Premier alinéa.", "Deux choses.", "Troisième point.", "Un ajout.", "Un autre."))
    assert said == "À la fin de l'article 1 : 2 alinéas insérés"


def test_what_goes_and_comes_at_one_place_is_one_change() -> None:
    (change,) = changes(one("A.", "Ceci part.", "Z."), one("A.", "Tout vient", "de loin !", "Z."))
    assert isinstance(change, Alineas) and len(change.old) == 1 and len(change.new) == 2


HEAD = ("Versement", "Montant", "Date")
ROWS = (("Acompte", "70 €", "janvier"), ("Solde", "30 €", "décembre"))


def tabled(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Acte:
    return act(article("prix", "Prix", par("Le prix est payé ainsi :"), table(head, *rows), par("Sur facture.")))


def test_a_table_is_one_alinea() -> None:
    change, said = only(
        tabled(*ROWS),
        act(article("prix", "Prix", par("Le prix est payé ainsi :"), table(HEAD, *ROWS), par("Sur facture envoyée."))),
    )
    assert isinstance(change, Words) and said.startswith("Au dernier alinéa de l'article 1")


def test_rows_and_cells() -> None:
    change, said = only(tabled(*ROWS), tabled(ROWS[0], ("Complément", "5 €", "mai"), ROWS[1]))
    assert isinstance(change, Rows)
    assert said == "Après la deuxième ligne (« Acompte ») du tableau de l'article 1 : 1 ligne insérée"
    change, said = only(tabled(*ROWS), tabled(ROWS[0], ("Solde", "40 €", "décembre")))
    assert isinstance(change, Cell)
    assert said == "La deuxième colonne de la dernière ligne (« Solde ») du tableau de l'article 1 : contenu remplacé"
    change, said = only(tabled(*ROWS), tabled(ROWS[1]))
    assert said == "La deuxième ligne (« Acompte ») du tableau de l'article 1 : supprimée"


def test_rows_that_arrive_together_keep_their_order() -> None:
    more = (("Complément", "5 €", "mai"), ("Reliquat", "6 €", "juin"))
    (change,) = changes(tabled(*ROWS), tabled(ROWS[0], *more, ROWS[1]))
    assert isinstance(change, Rows) and [row.first for row in change.new] == ["Complément", "Reliquat"]


def test_a_table_whose_cells_are_merged_downwards_is_replaced_whole() -> None:
    def merged(text: str) -> Acte:
        head, *rows = (tuple(TreeCell((par(one),)) for one in row) for row in (HEAD, *ROWS))
        rows[0] = (replace(rows[0][0], rowspan=2), *rows[0][1:])
        rows[1] = (TreeCell((par(text),)), rows[1][2])
        return act(article("prix", "Prix", Table((Row(head),), tuple(Row(row) for row in rows))))

    (change,) = changes(merged("30 €"), merged("40 €"))
    assert isinstance(change, Alineas)


def test_other_columns_are_another_table() -> None:
    change, said = only(tabled(*ROWS), tabled(*ROWS, head=("Versement", "Somme", "Date")))
    assert isinstance(change, Alineas) and said == "Le tableau de l'article 1 : remplacé"


# --- divisions ----------------------------------------------------------------------------------------------


def articles(*names: str) -> Acte:
    return act(
        *(
            article(name, name.capitalize(), par(f"Texte de {name}, que rien ne rapproche : {name * 3}."))
            for name in names
        )
    )


def test_an_article_is_inserted_and_the_others_follow() -> None:
    found = changes(articles("un", "deux", "trois"), articles("un", "neuf", "deux", "trois"))
    assert [type(each) for each in found] == [Insert, Renumber, Renumber]
    assert isinstance(found[1], Renumber) and (found[1].old, found[1].number) == ("2", "3")


def test_an_article_goes() -> None:
    found = changes(articles("un", "deux"), articles("un"))
    assert [type(each) for each in found] == [Repeal]


def test_an_article_moves_without_a_word() -> None:
    found = changes(articles("un", "deux", "trois", "quatre"), articles("un", "quatre", "deux", "trois"))
    (move,) = [each for each in found if isinstance(each, Move)]
    assert (move.division, move.after, move.old, move.number) == (("quatre",), "un", "4", "2")
    assert not [each for each in found if isinstance(each, Insert | Repeal)]


def test_two_arrivals_of_two_kinds_in_one_gap_keep_their_order() -> None:
    found = changes(articles("un", "deux", "trois", "quatre"), articles("un", "neuf", "quatre", "dix", "deux", "trois"))
    assert len([each for each in found if isinstance(each, Insert | Move)]) == 3


def test_sub_articles_follow_their_article_without_a_word() -> None:
    sub = article("un.sous", "Sous", par("Sous-texte."), level=2)
    old = act(article("un", "Un", sub))
    new = act(article("zero", "Zéro", par("Autre chose.")), article("un", "Un", sub))
    found = changes(old, new)
    assert [each.number for each in found if isinstance(each, Renumber)] == ["2"]


def test_an_article_with_another_identifier_is_known_by_its_text() -> None:
    old = articles("un", "deux")
    new = act(article("un", "Un", old_block(old, 0)), article("second", "Deux", old_block(old, 1)))
    assert changes(old, new) == ()
    retitled = act(article("un", "Un", old_block(old, 0)), article("second", "Autre", old_block(old, 1)))
    (change,) = changes(old, retitled)
    assert isinstance(change, Heading)


def old_block(acte: Acte, rank: int) -> object:
    division = acte.zones[-1].blocks[rank]
    assert isinstance(division, Division)
    return division.blocks[0]


def test_a_child_moved_out_of_a_repealed_article_stays() -> None:
    sub = article("un.sous", "Sous", par("Sous-texte."), level=2)
    old = act(article("un", "Un", sub), article("deux", "Deux", par("Deux.")))
    new = act(article("deux", "Deux", par("Deux."), sub))
    found = changes(old, new)
    assert {type(each) for each in found} == {Move, Repeal, Renumber}


def test_a_rewritten_article_is_replaced_whole() -> None:
    old = act(article("a", "Titre", *(par(f"{LONG} {rank}") for rank in range(4))))
    new = act(article("a", "Autre titre", par("Peu."), par(f"{LONG} 1"), par("Rien.")))
    (change,) = changes(old, new)
    assert isinstance(change, ReplaceDivision)


def test_zones_are_amended_as_articles_are() -> None:
    text = "La Ville de Nice, représentée par son maire, et l'association, représentée par Mme X."
    old = act(
        article("a", "A", par("Un.")),
        comparution=par(text),
        visas=par("Vu la loi."),
        intitule=par("Convention d'accueil"),
    )
    new = act(
        article("a", "A", par("Un.")),
        comparution=par(text.replace("Mme X", "M. Y")),
        visas=par("Vu le code."),
        intitule=par("Convention d'accueil"),
    )
    _, said = only(old, new)
    assert said == "Dans la désignation des parties : mots remplacés"


def test_an_annexe_that_is_a_file_is_known_by_its_content() -> None:
    acte = replace(articles("un"), annexes=(Annexe("plan", line("Plan"), file="plan.pdf"),))
    a, b = normal(acte, {"plan": "sha256:1"}), normal(acte, {"plan": "sha256:2"})
    delta = diff(a, b)
    assert [type(each) for each in delta.changes] == [ReplaceFile] and same(apply(delta, a), b)


# --- causes -------------------------------------------------------------------------------------------------


def caused(old: Acte, new: Acte, pairs: tuple[Pair, ...] = ()) -> Delta:
    return with_causes(diff(normal(old), normal(new), pairs), old, new, {"subvention": "Montant de la subvention"})


def priced(amount: int, end: str = "Elle est versée en une fois.") -> Acte:
    first = par("La subvention est fixée à ", euros("subvention", amount), " pour l'année.")
    return act(article("a", "A", first), article("b", "B", par("Acompte sur ", euros("subvention", amount), ". ", end)))


def test_a_datum_is_one_cause_of_several_changes() -> None:
    delta = caused(priced(48000), priced(52000))
    (cause,) = delta.causes
    assert (cause.kind, cause.key, cause.label) == (CauseKind.DATA, "subvention", "Montant de la subvention")
    assert (cause.before, cause.after, len(cause.effects)) == ("48\u202f000 €", "52\u202f000 €", 2)
    found = gap(cause)
    assert found is not None and (str(found.difference), str(found.percentage)) == ("4000", "8.33")


def test_a_datum_in_a_text_replaced_for_other_reasons_is_absorbed() -> None:
    delta = caused(priced(48000), priced(52000, "Tout le reste attendra la remise du bilan de l'année écoulée."))
    (cause,) = delta.causes
    assert len(cause.effects) == 1 and cause.absorbed == (Place(("b",), 0),)


def test_a_change_of_party_is_never_silent() -> None:
    party = PartySummary("asso", "asso-x", "l'association X", "l'Association")
    acte = replace(articles("un"), parties=(party,))
    (cause,) = caused(acte, replace(acte, parties=(replace(party, organisme="asso-y", name="l'association Y"),))).causes
    assert (cause.kind, cause.before, cause.after) == (CauseKind.PARTY, "l'association X", "l'association Y")
    (gone,) = caused(acte, replace(acte, parties=())).causes
    assert (gone.before, gone.after) == ("l'association X", "")


def test_the_name_of_a_party_is_one_whatever_its_article() -> None:
    def named(text: str, before: str) -> Acte:
        return act(article("a", "A", par(before, Value("partie", "parties.x", "x", text), " agit.")))

    assert caused(named("le Département", "Ici "), named("Département", "Ici du ")).causes == ()


def referring(*names: str) -> Acte:
    text = par("Les règles sont celles de ", Reference("fin"), ", que chacun lit avec soin.")
    last = article("fin", "Fin", par("Texte final."))
    return act(
        article("renvoi", "Renvoi", text), *(article(name, name, par(f"Texte {name * 4}.")) for name in names), last
    )


def test_numbers_and_references_that_follow_are_no_changes_of_substance() -> None:
    delta = caused(referring("un"), referring("un", "deux"))
    (cause,) = delta.causes
    assert cause.kind is CauseKind.NUMBERING
    (substance,) = delta.of_substance()
    assert isinstance(substance, Insert)
    assert any(isinstance(each, Words) for each in delta.changes), "the reference is amended all the same"


def test_a_reference_to_something_else_is_a_change_of_substance() -> None:
    def to(target: str) -> Acte:
        text = par("Les règles sont celles de ", Reference(target), ", que chacun lit avec soin.")
        return act(article("a", "A", text), article("b", "B", par("Un.")), article("c", "C", par("Deux.")))

    assert len(list(caused(to("b"), to("c")).of_substance())) == 1


# --- terms --------------------------------------------------------------------------------------------------

TERMS = (pair_of("bénévole", "volontaire"), pair_of("bénévoles", "volontaires"))


def test_a_term_is_said_once() -> None:
    old = one("Le bénévole agit.", "BÉNÉVOLES : les bénévoles. Bénévole.", "Les bénévolats restent.")
    new = one("Le volontaire agit.", "VOLONTAIRES : les volontaires. Volontaire.", "Les bénévolats restent.")
    (change,) = changes(old, new, TERMS)
    assert isinstance(change, Term) and change.exceptions == ()


def test_where_the_old_term_stays_is_an_exception() -> None:
    old = one("Le bénévole agit.", "Les bénévoles aussi.", "La loi dit « bénévole ».")
    new = one("Le volontaire agit.", "Les volontaires aussi.", "La loi dit « bénévole ».")
    (change,) = changes(old, new, TERMS)
    assert isinstance(change, Term) and change.exceptions == (Place(("objet",), 2),)


def test_a_term_that_does_not_pay_is_given_up() -> None:
    assert changes(one("Le bénévole agit."), one("Le bénévole agit."), TERMS) == ()
    assert not any(isinstance(each, Term) for each in changes(one("Rien."), one("Rien de plus."), TERMS))


def test_words_that_a_change_claims_are_not_substituted() -> None:
    old = one(f"{LONG} Le bénévole y aide.", "Un bénévole vient.", "Un bénévole part.")
    new = one(f"{LONG} Le fidèle bénévole y aide.", "Un volontaire vient.", "Un volontaire part.")
    changes(old, new, TERMS)


# --- refusals -----------------------------------------------------------------------------------------------


def base() -> Part:
    return normal(one(LONG, "Un autre alinéa."))


def test_two_changes_of_the_same_words_are_refused() -> None:
    change = words_change()
    with pytest.raises(RefusError, match="la même chose"):
        apply_changes([change, replace(change, new=(Text("an"),))], base())


def test_words_inside_what_goes_are_refused() -> None:
    part = base()
    gone = Repeal("m2", ("objet",), part.children[0])
    with pytest.raises(RefusError, match="la même chose"):
        apply_changes([words_change(), gone], part)


def words_change() -> Words:
    tokens = 3
    return Words("m1", Place(("objet",), 0, words=(tokens, tokens + 1)), Mode.ONCE, (Text("chaque"),), (Text("cette"),))


def test_the_number_of_occurrences_is_checked() -> None:
    place = Place(("objet",), 0, words=(5, 6))
    change = replace(words_change(), place=place, old=(Text("les"),), mode=Mode.EACH, count=2)
    apply_changes([change], base())
    with pytest.raises(RefusError, match="cite"):
        apply_changes([replace(change, count=3)], base())


def test_a_base_that_differs_elsewhere_is_refused_by_its_fingerprint() -> None:
    delta = diff(base(), normal(one(LONG.replace("chaque", "cette"), "Un autre alinéa.")))
    elsewhere = normal(one(LONG, "Tout autre chose."))
    apply_changes(delta.changes, elsewhere)
    with pytest.raises(RefusError, match="pour lequel"):
        apply(delta, elsewhere)


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(RefusError, match="n'existe pas"):
        apply_changes([Repeal("m1", ("ailleurs",), base())], base())


def test_a_computed_datum_follows_from_the_one_that_somebody_changed() -> None:
    def version(total: int, first: int) -> Acte:
        return act(
            article("a", "Un", par("Versé : ", euros("echeancier.acompte", first), " sur ", euros("total", total)))
        )

    old, new = version(1000, 600), version(1500, 900)
    sources = {"echeancier": {"echeancier.base"}, "echeancier.base": {"total"}}
    found = with_causes(diff(normal(old), normal(new)), old, new, sources=sources)
    by_key = {cause.key: cause for cause in found.causes}
    assert by_key["total"].of == ""
    assert by_key["echeancier.acompte"].of == by_key["total"].id
    data = delta_to_data(found, normal(old), ("essai", "essai"))
    assert delta_from_data(json.loads(json.dumps(data))) == found
