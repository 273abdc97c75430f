"""From a resolved délibération to its tree: what it recites of the acts it authorises comes from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from convgen.acte.nodes import (
    Acte,
    Block,
    Emphasis,
    Inlines,
    ListBlock,
    ListItem,
    Origin,
    Paragraph,
    Role,
    Strong,
    Text,
    Zone,
)
from convgen.acte.runs import plain_text
from convgen.compose.atoms import LineAtom, SeriesAtom, Word
from convgen.compose.autorisation import Acts, AuthorisedAct, authorisation, short_name
from convgen.compose.decision_days import check_day
from convgen.compose.decision_lists import alone, ended_list, parted_list, with_shares
from convgen.compose.deliberation_pack import Pack, load_pack
from convgen.compose.hand_worded import check_hand_words
from convgen.compose.named_acts import annexe_view
from convgen.compose.noun_lines import agreement_of
from convgen.compose.recited import MISSING, InlinesView, RecitedActView, named_view, nodes_view
from convgen.compose.sandbox import View
from convgen.compose.text import TextCache
from convgen.compose.unilateral import Frame, acte_of, capital, ended, refuse_blanks
from convgen.compose.views.base import AtomView, text_view
from convgen.compose.views.groups import view_of
from convgen.compose.vote import vote_zone
from convgen.errors import Report
from convgen.french.agreement import MASCULINE_SINGULAR, Agreement
from convgen.french.grammar import GenderUnknown
from convgen.model.deliberation_types import Decision, PreambleItem, ResolvedDeliberation, Theme
from convgen.model.files import Files
from convgen.model.values import DateValue, TextSource

Others: TypeAlias = Acts


def compose_deliberation(
    d: ResolvedDeliberation,
    report: Report,
    *,
    files: Files,
    final: bool = False,
    cache: TextCache | None = None,
    others: Others,
    annexes: Mapping[str, str] | None = None,
) -> Acte | None:
    """Compose a délibération; None when an error stops it (everything is in `report`).

    Args:
        d: the resolved definition.
        report: collects the diagnostics.
        files: the workspace, where the packs of formules are.
        final: refuse blanks, and print no PROJET.
        cache: what texts share from one act to the next.
        others: gives an act by its identifier, with its tree.
        annexes: the number, as printed, of the annexe of each act and of each piece.
    """
    before = len(report.errors)
    cache = cache or TextCache()
    pack = load_pack(files, d.pack, "délibération", cache, report, d.place)
    if pack is None:
        return None
    acts = _Once(others, {})
    frame = Frame(d, pack, report, acts)
    made = _Maker(d, pack, report, frame, acts, annexes or {})
    zones = (
        Zone("en-tete", made.head()),
        Zone("intitule", (Paragraph(frame.text(d.title), Role.TITLE, frame.origin),)),
        Zone("visas", tuple(made.preamble())),
        Zone("avis", tuple(made.opinions())),
        Zone("decisions", tuple(made.decisions())),
        Zone("vote", vote_zone(d, pack, frame)),
        Zone("signatures", frame.signatures()),
        Zone("executoire", frame.executory()),
        Zone("tampon", frame.stamp()),
    )
    check_hand_words(d, frame, acts, made.annexes, files)
    acte = acte_of(d, "délibération", plain_text(frame.text(d.title)), zones, final=final)
    if final:
        refuse_blanks(d, acte, report)
    return None if len(report.errors) > before else acte


@dataclass(frozen=True, slots=True)
class _Once:
    """Each act made once, however often it is named."""

    make: Acts
    made: dict[str, AuthorisedAct | None]

    def __call__(self, name: str) -> AuthorisedAct | None:
        if name not in self.made:
            self.made[name] = self.make(name)
        return self.made[name]


@dataclass(frozen=True, slots=True)
class _Maker:
    d: ResolvedDeliberation
    pack: Pack
    report: Report
    frame: Frame
    acts: _Once
    annexes: Mapping[str, str]

    # --- head and preamble ----------------------------------------------------------------------------------

    def head(self) -> tuple[Block, ...]:
        """The body, the organe, the session, then « Délibération », with its number if it has one."""
        frame, pack = self.frame, self.pack
        organe = named_view((Text(_bare(str(self.d.organe))),))
        session = nodes_view(frame.text(self.d.session)) if self.d.session is not None else MISSING
        lines = [
            (pack.say("collectivite", organisme=frame.bare_organisme()), Role.SUBTITLE),
            (pack.say("assemblee", organe=organe), Role.SUBTITLE),
            (pack.say("seance", jour=frame.day("seance", "date de la séance"), session=session), Role.SUBTITLE),
            (pack.say("numero", numero=frame.number()), Role.NUMBER),
        ]
        return tuple(Paragraph(capital(said), role, frame.origin) for said, role in lines if said)

    def preamble(self) -> Iterator[Block]:
        """The organe, then each item in printed order."""
        opening = capital(self.pack.say("organe", organe=self.frame.organe(self.d.organe)))
        if opening:
            yield Paragraph(opening, Role.BODY, self.frame.origin)
        for item in self.d.preamble:
            yield from self.item(item)
        for one in self.d.recusals:
            reason = nodes_view(self.frame.text(one.reason)) if one.reason is not None else MISSING
            said = self.pack.say("deport", elu=nodes_view(self.frame.text(one.member)), motif=reason)
            yield Paragraph(ended(capital(said), self.separator), Role.VISA, self.frame.at(one.member))

    @property
    def separator(self) -> str:
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
        if self.empty(words, item.text, "preambule"):
            return
        if item.kind == "deport":
            said = self.pack.say("deport", elu=nodes_view(words), motif=MISSING)
        else:
            said = self.pack.say(item.kind, texte=nodes_view(words))
        if said:
            yield Paragraph(ended(said, self.separator), role, origin)

    def rapport(self, item: PreambleItem) -> Iterator[Block]:
        if item.text is not None:
            said = self.pack.say("vu", texte=nodes_view(self.frame.text(item.text)))
            yield Paragraph(ended(said, self.separator), Role.VISA, self.frame.at(item.text))
            return
        said = self.pack.say("rapport", signataire=self.frame.signatory(), organe=self.frame.organe(self.d.organe))
        yield Paragraph(said, Role.VISA, self.frame.origin)
        proposals = [(theme, [*self.proposals(theme)]) for theme in self.d.themes]
        last = len([1 for _, said in proposals if said])
        for theme, proposed in proposals:
            if not proposed:
                continue
            last -= 1
            if theme.title is not None:
                about = nodes_view(self.frame.text(theme.title))
                yield Paragraph(self.pack.say("proposer_theme", theme=about), Role.BODY, self.frame.origin)
            yield parted_list(
                [alone(one) for one in proposed], " ;", " ;" if last else self.separator, self.frame.origin
            )

    def proposals(self, theme: Theme) -> Iterator[Inlines]:
        """What the rapporteur proposes of a theme: the short form of each decision."""
        for one in theme.decisions:
            if one.proposal is not None:
                yield self.frame.text(one.proposal)
            elif one.kind == "approuver" and one.subject is not None:
                yield self.pack.say("proposer_approuver", objet=named_view(self.frame.text(one.subject)))
            elif one.kind == "texte" and one.subject is not None:
                yield self.in_one_line(one, one.subject)
            else:
                yield from self.proposed_acts(one)

    def in_one_line(self, one: Decision, subject: TextSource) -> Inlines:
        """A decision typed by hand as a proposal; DEL-01 when it is more than a sentence."""
        blocks = self.frame.blocks(subject, text_view("annexe"))
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return blocks[0].inlines
        if blocks:
            message = "le rapport ne peut reprendre cette décision, qui n'est pas d'une seule phrase"
            remedy = "Ajoutez-lui « proposer: » et ce que propose le rapporteur."
            self.report.error("DEL-01", message, subject.place, f"{one.path}.texte", remedy=remedy)
        return ()

    def proposed_acts(self, one: Decision) -> Iterator[Inlines]:
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
            commission = nodes_view(self.frame.text(one.commission))
            said = self.pack.say("avis", sens=text_view(one.sense), commission=commission, jour=day)
            yield Paragraph(said, Role.VISA, self.frame.at(one.commission))
        said = self.pack.say("delibere")
        if said:
            yield Paragraph(said, Role.VISA, self.frame.origin)

    # --- decisions ------------------------------------------------------------------------------------------

    def decisions(self) -> Iterator[Block]:
        """« Décide : », then the decisions, numbered and grouped by theme."""
        opening = self.pack.say("decide", organe=self.frame.organe(self.d.organe))
        if opening:
            yield Paragraph(capital(opening), Role.FORMULA, self.frame.origin)
        grouped = any(theme.title is not None for theme in self.d.themes)
        if self.pack.marks["marque_decisions"] == "sans" or not grouped:
            yield from self.flat()
            return
        style = self.pack.marks["marque_themes"]
        items = []
        for rank, theme in enumerate(self.d.themes):
            last = rank == len(self.d.themes) - 1
            items.append(ListItem(tuple(self.theme(theme, last=last))))
        yield ListBlock(tuple(items), "-" if style == "sans" else style, 1, self.frame.origin)

    def flat(self) -> Iterator[Block]:
        """The decisions without themes; a pack may print each as a paragraph."""
        for theme in self.d.themes:
            if theme.title is not None:
                about = named_view(self.frame.text(theme.title))
                yield Paragraph(self.pack.say("theme", theme=about), Role.SUBHEAD, self.frame.origin)
            for part in theme.parts:
                if part.title is not None:
                    yield Paragraph(self.frame.text(part.title), Role.SUBHEAD, self.frame.origin)
                if self.pack.marks["marque_decisions"] == "sans":
                    yield from (block for one in part.decisions for block in self.paragraphs(one, self.between))
        if self.pack.marks["marque_decisions"] != "sans":
            every = [one for theme in self.d.themes for one in theme.decisions]
            yield self.listed(every, last=True)

    @property
    def between(self) -> str:
        return self.pack.marks["separateur_decisions"]

    def theme(self, theme: Theme, *, last: bool) -> Iterator[Block]:
        """The blocks of a numbered theme; a theme without a title is its decision itself."""
        if theme.title is None and len(theme.decisions) == 1:
            yield from self.paragraphs(theme.decisions[0], "." if last else self.between)
            return
        if theme.title is not None:
            about = nodes_view(self.frame.text(theme.title))
            heading = (Strong(self.pack.say("theme", theme=about)),)
            yield Paragraph(heading, Role.BODY, self.frame.at(theme.title))
        for rank, part in enumerate(theme.parts):
            if part.title is not None:
                # Inside an item of a list a heading has no style of its own.
                yield Paragraph((Emphasis(self.frame.text(part.title)),), Role.BODY, self.frame.at(part.title))
            yield self.listed(part.decisions, last=last and rank == len(theme.parts) - 1)

    def listed(self, decisions: tuple[Decision, ...] | list[Decision], *, last: bool) -> Block:
        """The decisions as a list; the last one of all ends with a full stop."""
        items = []
        for rank, one in enumerate(decisions):
            end = "." if last and rank == len(decisions) - 1 else self.between
            items.append(ListItem(tuple(self.paragraphs(one, end))))
        return ListBlock(tuple(items), self.pack.marks["marque_decisions"], 1, self.frame.origin)

    def paragraphs(self, one: Decision, end: str) -> Iterator[Block]:
        """A decision and the lists it opens."""
        origin = Origin(one.place.file, one.place.line, what="définition")
        if one.kind == "signer":
            yield from self.signing(one, end, origin)
            return
        if one.kind == "approuver":
            yield from self.approving(one, end, origin)
            return
        yield from self.typed(one, end, origin)

    def approving(self, one: Decision, end: str, origin: Origin) -> Iterator[Block]:
        """« d'approuver le rapport, joint en annexe n° 1 »; DEF-21 when nothing tells how « joint » agrees."""
        said = self.frame.text(one.subject)
        if self.empty(said, one.subject, f"{one.path}.approuver"):
            return
        annexe: View = MISSING
        if one.piece:
            number = annexe_view(one.piece, self.annexes.get(one.piece, ""))
            annexe = nodes_view(
                self.pack.say("piece", objet=named_view(said, self.agreement(one, said)), numero=number)
            )
        yield Paragraph(
            ended(self.pack.say("approuver", objet=named_view(said), annexe=annexe), end), Role.BODY, origin
        )

    def agreement(self, one: Decision, said: Inlines) -> Agreement:
        """The gender and the number of what is approved."""
        words = plain_text(said)
        try:
            return agreement_of(words, feminine=one.feminine)
        except GenderUnknown as error:
            place = one.subject.place if one.subject is not None else one.place
            remedy = "Ajoutez « genre: masculin » ou « genre: féminin » à cette décision."
            self.report.error("DEF-21", error.message, place, f"{one.path}.approuver", remedy=remedy)
            return MASCULINE_SINGULAR

    def empty(self, said: Inlines, source: TextSource | None, path: str) -> bool:
        """Whether a text says nothing, which is reported where it stands (DEL-01)."""
        if plain_text(said).strip(" \u00a0"):
            return False
        if source is not None and not any(one.place == source.place for one in self.report.errors):
            remedy = "Écrivez-le, ou vérifiez la donnée qu'il imprime."
            self.report.error("DEL-01", "ce texte n'imprime rien", source.place, path, remedy=remedy)
        return True

    def typed(self, one: Decision, end: str, origin: Origin) -> Iterator[Block]:
        """A decision typed by hand, lists included."""
        found = [act for name in one.acts if (act := self.acts(name)) is not None]
        x = RecitedActView(found[0].resolved, found[0].acte) if len(found) == 1 else None
        blocks = self.frame.blocks(one.subject, self.annexe(one), x) if one.subject is not None else ()
        for act in found:
            check_day(act, one, self.d.day, self.report)
        for rank, block in enumerate(blocks):
            final = rank == len(blocks) - 1
            if isinstance(block, Paragraph):
                said = self.pack.say("texte", texte=nodes_view(block.inlines))
                opens = plain_text(block.inlines).rstrip().endswith(":")
                yield Paragraph(ended(said, end) if final and not opens else said, Role.BODY, origin)
            else:
                yield ended_list(block, end) if final and isinstance(block, ListBlock) else block

    def annexe(self, one: Decision) -> View:
        """`annexe` in a decision typed by hand: « annexe n° 3 », « annexes n° 3 et 4 »."""
        names = (*one.acts, *((one.piece,) if one.piece else ()))
        noun = "annexes" if len(names) > 1 else "annexe"
        words = [
            Word(number, None, "annexe", f"annexes.{name}", number)
            for name in names
            if (number := self.annexes.get(name, ""))
        ]
        if len(words) < len(names) or not words:
            return text_view(noun)
        return AtomView(LineAtom((f"{noun} n°\u00a0", SeriesAtom(tuple(words)) if len(words) > 1 else words[0])))

    def signing(self, one: Decision, end: str, origin: Origin) -> Iterator[Block]:
        """« d'autoriser … à signer … »: one act in the sentence, several in a list."""
        if one.subject is not None:
            yield from self.typed(one, end, origin)
            return
        found = [act for name in one.acts if (act := self.acts(name)) is not None]
        said = [
            authorisation(act, one, self.annexes.get(act.resolved.id, ""), self.d.organisme, self.pack, self.acts)
            for act in found
        ]
        for act in found:
            check_day(act, one, self.d.day, self.report)
        who, whose = self.frame.signatory(), self.frame.organisme()
        if len(said) == 1:
            line = self.pack.say("signer", signataire=who, organisme=whose, actes=InlinesView(said[0].inlines))
            yield from with_shares(line, said[0].shares, end, origin)
        elif said:
            yield Paragraph(self.pack.say("signer_plusieurs", signataire=who, organisme=whose), Role.BODY, origin)
            yield parted_list([(sentence.inlines, sentence.shares) for sentence in said], " ;", end, origin)


def _bare(organe: str) -> str:
    """The organe without its article, for the head."""
    for article in ("la ", "le ", "les ", "l'", "l\u2019"):
        if organe.startswith(article):
            return organe[len(article) :]
    return organe
