"""What a délibération and an arrêté print alike: texts, who signs, the mention and the box of the préfecture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from convgen.acte.nodes import (
    Acte,
    Block,
    FillIn,
    Inline,
    Inlines,
    Origin,
    Paragraph,
    Provenance,
    Role,
    Scheme,
    Signature,
    SignatureGrid,
    Text,
    Value,
    Zone,
)
from convgen.acte.runs import plain_text
from convgen.acte.walk import find_blanks
from convgen.compose.atoms import Atom, NodesAtom, RefAtom
from convgen.compose.autorisation import Acts
from convgen.compose.deliberation_pack import Pack
from convgen.compose.describe import FilterError
from convgen.compose.empty_items import has_empty_item, path_of, place_of_lone_mark, refuse_silence, silent, within
from convgen.compose.named_acts import amended_view, avenant_named, one_line
from convgen.compose.recited import MISSING, InlinesView, RecitedActView, keyed
from convgen.compose.sandbox import View
from convgen.compose.text import Composer
from convgen.compose.views.act import Function
from convgen.compose.views.base import AtomView, BlankView, FillView, PhraseView, PrintableView, Printing, text_view
from convgen.compose.views.groups import view_of
from convgen.compose.views.parties import capacity_phrase, person_name
from convgen.errors import Report
from convgen.french.dates import format_date
from convgen.french.grammar import FEMININE_SINGULAR, NounPhrase, capitalise
from convgen.french.numbers import Spelling
from convgen.french.places import place_phrase
from convgen.french.typography import typeset
from convgen.model.author import official_name
from convgen.model.deliberation_types import PreambleItem, ResolvedArrete, Unilateral
from convgen.model.resolved import Representative, ResolvedAct
from convgen.model.values import DateValue, GroupValue, TextSource, Unknown

_UNNUMBERED = Scheme(())
#: Those who preside over an assembly by law (CGCT, articles L. 2121-14 and L. 3121-9).
_CHAIRS = frozenset(("maire", "président", "présidente"))
_MARKS = " \u00a0\u202f;,."
#: So many words go with a space to fill in by hand: « et publié le … ».
_WITH_BLANK: Final = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The words that every sentence of the act may need."""

    act: Unilateral
    pack: Pack
    report: Report
    acts: Acts

    @property
    def origin(self) -> Origin:
        """Where the definition stands."""
        return Origin(self.act.place.file, self.act.place.line, what="définition")

    def at(self, text: TextSource | None) -> Origin:
        """Where a text stands."""
        return self.origin if text is None else Origin(text.place.file, text.place.line, what=text.what)

    @property
    def printing(self) -> Printing:
        """How values are printed."""
        groups = {name: one for name, one in self.act.data.items() if isinstance(one, GroupValue)}
        return Printing(
            Spelling(self.act.spelling), "toujours" if self.act.cents == "toujours" else "si besoin", groups
        )

    # --- texts ----------------------------------------------------------------------------------------------

    def text(self, source: TextSource | None, x: View | None = None, annexe: View | None = None) -> Inlines:
        """A text of one line; `x` is the act it is about, `annexe` how it names what is joined to it."""
        if source is None:
            return ()
        said = one_line(self.composer(x, annexe), source)
        if silent(said):
            self.says_nothing(said, source, path_of(self.act.typed, source.place))
        return said

    def blocks(
        self, source: TextSource, annexe: View | None = None, x: View | None = None, *, capital: bool = False
    ) -> tuple[Block, ...]:
        """A text, lists included.

        Args:
            source: the text.
            annexe: how it names what is joined to it.
            x: the act it is about.
            capital: it opens a sentence, and so does a value or a reference at its head.
        """
        made = self.composer(x, annexe).blocks(source, capital=capital)
        if has_empty_item(made) and not any(within(one.place, source) for one in self.report.errors):
            remedy = "Écrivez ce qui suit ce tiret, ou retirez-le."
            self.report.error("DEL-01", "un tiret de cette liste est vide", place_of_lone_mark(source), remedy=remedy)
        return made

    def says_nothing(self, said: Inlines, source: TextSource | None, path: str) -> bool:
        """Whether a text says nothing, which is reported where it stands (DEL-01)."""
        if source is None:
            return not plain_text(said).strip(" \u00a0")
        return refuse_silence(said, source, self.report, path)

    def composer(self, x: View | None, annexe: View | None = None) -> Composer:
        """What texts may name: the data, another act, who signs, the day."""
        names: dict[str, object] = {
            "acte": Function(self.other),
            # A délibération has no article that a reference could name: it would print nothing.
            "ref": Function(_ref if isinstance(self.act, ResolvedArrete) else _no_ref),
            **self.shared(),
            "blanc": Function(_blank),
            "a_remplir": Function(_to_fill),
            "numero": self.number(),
            "jour": self.day("seance", "date"),
        }
        names |= {name: view_of(one, self.printing) for name, one in self.act.data.items()}
        names |= {name: one for name, one in (("x", x), ("annexe", annexe)) if one is not None}
        unlisted = frozenset(() if isinstance(self.act, ResolvedArrete) else ("ref",))
        return Composer(self.pack.cache, self.report, names, frozenset(names), unlisted=unlisted)

    def shared(self) -> dict[str, object]:
        """Who signs and in whose name: what a text beside an act may say too."""
        return {"signataire": self.signatory(), "organisme": self.organisme()}

    def other(self, name: str) -> View:
        """`acte('…')`: another act of the workspace."""
        found = self.acts(str(name))
        if found is None:
            message = f"l'acte « {name} » ne peut pas être nommé ici"
            raise FilterError(message, "Vérifiez son identifiant, et corrigez d'abord ses erreurs.", code="TXT-06")
        return RecitedActView(found.resolved, found.acte)

    def recited(self, item: PreambleItem) -> Inlines:
        """The words of an item of the preamble; an act that is referred to is named by itself or by hand."""
        if not item.act:
            return self.text(item.text)
        found = self.acts(item.act)
        if found is None:
            return ()
        self.check_earlier(found.resolved, item)
        if item.text is not None:
            return self.text(item.text, RecitedActView(found.resolved, found.acte))
        if found.amended is not None:
            return keyed(avenant_named(found.amended[0], found.number, self.pack), found.resolved.id)
        return InlinesView.of(self.printed(amended_view(found.resolved, self.pack)))

    def printed(self, view: View) -> Atom:
        """What a view prints."""
        return view.atom() if isinstance(view, PrintableView) else NodesAtom(())

    def check_earlier(self, cited: ResolvedAct, item: PreambleItem) -> None:
        """An act that is referred to was signed before this one (DEL-10)."""
        signed, day = cited.states.get("signe"), self.act.day
        if signed is not None and isinstance(day, date) and signed > day:
            message = f"l'acte « {cited.id} » a été signé le {format_date(signed)}, après le jour de cet acte"
            remedy = "Retirez-le du préambule, ou corrigez l'une des dates."
            self.report.error("DEL-10", message, item.place, "preambule", remedy=remedy)

    # --- words ----------------------------------------------------------------------------------------------

    def organisme(self) -> View:
        """« le Département »."""
        return PhraseView(self.act.short, "partie", "organisme", self.act.organisme)

    def bare_organisme(self) -> View:
        """« Département des Alpes-Maritimes », for the head."""
        return text_view(self.act.name.noun, "partie", "organisme.nom")

    def organe(self, organe: NounPhrase) -> View:
        """« la commission permanente »."""
        return PhraseView(organe)

    def signatory(self) -> View:
        """« le président du Conseil départemental »."""
        signatory = self.act.signatory
        if signatory is None:
            return BlankView("signataire", "signataire")
        person = signatory.person
        return PhraseView(capacity_phrase(person), "personne", "signataire", person.key)

    def chair(self) -> View:
        """Who presides: the maire or the président who signs; else nobody tells whether it is a woman."""
        signatory = self.act.signatory
        if signatory is not None and signatory.delegation is None:
            phrase = capacity_phrase(signatory.person)
            if phrase.noun.split(" ")[0].casefold() in _CHAIRS:
                return PhraseView(phrase)
        return PhraseView(NounPhrase("la", "présidence de séance", FEMININE_SINGULAR))

    def number(self) -> View:
        """The number, a blank, or nothing."""
        number = self.act.number
        if isinstance(number, Unknown):
            return BlankView("numero", number.hint or "numéro")
        return text_view(number, "texte", "numero") if number else MISSING

    def day(self, key: str, hint: str) -> View:
        """The day of the session, or of the arrêté."""
        day = self.act.day
        if isinstance(day, date):
            return view_of(DateValue(key, day), self.printing)
        return BlankView(key, day.hint or hint)

    # --- end ------------------------------------------------------------------------------------------------

    def signatures(self) -> tuple[Block, ...]:
        """Place and day, then the frame of the signatory."""
        signatory = self.act.signatory
        if signatory is None:
            return ()
        where: View = PhraseView(place_phrase(typeset(self.act.where))) if self.act.where else FillView("lieu", 20)
        signed = self.act.states.get("signe")
        if signed is None and isinstance(self.act, ResolvedArrete) and isinstance(self.act.day, date):
            signed = self.act.day  # an arrêté is of the day when it is signed
        day = view_of(DateValue("etat.signe", signed), self.printing) if signed is not None else FillView("date", 20)
        made = Paragraph(joined(self.pack.say("fait", lieu=where, jour=day)), Role.CLOSING, self.origin)
        delegation = (self.text(signatory.delegation),) if signatory.delegation is not None else ()
        person = signatory.person
        name = Value("personne", "signataire.nom", person.key, person_name(person, civility=False))
        lines = (*delegation, (Text(capitalise(typeset(str(_signing(person))))),))
        return (made, SignatureGrid((Signature("", lines, (name,)),), 2, origin=self.origin))

    def executory(self) -> tuple[Block, ...]:
        """The mention that the act is executory (article L. 3131-1 of the CGCT for a département)."""
        if not self.act.certified:
            return ()
        if self.act.executory is not None:
            blocks = self.blocks(self.act.executory)
            if all(isinstance(one, Paragraph) and not plain_text(one.inlines).strip() for one in blocks):
                self.says_nothing((), self.act.executory, "executoire")
            return blocks
        said = self.pack.say("executoire", transmis=self.state("transmis"), publie=self.state("publie"))
        return (Paragraph(joined(said), Role.CLOSING, self.origin),)

    def state(self, name: str) -> View:
        """A day of the life of the act, or a space to fill in by hand."""
        found = self.act.states.get(name)
        return view_of(DateValue(f"etat.{name}", found), self.printing) if found is not None else FillView(name, 20)

    def stamp(self) -> tuple[Block, ...]:
        """The box where the préfecture acknowledges receipt."""
        if not self.act.stamp:
            return ()
        lines = (
            self.pack.say("tampon"),
            self.pack.say("tampon_identifiant", identifiant=FillView("identifiant", 30)),
            self.pack.say("tampon_transmis", transmis=self.state("transmis")),
            self.pack.say("tampon_recu", recu=FillView("recu", 20)),
        )
        return tuple(Paragraph(one, Role.FRAME, self.origin) for one in lines if one)


def _signing(person: Representative) -> NounPhrase:
    signing = person.signing_capacity or ", ".join(person.capacities)
    return capacity_phrase(Representative(person.key, "", "", "", (signing,), signing, person.feminine))


def _ref(target: str, form: str = "complet") -> View:
    return AtomView(RefAtom(str(target), str(form)))


def _no_ref(target: str, form: str = "complet") -> View:
    message = f"« ref('{target}') » ne vise rien : une délibération n'a pas d'articles"
    raise FilterError(message, "Nommez un article d'un acte : {{ acte('…').ref('…') }}.", code="TXT-06")


def _blank(hint: str) -> View:
    return BlankView(f"blanc.{hint}", str(hint))


def _to_fill(name: str = "date", width: int = 0) -> View:
    return FillView(str(name), min(int(width), 120) or 24)


def capital(said: Inlines) -> Inlines:
    """The line with a capital at its head."""
    first = said[0] if said else None
    if isinstance(first, Text | Value):
        return (replace(first, text=capitalise(first.text)), *said[1:])
    return said


def ended(said: Inlines, mark: str) -> Inlines:
    """The line without the mark that ends it, then this one."""
    kept: list[Inline] = [*said]
    while kept and isinstance(last := kept[-1], Text):
        text = last.text.rstrip(_MARKS)
        if text:
            kept[-1] = Text(text)
            break
        kept.pop()
    return (*kept, Text(typeset(f"x{mark}")[1:]))


def joined(said: Inlines) -> Inlines:
    """The line where a space to fill in by hand never stands alone on its line: it goes with the words before it."""
    made = list(said)
    for rank, (one, after) in enumerate(pairwise(said)):
        if isinstance(one, Text) and isinstance(after, FillIn) and one.text.endswith(" "):
            words = one.text.rsplit(" ", _WITH_BLANK)
            made[rank] = Text(" ".join((words[0], "\u00a0".join(words[1:]))))
    return tuple(made)


def acte_of(
    act: Unilateral, kind: str, title: str, zones: tuple[Zone, ...], *, final: bool, scheme: Scheme = _UNNUMBERED
) -> Acte:
    """The tree, empty zones left out."""
    number = "[…]" if isinstance(act.number, Unknown) else act.number
    return Acte(
        kind=kind,
        id=act.id,
        number=number,
        title=title,
        zones=tuple(zone for zone in zones if zone.blocks),
        letterhead=tuple(typeset(line) for line in act.letterhead),
        scheme=scheme,
        draft=not final,
        mention=act.mention,
        provenance=Provenance(act.place.file),
        author=official_name(act.name),
    )


def refuse_blanks(act: Unilateral, acte: Acte, report: Report) -> None:
    """ACT-01 for each blank that remains."""
    for found in find_blanks(acte):
        message = f"il reste un blanc : « {found.hint} » ({', '.join(found.where)})"
        report.error("ACT-01", message, act.place, path=found.key, remedy="Donnez la valeur dans la définition.")
