"""The few keys of a délibération that a convention reads: `conventions/deliberations/*.yaml`."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict

from convgen.model.schema.base import Fiche, Identifiant, Jour, Texte, key


class Deliberation(Fiche):
    """A délibération, as far as an habilitation needs it; its other keys are not read here."""

    model_config = ConfigDict(extra="ignore", frozen=True, arbitrary_types_allowed=True, defer_build=True)
    label: ClassVar[str] = "la délibération"
    deliberation: Identifiant = key("L'identifiant.", required=True)
    organe: Texte | None = key("L'organe, avec son article.")
    seance: Jour | None = key("Le jour de la séance.")
    numero: Texte | None = key("Le numéro.")
