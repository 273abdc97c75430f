"""`convgen avenant`: the avenant, the consolidated text, the tracked changes, the comparison table, the changes."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convgen.acte.walk import FoundBlank, find_blanks
from convgen.cli.archives import read_archive
from convgen.cli.cases import Case, case_of
from convgen.cli.en_vigueur import Wanted
from convgen.cli.outputs import check_look, write_format
from convgen.cli.pipeline import is_avenant, located, open_workspace
from convgen.cli.render import paint, plural, print_diagnostics, shown
from convgen.errors import ConvgenError, Diagnostic, Place, Report, Severity
from convgen.french.dates import DateError, format_date, parse_date

if TYPE_CHECKING:
    from convgen.acte.nodes import Acte
    from convgen.amend.chaine import Amendment, Order
    from convgen.amend.changements.changements import Pair
    from convgen.model.resolved import ResolvedAct
    from convgen.write.docx.gabarit import Gabarit

CHANGES: Final = "modifications"
_NAMES: Final = ("avenant", "consolidee", "modifications", "tableau-comparatif")
#: The one who signs the tracked changes when nobody is named.
_AUTHOR: Final = "convgen"


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed."""

    base: str
    new: str = ""
    since: str = ""
    folder: Path | None = None
    formats: tuple[str, ...] = ("docx",)
    pdf_by: str = "typst"
    pack: str = ""
    grain: str = ""
    policy: str = ""
    terms: tuple[str, ...] = ()
    number: str = ""
    day: str = ""
    author: str = ""
    final: bool = False
    announced: bool = False
    as_json: bool = False


@dataclass(slots=True)
class _Done:
    """What a run gave."""

    case: Case | None = None
    files: tuple[Path, ...] = ()
    blanks: tuple[FoundBlank, ...] = ()
    root: Path | None = field(default=None)


def amend(request: Request) -> int:
    """Make an avenant and write its files, all of them or none.

    Returns:
        1 after an error, 2 when an option is ill written, else 0 (nothing changes included: no file is written).
    """
    report = Report()
    try:
        wanted = _wanted(request)
    except ConvgenError as error:
        return _stop(error.diagnostics, request)
    done = _Done()
    with _reported(report):
        done.files = _signed(request, report)
    if done.files or report.errors:
        (_print_json if request.as_json else _print)(done, report)
        return 1 if report.errors else 0
    with _reported(report), case_of(request.base, request.new, request.since, wanted, report) as case:
        done.case = case
        if case is not None:
            done.root = case.workspace.root
            if case.made is not None and not report.errors:
                done.blanks = find_blanks(case.made.avenant)
                done.files = _write(case, case.made, request, report)
    (_print_json if request.as_json else _print)(done, report)
    return 1 if report.errors else 0


@contextlib.contextmanager
def _reported(report: Report) -> Iterator[None]:
    try:
        yield
    except ConvgenError as error:
        report.extend(error.diagnostics)


def _stop(diagnostics: Sequence[Diagnostic], request: Request) -> int:
    if request.as_json:
        _print_json(_Done(), Report(list(diagnostics)))
    else:
        print_diagnostics(diagnostics)
    return 2


# --- what was typed -----------------------------------------------------------------------------------------


def _wanted(request: Request) -> Wanted:
    from convgen.amend.changements.differer import Grain
    from convgen.amend.numeros.numeros import Policy

    if request.new and request.since:
        raise _misused("« --depuis » compare un fichier à lui-même", "Donnez un seul fichier, ou retirez --depuis.")
    if request.number and not (request.number.isdecimal() and int(request.number)):
        raise _misused(f"« {request.number} » n'est pas un numéro d'avenant", "Écrivez par exemple : --numero 1")
    return Wanted(
        pack=request.pack,
        grain=Grain(request.grain) if request.grain else None,
        policy=Policy(request.policy) if request.policy else None,
        pairs=_pairs(request.terms),
        number=request.number,
        day=_day(request.day),
        final=request.final,
        announced=request.announced,
    )


def _misused(message: str, remedy: str) -> ConvgenError:
    return ConvgenError(Diagnostic("USA-01", message, remedy=remedy))


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed) if typed else None
    except DateError as error:
        raise ConvgenError(Diagnostic("DON-04", str(error), remedy="Écrivez par exemple : --date 2025-03-01")) from None


def _pairs(terms: Sequence[str]) -> tuple[Pair, ...]:
    from convgen.cli.compare import typed_pair

    return tuple(typed_pair(one) for one in terms)


# --- files --------------------------------------------------------------------------------------------------


def _write(case: Case, made: Amendment, request: Request, report: Report) -> tuple[Path, ...]:
    """Every file is made before the first is written."""
    from convgen.write.files import write_all

    folder = request.folder or case.workspace.root / "sortie" / case.order.id
    logs = folder if request.pdf_by == "libreoffice" else None
    outputs = outputs_of(case, made, request.formats, request.author, report, logs)
    if report.errors:
        return ()
    files = {folder / name: content for name, content in outputs.items()}
    write_all(files)
    return tuple(files)


def _signed(request: Request, report: Report) -> tuple[Path, ...]:
    """The files of an avenant that is signed, as they were on the day; none when it is not signed.

    Raises:
        DefinitionError: AVE-23, what was kept is damaged.
    """
    from convgen.write.files import write_all

    workspace = open_workspace((request.base,))
    if request.new or request.since or not is_avenant(workspace, request.base):
        return ()
    name = str(located(Path(request.base))) if Path(request.base).exists() else request.base
    loaded = workspace.avenant(name, Report())
    kept = read_archive(workspace.root / loaded.file, workspace.root) if loaded is not None else None
    if loaded is None or kept is None:
        return ()
    message = f"l'avenant est signé depuis le {format_date(kept.day)} : ce sont ses fichiers de ce jour"
    remedy = "Un avenant signé se modifie par un autre avenant."
    place = Place(loaded.file)
    report.add(Diagnostic("ACT-02", message, place, remedy=remedy, severity=Severity.NOTE))
    folder = request.folder or workspace.root / "sortie" / Path(loaded.file).stem
    wanted = {f"{name}.{one}" for name in _NAMES for one in request.formats} | {f"{CHANGES}.json"}
    files = {folder / one: content for one, content in kept.outputs.items() if one in wanted}
    if request.pdf_by == "libreoffice" and "pdf" in request.formats:
        files |= _converted(kept.outputs, folder)
    lost = [one for one in request.formats if folder / f"avenant.{one}" not in files]
    if lost:
        message = f"l'avenant a été signé sans que soit gardé son format {', '.join(lost)}"
        remedy = "Convertissez le fichier Word signé : --pdf-par libreoffice" if lost == ["pdf"] else "Prenez le .docx."
        report.error("ACT-02", message, place, remedy=remedy)
        return ()
    write_all(files)
    return tuple(files)


def _converted(kept: Mapping[str, bytes], folder: Path) -> dict[Path, bytes]:
    """The PDFs that LibreOffice makes of the Word files that were kept."""
    from convgen.write.pdf.libreoffice import convert_docx

    made = ((name, kept[f"{name}.docx"]) for name in _NAMES if f"{name}.docx" in kept)
    return {folder / f"{name}.pdf": convert_docx(word, name, folder / f"{name}.libreoffice.log") for name, word in made}


def outputs_of(
    case: Case, made: Amendment, formats: Sequence[str], author: str, report: Report, logs: Path | None = None
) -> dict[str, bytes]:
    """The files of an avenant, by name.

    Args:
        case: What was asked for.
        made: What it gave.
        formats: docx, pdf, txt, html, json; the changes are always given as JSON.
        author: Who makes the tracked changes, "" for nobody in particular.
        report: Receives the notes of the gabarits.
        logs: The PDFs are what LibreOffice makes of the Word files, and what it says when it fails is kept there.
    """
    from convgen.write.docx.revisions import Revision

    revision = Revision(author or _AUTHOR, datetime.combine(made.source.day or date.today(), time(12)))
    own, common = _gabarits(case, report)
    made_of = (made.avenant, own), (made.consolidated, common), (made.tracked, common), (made.table, common)
    acts: dict[str, tuple[Acte, Callable[[], Gabarit]]] = dict(zip(_NAMES, made_of, strict=True))
    found: dict[str, bytes] = {}
    for acte, gabarit in made_of[:2]:
        check_look(acte, formats, gabarit, report)
    for wanted in formats:
        for name, (acte, gabarit) in acts.items():
            if wanted == "json" and name not in ("avenant", "consolidee"):
                continue  # the changes are JSON already
            tracked = revision if name == "modifications" else None
            log = logs / f"{name}.libreoffice.log" if logs is not None else None
            found[f"{name}.{wanted}"] = write_format(wanted, acte, gabarit, tracked, log)
    if "modifications.docx" in found:
        _check_written(found["modifications.docx"], found["consolidee.docx"], made)
    text = json.dumps(changes_of(made, case.order), ensure_ascii=False, indent=1) + "\n"
    return {**found, f"{CHANGES}.json": text.encode()}


def _check_written(shown: bytes, consolidated: bytes, made: Amendment) -> None:
    """Accepting every change gives the new version, refusing them the text in force, and the consolidated text is it.

    Raises:
        RedlineError: AVE-28, law L7 does not hold.
    """
    from convgen.amend.suivi.preuve import verify_consolidated, verify_tracked
    from convgen.amend.suivi.suivi import joined_files, naming_files
    from convgen.write.docx.relecture import accepted_lines, refused_lines

    before, after = joined_files(made.base.acte, made.new, made.delta)
    base, new = naming_files(made.base.acte, before), naming_files(made.new, after)
    gabarit = verify_tracked(accepted_lines(shown), refused_lines(shown), base, new)
    verify_consolidated(accepted_lines(consolidated), made.consolidated, made.base.acte, made.new, gabarit)


def _gabarits(case: Case, report: Report) -> tuple[Callable[[], Gabarit], Callable[[], Gabarit]]:
    """The gabarit of the avenant and that of the convention, each loaded once."""
    from convgen.write.docx.gabarit import load_gabarit

    loaded: dict[str, Gabarit] = {}

    def load(act: ResolvedAct) -> Gabarit:
        if act.gabarit not in loaded:
            folder = case.workspace.gabarit_folder(act.gabarit, act.gabarit_place)
            loaded[act.gabarit] = load_gabarit(folder, root=case.workspace.root)
            report.extend(loaded[act.gabarit].notes)
        return loaded[act.gabarit]

    return (lambda: load(case.order.frame.act)), (lambda: load(case.amended))


def changes_of(made: Amendment, order: Order) -> dict[str, object]:
    """The changes as data, with the articles of the avenant that say them."""
    from convgen.amend.changements.echange import Made, delta_to_data
    from convgen.amend.texte.normaliser import normal

    about = Made(
        policy=order.policy.value,
        state=made.base.applied[-1] if made.base.applied else "initial",
        retired=tuple(tomb.number for tomb in made.state.tombs),
        articles=made.source.articles,
    )
    names = (made.base.acte.id, made.new.id)
    return delta_to_data(made.delta, normal(made.base.acte, order.base_files), names, about)


# --- what is said -------------------------------------------------------------------------------------------


def _print_json(done: _Done, report: Report) -> None:
    data: dict[str, object] = {
        "diagnostics": [one.as_json() for one in report],
        "fichiers": [str(path) for path in done.files],
        "blancs": [blank.as_json() for blank in done.blanks],
    }
    if done.case is not None and done.case.made is not None:
        data["modifications"] = changes_of(done.case.made, done.case.order)
    elif done.case is not None:
        data["modifications"] = None
    print(json.dumps(data, ensure_ascii=False, indent=2))


def _print(done: _Done, report: Report) -> None:
    made = done.case.made if done.case is not None else None
    if done.case is None:
        for path in done.files:
            print(shown(path))
    if made is not None and not report.errors:
        print("\n".join(_summary(made)))
        _print_blanks(done.blanks)
        for path in done.files:
            print(shown(path))
    elif done.case is not None and not report.errors:
        print("Aucune modification : aucun avenant à écrire.")
    sys.stdout.flush()
    print_diagnostics(report, done.root)


def _summary(made: Amendment) -> Iterator[str]:
    from convgen.amend.changements.phrases import sentence
    from convgen.amend.texte.lieux import index_of
    from convgen.amend.texte.normaliser import normal

    count = plural(sum(1 for _ in made.delta.of_substance()), "modification")
    articles = plural(len(made.wording.articles), "article")
    name = made.source.designation.removeprefix("l'").capitalize()
    yield paint(f"{name} à « {made.base.acte.id} » : {count}, en {articles}.", "fort", sys.stdout)
    index = index_of(normal(made.base.acte))
    for change in made.delta.of_substance():
        where = made.source.articles.get(change.id, "")
        said = paint(f"  (article {where} de l'avenant)", "discret", sys.stdout) if where else ""
        yield f"  {sentence(index, change)}{said}"


def _print_blanks(blanks: Sequence[FoundBlank]) -> None:
    if not blanks:
        return
    count = plural(len(blanks), "blanc à compléter", "blancs à compléter")
    print(paint(f"  {count}", "avertissement", sys.stdout))
    for blank in blanks:
        print(f"    {blank.hint or blank.key} ({', '.join(blank.where)})")
