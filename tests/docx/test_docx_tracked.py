"""Tracked changes: accepting all of them gives the new version, refusing all of them the base (law L7)."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx_tools import gabarit
from hypothesis import HealthCheck, given, settings

from convgen.acte.nodes import Acte
from convgen.amend.appliquer import apply_changes
from convgen.amend.changements import Term
from convgen.amend.differer import diff
from convgen.amend.normaliser import normal
from convgen.amend.suivi import tracked
from convgen.amend.suivi_preuve import verify_tracked
from convgen.amend.termes import pair_of
from convgen.write.docx import Revision, write_docx
from convgen.write.docx.relecture import accepted_lines, refused_lines

sys.path.insert(0, str(Path(__file__).parents[1] / "amend"))
from amend_acts import two_versions  # noqa: E402 -- the acts of the laws

WHO = Revision("Avenant n° 1 — Département", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
EXAMPLES = int(os.environ.get("CONVGEN_EXEMPLES", "150"))
quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def redline(old: Acte, new: Acte) -> bytes:
    delta = diff(normal(old), normal(new))
    return write_docx(tracked(old, new, delta), gabarit(), WHO)


@given(two_versions())
@quick
def test_l7_both_versions_are_found_again(versions: tuple[Acte, Acte]) -> None:
    old, new = versions
    data = redline(old, new)
    verify_tracked(accepted_lines(data), refused_lines(data), old, new)
