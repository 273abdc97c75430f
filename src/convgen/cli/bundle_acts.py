"""The acts of a liasse: each composed once, or taken as it was signed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from convgen.cli.deliberations import Bench, amended_articles, make_deliberation
from convgen.cli.pipeline import is_avenant, make
from convgen.cli.signed import read_signed
from convgen.errors import ConvgenError, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convgen.acte.nodes import Acte
    from convgen.bundle.pieces import Composed
    from convgen.cli.archives import Archive
    from convgen.compose.autorisation import AuthorisedAct
    from convgen.compose.text import TextCache
    from convgen.model.liasse import ResolvedLiasse
    from convgen.workspace import Workspace


@dataclass(slots=True)
class Gathered:
    """What a liasse is made of.

    Attributes:
        acts: the acts as the délibérations see them; None for one that cannot be made.
        composed: the délibérations and the acts, ready to be printed.
    """

    acts: dict[str, AuthorisedAct | None] = field(default_factory=dict)
    composed: dict[str, Composed] = field(default_factory=dict)


def gather(workspace: Workspace, liasse: ResolvedLiasse, report: Report, cache: TextCache, *, final: bool) -> Gathered:
    """Every act, then every délibération, which recites them with the numbers of their annexes.

    Args:
        workspace: Where the files are.
        liasse: The resolved definition.
        report: Collects the diagnostics.
        cache: The texts already compiled in this run.
        final: Refuse blanks.
    """
    from convgen.bundle.pieces import Composed

    made = Gathered()
    for name in _names(workspace, liasse):
        _Loader(workspace, report, cache, final).load(name, made)
    bench = Bench(workspace, cache, report, dict(made.acts))
    for series in liasse.series:
        d = series.deliberation
        found = make_deliberation(
            workspace, d.id, report, final=final, cache=cache, annexes=series.numbers, bench=bench
        )
        if found is not None:
            made.composed[d.id] = Composed(found.acte, d.gabarit, d.gabarit_place)
    made.acts |= bench.made
    return made


def sirets(workspace: Workspace, liasse: ResolvedLiasse) -> Mapping[str, str]:
    """The SIRET of each organisme that decides."""
    from convgen.model.files import Asked

    found: dict[str, str] = {}
    for series in liasse.series:
        name = series.deliberation.organisme
        loaded = workspace.organisme(name, Asked(), Report()) if name else None
        siret = loaded.model.siret if loaded is not None and loaded.model is not None else None
        found[name] = str(siret or "").replace(" ", "").replace("\u00a0", "")
    return found


def _names(workspace: Workspace, liasse: ResolvedLiasse) -> list[str]:
    """The acts of the series and those that a decision allows to sign, once each."""
    wanted: dict[str, None] = {}
    for series in liasse.series:
        wanted |= dict.fromkeys(one.id for one in series.everything() if not one.file)
        wanted |= dict.fromkeys(series.deliberation.authorised)
    return [one for one in wanted if is_avenant(workspace, one) or workspace.definition(one, Report()) is not None]


@dataclass(frozen=True, slots=True)
class _Loader:
    workspace: Workspace
    report: Report
    cache: TextCache
    final: bool

    def load(self, name: str, made: Gathered) -> None:
        """Put an act among the others; what is wrong is in the report."""
        made.acts[name] = None
        own = Report()
        try:
            found = self.avenant(name, own) if is_avenant(self.workspace, name) else self.convention(name, own)
        except ConvgenError as error:
            own.extend(error.diagnostics)
            found = None
        self.report.extend(own)
        if found is not None:
            made.acts[name], made.composed[name] = found

    def convention(self, name: str, own: Report) -> tuple[AuthorisedAct, Composed] | None:
        """A convention, made again or as signed."""
        from convgen.bundle.pieces import Composed
        from convgen.compose.autorisation import AuthorisedAct

        signed = read_signed(self.workspace, name)
        if signed is None:
            made = make(self.workspace, name, own, final=self.final, cache=self.cache)
            if made is None:
                return None
            act = made.resolved
            return AuthorisedAct(act, made.acte), Composed(made.acte, act.gabarit, act.gabarit_place)
        own.extend(signed.notes)
        # What the library has become is no matter of an act that is signed.
        quiet = Report()
        made = make(self.workspace, name, quiet, cache=self.cache)
        if made is None:
            own.extend(quiet.errors)
            return None
        composed = Composed(signed.acte, made.resolved.gabarit, made.resolved.gabarit_place, signed.files)
        return AuthorisedAct(made.resolved, signed.acte), composed

    def avenant(self, name: str, own: Report) -> tuple[AuthorisedAct, Composed] | None:
        """An avenant, made through the chain of those before it, or as signed."""
        from convgen.bundle.pieces import Composed
        from convgen.cli.en_vigueur import Chain, Wanted
        from convgen.compose.autorisation import AuthorisedAct
        from convgen.model.avenant import resolve_avenant

        chain = Chain(self.workspace, own, date.today(), self.cache)
        avenant = resolve_avenant(self.workspace, name, chain.today, own)
        if avenant is None or own.errors:
            return None
        archive, _ = chain.archive(name)
        force = chain.before(avenant)
        # What was signed is not refused again for its blanks.
        wanted = Wanted(final=self.final and archive is None)
        found = chain.written(avenant, force, wanted) if force is not None else None
        if found is None:
            return None
        tree, files = _signed_tree(archive) if archive is not None else (found[0].avenant, {})
        seen = AuthorisedAct(
            avenant.act,
            tree,
            amended=(avenant.base, found[0].base.acte),
            becomes=avenant.new,
            number=str(avenant.number) if isinstance(avenant.number, int) else "",
            articles=amended_articles(found[0]),
        )
        return seen, Composed(tree, avenant.act.gabarit, avenant.act.gabarit_place, files)


def _signed_tree(archive: Archive) -> tuple[Acte, dict[str, bytes]]:
    """The tree and the files of a signed avenant, by format."""
    from convgen.write.json import read_json

    files = {
        name.partition(".")[2]: content for name, content in archive.outputs.items() if name.startswith("avenant.")
    }
    return read_json(files["json"].decode()), files
