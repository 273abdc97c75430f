"""The templates that each pack must give, and the slots of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from convgen.amend.recueils.emplacements import Kind

Slots: TypeAlias = Mapping[str, Kind]

_WORDS: Final[Slots] = {"lieux": Kind.PLACES, "ancien": Kind.WORDS, "nouveau": Kind.WORDS}
_CELL: Final[Slots] = {"ligne": Kind.ROWS, "colonne": Kind.RANK, "ancien": Kind.WORDS, "nouveau": Kind.WORDS}
_COUNTED: Final[Slots] = {"lieu": Kind.ALINEAS, "n": Kind.COUNT}
_CHANGED: Final[Slots] = {"donnee": Kind.DATUM, "avant": Kind.VALUE, "apres": Kind.VALUE}
_SPANS: Final[Slots] = {"donnee": Kind.DATUM, "avant": Kind.SPAN, "apres": Kind.SPAN}
_LIEU: Final[Slots] = {"lieu": Kind.DIVISION}
_MOVED: Final[Slots] = {"lieu": Kind.DIVISION, "cible": Kind.TARGET, "ou": Kind.WHERE}

TERMS: Final[Mapping[str, Slots]] = {
    "terme.substituer": {"portee": Kind.SCOPE, "anciens": Kind.TERMS, "nouveaux": Kind.TERMS, "sauf": Kind.PLACES},
    "terme.substituer_respectivement": {
        "portee": Kind.SCOPE,
        "anciens": Kind.TERMS,
        "nouveaux": Kind.TERMS,
        "sauf": Kind.PLACES,
    },
}

ANNOUNCEMENTS: Final[Mapping[str, Slots]] = {
    "annonce.montant_hausse": {**_CHANGED, "ecart": Kind.TEXT, "pourcentage": Kind.TEXT},
    "annonce.montant_baisse": {**_CHANGED, "ecart": Kind.TEXT, "pourcentage": Kind.TEXT},
    "annonce.taux": {**_CHANGED, "sens": Kind.VERB, "hausse": Kind.FLAG, "points": Kind.TEXT},
    "annonce.date_reportee": _CHANGED,
    "annonce.date_avancee": _CHANGED,
    "annonce.duree": {**_CHANGED, "sens": Kind.VERB},
    "annonce.nombre": {**_CHANGED, "sens": Kind.VERB},
    "annonce.periode": _SPANS,
    "annonce.texte": {"donnee": Kind.DATUM},
    "annonce.versement_fait": {"montant": Kind.TEXT, "versement": Kind.DATUM},
    "annonce.versement_ajoute": {"montant": Kind.TEXT, "quand": Kind.TEXT},
    "annonce.versement_recalcule": {"versement": Kind.DATUM, "montant": Kind.TEXT, "part": Kind.TEXT},
    "annonce.partie_denomination": {"partie": Kind.DATUM, "nouveau": Kind.WORDS},
    "annonce.partie_representant": {"partie": Kind.DATUM, "representant": Kind.TEXT},
    "annonce.partie_adresse": {"partie": Kind.DATUM, "adresse": Kind.TEXT},
    "annonce.partie_substituee": {
        "nouvelle": Kind.DATUM,
        "ancienne": Kind.DATUM,
        "date": Kind.TEXT,
        "acte": Kind.DATUM,
    },
    "annonce.partie_ajoutee": {"partie": Kind.DATUM, "date": Kind.TEXT, "acte": Kind.DATUM},
    "annonce.partie_retiree": {"partie": Kind.DATUM, "date": Kind.TEXT, "acte": Kind.DATUM},
}

#: The words around the sentences: read by people only, never by the reader of an avenant.
FRAME: Final[Mapping[str, Slots]] = {
    "cadre.objet_un": {"objets": Kind.LIST},
    "cadre.objet": {},
    "cadre.objet_montant": _CHANGED,
    "cadre.objet_montant_baisse": _CHANGED,
    "cadre.objet_date": _CHANGED,
    "cadre.objet_date_avancee": _CHANGED,
    "cadre.objet_periode": _SPANS,
    "cadre.objet_periode_reportee": _SPANS,
    "cadre.objet_periode_prolongee": {"donnee": Kind.DATUM, "apres": Kind.VALUE},
    "cadre.objet_periode_fin_avancee": {"donnee": Kind.DATUM, "apres": Kind.VALUE},
    "cadre.objet_periode_debut_reporte": {"donnee": Kind.DATUM, "apres": Kind.VALUE},
    "cadre.objet_periode_debut_avance": {"donnee": Kind.DATUM, "apres": Kind.VALUE},
    "cadre.objet_donnee": {"donnee": Kind.DATUM},
    "cadre.objet_terme": {"anciens": Kind.TERMS, "nouveaux": Kind.TERMS},
    "cadre.objet_denomination": {"partie": Kind.DATUM},
    "cadre.objet_representant": {"partie": Kind.DATUM},
    "cadre.objet_adresse": {"partie": Kind.DATUM},
    "cadre.objet_partie_ajoutee": {"partie": Kind.DATUM, "acte": Kind.DATUM},
    "cadre.objet_partie_retiree": {"partie": Kind.DATUM, "acte": Kind.DATUM},
    "cadre.objet_partie_substituee": {"nouvelle": Kind.DATUM, "ancienne": Kind.DATUM},
    "cadre.objet_partie": {"partie": Kind.DATUM},
    "cadre.objet_insertion": {"divisions": Kind.NEW, "titre": Kind.TEXT},
    "cadre.objet_insertion_sans_titre": {"divisions": Kind.NEW},
    "cadre.objet_retablissement": {"lieu": Kind.DIVISION},
    "cadre.objet_abrogation": {"lieu": Kind.PLURAL},
    "cadre.objet_suppression": {"lieu": Kind.PLURAL},
    "cadre.objet_numerotation": {},
    "cadre.objet_modification": {"lieux": Kind.PLACES},
    "cadre.annonce_liste": {},
    "cadre.maintien": {"acte": Kind.DATUM},
    "cadre.effet_notification": {},
    "cadre.effet_signature": {},
    "cadre.effet_date": {"date": Kind.TEXT},
    "titre.terminologie": {},
    "titre.numerotation": {},
    "titre.commun": {},
    "titre.partie": {"partie": Kind.DATUM},
    "titre.partie_denomination": {"partie": Kind.DATUM},
    "titre.partie_ajoutee": {"partie": Kind.DATUM},
    "titre.partie_retiree": {"partie": Kind.DATUM},
    "titre.donnee": {"donnee": Kind.DATUM},
    "titre.convention": {"lieu": Kind.DIVISION},
    "titre.modification": {"lieu": Kind.DIVISION},
    "titre.deplacement": {"lieu": Kind.DIVISION},
    "titre.numero": {"lieu": Kind.PLURAL},
    "titre.insertion": {"divisions": Kind.NEW},
    "titre.retablissement": {"lieu": Kind.PLURAL},
    "titre.abrogation": {"lieu": Kind.PLURAL},
    "titre.suppression": {"lieu": Kind.PLURAL},
}

_LEGISTIQUE: Final[Mapping[str, Slots]] = {
    "mots.remplacer": _WORDS,
    "mots.remplacer_chaque": _WORDS,
    "mots.remplacer_occurrence": {**_WORDS, "rang": Kind.RANK},
    "mots.supprimer": _WORDS,
    "mots.supprimer_chaque": _WORDS,
    "mots.supprimer_occurrence": {**_WORDS, "rang": Kind.RANK},
    "mots.inserer": {"lieux": Kind.PLACES, "ancrage": Kind.WORDS, "nouveau": Kind.WORDS},
    "mots.ajouter_debut": {"lieu": Kind.PLACE, "nouveau": Kind.WORDS},
    "phrase.completer": {"lieu": Kind.PLACE, "nouveau": Kind.WORDS},
    "alineas.remplacer": _COUNTED,
    "alineas.inserer": {"repere": Kind.ALINEAS, "n": Kind.COUNT},
    "alineas.ajouter_debut": {"lieu": Kind.DIVISION, "n": Kind.COUNT},
    "alineas.completer": {"lieu": Kind.DIVISION, "n": Kind.COUNT},
    "alineas.supprimer": {"lieu": Kind.ALINEAS},
    "tableau.remplacer_lignes": {"lignes": Kind.ROWS, "n": Kind.COUNT},
    "tableau.inserer_lignes": {"repere": Kind.ROWS, "n": Kind.COUNT},
    "tableau.ajouter_lignes_debut": {"tableau": Kind.TABLE, "n": Kind.COUNT},
    "tableau.supprimer_lignes": {"lignes": Kind.ROWS},
    "tableau.cellule": _CELL,
    "tableau.cellule_vide": _CELL,
    "tableau.remplacer": {"tableau": Kind.TABLE},
    "intitule.remplacer": {"lieu": Kind.DIVISION, "nouveau": Kind.WORDS},
    "intitule.donner": {"lieu": Kind.DIVISION, "nouveau": Kind.WORDS},
    "intitule.supprimer": _LIEU,
    "division.remplacer": _LIEU,
    "division.inserer_apres": {"repere": Kind.DIVISION, "divisions": Kind.NEW},
    "division.inserer_avant": {"repere": Kind.DIVISION, "divisions": Kind.NEW},
    "division.completer": {"lieu": Kind.DIVISION, "divisions": Kind.NEW},
    "division.retablir": {"lieu": Kind.PLURAL},
    "division.abroger": {"lieu": Kind.PLURAL},
    "division.supprimer": _LIEU,
    "division.deplacer": _MOVED,
    "division.placer": {"lieu": Kind.DIVISION, "ou": Kind.WHERE},
    "division.renumeroter": {"lieu": Kind.DIVISION, "cible": Kind.TARGET},
    "division.renumeroter_plage": {"plage": Kind.PLURAL, "cible_plage": Kind.TARGETS},
    "annexe.remplacer_jointe": {"lieu": Kind.DIVISION, "jointe": Kind.JOINED},
    "annexe.inserer_jointe": {"ou": Kind.WHERE, "divisions": Kind.NEW, "jointe": Kind.JOINED},
    **TERMS,
    "groupe.article": _LIEU,
    "groupe.convention": _LIEU,
    "groupe.consequence": {},
    **ANNOUNCEMENTS,
    **FRAME,
}

_PRATIQUE: Final[Mapping[str, Slots]] = {
    "texte.modifier": _LIEU,
    "texte.inserer": {"ou": Kind.WHERE, "divisions": Kind.NEW},
    "texte.ajouter_fin": {"lieu": Kind.DIVISION, "divisions": Kind.NEW},
    "texte.retablir": {"lieu": Kind.PLURAL},
    "texte.supprimer": {"lieu": Kind.PLURAL},
    "texte.renumeroter": {"lieu": Kind.DIVISION, "cible": Kind.TARGET},
    "texte.renumeroter_suite": {"nom": Kind.TEXT},
    "texte.deplacer": _MOVED,
    "texte.placer": {"lieu": Kind.DIVISION, "ou": Kind.WHERE},
    "texte.ellipse": {},
    "annexe.remplacer_jointe": {"lieu": Kind.DIVISION, "jointe": Kind.JOINED},
    "annexe.ajouter_jointe": {"divisions": Kind.NEW, "jointe": Kind.JOINED, "acte": Kind.DATUM},
    **TERMS,
    **ANNOUNCEMENTS,
    **FRAME,
}

#: By manner: "legistique" amends by sentences, "pratique" gives the text again.
KEYS: Final[Mapping[str, Mapping[str, Slots]]] = {"legistique": _LEGISTIQUE, "pratique": _PRATIQUE}
