"""Names that a preamble puts in a sentence: the body that gives its opinion, the members who do not take part."""

from __future__ import annotations

import re
from dataclasses import replace

from convgen.acte.nodes import Inline, Inlines, Text, Value
from convgen.acte.runs import plain_text
from convgen.compose.atoms import LineAtom, NodesAtom, Word
from convgen.compose.deliberation_pack import Pack
from convgen.compose.noun_lines import joined_phrases
from convgen.compose.recited import InlinesView, named_view
from convgen.compose.sandbox import View
from convgen.compose.views.base import AtomView
from convgen.errors import Report
from convgen.french.agreement import Agreement
from convgen.french.bodies import body_name, several_people
from convgen.french.grammar import NounPhrase

#: A pack that says « commission » by itself takes the name without it.
_SAYS_IT = re.compile(r"commission[ \u00a0]\{\{-?\s*commission\b")
_NOUN = "commission "
_SEMICOLON = re.compile(r"[ \u00a0\u202f]*;[ \u00a0\u202f]*")


def opinion_body(said: Inlines, pack: Pack, report: Report) -> View:
    """« la commission Finances », « le comité social », whichever way it is typed.

    DEL-06 when the sentence of the pack says « commission » before what is none.
    """
    words = plain_text(said).replace("\u00a0", " ").rstrip()
    phrase = body_name(words)
    printed = str(phrase)
    source = pack.sources["avis"]
    if not _SAYS_IT.search(source.text):
        return _headed(said, words, phrase)
    if phrase.determiner != "la" or not phrase.noun.casefold().startswith(_NOUN):
        message = f"la formule « avis » dit « commission » devant « {printed} »"
        remedy = "Écrivez « de {{ commission }} » dans cette formule : le nom y vient avec son article."
        report.error("DEL-06", message, source.place, remedy=remedy)
        return named_view(said)
    return _headed(said, words, NounPhrase("", phrase.noun[len(_NOUN) :], phrase.agreement, False))


def _headed(said: Inlines, words: str, phrase: NounPhrase) -> View:
    """The words under that name: only what stands before their noun changes, and values stay."""
    noun, first = phrase.noun, said[0]
    kept = noun if words.endswith(noun) else words
    cut, head = len(words) - len(kept), noun[: len(noun) - len(kept)]
    if isinstance(first, Text) and cut <= len(first.text):
        article = str(NounPhrase(phrase.determiner, "", phrase.agreement, phrase.elides)).replace("'", "\u2019")
        return named_view((Text(article + head + first.text[cut:]), *said[1:]))
    if isinstance(first, Value) and cut < len(first.text):
        said = (replace(first, text=first.text[cut:]), *said[1:])
    elif cut:
        return named_view(said)
    opening = NounPhrase(phrase.determiner, head, phrase.agreement, phrase.elides)
    return AtomView(LineAtom((Word(str(opening), opening), NodesAtom(said))))


def recused(member: Inlines) -> InlinesView:
    """The members who do not take part: « M. Yves et Mme Zoé » for « M. Yves ; Mme Zoé », with what agrees."""
    member = _joined(member)
    words = plain_text(member)
    parts = joined_phrases(words).parts(words)
    several = len(parts) > 1 or several_people(words)
    if ", " in parts[-1].replace("\u00a0", " ") and not _enumerates(words):
        member = (*member, Text(","))
    return InlinesView(member, Agreement(False, several))


def _enumerates(words: str) -> bool:
    """« MM. Durand, Petit et Roux »: its commas open no apposition."""
    plain = words.replace("\u00a0", " ")
    return plain.startswith(("MM. ", "Mmes ")) and " et " in plain.rpartition(", ")[2]


def _joined(member: Inlines) -> Inlines:
    """Semicolons as a sentence joins names: « A, B et C »; a comma stays before « et » after an apposition."""
    whole = plain_text(member)
    marks = len(_SEMICOLON.findall(whole))
    comma = "," in whole
    out: list[Inline] = []
    for node in member:
        if isinstance(node, Text) and ";" in node.text:
            pieces = _SEMICOLON.split(node.text)
            text = pieces[0]
            for piece in pieces[1:]:
                marks -= 1
                text += (", " if marks else ", et " if comma else " et ") + piece
            out.append(Text(text))
        else:
            out.append(node)
    return tuple(out)
