"""Words typed by hand beside an act: what they say of it is what it says, or the délibération is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from convgen.acte.nodes import Block, Emphasis, Inline, Inlines, ListBlock, Paragraph, Strong, Text, Value
from convgen.acte.runs import plain_text
from convgen.compose.autorisation import Acts, AuthorisedAct
from convgen.compose.figures import figures_of_act
from convgen.compose.figures_text import Figures, amounts_at, figures_of, length_as_typed
from convgen.compose.hand_acts import named_beside, parts_of, printed_text, total_of
from convgen.compose.hand_names import bare_name, names_of_organisme
from convgen.compose.hand_partners import strangers
from convgen.compose.hand_shares import misplaced_amounts
from convgen.compose.hand_signing import capacities_of, wrong_signing
from convgen.compose.named_acts import text_of_act
from convgen.compose.recited import RecitedActView
from convgen.compose.sandbox import View
from convgen.compose.unilateral import Frame
from convgen.compose.views.base import text_view
from convgen.errors import Report
from convgen.french.amounts import format_amount
from convgen.model.deliberation_types import Decision, ResolvedDeliberation, SubTheme, Theme
from convgen.model.files import Files
from convgen.model.values import Amount, TextSource

_NAMED = re.compile(r"acte\(\s*['\"]([\w.-]+)['\"]\s*\)")
_FREE = re.compile(
    r"sans\s+(?:aucune\s+)?(?:incidence|contrepartie)\s+financière|à\s+titre\s+(?:gratuit|gracieux)|\bgratuitement\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:renouvel|reconduc|reconduit)\w*", re.IGNORECASE)
#: The words typed, then all the words.
_Said: TypeAlias = tuple[str, str]
#: Stands for what the engine printed: it is the act's by construction.
_DRAWN = "\ufffc"


def check_hand_words(
    d: ResolvedDeliberation, frame: Frame, acts: Acts, annexes: Mapping[str, str], files: Files
) -> None:
    """DEL-05 and DEL-11 for what is typed beside an act, and that neither the act nor the preamble gives.

    A figure that is not the act's, an amount beside another part than its own, a wrong annexe are DEL-05; who is named
    as a party and is none, who is said to sign and may not is DEL-11.

    Args:
        d: the délibération; what is beside no act is compared with nothing.
        frame: its words.
        acts: gives an act by its identifier.
        annexes: the numbers of the annexes as printed; while there are none, those that are typed stay unchecked.
        files: tells which pieces are acts.
    """
    known = frozenset((*files.ids("convention"), *files.ids("avenant")))
    report = frame.report
    quiet = replace(frame, report=Report(), pack=replace(frame.pack, report=Report()))
    _Checker(d, quiet, acts, annexes, known, files, report).check()


@dataclass(frozen=True, slots=True)
class _Hand:
    """A text typed by hand: where it stands, what it says, beside what.

    `said` has no word that the engine drew from the acts, `whole` has them all.
    """

    source: TextSource
    path: str
    said: str
    whole: str
    acts: tuple[AuthorisedAct, ...]
    own: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key it is typed under: « texte »."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class _Checker:
    d: ResolvedDeliberation
    frame: Frame
    acts: Acts
    annexes: Mapping[str, str]
    known: frozenset[str]
    files: Files
    report: Report

    def check(self) -> None:
        """Every theme, heading and decision."""
        preamble = self.preamble()
        for rank, theme in enumerate(self.d.themes):
            for hand in (*self.headings(theme, f"decisions[{rank}]"), *self.decisions(theme.decisions)):
                self.compare(hand, preamble)

    def headings(self, theme: Theme, path: str) -> Iterator[_Hand]:
        """The titles of a theme and of its parts, beside the acts under them."""
        titled: list[tuple[Theme | SubTheme, str]] = [(theme, f"{path}.theme")]
        titled += [(part, f"{path}.sous_themes") for part in theme.parts]
        for one, where in titled:
            if one.title is not None:
                names = tuple(name for made in one.decisions for name in self.names(made))
                yield from self.hand(one.title, where, self.text(one.title, None), names)

    def decisions(self, decisions: Iterable[Decision]) -> Iterator[_Hand]:
        """Each text of each decision."""
        for one in decisions:
            names = self.names(one)
            main = "approuver" if one.kind == "approuver" else "texte"
            for source, key in ((one.subject, main), (one.proposal, "proposer")):
                if source is not None:
                    yield from self.hand(source, f"{one.path}.{key}", self.text(source, one), names)
            for source, key in ((one.added, "ajouter"), (one.partner, "partenaire")):
                if source is not None:
                    said = self.of_acts(source, names) if one.acts else self.text(source, one)
                    yield from self.hand(source, f"{one.path}.{key}", said, names)

    def names(self, one: Decision) -> tuple[str, ...]:
        """The acts and the piece of a decision."""
        return (*one.acts, *((one.piece,) if one.piece else ()))

    def hand(self, source: TextSource, path: str, said: _Said, names: tuple[str, ...]) -> Iterator[_Hand]:
        """A text, when something is beside it that it can be compared with."""
        if names:
            own = tuple(self.annexes[name] for name in names if self.annexes.get(name))
            yield _Hand(source, path, *said, self.made(name for name in names if name in self.known), own)

    def made(self, names: Iterable[str]) -> tuple[AuthorisedAct, ...]:
        return tuple(act for name in names if (act := self.acts(name)) is not None)

    # --- what is typed --------------------------------------------------------------------------------------

    def text(self, source: TextSource, one: Decision | None) -> _Said:
        """The words of a text of the délibération."""
        found = self.made(one.acts) if one is not None else ()
        x: View | None = RecitedActView(found[0].resolved, found[0].acte) if len(found) == 1 else None
        blocks = self.frame.blocks(source, text_view("annexe"), x)
        return "\n".join(_lines(blocks, ("actes.", "annexes."))), "\n".join(_lines(blocks, ()))

    def of_acts(self, source: TextSource, names: tuple[str, ...]) -> _Said:
        """The words of a text that is said with the data of the acts."""
        made = self.made(name for name in names if name in self.known)
        shared = {**self.frame.shared(), "annexe": text_view("annexe")}
        said = [text_of_act(act.becomes or act.resolved, source, self.frame.pack, shared) for act in made]
        return "\n".join(_typed(one, ("",)) for one in said), "\n".join(_typed(one, ()) for one in said)

    # --- what may be said -----------------------------------------------------------------------------------

    def preamble(self) -> Figures:
        """What the preamble and the head of the délibération say."""
        found = figures_of(self.preamble_text())
        found |= figures_of(plain_text(self.frame.text(self.d.session)))
        if isinstance(self.d.day, date):
            found |= Figures(days=frozenset((self.d.day,)))
        return replace(found, strange=frozenset())

    def preamble_text(self) -> str:
        """What is seen and considered."""
        items = (one for one in self.d.preamble if one.kind in ("vu", "considerant"))
        return "\n".join(plain_text(self.frame.recited(one)) for one in items)

    def beside(self, hand: _Hand) -> tuple[AuthorisedAct, ...]:
        """The acts of a text, and those that it names."""
        return (*hand.acts, *self.made(_NAMED.findall(hand.source.text)))

    def figures(self, hand: _Hand) -> Figures:
        """Those of the acts, and of the acts that the text names."""
        found = Figures()
        for act in self.beside(hand):
            found |= figures_of_act(act.resolved, act.acte)
            if act.amended is not None:
                found |= figures_of_act(*act.amended) | Figures(numbers=frozenset((act.number,)))
            if act.becomes is not None:
                found |= figures_of_act(act.becomes, act.acte)
        return found

    # --- comparison -----------------------------------------------------------------------------------------

    def compare(self, hand: _Hand, preamble: Figures) -> None:
        said = figures_of(hand.said)
        # reading the figures of an act takes long, and most texts have none
        own = self.figures(hand) if hand.acts and said != Figures() else Figures()
        self.compare_annexes(hand, said, own)
        if not hand.acts:
            return
        names = ", ".join(f"« {act.resolved.id} »" for act in hand.acts)
        among = f"n'est pas dans l'acte {names}" if len(hand.acts) == 1 else f"n'est dans aucun des actes {names}"
        remedy = "Corrigez le chiffre, ou laissez la phrase se composer d'elle-même : retirez-le d'ici."
        for kind, printed in said.missing_from(own | preamble):
            if kind == "la durée":
                printed = f"de {length_as_typed(hand.said, printed.removeprefix('de '))}"
            cause = f"Montants de l'acte : {_amounts(own)}." if kind == "le montant" else ""
            self.refuse(hand, f"{kind} {printed} {among}", cause, remedy)
        self.compare_words(hand, names)
        self.compare_shares(hand)
        self.compare_partners(hand)
        self.compare_signing(hand)

    def compare_words(self, hand: _Hand, names: str) -> None:
        """That the act costs nothing, or lasts again, is what the act says."""
        free, again = _FREE.search(hand.said), _AGAIN.search(hand.said)
        if not free and not again:
            return
        printed = "\n".join(printed_text(act) for act in self.beside(hand))
        if free and all(_costs(act) for act in hand.acts) and not _FREE.search(printed):
            cause = f"Les finances de l'acte {names} ont un montant."
            remedy = "Retirez ces mots, ou corrigez les finances de l'acte."
            self.refuse(hand, f"« {free[0]} » n'est pas ce que dit l'acte", cause, remedy)
        if again and not _AGAIN.search(printed) and not any(_renews(act) for act in hand.acts):
            cause = f"La durée de l'acte {names} n'a pas de reconduction."
            remedy = "Retirez ce mot, ou ajoutez « reconduction » à la durée de l'acte."
            self.refuse(hand, f"« {again[0]} » n'est pas ce que dit l'acte", cause, remedy)

    def compare_shares(self, hand: _Hand) -> None:
        """Each amount of a part stands beside this part."""
        if next(amounts_at(hand.whole), None) is None:
            return
        total = total_of(hand.acts)
        for parts in parts_of(hand.acts, self.frame.pack):
            for one in misplaced_amounts(hand.whole, parts, total):
                remedy = "Mettez chaque montant à côté de ce qu'il paie, ou laissez la phrase se composer d'elle-même."
                self.refuse(hand, str(one), one.cause, remedy)

    def compare_partners(self, hand: _Hand) -> None:
        """DEL-11: who is named as a party is one."""
        named = named_beside(self.beside(hand), self.d.organisme, self.files, self.preamble_text())
        if named is None:
            return
        heading = hand.key in ("theme", "sous_themes")
        for name in strangers(hand.said, named, whole=hand.key == "partenaire", heading=heading):
            acts = ", ".join(f"« {act.resolved.id} »" for act in hand.acts)
            message = f"« {name} » n'est pas partie à l'acte {acts}"
            if len(hand.acts) > 1:
                message = f"« {name} » n'est partie à aucun des actes {acts}"
            cause = f"Parties : {', '.join(_parties(hand.acts))}."
            remedy = "Corrigez ce nom, ou laissez la phrase se composer d'elle-même. Un tiers, que l'acte ne lie pas, "
            remedy += "se nomme dans le préambule."
            self.report.error("DEL-11", message, hand.source.place, hand.path, cause, remedy)

    def compare_signing(self, hand: _Hand) -> None:
        """DEL-11: who signs may sign for the body that decides, and signs in its name."""
        ours = (*names_of_organisme(self.files, self.d.organisme), bare_name(str(self.d.name)))
        for wrong in wrong_signing(hand.said, capacities_of(self.d, self.files), ours):
            if wrong.who:
                message = f"« {wrong.words} » ne peut pas signer au nom de l'organisme « {self.d.organisme} »"
                remedy = "Écrivez « {{ signataire }} », ou ajoutez cette personne aux « representants » de l'organisme."
            else:
                message = f"« {wrong.words} » n'est pas l'organisme qui délibère, « {self.d.organisme} »"
                remedy = "Écrivez « au nom de {{ organisme }} » : convgen en tire « au nom de la Commune »."
            self.report.error("DEL-11", message, hand.source.place, hand.path, remedy=remedy)

    def compare_annexes(self, hand: _Hand, said: Figures, own: Figures) -> None:
        """« en annexe n° 3 » is the number of the decision's own annexe; others may be those of other pieces."""
        if not self.annexes and said.joined:
            message = (
                f"l'annexe n° {' et '.join(sorted(said.joined))} est écrite à la main : seule la liasse la numérote"
            )
            remedy = "Écrivez « {{ annexe }} » : son numéro suit la liasse, et ne s'imprime qu'avec elle."
            self.report.warning("DEL-05", message, hand.source.place, hand.path, remedy=remedy)
        if not hand.own:
            return
        mine = frozenset(hand.own)
        others = mine | frozenset(self.annexes.values()) | own.annexes
        wrong = (said.joined - mine) | (said.annexes - said.joined - others)
        for one in sorted(wrong):
            printed = " et ".join(hand.own)
            message = f"l'annexe n° {one} n'est pas celle de cette décision : la sienne est le n° {printed}"
            self.refuse(hand, message, "", "Écrivez « {{ annexe }} » : son numéro suit la liasse.")

    def refuse(self, hand: _Hand, message: str, cause: str, remedy: str) -> None:
        self.report.error("DEL-05", message, hand.source.place, hand.path, cause, remedy)


def _costs(act: AuthorisedAct) -> bool:
    money = act.resolved.money
    if money is None or money.direction == "sans":
        return False
    return isinstance(money.amount, Amount) and money.amount.value > 0


def _renews(act: AuthorisedAct) -> bool:
    term = (act.becomes or act.resolved).term
    return term is not None and term.renewal is not None


def _parties(acts: Iterable[AuthorisedAct]) -> list[str]:
    return list(dict.fromkeys(str(party.name) for act in acts for party in act.resolved.parties))


def _amounts(known: Figures) -> str:
    return ", ".join(format_amount(one) for one in sorted(known.amounts)[:12]) or "aucun"


def _lines(blocks: Iterable[Block], drawn: tuple[str, ...]) -> Iterator[str]:
    """The lines of blocks, lists included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _typed(block.inlines, drawn)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _lines(item.blocks, drawn)


def _typed(inlines: Inlines, drawn: tuple[str, ...]) -> str:
    """The words without the values whose key begins so."""
    return plain_text(_masked(node, drawn) for node in inlines)


def _masked(node: Inline, drawn: tuple[str, ...]) -> Inline:
    if isinstance(node, Value) and node.key.startswith(drawn):
        return Text(_DRAWN)
    if isinstance(node, Strong | Emphasis):
        return replace(node, children=tuple(_masked(one, drawn) for one in node.children))
    return node
