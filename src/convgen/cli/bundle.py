"""`convgen liasse`: the délibération and its annexes, put together, checked, and written in one go."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.acte.walk import FoundBlank, find_blanks
from convgen.cli.bundle_files import SENDING, files_of
from convgen.cli.bundle_looks import Looks
from convgen.cli.other_kinds import of_another_kind
from convgen.cli.pipeline import located, open_workspace
from convgen.cli.render import counts, paint, plural, print_diagnostics, shown
from convgen.errors import ConvgenError, Report
from convgen.french.typography import typeset

if TYPE_CHECKING:
    from convgen.bundle.liasse import Liasse
    from convgen.workspace import Workspace

_MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed; no format leaves the choice to the definition."""

    name: str
    folder: Path | None = None
    formats: tuple[str, ...] = ()
    final: bool = False
    as_json: bool = False
    pdf_by: str = "typst"


@dataclass(slots=True)
class _Done:
    """What a run gave."""

    report: Report = field(default_factory=Report)
    liasse: Liasse | None = None
    files: tuple[Path, ...] = ()
    blanks: tuple[tuple[str, FoundBlank], ...] = ()
    root: Path | None = None


def bundle(request: Request) -> int:
    """Put a liasse together and write what it yields, all or nothing.

    Returns:
        1 after an error, else 0.
    """
    done = _Done()
    try:
        workspace = open_workspace((request.name,))
        done.root = workspace.root
        _run(workspace, request, done)
    except ConvgenError as error:
        done.report.extend(error.diagnostics)
    (_print_json if request.as_json else _print)(done)
    return 1 if done.report.errors else 0


def make_liasse(
    workspace: Workspace, name: str, report: Report, *, final: bool, formats: tuple[str, ...]
) -> Liasse | None:
    """The liasse put together and checked; None when it cannot be made (why is in the report).

    Args:
        workspace: Where the files are.
        name: An identifier or a path.
        report: Collects the diagnostics.
        final: Refuse blanks, and what does not hold together.
        formats: What is wanted instead of what the definition says; empty leaves it.
    """
    from convgen.bundle.coherence import check_coherence
    from convgen.bundle.pieces import put_together
    from convgen.cli.bundle_acts import gather, sirets
    from convgen.cli.letterheads import check_letterhead
    from convgen.cli.sent_numbers import check_sent_numbers
    from convgen.compose.text import TextCache
    from convgen.model.liasse import resolve_liasse

    resolved = resolve_liasse(workspace, name, date.today(), report)
    if resolved is None:
        return None
    if formats:
        resolved = replace(resolved, outputs=formats)
    found = gather(workspace, resolved, report, TextCache(), final=final)
    failed = frozenset(name for name, act in found.acts.items() if act is None)
    liasse = put_together(
        resolved, found.composed, sirets(workspace, resolved), workspace.root, report, failed=failed, final=final
    )
    check_coherence(liasse, resolved, found.acts, report, final=final)
    check_sent_numbers(workspace, liasse, resolved, report)
    for series in resolved.series:
        check_letterhead(workspace, series.deliberation, report)
    for one in liasse.printed:
        act = found.acts.get(one.id)
        if act is not None and not one.frozen:
            check_letterhead(workspace, act.resolved, report)
    return liasse


def _run(workspace: Workspace, request: Request, done: _Done) -> None:
    from convgen.write.files import write_all

    other = of_another_kind(request.name, "liasse")
    if other is not None:
        raise ConvgenError(other)
    name = str(located(Path(request.name))) if Path(request.name).exists() else request.name
    done.liasse = make_liasse(workspace, name, done.report, final=request.final, formats=request.formats)
    if done.liasse is None or done.report.errors:
        return
    done.blanks = tuple(
        (one.id, blank) for one in done.liasse.printed if one.acte is not None for blank in find_blanks(one.acte)
    )
    folder = request.folder or workspace.root / "sortie" / done.liasse.id
    outputs = files_of(done.liasse, Looks(workspace, done.report), done.report, folder, request.pdf_by)
    if done.report.errors:
        return
    files = {folder / one: content for one, content in outputs.items()}
    stale = _stale(folder, files)
    write_all(files)
    for path in stale:
        path.unlink(missing_ok=True)
    done.files = tuple(files)


def _stale(folder: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """What an earlier run put in the folders for the préfecture and that this one does not: it is not to be sent."""
    found: list[Path] = []
    for manifest in sorted((folder / SENDING).glob(f"*/{_MANIFEST}")):
        if manifest not in files:
            continue
        try:
            names = [str(one["fichier"]) for one in json.loads(manifest.read_text("utf-8"))["pieces"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        found += [path for name in names if (path := manifest.parent / Path(name).name) not in files]
    return found


# --- what is said -------------------------------------------------------------------------------------------


def _print_json(done: _Done) -> None:
    data: dict[str, object] = {
        "diagnostics": [one.as_json() for one in done.report],
        "fichiers": [str(path) for path in done.files],
        "blancs": [{"acte": name, **blank.as_json()} for name, blank in done.blanks],
    }
    if done.liasse is not None:
        data["pieces"] = [
            {
                "identifiant": one.id,
                "titre": one.title,
                "genre": one.kind,
                "annexe": one.label or None,
                "numeros": list(one.series),
                "type": one.code,
                "renvoi": one.refers or None,
            }
            for one in done.liasse.pieces
        ]
    print(json.dumps(data, ensure_ascii=False, indent=2))


def _print(done: _Done) -> None:
    if done.liasse is not None and done.files:
        print("\n".join(_contents(done.liasse)))
        _print_blanks(done.blanks)
        for path in _named(done.files):
            print(shown(path))
    sys.stdout.flush()
    print_diagnostics(done.report, done.root)
    counted = (
        plural(len(done.liasse.printed) if done.liasse is not None and done.files else 0, "pièce"),
        plural(len(done.files), "fichier"),
        plural(len(done.blanks), "blanc"),
        *counts(done.report),
    )
    colour = "erreur" if done.report.errors else "vert"
    print(paint(", ".join(counted) + ".", colour, sys.stderr), file=sys.stderr)


def _contents(liasse: Liasse) -> Iterable[str]:
    yield paint(f"Liasse « {liasse.id} » : {liasse.title}", "fort", sys.stdout)
    from convgen.bundle.bordereau import name_of

    several = len(liasse.deliberations) > 1
    for one in liasse.pieces:
        margin = "  " * (len(one.series) + 1)
        named = one.label or (typeset(name_of(one)) if several else "")
        label = f"{named} : " if named else ""
        tail = f" (voir {one.refers[:1].lower()}{one.refers[1:]})" if one.refers else ""
        yield f"{margin}{label}{typeset(one.title)}{tail}"


def _print_blanks(blanks: tuple[tuple[str, FoundBlank], ...]) -> None:
    if blanks:
        count = plural(len(blanks), "blanc à compléter", "blancs à compléter")
        print(paint(f"  {count}", "avertissement", sys.stdout))
    for name, blank in blanks:
        print(f"    {name} : {blank.hint or blank.key} ({', '.join(blank.where)})")


def _named(files: tuple[Path, ...]) -> Iterable[Path]:
    """The files; those for the préfecture by their folder."""
    return dict.fromkeys(path.parent if path.parent.parent.name == SENDING else path for path in files)
