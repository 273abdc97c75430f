"""What the sentences about words, alinéas and tables ask, noted on the text in force by the reader written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lecteur_texte import Refus, Spot, alineas, rank

from convgen.amend.texte.forme import Tokens, occurrences, tokens_of
from convgen.amend.texte.imprime import PrintedLine

if TYPE_CHECKING:
    from lecteur_legistique import Reader

Slots = dict[str, str]
Block = list[PrintedLine]
Command = Callable[["Reader", Slots, Block], None]


UNITS = tuple(
    [
        "zéro",
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
        "treize",
        "quatorze",
        "quinze",
        "seize",
        "dix-sept",
        "dix-huit",
        "dix-neuf",
    ]
)
TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")


def count_word(count: int) -> str:
    """« vingt et un », « soixante et onze », « quatre-vingts », « deux cents »."""
    hundreds, rest = divmod(count, 100)
    head = "" if not hundreds else "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent{'' if rest else 's'}"
    tens = rest // 10 - (rest // 10 in (7, 9))
    unit = rest - tens * 10 if rest >= 20 else rest
    if rest < 20:
        tail = UNITS[rest] if rest or not hundreds else ""
    elif not unit:
        tail = TENS[tens] + ("s" if tens == 8 else "")
    else:
        tail = f"{TENS[tens]} et {UNITS[unit]}" if unit in (1, 11) and tens < 8 else f"{TENS[tens]}-{UNITS[unit]}"
    return f"{head} {tail}".strip()


def counted(slots: Slots, found: int) -> None:
    """« deux alinéas » announces two of them."""
    said = slots.get("n", "")
    if said and said not in {count_word(found), f"{count_word(found)}e"}:
        raise Refus(f"« {said} » alinéas ou lignes : il y en a {found}")


# --- words ------------------------------------------------------------------------------------------------------


def in_alineas(reader: Reader, slots: Slots) -> list[Spot]:
    """The alinéas where words change; a part stands for its only one."""
    said = slots.get("lieux") or slots.get("lieu") or ""
    found = reader.spots(said) if said else [Spot(reader.context())]
    made: list[Spot] = []
    for spot in found:
        if spot.start is None and (spot.title or len(spot.part.alineas) != 1 or spot.part.subs):
            raise Refus("un seul alinéa est attendu")
        start, end = (0, 1) if spot.start is None else (spot.start, spot.end)
        made += [Spot(spot.part, place, place + 1, becomes=spot.becomes) for place in range(start, end)]
    if any(spot.alinea.table for spot in made):
        raise Refus("un alinéa de texte est attendu")
    return made


def found_once(words: Tokens, spot: Spot) -> int:
    places = occurrences(words, spot.alinea.tokens)
    if len(places) != 1:
        raise Refus(f"« {' '.join(words)} » : {len(places)} fois")
    return places[0]


def each(words: Tokens, spot: Spot) -> list[int]:
    """The occurrences, none over another."""
    kept: list[int] = []
    for place in occurrences(words, spot.alinea.tokens):
        if not kept or place >= kept[-1] + len(words):
            kept.append(place)
    return kept


def words_change(how: str) -> Command:
    def run(reader: Reader, slots: Slots, block: Block) -> None:
        old = tokens_of(reader.quote(slots["ancien"]))
        text = reader.quote(slots["nouveau"]) if slots.get("nouveau") else ""
        new = tokens_of(text)
        if text:
            reader.done.append((reader.quote(slots["ancien"]), text))
        for spot in in_alineas(reader, slots):
            if how == "one":
                places = [found_once(old, spot)]
            else:
                places = each(old, spot)
                if how == "each" and (len(places) < 2 or len(places) < len(occurrences(old, spot.alinea.tokens))):
                    raise Refus("« à chaque occurrence » de rien, ou d'une seule")
                places = places if how == "each" else [places[rank(slots["rang"], len(places))]]
            spot.alinea.edits += [(place, place + len(old), new) for place in places]
            note_rank(reader, spot)

    return run


def note_rank(reader: Reader, spot: Spot) -> None:
    if spot.becomes:
        reader.becoming.append(spot)


def words_come(reader: Reader, slots: Slots, block: Block) -> None:
    anchor, new = tokens_of(reader.quote(slots["ancrage"])), tokens_of(reader.quote(slots["nouveau"]))
    for spot in in_alineas(reader, slots):
        end = found_once(anchor, spot) + len(anchor)
        spot.alinea.edits.append((end, end, new))
        note_rank(reader, spot)


def words_first(reader: Reader, slots: Slots, block: Block) -> None:
    for spot in in_alineas(reader, slots):
        spot.alinea.edits.append((0, 0, tokens_of(reader.quote(slots["nouveau"]))))


def sentence_last(reader: Reader, slots: Slots, block: Block) -> None:
    new = tokens_of(reader.quote(slots["nouveau"]))
    for spot in in_alineas(reader, slots):
        end = len(spot.alinea.tokens)
        if spot.alinea.tokens[-1:] != (".",) or new[-1:] != (".",) or not new[0][0].isupper():
            raise Refus("une phrase suit une phrase")
        spot.alinea.edits.append((end, end, new))
        note_rank(reader, spot)


# --- alinéas, tables --------------------------------------------------------------------------------------------


def several(reader: Reader, text: str) -> list[Spot]:
    found = reader.spots(text)
    if any(spot.start is None or spot.rows for spot in found):
        raise Refus("des alinéas sont attendus")
    return found


def alineas_change(reader: Reader, slots: Slots, block: Block) -> None:
    (spot,) = several(reader, slots["lieu"])
    counted(slots, len(alineas(block)))
    spot.part.replace(spot.start or 0, spot.end, block)


def alineas_come(reader: Reader, slots: Slots, block: Block) -> None:
    (spot,) = several(reader, slots["repere"])
    counted(slots, len(alineas(block)))
    spot.part.add(spot.end, block)


def alineas_first(reader: Reader, slots: Slots, block: Block) -> None:
    counted(slots, len(alineas(block)))
    reader.part(slots["lieu"]).add(0, block)


def alineas_last(reader: Reader, slots: Slots, block: Block) -> None:
    part = reader.part(slots["lieu"])
    if part.subs:
        raise Refus("la division finit par une autre")
    counted(slots, len(alineas(block)))
    part.add(len(part.alineas), block)


def alineas_go(reader: Reader, slots: Slots, block: Block) -> None:
    for spot in several(reader, slots["lieu"]):
        spot.part.replace(spot.start or 0, spot.end, ())


def table_change(reader: Reader, slots: Slots, block: Block) -> None:
    (spot,) = reader.spot(slots["tableau"])
    made = alineas(block)
    if not spot.alinea.table or len(made) != 1 or not made[0].table:
        raise Refus("un tableau est attendu")
    spot.part.replace(spot.start or 0, spot.end, block)


def row_spots(reader: Reader, text: str) -> list[tuple[Spot, int, int]]:
    found = reader.spots(text)
    if any(spot.rows is None for spot in found):
        raise Refus("des lignes sont attendues")
    return [(spot, *(spot.rows or (0, 0))) for spot in found]


def rows_change(reader: Reader, slots: Slots, block: Block) -> None:
    ((spot, start, end),) = row_spots(reader, slots["lignes"])
    counted(slots, len(block))
    take_rows(spot, start, end)
    spot.alinea.rows_instead[start] = block


def take_rows(spot: Spot, start: int, end: int) -> None:
    if spot.alinea.rows_gone & {*range(start, end)}:
        raise Refus("une ligne est prise deux fois")
    spot.alinea.rows_gone.update(range(start, end))


def rows_come(reader: Reader, slots: Slots, block: Block) -> None:
    if slots.get("tableau"):
        (spot,) = reader.spot(slots["tableau"])
        end = 0
    else:
        ((spot, _, end),) = row_spots(reader, slots["repere"])
    counted(slots, len(block))
    if not spot.alinea.table or end in spot.alinea.rows_before:
        raise Refus("deux ajouts au même endroit")
    spot.alinea.rows_before[end] = block


def rows_go(reader: Reader, slots: Slots, block: Block) -> None:
    for spot, start, end in row_spots(reader, slots["lignes"]):
        take_rows(spot, start, end)


def cell(reader: Reader, slots: Slots, block: Block) -> None:
    (spot,) = reader.spot(f"{slots['ligne']}, dans la {slots['colonne']} colonne")
    old, new = reader.quote(slots["ancien"]) if slots.get("ancien") else "", reader.quote(slots["nouveau"])
    reader.done.append((old, new))
    if spot.rows is None or spot.column is None or spot.rows[1] != spot.rows[0] + 1:
        raise Refus("une seule case est attendue")
    where = spot.rows[0], spot.column
    if where in spot.alinea.cells or tokens_of(spot.alinea.lines[where[0]].cells[where[1]]) != tokens_of(old):
        raise Refus("cette case ne dit pas cela")
    spot.alinea.cells[where] = new


COMMANDS: dict[str, Command] = {
    "mots.remplacer": words_change("one"),
    "mots.remplacer_chaque": words_change("each"),
    "mots.remplacer_occurrence": words_change("rank"),
    "mots.supprimer": words_change("one"),
    "mots.supprimer_chaque": words_change("each"),
    "mots.supprimer_occurrence": words_change("rank"),
    "mots.inserer": words_come,
    "mots.ajouter_debut": words_first,
    "phrase.completer": sentence_last,
    "alineas.remplacer": alineas_change,
    "alineas.inserer": alineas_come,
    "alineas.ajouter_debut": alineas_first,
    "alineas.completer": alineas_last,
    "alineas.supprimer": alineas_go,
    "tableau.remplacer": table_change,
    "tableau.remplacer_lignes": rows_change,
    "tableau.inserer_lignes": rows_come,
    "tableau.ajouter_lignes_debut": rows_come,
    "tableau.supprimer_lignes": rows_go,
    "tableau.cellule": cell,
    "tableau.cellule_vide": cell,
}
