"""The sentences of the Guide de légistique (4th edition, sheet 3.4.1), written by hand, and what each one commands.

It knows neither the templates nor the patterns derived from them.
"""

from __future__ import annotations

import re

_Q = "\ue000\\d+\ue001"
_NATURE = r"(?:le mot|les mots|la somme|le taux|la date|la durée|le nombre|la référence)"
_OF_NATURE = r"(?:du mot|des mots|de la somme|du taux|de la date|de la durée|du nombre|de la référence)"
_WHERE = r"(?:(?P<lieux>(?:au|aux|à|dans) .+?), )?"
_IS = r"(?:est|sont)"
_OLD, _NEW = f"(?P<ancien>{_Q})", f"(?P<nouveau>{_Q})"
_COUNT = r"(?P<n>[a-zé -]+?)"
_DIVISION = r"(?P<lieu>(?:il|elle)|(?:le|la|l'|les) ?(?:(?!alinéa|ligne|tableau|intitulé|mot)[^:,])+?)"
_ALINEAS = r"(?P<lieu>(?:le|les|l')(?= ?(?:(?! de | du )[^:,])*(?:alinéa|tableau)) ?[^:]+?)"
_ROWS = r"(?:la|les) (?:(?! du | de )[^:])+ lignes?(?: \(" + _Q + r"\))? (?:du|de) [^:]+?"
_LIST = f"{_Q}(?:, {_Q})*(?: et {_Q})?"
_EXCEPT = r"(?:, sauf (?P<sauf>.+))?"
_WRITTEN = r"ainsi rédigée?s? :"

#: Each sentence of the Guide, and the operation it commands.
SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "terme.substituer_respectivement",
        rf"dans l'ensemble [^:]+, les mots : (?P<anciens>{_LIST}) sont remplacés respectivement par les mots : "
        rf"(?P<nouveaux>{_LIST}){_EXCEPT}",
    ),
    (
        "terme.substituer",
        rf"dans l'ensemble [^:]+, {_NATURE} : (?P<anciens>{_Q}) {_IS} remplacée?s? par {_NATURE} : "
        rf"(?P<nouveaux>{_Q}){_EXCEPT}",
    ),
    (
        "tableau.cellule",
        rf"(?P<ligne>(?:à|aux) .+? lignes? .+?), dans la (?P<colonne>[a-zéè -]+) colonne, {_NATURE} : {_OLD} {_IS} "
        rf"remplacée?s? par {_NATURE} : {_NEW}",
    ),
    (
        "tableau.cellule_vide",
        rf"(?P<ligne>(?:à|aux) .+? lignes? .+?), dans la (?P<colonne>[a-zéè -]+) colonne, {_IS} ajoutée?s? {_NATURE} : "
        rf"{_NEW}",
    ),
    ("mots.remplacer", rf"{_WHERE}{_NATURE} : {_OLD} {_IS} remplacée?s? par {_NATURE} : {_NEW}"),
    (
        "mots.remplacer_chaque",
        rf"{_WHERE}{_NATURE} : {_OLD} {_IS} remplacée?s?, à chaque occurrence, par {_NATURE} : {_NEW}",
    ),
    (
        "mots.remplacer_occurrence",
        rf"{_WHERE}la (?P<rang>[a-zéè -]+) occurrence {_OF_NATURE} : {_OLD} est remplacée par {_NATURE} : {_NEW}",
    ),
    ("mots.supprimer", rf"{_WHERE}{_NATURE} : {_OLD} {_IS} supprimée?s?"),
    ("mots.supprimer_chaque", rf"{_WHERE}{_NATURE} : {_OLD} {_IS} supprimée?s?, à chaque occurrence"),
    (
        "mots.supprimer_occurrence",
        rf"{_WHERE}la (?P<rang>[a-zéè -]+) occurrence {_OF_NATURE} : {_OLD} est supprimée",
    ),
    (
        "mots.inserer",
        rf"{_WHERE}après {_NATURE} : (?P<ancrage>{_Q}), {_IS} insérée?s? {_NATURE} : {_NEW}",
    ),
    ("mots.ajouter_debut", rf"au début (?P<lieu>(?:de|du|des) ?.+?), {_IS} ajoutée?s? {_NATURE} : {_NEW}"),
    ("phrase.completer", rf"(?P<lieu>.+?) est complétée? par une phrase ainsi rédigée : {_NEW}"),
    (
        "tableau.remplacer_lignes",
        rf"(?P<lignes>{_ROWS}) {_IS} remplacée?s? par {_COUNT} lignes? {_WRITTEN}",
    ),
    ("tableau.inserer_lignes", rf"après (?P<repere>{_ROWS}), {_IS} insérées? {_COUNT} lignes? {_WRITTEN}"),
    (
        "tableau.ajouter_lignes_debut",
        rf"au début (?P<tableau>du (?:[a-zéè -]+ )?tableau[^:]*?), {_IS} ajoutées? {_COUNT} lignes? {_WRITTEN}",
    ),
    ("tableau.supprimer_lignes", rf"(?P<lignes>{_ROWS}) {_IS} supprimées?"),
    (
        "tableau.remplacer",
        r"(?P<tableau>le (?:[a-zéè -]+ )?tableau[^:]*?) est remplacé par le tableau suivant :",
    ),
    ("alineas.remplacer", rf"{_ALINEAS} {_IS} remplacés? par {_COUNT} alinéas? {_WRITTEN}"),
    (
        "alineas.inserer",
        rf"après (?P<repere>(?:le|les|l') ?[^:]*?(?:alinéa|tableau)[^:]*?), {_IS} insérés? {_COUNT} alinéas? "
        rf"{_WRITTEN}",
    ),
    (
        "alineas.ajouter_debut",
        rf"au début(?: (?P<lieu>(?:de|du) ?[^:]+?))?, {_IS} ajoutés? {_COUNT} alinéas? {_WRITTEN}",
    ),
    ("alineas.completer", rf"{_DIVISION} est complétée? par {_COUNT} alinéas? {_WRITTEN}"),
    ("alineas.supprimer", rf"{_ALINEAS} {_IS} supprimés?"),
    (
        "intitule.remplacer",
        rf"l'intitulé(?: (?P<lieu>(?:de|du) ?[^:]+?))? est remplacé par l'intitulé suivant : {_NEW}",
    ),
    ("intitule.donner", rf"{_DIVISION} reçoit l'intitulé suivant : {_NEW}"),
    ("intitule.supprimer", r"l'intitulé(?: (?P<lieu>(?:de|du) ?[^:]+?))? est supprimé"),
    ("division.remplacer", rf"{_DIVISION} est remplacée? par les stipulations suivantes :"),
    ("division.inserer_apres", rf"après (?P<repere>[^:,]+), {_IS} insérée?s? (?P<divisions>[^:]+?) {_WRITTEN}"),
    ("division.inserer_avant", rf"avant (?P<repere>[^:,]+), {_IS} insérée?s? (?P<divisions>[^:]+?) {_WRITTEN}"),
    (
        "division.completer",
        rf"{_DIVISION} est complétée? par (?P<divisions>(?:(?!alinéa|phrase|ligne)[^:])+?) {_WRITTEN}",
    ),
    ("division.retablir", rf"{_DIVISION} est ainsi rétablie? :"),
    ("division.abroger", rf"{_DIVISION} {_IS} abrogée?s?"),
    ("division.supprimer", rf"{_DIVISION} {_IS} supprimée?s?"),
    (
        "division.deplacer",
        rf"{_DIVISION} devient (?P<cible>[^:]+?) et est placée? (?P<ou>(?:après|avant|au début|à la fin) .+)",
    ),
    ("division.placer", rf"{_DIVISION} est placée? (?P<ou>(?:après|avant|au début|à la fin) .+)"),
    ("division.renumeroter", rf"{_DIVISION} devient (?!partie )(?P<cible>(?:(?! et est )[^:])+)"),
    ("division.renumeroter_plage", r"(?P<plage>les [^:]+?) deviennent respectivement (?P<cible_plage>les [^:]+)"),
    ("annexe.remplacer_jointe", rf"{_DIVISION} est remplacée par (?P<jointe>l'annexe \S+) au présent avenant"),
    (
        "annexe.inserer_jointe",
        r"(?P<ou>(?:après|avant|à la fin) [^:,]+), est insérée (?P<divisions>[^,]+), qui figure en annexe \S+ au "
        r"présent avenant",
    ),
    ("groupe.article", rf"{_DIVISION} est ainsi modifiée? :"),
    (
        "annonce.montant_hausse",
        r"[^:]+? (?:est|sont) portée?s? de (?P<avant>.+?) à (?P<apres>.+?), soit une augmentation de "
        r"(?P<ecart>.+?) \(.+\)",
    ),
    (
        "annonce.montant_baisse",
        r"[^:]+? (?:est|sont) ramenée?s? de (?P<avant>.+?) à (?P<apres>.+?), soit une diminution de "
        r"(?P<ecart>.+?) \(.+\)",
    ),
    ("annonce.versement_fait", r"le versement de (?P<montant>.+?) déjà effectué au titre (?:du|de) .+ est inchangé"),
    ("annonce.versement_ajoute", r"il est ajouté un versement de (?P<montant>.+?), [^:]+"),
    ("annonce.versement_recalcule", r"[^:]+? est fixée? à (?P<montant>.+?), soit .+ du nouveau montant"),
    ("annonce.periode", r"pour [^:]+?, la période (?P<avant>.+?) est remplacée par celle (?P<apres>.+)"),
    ("annonce.partie_denomination", rf"[^:]+? prend la dénomination suivante : {_NEW}"),
    ("annonce.partie_ajoutee", r"[^:]+? devient partie (?:à|au) .+? à compter du .+"),
    ("annonce.partie_retiree", r"[^:]+? cesse d'être partie (?:à|au) .+? à compter du .+"),
    ("annonce.texte", r"[^:]+? est modifiée?"),
    ("annonce.autre", r"[^:]+? (?:est|sont) (?:porté|ramené|reporté|avancé)e?s? [^:]+"),
)

COMPILED = [(key, re.compile(pattern)) for key, pattern in SENTENCES]


def command(text: str) -> tuple[str, dict[str, str]] | None:
    """What a sentence commands and its pieces; None when the Guide has no such sentence."""
    found = ((key, pattern.fullmatch(text)) for key, pattern in COMPILED)
    return next(((key, {k: v or "" for k, v in one.groupdict().items()}) for key, one in found if one), None)
