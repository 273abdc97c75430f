"""The files of a folder by name. Of their content only the head is looked at, for the name it declares."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Listing:
    """Files by name.

    Attributes:
        folders: the folders walked, and when each had last changed (nanoseconds; 0 when absent).
        files: paths by stem; several when sub-folders hold the same name.
        doubles: the names that several files have.
        versions: (stem, paths) pairs of « id » and of every « id@version », by identifier.
    """

    folders: tuple[tuple[Path, int], ...]
    files: Mapping[str, tuple[Path, ...]]
    doubles: tuple[str, ...] = ()
    versions: Mapping[str, list[tuple[str, tuple[Path, ...]]]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        versions: dict[str, list[tuple[str, tuple[Path, ...]]]] = {}
        for stem, paths in self.files.items():
            versions.setdefault(stem.partition("@")[0], []).append((stem, paths))
        object.__setattr__(self, "versions", versions)

    def is_current(self) -> bool:
        """Whether no folder has gained or lost a file since."""
        return all(modified(folder) == when for folder, when in self.folders)


def list_files(folder: Path, suffix: str, *, deep: bool, without: frozenset[str] = frozenset()) -> Listing:
    """The files with a suffix under a folder; hidden ones and the sub-folders in `without` are left out."""
    files: dict[str, list[Path]] = {}
    folders = []
    for place, names in _walk(folder, deep=deep, without=without):
        folders.append((place, modified(place)))
        for name in names:
            if name.endswith(suffix) and not name.startswith("."):
                files.setdefault(name.removesuffix(suffix), []).append(place / name)
    return _listing(tuple(folders), files)


def by_declared(listing: Listing, declared: re.Pattern[str]) -> Listing:
    """The same files by the name that each declares in its first kilobytes (group 1 of the pattern)."""
    files: dict[str, list[Path]] = {}
    for path in sorted(one for paths in listing.files.values() for one in paths):
        found = declared.search(_head(path))
        if found:
            files.setdefault(found[1], []).append(path)
    return _listing(listing.folders, files)


@dataclass(frozen=True, slots=True)
class Declared:
    """A file whose head declares another name than the file's own, and where (counted from 1)."""

    path: Path
    name: str
    line: int
    column: int


def misnamed(listing: Listing, key: str) -> tuple[Declared, ...]:
    """The files that declare, after `key:` in their first kilobytes, another name than theirs (before « @ »)."""
    pattern = re.compile(rf"^{key}:[ \t]*[\"']?(?P<name>[^\s\"'#]+)", re.MULTILINE)
    found = []
    for stem, paths in listing.files.items():
        for path in paths:
            head = _head(path).removeprefix("\ufeff").replace("\r\n", "\n")
            declared = pattern.search(head)
            if declared is not None and declared["name"] != stem.partition("@")[0]:
                before = head[: declared.start("name")]
                line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
                found.append(Declared(path, declared["name"], line, column))
    return tuple(found)


def _listing(folders: tuple[tuple[Path, int], ...], files: Mapping[str, list[Path]]) -> Listing:
    doubles = tuple(name for name, paths in files.items() if len(paths) > 1)
    return Listing(folders, {name: tuple(paths) for name, paths in files.items()}, doubles)


def _walk(folder: Path, *, deep: bool, without: frozenset[str]) -> Iterator[tuple[Path, list[str]]]:
    for place, folders, names in os.walk(folder):
        if not deep:
            folders.clear()
        folders[:] = sorted(one for one in folders if not one.startswith(".") and one not in without)
        yield Path(place), sorted(names)


def modified(folder: Path) -> int:
    """When a folder last gained or lost a file, in nanoseconds; 0 when it is absent."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _head(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
