"""The front matter of a clause: `clauses/<thème>/<id>.md`."""

from __future__ import annotations

from typing import ClassVar

from convgen.model.schema.articles import Condition
from convgen.model.schema.base import Declarations, Donnees, Fiche, Identifiant, Jour, Texte, Textes, key
from convgen.model.schema.parties import Duree


class Exemple(Fiche):
    """An example of a clause: what an act would give it. The tests print it, and so may a catalogue."""

    label: ClassVar[str] = "l'exemple"
    nom: Identifiant = key("Le nom de l'exemple, unique dans la clause.", required=True, examples=("usuel",))
    avec: Donnees | None = key("Les paramètres donnés.", examples=({"preavis": "deux mois"},))
    parties: dict[str, Texte] | None = key(
        "Le terme défini de chaque partie, par place ; à défaut le Département et l'association.",
        examples=({"financeur": "la Région", "beneficiaire": "les communes"},),
    )
    duree: Duree | None = key("La durée de l'acte ; à défaut l'année 2024.")


class Clause(Fiche):
    """A clause."""

    label: ClassVar[str] = "la clause"
    clause: Identifiant = key("L'identifiant de la clause : le nom du fichier.", required=True)
    version: Texte = key("La version.", required=True, examples=("1",))
    titre: Texte | None = key("Le titre ; « sans » pour aucun.")
    description: Texte | None = key("Quand et pourquoi l'employer, pour qui choisit.")
    parametres: Declarations | None = key("Les paramètres, par nom.", examples=({"preavis": {"type": "durée"}},))
    du: Jour | None = key("Le premier jour où la clause vaut.")
    au: Jour | None = key("Le dernier jour où la clause vaut.")
    remplace: Textes | None = key("La version que celle-ci remplace.", examples=("resiliation@1",))
    sources: Textes | None = key("Les textes dont elle est tirée.", examples=(["cgct L.1611-4"],))
    conditions: Condition | None = key("Ce qui doit être vrai pour l'employer.")
    exemples: tuple[Exemple, ...] | None = key("Des emplois de la clause, montrés et vérifiés.")
