"""What the sentences about words, alinéas, tables and titles ask for, located on the base as soon as they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from convgen.amend.lire.base import Div, units_of
from convgen.amend.lire.lieux import Finder, Target, Unread, name_of
from convgen.amend.lire.plan import Plan
from convgen.amend.recueils.patrons import Masked
from convgen.amend.texte.imprime import PrintedLine
from convgen.french.numbers import NumberError, parse_cardinal


@dataclass(slots=True)
class Sentence:
    """A sentence being carried out.

    Attributes:
        slots: What its template captured.
        masked: Its quotations.
        block: The quoted text that follows, guillemets removed.
        finder: What finds places on the base.
        plan: What it adds to.
        quoted: Receives the old and new words of each operation, for the announcements.
    """

    slots: Mapping[str, str]
    masked: Masked
    block: Sequence[PrintedLine]
    finder: Finder
    plan: Plan
    quoted: list[tuple[str, str]] = field(default_factory=list)

    def quote(self, name: str) -> str:
        """The only quotation of a slot."""
        found = self.masked.quoted(self.slots[name])
        if len(found) != 1:
            raise Unread("une seule citation est attendue")
        return found[0]

    def quotes(self, name: str) -> list[str]:
        """The quotations of a slot."""
        return self.masked.quoted(self.slots[name])

    def places(self) -> list[Target]:
        """Where words change."""
        return self.finder.words_place(self.slots.get("lieux", "") or self.slots.get("lieu", ""))

    def div(self, name: str = "lieu") -> Div:
        """The division of a slot; that of the group when it says nothing."""
        text = self.slots.get(name, "")
        return self.finder.division(text or "il")

    def change(self, old: str, new: str) -> tuple[str, str]:
        """Note what is said, for the announcements, and give it back."""
        self.quoted.append((old, new))
        return old, new

    def check_count(self, found: int) -> None:
        """The count that a sentence announces is that of the text that follows."""
        said = self.slots.get("n", "")
        if said and said not in {"un", "une"}:
            try:
                expected = parse_cardinal(said)
            except NumberError:
                raise Unread(f"« {said} » n'est pas un nombre") from None
        else:
            expected = 1
        if said and expected != found:
            raise Unread(f"« {said} » annonce autre chose que le texte cité")


Operation: TypeAlias = Callable[[Sentence], None]


# --- words --------------------------------------------------------------------------------------------------------


def _replace(said: Sentence) -> None:
    old, new = said.change(said.quote("ancien"), said.quote("nouveau"))
    for place in said.places():
        said.plan.substitute(place, old, new)


def _replace_each(said: Sentence) -> None:
    old, new = said.change(said.quote("ancien"), said.quote("nouveau"))
    for place in said.places():
        said.plan.substitute_each(place, old, new)


def _replace_nth(said: Sentence) -> None:
    old, new = said.change(said.quote("ancien"), said.quote("nouveau"))
    for place in said.places():
        said.plan.substitute_nth(place, old, new, said.slots["rang"])


def _remove(said: Sentence) -> None:
    for place in said.places():
        said.plan.substitute(place, said.quote("ancien"), "")


def _remove_each(said: Sentence) -> None:
    for place in said.places():
        said.plan.substitute_each(place, said.quote("ancien"), "")


def _remove_nth(said: Sentence) -> None:
    for place in said.places():
        said.plan.substitute_nth(place, said.quote("ancien"), "", said.slots["rang"])


def _insert_words(said: Sentence) -> None:
    for place in said.places():
        said.plan.add_after(place, said.quote("ancrage"), said.quote("nouveau"))


def _add_first_words(said: Sentence) -> None:
    for place in said.places():
        said.plan.add_first(place, said.quote("nouveau"))


def _add_sentence(said: Sentence) -> None:
    for place in said.places():
        said.plan.add_sentence(place, said.quote("nouveau"))


# --- alinéas ------------------------------------------------------------------------------------------------------


def _alineas(said: Sentence) -> list[Target]:
    found = said.finder.places(said.slots["lieu"])
    if any(one.start is None or one.rows is not None for one in found):
        raise Unread("des alinéas sont attendus")
    return found


def _replace_alineas(said: Sentence) -> None:
    found = _alineas(said)
    if len(found) != 1:
        raise Unread("ces alinéas ne se suivent pas")
    said.check_count(len(units_of(said.block)))
    said.plan.splice(found[0].div, found[0].start or 0, found[0].end or 0, said.block)


def _replace_table(said: Sentence) -> None:
    place = said.finder.one(said.slots["tableau"])
    units = units_of(said.block)
    if not place.unit.is_table or len(units) != 1 or not units[0].is_table:
        raise Unread("un tableau est attendu")
    said.plan.splice(place.div, place.start or 0, place.end or 0, said.block)


def _insert_alineas(said: Sentence) -> None:
    found = said.finder.one(said.slots["repere"])
    if found.end is None:
        raise Unread("un alinéa est attendu")
    said.check_count(len(units_of(said.block)))
    said.plan.splice(found.div, found.end, found.end, said.block)


def _add_first_alineas(said: Sentence) -> None:
    said.check_count(len(units_of(said.block)))
    said.plan.splice(said.div(), 0, 0, said.block)


def _complete_alineas(said: Sentence) -> None:
    div = said.div()
    if div.children:
        raise Unread(f"« {name_of(div)} » finit par une subdivision")
    said.check_count(len(units_of(said.block)))
    said.plan.splice(div, len(div.units), len(div.units), said.block)


def _remove_alineas(said: Sentence) -> None:
    for place in _alineas(said):
        said.plan.splice(place.div, place.start or 0, place.end or 0, ())


# --- tables -------------------------------------------------------------------------------------------------------


def _rows(said: Sentence, name: str) -> list[Target]:
    found = said.finder.places(said.slots[name])
    if any(one.rows is None for one in found):
        raise Unread("des lignes sont attendues")
    return found


def _replace_rows(said: Sentence) -> None:
    (place,) = _rows(said, "lignes")[:1]
    start, end = place.rows or (0, 0)
    said.check_count(len(said.block))
    said.plan.splice_rows(place, start, end, said.block)


def _insert_rows(said: Sentence) -> None:
    (place,) = _rows(said, "repere")[:1]
    _, end = place.rows or (0, 0)
    said.check_count(len(said.block))
    said.plan.splice_rows(place, end, end, said.block)


def _add_first_rows(said: Sentence) -> None:
    said.check_count(len(said.block))
    said.plan.splice_rows(said.finder.one(said.slots["tableau"]), 0, 0, said.block)


def _remove_rows(said: Sentence) -> None:
    for place in _rows(said, "lignes"):
        start, end = place.rows or (0, 0)
        said.plan.splice_rows(place, start, end, ())


def _cell(said: Sentence) -> None:
    new = said.quote("nouveau")
    old = said.quote("ancien") if said.slots.get("ancien") else ""
    said.change(old, new)
    place = said.finder.one(f"{said.slots['ligne']}, dans la {said.slots['colonne']} colonne")
    said.plan.set_cell(place, old, new)


# --- titles -------------------------------------------------------------------------------------------------------


def _replace_title(said: Sentence) -> None:
    said.plan.set_title(said.div(), said.quote("nouveau"), had=True)


def _give_title(said: Sentence) -> None:
    said.plan.set_title(said.div(), said.quote("nouveau"), had=False)


def _remove_title(said: Sentence) -> None:
    said.plan.set_title(said.div(), "", had=True)


OPERATIONS: Final[Mapping[str, Operation]] = {
    "mots.remplacer": _replace,
    "mots.remplacer_chaque": _replace_each,
    "mots.remplacer_occurrence": _replace_nth,
    "mots.supprimer": _remove,
    "mots.supprimer_chaque": _remove_each,
    "mots.supprimer_occurrence": _remove_nth,
    "mots.inserer": _insert_words,
    "mots.ajouter_debut": _add_first_words,
    "phrase.completer": _add_sentence,
    "alineas.remplacer": _replace_alineas,
    "alineas.inserer": _insert_alineas,
    "alineas.ajouter_debut": _add_first_alineas,
    "alineas.completer": _complete_alineas,
    "alineas.supprimer": _remove_alineas,
    "tableau.remplacer_lignes": _replace_rows,
    "tableau.inserer_lignes": _insert_rows,
    "tableau.ajouter_lignes_debut": _add_first_rows,
    "tableau.supprimer_lignes": _remove_rows,
    "tableau.cellule": _cell,
    "tableau.cellule_vide": _cell,
    "tableau.remplacer": _replace_table,
    "intitule.remplacer": _replace_title,
    "intitule.donner": _give_title,
    "intitule.supprimer": _remove_title,
}
