"""Where the terms of an avenant are replaced, where they are not, and whether saying it once is worth it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from convgen.amend.changements.changements import Change, Pair, Repeal, ReplaceDivision, Words
from convgen.amend.changements.termes import found_terms
from convgen.amend.texte.arbre import Alinea, Part, Path, parts_of
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.inlines import text_of
from convgen.amend.texte.lieux import Place


def still_there(changes: Sequence[Change], exceptions: Iterable[Place]) -> tuple[Place, ...]:
    """The exceptions outside of what is rewritten anyway."""
    gone = [one.division for one in changes if isinstance(one, ReplaceDivision | Repeal)]
    return tuple(
        place for place in dict.fromkeys(exceptions) if not any(place.division[: len(path)] == path for path in gone)
    )


def uses(base: Part, changes: Sequence[Change], exceptions: Iterable[Place]) -> list[Alinea]:
    """The lines of the base where the terms are replaced: neither set aside nor rewritten."""
    gone = [one.division for one in changes if isinstance(one, ReplaceDivision | Repeal)]
    aside = set(exceptions)
    return [
        line
        for path, part in parts_of(base)
        if not any(path[: len(one)] == one for one in gone)
        for place, line in _places(path, part)
        if not aside & set(place)
    ]


def _places(path: Path, part: Part) -> Iterator[tuple[tuple[Place, ...], Alinea]]:
    """The lines of a part, each with the places that hold it: the alinéa, the row, the cell."""
    yield (Place(path),), part.title
    for rank, line in enumerate(part.lines):
        here = Place(path, rank)
        if isinstance(line, Alinea):
            yield (here,), line
            continue
        for place, row in enumerate(line.rows):
            for column, cell in enumerate(row.cells):
                holders = (here, Place(path, rank, place), Place(path, rank, place, column))
                yield from ((holders, one) for one in cell.lines)


def pays(said: Iterable[Alinea], changes: Sequence[Change], exceptions: Sequence[Place], pairs: Sequence[Pair]) -> bool:
    """Whether the terms are replaced somewhere, and at no fewer places than they are set aside."""
    quoted = sum(len(found_terms(tokens_of(text_of(one.old)), pairs)) for one in changes if isinstance(one, Words))
    return sum(len(found_terms(line.tokens, pairs)) for line in said) - quoted >= max(1, len(exceptions))
