"""`convgen exporter`: open data drawn from the definitions, checked against the published field lists."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.deliberations import Bench, kind_of
from convgen.cli.pipeline import is_avenant, located, open_workspace
from convgen.cli.render import paint, plural, print_diagnostics, shown
from convgen.errors import ConvgenError, Diagnostic, Report, Severity

if TYPE_CHECKING:
    from convgen.bundle.scdl import Line
    from convgen.model.resolved import ResolvedAct
    from convgen.workspace import Workspace

_SUBVENTIONS = "scdl-subventions"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; without acts, every one of the workspace is looked at."""

    schema: str
    names: tuple[str, ...] = ()
    file: Path | None = None
    as_json: bool = False


def export(wanted: Wanted) -> int:
    """Write an export, or print it when no file is named; nothing is written after an error.

    Returns:
        1 after an error, else 0.
    """
    from convgen.bundle.scdl import SCHEMAS, check_lines, csv_bytes
    from convgen.write.files import write_all

    report = Report()
    lines: list[Line] = []
    root: Path | None = None
    content = b""
    try:
        workspace = open_workspace(wanted.names)
        root = workspace.root
        lines = [*_lines(workspace, wanted, report)]
        fields = SCHEMAS[wanted.schema]
        check_lines(lines, fields, report)
        content = csv_bytes(lines, fields)
        if wanted.file is not None and not report.errors:
            write_all({wanted.file: content})
    except ConvgenError as error:
        report.extend(error.diagnostics)
    _say(wanted, lines, content, report, root)
    return 1 if report.errors else 0


def _say(wanted: Wanted, lines: list[Line], content: bytes, report: Report, root: Path | None) -> None:
    good = not report.errors
    if wanted.as_json:
        data = {
            "diagnostics": [one.as_json() for one in report],
            "fichier": str(wanted.file) if wanted.file is not None and good else None,
            "lignes": [dict(one.values) for one in lines],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if good and wanted.file is None:
        sys.stdout.write(content.decode().replace("\r\n", "\n"))
    elif good and wanted.file is not None:
        print(shown(wanted.file))
    sys.stdout.flush()
    print_diagnostics(report, root)
    counted = (plural(len(lines) if good else 0, "ligne"), plural(len(report.errors), "erreur"))
    print(paint(", ".join(counted) + ".", "vert" if good else "erreur", sys.stderr), file=sys.stderr)


def _lines(workspace: Workspace, wanted: Wanted, report: Report) -> Iterator[Line]:
    chosen = bool(wanted.names) and not all(Path(one).is_dir() for one in wanted.names)
    for name in _names(workspace, wanted):
        if wanted.schema == _SUBVENTIONS:
            yield from _subventions(workspace, name, report, chosen=chosen)
        else:
            yield from _deliberation(workspace, name, report, chosen=chosen)


def _names(workspace: Workspace, wanted: Wanted) -> list[str]:
    """The acts asked for, each once; a folder stands for its files."""
    kind = "convention" if wanted.schema == _SUBVENTIONS else "deliberation"
    found: dict[str, None] = {}
    for name in wanted.names:
        path = Path(name)
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.exists() else []
        found |= dict.fromkeys(str(located(one)) for one in inside)
        if not path.exists():
            found[name] = None
    return list(found) or list(workspace.ids(kind))


# --- subventions --------------------------------------------------------------------------------------------


def _subventions(workspace: Workspace, name: str, report: Report, *, chosen: bool) -> Iterator[Line]:
    """The lines of a convention. Of those that were not named, what is no subvention, or not signed, is left out."""
    from convgen.bundle.scdl import is_subvention, left_out, subvention_lines
    from convgen.cli.aid_in_force import in_force
    from convgen.model.resolve import resolve

    own = Report()
    if kind_of(workspace, name) or is_avenant(workspace, name):
        if chosen:
            report.add(_no_subvention(name, "Donnez des conventions."))
        return
    act = resolve(workspace, name, date.today(), own)
    report.extend(own if chosen else own.errors)
    if act is None:
        return
    if not is_subvention(act):
        if chosen:
            remedy = "Une subvention a « finances: sens: dépense », et une partie « role: bénéficiaire »."
            report.add(_no_subvention(act.id, remedy))
        return
    if not chosen and "signe" not in act.states:
        message = f"« {act.id} » n'est pas encore signée : elle n'est pas exportée"
        remedy = (
            f"Une fois signée, figez-la : convgen signer {act.id} --le …, ou écrivez : etat: {{signe: 2024-07-01}}."
        )
        report.add(Diagnostic("SCD-03", message, act.place, remedy=remedy, severity=Severity.NOTE))
        return
    act = in_force(workspace, act, report)
    lines = [*subvention_lines(act, _object(act, report), _rnas(workspace, act), report)]
    if chosen or not left_out(lines, report):
        yield from lines


def _no_subvention(name: str, remedy: str) -> Diagnostic:
    return Diagnostic("SCD-03", f"« {Path(name).stem} » n'attribue aucune subvention", remedy=remedy)


def _object(act: ResolvedAct, report: Report) -> str:
    """The object of a convention, as printed."""
    from convgen.acte.runs import plain_text
    from convgen.compose.context import act_context, clause_context, printing_of
    from convgen.compose.text import Composer, TextCache

    if act.object is None:
        return ""
    printing = printing_of(act)
    names = act_context(act, printing, clause_context(act, printing))
    composer = Composer(TextCache(), report, names, frozenset(names))
    return plain_text(composer.inline(act.object, capital=False))


def _rnas(workspace: Workspace, act: ResolvedAct) -> dict[str, str]:
    from convgen.model.files import Asked

    found: dict[str, str] = {}
    for party in act.parties:
        loaded = workspace.organisme(party.organisme, Asked(), Report()) if party.organisme else None
        if loaded is not None and loaded.model is not None and loaded.model.rna is not None:
            found[party.organisme] = str(loaded.model.rna)
    return found


# --- délibérations ------------------------------------------------------------------------------------------


def _deliberation(workspace: Workspace, name: str, report: Report, *, chosen: bool) -> Iterator[Line]:
    from convgen.bundle.scdl import deliberation_line, incomplete, without_voices
    from convgen.compose.deliberation_title import printed_title
    from convgen.compose.text import TextCache
    from convgen.model.deliberation import resolve_deliberation
    from convgen.model.files import Asked

    own = Report()
    d = resolve_deliberation(workspace, name, date.today(), own)
    report.extend(own.errors)
    if d is None:
        return
    loaded = workspace.organisme(d.organisme, Asked(), Report()) if d.organisme else None
    siret = loaded.model.siret if loaded is not None and loaded.model is not None else None
    if siret is None and not chosen:
        message = f"« {d.id} » n'est pas exportée : l'organisme « {d.organisme} » n'a pas de SIRET"
        remedy = "Ajoutez « siret: … » à l'organisme."
        report.add(Diagnostic("SCD-04", message, d.place, "organisme", remedy=remedy, severity=Severity.WARNING))
        return
    title = d.prefecture.object if d.prefecture is not None else ""
    if not title:
        cache = TextCache()
        title = printed_title(d, workspace, report, Bench(workspace, cache, report), cache)
    line = deliberation_line(d, str(siret or ""), title, *sent_as(workspace, d.id)) if title else None
    if line is not None and (chosen or not incomplete(line, report)):
        without_voices(d, report)
        yield line


def sent_as(workspace: Workspace, name: str) -> tuple[str, str]:
    """The number and the département that a liasse of the workspace types for a délibération, "" for what none does."""
    for one in workspace.ids("liasse"):
        loaded = workspace.liasse_file(one, Report())
        typed = (loaded.model.prefecture or {}).get(name) if loaded is not None and loaded.model is not None else None
        if typed is not None:
            return str(typed.numero or "").strip(), str(typed.departement or "").strip()
    return "", ""
