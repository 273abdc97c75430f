"""Medians of repeated runs."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias


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


#: Runs something so many times in a row and gives the durations, in seconds.
Burst: TypeAlias = Callable[[int], list[float]]


def burst_of(run: Callable[[], object]) -> Burst:
    """Bursts of a run of this process: they start without the garbage of others, and the first run does not count."""

    def burst(count: int) -> list[float]:
        gc.collect()
        run()
        return [once(run) for _ in range(count)]

    return burst


def alternate(bursts: Sequence[Burst], *, rounds: int, count: int = 6) -> list[float]:
    """The median of each, in seconds.

    They take turns, so that a slow moment of the machine is shared, and each turn is a burst of `count` runs: a
    program that writes many acts is warm.
    """
    times: list[list[float]] = [[] for _ in bursts]
    for _ in range(max(1, rounds // count)):
        for burst, kept in zip(bursts, times, strict=True):
            kept += burst(count)
    return [statistics.median(kept) for kept in times]
