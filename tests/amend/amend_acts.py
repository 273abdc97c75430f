"""Acts to compare: a small writer of acts, and random acts and edits with few words, so that words repeat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from convgen.acte.nodes import (
    Acte,
    Annexe,
    Block,
    Cell,
    Division,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    PartySummary,
    Reference,
    Row,
    Table,
    Text,
    Value,
    Zone,
)
from convgen.acte.numbering import number_divisions
from convgen.acte.references import resolve_references, targets_of


def par(*parts: str | Value | Reference) -> Paragraph:
    """A paragraph."""
    return Paragraph(line(*parts))


def line(*parts: str | Value | Reference) -> Inlines:
    """A line of texts and values."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def items(*texts: str, style: str = "-") -> ListBlock:
    """A list."""
    return ListBlock(tuple(ListItem((par(text),)) for text in texts), style)


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    """A table with one heading row."""
    return Table((_row(head),), tuple(_row(row) for row in rows))


def _row(texts: tuple[str, ...]) -> Row:
    return Row(tuple(Cell((par(text),) if text else ()) for text in texts))


def article(name: str, title: str, *blocks: Block, level: int = 1) -> Division:
    """A division."""
    return Division(name, level, line(title) if title else (), blocks)


def act(
    *articles: Division, annexes: tuple[Annexe, ...] = (), parties: tuple[PartySummary, ...] = (), **zones: Block
) -> Acte:
    """A numbered convention; zones by kind, a block each."""
    found = [Zone(kind, (block,)) for kind, block in zones.items()]
    made = Acte("convention", "essai", "", "Essai", (*found, Zone("articles", articles)), annexes, parties)
    numbered = number_divisions(made)
    return resolve_references(numbered, targets_of(numbered))[0]


def euros(key: str, amount: int) -> Value:
    """An amount that comes from the data."""
    return Value("montant", key, Decimal(amount), f"{amount:,} €".replace(",", "\u202f"))


# --- random acts --------------------------------------------------------------------------------------------

_WORDS = (
    "le", "la", "de", "l’action", "bénéficiaire", "bénéficiaires", "500 €", "1 500 €", "12,5 %", "1er juin 2024",
    "01/06/2024", "«", "»", "Etat", "État", "ville,", "bilan.", "remis ;", "(", ")", "d’", "A", "peut-être",
)  # fmt: skip
#: Sentences whose words recur far apart, so that « à chaque occurrence » and added sentences are tried too.
_SENTENCES = (
    "La ville remet le bilan au préfet chaque année, puis la ville le garde dix ans dans ses archives.",
    "Le bénéficiaire reçoit 500 € en juin, un autre bénéficiaire reçoit 1 500 € en mai après remise du bilan.",
)
_texts = st.one_of(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12).map(" ".join), st.sampled_from(_SENTENCES)
)


@dataclass(frozen=True)
class Spec:
    """An article to be: what the edits change."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    children: tuple[Spec, ...] = ()


def build(specs: tuple[Spec, ...], amount: int = 500, annexe: str = "le bilan.") -> Acte:
    """The act of these articles, where the datum « somme » is that amount."""
    divisions = tuple(_division(one, 1, amount) for one in specs)
    annexes = (Annexe("annexe-a", line("Bilan"), (par(annexe),)),)
    return act(*divisions, annexes=annexes, intitule=par("Convention de l’État"), preambule=par("Vu la ville."))


def _division(spec: Spec, level: int, amount: int) -> Division:
    blocks = tuple(_with_amount(block, amount) for block in spec.blocks)
    children = tuple(_division(child, level + 1, amount) for child in spec.children)
    return Division(spec.id, level, line(spec.title) if spec.title else (), (*blocks, *children))


def _with_amount(block: Block, amount: int) -> Block:
    if not isinstance(block, Paragraph):
        return block
    inlines = tuple(euros("somme", amount) if isinstance(one, Value) else one for one in block.inlines)
    return replace(block, inlines=inlines)


@st.composite
def _blocks(draw: st.DrawFn) -> tuple[Block, ...]:
    found: list[Block] = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(("text", "text", "text", "value", "list", "table")))
        if kind == "text":
            found.append(par(draw(_texts)))
        elif kind == "value":
            found.append(par(draw(_texts), " ", euros("somme", 500), " ", draw(_texts)))
        elif kind == "list":
            style = draw(st.sampled_from(("-", "1°")))
            found.append(items(*draw(st.lists(_texts, min_size=1, max_size=3)), style=style))
        else:
            found.append(draw(_tables()))
    return tuple(found)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 3))
    cells = st.tuples(*[st.sampled_from(("", *_WORDS[:8]))] * columns)
    return table(("Objet", "Montant", "Date")[:columns], *draw(st.lists(cells, max_size=4)))


@st.composite
def spec_lists(draw: st.DrawFn) -> tuple[Spec, ...]:
    """Articles, some with sub-articles."""
    found: list[Spec] = []
    for rank in range(draw(st.integers(0, 4))):
        children = tuple(
            Spec(f"a{rank}.s{place}", draw(st.sampled_from(("", "Sous"))), draw(_blocks()))
            for place in range(draw(st.integers(0, 2)))
        )
        title = draw(st.sampled_from(("Objet", "Durée", "Bilan", "«", "")))
        found.append(Spec(f"a{rank}", title, draw(_blocks()), children))
    return tuple(found)


@st.composite
def edited(draw: st.DrawFn, specs: tuple[Spec, ...]) -> tuple[Spec, ...]:
    """The articles after one to five edits of every kind."""
    for turn in range(draw(st.integers(1, 5))):
        specs = draw(_edit(specs, f"n{turn}"))
    return specs


@st.composite
def _edit(draw: st.DrawFn, specs: tuple[Spec, ...], name: str) -> tuple[Spec, ...]:
    kind = draw(
        st.sampled_from(("insert", "delete", "move", "title", "blocks", "word", "word", "child", "again", "item"))
    )
    if not specs or kind == "insert":
        place = draw(st.integers(0, len(specs)))
        return (*specs[:place], Spec(name, "Nouveau", draw(_blocks())), *specs[place:])
    place = draw(st.integers(0, len(specs) - 1))
    spec, others = specs[place], (*specs[:place], *specs[place + 1 :])
    if kind == "delete":
        return others
    if kind == "move":
        to = draw(st.integers(0, len(others)))
        return (*others[:to], spec, *others[to:])
    if kind == "again":  # another identifier for the same article
        return (*specs[:place], replace(spec, id=f"{name}-{spec.id}"), *specs[place + 1 :])
    if kind == "child":
        children = draw(_edit(spec.children, f"{spec.id}.{name}")) if draw(st.booleans()) else spec.children[1:]
        children = tuple(replace(one, children=()) for one in children)
        return (*specs[:place], replace(spec, children=children), *specs[place + 1 :])
    if kind == "title":
        spec = replace(spec, title=draw(st.sampled_from(("Objet", "Autre", ""))))
    else:
        spec = replace(spec, blocks=draw(_other_blocks(spec.blocks, kind)))
    return (*specs[:place], spec, *specs[place + 1 :])


@st.composite
def _other_blocks(draw: st.DrawFn, blocks: tuple[Block, ...], kind: str) -> tuple[Block, ...]:
    if not blocks or kind == "blocks":
        place = draw(st.integers(0, len(blocks)))
        end = draw(st.integers(place, min(len(blocks), place + 2)))
        return (*blocks[:place], *draw(_blocks()), *blocks[end:])
    place = draw(st.integers(0, len(blocks) - 1))
    return (*blocks[:place], draw(_other_words(blocks[place], kind)), *blocks[place + 1 :])


@st.composite
def _other_words(draw: st.DrawFn, block: Block, kind: str) -> Block:
    match block:
        case Paragraph() if kind == "item":
            return ListBlock((ListItem((block,)),))
        case Paragraph():
            text = draw(st.sampled_from([one for one in block.inlines if isinstance(one, Text)] or [Text("x")]))
            other = Text(draw(_changed(text.text)))
            return Paragraph(tuple(other if one is text else one for one in block.inlines))
        case ListBlock():
            return replace(block, items=(*block.items[1:], ListItem((par(draw(_texts)),))))
        case Table():
            columns = len(block.header[0].cells)
            row = _row(tuple(draw(st.sampled_from(("", *_WORDS[:8]))) for _ in range(columns)))
            if block.rows and draw(st.booleans()):
                rank, column = draw(st.integers(0, len(block.rows) - 1)), draw(st.integers(0, columns - 1))
                cells = list(block.rows[rank].cells)
                cells[column] = row.cells[column]
                return replace(block, rows=(*block.rows[:rank], Row(tuple(cells)), *block.rows[rank + 1 :]))
            place = draw(st.integers(0, len(block.rows)))
            return replace(block, rows=(*block.rows[:place], row, *block.rows[place + draw(st.integers(0, 1)) :]))
    return block


@st.composite
def _changed(draw: st.DrawFn, text: str) -> str:
    words = text.split(" ")
    word = draw(st.sampled_from(words))
    how = draw(st.sampled_from(("replace", "everywhere", "insert", "delete", "sentence")))
    other = draw(st.sampled_from(_WORDS))
    place = words.index(word)
    match how:
        case "everywhere":
            words = [other if one == word else one for one in words]
        case "insert":
            words.insert(place, other)
        case "delete":
            del words[place]
        case "sentence":
            words.append("Il est remis.")
        case _:
            words[place] = other
    return " ".join(words) or "x"


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Acte, Acte]:
    """An act and the same after some edits."""
    specs = draw(spec_lists())
    amount = draw(st.sampled_from((500, 500, 1500)))
    annexe = draw(st.sampled_from(("le bilan.", "le bilan.", "un autre bilan.")))
    return build(specs), build(draw(edited(specs)), amount, annexe)
