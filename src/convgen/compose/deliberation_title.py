"""The title of a délibération as it is printed, without composing the rest."""

from __future__ import annotations

from convgen.acte.runs import plain_text
from convgen.compose.autorisation import Acts
from convgen.compose.deliberation_pack import load_pack
from convgen.compose.text import TextCache
from convgen.compose.unilateral import Frame
from convgen.errors import Report
from convgen.model.deliberation_types import ResolvedDeliberation
from convgen.model.files import Files


def printed_title(d: ResolvedDeliberation, files: Files, report: Report, others: Acts, cache: TextCache) -> str:
    """The title on one line; "" when an error stops it (everything is in `report`).

    Args:
        d: the resolved délibération.
        files: the workspace, where the packs of formules are.
        report: collects the diagnostics.
        others: gives an act that the title names.
        cache: what texts share from one act to the next.
    """
    before = len(report.errors)
    pack = load_pack(files, d.pack, "délibération", cache, report, d.place)
    if pack is None:
        return ""
    title = plain_text(Frame(d, pack, report, others).text(d.title))
    return "" if len(report.errors) > before else " ".join(title.split())
