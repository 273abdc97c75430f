"""One small convention, one edit for each kind of change, the whole avenant in both manners: what a person accepted.

`CONVGEN_GOLDEN_MAJ=1 pytest tests/amend/test_amend_golden.py` rewrites them: read the difference before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from amend_acts import article, euros, items, line, par, table
from exemple_velo import pack
from jardin import LOTS, Draft, cer, day_of, first_articles, rate_of

from convgen.acte.nodes import Annexe, Division
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.differer import diff
from convgen.amend.changements.termes import pair_of
from convgen.amend.lire.lire import read, same_lines
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.rediger import Options, PartyNote, PaymentNote, word
from convgen.amend.texte.etat import State
from convgen.amend.texte.imprime import printed, printed_articles
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.normaliser import normal
from convgen.amend.vigueur.consolider import state_after
from convgen.french.grammar import parse_noun_phrase

GOLDEN = Path(__file__).parent / "golden"
LABELS = {
    "somme": "Montant de la subvention",
    "fin": "Date de fin",
    "taux": "Taux de prise en charge",
    "duree": "Durée",
}


def _edit(change: Callable[[Draft], object]) -> Callable[[], Draft]:
    def made() -> Draft:
        draft = Draft()
        change(draft)
        return draft

    return made


def _amount(draft: Draft, amount: int, *, table_too: bool = False) -> None:
    draft.sub("prix", 0, article("montant", "Montant", par("La commune verse ", euros("somme", amount), "."), level=2))
    rows = [("Acompte", "4 000 €", "mars"), ("Solde", "2 000 €", "")]
    if table_too:
        rows.insert(1, ("Complément", "1 500 €", "juin"))
    versements = article(
        "versements",
        "Versements",
        par("La subvention de ", euros("somme", amount), " est versée ainsi :"),
        table(("Versement", "Somme", "Date"), *rows),
        par("Le solde dépend du bilan."),
        level=2,
    )
    draft.sub("prix", 1, versements)


def _rows(draft: Draft, *rows: tuple[str, str, str]) -> None:
    versements = draft.articles["prix"].blocks[1]
    assert isinstance(versements, Division)
    blocks = (versements.blocks[0], table(("Versement", "Somme", "Date"), *rows), versements.blocks[2])
    draft.sub("prix", 1, replace(versements, blocks=blocks))


_A = par("L'association accueille les habitants deux jours par semaine.")
_B = par("Elle propose :")
_C = items("des ateliers de semis ;", "une grainothèque ouverte à tous ;", "un compost collectif.")
_D = par("Chaque habitant reçoit un livret. Le livret est gratuit.")

EDITS: dict[str, Callable[[], Draft]] = {
    "mots_remplaces": _edit(lambda d: d.lines("objet", par("La convention soutient le jardin familial du quartier."))),
    "mots_supprimes": _edit(lambda d: d.lines("objet", par("La convention soutient le jardin du quartier."))),
    "mots_inseres": _edit(
        lambda d: d.lines("objet", par("La convention soutient le grand jardin partagé du quartier."))
    ),
    "mots_au_debut": _edit(
        lambda d: d.lines("suivi", par("Avant juin, Un bilan est remis chaque année."), par("Il est public."))
    ),
    "mots_chaque_occurrence": _edit(lambda d: d.lines("lots", par(LOTS.replace("plants", "bulbes")))),
    "mots_une_occurrence": _edit(
        lambda d: d.lines("lots", par(LOTS.replace("plants et un lot", "plants et un sac", 2).replace("sac", "lot", 1)))
    ),
    "mots_unites": _edit(
        lambda d: d.lines("actions", par("L'association accueille les habitants 3 jours par semaine."), _B, _C, _D)
    ),
    "phrase": _edit(
        lambda d: d.lines("suivi", par("Un bilan est remis chaque année. Il est court."), par("Il est public."))
    ),
    "phrase_seule": _edit(
        lambda d: d.lines("litiges", par("Le tribunal administratif est saisi des litiges. Il est à Nice."))
    ),
    "alinea_remplace": _edit(
        lambda d: d.lines("suivi", par("La commune contrôle l'emploi des fonds."), par("Il est public."))
    ),
    "alinea_insere": _edit(lambda d: d.lines("actions", _A, par("Elle assure l'entretien."), _B, _C, _D)),
    "alinea_au_debut": _edit(
        lambda d: d.lines(
            "suivi", par("Le suivi est simple."), par("Un bilan est remis chaque année."), par("Il est public.")
        )
    ),
    "alineas_a_la_fin": _edit(
        lambda d: d.lines(
            "suivi",
            par("Un bilan est remis chaque année."),
            par("Il est public."),
            par("Il est lu."),
            par("Il est signé."),
        )
    ),
    "alinea_d_un_article_a_sous_articles": _edit(lambda d: d.lines("prix", par("Le prix est ferme."))),
    "alinea_supprime": _edit(lambda d: d.lines("suivi", par("Un bilan est remis chaque année."))),
    "element_de_liste": _edit(
        lambda d: d.lines(
            "actions",
            _A,
            _B,
            items(
                "des ateliers de semis ;",
                "un prêt d'outils ;",
                "une grainothèque ouverte à tous ;",
                "un compost collectif.",
            ),
            _D,
        )
    ),
    "liste_devient_paragraphe": _edit(lambda d: d.lines("actions", _A, _B, par("des ateliers et un compost."), _D)),
    "ligne_inseree": _edit(
        lambda d: _rows(d, ("Acompte", "4 000 €", "mars"), ("Avance", "500 €", "mai"), ("Solde", "2 000 €", ""))
    ),
    "ligne_au_debut": _edit(
        lambda d: _rows(d, ("Avance", "500 €", "mai"), ("Acompte", "4 000 €", "mars"), ("Solde", "2 000 €", ""))
    ),
    "ligne_supprimee": _edit(lambda d: _rows(d, ("Acompte", "4 000 €", "mars"))),
    "ligne_remplacee": _edit(
        lambda d: _rows(d, ("Acompte", "4 000 €", "mars"), ("Reste dû", "au vu du bilan", "juin"))
    ),
    "cellule": _edit(lambda d: _rows(d, ("Acompte", "3 000 €", "mars"), ("Solde", "2 000 €", ""))),
    "cellule_vide": _edit(lambda d: _rows(d, ("Acompte", "4 000 €", "mars"), ("Solde", "2 000 €", "octobre"))),
    "cellule_videe": _edit(lambda d: _rows(d, ("Acompte", "4 000 €", ""), ("Solde", "2 000 €", ""))),
    "tableau_remplace": _edit(
        lambda d: d.sub(
            "prix",
            1,
            article(
                "versements",
                "Versements",
                par("La subvention de ", euros("somme", 6000), " est versée ainsi :"),
                table(("Versement", "Somme"), ("Acompte", "4 000 €")),
                par("Le solde dépend du bilan."),
                level=2,
            ),
        )
    ),
    "intitule_remplace": _edit(
        lambda d: d.lines("suivi", par("Un bilan est remis chaque année."), par("Il est public."), title="Bilan")
    ),
    "intitule_supprime": _edit(
        lambda d: d.sub("prix", 2, article("reversement", "", par("Les sommes non employées sont rendues."), level=2))
    ),
    "article_remplace": _edit(
        lambda d: d.lines(
            "suivi",
            par("Deux rapports écrits sont adressés au maire."),
            items("l'un en mars ;", "l'autre en octobre."),
            title="Rapports",
        )
    ),
    "article_insere": _edit(lambda d: d.insert("prix", cer())),
    "articles_inseres": _edit(
        lambda d: d.insert("prix", cer(), article("assurance", "Assurance", par("Elle est assurée.")))
    ),
    "article_a_la_fin": _edit(lambda d: d.insert("litiges", cer())),
    "sous_article_insere": _edit(
        lambda d: (
            d.sub("prix", 1, article("frais", "Frais", par("Les frais sont compris."), level=2))
            or d.articles.update(_with_versements(d))
        )
    ),
    "sous_article_a_la_fin": _edit(
        lambda d: d.articles.update(
            prix=replace(
                d.articles["prix"],
                blocks=(*d.articles["prix"].blocks, article("frais", "Frais", par("Ils sont compris."), level=2)),
            )
        )
    ),
    "article_abroge": _edit(lambda d: d.articles.pop("suivi")),
    "articles_abroges": _edit(lambda d: [d.articles.pop(name) for name in ("duree", "aide", "suivi")]),
    "sous_article_abroge": _edit(lambda d: d.sub("prix", 1, None)),
    "article_deplace": _edit(
        lambda d: setattr(d, "order", ["objet", "suivi", "actions", "prix", "duree", "aide", "litiges"])
    ),
    "insertion_et_mots": _edit(
        lambda d: d.lines("actions", _A, par("Elle assure l'entretien."), par("Elle propose aussi :"), _C, _D)
    ),
    "plusieurs": _edit(
        lambda d: d.lines(
            "suivi",
            par("Un bilan écrit est remis chaque année."),
            par("Il est public."),
            par("Il est lu."),
            title="Bilan",
        )
    ),
    "donnee_hausse": _edit(lambda d: _amount(d, 7500)),
    "donnee_baisse": _edit(lambda d: _amount(d, 5000)),
    "date": _edit(
        lambda d: d.lines("duree", par("La convention prend fin le ", day_of("31 août 2026", "2026-08-31"), "."))
    ),
    "taux": _edit(
        lambda d: d.lines("aide", par("La commune prend en charge ", rate_of("62,5 %", "62.5"), " des frais."))
    ),
    "titre": _edit(lambda d: setattr(d, "title", "Convention relative au jardin partagé du Port")),
    "partie": _edit(lambda d: setattr(d, "town", "La ville de Vernoux,")),
    "annexe_point": _edit(
        lambda d: d.annexes.update(
            lieu=Annexe(
                "lieu",
                line("Lieu"),
                (
                    article("p1", "Terrain", par("Le terrain compte douze parcelles.")),
                    article("p2", "Eau", par("Un puits.")),
                ),
            )
        )
    ),
    "annexe_inseree": _edit(
        lambda d: d.annexes.update(regle=Annexe("regle", line("Règlement"), (par("Le jardin ferme le soir."),)))
    ),
    "annexe_fichier": _edit(lambda d: d.annexes.update(plan=Annexe("plan", line("Plan"), file="plan-2026.pdf"))),
    "annexe_fichier_inseree": _edit(lambda d: d.annexes.update(photo=Annexe("photo", line("Photo"), file="photo.pdf"))),
}


def _with_versements(draft: Draft) -> dict[str, Division]:
    """The sub-article that stood there comes after the new one."""
    prix = draft.articles["prix"]
    versements = dict(first_articles())["prix"].blocks[1]
    return {"prix": replace(prix, blocks=(*prix.blocks[:2], versements, *prix.blocks[2:]))}


def _voisins(draft: Draft) -> None:
    draft.lines(
        "actions",
        par("L'association accueille les voisins deux jours par semaine."),
        _B,
        _C,
        par("Chaque voisin reçoit un livret. Le livret est gratuit."),
    )


def _renamed(draft: Draft, but: str = "") -> None:
    """« ville » for « commune », except in an article."""
    draft.town = "La ville de Vernoux,"
    montant = article("montant", "Montant", par("La ville verse ", euros("somme", 6000), "."), level=2)
    draft.sub("prix", 0, montant)
    if but != "aide":
        draft.lines("aide", par("La ville prend en charge ", rate_of("50 %", "50"), " des frais."))


@dataclass(frozen=True)
class Case:
    """An edit, and how it is said."""

    edit: Callable[[], Draft]
    options: Options = field(default_factory=Options)
    policy: Policy = Policy.FROZEN
    terms: tuple[tuple[str, str], ...] = ()
    before: Callable[[], Draft] | None = None


_SEMEURS = parse_noun_phrase("l'association Les Semeurs")
_ACOMPTE = parse_noun_phrase("l'acompte", feminine=False)
CASES: dict[str, Case] = {name: Case(edit) for name, edit in EDITS.items()}
CASES |= {
    "versements": Case(
        _edit(lambda d: _amount(d, 7500, table_too=True)),
        Options(
            payments=(
                PaymentNote("somme", "fait", "4 000 €", _ACOMPTE),
                PaymentNote("somme", "ajoute", "1 500 €", when="à la signature du présent avenant"),
            )
        ),
    ),
    "partie_denomination": Case(
        _edit(lambda d: setattr(d, "name", "Les Semeurs du Port")),
        Options(parties=(PartyNote("parties.asso", "denomination", _SEMEURS, "Les Semeurs du Port"),)),
    ),
    "partie_representant": Case(
        _edit(lambda d: setattr(d, "person", "M. Jean Viau")),
        Options(parties=(PartyNote("parties.asso", "representant", _SEMEURS, "M. Jean Viau, président"),)),
    ),
    "un_seul_article": Case(EDITS["mots_remplaces"], Options(single_article=True)),
    "un_seul_article_deux_modifications": Case(
        _edit(lambda d: (d.articles.pop("suivi"), d.insert("prix", cer()))), Options(single_article=True)
    ),
    "sans_groupe": Case(EDITS["donnee_hausse"], Options(group="aucun")),
    "mots_identiques": Case(_edit(_renamed), Options(group="identiques")),
    "titres_des_ancetres": Case(EDITS["donnee_hausse"], Options(ancestors=True)),
    "nom_des_sous_articles": Case(EDITS["sous_article_abroge"], Options(sub_article_noun="paragraphe")),
    "terme": Case(_edit(_voisins), terms=(("habitant", "voisin"), ("habitants", "voisins"))),
    "terme_sauf": Case(_edit(lambda d: _renamed(d, "aide")), terms=(("commune", "ville"),)),
    "renumerotation": Case(EDITS["article_abroge"], policy=Policy.RENUMBER),
    "renumerotation_des_sous_articles": Case(EDITS["sous_article_abroge"], policy=Policy.RENUMBER),
    "renumerotation_de_plusieurs": Case(EDITS["article_insere"], policy=Policy.RENUMBER),
    "retabli": Case(Draft, before=EDITS["article_abroge"]),
}


def avenant(case: Case, manner: str) -> str:
    """The avenant as printed, with its object; it is read back first."""
    state = State(Draft().act())
    if case.before is not None:
        amended = number_against(case.before().act(), state)
        state = state_after(state, amended, diff(normal(state.acte), normal(amended)), "avenant-1")
    old, new = state.acte, number_against(case.edit().act(), state, case.policy)
    a, b = normal(old), normal(new)
    pairs = [pair_of(*one) for one in case.terms]
    delta = with_causes(diff(a, b, pairs), old, new, LABELS)
    found = word(delta, a, b, pack(manner), replace(case.options, retired=state.retired))
    lines = printed_articles(found.articles)
    difference = same_lines(read(lines, printed(a), pack(manner)), printed(b))
    objects = "\n".join(f"> {text_of(one)}" for one in found.objects)
    body = "\n".join(one.text for one in lines)
    return f"{objects}\n{body}\n" + (f"NON RELU : {difference}\n" if difference else "")


@pytest.mark.parametrize("manner", ["legistique", "pratique"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_the_avenant_is_the_accepted_one(name: str, manner: str) -> None:
    now = avenant(CASES[name], manner)
    path = GOLDEN / f"{name}.{manner}.txt"
    if os.environ.get("CONVGEN_GOLDEN_MAJ") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert path.is_file(), f"{path.name} manque : relancer avec CONVGEN_GOLDEN_MAJ=1"
    assert now == path.read_text(encoding="utf-8")
    assert "NON RELU" not in now


def test_no_golden_is_forgotten() -> None:
    known = {f"{name}.{manner}.txt" for name in CASES for manner in ("legistique", "pratique")}
    assert {path.name for path in GOLDEN.glob("*.txt")} == known
