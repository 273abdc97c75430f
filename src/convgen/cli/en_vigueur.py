"""The state in force: a convention, signed or made again, and its avenants folded in, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from convgen.cli.archives import Archive, broken, read_archive
from convgen.cli.pipeline import digests_of, labels_of, make
from convgen.cli.signed import read_signed
from convgen.cli.unchanged import unchanged
from convgen.errors import Diagnostic, Place, Report, Severity

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.amend.chaine import Amendment, Order
    from convgen.amend.changements.changements import Pair
    from convgen.amend.changements.differer import Grain
    from convgen.amend.numeros.numeros import Policy
    from convgen.amend.texte.etat import State
    from convgen.compose.text import TextCache
    from convgen.compose.views.others import Others
    from convgen.model.avenant import ResolvedAvenant, TermChange
    from convgen.model.resolved import ResolvedAct
    from convgen.workspace import Workspace
    from convgen.write.docx.gabarit import Gabarit


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed that an avenant's definition does not say, or says otherwise; "" and None leave it."""

    pack: str = ""
    grain: Grain | None = None
    policy: Policy | None = None
    pairs: tuple[Pair, ...] = ()
    number: str = ""
    day: date | None = None
    final: bool = False
    announced: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force.

    Attributes:
        state: The state.
        files: The digest of each foreign annexe, by identifier.
        signed: A part of it at least is a text that was signed.
        before: The state in effect, when signed avenants have not taken effect yet: what they touch is not to be
            amended again; and its digests.
        waiting: How those avenants are named.
    """

    state: State
    files: Mapping[str, str]
    signed: bool = False
    before: tuple[State, Mapping[str, str]] | None = None
    waiting: tuple[str, ...] = ()


@dataclass(slots=True)
class Chain:
    """The avenants of a convention, folded one after the other.

    Attributes:
        workspace: Where the files are.
        report: Collects the diagnostics.
        today: The day that stands for unknown ones.
        cache: The texts already compiled in this run.
    """

    workspace: Workspace
    report: Report
    today: date
    cache: TextCache
    _acts: dict[str, Acte | None] = field(default_factory=dict)

    def start(self, convention: str) -> InForce | None:
        """The convention alone: as signed, else as its definition makes it; None after an error."""
        from convgen.amend.texte.etat import State

        signed = read_signed(self.workspace, convention)
        if signed is not None:
            self.report.extend(signed.notes)
            acte: Acte | None = signed.acte
        else:
            acte = self._made(convention)
        if acte is None:
            return None
        return InForce(State(acte), digests_of(acte, self.workspace.root), signed is not None)

    def _made(self, convention: str) -> Acte | None:
        made = make(self.workspace, convention, self.report, cache=self.cache)
        return made.acte if made is not None else None

    def before(self, avenant: ResolvedAvenant) -> InForce | None:
        """What is in force before an avenant; None after an error."""
        force = self.start(avenant.amends)
        on = avenant.effect if isinstance(avenant.effect, date) else avenant.day
        for name in avenant.previous:
            if force is None:
                return None
            force = self._with(force, name, on if isinstance(on, date) else self.today)
        return force

    def _with(self, force: InForce, name: str, on: date) -> InForce | None:
        """The state with one more avenant, read in its archive or made again."""
        kept, place = self.archive(name)
        if kept is None:
            return self.again(force, name)
        after = self.fold(force, name, kept, place)
        if after is None:
            return None
        begins = self.effect_day(name, kept)
        if begins is None or begins > on:
            designation = kept.state.sources[-1].designation if kept.state.sources else name
            before = force.before or (force.state, force.files)
            return replace(after, before=before, waiting=(*force.waiting, designation))
        if force.before is None:
            return after
        from convgen.amend.vigueur.intercaler import alone

        known = alone(force.before, (force.state, force.files), (after.state, after.files))
        return replace(after, before=known or force.before, waiting=force.waiting)

    def archive(self, name: str) -> tuple[Archive | None, Place]:
        """What was kept of an avenant when it was signed, and where its definition is.

        Raises:
            DefinitionError: AVE-23, what was kept is damaged.
        """
        loaded = self.workspace.avenant(name, self.report)
        file = loaded.file if loaded is not None else f"conventions/avenants/{name}.yaml"
        return read_archive(self.workspace.root / file, self.workspace.root), Place(file)

    def fold(self, force: InForce, name: str, kept: Archive, place: Place) -> InForce | None:
        """The state that was archived with a signed avenant, once it is sure that it follows from the one before."""
        from convgen.amend.vigueur.archive import follows

        why = follows(force.state, kept.delta, kept.state, force.files, kept.files)
        if why:
            self.report.add(broken(place, name, why))
            return None
        return replace(force, state=kept.state, files=kept.files, signed=True)

    def again(self, force: InForce, name: str) -> InForce | None:
        """The state with an avenant that is not signed yet, made again from its definition."""
        from convgen.model.avenant import resolve_avenant

        avenant = resolve_avenant(self.workspace, name, self.today, self.report)
        if avenant is None or self.report.errors:
            return None
        message = f"l'avenant « {name} » n'est pas signé : il est refait à partir de sa définition"
        remedy = f"Une fois signé, figez-le : convgen signer {name} --le …"
        self.report.add(Diagnostic("AVE-29", message, avenant.place, remedy=remedy, severity=Severity.NOTE))
        made = self.amend(avenant, force, Wanted())
        if made is None:
            if self.report.errors:
                return None
            self.report.add(unchanged(avenant.base, avenant.new, avenant.place, Severity.WARNING))
            return force
        return replace(force, state=made[0].state, files=made[1].new_files)

    def after(self, force: InForce, name: str) -> InForce | None:
        """The state with one more avenant, signed or not, whatever the day it takes effect."""
        kept, place = self.archive(name)
        return self.fold(force, name, kept, place) if kept is not None else self.again(force, name)

    def effect_day(self, name: str, kept: Archive) -> date | None:
        """The day a signed avenant takes effect, None while it is not notified."""
        if kept.effect == "signature":
            return kept.day
        if kept.effect != "notification":
            return date.fromisoformat(kept.effect)
        loaded = self.workspace.avenant(name, Report())
        state = loaded.model.etat if loaded is not None and loaded.model is not None else None
        return state.notifie if state is not None and isinstance(state.notifie, date) else None

    def expected_day(self, name: str) -> date | None:
        """The day an avenant that is not signed would take effect: its effect, else its own date."""
        from convgen.model.avenant import resolve_avenant

        avenant = resolve_avenant(self.workspace, name, self.today, Report())
        if avenant is None:
            return None
        known = (avenant.effect, avenant.day) if avenant.effect != "notification" else (avenant.effect,)
        return next((one for one in known if isinstance(one, date)), None)

    def resolved(self, convention: str) -> ResolvedAct | None:
        """A convention, resolved."""
        made = make(self.workspace, convention, self.report, cache=self.cache)
        return made.resolved if made is not None else None

    def gabarit(self, act: ResolvedAct) -> Gabarit:
        """The gabarit of an act; its notes are in the report."""
        from convgen.write.docx.gabarit import load_gabarit

        folder = self.workspace.gabarit_folder(act.gabarit, act.gabarit_place)
        loaded = load_gabarit(folder, root=self.workspace.root)
        self.report.extend(loaded.notes)
        return loaded

    # --- an avenant -----------------------------------------------------------------------------------------

    def amend(self, avenant: ResolvedAvenant, force: InForce, wanted: Wanted) -> tuple[Amendment, Order] | None:
        """An avenant made on what is in force; None when it changes nothing or after an error (in the report)."""
        from convgen.amend.chaine import amend
        from convgen.cli.commande import order_of

        new = self._new(avenant, force)
        if new is None:
            return None
        order = order_of(avenant, force, new, wanted, self)
        if order is None:
            return None
        others = self._others(avenant.act.id)
        made = amend(force.state, new, order, self.report, cache=self.cache, others=others)
        return (made, order) if made is not None else None

    def written(self, avenant: ResolvedAvenant, force: InForce, wanted: Wanted) -> tuple[Amendment, Order] | None:
        """An avenant that is to be written, signed or authorised; AVE-30 when it changes no word of the convention."""
        made = self.amend(avenant, force, wanted)
        if made is None and not self.report.errors:
            self.report.add(unchanged(avenant.base, avenant.new, avenant.place))
        return made

    def labels(self, act: ResolvedAct) -> dict[str, str]:
        """What people call the data of an act."""
        return labels_of(self.workspace, act.modele, act.typed)

    def _new(self, avenant: ResolvedAvenant, force: InForce) -> Acte | None:
        """The convention as it becomes; what is not amended keeps the words that were signed."""
        from convgen.amend.versions import with_terms
        from convgen.amend.vigueur.conserver import over_signed

        previous = [change for changes in avenant.previous_terms for change in changes]
        new = self._composed(avenant.new, (*previous, *avenant.term_changes))
        if new is None or not force.signed:
            return new
        base = self._composed(avenant.base, previous)
        if base is None:
            return None
        signed = with_terms(force.state.acte, avenant.term_changes) if avenant.term_changes else force.state.acte
        return over_signed(signed, with_terms(base, avenant.term_changes), new)

    def _composed(self, act: ResolvedAct, terms: Sequence[TermChange]) -> Acte | None:
        from convgen.amend.versions import with_terms
        from convgen.compose.acte import compose

        acte = compose(act, self.report, cache=self.cache, others=self._others(act.id))
        return with_terms(acte, terms) if acte is not None else None

    def _others(self, own: str) -> Others:
        """Gives the other acts that texts name."""

        def others(wanted: str) -> tuple[ResolvedAct, Acte] | None:
            made = make(self.workspace, wanted, self.report, cache=self.cache, within=(own,))
            return (made.resolved, made.acte) if made is not None and wanted != own else None

        return others
