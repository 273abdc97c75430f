"""From the changes to the articles of the avenant, in the order of its plan.

Terms; parties; data with two effects or more; then the other changes in the order of the base, an article of the
avenant for each article of the base. Guide de légistique, 4th edition, sheet 3.4.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from convgen.acte.nodes import Block, Inlines
from convgen.amend.changements.causes import gap
from convgen.amend.changements.changements import Cause, CauseKind, Change, Delta, Renumber, Repeal, Term
from convgen.amend.changements.differer import place_of
from convgen.amend.recueils.emplacements import Named
from convgen.amend.rediger.annonces import AMOUNTS, Shown, announced, party, payment, says_after, shown
from convgen.amend.rediger.articles import Draft, draft_of, ids, ids_of
from convgen.amend.rediger.modele import Options, PartyNote, Wording
from convgen.amend.rediger.objet import modified, objects_of
from convgen.amend.rediger.par_article import say_by_article, say_numbering
from convgen.amend.rediger.phrase import Sentence, colon, grouped, sentence_blocks, several_blocks
from convgen.amend.rediger.pratique import say_again
from convgen.amend.rediger.unites import same_words
from convgen.amend.texte.arbre import Part

if TYPE_CHECKING:
    from convgen.amend.recueils.formules import Pack

_MOST_IN_ONE: Final = 3
_IDENTICAL: Final = 3
_PARTIES: Final = "parties."
_DEFAULT: Final = Options()


def word(delta: Delta, base: Part, new: Part, pack: Pack, options: Options = _DEFAULT) -> Wording:
    """The changes in words.

    Args:
        delta: The changes from `base` to `new`, with their causes.
        base: The amendable tree of what is in force.
        new: That of the new version, with its final numbers.
        pack: The templates.
        options: How the changes are grouped.

    Raises:
        RedactionError: AVE-11, a change cannot be worded, or an announcement has no operation.
    """
    draft = draft_of(delta, base, pack, options)
    every = draft.units(delta.changes)
    printed = [one for one in _primary(delta) if one.effects or one.absorbed]
    seen = {one.id: _shown(one, draft, base, new) for one in printed}
    if pack.manner == "pratique":
        _say_terms(draft)
        _say_parties_only(draft, options)
        _announce_at_the_head(draft, seen, options)
        say_again(draft, base, new, options)
    elif options.single_article and 0 < len(every) <= _MOST_IN_ONE:
        _announce_at_the_head(draft, seen, options)
        _say_in_one(draft)
    else:
        _say_terms(draft)
        _say_parties(draft, options)
        if options.group != "aucun":
            _say_data(draft, seen, options)
        _announce_at_the_head(draft, seen, options)
        if options.group == "identiques":
            _say_identical(draft)
        numbering = [name for one in delta.causes if one.kind is CauseKind.NUMBERING for name in one.effects]
        say_by_article(draft, frozenset(numbering))
        say_numbering(draft, numbering)
    named = [one for one in seen.values() if one.named]
    objects = objects_of(pack, draft.names, delta, named, options, every)
    return Wording(objects, tuple(draft.articles), modified(draft.names, delta.changes))


# --- terms and parties --------------------------------------------------------------------------------------


def _say_terms(draft: Draft) -> None:
    terms = [one for one in draft.delta.changes if isinstance(one, Term)]
    if terms:
        causes = [one.id for one in draft.delta.causes if one.kind is CauseKind.TERM]
        sentences = [Sentence(draft.writer.term(one), (one.id,)) for one in terms]
        draft.add("terminologie", draft.title("terminologie"), several_blocks(sentences), ids(terms), causes)


def _by_party(options: Options) -> dict[str, list[PartyNote]]:
    found: dict[str, list[PartyNote]] = {}
    for note in options.parties:
        found.setdefault(note.key, []).append(note)
    return found


def _say_parties(draft: Draft, options: Options) -> None:
    act = draft.names.part(()).phrase
    for key, notes in _by_party(options).items():
        causes = _of_party(draft, key)
        effects = draft.left(name for one in causes for name in one.effects)
        heads = several_blocks(Sentence(party(draft.pack, note, act)) for note in notes)
        title = _party_title(draft, notes)
        name = f"partie-{key.rpartition('.')[2]}"
        draft.add(name, title, (*heads, *_consequences(draft, effects)), ids(effects), ids_of(causes))


def _party_title(draft: Draft, notes: Sequence[PartyNote]) -> str:
    """« Dénomination de l'association », « Adhésion de … », « Changement relatif à … »."""
    kinds = {note.what for note in notes}
    own = len(kinds) == 1 and kinds <= {"denomination", "ajoutee", "retiree"}
    key = f"partie_{notes[0].what}" if own else "partie"
    return draft.title(key, partie=Named(notes[0].party))


def _of_party(draft: Draft, key: str) -> list[Cause]:
    """The change of a party, and those of its name, of its representative, of its address."""
    return [one for one in draft.delta.causes if one.key == key or one.key.startswith(f"{key}.")]


def _say_parties_only(draft: Draft, options: Options) -> None:
    """What changes in the parties, the text that says it being given again with its article."""
    act = draft.names.part(()).phrase
    for key, notes in _by_party(options).items():
        causes = ids_of(_of_party(draft, key))
        blocks = several_blocks(Sentence(party(draft.pack, note, act)) for note in notes)
        title = _party_title(draft, notes)
        draft.add(f"partie-{key.rpartition('.')[2]}", title, blocks, (), causes)


# --- data ---------------------------------------------------------------------------------------------------


def _primary(delta: Delta) -> list[Cause]:
    """The data that somebody changed; one that is computed stands alone when what it follows from is not printed."""
    data = [one for one in delta.causes if one.kind is CauseKind.DATA and not one.key.startswith(_PARTIES)]
    known = {one.id for one in data}
    return [one for one in data if one.of not in known]


def _shown(cause: Cause, draft: Draft, base: Part, new: Part) -> Shown:
    wanted = set(cause.effects)
    return shown(cause, [one for one in draft.delta.changes if one.id in wanted], base, new)


def _say_data(draft: Draft, seen: dict[str, Shown], options: Options) -> None:
    ranks = {one.id: rank for rank, one in enumerate(draft.delta.changes)}

    def first(cause: Cause) -> int:
        return min((ranks.get(name, len(ranks)) for name in cause.effects), default=len(ranks))

    for cause in sorted((one for one in _primary(draft.delta) if one.id in seen), key=first):
        family = [cause, *(one for one in draft.delta.causes if one.of == cause.id)]
        effects = draft.left(_of_family(draft.delta, family))
        if len(effects) < 2 or not seen[cause.id].named:
            continue
        heads = several_blocks(Sentence(said) for said in _announcements(draft, cause, seen, options))
        title = draft.title("donnee", donnee=Named(seen[cause.id].noun.bare))
        blocks = (*heads, *_consequences(draft, effects))
        draft.add(f"donnee-{cause.id}", title, blocks, ids(effects), [one.id for one in family])


def _of_family(delta: Delta, family: Sequence[Cause]) -> list[str]:
    """What these data change alone: words that another datum changes too are said where they stand."""
    own = {one.id for one in family}
    others = {name for one in delta.causes if one.kind is CauseKind.DATA and one.id not in own for name in one.effects}
    return [name for one in family for name in one.effects if name not in others]


def _announcements(draft: Draft, cause: Cause, seen: dict[str, Shown], options: Options) -> Iterator[Inlines]:
    yield announced(draft.pack, seen[cause.id])
    yield from (payment(draft.pack, note) for note in options.payments if note.key == cause.key)


def _consequences(draft: Draft, effects: list[Change]) -> tuple[Block, ...]:
    """« En conséquence, … », or « En conséquence : 1° … ; 2° … »."""
    if not effects:
        return ()
    sentences = draft.sentences(same_words(draft.units(effects)))
    head = draft.pack.say("groupe.consequence")
    if len(sentences) > 1:
        return grouped(colon(head), sentences)
    (only,) = sentences
    return sentence_blocks(replace(only, said=(*head, *only.said)))


# --- announcements of what is rewritten ---------------------------------------------------------------------


def _announce_at_the_head(draft: Draft, seen: dict[str, Shown], options: Options) -> None:
    """What no article of its own announces opens the article that carries it: the difference, the payments."""
    said = {name for article in draft.articles for name in article.causes}
    for cause in _primary(draft.delta):
        one = seen.get(cause.id)
        if cause.id in said or one is None or not (one.named and one.proved and _deserves(draft, cause, options)):
            continue
        place = _carrier(draft, cause, one)
        if place is not None:
            sentences = [Sentence(words) for words in _announcements(draft, cause, seen, options)]
            draft.heads.setdefault(place.id, []).extend(sentences)


def _deserves(draft: Draft, cause: Cause, options: Options) -> bool:
    """Whether there is more to say than the object: payments, or the difference of sums that no sentence compares."""
    if any(note.key == cause.key for note in options.payments):
        return True
    shows_both = draft.pack.manner == "legistique" and not options.single_article and not cause.absorbed
    found = gap(cause)
    return cause.data in AMOUNTS and found is not None and found.percentage is not None and not shows_both


def _carrier(draft: Draft, cause: Cause, one: Shown) -> Change | None:
    """The first change that shows the datum, one that shows what is computed from it too if there is any."""
    family = [own for own in draft.delta.causes if own.of == cause.id]
    found = [change for change in draft.left() if _explains(cause, change) and says_after(change, one)]
    wider = [change for change in found if any(_explains(own, change) for own in family)]
    return next(iter((*wider, *found)), None)


def _explains(cause: Cause, change: Change) -> bool:
    return change.id in cause.effects or (not isinstance(change, Term) and place_of(change) in cause.absorbed)


# --- other groups -------------------------------------------------------------------------------------------


def _say_identical(draft: Draft) -> None:
    """The same words changed in three places or more."""
    units = same_words(draft.units(draft.left()), _IDENTICAL)
    found = [one for one in units if len(one.changes) >= _IDENTICAL and not isinstance(one.first, Repeal | Renumber)]
    for rank, unit in enumerate(found, start=1):
        draft.add(f"commun-{rank}", draft.title("commun"), several_blocks(draft.sentences([unit])), unit.carried)


def _say_in_one(draft: Draft) -> None:
    units = draft.units(draft.left())
    sentences = draft.sentences(units)
    act = draft.names.part(())
    head = draft.pack.say("groupe.convention", lieu=act)
    blocks = grouped(head, sentences) if len(sentences) > 1 else several_blocks(sentences)
    carried = [name for unit in units for name in unit.carried]
    causes = [one.id for one in draft.delta.causes]
    draft.add("modifications", draft.title("convention", lieu=act), blocks, carried, causes)
