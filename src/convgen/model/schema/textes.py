"""The registry of official texts: `clauses/textes/*.yaml`."""

from __future__ import annotations

from typing import ClassVar

from pydantic import RootModel

from convgen.model.schema.base import Fiche, Jour, OuiNon, Texte, key


class Vigueur(Fiche):
    """Until when, and what follows."""

    label: ClassVar[str] = "vigueur"
    en_partie_jusqu_au: Jour | None = key("Le dernier jour d'une partie du texte.")
    jusqu_au: Jour | None = key("Le dernier jour du texte.")
    voir: Texte | None = key("Ce qui le remplace.")


class TexteOfficiel(Fiche):
    """An official text, written once."""

    label: ClassVar[str] = "le texte"
    nature: Texte = key("La nature.", required=True, examples=("loi", "décret", "code", "délibération"))
    auteur: Texte | None = key("L'auteur, avec son article.", examples=("la Commission européenne",))
    numero: Texte | None = key("Le numéro.", examples=("2008-1249",))
    date: Jour | None = key("La date.")
    intitule: Texte | None = key("L'intitulé, sans la date ni le numéro.")
    visa: Texte | None = key("Ce qui suit « Vu », à la place de la formule composée.")
    cite: Texte | None = key("La forme brève, dans un article.")
    modifie: OuiNon = key("« modifiée » est imprimé.", default=False)
    abroge: Jour | None = key("Le jour de l'abrogation : viser le texte ensuite est signalé.")
    vigueur: Vigueur | None = key("Jusqu'à quand le texte vaut en partie.")
    genre: Texte | None = key("Le genre de la nature, si elle est inusuelle.")


class Textes(RootModel[dict[str, TexteOfficiel]]):
    """Texts by identifier."""
