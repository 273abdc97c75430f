"""`convgen clauses`: the library by theme, where it is used, and the full text of a clause."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from convgen.cli.listing import Line, node_lines, print_lines, text_lines
from convgen.cli.pipeline import open_workspace
from convgen.cli.render import paint, plural, print_diagnostics
from convgen.errors import Report, suggest
from convgen.model.reserved import is_none

if TYPE_CHECKING:
    from convgen.model.library import ClauseVersion, Use
    from convgen.workspace import Workspace


def list_clauses(with_uses: bool, as_json: bool) -> int:
    """List every version of every clause; with their uses when asked. 1 when a file of the library is wrong."""
    from convgen.model.library import uses, versions

    workspace = open_workspace()
    report = Report()
    found = [one for name in workspace.ids("clause") for one in versions(workspace, name, report)]
    workspace.check_unique("clause", report)
    used = uses(workspace, date.today(), report) if with_uses else ()
    if as_json:
        print(json.dumps([_as_json(one, used, with_uses) for one in found], ensure_ascii=False, indent=2))
    else:
        _print(found, used, with_uses)
    print_diagnostics(report, workspace.root)
    return 1 if report.errors else 0


def show_clause(name: str, as_json: bool) -> int:
    """Print a clause in full: parameters, sources, text; 1 when it is unknown."""
    workspace = open_workspace()
    report = Report()
    print_lines(clause_lines(workspace, name, report), as_json=as_json)
    print_diagnostics(report, workspace.root)
    return 1 if report.errors else 0


def clause_lines(workspace: Workspace, name: str, report: Report) -> Iterator[Line]:
    """The lines of a clause: the version in force, then the others, unless the name says one (« resiliation@1 »)."""
    from convgen.model.library import versions

    bare, _, wanted = name.partition("@")
    found = [one for one in versions(workspace, bare, report) if wanted in ("", one.version)]
    if not found and not report.errors:
        known = workspace.ids("clause")
        report.error("DEF-07", f"clause inconnue : « {name} »", remedy=suggest(bare, known, "Clauses"))
    today = date.today()
    ordered = sorted(reversed(found), key=lambda one: not one.in_force(today))
    for rank, one in enumerate(ordered):
        if rank:
            yield Line("")
            yield Line("# " + "=" * 60)
        said = "" if len(ordered) == 1 else " : version en vigueur" if one.in_force(today) else " : autre version"
        yield Line(f"# {one.name} : {_title(one)} ({_validity(one)}){said}")
        node = getattr(one.model, "_node", None)
        if node is not None:
            yield from node_lines(node)
        yield Line("---")
        yield from text_lines(one.text.text, one.text.place, 0)
        for passage, text in one.passages.items():
            yield Line(f"--- passage {passage}")
            yield from text_lines(text.text, text.place, 0)


def _print(found: Sequence[ClauseVersion], used: Sequence[Use], with_uses: bool) -> None:
    by_theme = sorted(found, key=lambda one: (_theme(one), one.id))
    for theme, ones in groupby(by_theme, key=_theme):
        print(paint(theme, "fort", sys.stdout))
        for one in ones:
            print(f"  {one.name:<34} {_title(one)} ({_validity(one)})")
            for use in _uses_of(one, used):
                note = " : version dépassée" if use.outdated else ""
                what = "convention" if use.kind == "convention" else "modèle"
                print(f"      {what} {use.user} ({use.place.file}:{use.place.line}){note}")
            if with_uses and not _uses_of(one, used):
                print("      aucune utilisation")
    outdated = sum(1 for one in used if one.outdated)
    if with_uses:
        late = plural(outdated, "utilisation dépassée", "utilisations dépassées")
        print(f"{plural(len(used), 'utilisation')}, dont {late}.")


def _uses_of(one: ClauseVersion, used: Sequence[Use]) -> list[Use]:
    return [use for use in used if (use.clause, use.version) == (one.id, one.version)]


def _theme(one: ClauseVersion) -> str:
    return PurePosixPath(one.file).parent.name


def _title(one: ClauseVersion) -> str:
    """The title as people read it: what a text reads of the act is named, not written in Jinja."""
    title = one.model.titre
    if title is None or is_none(title):
        return "(sans titre)"
    words = _JINJA.sub(lambda found: _spoken(found["name"] or ""), str(title))
    return " ".join(words.split()) or "(sans titre)"


def _spoken(name: str) -> str:
    return "l'acte" if name == "acte" else name.replace("_", " ")


#: A tag, dropped, or a printed value, of which the first name is kept.
_JINJA = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{[-\s]*(?P<name>\w*).*?\}\}", re.DOTALL)


def _validity(one: ClauseVersion) -> str:
    from convgen.french.dates import format_date

    said = []
    if one.since != date.min:
        said.append(f"depuis le {format_date(one.since)}")
    if one.until != date.max:
        said.append(f"jusqu'au {format_date(one.until)}")
    if one.superseded_by:
        said.append(f"remplacée par {one.superseded_by}")
    return ", ".join(said) or "sans limite de date"


def _as_json(one: ClauseVersion, used: Sequence[Use], with_uses: bool) -> dict[str, object]:
    data: dict[str, object] = {
        "clause": one.id,
        "version": one.version,
        "titre": _title(one),
        "theme": _theme(one),
        "fichier": one.file,
        "du": None if one.since == date.min else one.since.isoformat(),
        "au": None if one.until == date.max else one.until.isoformat(),
        "remplacee_par": one.superseded_by or None,
    }
    if with_uses:
        data["utilisations"] = [
            {
                "genre": use.kind,
                "par": use.user,
                "fichier": use.place.file,
                "ligne": use.place.line,
                "version_fixee": use.pinned,
                "depassee": use.outdated,
            }
            for use in _uses_of(one, used)
        ]
    return data
