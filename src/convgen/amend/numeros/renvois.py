"""References that an avenant makes false: to a division that is gone, to an alinéa whose rank changes.

A reference typed as such follows its target; one typed by hand (« l'article 5 », « le troisième alinéa de
l'article 3.2 », « l'alinéa précédent ») follows nothing: the sentence to write is given. Only the lines that stay are
read: what the avenant writes is written for the new text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from convgen.acte.nodes import Acte, Reference, Text
from convgen.acte.references import targets_of
from convgen.amend.numeros.numeros import LATIN, stem
from convgen.amend.texte.aligner import Alignment, align_lines, align_parts
from convgen.amend.texte.arbre import Alinea, Line, Part, Path, alineas_in
from convgen.amend.texte.inlines import leaves
from convgen.amend.texte.lieux import Index, designate_lines, designate_words, index_of, rank_word
from convgen.errors import Diagnostic, Severity
from convgen.french.grammar import capitalise
from convgen.french.ordinals import ordinal

_MOST: Final = 60
_MAY_REFER: Final = re.compile(r"article|annexe|alinéa|ci-de|présent", re.I)
_THE: Final = {"": "le", "de": "du", "à": "au"}
_GONE: Final = {"annexe": "désigne une annexe abrogée", "division": "désigne un article abrogé"}
_OTHER: Final = {"annexe": "ne désigne plus la même annexe", "division": "ne désigne plus le même article"}
_NUMBER: Final = rf"\d+(?:er)?(?:[.-]\d+)*(?:\s(?:{'|'.join(LATIN)})\b)?(?:\s(?-i:[A-Z])\b(?!['’]))?"
_LAW: Final = re.compile(
    r"\s*(?:de|du|des)\s+(?:la\s+|l['’]|ce\s+|cette\s+|présente?\s+)?(?:loi|code|décret|ordonnance|arrêté|règlement|"
    r"directive|constitution|circulaire|délibération|livre|traité|(?-i:[A-Z]{2,}))",  # RGPD, CGCT…
    re.I,
)
_DIVISIONS: Final = re.compile(
    rf"\b(?:[ld]['’])?(?P<noun>article|annexe)s?\s(?P<list>{_NUMBER}(?:(?:,\s|\set\s|\sà\s){_NUMBER})*)", re.I
)
_NEIGHBOURS: Final = re.compile(
    r"\b(?P<of>de\s|à\s)?l['’]alinéa\s(?P<side>précédent|suivant)|\b(?:alinéas?|liste|tableau|paragraphe)\sci-(?P<where>dessus|dessous)",
    re.I,
)
_PRESENT: Final = re.compile(r"\b(?:le|du|au)\sprésent\s(?P<noun>article|point|chapitre|titre)\b", re.I)


@cache
def _ranks() -> dict[str, int]:
    """The rank, from 0, that each ordinal says; -1 for the last."""
    words = {ordinal(n): n - 1 for n in range(1, _MOST + 1)}
    return {**words, "second": 1, "unique": 0, "dernier": -1}


@cache
def _alineas() -> re.Pattern[str]:
    words = "|".join(sorted(_ranks(), key=len, reverse=True))
    of = rf"\s(?:de\sl['’]article\s(?P<number>{_NUMBER})|(?P<here>du\sprésent\sarticle))"
    return re.compile(rf"\b(?P<rank>{words})\salinéa\b(?:{of}|(?!\s(?:de|du|des)\b))", re.I)


def references_to_review(base: Part, new: Part, acte: Acte) -> tuple[Diagnostic, ...]:
    """What a new version must say otherwise since divisions and alinéas come and go.

    Args:
        base: The amendable tree of the text in force.
        new: That of the new version, with its final numbers.
        acte: The new version.

    Returns:
        Errors: AVE-08, a reference to a division that is gone. Warnings: AVE-08, a reference typed by hand that has
        become false, with the sentence to write.
    """
    found = align_parts(base, new)
    return (*_dangling(new, acte), *_Review(index_of(base), index_of(new), found).run())


def _dangling(new: Part, acte: Acte) -> Iterator[Diagnostic]:
    targets, index = targets_of(acte), index_of(new)
    for path, part in index.parts.items():
        for rank, line in enumerate(part.lines):
            for node in _references(line):
                if targets.find(node.target) is None:
                    where = designate_lines(index, path, rank, rank + 1).le
                    yield Diagnostic(
                        "AVE-08",
                        f"{where} renvoie à « {node.target} », qui est abrogé",
                        remedy="Supprimez ce renvoi, ou faites-le vers une division en vigueur.",
                    )


def _references(line: Line) -> Iterator[Reference]:
    for one in alineas_in((line,)):
        yield from (node for _, node in leaves(one.inlines) if isinstance(node, Reference))


@dataclass(frozen=True, slots=True)
class _Said:
    """Some words of a line that stays, and where it stands in both versions."""

    old: Path
    new: Path
    before: int
    after: int
    line: Alinea
    match: re.Match[str]


@dataclass(slots=True)
class _Review:
    base: Index
    new: Index
    found: Alignment

    def run(self) -> Iterator[Diagnostic]:
        by_number = {
            (part.kind, _plain(part.number)): path
            for path, part in self.base.parts.items()
            if part.number and (part.kind == "annexe" or not self._in_annexe(path))
        }
        for path, part in self.new.parts.items():
            old = self.found.old_of.get(path)
            if old is None:
                continue
            lines = self.base.parts[old].lines
            pairs = dict(align_lines(lines, part.lines))
            for before, after in pairs.items():
                was, line = lines[before], part.lines[after]
                if isinstance(was, Alinea) and isinstance(line, Alinea):
                    yield from self._line(old, path, (before, after), (was, line), pairs, by_number)

    def _in_annexe(self, path: Path) -> bool:
        return any(self.base.parts[path[:size]].kind == "annexe" for size in range(1, len(path)))

    def _line(
        self,
        old: Path,
        path: Path,
        ranks: tuple[int, int],
        lines: tuple[Alinea, Alinea],
        pairs: Mapping[int, int],
        by_number: Mapping[tuple[str, str], Path],
    ) -> Iterator[Diagnostic]:
        was, line = lines
        if not _MAY_REFER.search(line.text):
            return
        typed = _typed(line)
        taken: list[tuple[int, int]] = []
        for match in _alineas().finditer(typed):
            if match[0] in was.text:
                said = _Said(old, path, *ranks, line, match)
                taken.append(match.span())
                yield from self._alinea(said, by_number)
        for match in _DIVISIONS.finditer(typed):
            inside = any(start <= match.start() < end for start, end in taken)
            if match[0] in was.text and not inside and not _LAW.match(typed, match.end()):
                yield from self._division(_Said(old, path, *ranks, line, match), by_number)
        for match in _NEIGHBOURS.finditer(typed):
            if match[0] in was.text:
                yield from self._neighbour(_Said(old, path, *ranks, line, match), pairs)
        for match in _PRESENT.finditer(typed):
            if match[0] in was.text:
                yield from self._present(_Said(old, path, *ranks, line, match))

    # --- « le troisième alinéa de l'article 3.2 » ---------------------------------------------------------------

    def _alinea(self, said: _Said, by_number: Mapping[tuple[str, str], Path]) -> Iterator[Diagnostic]:
        target = self._owner(said, by_number)
        if target is None:
            return
        new = self.found.new_of.get(target)
        if new is None:
            yield self._warning(said, "désigne un alinéa d'un article abrogé")
            return
        olds, news = self.base.parts[target].lines, self.new.parts[new].lines
        rank = _ranks()[said.match["rank"].lower()]
        rank = len(olds) - 1 if rank < 0 else rank
        if rank >= len(olds):
            return
        now = dict(align_lines(olds, news)).get(rank)
        number = said.match["number"]
        fresh = self.new.parts[new].number
        if now is None:
            yield self._warning(said, "désigne un alinéa supprimé ou remplacé", check=True)
            return
        words = said.match[0]
        if not _says(said.match["rank"].lower(), now, len(news)):
            words = words.replace(said.match["rank"], _word(now, len(news)), 1)
        if number and fresh != number:
            words = words.replace(number, fresh)
        if words != said.match[0]:
            yield self._warning(said, "ne désigne plus le même alinéa", words)

    def _owner(self, said: _Said, by_number: Mapping[tuple[str, str], Path]) -> Path | None:
        """The division of the text in force whose alinéa is meant."""
        if said.match["number"]:
            return by_number.get(("division", _plain(said.match["number"])))
        if not said.match["here"]:
            return said.old
        sizes = range(len(said.old), 0, -1)
        parts = ((said.old[:size], self.base.parts[said.old[:size]]) for size in sizes)
        return next((path for path, part in parts if part.kind == "division" and part.level <= 1), said.old)

    # --- « l'article 5 » ------------------------------------------------------------------------------------------

    def _division(self, said: _Said, by_number: Mapping[tuple[str, str], Path]) -> Iterator[Diagnostic]:
        kind = "annexe" if said.match["noun"].lower() == "annexe" else "division"
        words, gone = said.match["list"], False
        fresh: dict[str, str] = {}
        for number in re.findall(_NUMBER, words):
            target = by_number.get((kind, _plain(number)))
            if target is None:
                continue
            new = self.found.new_of.get(target)
            gone = gone or new is None
            fresh[number] = number if new is None else self.new.parts[new].number or number
        if gone:
            yield self._warning(said, _GONE[kind])
        elif any(number != other for number, other in fresh.items()):
            renumbered = re.sub(_NUMBER, lambda one: fresh.get(one[0], one[0]), words)
            yield self._warning(said, _OTHER[kind], said.match[0].replace(words, renumbered))

    # --- « l'alinéa précédent », « le présent article » ---------------------------------------------------------------

    def _neighbour(self, said: _Said, pairs: Mapping[int, int]) -> Iterator[Diagnostic]:
        before = (said.match["side"] or said.match["where"]).lower() in ("précédent", "dessus")
        step = -1 if before else 1
        neighbour = said.before + step
        count = len(self.base.parts[said.old].lines)
        if 0 <= neighbour < count and pairs.get(neighbour) == said.after + step:
            return
        if not 0 <= neighbour < count and not 0 <= said.after + step < len(self.new.parts[said.new].lines):
            return
        now = pairs.get(neighbour)
        if now is None or not said.match["side"]:
            yield self._warning(said, "ne vise plus le même voisin", check=True)
            return
        the = _THE[(said.match["of"] or "").strip().lower()]
        words = f"{the} {_word(now, len(self.new.parts[said.new].lines))} alinéa"
        capital = said.match[0][0].isupper()
        yield self._warning(said, "ne vise plus le même voisin", capitalise(words) if capital else words)

    def _present(self, said: _Said) -> Iterator[Diagnostic]:
        noun = said.match["noun"].lower()
        if noun == "point" or len(said.old) < 2:
            return
        level = 1 if noun == "article" else 0
        was, now = self._holder(self.base, said.old, level), self._holder(self.new, said.new, level)
        if was is not None and now is not None and self.found.new_of.get(was) != now:
            yield self._warning(said, "ne désigne plus la même division")

    @staticmethod
    def _holder(index: Index, path: Path, level: int) -> Path | None:
        for size in range(len(path), 0, -1):
            part = index.parts[path[:size]]
            if part.kind == "division" and part.level == level:
                return path[:size]
        return None

    # --- what is said ------------------------------------------------------------------------------------------

    def _warning(self, said: _Said, why: str, words: str = "", *, check: bool = False) -> Diagnostic:
        where = designate_words(self.new, said.new, said.after).au
        printed = said.line.text[slice(*said.match.span())]
        if words:
            remedy = f"Écrivez : « {_sentence(said.line.text, said.match.span(), words)} »"
        elif check:
            remedy = "Dites dans la nouvelle version quel alinéa est visé, par son rang et son article."
        else:
            remedy = "Récrivez ce passage dans la nouvelle version."
        return Diagnostic("AVE-08", f"{where}, « {printed} » {why}", remedy=remedy, severity=Severity.WARNING)


def _typed(line: Alinea) -> str:
    """The line with what nobody typed (values, references) blanked out, letter for letter."""
    return "".join(text if isinstance(node, Text) else "\0" * len(text) for text, node in leaves(line.inlines))


def _plain(number: str) -> str:
    return stem(re.sub(r"\s", " ", number))


def _says(word: str, rank: int, count: int) -> bool:
    """Whether an ordinal says that rank of so many."""
    said = _ranks()[word]
    if said < 0:
        return rank == count - 1
    return said == rank and not (word == "second" and count != 2) and not (word == "unique" and count != 1)


def _word(rank: int, count: int) -> str:
    return "premier" if rank == 0 else rank_word(rank, count)


def _sentence(text: str, span: tuple[int, int], words: str) -> str:
    """The sentence of a line that holds some words, with others in their place."""
    starts = [text.rfind(mark, 0, span[0]) + len(mark) for mark in (". ", "! ", "? ") if mark in text[: span[0]]]
    start = max(starts, default=0)
    ends: Sequence[int] = [end + 1 for mark in (". ", ".\u00a0") if (end := text.find(mark, span[1])) >= 0]
    end = min(ends, default=len(text))
    return f"{text[start : span[0]]}{words}{text[span[1] : end]}".strip()
