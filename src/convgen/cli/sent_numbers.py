"""The numbers under which délibérations are sent: no two of one organisme have the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from convgen.cli.export import sent_as
from convgen.errors import Report, fold
from convgen.french.dates import MONTHS

if TYPE_CHECKING:
    from convgen.bundle.liasse import Liasse
    from convgen.model.deliberation_types import ResolvedDeliberation
    from convgen.model.liasse import ResolvedLiasse
    from convgen.workspace import Workspace


def check_sent_numbers(workspace: Workspace, liasse: Liasse, resolved: ResolvedLiasse, report: Report) -> None:
    """LIA-11, a warning: a délibération of the workspace that is not in the liasse would be sent under the same number.

    Args:
        workspace: Where the other délibérations are.
        liasse: The liasse put together.
        resolved: Its definition.
        report: Receives the warnings.
    """
    if "prefecture" not in liasse.outputs:
        return
    own = {series.deliberation.id: series.deliberation for series in resolved.series}
    for sending in liasse.prefecture:
        d = own[sending.deliberation]
        if not sending.number or not isinstance(d.day, date):
            continue
        for name in _same_number(workspace, d, d.day, sending.number, frozenset(own)):
            message = f"« {d.id} » et « {name} » auraient le même numéro pour la préfecture : {sending.number}"
            remedy = f"Écrivez dans la liasse : prefecture: {{{d.id}: {{numero: CP_2024_1}}}}"
            report.warning("LIA-11", message, liasse.place, f"prefecture.{d.id}", remedy=remedy)


def _same_number(
    workspace: Workspace, d: ResolvedDeliberation, day: date, number: str, own: frozenset[str]
) -> Iterator[str]:
    """The other délibérations of that day and that organisme which are sent under a number."""
    from convgen.bundle.sending import number_of

    default = str(workspace.espace(Report()).organisme or "")
    for name in workspace.ids("deliberation"):
        if name in own or not _may_be_of(workspace, name, day):
            continue
        facts = workspace.deliberation(name, Report())
        if facts is None or facts.day != day or (facts.organisme or default) != d.organisme:
            continue
        if (sent_as(workspace, name)[0] or number_of(facts.organe, facts.day, facts.number)) == number:
            yield name


def _may_be_of(workspace: Workspace, name: str, day: date) -> bool:
    """Whether the file writes that day somewhere: those of all the other days need not be read whole."""
    path = workspace.deliberation_path(name)
    text = path.read_text("utf-8", errors="replace").casefold() if path is not None else ""
    month = MONTHS[day.month - 1]
    return any(
        one in text
        for one in (
            day.isoformat(),
            f"{day:%d/%m/%Y}",
            f"{day.day}/{day.month}/{day.year}",
            *(f"{month_} {day.year}" for month_ in (month, fold(month))),
        )
    )
