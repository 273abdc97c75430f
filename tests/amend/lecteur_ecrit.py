"""The new text, as the reader written by hand writes it from what an avenant asks of the text in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lecteur_texte import Alinea, Part, Refus, alineas, below, order

from convgen.amend.texte.forme import Tokens, join, tokens_of
from convgen.amend.texte.imprime import PrintedLine


@dataclass
class Editor:
    """Writes the new text from what is asked of each part."""

    root: Part
    terms: list[tuple[Tokens, str]]

    def written(self) -> tuple[PrintedLine, ...]:
        self.check(self.root, taken=False)
        return tuple(self.part(self.root, "", ""))

    def check(self, part: Part, *, taken: bool) -> None:
        """Nothing is asked inside what goes or is said again, but to move out of it."""
        taken = taken and not part.moved
        mine = part.gone or part.whole is not None
        orders = part.inside or mine or bool(part.arrivals) or (part.number is not None and not part.moved)
        if (taken and orders) or (mine and (part.inside or part.arrivals)) or (part.gone and part.moved):
            raise Refus("deux phrases portent sur la même chose")
        if part.gone and (part.number is not None or part.whole is not None):
            raise Refus("deux phrases portent sur la même chose")
        for one in part.subs:
            self.check(one, taken=taken or mine)

    def part(self, part: Part, old_up: str, new_up: str) -> Iterator[PrintedLine]:
        if part.whole is not None:
            yield from part.whole
            return
        number = part.number if part.number is not None else below(part.head.number, old_up, new_up)
        if part.up is not None:
            yield self.heading(part, number)
        if part.file or part.joined:
            yield PrintedLine("fichier", "fichier joint")
        if not part.joined:
            yield from self.alineas(part)
        for place in range(len(part.subs) + 1):
            yield from self.arrived(part.arrivals.get(place, ()))
            if place < len(part.subs) and not (part.subs[place].gone or part.subs[place].moved):
                yield from self.part(part.subs[place], part.head.number, number)

    def arrived(self, found: Sequence[tuple[str, str, list[PrintedLine] | Part]]) -> Iterator[PrintedLine]:
        weight = {"chapitre": 1, "annexe": 2}
        for _, _, what in sorted(found, key=lambda one: (weight.get(one[0], 0), order(one[1]))):
            yield from self.part(what, "", "") if isinstance(what, Part) else what

    def heading(self, part: Part, number: str) -> PrintedLine:
        title = part.title
        if title is None:
            title = part.head.title if part.spared else self.with_terms(part.head.title)
        label = part.head.label
        if number != part.head.number:
            before, found, after = label.rpartition(part.head.number) if part.head.number else (f"{label} ", "x", "")
            label = f"{before}{number}{after}".strip() if found else label
        sep = part.head.sep if part.head.sep.strip() or part.head.title else self.usual(part)
        return replace(part.line, text=f"{label}{sep}{title}" if label and title else label or title)

    def usual(self, part: Part) -> str:
        if part.line.style == "zone":
            return " – "
        alike = (one for one in self.root.all() if one.head.title and one.line.style == part.line.style)
        found = Counter(one.head.sep for one in alike if one.line.level == part.line.level)
        return found.most_common(1)[0][0] if found else " – "

    def alineas(self, part: Part) -> Iterator[PrintedLine]:
        made = 0
        for place in range(len(part.alineas) + 1):
            added = part.gaps.get(place, [])
            made += len(alineas(added))
            yield from added
            if place == len(part.alineas):
                break
            one = part.alineas[place]
            if one.gone:
                made += len(alineas(one.instead))
                yield from one.instead
            else:
                part.ranks[place] = made
                made += 1
                yield from self.table(one) if one.table else [self.line(one)]
        part.count = made

    def line(self, one: Alinea) -> PrintedLine:
        whole = tokens_of(one.lines[0].text[len(one.mark) :])
        edits = sorted(one.edits, key=lambda edit: edit[:2])
        if any(one[1] > other[0] for one, other in pairwise(edits)):
            raise Refus("deux phrases portent sur les mêmes mots")
        if len({edit[:2] for edit in edits}) < len(edits):
            raise Refus("deux phrases portent sur les mêmes mots")
        if (None, None) not in one.spared:
            kept = [(a, b) for a, b, _ in edits]
            said = [edit for edit in self.found(whole) if not any(a < edit[1] and edit[0] < b for a, b in kept)]
            edits = sorted([*edits, *said], key=lambda edit: edit[:2])
        if not edits:
            return one.lines[0]
        return replace(one.lines[0], text=one.mark + sewn(whole, edits))

    def table(self, one: Alinea) -> Iterator[PrintedLine]:
        if any(row in one.rows_gone for row, _ in one.cells):
            raise Refus("une ligne est prise deux fois")
        for place in range(len(one.lines) + 1):
            yield from one.rows_before.get(place, ())
            yield from one.rows_instead.get(place, ())
            if place == len(one.lines) or place in one.rows_gone:
                continue
            cells = [self.cell(one, place, column) for column in range(len(one.lines[place].cells))]
            yield replace(one.lines[place], cells=tuple(cells), text=" · ".join(cells))

    def cell(self, one: Alinea, row: int, column: int) -> str:
        text = one.lines[row].cells[column]
        if (row, column) in one.cells:
            return one.cells[row, column]
        spared = one.spared & {(None, None), (row, None), (row, column)}
        return text if spared else self.with_terms(text)

    # --- terms ----------------------------------------------------------------------------------------------------

    def with_terms(self, text: str) -> str:
        words = tokens_of(text)
        edits = self.found(words)
        return sewn(words, edits) if edits else text

    def found(self, words: Tokens) -> list[tuple[int, int, Tokens]]:
        """Where the terms are, the longest first, whatever their case; the new ones take that case."""
        folded, place = [one.casefold() for one in words], 0
        edits: list[tuple[int, int, Tokens]] = []
        while place < len(words):
            fits = [one for one in self.terms if folded[place : place + len(one[0])] == [x.casefold() for x in one[0]]]
            if not fits:
                place += 1
                continue
            old, new = max(fits, key=lambda one: len(one[0]))
            here = words[place : place + len(old)]
            if len("".join(here)) > 1 and all(one.isupper() for one in here):
                new = new.upper()
            elif here[0][0].isupper():
                new = new[0].upper() + new[1:]
            edits.append((place, place + len(old), tokens_of(new)))
            place += len(old)
        return edits


def sewn(words: Tokens, edits: Sequence[tuple[int, int, Tokens]]) -> str:
    """The words, edited."""
    out, place = list[str](), 0
    for start, end, new in edits:
        out += [*words[place:start], *new]
        place = end
    return join((*out, *words[place:]))
