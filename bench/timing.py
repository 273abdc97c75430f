"""Medians of repeated runs."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence


def median(run: Callable[[], object], *, rounds: int, warm: int = 2) -> float:
    """The median duration of a run, in seconds, after `warm` runs that do not count."""
    for _ in range(warm):
        run()
    return statistics.median(once(run) for _ in range(rounds))


def once(run: Callable[[], object]) -> float:
    """The duration of one run, in seconds."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def alternate(runs: Sequence[Callable[[], object]], *, rounds: int, burst: int = 6) -> list[float]:
    """The median of each run, in seconds.

    The runs take turns, so that a slow moment of the machine is shared; a turn is a burst whose first run does not
    count (a program that writes many acts is warm), and it starts without the garbage of the one before.
    """
    times: list[list[float]] = [[] for _ in runs]
    for run in runs:
        run()
    for _ in range(max(1, rounds // burst)):
        for run, kept in zip(runs, times, strict=True):
            gc.collect()
            run()
            kept += [once(run) for _ in range(burst)]
    return [statistics.median(kept) for kept in times]
