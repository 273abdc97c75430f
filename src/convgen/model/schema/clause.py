"""The front matter of a clause: `clauses/<thème>/<id>.md`."""

from __future__ import annotations

from typing import ClassVar

from convgen.model.schema.articles import Condition
from convgen.model.schema.base import Declarations, Fiche, Identifiant, Jour, Texte, Textes, key


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
