"""An avenant and its four Word files, beside the redline that python-redlines makes of the same two texts."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol, cast

from bench.ours import Warm, long_acts
from bench.peers import CACHE
from convgen.acte.nodes import Acte
from convgen.amend.chaine import Amendment, Order, amend
from convgen.amend.recueils.formules import Pack, load_pack
from convgen.amend.rediger.cadre import frame_between
from convgen.amend.suivi.preuve import verify_tracked
from convgen.amend.texte.etat import State
from convgen.errors import Report
from convgen.model.resolve import resolve
from convgen.write.docx import write_docx
from convgen.write.docx.relecture import accepted_lines, refused_lines
from convgen.write.docx.revisions import Revision

FOLDER = CACHE / "redlines"
PACKAGE = "python-redlines[docxodus]"
_PACK = "templates/formules/legistique.yaml"
_WHEN = datetime(2024, 6, 7, 12)


class Engine(Protocol):
    """What python-redlines gives."""

    def run_redline(self, author_tag: str, original: bytes, modified: bytes) -> tuple[bytes, str | None, str | None]:
        """The Word file with its changes tracked, and what the engine said."""


class Amending(Warm):
    """Two versions of an act of so many paragraphs, and the avenant from one to the other."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.old, self.new = long_acts(count)
        self.order = self._order()

    def _order(self) -> Order:
        report = Report()
        resolved = resolve(self.workspace, str(self.root / self.definition), _WHEN.date(), report)
        pack: Pack | None = load_pack((self.root / _PACK).read_text(encoding="utf-8"), _PACK, report, "legistique")
        report.raise_if_errors()
        if resolved is None or pack is None:
            raise FileNotFoundError(self.definition)
        frame = frame_between(resolved, resolved, self.old, "1")
        return Order("long-avenant-1", "l'avenant n° 1", frame, pack, day=_WHEN.date())

    def amendment(self) -> Amendment:
        """Numbering, changes, their proof, words, reading back, and the four acts.

        Raises:
            DefinitionError: A law does not hold.
        """
        report = Report()
        made = amend(State(self.old), self.new, self.order, report, cache=self.cache)
        report.raise_if_errors()
        if made is None:
            raise ValueError(self.old.id)
        return made

    def files(self) -> list[bytes]:
        """The amendment and its four Word files, the tracked changes accepted and refused as a check.

        Raises:
            RedlineError: Accepting or refusing them does not give the two versions.
        """
        made = self.amendment()
        tracked = write_docx(made.tracked, self.gabarit, Revision("bench", _WHEN))
        verify_tracked(accepted_lines(tracked), refused_lines(tracked), made.base.acte, made.new)
        return [*(write_docx(one, self.gabarit) for one in (made.avenant, made.consolidated, made.table)), tracked]

    def versions(self) -> tuple[bytes, bytes]:
        """The two texts as Word files, which is what the peer reads."""
        return self._word(self.old), self._word(self.new)

    def _word(self, acte: Acte) -> bytes:
        return write_docx(replace(acte, draft=False), self.gabarit)


def peer(versions: tuple[bytes, bytes]) -> Callable[[], bytes] | str:
    """What makes the redline of the two files with python-redlines, or why it is not measured."""
    reason = _missing()
    if reason:
        return reason
    sys.path.append(str(FOLDER))
    try:
        engines = importlib.import_module("python_redlines.engines")
        engine = cast("Engine", engines.DocxodusEngine(target_path=str(FOLDER / "engine")))
        engine.run_redline("bench", *versions)
    except (ImportError, OSError, subprocess.CalledProcessError) as error:
        return f"python-redlines does not start: {str(error).strip()[:200]}"
    return lambda: engine.run_redline("bench", *versions)[0]


def _missing() -> str:
    """Install the package on demand; why it cannot be done, else ""."""
    if (FOLDER / "python_redlines_docxodus").is_dir():
        return ""
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade")
    done = subprocess.run([*pip, "--target", str(FOLDER), PACKAGE], capture_output=True, text=True, check=False)
    return f"pip install {PACKAGE} failed: {done.stderr.strip()[:200]}" if done.returncode else ""
