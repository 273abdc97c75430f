"""From a resolved arrêté to its tree: visas, considérants, articles, recipients, remedies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convgen.acte.nodes import (
    Acte,
    Block,
    Division,
    Inlines,
    Level,
    ListBlock,
    ListItem,
    Paragraph,
    Role,
    Scheme,
    Text,
    Zone,
)
from convgen.acte.numbering import number_divisions
from convgen.acte.references import resolve_references, targets_of
from convgen.acte.runs import plain_text
from convgen.compose.atoms import SeriesAtom
from convgen.compose.autorisation import Acts
from convgen.compose.deliberation_pack import Pack, load_pack
from convgen.compose.noun_lines import agreement_of, joined_phrases
from convgen.compose.recited import MISSING, InlinesView, named_view, nodes_view
from convgen.compose.text import TextCache
from convgen.compose.unilateral import Frame, acte_of, capital, ended, refuse_blanks
from convgen.compose.views.base import AtomView, PhraseView, text_view
from convgen.errors import Place, Report, suggest
from convgen.french.agreement import Agreement
from convgen.french.grammar import GenderUnknown, parse_noun_phrase
from convgen.model.deliberation_types import Enforcement, Remedies, ResolvedArrete
from convgen.model.files import Files
from convgen.model.values import TextSource

#: « Article 1er », without a title most of the time.
_SCHEME = Scheme((Level(), Level(prefix="Article ", separator=" – ", first_ordinal=True)))
_EXECUTION = "execution"


def compose_arrete(
    a: ResolvedArrete,
    report: Report,
    *,
    files: Files,
    final: bool = False,
    cache: TextCache | None = None,
    others: Acts,
) -> Acte | None:
    """Compose an arrêté; None when an error stops it (everything is in `report`).

    Args:
        a: the resolved definition.
        report: collects the diagnostics.
        files: the workspace, where the packs of formules are.
        final: refuse blanks, and print no PROJET.
        cache: what texts share from one act to the next.
        others: gives an act by its identifier, with its tree.
    """
    before = len(report.errors)
    cache = cache or TextCache()
    pack = load_pack(files, a.pack, "arrêté", cache, report, a.place)
    if pack is None:
        return None
    frame = Frame(a, pack, report, others)
    made = _Maker(a, pack, frame)
    title = frame.text(a.title)
    zones = (
        Zone("en-tete", tuple(made.head())),
        Zone("intitule", (Paragraph(title, Role.TITLE, frame.origin),)),
        Zone("visas", tuple(made.preamble())),
        Zone("articles", (Paragraph(pack.say("arrete"), Role.FORMULA, frame.origin), *made.articles())),
        Zone("recours", tuple(made.remedies())),
        Zone("signatures", frame.signatures()),
        Zone("ampliation", tuple(made.copies())),
        Zone("executoire", frame.executory()),
        Zone("tampon", frame.stamp()),
    )
    acte = number_divisions(acte_of(a, "arrêté", plain_text(title), zones, final=final, scheme=_SCHEME))
    targets = targets_of(acte)
    acte, missing = resolve_references(acte, targets)
    for name in missing:
        message = f"le renvoi vise « {name} », qui n'est pas un article de l'arrêté"
        report.error("TXT-06", message, _place_of_reference(a, name), remedy=suggest(name, targets.by_id, "Articles"))
    if final:
        refuse_blanks(a, acte, report)
    return None if len(report.errors) > before else acte


def _place_of_reference(a: ResolvedArrete, name: str) -> Place:
    """Where `ref('…')` is typed; the definition when no text has it so."""
    typed = re.compile(rf"ref\(\s*['\"]{re.escape(name)}['\"]")
    texts: list[TextSource] = [one.text for one in a.articles]
    if a.enforcement is not None and a.enforcement.text is not None:
        texts.append(a.enforcement.text)
    for text in texts:
        found = typed.search(text.text)
        if found is not None:
            lines = text.text.count("\n", 0, found.start())
            return text.place.down(lines) if lines else text.place
    return Place(a.place.file)


@dataclass(frozen=True, slots=True)
class _Maker:
    a: ResolvedArrete
    pack: Pack
    frame: Frame

    def head(self) -> Iterator[Block]:
        """The body, « Arrêté » with its number if it has one, the day."""
        frame, pack = self.frame, self.pack
        lines = [
            (pack.say("collectivite", organisme=frame.bare_organisme()), Role.SUBTITLE),
            (pack.say("numero", numero=frame.number()), Role.NUMBER),
            (pack.say("date", jour=frame.day("date", "date de l'arrêté")), Role.SUBTITLE),
        ]
        yield from (Paragraph(said, role, frame.origin) for said, role in lines if said)

    def preamble(self) -> Iterator[Block]:
        """The authority, then each item in printed order."""
        opening = self.pack.say("autorite", autorite=PhraseView(self.a.authority))
        if opening:
            yield Paragraph(capital(opening), Role.BODY, self.frame.origin)
        for item in self.a.preamble:
            words = self.frame.recited(item)
            if item.text is not None and self.frame.says_nothing(words, item.text, "preambule"):
                continue
            if item.kind == "theme":
                yield Paragraph(words, Role.SUBHEAD, self.frame.at(item.text))
                continue
            said = self.pack.say(item.kind, texte=nodes_view(words)) if words else ()
            if said:
                role = Role.CONSIDERANT if item.kind == "considerant" else Role.VISA
                mark = self.pack.marks["separateur_visas"]
                yield Paragraph(ended(said, mark), role, self.frame.at(item.text))

    def articles(self) -> Iterator[Division]:
        """The articles, then the one that says who carries the arrêté out."""
        for one in self.a.articles:
            title = self.frame.text(one.title) if one.title is not None else ()
            blocks = self.frame.blocks(one.text, capital=True)
            if not blocks:
                self.frame.says_nothing((), one.text, f"articles.{one.id}.texte")
            yield Division(one.id, 1, title, blocks, None, "", self.frame.at(one.text))
        found = tuple(self.execution(self.a.enforcement)) if self.a.enforcement is not None else ()
        if found:
            taken = {one.id for one in self.a.articles}
            name = _EXECUTION if _EXECUTION not in taken else f"{_EXECUTION}-finale"
            yield Division(name, 1, (), found, None, "", self.frame.origin)

    def execution(self, keys: Enforcement) -> Iterator[Block]:
        if keys.text is not None:
            yield from self.frame.blocks(keys.text, capital=True)
            return
        if keys.charge is not None:
            said = self.pack.say("execution", charge=self.named(keys.charge))
            yield Paragraph(capital(said), Role.BODY, self.frame.at(keys.charge))
        if keys.notified:
            atoms = tuple(InlinesView(self.frame.text(one)).atom() for one in keys.notified)
            said = self.pack.say("execution_notifie", destinataires=AtomView(SeriesAtom(atoms)))
            yield Paragraph(said, Role.BODY, self.frame.at(keys.notified[0]))

    def named(self, text: TextSource) -> PhraseView | InlinesView:
        """A noun phrase that verbs agree with: « le directeur », « la directrice et le maire »."""
        said = self.frame.text(text)
        words = plain_text(said)
        # « la directrice générale et le commandant »: the masculine wins, and several are plural.
        try:
            told = agreement_of(words)
            return PhraseView(parse_noun_phrase(words, feminine=told.feminine, plural=told.plural or None))
        except GenderUnknown:
            return InlinesView(said, Agreement(False, len(joined_phrases(words).parts(words)) > 1))

    def remedies(self) -> Iterator[Block]:
        """How the arrêté may be challenged (articles R. 421-1 and R. 421-2 of the code de justice administrative)."""
        keys: Remedies | None = self.a.remedies
        if keys is None:
            return
        said = self.pack.say(
            "recours",
            tribunal=named_view(_words(keys.court)) if keys.court else MISSING,
            delai=text_view(keys.delay),
            gracieux=text_view("oui") if keys.informal else MISSING,
            autorite=PhraseView(self.a.authority),
        )
        yield Paragraph(said, Role.BODY, self.frame.origin)

    def copies(self) -> Iterator[Block]:
        """« Copie … est adressée à : », and the list of who receives one."""
        keys = self.a.enforcement
        if keys is None or not keys.copies:
            return
        yield Paragraph(self.pack.say("ampliation"), Role.CLOSING, self.frame.origin)
        last = len(keys.copies) - 1
        items = tuple(
            ListItem((Paragraph(ended(self.frame.text(one), " ;" if rank < last else "."), Role.BODY),))
            for rank, one in enumerate(keys.copies)
        )
        yield ListBlock(items, "-", 1, self.frame.origin)


def _words(text: str) -> Inlines:
    return (Text(text.replace("'", "\u2019")),)
