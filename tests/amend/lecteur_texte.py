"""The text in force as the reader written by hand sees it: what is where, and how it is called.

It shares nothing with the program but tokens, ordinals and printed lines: it is half of the oracle of the test suite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from convgen.amend.texte.forme import Tokens, tokens_of
from convgen.amend.texte.imprime import PrintedLine
from convgen.french.ordinals import ordinal

LATIN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")
STEP = r"(?:\d+|[IVXLCDM]+|[A-Za-z])"
NUM = (
    rf"(?:1er|{STEP})(?: [A-Z]{{1,2}}(?=\.\d))?(?:[.-]{STEP}(?: [A-Z]{{1,2}}(?=\.\d))?)*(?![\w'’])"
    rf"(?: (?:{'|'.join(LATIN)})\b)?"
)
LETTER = r"(?: [A-Z]{1,2}(?= ?(?:$|[.):/°–—]|- )))?"
BETWEEN = r"(?P<sep> ?[:–—] ?| - |$)(?P<title>.*)$"
ANNEXE_HEAD = re.compile(rf"(?P<label>annexe(?: (?P<num>{NUM}{LETTER}(?: [a-zà-ÿ-]{{2,}})?))?){BETWEEN}", re.I)
NOUN_HEAD = re.compile(rf"(?P<label>(?P<noun>[^\W\d_][\w'’-]*) (?P<num>{NUM}{LETTER})[.)/°]*){BETWEEN}")
BARE_HEAD = re.compile(rf"(?P<label>(?P<num>{NUM}{LETTER})[.)/°]+)(?P<sep> ?[:–—] ?| - | |$)(?P<title>.*)$")
DIGIT_HEAD = re.compile(rf"(?P<label>(?P<num>{NUM}{LETTER}))(?P<sep> ?[:–—] ?| - | |$)(?P<title>.*)$")
HEADS = {"zone", "chapitre", "article", "sous-article", "annexe", "point"}
TABLE = {"ligne-titre", "ligne"}
ABOVE = {"titre", "chapitre", "partie", "section", "livre"}


class Refus(ValueError):  # noqa: N818 -- what a reader answers
    """What a jurist cannot carry out."""


@dataclass(frozen=True)
class Head:
    """A heading: « ARTICLE 4 : Durée » is (article, 4, « ARTICLE 4 », « : », Durée)."""

    noun: str = ""
    number: str = ""
    label: str = ""
    sep: str = ""
    title: str = ""


def head(line: PrintedLine) -> Head:
    """A heading read."""
    text = re.sub(r"[\s\u00a0\u202f]+", " ", line.text).strip()
    if line.style == "zone":
        noun, sep, title = text.partition(" – ")
        return Head(noun, "", noun, sep, title)
    patterns = [ANNEXE_HEAD, NOUN_HEAD, BARE_HEAD]
    if text[:1].isdigit():
        patterns.append(DIGIT_HEAD)
    else:
        patterns.append(re.compile(rf"(?P<label>(?P<num>{NUM}))(?P<sep> ?[:–—] ?| - )(?P<title>.*)$"))
    for pattern in patterns:
        found = pattern.match(text)
        if found:
            said = found.groupdict()
            noun = "annexe" if pattern is ANNEXE_HEAD else said.get("noun") or ""
            return Head(noun.casefold(), said["num"] or "", said["label"], said["sep"], said["title"])
    return Head(title=text)


def order(number: str) -> list[tuple[int, str]]:
    """4 < 4-1 < 4-2 < 5 A < 5; 17 < 17 bis < 18; II-1 < III."""
    key: list[tuple[int, str]] = []
    for word in re.findall(r"[^\W\d_]+|\d+", number.replace("1er", "1")):
        if word in LATIN:
            key.append((LATIN.index(word) + 2, "~"))
        elif word.isdigit():
            key.append((int(word), "~"))
        elif key and f" {word}" in number:
            key[-1] = (key[-1][0], f"{word}~")
        else:
            key.append((roman(word) or ord(word[0]), "~"))
    return key


def roman(word: str) -> int:
    """14 for XIV, 0 for what is no figure."""
    worth = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    if not set(word) <= set(worth):
        return 0
    figures = [worth[one] for one in word]
    return sum(-a if a < max(figures[rank:]) else a for rank, a in enumerate(figures))


def below(number: str, old: str, new: str) -> str:
    """4.1 under an article 4 that becomes 5 is 5.1."""
    old, new = re.sub(r"^1er", "1", old), re.sub(r"^1er", "1", new)
    return f"{new}{number[len(old) :]}" if old and number.startswith(f"{old}.") else number


# --- the parts --------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Alinea:
    """A line, or a table with its rows, and what is asked of it."""

    lines: list[PrintedLine]
    edits: list[tuple[int, int, Tokens]] = field(default_factory=list)
    gone: bool = False
    instead: list[PrintedLine] = field(default_factory=list)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    rows_gone: set[int] = field(default_factory=set)
    rows_before: dict[int, list[PrintedLine]] = field(default_factory=dict)
    rows_instead: dict[int, list[PrintedLine]] = field(default_factory=dict)
    spared: set[tuple[int | None, int | None]] = field(default_factory=set)

    @property
    def table(self) -> bool:
        return self.lines[0].style in TABLE

    @property
    def mark(self) -> str:
        line = self.lines[0]
        return f"{line.cells[0]} " if line.style == "item" and line.cells else ""

    @property
    def tokens(self) -> Tokens:
        """Its words; the mark that ends an item is none."""
        found = tokens_of(self.lines[0].text[len(self.mark) :])
        listed = self.lines[0].style in {"item", "suite"}
        return found[:-1] if listed and found and found[-1] in {";", ",", "."} else found

    @property
    def asked(self) -> bool:
        return bool(self.edits or self.gone or self.cells or self.rows_gone or self.rows_before or self.rows_instead)


def alineas(lines: Sequence[PrintedLine]) -> list[Alinea]:
    """The alinéas: the rows of a table are one."""
    found: list[Alinea] = []
    for line in lines:
        last = found[-1].lines[-1].style if found else ""
        if (line.style == "ligne" and last in TABLE) or line.style == last == "ligne-titre":
            found[-1].lines.append(line)
        else:
            found.append(Alinea([line]))
    return found


@dataclass(eq=False)
class Part:
    """A division, a zone, an annexe, or the act; and what is asked of it."""

    line: PrintedLine
    head: Head
    up: Part | None = None
    alineas: list[Alinea] = field(default_factory=list)
    subs: list[Part] = field(default_factory=list)
    file: bool = False
    number: str | None = None
    title: str | None = None
    gone: bool = False
    moved: bool = False
    joined: bool = False
    whole: list[PrintedLine] | None = None
    spared: bool = False
    gaps: dict[int, list[PrintedLine]] = field(default_factory=dict)
    arrivals: dict[int, list[tuple[str, str, list[PrintedLine] | Part]]] = field(default_factory=dict)
    ranks: dict[int, int] = field(default_factory=dict)
    count: int = 0

    def all(self) -> Iterator[Part]:
        yield self
        for one in self.subs:
            yield from one.all()

    @property
    def annexe(self) -> Part | None:
        here: Part | None = self
        while here is not None and here.line.style != "annexe":
            here = here.up
        return here

    @property
    def inside(self) -> bool:
        return bool(self.title is not None or self.joined or self.gaps or any(one.asked for one in self.alineas))

    # --- what is asked ------------------------------------------------------------------------------------------

    def add(self, rank: int, lines: Sequence[PrintedLine]) -> None:
        """Alinéas that come before that rank."""
        if rank in self.gaps:
            raise Refus("deux ajouts au même endroit")
        self.gaps[rank] = [*lines]

    def replace(self, start: int, end: int, lines: Sequence[PrintedLine]) -> None:
        """Alinéas replaced, or removed."""
        for one in self.alineas[start:end]:
            if one.asked:
                raise Refus("un alinéa est pris deux fois")
            one.gone = True
        self.alineas[start].instead = [*lines]

    def arrive(self, place: int, style: str, number: str, what: list[PrintedLine] | Part) -> None:
        self.arrivals.setdefault(place, []).append((style, number, what))


def text_in_force(lines: Sequence[PrintedLine]) -> Part:
    """The parts of a printed act."""
    root = Part(PrintedLine("acte", ""), Head())
    here, own = root, list[PrintedLine]()

    def settle() -> None:
        here.file = any(one.style == "fichier" for one in own)
        here.alineas = alineas([one for one in own if one.style != "fichier"])
        own.clear()

    for line in lines:
        if line.style not in HEADS:
            own.append(line)
            continue
        settle()
        while here.up is not None and not takes(here.line, line):
            here = here.up
        here.subs.append(Part(line, head(line), here))
        here = here.subs[-1]
    settle()
    return root


def takes(holder: PrintedLine, line: PrintedLine) -> bool:
    """Whether a heading stands below another."""
    if line.style in {"zone", "annexe"}:
        return False
    if line.style == "point" or holder.style == "annexe":
        return line.style == "point" and (holder.style == "annexe" or holder.level < line.level)
    if holder.style == "zone":
        return line.style == "sous-article"
    return depth(holder) < depth(line)


def depth(line: PrintedLine) -> int:
    return 0 if line.style == "chapitre" else max(1, line.level)


# --- places -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Spot:
    """A part, some of its alinéas, rows of a table, a column, or its title."""

    part: Part
    start: int | None = None
    end: int = 0
    rows: tuple[int, int] | None = None
    column: int | None = None
    title: bool = False
    becomes: str = ""

    @property
    def alinea(self) -> Alinea:
        if self.start is None:
            raise Refus("un alinéa est attendu")
        return self.part.alineas[self.start]


ORDINALS = {ordinal(rank, feminine): rank - 1 for rank in range(1, 400) for feminine in (False, True)}


def rank(word: str, count: int) -> int:
    """« second » is said of two, « unique » of one, « dernier » of three or more."""
    if word in {"unique", "second", "seconde", "dernier", "dernière"}:
        fits = {"u": count == 1, "s": count == 2, "d": count > 2}[word[0]]
        if not fits:
            raise Refus(f"« {word} » sur {count}")
        return count - 1
    if ORDINALS.get(word, count) >= count:
        raise Refus(f"pas de « {word} » sur {count}")
    return ORDINALS[word]


def ranks(words: str, count: int) -> list[int]:
    """« deuxième à dernier », « premier, deuxième et vingt et unième »: the ranks, in order."""
    if is_rank(words):
        return [rank(words, count)]
    last = re.fullmatch("(deux|trois|quatre|cinq) derni(?:ers|ères)", words)
    if last:
        some = ("deux", "trois", "quatre", "cinq").index(last[1]) + 2
        if some >= count:
            raise Refus(f"« {words} » sur {count}")
        return [*range(count - some, count)]
    for joint in (" à ", " et "):
        for cut in [one.start() for one in re.finditer(joint, words)]:
            left, right = words[:cut], words[cut + len(joint) :]
            pieces = [left] if joint == " à " else left.split(", ")
            if is_rank(right) and all(map(is_rank, pieces)):
                found = [rank(one, count) for one in (*pieces, right)]
                if sorted(set(found)) != found:
                    raise Refus(f"« {words} » n'est pas dans l'ordre")
                return [*range(found[0], found[1] + 1)] if joint == " à " else found
    raise Refus(f"« {words} » n'est pas un rang")


def is_rank(word: str) -> bool:
    return word in ORDINALS or word in {"unique", "second", "seconde", "dernier", "dernière"}


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ranks that follow one another, together."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
