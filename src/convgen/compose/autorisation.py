"""The sentence by which a délibération allows to sign an act, drawn from the act.

Every figure, name and date of the sentence is a value whose key is `actes.<id>.<key>`: what recites an act can be
compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from convgen.acte.nodes import Acte, Inlines
from convgen.compose.amended_terms import joins, money_change, new_end, warn_untold
from convgen.compose.atoms import Atom, SeriesAtom, Word
from convgen.compose.context import printing_of
from convgen.compose.deliberation_pack import Pack
from convgen.compose.named_acts import amended_view, annexe_view, avenant_named, joined, nodes_of, quoted, text_of_act
from convgen.compose.recited import MISSING, InlinesView, keyed, keyed_atom, named_view, nodes_view, to_the
from convgen.compose.recited_duration import DurationReciter, parted
from convgen.compose.sandbox import View
from convgen.compose.views.base import AtomView, BlankView, PhraseView, WordView, text_view
from convgen.compose.views.groups import ItemView, view_of
from convgen.compose.views.parties import name_atom
from convgen.french.agreement import Agreement
from convgen.french.grammar import GenderUnknown, NounPhrase, join_list, parse_noun_phrase
from convgen.french.typography import typeset
from convgen.model.deliberation_types import Decision
from convgen.model.expressions import UnknownNameError
from convgen.model.recital import Money, Purpose
from convgen.model.resolved import Party, ResolvedAct
from convgen.model.scope import walk
from convgen.model.values import Amount, TextSource, Unknown


@dataclass(frozen=True, slots=True)
class AuthorisedAct:
    """An act as the délibération sees it.

    Attributes:
        resolved: its definition; for an avenant, the avenant as an act.
        acte: its tree.
        amended: for an avenant, the convention before it, and its tree.
        becomes: for an avenant, the convention after it.
        number: for an avenant, its number.
        articles: for an avenant, the numbers of the articles it changes, in the order of the convention.
    """

    resolved: ResolvedAct
    acte: Acte
    amended: tuple[ResolvedAct, Acte] | None = None
    becomes: ResolvedAct | None = None
    number: str = ""
    articles: tuple[str, ...] = ()


#: Gives an act by its identifier, None when it cannot be made (the reason is reported).
Acts: TypeAlias = "Callable[[str], AuthorisedAct | None]"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the parts of its amount, which follow it as a list."""

    inlines: Inlines
    shares: tuple[Inlines, ...] = ()


def authorisation(
    act: AuthorisedAct,
    decision: Decision,
    annexe: str,
    ours: str,
    pack: Pack,
    acts: Acts,
    shared: Mapping[str, object] | None = None,
) -> Sentence:
    """« la convention …, dont le projet est joint en annexe n° 5, à intervenir avec …, d'un montant de … ».

    Args:
        act: the act that may be signed.
        decision: what the délibération shortens, adds or says by hand.
        annexe: the number of its annexe as printed, "" while it is not known.
        ours: the organisme that decides; the others are « à intervenir avec ».
        pack: the words.
        acts: gives the act whose duration this one follows.
        shared: what the texts typed beside the act may name besides its data.
    """
    return _Reciter(act, decision, ours, pack, acts, shared or {}).sentence(annexe)


def short_name(act: AuthorisedAct, decision: Decision, ours: str, pack: Pack, acts: Acts) -> tuple[View, View]:
    """What the rapporteur says of an act: its name, and its other parties."""
    reciter = _Reciter(act, decision, ours, pack, acts)
    return nodes_view(keyed(reciter.named(), act.resolved.id)), reciter.partners()


@dataclass(frozen=True, slots=True)
class _Reciter:
    act: AuthorisedAct
    decision: Decision
    ours: str
    pack: Pack
    acts: Acts
    shared: Mapping[str, object] = field(default_factory=dict)

    @property
    def resolved(self) -> ResolvedAct:
        return self.act.resolved

    @property
    def data_act(self) -> ResolvedAct:
        """Whose data the sentence says: those of the convention as an avenant leaves it."""
        return self.act.becomes or self.act.resolved

    def says(self, what: str) -> bool:
        return what not in self.decision.without

    def sentence(self, annexe: str) -> Sentence:
        money, purpose = self.resolved.money or Money(), self.resolved.purpose or Purpose()
        # The parts share an amount: when it is left unsaid, so are they.
        shared = self.says("repartition") and self.says("montant") and not purpose.silent
        shares = tuple(self.shares(money)) if shared else ()
        named = self.named()
        if not named and self.pack.report.errors:
            return Sentence(())  # its name has an error of its own: the pack has none
        amount, duration = self.amount_and_duration(money, purpose, bool(shares))
        pieces: dict[str, Inlines] = {
            "acte": named,
            "incidence": self.incidence(money, purpose),
            "modifiant": self.amending(purpose),
            "resume": self.summary(purpose),
            "forme": self.form(money, purpose),
            "montant": amount,
            "duree": duration,
        }
        views: dict[str, View] = {name: nodes_view(keyed(said, self.resolved.id)) for name, said in pieces.items()}
        views["annexe"] = nodes_view(self.annexe(annexe))
        partners = self.partners()
        views["partenaires"] = (
            nodes_view(self.pack.say("partenaires", partenaires=partners)) if partners is not MISSING else MISSING
        )
        added = self.decision.added
        views["ajout"] = nodes_view(self.text(added, f"{self.decision.path}.ajouter")) if added is not None else MISSING
        views["reparti"] = nodes_view(self.pack.say("reparti")) if shares else MISSING
        said = self.pack.said("phrase", views)
        return Sentence(said, tuple(keyed(one, self.resolved.id) for one in shares))

    # --- texts of the act -----------------------------------------------------------------------------------

    def text(self, source: TextSource, path: str = "") -> Inlines:
        """A text of the act, or typed beside it under that key, said with its data."""
        return text_of_act(self.data_act, source, self.pack, self.shared, path)

    # --- what it is -----------------------------------------------------------------------------------------

    def named(self) -> Inlines:
        """« l'avenant n° 1 à la convention », « la convention relative à … », or how the act calls itself."""
        act = self.resolved
        if self.act.amended is not None:
            return avenant_named(self.act.amended[0], self.act.number, self.pack)
        if act.called is not None:
            return self.text(act.called)
        noun = PhraseView(act.noun, "acte", "id", act.id)
        about = named_view(self.text(act.object)) if act.object is not None else MISSING
        if act.object is None and act.title is not None:
            return (*self.pack.say("acte", nom=noun, objet=MISSING), *quoted(self.text(act.title)))
        return self.pack.say("acte", nom=noun, objet=about)

    def amending(self, purpose: Purpose) -> Inlines:
        """« modifiant les articles 5.1, 6.2 et 9.5 de la convention »."""
        if not purpose.amending or not self.act.articles or self.act.amended is None or not self.says("modifiant"):
            return ()
        many = len(self.act.articles) > 1
        words = f"{'articles' if many else 'article'} {join_list(self.act.articles)}"
        phrase = NounPhrase("", typeset(words), Agreement(False, many)).definite
        articles = AtomView(Word(str(phrase), phrase, "liste", "articles", self.act.articles))
        return self.pack.say("modifiant", articles=articles, convention=self.said_base())

    def said_base(self) -> View:
        """« ladite convention », « ledit contrat »: what an avenant changes."""
        return (
            PhraseView(self.act.amended[0].noun.with_determiner("ledit")) if self.act.amended is not None else MISSING
        )

    # --- with whom, where -----------------------------------------------------------------------------------

    def partners(self) -> View:
        """The other parties, joined; MISSING when nothing is to be said of them."""
        if not self.says("partenaire"):
            return MISSING
        if self.decision.partner is not None:
            said = self.text(self.decision.partner, f"{self.decision.path}.partenaire")
            return nodes_view(keyed(said, self.resolved.id))
        atoms: list[Atom] = []
        seen: set[str] = set()
        for party in self.others():
            if party.organisme not in seen or not party.organisme:
                seen.add(party.organisme)
                atoms.append(keyed_atom(name_atom(party), self.resolved.id))
        return AtomView(SeriesAtom(tuple(atoms))) if atoms else MISSING

    def others(self) -> Iterator[Party]:
        """The parties that are not ours; DEL-09 when none is."""
        parties = self.resolved.parties
        if not any(party.organisme == self.ours or party.blank for party in parties):
            message = f"l'organisme « {self.ours} » n'est pas partie à l'acte « {self.resolved.id} »"
            cause = "Une délibération autorise à signer au nom de l'organisme qui la prend."
            remedy = "Vérifiez « organisme » dans la délibération, et les parties de l'acte."
            self.pack.report.error("DEL-09", message, self.decision.place, self.decision.path, cause, remedy)
        return (party for party in parties if party.organisme != self.ours and not (party.blank and party.to_fill))

    def annexe(self, number: str) -> Inlines:
        if not self.says("annexe"):
            return ()
        return self.pack.say(
            "annexe", projet=text_view(self.decision.draft), numero=annexe_view(self.resolved.id, number)
        )

    # --- money ----------------------------------------------------------------------------------------------

    def incidence(self, money: Money, purpose: Purpose) -> Inlines:
        free = money.direction == "sans" and not purpose.silent and self.says("incidence")
        return self.pack.say("incidence") if free else ()

    def form(self, money: Money, purpose: Purpose) -> Inlines:
        if not money.form or purpose.silent or not self.says("montant"):
            return ()
        try:
            return self.pack.say("forme", forme=PhraseView(parse_noun_phrase(money.form)))
        except GenderUnknown:
            return self.pack.say("forme", forme=text_view(money.form))

    def amount(self, money: Money, purpose: Purpose, shared: bool) -> Inlines:
        """« d'un montant total de … », or how an avenant changes it."""
        if purpose.silent or not self.says("montant"):
            return ()
        if money.wording is not None:
            return self.text(money.wording)
        change = self.change(money)
        if change is not None:
            return self.carried(*change)
        if money.amount is None:
            if self.act.amended is not None and self.act.becomes is not None and money.direction != "sans":
                versions = self.act.amended[0], self.act.becomes
                warn_untold(self.resolved.id, versions, self.decision, self.pack)
            return ()
        return self.pack.say(
            "montant",
            montant=self.money_view(money.amount),
            maximum=_flag(money.maximum),
            parts=_flag(shared),
            recette=_flag(money.direction == "recette"),
        )

    def change(self, money: Money) -> tuple[Amount, Amount | Unknown] | None:
        """The amount before and after an avenant: that of its own `finances`, else that of the convention."""
        if self.act.amended is None or self.act.becomes is None or money.wording is not None:
            return None
        if money.amount is not None:
            before = self.before(money.amount)
            return (before, money.amount) if before is not None else None
        return money_change(self.act.amended[0], self.act.becomes) if money.direction != "sans" else None

    def carried(self, before: Amount, after: Amount | Unknown) -> Inlines:
        """« portant le montant maximal de 12 000 € à 15 000 € »: a ceiling, or a receipt, as the convention says."""
        known = [one.money for one in (self.resolved, self.data_act) if one.money is not None]
        direction = next((one.direction for one in known if one.direction), "")
        return self.pack.say(
            "montant_porte",
            avant=self.money_view(before),
            montant=self.money_view(after),
            maximum=_flag(any(one.maximum for one in known)),
            recette=_flag(direction == "recette"),
        )

    def amount_and_duration(self, money: Money, purpose: Purpose, shared: bool) -> tuple[Inlines, Inlines]:
        """What the amount and the duration say; « portant le montant … et le terme … » where both change."""
        amount = self.amount(money, purpose, shared)
        if not self.says("duree"):
            return amount, ()
        if self.act.amended is None or self.act.becomes is None or parted(money):
            return amount, DurationReciter(self.resolved, self.data_act, self.pack, self.name_of).duration(money)
        follows = bool(amount) and self.change(money) is not None and joins(self.pack)
        versions = self.act.amended[0], self.act.becomes
        end = new_end(self.resolved.id, versions, self.said_base(), self.pack, follows=follows)
        return ((*amount, *nodes_of(" "), *end), ()) if follows and end else (amount, end)

    def name_of(self, name: str) -> View | None:
        """How another act is called."""
        found = self.acts(name)
        return amended_view(found.resolved, self.pack) if found is not None else None

    def before(self, amount: Amount | Unknown) -> Amount | None:
        """What the amount was in the convention that an avenant changes, when it differs."""
        if self.act.amended is None or not isinstance(amount, Amount):
            return None
        base = self.act.amended[0]
        try:
            found = walk(tuple(amount.key.split(".")), base.data)
        except UnknownNameError:
            found = base.money.amount if base.money is not None else None
        if not isinstance(found, Amount) or found.value == amount.value:
            return None
        return replace(found, key=f"base.{found.key}")

    def money_view(self, amount: Amount | Unknown) -> View:
        if isinstance(amount, Unknown):
            return BlankView(f"actes.{self.resolved.id}.{amount.key}", amount.hint or "montant")
        return view_of(amount, printing_of(self.data_act))

    def shares(self, money: Money) -> Iterator[Inlines]:
        """« 106 000 € pour … (volet 1) », one by part."""
        if len(money.shares) < 2 or money.group is None:
            return
        printing = printing_of(self.data_act)
        for share in money.shares:
            item = ItemView(share.item, money.group, printing)
            amount = self.money_view(share.amount)
            if share.purpose is None or money.group.phrase is None:
                yield self.pack.say("part_sans_objet", montant=amount, part=item)
                continue
            about = named_view(self.text(share.purpose))
            bare = typeset(f"{money.group.phrase.noun} {item.number}")
            rank = WordView(Word(bare, None, "élément", share.item.key, share.item.id))
            yield self.pack.say("part", montant=amount, objet=about, part=rank)

    # --- purpose --------------------------------------------------------------------------------------------

    def summary(self, purpose: Purpose) -> Inlines:
        """« définissant … », « relative à … »: what the act is for."""
        if not self.says("resume"):
            return ()
        said = []
        for key, source in (
            ("definissant", purpose.defining),
            ("portant_sur", purpose.bearing),
            ("en_vue", purpose.in_view),
        ):
            if source is not None:
                said.append(self.pack.say(key, texte=named_view(self.text(source))))
        if purpose.relating:
            noun = PhraseView(self.resolved.noun)
            items = tuple(InlinesView(to_the(self.text(one))).atom() for one in purpose.relating)
            said.append(self.pack.say("relatif", nom=noun, texte=AtomView(SeriesAtom(items))))
        return joined(said)


def _flag(value: bool) -> View:
    return text_view("oui") if value else MISSING
