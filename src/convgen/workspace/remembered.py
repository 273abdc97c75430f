"""What was made of files, and the state of these files: it holds as long as they stay the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from convgen.source.folders import Listing

#: When a file was modified, and its size.
Stamp: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A value, and the state of the files it was made from."""

    stamps: tuple[tuple[Path, Stamp], ...]
    listings: tuple[Listing, ...]
    value: object


def stamp_of(path: Path) -> Stamp | None:
    """The state of a file; None when it cannot be looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
