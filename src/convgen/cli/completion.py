"""What the shell proposes after a command: identifiers read off the names of the files, without loading anything."""

from __future__ import annotations

from pathlib import Path

from convgen.cli.outputs import FORMATS


def conventions(incomplete: str) -> list[str]:
    """The conventions of the workspace; none for a path, which the shell completes itself."""
    return _stems(incomplete, ("conventions", "*.yaml"))


def avenants(incomplete: str) -> list[str]:
    """The avenants and the conventions of the workspace."""
    return _stems(incomplete, ("conventions/avenants", "*.yaml"), ("conventions", "*.yaml"))


def liasses(incomplete: str) -> list[str]:
    """The liasses of the workspace."""
    return _stems(incomplete, ("conventions/liasses", "*.yaml"))


def clauses(incomplete: str) -> list[str]:
    """The clauses, versions included."""
    return _stems(incomplete, ("clauses", "*/*.md"))


def names(incomplete: str) -> list[str]:
    """Everything that `voir` shows and that has a file of its own."""
    return _stems(
        incomplete,
        ("conventions", "*.yaml"),
        ("conventions/organismes", "*.yaml"),
        ("templates/modeles", "*.yaml"),
        ("clauses", "*/*.md"),
    )


def gabarits(incomplete: str) -> list[str]:
    """The gabarits: folders that hold a Word file."""
    return [
        one.parent.name
        for one in _found(("templates/gabarits", "*/gabarit.docx"))
        if one.parent.name.startswith(incomplete)
    ]


def formats(incomplete: str) -> list[str]:
    """The formats, after those already typed: « docx,h » gives « docx,html »."""
    before, comma, last = incomplete.rpartition(",")
    used = before.split(",")
    return [f"{before}{comma}{one}" for one in FORMATS if one.startswith(last) and one not in used]


def _stems(incomplete: str, *places: tuple[str, str]) -> list[str]:
    stems = {one.stem for one in _found(*places)}
    return sorted(stem for stem in stems if stem.startswith(incomplete))


def _found(*places: tuple[str, str]) -> list[Path]:
    here = Path.cwd()
    root = next((one for one in (here, *here.parents) if (one / "convgen.yaml").is_file()), None)
    return [] if root is None else [path for folder, pattern in places for path in (root / folder).glob(pattern)]
