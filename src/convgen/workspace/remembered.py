"""What was made of files, and the state of these files: it holds as long as they stay the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from convgen.source.folders import Listing
from convgen.workspace.signed_days import record_of

#: When a file was modified, and its size; then the same of the record of its signature, when it has one.
Stamp: TypeAlias = tuple[int, ...]
#: What may be a definition, and be frozen.
_DEFINITIONS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A value, and the state of the files it was made from."""

    stamps: tuple[tuple[Path, Stamp], ...]
    listings: tuple[Listing, ...]
    value: object


def stamp_of(path: Path) -> Stamp | None:
    """The state of a file, and of the signature that freezes it; None when it cannot be looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    stamp = (found.st_mtime_ns, found.st_size)
    if path.suffix not in _DEFINITIONS:
        return stamp
    try:
        signed = record_of(path).stat()
    except OSError:
        return stamp
    return (*stamp, signed.st_mtime_ns, signed.st_size)
