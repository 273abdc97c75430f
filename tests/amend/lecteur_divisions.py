"""What the sentences about titles, divisions, annexes and terms ask, noted by the reader written by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lecteur_ordres import COMMANDS as OF_WORDS
from lecteur_ordres import Block, Command, Slots
from lecteur_texte import HEADS, Part, Refus, Spot, head, order

from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.imprime import PrintedLine

if TYPE_CHECKING:
    from lecteur_legistique import Reader


def title(had: bool) -> Command:
    def run(reader: Reader, slots: Slots, block: Block) -> None:
        part = reader.part(slots["lieu"])
        if part.title is not None or bool(part.head.title) != had:
            raise Refus("intitulé pris deux fois, absent, ou déjà donné")
        part.title = reader.quote(slots["nouveau"]) if slots.get("nouveau") else ""

    return run


def rewrite(reader: Reader, slots: Slots, block: Block) -> None:
    part = reader.part(slots["lieu"])
    headed = block[0].style in HEADS
    if part.up is None or part.whole is not None or not (headed or part.line.style == "zone"):
        raise Refus("le texte nouveau d'une division commence par son intitulé")
    if part.line.style == "zone":
        block = [zone(part.head.noun, block[0].text if headed else ""), *block[headed:]]
    part.whole = block


def zone(noun: str, said: str) -> PrintedLine:
    return PrintedLine("zone", f"{noun} – {said}" if said else noun)


def arrive(reader: Reader, parent: Part, place: int, slots: Slots, block: Block) -> None:
    names = slots["divisions"]
    headed = block[0].style in HEADS
    found = re.fullmatch("une? ([a-zà-ÿœ' -]+)", names)
    if found and not names.startswith("une annexe"):
        parent.arrive(place, "zone", "", [zone(found[1], block[0].text if headed else ""), *block[headed:]])
        return
    first = head(block[0])
    said = [tokens_of(one) for one in reader.all_quotes(names)]
    plain = re.sub("\ue000\\d+\ue001", "", names)
    alone = re.search(rf"(?<![\w.-]){re.escape(first.number)}(?![\w.-]\w)", plain) if first.number else None
    same = bool(alone) == bool(re.search(r"\d|\b[IVX]+\b", plain))
    if not headed or not same or (said and said[0] != tokens_of(first.title)):
        raise Refus(f"le texte cité n'est pas celui de « {names} »")
    parent.arrive(place, reader.style(block[0]), first.number, block)


def insert(where: str) -> Command:
    def run(reader: Reader, slots: Slots, block: Block) -> None:
        arrive(reader, *reader.gap(f"{where} {slots['repere']}"), slots, block)

    return run


def complete(reader: Reader, slots: Slots, block: Block) -> None:
    arrive(reader, *reader.end(reader.part(slots["lieu"]), slots["divisions"]), slots, block)


def restore(reader: Reader, slots: Slots, block: Block) -> None:
    """A number that comes back stands where its number puts it."""
    number, style = head(block[0]).number, reader.style(block[0])
    name, inside, annexe = slots["lieu"].partition(" de l'annexe")
    if not number or not re.search(rf"(?<![\w.-]){re.escape(number)}$", name):
        raise Refus("le texte cité n'est pas celui de la division rétablie")
    holder = reader.part(f"l'annexe{annexe}") if inside else reader.root
    above, dotted, _ = number.rpartition(".")

    def peer(one: Part) -> bool:
        kinds = {"annexe", "chapitre"}
        kind = one.line.style if one.line.style in kinds else "article"
        mine = one.head.number.rpartition(".")
        own = one.annexe in ((holder,) if inside else (None, one))
        return bool(one.head.number) and kind == style and own and (mine[0], mine[1]) == (above, dotted)

    peers = [one for one in holder.all() if one is not holder and peer(one)]
    lower = [one for one in peers if order(one.head.number) < order(number)]
    beside = lower[-1] if lower else peers[0] if peers else None
    if beside is not None and beside.up is not None:
        place = beside.up.subs.index(beside) + bool(lower)
        beside.up.arrive(place, style, number, block)
        return
    ups = [one for one in holder.all() if dotted and order(one.head.number) == order(above)]
    parent, place = (ups[0], 0) if len(ups) == 1 else reader.end(holder, "article")
    parent.arrive(place, style, number, block)


def repeal(reader: Reader, slots: Slots, block: Block) -> None:
    for spot in reader.spots(slots["lieu"]):
        if spot.start is not None or spot.title or spot.part.up is None or spot.part.gone:
            raise Refus("une division est attendue, une fois")
        spot.part.gone = True


def number_in(text: str) -> str:
    """The number of « le point 4 de l'annexe 1 », "" for « l'annexe « Bilan » »."""
    name = text.partition(" de l'annexe")[0]
    found = re.fullmatch(r"(?:les |le |la |l')(?:[^\W\d_][\w'-]* )?(.+)", name)
    if found is None:
        raise Refus(f"« {text} » n'a pas de numéro")
    return "" if "\ue000" in name else found[1]


def move(reader: Reader, slots: Slots, block: Block) -> None:
    part = reader.part(slots["lieu"])
    parent, place = reader.gap(slots["ou"])
    new = number_in(slots["cible"]) if slots.get("cible") else ""
    if part.moved or any(one is parent for one in part.all()):
        raise Refus("une division ne va qu'à un endroit, hors d'elle-même")
    part.moved = True
    part.number = new or part.head.number
    parent.arrive(place, part.line.style, part.number, part)


def renumber(reader: Reader, slots: Slots, block: Block) -> None:
    change_number(reader.part(slots["lieu"]), number_in(slots["cible"]))


def change_number(part: Part, number: str) -> None:
    if part.number is not None:
        raise Refus("deux numéros pour une division")
    part.number = number


def renumber_range(reader: Reader, slots: Slots, block: Block) -> None:
    olds = [spot.part for spot in reader.spots(slots["plage"])]
    said = number_in(slots["cible_plage"])
    first, to, last = said.partition(" à ")
    news = re.split(", | et ", said)
    if to:
        tail = re.search(r"\d+$", first.removesuffix("er"))
        if tail is None:
            raise Refus(f"« {said} » n'est pas une suite")
        stem = first.removesuffix("er")[: tail.start()]
        news = [first, *(f"{stem}{int(tail[0]) + step}" for step in range(1, len(olds)))]
    if len(news) != len(olds) or (to and news[-1] != last):
        raise Refus(f"« {said} » ne compte pas {len(olds)} numéros")
    for part, number in zip(olds, news, strict=True):
        change_number(part, number)


def file_change(reader: Reader, slots: Slots, block: Block) -> None:
    part = reader.part(slots["lieu"])
    if part.joined or part.line.style != "annexe":
        raise Refus("une annexe est attendue")
    part.joined = True


def file_comes(reader: Reader, slots: Slots, block: Block) -> None:
    parent, place = reader.gap(slots["ou"]) if slots.get("ou") else (reader.root, len(reader.root.subs))
    found = re.match("une annexe (?!\ue000)(.+)", slots["divisions"])
    number = found[1] if found else ""
    lines = [PrintedLine("annexe", f"ANNEXE {number}".strip()), PrintedLine("fichier", "fichier joint")]
    parent.arrive(place, "annexe", number, lines)


def terms(reader: Reader, slots: Slots, block: Block) -> None:
    olds, news = reader.all_quotes(slots["anciens"]), reader.all_quotes(slots["nouveaux"])
    if reader.terms or len(olds) != len(news):
        raise Refus("les termes vont par deux, une fois")
    reader.terms = [(tokens_of(old), new) for old, new in zip(olds, news, strict=True)]
    for spot in reader.spots(slots["sauf"]) if slots.get("sauf") else ():
        spare(spot)


def spare(spot: Spot) -> None:
    if spot.title:
        spot.part.spared = True
        return
    start, end = (0, len(spot.part.alineas)) if spot.start is None else (spot.start, spot.end)
    for one in spot.part.alineas[start:end]:
        rows: Sequence[int | None] = range(*spot.rows) if spot.rows else [None]
        one.spared.update((row, spot.column) for row in rows)


COMMANDS: dict[str, Command] = {
    **OF_WORDS,
    "intitule.remplacer": title(had=True),
    "intitule.donner": title(had=False),
    "intitule.supprimer": title(had=True),
    "division.remplacer": rewrite,
    "division.inserer_apres": insert("après"),
    "division.inserer_avant": insert("avant"),
    "division.completer": complete,
    "division.retablir": restore,
    "division.abroger": repeal,
    "division.supprimer": repeal,
    "division.deplacer": move,
    "division.placer": move,
    "division.renumeroter": renumber,
    "division.renumeroter_plage": renumber_range,
    "annexe.remplacer_jointe": file_change,
    "annexe.inserer_jointe": file_comes,
    "terme.substituer": terms,
    "terme.substituer_respectivement": terms,
}
