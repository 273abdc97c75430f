"""`convgen generer`: every act asked for, in every format asked for, and what to say about it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.acte.walk import FoundBlank, find_blanks
from convgen.cli.deliberations import MadeUnilateral, kind_of, make_arrete, make_deliberation
from convgen.cli.explain import explain
from convgen.cli.letterheads import check_letterhead
from convgen.cli.other_kinds import of_another_kind
from convgen.cli.outputs import check_look, write_format
from convgen.cli.pipeline import Made, is_avenant, located, make, open_workspace
from convgen.cli.render import counts, paint, plural, print_diagnostics, shown
from convgen.cli.signed import SignedAct, read_signed
from convgen.errors import ConvgenError, Diagnostic, Report
from convgen.french.dates import format_date

if TYPE_CHECKING:
    from convgen.compose.text import TextCache
    from convgen.model.deliberation_types import Unilateral
    from convgen.model.resolved import ResolvedAct
    from convgen.workspace import Workspace
    from convgen.write.docx.gabarit import Gabarit

_EXTERNAL: Final = re.compile(r"^externe\s*:\s*oui\b", re.MULTILINE | re.IGNORECASE)
#: From this many acts on, a terminal shows a progress bar.
_LONG: Final = 4


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed."""

    names: tuple[str, ...]
    formats: tuple[str, ...] = ("docx",)
    folder: Path | None = None
    final: bool = False
    gabarit: str = ""
    explain: bool = False
    as_json: bool = False
    pdf_by: str = "typst"


@dataclass(slots=True)
class _Result:
    """What one act gave."""

    name: str
    report: Report = field(default_factory=Report)
    made: Made | MadeUnilateral | None = None
    files: tuple[Path, ...] = ()
    blanks: tuple[FoundBlank, ...] = ()


@dataclass(slots=True)
class _Run:
    """What the acts of one run share."""

    workspace: Workspace
    order: Order
    cache: TextCache
    written: dict[Path, str] = field(default_factory=dict)  # output -> the definition it comes from
    _gabarits: dict[str, Gabarit] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the files go."""
        return self.order.folder or self.workspace.root / "sortie"

    def gabarit(self, resolved: ResolvedAct | Unilateral) -> Gabarit:
        """The compiled gabarit of an act, compiled once a run (30 ms)."""
        name = self.order.gabarit or resolved.gabarit
        if name not in self._gabarits:
            from convgen.write.docx.gabarit import load_gabarit

            folder = self.workspace.gabarit_folder(name, None if self.order.gabarit else resolved.gabarit_place)
            self._gabarits[name] = load_gabarit(folder, root=self.workspace.root)
        return self._gabarits[name]


def generate(order: Order) -> int:
    """Write the files of every act asked for, then say what was done.

    An act in error writes none of its files; the others are written.

    Returns:
        1 when an act is in error, 2 when there is nothing to generate, else 0.
    """
    try:
        workspace = open_workspace(order.names)
    except ConvgenError as error:
        return _stop(error.diagnostics, order, 1)
    names, problems = _definitions(order.names, workspace)
    if problems:
        return _stop(problems, order, 2)
    from convgen.compose.text import TextCache

    run = _Run(workspace, order, TextCache())
    results = [_one(run, name) for name in _progress(names)]
    if order.as_json:
        _print_json(results, explained=order.explain)
    else:
        _print(results, workspace.root, order)
    return 1 if any(result.report.errors for result in results) else 0


def _stop(diagnostics: Iterable[Diagnostic], order: Order, code: int) -> int:
    if order.as_json:
        _print_json([_Result("", Report(list(diagnostics)))])
    else:
        print_diagnostics(diagnostics)
    return code


def _definitions(names: Sequence[str], workspace: Workspace) -> tuple[list[str], list[Diagnostic]]:
    """The names with the folders replaced by their conventions, each once however it is named."""
    found: dict[object, str] = {}
    problems: list[Diagnostic] = []
    for name in names:
        path = Path(name)
        if not path.is_dir():
            # A path is understood from the current folder, an identifier is left as it is.
            typed = str(located(path)) if path.exists() else name
            if is_avenant(workspace, typed):
                problems.append(_an_avenant(name))
                continue
            other = of_another_kind(name, "generer")
            if other is not None:
                problems.append(other)
                continue
            found.setdefault(workspace.definition_path(typed, Report()) or typed, typed)
            continue
        written = [str(located(one)) for one in sorted(path.glob("*.yaml")) if _is_written_here(one)]
        inside = [one for one in written if not is_avenant(workspace, one)]
        if written and not inside:
            problems.append(_an_avenant(Path(written[0]).stem, name))
        elif not inside:
            remedy = "Donnez le dossier qui contient les fichiers des conventions."
            problems.append(Diagnostic("USA-01", f"le dossier « {name} » ne contient aucune convention", remedy=remedy))
        for one in inside:
            found.setdefault(Path(one), one)
    return list(found.values()), problems


def _an_avenant(name: str, folder: str = "") -> Diagnostic:
    """An avenant is made with what it amends, by another command."""
    what = f"le dossier « {folder} » ne contient que des avenants" if folder else f"« {name} » est un avenant"
    cause = "Un avenant s'écrit à partir de la convention qu'il modifie, avec le texte consolidé et le tableau."
    return Diagnostic("USA-01", what, cause=cause, remedy=f"Écrivez-le avec : convgen avenant {name}")


def _is_written_here(path: Path) -> bool:
    """Not an act signed elsewhere, of which only extracts are kept."""
    try:
        return not _EXTERNAL.search(path.read_text("utf-8", errors="replace"))
    except OSError:
        return True  # the loader will say why it cannot be read


def _progress(names: list[str]) -> Iterator[str]:
    if len(names) < _LONG or not sys.stderr.isatty():
        yield from names
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(names, description="Conventions", console=Console(stderr=True), transient=True)


def _make(run: _Run, name: str, kind: str, report: Report) -> Made | MadeUnilateral | None:
    final = run.order.final
    match kind:
        case "deliberation":
            return make_deliberation(run.workspace, name, report, final=final, cache=run.cache)
        case "arrete":
            return make_arrete(run.workspace, name, report, final=final, cache=run.cache)
    return make(run.workspace, name, report, final=final, cache=run.cache)


def _one(run: _Run, name: str) -> _Result:
    result = _Result(name)
    kind = kind_of(run.workspace, name)
    try:
        signed = read_signed(run.workspace, name) if not kind else None
        if signed is not None:
            return _signed(run, result, signed)
    except ConvgenError as error:
        result.report.extend(error.diagnostics)
        return result
    result.made = _make(run, name, kind, result.report)
    if result.made is None:
        return result
    if result.report.errors:
        # What is wrong counts as a blank in the tree: listing it would ask for it twice.
        return result
    result.blanks = find_blanks(result.made.acte)
    if {*run.order.formats} - {"txt"}:
        check_letterhead(run.workspace, result.made.resolved, result.report, run.order.gabarit or "")
    try:
        result.files = _write(run, result.made, name, result.report)
    except ConvgenError as error:
        result.report.extend(error.diagnostics)
    return result


def _signed(run: _Run, result: _Result, signed: SignedAct) -> _Result:
    """A signed act comes out as it was signed, whatever became of the library and of the gabarit."""
    result.report.extend(signed.notes)
    if run.order.gabarit:
        day = format_date(signed.day)
        message = f"l'acte « {signed.acte.id} », signé le {day}, garde le gabarit de la signature"
        result.report.error("ACT-02", message, remedy="Retirez l'option --gabarit.")
        return result
    wanted = [one for one in run.order.formats if one != "pdf" or run.order.pdf_by == "typst"]
    if any(one not in signed.files for one in wanted):
        message = f"l'acte « {signed.acte.id} » a été signé sans que son PDF soit gardé"
        result.report.error("ACT-02", message, remedy="Convertissez le fichier Word signé : --pdf-par libreoffice")
        return result
    contents = {one: signed.files[one] for one in wanted}
    if len(wanted) < len(run.order.formats):
        from convgen.write.pdf.libreoffice import convert_docx

        contents["pdf"] = convert_docx(signed.files["docx"], signed.acte.id, _log(run, signed.acte.id))
    result.files = _put(run, _named(run, signed.acte.id, contents), result.name)
    return result


def _log(run: _Run, ident: str) -> Path:
    """Where what LibreOffice says is kept when it fails: beside the outputs."""
    return run.folder / f"{ident}.libreoffice.log"


def _write(run: _Run, made: Made | MadeUnilateral, name: str, report: Report) -> tuple[Path, ...]:
    def gabarit() -> Gabarit:
        loaded = run.gabarit(made.resolved)
        report.extend(loaded.notes)
        return loaded

    acte = made.acte
    check_look(acte, run.order.formats, gabarit, report)
    log = _log(run, acte.id) if run.order.pdf_by == "libreoffice" else None
    contents = {one: write_format(one, acte, gabarit, log=log) for one in run.order.formats}
    return _put(run, _named(run, acte.id, contents), name)


def _named(run: _Run, ident: str, contents: dict[str, bytes]) -> dict[Path, bytes]:
    return {run.folder / f"{ident}.{one}": content for one, content in contents.items()}


def _put(run: _Run, files: dict[Path, bytes], name: str) -> tuple[Path, ...]:
    from convgen.write.files import write_all

    for path in files:
        if path in run.written:
            raise ConvgenError(_same_output(path, run.written[path], name))
        run.written[path] = name
    write_all(files)
    return tuple(files)


def _same_output(path: Path, first: str, second: str) -> Diagnostic:
    return Diagnostic(
        "FIC-09",
        f"« {Path(first).name} » et « {Path(second).name} » donneraient le même fichier « {path.name} »",
        remedy="Donnez à chaque convention son identifiant (clé « convention »).",
    )


def _print_json(results: Sequence[_Result], *, explained: bool = False) -> None:
    data: dict[str, object] = {
        "diagnostics": [one.as_json() for result in results for one in result.report],
        "fichiers": [str(path) for result in results for path in result.files],
        "blancs": [
            {"acte": result.made.acte.id, **blank.as_json()}
            for result in results
            if result.made
            for blank in result.blanks
        ],
    }
    if explained:
        data["origines"] = {
            result.made.acte.id: [*explain(result.made)] for result in results if isinstance(result.made, Made)
        }
    print(json.dumps(data, ensure_ascii=False, indent=2))


def _print(results: Sequence[_Result], root: Path, order: Order) -> None:
    for result in results:
        if order.explain and isinstance(result.made, Made):
            print("\n".join(explain(result.made)))
        for path in result.files:
            print(shown(path))
        _print_blanks(result)
    sys.stdout.flush()
    everything = Report()
    for result in results:
        everything.extend(result.report)
    print_diagnostics(everything, root)
    print(_summary(results, everything), file=sys.stderr)


def _print_blanks(result: _Result) -> None:
    if not result.blanks or result.made is None:
        return
    count = plural(len(result.blanks), "blanc à compléter", "blancs à compléter")
    print(paint(f"  {result.made.acte.id} : {count}", "avertissement", sys.stdout))
    for blank in result.blanks:
        # A blank that a text asks for has no key to complete: its hint is its name.
        key = "" if blank.key.startswith("blanc.") or blank.key == blank.hint else f" : {blank.key}"
        print(f"    {blank.hint or blank.key} ({', '.join(blank.where)}){key}")


def _summary(results: Sequence[_Result], everything: Report) -> str:
    done = sum(1 for result in results if result.files)
    files = sum(len(result.files) for result in results)
    blanks = sum(len(result.blanks) for result in results)
    parts = [
        f"{plural(done, 'acte produit', 'actes produits')} sur {len(results)}",
        plural(files, "fichier"),
        plural(blanks, "blanc"),
        *counts(everything),
    ]
    colour = "erreur" if everything.errors else "vert"
    return paint(", ".join(parts) + ".", colour, sys.stderr)
