"""What is resolved alike for a délibération and an arrêté: the body, the day, the number, who signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from convgen.errors import Place, Report, suggest
from convgen.french.dates import DateError, format_date, parse_date
from convgen.french.grammar import MASCULINE_SINGULAR, NounPhrase
from convgen.model.data import compute_data
from convgen.model.deliberation_acts import states_of
from convgen.model.deliberation_empty import refuse_empty
from convgen.model.deliberation_preamble import Citing
from convgen.model.deliberation_types import Prefecture, Signatory
from convgen.model.files import Asked, Files
from convgen.model.organismes import naming
from convgen.model.parties import person_of
from convgen.model.reserved import blank, is_none, optional_source, source
from convgen.model.schema.deliberation import ActeUnilateral
from convgen.model.schema.organisme import Organisme
from convgen.model.scope import Facts
from convgen.model.values import DataValue, TextSource, Unknown
from convgen.source.nodes import folded
from convgen.source.yaml import PlacedText

MAX_OBJECT = 499
_MATTER = re.compile(r"\d(\.\d{1,2}){0,4}")


@dataclass(frozen=True, slots=True)
class Common:
    """What the stages of one definition share."""

    files: Files
    model: ActeUnilateral
    file: str
    day: date | Unknown
    today: date
    report: Report

    @property
    def on(self) -> date:
        """The day at which names and laws are looked at."""
        return self.day if isinstance(self.day, date) else self.today

    def citing(self, own: str, arrete: str = "") -> Citing:
        """What the preamble is compared with; `own` is the identifier of a délibération, `arrete` that of an arrêté."""
        espace = self.files.espace(self.report)
        default = str(espace.organisme or "").strip()
        typed = str(self.model.organisme or "").strip()
        body = default if not typed or folded(typed) == "defaut" else typed
        return Citing(own, self.on, isinstance(self.day, date), body, default, arrete)

    @property
    def place(self) -> Place:
        """Where the definition stands."""
        return self.model.place or Place(self.file)

    def shared(self) -> dict[str, object]:
        """The fields of `Unilateral`, but for the identifier and the preamble."""
        model, report = self.model, self.report
        self.check_states()
        refuse_empty(model, report)
        espace = self.files.espace(report)
        organisme = self.organisme()
        named = naming(organisme, self.on, report) if organisme is not None else None
        nobody = NounPhrase("", "", MASCULINE_SINGULAR)
        gabarit = model.gabarit or espace.charte
        return {
            "organisme": str(organisme.organisme) if organisme is not None else "",
            "name": named.name if named is not None else nobody,
            "short": named.short if named is not None else nobody,
            "day": self.day,
            "number": self.number(),
            "title": self.title(),
            "data": self.data(),
            "signatory": self.signatory(organisme),
            "where": str(model.lieu or ""),
            "prefecture": self.prefecture(),
            "letterhead": self.letterhead(organisme),
            "gabarit": str(gabarit or "neutre").strip(),
            "gabarit_place": gabarit.place if gabarit is not None else None,
            "mention": self.mention(espace.mention),
            "tribunal": str(espace.tribunal or ""),
            "spelling": espace.orthographe,
            "cents": espace.montants.centimes if espace.montants is not None else "si besoin",
            "stamp": model.tampon,
            "states": states_of(model.etat),
            "place": self.place,
            "typed": model.node,
            **self.executory(),
        }

    def organisme(self) -> Organisme | None:
        """The organisme that decides."""
        name = self.model.organisme or self.files.espace(self.report).organisme
        if name is None or folded(str(name)) == "defaut":
            name = self.files.espace(self.report).organisme
        if name is None:
            self.lacking("organisme", "organisme")
            return None
        loaded = self.files.organisme(str(name).strip(), Asked(name.place, "organisme"), self.report)
        return loaded.model if loaded is not None else None

    def lacking(self, key: str, said: str) -> None:
        """DEF-02: the key is absent; DEL-01: it is given, and has nothing."""
        if self.model.gives(key):
            remedy = f"Écrivez ce que contient « {key} », ou retirez la clé."
            place = self.model.place_of(key)
            self.report.error("DEL-01", f"la clé « {said} » est vide", place, key, remedy=remedy)
            return
        remedy = f"Ajoutez une ligne « {key}: … »."
        self.report.error("DEF-02", f"il manque la clé « {said} »", self.place, remedy=remedy)

    def number(self) -> str | Unknown:
        """The number; "" for none."""
        text = self.model.numero
        if text is None:
            return Unknown("numero", "numéro")
        unknown = blank(text, "numero")
        if unknown is not None:
            return Unknown("numero", unknown.hint or "numéro")
        return "" if is_none(text) else str(text).strip()

    def title(self) -> TextSource:
        """The title; DEF-02 without one."""
        if self.model.titre is None:
            self.lacking("titre", "titre")
            return TextSource("", self.place)
        return source(self.model.titre, "définition")

    def data(self) -> dict[str, DataValue]:
        """The data of the texts."""
        node = self.model.donnees
        return dict(compute_data({}, node, Facts(), self.report)) if node is not None else {}

    def signatory(self, organisme: Organisme | None) -> Signatory | None:
        """Who signs: a representative of the organisme; the first one when nobody is named."""
        people = (organisme.representants or {}) if organisme is not None else {}
        text = self.model.signataire
        delegation = optional_source(self.model.delegation, "définition")
        if text is None:
            first = next(iter(people), None)
            return Signatory(person_of(first, people[first]), delegation) if first is not None else None
        if is_none(text):
            return None
        found = next((key for key in people if folded(key) == folded(text.strip())), None)
        if found is None:
            if organisme is not None:
                remedy = suggest(text, people, "Représentants")
                message = f"représentant inconnu : « {text} »"
                self.report.error("DEF-11", message, text.place, "signataire", remedy=remedy)
            return None
        return Signatory(person_of(found, people[found]), delegation)

    def letterhead(self, organisme: Organisme | None) -> tuple[str, ...]:
        """The chain of services, highest first."""
        text = self.model.service
        if text is None or is_none(text) or organisme is None:
            return ()
        services = organisme.services or {}
        found = next((chain for name, chain in services.items() if folded(name) == folded(text.strip())), None)
        if found is None:
            remedy = suggest(text, services, "Services")
            self.report.error("DEF-15", f"service inconnu : « {text} »", text.place, "service", remedy=remedy)
            return ()
        return tuple(str(line) for line in found)

    def mention(self, default: PlacedText | None) -> str:
        """What is printed on every page."""
        text = self.model.mention if self.model.mention is not None else default
        return "" if text is None or is_none(text) else str(text).strip()

    def check_states(self) -> None:
        """An act is transmitted and published on its day at the earliest (DEL-10)."""
        etat = self.model.etat
        for name, day in states_of(etat).items():
            if etat is not None and isinstance(self.day, date) and day < self.day:
                message = f"« etat: {name} » est le {format_date(day)}, avant le jour de l'acte"
                cause = f"L'acte est du {format_date(self.day)}."
                self.report.error(
                    "DEL-10", message, etat.place_of(name), f"etat.{name}", cause, "Corrigez l'une des dates."
                )

    def executory(self) -> dict[str, object]:
        """`certified` and `executory`."""
        text = self.model.executoire
        if text is None or folded(text.strip()) in ("non", "sans"):
            return {}
        return {"certified": True, "executory": None if folded(text.strip()) == "oui" else source(text, "définition")}

    def prefecture(self) -> Prefecture | None:
        """What @CTES asks for (DEL-07)."""
        keys = self.model.prefecture
        if keys is None:
            return None
        matter, said = str(keys.matiere or "").strip(), " ".join(str(keys.objet or "").split())
        if keys.matiere is not None and not _MATTER.fullmatch(matter):
            message = f"« {matter} » n'est pas une matière de la nomenclature des actes"
            remedy = "Écrivez son numéro : « 8.2 » pour l'aide sociale."
            self.report.error("DEL-07", message, keys.matiere.place, "prefecture.matiere", remedy=remedy)
        if keys.objet is not None and len(said) > MAX_OBJECT:
            message = f"l'objet a {len(said)} caractères"
            cause = f"La télétransmission en admet {MAX_OBJECT}."
            place = keys.objet.place
            self.report.error("DEL-07", message, place, "prefecture.objet", cause, "Écrivez un objet plus court.")
        return Prefecture(keys.nature, matter, said)


def day_of(text: PlacedText | None, path: str, hint: str, report: Report) -> date | Unknown:
    """A day, or a blank (DON-04)."""
    if text is None:
        return Unknown(path, hint)
    unknown = blank(text, path)
    if unknown is not None:
        return Unknown(path, unknown.hint or hint)
    try:
        return parse_date(text)
    except DateError as error:
        report.error("DON-04", error.message, text.place, path, remedy=error.remedy)
        return Unknown(path, hint)
