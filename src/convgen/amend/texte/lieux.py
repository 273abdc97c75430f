"""Where a change takes place: an address by identifiers, and its name in French counted on the base.

Ranks are written in full letters and counted as the circular of 20 October 2000 (NOR PRMX0004462C) counts alinéas:
every line that begins, a table being one. Guide de légistique, 4th edition, sheets 3.2.2 and 3.4.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from convgen.amend.texte.arbre import Part, Path, TableAlinea, parts_of
from convgen.french.grammar import (
    FEMININE_SINGULAR,
    MASCULINE_SINGULAR,
    Agreement,
    NounPhrase,
    capitalise,
    contract,
)
from convgen.french.ordinals import ordinal

_FEMININE_NOUNS = frozenset({"annexe", "partie", "section", "désignation", "fiche"})


@dataclass(frozen=True, slots=True)
class Place:
    """An address in the base.

    Attributes:
        division: Identifiers from the act downwards; () is the act.
        alinea: The rank of one of the part's own alinéas, from 0; None for the part itself (its title, for words).
        row: The rank of a row of that table, from 0, heading rows included.
        column: The rank of a cell in that row, from 0.
        words: Tokens of that alinéa, from one to another; (k, k) is the gap before token k.
    """

    division: Path
    alinea: int | None = None
    row: int | None = None
    column: int | None = None
    words: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Designation:
    """The name of a place: « l'article 4 », « le deuxième alinéa de l'article 4 », « le titre de la convention »."""

    phrase: NounPhrase
    preposition: str = "à"

    @property
    def le(self) -> str:
        """« le deuxième alinéa de l'article 4 »."""
        return str(self.phrase)

    @property
    def du(self) -> str:
        """« du deuxième alinéa de l'article 4 »."""
        return contract("de", self.phrase)

    @property
    def au(self) -> str:
        """« au deuxième alinéa de l'article 4 », « dans le titre de la convention »."""
        return contract("à", self.phrase) if self.preposition == "à" else f"dans {self.phrase}"

    @property
    def capital(self) -> str:
        """« Au deuxième alinéa de l'article 4 »."""
        return capitalise(self.au)


@dataclass(frozen=True, slots=True)
class Index:
    """The parts of a base by path."""

    parts: Mapping[Path, Part]

    def chain(self, path: Path) -> list[Part]:
        """The parts from the act down to this one."""
        return [self.parts[path[:size]] for size in range(len(path) + 1)]


def index_of(base: Part) -> Index:
    """The index of a base."""
    return Index(dict(parts_of(base)))


def rank_word(rank: int, count: int, feminine: bool = False) -> str:
    """« unique », « second » (of two), « dernier » (of three or more), « deuxième »; `rank` counts from 0."""
    if count == 1:
        return "unique"
    if rank == count - 1:
        masculine, feminine_word = ("second", "seconde") if count == 2 else ("dernier", "dernière")
        return feminine_word if feminine else masculine
    return ordinal(rank + 1, feminine)


def designate_part(index: Index, path: Path) -> Designation:
    """The name of a part: « l'article 4.1 », « le point 3 de l'annexe 2 », « la désignation des parties »."""
    chain = index.chain(path)
    part = chain[-1]
    if part.kind == "acte":
        return Designation(_phrase(part.noun or "acte", part.noun == "convention"), "dans")
    if part.kind == "zone":
        return Designation(_phrase(part.noun, part.noun.split()[0] in _FEMININE_NOUNS), "dans")
    noun = next((one.noun for one in reversed(chain) if one.kind == part.kind and one.noun), "division")
    name = f"{noun} {part.number}" if part.number else noun
    if not part.number and part.title.text:
        name = f"{noun} « {part.title.text} »"
    annexe = next((one for one in chain[1:-1] if one.kind == "annexe"), None)
    if annexe is not None:
        name += f" de l'annexe {annexe.number}".rstrip()
    return Designation(_phrase(name, noun in _FEMININE_NOUNS))


def _phrase(name: str, feminine: bool, plural: bool = False) -> NounPhrase:
    agreement = Agreement(feminine, plural)
    return NounPhrase("les" if plural else "la" if feminine else "le", name, agreement)


def designate_lines(index: Index, path: Path, start: int, end: int) -> Designation:
    """« le deuxième alinéa de l'article 4 », « les deuxième à cinquième alinéas de l'article 4 », tables by name."""
    part = index.parts[path]
    owner = designate_part(index, path).du
    count = len(part.lines)
    if end - start == 1:
        if isinstance(part.lines[start], TableAlinea):
            return Designation(_table_phrase(part, start, owner))
        return Designation(_phrase(f"{rank_word(start, count)} alinéa {owner}", False))
    first, last = ordinal(start + 1), rank_word(end - 1, count)
    between = "et" if end - start == 2 else "à"
    return Designation(_phrase(f"{first} {between} {last} alinéas {owner}", False, plural=True))


def _table_phrase(part: Part, rank: int, owner: str) -> NounPhrase:
    tables = [place for place, line in enumerate(part.lines) if isinstance(line, TableAlinea)]
    which = "" if len(tables) == 1 else f"{rank_word(tables.index(rank), len(tables))} "
    return NounPhrase("le", f"{which}tableau {owner}", MASCULINE_SINGULAR)


def designate_words(index: Index, path: Path, rank: int | None) -> Designation:
    """Where words stand: the alinéa, or the part itself when it is its only one; its title for None."""
    part = index.parts[path]
    if rank is None:
        return Designation(_phrase(f"intitulé {designate_part(index, path).du}", False))
    if len(part.lines) == 1 and not part.children:
        return designate_part(index, path)
    return designate_lines(index, path, rank, rank + 1)


def designate_rows(index: Index, path: Path, rank: int, start: int, end: int) -> Designation:
    """« la troisième ligne (« Solde ») du tableau de l'article 4.2 », « les deuxième et troisième lignes du… »."""
    part = index.parts[path]
    line = part.lines[rank]
    count = len(line.rows) if isinstance(line, TableAlinea) else 1
    owner = contract("de", _table_phrase(part, rank, designate_part(index, path).du))
    if end - start == 1:
        label = line.rows[start].first if isinstance(line, TableAlinea) else ""
        check = f" (« {label} »)" if label else ""
        return Designation(NounPhrase("la", f"{rank_word(start, count, True)} ligne{check} {owner}", FEMININE_SINGULAR))
    first, last = ordinal(start + 1, feminine=True), rank_word(end - 1, count, True)
    between = "et" if end - start == 2 else "à"
    return Designation(_phrase(f"{first} {between} {last} lignes {owner}", True, plural=True))


def line_gap(index: Index, path: Path, rank: int) -> str:
    """Where alinéas arrive: « après le deuxième alinéa de l'article 4 », « au début de », « à la fin de »."""
    part = index.parts[path]
    if not part.lines or (rank == len(part.lines) and not part.children):
        return f"à la fin {designate_part(index, path).du}"
    if rank == 0:
        return f"au début {designate_part(index, path).du}"
    return f"après {designate_lines(index, path, rank - 1, rank).le}"


def row_gap(index: Index, path: Path, rank: int, row: int) -> str:
    """Where rows arrive: « après la deuxième ligne (« Acompte ») du tableau de l'article 3.2 »."""
    if row == 0:
        return f"au début {contract('de', _table_phrase(index.parts[path], rank, designate_part(index, path).du))}"
    return f"après {designate_rows(index, path, rank, row - 1, row).le}"


def part_gap(index: Index, parent: Path, after: str) -> str:
    """Where parts arrive: « après l'article 3 », « au début de l'article 4 »."""
    if after:
        return f"après {designate_part(index, (*parent, after)).le}"
    owner = index.parts[parent]
    if owner.children:
        return f"avant {designate_part(index, (*parent, owner.children[0].id)).le}"
    return f"à la fin {designate_part(index, parent).du}"
