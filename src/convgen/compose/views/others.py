"""Another act, named in a text: ``{{ acte('cooperation-ft-2024') }}``, ``{{ acte('…').ref('duree') }}``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from convgen.acte.nodes import Acte
from convgen.acte.references import targets_of
from convgen.compose.atoms import Atom, LineAtom, TextAtom, Word
from convgen.compose.describe import FilterError
from convgen.compose.sandbox import View
from convgen.compose.views.act import ActView, Function
from convgen.compose.views.base import AtomView, PrintableView, phrase_word
from convgen.errors import suggest
from convgen.french.grammar import Agreement, NounPhrase, parse_noun_phrase
from convgen.french.typography import typeset
from convgen.model.resolved import ResolvedAct

#: Gives another act of the workspace, None when it cannot be made (the reason is reported).
Others: TypeAlias = "Callable[[str], tuple[ResolvedAct, Acte] | None]"


@dataclass(frozen=True, slots=True)
class OtherActView(PrintableView):
    """Another act; prints how it calls itself (`nommer`), else « la convention n° … », else « la convention »."""

    act: ResolvedAct
    acte: Acte

    @property
    def phrase(self) -> NounPhrase:
        """« la convention »: what agreement follows."""
        return self.act.noun

    def atom(self) -> Atom:
        """Its name."""
        called, key = self.act.called, f"actes.{self.act.id}.nommer"
        if called is not None and "{" not in called.text:
            phrase = parse_noun_phrase(called.text.strip(), feminine=self.act.noun.agreement.feminine)
            return phrase_word(phrase, "acte", key, self.act.id)  # « au protocole », never « à le protocole »
        if called is not None:
            return TextAtom(called, key)
        noun = phrase_word(self.act.noun, "acte", f"actes.{self.act.id}", self.act.id)
        return LineAtom((noun, f" n°\u00a0{self.acte.number}")) if self.acte.number else noun

    def field(self, name: str) -> object:
        """`ref('id')`, `nommer`, and what a text may read of its own act."""
        match name:
            case "ref":
                return Function(self._ref)
            case "nommer":
                return AtomView(self.atom())
            case _:
                return ActView(self.act).field(name)

    def names(self) -> Iterable[str]:
        """The names a text may read."""
        return ("ref", "nommer", *ActView(self.act).names())

    def _ref(self, target: str, form: str = "complet") -> View:
        targets = targets_of(self.acte)
        found = targets.find(str(target))
        if found is None:
            message = f"l'acte « {self.act.id} » n'a ni article ni annexe « {target} »"
            raise FilterError(message, suggest(str(target), targets.by_id, "Articles et annexes"), code="TXT-06")
        key, exact = f"actes.{self.act.id}.{found.id}", found.id
        if form == "num":
            return AtomView(Word(found.number, None, "renvoi", key, exact))
        if form == "titre":
            return AtomView(Word(typeset(found.title), None, "renvoi", key, exact))
        phrase = NounPhrase(found.determiner.strip(), f"{found.noun}{found.number}", Agreement(found.feminine))
        return AtomView(Word(typeset(str(phrase)), phrase, "renvoi", key, exact))


@dataclass(frozen=True, slots=True)
class AmendedActView(OtherActView):
    """`acte` in an avenant: the act that it amends; called with an identifier, another one."""

    others: Others | None = None
    callable_in_texts = True

    def __call__(self, name: str) -> View:
        """The act of that name."""
        return CallableActView(self.act, self.others)(name)


@dataclass(frozen=True, slots=True)
class CallableActView(ActView):
    """`acte`: the act itself, and, called with an identifier, another one."""

    others: Others | None = None
    callable_in_texts = True

    def __call__(self, name: str) -> View:
        """The act of that name."""
        found = self.others(str(name)) if self.others is not None else None
        if found is None:
            message = f"l'acte « {name} » ne peut pas être nommé ici"
            raise FilterError(message, "Vérifiez son identifiant, et corrigez d'abord ses erreurs.", code="TXT-06")
        return OtherActView(*found)
