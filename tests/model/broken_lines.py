"""A sound workspace, one line of which is broken at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from convgen.errors import CODES, Report

DELETED, DOUBLED = "<efface>", "<double>"


@contextmanager
def broken(root: Path, files: Mapping[str, str], line: tuple[str, int], value: str) -> Iterator[None]:
    """The workspace with a line (a file, a rank) deleted, doubled or given another value; sound again afterwards."""
    name, rank = line
    lines = files[name].splitlines()
    if value == DELETED:
        del lines[rank]
    elif value == DOUBLED:
        lines.insert(rank, lines[rank])
    else:
        lines[rank] = f"{lines[rank].partition(':')[0]}: {value}"
    (root / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        yield
    finally:
        (root / name).write_text(files[name], encoding="utf-8")


def check_answer(resolve: Callable[[Report], object], files: Mapping[str, str]) -> None:
    """Something is made or an error is said; whatever is said has a known code and a place in the workspace."""
    report = Report()
    assert resolve(report) is not None or report.errors
    for one in report:
        assert one.code in CODES
        assert one.message
        assert one.place is None or one.place.file in files
