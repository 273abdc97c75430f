"""What the sentences about divisions, annexes and terms ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from convgen.amend.changements.termes import pair_of
from convgen.amend.lire.base import Div, number_key, parse_heading
from convgen.amend.lire.lieux import Target, Unread
from convgen.amend.lire.phrases import OPERATIONS as OF_WORDS
from convgen.amend.lire.phrases import Operation, Sentence
from convgen.amend.lire.plan import Arrival
from convgen.amend.numeros.motifs import SERIES_NUMBER
from convgen.amend.recueils.patrons import QUOTED
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.imprime import ANNEXE, ARTICLE, CHAPTER, FILE, HEADINGS, ZONE, ZONE_SEPARATOR, PrintedLine

_NUMBER: Final = re.compile(rf"(?<![\w.'’-]){SERIES_NUMBER}")
_NUMBERS: Final = rf"{SERIES_NUMBER}(?:(?:, {SERIES_NUMBER})*(?: et| à) {SERIES_NUMBER})?"
_TARGET: Final = re.compile(rf"^.+? (?:(?P<numbers>{_NUMBERS})|{QUOTED})(?: de l'annexe.*)?$")
#: A zone has no number: « un préambule », « une désignation des parties ».
_ZONE: Final = re.compile(r"^une? ([a-zà-ÿœ' -]+)$")
_WHERE: Final = re.compile(r"^(après|avant|au début|à la fin) (.+)$")

# --- divisions ----------------------------------------------------------------------------------------------------


def _replace_division(said: Sentence) -> None:
    div = said.div()
    block = list(said.block)
    if div.style == ZONE:
        title = block.pop(0).text if block and block[0].style in HEADINGS else ""
        text = ZONE_SEPARATOR.join(part for part in (div.text.noun, title) if part)
        block.insert(0, PrintedLine(ZONE, text))
    elif not block or block[0].style not in HEADINGS:
        raise Unread("le texte cité commence par l'intitulé de la division")
    said.plan.take(div, whole=block)


def _gap(text: str, said: Sentence) -> tuple[Div, int]:
    """Where something arrives: the division that receives it, and the rank of the child that it comes before."""
    found = _WHERE.match(text)
    if found is None:
        raise Unread(f"« {text} » n'est pas un endroit")
    how, name = found.groups()
    div = said.finder.division(name)
    if how == "au début":
        return div, 0
    if how == "à la fin":
        return _end_of(div, said)
    if div.parent is None:
        raise Unread(f"« {name} » n'est pas un repère")
    place = div.parent.children.index(div)
    return div.parent, place + (how == "après")


def _end_of(div: Div, said: Sentence) -> tuple[Div, int]:
    """The last place of a division; articles of the act come before its signatures and its annexes."""
    place = len(div.children)
    if div.parent is None and said.slots.get("divisions", "") and "annexe" not in said.slots["divisions"]:
        while place and (div.children[place - 1].style == ANNEXE or "signature" in div.children[place - 1].text.noun):
            place -= 1
    return div, place


def _insert(said: Sentence, where: str) -> None:
    parent, place = _gap(where, said)
    _arrive(said, parent, place)


def _arrive(said: Sentence, parent: Div, place: int) -> None:
    block, names = tuple(said.block), said.slots["divisions"]
    first = parse_heading(block[0]) if block and block[0].style in HEADINGS else None
    zone = _ZONE.match(names)
    if zone is not None and "annexe" not in names:
        title = block[0].text if first is not None else ""
        heading = PrintedLine(ZONE, ZONE_SEPARATOR.join(one for one in (zone[1], title) if one))
        block = (heading, *block[1 if first is not None else 0 :])
        said.plan.arrive(parent, place, Arrival("", ZONE, block))
        return
    titles = said.quotes("divisions")
    same = first is not None and first.number == _named(names)
    if first is None or not same or (titles and tokens_of(first.title) != tokens_of(titles[0])):
        raise Unread(f"le texte cité n'est pas celui de « {names} »")
    said.plan.arrive(parent, place, Arrival(first.number, _style(block[0], said), block))


def _named(text: str) -> str:
    """The first number of « deux articles 3-1 et 3-2 », "" when the first one has none."""
    first = re.split(QUOTED, text.removeprefix("un ").removeprefix("une "), maxsplit=1)[0]
    found = _NUMBER.search(first)
    return found[0] if found else ""


def _style(line: PrintedLine, said: Sentence) -> str:
    """Whether a quoted heading is that of an annexe, of a chapter or of an article, by its noun."""
    noun = parse_heading(line).noun
    if noun == "annexe":
        return ANNEXE
    chapters = {one.text.noun for one in said.plan.root.walk() if one.style == CHAPTER}
    return CHAPTER if noun and noun in chapters | {"titre", "chapitre", "partie"} else ARTICLE


def _insert_after(said: Sentence) -> None:
    _insert(said, f"après {said.slots['repere']}")


def _insert_before(said: Sentence) -> None:
    _insert(said, f"avant {said.slots['repere']}")


def _complete(said: Sentence) -> None:
    _arrive(said, *_end_of(said.div(), said))


def _restore(said: Sentence) -> None:
    """A dead number that comes back: among the numbers of its series, its own gives its place."""
    if not said.block or said.block[0].style not in HEADINGS:
        raise Unread("le texte cité commence par un intitulé")
    number = parse_heading(said.block[0]).number
    if not number or not any(found[0] == number for found in _NUMBER.finditer(said.slots["lieu"])):
        raise Unread("le texte cité n'est pas celui de la division rétablie")
    style = _style(said.block[0], said)
    parent, place = _place_of_number(said.plan.root, number, style, said.slots["lieu"], said)
    said.plan.arrive(parent, place, Arrival(number, style, tuple(said.block)))


def _place_of_number(root: Div, number: str, style: str, name: str, said: Sentence) -> tuple[Div, int]:
    inside = name.partition(" de l'annexe")
    holder = said.finder.division(f"l'annexe{inside[2]}") if inside[1] else root
    above, found, _ = number.rpartition(".")
    key = number_key(number)
    peers = [
        one
        for one in holder.walk()
        if one is not holder
        and one.number
        and (one.style == style or (style == ARTICLE and one.style not in {ANNEXE, CHAPTER, ZONE}))
        and (one.annexe is None or one.annexe in {one, holder})
        and len(one.number.split(".")) == len(number.split("."))
        and (not found or one.number.rpartition(".")[0] == above)
    ]
    before = [one for one in peers if number_key(one.number) < key]
    peer = before[-1] if before else peers[0] if peers else None
    if peer is not None and peer.parent is not None:
        return peer.parent, peer.parent.children.index(peer) + bool(before)
    if found:
        parents = [one for one in holder.walk() if number_key(one.number or "0") == number_key(above)]
        if len(parents) == 1:
            return parents[0], 0
    return _end_of(holder, said)


def _repeal(said: Sentence) -> None:
    for place in said.finder.places(said.slots["lieu"]):
        if place.start is not None or place.title:
            raise Unread("une division est attendue")
        said.plan.take(place.div)


def _target_number(text: str) -> str:
    """The number of « l'article 5 », of « le point 4 de l'annexe 1 »; "" for « l'annexe « Bilan » »."""
    found = _TARGET.match(text)
    if found is None:
        raise Unread(f"« {text} » n'a pas de numéro")
    return found["numbers"] or ""


def _move(said: Sentence) -> None:
    parent, place = _gap(said.slots["ou"], said)
    cible = said.slots.get("cible", "")
    said.plan.move(said.div(), parent, place, _target_number(cible) if cible else "")


def _renumber(said: Sentence) -> None:
    said.plan.renumber(said.div(), _target_number(said.slots["cible"]))


def _renumber_range(said: Sentence) -> None:
    olds = [place.div for place in said.finder.places(said.slots["plage"])]
    news = _numbers(_target_number(said.slots["cible_plage"]), len(olds))
    for div, number in zip(olds, news, strict=True):
        said.plan.renumber(div, number)


def _numbers(text: str, count: int) -> list[str]:
    """« 9.5 à 9.8 », « 5 et 6 »."""
    first, found, last = text.partition(" à ")
    if not found:
        numbers = re.split(", | et ", text)
    else:
        head = re.match(r"^(.*?)(\d+)$", first.replace("1er", "1"))
        if head is None:
            raise Unread(f"« {text} » n'est pas une suite de numéros")
        numbers = [first, *(f"{head[1]}{int(head[2]) + step}" for step in range(1, count))]
        if numbers[-1] != last:
            raise Unread(f"« {text} » ne compte pas {count} numéros")
    if len(numbers) != count:
        raise Unread(f"« {text} » ne compte pas {count} numéros")
    return numbers


# --- joined files, terms ------------------------------------------------------------------------------------------


def _replace_file(said: Sentence) -> None:
    div = said.div()
    if said.plan.at(div).joined or div.style != ANNEXE:
        raise Unread("une annexe est remplacée par une annexe")
    said.plan.at(div).joined = True


def _insert_file(said: Sentence) -> None:
    where = said.slots.get("ou", "")
    parent, place = _gap(where, said) if where else (said.plan.root, len(said.plan.root.children))
    lines = (
        PrintedLine(ANNEXE, f"ANNEXE {_named(said.slots['divisions'])}".strip()),
        PrintedLine(FILE, "fichier joint"),
    )
    said.plan.arrive(parent, place, Arrival(_named(said.slots["divisions"]), ANNEXE, lines))


def _terms(said: Sentence) -> None:
    olds, news = said.quotes("anciens"), said.quotes("nouveaux")
    if len(olds) != len(news) or said.plan.pairs:
        raise Unread("les termes ne vont pas par deux")
    said.plan.pairs = tuple(pair_of(old, new) for old, new in zip(olds, news, strict=True))
    if said.slots.get("sauf"):
        for place in said.finder.places(said.slots["sauf"]):
            _except(said, place)


def _except(said: Sentence, place: Target) -> None:
    key = id(place.div)
    if place.title:
        said.plan.exceptions.add((key, None, None, None))
    elif place.start is None:
        # A division named without more has one alinéa only.
        said.plan.exceptions.update((key, rank, None, None) for rank in range(len(place.div.units)))
    else:
        for rank in range(place.start, place.end or place.start + 1):
            rows: Sequence[int | None] = range(*place.rows) if place.rows else (None,)
            said.plan.exceptions.update((key, rank, row, place.column) for row in rows)


OPERATIONS: Final[Mapping[str, Operation]] = {
    **OF_WORDS,
    "division.remplacer": _replace_division,
    "division.inserer_apres": _insert_after,
    "division.inserer_avant": _insert_before,
    "division.completer": _complete,
    "division.retablir": _restore,
    "division.abroger": _repeal,
    "division.supprimer": _repeal,
    "division.deplacer": _move,
    "division.placer": _move,
    "division.renumeroter": _renumber,
    "division.renumeroter_plage": _renumber_range,
    "annexe.remplacer_jointe": _replace_file,
    "annexe.inserer_jointe": _insert_file,
    "annexe.ajouter_jointe": _insert_file,
    "terme.substituer": _terms,
    "terme.substituer_respectivement": _terms,
    "texte.inserer": lambda said: _insert(said, said.slots["ou"]),
    "texte.ajouter_fin": _complete,
    "texte.retablir": _restore,
    "texte.supprimer": _repeal,
    "texte.renumeroter": _renumber,
    "texte.deplacer": _move,
    "texte.placer": _move,
}
