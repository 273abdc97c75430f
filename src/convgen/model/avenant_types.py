"""What an avenant is once resolved: the convention before and after, what is declared of the changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from convgen.errors import Place
from convgen.model.resolved import ResolvedAct
from convgen.model.values import Payment, ScheduleValue, TextSource, Unknown
from convgen.source.nodes import MappingNode


@dataclass(frozen=True, slots=True)
class Presentation:
    """`presenter`: how the changes are said. None or "" leaves the choice to the writer.

    Attributes:
        grain: "article", "alinea", "mots" or "" (economy); `contenu: entier` is "article".
        policy: "figee" or "renumerotation".
        group: "donnees", "identiques", "aucun" or "".
        name_in_object: a new denomination has no article of its own.
        sub_article: the noun of a sub-article.
    """

    grain: str = ""
    policy: str = "figee"
    group: str = ""
    name_in_object: bool = False
    ancestors: bool | None = None
    single_article: bool | None = None
    sub_article: str = ""


@dataclass(frozen=True, slots=True)
class PartyEvent:
    """A declared change of a party.

    Attributes:
        kind: "denomination", "representant", "adresse", "ajoutee", "retiree", "substituee" or "autre".
        day: for the last three before "autre": a day, "signature", "notification" or a blank.
        old, new: the names of the entity, "" when it is not there.
    """

    key: str
    kind: str
    day: date | str | Unknown | None = None
    old: str = ""
    new: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PaymentsChange:
    """A schedule of which something was paid when its total changed. Amounts are euros, exact.

    Attributes:
        key: the datum.
        before, after: the whole schedules.
        paid: the ids of the payments already made; their amounts do not change.
        complement: the payment that pays the difference, None when the balance takes it.
        balance: the id of the payment recomputed, "" for none.
        divides: the datum whose amount is shared (« subvention »), else the key.
    """

    key: str
    before: ScheduleValue
    after: ScheduleValue
    paid: tuple[str, ...]
    complement: Payment | None = None
    balance: str = ""
    divides: str = ""


@dataclass(frozen=True, slots=True)
class TermChange:
    """Terms replaced everywhere: the explicit inflections of one pair, and the ids of the articles left out."""

    pairs: tuple[tuple[str, str], ...]
    exceptions: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ResolvedAvenant:
    """An avenant ready to be written.

    Attributes:
        amends: the identifier of the convention.
        previous: the avenants n° 1 to k-1 of the same convention, in order.
        act: the avenant itself as an act (nature « avenant »): its own parties, visas, plan, signatures; its
            `articles` are those typed by hand, printed after the computed ones.
        base: the convention with the modifications of `previous` only.
        new: and with those of this avenant (or the file `nouvelle`). Terms are not replaced in its texts: this is
            done on the composed tree, with `terms`.
        terms: (old, new) inflections, in small letters; `term_changes` has them pair by pair with their exceptions.
        previous_terms: the same for each of `previous`, to be replaced in the tree of `base`, in order.
        objects: the object typed by hand, item by item; else empty.
        effect: a day, "signature", "notification", or a blank.
        day: the day of the avenant: `etat.signe`, else `date`; None when nothing says it.
        parties_announced: keys of the parties whose change is declared.
        unknown_texts: ids of the articles of an act signed elsewhere whose text is not (wholly) known: they are
            replaced whole, never counted.
        pack: the name of the pack of formules.
        policy, grain: those of `presenter`.
    """

    id: str
    amends: str
    number: int | Unknown
    previous: tuple[str, ...]
    act: ResolvedAct
    base: ResolvedAct
    new: ResolvedAct
    terms: tuple[tuple[str, str], ...]
    objects: tuple[TextSource, ...]
    effect: date | str | Unknown
    day: date | Unknown | None
    motif: TextSource | None
    parties_announced: tuple[str, ...]
    pack: str
    policy: str
    grain: str
    presenter: Presentation
    payments: tuple[PaymentsChange, ...]
    place: Place
    typed: MappingNode | None
    events: tuple[PartyEvent, ...] = ()
    term_changes: tuple[TermChange, ...] = ()
    previous_terms: tuple[tuple[TermChange, ...], ...] = ()
    unknown_texts: tuple[str, ...] = ()
    executory: TextSource | None = None
    reference: TextSource | None = None
    signed: date | None = None
