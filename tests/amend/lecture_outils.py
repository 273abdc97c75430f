"""From two random versions to an avenant and what its readers make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from amend_edits import TERMS, Doc, Item, blocks, edited, paragraph, random_doc, some_items
from exemple_velo import pack
from lecteur_legistique import Refus

from convgen.acte.nodes import ListBlock, Paragraph, Text
from convgen.amend.changements.appliquer import apply_changes, verify
from convgen.amend.changements.causes import with_causes
from convgen.amend.changements.changements import Delta, Term
from convgen.amend.changements.differer import diff
from convgen.amend.changements.termes import pair_of
from convgen.amend.lire.lire import LectureError, read, same_lines
from convgen.amend.numeros.numeros import Policy
from convgen.amend.numeros.numeroter import number_against
from convgen.amend.preuve import proved
from convgen.amend.rediger import Options, word
from convgen.amend.texte.arbre import Alinea, Part, parts_of
from convgen.amend.texte.etat import State
from convgen.amend.texte.imprime import PrintedLine, printed, printed_articles
from convgen.amend.texte.lieux import Place
from convgen.amend.texte.normaliser import normal

PAIRS = tuple(pair_of(old, new) for old, new in TERMS)
Reader = Callable[[Sequence[PrintedLine], Sequence[PrintedLine]], tuple[PrintedLine, ...]]


@dataclass(frozen=True)
class Said:
    """An avenant as printed, its base and the new text."""

    base: Part
    new: Part
    delta: Delta
    avenant: tuple[PrintedLine, ...]
    coarser: bool

    def failure(self, reader: Reader) -> str | None:
        """What goes wrong when it is read; None when the new text is read."""
        try:
            got = reader(self.avenant, printed(self.base))
        except (LectureError, Refus) as error:
            return str(error)
        return same_lines(got, printed(self.new))


def reader_of(name: str) -> Reader:
    """The reader derived from a pack."""
    return lambda avenant, base: read(avenant, base, pack(name))


def numbered(old: Doc, new: Doc, policy: Policy) -> tuple[Part, Part, Callable[[Delta], Delta]]:
    """The two trees with their numbers, and what explains their changes."""
    state = State(old.acte())
    made = number_against(new.acte(), state, policy)
    a, b = normal(state.acte), normal(made)

    def explain(delta: Delta) -> Delta:
        verify(delta, a, b)
        return with_causes(delta, state.acte, made)

    return a, b, explain


def said(old: Doc, new: Doc, name: str, policy: Policy = Policy.FROZEN) -> Said:
    """The avenant between two versions, with the retries at a coarser grain that the program makes."""
    a, b, explain = numbered(old, new, policy)
    proof = proved(a, b, pack(name), explain)
    return Said(a, b, proof.delta, printed_articles(proof.wording.articles), bool(proof.coarser))


def said_once(old: Doc, new: Doc, name: str, policy: Policy = Policy.FROZEN) -> Said:
    """The same at the first attempt, read or not: what a mistake in the writer shows in."""
    a, b, explain = numbered(old, new, policy)
    delta = explain(diff(a, b))
    return Said(a, b, delta, printed_articles(word(delta, a, b, pack(name), Options()).articles), coarser=False)


def said_with_terms(chance: Random, name: str) -> Said:
    """An avenant with terms replaced everywhere but at some places."""
    old = random_doc(chance)
    a, b, _ = numbered(old, edited(old, chance, chance.randint(0, 2)), Policy.FROZEN)
    places = [
        Place(path, rank)
        for path, part in parts_of(b)
        for rank, line in enumerate(part.lines)
        if isinstance(line, Alinea) and chance.random() < 0.15
    ]
    renamed = apply_changes([Term("", PAIRS, tuple(places))], b)

    def explain(delta: Delta) -> Delta:
        verify(delta, a, renamed)
        return delta

    proof = proved(a, renamed, pack(name), explain, pairs=PAIRS)
    return Said(a, renamed, proof.delta, printed_articles(proof.wording.articles), bool(proof.coarser))


def two_docs(seed: int) -> tuple[Doc, Doc]:
    """An act and the same after some edits."""
    chance = Random(seed)  # noqa: S311 -- no secret
    old = random_doc(chance)
    return old, edited(old, chance)


# --- one rule at a time -----------------------------------------------------------------------------------------


def _one_article(chance: Random, count: int) -> tuple[Doc, Item]:
    doc = random_doc(chance)
    texts = [Paragraph((Text(f"Le point {place} est suivi par la ville chaque année."),)) for place in range(count)]
    article = Item(doc.name(), 1, "Suivi", list(texts))
    doc.body = [article]
    doc.annexes = []
    return doc, article


def above_and_below(chance: Random) -> tuple[Doc, Doc]:
    """An alinéa comes or goes above words that change."""
    old, _ = _one_article(chance, chance.randint(6, 9))
    new = old.copy()
    texts = new.body[0].blocks
    below = chance.randint(4, len(texts) - 1)
    texts[below] = Paragraph((Text(f"Le point {below} est garanti par la ville chaque année."),))
    above = chance.randint(0, below - 2)
    if chance.random() < 0.5:
        del texts[above]
    else:
        texts.insert(above, paragraph(chance))
    return old, new


def two_arrivals(chance: Random) -> tuple[Doc, Doc]:
    """In one gap, something new and something that moves there."""
    old, _ = _one_article(chance, 2)
    others = [Item(old.name(), 1, f"Titre {rank}", blocks(chance, 2)) for rank in range(4)]
    old.body = [*old.body, *others]
    new = old.copy()
    moved = new.body.pop(chance.randrange(len(new.body)))
    place = chance.randint(0, len(new.body))
    arrivals = [moved, Item(new.name(), 1, "Nouveau", blocks(chance, 1))]
    if chance.random() < 0.5:
        arrivals.append(Item(new.name(), 1, "Autre", blocks(chance, 1)))
    chance.shuffle(arrivals)
    new.body[place:place] = arrivals
    return old, new


def glued(chance: Random) -> tuple[Doc, Doc]:
    """A date glued to an amount, and one of the two changes."""
    old, article = _one_article(chance, 3)
    article.blocks[1] = Paragraph((Text("La ville verse le 01/06/2024 500 € et 1 500 € au plus."),))
    new = old.copy()
    text = chance.choice(
        (
            "La ville verse le 01/06/2025 500 € et 1 500 € au plus.",
            "La ville verse le 01/06/2024 700 € et 1 500 € au plus.",
            "La ville verse le 01/06/2024 500 € et 1 700 € au plus.",
        )
    )
    new.body[0].blocks[1] = Paragraph((Text(text),))
    return old, new


def added_above_subs(chance: Random) -> tuple[Doc, Doc]:
    """An alinéa at the end of an article that has sub-articles."""
    old, article = _one_article(chance, chance.randint(1, 4))
    article.children = [Item(old.name(), 2, "Public", blocks(chance, 1)) for _ in range(2)]
    new = old.copy()
    new.body[0].blocks.append(paragraph(chance))
    return old, new


def last_item(chance: Random) -> tuple[Doc, Doc]:
    """The last item of a list comes or goes: the mark that ends the one before follows."""
    old, article = _one_article(chance, 2)
    items = some_items(chance).items[:1]
    texts = ("un accueil ;", "un atelier ;", "un jardin.")
    made = tuple(replace(items[0], blocks=(Paragraph((Text(text),)),)) for text in texts)
    article.blocks.append(ListBlock(made, "-"))
    new = old.copy()
    shorter = (made[0], replace(made[1], blocks=(Paragraph((Text("un atelier."),)),)))
    new.body[0].blocks[-1] = ListBlock(shorter, "-")
    return (old, new) if chance.random() < 0.5 else (new, old)


TARGETED: tuple[Callable[[Random], tuple[Doc, Doc]], ...] = (
    above_and_below,
    two_arrivals,
    glued,
    added_above_subs,
    last_item,
)
