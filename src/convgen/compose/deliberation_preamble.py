"""What a délibération recites before it decides: visas, considérants, the rapporteur's proposals, opinions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convgen.acte.nodes import Block, Inlines, Paragraph, Role
from convgen.acte.runs import plain_text
from convgen.compose.autorisation import Acts, short_name
from convgen.compose.decision_lists import alone, parted_list
from convgen.compose.decision_words import may_be_proposed, opened
from convgen.compose.deliberation_pack import Pack
from convgen.compose.noun_lines import joined_phrases
from convgen.compose.preamble_words import opinion_body, recused
from convgen.compose.recited import MISSING, RecitedActView, named_view, nodes_view
from convgen.compose.sandbox import View
from convgen.compose.unilateral import Frame, capital, ended
from convgen.compose.views.base import text_view
from convgen.compose.views.groups import view_of
from convgen.errors import Report
from convgen.model.deliberation_types import Decision, PreambleItem, ResolvedDeliberation, Theme
from convgen.model.values import DateValue, TextSource

#: A sentence typed whole.
_TAKES_PART = re.compile(
    r"\b(?:prend|prennent|participe|participent|quitte|quittent|retire|retirent|déporte|déportent|abstient|"
    r"abstiennent|sort|sortent|quitté)\b"
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """Makes the blocks that stand before « Décide »."""

    d: ResolvedDeliberation
    pack: Pack
    report: Report
    frame: Frame
    acts: Acts

    def preamble(self) -> Iterator[Block]:
        """The organe, then each item in printed order."""
        opening = capital(self.pack.say("organe", organe=self.frame.organe(self.d.organe)))
        if opening:
            yield Paragraph(opening, Role.BODY, self.frame.origin)
        for item in self.d.preamble:
            yield from self.item(item)
        for one in self.d.recusals:
            yield from self.recusal(self.frame.text(one.member), one.reason, one.member)

    def recusal(self, member: Inlines, reason: TextSource | None, source: TextSource) -> Iterator[Block]:
        """« Mme Durand, adjointe, ne prend part ni au débat ni au vote »; a sentence typed whole stands as it is."""
        origin = self.frame.at(source)
        if self.frame.says_nothing(member, source, "deports"):
            return
        words = plain_text(member)
        if _TAKES_PART.search(words):
            yield Paragraph(ended(capital(member), self.separator), Role.VISA, origin)
            return
        why = nodes_view(self.frame.text(reason))
        said = self.pack.say("deport", elu=recused(member), motif=why)
        yield Paragraph(ended(capital(said), self.separator), Role.VISA, origin)

    @property
    def separator(self) -> str:
        """What ends each item."""
        return self.pack.marks["separateur_visas"]

    def item(self, item: PreambleItem) -> Iterator[Block]:
        """One item; the report of the rapporteur draws its proposals from the decisions."""
        origin = self.frame.at(item.text)
        if item.kind == "theme" and item.text is not None:
            yield Paragraph(self.frame.text(item.text), Role.SUBHEAD, origin)
            return
        if item.kind == "rapport":
            yield from self.rapport(item)
            return
        role = Role.CONSIDERANT if item.kind == "considerant" else Role.VISA
        words = self.frame.recited(item)
        if not words and item.text is None:
            return
        if self.frame.says_nothing(words, item.text, "preambule"):
            return
        if item.kind == "deport" and item.text is not None:
            yield from self.recusal(words, None, item.text)
            return
        said = self.pack.say(item.kind, texte=nodes_view(words))
        if said:
            yield Paragraph(ended(said, self.separator), role, origin)

    def rapport(self, item: PreambleItem) -> Iterator[Block]:
        """The report that is seen, or what the rapporteur proposes, drawn from the decisions."""
        if item.text is not None:
            seen = self.frame.text(item.text)
            said = self.pack.say("vu", texte=nodes_view(seen)) if seen else ()
            yield Paragraph(ended(said, self.separator), Role.VISA, self.frame.at(item.text))
            return
        said = self.pack.say("rapport", signataire=self.frame.signatory(), organe=self.frame.organe(self.d.organe))
        yield Paragraph(said, Role.VISA, self.frame.origin)
        proposals = [(theme, [one for one in self.proposals(theme) if one]) for theme in self.d.themes]
        last = len([1 for _, said in proposals if said])
        if not last and not self.report.errors:
            message = "« rapport: auto » ne trouve rien que le rapporteur propose"
            remedy = "Retirez-le, ou ajoutez « proposer: » à une décision."
            self.report.error("DEL-01", message, item.place, "preambule", remedy=remedy)
        for theme, proposed in proposals:
            if not proposed:
                continue
            last -= 1
            if theme.title is not None and (about := nodes_view(self.frame.text(theme.title))) is not MISSING:
                yield Paragraph(self.pack.say("proposer_theme", theme=about), Role.BODY, self.frame.origin)
            yield parted_list(
                [alone(one) for one in proposed], " ;", " ;" if last else self.separator, self.frame.origin
            )

    def proposals(self, theme: Theme) -> Iterator[Inlines]:
        """What the rapporteur proposes of a theme: the short form of each decision."""
        for one in theme.decisions:
            if one.proposal is not None:
                found = [act for name in one.acts if (act := self.acts(name)) is not None]
                x = RecitedActView(found[0].resolved, found[0].acte) if len(found) == 1 else None
                yield self.frame.text(one.proposal, x)
            elif one.kind == "approuver" and one.subject is not None:
                yield self.approved(one, one.subject)
            elif one.kind == "texte" and one.subject is not None:
                yield self.in_one_line(one, one.subject)
            else:
                yield from self.proposed_acts(one)

    def approved(self, one: Decision, subject: TextSource) -> Inlines:
        """« l'approbation de la carte et du plan »; DEL-01 when nothing tells what « et » joins."""
        said = self.frame.text(subject)
        if joined_phrases(plain_text(said)).doubtful:
            message = f"« {plain_text(said)} » se lit de deux façons : « et » peut joindre deux choses approuvées"
            cause = "Le rapport dit « l'approbation de … et de … » : il doit savoir devant quels noms répéter « de »."
            remedy = "Ajoutez « proposer: » à cette décision, ou répétez la préposition : « pour A et pour B »."
            self.report.error("DEL-01", message, subject.place, f"{one.path}.approuver", cause, remedy)
        return self.pack.say("proposer_approuver", objet=named_view(said))

    def in_one_line(self, one: Decision, subject: TextSource) -> Inlines:
        """A decision typed by hand as a proposal; DEL-01 when it is more than a sentence."""
        blocks = self.frame.blocks(opened(subject, listed=True), text_view("annexe"))
        alone = len(blocks) == 1 and isinstance(blocks[0], Paragraph)
        if alone and not may_be_proposed(subject):
            message = "le rapport ne peut reprendre cette décision, qui ne commence ni par « de » ni par un article"
            remedy = "Ajoutez-lui « proposer: » et ce que propose le rapporteur."
            self.report.error("DEL-01", message, subject.place, f"{one.path}.texte", remedy=remedy)
        elif alone and isinstance(blocks[0], Paragraph):
            return blocks[0].inlines
        elif blocks:
            message = "le rapport ne peut reprendre cette décision, qui n'est pas d'une seule phrase"
            remedy = "Ajoutez-lui « proposer: » et ce que propose le rapporteur."
            self.report.error("DEL-01", message, subject.place, f"{one.path}.texte", remedy=remedy)
        return ()

    def proposed_acts(self, one: Decision) -> Iterator[Inlines]:
        """The acts of a decision, by their short name."""
        for name in one.acts:
            act = self.acts(name)
            if act is not None:
                named, partners = short_name(act, one, self.d.organisme, self.pack, self.acts)
                yield self.pack.say("proposer_signer", actes=named, partenaires=partners)

    def opinions(self) -> Iterator[Block]:
        """« Après avoir recueilli l'avis … », « Après en avoir délibéré, »."""
        for one in self.d.opinions:
            day: View = MISSING
            if one.day is not None:
                day = view_of(DateValue("avis.date", one.day), self.frame.printing)
            named = self.frame.text(one.commission)
            if self.frame.says_nothing(named, one.commission, "avis"):
                continue
            commission = opinion_body(named, self.pack, self.report)
            said = self.pack.say("avis", sens=text_view(one.sense), commission=commission, jour=day)
            yield Paragraph(said, Role.VISA, self.frame.at(one.commission))
        said = self.pack.say("delibere")
        if said:
            yield Paragraph(said, Role.VISA, self.frame.origin)
