"""An arrêté: `conventions/arretes/*.yaml`, the decision of one authority."""

from __future__ import annotations

from typing import ClassVar

from convgen.model.schema.base import Fiche, Identifiant, OuiNon, Texte, Textes, key
from convgen.model.schema.deliberation import ActeUnilateral


class ArticleArrete(Fiche):
    """An article of an arrêté."""

    label: ClassVar[str] = "l'article"
    id: Identifiant = key("L'identifiant, pour les renvois.", required=True)
    titre: Texte | None = key("Le titre ; un arrêté s'en passe le plus souvent.")
    texte: Texte = key("Le texte.", required=True)


class Execution(Fiche):
    """Who carries the arrêté out, and who receives it."""

    label: ClassVar[str] = "execution"
    charge: Texte | None = key("Qui est chargé de l'exécution.", examples=("le directeur général des services",))
    ampliation: Textes | None = key("Les destinataires d'une copie.")
    notifie: Textes | None = key("Les personnes à qui l'arrêté est notifié.")
    texte: Texte | None = key("L'article entier, si la phrase usuelle ne convient pas.")


class Recours(Fiche):
    """Remedies."""

    label: ClassVar[str] = "recours"
    tribunal: Texte | None = key("Le tribunal ; à défaut, celui de convgen.yaml.")
    delai: Texte | None = key("Le délai ; deux mois à défaut (article R. 421-1 du code de justice administrative).")
    gracieux: OuiNon = key("Rappelle-t-on le recours gracieux ?", default=True)


class Arrete(ActeUnilateral):
    """An arrêté."""

    label: ClassVar[str] = "l'arrêté"
    stand_ins: ClassVar[dict[str, str]] = {"arrete": "arrete"}
    formules: Identifiant | None = key("Le recueil de formules.", examples=("arrete",))
    arrete: Identifiant = key("L'identifiant.", required=True, examples=("ar-2024-06-17-3",))
    date: Texte | None = key("Le jour de l'arrêté, ou « à compléter ».", examples=("2024-06-17",))
    autorite: Texte | None = key("L'autorité, avec son article ; à défaut, la qualité du signataire.")
    articles: tuple[ArticleArrete, ...] | None = key("Les articles, dans l'ordre.")
    execution: Execution | None = key("L'exécution et les destinataires.")
    recours: Recours | None = key("Les voies et délais de recours.")
