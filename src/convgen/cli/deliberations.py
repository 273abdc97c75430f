"""From a name to a délibération or an arrêté: with the acts it names, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.cli.pipeline import is_avenant, make
from convgen.errors import ConvgenError, Report

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.amend.chaine import Amendment
    from convgen.compose.autorisation import AuthorisedAct
    from convgen.compose.text import TextCache
    from convgen.model.deliberation_types import ResolvedArrete, ResolvedDeliberation
    from convgen.workspace import Workspace

_KINDS: Final = ("deliberation", "arrete")


@dataclass(frozen=True, slots=True)
class MadeUnilateral:
    """A délibération or an arrêté: what it was resolved to, the tree composed from it, the acts that it names.

    `acts` has only those that were needed, by identifier; an act that could not be made is None.
    """

    resolved: ResolvedDeliberation | ResolvedArrete
    acte: Acte
    acts: Mapping[str, AuthorisedAct | None] = field(default_factory=dict)


@dataclass(slots=True)
class Bench:
    """Makes the acts that a délibération names; each is made once, whoever asks for it.

    Attributes:
        workspace: Where the files are.
        cache: The texts already compiled in this run.
        report: Receives the errors of each act; their warnings are said when the act itself is written.
        made: The acts already made.
    """

    workspace: Workspace
    cache: TextCache
    report: Report
    made: dict[str, AuthorisedAct | None] = field(default_factory=dict)

    def __call__(self, name: str) -> AuthorisedAct | None:
        """A convention or an avenant, by its identifier; None when it cannot be made."""
        if name not in self.made:
            own = Report()
            try:
                self.made[name] = self._make(name, own)
            except ConvgenError as error:
                own.extend(error.diagnostics)
                self.made[name] = None
            self.report.extend(own.errors)
        return self.made[name]

    def _make(self, name: str, report: Report) -> AuthorisedAct | None:
        from convgen.compose.autorisation import AuthorisedAct

        if is_avenant(self.workspace, name):
            return self._avenant(name, report)
        made = make(self.workspace, name, report, cache=self.cache)
        return AuthorisedAct(made.resolved, made.acte) if made is not None else None

    def _avenant(self, name: str, report: Report) -> AuthorisedAct | None:
        from convgen.cli.en_vigueur import Chain, Wanted
        from convgen.compose.autorisation import AuthorisedAct
        from convgen.model.avenant import resolve_avenant

        chain = Chain(self.workspace, report, date.today(), self.cache)
        avenant = resolve_avenant(self.workspace, name, chain.today, report)
        force = chain.before(avenant) if avenant is not None and not report.errors else None
        found = chain.written(avenant, force, Wanted()) if avenant is not None and force is not None else None
        if avenant is None or found is None:
            return None
        return AuthorisedAct(
            avenant.act,
            found[0].avenant,
            amended=(avenant.base, found[0].base.acte),
            becomes=avenant.new,
            number=str(avenant.number) if isinstance(avenant.number, int) else "",
            articles=amended_articles(found[0]),
        )


def amended_articles(made: Amendment) -> tuple[str, ...]:
    """The numbers of the articles that an avenant changes, in the order of the convention; annexes are left out."""
    from convgen.acte.nodes import Division
    from convgen.acte.walk import walk
    from convgen.amend.changements.changements import Renumber

    said = (one for one in made.delta.changes if not isinstance(one, Renumber))
    touched = {path[-1] for one in said if (path := _path(one))}
    divisions = (node for node in walk(made.base.acte.zones) if isinstance(node, Division))
    return tuple(one.number.text for one in divisions if one.id in touched and one.number is not None)


def _path(change: object) -> tuple[str, ...]:
    """The part that a change touches: what it adds is added to the article that receives it."""
    place = getattr(change, "place", None)
    found = getattr(change, "division", None) or getattr(place, "division", None)
    return tuple(found) if found else ()


def kind_of(workspace: Workspace, name: str) -> str:
    """What a name is that of: "deliberation", "arrete", else ""."""
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        taken = name in workspace.ids("convention") or name in workspace.ids("avenant")
        return next((kind for kind in _KINDS if not taken and name in workspace.ids(kind)), "")
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next(
        (kind for kind in _KINDS if any(line.startswith((f"{kind}:", f"{_accented(kind)}:")) for line in lines)), ""
    )


def facts_lines(workspace: Workspace, name: str) -> tuple[str, ...]:
    """What `convgen voir` says of the acts that a délibération authorises."""
    facts = workspace.deliberation(name, Report())
    if facts is None or not facts.authorised:
        return ()
    return ("# les actes que cette délibération autorise à signer :", *(f"#   {one}" for one in facts.authorised))


def _accented(kind: str) -> str:
    return {"deliberation": "délibération", "arrete": "arrêté"}[kind]


def make_deliberation(
    workspace: Workspace,
    name: str,
    report: Report,
    *,
    final: bool = False,
    cache: TextCache | None = None,
    annexes: Mapping[str, str] | None = None,
    bench: Bench | None = None,
) -> MadeUnilateral | None:
    """Resolve and compose a délibération, None when it cannot be; everything said is in the report.

    Args:
        workspace: Where the files are.
        name: An identifier or a path.
        report: Collects the diagnostics.
        final: Refuse blanks.
        cache: The texts already compiled in this run.
        annexes: The number, as printed, of the annexe of each act and piece.
        bench: Makes the acts; to be shared by those who need them too.
    """
    from convgen.compose.deliberation import compose_deliberation
    from convgen.compose.text import TextCache
    from convgen.model.deliberation import resolve_deliberation

    before = len(report.errors)
    cache = cache or TextCache()
    bench = bench or Bench(workspace, cache, report)
    try:
        resolved = resolve_deliberation(workspace, name, date.today(), report)
        if resolved is None:
            return None
        acte = compose_deliberation(
            resolved, report, files=workspace, final=final, cache=cache, others=bench, annexes=annexes
        )
    except ConvgenError as error:
        report.extend(error.diagnostics)
        return None
    if acte is None or len(report.errors) > before:
        return None
    return MadeUnilateral(resolved, acte, bench.made)


def make_arrete(
    workspace: Workspace, name: str, report: Report, *, final: bool = False, cache: TextCache | None = None
) -> MadeUnilateral | None:
    """Resolve and compose an arrêté, None when it cannot be; everything said is in the report."""
    from convgen.compose.arrete import compose_arrete
    from convgen.compose.text import TextCache
    from convgen.model.arrete import resolve_arrete

    before = len(report.errors)
    cache = cache or TextCache()
    bench = Bench(workspace, cache, report)
    try:
        resolved = resolve_arrete(workspace, name, date.today(), report)
        if resolved is None:
            return None
        acte = compose_arrete(resolved, report, files=workspace, final=final, cache=cache, others=bench)
    except ConvgenError as error:
        report.extend(error.diagnostics)
        return None
    if acte is None or len(report.errors) > before:
        return None
    return MadeUnilateral(resolved, acte, bench.made)
