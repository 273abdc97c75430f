"""The three ways to name the two versions of an avenant: two files, one file at two dates, a definition."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.depuis import workspace_at
from convgen.cli.en_vigueur import Chain, Wanted
from convgen.cli.pipeline import Made, digests_of, is_avenant, located, make, open_workspace
from convgen.cli.signed import read_signed
from convgen.cli.unchanged import unchanged, unprinted_changes
from convgen.errors import ConvgenError, Diagnostic, Report

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.amend.chaine import Amendment, Order
    from convgen.model.resolved import ResolvedAct
    from convgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Case:
    """What was asked for, once made.

    Attributes:
        workspace: Where the gabarits are.
        order: How the avenant was made.
        made: The avenant and all that goes with it; None when nothing changes.
        amended: The convention, which gives its gabarit to the other files.
    """

    workspace: Workspace
    order: Order
    made: Amendment | None
    amended: ResolvedAct


@contextlib.contextmanager
def case_of(base: str, new: str, since: str, wanted: Wanted, report: Report) -> Iterator[Case | None]:
    """What was asked for; None after an error (in the report).

    Args:
        base: A definition of avenant when it is alone, else a convention.
        new: The new version, "" when `since` or a definition says it.
        since: A git revision, "" for none.
        wanted: What else was typed.
        report: Collects the diagnostics.
    """
    workspace = open_workspace((base,))
    typed = str(located(Path(base))) if Path(base).exists() else base
    if since:
        with workspace_at(workspace.root, since) as root:
            yield _since(workspace, root, typed, since, wanted, report)
    elif new:
        yield _two(workspace, typed, new, wanted, report)
    else:
        yield _defined(workspace, typed, wanted, report)


def _chain(workspace: Workspace, report: Report) -> Chain:
    from convgen.compose.text import TextCache

    return Chain(workspace, report, date.today(), TextCache())


def _defined(workspace: Workspace, name: str, wanted: Wanted, report: Report) -> Case | None:
    from convgen.model.avenant import resolve_avenant

    if not is_avenant(workspace, name):
        remedy = (
            "Écrivez l'avenant dans conventions/avenants, donnez deux fichiers, ou comparez à une version "
            "enregistrée : convgen avenant CONVENTION --depuis HEAD~1"
        )
        raise ConvgenError(Diagnostic("USA-01", f"« {Path(name).name} » n'est pas un avenant", remedy=remedy))
    chain = _chain(workspace, report)
    avenant = resolve_avenant(workspace, name, chain.today, report)
    if avenant is None or report.errors:
        return None
    force = chain.before(avenant)
    if force is None or report.errors:
        return None
    found = chain.written(avenant, force, wanted)
    return None if found is None else Case(workspace, found[1], found[0], avenant.new)


def _two(workspace: Workspace, base: str, new: str, wanted: Wanted, report: Report) -> Case | None:
    other = open_workspace((new,))
    return _between((workspace, base), (other, str(located(Path(new))) if Path(new).exists() else new), wanted, report)


def _since(workspace: Workspace, root: Path, name: str, since: str, wanted: Wanted, report: Report) -> Case | None:
    from convgen.workspace import Workspace as Opened

    definition = workspace.definition_path(name, report)
    if definition is None:
        return None
    file = definition.relative_to(workspace.root)
    if not (root / file).is_file():
        raise ConvgenError(
            Diagnostic(
                "AVE-22",
                f"à la version « {since} », « {file.as_posix()} » n'existait pas",
                cause="L'avenant part du texte de cette version.",
                remedy="Donnez une version plus récente, ou l'ancien nom du fichier s'il a été renommé.",
            )
        )
    return _between((Opened(root), str(root / file)), (workspace, str(definition)), wanted, report)


def _between(old: tuple[Workspace, str], new: tuple[Workspace, str], wanted: Wanted, report: Report) -> Case | None:
    """The avenant between two full versions, whose frame is drawn from the new one."""
    from convgen.amend.chaine import amend
    from convgen.amend.texte.etat import State

    chain = _chain(old[0], report)
    before, after = _made(old, chain, report), _made(new, chain, report)
    if before is None or after is None or report.errors:
        return None
    signed = read_signed(*old)
    if signed is not None:
        report.extend(signed.notes)
    in_force = signed.acte if signed is not None else before.acte
    order = _order(chain, before.resolved, in_force, after, new[0], wanted)
    if order is None:
        return None
    made = amend(State(in_force), after.acte, order, report, cache=chain.cache)
    if made is None and not report.errors and any(unprinted_changes(before.resolved, after.resolved)):
        report.add(unchanged(before.resolved, after.resolved, after.resolved.place))
    return Case(new[0], order, made, after.resolved)


def _made(version: tuple[Workspace, str], chain: Chain, report: Report) -> Made | None:
    """One of the two versions, which rightly bear the same identifier."""
    heard = Report()
    made = make(*version, heard, cache=chain.cache)
    report.extend(one for one in heard if (one.code, one.path) != ("FIC-09", "convention"))
    return made


def _order(
    chain: Chain, before: ResolvedAct, in_force: Acte, after: Made, workspace: Workspace, wanted: Wanted
) -> Order | None:
    from convgen.amend.chaine import Order
    from convgen.amend.numeros.numeros import Policy
    from convgen.amend.rediger import Options
    from convgen.amend.rediger.cadre import frame_between
    from convgen.amend.rediger.declares import notes_between
    from convgen.cli.commande import designation, grain_of, pack_of

    pack = pack_of(workspace, wanted.pack, chain.report)
    if pack is None:
        return None
    frame = frame_between(before, after.resolved, in_force, wanted.number)
    return Order(
        id=frame.act.id,
        designation=designation(wanted.number),
        frame=frame,
        pack=pack,
        policy=wanted.policy or Policy.FROZEN,
        grain=grain_of(pack, wanted.grain),
        pairs=wanted.pairs,
        options=Options(parties=notes_between(before, after.resolved)),
        labels=chain.labels(before) | chain.labels(after.resolved),
        base_files=digests_of(in_force, chain.workspace.root),
        new_files=digests_of(after.acte, workspace.root),
        announced=None if wanted.announced else frozenset(),
        day=wanted.day,
        final=wanted.final,
    )
