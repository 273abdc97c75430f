"""A convention, a contrat, a protocole, a charte: `conventions/*.yaml`."""

from __future__ import annotations

from typing import ClassVar

from convgen.model.schema.acte import Corps, Etat
from convgen.model.schema.articles import Extrait
from convgen.model.schema.base import Identifiant, OuiNon, Texte, key


class Convention(Corps):
    """A definition."""

    label: ClassVar[str] = "la convention"
    stand_ins: ClassVar[dict[str, str]] = {"convention": "acte"}
    convention: Identifiant = key("L'identifiant de l'acte.", required=True, examples=("sante-mentale-2024",))
    modele: Identifiant | None = key("L'identifiant du modèle.", examples=("partenariat-insertion",))
    etat: Etat | None = key("La vie de l'acte : signé, notifié, transmis, publié.")
    externe: OuiNon = key("L'acte a été signé hors de convgen.", default=False)
    intitule: Texte | None = key("L'intitulé d'un acte externe, avec son article.")
    fichier: Texte | None = key("Le fichier d'un acte externe.")
    extraits: tuple[Extrait, ...] | None = key("Les extraits transcrits d'un acte externe.")
