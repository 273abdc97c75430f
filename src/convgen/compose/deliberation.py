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
from convgen.compose.autorisation import Acts, AuthorisedAct, authorisation
from convgen.compose.decision_days import check_day, check_signatory
from convgen.compose.decision_lists import ended_list, parted_list, with_shares
from convgen.compose.decision_money import check_free
from convgen.compose.decision_words import opened
from convgen.compose.deliberation_pack import Pack, load_pack
from convgen.compose.deliberation_preamble import Preamble
from convgen.compose.hand_worded import check_hand_words
from convgen.compose.named_acts import annexe_view
from convgen.compose.noun_lines import agreement_of
from convgen.compose.recited import MISSING, InlinesView, RecitedActView, named_view, nodes_view
from convgen.compose.sandbox import View
from convgen.compose.text import TextCache
from convgen.compose.unilateral import Frame, acte_of, capital, ended, refuse_blanks
from convgen.compose.views.base import AtomView, text_view
from convgen.compose.vote import vote_zone
from convgen.errors import Report
from convgen.french.agreement import MASCULINE_SINGULAR, Agreement
from convgen.french.grammar import GenderUnknown
from convgen.model.deliberation_types import Decision, ResolvedDeliberation, Theme
from convgen.model.files import Files
from convgen.model.values import TextSource

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
    made = _Maker(d, pack, report, frame, acts, annexes or {}, final)
    preamble = Preamble(d, pack, report, frame, acts)
    zones = (
        Zone("en-tete", made.head()),
        Zone("intitule", (Paragraph(frame.text(d.title), Role.TITLE, frame.origin),)),
        Zone("visas", tuple(preamble.preamble())),
        Zone("avis", tuple(preamble.opinions())),
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
    final: bool

    # --- head -----------------------------------------------------------------------------------------------

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
            if theme.title is not None and (title := self.frame.text(theme.title)):
                yield Paragraph(self.pack.say("theme", theme=named_view(title)), Role.SUBHEAD, self.frame.origin)
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
        if theme.title is not None and (title := self.frame.text(theme.title)):
            heading = (Strong(self.pack.say("theme", theme=nodes_view(title))),)
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
        if self.frame.says_nothing(said, one.subject, f"{one.path}.approuver"):
            return
        annexe: View = MISSING
        if one.piece:
            number = annexe_view(one.piece, self.annexes.get(one.piece, ""))
            annexe = nodes_view(
                self.pack.say("piece", objet=named_view(said, self.agreement(one, said)), numero=number)
            )
        added = nodes_view(self.frame.text(one.added, annexe=self.annexe(one)))
        line = self.pack.say("approuver", objet=named_view(said), annexe=annexe, ajout=added)
        yield Paragraph(ended(line, end), Role.BODY, origin)

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

    def typed(self, one: Decision, end: str, origin: Origin) -> Iterator[Block]:
        """A decision typed by hand, lists included."""
        found = [act for name in one.acts if (act := self.acts(name)) is not None]
        x = RecitedActView(found[0].resolved, found[0].acte) if len(found) == 1 else None
        blocks = self.frame.blocks(self.opened(one.subject), self.annexe(one), x) if one.subject is not None else ()
        if not any(_says(block) for block in blocks):
            self.frame.says_nothing((), one.subject, f"{one.path}.texte")
            return
        for act in found:
            check_day(act, one, self.d.day, self.report)
            check_free(act, one, self.report, final=self.final)
        for rank, block in enumerate(blocks):
            final = rank == len(blocks) - 1
            if isinstance(block, Paragraph):
                said = self.pack.say("texte", texte=nodes_view(block.inlines))
                opens = plain_text(block.inlines).rstrip().endswith(":")
                yield Paragraph(ended(said, end) if final and not opens else said, Role.BODY, origin)
            else:
                yield ended_list(block, end) if final and isinstance(block, ListBlock) else block

    def opened(self, subject: TextSource) -> TextSource:
        """The words as they follow « Décide : », or as they open a paragraph of their own."""
        return opened(subject, listed=self.pack.marks["marque_decisions"] != "sans")

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
        shared = {**self.frame.shared(), "annexe": self.annexe(one)}
        number, ours = self.annexes.get, self.d.organisme
        said = [
            authorisation(act, one, number(act.resolved.id, ""), ours, self.pack, self.acts, shared) for act in found
        ]
        for act in found:
            check_day(act, one, self.d.day, self.report)
            check_signatory(act, one, self.d, self.report)
            check_free(act, one, self.report, final=self.final)
        who, whose = self.frame.signatory(), self.frame.organisme()
        if len(said) == 1:
            line = self.pack.say("signer", signataire=who, organisme=whose, actes=InlinesView(said[0].inlines))
            yield from with_shares(line, said[0].shares, end, origin)
        elif said:
            yield Paragraph(self.pack.say("signer_plusieurs", signataire=who, organisme=whose), Role.BODY, origin)
            yield parted_list([(sentence.inlines, sentence.shares) for sentence in said], " ;", end, origin)


def _says(block: Block) -> bool:
    """Whether a block prints something; an empty item of a list has an error of its own."""
    return not isinstance(block, Paragraph) or bool(plain_text(block.inlines).strip(" \u00a0"))


def _bare(organe: str) -> str:
    """The organe without its article, for the head."""
    for article in ("la ", "le ", "les ", "l'", "l\u2019"):
        if organe.startswith(article):
            return organe[len(article) :]
    return organe
