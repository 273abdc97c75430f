"""Names of places found on the base: « au deuxième alinéa de l'article 4 », « les articles 5 à 8 ».

Everything is counted on the base. A name that fits nothing, or two things, is refused: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from convgen.amend.lire.base import Div, Unit
from convgen.amend.numeros.motifs import SERIES_NUMBER
from convgen.amend.recueils.patrons import QUOTED
from convgen.amend.texte.forme import tokens_of
from convgen.amend.texte.imprime import ANNEXE, CHAPTER, ZONE
from convgen.french.numbers import NumberError, parse_cardinal
from convgen.french.ordinals import ordinal

#: Beyond, a division is replaced rather than amended (R16).
MOST_ALINEAS: Final = 399

_PREPOSITION: Final = re.compile(
    r"^(?:à la |à l'|au |aux |dans (?:les |le |la |l')|du |de la |de l'|des |l'actuel(?:le)? |les actuel(?:le)?s "
    r"|les |le |la |l')"
)
_NEXT: Final = re.compile(
    r"(?:, | et )(?=(?:à la |à l'|au |aux |dans (?:les |le |la |l')|du |de la |de l'|les |le |la |l'))"
)
_BECOMES: Final = re.compile(r", qui (?:devient|deviennent) (?:les |le |la |l')([a-zàéèêû -]+)$")
_OF: Final = r"(?: (?:du|de la|de l'|des)\s?(?P<owner>.+))?"
_ALINEAS: Final = re.compile(rf"^(?P<ranks>[a-zàéèêû, -]+) alinéas?{_OF}$")
_ROWS: Final = re.compile(rf"^(?P<ranks>[a-zàéèêû, -]+) lignes?(?: \((?P<label>{QUOTED})\))?{_OF}$")
_TABLE: Final = re.compile(rf"^(?:(?P<ranks>[a-zéèêû -]+) )?tableau{_OF}$")
_TITLE: Final = re.compile(rf"^intitulé{_OF}$")
_UNKNOWN: Final = ("(", "...", ")")
_LAST_ONES: Final = re.compile(r"^([a-zé -]+) derniers$")
_COLUMN: Final = re.compile(r", dans la ([a-zéèêû -]+) colonne$")
_COLUMN_OF: Final = re.compile(r"^([a-zéèêû -]+) colonne (?:de la |des )(.+)$")
_ANNEXED: Final = re.compile(rf"^(?P<name>.+?) de l'annexe(?: (?P<number>{SERIES_NUMBER})| (?P<title>{QUOTED}))?$")
_NUMBERED: Final = re.compile(
    rf"^(?P<noun>.+?) (?P<numbers>{SERIES_NUMBER}(?:(?:, {SERIES_NUMBER})*(?: et| à) {SERIES_NUMBER})?)$"
)
_NAMED: Final = re.compile(rf"^(?P<noun>.+?) (?P<title>{QUOTED})$")
PRONOUN: Final = re.compile(r"^(?:ils?|elles?)$")
#: What a level above the articles may be called when its headings do not say it (« I – Aide »).
_ABOVE_ARTICLES: Final = frozenset({"titre", "chapitre", "partie", "section", "livre"})
_AMENDED: Final = frozenset({"convention", "contrat", "protocole", "accord", "charte", "acte"})


class Unread(Exception):  # noqa: N818 -- caught by the reader, which says where
    """What a sentence names is not in the base, or is there twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A place of the base.

    Attributes:
        div: The division.
        start: The first alinéa, from 0; None for the division itself.
        end: After the last one.
        rows: The rows of the table that is that alinéa.
        column: The column, from 0.
        title: Whether the title is meant.
        becomes: The rank that the alinéa is said to take, "" when it is not said.
    """

    div: Div
    start: int | None = None
    end: int | None = None
    rows: tuple[int, int] | None = None
    column: int | None = None
    title: bool = False
    becomes: str = ""

    @property
    def unit(self) -> Unit:
        """The alinéa."""
        if self.start is None:
            raise Unread("il manque un alinéa")
        return self.div.units[self.start]


@lru_cache(maxsize=2)
def _ranks(feminine: bool) -> dict[str, int]:
    return {ordinal(rank, feminine): rank - 1 for rank in range(1, MOST_ALINEAS + 1)}


def rank_of(word: str, count: int) -> int:
    """The place from 0 of « deuxième », « second » (of two), « dernier » (of three or more), « unique » (of one).

    Raises:
        Unread: There is no such place among `count`.
    """
    fixed = {"unique": (1, 0), "second": (2, 1), "seconde": (2, 1)}
    if word in fixed:
        wanted, place = fixed[word]
        if count != wanted:
            raise Unread(f"« {word} » est dit de {count}")
        return place
    if word in {"dernier", "dernière"}:
        if count < 3:
            raise Unread(f"« {word} » est dit de {count}")
        return count - 1
    place = _ranks(False).get(word, _ranks(True).get(word, -1))
    if not 0 <= place < count:
        raise Unread(f"il n'y a pas de « {word} » sur {count}")
    return place


def ranks_of(words: str, count: int) -> list[tuple[int, int]]:
    """Runs of places: « deuxième », « deuxième à dernier », « premier, deuxième et quatrième »."""
    for first, last in _splits(words, " à "):
        low, high = _maybe(first, count), _maybe(last, count)
        if low is not None and high is not None and low < high:
            return [(low, high + 1)]
    last_ones = _LAST_ONES.match(words)
    if last_ones:
        return [(_before_last(last_ones[1], count), count)]
    single = _maybe(words, count)
    if single is not None:
        return [(single, single + 1)]
    places = _listed(words, count)
    if not places or sorted(set(places)) != places:
        rank_of(words, count)
        raise Unread(f"« {words} » n'est pas un rang")
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _runs_of(words: str, owner: Div) -> list[tuple[int, int]]:
    """The alinéas of these ranks; « dernier » is said of two when the first one stands for text that is not known."""
    count = len(owner.units)
    if (words, count) == ("dernier", 2) and tokens_of(owner.units[0].lines[0].text) == _UNKNOWN:
        return [(1, 2)]
    return ranks_of(words, count)


def _before_last(number: str, count: int) -> int:
    """Where « les deux derniers » begin."""
    try:
        many = parse_cardinal(number)
    except NumberError:
        raise Unread(f"« {number} » n'est pas un nombre") from None
    if not 1 < many <= count:
        raise Unread(f"il n'y a pas {number} alinéas")
    return count - many


def _listed(words: str, count: int) -> list[int]:
    """« premier, deuxième et vingt et unième »: the last « et » is not always the one that joins."""
    for before, after in reversed(_splits(words, " et ")):
        last = _maybe(after, count)
        if last is None:
            continue
        firsts = [_maybe(one, count) for one in before.split(", ")]
        if all(one is not None for one in firsts):
            return [*(one for one in firsts if one is not None), last]
    return []


def _maybe(word: str, count: int) -> int | None:
    try:
        return rank_of(word, count)
    except Unread:
        return None


def _splits(text: str, separator: str) -> list[tuple[str, str]]:
    places = [found.start() for found in re.finditer(re.escape(separator), text)]
    return [(text[:place], text[place + len(separator) :]) for place in places]


# --- designations -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finder:
    """What finds places on the base.

    Attributes:
        root: The base.
        quoted: The quotations of a piece of the sentence being read.
        context: The division that a group speaks of.
    """

    root: Div
    quoted: Callable[[str], list[str]]
    context: Div | None = None

    def places(self, text: str) -> list[Target]:
        """Every place of a list: « à l'article 3.1 et au premier alinéa de l'article 3.2 »."""
        return [target for one in _NEXT.split(text) for target in self.targets(one)]

    def targets(self, text: str) -> list[Target]:
        """The places of one name: several alinéas, several divisions."""
        text = text.strip().removesuffix(",")
        if PRONOUN.match(text):
            return [Target(self._context())]
        column = _COLUMN.search(text)
        becomes = _BECOMES.search(text)
        cut = min([one.start() for one in (column, becomes) if one is not None], default=len(text))
        core = _PREPOSITION.sub("", text[:cut])
        found = _TITLE.match(core)
        if found:
            return [Target(self._owner(found["owner"]), title=True)]
        of_row = _COLUMN_OF.match(core)
        rank = of_row[1] if of_row else column[1] if column else ""
        found = _ROWS.match(of_row[2] if of_row else core)
        if found:
            return self._rows(found, rank)
        found = _ALINEAS.match(core)
        if found:
            owner = self._owner(found["owner"])
            word = becomes[1] if becomes else ""
            runs = _runs_of(found["ranks"], owner)
            return [Target(owner, start, end, becomes=word) for start, end in runs]
        found = _TABLE.match(core)
        if found:
            return [self._table(found["ranks"] or "", found["owner"])]
        return [Target(one) for one in self.divisions(core)]

    def one(self, text: str) -> Target:
        """The only place of a name."""
        found = self.targets(text)
        if len(found) != 1:
            raise Unread(f"« {text} » ne désigne pas un seul endroit")
        return found[0]

    def division(self, text: str) -> Div:
        """The division of a name."""
        found = self.one(text)
        if found.start is not None or found.title:
            raise Unread(f"« {text} » n'est pas une division")
        return found.div

    def words_place(self, text: str) -> list[Target]:
        """Alinéas where words change; a division stands for its only alinéa."""
        found = self.places(text) if text else [Target(self._context())]
        return [alinea for one in found for alinea in self._single(one)]

    @staticmethod
    def _single(found: Target) -> list[Target]:
        if found.start is not None and found.end is not None:
            return [
                Target(found.div, place, place + 1, found.rows, found.column, becomes=found.becomes)
                for place in range(found.start, found.end)
            ]
        if found.title:
            return [found]
        if len(found.div.units) != 1 or found.div.children:
            raise Unread(f"« {name_of(found.div)} » n'a pas un seul alinéa")
        return [Target(found.div, 0, 1)]

    def _rows(self, found: re.Match[str], column: str) -> list[Target]:
        owner = found["owner"] or ""
        core = _TABLE.match(_PREPOSITION.sub("", owner)) if owner else None
        if owner and core is None:
            raise Unread(f"« {owner} » n'est pas un tableau")
        table = self._table(core["ranks"] or "" if core else "", core["owner"] if core else None)
        rows = table.unit.lines
        targets = []
        for start, end in ranks_of(found["ranks"], len(rows)):
            if found["label"] and tokens_of(self.quoted(found["label"])[0]) != tokens_of(rows[start].cells[0]):
                raise Unread("la ligne citée n'est pas à ce rang")
            rank = rank_of(column, len(rows[start].cells)) if column else None
            targets.append(Target(table.div, table.start, table.end, (start, end), rank))
        return targets

    def _table(self, ranks: str, owner: str | None) -> Target:
        holder = self._owner(owner)
        tables = [place for place, unit in enumerate(holder.units) if unit.is_table]
        if not ranks and len(tables) != 1:
            raise Unread(f"« {name_of(holder)} » n'a pas un seul tableau")
        place = tables[rank_of(ranks, len(tables))] if ranks else tables[0]
        return Target(holder, place, place + 1)

    def _context(self) -> Div:
        if self.context is None:
            raise Unread("la phrase ne dit pas de quoi elle parle")
        return self.context

    def _owner(self, text: str | None) -> Div:
        if not text:
            return self._context()
        found = self.divisions(_PREPOSITION.sub("", text))
        if len(found) != 1:
            raise Unread(f"« {text} » n'est pas une seule division")
        return found[0]

    # --- divisions ------------------------------------------------------------------------------------------------

    def divisions(self, name: str) -> list[Div]:
        """« article 4 », « articles 5 à 8 », « point 3 de l'annexe 2 », « désignation des parties », « convention »."""
        zones = [one for one in self.root.children if one.style == ZONE and tokens_of(one.text.noun) == tokens_of(name)]
        if zones:
            return [_only(zones, name)]
        if name in _AMENDED:
            return [self.root]
        inside = _ANNEXED.match(name)
        if inside:
            holder = self._annexe(inside["number"], inside["title"])
            return self._in(inside["name"], [one for one in holder.walk() if one is not holder])
        return self._in(name, _body(self.root))

    def _annexe(self, number: str | None, title: str | None) -> Div:
        annexes = [one for one in self.root.children if one.style == ANNEXE]
        if number:
            return _only([one for one in annexes if one.number == number], f"annexe {number}")
        if title:
            words = tokens_of(self.quoted(title)[0])
            return _only([one for one in annexes if tokens_of(one.text.title) == words], "annexe")
        return _only([one for one in annexes if not one.number], "annexe")

    def _in(self, name: str, among: Sequence[Div]) -> list[Div]:
        numbered = _NUMBERED.match(name)
        if numbered:
            return self._numbered(numbered["noun"], numbered["numbers"], among)
        titled = _NAMED.match(name)
        if titled:
            words = tokens_of(self.quoted(titled["title"])[0])
            found = [one for one in among if not one.number and tokens_of(one.text.title) == words]
            return [_only(found, name)]
        return [_only([one for one in among if one.style == ANNEXE and name == "annexe" and not one.number], name)]

    def _numbered(self, noun: str, numbers: str, among: Sequence[Div]) -> list[Div]:
        single = [one for one in among if one.number == numbers and _called(one, noun)]
        if single:
            return [_only(single, f"{noun} {numbers}")]
        for first, last in _splits(numbers, " à "):
            start, end = self._numbered(noun, first, among)[0], self._numbered(noun, last, among)[0]
            return _between(start, end)
        return [div for one in re.split(", | et ", numbers) for div in self._one_number(noun, one, numbers, among)]

    def _one_number(self, noun: str, number: str, numbers: str, among: Sequence[Div]) -> list[Div]:
        if number == numbers:
            raise Unread(f"le texte en vigueur n'a pas de {noun} {number}")
        return self._numbered(noun, number, among)


def _body(root: Div) -> list[Div]:
    """The divisions that are named without more: all but those inside an annexe."""
    return [div for top in root.children for div in ([top] if top.style == ANNEXE else top.walk())]


def _called(div: Div, noun: str) -> bool:
    """Whether a division may be called that: by the noun of its label, else as what its level is called."""
    own = div.text.noun
    singular = noun if own == noun else noun.removesuffix("s").removesuffix("x")
    if own:
        return own in {noun, singular}
    return div.style != ANNEXE and (div.style == CHAPTER) == (singular in _ABOVE_ARTICLES)


def _only(found: Sequence[Div], name: str) -> Div:
    if len(found) != 1:
        many = "plusieurs fois" if found else "pas"
        raise Unread(f"le texte en vigueur n'a {many} « {name} »")
    return found[0]


def _between(start: Div, end: Div) -> list[Div]:
    """The divisions of one parent from one to another."""
    parent = start.parent
    siblings = parent.children if parent is not None else []
    if end.parent is not parent or siblings.index(start) >= siblings.index(end):
        raise Unread(f"de « {name_of(start)} » à « {name_of(end)} »: ce n'est pas une suite")
    return siblings[siblings.index(start) : siblings.index(end) + 1]


def name_of(div: Div) -> str:
    """How messages call a division: its printed heading."""
    return div.heading.text or "l'acte"
