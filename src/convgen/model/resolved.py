"""A definition once merged with its modèle, its clauses and its organismes: ready to be composed.

Everything that can be known without rendering a text is settled here: conditions are
evaluated (a false article is not in the list), data computed, parameters bound, names checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from convgen.acte.nodes import Origin, Scheme
from convgen.errors import Place
from convgen.french.dates import Duration
from convgen.french.grammar import NounPhrase
from convgen.model.values import DataValue, GroupItem, TextSource, Unknown
from convgen.source.nodes import MappingNode, PlacedText

if TYPE_CHECKING:
    from convgen.model.recital import Money, Purpose
    from convgen.model.tables.jeu import JeuData
    from convgen.model.tables.registry import Tables


@dataclass(frozen=True, slots=True)
class Representative:
    """A person who represents a party in this act, overrides applied.

    `capacities` are without article ("préfet de la région …"); `signing_capacity` is for the signature grid.
    """

    key: str
    civility: str
    first_name: str
    last_name: str
    capacities: tuple[str, ...]
    signing_capacity: str
    feminine: bool = False
    mandate: str = ""  # « dûment habilité »


@dataclass(frozen=True, slots=True)
class Habilitation:
    """What allows a representative to sign: an organe (with its article), a date, a number."""

    organe: NounPhrase | None
    day: date | Unknown | None = None
    number: str | Unknown = ""
    wording: str = ""  # « agissant … en vertu de », replaces the usual words
    deliberation: str = ""  # id of the délibération it comes from
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party as it appears in this act (an organisme as of a date, with the overrides of the act).

    Attributes:
        key: its name in the definition ("departement").
        kind: the type of organisme ("association", "département", "État", "société"…).
        name: the entity ("le Département des Alpes-Maritimes").
        short: the short name.
        designation: the defined term ("le cocontractant"), None when the act gives it none.
        bare_alias: the term was typed without its article (« Département »): quoted so, said « le Département ».
        role: "financeur", "bénéficiaire", "responsable de traitement"… or "".
        presentation: "qualite-nom", "nom-qualite", "sa-qualite-nom", "nom-sa-qualite".
        mentions: what is printed besides: "adresse", "siret", "chorus", "forme", "siege"… None = by type.
        wording: the `tournure` that introduces the alias ("désigné ci-après par les termes"), "" = usual.
        details: printed facts by name: siret, chorus, forme, capital, rcs_ville, rcs_numero, siege,
            statut, iban, bic, banque_titulaire, comptable, ordonnateur, territoire, ancien, service…
        data: the party's own `donnees`.
        second_signatories: sign without appearing (`signatures.plus`).
        signs: it has a frame at the end of the act.
        blank: nobody holds the place yet; `name` is then the defined term, or the key.
        to_fill: with `blank`, the party is filled in by hand (a convention type, signed many times).
        hint: with `blank`, what is to be completed (« nom de la structure »); "" when the name at least is known.
    """

    key: str
    organisme: str
    kind: str
    name: NounPhrase
    short: NounPhrase
    designation: NounPhrase | None
    role: str = ""
    presentation: str = "qualite-nom"
    mentions: tuple[str, ...] | None = None
    wording: str = ""
    representatives: tuple[Representative, ...] = ()
    second_signatories: tuple[Representative, ...] = ()
    habilitation: Habilitation | None = None
    address: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, DataValue] = field(default_factory=dict)
    blank: bool = False
    to_fill: bool = False
    hint: str = ""
    bare_alias: bool = False
    signs: bool = True
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the act. `designation` is the group alias ("les prescripteurs"), None without one."""

    id: str
    parties: tuple[str, ...]
    mention: str = ""  # « d'une part », "" for none
    announce: TextSource | None = None
    designation: NounPhrase | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """`reconduction`: form is "expresse" or "tacite"; `maximum` is the total length, first period included."""

    form: str
    period: Duration | None = None
    maximum: Duration | None = None
    letter: TextSource | None = None  # when the letter must be sent
    latest_end: date | None = None  # last day when every renewal is used, if computable
    times: int | None = None  # number of renewals, if computable


@dataclass(frozen=True, slots=True)
class Term:
    """`duree`. `start` is a day, "signature", "notification", or unknown; the end is a day or a length."""

    start: date | str | Unknown
    end: date | Unknown | None = None
    length: Duration | None = None
    renewal: Renewal | None = None
    follows: str = ""  # id of the act whose duration this one follows


Argument: TypeAlias = "DataValue | Party | Side"


@dataclass(frozen=True, slots=True)
class ArticleSpec:
    """An article to compose. `text` holds its template; sub-articles are in the text or in `articles`.

    Attributes:
        title: None for an untitled article (`titre: sans`).
        arguments: the clause's parameters, bound; empty for a text of the definition or the modèle,
            which sees the whole context.
        is_clause: the text sees only its parameters, the parties and the act.
        passages: named passages of the clause.
        without: ids of sub-articles to drop.
        level: 1 for an article, 0 for a titre or chapitre that groups articles.
    """

    id: str
    title: TextSource | None
    text: TextSource | None
    origin: Origin
    is_clause: bool = False
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    passages: Mapping[str, TextSource] = field(default_factory=dict)
    without: tuple[PlacedText, ...] = ()
    articles: tuple[ArticleSpec, ...] = ()
    level: int = 1
    frozen_number: str = ""
    repeat: int = 1  # a block of a form, printed so many times


@dataclass(frozen=True, slots=True)
class AnnexeSpec:
    """An annexe to compose. Its content is an `article` (text or clause), a file, or outside convgen.

    `rank` is "bis", "ter"… (follows the previous one without a number of its own) or "".
    """

    id: str
    title: TextSource | None
    content: ArticleSpec | None
    origin: Origin
    file: str = ""
    external: bool = False
    rank: str = ""
    series: str = ""
    frozen_number: str = ""
    orientation: str = "portrait"
    table: str = ""
    fiches: FichesSpec | None = None


@dataclass(frozen=True, slots=True)
class FichesSpec:
    """The fiches of an annexe: their jeu, and those to print, in printed order."""

    jeu: JeuData
    fiches: tuple[GroupItem, ...]
    summary: bool = True


@dataclass(frozen=True, slots=True)
class SignatureSpec:
    """`signatures`. `order` holds (party key, representative key or "") pairs, all signatories, in order."""

    place_name: TextSource | None = None
    each_dates: bool = False  # place and date are written by hand in every frame
    day: date | None = None  # None = to fill in by hand
    copies: str = ""  # number or "un par partie"
    presentation: str = "qualite-nom"  # qualite-nom | nom-qualite | pour | numerotee | designation | qualite
    columns: int = 2
    order: tuple[tuple[str, str], ...] = ()
    reserved: str = ""
    visa: str = ""  # a person who signs « pour visa » without being a party
    mention: str = ""  # « (Date, nom et qualité, signature et cachet) »
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """What the definition changes of its modèle, or a modèle's clause, for `--explique`."""

    what: str  # « remplace le texte », « retire », « insère », « remplace le passage », « change le titre »…
    target: str  # the id
    place: Place  # in the definition
    instead_of: Place | None = None  # in the modèle or the clause


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A line of the cartouche: a text, or the imputations of a group."""

    text: TextSource | None = None
    number: bool = False
    imputations: str = ""  # name of the group


@dataclass(frozen=True, slots=True)
class ResolvedAct:
    """A convention ready to be composed.

    Attributes:
        noun: the act as a noun ("la convention"); gives « la présente convention », agreement, `acte.il`.
        number: printed number, Unknown for a blank, "" for none.
        number_prefix: what precedes the number in the title (« Convention n° … »).
        title: an explicit title; None = composed from nature, parties and objet.
        plan: the kinds of zones, in printed order.
        visas: texts to print after « Vu », in order, each complete and without « Vu » nor final punctuation.
        opening: the `convenu` formula: "convenu" (Il est convenu ce qui suit), "expose" (Ceci exposé…).
        together: « les parties » alias, "" for none.
        clauses: (id, version) of every clause used, sorted.
        money, purpose: what a délibération that authorises the act says of it (`finances`, `resume`).
        states: the days of `etat` (« signe », « notifie », « transmis », « publie »).
        clause_context: names a clause text sees besides its parameters: parties, acte, duree, exercices, charte.
    """

    id: str
    nature: str
    noun: NounPhrase
    title: TextSource | None
    object: TextSource | None
    number: str | Unknown
    number_prefix: str
    exercices: tuple[int, ...]
    plan: tuple[str, ...]
    parties: tuple[Party, ...]
    sides: tuple[Side, ...]
    together: str
    term: Term | None
    data: Mapping[str, DataValue]
    visas: tuple[TextSource, ...]
    opening: str
    preamble: TextSource | None
    passages: Mapping[str, TextSource]
    articles: tuple[ArticleSpec, ...]
    annexes: tuple[AnnexeSpec, ...]
    signatures: SignatureSpec
    frame: tuple[FrameLine, ...]
    letterhead: tuple[str, ...]
    scheme: Scheme
    gabarit: str
    tribunal: str
    mention: str
    spelling: str
    cents: str
    modele: str
    overrides: tuple[Override, ...]
    clauses: tuple[tuple[str, str], ...]
    place: Place
    tables: Tables | None = None
    frozen: bool = False  # etat.signe is set: the text no longer changes
    gabarit_place: Place | None = None
    called: TextSource | None = None  # how other acts call this one (`nommer`)
    texts: Mapping[str, TextSource] = field(default_factory=dict)  # zones printed as typed, by kind (« reference »)
    typed: MappingNode | None = None  # the definition as typed, to say where a key stands
    sources: Mapping[str, frozenset[str]] = field(default_factory=dict)  # the data that each datum is computed from
    money: Money | None = None
    purpose: Purpose | None = None
    states: Mapping[str, date] = field(default_factory=dict)
    author: str = ""  # who has the act made
