"""What an avenant does not touch keeps the text that was signed."""

from __future__ import annotations

from amend_acts import act, article, par

from convgen.acte.nodes import Acte, Annexe, Division, Text
from convgen.amend.texte.normaliser import normal
from convgen.amend.vigueur.conserver import over_signed


def text(acte: Acte) -> str:
    return normal(acte).text


def made(*articles: Division, title: str = "Convention", annexe: str = "") -> Acte:
    annexes = (Annexe("bilan", (Text("Bilan"),), (par(annexe),)),) if annexe else ()
    return act(*articles, annexes=annexes, intitule=par(title))


def test_a_clause_corrected_since_the_signature_does_not_slip_in() -> None:
    signed = made(article("a", "Objet", par("Le texte signé.")), article("b", "Durée", par("Un an.")))
    again = made(article("a", "Objet", par("Le texte corrigé.")), article("b", "Durée", par("Un an.")))
    new = made(article("a", "Objet", par("Le texte corrigé.")), article("b", "Durée", par("Deux ans.")))
    said = text(over_signed(signed, again, new))
    assert "Le texte signé." in said and "Deux ans." in said and "corrigé" not in said


def test_inside_an_article_that_changes_untouched_parts_are_those_signed() -> None:
    def whole(own: str, below: str) -> Acte:
        return made(article("a", "Objet", par(own), article("a1", "", par(below), level=2)))

    said = text(over_signed(whole("Signé.", "Bas."), whole("Corrigé.", "Bas."), whole("Corrigé.", "Bas, changé.")))
    assert "Signé." in said and "Bas, changé." in said and "Corrigé" not in said


def test_what_the_avenant_brings_comes_and_what_the_library_brought_does_not() -> None:
    a, b = article("a", "Objet", par("Un.")), article("b", "Durée", par("Deux."))
    library, brought = article("lib", "Charte", par("Charte.")), article("neuf", "Bilan", par("Bilan."))
    said = text(over_signed(made(a, b), made(a, library, b), made(a, library, brought, b)))
    assert "Bilan." in said and "Charte." not in said
    assert "Charte." in text(over_signed(made(a, library, b), made(a, b), made(a, brought, b)))


def test_what_the_avenant_removes_goes() -> None:
    a, b = article("a", "Objet", par("Un.")), article("b", "Durée", par("Deux."))
    assert "Deux." not in text(over_signed(made(a, b), made(a, b), made(a)))


def test_zones_and_annexes_follow_the_same_rule() -> None:
    a = article("a", "Objet", par("Un."))
    signed = made(a, title="Titre signé", annexe="Annexe signée.")
    again = made(a, title="Titre corrigé", annexe="Annexe corrigée.")
    said = text(over_signed(signed, again, made(a, title="Titre neuf", annexe="Annexe corrigée.")))
    assert "Titre neuf" in said and "Annexe signée." in said
