"""What the text of an act must be for the sentences of an avenant to designate it without doubt.

Guide de légistique, 4th edition, sheets 3.2.2 (alinéas come before sub-divisions) and 3.4.1. What an avenant does not
touch is let alone: it stands in an act that is signed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from convgen.acte.nodes import Acte, Block, Division, PageBreak, Section
from convgen.acte.walk import divisions_of
from convgen.amend.texte.aligner import dice
from convgen.amend.texte.arbre import Alinea, Part, Path, TableAlinea, parts_of, same
from convgen.amend.texte.lieux import Index, designate_lines, designate_part, index_of
from convgen.errors import Diagnostic, Severity

_HEADING: Final = re.compile(
    r"(?:\d+(?:\.\d+)*\.\s)|(?:(?:article|annexe|titre|chapitre)\s+(?:\d+(?:er)?|[IVXLC]+)\s*(?:[-–—:.]|$))", re.I
)
_LONG_WORD: Final = re.compile(r"[^\W\d_]{5,}")
#: Below this share of their long words, two texts are about different things.
_UNLIKE: Final = 0.1
_ENOUGH: Final = 10


def restricted(base: Part, new: Part, acte: Acte) -> tuple[Diagnostic, ...]:
    """What an avenant cannot say, or says badly, in the divisions that it touches.

    Args:
        base: The amendable tree of the text in force.
        new: That of the new version.
        acte: The new version.

    Returns:
        Errors: AVE-06, an identifier is used for another article; AVE-07, the place of an alinéa is not certain.
        Warnings: AVE-07, a line reads as a heading.
    """
    index = index_of(new)
    olds = {part.id: part for _, part in parts_of(base)}
    touched = [(path, part) for path, part in parts_of(new) if path and not _same(olds.get(part.id), part)]
    late = _late(acte)
    found: list[Diagnostic] = []
    for path, part in touched:
        old = olds.get(part.id)
        if old is not None and _another(old, part):
            found.append(_reused(index, path))
        found.extend(_lines(index, path, part))
        if part.id in late:
            found.append(_after_divisions(index, path))
    return tuple(found)


def _same(old: Part | None, new: Part) -> bool:
    return old is not None and same(old, new)


# --- identifiers --------------------------------------------------------------------------------------------


def _another(old: Part, new: Part) -> bool:
    """Whether an identifier bears a text without anything in common.

    A sub-article that becomes an article is repealed where it was and inserted where it is (the same text, or not).
    """
    if "zone" in (old.kind, new.kind):
        return False
    titles = [{word.casefold() for word in _LONG_WORD.findall(one.title.text)} for one in (old, new)]
    words = [Counter(word.casefold() for word in _LONG_WORD.findall(one.text)) for one in (old, new)]
    if not all(titles) or titles[0] & titles[1] or min(map(_size, words)) < _ENOUGH:
        return False
    return dice(*words) < _UNLIKE


def _size(words: Counter[str]) -> int:
    return sum(words.values())


def _reused(index: Index, path: Path) -> Diagnostic:
    name = path[-1]
    return Diagnostic(
        "AVE-06",
        f"l'identifiant « {name} » est celui d'un autre article dans le texte en vigueur",
        cause=f"{designate_part(index, path).le} n'a ni le titre ni le texte de l'article que « {name} » désigne",
        remedy="Donnez à l'article nouveau un identifiant nouveau ; l'ancien sera abrogé.",
    )


# --- lines --------------------------------------------------------------------------------------------------


def _lines(index: Index, path: Path, part: Part) -> Iterator[Diagnostic]:
    where = designate_part(index, path).au
    if any(isinstance(a, TableAlinea) and isinstance(b, TableAlinea) for a, b in pairwise(part.lines)):
        yield Diagnostic(
            "AVE-07",
            f"deux tableaux se touchent {where}",
            cause="Rien ne dit où finit le premier : un avenant ne peut désigner les lignes de l'un ni de l'autre.",
            remedy="Mettez un alinéa entre les deux tableaux.",
        )
    for rank, line in enumerate(part.lines):
        if isinstance(line, Alinea) and not line.shape and _HEADING.match(line.text):
            place = designate_lines(index, path, rank, rank + 1).le
            yield Diagnostic(
                "AVE-07",
                f"{place} se lit comme un intitulé : « {_short(line.text)} »",
                cause="Un numéro tapé au début d'un alinéa se confond avec celui d'une division.",
                remedy="Faites-en une division ou un élément de liste, ou ôtez ce numéro.",
                severity=Severity.WARNING,
            )


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:49].rstrip()}…"


# --- order --------------------------------------------------------------------------------------------------


def _late(acte: Acte) -> set[str]:
    """The divisions and annexes that have text of their own after their sub-divisions."""
    zones = [zone.blocks for zone in acte.zones]
    inside = [annexe.blocks for annexe in acte.annexes]
    found = {annexe.id for annexe in acte.annexes if _has_late(annexe.blocks)}
    for blocks in (*zones, *inside):
        found.update(one.id for one in divisions_of(blocks) if _has_late(one.blocks))
    return found


def _has_late(blocks: Iterable[Block]) -> bool:
    seen = False
    for block in _flat(blocks):
        if isinstance(block, Division):
            seen = True
        elif seen and not isinstance(block, PageBreak):
            return True
    return False


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _flat(block.blocks)
        else:
            yield block


def _after_divisions(index: Index, path: Path) -> Diagnostic:
    return Diagnostic(
        "AVE-07",
        f"un alinéa suit les subdivisions {designate_part(index, path).du}",
        cause="Le dernier alinéa d'un article pourrait être aussi bien celui de sa dernière subdivision.",
        remedy="Mettez ce texte dans une subdivision, avec ou sans titre, ou avant la première.",
    )
