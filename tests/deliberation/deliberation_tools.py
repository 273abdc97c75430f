"""A small workspace with one convention, in which a test writes the délibération that it is about."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from convgen.acte.nodes import Acte, Value
from convgen.acte.walk import walk
from convgen.cli.deliberations import MadeUnilateral, make_arrete, make_deliberation
from convgen.compose.text import TextCache
from convgen.errors import Report
from convgen.workspace import Workspace
from convgen.write.text import write_text

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests" / "erreurs" / "base"
#: The texts of the conventions and the packs are compiled once, whatever the délibération.
CACHE = TextCache()
HEAD = """\
deliberation: cm-1
organe: le conseil municipal
seance: 2026-01-15
numero: 4
titre: Soutien aux ateliers de lecture
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace on the disk."""

    root: Path

    def put(self, name: str, text: str) -> None:
        """Write a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace words that a file holds."""
        text = (self.root / name).read_text("utf-8")
        assert old in text
        self.put(name, text.replace(old, new))

    def deliberation(self, body: str, head: str = HEAD, **options: object) -> tuple[MadeUnilateral | None, Report]:
        """Make the délibération of this text."""
        self.put("conventions/deliberations/cm-1.yaml", head + body)
        report = Report()
        made = make_deliberation(Workspace(self.root), "cm-1", report, cache=CACHE, **options)  # type: ignore[arg-type]
        return made, report

    def said(self, body: str, head: str = HEAD, **options: object) -> str:
        """What the délibération prints, spaces made plain."""
        made, report = self.deliberation(body, head, **options)
        assert made is not None, [str(one) for one in report]
        return words(made.acte)

    def refused(self, body: str, head: str = HEAD) -> list[str]:
        """The messages of a délibération that is refused."""
        made, report = self.deliberation(body, head)
        assert made is None
        return [one.message for one in report.errors]

    def arrete(self, text: str) -> tuple[MadeUnilateral | None, Report]:
        """Make the arrêté of this text."""
        self.put("conventions/arretes/ar-1.yaml", text)
        report = Report()
        return make_arrete(Workspace(self.root), "ar-1", report, cache=CACHE), report


def make_place(root: Path) -> Place:
    """A fresh workspace."""
    shutil.copytree(BASE, root)
    shutil.copytree(ROOT / "templates" / "formules", root / "templates" / "formules")
    return Place(root)


def words(acte: Acte) -> str:
    """The text of an act, its spaces made plain."""
    return write_text(acte).replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


def values(acte: Acte) -> dict[str, Value]:
    """The values of an act, by key."""
    return {node.key: node for node in walk(acte.zones) if isinstance(node, Value)}
