"""The demonstration acts, composed once for the tests that look at them as a whole."""

from __future__ import annotations

from datetime import date
from functools import cache

from docx_tools import GABARITS

from convgen.acte.nodes import Acte
from convgen.compose.acte import compose
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.workspace import Workspace
from convgen.write.docx import Gabarit, load_gabarit, write_docx

ROOT = GABARITS.parents[1]
NAMES = tuple(sorted(path.stem for path in (ROOT / "conventions").glob("*.yaml")))


@cache
def workspace() -> Workspace:
    return Workspace(ROOT)


@cache
def demo(name: str) -> tuple[Acte, Gabarit]:
    report = Report()
    resolved = resolve(workspace(), str(ROOT / "conventions" / f"{name}.yaml"), date(2024, 6, 7), report)
    assert resolved is not None, report.errors
    acte = compose(resolved, report)
    assert acte is not None, report.errors
    return acte, load_gabarit(workspace().gabarit_folder(resolved.gabarit))


@cache
def demo_docx(name: str) -> bytes:
    return write_docx(*demo(name))
