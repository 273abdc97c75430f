"""The names of places in the sentences of an avenant, counted on the base (law L4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from convgen.amend.changements.changements import Change, Insert, Move, Renumber
from convgen.amend.recueils.emplacements import Named, New, Several, Where
from convgen.amend.rediger.modele import RedactionError, refused
from convgen.amend.texte.arbre import Part, Path, TableAlinea, is_unknown
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.lieux import Index, Place, index_of, rank_word
from convgen.french.grammar import (
    FEMININE_SINGULAR,
    MASCULINE_PLURAL,
    MASCULINE_SINGULAR,
    Agreement,
    GenderUnknown,
    NounPhrase,
    contract,
    join_list,
    parse_noun_phrase,
)
from convgen.french.numbers import cardinal
from convgen.french.ordinals import ordinal

_FEMININE: Final = frozenset({"annexe", "partie", "section", "désignation", "fiche", "division", "convention", "pièce"})
#: The words in parentheses that check the rank of a row: not too many, and no guillemets.
_LONGEST_LABEL: Final = 60


def noun_phrase(name: str) -> NounPhrase:
    """« l'article 4 », « la désignation des parties », from the name without its article."""
    first = name.split(maxsplit=1)[0]
    if first in _FEMININE:
        return NounPhrase("la", name, FEMININE_SINGULAR)
    try:
        return parse_noun_phrase(name).definite
    except GenderUnknown:
        return NounPhrase("le", name, MASCULINE_SINGULAR)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the places of a base.

    Attributes:
        index: The base.
        sub_noun: What sub-articles are called.
        context: The part that the group names already; None outside of a group.
        given: The names that the changes give: what bears one of them now is « l'actuel article 4 ».
    """

    index: Index
    sub_noun: str = "article"
    context: Path | None = None
    given: frozenset[str] = frozenset()

    def inside(self, path: Path | None) -> Names:
        """The same names inside a group that names a part."""
        return replace(self, context=path)

    # --- parts ----------------------------------------------------------------------------------------------

    def noun(self, path: Path, part: Part | None = None) -> str:
        """What the part at a path is called: "article", "annexe", "point"."""
        chain = [*self.index.chain(path[:-1]), part] if part is not None else self.index.chain(path)
        last = chain[-1]
        annexed = any(one.kind == "annexe" for one in chain[:-1])
        if last.kind == "division" and last.level > 1 and not annexed:
            return self.sub_noun
        return next((one.noun for one in reversed(chain) if one.kind == last.kind and one.noun), last.kind)

    def annexe_of(self, path: Path) -> str:
        """« de l'annexe 2 » with its leading space, for what stands in one; "" elsewhere."""
        annexe = next((one for one in self.index.chain(path)[1:] if one.kind == "annexe"), None)
        return f" de l'annexe {annexe.number}".rstrip() if annexe is not None else ""

    def part(self, path: Path) -> Named:
        """« l'article 4.1 », « le point 3 de l'annexe 2 », « la désignation des parties », « la convention »."""
        part = self.index.parts[path]
        if part.kind in ("acte", "zone"):
            return Named(noun_phrase(part.noun or "acte"), "dans", implicit=path == self.context)
        name = _called(self.noun(path), part) + (self.annexe_of(path[:-1]) if path else "")
        return Named(noun_phrase(name), implicit=path == self.context)

    def parts(self, paths: Sequence[Path]) -> Named:
        """« les articles 5 et 6 », « les articles 5 à 8 »: neighbours, all numbered and called alike."""
        if len(paths) == 1:
            return self.part(paths[0])
        numbers = [self.index.parts[path].number for path in paths]
        name = f"{self.noun(paths[0])}s {_series(numbers)}{self.annexe_of(paths[0][:-1])}"
        feminine = noun_phrase(self.noun(paths[0])).agreement.feminine
        return Named(NounPhrase("les", name, Agreement(feminine, True)))

    def current(self, paths: Sequence[Path], targets: Sequence[Named]) -> Named:
        """Parts that take other numbers; « actuels » when these, or their own, name others too."""
        place = self.parts(paths)
        shared = any(self.called(path) in self.given for path in paths) or any(map(self.given_again, targets))
        return replace(place, current=shared and not place.implicit)

    def called(self, path: Path) -> str:
        """« l'article 4 », whatever the group says."""
        return str(self.inside(None).part(path).phrase)

    def target(self, path: Path, parent: Path, number: str) -> Named:
        """The new name of a part: « l'article 5 »."""
        part = self.index.parts[path]
        name = _called(self.noun((*parent, path[-1]), part), replace(part, number=number))
        return Named(noun_phrase(name + self.annexe_of(parent)))

    def target_of(self, parent: Path, part: Part) -> Named:
        """The name of a part that the base does not have any more."""
        return Named(noun_phrase(_called(self.noun((*parent, part.id), part), part) + self.annexe_of(parent)))

    def targets(self, paths: Sequence[Path], numbers: Sequence[str]) -> Named:
        """The new names of neighbours: « les articles 9.5 à 9.8 »."""
        noun = self.noun(paths[0])
        name = f"{noun}s {_series(numbers)}{self.annexe_of(paths[0][:-1])}"
        return Named(NounPhrase("les", name, Agreement(noun_phrase(noun).agreement.feminine, True)))

    def given_again(self, target: Named) -> bool:
        """Whether a new name is also the name of a part of the base."""
        return str(target.phrase) in {self.called(path) for path in self.index.parts if path}

    # --- alinéas --------------------------------------------------------------------------------------------

    def _owned(self, name: str, path: Path) -> str:
        return name if path == self.context else f"{name} {self.inside(None).part(path).du}"

    def lines(self, path: Path, start: int, end: int) -> Named:
        """« le deuxième alinéa de l'article 4 », « les deuxième à cinquième alinéas », « le tableau »."""
        part = self.index.parts[path]
        count = len(part.lines)
        if end - start == 1:
            if isinstance(part.lines[start], TableAlinea):
                return self.table(path, start)
            rank = _known_rank(part, start) or rank_word(start, count)
            return Named(NounPhrase("le", self._owned(f"{rank} alinéa", path), MASCULINE_SINGULAR))
        ranks = _known_ranks(part, start, end) or _ranks(start, end, count, feminine=False)
        return Named(NounPhrase("les", self._owned(f"{ranks} alinéas", path), MASCULINE_PLURAL))

    def table(self, path: Path, rank: int) -> Named:
        """« le tableau de l'article 4 », « le second tableau de l'article 4 »."""
        lines = self.index.parts[path].lines
        tables = [place for place, line in enumerate(lines) if isinstance(line, TableAlinea)]
        which = "" if len(tables) == 1 else f"{rank_word(tables.index(rank), len(tables))} "
        return Named(NounPhrase("le", self._owned(f"{which}tableau", path), MASCULINE_SINGULAR))

    def words(self, path: Path, rank: int, becomes: int | None = None) -> Named:
        """Where words stand: the alinéa, or the part itself when it is its only one and has no sub-part."""
        part = self.index.parts[path]
        if len(part.lines) == 1 and not part.children:
            return self.part(path)
        place = self.lines(path, rank, rank + 1)
        return place if becomes is None else replace(place, becomes=f"le {ordinal(becomes + 1)}")

    def rows(self, path: Path, rank: int, start: int, end: int) -> Named:
        """« la troisième ligne (« Solde ») du tableau de l'article 4.2 », « les deuxième et troisième lignes du… »."""
        line = self.index.parts[path].lines[rank]
        owner = self.table(path, rank).du
        if not isinstance(line, TableAlinea):
            raise TypeError(path)
        count = len(line.rows)
        if end - start == 1:
            name = f"{rank_word(start, count, True)} ligne{_label(line.rows[start].first)} {owner}"
            return Named(NounPhrase("la", name, FEMININE_SINGULAR))
        ranks = _ranks(start, end, count, feminine=True)
        return Named(NounPhrase("les", f"{ranks} lignes {owner}", Agreement(True, True)))

    def place(self, place: Place) -> Named:
        """The name of an exception: an alinéa, the title of a part, a row, a cell."""
        path = place.division
        if place.alinea is None:
            return Named(NounPhrase("le", self._owned("intitulé", path), MASCULINE_SINGULAR))
        if place.row is None:
            return self.words(path, place.alinea)
        row = self.rows(path, place.alinea, place.row, place.row + 1)
        if place.column is None:
            return row
        return Named(NounPhrase("la", f"{ordinal(place.column + 1, True)} colonne {row.du}", FEMININE_SINGULAR))

    # --- gaps -----------------------------------------------------------------------------------------------

    def where(self, path: Path, *, after: bool) -> Where:
        """« après l'article 5 », « avant l'article 1er »."""
        return Where(f"{'après' if after else 'avant'} {self.inside(None).part(path).le}")

    def new(self, parent: Path, parts: Sequence[Part]) -> New:
        """« un article 3-1 », « trois articles 3-1 à 3-3 », « un article 3.3 et un chapitre II-1 »."""
        groups: list[tuple[str, list[Part]]] = []
        for part in parts:
            noun = part.noun if part.kind == "zone" else self.noun((*parent, part.id), part)
            if groups and groups[-1][0] == noun and part.number:
                groups[-1][1].append(part)
            else:
                groups.append((noun, [part]))
        phrases = [_arrivals(noun, ones) for noun, ones in groups]
        feminine = all(one.agreement.feminine for one in phrases)
        un = join_list([str(one) for one in phrases])
        de = join_list([contract("de", one) for one in phrases])
        return New(un, de, Agreement(feminine, len(parts) > 1))


def names_of(base: Part, sub_noun: str, changes: Iterable[Change] = ()) -> Names:
    """The names of the places of a base that these changes amend."""
    names = Names(index_of(base), sub_noun)
    return replace(names, given=frozenset(_given(names, changes)))


def _given(names: Names, changes: Iterable[Change]) -> Iterator[str]:
    """The names that changes give to what arrives, moves or takes another number."""
    for change in changes:
        match change:
            case Insert(parent=parent, new=parts):
                yield from (str(names.target_of(parent, part).phrase) for part in parts if part.number)
            case Renumber(division=path, number=number):
                yield str(names.target(path, path[:-1], number).phrase)
            case Move(division=path, parent=parent, number=number, old=old) if number and number != old:
                yield str(names.target(path, parent, number).phrase)


def several(places: Sequence[Named]) -> Several:
    """Several places in one sentence."""
    return Several(tuple(places))


def _called(noun: str, part: Part) -> str:
    if part.number:
        return f"{noun} {part.number}"
    return f"{noun} « {part.title.text} »" if part.title.text and part.kind != "zone" else noun


def _series(numbers: Sequence[str]) -> str:
    return f"{numbers[0]} et {numbers[1]}" if len(numbers) == 2 else f"{numbers[0]} à {numbers[-1]}"


def _ranks(start: int, end: int, count: int, *, feminine: bool) -> str:
    between = "et" if end - start == 2 else "à"
    return f"{ordinal(start + 1, feminine)} {between} {rank_word(end - 1, count, feminine)}"


def _known_rank(part: Part, rank: int) -> str:
    """The rank of an alinéa of a part known in part, which is not counted through what is not known."""
    unknown = [place for place, line in enumerate(part.lines) if is_unknown(line)]
    if not unknown:
        return ""
    if rank < unknown[0]:
        return ordinal(rank + 1)
    if rank > unknown[-1] and rank == len(part.lines) - 1:
        return "dernier"
    raise _uncounted(part)


def _known_ranks(part: Part, start: int, end: int) -> str:
    """« premier et deuxième », « deux derniers »: the same for several."""
    unknown = [place for place, line in enumerate(part.lines) if is_unknown(line)]
    if not unknown:
        return ""
    if end <= unknown[0]:
        return _ranks(start, end, len(part.lines) + 1, feminine=False)
    if start > unknown[-1] and end == len(part.lines):
        return f"{cardinal(end - start)} derniers"
    raise _uncounted(part)


def _uncounted(part: Part) -> RedactionError:
    return refused(
        f"le rang d'un alinéa de « {part.noun or 'article'} {part.number} » ne se compte pas : son texte n'est connu "
        "qu'en partie",
        "Transcrivez ce texte en entier, ou redonnez-le à la manière de la pratique : « --formules pratique ».",
    )


def _label(first: str) -> str:
    if not first or len(first) > _LONGEST_LABEL or {"«", "»", "(", ")", "\n"} & {*tokens_of(first), *first}:
        return ""
    return f" (« {first} »)"


def _arrivals(noun: str, parts: Sequence[Part]) -> NounPhrase:
    singular = noun_phrase(noun)
    if len(parts) == 1:
        return NounPhrase("", _called(noun, parts[0]), singular.agreement, singular.elides).indefinite
    feminine = singular.agreement.feminine
    count = cardinal(len(parts), feminine=feminine)
    return NounPhrase("", f"{count} {noun}s {_series([one.number for one in parts])}", Agreement(feminine, True), False)
