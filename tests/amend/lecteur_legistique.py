"""A second reader of the manner « légistique », written by hand from the Guide: the oracle of the test suite.

It has its own grammar, its own way to find places, to number, to put terms and to write the new text. It shares with
the program tokens, ordinals and printed lines only: a template, a pattern or a rule that is wrong in the program is
read here as the Guide would have it, and the texts differ. Guide de légistique, 4th edition, sheet 3.4.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lecteur_divisions import COMMANDS
from lecteur_ecrit import Editor
from lecteur_guide import command
from lecteur_texte import ABOVE, TABLE, Part, Refus, Spot, head, rank, ranks, runs, text_in_force

from convgen.amend.texte.forme import Tokens, occurrences, tokens_of
from convgen.amend.texte.imprime import PrintedLine

__all__ = ["Refus", "read_by_hand"]

TO = re.compile(
    r"^(?:à la |à l'|au |aux |dans (?:les |le |la |l')|du |de la |de l'|des |l'actuel(?:le)? |les actuel(?:le)?s |les "
    r"|le |la |l')"
)
AND = re.compile(r"(?:, | et )(?=à la |à l'|au |aux |dans l|du |de la |de l'|les |le |la |l')")
OF = r"(?: (?:du |de la |de l'|des )(?P<of>.+))?"
QUOTE = "\ue000\\d+\ue001"
ACTS = {"convention", "contrat", "protocole", "accord", "charte", "acte"}
FIGURES = re.compile(r"(\d[\d \u00a0\u202f]*(?:,\d+)?)")


def read_by_hand(avenant: Sequence[PrintedLine], base: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """The new text, as a reader who knows the Guide and not the pack makes it.

    Raises:
        Refus: A sentence is none of the Guide, names what is not there, or contradicts another.
    """
    reader = Reader(text_in_force(base), [*avenant])
    reader.run()
    made = Editor(reader.root, reader.terms).written()
    for spot in reader.becoming:
        if spot.part.ranks.get(spot.start or 0) != rank(spot.becomes, spot.part.count):
            raise Refus(f"l'alinéa ne devient pas le « {spot.becomes} »")
    return made


def masked(text: str) -> tuple[str, list[str]]:
    """A sentence whose quotations are numbered, and the quotations."""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()
    out, quotes, level, start = "", list[str](), 0, 0
    for place, char in enumerate(plain):
        level += (char == "«") - (char == "»")
        if char == "«" and level == 1:
            start = place + 1
        elif char == "»" and level == 0:
            out += f"\ue000{len(quotes)}\ue001"
            quotes.append(plain[start:place].strip())
        elif level == 0:
            out += char
        if level < 0:
            break
    if level:
        raise Refus("un guillemet n'est pas fermé")
    out = re.sub(r" ?([;:!?])", r" \1", re.sub(r" ?[.;]$", "", out).translate(str.maketrans("’‘\u2011", "''-")))
    return out[:1].lower() + out[1:], quotes


@dataclass
class Reader:
    """Goes through an avenant and notes on the text in force what it asks."""

    root: Part
    lines: list[PrintedLine]
    place: int = 0
    about: Part | None = None
    quotes: list[str] = field(default_factory=list)
    terms: list[tuple[Tokens, str]] = field(default_factory=list)
    becoming: list[Spot] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    told: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def run(self) -> None:
        while self.place < len(self.lines):
            line = self.lines[self.place]
            self.place += 1
            if line.style == "article":
                self.close()
                self.about = None
            elif line.style in {"alinea", "item"}:
                if line.style == "alinea":
                    self.about = None
                self.sentence(re.sub(r"^\s*\d+°\s*", "", line.text) if line.style == "item" else line.text)
            else:
                raise Refus(f"un texte que rien n'annonce : {line.text}")
        self.close()

    def sentence(self, printed: str) -> None:
        text, self.quotes = masked(printed)
        consequence = re.match(r"en conséquence ?[,:] ?", text)
        text = text[consequence.end() :] if consequence else text
        text = text[:1].lower() + text[1:]
        if not text or text == "en conséquence":
            return
        found = command(text)
        if found is None:
            raise Refus(f"le Guide n'a pas cette phrase : {printed}")
        key, slots = found
        if key.startswith("annonce."):
            self.told.append((key, slots))
        elif key == "groupe.article":
            self.about = self.part(slots["lieu"])
        else:
            block = self.block() if text.endswith(":") else []
            self.given += [line.text for line in block]
            COMMANDS[key](self, slots, block)

    def block(self) -> list[PrintedLine]:
        """The quoted lines that follow: « opens each, » closes the last."""
        start = self.place
        quoted = {"citation", "citation-intitule", *TABLE}
        while self.place < len(self.lines) and self.lines[self.place].style in quoted:
            self.place += 1
        found = self.lines[start : self.place]
        if not found:
            raise Refus("il manque le texte annoncé")
        made = [edges(line, 0, r"^[\s\u00a0\u202f]*«[\s\u00a0\u202f]*") for line in found]
        made[-1] = edges(made[-1], -1, r"[\s\u00a0\u202f]*»[\s\u00a0\u202f]*[.;,]?[\s\u00a0\u202f]*$")
        return [plain(line) for line in made]

    def close(self) -> None:
        """At the end of an article, its announcements say what it does."""
        for key, slots in self.told:
            announced(key, slots, self.done, self.given)
        self.told, self.done, self.given = [], [], []

    def quote(self, text: str) -> str:
        """The quotation of a piece of the sentence."""
        (found,) = self.all_quotes(text)
        return found

    def all_quotes(self, text: str) -> list[str]:
        return [self.quotes[int(one)] for one in re.findall("\ue000(\\d+)\ue001", text)]

    # --- places ---------------------------------------------------------------------------------------------------

    def spots(self, text: str) -> list[Spot]:
        """All the places of a list."""
        return [spot for one in AND.split(text) for spot in self.spot(one)]

    def spot(self, text: str) -> list[Spot]:
        if re.fullmatch("ils?|elles?", text):
            return [Spot(self.context())]
        text, _, becomes = text.partition(", qui ")
        text, _, column = text.partition(", dans la ")
        name, word = TO.sub("", text), re.sub(r"^devien\w+ (?:les |le |la |l')", "", becomes)
        cell = re.fullmatch(r"(?P<column>[^,]+?) colonne (?:de la |des )(?P<row>.+)", name)
        if cell:
            name, column = cell["row"], f"{cell['column']} colonne"
        if found := re.fullmatch(rf"intitulé{OF}", name):
            return [Spot(self.holder(found["of"]), title=True)]
        if found := re.fullmatch(rf"(?P<ranks>.+?) alinéas?{OF}", name):
            part = self.holder(found["of"])
            places = runs(ranks(found["ranks"], len(part.alineas)))
            return [Spot(part, start, end, becomes=word) for start, end in places]
        if found := re.fullmatch(rf"(?P<ranks>.+?) lignes?(?: \((?P<label>{QUOTE})\))?{OF}", name):
            return self.rows(found, column.removesuffix(" colonne"))
        if found := re.fullmatch(rf"(?:(?P<rank>\S.*?) )?tableau{OF}", name):
            return [self.table(found["rank"] or "", found["of"])]
        return [Spot(part) for part in self.parts(name)]

    def rows(self, found: re.Match[str], column: str) -> list[Spot]:
        table = re.fullmatch(rf"(?:(?P<rank>\S.*?) )?tableau{OF}", found["of"] or "tableau")
        if table is None:
            raise Refus("des lignes sont celles d'un tableau")
        spot = self.table(table["rank"] or "", table["of"])
        lines = spot.alinea.lines
        made = []
        for start, end in runs(ranks(found["ranks"], len(lines))):
            if found["label"] and tokens_of(self.quote(found["label"])) != tokens_of(lines[start].cells[0]):
                raise Refus("la ligne nommée n'est pas à ce rang")
            made.append(
                replace(spot, rows=(start, end), column=rank(column, len(lines[start].cells)) if column else None)
            )
        return made

    def table(self, word: str, of: str | None) -> Spot:
        part = self.holder(of)
        places = [place for place, one in enumerate(part.alineas) if one.table]
        if not places or (not word and len(places) > 1):
            raise Refus("quel tableau ?")
        place = places[rank(word, len(places))] if word else places[0]
        return Spot(part, place, place + 1)

    def context(self) -> Part:
        if self.about is None:
            raise Refus("de quoi parle-t-on ?")
        return self.about

    def holder(self, of: str | None) -> Part:
        return self.only(self.parts(of), of) if of else self.context()

    def only(self, found: Sequence[Part], name: str) -> Part:
        if len(found) != 1:
            raise Refus(f"« {name} » désigne {len(found)} endroits")
        return found[0]

    def part(self, text: str) -> Part:
        (spot,) = self.spot(text or "il")
        if spot.start is not None or spot.title:
            raise Refus(f"« {text} » n'est pas une division")
        return spot.part

    def parts(self, name: str) -> list[Part]:
        """« articles 5 à 8 », « point 3 de l'annexe 2 », « désignation des parties », « convention »."""
        zones = [one for one in self.root.subs if one.line.style == "zone" and one.head.noun == name]
        if zones or name in ACTS:
            return [self.only(zones, name)] if zones else [self.root]
        inside, found, annexe = name.partition(" de l'annexe")
        if found:
            (holder,) = self.parts(f"annexe{annexe}")
            return self.called(inside, [one for one in holder.all() if one is not holder])
        body = [one for top in self.root.subs for one in ([top] if top.line.style == "annexe" else top.all())]
        return self.called(name, body)

    def called(self, name: str, among: Sequence[Part]) -> list[Part]:
        if name == "annexe":
            return [one for one in among if one.line.style == "annexe" and not one.head.number]
        titled = re.fullmatch(rf"(\D+) ({QUOTE})", name)
        if titled:
            words = tokens_of(self.quote(titled[2]))
            return [one for one in among if not one.head.number and tokens_of(one.head.title) == words]
        for cut in [one.start() for one in re.finditer(" ", name)]:
            noun, numbers = name[:cut], name[cut + 1 :]
            alike = [one for one in among if one.head.number and is_called(one, noun)]
            made = numbered(numbers, alike)
            if made:
                return made
        raise Refus(f"le texte en vigueur n'a pas « {name} »")

    def gap(self, text: str, new: str = "") -> tuple[Part, int]:
        """Where something arrives: « après l'article 4 », « à la fin de l'annexe 1 »."""
        found = re.fullmatch("(après|avant|au début|à la fin) (.+)", text)
        if found is None:
            raise Refus(f"où est « {text} » ?")
        part = self.part(found[2])
        if found[1] == "au début":
            return part, 0
        if found[1] == "à la fin":
            return self.end(part, new)
        if part.up is None:
            raise Refus("rien ne vient avant ni après l'acte")
        return part.up, part.up.subs.index(part) + (found[1] == "après")

    def end(self, part: Part, new: str) -> tuple[Part, int]:
        """The end of a part; that of the articles comes before the signatures and the annexes."""
        place = len(part.subs)
        while part.up is None and new and "annexe" not in new and place:
            before = part.subs[place - 1]
            if before.line.style != "annexe" and "signature" not in before.head.noun:
                break
            place -= 1
        return part, place

    def style(self, line: PrintedLine) -> str:
        noun = head(line).noun
        chapters = {one.head.noun for one in self.root.all() if one.line.style == "chapitre"} | {"titre", "chapitre"}
        return "annexe" if noun == "annexe" else "chapitre" if noun and noun in chapters | {"partie"} else "article"


def is_called(part: Part, noun: str) -> bool:
    one = noun.removesuffix("s").removesuffix("x")
    if part.head.noun:
        return part.head.noun in {noun, one}
    return part.line.style != "annexe" and (part.line.style == "chapitre") == (one in ABOVE)


def numbered(numbers: str, among: Sequence[Part]) -> list[Part]:
    """« 4 », « 5 à 8 », « 1er, 2.2 et 3.2 »."""
    exact = [one for one in among if one.head.number == numbers]
    if exact:
        if len(exact) > 1:
            raise Refus(f"deux divisions ont le numéro {numbers}")
        return exact
    first, to, last = numbers.partition(" à ")
    if to:
        both = [*numbered(first, among), *numbered(last, among)]
        if len(both) != 2 or both[0].up is not both[1].up or both[0].up is None:
            return []
        peers = both[0].up.subs
        return peers[peers.index(both[0]) : peers.index(both[1]) + 1]
    pieces = re.split(", | et ", numbers)
    found = [one for piece in pieces for one in numbered(piece, among)] if len(pieces) > 1 else []
    return found if len(found) == len(pieces) else []


def edges(line: PrintedLine, place: int, pattern: str) -> PrintedLine:
    """A quoted line without its guillemet."""
    cells = [*line.cells] or [line.text]
    bare = re.sub(pattern, "", cells[place], count=1)
    if bare == cells[place]:
        raise Refus(f"il manque un guillemet : {line.text}")
    cells[place] = bare
    return replace(line, text=" · ".join(cells), cells=tuple(cells) if line.cells else ())


def plain(line: PrintedLine) -> PrintedLine:
    """A quoted line as one of the act; a heading tells by its text what it is."""
    if line.style == "citation-intitule":
        return replace(line, style="article", level=max(1, head(line).number.count(".") + 1))
    return replace(line, style="alinea", level=0) if line.style == "citation" else line


def announced(key: str, slots: dict[str, str], done: Sequence[tuple[str, str]], given: Sequence[str]) -> None:
    """What an announcement says of a value is what the article does of it, and its difference is right."""
    before, after = (re.sub("^(?:du|de la|de l'|au|à la|à l') *", "", slots.get(one, "")) for one in ("avant", "apres"))
    if not before or not after:
        return
    figures = [FIGURES.match(one) for one in (before, after, slots.get("ecart", ""))]
    if key.startswith("annonce.montant") and all(figures):
        old, new, gap = (Decimal(re.sub(r"\s", "", one[1]).replace(",", ".")) for one in figures if one)
        if (new - old if key.endswith("hausse") else old - new) != gap:
            raise Refus(f"de « {before} » à « {after} » : la différence est fausse")
    words = [(tokens_of(old), tokens_of(new)) for old, new in done]
    old_words, new_words = tokens_of(before), tokens_of(after)
    said = any(occurrences(old_words, old) and occurrences(new_words, new) for old, new in words)
    if words and not said and not any(occurrences(new_words, tokens_of(one)) for one in given):
        raise Refus(f"rien ne porte « {before} » à « {after} »")
