"""What a délibération and an arrêté are once resolved. Only shapes live here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from convgen.errors import Place
from convgen.french.grammar import NounPhrase
from convgen.model.resolved import Representative
from convgen.model.values import DataValue, TextSource, Unknown
from convgen.source.nodes import MappingNode


@dataclass(frozen=True, slots=True)
class PreambleItem:
    """An item of the preamble, in printed order.

    Attributes:
        kind: "vu", "considerant", "deport", "rapport" or "theme".
        text: its words; None for a report drawn from the decisions, or an act named as it names itself.
        act: the identifier of the act that is referred to, "" for none.
    """

    kind: str
    text: TextSource | None = None
    act: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """The opinion of a commission: `sense` is "favorable", "défavorable" or "réservé"."""

    commission: TextSource
    sense: str = "favorable"
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        kind: "signer", "approuver" or "texte".
        acts: the acts that may be signed.
        subject: what is approved, or the decision typed by hand (with "signer": the whole sentence).
        piece: the identifier of the piece approved, "" for none.
        partner: the other parties, named by hand.
        without: what the sentence leaves unsaid: names of `schema.deliberation.MENTIONS`.
        added: what ends the sentence.
        draft: "projet" or "projet type".
        feminine: the gender of what is approved, when its words do not tell it.
        proposal: what the rapporteur proposes, by hand.
    """

    kind: str
    acts: tuple[str, ...] = ()
    subject: TextSource | None = None
    piece: str = ""
    partner: TextSource | None = None
    without: frozenset[str] = frozenset()
    added: TextSource | None = None
    draft: str = "projet"
    feminine: bool | None = None
    proposal: TextSource | None = None
    place: Place = field(default_factory=lambda: Place(""))
    path: str = ""


@dataclass(frozen=True, slots=True)
class SubTheme:
    """Decisions under one heading; `title` is None for those that stand directly under the theme."""

    title: TextSource | None
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: numbered 1°, 2°…; without a title it is one decision."""

    title: TextSource | None
    parts: tuple[SubTheme, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in order."""
        return tuple(one for part in self.parts for one in part.decisions)


@dataclass(frozen=True, slots=True)
class Vote:
    """The counts that are known; None for the others.

    Attributes:
        result: "unanimité", "exprimés" (nobody against, but some did not vote), "majorité"; "" while nothing tells it.
        casting: the voices are equal and that of the chair decides.
        members: how many the body has in office.
        waiting: the counts that are « à compléter », by their key, and their hints.
    """

    present: int | None = None
    proxies: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstaining: int | None = None
    not_voting: int | None = None
    result: str = ""
    casting: bool = False
    members: int | None = None
    waiting: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member who does not take part, and why."""

    member: TextSource
    reason: TextSource | None = None


@dataclass(frozen=True, slots=True)
class Prefecture:
    """What @CTES asks for; `object` is at most 499 characters."""

    nature: str = "délibération"
    matter: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and in whose place (« Pour le maire et par délégation »)."""

    person: Representative
    delegation: TextSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unilateral:
    """What a délibération and an arrêté share.

    Attributes:
        organisme: the identifier of the body that decides.
        name, short: how it is called.
        day: of the session, or of the arrêté.
        number: as printed, "" for none.
        executory: the mention typed by hand; `certified`: a mention is printed.
        states: the days of `etat` (« transmis », « publie »).
        pack: the name of the pack of formules.
    """

    id: str
    organisme: str
    name: NounPhrase
    short: NounPhrase
    day: date | Unknown
    number: str | Unknown
    title: TextSource
    preamble: tuple[PreambleItem, ...] = ()
    data: Mapping[str, DataValue] = field(default_factory=dict)
    signatory: Signatory | None = None
    where: str = ""
    certified: bool = False
    executory: TextSource | None = None
    stamp: bool = False
    prefecture: Prefecture | None = None
    states: Mapping[str, date] = field(default_factory=dict)
    letterhead: tuple[str, ...] = ()
    pack: str = ""
    gabarit: str = "neutre"
    gabarit_place: Place | None = None
    mention: str = ""
    tribunal: str = ""
    spelling: str = "traditionnelle"
    cents: str = "si besoin"
    place: Place = field(default_factory=lambda: Place(""))
    typed: MappingNode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDeliberation(Unilateral):
    """A délibération ready to be composed. `vote` is None when nothing of it is printed."""

    organe: NounPhrase
    session: TextSource | None = None
    opinions: tuple[Opinion, ...] = ()
    themes: tuple[Theme, ...] = ()
    vote: Vote | Unknown | None = None
    recusals: tuple[Recusal, ...] = ()

    @property
    def decisions(self) -> Iterator[Decision]:
        """Every decision, in printed order."""
        return (one for theme in self.themes for one in theme.decisions)

    @property
    def authorised(self) -> tuple[str, ...]:
        """The acts that may be signed, in printed order."""
        return tuple(name for one in self.decisions for name in one.acts)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces approved, in printed order."""
        return tuple(one.piece for one in self.decisions if one.piece)

    @property
    def annexed(self) -> tuple[str, ...]:
        """Acts and pieces together, in printed order: the order of the annexes."""
        return tuple(name for one in self.decisions for name in (*one.acts, *((one.piece,) if one.piece else ())))


@dataclass(frozen=True, slots=True)
class ArreteArticle:
    """An article of an arrêté."""

    id: str
    title: TextSource | None
    text: TextSource


@dataclass(frozen=True, slots=True)
class Enforcement:
    """Who carries an arrêté out, who receives it."""

    charge: TextSource | None = None
    copies: tuple[TextSource, ...] = ()
    notified: tuple[TextSource, ...] = ()
    text: TextSource | None = None


@dataclass(frozen=True, slots=True)
class Remedies:
    """Before whom and within which time an arrêté may be challenged."""

    court: str
    delay: str = "deux mois"
    informal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedArrete(Unilateral):
    """An arrêté ready to be composed."""

    authority: NounPhrase
    articles: tuple[ArreteArticle, ...] = ()
    enforcement: Enforcement | None = None
    remedies: Remedies | None = None
