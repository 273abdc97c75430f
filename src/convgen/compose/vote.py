"""The result of a vote, in a sentence and in figures."""

from __future__ import annotations

from convgen.acte.nodes import Block, Inlines, Paragraph, Role, Text
from convgen.compose.atoms import Word
from convgen.compose.deliberation_pack import Pack
from convgen.compose.recited import MISSING
from convgen.compose.sandbox import View
from convgen.compose.unilateral import Frame
from convgen.compose.views.base import BlankView, WordView, text_view
from convgen.french.numbers import cardinal
from convgen.model.deliberation_types import ResolvedDeliberation, Vote
from convgen.model.values import Unknown

#: The key, what it counts, the same for one only, the field.
_LABELS = (
    ("en_exercice", "Membres en exercice", "Membre en exercice", "members"),
    ("presents", "Présents", "Présent", "present"),
    ("pouvoirs", "Pouvoirs", "Pouvoir", "proxies"),
    ("pour", "Pour", "Pour", "in_favour"),
    ("contre", "Contre", "Contre", "against"),
    ("abstention", "Abstentions", "Abstention", "abstaining"),
    ("non_participation", "Ne prennent pas part au vote", "Ne prend pas part au vote", "not_voting"),
)


def vote_zone(d: ResolvedDeliberation, pack: Pack, frame: Frame) -> tuple[Block, ...]:
    """The counts that are known, then what they mean; a blank while the vote is to come; nothing for « sans »."""
    if d.vote is None:
        return ()
    if isinstance(d.vote, Unknown):
        said = pack.say("vote_a_venir", vote=BlankView("vote", d.vote.hint))
        return (Paragraph(said, Role.CLOSING, frame.origin),)
    counts: list[Inlines] = []
    for key, many, alone, name in _LABELS:
        count = getattr(d.vote, name)
        label = alone if count == 1 else many
        if key in d.vote.waiting:
            blank = BlankView(f"vote.{key}", d.vote.waiting[key] or label.casefold())
            counts.append(pack.say("vote_compte", libelle=text_view(label), nombre=blank))
        elif count is not None:
            number = WordView(Word(str(count), None, "nombre", f"vote.{key}", count))
            counts.append(pack.say("vote_compte", libelle=text_view(label), nombre=number))
    outcome = Paragraph(_outcome(d.vote, pack, frame), Role.CLOSING, frame.origin)
    return (Paragraph(_on_one_line(counts), Role.BODY, frame.origin), outcome) if counts else (outcome,)


def _on_one_line(counts: list[Inlines]) -> Inlines:
    """« Présents : 50 – Pouvoirs : 4 – Pour : 54 »."""
    parted = ((Text(" – "), *one) if rank else one for rank, one in enumerate(counts))
    return tuple(node for one in parted for node in one)


def _outcome(vote: Vote, pack: Pack, frame: Frame) -> Inlines:
    """« à l'unanimité »; « des suffrages exprimés » as soon as somebody abstains; a blank when nothing tells it."""
    aside = _abstentions(vote.abstaining or 0)
    if vote.result == "majorité":
        casting = text_view("oui") if vote.casting else MISSING
        return pack.say("vote_majorite", abstentions=aside, preponderante=casting, president=frame.chair())
    if vote.result == "exprimés":
        return pack.say("vote_exprimes", abstentions=aside)
    if vote.result == "unanimité":
        return pack.say("vote_unanimite")
    return pack.say("vote_a_venir", vote=BlankView("vote", "résultat du vote"))


def _abstentions(count: int) -> View:
    if not count:
        return MISSING
    words = f"{cardinal(count, feminine=True)} abstention{'s' if count > 1 else ''}"
    return WordView(Word(words, None, "nombre", "vote.abstention", count))
