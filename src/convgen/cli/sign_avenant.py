"""Signing an avenant: its files, its changes and the state in force after it are kept for good."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.amend import changes_of, outputs_of
from convgen.cli.archives import digest, folder_of, is_signed, pack
from convgen.cli.cases import Case
from convgen.cli.en_vigueur import Chain, Wanted
from convgen.cli.outputs import FORMATS
from convgen.cli.signed import another_day, read_signed, signed_folder
from convgen.errors import Place, Report
from convgen.french.dates import format_date

if TYPE_CHECKING:
    from convgen.model.avenant import ResolvedAvenant
    from convgen.workspace import Workspace


def sign_avenant(workspace: Workspace, name: str, day: date, report: Report) -> Path | None:
    """Freeze an avenant; None when it cannot be signed (why is in the report).

    Args:
        workspace: Where its definition is.
        name: The avenant.
        day: The day of the signature.
        report: Receives ACT-02 when it is signed already, AVE-23 when what it amends is not signed, ACT-01 for the
            blanks that remain.
    """
    from convgen.compose.text import TextCache
    from convgen.model.avenant import resolve_avenant
    from convgen.write.files import write_all

    avenant = resolve_avenant(workspace, name, day, report)
    if avenant is None or report.errors:
        return None
    definition = workspace.root / avenant.place.file
    chain = Chain(workspace, report, day, TextCache())
    if not _may_sign(chain, avenant, definition, day):
        return None
    force = chain.before(avenant)
    if force is None or report.errors:
        return None
    found = chain.written(avenant, force, Wanted(day=day, final=True))
    if found is None:
        return None
    made, order = found
    case = Case(workspace, order, made, avenant.new)
    outputs = outputs_of(case, made, FORMATS, "", report)
    effect = avenant.effect
    signature = {
        "signe": day.isoformat(),
        "effet": effect.isoformat() if isinstance(effect, date) else str(effect),
        "definition": digest(definition.read_bytes()),
        "avant": made.delta.base,
        "apres": made.delta.new,
    }
    files = pack(outputs, changes_of(made, order), made.state, order.new_files, signature)
    if report.errors:
        return None
    if isinstance(avenant.day, date) and avenant.day != day:
        said = f"le {format_date(avenant.day)}"
        message = f"l'avenant est signé le {format_date(day)}, et sa définition le date d'un autre jour : {said}"
        cause = "C'est le jour de la signature qui vaut, pour les actes qui le citent et pour les exports."
        remedy = "Si ce n'est pas voulu, retirez son dossier « .signe » et signez-le de nouveau."
        report.warning("AVE-29", message, avenant.place, cause=cause, remedy=remedy)
    folder = folder_of(definition)
    write_all({folder / one: content for one, content in files.items()})
    return folder


def _may_sign(chain: Chain, avenant: ResolvedAvenant, definition: Path, day: date) -> bool:
    """An avenant is signed once, and after what it amends."""
    report, place = chain.report, Place(avenant.place.file)
    folder = folder_of(definition)
    if avenant.signed is not None and not is_signed(definition) and avenant.signed != day:
        report.add(another_day(avenant.signed, day, avenant.typed, place))
        return False
    if is_signed(definition):
        remedy = f"Un acte signé se modifie par un avenant. S'il s'agit d'une erreur, retirez « {folder.name} »."
        report.error("ACT-02", "cet avenant est déjà signé", place, remedy=remedy)
        return False
    first = _unsigned_before(chain, avenant)
    if first:
        message = f"cet avenant ne peut être signé avant « {first} », qu'il modifie"
        cause = "La suite des textes signés doit se tenir : chaque avenant part du texte en vigueur avant lui."
        remedy = f"Signez d'abord : convgen signer {first} --le …"
        report.error("AVE-23", message, place, cause=cause, remedy=remedy)
        return False
    late = _signed_later(chain, avenant, day)
    if late is not None:
        name, when = late
        message = f"« {name} », que cet avenant modifie, a été signé le {format_date(when)}"
        cause = f"Un avenant ne peut être signé le {format_date(day)}, avant ce qu'il modifie."
        report.error("AVE-23", message, place, cause=cause, remedy="Vérifiez le jour donné à « --le ».")
    return late is None


def _signed_later(chain: Chain, avenant: ResolvedAvenant, day: date) -> tuple[str, date] | None:
    """The act of the chain that was signed after a day, and when."""
    signed = read_signed(chain.workspace, avenant.amends)
    days = [(avenant.amends, signed.day)] if signed is not None else []
    kept = ((name, chain.archive(name)[0]) for name in avenant.previous)
    days += [(name, one.day) for name, one in kept if one is not None]
    return next(((name, when) for name, when in days if when > day), None)


def _unsigned_before(chain: Chain, avenant: ResolvedAvenant) -> str:
    """The first act of the chain that is not signed; one signed elsewhere counts as signed."""
    workspace = chain.workspace
    loaded = workspace.definition(avenant.amends, Report())
    if loaded is not None and loaded.model is not None and not loaded.model.externe:
        path = workspace.definition_path(avenant.amends, Report())
        if path is None or not signed_folder(path).is_dir():
            return avenant.amends
    return next((one for one in avenant.previous if chain.archive(one)[0] is None), "")
