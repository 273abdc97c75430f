"""Views on the act itself, its duration and what `convgen.yaml` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from convgen.compose.atoms import Atom, TextAtom, Word
from convgen.compose.sandbox import View
from convgen.compose.views.base import (
    AbsentView,
    BlankView,
    NothingView,
    PhraseView,
    PrintableView,
    Printing,
    phrase_word,
    pronoun,
    text_view,
)
from convgen.compose.views.values import DatumView
from convgen.french.dates import format_date
from convgen.french.dates import period as print_period
from convgen.french.grammar import NounPhrase, present
from convgen.french.typography import typeset
from convgen.model.resolved import Renewal, ResolvedAct, Term
from convgen.model.values import DateValue, DurationValue, TextSource, Unknown


@dataclass(frozen=True, slots=True)
class ActView(PrintableView):
    """The act; prints « la présente convention »."""

    act: ResolvedAct
    callable_in_texts = False

    @property
    def phrase(self) -> NounPhrase:
        """« la convention »: what agreement follows."""
        return self.act.noun

    def atom(self) -> Atom:
        """« la présente convention »."""
        return phrase_word(present(self.act.noun))

    def field(self, name: str) -> object:
        """`nom`, `il`, `numero`, `nature`."""
        match name:
            case "nom":
                return PhraseView(self.act.noun)
            case "il":
                return pronoun(self.act.noun)
            case "nature":
                return text_view(self.act.nature)
            case "numero":
                return self._number()
            case "objet":
                return _text(self.act.object, "objet")
            case "titre":
                return _text(self.act.title, "titre")
            case _:
                raise KeyError(name)

    def _number(self) -> View:
        number = self.act.number
        if isinstance(number, Unknown):
            return BlankView("numero", number.hint or "numéro")
        return text_view(number, "texte", "numero") if number else NothingView("numero", "sans")

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("nom", "il", "numero", "nature", "objet", "titre")


def _text(source: TextSource | None, key: str) -> View:
    return AbsentView(key, key) if source is None else SourceView(source, key)


@dataclass(frozen=True, slots=True)
class SourceView(PrintableView):
    """A text of the definition."""

    source: TextSource
    key: str

    def atom(self) -> Atom:
        """The text, composed where it stands."""
        return TextAtom(self.source, self.key)


@dataclass(frozen=True, slots=True)
class TermView(PrintableView):
    """`duree`; prints its length, or its period."""

    term: Term
    noun: NounPhrase
    printing: Printing

    def atom(self) -> Atom:
        """« trois ans », else « du … au … »."""
        if self.term.length is not None:
            return DatumView(DurationValue("duree.longueur", self.term.length), self.printing).atom()
        return span_word(self)

    def field(self, name: str) -> object:
        """`effet`, `fin`, `longueur`, `reconduction`."""
        match name:
            case "effet":
                return StartView(self.term.start, self.noun, self.printing)
            case "fin":
                return self._end()
            case "longueur":
                if self.term.length is None:
                    return AbsentView("duree.longueur", "durée")
                return DatumView(DurationValue("duree.longueur", self.term.length), self.printing)
            case "reconduction":
                if self.term.renewal is None:
                    return NothingView("duree.reconduction", "sans")
                return RenewalView(self.term.renewal, self.noun, self.printing)
            case _:
                raise KeyError(name)

    def _end(self) -> View:
        match self.term.end:
            case date() as day:
                return DatumView(DateValue("duree.fin", day), self.printing)
            case Unknown(hint=hint):
                return BlankView("duree.fin", hint or "date de fin")
            case None:
                return AbsentView("duree.fin", "date de fin")

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("effet", "fin", "longueur", "reconduction")


@dataclass(frozen=True, slots=True, eq=False)
class NoTermView(AbsentView):
    """`duree` of an act that says none: what a text reads of it is a blank."""

    def field(self, name: str) -> object:
        """`effet`, `fin`, `longueur`: blanks; `reconduction`: none."""
        match name:
            case "effet":
                return BlankView("duree.effet", "date d'effet")
            case "fin":
                return BlankView("duree.fin", "date de fin")
            case "longueur":
                return BlankView("duree.longueur", "durée")
            case "reconduction":
                return NothingView("duree.reconduction", "sans")
            case _:
                raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("effet", "fin", "longueur", "reconduction")


def span_word(view: TermView) -> Atom:
    """« du 1er juin 2024 au 31 décembre 2025 »; a blank when one end is unknown."""
    term = view.term
    if isinstance(term.start, date) and isinstance(term.end, date):
        text = typeset(print_period(term.start, term.end))
        return Word(text, None, "période", "duree", f"{term.start.isoformat()}/{term.end.isoformat()}")
    if isinstance(term.end, date) and isinstance(term.start, str):
        start = StartView(term.start, view.noun, view.printing).text()
        return Word(typeset(f"{start} jusqu'au {format_date(term.end)}"), None, "période", "duree", "")
    return BlankView("duree", "durée").atom()


@dataclass(frozen=True, slots=True)
class StartView(PrintableView):
    """`duree.effet`: a day, or an event; `| effet` prints « à compter de sa notification »."""

    start: date | str | Unknown
    noun: NounPhrase
    printing: Printing

    def text(self) -> str:
        """« à compter du 1er juin 2024 », « à compter de sa signature »."""
        match self.start:
            case date() as day:
                return f"à compter du {format_date(day)}"
            case str() as event:
                return f"à compter de sa {event}"
            case _:
                return ""

    def atom(self) -> Atom:
        """The day alone, or « sa signature »."""
        match self.start:
            case date() as day:
                return DatumView(DateValue("duree.effet", day), self.printing).atom()
            case str() as event:
                return Word(f"sa {event}", None, "texte", "duree.effet", event)
            case Unknown(hint=hint):
                return BlankView("duree.effet", hint or "date d'effet").atom()

    def taking_effect(self) -> Atom:
        """What `| effet` prints."""
        match self.start:
            case date() as day:
                return Word(typeset(self.text()), None, "date", "duree.effet", day.isoformat())
            case str() as event:
                return Word(typeset(self.text()), None, "texte", "duree.effet", event)
            case Unknown(hint=hint):
                return BlankView("duree.effet", hint or "date d'effet").atom()

    def __eq__(self, other: object) -> bool:
        return self.start == other

    def __hash__(self) -> int:
        return hash(str(self.start))


@dataclass(frozen=True, slots=True)
class RenewalView(PrintableView):
    """`duree.reconduction`; `| phrase` says it in a sentence."""

    renewal: Renewal
    noun: NounPhrase
    printing: Printing

    def atom(self) -> Atom:
        """« expresse » or « tacite »."""
        return Word(self.renewal.form, None, "texte", "duree.reconduction.forme", self.renewal.form)

    def field(self, name: str) -> object:
        """`forme`, `periode`, `maximum`, `fin` (the last possible day), `nombre`, `lettre`."""
        renewal, key = self.renewal, f"duree.reconduction.{name}"
        found: View | None = None
        match name:
            case "forme":
                return text_view(renewal.form)
            case "periode" if renewal.period:
                found = DatumView(DurationValue(key, renewal.period), self.printing)
            case "maximum" if renewal.maximum:
                found = DatumView(DurationValue(key, renewal.maximum), self.printing)
            case "fin" if renewal.latest_end:
                found = DatumView(DateValue(key, renewal.latest_end), self.printing)
            case "nombre" if renewal.times is not None:
                found = text_view(str(renewal.times), "nombre", key)
            case "lettre" if renewal.letter:
                found = SourceView(renewal.letter, key)
            case "periode" | "maximum" | "fin" | "nombre" | "lettre":
                found = NothingView(key, "sans")
            case _:
                raise KeyError(name)
        return found

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("forme", "periode", "maximum", "fin", "nombre", "lettre")


@dataclass(frozen=True, slots=True)
class CharterView(View):
    """`charte`: what `convgen.yaml` says of us."""

    tribunal: str

    def field(self, name: str) -> object:
        """`tribunal`."""
        if name == "tribunal":
            if not self.tribunal:
                return BlankView("charte.tribunal", "tribunal compétent")
            return text_view(self.tribunal, "texte", "charte.tribunal")
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("tribunal",)


@dataclass(frozen=True, slots=True)
class Function:
    """A function that texts may call."""

    call: Callable[..., object]
    callable_in_texts = True

    def __call__(self, *arguments: object, **named: object) -> object:
        """Run it."""
        return self.call(*arguments, **named)
