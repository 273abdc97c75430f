"""Random acts and edits for the words of avenants: few words, so that they repeat; every kind of place and of edit.

Plain random numbers from a seed: a failure is found again by its seed, and thousands of pairs cost little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from amend_acts import euros, line, table

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Cell,
    Division,
    Level,
    ListBlock,
    ListItem,
    Paragraph,
    Reference,
    Row,
    Scheme,
    Table,
    Text,
    Value,
    Zone,
)
from convgen.acte.numbering import DEFAULT_SCHEME, number_divisions
from convgen.acte.references import resolve_references, targets_of

WORDS = (
    "le", "la", "de", "l’action", "bénéficiaire", "bénéficiaires", "500 €", "1 500 €", "12,5 %", "1er juin 2024",
    "01/06/2024", "«", "»", "« action »", "Etat", "ville,", "bilan.", "remis ;", "(", ")", "d’", "A", "peut-être", "et",
    "ACTION", "Ville", "un", "à",
)  # fmt: skip
SENTENCES = (
    "La ville remet le bilan au préfet chaque année, puis la ville le garde dix ans dans ses archives.",
    "Le bénéficiaire reçoit 500 € en juin, un autre bénéficiaire reçoit 1 500 € en mai après remise du bilan.",
    "La ville verse la somme le 01/06/2024 500 € au plus.",
    "Le formulaire est rempli et remis.",
)
TITLES = ("Objet", "Durée", "Bilan de l’action", "«", "", "", "Suivi :", "Aide")
#: Terms that a new version may replace everywhere.
TERMS = (("bénéficiaire", "usager"), ("bénéficiaires", "usagers"), ("la ville", "la commune"))

_LEGISTIC = Scheme(
    (
        Level(noun="chapitre", prefix="Chapitre ", form="I", separator=" – "),
        Level(noun="article", prefix="Article ", separator=" – ", first_ordinal=True),
        Level(noun="", prefix="", suffix=".", separator=" ", nested=True),
        Level(noun="", prefix="", suffix=".", separator=" ", nested=True),
    )
)
SCHEMES = (DEFAULT_SCHEME, _LEGISTIC)


@dataclass
class Item:
    """A division to be; `text` of an annexe has level -1."""

    id: str
    level: int
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)

    def copy(self) -> Item:
        """The same, to be edited."""
        return Item(self.id, self.level, self.title, list(self.blocks), [one.copy() for one in self.children])


@dataclass
class Doc:
    """An act to be."""

    scheme: Scheme
    zones: dict[str, list[Block]]
    body: list[Item]
    annexes: list[Item]
    amount: int = 500
    made: int = 0  # identifiers given

    def copy(self) -> Doc:
        """The same, to be edited."""
        zones = {kind: list(blocks) for kind, blocks in self.zones.items()}
        body, annexes = ([one.copy() for one in ones] for ones in (self.body, self.annexes))
        return Doc(self.scheme, zones, body, annexes, self.amount, self.made)

    def name(self) -> str:
        """An identifier never given yet."""
        self.made += 1
        return f"d{self.made}"

    def items(self) -> list[Item]:
        """Every division and annexe."""
        found: list[Item] = []
        stack = [*self.body, *self.annexes]
        while stack:
            one = stack.pop(0)
            found.append(one)
            stack[:0] = one.children
        return found

    def lists(self) -> list[tuple[list[Item], int]]:
        """Where divisions stand, with their level: the body, each chapter, each article."""
        chapters = [one for one in self.body if one.level == 0]
        found = [(one.children, one.level + 1) for one in self.items() if one.level < 3]
        return [(self.body, 0 if chapters else 1), *found]

    def texts(self) -> list[list[Block]]:
        """Every list of blocks."""
        return [*self.zones.values(), *(one.blocks for one in self.items() if one.level != 0)]

    def acte(self, terms: bool = False) -> Acte:
        """The composed act."""
        zones = [Zone(kind, tuple(self._blocks(self.zones[kind]))) for kind in ("intitule", "comparution", "preambule")]
        zones.append(Zone("articles", tuple(self._division(one) for one in self.body)))
        zones.append(Zone("signatures", tuple(self._blocks(self.zones["signatures"]))))
        annexes = tuple(
            Annexe(
                one.id,
                line(one.title) if one.title else (),
                (*self._blocks(one.blocks), *map(self._division, one.children)),
            )
            for one in self.annexes
        )
        made = Acte("convention", "essai", "", "Essai", tuple(zones), annexes, scheme=self.scheme)
        numbered = number_divisions(made)
        return resolve_references(numbered, targets_of(numbered))[0]

    def _division(self, one: Item) -> Division:
        blocks = (*self._blocks(one.blocks), *map(self._division, one.children))
        return Division(one.id, one.level, line(one.title) if one.title else (), blocks)

    def _blocks(self, blocks: list[Block]) -> list[Block]:
        """The blocks with the datum of the day; two tables never touch (R4)."""
        known = {one.id for one in self.items()}
        out: list[Block] = []
        for block in blocks:
            if isinstance(block, Table) and out and isinstance(out[-1], Table):
                out.append(Paragraph(line("Puis :")))
            out.append(self._today(block, known) if isinstance(block, Paragraph) else block)
        return out

    def _today(self, block: Paragraph, known: set[str]) -> Paragraph:
        inlines = []
        for one in block.inlines:
            if isinstance(one, Value):
                inlines.append(euros("somme", self.amount))
            elif not isinstance(one, Reference) or one.target in known:
                inlines.append(one)
            else:
                inlines.append(Text("la présente"))
        return replace(block, inlines=tuple(inlines))


# --- acts -------------------------------------------------------------------------------------------------------


def random_doc(chance: Random) -> Doc:
    """An act: zones, maybe chapters, articles, some with sub-articles, annexes with points."""
    zones: dict[str, list[Block]] = {
        "intitule": [Paragraph(line("Convention de la ville"))],
        "comparution": [paragraph(chance) for _ in range(chance.randint(1, 3))],
        "preambule": [paragraph(chance) for _ in range(chance.randint(0, 2))],
        "signatures": [Paragraph(line("Le maire")), Paragraph(line("Le bénéficiaire"))],
    }
    doc = Doc(chance.choice(SCHEMES), zones, [], [])
    if chance.random() < 0.3:
        for _ in range(chance.randint(1, 3)):
            chapter = Item(doc.name(), 0, chance.choice(("Aide", "Suivi")))
            chapter.children = [_article(doc, chance) for _ in range(chance.randint(0, 3))]
            doc.body.append(chapter)
    else:
        doc.body = [_article(doc, chance) for _ in range(chance.randint(0, 6))]
    for _ in range(chance.choice((0, 0, 1, 2))):
        annexe = Item(doc.name(), -1, chance.choice(("Bilan", "Budget")), blocks(chance))
        annexe.children = [_article(doc, chance, chance.randint(0, 2)) for _ in range(chance.choice((0, 0, 2)))]
        doc.annexes.append(annexe)
    _refer(doc, chance)
    return doc


def _article(doc: Doc, chance: Random, size: int | None = None) -> Item:
    long = chance.random() < 0.25
    count = size if size is not None else chance.randint(6, 9) if long else chance.randint(0, 4)
    one = Item(doc.name(), 1, chance.choice(TITLES), blocks(chance, count))
    if chance.random() < 0.3:
        one.children = [_sub(doc, chance, 2) for _ in range(chance.randint(1, 3))]
    return one


def _sub(doc: Doc, chance: Random, level: int) -> Item:
    one = Item(doc.name(), level, chance.choice(("Public", "", "Montant")), blocks(chance, chance.randint(0, 3)))
    if level == 2 and chance.random() < 0.1:
        one.children = [_sub(doc, chance, 3)]
    return one


def _refer(doc: Doc, chance: Random) -> None:
    """References to divisions of the body."""
    targets = [one.id for one in doc.items() if one.level > 0]
    for texts in doc.texts():
        if targets and texts and chance.random() < 0.2:
            texts.append(Paragraph((Text("Voir "), Reference(chance.choice(targets), "nu"), Text(" pour la suite."))))


def words(chance: Random) -> str:
    """A text of few words."""
    if chance.random() < 0.25:
        return chance.choice(SENTENCES)
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 10)))


def paragraph(chance: Random) -> Paragraph:
    """A paragraph, some with a value."""
    if chance.random() < 0.25:
        return Paragraph(line(words(chance), " ", euros("somme", 500), " ", words(chance)))
    return Paragraph(line(words(chance)))


def blocks(chance: Random, count: int | None = None) -> list[Block]:
    """Paragraphs, lists, tables; sometimes one of them twice."""
    out: list[Block] = []
    for _ in range(chance.randint(0, 4) if count is None else count):
        draw = chance.random()
        if draw < 0.6 or (draw >= 0.8 and out and isinstance(out[-1], Table)):
            out.append(paragraph(chance))
        elif draw < 0.8:
            out.append(some_items(chance))
        else:
            out.append(some_table(chance))
        if chance.random() < 0.1 and not isinstance(out[-1], Table):
            out.append(out[-1])
    return out


def some_items(chance: Random) -> ListBlock:
    """A list, sometimes with a list inside."""
    items = [ListItem((paragraph(chance),)) for _ in range(chance.randint(1, 3))]
    if chance.random() < 0.2:
        inner = ListBlock((ListItem((paragraph(chance),)), ListItem((paragraph(chance),))), "a)")
        items[0] = ListItem((*items[0].blocks, inner))
    if chance.random() < 0.1:
        items[-1] = ListItem((*items[-1].blocks, paragraph(chance)))
    return ListBlock(tuple(items), chance.choice(("-", "1°", "a)")))


def some_table(chance: Random) -> Table:
    """A table of one to three columns, with empty cells."""
    columns = chance.randint(1, 3)
    rows = [tuple(cell(chance) for _ in range(columns)) for _ in range(chance.randint(1, 4))]
    return table(("Objet", "Montant", "Date")[:columns], *rows)


def cell(chance: Random) -> str:
    """A cell."""
    return chance.choice(
        ("", "500 €", "1 500 €", "Solde", "Acompte", "bénéficiaire", "«", "la ville", "le bilan « A »")
    )


# --- edits ------------------------------------------------------------------------------------------------------

Edit = Callable[[Doc, Random], None]


def edited(doc: Doc, chance: Random, count: int | None = None) -> Doc:
    """The act after one to six edits of every kind."""
    new = doc.copy()
    for _ in range(count or chance.randint(1, 6)):
        chance.choice(EDITS)(new, chance)
    return new


def _any_text(doc: Doc, chance: Random) -> list[Block] | None:
    found = [one for one in doc.texts() if one]
    return chance.choice(found) if found else None


def _edit_words(how: Callable[[list[str], Random], list[str]]) -> Edit:
    def edit(doc: Doc, chance: Random) -> None:
        texts = _any_text(doc, chance)
        if texts is None:
            return
        place = chance.randrange(len(texts))
        texts[place] = _in_block(texts[place], how, chance)

    return edit


def _in_block(block: Block, how: Callable[[list[str], Random], list[str]], chance: Random) -> Block:
    match block:
        case Paragraph():
            texts = [rank for rank, one in enumerate(block.inlines) if isinstance(one, Text) and one.text.strip()]
            if not texts:
                return block
            rank = chance.choice(texts)
            inlines = list(block.inlines)
            before = inlines[rank]
            assert isinstance(before, Text)
            inlines[rank] = Text(_kept_edges(before.text, " ".join(how(before.text.split(), chance)) or "x"))
            return replace(block, inlines=tuple(inlines))
        case ListBlock():
            rank = chance.randrange(len(block.items))
            items = list(block.items)
            first, *others = items[rank].blocks
            items[rank] = replace(items[rank], blocks=(_in_block(first, how, chance), *others))
            return replace(block, items=tuple(items))
    return block


def _kept_edges(before: str, after: str) -> str:
    return (" " if before[:1] == " " else "") + after + (" " if before[-1:] == " " else "")


def _replaced(found: list[str], chance: Random) -> list[str]:
    found = list(found)
    found[chance.randrange(len(found))] = chance.choice(WORDS)
    return found


def _inserted(found: list[str], chance: Random) -> list[str]:
    place = chance.randint(0, len(found))
    return [*found[:place], *(chance.choice(WORDS) for _ in range(chance.randint(1, 2))), *found[place:]]


def _deleted(found: list[str], chance: Random) -> list[str]:
    place = chance.randrange(len(found))
    return [*found[:place], *found[place + 1 :]]


def _everywhere(found: list[str], chance: Random) -> list[str]:
    word, other = chance.choice(found), chance.choice(WORDS)
    return [other if one == word else one for one in found]


def _one_sentence_more(found: list[str], chance: Random) -> list[str]:
    return [*found, chance.choice(("Il est remis.", "La ville le garde."))]


def _add_alinea(doc: Doc, chance: Random) -> None:
    texts = chance.choice(doc.texts())
    new = blocks(chance, chance.randint(1, 2))
    place = chance.randint(0, len(texts))
    texts[place:place] = new


def _remove_alinea(doc: Doc, chance: Random) -> None:
    texts = _any_text(doc, chance)
    # A zone keeps a text: without any, it has nothing left to amend.
    if texts is not None and not (len(texts) == 1 and any(texts is one for one in doc.zones.values())):
        del texts[chance.randrange(len(texts))]


def _move_alinea(doc: Doc, chance: Random) -> None:
    texts = _any_text(doc, chance)
    if texts is not None:
        one = texts.pop(chance.randrange(len(texts)))
        texts.insert(chance.randint(0, len(texts)), one)


def _make_item(doc: Doc, chance: Random) -> None:
    texts = _any_text(doc, chance)
    if texts is not None:
        place = chance.randrange(len(texts))
        one = texts[place]
        if isinstance(one, Paragraph):
            texts[place] = ListBlock((ListItem((one,)),))


def _add_item(doc: Doc, chance: Random) -> None:
    for texts in doc.texts():
        for place, one in enumerate(texts):
            if isinstance(one, ListBlock) and chance.random() < 0.5:
                rank = chance.randint(0, len(one.items))
                items = (*one.items[:rank], ListItem((paragraph(chance),)), *one.items[rank:])
                texts[place] = replace(one, items=items)
                return


def _remove_item(doc: Doc, chance: Random) -> None:
    for texts in doc.texts():
        for place, one in enumerate(texts):
            if isinstance(one, ListBlock) and len(one.items) > 1 and chance.random() < 0.5:
                rank = chance.randrange(len(one.items))
                texts[place] = replace(one, items=(*one.items[:rank], *one.items[rank + 1 :]))
                return


def _add_division(count: int) -> Edit:
    def edit(doc: Doc, chance: Random) -> None:
        where, level = chance.choice([(ones, level) for ones, level in doc.lists() if level <= 2])
        place = chance.randint(0, len(where))
        for step in range(count):
            if level == 0:
                new = Item(doc.name(), 0, "Nouveau", [], [_article(doc, chance, 1)])
            else:
                new = _article(doc, chance, chance.randint(0, 2)) if level == 1 else _sub(doc, chance, level)
            where.insert(place + step, new)

    return edit


def _add_sub(doc: Doc, chance: Random) -> None:
    holders = [one for one in doc.items() if one.level in (1, 2)]
    if holders:
        holder = chance.choice(holders)
        holder.children.insert(chance.randint(0, len(holder.children)), _sub(doc, chance, holder.level + 1))


def _add_annexe(doc: Doc, chance: Random) -> None:
    doc.annexes.insert(chance.randint(0, len(doc.annexes)), Item(doc.name(), -1, "Pièces", blocks(chance)))


def _add_chapter(doc: Doc, chance: Random) -> None:
    if all(one.level == 0 for one in doc.body):
        new = Item(doc.name(), 0, "Divers", [], [_article(doc, chance, 1)])
        doc.body.insert(chance.randint(0, len(doc.body)), new)


def _remove_division(doc: Doc, chance: Random) -> None:
    places = [(ones, rank) for ones, _ in [*doc.lists(), (doc.annexes, -1)] for rank in range(len(ones))]
    if places:
        ones, rank = chance.choice(places)
        del ones[rank]


def _move_division(doc: Doc, chance: Random) -> None:
    places = [(ones, rank) for ones, _ in doc.lists() for rank in range(len(ones))]
    if not places:
        return
    ones, rank = chance.choice(places)
    one = ones.pop(rank)
    where = [others for others, level in doc.lists() if level == one.level] or [ones]
    to = chance.choice(where)
    to.insert(chance.randint(0, len(to)), one)


def _title(doc: Doc, chance: Random) -> None:
    found = doc.items()
    if found:
        one = chance.choice(found)
        # An annexe without a number is called by its title.
        one.title = chance.choice(("Bilan", "Compte rendu") if one.level < 0 else (*TITLES, "Nouveau titre"))


def _in_table(how: Callable[[Table, Random], Table]) -> Edit:
    def edit(doc: Doc, chance: Random) -> None:
        places = [(texts, rank) for texts in doc.texts() for rank, one in enumerate(texts) if isinstance(one, Table)]
        if places:
            texts, rank = chance.choice(places)
            one = texts[rank]
            assert isinstance(one, Table)
            texts[rank] = how(one, chance)

    return edit


def _row(chance: Random, columns: int) -> Row:
    return Row(tuple(Cell((Paragraph(line(text)),) if text else ()) for text in (cell(chance) for _ in range(columns))))


def _add_row(one: Table, chance: Random) -> Table:
    place = chance.randint(0, len(one.rows))
    return replace(one, rows=(*one.rows[:place], _row(chance, len(one.header[0].cells)), *one.rows[place:]))


def _remove_row(one: Table, chance: Random) -> Table:
    if len(one.rows) < 2:
        return one
    place = chance.randrange(len(one.rows))
    return replace(one, rows=(*one.rows[:place], *one.rows[place + 1 :]))


def _change_cell(one: Table, chance: Random) -> Table:
    if not one.rows:
        return one
    place = chance.randrange(len(one.rows))
    cells = list(one.rows[place].cells)
    column = chance.randrange(len(cells))
    cells[column] = _row(chance, 1).cells[0]
    return replace(one, rows=(*one.rows[:place], Row(tuple(cells)), *one.rows[place + 1 :]))


def _add_column(one: Table, chance: Random) -> Table:
    header = Row((*one.header[0].cells, Cell((Paragraph(line("Note")),))))
    return replace(one, header=(header,), rows=tuple(Row((*row.cells, Cell(()))) for row in one.rows))


def _datum(doc: Doc, chance: Random) -> None:
    doc.amount = chance.choice((500, 1500, 2000))


def _add_table(doc: Doc, chance: Random) -> None:
    texts = chance.choice(doc.texts())
    texts.insert(chance.randint(0, len(texts)), some_table(chance))


def _party(doc: Doc, chance: Random) -> None:
    doc.zones[chance.choice(("comparution", "signatures"))][0] = paragraph(chance)


#: The kinds of edits.
EDITS: tuple[Edit, ...] = (
    _edit_words(_replaced),
    _edit_words(_inserted),
    _edit_words(_deleted),
    _edit_words(_everywhere),
    _edit_words(_one_sentence_more),
    _edit_words(_replaced),
    _add_alinea,
    _remove_alinea,
    _move_alinea,
    _make_item,
    _add_item,
    _remove_item,
    _add_division(1),
    _add_division(2),
    _add_sub,
    _add_annexe,
    _add_chapter,
    _remove_division,
    _move_division,
    _title,
    _in_table(_add_row),
    _in_table(_remove_row),
    _in_table(_change_cell),
    _in_table(_add_column),
    _datum,
    _add_table,
    _party,
)
