"""What a change does, in a French sentence for people: where, and what. The words of an avenant are not here."""

from __future__ import annotations

from convgen.amend.changements.changements import (
    Alineas,
    Cell,
    Change,
    Heading,
    Insert,
    Mode,
    Move,
    Renumber,
    Repeal,
    ReplaceDivision,
    ReplaceFile,
    Rows,
    Term,
    Words,
)
from convgen.amend.texte.forme import join
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import (
    Index,
    designate_lines,
    designate_part,
    designate_rows,
    designate_words,
    line_gap,
    part_gap,
    rank_word,
    row_gap,
)
from convgen.french.ordinals import ordinal


def designation(index: Index, change: Change) -> str:
    """The place of a change, counted on the base: « le deuxième alinéa de l'article 4 », « après l'article 3 »."""
    match change:
        case Words(place=place):
            return designate_words(index, place.division, place.alinea).le
        case Alineas(division=path, start=start, end=end):
            return line_gap(index, path, start) if start == end else designate_lines(index, path, start, end).le
        case Rows(division=path, alinea=rank, start=start, end=end):
            return (
                row_gap(index, path, rank, start) if start == end else designate_rows(index, path, rank, start, end).le
            )
        case Cell(place=place):
            return _cell(index, change)
        case Insert(parent=path, after=after):
            return part_gap(index, path, after)
        case Heading(division=path):
            return designate_words(index, path, None).le
        case Term():
            return f"l'ensemble {designate_part(index, ()).du}"
        case _:
            return designate_part(index, change.division).le


def _cell(index: Index, change: Cell) -> str:
    place = change.place
    rank, row, column = place.alinea or 0, place.row or 0, place.column or 0
    which = ordinal(column + 1, feminine=True)
    return f"la {which} colonne de {designate_rows(index, place.division, rank, row, row + 1).le}"


def sentence(index: Index, change: Change) -> str:
    """What a change does: « Au deuxième alinéa de l'article 4 : mots remplacés »."""
    match change:
        case Words(place=place):
            return f"{designate_words(index, place.division, place.alinea).capital} : {_words(change)}"
        case Move():
            where = part_gap(index, change.parent, change.after)
            number = f" et devient {change.number}" if change.number and change.number != change.old else ""
            return f"{_capital(designation(index, change))} : déplacé {where}{number}"
        case Renumber():
            return f"{_capital(designation(index, change))} : devient {change.number or 'sans numéro'}"
        case Term():
            said = "terme remplacé" if len(change.pairs) == 1 else f"{len(change.pairs)} termes remplacés"
            return f"Dans {designation(index, change)} : {said}"
    return f"{_capital(designation(index, change))} : {_done(change)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _words(change: Words) -> str:
    match change.mode:
        case Mode.AFTER:
            return "mots insérés"
        case Mode.START:
            return "mots ajoutés au début"
        case Mode.SENTENCE:
            return "phrase ajoutée"
    verb = "remplacés" if change.new else "supprimés"
    if change.mode is Mode.EACH:
        return f"mots {verb} à chaque occurrence ({change.count})"
    which = f" ({rank_word(change.rank - 1, change.count, True)} occurrence)" if change.mode is Mode.NTH else ""
    return f"mots {verb}{which}"


def _done(change: Change) -> str:
    match change:
        case Alineas(old=old, new=new):
            return _verb(len(old), len(new), ("alinéa", "alinéas"), "")
        case Rows(old=rows, new=new_rows):
            return _verb(len(rows), len(new_rows), ("ligne", "lignes"), "e")
        case Cell():
            return "contenu remplacé"
        case Heading(old=before, new=after):
            return "remplacé" if before.text and after.text else "donné" if after.text else "supprimé"
        case ReplaceDivision():
            return "texte remplacé en entier"
        case Repeal():
            return "supprimé"
        case Insert(new=parts):
            count = len(parts)
            return "ajout" if count == 1 else f"ajout de {count} divisions"
        case ReplaceFile():
            return "fichier remplacé"
    return ""


def _verb(before: int, after: int, nouns: tuple[str, str], feminine: str) -> str:
    """« 2 lignes insérées » in a gap; « supprimées », « remplacées par 3 lignes » after the name of those that are."""
    if not before:
        return f"{after} {nouns[after > 1]} inséré{feminine}{'s' if after > 1 else ''}"
    end = feminine + ("s" if before > 1 else "")
    if not after:
        return f"supprimé{end}"
    return f"remplacé{end}" + ("" if before == after == 1 else f" par {after} {nouns[after > 1]}")


def texts_of(change: Change) -> tuple[str, str]:
    """The words before and after, a line each alinéa or row; empty where there is nothing to show."""
    match change:
        case Words(mode=Mode.AFTER | Mode.START | Mode.SENTENCE, new=new):
            return "", text_of(new)
        case Words(old=old, new=new):
            return text_of(old), text_of(new)
        case Alineas(old=lines, new=others):
            return "\n".join(one.text for one in lines), "\n".join(one.text for one in others)
        case Rows(old=rows, new=new_rows):
            return "\n".join(one.text for one in rows), "\n".join(one.text for one in new_rows)
        case Cell() | Heading() | ReplaceDivision():
            return change.old.text, change.new.text
        case Insert(new=parts):
            return "", "\n".join(one.text for one in parts)
        case Repeal(old=part):
            return part.text, ""
        case Term(pairs=pairs):
            return "\n".join(join(pair.old) for pair in pairs), "\n".join(join(pair.new) for pair in pairs)
    return "", ""
