"""How a délibération names an act, a text of an act, an annexe."""

from __future__ import annotations

from collections.abc import Mapping

from convgen.acte.nodes import Inlines, Paragraph
from convgen.compose.atoms import Word
from convgen.compose.context import act_context, clause_context, printing_of
from convgen.compose.deliberation_pack import Pack
from convgen.compose.empty_items import refuse_silence
from convgen.compose.recited import MISSING, InlinesView, keyed, named_view
from convgen.compose.sandbox import View
from convgen.compose.text import Composer
from convgen.compose.views.base import PhraseView, WordView, phrase_word
from convgen.compose.views.groups import view_of
from convgen.french.typography import typeset
from convgen.model.resolved import ResolvedAct
from convgen.model.values import DateValue, TextSource, Unknown


def text_of_act(
    act: ResolvedAct, source: TextSource, pack: Pack, shared: Mapping[str, object] | None = None, path: str = ""
) -> Inlines:
    """A text of an act, with the words that the texts of this act see; DEL-01 when it prints nothing.

    Args:
        act: whose data it says.
        source: the text.
        pack: what compiles it, and where its problems go.
        shared: other words, that those of the act come before.
        path: the key of the délibération it is typed under.
    """
    printing = printing_of(act)
    names = {**(shared or {}), **act_context(act, printing, clause_context(act, printing))}
    said = one_line(Composer(pack.cache, pack.report, names, frozenset(names)), source)
    refuse_silence(said, source, pack.report, path)
    return said


def one_line(composer: Composer, source: TextSource) -> Inlines:
    """A text that stands in a sentence: its paragraphs are joined, and a list, which would be lost, is TXT-07."""
    blocks = composer.blocks(source, capital=False)
    lines = [block.inlines for block in blocks if isinstance(block, Paragraph)]
    if len(lines) < len(blocks):
        message = "une liste ou un tableau n'a pas sa place dans cette phrase"
        remedy = "Écrivez une seule phrase ; une liste peut suivre « texte »."
        composer.report.error("TXT-07", message, source.place, remedy=remedy)
    return tuple(node for rank, line in enumerate(lines) for node in ((*nodes_of(" "), *line) if rank else line))


def amended_view(act: ResolvedAct, pack: Pack) -> View:
    """How another act is named in a sentence: as it calls itself, else by its number, else by its title."""
    if act.called is not None:
        return named_view(keyed(text_of_act(act, act.called, pack), act.id), act.noun.agreement)
    if act.number and not isinstance(act.number, Unknown):
        key = f"actes.{act.id}.numero"
        number = Word(typeset(act.number), None, "texte", key, act.number)
        noun = phrase_word(act.noun, "acte", f"actes.{act.id}", act.id)
        return named_view((*InlinesView.of(noun), *nodes_of(" n°\u00a0"), *InlinesView.of(number)), act.noun.agreement)
    if act.object is not None:
        noun_view = PhraseView(act.noun, "acte", f"actes.{act.id}", act.id)
        about = named_view(keyed(text_of_act(act, act.object, pack), act.id))
        return named_view(pack.say("acte", nom=noun_view, objet=about), act.noun.agreement)
    title = act.title
    noun_atom = InlinesView.of(phrase_word(act.noun, "acte", f"actes.{act.id}", act.id))
    said = text_of_act(act, title, pack) if title is not None else ()
    if named := named_view(said, act.noun.agreement) if said else None:
        starts = title is not None and title.text.strip().casefold().startswith(str(act.noun).casefold())
        return named if starts else named_view((*noun_atom, *quoted(said)), act.noun.agreement)
    return named_view(noun_atom, act.noun.agreement)


def avenant_named(base: ResolvedAct, number: str, pack: Pack) -> Inlines:
    """« l'avenant n° 1 à la convention n° 12 signée le … ».

    Args:
        base: the act that it changes.
        number: of the avenant, "" for none.
        pack: the words.
    """
    view: View = MISSING
    if number:
        view = WordView(Word(number, None, "texte", "numero", number))
    convention = amended_view(base, pack)
    said = pack.say("avenant", numero=view, convention=convention)
    day = base.states.get("signe")
    if day is None:
        return said
    when = view_of(DateValue("base.etat.signe", day), printing_of(base))
    return (*said, *nodes_of(" "), *pack.say("signee_le", convention=convention, jour=when))


def annexe_view(name: str, number: str) -> View:
    """The number of an annexe, as a value that knows whose annexe it is; MISSING without one."""
    return WordView(Word(number, None, "annexe", f"annexes.{name}", number)) if number else MISSING


def quoted(said: Inlines) -> Inlines:
    """« … » after a noun."""
    return (*nodes_of(" «\u00a0"), *said, *nodes_of("\u00a0»"))


def nodes_of(text: str) -> Inlines:
    """Plain words as inlines."""
    return InlinesView.plain(text)


def joined(said: list[Inlines]) -> Inlines:
    """Groups of words parted by commas."""
    out: list[Inlines] = []
    for one in said:
        out += [nodes_of(", "), one] if out else [one]
    return tuple(node for one in out for node in one)
