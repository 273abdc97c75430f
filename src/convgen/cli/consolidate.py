"""`convgen consolider`: a convention as it is in force at a date, its avenants folded in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convgen.cli.en_vigueur import Chain, InForce
from convgen.cli.outputs import write_format
from convgen.cli.pipeline import located, open_workspace
from convgen.cli.render import plural, print_diagnostics, shown
from convgen.errors import ConvgenError, Diagnostic, Place, Report, Severity
from convgen.french.dates import DateError, format_date, parse_date

if TYPE_CHECKING:
    from convgen.model.files import Loaded
    from convgen.model.schema.avenant import Avenant
    from convgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Written:
    """What is to be written, and where."""

    formats: tuple[str, ...]
    folder: Path | None
    converted: bool  # the PDF is what LibreOffice makes of the Word file


@dataclass(slots=True)
class _Done:
    files: tuple[Path, ...] = ()
    applied: tuple[str, ...] = ()
    root: Path | None = None
    start: InForce | None = None  # the convention alone
    seen: list[str] = field(default_factory=list)  # the avenants so far, in order
    left: list[str] = field(default_factory=list)  # those that are not in effect


def consolidate(
    name: str,
    day: str,
    formats: Sequence[str],
    folder: Path | None = None,
    *,
    as_json: bool = False,
    pdf_by: str = "typst",
) -> int:
    """Write the text in force at a date.

    Args:
        name: A convention.
        day: The date as typed, "" for today.
        formats: docx, pdf, txt, html, json.
        folder: Where to write; « sortie » in the workspace otherwise.
        as_json: Say what was done as JSON.
        pdf_by: What makes the PDF: « typst », or « libreoffice » from the Word file.

    Returns:
        1 after an error, 2 when the date is ill written, else 0.
    """
    report = Report()
    try:
        on = parse_date(day) if day else date.today()
    except DateError as error:
        print_diagnostics([Diagnostic("DON-04", str(error), remedy="Écrivez par exemple : --au 2025-03-01")])
        return 2
    done = _Done()
    try:
        _consolidate(name, on, _Written(tuple(formats), folder, pdf_by == "libreoffice"), report, done)
    except ConvgenError as error:
        report.extend(error.diagnostics)
    if as_json:
        data = {
            "diagnostics": [one.as_json() for one in report],
            "fichiers": [str(path) for path in done.files],
            "avenants": list(done.applied),
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print(done, on, report)
    return 1 if report.errors else 0


def _print(done: _Done, on: date, report: Report) -> None:
    if done.files:
        count = plural(len(done.applied), "avenant compris", "avenants compris")
        print(f"Version en vigueur au {format_date(on)} : {count if done.applied else 'aucun avenant'}.")
        for path in done.files:
            print(shown(path))
    sys.stdout.flush()
    print_diagnostics(report, done.root)


def _consolidate(name: str, on: date, written: _Written, report: Report, done: _Done) -> None:
    from convgen.amend.vigueur.consolider import printed_state
    from convgen.compose.text import TextCache
    from convgen.write.files import write_all

    workspace = open_workspace((name,))
    done.root = workspace.root
    typed = str(located(Path(name))) if Path(name).exists() else name
    loaded = workspace.definition(typed, report)
    if loaded is None or loaded.model is None:
        return
    chain = Chain(workspace, report, date.today(), TextCache())
    force = done.start = chain.start(typed)
    for avenant in avenants_of(workspace, str(loaded.model.convention)) if force is not None else ():
        if force is None or report.errors:
            return
        force = _with(chain, force, avenant, on, done)
        done.seen.append(str(avenant.model.avenant) if avenant.model is not None else "")
    if force is None or report.errors:
        return
    acte = printed_state(force.state, on)
    resolved = chain.resolved(typed)
    if resolved is None:
        return
    where, files, made = written.folder or workspace.root / "sortie", {}, f"{acte.id}-consolidee"
    log = where / f"{made}.libreoffice.log" if written.converted else None
    for wanted in written.formats:
        files[f"{made}.{wanted}"] = write_format(wanted, acte, lambda: chain.gabarit(resolved), log=log)
    write_all({where / one: content for one, content in files.items()})
    done.files, done.applied = tuple(where / one for one in files), force.state.applied


def avenants_of(workspace: Workspace, convention: str) -> Iterator[Loaded[Avenant]]:
    """The avenants of a convention, in the order of their numbers."""
    found = [one for one in workspace.avenants() if one.model is not None and str(one.model.modifie) == convention]
    yield from sorted(found, key=_rank)


def _rank(loaded: Loaded[Avenant]) -> tuple[int, str]:
    number = str(loaded.model.numero) if loaded.model is not None else ""
    return (int(number) if number.isdecimal() else sys.maxsize, loaded.file)


def _with(chain: Chain, force: InForce, loaded: Loaded[Avenant], on: date, done: _Done) -> InForce | None:
    """The state with one more avenant, when it has taken effect."""
    name = str(loaded.model.avenant) if loaded.model is not None else ""
    place = Place(loaded.file)
    kept, _ = chain.archive(name)
    begins = chain.effect_day(name, kept) if kept is not None else chain.expected_day(name)
    if begins is None or begins > on:
        done.left.append(name)
        when = f"prend effet le {format_date(begins)}" if begins else "n'a pas encore de date d'effet connue"
        message = f"l'avenant « {name} » {when} : il n'est pas repris"
        remedy = "Donnez un autre jour avec « --au » pour le reprendre."
        chain.report.add(Diagnostic("AVE-29", message, place, remedy=remedy, severity=Severity.NOTE))
        return force
    if done.left:
        return _without_those_left(chain, force, name, place, done)
    return chain.fold(force, name, kept, place) if kept is not None else chain.again(force, name)


def _without_those_left(chain: Chain, force: InForce, name: str, place: Place, done: _Done) -> InForce | None:
    """The state with an avenant made on others that are not in effect yet, when they touch nothing in common."""
    from convgen.amend.vigueur.intercaler import alone

    full: InForce | None = done.start
    for earlier in done.seen:
        full = chain.after(full, earlier) if full is not None else None
    after = chain.after(full, name) if full is not None else None
    if full is None or after is None:
        return None
    known = alone((force.state, force.files), (full.state, full.files), (after.state, after.files))
    if known is None:
        chain.report.error(
            "AVE-24",
            f"l'avenant « {name} » est en vigueur avant l'avenant « {done.left[-1]} », dont il modifie le texte",
            place,
            cause="Le texte en vigueur à cette date ne se déduit d'aucun des deux.",
            remedy="Vérifiez les dates d'effet de ces avenants.",
        )
        return None
    return replace(force, state=known[0], files=known[1], signed=force.signed or after.signed)
